"""The reference numerics against values everybody knows, and derived closed forms against the reference numerics."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

import mpmath
import pytest
from sympy import Rational, oo

from symkl import KL, derive
from symkl.families import families
from symkl.families.sampling import draw

_spec = importlib.util.spec_from_file_location("numerics", Path(__file__).with_name("numerics.py"))
assert _spec is not None and _spec.loader is not None
numerics = importlib.util.module_from_spec(_spec)
sys.modules["numerics"] = numerics
_spec.loader.exec_module(numerics)

FAMILIES = {family.__name__: family for family in families()}
HALF = Rational(1, 2)


def value(P: tuple[str, list[Any]], Q: tuple[str, list[Any]]) -> Any:
    return numerics.divergence(P, Q)


def close(x: Any, y: Any, digits: int = 17) -> bool:
    with mpmath.workdps(30):
        return bool(abs(x - y) <= mpmath.mpf(10) ** -digits * (1 + abs(y)))


def test_a_slow_tail_onto_a_law_with_a_corner() -> None:
    with mpmath.workdps(30):
        p, zeta = mpmath.mpf(2) / 7, mpmath.zeta
        known = 3 * zeta(3, derivative=1) / zeta(3) - mpmath.log(zeta(3) * (1 - p) / (1 + p)) - mpmath.log(p) * (zeta(2) / zeta(3) + 2)
    assert close(value(("Zeta", [3]), ("DiscreteLaplace", [-2, Rational(2, 7)])), known)


def test_known_values() -> None:
    with mpmath.workdps(30):
        log = mpmath.log
        assert close(value(("Normal", [0, 1]), ("Normal", [1, 2])), log(2) - mpmath.mpf(1) / 4)
        assert close(value(("Cauchy", [0, 1]), ("Cauchy", [1, 2])), log(mpmath.mpf(10) / 8))
        assert close(value(("Laplace", [0, 1]), ("Laplace", [1, 2])), log(2) + mpmath.exp(-1) / 2 - HALF)
        assert close(value(("Triangular", [0, HALF, 1]), ("Uniform", [0, 1])), log(2) - HALF)
        assert close(value(("Poisson", [2]), ("Poisson", [1])), 2 * log(2) - 1)
        s, t = mpmath.mpf(2), mpmath.mpf(3) / 2
        zeta = (s - t) * mpmath.zeta(s, derivative=1) / mpmath.zeta(s) + log(mpmath.zeta(t) / mpmath.zeta(s))
        assert close(value(("Zeta", [2]), ("Zeta", [3 * HALF])), zeta)
        bound = value(("YuleSimon", [3 * HALF]), ("YuleSimon", [3]))
        assert 0 < bound < 1


@pytest.mark.parametrize(
    ("P", "Q"),
    [
        (("Cauchy", [0, 1]), ("Normal", [0, 1])),
        (("StudentT", [2, 0, 1]), ("Normal", [0, 1])),
        (("Pareto", [1, 1]), ("Exponential", [1])),
        (("Laplace", [0, 1]), ("Gumbel", [0, 1])),
        (("Exponential", [1]), ("Gompertz", [1, 1])),
        (("YuleSimon", [1]), ("LogSeries", [HALF])),
        (("Uniform", [0, 2]), ("Beta", [1, 1])),
        (("Poisson", [1]), ("Binomial", [5, HALF])),
        (("Normal", [0, 1]), ("Poisson", [1])),
    ],
)
def test_known_infinities(P: tuple[str, list[Any]], Q: tuple[str, list[Any]]) -> None:
    assert value(P, Q) == mpmath.inf


def test_densities_are_the_catalogue() -> None:
    assert set(numerics.DENSITIES) == set(FAMILIES) - {"Finite"}


def _parameters(member: Any) -> list[Any]:
    return list(zip(*member.args)) if type(member).__name__ == "Finite" else list(member.args)


#: Pairs held against the numerics in every run; the sweep over all pairs is a documented command.
SAMPLE = [
    ("Gamma", "Weibull"), ("Gamma", "LogNormal"), ("Weibull", "Gamma"), ("LogNormal", "Gamma"), ("Frechet", "Frechet"), ("Levy", "InverseGamma"),
    ("Normal", "Gumbel"), ("Logistic", "Gumbel"), ("Gumbel", "Moyal"), ("StudentT", "Normal"), ("Cauchy", "Cauchy"), ("Normal", "Laplace"),
    ("Beta", "Kumaraswamy"), ("Uniform", "Triangular"), ("Pareto", "Exponential"), ("Lomax", "LogNormal"), ("VonMises", "VonMises"),
    ("WrappedCauchy", "WrappedCauchy"), ("Binomial", "Poisson"), ("Geometric", "LogSeries"), ("Zeta", "Zeta"), ("YuleSimon", "Zeta"),
    ("InverseGaussian", "InverseGaussian"), ("GeneralizedGamma", "Weibull"), ("Beta", "Normal"), ("Finite", "Finite"), ("Categorical", "Categorical"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), SAMPLE)
def test_derived_values_agree(first: str, second: str) -> None:
    rng = random.Random(f"{first} {second}")
    for _ in range(2):
        p, q = draw(FAMILIES[first], rng), draw(FAMILIES[second], rng)
        expected = value((first, _parameters(p)), (second, _parameters(q)))
        result = derive(KL(p, q)).result
        if expected == mpmath.inf:
            assert result is oo
        else:
            with mpmath.workdps(30):
                assert close(mpmath.mpf(str(result.evalf(25))), expected), (p, q)


def test_a_wrong_value_is_noticed() -> None:
    P, Q = ("Gamma", [2, 1]), ("Gamma", [3, 1])
    assert not close(value(P, Q), value(Q, P))
    assert not close(value(P, Q) + mpmath.mpf(10) ** -12, value(P, Q))
