"""Textbook form: the presentation of a value that a careful author would print.

The value is expanded over generators (logarithms of irreducible factors, special functions, exponentials), then put
together again: logs with proportional coefficients joined into ratios, coefficients factored or split whichever is
shorter, squares completed, common factors taken out. The least `count_ops` wins; nothing depends on the hash seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sympy import (
    QQ,
    Abs,
    Add,
    EulerGamma,
    Expr,
    Float,
    Integer,
    NumberSymbol,
    Piecewise,
    Symbol,
    beta,
    digamma,
    erf,
    erfc,
    gamma,
    loggamma,
    piecewise_fold,
    polygamma,
    sign,
    trigamma,
)
from sympy import log as sympy_log
from sympy.concrete.expr_with_limits import ExprWithLimits

from symkl.form.facts import Facts
from symkl.form.fractions import generator_key, normal
from symkl.form.kernels import RULES, Rule, leading_is_negative, shift_factors, shifted
from symkl.form.logs import join_by_factor, join_by_monomial
from symkl.form.monomials import ONE, Base, Form, Generator, Log, Monomial, Rational, TooLarge, product, total
from symkl.form.rewrite import Rewriter
from symkl.form.show import Presenter, cost

__all__ = ["ordered_terms", "textbook"]

NO_FACTS = Facts()
MAX_FORM = 150
MAX_PIECEWISE = 2


@lru_cache(maxsize=5000)
def textbook(expr: Expr, facts: Facts = NO_FACTS) -> Expr:
    """The value of `expr` as an author would print it; equal to `expr` wherever the assumptions and facts hold.

    Where the expression is too large to be arranged, or holds what symkl does not rewrite (a float), it is returned as it is.

    >>> from sympy import log, symbols
    >>> m1, m2 = symbols("mu_1 mu_2", real=True)
    >>> s1, s2 = symbols("sigma_1 sigma_2", positive=True)
    >>> textbook(-log(s1) - (s1**2 + m1**2 - 2*m1*m2 + m2**2)/(-2*s2**2) + log(s2) - (1 + s1 - s1)/2)
    log(sigma_2/sigma_1) - 1/2 + (sigma_1**2 + (mu_1 - mu_2)**2)/(2*sigma_2**2)
    """
    if expr.is_Atom or expr.has(Float):
        return expr
    if expr.has(Piecewise) and (isinstance(expr, Piecewise) or expr.count(Piecewise) <= MAX_PIECEWISE):
        folded: Any = piecewise_fold(expr)
        if isinstance(folded, Piecewise):
            pairs: Any = folded.args
            return Piecewise(*[(textbook(branch, facts | Facts.of(condition)), condition) for branch, condition in pairs])
    candidates = []
    for rewriter in _rewriters(expr, facts):
        try:
            given = rewriter.form(expr)
            forms = dict.fromkeys((normal(given), given))
        except (TooLarge, ZeroDivisionError):
            continue
        candidates += [_presented(form, rewriter) for form in forms if len(form) <= MAX_FORM]
    return min(candidates, key=cost) if candidates else expr


# From expressions to forms --------------------------------------------------------------------------------------------


class PresentationRewriter(Rewriter):
    """Rewriting that leaves functions as they are written, apart from gamma arguments that differ by integers.

    `targets` says which of those arguments to keep; with `complement`, erfc becomes 1 - erf.
    """

    def __init__(self, facts: Facts, targets: Mapping[Form, int], complement: bool = False) -> None:
        super().__init__(facts)
        self.targets = targets
        self._forms: dict[Expr, Form] = {}
        if complement:
            self.rules = {**self.rules, erfc: RULES[erfc]}
        self.presenter = Presenter(self)

    def form(self, expr: Expr) -> Form:
        if expr not in self._forms:
            self._forms[expr] = self.rewrite(expr)
        return self._forms[expr]

    def canonical(self, expr: Expr) -> Expr:
        return self.presenter.sum(normal(self.form(expr)))

    def opaque(self, expr: Expr) -> Form:
        return Form.generator(expr) if isinstance(expr, ExprWithLimits) else super().opaque(expr)

    def representative(self, argument: Form) -> tuple[Form, Form, int]:
        """(representative, start, steps): the argument to keep, and the integer steps from it to the one given."""
        start, steps = shifted(self, argument)
        target = self.targets.get(start, steps)
        kept = start + Form.constant(QQ(target))
        return kept, kept, steps - target


def _gamma(rewriter: PresentationRewriter, argument: Form) -> Form:
    kept, start, steps = rewriter.representative(argument)
    value = gamma(rewriter.presenter.sum(kept))
    result = Form.generator(value) if isinstance(value, gamma) else rewriter.form(value)
    for factor, power in shift_factors(rewriter, start, steps):
        result = result * rewriter.product_power(factor, power)
    return result


def _gamma_rule(rewriter: Any, expr: Any) -> Form | None:
    return _gamma(rewriter, normal(rewriter.form(expr.args[0])))


def _loggamma_rule(rewriter: Any, expr: Any) -> Form | None:
    argument = normal(rewriter.form(expr.args[0]))
    return rewriter.log(_gamma(rewriter, argument)) if rewriter.is_positive(argument) else None


def _polygamma_rule(rewriter: Any, expr: Any) -> Form | None:
    order, argument = expr.args
    if not order.is_Integer or order < 0:
        return None
    kept, start, steps = rewriter.representative(normal(rewriter.form(argument)))
    value = polygamma(order, rewriter.presenter.sum(kept))
    parts = [Form.generator(value) if isinstance(value, polygamma) else rewriter.form(value)]
    scale = QQ.from_sympy((-1) ** order * gamma(order + 1))
    for factor, power in shift_factors(rewriter, start, steps):
        parts.append(rewriter.product_power(factor, -int(order) - 1).scaled(scale * power))
    return total(parts)


def _erf_rule(rewriter: Any, expr: Any) -> Form | None:
    """erf(-x) = -erf(x), so that one orientation is written."""
    argument = normal(rewriter.form(expr.args[0]))
    flip = leading_is_negative(argument)
    value = expr.func(rewriter.presenter.sum(-argument if flip else argument))
    result = Form.generator(value) if isinstance(value, erf) else rewriter.form(value)
    return -result if flip else result


PRESENTATION_RULES: dict[object, Rule] = {
    gamma: _gamma_rule,
    loggamma: _loggamma_rule,
    polygamma: _polygamma_rule,
    erf: _erf_rule,
    **{function: RULES[function] for function in (beta, digamma, trigamma, Abs, sign)},
}
PresentationRewriter.rules = PRESENTATION_RULES


def _rewriters(expr: Expr, facts: Facts) -> list[PresentationRewriter]:
    """One rewriter per way of choosing the gamma arguments kept: the least given of each class, or one less or more."""
    probe = PresentationRewriter(facts, {})
    classes: dict[Form, set[int]] = {}
    for node in sorted(expr.atoms(gamma, loggamma, polygamma, beta), key=str):
        arguments = [*node.args, node.args[0] + node.args[1]] if isinstance(node, beta) else [node.args[-1]]
        for argument in arguments:
            try:
                start, steps = shifted(probe, probe.form(argument))
            except (TooLarge, ZeroDivisionError):
                continue
            if not start.is_constant():
                classes.setdefault(start, set()).add(steps)
    least = {start: min(steps) for start, steps in classes.items()}
    choices = [least]
    if any(step > 0 for step in least.values()):
        choices.append({start: min(step, 0) for start, step in least.items()})
    if any(len(start) == 1 for start in least):
        choices.append({start: max(step, 1) if _is_ratio(start) else step for start, step in least.items()})
    distinct: list[dict[Form, int]] = []
    for choice in choices:
        if choice not in distinct:
            distinct.append(choice)
    return [PresentationRewriter(facts, choice, expr.has(erf) and expr.has(erfc)) for choice in distinct]


def _is_ratio(start: Form) -> bool:
    """k2/k1 and 1/k, for which authors write gamma(1 + k2/k1)."""
    return len(start) == 1 and any(exponent < 0 for monomial, _ in start for _, exponent in monomial)


# From forms to presentations ------------------------------------------------------------------------------------------


def _presented(form: Form, rewriter: PresentationRewriter) -> Expr:
    squared = rewriter.presenter.completed(form)
    return min([_arranged(each, rewriter.presenter) for each in (form, squared) if each is not None], key=cost)


def _arranged(form: Form, presenter: Presenter) -> Expr:
    rows, rest = _log_rows(form)
    logs = _least(presenter, [_log_items(join(presenter, rows)) for join in (join_by_monomial, join_by_factor)]) if rows else Form({})
    others = _least(presenter, [_grouped_items(rest, presenter), rest]) if len(rest) else rest
    candidates = [presenter.combined(logs + others)]
    if len(form) <= 6 and not rows:
        candidates.append(presenter.sum(form))
    return min(candidates, key=cost)


def _least(presenter: Presenter, parts: list[Form]) -> Form:
    return min(parts, key=lambda part: cost(presenter.combined(part))) if parts[0] != parts[1] else parts[0]


def _log_rows(form: Form) -> tuple[dict[Generator, Form], Form]:
    """Terms with exactly one logarithm above the line, to the first power, by its argument; and the other terms."""
    rows: dict[Generator, dict[Monomial, Rational]] = {}
    rest: dict[Monomial, Rational] = {}
    for monomial, coefficient in form:
        logs = [(generator, exponent) for generator, exponent in monomial if isinstance(generator, Log)]
        above = [item for item in logs if item[1] > 0]
        if len(above) == 1 and above[0][1] == 1:
            rows.setdefault(above[0][0].content, {})[monomial - {above[0]}] = coefficient
        else:
            rest[monomial] = coefficient
    return {generator: Form(terms) for generator, terms in rows.items()}, Form(rest)


def _log_items(parts: list[tuple[Rational, Monomial, Expr]]) -> Form:
    """Joined logs as opaque generators of a form."""
    items: dict[Monomial, Rational] = {}
    for coefficient, key, part in parts:
        factor, monomial = product(key, frozenset([(part, QQ.one)]))
        items[monomial] = items.get(monomial, QQ.zero) + coefficient * factor
    return Form(items)


def _is_algebraic(generator: Generator) -> bool:
    if isinstance(generator, Base):
        return all(_is_algebraic(inner) for monomial, _ in generator.content for inner, _ in monomial)
    return isinstance(generator, (Symbol, Integer)) or (isinstance(generator, NumberSymbol) and generator is not EulerGamma)


def _grouped_items(form: Form, presenter: Presenter) -> Form:
    """Terms collected by their transcendental part (and the purely algebraic ones by denominator), each group in shape."""
    groups: dict[tuple[Monomial, Monomial], dict[Monomial, Rational]] = {}
    for monomial, coefficient in form:
        part = frozenset(item for item in monomial if not _is_algebraic(item[0]))
        below = ONE if part else frozenset(item for item in monomial if item[1] < 0)
        groups.setdefault((part, below), {})[monomial - part] = coefficient
    items: dict[Monomial, Rational] = {}
    for (part, _), terms in groups.items():
        monomial, coefficient = _group_item(part, Form(terms), presenter)
        items[monomial] = items.get(monomial, QQ.zero) + coefficient
    return Form({monomial: coefficient for monomial, coefficient in items.items() if coefficient})


def _group_item(part: Monomial, inner: Form, presenter: Presenter) -> tuple[Monomial, Rational]:
    """coefficient * part: the coefficient factored, or as a sum where that is shorter."""
    coefficient, monomial = presenter.rewriter.factored(inner)
    if len(inner) > 1:
        arranged = presenter.sum(inner)
        if isinstance(arranged, Add) and cost(arranged) < cost(presenter.product(coefficient, monomial)):
            return part | {(arranged, QQ.one)}, QQ.one
    factor, whole = product(part, monomial)
    return whole, coefficient * factor


# Order of terms -------------------------------------------------------------------------------------------------------


def ordered_terms(expr: Expr) -> list[Expr]:
    """The terms of a sum in the order an author writes: logs, special functions, rational terms, constants, unknown heads."""
    return sorted(Add.make_args(expr), key=_rank)


def _rank(term: Expr) -> tuple[object, ...]:
    coefficient, rest = term.as_coeff_Mul()
    negative = bool(coefficient.is_negative)
    return _kind(term), negative, not rest.is_number and 0, generator_key(rest)


def _kind(term: Expr) -> int:
    if _has_foreign_head(term):
        return 8
    if term.is_Rational:
        return 7
    if not term.free_symbols:
        return 6
    if isinstance(term.as_coeff_Mul()[1], sympy_log):
        return 0
    if term.has(sympy_log):
        return 1
    for kind, function in ((2, loggamma), (3, polygamma)):
        if term.has(function):
            return kind
    return 5 if term.is_algebraic_expr() else 4


def _has_foreign_head(term: Expr) -> bool:
    return term.has(ExprWithLimits) or any(not type(node).__module__.startswith("sympy.") for node in term.atoms(Expr) | {term} | set(term.args))
