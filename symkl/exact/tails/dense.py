"""Functions v^a Σ (log v)^b P_b(1/v) for v ≥ N, P_b a polynomial of hundreds of terms whose last coefficient is a ball that holds the rest.

The scale of `expansion` is wider, this arithmetic is faster by far: a thousand digits of a sum whose terms fall like a power.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from symkl.exact.arithmetic import flint_module

__all__ = ["Dense", "DenseRay", "OtherForm"]

Poly = list[Any]


class OtherForm(Exception):
    """The function is not of this form, or not proved to be from N on."""


@dataclass(frozen=True)
class Dense:
    """v^power Σ_b (log v)^b Σ_i parts[b][i] v^−i, 0 ≤ i ≤ order.

    Coefficients are numbers, those of the index `order` functions of v with values in the ball.
    """

    power: Any
    parts: dict[int, Poly]
    order: int


class DenseRay:
    """Their arithmetic for v ≥ N = 2^start, with polynomials of degree `order`. To be used under a fixed Arb precision."""

    def __init__(self, order: int, start: int) -> None:
        flint: Any = flint_module()
        self.flint, self.arb, self.order, self.start = flint, flint.arb, order, start
        self.least = flint.arb(2) ** -start

    # -- linear --------------------------------------------------------------------------------------------------

    def constant(self, c: Any) -> Dense:
        return Dense(Fraction(0), {0: self._filled([self.arb(c)], self.order)}, self.order)

    def variable(self) -> Dense:
        return Dense(Fraction(1), {0: self._filled([self.arb(1)], self.order)}, self.order)

    def _filled(self, coefficients: Poly, order: int) -> Poly:
        """Exactly order + 1 coefficients: what lies beyond is bounded by a multiple of v^−order, for 1/v ≤ 1/N."""
        if len(coefficients) <= order + 1:
            return coefficients + [self.arb(0)] * (order + 1 - len(coefficients))
        kept, factor = coefficients[: order + 1], self.arb(1)
        for c in coefficients[order + 1 :]:
            factor *= self.least
            kept[order] += c * self.arb(0).union(factor)
        return kept

    def cut(self, a: Dense, order: int) -> Dense:
        """The same function with fewer coefficients."""
        order = min(order, a.order)
        return Dense(a.power, {k: self._filled(part, order) for k, part in a.parts.items()}, order)

    def add(self, *summands: Dense) -> Dense:
        total, *others = summands
        for other in others:
            total = self._sum(total, other)
        return total

    def _sum(self, a: Dense, b: Dense) -> Dense:
        if all(_is_zero(part) for part in b.parts.values()):
            return a
        if all(_is_zero(part) for part in a.parts.values()):
            return b
        gap = a.power - b.power if isinstance(a.power, Fraction) and isinstance(b.power, Fraction) else None
        if gap is None or gap.denominator != 1:
            raise OtherForm("powers that differ by no integer")
        if gap < 0:
            a, b, gap = b, a, -gap
        order = min(a.order, b.order + int(gap))
        shifted = {k: [self.arb(0)] * int(gap) + part for k, part in b.parts.items()}
        parts = {
            k: [x + y for x, y in zip_longest(self._filled(a.parts.get(k, []), order), self._filled(shifted.get(k, []), order))]
            for k in a.parts.keys() | shifted.keys()
        }
        return Dense(a.power, parts, order)

    def scale(self, a: Dense, c: Any) -> Dense:
        return Dense(a.power, {k: [x * c for x in part] for k, part in a.parts.items()}, a.order)

    def multiply(self, a: Dense, b: Dense) -> Dense:
        order = min(a.order, b.order)
        parts: dict[int, Poly] = {}
        for j, p in a.parts.items():
            for k, q in b.parts.items():
                product = self._filled(self._product(self._filled(p, order), self._filled(q, order)), order)
                parts[j + k] = [x + y for x, y in zip(parts[j + k], product)] if j + k in parts else product
        return Dense(self._plus(a.power, b.power), parts, order)

    def _plus(self, a: Any, b: Any) -> Any:
        return a + b if isinstance(a, Fraction) and isinstance(b, Fraction) else self.number(a) + self.number(b)

    def number(self, power: Any) -> Any:
        """A power as a ball."""
        return self.arb(power.numerator) / power.denominator if isinstance(power, Fraction) else power

    def _product(self, p: Poly, q: Poly) -> Poly:
        poly = self.flint.arb_poly
        coefficients: Poly = (poly(p) * poly(q)).coeffs()
        return coefficients

    # -- functions -----------------------------------------------------------------------------------------------

    def trimmed(self, a: Dense) -> Dense:
        """Without leading coefficients that are exactly zero."""
        parts = {k: part for k, part in a.parts.items() if not _is_zero(part)}
        if not parts:
            raise OtherForm("zero has no leading term")
        drop = min(next(i for i, c in enumerate(part) if not c.is_zero()) for part in parts.values())
        return Dense(a.power - drop, {k: part[drop:] for k, part in parts.items()}, a.order - drop)

    def _split(self, a: Dense) -> tuple[Any, Any, Poly, int]:
        """(s, c, δ, order) with a = c v^s (1 + δ), c > 0 or c < 0, |δ| < 1 from N on."""
        a = self.trimmed(a)
        if set(a.parts) != {0} or a.order < 2:
            raise OtherForm("logarithms in the leading term")
        lead, *rest = a.parts[0]
        if lead.contains(0):
            raise OtherForm("the leading coefficient may vanish")
        delta = [self.arb(0), *(c / lead for c in rest)]
        if not self._size(delta) < 1:
            raise OtherForm("not yet far enough")
        return a.power, lead, delta, a.order

    def _size(self, p: Poly) -> Any:
        """Σ |p_i| N^−i."""
        total = self.arb(0)
        for c in reversed(p):
            total = total * self.least + abs(c).upper()
        return total

    def sign(self, a: Dense) -> int:
        """The sign of the function at every v ≥ N."""
        lead = self._split(a)[1]
        return 1 if lead > 0 else -1

    def diverges(self, a: Dense) -> bool:
        """Whether |a| → ∞ like a power of v."""
        power = self._split(a)[0]
        return bool(power > 0)

    def logarithm(self, a: Dense) -> Dense:
        """log(c v^s (1 + δ)) = log c + s log v + log(1 + δ)."""
        power, lead, delta, order = self._split(a)
        if not lead > 0:
            raise OtherForm("the logarithm of a negative function")
        part = self._log_one_plus(delta, order)
        part[0] += lead.log()
        return Dense(Fraction(0), {0: part, 1: self._filled([self.number(power)], order)}, order)

    def _log_one_plus(self, delta: Poly, order: int) -> Poly:
        """G with log(1 + p) − G = −∫ d/(1 + p) for the polynomial p below the last index, where (1 + p) G′ = p′ + d.

        d begins at the power order − 1 of w = 1/v, as G holds all Taylor coefficients up to there.
        """
        p, theta = [self.arb(1), *delta[1:order]], abs(delta[order])
        floor = 1 - self._size([self.arb(0), *p[1:]]) - theta * self.least**order
        if not floor > 0:
            raise OtherForm("not yet far enough")
        coefficients = self._taylor("log", p, order)
        defect = self._product(p, _derivative(coefficients))
        return [*coefficients, self._ball((theta + self._integrated(defect, order)) / floor)]

    def exponential(self, a: Dense) -> Dense:
        """exp(s log v + c + p(1/v)) = e^c v^s exp p."""
        a = self.trimmed(a)
        if not isinstance(a.power, Fraction) or a.power.denominator != 1 or a.power > 0:
            raise OtherForm("an exponent that diverges")
        order, shift = a.order - int(a.power), -int(a.power)
        parts = {k: [self.arb(0)] * shift + part for k, part in a.parts.items()}
        slope, *others = parts.pop(1, [self.arb(0)])
        if any(k != 0 for k in parts) or not _is_zero(others):
            raise OtherForm("logarithms in an exponent")
        constant, *rest = parts.get(0) or self._filled([], order)
        factor = constant.exp()
        return Dense(slope, {0: [factor * c for c in self._exp([self.arb(0), *rest], order)]}, order)

    def _exp(self, p: Poly, order: int) -> Poly:
        """E with e^p − E = e^p ∫ d e^−p for the polynomial p below the last index, where p′ E − E′ = d begins at the power order − 1."""
        p, theta = p[:order], abs(p[order])
        size = self._size(p)
        coefficients = self._taylor("exp", p, order)
        defect = self._product(_derivative(p), coefficients)
        rest = theta * (size + theta * self.least**order).exp() + self._integrated(defect, order) * (2 * size).exp()
        return [*coefficients, self._ball(rest)]

    def _integrated(self, defect: Poly, order: int) -> Any:
        """Σ |d_i| w^(i+1−order)/(i + 1) at w = 1/N over i ≥ order − 1, which bounds |∫₀^w d| / w^order; what comes before is exactly zero."""
        total = self.arb(0)
        for i in range(len(defect) - 1, order - 2, -1):
            total = total * self.least + abs(defect[i]) / (i + 1)
        return total

    def _taylor(self, function: str, p: Poly, order: int) -> Poly:
        """The first coefficients of a function of a polynomial."""
        former = self.flint.ctx.cap
        self.flint.ctx.cap = order
        try:
            series = getattr(self.flint.arb_series(p, prec=order), function)()
            return [self.arb(series[i]) for i in range(order)]
        finally:
            self.flint.ctx.cap = former

    def _ball(self, radius: Any) -> Any:
        return self.arb(0, radius.upper())

    def inverse(self, a: Dense) -> Dense:
        return self.power(a, self.arb(-1), Fraction(-1))

    def power(self, a: Dense, e: Any, exact: Fraction | None = None) -> Dense:
        """(c v^s (1 + δ))^e."""
        power, lead, delta, order = self._split(a)
        if not lead > 0 and (exact is None or exact.denominator != 1):
            raise OtherForm("a power of a negative function")
        logs = [c * e for c in self._log_one_plus(delta, order)]
        head = lead ** int(exact) if exact is not None and exact.denominator == 1 else (lead.log() * e).exp()
        risen = power * exact if exact is not None and isinstance(power, Fraction) else e * self.number(power)
        return Dense(risen, {0: [head * c for c in self._exp(logs, order)]}, order)

    def odd_powers(self, a: Dense, coefficients: list[Any]) -> Dense:
        """Σ c_k a^−(2k−1) over k = 1, 2, …, by Horner's rule for a that grows like v; inner sums need few coefficients."""
        inverse = self.inverse(a)
        square = self.multiply(inverse, inverse)
        total = self.cut(self.constant(coefficients[-1]), 2)
        for c in reversed(coefficients[:-1]):
            total = self.add(self.constant(c), self.multiply(total, square))
        return self.multiply(total, inverse)


def _is_zero(p: Poly) -> bool:
    return all(c.is_zero() for c in p)


def _derivative(p: Poly) -> Poly:
    return [i * c for i, c in enumerate(p)][1:]
