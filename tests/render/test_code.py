"""Generated Python code runs, and computes what `evaluate` proves."""

from __future__ import annotations

import math
import random

import pytest
from sympy import Derivative, Integral, Rational, Sum, Symbol, besseli, exp, hyper, log, meijerg, oo, symbols, zeta

from symkl.core.heads import KL, CrossEntropy, Entropy
from symkl.derive import derive
from symkl.errors import NoClosedForm
from symkl.exact import evaluate
from symkl.families import (
    Bernoulli,
    Beta,
    Binomial,
    Categorical,
    Cauchy,
    Exponential,
    Gamma,
    Gumbel,
    HalfNormal,
    InverseGamma,
    InverseGaussian,
    Laplace,
    Logistic,
    LogNormal,
    Normal,
    Pareto,
    Poisson,
    Rayleigh,
    StudentT,
    Uniform,
    VonMises,
    Weibull,
    Zeta,
)
from symkl.families.sampling import draw
from symkl.render import render
from symkl.render.code import arguments_of, python_function

numpy = pytest.importorskip("numpy")
pytest.importorskip("scipy")

a, b, x = symbols("a b x", positive=True)
PAIRS = [
    (Normal, Normal),
    (Gamma, Gamma),
    (Gamma, LogNormal),
    (Beta, Beta),
    (Weibull, Weibull),
    (Weibull, Gamma),
    (Laplace, Laplace),
    (Laplace, Normal),
    (Cauchy, Cauchy),
    (Cauchy, Normal),
    (StudentT, Normal),
    (Pareto, Pareto),
    (Pareto, Exponential),
    (Poisson, Poisson),
    (Bernoulli, Bernoulli),
    (Zeta, Zeta),
    (InverseGaussian, Gamma),
    (InverseGamma, InverseGamma),
    (LogNormal, Gamma),
    (Gumbel, Gumbel),
    (Logistic, Normal),
    (Rayleigh, HalfNormal),
    (Uniform, Exponential),
    (VonMises, VonMises),
    (Uniform, Normal),
]


def function_of(code: str, name: str = "kl") -> object:
    space: dict[str, object] = {}
    exec(compile(code, "<generated>", "exec"), space)  # noqa: S102
    return space[name]


@pytest.mark.parametrize(("P", "Q"), PAIRS, ids=lambda family: family.__name__)
def test_generated_code_computes_the_divergence(P: type, Q: type) -> None:
    rng = random.Random(f"{P.__name__}{Q.__name__}")
    head = KL(P, Q)
    derivation = derive(head)
    function = function_of(render(derivation, "python"))
    arguments = arguments_of(derivation.result, head)
    for _ in range(3):
        members = KL(draw(P, rng), draw(Q, rng))
        point = {s: value for law, member in zip(head.laws, members.laws) for s, value in zip(law.args, member.args)}
        expected = float(evaluate(derivation.result.subs(point), 20))
        got = float(function(*(float(point[s]) for s in arguments)))  # type: ignore[operator]
        assert got == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_arrays_go_through() -> None:
    function = function_of(render(derive(KL(Normal, Normal)), "python"))
    got = function(numpy.array([0.0, 1.0]), 1.0, 0.0, numpy.array([1.0, 2.0]))  # type: ignore[operator]
    assert got == pytest.approx([0.0, math.log(2) + 2 / 8 - 0.5])
    piecewise = function_of(render(derive(KL(Pareto, Pareto)), "python"))
    assert piecewise(2.0, numpy.array([1.0, 3.0]), 2.0, 2.0)[0] == math.inf  # type: ignore[operator]


def test_arguments_come_in_the_order_of_the_laws() -> None:
    assert "def kl(mu_1, sigma_1, mu_2, sigma_2):" in render(derive(KL(Normal, Normal)), "python")
    assert "def entropy(alpha, beta):" in render(derive(Entropy(Gamma)), "python")
    assert "def cross_entropy(" in render(derive(CrossEntropy(Normal, Normal)), "python")
    # A parameter that cancels is still an argument.
    assert "def kl(mu_1, sigma_1, mu_2, sigma_2):" in render(derive(KL(Normal, Normal)), "python")


def test_finite_sums_and_quadrature() -> None:
    P = Categorical
    function = function_of(render(derive(KL(P, P)), "python"))
    p, n, q = [0.7, 0.3], 2, [0.5, 0.5]
    assert function(p, n, q) == pytest.approx(0.0822828785)  # type: ignore[operator]
    binomial = function_of(render(derive(KL(Binomial(3, a), Binomial(4, b))), "python"))
    expected = float(evaluate(KL(Binomial(3, Rational(1, 3)), Binomial(4, Rational(1, 2))), 20))
    assert float(binomial(1 / 3, 1 / 2)) == pytest.approx(expected, rel=1e-9)  # type: ignore[operator]
    integral = function_of(python_function(Integral(exp(-a * x), (x, 0, oo)), name="kl"))
    assert integral(2.0) == pytest.approx(0.5)  # type: ignore[operator]


def test_names_that_python_reserves() -> None:
    code = python_function(Symbol("lambda") + Symbol("np"), name="kl")
    assert function_of(code)(1, 2) == 3  # type: ignore[operator]


def test_big_integers_do_not_overflow() -> None:
    code = python_function(log(Rational(10**400 + 1, 3)), name="kl")
    assert function_of(code)() == pytest.approx(400 * math.log(10) - math.log(3))  # type: ignore[operator]


@pytest.mark.parametrize(
    "expr", [meijerg([[1], [2]], [[3], [4]], x), Sum(x**a, (a, 0, oo)), hyper((1, 2, a), (3, b), x), Derivative(besseli(a, x), a), zeta(a, 2).diff(a)]
)
def test_what_numpy_cannot_say_is_said(expr: object) -> None:
    with pytest.raises(NoClosedForm, match="no counterpart"):
        python_function(expr)  # type: ignore[arg-type]
