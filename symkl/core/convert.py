"""Whatever a user writes where a law is wanted: a law, a family, a sympy.stats random variable or distribution."""

from __future__ import annotations

from typing import Any

from sympy import Symbol

from symkl.core.density import Density
from symkl.core.family import Family
from symkl.core.laws import Law
from symkl.core.supports import support_of

__all__ = ["as_law", "to_sympy_stats"]


def as_law(thing: Any, suffix: str = "") -> Law:
    """The law meant by `thing`; a family class stands for its generic member with symbols that end in `suffix`."""
    if isinstance(thing, Law):
        return thing
    if isinstance(thing, type) and issubclass(thing, Family):
        return thing.generic(suffix)
    distribution = getattr(getattr(thing, "pspace", None), "distribution", thing)
    if type(distribution).__module__.startswith("sympy.stats"):
        return _from_sympy(distribution)
    raise TypeError(f"a law is wanted (a family, a member of one, Density, Finite, or a sympy.stats variable), not {thing!r}")


def _from_sympy(distribution: Any) -> Law:
    name = type(distribution).__name__
    for family in _families():
        if family.names_elsewhere.get("sympy") == name:
            args = tuple(distribution.args)
            convert = family.__dict__.get("from_sympy")
            return family(*(convert.__func__(*args) if convert is not None else args))
    return _density_of(distribution)


def _density_of(distribution: Any) -> Law:
    """A sympy.stats distribution with no counterpart in the catalogue, through its density and set."""
    x = Symbol("x", real=True)
    return Density(distribution.pdf(x), x, support_of(distribution.set))


def _families() -> list[type[Family]]:
    found: list[type[Family]] = []
    queue = [Family]
    while queue:
        for sub in queue.pop().__subclasses__():
            found.append(sub)
            queue.append(sub)
    return sorted(found, key=lambda cls: cls.__name__)


def to_sympy_stats(member: Family, name: str = "X") -> Any:
    """The same law as a sympy.stats random variable called `name`."""
    from sympy import stats
    from sympy.stats import crv_types, drv_types, frv_types

    wanted = member.names_elsewhere.get("sympy")
    if wanted is None:
        raise TypeError(f"sympy.stats has no counterpart of {type(member).__name__}")
    convert = type(member).__dict__.get("to_sympy")
    args = convert.__func__(*member.args) if convert is not None else member.args
    for module in (crv_types, drv_types, frv_types):
        if hasattr(module, wanted):
            return getattr(stats, wanted.removesuffix("Distribution"))(name, *args)
    raise TypeError(f"sympy.stats has no {wanted}")


