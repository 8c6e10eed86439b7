"""The other divergences and mutual information: exact for finite laws, closed forms against enclosures of the definitions elsewhere."""

from __future__ import annotations

import random
from collections.abc import Callable

import mpmath
import pytest
from sympy import Expr, I, Integer, Rational, Symbol, exp, latex, log, oo, sqrt

import symkl
from symkl import (
    KL,
    Bhattacharyya,
    Chi2,
    CrossEntropy,
    DomainError,
    Entropy,
    Finite,
    Hellinger,
    Jeffreys,
    JensenShannon,
    Joint,
    MutualInformation,
    NoClosedForm,
    Renyi,
    TotalVariation,
    Tsallis,
    Undecided,
    evaluate,
)
from symkl.core.family import Family
from symkl.exact.finiteheads import exact_value
from symkl.exact.logsum import LogSum
from symkl.exact.oracle import enclose_defining
from symkl.families.sampling import draw

R = Rational
P, Q = Finite([R(7, 10), R(3, 10)]), Finite([R(1, 2), R(1, 2)])
HEADS: dict[str, Callable[..., Expr]] = {
    "Jeffreys": Jeffreys,
    "Renyi 3": lambda p, q: Renyi(p, q, 3),
    "Renyi 1/2": lambda p, q: Renyi(p, q, R(1, 2)),
    "Tsallis 1/3": lambda p, q: Tsallis(p, q, R(1, 3)),
    "Bhattacharyya": Bhattacharyya,
    "Hellinger": Hellinger,
    "Chi2": Chi2,
}


def test_finite_laws_are_exact() -> None:
    assert symkl.jeffreys(P, Q) == symkl.kl(P, Q) + symkl.kl(Q, P)
    assert symkl.total_variation(P, Q) == R(1, 5) and symkl.chi2(P, Q) == R(4, 25) and symkl.tsallis(P, Q, 2) == R(4, 25)
    assert symkl.renyi(P, Q, 2) == log(R(29, 25)) and symkl.renyi(P, Q, 1) == symkl.kl(P, Q)
    assert symkl.renyi(P, Q, oo) == log(R(7, 5)) and symkl.renyi(P, Q, 0) == 0
    assert (symkl.hellinger(P, Q) ** 2 - 1 + sqrt(R(7, 20)) + sqrt(R(3, 20))).expand() == 0
    assert symkl.jensen_shannon(Finite([1, 0]), Finite([0, 1]), base=2) == 1
    assert symkl.jensen_shannon(P, Q, Finite([1, 0]), weights=[R(1, 2), R(1, 2), 0]) == symkl.jensen_shannon(P, Q)
    assert symkl.bhattacharyya(Finite([1, 0]), Finite([0, 1])) is oo
    assert JensenShannon(P, Q, weights=[R(1, 2), R(1, 2)]) == JensenShannon(P, Q)
    assert symkl.kl(symkl.Bernoulli(R(1, 3)), symkl.Bernoulli(R(1, 2))) < symkl.chi2(symkl.Bernoulli(R(1, 3)), symkl.Bernoulli(R(1, 2)))
    assert isinstance(exact_value(Jeffreys(P, Q)), LogSum)


def test_symbolic_masses() -> None:
    p, q = Symbol("p", positive=True), Symbol("q", positive=True)
    assert (symkl.chi2(Finite([p, 1 - p]), Finite([q, 1 - q])) - (p**2 / q + (1 - p) ** 2 / (1 - q) - 1)).expand() == 0
    alpha = Symbol("alpha", positive=True)
    assert symkl.renyi(P, Q, alpha).subs(alpha, 2).equals(log(R(29, 25)))


def test_mutual_information_of_named_coordinates() -> None:
    xor = Joint({(x, y, x ^ y): R(1, 4) for x in (0, 1) for y in (0, 1)})
    assert symkl.mutual_information(xor, "X", "Y") == 0
    assert symkl.mutual_information(xor, "X", "Y", given="Z", base=2) == 1
    assert symkl.mutual_information(xor, "X", ("Y", "Z"), base=2) == symkl.mutual_information(xor, 0, (1, 2), base=2) == 1
    rain = Joint({("sun", "dry"): R(3, 5), ("rain", "dry"): R(1, 5), ("rain", "wet"): R(1, 5)}, ("W", "G"))
    product = Joint.independent(W=rain.marginal("W"), G=rain.marginal("G"))
    information = symkl.mutual_information(rain)
    assert information == symkl.kl(rain, product)
    assert information == symkl.entropy(rain.marginal("W")) + symkl.entropy(rain.marginal("G")) - symkl.entropy(rain)
    assert str(MutualInformation(rain)) == "I(W; G)" and latex(MutualInformation(xor, "X", "Y", given="Z")) == r"I\left(X; Y \mid Z\right)"
    with pytest.raises(DomainError, match="no coordinate T; the coordinates are W, G"):
        MutualInformation(rain, "W", "T")
    with pytest.raises(DomainError, match="no named coordinates"):
        MutualInformation(P, "X", "Y")
    with pytest.raises(TypeError, match="name the coordinates"):
        MutualInformation(xor)
    with pytest.raises(DomainError, match="finitely many outcomes"):
        symkl.mutual_information(symkl.Normal(0, 1), 0, 1)


def test_heads_are_sympy_expressions() -> None:
    heads = [*(make(P, Q) for make in HEADS.values()), TotalVariation(P, Q), JensenShannon(P, Q, weights=[R(1, 3), R(2, 3)])]
    heads += [Jeffreys(P, Q, base=2), JensenShannon(P, Q, base=2), JensenShannon(P, Q, weights=[R(1, 3), R(2, 3)], base=2)]
    heads += [MutualInformation(Joint({(0, 0): 1}), base=3)]
    for head in heads:
        assert head.func(*head.args) == head and hash(head.func(*head.args)) == hash(head)
        assert head.is_extended_nonnegative and str(head) and latex(head)
    assert str(Renyi(P, Q, 2)).endswith(", 2)")
    sigma = Symbol("sigma", positive=True)
    head = Chi2(symkl.Normal(0, sigma), symkl.Normal(0, 1))
    assert head.free_symbols == {sigma} and head.subs(sigma, 1).doit() == 0


def test_what_is_not_defined() -> None:
    for wrong in (lambda: Renyi(P, Q, -1), lambda: Renyi(P, Q, I), lambda: JensenShannon(P, Q, weights=[1, 1]), lambda: Jeffreys(P, Q, base=1)):
        with pytest.raises(DomainError):
            wrong()
    for wrong in (lambda: Chi2(P, Q, base=2), lambda: Chi2(P), lambda: JensenShannon(P), lambda: Renyi(P, Q), lambda: Tsallis(P, Q, 2, base=2)):
        with pytest.raises(TypeError):
            wrong()
    with pytest.raises(NoClosedForm, match="Rules asked"):
        TotalVariation(symkl.Normal, symkl.Normal).doit()
    with pytest.raises(NoClosedForm):
        symkl.renyi(symkl.Normal(0, 1), symkl.Normal(0, 2), oo)
    assert symkl.renyi(symkl.Normal, symkl.Normal, 2).has(oo)


def test_closed_forms_of_families() -> None:
    normal = symkl.bhattacharyya(symkl.Normal, symkl.Normal)
    values = {s: R(i + 2, 3) for i, s in enumerate(sorted(normal.free_symbols, key=str))}
    m1, m2, a, b = (values[s] for s in sorted(values, key=str))
    assert evaluate(normal.subs(values) - ((m1 - m2) ** 2 / (4 * (a**2 + b**2)) + log((a**2 + b**2) / (2 * a * b)) / 2)).contains(0)
    lam = [Symbol(f"lam_{i}", positive=True) for i in (1, 2)]
    assert symkl.chi2(symkl.Poisson, symkl.Poisson) == exp((lam[0] - lam[1]) ** 2 / lam[1]) - 1
    # Finite exactly under the condition, with the boundary on the infinite side.
    assert symkl.chi2(symkl.Normal(0, 2), symkl.Normal(0, sqrt(2))) is oo and symkl.chi2(symkl.Normal(0, 1), symkl.Normal(0, 1)) == 0
    assert symkl.chi2(symkl.Uniform(0, 2), symkl.Uniform(0, 1)) is oo and symkl.chi2(symkl.Uniform(0, 1), symkl.Uniform(0, 2)) == 1
    assert symkl.hellinger(symkl.Uniform(0, 2), symkl.Uniform(1, 3)) == sqrt(2) / 2
    assert symkl.bhattacharyya(symkl.Uniform(0, 1), symkl.Uniform(2, 3)) is oo
    assert not symkl.bhattacharyya(symkl.Geometric, symkl.Geometric).has(I)


@pytest.mark.parametrize("name", HEADS)
@pytest.mark.parametrize("family", ["Normal", "Exponential", "Gamma", "Poisson", "Beta", "Pareto", "Geometric", "LogNormal", "Weibull", "Uniform"])
def test_closed_forms_lie_in_the_enclosures_of_the_definitions(family: str, name: str) -> None:
    """At random members; a closed form with an error of 10^-9 must not."""
    kind: type[Family] = getattr(symkl, family)
    source = random.Random(f"{family} {name}")
    head = HEADS[name](draw(kind, source), draw(kind, source))
    try:
        closed = head.doit()
    except NoClosedForm:
        return
    try:
        ball = enclose_defining(head, 15)
    except Undecided:
        # That a divergence is proved infinite by its definition is not always within reach.
        assert closed is oo
        return
    assert evaluate(closed, 20).overlaps(ball)
    if ball.is_finite and closed != 0:
        assert not evaluate(closed * (1 + R(1, 10**9)), 20).overlaps(ball)


def test_numbers_where_there_is_no_closed_form() -> None:
    normal, laplace = symkl.Normal(0, 1), symkl.Laplace(1, 2)
    assert str(evaluate(TotalVariation(normal, symkl.Normal(1, 2)), 15)) == "0.390065660121056"
    assert str(evaluate(TotalVariation(normal, laplace), 15)) == "0.430267417031357"
    # SciPy's sums over the first sixty points.
    assert str(evaluate(JensenShannon(symkl.Poisson(1), symkl.Binomial(3, R(1, 2)), base=2), 14)) == "0.086678202734106"
    assert str(evaluate(JensenShannon(normal, symkl.Exponential(1)), 15)) == "0.229272768923218"
    assert str(evaluate(JensenShannon(symkl.Uniform(0, 1), symkl.Poisson(1)), 10)) == "0.6931471806"
    assert evaluate(Renyi(normal, symkl.Normal(1, 1), 5, base=2), 20).overlaps(evaluate(5 / (2 * log(2)), 20))
    ordered = [evaluate(h, 10).lower for h in (TotalVariation(normal, laplace) ** 2 * 2, KL(normal, laplace), Jeffreys(normal, laplace))]
    assert ordered == sorted(ordered)


def test_lattices_that_meet_only_in_part() -> None:
    few = symkl.BetaBinomial(4, Rational(17, 7), 3)
    # Each against the sum over the four points in common, by mpmath.
    with mpmath.workdps(30):
        common = [(mpmath.mpf(k) ** -3.5 / mpmath.zeta(3.5), mpmath.mpf(str(few.density(k).evalf(30)))) for k in range(1, 5)]
        root = mpmath.fsum(mpmath.sqrt(p * q) for p, q in common)
        expected = {symkl.Renyi: -2 * mpmath.log(root), symkl.TotalVariation: 1 - mpmath.fsum(map(min, common))}
        for kind, value in expected.items():
            head = kind(symkl.Zeta(Rational(7, 2)), few, *([Rational(1, 2)] if kind is symkl.Renyi else []))
            assert abs(evaluate(head, 20).mid - value) < 1e-19
    assert str(evaluate(symkl.TotalVariation(symkl.Zeta(3), symkl.DiscreteUniform(-3, 0)), 5)) == "1.0000"
    assert not evaluate(symkl.Renyi(symkl.Zipf(2, 3), symkl.DiscreteUniform(5, 6), Rational(1, 2)), 5).is_finite


def test_nearly_equal_and_extreme_masses_on_a_lattice() -> None:
    step = Rational(1, 10**40)
    # A quarter of the divergence, to first order: δ²/(8λ).
    assert str(evaluate(symkl.JensenShannon(symkl.Poisson(3), symkl.Poisson(3 + step)), 15)) == "4.16666666666667e-82"
    # Almost all mass at 0, where −log q is 1.
    assert str(evaluate(symkl.KL(symkl.NegativeBinomial(Rational(1, 10**300), Rational(1, 2)), symkl.Poisson(1)), 15)) == "1.00000000000000"


@pytest.mark.parametrize("size", [10, 40])
def test_laws_that_are_nearly_equal(size: int) -> None:
    near = symkl.Normal(R(1, 10**size), 1), symkl.Normal(0, 1)
    assert str(evaluate(Chi2(*near), 5)) == f"1.0000e-{2 * size}"
    assert str(evaluate(Hellinger(*near), 5)) == f"3.5355e-{size + 1}"
    assert str(evaluate(TotalVariation(*near), 5)) == f"3.9894e-{size + 1}"
    assert evaluate(JensenShannon(*near), 5).sign == 1


def test_sums_of_measures_that_are_zero() -> None:
    normal, logistic, gamma = symkl.Normal(0, 1), symkl.Logistic(0, 1), symkl.Gamma(R(5, 3), 1)
    for p, q in ((P, Q), (normal, symkl.Normal(1, 2)), (gamma, symkl.Gamma(2, R(7, 2))), (normal, logistic)):
        ball = evaluate(CrossEntropy(p, q) - Entropy(p) - KL(p, q), 30)
        assert str(ball) == "0" and ball.is_rigorous
        assert evaluate(CrossEntropy(p, q) - Entropy(p) - KL(p, q) * (1 + R(1, 10**20)), 5).sign == -1
    assert str(evaluate(Jeffreys(P, Q) - KL(P, Q) - KL(Q, P))) == "0"


def test_what_vanishes_for_no_known_reason_is_undecided() -> None:
    left, right = (KL(symkl.Normal(0, s), symkl.Logistic(0, s)) for s in (1, 2))
    with pytest.raises(Undecided):
        evaluate(left - right, 15)


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        (symkl.Exponential(1), symkl.Weibull(R(1, 2), 1), "0.0838113182082"),
        (symkl.Gamma(2, 1), symkl.Weibull(R(1, 2), 1), "0.183615503027"),
        (symkl.Cauchy(0, 1), symkl.Logistic(0, 1), "0.0419733389516"),
    ],
)
def test_mixtures_whose_tails_are_bounded_by_those_of_their_parts(first: Family, second: Family, value: str) -> None:
    """Values by mpmath, in variables in which the integrands are smooth."""
    found = evaluate(JensenShannon(first, second), 12)
    assert found.is_rigorous
    assert abs(mpmath.mpf(str(found)) - mpmath.mpf(value)) < mpmath.mpf("2e-13")
    assert str(found) == str(evaluate(JensenShannon(second, first), 12))


def test_an_overlap_that_is_tiny_needs_no_digits_of_its_own() -> None:
    """Half of the mass within 1 of zero, and of the other law within 10^300."""
    wide = evaluate(TotalVariation(symkl.Cauchy(0, 1), symkl.Cauchy(0, 10**300)), 20)
    assert wide.is_rigorous and str(wide) == "1.0000000000000000000"
    # 1 − 4/π · atan(1/1000), the densities crossing at √(10^6).
    near = evaluate(TotalVariation(symkl.Cauchy(0, 1), symkl.Cauchy(0, 10**6)), 20)
    with mpmath.workdps(40):
        assert abs(mpmath.mpf(str(near)) - (1 - 4 / mpmath.pi * mpmath.atan(mpmath.mpf(1) / 1000))) < mpmath.mpf("1e-19")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (symkl.Poisson(R(11, 10)), symkl.Poisson(R(132, 115))),
        (symkl.Poisson(5), symkl.Poisson(R(11, 2))),
        (symkl.Geometric0(R(1, 3)), symkl.Poisson(2)),
        (symkl.NegativeBinomial(R(5, 2), R(1, 3)), symkl.NegativeBinomial(R(5, 2), R(1, 2))),
    ],
    ids=str,
)
def test_mixtures_on_a_lattice_whose_tails_are_bounded_by_those_of_their_parts(first: Family, second: Family) -> None:
    """The logarithm of the ratio runs off like k, or to a limit that it does not reach."""
    found = evaluate(JensenShannon(first, second), 20)
    with mpmath.workdps(40):
        p, q = ([mpmath.mpf(str(law.density(Integer(k)).evalf(40))) for k in range(160)] for law in (first, second))
        halves = [(a * mpmath.log(2 * a / (a + b)) + b * mpmath.log(2 * b / (a + b))) / 2 for a, b in zip(p, q) if a and b]
        assert found.is_rigorous and abs(mpmath.fsum(halves) - mpmath.mpf(str(found))) < mpmath.mpf("1e-19") * found.mid


def test_a_part_of_a_mixture_with_hardly_any_mass() -> None:
    """The points from 17144 to 17183 have masses like e^(−10^5), and no digits of them matter."""
    found = evaluate(JensenShannon(symkl.Binomial(17143, R(1, 1784)), symkl.Binomial(17183, R(1, 1784))), 12)
    assert found.is_rigorous and str(found) == "0.00000653555865677"


def test_a_kink_beside_an_end_where_a_difference_vanishes() -> None:
    """1 − x² next to x = 1, between which and 0 the densities cross twice; by mpmath."""
    found = evaluate(symkl.TotalVariation(symkl.Beta(R(1, 5), R(1, 3)), symkl.Kumaraswamy(2, 3)), 20)
    assert found.is_rigorous and str(found) == "0.61035512284593594813"


def test_an_overlap_with_a_bit_less_than_all_its_digits() -> None:
    """By mpmath, between the crossings; the tail of one tolerance is bounded, and that of the next one is not."""
    found = evaluate(symkl.TotalVariation(symkl.SkewNormal(R(5, 6), R(9, 8), R(-5, 6)), symkl.ExGaussian(0, R(13, 6), R(9, 8))), 15)
    assert found.is_rigorous and str(found) == "0.411706013252112"
