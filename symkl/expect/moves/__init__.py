"""The substitutions, in the order in which they are tried on a law that is not yet of a standard kind."""

from __future__ import annotations

from collections.abc import Callable

from symkl.expect.moves import (
    breakpoints,
    exponential,
    halves,
    lattice,
    location,
    logarithm,
    logistic,
    power,
    reflection,
    standard_range,
    trigonometric,
)
from symkl.expect.shapes import Profile, Substitution

__all__ = ["MOVES"]

MOVES: tuple[Callable[[Profile], tuple[Substitution, ...] | None], ...] = (
    breakpoints.move,
    location.move,
    standard_range.move,
    reflection.move,
    logarithm.move,
    logistic.move,
    power.move,
    exponential.move,
    trigonometric.move,
    halves.move,
    lattice.move,
)
