"""Rewriting an integrand for evaluation: nothing cancels where it vanishes, nothing wraps around zero where it grows.

None of this is needed for a right enclosure, only for a narrow one.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Dummy, Expr, Mul, Pow, S, Symbol, besseli, cos, default_sort_key, erfc, exp, expand, factorial, gamma, log, pi, sin, sinc

from symkl.exact.enclosures import sign_of
from symkl.exact.gammagaps import with_whole_gaps
from symkl.exact.laws import is_large
from symkl.exact.program import log_terms
from symkl.exact.stable import Exp, Growth, Log1p, LogRatio
from symkl.exact.surplus import Narrower

__all__ = ["in_density", "in_logarithm", "multiplied_out", "with_log_gammas", "with_own_logarithms", "with_small_ratios", "without_cancellation"]


def without_cancellation(expr: Any, t: Symbol) -> Any:
    """The same function of t, with sums that vanish at t = 0 written so that no digits are lost there."""
    if not isinstance(expr, Expr) or t not in expr.free_symbols or not expr.args:
        return expr
    args = [without_cancellation(arg, t) for arg in expr.args]
    if isinstance(expr, (sin, cos)):
        # cos(π(1 − t)) becomes −cos(πt) once it is written cos(π − πt).
        return expr.func(expand(args[0]))
    if isinstance(expr, Add) and len(args) == 2:
        constant, moving = args if not args[0].has(t) else args[::-1]
        if not constant.has(t):
            found = _difference(constant, moving, t)
            if found is not None:
                return found
    return expr.func(*args)


def _difference(constant: Any, moving: Any, t: Symbol) -> Expr | None:
    """constant + moving, where that vanishes with t."""
    factor, others = moving.as_coeff_Mul()
    if isinstance(others, cos):
        # SymPy takes the sign out of the cosine of a sum, so both signs occur.
        if constant == factor:
            return Mul(2, constant, cos(expand(others.args[0] / 2)) ** 2)
        if constant == -factor:
            return Mul(2, constant, sin(expand(others.args[0] / 2)) ** 2)
    if isinstance(others, sin) and constant in (factor, -factor):
        # What SymPy makes of the cosine of a sum that holds a quarter of a turn.
        return Mul(2, constant, sin(expand(pi / 4 + constant / factor * others.args[0] / 2)) ** 2)
    if constant != -factor:
        return None
    if isinstance(others, exp):
        u = others.args[0]
        return Mul(factor, u, Growth(u))
    if isinstance(others, Pow) and not others.exp.has(t) and isinstance(others.base, Add):
        rest = others.base - S.One
        if rest.subs(t, 0) == 0:
            # (1 + δ)^a − 1 = a δ · log(1 + δ)/δ · (e^u − 1)/u with u = a log(1 + δ).
            return Mul(factor, others.exp, rest, LogRatio(rest), Growth(others.exp * Log1p(rest)))
    return None


def in_density(log_density: Any, statistic: Any) -> tuple[Expr, Expr]:
    """(log p + u, 1) for p e^u, so that what is large in both cancels; others as they are."""
    if isinstance(statistic, Exp) and log_density != 0:
        return multiplied_out(log_density + statistic.args[0]), S.One
    return log_density, statistic


def multiplied_out(expr: Expr, power_exp: bool = False) -> Expr:
    """The expression expanded, with what cancels of log-gamma functions gone; logarithms of long numbers stay as they are, as those of two factors of
    1 − 10^-300 would cancel.
    """
    long = sorted((each for each in expr.atoms(log) if is_large(each.args[0])), key=default_sort_key)
    names: dict[Any, Any] = {each: Dummy(f"log_{i}", real=True) for i, each in enumerate(long)}
    found: Expr = expr.xreplace(names).expand(power_exp=power_exp)
    return with_whole_gaps(found).xreplace({name: each for each, name in names.items()})


def with_own_logarithms(expr: Any) -> Any:
    """log erfc, log I_n and the like as functions of their own, which have derivatives of their own."""
    if not isinstance(expr, Expr) or not expr.has(erfc, besseli):
        return expr
    args = [with_own_logarithms(arg) for arg in expr.args]
    terms = log_terms(args[0]) if isinstance(expr, log) else None
    return expr.func(*args) if terms is None else Add(*terms)


def with_small_ratios(expr: Any) -> Any:
    """e^u/(a + b e^v) also as e^(u−v)/(a e^(−v) + b), where the exponentials overflow: of the two, balls take the narrower."""
    if not isinstance(expr, Expr) or not expr.has(exp):
        return expr
    args = [with_small_ratios(arg) for arg in expr.args]
    whole = expr.func(*args) if args else expr
    if not isinstance(expr, Mul):
        return whole
    for base, power in (each.as_base_exp() for each in expr.args):
        grown = [each for each in Add.make_args(base) if each.has(exp)] if isinstance(base, Add) and power.is_Integer and power.is_negative else []
        exponents = [factor.args[0] for each in grown for factor in Mul.make_args(each) if isinstance(factor, exp)]
        if len(exponents) == 1:
            v = exponents[0]
            below = Add(*(each * exp(-v) for each in base.args))
            above = Mul(*(each for each in expr.args if each.as_base_exp() != (base, power))) * exp(power * v)
            return Narrower(whole, above * below**power)
    return whole


def with_log_gammas(expr: Any, t: Symbol, first: Expr, last: Expr) -> Any:
    """log of gamma functions as log-gamma functions, where their arguments are affine in t and positive at both ends of the range."""
    logarithms = [each for each in expr.atoms(log) if each.has(gamma, factorial) and t in each.free_symbols]
    inner = {node.args[0] for each in logarithms for node in each.atoms(gamma, factorial)}
    names: dict[Any, Any] = {}
    for u in (each for each in inner if each.diff(t).is_number):
        ends = u.xreplace({t: first}), u.xreplace({t: last})
        if all(end.is_nonnegative for end in ends):
            names[u] = Dummy(positive=True) if all(end.is_positive for end in ends) else Dummy(nonnegative=True)
    back = {name: u for u, name in names.items()}
    found: dict[Any, Any] = {}
    for each in logarithms:
        terms = log_terms(each.args[0].xreplace(names))
        if terms is not None:
            found[each] = Add(*terms).xreplace(back)
    return expr.xreplace(found)


def in_logarithm(expr: Any, t: Symbol, y: Symbol, far: bool) -> Any:
    """The expression at t = e^y: log t is y, and inside logarithms the leading power of t is taken out of every sum.

    The leading one is the highest where t → ∞ (`far`), the lowest where t → 0.
    """
    return _Scaling(y, far).rewritten(expr.xreplace({t: exp(y)}))


class _Scaling:
    """Writes expressions as e^(k y) · rest with a rest that stays bounded."""

    def __init__(self, y: Symbol, far: bool) -> None:
        self.y, self.far = y, far

    def rewritten(self, expr: Any) -> Any:
        if not isinstance(expr, Expr) or self.y not in expr.free_symbols or not expr.args:
            return expr
        args = [self.rewritten(arg) for arg in expr.args]
        if isinstance(expr, log):
            return self.logarithm(args[0])
        if isinstance(expr, Pow) and self.y not in expr.exp.free_symbols and not (expr.exp.is_integer and expr.exp.is_nonnegative):
            power, rest = self.split(expr.func(*args))
            return exp(power * self.y) * rest
        return expr.func(*args)

    def logarithm(self, argument: Any) -> Expr:
        """log of a positive product, factor by factor; other arguments as they are."""
        parts: list[Expr] = []
        constant: Any = S.One
        for factor in Mul.make_args(argument):
            if self.y not in factor.free_symbols:
                constant = constant * factor
                continue
            power, rest = self.split(factor)
            if isinstance(rest, Add) and self._limit_sign(rest) < 0:
                constant, rest = -constant, -rest
            parts += [power * self.y, log(rest) if rest != 1 else S.Zero]
        if constant != 1:
            if sign_of(constant) < 0:
                return log(argument)
            parts.append(log(constant))
        return Add(*parts)

    def split(self, expr: Any) -> tuple[Any, Any]:
        """(k, rest) with expr = e^(k y) · rest."""
        if isinstance(expr, exp):
            slope = expr.args[0] / self.y
            return (slope, S.One) if not slope.free_symbols else (S.Zero, expr)
        if isinstance(expr, Mul):
            pairs = [self.split(factor) for factor in expr.args]
            return Add(*(k for k, _ in pairs)), Mul(*(rest for _, rest in pairs))
        if isinstance(expr, Pow) and self.y not in expr.exp.free_symbols:
            k, rest = self.split(expr.base)
            return k * expr.exp, rest**expr.exp
        if isinstance(expr, sin):
            k, rest = self.split(expr.args[0])
            # sin z = z · sin z / z, whose second factor tends to 1 with z → 0.
            if k != 0 and sign_of(k) > 0 and not self.far:
                return k, rest * sinc(expr.args[0])
        if isinstance(expr, Add):
            pairs = [self.split(term) for term in expr.args]
            lead = self._lead([k for k, _ in pairs])
            return lead, Add(*(rest * exp((k - lead) * self.y) for k, rest in pairs))
        return S.Zero, expr

    def _lead(self, powers: list[Any]) -> Any:
        lead = powers[0]
        for k in powers[1:]:
            if sign_of(k - lead) == (1 if self.far else -1):
                lead = k
        return lead

    def _limit_sign(self, rest: Add) -> int:
        """The sign of the terms that stay where the others vanish; 0 where they are not numbers."""
        fixed = Add(*(term for term in rest.args if self.y not in term.free_symbols))
        return sign_of(fixed) if fixed.is_real else 0
