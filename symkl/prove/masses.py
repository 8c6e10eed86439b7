"""Theorems are about laws: a density is one only if its mass is seen to be one, before anything is proved of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sympy import Basic, Rational, Symbol
from sympy.core.relational import Eq, Relational

from symkl.core.certificates import concrete_laws
from symkl.core.density import Density
from symkl.core.laws import Law
from symkl.core.verdict import Verdict
from symkl.derive.masses import density_mass
from symkl.derive.settle import settle
from symkl.errors import DomainError, NoClosedForm, ParseError, Undecided
from symkl.exact.densities import mass_at_numbers
from symkl.form.zero import is_zero

__all__ = ["established", "laws_of", "why_not", "with_totals", "without_mass"]

#: Where the mass of a density with symbols is looked at in numbers; the later symbols get the later values.
POINTS = tuple(Rational(*pair) for pair in ((1, 2), (1, 3), (3, 4), (2, 1), (5, 2), (3, 1), (1, 5)))


def laws_of(relations: Iterable[Any]) -> tuple[Law, ...]:
    """The laws that relations speak of, those within others too."""
    return tuple(sorted({law for each in relations if isinstance(each, Relational) for law in each.atoms(Law)}, key=str))


def without_mass(laws: Sequence[Law]) -> Density | None:
    """The first density in the laws whose mass is not seen to be one, or None; `DomainError` where it is seen to be another number."""
    densities = sorted({each for law in laws for each in law.atoms(Density)}, key=str)
    if not densities:
        return None
    names = {outer: name for outer, name in settle(tuple(laws)).names if outer.is_Symbol}
    for each in densities:
        signed: Any = each
        if not _is_one(signed.xreplace(names)):
            _look_at_numbers(each)
            return each
    return None


def why_not(density: Density) -> str:
    return f"the mass of {density} is not seen to be 1, and what is proved of laws holds only where it is"


def with_totals(verdict: Verdict, laws: Iterable[Law]) -> Verdict:
    """The verdict, saying of masses that are symbols that their total is one."""
    totals = list(dict.fromkeys(c for law in laws for c in law.conditions if isinstance(c, Eq)))
    if not verdict.is_proved or not totals:
        return verdict
    why = f"{verdict.reason} where " + ", ".join(f"{each.lhs} = {each.rhs}" for each in totals)
    return replace(verdict, reason=why)


def _is_one(density: Density) -> bool:
    try:
        mass = density_mass(density)
    except (NoClosedForm, Undecided):
        return False
    return mass is not None and is_zero(mass - 1) is True


def _look_at_numbers(density: Density) -> None:
    """Raises `DomainError` at parameters where the density is a function without negative values whose mass is enclosed, and not one."""
    symbols = sorted((each for each in density.free_symbols if isinstance(each, Symbol)), key=str)
    for k in range(len(POINTS)):
        point: dict[Basic, Any] = {each: POINTS[(k + i) % len(POINTS)] for i, each in enumerate(symbols)}
        at: Any = density
        mass = _mass_at(at.subs(point)) if _is_meant(point) else None
        if mass is not None and mass.is_rigorous and not mass.contains(1):
            where = ", ".join(f"{name} = {value}" for name, value in point.items())
            raise DomainError(f"{density} is no density: at {where} its mass is {mass}, not 1" if where else f"{density} is no density: its mass is {mass}")


def _is_meant(point: dict[Basic, Any]) -> bool:
    """Whether the values are what the symbols are assumed to be."""
    return all(getattr(value, f"is_{key}") is truth for name, value in point.items() for key, truth in name.assumptions0.items() if truth)


def _mass_at(density: Any) -> Any:
    try:
        return mass_at_numbers(density) if not density.free_symbols else None
    except (ArithmeticError, DomainError, NoClosedForm, TypeError, Undecided, ValueError):
        return None


def established(certificate: Any, read: Callable[[str], Any]) -> frozenset[str]:
    """The laws of a certificate that are more than names, read again, whose densities have mass one; `DomainError` where one is no law."""
    found = set()
    for name in concrete_laws(certificate):
        try:
            law = read(name)
        except ParseError:
            continue
        if without_mass([law]) is None:
            found.add(name)
    return frozenset(found)
