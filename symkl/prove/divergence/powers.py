"""Powers u^n with a parameter n, as n draws bring them: they grow with u ≥ 0, and lie above their tangents at 1 (Bernoulli)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import gcd, lcm
from typing import Any

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.facts import ONE, ZERO, Candidate
from symkl.prove.divergence.prepare import measures_of
from symkl.prove.steps import Step, formula_step
from symkl.prove.terms import (
    Call,
    Constant,
    Fold,
    LawExpression,
    Measure,
    Parameter,
    Plus,
    Pow,
    ProductLaw,
    Relation,
    Scalar,
    Statement,
    Times,
    factors_of,
    negative,
    plus,
    times,
)

__all__ = ["Powers", "bernoulli", "of_bases", "of_one_draw"]

#: t − 1 − log t, which falls to 0 from both sides of 1.
_T = {"parameter": "t"}
_ABOVE_LOGARITHM = {"sum": [_T, "-1", {"product": ["-1", {"log": _T}]}]}


def power(u: Scalar, n: Scalar) -> Scalar:
    """u^n, for a parameter as exp(n log u)."""
    if isinstance(n, Constant):
        return u if n.value == 1 else Pow(u, n.value)
    return Call("exp", times(n, Call("log", u)))


def _draws(p: LawExpression, q: LawExpression) -> tuple[LawExpression, LawExpression, Scalar] | None:
    """P, Q and n, where the laws are those of n draws."""
    if isinstance(p, Fold) and isinstance(q, Fold) and p.times == q.times:
        return p.law, q.law, p.times
    if isinstance(p, ProductLaw) and isinstance(q, ProductLaw) and len({*p.factors}) == len({*q.factors}) == 1 and len(p.factors) == len(q.factors):
        return p.factors[0], q.factors[0], Constant(Fraction(len(p.factors)))
    return None


def of_one_draw(node: Scalar) -> Scalar:
    """The expression with BC(P, Q)^n in the place of BC(P^n, Q^n), and so for Hellinger's distance and χ²."""
    if isinstance(node, (Plus, Times)):
        parts = [of_one_draw(each) for each in node.parts]
        return plus(*parts) if isinstance(node, Plus) else times(*parts)
    if isinstance(node, Pow):
        u = node.base
        if isinstance(u, Measure) and u.head == "Hellinger":  # whose square has no root
            even = node.exponent.denominator == 1 and node.exponent % 2 == 0 and _draws(u.laws[0], u.laws[-1]) is not None
            return power(plus(ONE, negative(of_one_draw(Measure("Affinity", u.laws)))), Constant(node.exponent / 2)) if even else node
        return power(of_one_draw(u), Constant(node.exponent))
    if isinstance(node, Call):
        return Call(node.function, of_one_draw(node.argument))
    drawn = _draws(node.laws[0], node.laws[-1]) if isinstance(node, Measure) and node.head in ("Affinity", "Chi2") else None
    if drawn is None or not isinstance(node, Measure):
        return node
    p, q, n = drawn
    one = Measure(node.head, (p, q))
    return power(one, n) if node.head == "Affinity" else plus(power(plus(ONE, one), n), negative(ONE))


@dataclass(frozen=True)
class Powers:
    """u^(an) ≤ v^(bn) as it follows from u^(ac) ≤ v^(bc), which have whole exponents."""

    sides: tuple[tuple[Scalar, Fraction], tuple[Scalar, Fraction]]
    n: Parameter
    c: Fraction

    @property
    def bases(self) -> Relation:
        low, high = (power(u, Constant(each * self.c)) if u != ONE else ONE for u, each in self.sides)
        return Relation(low, "<=", high)

    def proof(self, given: tuple[Relation, ...], inner: dict[str, Any]) -> dict[str, Any] | None:
        """From that of the bases: n/c ≥ 0 times what their logarithms say."""
        known = _at_least_one(given, self.n)
        if known is None:
            return None
        low, high = (scalar_json(times(Constant(each * self.c), Call("log", u)) if u != ONE else ZERO) for u, each in self.sides)
        bases = {"lemma": [scalar_json(self.bases.left), "<=", scalar_json(self.bases.right)], "proof": inner}
        positive = {"lemma": ["0", "<=", scalar_json(self.n)], "proof": {"facts": [["1", {"hypothesis": known}]]}}
        logarithms = {"lemma": [low, "<=", high], "proof": {"exp": {"facts": [["1", bases]]}}}
        return {"log": {"facts": [[str(1 / self.c), {"both": [positive, logarithms]}]]}}


def of_bases(relation: Relation) -> Powers | None:
    """u^(an) ≤ v^(bn), with one parameter n, or with 1 for one of the powers."""
    found = [_base(side) if side != ONE else (ONE, Fraction(1), None) for side in (relation.left, relation.right)]
    known = [each for each in found if each is not None]
    counts = {n for _, _, n in known if n is not None}
    if relation.sign != "<=" or len(known) < 2 or len(counts) != 1:
        return None
    exponents = [a for u, a, _ in known if u != ONE]
    scale = Fraction(lcm(*(a.denominator for a in exponents)), gcd(*(a.numerator for a in exponents)))
    return Powers((known[0][:2], known[1][:2]), counts.pop(), scale)


def _base(side: Scalar) -> tuple[Scalar, Fraction, Parameter | None] | None:
    """u, a > 0 and n of exp(a n log u)."""
    factors = list(factors_of(side.argument)) if isinstance(side, Call) and side.function == "exp" else []
    a = next((each.value for each in factors if isinstance(each, Constant)), Fraction(1))
    n = next((each for each in factors if isinstance(each, Parameter)), None)
    rest = [each for each in factors if not isinstance(each, Constant) and each is not n]
    plain = n is not None and a > 0 and len(rest) == 1 and isinstance(rest[0], Call) and rest[0].function == "log"
    return (rest[0].argument, a, n) if plain and isinstance(rest[0], Call) else None


def _at_least_one(given: tuple[Relation, ...], n: Parameter) -> int | None:
    """The hypothesis n ≥ 1."""
    ways = [(n, ">=", ONE), (ONE, "<=", n)]
    return next((k for k, each in enumerate(given) if (each.left, each.sign, each.right) in ways), None)


def bernoulli(statement: Statement) -> Iterator[Candidate]:
    """u^n ≥ 1 + n (u − 1), n ≥ 1, for u = BC and 1 + χ² of one draw where the statement has n."""
    found: dict[tuple[Scalar, Parameter], None] = {}
    for m in measures_of(statement):
        drawn = _draws(m.laws[0], m.laws[-1])
        if drawn is not None and drawn[0] != drawn[1] and isinstance(drawn[2], Parameter):
            if m.head in ("Affinity", "Hellinger"):
                found[Measure("Affinity", drawn[:2]), drawn[2]] = None
            elif m.head == "Chi2":
                found[plus(ONE, Measure("Chi2", drawn[:2])), drawn[2]] = None
    for u, n in found:
        known = _at_least_one(statement.given, n)
        if known is not None:
            tangent = plus(ONE, times(n, plus(u, negative(ONE))))
            item = {"lemma": [scalar_json(tangent), "<=", scalar_json(power(u, n))], "proof": {"facts": _tangents(u, n, known)}}
            yield Candidate(item, Relation(power(u, n), ">=", tangent), "Bernoulli's inequality", partial(_told, u, n))


def _tangents(u: Scalar, n: Parameter, known: int) -> list[list[Any]]:
    """u (t − 1 − log t) ≥ 0 at t = u^(n − 1), and n − 1 times it at t = 1/u."""
    logarithm = Call("log", u)
    itself = scalar_json(Call("exp", logarithm))
    above, below = (
        {"function": _ABOVE_LOGARITHM, "of": "t", "at": scalar_json(Call("exp", times(each, logarithm))), "moves": [["fall"], ["fall"]]}
        for each in (plus(n, negative(ONE)), negative(ONE))
    )
    return [["1", {"both": [itself, above]}], ["1", {"both": [{"hypothesis": known}, itself, below]}]]


def _told(u: Scalar, n: Parameter) -> tuple[Step, ...]:
    less, logarithm = plus(n, negative(ONE)), Call("log", u)
    first = formula_step(plus(power(u, less), negative(ONE)), ">=", times(less, logarithm), "t − 1 ≥ log t")
    return first, formula_step(plus(Pow(u, Fraction(-1)), negative(ONE)), ">=", negative(logarithm), "t − 1 ≥ log t")
