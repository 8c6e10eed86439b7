"""Textbook form: the presentation of a value that a careful author would print.

The value is expanded over generators (logarithms of irreducible factors, special functions, exponentials), then put
together again: logs with proportional coefficients joined into ratios, coefficients factored or split whichever is
shorter, squares completed, common factors taken out. The least `count_ops` wins; nothing depends on the hash seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, reduce
from typing import Any

from sympy import (
    QQ,
    Add,
    EulerGamma,
    Expr,
    Float,
    Integer,
    NumberSymbol,
    Piecewise,
    S,
    Symbol,
    log as sympy_log,
    loggamma,
    piecewise_fold,
    polygamma,
)
from sympy.concrete.expr_with_limits import ExprWithLimits

from symkl.form.cost import cost
from symkl.form.exponentials import hidden_exponentials
from symkl.form.facts import Facts
from symkl.form.fractions import generator_key, normal
from symkl.form.log_ratios import LogRatio, log_ratios
from symkl.form.logs import join_by_factor, join_by_monomial
from symkl.form.monomials import ONE, Base, Form, Generator, Log, Monomial, Rational, TooLarge, product, size, total
from symkl.form.polish import polished
from symkl.form.presentation import PresentationRewriter, presentation_rewriters
from symkl.form.show import Presenter
from symkl.form.squares import completed

__all__ = ["ordered_terms", "textbook"]

NO_FACTS = Facts()
MAX_FORM = 150
MAX_PIECEWISE = 2
# Beyond SMALL generators, a form that is TOO_LARGE times another hardly ever reads better, and the best is among the MOST_LARGE smallest.
SMALL, TOO_LARGE, MOST_LARGE = 60, 1.75, 2
# A value with numbers e^q of fewer operations is arranged with and without a name of each.
MOST_NAMED = 40
# Of an expression of more operations the names of logarithms of ratios are the shortest way.
LARGE = 300


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
    hidden = hidden_exponentials(expr)
    if hidden is not None:
        apart = textbook(hidden[0], facts | hidden[1]).xreplace(hidden[2])
        # log(e³ − 1) − log(e − 1) − log(e² + e + 1) = 0 is seen only where e has one name.
        return min(apart, _of_generators(expr, facts), key=cost) if apart.count_ops() <= MOST_NAMED else apart
    halves = _without_doubles(expr)
    if halves is not None:
        return min(_of_generators(expr, facts), textbook(halves, facts), key=cost)
    return _of_generators(expr, facts)


def _without_doubles(expr: Expr) -> Expr | None:
    """ψ(2z) beside ψ(z) as (ψ(z) + ψ(z + ½))/2 + log 2, and Γ(2z) likewise; None if there is no such pair."""
    single = {each.args[1] for each in expr.atoms(polygamma) if each.args[0] == 0}
    halves = sorted((z for z in single if not z.is_number and 2 * z in single and z + S.Half not in single), key=lambda z: z.sort_key())
    if len(halves) != 1:
        return None
    (z,) = halves
    return expr.xreplace({polygamma(0, 2 * z): (polygamma(0, z) + polygamma(0, z + S.Half)) / 2 + sympy_log(2)})


def _of_generators(expr: Expr, facts: Facts) -> Expr:
    ratios = log_ratios(expr, facts)
    forms = [each for way in _ways(expr, ratios) for each in _forms(expr, facts, way)]
    return polished(min((_shown(_presented(*each), ratios) for each in _worth_arranging(forms)), key=cost, default=expr), facts)


def _ways(expr: Expr, ratios: tuple[LogRatio, ...]) -> list[tuple[LogRatio, ...]]:
    """Without names, and with those of the ratios for either of their logarithms."""
    if not ratios:
        return [()]
    return [ratios] if expr.count_ops() > LARGE else [(), ratios, tuple(replace(ratio, second=True) for ratio in ratios)]


def _shown(expr: Expr, ratios: tuple[LogRatio, ...]) -> Expr:
    return reduce(lambda known, ratio: ratio.shown(known), ratios, expr)


def _worth_arranging(forms: list[tuple[Form, PresentationRewriter]]) -> list[tuple[Form, PresentationRewriter]]:
    """The small ones; of large ones, whose arrangement takes long, those among the smallest of all."""
    ranked = sorted(forms, key=lambda each: size(each[0]))
    most = TOO_LARGE * size(ranked[0][0]) if ranked else 0
    large = [each for each in ranked[:MOST_LARGE] if SMALL < size(each[0]) <= most]
    return [each for each in forms if size(each[0]) <= SMALL or each in large]


def _forms(expr: Expr, facts: Facts, ratios: tuple[LogRatio, ...]) -> Iterator[tuple[Form, PresentationRewriter]]:
    for rewriter in presentation_rewriters(expr, facts, ratios):
        try:
            given = rewriter.form(expr)
            forms = dict.fromkeys((normal(given), given))
        except (TooLarge, ZeroDivisionError, RecursionError):
            continue
        yield from ((form, rewriter) for form in forms if len(form) <= MAX_FORM)


# From forms to presentations ------------------------------------------------------------------------------------------


def _presented(form: Form, rewriter: PresentationRewriter) -> Expr:
    return _arranged(completed(form) or form, rewriter.presenter)


def _arranged(form: Form, presenter: Presenter) -> Expr:
    rows, rest = _log_rows(form)
    rest = _reduced(rest)
    logs = _least(presenter, [_log_items(join(presenter, rows)) for join in (join_by_monomial, join_by_factor)]) if rows else Form({})
    others = _least(presenter, [_grouped_items(rest, presenter), rest]) if len(rest) else rest
    candidates = [presenter.combined(logs + others)]
    if len(form) <= 6 and not rows:
        candidates.append(presenter.sum(form))
    return min(candidates, key=cost)


def _reduced(form: Form) -> Form:
    """The form with a²/((b − a)(c − a)) + … as −3, where the algebraic terms with denominators together have none."""
    divided = {monomial: coefficient for monomial, coefficient in form if _has_algebraic_denominator(monomial)}
    if len(divided) < 2:
        return form
    whole = normal(Form(divided))
    if any(exponent < 0 for monomial, _ in whole for _, exponent in monomial):
        return form
    return total([form, -Form(divided), whole])


def _has_algebraic_denominator(monomial: Monomial) -> bool:
    return any(exponent < 0 for _, exponent in monomial) and all(_is_algebraic(generator) for generator, _ in monomial)


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
    return Form({monomial: coefficient for monomial, coefficient in items.items() if coefficient})


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


@lru_cache(maxsize=5000)
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
