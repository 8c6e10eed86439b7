"""Outcomes and probabilities as exact SymPy objects, checked; shared by the laws on finitely many outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

from sympy import Add, Basic, Eq, Expr, Float, Integer, Rational, S, Symbol, Tuple, cancel, exp, false, minimal_polynomial, sympify, true
from sympy.core.symbol import Str
from sympy.core.sympify import SympifyError
from sympy.logic.boolalg import Boolean, BooleanFunction

from symkl.core.domains import above
from symkl.core.family import exact_value
from symkl.core.laws import Law
from symkl.errors import DomainError

__all__ = ["Is", "checked_masses", "mass_conditions", "outcome", "plain", "rational_of_float", "softmax", "total_condition", "vanishes"]


_ESCAPES = str.maketrans({**{c: f"\\{c}" for c in "#$%&_{}"}, "\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"})


class Label(Str):
    """An outcome named by a text: it equals itself and the text, and nothing else that is not a variable.

    >>> Label("a") == "a", "a" in {Label("a")}, Label("a") == Symbol("a")
    (True, True, False)
    """

    name: str

    def __eq__(self, other: object) -> bool:
        return self.name == other if isinstance(other, str) else super().__eq__(other) is True  # type: ignore[no-untyped-call]

    def __ne__(self, other: object) -> bool:
        return not self == other

    # What is equal must have one hash; SymPy keeps labels and texts apart by their types where it remembers results.
    def __hash__(self) -> int:
        return hash(self.name)

    def _eval_Eq(self, other: Any) -> Boolean | None:
        if self == other:
            return S.true
        return None if other.free_symbols else S.false

    def _latex(self, printer: Any) -> str:
        text = str(self)
        return str(printer._print(Symbol(text))) if text.isalnum() else rf"\text{{{text.translate(_ESCAPES)}}}"


class Is(BooleanFunction):
    """Whether a variable stands for an outcome with coordinates, for which SymPy's equations have no canonical form."""

    @classmethod
    def eval(cls, x: Any, point: Any) -> Boolean | None:
        if x == point:
            return S.true
        return None if x.free_symbols else S.false


def plain(each: Any) -> Any:
    """An outcome as users' functions receive it: a text, a number, true or false, or a tuple of these.

    >>> plain(Tuple(Label("a"), Integer(1)))
    ('a', 1)
    """
    if isinstance(each, Tuple):
        return tuple(plain(part) for part in each)
    return each.name if isinstance(each, Label) else each


def outcome(label: Any, owner: type[Law]) -> Basic:
    """The SymPy object of an outcome: a `Label` for a text or a symbol's name, an exact number, true or false, a `Tuple` of these."""
    if type(label).__module__ == "numpy" and hasattr(label, "item") and not getattr(label, "shape", ()):
        label = label.item()
    if isinstance(label, (str, Str)):
        return Label(str(label))  # type: ignore[no-untyped-call]
    if isinstance(label, Symbol):
        return Label(label.name)  # type: ignore[no-untyped-call]
    if label is True or label is False or label in (true, false):
        return true if label else false
    if isinstance(label, (int, Rational)):
        return Integer(label) if isinstance(label, int) else label
    if isinstance(label, (tuple, Tuple)):
        return Tuple(*(outcome(each, owner) for each in label))
    if isinstance(label, float):
        raise DomainError(f"{owner.__name__}: the outcome {label} is a float; write an exact number, e.g. Rational({str(label)!r}), or a text")
    try:
        number = Rational(label) if isinstance(label, (Fraction, Decimal)) else sympify(label, strict=True)
    except (SympifyError, TypeError, ValueError):
        number = None
    if not isinstance(number, Expr) or not number.is_number or number.atoms(Float) or number.is_finite is False:
        raise DomainError(f"{owner.__name__}: the outcome {label!r} is neither a text, nor an exact number, nor a tuple of these")
    return number


def checked_masses(owner: type[Law], outcomes: Sequence[Basic], values: Iterable[Any]) -> tuple[Expr, ...]:
    """The probabilities of distinct `outcomes`, exact; `DomainError` names the outcome whose probability is impossible, or the sum."""
    seen: set[Basic] = set()
    for each in outcomes:
        if each in seen:
            raise DomainError(f"{owner.__name__}: the outcome {each} is given twice")
        seen.add(each)
    masses = tuple(_checked_mass(owner, each, value) for each, value in zip(outcomes, values))
    if not masses:
        raise DomainError(f"{owner.__name__}: at least one outcome is needed")
    if total_condition(masses) is S.false:
        raise DomainError(f"{owner.__name__}: the probabilities sum to {_total(masses)}, not to 1")
    return masses


def _checked_mass(owner: type[Law], label: Basic, value: Any) -> Expr:
    # SymPy's assumptions are slow on numbers, and there may be many of these.
    if isinstance(value, Rational) and value.p >= 0:
        return value
    mass = exact_value(value, owner, f"the probability of {label}")
    if mass.is_extended_real is False or mass.is_finite is False or mass is S.NaN:
        raise DomainError(f"{owner.__name__}: the probability of {label} is {mass}, which is not a real number")
    if mass.is_negative:
        raise DomainError(f"{owner.__name__}: the probability of {label} is {mass}, which is negative")
    return mass


def vanishes(mass: Expr) -> bool:
    """Whether a probability is known to be 0."""
    return mass.p == 0 if isinstance(mass, Rational) else bool(mass.is_zero)


def mass_conditions(masses: Iterable[Expr]) -> tuple[Boolean, ...]:
    """That the probabilities are positive, or the number zero, and sum to one: what is not implied by assumptions."""
    positive = [above(mass, S.Zero) for mass in masses if not mass.is_Rational]
    return tuple(c for c in (*dict.fromkeys(positive), total_condition(masses)) if c is not S.true)


def total_condition(masses: Iterable[Expr]) -> Boolean:
    """The condition Σ p_i = 1: decided for rational, algebraic and rational-function masses, else left as an equation."""
    total = _total(masses)
    if total.is_Rational:
        return S.true if total == 1 else S.false
    excess = cancel(total - 1)
    if excess.is_zero:
        return S.true
    if not excess.is_number:
        return Eq(total, 1, evaluate=False)
    if excess.is_algebraic:
        return S.true if minimal_polynomial(excess, Symbol("t")) == Symbol("t") else S.false
    # A number that is not seen to be algebraic: only a difference from 1 can be established numerically.
    return S.false if abs(excess.evalf(50)) > Rational(1, 10**40) else Eq(total, 1, evaluate=False)


def _total(masses: Iterable[Expr]) -> Expr:
    """Σ p_i; rationals are gathered by denominator first, for there may be many of them."""
    numerators: dict[int, int] = {}
    rest = []
    for mass in masses:
        if isinstance(mass, Rational):
            numerators[int(mass.q)] = numerators.get(int(mass.q), 0) + int(mass.p)
        else:
            rest.append(mass)
    return Add(*(Rational(p, q) for q, p in sorted(numerators.items())), *rest)


def rational_of_float(owner: type[Law], label: Any, value: Any) -> Rational:
    """The exact value of a double, which must be finite and not negative."""
    number = float(value)
    if not isfinite(number):
        raise DomainError(f"{owner.__name__}: the probability of {label} is {number}, which is not a finite number")
    if number < 0:
        raise DomainError(f"{owner.__name__}: the probability of {label} is {number}, which is negative")
    return Rational(*number.as_integer_ratio())


def softmax(logits: Iterable[Any]) -> tuple[Expr, ...]:
    """p_i = e^{ℓ_i} / Σ_j e^{ℓ_j}."""
    weights = [exp(sympify(each, strict=True)) for each in logits]
    total = Add(*weights)
    return tuple(weight / total for weight in weights)
