"""Random variables, and the entropies and informations of them as SymPy expressions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sympy import Basic, Expr, S, Tuple
from sympy.core.symbol import Str
from sympy.logic.boolalg import BooleanAtom

from symkl.errors import DomainError

__all__ = ["H", "I", "InformationTerm", "RandomVariable", "variables"]


class RandomVariable(Basic):
    """A random variable of which only the name is known, and whether it is continuous (then its entropy is differential)."""

    if TYPE_CHECKING:

        @property
        def args(self) -> Any: ...

    #: Said where a measure of laws is asked for it.
    not_a_law = "; the measures of random variables are H and I of symkl.prove"

    def __new__(cls, name: str | Str, continuous: Any = False) -> RandomVariable:
        flag = continuous if isinstance(continuous, BooleanAtom) else (S.true if continuous else S.false)
        return Basic.__new__(cls, name if isinstance(name, Str) else Str(str(name)), flag)

    @property
    def name(self) -> str:
        return str(self.args[0])

    @property
    def is_continuous(self) -> bool:
        return bool(self.args[1])

    def _sympystr(self, printer: Any) -> str:
        return self.name


def variables(names: str | Iterable[str], *, continuous: bool = False) -> tuple[RandomVariable, ...]:
    """Random variables for the entropy calculus; discrete ones unless `continuous`.

    >>> X, Y, Z = variables("X Y Z")
    >>> H(X, Y, given=Z), I(X, Y)
    (H(X,Y|Z), I(X;Y))
    """
    listed = names.replace(",", " ").split() if isinstance(names, str) else list(names)
    if not listed:
        raise DomainError("variables: at least one name is needed")
    twice = [name for i, name in enumerate(listed) if name in listed[:i]]
    if twice:
        raise DomainError(f"variables: {twice[0]} is named twice")
    return tuple(RandomVariable(name, continuous) for name in listed)


class InformationTerm(Expr):
    """H(A|C) for one group of variables, I(A; B; …|C) for more."""

    is_commutative = True
    is_extended_real = True

    if TYPE_CHECKING:

        @property
        def args(self) -> Any: ...

    def __new__(cls, groups: Any, given: Any = ()) -> InformationTerm:
        return Expr.__new__(cls, Tuple(*(Tuple(*group) for group in groups)), Tuple(*given))

    @property
    def groups(self) -> tuple[tuple[RandomVariable, ...], ...]:
        return tuple(tuple(group) for group in self.args[0])

    @property
    def given(self) -> tuple[RandomVariable, ...]:
        return tuple(self.args[1])

    @property
    def free_symbols(self) -> set[Basic]:
        return set()

    def _names(self, latex: bool) -> str:
        bar = r" \mid " if latex else "|"
        inside = ("; " if latex else ";").join((", " if latex else ",").join(v.name for v in group) for group in self.groups)
        return inside + (bar + (", " if latex else ",").join(v.name for v in self.given) if self.given else "")

    def _sympystr(self, printer: Any) -> str:
        return f"{'H' if len(self.groups) == 1 else 'I'}({self._names(False)})"

    def _latex(self, printer: Any) -> str:
        return rf"\mathrm{{{'H' if len(self.groups) == 1 else 'I'}}}\left({self._names(True)}\right)"


def _group(given: Any) -> tuple[RandomVariable, ...]:
    members = tuple(given) if isinstance(given, (tuple, list)) else (given,)
    for each in members:
        if not isinstance(each, RandomVariable):
            raise TypeError(f"a random variable is wanted, not {each!r}")
    return members


def H(*of: RandomVariable, given: Any = ()) -> InformationTerm:
    """H(A|C) = H(A, C) − H(C), the entropy of the variables, given others."""
    if not of:
        raise DomainError("H: at least one variable is needed")
    return InformationTerm((_group(of),), _group(given) if given else ())


def I(*groups: Any, given: Any = ()) -> InformationTerm:
    """I(A; B|C), the mutual information of two groups given C (interaction information of more groups)."""
    if len(groups) < 2:
        raise DomainError("I: at least two groups of variables are needed")
    return InformationTerm(tuple(_group(group) for group in groups), _group(given) if given else ())
