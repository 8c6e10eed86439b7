"""`Law`: a probability law as an immutable SymPy object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sympy import Basic, Expr, Symbol, exp
from sympy.logic.boolalg import Boolean

from symkl.core.hooks import resolve
from symkl.core.supports import Support

__all__ = ["Law", "bound_variable"]


class Law(Basic):
    """A probability law: `support`, `log_density(x)` on it, and the `conditions` its parameters are assumed to satisfy.

    Laws are immutable, hashable and picklable; `subs`, `free_symbols` and `==` work as for any SymPy object.
    """

    is_commutative = True
    latex_name: ClassVar[str] = ""

    if TYPE_CHECKING:

        @property
        def args(self) -> Any: ...

    @property
    def support(self) -> Support:
        """Where the density is positive, up to null sets."""
        raise NotImplementedError

    def log_density(self, x: Expr) -> Expr:
        """log p(x) for x in the support, with respect to the Lebesgue or counting measure."""
        raise NotImplementedError

    def density(self, x: Expr) -> Expr:
        """p(x) for x in the support."""
        return exp(self.log_density(x))

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        """What must hold of the parameters and is not implied by their assumptions."""
        return ()

    @property
    def implied(self) -> tuple[Boolean, ...]:
        """What follows from the conditions and is used without being said: a part of a law that is not empty has a positive mass."""
        return ()

    @property
    def is_discrete(self) -> bool:
        return self.support.discrete

    def __reduce_ex__(self, protocol: Any) -> Any:
        return (_rebuild, (type(self), self.args))

    def _sympystr(self, printer: Any) -> str:
        return f"{type(self).__name__}({', '.join(printer._print(arg) for arg in self.args)})"

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {resolve('latex')(self)}$"

    def _latex(self, printer: Any) -> str:
        name = self.latex_name or rf"\operatorname{{{type(self).__name__}}}"
        return rf"{name}\left({', '.join(printer._print(arg) for arg in self.args)}\right)" if self.args else name


def _rebuild(cls: type[Law], args: tuple[Basic, ...]) -> Law:
    return cls(*args)


def bound_variable(*laws: Law) -> Symbol:
    """A variable for points of the first law's support, whose name none of the laws' parameters bears."""
    names = {symbol.name for each in laws for symbol in each.free_symbols if isinstance(symbol, Symbol)}
    candidates = ("k", "j", "m") if laws[0].is_discrete else ("x", "t", "y")
    name = next((n for n in candidates if n not in names), "x_")
    return laws[0].support.variable(name)
