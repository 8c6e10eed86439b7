"""Rewriting for presentation: functions stay as they are written, apart from gamma arguments that differ by integers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sympy import (
    QQ,
    Abs,
    Expr,
    besselk,
    beta,
    digamma,
    erf,
    erfc,
    gamma,
    hyper,
    loggamma,
    polygamma,
    sign,
    trigamma,
)
from sympy.concrete.expr_with_limits import ExprWithLimits

from symkl.form.arguments import Rule, shift_factors, shifted
from symkl.form.facts import Facts
from symkl.form.fractions import normal
from symkl.form.kept import applied
from symkl.form.kernels import RULES
from symkl.form.log_ratios import LogRatio
from symkl.form.monomials import Form, TooLarge, total
from symkl.form.rewrite import NamingRewriter
from symkl.form.show import Presenter

__all__ = ["PresentationRewriter", "presentation_rewriters"]


#: Twice the largest order of a Bessel function that is written out.
LARGEST_ELEMENTARY = 5


class PresentationRewriter(NamingRewriter):
    """Rewriting that leaves functions as they are written, apart from gamma arguments that differ by integers.

    `targets` says which of those arguments to keep; with `complement`, erfc becomes 1 - erf.
    """

    keeps_powers = True

    def __init__(self, facts: Facts, targets: Mapping[Form, int], complement: bool = False, ratios: Iterable[LogRatio] = ()) -> None:
        super().__init__(facts, ratios)
        self.targets = targets
        if complement:
            self.rules = {**self.rules, erfc: RULES[erfc]}
        self.presenter = Presenter(self)

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
    value = applied(gamma, rewriter.presenter.sum(kept))
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
    value = applied(polygamma, order, rewriter.presenter.sum(kept))
    parts = [Form.generator(value) if isinstance(value, polygamma) else rewriter.form(value)]
    scale = QQ.from_sympy((-1) ** order * gamma(order + 1))
    for factor, power in shift_factors(rewriter, start, steps):
        parts.append(rewriter.product_power(factor, -int(order) - 1).scaled(scale * power))
    return total(parts)


def _hyper_rule(rewriter: Any, expr: Any) -> Form | None:
    """Hypergeometric functions of whole parameters that are logarithms and fractions."""
    if not all(each.is_Integer for each in (*expr.args[0], *expr.args[1])) or not expr.args[2].free_symbols and expr.args[2] == 1:
        return None
    found = RULES[hyper](rewriter, expr)
    return found if found is not None and not any(isinstance(generator, hyper) for monomial, _ in found for generator, _ in monomial) else None


def _half_bessel_rule(rewriter: Any, expr: Any) -> Form | None:
    """K at half-integer orders is elementary."""
    order = expr.args[0]
    return RULES[besselk](rewriter, expr) if order.is_Rational and order.q == 2 and abs(order.p) <= LARGEST_ELEMENTARY else None


PRESENTATION_RULES: dict[object, Rule] = {
    gamma: _gamma_rule,
    loggamma: _loggamma_rule,
    polygamma: _polygamma_rule,
    hyper: _hyper_rule,
    besselk: _half_bessel_rule,
    **{function: RULES[function] for function in (beta, digamma, trigamma, Abs, sign, erf)},
}
PresentationRewriter.rules = PRESENTATION_RULES


def presentation_rewriters(expr: Expr, facts: Facts, ratios: tuple[LogRatio, ...] = ()) -> list[PresentationRewriter]:
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
    complements = (False,) if not expr.has(erfc) else (True,) if expr.has(erf) else (False, True)
    return [PresentationRewriter(facts, choice, complement, ratios) for choice in distinct for complement in complements]


def _is_ratio(start: Form) -> bool:
    """k2/k1 and 1/k, for which authors write gamma(1 + k2/k1)."""
    return len(start) == 1 and any(exponent < 0 for monomial, _ in start for _, exponent in monomial)
