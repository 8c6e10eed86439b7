"""What stays in a semi-closed form: as few expectations as can be, and nothing in them that has a value."""

from __future__ import annotations

import pytest

from symkl import KL, derive, families
from symkl.core.heads import Expectation

FAMILIES = {family.__name__: family for family in families()}


def left(P: str, Q: str) -> set[str]:
    found = derive(KL(FAMILIES[P], FAMILIES[Q]))
    assert found.check().is_proved
    assert set(found.unreduced) == found.result.atoms(Expectation)
    return {str(each.statistic) for each in found.unreduced}


def test_a_statistic_that_follows_from_another_is_not_named() -> None:
    """log(1 − X) is log X − Y for X = 1/(1 + e^{−Y}), and 1 − X follows from X."""
    assert left("LogitNormal", "ContinuousBernoulli") == {"x", "log(x)"}


def test_constants_are_taken_out() -> None:
    assert "x" in left("LogitNormal", "Gumbel")
    assert all("nu_1**2" not in each for each in left("Rice", "Rice"))


@pytest.mark.parametrize("P", ["InverseGaussian", "LogNormal"])
def test_logarithms_of_sums_stay_as_they_are_written(P: str) -> None:
    assert left(P, "Cauchy") == {"log(gamma_2**2 + (x - x0_2)**2)"}
