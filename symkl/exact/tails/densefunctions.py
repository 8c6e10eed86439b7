"""From an expression in t → ∞ to its dense expansion; `OtherForm` for what is none."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy as sp
from sympy import Add, Expr, Mul, Pow, Rational, S, Symbol

from symkl.exact.enclosures import enclosure_of
from symkl.exact.stable import Capped, Exp, Modulus
from symkl.exact.tails.dense import Dense, DenseRay, OtherForm

__all__ = ["DenseExpander"]

Rule = Callable[..., Dense]


class DenseExpander:
    """`DenseExpander(ray, t)(expr)` holds the expression at every t ≥ N."""

    def __init__(self, ray: DenseRay, t: Symbol) -> None:
        self.ray, self.t = ray, t
        self._known: dict[Expr, Dense] = {t: ray.variable()}

    def __call__(self, expr: Any) -> Dense:
        known = self._known.get(expr)
        if known is None:
            known = self._known[expr] = self._expand(expr)
        return known

    def _expand(self, expr: Any) -> Dense:
        if self.t not in expr.free_symbols:
            return self.ray.constant(self.number(expr))
        if isinstance(expr, Add):
            return self.ray.add(*(self(arg) for arg in expr.args))
        if isinstance(expr, Mul):
            return self._product(expr)
        if isinstance(expr, Pow) and expr.base is not S.Exp1:
            return self._power(*expr.args)
        if isinstance(expr, Pow):
            return self.ray.exponential(self(expr.exp))
        rule = RULES.get(expr.func)
        if rule is None:
            raise OtherForm(f"no dense expansion is known of {expr.func.__name__}")
        return rule(self, *expr.args)

    def _product(self, expr: Mul) -> Dense:
        """Factors that grow faster than powers together: by the sum of their logarithms."""
        factors: Any = expr.args
        fast = [sp.log(f, evaluate=False) for f in factors if _base(f).func in (*LOG_RULES, sp.exp, Exp)]
        total = self.ray.constant(1) if not fast else self.ray.exponential(self.ray.add(*(self(each) for each in fast)))
        for factor in factors:
            if _base(factor).func not in (*LOG_RULES, sp.exp, Exp):
                total = self.ray.multiply(total, self(factor))
        return total

    def number(self, expr: Expr) -> Any:
        """A real constant as a ball; rational numbers with small denominators are exact."""
        value = enclosure_of(expr)(self.ray.flint.ctx.prec)
        if not value.imag.is_zero():
            raise OtherForm("a constant that is not real")
        return value.real

    def _power(self, base: Expr, exponent: Expr) -> Dense:
        if self.t in exponent.free_symbols:
            return self.ray.exponential(self.ray.multiply(self(exponent), self.ray.logarithm(self(base))))
        if exponent.is_Integer and 0 < int(exponent) <= 8:
            return self._repeated(base, int(exponent))
        exact = Fraction(int(exponent.p), int(exponent.q)) if isinstance(exponent, Rational) else None
        return self.ray.power(self(base), self.number(exponent), exact)

    def _repeated(self, base: Expr, exponent: int) -> Dense:
        total = self(base)
        for _ in range(exponent - 1):
            total = self.ray.multiply(total, self(base))
        return total


def _exponential(e: DenseExpander, argument: Expr) -> Dense:
    return e.ray.exponential(e(argument))


def _logarithm(e: DenseExpander, argument: Expr) -> Dense:
    """The logarithm; of a function with a rule for its own logarithm, by that; of a product, factor by factor."""
    if isinstance(argument, (sp.exp, Exp)):
        return e(argument.args[0])
    if isinstance(argument, Mul) and any(_base(f).func in (*LOG_RULES, sp.exp, Exp) for f in argument.args):
        return e.ray.add(*(e(sp.log(factor, evaluate=False)) for factor in argument.args))
    if isinstance(argument, Pow) and _base(argument).func in LOG_RULES:
        return e.ray.multiply(e(argument.exp), e(sp.log(argument.base, evaluate=False)))
    rule = LOG_RULES.get(argument.func)
    return e.ray.logarithm(e(argument)) if rule is None else rule(e, *argument.args)


def _base(factor: Any) -> Any:
    return factor.base if isinstance(factor, Pow) and factor.base is not S.Exp1 else factor


def _absolute(e: DenseExpander, argument: Expr) -> Dense:
    return e.ray.scale(e(argument), e.ray.sign(e(argument)))


def _loggamma(e: DenseExpander, argument: Expr) -> Dense:
    """Stirling: (z − ½) log z − z + ½ log 2π + Σ B_2k/(2k(2k−1) z^(2k−1)), the error below the first term left out, of its sign."""
    ray, z = e.ray, e(argument)
    if ray.sign(z) < 0 or not ray.diverges(z):
        raise OtherForm("loggamma of an argument that does not tend to ∞")
    arb = ray.arb
    coefficients = [arb.bernoulli(2 * k) / (2 * k * (2 * k - 1)) for k in range(1, ray.order // 2 + 3)]
    coefficients[-1] = arb(0).union(coefficients[-1])
    main = ray.multiply(ray.add(z, ray.constant(arb(-0.5))), ray.logarithm(z))
    constant = ray.constant((2 * arb.pi()).log() / 2)
    return ray.add(main, ray.scale(z, -1), constant, ray.odd_powers(z, coefficients))


def _log_beta(e: DenseExpander, a: Expr, b: Expr) -> Dense:
    return e(sp.loggamma(a, evaluate=False) + sp.loggamma(b, evaluate=False) - sp.loggamma(a + b, evaluate=False))


def _log_binomial(e: DenseExpander, n: Expr, k: Expr) -> Dense:
    return e(sp.loggamma(n + 1, evaluate=False) - sp.loggamma(k + 1, evaluate=False) - sp.loggamma(n - k + 1, evaluate=False))


def _log_besseli(e: DenseExpander, order: Expr, argument: Expr) -> Dense:
    """log I_n(z) = n log(z/2) − log Γ(n+1) + log Σ w^k/(k! (n+1)_k), w = z²/4, for n → ∞; the sum from K on is its first term times θ, 1 ≤ θ ≤ e^w."""
    ray, n = e.ray, e(order)
    if e.t in argument.free_symbols or not argument.is_positive or ray.sign(n) < 0 or not ray.diverges(n):
        raise OtherForm("besseli of an order that does not tend to ∞")
    z = e.number(argument)
    w, one = z * z / 4, ray.constant(1)
    total = ray.cut(ray.constant(ray.arb(1).union(w.exp())), 2)
    for k in range(ray.order + 1, 0, -1):
        # Inner sums need few coefficients.
        step = ray.inverse(ray.cut(ray.add(n, ray.constant(k)), total.order))
        total = ray.add(one, ray.multiply(total, ray.scale(step, w / k)))
    head = ray.add(ray.scale(n, (z / 2).log()), ray.scale(e(sp.loggamma(order + 1, evaluate=False)), -1))
    return ray.add(head, ray.logarithm(total))


def _from_log(rule: Rule) -> Rule:
    """A function by the exponential of the expansion of its logarithm."""
    return lambda e, *args: e.ray.exponential(rule(e, *args))


LOG_RULES: dict[type, Rule] = {
    sp.gamma: _loggamma,
    sp.factorial: lambda e, argument: _loggamma(e, argument + 1),
    sp.beta: _log_beta,
    sp.binomial: _log_binomial,
    sp.besseli: _log_besseli,
}

RULES: dict[type, Rule] = {
    **{kind: _from_log(rule) for kind, rule in LOG_RULES.items()},
    sp.log: _logarithm,
    sp.loggamma: _loggamma,
    **dict.fromkeys((sp.Abs, Modulus), _absolute),
    Capped: lambda e, z: e(Exp(-(z + Modulus(z)) / 2)),
    Exp: _exponential,
    sp.exp: _exponential,
}
