"""p·T as a function of one variable, by two programs where constants cancel that are large beside the width of a peak."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from sympy import Expr, Symbol

from symkl.exact.arithmetic import precision
from symkl.exact.conditioning import with_small_ratios
from symkl.exact.enclosures import opaque
from symkl.exact.program import Program
from symkl.exact.stable import Exp
from symkl.exact.taylor import Centred

__all__ = ["FEW_ORDERS", "Integrand", "Slope", "is_sharp"]

# A logarithm of a density that is known to so much only, where the variable is known to a factor, has lost its digits.
LOST = 64
# Blocks around the peak on which that is looked for, from t/part to t·part.
PARTS = (2, 1.25)
# Orders of Taylor's formula where only a sign is wanted.
FEW_ORDERS = (8,)


class Integrand:
    """exp(log_density) · statistic; a `sharp` one is evaluated around the midpoint of wide balls."""

    def __init__(self, log_density: Expr, statistic: Expr, t: Symbol, sharp: bool) -> None:
        self.log_density, self.statistic, self.t, self.sharp = log_density, statistic, t, sharp

    @cached_property
    def _whole(self) -> Program:
        return Program(Exp(self.log_density) * self.statistic, self.t, opaque)

    @cached_property
    def _parts(self) -> tuple[Centred, Centred]:
        return Centred(self.log_density, self.t), Centred(self.statistic, self.t)

    def bind(self, bits: int) -> Callable[..., Any]:
        """The function (z, analytic) → ball, to be called under the same precision."""
        if not self.sharp:
            return self._whole.bind(bits)
        density, factor = (each.bind(bits) for each in self._parts)
        return lambda z, analytic=False: density(z, analytic).exp() * factor(z, analytic)


class Slope:
    """A slope on real blocks, where its sign is wanted; a `sharp` one around their midpoints where that is needed to tell it."""

    def __init__(self, expr: Expr, t: Symbol, sharp: bool) -> None:
        self.plain, self.centred = Program(with_small_ratios(expr), t, opaque), Centred(expr, t) if sharp else None

    def bind(self, bits: int) -> Callable[[Any], Any]:
        """The function block → real ball, to be called under the same precision."""
        plain, centred = self.plain.bind(bits), None if self.centred is None else self.centred.bind(bits, FEW_ORDERS, 0)

        def run(block: Any) -> Any:
            value = plain(block, False).real
            if centred is None or value > 0 or value < 0:
                return value
            # Taylor's formula holds where the function is analytic.
            closer = centred(block, True).real
            return closer if closer.is_finite() else value

        return run


def is_sharp(log_density: Expr, statistic: Expr, t: Symbol, y: float) -> bool:
    """Whether digits are lost on a ball around t = e^y as wide as a part of t; a guide only."""
    with precision(128) as flint:
        middle = flint.arb(y).exp()
        for part in PARTS:
            block = flint.acb((middle / part).union(middle * part))
            density, factor = (Program(e, t, opaque).bind(128)(block, False).real for e in (log_density, statistic))
            # On a wide block a logarithm may meet zero, which tells nothing of digits.
            if density.is_finite() and factor.is_finite():
                return not (density.rad() < LOST and factor.rad() < LOST * (1 + abs(factor.mid())))
        return True
