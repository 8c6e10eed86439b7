"""Laws on finitely many named outcomes."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cached_property
from typing import Any

from sympy import Add, Basic, Eq, Expr, Piecewise, Rational, S, Symbol, Tuple, default_sort_key, log, sympify
from sympy.core.symbol import Str
from sympy.logic.boolalg import Boolean

from symkl.core.domains import SIMPLEX, UNIT
from symkl.core.family import Family, Parameter, exact_value
from symkl.core.supports import Outcomes
from symkl.errors import DomainError
from symkl.families.listing import listed
from symkl.families.masses import Is, checked_masses, mass_conditions, outcome, rational_of_float, vanishes
from symkl.families.smoothing import smoothed

__all__ = ["Finite"]

#: How far from 1 a sum of doubles may be to count as rounding.
ROUNDING = Rational(1, 10**9)
#: A table of so many outcomes is written as a `Piecewise` without asking SymPy to shorten it.
LARGE = 100


class Finite(Family):
    """P(X = x_i) = p_i for finitely many outcomes x_i: texts, exact numbers, or tuples of these.

    `Finite({"a": Rational(1, 2), "b": Rational(1, 2)})`, or `Finite([p_0, p_1, …])` with the outcomes 0, 1, 2, …. The
    probabilities are rational, algebraic or symbolic, and sum to one; a symbol as outcome stands for its name. An outcome of
    probability 0 stays an outcome and is not in the support. `DomainError` names an outcome that is given twice or has a negative
    probability, and the sum where it is not 1. Two laws are equal when their outcomes have equal probabilities, in whatever order.

    >>> from sympy import Rational
    >>> from symkl import Finite
    >>> P = Finite({"a": Rational(7, 10), "b": Rational(3, 10)})
    >>> P, P.mass("b")
    (Finite({a: 7/10, b: 3/10}), 3/10)
    """

    parameters = (Parameter("masses", SIMPLEX, "p", "the probability of each outcome"),)
    names_elsewhere = {"sympy": "FiniteDistributionHandmade", "tfp": "FiniteDiscrete"}

    def __new__(cls, *args: Any, allow_floats: bool = False, **keywords: Any) -> Finite:
        if "masses" in keywords and not args:
            args = (keywords.pop("masses"),)
        if keywords or not 1 <= len(args) <= 2:
            raise TypeError("Finite: write Finite({outcome: probability, …}) or Finite([probability, …])")
        labels, values = listed(*args)
        if allow_floats:
            return cls.from_floats(zip(labels, values))
        outcomes = [outcome(label, cls) for label in labels]
        return Basic.__new__(cls, Tuple(*outcomes), Tuple(*checked_masses(cls, outcomes, values)))

    @classmethod
    def from_counts(cls, counts: Any, smoothing: str = "none", **options: Any) -> Finite:
        """p_i = n_i / Σ_j n_j for counts n_i ≥ 0: a mapping outcome → count, such as a Counter or a pandas Series, or a list of counts of 0, 1, 2, ….

        Unseen outcomes may be smoothed, by name, with n = Σ n_j and k outcomes: "additive", (n_i + α)/(n + kα), alpha=1; "dirichlet",
        (n_i + α π_i)/(n + α), alpha=1 and prior π uniform; "uniform", (1 − ε) n_i/n + ε/k, epsilon=1/100; "merge", all outcomes with
        fewer than least=5 counts become one, called rest="rest".

        >>> from symkl import Finite
        >>> Finite.from_counts({"a": 3, "b": 1})
        Finite({a: 3/4, b: 1/4})
        >>> Finite.from_counts({"a": 3, "b": 0}, "additive")
        Finite({a: 4/5, b: 1/5})
        """
        labels, values = listed(counts)
        numbers = [_count(label, value) for label, value in zip(labels, values)]
        return cls(smoothed(labels, numbers, smoothing, **options))

    @classmethod
    def from_floats(cls, floats: Any, tolerance: Any = ROUNDING) -> Finite:
        """p_i = f_i / Σ_j f_j with every double f_i taken at its exact binary value, so 0.1 is 3602879701896397/36028797018963968.

        The exact sum of doubles is seldom exactly 1; a sum within `tolerance` of 1 is divided out, exactly, and any other is a
        `DomainError`. Doubles that are negative, infinite or NaN are a `DomainError` that names the outcome.

        >>> from symkl import Finite
        >>> Finite.from_floats([0.25, 0.75])
        Finite({0: 1/4, 1: 3/4})
        """
        labels, values = listed(floats)
        exact = [rational_of_float(cls, label, value) for label, value in zip(labels, values)]
        total = Add(*exact)
        if abs(total - 1) > sympify(tolerance, strict=True):
            raise DomainError(f"Finite: the doubles sum to {float(total)!r}, which is further than {tolerance} from 1")
        return cls(zip(labels, (each / total for each in exact)))

    @classmethod
    def generic(cls, suffix: str = "") -> Finite:
        """The law with masses p0, p1 and 1 − p0 − p1 at 0, 1 and 2."""
        first, second = UNIT.symbol("p0" + suffix), UNIT.symbol("p1" + suffix)
        return cls([first, second, 1 - first - second])

    @classmethod
    def random_member(cls, rng: random.Random) -> Finite:
        """Three outcomes with positive rational masses."""
        return cls.from_counts([rng.randint(1, 9) for _ in range(3)])

    @property
    def outcomes(self) -> tuple[Basic, ...]:
        """All outcomes, those of probability 0 included."""
        return tuple(self.args[0])

    @property
    def probabilities(self) -> tuple[Expr, ...]:
        """The probabilities in the order of `outcomes`."""
        return tuple(self.args[1])

    @cached_property
    def _table(self) -> dict[Basic, Expr]:
        return dict(zip(self.args[0], self.args[1]))

    def mass(self, label: Any) -> Expr:
        """P(X = label); 0 for what is not an outcome."""
        return self._table.get(outcome(label, type(self)), S.Zero)

    def image(self, f: Callable[[Any], Any]) -> Finite:
        """The law of f(X), the push-forward: outcomes with one image are merged.

        >>> Finite([Rational(1, 2), Rational(1, 4), Rational(1, 4)]).image(lambda x: x % 2)
        Finite({0: 3/4, 1: 1/4})
        """
        from symkl.families.joint import image

        return image(self, f)

    def given(self, event: Callable[[Any], Any]) -> Finite:
        """The law of X given that event(X) holds; `DomainError` where that has probability 0.

        >>> Finite([Rational(1, 2), Rational(1, 4), Rational(1, 4)]).given(lambda x: x > 0)
        Finite({1: 1/2, 2: 1/2})
        """
        from symkl.families.joint import given

        return given(self, event)

    def through(self, channel: Any) -> Finite:
        """The law Σ p(x) channel[x] of the output of a channel: a mapping of outcomes to laws, or a function.

        >>> Finite([Rational(1, 2), Rational(1, 2)]).through({0: [1, 0], 1: [Rational(1, 3), Rational(2, 3)]})
        Finite({0: 2/3, 1: 1/3})
        """
        from symkl.families.joint import through

        return through(self, channel)

    @property
    def support(self) -> Outcomes:
        """The outcomes whose probability is not 0."""
        return Outcomes(*(label for label, mass in self._table.items() if not vanishes(mass)))

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        return mass_conditions(self.probabilities)

    def log_density(self, x: Any) -> Expr:
        """log P(X = x) at an outcome; a symbol x gives a `Piecewise` over the support (for numbers to be put in: texts do not decide)."""
        if isinstance(x, Expr) and not x.is_number:
            return self._piecewise(x)
        mass = self.mass(x)
        if vanishes(mass):
            raise DomainError(f"{self}: {x} has probability 0")
        return log(mass)

    def _piecewise(self, x: Expr) -> Expr:
        labels = self.support.args
        # SymPy asks of each branch whether it can hold, and merges neighbours: not where that costs milliseconds a thousand times.
        evaluate = len(labels) < LARGE or not isinstance(x, Symbol) or not all(isinstance(label, (Rational, Str)) for label in labels)
        branches = [(log(self._table[label]), _is(x, label, evaluate)) for label in labels[:-1]]
        return Piecewise(*branches, (log(self._table[labels[-1]]), True), evaluate=evaluate)

    def _hashable_content(self) -> tuple[Any, ...]:
        return self._sorted_pairs

    @cached_property
    def _sorted_pairs(self) -> tuple[Any, ...]:
        # Equality and hash do not depend on the order in which the outcomes were written; printing keeps that order.
        pairs = sorted(self._table.items(), key=lambda pair: (type(pair[0]).__name__, str(pair[0])))
        return tuple(part for pair in pairs for part in pair)

    @staticmethod
    def from_sympy(density: Any) -> tuple[Any, ...]:
        # A mapping of sympy.stats has no order of its own that would be the same in every run.
        return (sorted(density.items(), key=lambda pair: default_sort_key(pair[0])),)

    @staticmethod
    def to_sympy(outcomes: Tuple, masses: Tuple) -> tuple[Any, ...]:
        # sympy.stats knows no texts: a label becomes the symbol of its name, as it came.
        return ({Symbol(str(label)) if isinstance(label, Str) else label: mass for label, mass in zip(outcomes, masses)},)

    def _sympystr(self, printer: Any) -> str:
        inner = ", ".join(f"{printer._print(label)}: {printer._print(mass)}" for label, mass in self._table.items())
        return f"{type(self).__name__}({{{inner}}})"

    def _latex(self, printer: Any) -> str:
        inner = ",\\, ".join(f"{printer._print(label)}: {printer._print(mass)}" for label, mass in self._table.items())
        return rf"\operatorname{{Finite}}\left({inner}\right)"


def _is(x: Expr, label: Basic, evaluate: bool) -> Boolean:
    return Is(x, label) if isinstance(label, Tuple) else Eq(x, label, evaluate=evaluate)



def _count(label: Any, value: Any) -> Expr:
    try:
        number = exact_value(value, Finite, "a count")
    except DomainError:
        number = S.NaN
    if not isinstance(number, Rational) or number.p < 0:
        raise DomainError(f"Finite: the count of {label} is {value}; counts are exact numbers >= 0")
    return number
