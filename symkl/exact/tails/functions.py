"""From an expression in x to its expansion on a ray, one function at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy import Add, Expr, Mul, Pow, Rational, S, Symbol

from symkl.errors import Undecided
from symkl.exact.functions import FUNCTIONS
from symkl.exact.stable import Capped, Exp, Growth, Log1p, LogBesselI, Modulus
from symkl.exact.surplus import UNIT_INTERVAL
from symkl.exact.tails.differences import DIFFERENCES, base_and_exponent, power_between
from symkl.exact.tails.expansion import NotFarEnough, Ray
from symkl.exact.tails.monomials import ONE, Terms, compare
from symkl.exact.tails.numbers import Q, acb, exact, is_exact, multiplied, sympy_number

__all__ = ["Expander"]

HALF = Q(1, 2)


class Expander:
    """Expansions of expressions in `x`, given that of x itself: `Expander(ray, x, {V: 1})(expr)`."""

    def __init__(self, ray: Ray, x: Symbol, point: Terms) -> None:
        self.ray = ray
        self.x = x
        self._known: dict[Expr, Terms] = {x: point}

    def __call__(self, expr: Any) -> Terms:
        known = self._known.get(expr)
        if known is None:
            known = self._known[expr] = self._expand(expr)
        return known

    def _expand(self, expr: Any) -> Terms:
        ray = self.ray
        if self.x not in expr.free_symbols:
            # A number between two may be another one at each point.
            return ray.constant(acb(expr) if expr.has(UNIT_INTERVAL) else exact(expr)) if expr != 0 else {}
        if isinstance(expr, Add):
            return ray.add(*(self(arg) for arg in expr.args))
        if isinstance(expr, Mul):
            factors: Any = Mul.make_args(self._without_growth(expr))
            total = self(factors[0])
            for arg in factors[1:]:
                total = ray.multiply(total, self(arg))
            return total
        if isinstance(expr, (sp.exp, Exp, Pow)):
            return power_between(self, expr) if expr.has(UNIT_INTERVAL) else self.power(*base_and_exponent(expr))
        if isinstance(expr, sp.Piecewise):
            return self._piecewise(expr)
        rule = RULES.get(expr.func)
        if rule is not None:
            found = rule(self, *expr.args)
            if found is not None:
                return found
        return self._at_finite_limit(expr)

    def _without_growth(self, expr: Mul) -> Any:
        """u (e^u − 1)/u as e^u − 1 where u diverges, and powers: the quotient alone has no exact coefficients."""
        for base, power in (each.as_base_exp() for each in expr.args):
            if isinstance(base, Growth) and self.diverges(self(base.args[0])):
                # SymPy works out factorials of large numbers, unless they are hidden.
                names: dict[Any, Any] = {each: sp.Dummy() for each in expr.atoms(sp.Function) if self.x not in each.free_symbols}
                factor = sp.cancel((expr / (base * base.args[0]) ** power).xreplace(names)).xreplace({name: each for each, name in names.items()})
                if self.x not in factor.free_symbols:
                    return factor * (sp.exp(base.args[0]) - 1) ** power
        return expr

    def power(self, base: Any, exponent: Any) -> Terms:
        if base is S.Exp1:
            return self.ray.exponential(self(exponent))
        if self.x in exponent.free_symbols:
            return self.ray.exponential(self.ray.multiply(self(exponent), self.ray.logarithm(self(base))))
        return self.ray.inverse_power(self(base), exact(exponent))

    def _piecewise(self, expr: Any) -> Terms:
        for value, condition in expr.args:
            if self.holds(condition):
                return self(value)
        raise Undecided("no condition holds near the end point")

    def holds(self, condition: Any) -> bool:
        """Whether the condition holds at every point of the ray."""
        if condition in (S.true, S.false):
            return bool(condition)
        if isinstance(condition, sp.And):
            return all(self.holds(part) for part in condition.args)
        if isinstance(condition, sp.Or):
            return any(self.holds(part) for part in condition.args)
        if isinstance(condition, (sp.Gt, sp.Ge, sp.Lt, sp.Le)):
            outcome = self.ray.eventual_sign(self(condition.lhs - condition.rhs))
            return outcome > 0 if isinstance(condition, (sp.Gt, sp.Ge)) else outcome < 0
        if isinstance(condition, (sp.Eq, sp.Ne)):
            return (self.ray.eventual_sign(self(condition.lhs - condition.rhs)) == 0) == isinstance(condition, sp.Eq)
        raise Undecided(f"the condition {condition} is not understood")

    def _at_finite_limit(self, expr: Any) -> Terms:
        """A function of arguments with finite limits: its value on the balls that hold them."""
        entry = FUNCTIONS.get(expr.func)
        if entry is None:
            raise Undecided(f"the behaviour of {expr.func.__name__} at the end point is not known")
        value = entry(True, *(self.ray.range_of(self(arg)) for arg in expr.args))
        if not value.is_finite():
            raise NotFarEnough(f"{expr.func.__name__} is not regular on the ray")
        return {ONE: value}

    # -- one function each; None means that the arguments have finite limits -------------------------------------

    def diverges(self, s: Terms) -> bool:
        return bool(s) and compare(self.ray.leading(s), ONE) > 0

    def remainder(self, argument: Terms, power: int, bound: Any) -> Terms:
        """θ · argument^−power with θ in the ball."""
        return self.ray.scale(self.ray.inverse_power(argument, Q(-power)), bound)

    def ball(self, low: Any, high: Any) -> Any:
        arb = self.ray.flint.arb
        return self.ray.flint.acb(arb(low).union(arb(high)))


Rule = Callable[..., "Terms | None"]


def _log(e: Expander, argument: Expr, *rest: Expr) -> Terms:
    """The logarithm; of a function with a rule for its own logarithm, by that."""
    rule = LOG_RULES.get(argument.func)
    found = rule(e, *argument.args) if rule is not None else None
    return e.ray.logarithm(e(argument)) if found is None else found


def _from_log(rule: Rule) -> Rule:
    """A function by the exponential of the expansion of its logarithm."""

    def function(e: Expander, *args: Expr) -> Terms | None:
        found = rule(e, *args)
        return None if found is None else e.ray.exponential(found)

    return function


def _absolute(e: Expander, argument: Expr) -> Terms:
    s = e(argument)
    try:
        return e.ray.scale(s, Q(e.ray.eventual_sign(s))) if s else {}
    except NotFarEnough:
        # |s| is the leading monomial times |s/lead|, whatever the sign.
        lead = e.ray.leading(s)
        return {lead: e.ray.flint.acb(abs(e.ray.bracket(s, lead)))}


def _maximum(e: Expander, *arguments: Expr) -> Terms:
    best = arguments[0]
    for other in arguments[1:]:
        if e.ray.eventual_sign(e(other - best)) > 0:
            best = other
    return e(best)


def _minimum(e: Expander, *arguments: Expr) -> Terms:
    best = arguments[0]
    for other in arguments[1:]:
        if e.ray.eventual_sign(e(other - best)) < 0:
            best = other
    return e(best)


def _through_exp(e: Expander, kind: type, argument: Expr) -> Terms | None:
    """Hyperbolic functions of a diverging argument, by exponentials."""
    if not e.diverges(e(argument)):
        return None
    return e(kind(argument).rewrite(sp.exp))


def _hyperbolic(kind: type) -> Rule:
    return lambda e, argument: _through_exp(e, kind, argument)


def _tanh(e: Expander, argument: Expr) -> Terms | None:
    """tanh z = ±(1 − 2/(1 + e^(±2z)))."""
    s = e(argument)
    if not e.diverges(s):
        return None
    side = e.ray.eventual_sign(s)
    return e(side * (1 - 2 / (1 + sp.exp(2 * side * argument))))


def _loggamma(e: Expander, argument: Expr) -> Terms | None:
    """Stirling: (z − ½) log z − z + ½ log 2π + Σ B_2k/(2k(2k−1) z^(2k−1)), the error below the first term left out, of its sign."""
    z = e(argument)
    if not e.diverges(z):
        return _loggamma_small(e, argument)
    if e.ray.eventual_sign(z) < 0:
        raise Undecided("loggamma of an argument that tends to −∞")
    ray = e.ray
    parts = [ray.multiply(ray.add(z, ray.constant(-HALF)), ray.logarithm(z)), ray.scale(z, Q(-1)), ray.constant(sp.log(2 * sp.pi) / 2)]
    count = max(1, ray.order // 2)
    for k in range(1, count + 2):
        b = sp.bernoulli(2 * k)
        c = Q(int(b.p), int(b.q)) / (2 * k * (2 * k - 1))
        term: Any = c if k <= count else e.ball(0, acb(c).real)
        parts.append(e.remainder(z, 2 * k - 1, term))
    return ray.add(*parts)


def _loggamma_small(e: Expander, argument: Expr) -> Terms | None:
    """log Γ(z) = log Γ(1 + z) − log z where z → 0."""
    z = e(argument)
    if z and compare(e.ray.leading(z), ONE) < 0:
        return e.ray.add({ONE: FUNCTIONS.get(sp.loggamma)(True, 1 + e.ray.range_of(z))}, e.ray.scale(e.ray.logarithm(z), Q(-1)))  # type: ignore[misc]
    return None


def _stirling(z: Expr) -> Expr:
    """log Γ(z), not worked out at a large number."""
    return sp.loggamma(z, evaluate=False)


def _log_beta(e: Expander, a: Expr, b: Expr) -> Terms:
    return e(_stirling(a) + _stirling(b) - _stirling(a + b))


def _log_binomial(e: Expander, n: Expr, k: Expr) -> Terms:
    return e(_stirling(n + 1) - _stirling(k + 1) - _stirling(n - k + 1))


def _log_erfc(e: Expander, argument: Expr) -> Terms | None:
    """log erfc z = −z² − log z − ½ log π + log θ with 1 − 1/(2z²) ≤ θ ≤ 1, for z → ∞."""
    z = e(argument)
    if not e.diverges(z) or e.ray.eventual_sign(z) < 0:
        return None
    ray = e.ray
    theta = ray.add(ray.constant(Q(1)), e.remainder(z, 2, e.ball(-0.5, 0)))
    parts = [ray.scale(ray.multiply(z, z), Q(-1)), ray.scale(ray.logarithm(z), Q(-1)), ray.logarithm(theta)]
    return ray.add(*parts, ray.constant(-sp.log(sp.pi) / 2))


def _erfc(e: Expander, argument: Expr) -> Terms | None:
    """erfc z = 2 − erfc(−z) for z → −∞."""
    if not e.diverges(e(argument)):
        return None
    if e.ray.eventual_sign(e(argument)) > 0:
        return e.ray.exponential(_log_erfc(e, argument) or {})
    return e.ray.add(e.ray.constant(Q(2)), e.ray.scale(e(sp.erfc(-argument, evaluate=False)), Q(-1)))


def _erf(e: Expander, argument: Expr) -> Terms | None:
    if not e.diverges(e(argument)):
        return None
    if e.ray.eventual_sign(e(argument)) < 0:
        return e.ray.scale(e(sp.erf(-argument, evaluate=False)), Q(-1))
    return e.ray.add(e.ray.constant(Q(1)), e.ray.scale(e(sp.erfc(argument, evaluate=False)), Q(-1)))


def _atan(e: Expander, argument: Expr) -> Terms | None:
    """atan z = ±π/2 − atan(1/z)."""
    if not e.diverges(e(argument)):
        return None
    side = e.ray.eventual_sign(e(argument))
    return e.ray.add(e.ray.constant(side * sp.pi / 2), e.ray.scale(e(sp.atan(1 / argument)), Q(-1)))


def _bounded_wave(e: Expander, argument: Expr) -> Terms | None:
    return {ONE: e.ball(-1, 1)} if e.diverges(e(argument)) else None


def _sine(e: Expander, argument: Expr) -> Terms | None:
    s = e(argument)
    return {ONE: e.ball(-1, 1)} if e.diverges(s) else _trigonometric(e, s, 0)


def _cosine(e: Expander, argument: Expr) -> Terms | None:
    s = e(argument)
    return {ONE: e.ball(-1, 1)} if e.diverges(s) else _trigonometric(e, s, 1)


def _trigonometric(e: Expander, s: Terms, shift: int) -> Terms | None:
    """Taylor at the limit of the argument, where sine and cosine are exact if it is a rational multiple of π: zeros stay zeros."""
    _, limit, delta = e.ray.parts(s)
    if not is_exact(limit):
        return None
    angle = sympy_number(limit)
    values = [exact(f(angle)) for f in (sp.sin, sp.cos)]
    cycle = [values[shift], values[1 - shift], Q(-1), Q(-1)]
    cycle[1] = multiplied(cycle[1], Q((-1) ** shift))
    cycle[2], cycle[3] = multiplied(cycle[0], Q(-1)), multiplied(cycle[1], Q(-1))
    coefficients, factor = [], Q(1)
    for j in range(e.ray.order):
        coefficients.append(multiplied(cycle[j % 4], factor))
        factor /= j + 1
    bound = acb(factor).real
    return e.ray.compose(delta, coefficients, e.ball(-bound, bound))


def _log_besseli(e: Expander, order: Expr, argument: Expr) -> Terms | None:
    if e.x in order.free_symbols:
        return _log_besseli_large_order(e, order, argument)
    z = e(argument)
    if not e.diverges(z):
        return None
    if order != 0 or e.ray.eventual_sign(z) < 0:
        raise Undecided("besseli at infinity is bounded for order 0 only")
    # From I_0(z) = (1/π)∫ e^(z cos t) dt and 2t²/π² ≤ 1 − cos t ≤ t²/2: erf(π√(z/2)) ≤ √(2πz) e^(−z) I_0(z) ≤ π/2.
    ray = e.ray
    arb = ray.flint.arb
    smallest = ray.range_of(ray.inverse_power(z, Q(-1))).real.abs_upper()
    low, high = (arb.pi() / (2 * smallest).sqrt()).erf().log(), (arb.pi() / 2).log()
    return ray.add(z, ray.scale(ray.logarithm(z), -HALF), ray.constant(-sp.log(2 * sp.pi) / 2), {ONE: e.ball(low.lower(), high.upper())})


def _log_besseli_large_order(e: Expander, order: Expr, argument: Expr) -> Terms:
    """log I_n(z) = n log(z/2) − log Γ(n+1) + log Σ (z²/4)^k/(k! (n+1)_k), for n → ∞ at a fixed z > 0."""
    if e.x in argument.free_symbols or not argument.is_positive:
        raise Undecided("besseli with order and argument both varying")
    n, ray = e(order), e.ray
    if not e.diverges(n) or ray.eventual_sign(n) < 0:
        raise Undecided("besseli of an order that does not tend to infinity")
    one, w = ray.constant(Q(1)), acb(exact(argument**2 / 4)).real
    # I_n(z) Γ(n+1) (z/2)^−n = Σ w^k / (k! (n+1)_k) with w = z²/4; the tail from K on is its first term times θ, 1 ≤ θ ≤ e^(w/(n+K)).
    total, term = one, one
    for k in range(1, ray.order + 1):
        step = ray.inverse_power(ray.add(n, ray.constant(Q(k))), Q(-1))
        term = ray.multiply(term, ray.scale(step, ray.flint.acb(w / k)))
        if k == ray.order:
            top = (w * ray.range_of(step).real.abs_upper()).exp()
            term = ray.scale(term, e.ball(1, top.upper()))
        total = ray.add(total, term)
    head = ray.add(ray.multiply(n, e(sp.log(argument / 2))), ray.scale(e(_stirling(order + 1)), Q(-1)))
    return ray.add(head, ray.logarithm(total))


def _log_besselk(e: Expander, order: Expr, argument: Expr) -> Terms | None:
    """log K_n(z) = −z − ½ log z + ½ log(π/2) + log(1 + R), |R| ≤ |n² − ¼| exp(|n² − ¼|/z) / z."""
    z = e(argument)
    if e.x in order.free_symbols or not e.diverges(z):
        return None
    ray = e.ray
    gap = acb(exact(sp.Abs(order**2 - Rational(1, 4)))).real
    inverse = ray.range_of(ray.inverse_power(z, Q(-1))).real.abs_upper()
    bound = (gap * (gap * inverse).exp()).abs_upper()
    rest = ray.logarithm(ray.add(ray.constant(Q(1)), e.remainder(z, 1, e.ball(-bound, bound))))
    return ray.add(ray.scale(z, Q(-1)), ray.scale(ray.logarithm(z), -HALF), ray.constant(sp.log(sp.pi / 2) / 2), rest)


def _log_uppergamma(e: Expander, s: Expr, argument: Expr) -> Terms | None:
    """log Γ(s, z) = (s−1) log z − z + log θ, θ between 1 and 1/(1 − (s−1)/z), for z → ∞."""
    z = e(argument)
    if e.x in s.free_symbols or not e.diverges(z):
        return None
    ray = e.ray
    shift = acb(exact(s - 1)).real
    inverse = ray.range_of(ray.inverse_power(z, Q(-1))).real.abs_upper()
    other = 1 / (1 - shift * inverse)
    if not shift * inverse < 1:
        raise NotFarEnough("the incomplete gamma function is not yet in its tail")
    return ray.add(ray.scale(ray.logarithm(z), exact(s - 1)), ray.scale(z, Q(-1)), {ONE: ray.flint.acb(other.union(ray.flint.arb(1)).log())})


LOG_RULES: dict[type, Rule] = {
    sp.gamma: _loggamma,
    sp.factorial: lambda e, argument: _loggamma(e, argument + 1),
    sp.beta: _log_beta,
    sp.binomial: _log_binomial,
    sp.erfc: _log_erfc,
    sp.besseli: _log_besseli,
    sp.besselk: _log_besselk,
    sp.uppergamma: _log_uppergamma,
    sp.exp: lambda e, argument: e(argument),
    Exp: lambda e, argument: e(argument),
}

RULES: dict[type, Rule] = {
    sp.log: _log,
    Log1p: lambda e, argument: _log(e, 1 + argument),
    **dict.fromkeys((sp.Abs, Modulus), _absolute),
    Capped: lambda e, z: e(Exp(-(z + Modulus(z)) / 2)),
    sp.sign: lambda e, argument: e.ray.constant(Q(e.ray.eventual_sign(e(argument)))),
    sp.Max: _maximum,
    sp.Min: _minimum,
    sp.sinh: _hyperbolic(sp.sinh),
    sp.cosh: _hyperbolic(sp.cosh),
    sp.sech: _hyperbolic(sp.sech),
    sp.csch: _hyperbolic(sp.csch),
    sp.coth: _hyperbolic(sp.coth),
    sp.tanh: _tanh,
    sp.loggamma: _loggamma,
    **{kind: _from_log(rule) for kind, rule in LOG_RULES.items() if kind not in (sp.erfc, sp.exp, Exp)},
    sp.erf: _erf,
    sp.erfc: _erfc,
    sp.atan: _atan,
    sp.sin: _sine,
    sp.cos: _cosine,
    LogBesselI: _log_besseli,
    Growth: lambda e, argument: e((sp.exp(argument) - 1) / argument) if e.diverges(e(argument)) else None,
    **DIFFERENCES,
}
