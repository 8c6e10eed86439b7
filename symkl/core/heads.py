"""Heads: the measures as unevaluated SymPy expressions. P first, Q second; nats unless a base is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sympy import Basic, Expr, Float, S, Symbol, sympify
from sympy.core.sympify import SympifyError
from sympy.logic.boolalg import Boolean

from symkl.core.convert import as_law
from symkl.core.hooks import resolve
from symkl.core.laws import Law
from symkl.errors import DomainError

__all__ = ["KL", "CrossEntropy", "Entropy", "Expectation", "Head"]


class Head(Expr):
    """A functional of laws, unevaluated: `.doit()` evaluates it, `.evalf(n)` gives n right digits.

    The arguments are the laws, then what else the measure needs, then the base of the logarithm if it is not e.
    """

    is_commutative = True
    is_extended_real = True
    symbol: ClassVar[str] = ""
    latex_symbol: ClassVar[str] = ""
    separator: ClassVar[str] = " ‖ "
    latex_separator: ClassVar[str] = r" \,\|\, "
    #: How many laws the measure takes, and how many other arguments before the base.
    laws_taken: ClassVar[int] = 2
    extras_taken: ClassVar[int] = 0
    #: Whether the measure of product laws is the sum over their coordinates.
    adds_up: ClassVar[bool] = False

    if TYPE_CHECKING:

        @property
        def args(self) -> Any: ...

    def __new__(cls, *args: Any, base: Any = None) -> Head:
        wanted = cls.laws_taken + cls.extras_taken
        if len(args) == wanted + 1 and base is None:
            args, base = args[:-1], args[-1]
        if len(args) != wanted:
            what = f"{cls.laws_taken} law{'s' * (cls.laws_taken > 1)}" + (f" and {cls.extras_taken} more argument" if cls.extras_taken else "")
            raise TypeError(f"{cls.__name__} takes {what}, and base= for a unit other than nats; got {len(args)} arguments")
        laws = [as_law(each, suffix) for each, suffix in zip(args, _suffixes(cls.laws_taken))]
        extras = [sympify(each, strict=True) for each in args[cls.laws_taken :]]
        bases = [] if base is None else [valid_base(base)]
        return Expr.__new__(cls, *laws, *extras, *bases)

    @property
    def laws(self) -> tuple[Law, ...]:
        return self.args[: self.laws_taken]

    @property
    def extras(self) -> tuple[Expr, ...]:
        return self.args[self.laws_taken : self.laws_taken + self.extras_taken]

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        """What must hold of the other arguments and is not implied by their assumptions."""
        return ()

    @property
    def base(self) -> Expr:
        """The base of the logarithm; e when none was given."""
        rest = self.args[self.laws_taken + self.extras_taken :]
        return rest[0] if rest else S.Exp1

    def doit(self, **hints: Any) -> Expr:
        return resolve("doit")(self)

    def _eval_evalf(self, prec: int) -> Expr | None:
        from mpmath.libmp.libmpf import prec_to_dps
        from sympy import Float

        if self.free_symbols:
            return None
        digits = prec_to_dps(prec)
        ball = resolve("evalf")(self, digits=digits)
        if not ball.is_finite:
            return S.Infinity if ball.mid > 0 else S.NegativeInfinity
        # The tuple, as Float would read an mpf at mpmath's own precision.
        return Float(ball.mid._mpf_, precision=prec)

    def _eval_derivative(self, s: Symbol) -> Expr:
        return self.doit().diff(s) if s in self.free_symbols else S.Zero

    def _eval_conjugate(self) -> Expr:
        return self

    def _sympystr(self, printer: Any) -> str:
        inner = self.separator.join(printer._print(each) for each in self.laws)
        tail = "".join(f", {printer._print(each)}" for each in self.args[self.laws_taken :])
        return f"{self.symbol}({inner}{tail})"

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {resolve('latex')(self)}$"

    def _latex(self, printer: Any) -> str:
        inner = self.latex_separator.join(printer._print(each) for each in self.laws)
        tail = "".join(f", {printer._print(each)}" for each in self.extras)
        base = "" if self.base is S.Exp1 else rf"^{{[{printer._print(self.base)}]}}"
        return rf"{self.latex_symbol}{base}\left({inner}{tail}\right)"


def _suffixes(count: int) -> tuple[str, ...]:
    return ("",) if count == 1 else tuple(f"_{i}" for i in range(1, count + 1))


def valid_base(base: Any) -> Expr:
    """The base of the logarithm, a number greater than one; a symbol is taken to be."""
    if isinstance(base, str):
        raise DomainError(f"base = {base!r} is a text; the base of the logarithm is a number or a symbol")
    try:
        value = sympify(base, strict=True)
    except SympifyError:
        value = None
    if not isinstance(value, Expr):
        raise TypeError(f"base = {base!r}: the base of the logarithm is a number or a symbol")
    if value.atoms(Float):
        raise DomainError(f"base = {base} is a float; write it exactly, with an integer or Rational")
    if (value - 1).is_positive is False or value.is_extended_real is False:
        raise DomainError(f"base = {base}: the base of the logarithm must be a real number greater than 1")
    return value


class KL(Head):
    """D_KL(P ‖ Q) = E_P[log p(X) − log q(X)] ∈ [0, ∞], in nats unless `base` is given.

    >>> from symkl import KL, Normal
    >>> KL(Normal, Normal)
    D_KL(Normal(mu_1, sigma_1) ‖ Normal(mu_2, sigma_2))
    """

    is_extended_nonnegative = True
    adds_up = True
    symbol = "D_KL"
    latex_symbol = r"D_{\mathrm{KL}}"


class CrossEntropy(Head):
    """H(P, Q) = −E_P[log q(X)], in nats unless `base` is given."""

    adds_up = True
    symbol = "H"
    latex_symbol = r"\mathrm{H}"
    separator = ", "
    latex_separator = ", "


class Entropy(Head):
    """H(P) = −E_P[log p(X)]: Shannon entropy of a discrete law, differential entropy of a continuous one."""

    adds_up = True
    symbol = "H"
    latex_symbol = r"\mathrm{H}"
    laws_taken = 1


class Expectation(Expr):
    """E_P[f(X)] = ∫ f(x) p(x) dx (or the sum): an expectation that stays as it is until a rule or a number is asked.

    `Expectation(f, x, P)`; x is bound.
    """

    is_commutative = True
    is_extended_real = True

    if TYPE_CHECKING:

        @property
        def args(self) -> Any: ...

    def __new__(cls, f: Any, x: Symbol, under: Any) -> Expectation:
        if not isinstance(x, Symbol):
            raise TypeError(f"Expectation(f, x, P): x is the symbol that f is a function of, not {x!r}")
        return Expr.__new__(cls, sympify(f, strict=True), x, as_law(under))

    @property
    def statistic(self) -> Expr:
        return self.args[0]

    @property
    def variable(self) -> Symbol:
        return self.args[1]

    @property
    def under(self) -> Law:
        return self.args[2]

    @property
    def free_symbols(self) -> set[Basic]:
        return (self.args[0].free_symbols - {self.args[1]}) | self.args[2].free_symbols

    @property
    def bound_symbols(self) -> list[Symbol]:
        return [self.args[1]]

    def doit(self, **hints: Any) -> Expr:
        return resolve("doit")(self)

    _eval_evalf = Head._eval_evalf
    _repr_latex_ = Head._repr_latex_

    def _eval_conjugate(self) -> Expr:
        return self

    def _sympystr(self, printer: Any) -> str:
        return f"E_{{{printer._print(self.variable)} ~ {printer._print(self.under)}}}[{printer._print(self.statistic)}]"

    def _latex(self, printer: Any) -> str:
        return (
            rf"\mathbb{{E}}_{{{printer._print(self.variable)} \sim {printer._print(self.under)}}}"
            rf"\left[{printer._print(self.statistic)}\right]"
        )
