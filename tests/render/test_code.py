"""Generated Python code runs, and computes what `evaluate` proves."""

from __future__ import annotations

import math
import random

import pytest
from sympy import Integral, Rational, Sum, Symbol, exp, log, meijerg, oo, symbols, zeta

from symkl.core.composite import Mixture
from symkl.core.family import Family
from symkl.core.heads import KL, CrossEntropy, Entropy
from symkl.derive import derive
from symkl.errors import NoClosedForm
from symkl.exact import evaluate
from symkl.families import (
    Bernoulli,
    Beta,
    BetaBinomial,
    Binomial,
    Categorical,
    Cauchy,
    Exponential,
    Finite,
    Frechet,
    Gamma,
    GeneralizedExtremeValue,
    GeneralizedGamma,
    GeneralizedInverseGaussian,
    Geometric,
    Gompertz,
    Gumbel,
    HalfNormal,
    HyperbolicSecant,
    Hypergeometric,
    InverseGamma,
    InverseGaussian,
    Laplace,
    Levy,
    Logistic,
    LogNormal,
    Nakagami,
    NegativeBinomial,
    Normal,
    Pareto,
    Poisson,
    Rayleigh,
    SkewNormal,
    StudentT,
    Triangular,
    TruncatedNormal,
    Uniform,
    VonMises,
    Weibull,
    WrappedCauchy,
    Zeta,
    Zipf,
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
    (Binomial, Binomial),
    (Binomial, Poisson),
    (BetaBinomial, BetaBinomial),
    (Hypergeometric, Hypergeometric),
    (Zipf, Zipf),
    (Geometric, Geometric),
    (Nakagami, Nakagami),
    (Gompertz, Gompertz),
    (GeneralizedGamma, Weibull),
    (TruncatedNormal, TruncatedNormal),
    (Triangular, Normal),
    (Normal, Laplace),
    (WrappedCauchy, WrappedCauchy),
    (Frechet, Frechet),
    (StudentT, StudentT),
    (Poisson, NegativeBinomial),
    (NegativeBinomial, NegativeBinomial),
    (GeneralizedInverseGaussian, GeneralizedInverseGaussian),
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
        got = function(*(float(point[s]) for s in arguments))  # type: ignore[operator]
        assert numpy.ndim(got) == 0
        assert float(got) == pytest.approx(expected, rel=1e-8, abs=1e-10)
        twice = function(*([float(point[s])] * 2 for s in arguments))  # type: ignore[operator]
        assert twice == pytest.approx([float(got)] * 2, rel=1e-12)


@pytest.mark.parametrize(
    ("P", "Q"),
    [
        (Binomial(5000, Rational(1, 3)), Binomial(6000, Rational(1, 10**6))),
        (Binomial(2000, Rational(1, 2)), Poisson(1000)),
        (BetaBinomial(5000, 300, 2), BetaBinomial(5001, 1, 40)),
        (Hypergeometric(3000, 1500, 400), Hypergeometric(2900, 1400, 400)),
        (VonMises(0, 10**5), VonMises(1, Rational(1, 1000))),
        (VonMises(0, Rational(1, 10**6)), VonMises(3, 5000)),
        (Gamma(10**6, 3), Gamma(10, 10**5)),
        (Weibull(Rational(1, 100), 2), Weibull(Rational(1, 200), 3)),
        (GeneralizedGamma(3, 400, Rational(1, 2)), GeneralizedGamma(7, 900, Rational(1, 3))),
        (Gompertz(1500, 2), Gompertz(30, 1)),
        (InverseGaussian(3, 10**4), Gamma(2, 5)),
        (Beta(10**5, Rational(1, 10)), Beta(3, 4)),
        (Pareto(1, 2), Exponential(3)),
        (Zipf(Rational(1, 2), 50), Zipf(1, 60)),
    ],
    ids=str,
)
def test_extreme_parameters_are_no_trouble(P: Family, Q: Family) -> None:
    head = KL(type(P), type(Q))
    function = function_of(render(derive(head), "python"))
    point = {s: value for law, member in zip(head.laws, (P, Q)) for s, value in zip(law.args, member.args)}
    got = function(*(float(point[s]) for s in arguments_of(derive(head).result, head)))  # type: ignore[operator]
    assert float(got) == pytest.approx(float(evaluate(derive(KL(P, Q)).result, 20)), rel=1e-7)


def test_the_code_says_what_it_computes() -> None:
    code = render(derive(KL(Bernoulli, Bernoulli)), "python")
    assert '"""D_KL(Bernoulli(p_1) || Bernoulli(p_2)) = p_1*log(p_1/p_2)' in code
    assert "In nats; for 0 < p_1 < 1, 0 < p_2 < 1." in code
    assert "In bits" in render(derive(KL(Bernoulli, Bernoulli, base=2)), "python")
    pareto = render(derive(KL(Pareto, Exponential)), "python")
    assert "oo otherwise" in pareto
    assert "np.where(alpha_1 > 1" in pareto


def test_quadrature_that_misses_the_law_is_nan_and_not_a_number() -> None:
    function = function_of(render(derive(KL(StudentT, StudentT)), "python"))
    assert math.isfinite(function(3, 0, 1, 4, 1, 2))  # type: ignore[operator]
    assert math.isnan(function(3000, 600, 1e-5, 4, 1, 2))  # type: ignore[operator]
    counts = function_of(render(derive(KL(Poisson, NegativeBinomial)), "python"))
    assert math.isfinite(counts(3000, 4, 0.5))  # type: ignore[operator]
    assert math.isnan(counts(1e12, 4, 0.5))  # type: ignore[operator]


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
    "expr", [meijerg([[1], [2]], [[3], [4]], x), Sum(x**a, (a, 0, oo)), zeta(a, 2).diff(a)]
)
def test_what_numpy_cannot_say_is_said(expr: object) -> None:
    with pytest.raises(NoClosedForm, match="no counterpart"):
        python_function(expr)  # type: ignore[arg-type]


def test_mixtures_do_not_underflow() -> None:
    P = Mixture((Rational(1, 2), Normal(0, 1)), (Rational(1, 2), Normal(1, 1)))
    function = function_of(render(derive(KL(P, Normal(0, 1))), "python"))
    assert float(function()) == pytest.approx(float(evaluate(KL(P, Normal(0, 1)), 12)), rel=1e-9)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("P", "Q"),
    [
        (HalfNormal(Rational(11, 5)), SkewNormal(Rational(-1, 7), Rational(13, 7), -5)),
        (StudentT(5, Rational(-1, 2), Rational(3, 5)), HyperbolicSecant(Rational(-5, 4), Rational(15, 7))),
        (Logistic(Rational(6, 5), Rational(13, 7)), Cauchy(2, Rational(9, 4))),
    ],
    ids=str,
)
def test_tails_do_not_underflow(P: Family, Q: Family) -> None:
    head = KL(type(P), type(Q))
    function = function_of(render(derive(head), "python"))
    point = {s: value for law, member in zip(head.laws, (P, Q)) for s, value in zip(law.args, member.args)}
    got = function(*(float(point[s]) for s in arguments_of(derive(head).result, head)))  # type: ignore[operator]
    assert float(got) == pytest.approx(float(evaluate(KL(P, Q), 12)), rel=1e-8)


def test_a_branch_that_does_not_apply_is_not_computed_point_by_point() -> None:
    code = render(derive(KL(Binomial, Binomial)), "python")
    assert " if n_1 <= n_2 else np.inf)" in code
    assert float(function_of(code)(5, 0.5, 3, 0.5)) == math.inf  # type: ignore[operator]


@pytest.mark.parametrize(
    ("P", "Q", "outside", "inside", "value"),
    [
        (Exponential, Exponential, (-1.0, -1.0), (1.0, 1.0), 0.0),
        (Normal, Normal, (0.0, -1.0, 0.0, -1.0), (0.0, 1.0, 1.0, 1.0), 0.5),
        (Geometric, Geometric, (1.5, 1.5), (0.5, 0.5), 0.0),
        (Poisson, Geometric, (-2.0, 0.5), (2.0, 0.5), float("inf")),
    ],
)
def test_outside_of_the_parameters_domain_the_code_says_nan(P: type, Q: type, outside: tuple[float, ...], inside: tuple[float, ...], value: float) -> None:
    kl = function_of(render(derive(KL(P, Q)), "python"))
    assert callable(kl)
    assert math.isnan(kl(*outside))
    assert kl(*inside) == pytest.approx(value)
    both = kl(*(numpy.array(pair) for pair in zip(outside, inside)))
    assert math.isnan(both[0]) and both[1] == pytest.approx(value)


def test_an_expectation_is_integrated_in_its_own_branch_only() -> None:
    kl = function_of(render(derive(KL(Levy, GeneralizedExtremeValue)), "python"))
    # The left end of Q is above that of P: the statistic is no number on a part of P's support.
    assert kl(0.75, 7 / 3, 2, 1) == math.inf  # type: ignore[operator]
    assert math.isfinite(kl(0.75, 1, 2, 1))  # type: ignore[operator]
    assert math.isnan(kl(-0.75, 1, 2, 1))  # type: ignore[operator]


def test_an_integrand_that_is_no_number_gives_nan() -> None:
    integral = function_of(python_function(Integral(log(x - a), (x, 0, oo)), name="kl"))
    assert math.isnan(integral(1.0))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("P", "point", "value"),
    [
        (Categorical, ([0.5, 0.5, 0], 3, [1 / 3] * 3), math.log(1.5)),
        (Categorical, ([0.5, 0.5, 0], 3, [0.5, 0.5, 0]), 0.0),
        (Categorical, ([0.5, 0.25, 0.25], 3, [0.5, 0.5, 0]), math.inf),
        (Finite, (0, 0.5, 0.25, 0.5), math.log(2) / 2),
        (Finite, (0.5, 0.5, 0.25, 0.25), math.log(2)),
        (Bernoulli, (0, 0.5), math.log(2)),
        (Poisson, (0, 2), 2.0),
    ],
    ids=str,
)
def test_nothing_times_the_logarithm_of_nothing_is_nothing(P: type, point: tuple[object, ...], value: float) -> None:
    assert function_of(render(derive(KL(P, P)), "python"))(*point) == pytest.approx(value)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("P", "Q", "point"),
    [(Uniform, Uniform, (0, 1, 2, -1)), (Binomial, Poisson, (2.5, 0.5, 1)), (Finite, Finite, (0.7, 0.7, 0.2, 0.2)), (Finite, Finite, (-0.1, 0.5, 0.2, 0.2))],
    ids=str,
)
def test_a_law_that_does_not_exist_has_no_divergence(P: type, Q: type, point: tuple[float, ...]) -> None:
    assert math.isnan(function_of(render(derive(KL(P, Q)), "python"))(*point))  # type: ignore[operator]


def test_the_error_that_all_masses_share_cancels() -> None:
    kl = function_of(render(derive(KL(Binomial, Poisson)), "python"))
    assert kl(10**6, 0.5, 5e5) == pytest.approx(float(evaluate(KL(Binomial(10**6, Rational(1, 2)), Poisson(500000)))), rel=1e-6)  # type: ignore[operator]
    assert math.isnan(kl(10**9, 0.5, 5e8))  # type: ignore[operator]
