"""Random exact members of a family, for certificates and tests."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from sympy import Rational, ceiling, floor

from symkl.core.family import Family, Parameter
from symkl.errors import DomainError, Undecided

__all__ = ["DENOMINATORS", "draw", "draw_value"]

#: Denominators of the parameters drawn: small, so that closed forms stay readable, and coprime, so that nothing cancels by chance.
DENOMINATORS = (2, 3, 4, 5, 7)

#: How often a draw that breaks a joint condition, such as a < b, is repeated.
ATTEMPTS = 1000


def draw(family: type[Family], rng: random.Random, denominators: Sequence[int] = DENOMINATORS) -> Family:
    """A member of `family` with random rational parameters inside their `typical` ranges and the family's constraints.

    The same `rng` state gives the same member. A family whose parameters are no fixed list has its own `random_member(rng)`.

    >>> import random
    >>> from symkl import Gamma
    >>> draw(Gamma, random.Random(1))
    Gamma(1, 3/4)
    """
    own: Callable[[random.Random], Family] | None = getattr(family, "random_member", None)
    if own is not None:
        return own(rng)
    for _ in range(ATTEMPTS):
        values = [draw_value(parameter, rng, denominators) for parameter in family.parameters]
        try:
            return family(*values)
        except DomainError:
            continue
    raise Undecided(f"{family.__name__}: no member found in the typical ranges of its parameters", (f"{ATTEMPTS} random draws",))


def draw_value(parameter: Parameter, rng: random.Random, denominators: Sequence[int] = DENOMINATORS) -> Any:
    """A random number in the parameter's typical range, an integer where its domain asks for one, else a rational."""
    lower, upper = (Rational(end) for end in parameter.typical)
    ranges = {d: (int(ceiling(lower * d)), int(floor(upper * d))) for d in ([1] if parameter.domain.integer else denominators)}
    usable = [d for d, (least, greatest) in ranges.items() if least <= greatest]
    if not usable:
        return (lower + upper) / 2
    denominator = rng.choice(usable)
    return Rational(rng.randint(*ranges[denominator]), denominator)
