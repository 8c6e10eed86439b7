"""Finiteness of expectations: exact boundaries, held against numbers on each side of them and on them.

The numerical verdict shares nothing with `symkl.expect`: it looks at the slope of the logarithm of the integrand far out in the tail.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import mpmath as mp
import pytest
from sympy import (
    Abs,
    And,
    E,
    Eq,
    Expr,
    Function,
    Heaviside,
    Max,
    Or,
    Piecewise,
    Rational,
    S,
    Symbol,
    besselk,
    cos,
    erfc,
    exp,
    factorial,
    gamma,
    lambdify,
    log,
    loggamma,
    oo,
    pi,
    symbols,
    tan,
)
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

import symkl
from symkl.core import Continuum, Density, Lattice, Mixture
from symkl.core.laws import Law
from symkl.errors import DomainError, Undecided
from symkl.expect.finiteness import divergent_sign, finite_condition
from symkl.families import (
    Beta,
    Binomial,
    Categorical,
    Cauchy,
    Exponential,
    Finite,
    Gamma,
    Geometric,
    Geometric0,
    HalfCauchy,
    InverseGamma,
    Kumaraswamy,
    Laplace,
    LogNormal,
    Normal,
    Pareto,
    Poisson,
    StudentT,
    Uniform,
    Weibull,
    Zeta,
    families,
)
from symkl.families.sampling import draw
from symkl.form.facts import Facts

FAMILIES = {family.__name__: family for family in families()}
#: Precision of the numerical verdict, and how far out it looks.
DIGITS, FAR = 160, 20

x = Symbol("x", real=True)
u = Symbol("u", positive=True)
k = Symbol("k", integer=True, nonnegative=True)
m = Symbol("m", integer=True, positive=True)
a, b, c, s, al, be = symbols("a b c s alpha beta", positive=True)
r = Symbol("r", real=True)
mu = Symbol("mu", real=True)


def _pair(first: str, second: str) -> tuple[Law, Law]:
    return FAMILIES[first].generic("_1"), FAMILIES[second].generic("_2")


def _log_ratio(p: Law, q: Law) -> tuple[Expr, Symbol]:
    point = p.support.variable("x")
    return p.log_density(point) - q.log_density(point), point


def _kl_finite(p: Law, q: Law) -> Boolean:
    """The condition of D_KL(P ‖ Q) < ∞ given supp P ⊂ supp Q."""
    f, point = _log_ratio(p, q)
    return finite_condition(f, point, p, given=And(p.support.within(q.support), *q.conditions))


def _is_bounded_lattice(law: Law) -> bool:
    support = law.support
    return law.is_discrete and (not isinstance(support, Lattice) or bool(support.lower.is_finite and support.upper.is_finite))


# Numbers


def _slope(p: Law, q: Law, end: Expr, side: int, far: int) -> mp.mpf:
    """log(p·|log p/q|·|dx/ds|) at s_2 = 2 s_1 less that at s_1 = far·log 10, for x = ±e^s or e ± e^{−s}."""
    f, point = _log_ratio(p, q)
    log_density, function = lambdify(point, p.log_density(point), "mpmath"), lambdify(point, f, "mpmath")
    with mp.workdps(DIGITS):

        def height(t: mp.mpf) -> mp.mpf:
            if end in (oo, -oo):
                place, jacobian = (t if end is oo else -t), mp.log(t)
            else:
                place, jacobian = mp.mpmathify(end.evalf(DIGITS)) + side / t, -mp.log(t)
            value = abs(function(place))
            return mp.re(log_density(place)) + (mp.log(value) if value else mp.ninf) + jacobian

        return height(mp.mpf(10) ** (2 * far)) - height(mp.mpf(10) ** far)


def numerically_finite(p: Law, q: Law) -> bool | None:
    """Whether E_P|log p/q| converges at the ends of the support, to the eye; None if the functions cannot be evaluated there."""
    verdicts: list[bool] = []
    for side, end in ((1, p.support.lower), (-1, p.support.upper)):  # type: ignore[attr-defined]
        if isinstance(p.support, Lattice) and end not in (oo, -oo):
            continue
        for far in (FAR, 3, 2):
            try:
                slope = _slope(p, q, end, side, far)
            except (ValueError, OverflowError, ZeroDivisionError):
                continue
            if not mp.isnan(slope):
                # ∫ e^h ds converges for h → −∞ faster than −log s only.
                verdicts.append(bool(slope < -mp.log(2) - mp.mpf(1) / 10))
                break
        else:
            return None
    return all(verdicts)


def _points(p: Law, q: Law, condition: Boolean, rng: random.Random) -> Iterator[dict[Expr, Expr]]:
    """Random members, and for every inequality of the condition the same with its symbol at the boundary, a little above and below."""
    point = dict(zip(p.args, draw(type(p), rng).args)) | dict(zip(q.args, draw(type(q), rng).args))
    yield point
    for relation in sorted(condition.atoms(Relational), key=str):
        if relation.lhs.is_Symbol:
            value = relation.rhs.xreplace(point)
            for shifted in (value, value + Rational(1, 7), value - Rational(1, 7)):
                if shifted.is_finite:
                    yield point | {relation.lhs: shifted}


def disagreements(p: Law, q: Law, condition: Boolean, seed: int = 5, repeat: int = 1) -> tuple[list[str], int]:
    """(points where condition and numbers disagree, number of points compared)."""
    rng = random.Random(seed)
    wrong, count = [], 0
    for _ in range(repeat):
        for point in _points(p, q, condition, rng):
            try:
                first, second = p.xreplace(point), q.xreplace(point)
            except DomainError:
                continue
            inside = And(first.support.within(second.support), *first.conditions, *second.conditions)
            said = condition.xreplace(point)
            said = said if said in (S.true, S.false) else said.simplify()
            f, _ = _log_ratio(first, second)
            if inside is not S.true or not f.free_symbols:
                continue
            seen = numerically_finite(first, second)
            if seen is None:
                continue
            count += 1
            if said not in (S.true, S.false) or bool(said) != seen:
                wrong.append(f"D({first} ‖ {second}): said {said}, seen {seen}")
    return wrong, count


# The table

ALWAYS, NEVER = S.true, S.false


def _symbol(text: str) -> Symbol:
    name, number = text.rsplit("_", 1)
    for family in FAMILIES.values():
        for symbol in family.generic("_" + number).args if family not in (Finite, Categorical) else ():
            if symbol.name == text:
                return symbol
    raise KeyError(name)


def _positive(*names: str) -> tuple[Symbol, ...]:
    return tuple(Symbol(name, positive=True) for name in names)


(
    nu_1,
    alpha_1,
    alpha_2,
    k_1,
    k_2,
    b_1,
    b_2,
    beta_1,
    beta_2,
    s_1,
    lam_1,
    lam_2,
    sigma_1,
    sigma_2,
    rho_1,
    eta_2,
    p_1,
    p_2,
    a_1,
    a_2,
    d_1,
    d1_1,
    d2_1,
) = _positive(
    *[
        "nu_1",
        "alpha_1",
        "alpha_2",
        "k_1",
        "k_2",
        "b_1",
        "b_2",
        "beta_1",
        "beta_2",
        "s_1",
        "lam_1",
        "lam_2",
        "sigma_1",
        "sigma_2",
        "rho_1",
        "eta_2",
        "p_1",
        "p_2",
        "a_1",
        "a_2",
        "d_1",
        "d1_1",
        "d2_1",
    ]
)
c_1, kappa_1 = _positive("c_1", "kappa_1")
xi_1 = Symbol("xi_1", real=True, nonzero=True)
gig_p = Symbol("p_1", real=True)
real_a = Symbol("a_1", real=True)
theta_1 = Symbol("theta_1", real=True)
mu_2 = Symbol("mu_2", positive=True)
mu_1 = Symbol("mu_1", positive=True)

TABLE: list[tuple[str, str, Boolean]] = [
    ("StudentT", "Normal", nu_1 > 2),
    ("StudentT", "Laplace", nu_1 > 1),
    ("StudentT", "Logistic", nu_1 > 1),
    ("StudentT", "Gumbel", NEVER),
    ("StudentT", "Cauchy", ALWAYS),
    ("StudentT", "GeneralizedNormal", beta_2 < nu_1),
    ("StudentT", "SkewNormal", nu_1 > 2),
    ("StudentT", "HyperbolicSecant", nu_1 > 1),
    ("Pareto", "Exponential", alpha_1 > 1),
    ("Pareto", "HalfNormal", alpha_1 > 2),
    ("Pareto", "LogNormal", ALWAYS),
    ("Pareto", "Weibull", alpha_1 > k_2),
    ("Cauchy", "Normal", NEVER),
    ("Cauchy", "Cauchy", ALWAYS),
    ("Cauchy", "StudentT", ALWAYS),
    ("Cauchy", "Laplace", NEVER),
    ("Cauchy", "Logistic", NEVER),
    ("Cauchy", "Gumbel", NEVER),
    ("Cauchy", "GeneralizedNormal", beta_2 < 1),
    ("Levy", "Gamma", NEVER),
    ("Levy", "LogNormal", ALWAYS),
    ("Levy", "Weibull", k_2 < S.Half),
    ("Levy", "Lomax", ALWAYS),
    ("InverseGamma", "Gamma", alpha_1 > 1),
    ("InverseGamma", "Rayleigh", alpha_1 > 2),
    ("InverseGamma", "InverseGamma", ALWAYS),
    ("Frechet", "Weibull", alpha_1 > k_2),
    ("Frechet", "Frechet", ALWAYS),
    ("Frechet", "GeneralizedGamma", alpha_1 > p_2),
    ("Weibull", "Frechet", alpha_2 < k_1),
    ("Weibull", "InverseGamma", k_1 > 1),
    ("Weibull", "Gompertz", Or(k_1 > 1, And(Eq(k_1, 1), b_2 < 1 / lam_1))),
    ("Weibull", "ExpGamma", Or(k_1 > 1, And(Eq(k_1, 1), lam_1 < 1))),
    ("Gamma", "InverseGamma", alpha_1 > 1),
    ("Gamma", "InverseGaussian", alpha_1 > 1),
    ("Gamma", "Frechet", alpha_1 > alpha_2),
    ("Gamma", "Gompertz", b_2 < beta_1),
    ("Gamma", "GeneralizedInverseGaussian", alpha_1 > 1),
    ("GeneralizedGamma", "InverseGamma", d_1 > 1),
    ("GeneralizedGamma", "Gompertz", Or(p_1 > 1, And(Eq(p_1, 1), a_1 < 1 / b_2))),
    ("GeneralizedInverseGaussian", "Gompertz", Or(a_1 > 2 * b_2, And(gig_p < 0, Eq(a_1, 2 * b_2)))),
    ("InverseGaussian", "Gompertz", b_2 <= lam_1 / (2 * mu_1**2)),
    ("GeneralizedNormal", "Gumbel", Or(beta_1 > 1, And(Eq(beta_1, 1), alpha_1 < beta_2))),
    ("LogNormal", "Gamma", ALWAYS),
    ("LogNormal", "InverseGamma", ALWAYS),
    ("LogNormal", "Weibull", ALWAYS),
    ("LogNormal", "Gumbel", ALWAYS),
    ("LogNormal", "Gompertz", NEVER),
    ("Normal", "Gumbel", ALWAYS),
    ("Normal", "Moyal", ALWAYS),
    ("Normal", "SkewNormal", ALWAYS),
    ("Laplace", "Gumbel", b_1 < beta_2),
    ("Laplace", "Moyal", b_1 < sigma_2),
    ("AsymmetricLaplace", "Gumbel", beta_2 > kappa_1 / lam_1),
    ("Logistic", "Gumbel", beta_2 > s_1),
    ("Gumbel", "Normal", ALWAYS),
    ("Gumbel", "Logistic", ALWAYS),
    ("Gumbel", "Gumbel", ALWAYS),
    ("Gumbel", "ExpGamma", beta_1 < 1),
    ("Lomax", "Gamma", alpha_1 > 1),
    ("BetaPrime", "InverseGaussian", And(alpha_1 > 1, beta_1 > 1)),
    ("FDist", "Gamma", d2_1 > 2),
    ("BurrXII", "Exponential", c_1 > 1 / k_1),
    ("HalfCauchy", "Weibull", k_2 < 1),
    ("GeneralizedExtremeValue", "Normal", xi_1 < S.Half),
    ("GeneralizedPareto", "Rayleigh", xi_1 < S.Half),
    ("Beta", "Gamma", ALWAYS),
    ("Beta", "InverseGamma", alpha_1 > 1),
    ("Beta", "Kumaraswamy", ALWAYS),
    ("Uniform", "Beta", ALWAYS),
    ("Uniform", "InverseGamma", real_a > 0),
    ("Triangular", "Frechet", Or(real_a > 0, And(Eq(real_a, 0), alpha_2 < 2))),
    ("ShiftedExponential", "Frechet", Or(theta_1 > 0, And(Eq(theta_1, 0), alpha_2 < 1))),
    ("Arcsine", "Frechet", alpha_2 < S.Half),
    ("RaisedCosine", "WignerSemicircle", ALWAYS),
    ("VonMises", "WrappedCauchy", ALWAYS),
    ("TruncatedNormal", "LogitNormal", ALWAYS),
    ("Zeta", "Poisson", s_1 > 2),
    ("Zeta", "Geometric", s_1 > 2),
    ("Zeta", "YuleSimon", ALWAYS),
    ("Zeta", "Borel", s_1 > 2),
    ("Zeta", "Skellam", s_1 > 2),
    ("Zeta", "Zeta", ALWAYS),
    ("YuleSimon", "LogSeries", rho_1 > 1),
    ("Poisson", "NegativeBinomial", ALWAYS),
    ("Borel", "Poisson", ALWAYS),
    ("DiscreteLaplace", "Skellam", ALWAYS),
    ("Binomial", "Poisson", ALWAYS),
    ("BetaBinomial", "Binomial", ALWAYS),
    ("Hypergeometric", "Binomial", ALWAYS),
]


def _equivalent(left: Boolean, right: Boolean) -> bool:
    """The same condition, however the inequality is turned."""
    if left == right:
        return True
    if isinstance(left, Relational) and isinstance(right, Relational):
        difference = left.gts - left.lts if hasattr(left, "gts") else None  # type: ignore[attr-defined]
        other = right.gts - right.lts if hasattr(right, "gts") else None  # type: ignore[attr-defined]
        return left.func in (right.func, right.reversed.func) and difference is not None and other is not None and difference.equals(other) is True
    return False


@pytest.mark.parametrize(("first", "second", "expected"), TABLE, ids=[f"{p}-{q}" for p, q, _ in TABLE])
def test_exact_boundary(first: str, second: str, expected: Boolean) -> None:
    condition = _kl_finite(*_pair(first, second))
    assert _equivalent(condition, expected), f"{condition} instead of {expected}"


SIDES = [(p, q) for p, q, expected in TABLE if expected not in (ALWAYS, NEVER)] + [
    ("Cauchy", "Normal"),
    ("LogNormal", "Weibull"),
    ("Gumbel", "Logistic"),
]


@pytest.mark.parametrize(("first", "second"), SIDES, ids=[f"{p}-{q}" for p, q in SIDES])
def test_numbers_on_each_side_of_the_boundary(first: str, second: str) -> None:
    p, q = _pair(first, second)
    wrong, count = disagreements(p, q, _kl_finite(p, q), repeat=2)
    assert not wrong, wrong
    assert count, "no point was compared"


@pytest.mark.parametrize(
    ("first", "second", "planted"),
    [
        ("StudentT", "Normal", nu_1 >= 2),
        ("StudentT", "Normal", nu_1 > Rational(21, 10)),
        ("StudentT", "Normal", nu_1 < 2),
        ("Pareto", "Exponential", ALWAYS),
        ("InverseGamma", "Rayleigh", alpha_1 > 1),
        ("InverseGaussian", "Gompertz", b_2 < lam_1 / (2 * mu_1**2)),
        ("Zeta", "Poisson", s_1 >= 2),
        ("Laplace", "Gumbel", b_1 <= beta_2),
        ("Cauchy", "Logistic", ALWAYS),
        ("LogNormal", "Gompertz", ALWAYS),
        ("Normal", "Gumbel", NEVER),
        ("Weibull", "Gompertz", k_1 >= 1),
        ("Weibull", "Gompertz", k_1 > 1),
    ],
)
def test_a_planted_error_is_seen_by_the_numbers(first: str, second: str, planted: Boolean) -> None:
    wrong, _ = disagreements(*_pair(first, second), planted, repeat=8)
    assert wrong


def test_a_planted_law_of_growth_is_seen_by_the_table() -> None:
    """A density whose tail differs by a logarithm only has another boundary."""
    plain = Density(al / u ** (al + 1), u, (1, oo))
    with_log = Density(al**2 * log(u) / u ** (al + 1), u, (1, oo))
    statistic = u**2 / log(u + 1)
    assert finite_condition(statistic, u, plain) == (al > 2)
    assert finite_condition(statistic / log(u + 1), u, plain) == (al >= 2)
    assert finite_condition(statistic / log(u + 1), u, with_log) == (al > 2)


STATISTICS: list[tuple[Expr, Symbol, Law, Boolean]] = [
    (u**r, u, Gamma(al, be), r > -al),
    (exp(r * u), u, Gamma(al, be), r < be),
    (exp(r * u), u, LogNormal(mu, s), r <= 0),
    (u**r, u, LogNormal(mu, s), S.true),
    (u**r * log(u) ** 3, u, Pareto(al, s), r < al),
    (exp(r * x), x, Normal(mu, s), S.true),
    (exp(r * x), x, Laplace(mu, s), And(r < 1 / s, r > -1 / s)),
    (exp(r * x**2), x, Normal(mu, s), r < 1 / (2 * s**2)),
    (Abs(x - a) ** r, x, Normal(mu, s), r > -1),
    (1 / Abs(x - a) ** S.Half, x, Cauchy(mu, s), S.true),
    (1 / (x - a), x, Normal(mu, s), S.false),
    (log(Abs(x - a)) ** 2, x, Cauchy(mu, s), S.true),
    (cos(r * x), x, Cauchy(0, 1), S.true),
    (x**2 * cos(x), x, Normal(0, 1), S.true),
    (exp(-u) / u, u, Exponential(1), S.false),
    (exp(c / u), u, InverseGamma(al, be), be > c),
    (u**-r * (1 - u) ** -a, u, Beta(al, be), And(a < be, r < al)),
    (log(1 - u) / u, u, Beta(al, be), S.true),
    (1 / (1 - u**a), u, Kumaraswamy(al, be), be > 1),
    (log(k), k, Poisson(a), S.false),
    (1 / k, k, Poisson(a), S.false),
    (1 / (k + 1), k, Poisson(a), S.true),
    (loggamma(k), k, Poisson(a), S.false),
    (k * log(k), k, Poisson(a), S.true),
    (factorial(k), k, Poisson(a), a < 1),
    (r**k, k, Poisson(a), S.true),
    (a**k, k, Geometric0(Rational(1, 3)), a < Rational(3, 2)),
    (m**r, m, Zeta(3), r < 2),
    (m**r, m, Geometric(Rational(1, 3)), S.true),
    (gamma(u), u, Weibull(a, 1), a > 1),
    (besselk(a, u), u, Gamma(al, 1), a < al),
    (exp(u**2) * erfc(u), u, HalfCauchy(1), S.true),
    (x * Heaviside(x), x, Cauchy(0, 1), S.false),
    (Max(x, 0) ** S.Half, x, Cauchy(0, 1), S.true),
    (Piecewise((exp(x), x < mu), (0, True)), x, Cauchy(0, 1), S.true),
    ((x**3 + 1) / (x**2 + 2) - x, x, Cauchy(0, 1), S.true),
    (log(k + 1), k, Binomial(7, a / (1 + a)), S.true),
    (log(k), k, Binomial(7, a / (1 + a)), S.false),
]


@pytest.mark.parametrize(("f", "point", "law", "expected"), STATISTICS, ids=[f"{f} {law}" for f, _, law, _ in STATISTICS])
def test_statistics(f: Expr, point: Symbol, law: Law, expected: Boolean) -> None:
    condition = finite_condition(f, point, law)
    assert _equivalent(condition, expected) or condition == expected, condition


def test_boundaries_at_numbers() -> None:
    assert _kl_finite(StudentT(2), Normal(0, 1)) is S.false
    assert _kl_finite(StudentT(Rational(21, 10)), Normal(0, 1)) is S.true
    assert _kl_finite(Pareto(1, 1), Exponential(1)) is S.false
    assert _kl_finite(Zeta(2), Poisson(3)) is S.false
    assert _kl_finite(Uniform(0, 1), InverseGamma(1, 1)) is S.false
    assert _kl_finite(Uniform(Rational(1, 10**9), 1), InverseGamma(1, 1)) is S.true


def test_log_ratios_with_a_cancellation() -> None:
    """Where neither entropy is finite, the divergence may be: only the difference of the log-densities counts."""
    first, second = Density(1 / (u * log(u) ** 2), u, (E, oo)), Density(2 / (u * log(u) ** 3), u, (E, oo))
    assert finite_condition(log(u), u, first) is S.false
    assert _kl_finite(first, second) is S.true
    assert _kl_finite(first, Density(E / u**2, u, (E, oo))) is S.false


def test_mixtures() -> None:
    normal, wide, cauchy = Normal(0, 1), Normal(1, s), Cauchy(0, 1)
    half = Rational(1, 2)
    mixed = Mixture((half, normal), (half, cauchy))
    assert _kl_finite(normal, mixed) is S.true
    assert _kl_finite(cauchy, mixed) is S.true
    assert _kl_finite(mixed, cauchy) is S.true
    assert _kl_finite(mixed, normal) is S.false
    assert _kl_finite(cauchy, Mixture((half, normal), (half, wide))) is S.false
    w = Symbol("w", nonnegative=True)
    assert _kl_finite(Mixture((w, normal), (1 - w, cauchy)), normal) == Eq(w, 1)


def test_plain_symbols_and_facts() -> None:
    nu, location, scale = symbols("nu mu sigma")
    assert _kl_finite(StudentT(nu, location, scale), Normal(location, scale)) == (nu > 2)
    f, point = _log_ratio(StudentT(nu, location, scale), Normal(location, scale))
    assert finite_condition(f, point, StudentT(nu, location, scale), Facts.of(nu > 3)) is S.true
    assert finite_condition(f, point, StudentT(nu, location, scale), Facts.of(nu < 2)) is S.false


def test_finite_laws() -> None:
    first = Finite({"a": Rational(1, 2), "b": Rational(1, 2)})
    second = Finite({"a": Rational(1, 3), "b": Rational(2, 3)})
    assert _kl_finite(first, second) is S.true
    assert _kl_finite(Categorical(Rational(1, 2), Rational(1, 2)), Zeta(2)) is S.true
    assert finite_condition(log(x), x, Finite({0: Rational(1, 2), 1: Rational(1, 2)})) is S.false


def test_what_is_not_decided_says_so() -> None:
    for f, law in ((Function("g")(x), Normal(0, 1)), (tan(x), Normal(0, 1)), (x * cos(x), Cauchy(0, 1)), (log(x), Normal(0, 1))):
        with pytest.raises(Undecided):
            finite_condition(f, x, law)
    with pytest.raises(Undecided):
        finite_condition(log(m - 3), m, Geometric(Rational(1, 2)))


def test_sign_of_a_divergence() -> None:
    assert divergent_sign(x, x, Cauchy(0, 1)) is None
    assert divergent_sign(x**2, x, Cauchy(0, 1)) == 1
    assert divergent_sign(-(x**2) + x, x, Cauchy(0, 1)) == -1
    assert divergent_sign(x**2, x, Normal(0, 1)) is None
    assert divergent_sign(1 / u - u, u, Exponential(1)) == 1
    assert divergent_sign(log(k), k, Poisson(a)) == -1
    entropy = Density(1 / (u * log(u) ** 2), u, (E, oo))
    assert divergent_sign(-entropy.log_density(u), u, entropy) == 1
    for first, second in (("Cauchy", "Gumbel"), ("StudentT", "Normal"), ("Pareto", "Exponential"), ("Gamma", "InverseGamma"), ("Zeta", "Poisson")):
        p, q = _pair(first, second)
        f, point = _log_ratio(p, q)
        assert divergent_sign(f, point, p) == 1, "a divergence can only be +∞"
        assert divergent_sign(-q.log_density(point), point, p) == 1


def test_quick_enough() -> None:
    """A few milliseconds a pair: the median of warm calls on a loaded machine stays under 25 ms of processor time."""
    names = ("Gamma", "Weibull", "LogNormal", "InverseGamma", "Frechet", "Pareto", "Rayleigh")
    times = []
    for first in names:
        for second in names:
            p, q = _pair(first, second)
            if p.support.within(q.support) is S.false:
                continue
            start = time.process_time()
            _kl_finite(p, q)
            times.append(time.process_time() - start)
    assert sorted(times)[len(times) // 2] < 0.025


def _comparable() -> Iterator[tuple[str, str]]:
    for first in FAMILIES:
        for second in FAMILIES:
            p, q = _pair(first, second)
            if p.is_discrete == q.is_discrete and p.support.within(q.support) is not S.false:
                yield first, second


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_every_pair_is_decided_and_agrees_with_numbers() -> None:
    """All ordered pairs of the catalogue: none undecided; every condition agrees with numbers at, above and below its boundaries."""
    undecided, wrong, total = [], [], 0
    for first, second in _comparable():
        p, q = _pair(first, second)
        try:
            condition = _kl_finite(p, q)
        except Undecided as reason:
            undecided.append(f"{first} ‖ {second}: {reason}")
            continue
        if not _is_bounded_lattice(p):
            found, count = disagreements(p, q, condition)
            wrong += found
            total += count
    assert not undecided, undecided
    assert not wrong, wrong
    assert total > 4000


def test_supports_of_the_tables_laws_are_of_the_known_kinds() -> None:
    assert all(isinstance(FAMILIES[name].generic().support, (Continuum, Lattice)) for name, _, _ in TABLE)


def test_the_logarithm_of_a_quotient_of_opposites_is_taken_at_once() -> None:
    # The cosine holds −(π − 1/64)/(π − 1/64), which SymPy's deep expansion of logarithms turned back and forth for ever.
    edge = pi - Rational(1, 64)
    assert _kl_finite(symkl.RaisedCosine(Rational(1, 64), edge), symkl.WrappedCauchy(0, S.Half)) == ALWAYS
