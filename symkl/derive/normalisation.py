"""Whether a density that nobody has named has mass one, and for which signs of its plain symbols."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Any

from sympy import Basic, Expr, S, Symbol, exp

from symkl.core.density import Density
from symkl.core.hooks import resolve
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Outcomes
from symkl.derive.checks.growth import integrable
from symkl.derive.masses import density_mass
from symkl.errors import DomainError, Undecided
from symkl.form.facts import Facts
from symkl.form.textbook import textbook
from symkl.form.zero import is_zero

__all__ = ["density_names", "unseen"]

#: More plain symbols than this are only taken to be real.
MOST_SYMBOLS = 4


def density_names(laws: tuple[Law, ...]) -> dict[Expr, Symbol]:
    """For each plain symbol of a `Density` a symbol of its name that is real, or positive where the mass is one only then.

    A density whose mass is provably not one is a `DomainError`.
    """
    names: dict[Expr, Symbol] = {}
    for each in (density for law in laws for density in _densities(law)):
        renamed: Any = each
        names |= _names_of(renamed.xreplace(names))
    return names


@lru_cache(maxsize=1024)
def unseen(laws: tuple[Law, ...]) -> Density | None:
    """The first density with symbols in it whose mass is not seen to be one; at numbers it has been enclosed."""
    open_ = (each for law in laws for each in _densities(law) if each.free_symbols)
    return next((each for each in open_ if not _is_one(density_mass(each, facts := Facts.of(each.conditions)), facts)), None)


def _is_one(mass: Expr | None, facts: Facts) -> bool:
    return mass is not None and is_zero(mass - 1, facts) is True


def _densities(law: Basic) -> Iterator[Density]:
    """The densities that a law is, or is made of."""
    if isinstance(law, Density):
        yield law
    elif not isinstance(law, Expr):
        for part in law.args:
            yield from _densities(part)


@lru_cache(maxsize=1024)
def _names_of(law: Density) -> dict[Expr, Symbol]:
    ends = [getattr(law.support, name, S.Zero) for name in ("lower", "upper")]
    if law.variable not in law.log_density(law.variable).free_symbols and any(end.is_infinite for end in ends):
        raise DomainError(f"{law} is no density in {law.variable}: it does not depend on {law.variable}, so its mass is infinite")
    if _grows(law):
        raise DomainError(f"{law} is no density: its mass is infinite")
    plain = sorted((s for s in law.free_symbols if isinstance(s, Symbol) and s.is_extended_real is None), key=lambda s: s.name)
    if not plain:
        mass = density_mass(law)
        if not law.free_symbols:
            # By balls: negative values, and a mass that is not one, where it is not known already.
            resolve("density")(law, mass is not None and is_zero(mass - 1) is False)
        _require_mass_one(law, mass)
        return {}
    choices = product(("real", "positive"), repeat=len(plain)) if len(plain) <= MOST_SYMBOLS else [("real",) * len(plain)]
    wrong: list[Expr] = []
    open_names: dict[Expr, Symbol] | None = None
    for choice in sorted(choices, key=lambda c: (c.count("positive"), c)):
        names: dict[Expr, Symbol] = {old: Symbol(old.name, **{sign: True}) for old, sign in zip(plain, choice)}
        signed: Any = law
        mass = density_mass(signed.xreplace(names))
        if mass is not None and is_zero(mass - 1):
            return names
        if mass is not None and is_zero(mass - 1) is False:
            wrong.append(mass)
        elif mass is not None:
            open_names = open_names or names
    if wrong and open_names is None:
        # No sign of the symbols makes it one for all their values.
        _require_mass_one(law, wrong[-1])
    return open_names or {old: Symbol(old.name, real=True) for old in plain}


def _grows(law: Density) -> bool:
    """Whether the density is seen not to be integrable, or summable, at an end of its support."""
    support: Any = law.support
    if isinstance(support, Outcomes):
        return False
    x, density = law.variable, exp(law.log_density(law.variable))
    ends = [(end, side) for end, side in ((support.lower, 1), (support.upper, -1)) if end.is_infinite or isinstance(support, Continuum)]
    try:
        return any(integrable(density, x, end, side, Facts())[0] is False for end, side in ends)
    except (Undecided, DomainError):
        return False


def _require_mass_one(law: Density, mass: Expr | None) -> None:
    if mass is not None and is_zero(mass - 1) is False:
        raise DomainError(f"{law} is no density: its total mass is {textbook(mass)}, not 1; divide it by that")
