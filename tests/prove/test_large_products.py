"""Powers of laws: small ones are refuted by a witness, large ones end without a search over too many outcomes."""

from symkl import prove


def test_a_power_that_breaks_the_claim_is_found() -> None:
    assert prove("TV(P^6,Q^6) <= D(P||Q)").is_refuted


def test_a_large_power_ends() -> None:
    assert not prove("TV(P^12,Q^12) <= sqrt(6*D(P||Q))").is_refuted
