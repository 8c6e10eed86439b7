"""Lattice laws of the catalogue with thousands of terms that matter, and their measures term by term: of symkl's nothing is used but the mass function."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial, reduce
from operator import mul
from typing import Any

import flint
import sympy as sp
from sympy import Integer, Rational

from symkl.core import Expectation
from symkl.core.divergences import JensenShannon, TotalVariation
from symkl.core.heads import KL, Entropy
from symkl.core.supports import Lattice
from symkl.errors import SymklError, Undecided
from symkl.exact.contour import Contour
from symkl.exact.oracle import enclose_defining
from symkl.families import families

# Terms of a sum that is worth its direct addition, and more than any that is.
FEWEST, MOST = 4000, 40_000
MEASURES = ("mean", "KL", "Entropy", "TotalVariation", "JensenShannon")


def lattice_families() -> list[Any]:
    """The families of the catalogue whose laws may have that many terms."""
    known = sorted((f for f in families() if f.parameters and f.__name__ not in ("Finite", "Categorical")), key=lambda f: f.__name__)
    return [f for f in known if _drawn(f, random.Random(0), 60) is not None]


def value_of(parameter: Any, rng: random.Random) -> Any:
    """A number in the domain, small, large or next to an end."""
    domain = parameter.domain
    near, plain = Rational(1, rng.randint(50, 2000)), Rational(rng.randint(2, 40), rng.randint(3, 12))
    if domain.integer:
        low = int(domain.lower) if domain.lower.is_finite else -5
        return Integer(low + rng.choice([rng.randint(1, 6), rng.randint(3000, 9000), rng.randint(9000, 20000), rng.randint(10**6, 4 * 10**6)]))
    if domain.lower.is_finite and domain.upper.is_finite:
        share = rng.choice([near, 1 - near, Rational(rng.randint(1, 11), 12)])
        return domain.lower + (domain.upper - domain.lower) * share
    if domain.lower.is_finite:
        return domain.lower + rng.choice([near, plain, plain, Integer(rng.randint(2000, 20000)), Integer(rng.randint(10**6, 3 * 10**6))])
    return plain - 2


def _drawn(family: Any, rng: random.Random, tries: int) -> Any:
    """A law on a lattice with many points; None where there is none."""
    for _ in range(tries):
        try:
            law = family(*(value_of(p, rng) for p in family.parameters))
        except (SymklError, TypeError):
            continue
        if not isinstance(law.support, Lattice):
            return None
        size = law.support.upper - law.support.lower
        if size is sp.oo or size > FEWEST:
            return law
    return None


@contextmanager
def watched() -> Iterator[list[int]]:
    """The lengths of the sums that were taken as integrals meanwhile."""
    lengths: list[int] = []
    original = Contour.sum

    def spy(self: Any, first: int, last: int, *rest: Any) -> Any:
        found = original(self, first, last, *rest)
        if found is not None:
            lengths.append(last - first + 1)
        return found

    Contour.sum = spy  # type: ignore[method-assign]
    try:
        yield lengths
    finally:
        Contour.sum = original  # type: ignore[method-assign]


def pair(family: Any, rng: random.Random) -> tuple[Any, Any]:
    """Two laws, the first on points of the second, which differs in one parameter."""
    while True:
        P = _drawn(family, rng, 200)
        i = rng.randrange(len(family.parameters))
        numbers = list(P.args)
        domain = family.parameters[i].domain
        step = Integer(rng.randint(1, 60)) if domain.integer else (numbers[i] if not domain.upper.is_finite else domain.upper - numbers[i]) / rng.randint(5, 30)
        numbers[i] += step
        try:
            Q = family(*numbers)
        except (SymklError, TypeError):
            continue
        if P.support.within(Q.support) is sp.true:
            return P, Q


def head_of(measure: str, P: Any, Q: Any) -> Any:
    if measure == "mean":
        k = P.support.variable("k")
        return Expectation(k, k, P)
    return {"KL": KL, "TotalVariation": TotalVariation, "JensenShannon": JensenShannon}[measure](P, Q) if measure != "Entropy" else Entropy(P)


def about_mean(law: Any) -> int:
    """A point of the support next to E X, or to its end where there is none."""
    low, high = law.support.lower, law.support.upper
    try:
        place = round(enclose_defining(head_of("mean", law, law), 9).lower)
    except (Undecided, OverflowError):
        place = 0
    return int(sp.Min(sp.Max(place, low), high))


def direct(measure: str, P: Any, Q: Any, start: int, digits: int) -> Any:
    """A ball that nearly holds the measure, term by term outwards from a point; None for sums that are too long."""
    old, flint.ctx.prec = flint.ctx.prec, int(3.33 * digits) + 160
    try:
        log_p, log_q = _mass(P), _mass(Q)
        least = flint.arb(10) ** (-digits - 25)
        total, masses = flint.arb(0), [flint.arb(0), flint.arb(0)]
        for count, (k, is_last) in enumerate(_outwards(P.support, Q.support, start)):
            logs = log_p(k), log_q(k)
            p, q = (flint.arb(0) if each is None else each.exp() for each in logs)
            total += _term(measure, k, p, q, *logs)
            masses = [masses[0] + p, masses[1] + q]
            if min(masses) > 0.9 and p < least and q < least:
                is_last()
            if count > 4 * MOST:
                return None
        return total / 2 if measure == "TotalVariation" else total
    finally:
        flint.ctx.prec = old


def _outwards(first: Any, second: Any, start: int) -> Iterator[tuple[int, Any]]:
    """(k, what ends its side) up and down from the start, by turns."""
    low, high = sp.Min(first.lower, second.lower), sp.Max(first.upper, second.upper)
    bottom, top = (-sp.oo if low.is_infinite else int(low)), (sp.oo if high.is_infinite else int(high))
    ends = {1: start, -1: start - 1}
    while ends:
        for side, k in list(ends.items()):
            if bottom <= k <= top:
                ends[side] += side
                yield k, partial(ends.pop, side)
            else:
                del ends[side]


def _mass(law: Any) -> Any:
    """k ↦ log p(k), None outside the support."""
    k = sp.Symbol("k", integer=True)
    # With symbols for its parameters, for SymPy would write out factorials of thousands.
    names = sp.symbols(f"a:{len(law.args)}", positive=True)
    numbers: dict[Any, Any] = {name: flint.arb(int(a.p)) / int(a.q) for name, a in zip(names, law.args)}
    expr = law.func(*names).log_density(k)
    # Once for all k, for a sum of a million terms is among them.
    for part in sp.postorder_traversal(expr):
        if part.args and k not in part.free_symbols and part not in numbers:
            numbers[part] = _value(part, numbers)
    low, high = int(law.support.lower) if law.support.lower.is_finite else None, int(law.support.upper) if law.support.upper.is_finite else None

    def at(v: int) -> Any:
        if (low is not None and v < low) or (high is not None and v > high):
            return None
        return _value(expr, {**numbers, k: flint.arb(v)})

    return at


_FUNCTIONS: dict[str, Any] = {
    "log": lambda x: x.log(),
    "exp": lambda x: x.exp(),
    "loggamma": lambda x: x.lgamma(),
    "gamma": lambda x: x.gamma(),
    "factorial": lambda x: (x + 1).gamma(),
    "Abs": abs,
    "sinh": lambda x: x.sinh(),
    "cosh": lambda x: x.cosh(),
    "tanh": lambda x: x.tanh(),
    "zeta": lambda x: x.zeta(),
    "harmonic": lambda n, s=1: sum((flint.arb(j) ** -s for j in range(1, int(float(n)) + 1)), flint.arb(0)),
    "besseli": lambda n, x: x.bessel_i(n),
    "binomial": lambda n, k: ((n + 1).lgamma() - (k + 1).lgamma() - (n - k + 1).lgamma()).exp(),
    "beta": lambda a, b: (a.lgamma() + b.lgamma() - (a + b).lgamma()).exp(),
    "floor": lambda x: x.floor(),
}


def _value(expr: Any, values: dict[Any, Any]) -> Any:
    """An expression as a ball, by its tree."""
    if expr in values:
        return values[expr]
    if expr.is_Rational:
        return flint.arb(int(expr.p)) / int(expr.q)
    if expr is sp.pi:
        return flint.arb.pi()
    if expr is sp.E:
        return flint.arb(1).exp()
    parts = [_value(each, values) for each in expr.args]
    if expr.is_Add:
        return sum(parts, flint.arb(0))
    if expr.is_Mul:
        return reduce(mul, parts)
    if expr.is_Pow:
        return parts[0] ** (int(expr.exp) if expr.exp.is_Integer else parts[1])
    return _FUNCTIONS[type(expr).__name__](*parts)


def _term(measure: str, k: int, p: Any, q: Any, log_p: Any, log_q: Any) -> Any:
    if measure == "mean":
        return p * k
    if measure == "TotalVariation":
        return abs(p - q)
    if measure in ("Entropy", "KL"):
        return 0 if log_p is None else p * (log_p - log_q) if measure == "KL" else -p * log_p
    middle = ((p + q) / 2).log()
    return sum((v * (log_v - middle) / 2 for v, log_v in ((p, log_p), (q, log_q)) if log_v is not None), flint.arb(0))
