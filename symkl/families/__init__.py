"""The catalogue. One family is one file and one import line here, in alphabetical order."""

from symkl.core.family import Family
from symkl.families.gamma import Gamma as Gamma
from symkl.families.normal import Normal as Normal
from symkl.families.poisson import Poisson as Poisson

_CATALOGUE = {name: thing for name, thing in sorted(globals().items()) if isinstance(thing, type) and issubclass(thing, Family) and thing is not Family}

__all__ = [*_CATALOGUE, "families"]  # noqa: PLE0604


def families() -> tuple[type[Family], ...]:
    """All families of the catalogue, by name.

    >>> from symkl import families
    >>> "Normal" in [family.__name__ for family in families()]
    True
    """
    return tuple(_CATALOGUE.values())
