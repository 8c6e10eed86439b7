"""The decision from typed densities on known boundaries, and a seeded sample of the sweep over the boundaries of the catalogue."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
from sympy import Piecewise, Rational, oo

from symkl import KL, derive


def _loaded(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, module)
    spec.loader.exec_module(module)
    return module


sweep = _loaded("sweep_boundaries")
NEAR, HALF = Rational(1, 64), Rational(1, 2)


#: Laws with a parameter t, and whether the divergence is finite just below t = 1, at it and just above it.
KNOWN: list[tuple[tuple[str, list[Any]], tuple[str, list[Any]], tuple[bool, bool, bool]]] = [
    (("Pareto", ["t", 1]), ("Exponential", [1]), (False, False, True)),
    (("Exponential", [1]), ("Gompertz", [1, "t"]), (True, False, False)),
    (("Exponential", [1]), ("Frechet", ["t", 1]), (True, False, False)),
    (("ExpGamma", ["t", 1]), ("Gumbel", [0, 1]), (False, False, True)),
    (("YuleSimon", ["t"]), ("Poisson", [1]), (False, False, True)),
    (("StudentT", ["t", 0, 1]), ("Laplace", [0, 1]), (False, False, True)),
    (("StudentT", ["t", 0, 1]), ("Cauchy", [0, 1]), (True, True, True)),
    (("Uniform", [0, 1]), ("Uniform", [0, "t"]), (False, True, True)),
    (("Uniform", ["t", 2]), ("Pareto", [1, 1]), (False, True, True)),
    (("RaisedCosine", [1, "t"]), ("InverseGamma", [1, 1]), (True, True, False)),
    (("Beta", ["t", 1]), ("InverseGamma", [1, 1]), (False, False, True)),
    (("LogNormal", [0, 1]), ("Gompertz", [1, "t"]), (False, False, False)),
    (("GeneralizedGamma", [Rational(5, 4), HALF, "t"]), ("ExpGamma", [1, 1]), (False, False, True)),
    (("LogNormal", [0, 1]), ("Weibull", ["t", 1]), (True, True, True)),
    (("Weibull", ["t", Rational(9, 4)]), ("ExpGamma", [3, Rational(8, 7)]), (False, False, True)),
]


@pytest.mark.parametrize(("P", "Q", "expected"), KNOWN, ids=str)
def test_the_decision_on_known_boundaries(P: Any, Q: Any, expected: tuple[bool, bool, bool]) -> None:
    for t, finite in zip((1 - NEAR, 1, 1 + NEAR), expected):
        laws = [(name, [t if value == "t" else value for value in values]) for name, values in (P, Q)]
        assert sweep.decide(*laws) is finite, t


#: Tails, singular ends, supports with symbolic ends and lattices; the sweep over all pairs is a documented command.
SAMPLE = [
    ("Pareto", "Exponential"), ("Uniform", "Uniform"), ("Gamma", "Gompertz"), ("RaisedCosine", "InverseChiSquared"),
    ("WignerSemicircle", "VonMises"), ("Zipf", "Zipf"), ("DiscreteUniform", "Binomial"),
    ("ExpGamma", "Gumbel"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), SAMPLE)
def test_derived_conditions_hold_on_each_side_of_every_boundary(first: str, second: str) -> None:
    found = sweep.settle((first, second, 1, 60.0))
    assert [line for outcome, line in found if line] == []
    outcomes = {outcome for outcome, _ in found}
    assert {"put in: finite", "put in: infinite", "anew: finite", "anew: infinite"} <= outcomes


@pytest.mark.parametrize("second", ["boundary", "side", "value"])
def test_planted_conditions_are_noticed(second: str) -> None:
    """α ≥ 1 for α > 1, 1 > α for α > 1, and a value that is off by 1e-9."""
    generic = derive(KL(sweep.FAMILIES["Pareto"], sweep.FAMILIES["Exponential"]))
    (value, condition), _ = generic.result.args
    alpha = generic.head.args[0].args[0]
    wrong = {"boundary": (value, alpha >= 1), "side": (value, alpha < 1), "value": (value + Rational(1, 10**9), condition)}[second]

    class Planted:
        head, result = generic.head, Piecewise(wrong, (oo, True))

    points = [(sweep.FAMILIES["Pareto"](a, 1), sweep.FAMILIES["Exponential"](2)) for a in (1 - NEAR, 1, 1 + NEAR)]
    right = [sweep.compare(generic, *point, 60.0) for point in points]
    planted = [sweep.compare(Planted, *point, 60.0) for point in points]
    assert not any(outcome == "DISAGREES" for each in right for outcome, _ in each)
    assert any(outcome == "DISAGREES" for each in planted for outcome, _ in each)
