"""Every ordered pair of discrete families: a status, a derivation that checks, and a value that the defining sum encloses.

`OPEN` lists the statistics that stay unreduced, by family of P: what is left under a law with infinitely many points.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from sympy import Piecewise, Sum, log, oo

import symkl
from symkl import KL, Entropy, derive
from symkl.core.supports import Lattice, Outcomes
from symkl.families.sampling import draw

DISCRETE = [
    "Bernoulli", "BetaBinomial", "Binomial", "Boltzmann", "Borel", "Categorical", "DiscreteLaplace", "DiscreteUniform", "Finite", "Geometric",
    "Geometric0", "Hypergeometric", "LogSeries", "NegativeBinomial", "Poisson", "Skellam", "YuleSimon", "ZeroTruncatedPoisson", "Zeta", "Zipf",
]  # fmt: skip
BOUNDED = {"Bernoulli", "Binomial", "DiscreteUniform", "Zipf", "Hypergeometric", "BetaBinomial", "Boltzmann", "Categorical", "Finite"}
#: Masses indexed by a symbol have no number put in for them.
SYMBOLIC = {"Categorical", "Finite"}


@pytest.mark.parametrize("name", DISCRETE)
def test_pairs(name: str) -> None:
    """Symbolic parameters: the status is what the supports say, and the checker proves every step."""
    for other in DISCRETE:
        found = derive(KL(getattr(symkl, name), getattr(symkl, other)))
        verdict = found.check()
        assert verdict.is_proved, (other, verdict.reason)
        assert found.status in ("closed", "semi-closed", "infinite")
        if name in BOUNDED:
            assert found.status != "semi-closed" and found.unreduced == ()
        if found.status == "semi-closed":
            assert all(isinstance(each.under.support, Lattice) and oo in each.under.support.args for each in found.unreduced)


@pytest.mark.parametrize("name", [each for each in DISCRETE if each not in SYMBOLIC])
def test_values(name: str) -> None:
    """The balls of the result and of the defining sum meet at random exact points, to 20 digits."""
    pytest.importorskip("flint")
    for other in DISCRETE:
        found = derive(KL(getattr(symkl, name), getattr(symkl, other)))
        if other not in SYMBOLIC and found.status != "infinite":
            verdict = found.certify(20, points=1, seed=1)
            assert not verdict.is_refuted, (other, verdict.reason)
            assert verdict.is_proved or "rigorous" in verdict.reason, (other, verdict.reason)


@pytest.mark.parametrize("name", DISCRETE)
def test_members(name: str) -> None:
    """Numbers as parameters: the same, without symbols, for a few Q."""
    rng = random.Random(f"{name} members")
    for other in rng.sample(DISCRETE, 7):
        P, Q = draw(getattr(symkl, name), rng), draw(getattr(symkl, other), rng)
        found = derive(KL(P, Q))
        verdict = found.check()
        assert verdict.is_proved, (P, Q, verdict.reason)
        assert not found.result.free_symbols


@pytest.mark.parametrize("name", DISCRETE)
def test_entropies(name: str) -> None:
    found = derive(Entropy(getattr(symkl, name)))
    assert found.check().is_proved
    assert found.status == ("closed" if name in BOUNDED | {"Geometric", "Geometric0", "Zeta", "DiscreteLaplace"} else "semi-closed")


SAME = {
    "Bernoulli", "Borel", "Boltzmann", "DiscreteLaplace", "DiscreteUniform", "Geometric", "Geometric0", "LogSeries", "Poisson", "Zeta",
    "ZeroTruncatedPoisson",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SAME))
def test_same_family_is_closed_without_sums(name: str) -> None:
    found = derive(KL(getattr(symkl, name), getattr(symkl, name)))
    assert found.status == "closed" and not found.result.has(Sum)


def test_what_does_not_close_is_named() -> None:
    found = derive(KL(symkl.Poisson, symkl.Geometric0))
    (left,) = found.unreduced
    assert found.status == "semi-closed" and left.statistic.has(log) and isinstance(left.under, symkl.Poisson)
    # statistics that exist only together stay together
    (pair,) = derive(Entropy(symkl.YuleSimon)).unreduced
    assert len(pair.statistic.args) == 2


def test_conditions_of_supports() -> None:
    found = derive(KL(symkl.Binomial, symkl.Finite))
    assert isinstance(found.result, Piecewise) and found.result.args[-1][0] is oo
    assert symkl.Binomial(3, symkl.Bernoulli.generic().args[0]).support.within(Outcomes(0, 1, 2, 3)) == True


def test_equal_sizes_cancel() -> None:
    """Equal numbers of trials: the binomial coefficients cancel, and no sum is left."""
    n = symkl.Binomial.generic().args[0]
    p, q = (symkl.Bernoulli.generic(suffix).args[0] for suffix in ("_1", "_2"))
    found: Any = derive(KL(symkl.Binomial(n, p), symkl.Binomial(n, q)))
    assert not found.result.has(Sum)
    marked = symkl.Hypergeometric.generic()
    N, K, draws = marked.args
    other = derive(KL(symkl.Hypergeometric(N, K, draws), symkl.Hypergeometric(N, K + 0, draws)))
    assert other.result == 0


def test_categorical_of_symbolic_size() -> None:
    found = derive(KL(symkl.Categorical.generic("_1"), symkl.Categorical.generic("_2")))
    total = next(iter(found.result.atoms(Sum)))
    k = total.limits[0][0]
    p, q = (symkl.Categorical.generic(suffix).mass(k) for suffix in ("_1", "_2"))
    assert total.function == p * log(p / q)
