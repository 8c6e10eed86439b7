"""Long sums over the integers as integrals, from the residues of f(z) π cot πz.

With c > 0 and f analytic on the rectangle [A − ½, B + ½] × [−c, c],

    Σ_{j=A}^{B} f(j) = ∫_{A−½}^{B+½} f(t) dt + edge(A − ½) − edge(B + ½) + error,
    edge(x) = −i ∫_0^c (f(x + iy) − f(x − iy))/(e^{2πy} + 1) dy,     |error| ≤ ∫ (|f(x + ic)| + |f(x − ic)|) dx/(e^{2πc} − 1),

since cot πz = ∓i (1 + 2q/(1 − q)) with q = e^{±2πiz} above and below the axis, and q = −e^{−2πy} on the vertical sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil, isqrt, log, pi
from typing import Any

from sympy import Expr, Symbol

from symkl.errors import Undecided
from symkl.exact.arithmetic import precision
from symkl.exact.powerseries import exponential, product
from symkl.exact.stable import disc, is_real
from symkl.exact.taylor import Centred
from symkl.exact.work import checkpoint, integral

__all__ = ["Contour"]

LN2 = log(2)
# Half the height of the rectangle is made for horizontal errors that are so much larger than the mass, as a logarithm.
SLACK = 30.0
# Blocks of a cover at most, and how many integers the blocks have at most that are added one by one where nothing is proved of them.
MOST_BLOCKS, SMALL = 6000, 64
# Parts of the tolerance: for one block, and for one that is left out.
SHARE, TINY = 2.0**-6, 2.0**-12
# Evaluations of the integrand: so many, and so many more for each bit of precision.
LEAST_EVALUATIONS, EVALUATIONS = 20_000, 60
# Radii of the discs, in units of c, on which Taylor's series of an edge is bounded, and its most terms.
DISCS, MOST_ORDER = (64, 16, 6, 3), 160
# Integers by which an edge is moved away from where nothing is proved.
MOVES = (0, 64, 256, 1024, 4096)
MAX_RAISES = 24


@dataclass(frozen=True)
class Block:
    """The integers from first to last: "smooth" where f is analytic around them, "slight" where Σ |f| ≤ mass is negligible, "rough" elsewhere."""

    first: int
    last: int
    kind: str
    mass: Any = 0


@dataclass
class Contour:
    """Σ f(j), f = e^(log_density) · statistic, over long ranges of integers t = j."""

    log_density: Expr
    statistic: Expr
    t: Symbol

    @cached_property
    def _functions(self) -> tuple[Centred, Centred]:
        return Centred(self.log_density, self.t), Centred(self.statistic, self.t)

    def sum(self, first: int, last: int, height: float, log_tolerance: float, bits: int, most: int) -> Any:
        """A ball that holds Σ f(j), first ≤ j ≤ last, with at most `most` terms added one by one; None where that is not to be had.

        `height` is about the logarithm of Σ |f|.
        """
        c = ceil((max(height - log_tolerance, 1.0) + SLACK) / (2 * pi)) + 1
        return _Attempt(self._functions, first, last, c, log_tolerance, bits, most).value()

    def enough_bits(self, first: int, last: int, log_tolerance: float, bits: int) -> int:
        """Working precision at which f itself is known to the tolerance, at places all over the range."""
        places = sorted({first, last, *(first + (1 << k) for k in range(0, (last - first).bit_length(), 8))})
        for _ in range(MAX_RAISES):
            with precision(bits) as flint:
                density, factor = (f.plain.bind(bits) for f in self._functions)
                tolerance = flint.arb(log_tolerance).exp()
                for j in places:
                    exponent, size = density(flint.acb(j), False), factor(flint.acb(j), False)
                    value = exponent.exp() * size * (j - first + 1)
                    if exponent.is_finite() and size.is_finite() and not (value.is_finite() and value.real.rad() < tolerance):
                        break
                else:
                    return bits
            bits += bits // 2
        raise Undecided("the terms of a sum cannot be computed precisely enough")


class _Attempt:
    """One attempt with a rectangle of half height c."""

    def __init__(self, functions: tuple[Centred, Centred], first: int, last: int, c: int, log_tolerance: float, bits: int, most: int) -> None:
        self.functions, self.first, self.last, self.c, self.bits, self.most = functions, first, last, c, bits, most
        with precision(bits) as flint:
            self.flint = flint
            self.density, self.factor = (f.bind(bits) for f in functions)
            self.slope = functions[0].bind_slope(bits)
            self._density, self._factor = (f.plain.bind(bits) for f in functions)
            self.tolerance = flint.arb(log_tolerance).exp()
            self.damping = 1 / ((2 * flint.arb.pi() * c).exp() - 1)

    def value(self) -> Any:
        with precision(self.bits) as flint:
            blocks = self._cover()
            if blocks is None:
                return None
            total, slight = flint.acb(0), flint.arb(0)
            for run in _runs(blocks):
                if run[0].kind == "slight":
                    slight += sum((block.mass for block in run), flint.arb(0))
                    continue
                part = self._terms(run[0].first, run[-1].last) if run[0].kind == "rough" else self._smooth(run)
                if part is None:
                    return None
                total += part
            return total + disc(slight, is_real(total))

    # -- the cover -----------------------------------------------------------------------------------------------

    def _cover(self) -> list[Block] | None:
        """Blocks of all integers, from left to right."""
        blocks: list[Block] = []
        pending, rough = [(self.first, self.last)], 0
        for _ in range(MOST_BLOCKS):
            if not pending:
                return blocks
            checkpoint()
            a, b = pending.pop()
            block = self._judged(a, b)
            if block is None and b - a < SMALL:
                block, rough = Block(a, b, "rough"), rough + b - a + 1
            if rough > self.most:
                return None
            if block is None:
                middle = self._between(a, b)
                pending += [(middle + 1, b), (a, middle)]
            else:
                blocks.append(block)
        return None

    def _judged(self, a: int, b: int) -> Block | None:
        flint, count = self.flint, b - a + 1
        line = flint.acb(flint.arb(a).union(flint.arb(b)))
        mass = self._size(line) * count
        if not mass.is_finite():
            # Not analytic perhaps, as at a kink, but a sum needs no more than a bound.
            mass = self._density(line, False).real.exp().abs_upper() * self._factor(line, False).abs_upper() * count
        if mass.is_finite() and mass < self.tolerance * TINY:
            return Block(a, b, "slight", mass)
        if b > 2 * a and (mass := self._mass_on_slope(a, b, line)) is not None:
            return Block(a, b, "slight", mass)
        half = flint.arb(0.5)
        box = flint.acb((a - half).union(b + half), flint.arb(0, self.c))
        error = 2 * count * self._size(box) * self.damping
        return Block(a, b, "smooth", error.abs_upper()) if error.is_finite() and error < self.tolerance * SHARE else None

    def _mass_on_slope(self, a: int, b: int, line: Any) -> Any:
        """A bound of Σ |f| over a long block on which p rises or falls, from its end; None where that is not negligible."""
        slope, flint = self.slope(line).real, self.flint
        if not (slope < 0 or slope > 0):
            return None
        top = self._density(flint.acb(a if slope < 0 else b), False).real.exp()
        mass = top * self._factor(line, False).abs_upper() * (b - a + 1)
        return mass.abs_upper() if mass.is_finite() and mass < self.tolerance * TINY else None

    def _size(self, box: Any) -> Any:
        """A bound of |f| on a box on which f is analytic; not finite where that is not known."""
        return self.density(box, True).real.exp().abs_upper() * self.factor(box, True).abs_upper()

    def _between(self, a: int, b: int) -> int:
        """A place to divide a block: in proportion to the distance from the nearer end of the range."""
        left, right = a - self.first, self.last - b
        near, far = (left + 1, b - self.first + 1) if left <= right else (right + 1, self.last - a + 1)
        if far <= 4 * near:
            return (a + b) // 2
        offset = isqrt(near * far)
        return self.first - 1 + offset if left <= right else self.last - offset

    # -- its parts -----------------------------------------------------------------------------------------------

    def _terms(self, a: int, b: int) -> Any:
        total, acb = self.flint.acb(0), self.flint.acb
        for j in range(a, b + 1):
            z = acb(j)
            total += self._density(z, False).exp() * self._factor(z, False)
        return total

    def _smooth(self, run: list[Block]) -> Any:
        """Σ f(j) over blocks around which f is analytic."""
        flint, a, b = self.flint, run[0].first, run[-1].last
        half = flint.arb(0.5)
        left, right = self._edge_near(a, b, 1), self._edge_near(b, a, -1)
        if left is None or right is None or left[0] + right[0] >= b - a:
            return self._terms(a, b) if b - a < self.most else None
        start, stop = a + left[0], b - right[0]
        ends = self._terms(a, start - 1) + self._terms(stop + 1, b)
        inside = integral(
            lambda z, analytic: self.density(z, analytic).exp() * self.factor(z, analytic),
            flint.acb(start - half),
            flint.acb(stop + half),
            rel_tol=flint.arb(2) ** -self.bits,
            abs_tol=self.tolerance / 4,
            eval_limit=LEAST_EVALUATIONS + EVALUATIONS * self.bits,
            depth_limit=4 * self.bits,
        )
        total = ends + inside + left[1] - right[1]
        return total + disc(sum((block.mass for block in run), flint.arb(0)), is_real(total))

    def _edge_near(self, end: int, other: int, side: int) -> tuple[int, Any] | None:
        """(n, edge) n integers inwards from an end of a block; None where none is proved."""
        for move in MOVES:
            if move > abs(other - end) or move > self.most:
                return None
            found = self._edge(self.flint.arb(end + side * move) - self.flint.arb(side) / 2)
            if found is not None:
                return move, found
        return None

    def _edge(self, x: Any) -> Any:
        """edge(x): by its bound where |f| is small on the side of the rectangle, else by Taylor's series of f."""
        flint = self.flint
        bound = self._size(flint.acb(x, flint.arb(0, self.c))) * flint.arb(2).log() / flint.arb.pi()
        if bound.is_finite() and bound < self.tolerance * SHARE:
            return disc(bound, False)
        for times in DISCS:
            radius = flint.arb(times * self.c)
            size = self._size(x + disc(radius, False))
            order = self._order(size, radius, times) if size.is_finite() else None
            if order is not None:
                return self._edge_by_series(x, *order)
        return None

    def _order(self, size: Any, radius: Any, times: int) -> tuple[int, Any] | None:
        """(N, bound) of what the terms from y^N on of Taylor's series contribute: |f_k| ≤ size/radius^k, ∫ y^k/(e^{2πy} + 1) dy ≤ k!/(2π)^{k+1}."""
        flint = self.flint
        two_pi = 2 * flint.arb.pi()
        term = 2 * size / (1 - flint.arb(1) / times) / two_pi
        for order in range(1, MOST_ORDER):
            term = term * order / (two_pi * radius)
            if term < self.tolerance * SHARE:
                return order, term.abs_upper()
        return None

    def _edge_by_series(self, x: Any, order: int, rest: Any) -> Any:
        """2 Σ_{k odd} (−1)^{(k−1)/2} f_k ∫_0^c y^k/(e^{2πy} + 1) dy for f(x + u) = Σ f_k u^k."""
        flint = self.flint
        series = [f.series for f in self.functions]
        if series[0] is None or series[1] is None:
            return None
        density, factor = (each.bind_series(self.bits)(flint.acb(x), order) for each in series if each is not None)
        coefficients = product(exponential(density, order), factor, order)
        total = disc(rest, all(map(is_real, coefficients)))
        for k in range(1, min(order, len(coefficients)), 2):
            total += 2 * (-1) ** (k // 2) * coefficients[k] * self._moment(k)
        return total

    def _moment(self, k: int) -> Any:
        """∫_0^c y^k/(e^{2πy} + 1) dy = k! η(k + 1)/(2π)^{k+1}, less what lies beyond c, which is at most Γ(k + 1, 2πc)/(2π)^{k+1}."""
        flint = self.flint
        two_pi, s = 2 * flint.arb.pi(), flint.acb(k + 1)
        beyond = flint.acb(two_pi * self.c).gamma_upper(s).real.abs_upper()
        return (s.gamma().real * s.dirichlet_eta().real - flint.arb(0).union(beyond)) / two_pi ** (k + 1)


def _runs(blocks: list[Block]) -> list[list[Block]]:
    """Neighbours of one kind together."""
    runs: list[list[Block]] = []
    for block in blocks:
        if runs and runs[-1][0].kind == block.kind:
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs
