"""The categorical law."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from sympy import Basic, Eq, Expr, IndexedBase, Integer, Lambda, Piecewise, Rational, S, Sum, Symbol, Tuple, exp, expand_log, log, sympify
from sympy.logic.boolalg import Boolean

from symkl.core.domains import NATURAL, REAL, SIMPLEX
from symkl.core.family import Family, Parameter, Parametrisation
from symkl.core.supports import Lattice, Outcomes, Support
from symkl.errors import DomainError
from symkl.families.masses import checked_masses, mass_conditions, softmax, vanishes

__all__ = ["Categorical"]


class Categorical(Family):
    """p(x) = p_x, x = 1, 2, …, n.

    `Categorical(p_1, …, p_n)` or `Categorical([p_1, …, p_n])`; `Categorical(p, n)` with an `IndexedBase` p for a symbolic n;
    `Categorical(logits=[ℓ_1, …, ℓ_n])`, or `logits=ℓ, n=n` with an `IndexedBase` ℓ, where p_i = e^{ℓ_i} / Σ_j e^{ℓ_j}.
    The probabilities sum to one; one that is 0 takes its point out of the support.

    >>> from sympy import Rational
    >>> from symkl import Categorical
    >>> Categorical(Rational(1, 2), Rational(1, 3), Rational(1, 6)).mass(3)
    1/6
    """

    parameters = (Parameter("p", SIMPLEX, "p", "the probabilities of 1, …, n"),)
    alternatives = (Parametrisation((Parameter("logits", REAL, r"\ell", "log-probabilities up to a constant"),), softmax),)
    latex_name = r"\operatorname{Cat}"
    names_elsewhere = {"torch": "Categorical", "tfp": "Categorical", "numpyro": "Categorical"}

    def __new__(cls, *args: Any, allow_floats: bool = False, **keywords: Any) -> Categorical:
        if len(args) == 1 and isinstance(args[0], (list, tuple, Tuple)):
            args = tuple(args[0])
        given = _from_keywords(args, keywords)
        if given and isinstance(given[0], (IndexedBase, Lambda)):
            return Basic.__new__(cls, *_indexed(given))
        if len(given) == 1 and isinstance(given[0], Symbol):
            raise DomainError(f"Categorical: one probability, {given[0]}, would be 1; write all of them, as in Categorical(1/2, 1/3, 1/6), or an IndexedBase and n")
        points = [Integer(i) for i in range(1, len(given) + 1)]
        if allow_floats:
            raise DomainError("Categorical: write the probabilities exactly, or use Finite.from_floats, which takes doubles at their exact values")
        return Basic.__new__(cls, *checked_masses(cls, points, given))

    @classmethod
    def generic(cls, suffix: str = "") -> Categorical:
        """The law on 1, …, n with masses p[1], …, p[n]."""
        return cls(IndexedBase("p" + suffix, positive=True), NATURAL.symbol("n"))

    @classmethod
    def random_member(cls, rng: random.Random) -> Categorical:
        """Three positive rational masses."""
        counts = [rng.randint(1, 9) for _ in range(3)]
        return cls(*(Rational(count, sum(counts)) for count in counts))

    @property
    def is_indexed(self) -> bool:
        """Whether the probabilities are an indexed symbol rather than a list."""
        return isinstance(self.args[0], (IndexedBase, Lambda))

    @property
    def n(self) -> Expr:
        """The number of outcomes."""
        return self.args[1] if self.is_indexed else Integer(len(self.args))

    def mass(self, x: Any) -> Expr:
        """P(X = x), for an x in 1, …, n."""
        point, first = sympify(x, strict=True), self.args[0]
        if isinstance(first, IndexedBase):
            return first[point]
        if isinstance(first, Lambda):
            return first(point)
        if not point.is_Integer:
            return Piecewise(*((mass, Eq(point, i)) for i, mass in enumerate(self.args, 1)), (S.Zero, True))
        return self.args[int(point) - 1] if 1 <= int(point) <= len(self.args) else S.Zero

    @property
    def probabilities(self) -> tuple[Expr, ...] | None:
        """(p_1, …, p_n) where n is a number."""
        return tuple(self.mass(i) for i in range(1, int(self.n) + 1)) if self.n.is_Integer else None

    @property
    def support(self) -> Support:
        if not self.is_indexed and any(vanishes(mass) for mass in self.args):
            return Outcomes(*(i for i, mass in enumerate(self.args, 1) if not vanishes(mass)))
        return Lattice(1, self.n)

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        if not self.is_indexed:
            return mass_conditions(self.args)
        k = Symbol("k", integer=True, positive=True)
        single = NATURAL.condition(self.n)
        total = S.true if isinstance(self.args[0], Lambda) else Eq(Sum(self.mass(k), (k, 1, self.n)), 1)
        return tuple(c for c in (single, total) if c is not S.true)

    def log_density(self, x: Expr) -> Expr:
        point = sympify(x, strict=True)
        if isinstance(self.args[0], Lambda):
            return expand_log(log(self.mass(point)), force=True)
        if self.is_indexed:
            return log(self.mass(point))
        if point.is_Integer:
            if self.mass(point).is_zero:
                raise DomainError(f"{self}: {point} has probability 0")
            return log(self.mass(point))
        branches = [(log(mass), Eq(point, i)) for i, mass in enumerate(self.args, 1) if not vanishes(mass)]
        return Piecewise(*branches[:-1], (branches[-1][0], True))


def _from_keywords(args: tuple[Any, ...], keywords: dict[str, Any]) -> tuple[Any, ...]:
    """The probabilities, or an indexed base and n, from whichever keywords were used."""
    rest = dict(keywords)
    size = (rest.pop("n"),) if "n" in rest else ()
    if "p" in rest and not args:
        value = rest.pop("p")
        args = (value,) if isinstance(value, IndexedBase) else tuple(value)
    elif "logits" in rest and not args:
        value = rest.pop("logits")
        if isinstance(value, IndexedBase):
            args = (_indexed_softmax(value, *size),)
        elif isinstance(value, Iterable):
            args = softmax(value)
        else:
            raise DomainError(f"Categorical: logits = {value} must be a list or an IndexedBase")
    if rest or not args:
        wrong = f"has no parameter {next(iter(rest))!r}" if rest else "parameter 'p' is missing"
        raise TypeError(f"Categorical: {wrong}; write Categorical(p_1, …, p_n), Categorical(p, n) or Categorical(logits=[…])")
    return args + size


def _indexed_softmax(logits: IndexedBase, n: Any = None) -> Lambda:
    if n is None:
        raise TypeError("Categorical: an indexed logits needs n= as well")
    x, j = Symbol("x", integer=True, positive=True), Symbol("j", integer=True, positive=True)
    return Lambda(x, exp(logits[x]) / Sum(exp(logits[j]), (j, 1, n)))


def _indexed(given: tuple[Any, ...]) -> tuple[Any, Expr]:
    """The indexed base (or mass function) and a valid n, which may also be the base's shape."""
    base = given[0]
    shape = getattr(base, "shape", None)
    if len(given) == 1 and shape is not None and len(shape) == 1:
        return base, shape[0]
    if len(given) != 2:
        raise TypeError("Categorical: write Categorical(p, n) for an indexed p")
    n = sympify(given[1], strict=True)
    if not isinstance(n, Expr) or NATURAL.condition(n) is S.false:
        raise DomainError(f"Categorical: n = {n} is outside its domain; n must be {NATURAL.text}")
    return base, n
