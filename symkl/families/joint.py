"""Joint laws of named coordinates, and what is done with laws on finitely many outcomes: images, conditioning, channels, mixtures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from inspect import signature
from typing import Any

from sympy import Basic, Expr, S, Tuple, sympify
from sympy.core.symbol import Str

from symkl.core.laws import Law
from symkl.core.supports import Outcomes
from symkl.errors import DomainError
from symkl.families.finite import Finite
from symkl.families.listing import names_of
from symkl.families.masses import outcome as as_outcome, plain

__all__ = ["Joint", "given", "image", "mixed", "through"]


class Joint(Law):
    """P(X = x, Y = y, …) = p for finitely many tuples (x, y, …), the coordinates named.

    `Joint({(x, y): p, …}, ("X", "Y"))`; names default to X, Y, Z, W or X1, X2, …. Probabilities are exact, as for `Finite`.

    >>> from sympy import Rational
    >>> J = Joint({("sun", "dry"): Rational(3, 5), ("rain", "dry"): Rational(1, 5), ("rain", "wet"): Rational(1, 5)}, ("W", "G"))
    >>> J.marginal("G")
    Finite({dry: 4/5, wet: 1/5})
    >>> J.conditional("W", G="dry")
    Finite({sun: 3/4, rain: 1/4})
    """

    def __new__(cls, masses: Any, names: Iterable[Any] | None = None) -> Joint:
        names = names_of(masses) if names is None else names
        law = masses if isinstance(masses, Finite) else Finite(masses)
        widths = {len(each.args) if isinstance(each, Tuple) else 0 for each in law.outcomes}
        if len(widths) != 1 or 0 in widths:
            raise DomainError("Joint: every outcome must be a tuple, all of the same length")
        (width,) = widths
        labels = [str(name) for name in names] if names is not None else _default_names(width)
        if len(labels) != width or len(set(labels)) != width:
            raise DomainError(f"Joint: {width} different names are wanted, not {', '.join(labels)}")
        return Basic.__new__(cls, law, Tuple(*(Str(label) for label in labels)))

    @classmethod
    def from_counts(cls, counts: Any, names: Iterable[Any] | None = None, smoothing: str = "none", **options: Any) -> Joint:
        """P(X = x, Y = y, …) = n_xy / Σ n of a mapping from tuples to counts, a table (nested lists, an array, a data frame, which may name the
        coordinates); smoothings as in `Finite.from_counts`.

        >>> Joint.from_counts({("a", 0): 3, ("b", 0): 4, ("b", 1): 1}, ("X", "Y")).marginal("Y")
        Finite({0: 7/8, 1: 1/8})
        """
        return cls(Finite.from_counts(counts, smoothing, **options), names_of(counts) if names is None else names)

    @classmethod
    def independent(cls, **laws: Any) -> Joint:
        """The product law of independent coordinates: `Joint.independent(X=P, Y=Q)`."""
        table: dict[tuple[Any, ...], Expr] = {(): S.One}
        for law in laws.values():
            table = {(*key, x): p * q for key, p in table.items() for x, q in _masses(law).items()}
        return cls(table, laws)

    @classmethod
    def sent(cls, source: Any, channel: Any, names: Iterable[Any] = ("X", "Y")) -> Joint:
        """The law of (X, Y) where X has the law `source` and Y, given X = x, the law channel[x]."""
        pairs = {(x, y): p * q for x, p in _masses(source).items() for y, q in _masses(_row(channel, x)).items()}
        return cls(pairs, names)

    @property
    def law(self) -> Finite:
        """The same law on tuples."""
        return self.args[0]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(str(name) for name in self.args[1])

    @property
    def support(self) -> Outcomes:
        return self.law.support

    @property
    def outcomes(self) -> tuple[Basic, ...]:
        return self.law.outcomes

    @property
    def probabilities(self) -> tuple[Expr, ...]:
        return self.law.probabilities

    def mass(self, *labels: Any, **coordinates: Any) -> Expr:
        """P(X = x, Y = y, …), coordinates in order or by name."""
        if coordinates:
            labels = tuple(coordinates[name] for name in self.names)
        return self.law.mass(labels)

    def log_density(self, x: Any) -> Expr:
        return self.law.log_density(x)

    def positions(self, *names: str | int) -> tuple[int, ...]:
        """Where the coordinates, named or counted from 0, stand in an outcome; `DomainError` names one that is not there."""
        if not names:
            raise DomainError(f"Joint: a coordinate is wanted; the coordinates are {', '.join(self.names)}")
        for name in names:
            if name not in (*self.names, *range(len(self.names))):
                raise DomainError(f"Joint: no coordinate {name}; the coordinates are {', '.join(self.names)}")
        return tuple(name if isinstance(name, int) else self.names.index(name) for name in names)

    def marginal(self, *names: str | int) -> Joint | Finite:
        """The law of some coordinates: a `Joint`, or a `Finite` of the bare outcomes for a single one."""
        places = self.positions(*names)
        if len(places) == 1:
            return image(self.law, lambda point: point[places[0]])
        return Joint(image(self.law, lambda point: tuple(point[i] for i in places)), [self.names[i] for i in places])

    def conditional(self, *names: str | int, **values: Any) -> Joint | Finite:
        """The law of some coordinates given the values of others: `J.conditional("X", Y=1)`."""
        if not values:
            first = repr(names[0] if names else self.names[0])
            other = next((name for name in reversed(self.names) if repr(name) != first), self.names[-1])
            raise DomainError(f"Joint.conditional: the values that are given are wanted, as in J.conditional({first}, {other}=...)")
        wanted = {place: as_outcome(value, Joint) for place, value in zip(self.positions(*values), values.values())}
        kept = given(self.law, lambda point: all(point[place] == value for place, value in wanted.items()))
        return Joint(kept, self.names).marginal(*names)

    def given(self, event: Callable[..., Any]) -> Joint:
        """The joint law conditioned on an event, a predicate of the coordinates by position."""
        try:
            signature(event).bind(*self.names)
        except TypeError:
            names = ", ".join(name.lower() for name in self.names)
            raise TypeError(f"Joint.given: the event takes the {len(self.names)} coordinates, as in lambda {names}: ...") from None
        except ValueError:
            # A built-in that does not say what it takes.
            pass
        return Joint(given(self.law, lambda point: event(*point)), self.names)

    def _sympystr(self, printer: Any) -> str:
        inner = ", ".join(f"{printer._print(x)}: {printer._print(p)}" for x, p in zip(self.outcomes, self.probabilities))
        return f"Joint({{{inner}}}, ({', '.join(self.names)}))"


def _default_names(width: int) -> list[str]:
    return list("XYZW"[:width]) if width <= 4 else [f"X{i}" for i in range(1, width + 1)]


def _masses(law: Any) -> dict[Any, Expr]:
    """Positive masses of a finite law, of a mapping, or of a list."""
    source: Any = law if isinstance(law, (Finite, Joint)) else Finite(law)
    return {x: p for x, p in zip(source.outcomes, source.probabilities) if p != 0}


def _row(channel: Any, x: Any) -> Any:
    if isinstance(channel, Mapping):
        for key in (x, str(x)):
            if key in channel:
                return channel[key]
        for key, row in channel.items():
            if as_outcome(key, Joint) == x:
                return row
        raise DomainError(f"the channel has no law for the outcome {x}")
    return channel(plain(x))


def _gathered(pairs: Iterable[tuple[Any, Expr]]) -> Finite:
    total: dict[Any, Expr] = {}
    for x, p in pairs:
        key = as_outcome(x, Finite)
        total[key] = total[key] + p if key in total else p
    return Finite(list(total.items()))


def image(law: Any, f: Callable[[Any], Any]) -> Finite:
    """The law of f(X): merging categories, a coordinate, a relabelling.

    >>> image(Finite([0, 1]), lambda x: x % 1)
    Finite({0: 1})
    """
    return _gathered((f(plain(x)), p) for x, p in _masses(law).items())


def given(law: Any, event: Callable[[Any], Any]) -> Finite:
    """The law conditioned on an event, a predicate of outcomes; `DomainError` where the event has probability 0."""
    kept = {x: p for x, p in _masses(law).items() if event(plain(x))}
    total = sum(kept.values(), S.Zero)
    if total == 0:
        raise DomainError("the event has probability 0: there is no law given it")
    return Finite([(x, p / total) for x, p in kept.items()])


def through(law: Any, channel: Any) -> Finite:
    """The law of the output Y of a channel with input X: Σ p(x) channel[x]; a mapping of outcomes to laws, or a function."""
    return _gathered((y, p * q) for x, p in _masses(law).items() for y, q in _masses(_row(channel, x)).items())


def mixed(*parts: tuple[Any, Any]) -> Finite:
    """Σ w_i P_i of pairs (w_i, P_i) as one law on the joined outcomes."""
    weights = [sympify(w, strict=True) for w, _ in parts]
    if any(w.is_negative for w in weights) or sum(weights, S.Zero) != 1:
        raise DomainError("mixed: weights must be >= 0 and sum to 1")
    return _gathered((x, w * p) for w, (_, law) in zip(weights, parts) for x, p in _masses(law).items())
