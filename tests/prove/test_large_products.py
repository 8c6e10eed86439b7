"""Powers of laws: refuted by a witness however large, as outcomes that differ by the order of draws are joined."""

import json

import pytest

from symkl.prove import check, prove


@pytest.mark.parametrize(
    "claim", ["TV(P^6,Q^6) <= D(P||Q)", "TV(P^10,Q^10) <= sqrt(2*D(P||Q))", "TV(P^12,Q^12) <= 3*TV(P,Q)", "TV(1/2*P^9+1/2*R^9,Q^9) <= TV(P,Q)"]
)
def test_a_power_that_breaks_the_claim_is_found(claim: str) -> None:
    verdict = prove(claim)
    assert verdict.is_refuted
    assert check(json.dumps(verdict.certificate)).is_proved


def test_a_large_power_is_no_obstacle_to_a_proof() -> None:
    assert prove("TV(P^12,Q^12) <= sqrt(6*D(P||Q))").is_proved


def test_the_value_at_a_large_power_is_that_of_the_definition() -> None:
    """TV(P^n, Q^n) from all 2^n outcomes."""
    from fractions import Fraction
    from itertools import product
    from math import prod

    from symkl.prove.divergence.scope import Scope
    from symkl.prove.divergence.world import World

    certificate = prove("TV(P^6,Q^6) <= D(P||Q)").certificate
    assert certificate is not None
    world, scope = World(certificate["proofs"][0]), Scope(certificate["statement"])
    p, q = ({x[0]: m for x, m in world.tables[name][1].items()} for name in "PQ")
    total = sum((abs(prod(p[x] for x in point) - prod(q[x] for x in point)) for point in product(p, repeat=6)), Fraction(0)) / 2
    assert world.exact(scope.vector(certificate["statement"]["claims"][0]["left"])) == {1: total}
