"""Every fact that a proof may use, in every instance the prover makes, is held against random finite laws, exactly."""

from __future__ import annotations

import random
from typing import Any

import pytest

from symkl.prove.divergence import bounds, comparisons, library
from symkl.prove.divergence.candidates import Candidate, candidates
from symkl.prove.divergence.prepare import Prepared, prepare
from symkl.prove.divergence.prover import further
from symkl.prove.divergence.sums import fact_value as _value
from symkl.prove.divergence.trials import witnesses
from symkl.prove.divergence.vectors import Rejected, Vector, sign
from symkl.prove.divergence.world import Inexact, World
from symkl.prove.elaborate import read_statement

STATEMENTS = [
    "D(1/2*P + 1/2*Q||R) <= 0",
    "D(K(P)||K(Q)) <= TV(K(P),K(Q)) + Chi2(K(P)||K(Q))",
    "JSD(P,Q) <= TV(P,Q)",
    "D(1/3*P + 2/3*R||1/4*Q + 3/4*S) <= 0",
    "TV(P,R) <= Hellinger(P,Q) + TV(Q,R) + Hellinger(P,R)",
    "Renyi(P||Q,3) + Renyi(P||Q,1/3) >= D(P||Q) + Chi2(P||Q) + J(P,Q)",
    "TV(P,Q) <= 1 - 1/2*exp(-D(P||Q)) + Hellinger(P,Q) + BC(P,Q)",
    "D(t*P + (1-t)*Q||R) <= 0",
    "D(P(X,Y)||Q(X,Y)) <= D(P(Y|X)||Q(Y|X)|P(X))",
    "D(P*R||Q*S) <= 0",
    "TV(1/2*P + 1/2*R,Q) <= J(1/2*P + 1/2*R,Q) + Chi2(1/2*P + 1/2*R||1/2*Q + 1/2*S)",
    "H(P||Q) <= H(P) + H(1/2*P + 1/2*Q)",
    "log(1 + Chi2(P||Q)) <= exp(-D(P||Q)) + Bhattacharyya(P,Q)",
    "Renyi(P||1/2*Q + 1/2*R,3) + Renyi(1/2*P + 1/2*R||1/2*Q + 1/2*S,1/2) <= Chi2(P||1/2*Q + 1/2*S) + D(R||P) + Renyi(P||Q,3/2)",
    "TV(P*R,Q*S) + TV(P^2,Q^2) <= Chi2(P*R||Q*S)",
    "abs(TV(P,R) - TV(Q,R)) <= TV(P,Q) + D(P||1/2*Q + 1/2*R)",
    "D(K(P)||1/2*K(P) + 1/2*K(Q)) <= TV(t*P + (1-t)*Q,Q)",
    "D(P||Q)*TV(P,R)^2 <= Chi2(P||Q)*BC(Q,R) + sqrt(D(Q||R)/2)",
    "TV(P^3,Q^3)*log(2) <= sqrt(2*D(P||Q)) + Chi2(P^3||Q^3)",
    "D(P||Q) + J(R,S) <= TV(P,Q) + TV(R,S) + JSD(P,Q) + TV(P,S) + Chi2(P||S)",
    "JSD(P,Q) + D(P||1/3*P + 2/3*Q) + Chi2(P||R) + D(R||P) <= exp(-J(P,Q)) + exp(-D(R||P))",
    "TV(P(X),R(X))^2 <= Hellinger(P(X,Y),Q(X,Y)) + TV(Q(X,Y),R(X,Y))",
]


#: Products and the like, which are many.
MOST_FURTHER = 150


def facts_of(prepared: Prepared) -> list[tuple[Candidate, Vector]]:
    def value(candidate: Candidate) -> Vector | None:
        return _value(prepared, candidate)

    found = [(each, v) for each in candidates(prepared) if each.reason != "given" and (v := value(each)) is not None]
    for pair in comparisons._pairs(prepared):
        known = [(each, v) for each in library.library(*pair, lambda measure: True) if (v := value(each)) is not None]
        found += [*known, *comparisons._products(known, value)]
    found += [(each, v) for each in bounds.bounds(prepared) if (v := value(each)) is not None]
    return found + further(prepared, prepared.statement.claims[0], found)[:MOST_FURTHER]


def sign_at(world: World, vector: Vector) -> int | None:
    try:
        value: dict[int, Any] = world.exact(vector)
        return (value[0] > 0) - (value[0] < 0) if value.get(0) else sign(value)
    except Inexact:
        low, high = world.bounds(vector, 60)
        return -1 if high < 0 else 1 if low > 0 else None


@pytest.mark.parametrize("text", STATEMENTS)
def test_no_fact_is_broken_by_any_law(text: str) -> None:
    prepared = prepare(read_statement(text))
    facts = facts_of(prepared)
    assert facts
    worlds = list(witnesses(prepared))
    random.Random(2).shuffle(worlds)
    judged = 0
    for witness in worlds[:12]:
        if not 0 <= witness.parameters.get("t", 0) <= 1:
            continue
        world = World(witness.certificate(0))
        for candidate, vector in facts:
            try:
                found = sign_at(world, vector)
            except Rejected:
                continue  # infinity minus infinity
            judged += 1
            assert found is None or found >= 0, (candidate.relation, candidate.reason, witness)
    assert judged > len(facts)


def test_all_templates_of_comparisons_are_settled() -> None:
    for k in range(len(library._TEMPLATES)):
        assert library._template(k) is not None
