"""Whatever a user writes where a law is wanted: a law, a family, a sympy.stats random variable or distribution."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from sympy import Expr, Piecewise, Symbol

from symkl.core.density import Density
from symkl.core.family import Family
from symkl.core.hooks import resolve
from symkl.core.laws import Law
from symkl.core.supports import support_of

__all__ = ["as_law", "is_mapping", "to_sympy_stats"]


def as_law(thing: Any, suffix: str = "") -> Law:
    """The law meant by `thing`; a family class stands for its generic member with symbols that end in `suffix`, a list of
    probabilities or a mapping from outcomes to them for `Finite`.
    """
    if isinstance(thing, Law):
        return thing
    if isinstance(thing, type) and issubclass(thing, Family):
        return thing.generic(suffix)
    distribution = getattr(getattr(thing, "pspace", None), "distribution", thing)
    if type(distribution).__module__.startswith("sympy.stats"):
        return _from_sympy(distribution)
    if type(thing).__module__ == "numpy" and hasattr(thing, "tolist"):
        thing = thing.tolist()
    if isinstance(thing, (list, tuple)) or is_mapping(thing):
        (finite,) = _named_in_sympy("FiniteDistributionHandmade")
        return finite(list(thing) if isinstance(thing, tuple) else thing)
    raise TypeError(f"{_WANTED}, not {thing!r}{_unquoted(thing)}")


_WANTED = "a law is wanted (a family, a member of one, Density, Finite or a list of probabilities, or a sympy.stats variable)"


def is_mapping(thing: Any) -> bool:
    """Whether it has keys and items, such as a pandas Series."""
    return isinstance(thing, Mapping) or (not isinstance(thing, type) and all(callable(getattr(thing, name, None)) for name in ("keys", "items")))


def _unquoted(thing: Any) -> str:
    """A word on the family that a text names, or on a function of a random variable."""
    if isinstance(thing, Expr) and any(hasattr(symbol, "pspace") for symbol in thing.free_symbols):
        return "; the law of a function of X is Transformed(law of X, function)"
    if not isinstance(thing, str):
        return str(getattr(thing, "not_a_law", ""))
    names = {family.__name__.casefold(): family.__name__ for family in resolve("catalogue")()}
    near = get_close_matches(thing.partition("(")[0].casefold(), list(names), n=1)
    return f"; did you mean {names[near[0]]}{''.join(thing.partition('(')[1:])}, without quotes?" if near else "; texts are read on the command line only"


def _from_sympy(distribution: Any) -> Law:
    from sympy.stats.crv import SingleContinuousDistribution
    from sympy.stats.drv import SingleDiscreteDistribution
    from sympy.stats.frv import SingleFiniteDistribution
    from sympy.stats.rv import random_symbols

    if random_symbols(distribution):
        raise TypeError(f"{distribution} has random parameters; a law with constant parameters is wanted")
    for family in _named_in_sympy(type(distribution).__name__):
        values = _converted(family, "from_sympy", tuple(distribution.args))
        if isinstance(values, Law):
            return values
        if values is not None:
            return family(*values)
    if isinstance(distribution, SingleFiniteDistribution):
        return _finite_of(distribution)
    if not isinstance(distribution, (SingleContinuousDistribution, SingleDiscreteDistribution)):
        raise TypeError(f"{distribution} has no counterpart in the catalogue and is no law of one variable with a density")
    return _density_of(distribution)


def _converted(family: type[Family], direction: str, args: tuple[Any, ...]) -> Any:
    """The arguments after the family's own conversion, if it has one; None where it says that there is no counterpart."""
    convert = family.__dict__.get(direction)
    return args if convert is None else convert.__func__(*args)


def _finite_of(distribution: Any) -> Law:
    """A sympy.stats distribution on finitely many values, through the table of its masses."""
    if getattr(distribution, "is_symbolic", False):
        raise TypeError(f"{distribution}: the outcomes of a finite sympy.stats distribution must be known")
    (finite,) = _named_in_sympy("FiniteDistributionHandmade")
    return finite(*finite.__dict__["from_sympy"].__func__(distribution.dict))


def _density_of(distribution: Any) -> Law:
    """A sympy.stats distribution with no counterpart in the catalogue, through its density and set."""
    x = Symbol("x", real=True)
    return Density(_on_support(distribution.pdf(x)), x, support_of(distribution.set))


def _on_support(density: Any) -> Expr:
    """The density without the branches in which it is zero, which lie outside the support."""
    for piecewise in sorted(density.atoms(Piecewise), key=str):
        branches: list[Any] = [branch for branch in piecewise.args if branch[0] != 0]
        if 0 < len(branches) < len(piecewise.args):
            density = density.xreplace({piecewise: Piecewise(*branches[:-1], (branches[-1][0], True))})
    return density


def _named_in_sympy(name: str) -> list[type[Family]]:
    """The families whose sympy.stats class is called `name`: those of the catalogue, and those a user has declared."""
    resolve("catalogue")()
    found: list[type[Family]] = []
    queue = [Family]
    while queue:
        for sub in queue.pop().__subclasses__():
            found.append(sub)
            queue.append(sub)
    return sorted((family for family in found if family.names_elsewhere.get("sympy") == name), key=lambda family: family.__name__)


def to_sympy_stats(member: Family, name: str = "X") -> Any:
    """The same law as a sympy.stats random variable called `name`; a `TypeError` where sympy.stats has none.

    >>> from sympy.stats import density
    >>> from symkl import Exponential
    >>> to_sympy_stats(Exponential(2)).pspace.distribution
    ExponentialDistribution(2)
    """
    from sympy import stats

    wanted = member.names_elsewhere.get("sympy")
    args = None if wanted is None else _converted(type(member), "to_sympy", member.args)
    if wanted is None or args is None:
        raise TypeError(f"sympy.stats has no counterpart of {member}")
    factory = "FiniteRV" if wanted == "FiniteDistributionHandmade" else wanted.removesuffix("Distribution")
    try:
        return getattr(stats, factory)(name, *args)
    except ValueError as error:
        raise TypeError(f"sympy.stats has no counterpart of {member}: {error}") from None
