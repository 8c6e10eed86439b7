"""The checker on derivations written by hand, one for each kind of step: all proved; and what each kind must not accept."""

from __future__ import annotations

import pytest
from sympy import (
    Abs,
    Add,
    Contains,
    EulerGamma,
    Expr,
    Function,
    Integer,
    Max,
    Ne,
    Piecewise,
    Rational,
    S,
    Sum,
    Symbol,
    binomial,
    cos,
    exp,
    expint,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sin,
    sqrt,
    symbols,
    zeta,
)

from symkl.core import KL, Continuum, CrossEntropy, Density, Entropy, Expectation, Lattice, Mixture
from symkl.core.steps import Step
from symkl.derive import derive
from symkl.derive.check import check_steps
from symkl.derive.checks import heads
from symkl.derive.checks.context import Context
from symkl.families import (
    Bernoulli,
    Cardioid,
    Cauchy,
    Exponential,
    Gamma,
    InverseGaussian,
    Laplace,
    LogNormal,
    Normal,
    Pareto,
    Poisson,
    StudentT,
    Uniform,
    VonMises,
    WrappedCauchy,
    Zeta,
)

half = Rational(1, 2)
x, z, theta = symbols("x z theta", real=True)
u, v = symbols("u v", positive=True)
k = Symbol("k", integer=True, nonnegative=True)
a, b, s, t = symbols("a b s t", positive=True)
m, c = symbols("m c", real=True)

STANDARD_NORMAL = Density.from_log(-(z**2) / 2 - log(2 * pi) / 2, z, Continuum(-oo, oo))
STANDARD_EXPONENTIAL = Density.from_log(-u, u, Continuum(0, oo))


def step(before: Expr, after: Expr, kind: str, conditions: tuple = (), **data: object) -> Step:
    return Step(before, after, kind, kind, conditions, data)


def replay(*steps: Step, conditions: tuple = ()) -> str:
    verdict = check_steps(steps[0].before, steps, steps[-1].after, conditions)
    return verdict.status


def through(before: Expr, law: Density, after: Expr, *maps: tuple) -> Step:
    return step(before, after, "substitution", maps=maps)


# -- definitions ---------------------------------------------------------------------------------------------------------------------


def test_definition_of_kl_and_entropies() -> None:
    P, Q = Normal(m, s), Normal(0, 1)
    f = P.log_density(x) - Q.log_density(x)
    assert replay(step(KL(P, Q), Expectation(f, x, P), "definition")) == "proved"
    assert replay(step(KL(P, Q), -Expectation(-f, x, P), "definition")) == "proved"
    assert replay(step(KL(P, Q), -Expectation(f, x, P), "definition")) == "refuted"
    assert replay(step(KL(P, Q), Expectation(f, x, Q), "definition")) != "proved"
    assert replay(step(Entropy(P), Expectation(-P.log_density(x), x, P), "definition")) == "proved"
    assert replay(step(CrossEntropy(P, Q), Expectation(-Q.log_density(x), x, P), "definition")) == "proved"
    assert replay(step(CrossEntropy(P, Q), Expectation(-P.log_density(x), x, P), "definition")) == "refuted"


def test_definition_in_another_base() -> None:
    P, Q = Normal(m, s), Normal(0, 1)
    f = P.log_density(x) - Q.log_density(x)
    assert replay(step(KL(P, Q, base=2), Expectation(f, x, P) / log(2), "definition")) == "proved"
    assert replay(step(KL(P, Q, base=2), Expectation(f, x, P), "definition")) == "refuted"
    assert replay(step(KL(P, Q, base=2), Expectation(f, x, P) * log(2), "definition")) == "refuted"


def test_definition_needs_absolute_continuity() -> None:
    P, Q = Normal(m, s), Exponential(b)
    f = P.log_density(x) - Q.log_density(x)
    assert replay(step(KL(P, Q), Expectation(f, x, P), "definition")) == "refuted"
    P, Q = Uniform(0, a), Uniform(0, b)
    definition = step(KL(P, Q), Expectation(log(b / a), u, P), "definition", (a <= b,))
    assert replay(definition) == "unknown"
    assert replay(definition, conditions=(a <= b,)) == "proved"
    assert replay(step(KL(P, Q), Expectation(log(b / a), u, P), "definition"), conditions=(b <= a,)) != "proved"


def test_the_variable_must_not_clash() -> None:
    P, Q = Exponential(a), Exponential(b)
    f = P.log_density(a) - Q.log_density(a)
    assert replay(step(KL(P, Q), Expectation(f, a, P), "definition")) == "unknown"


def test_the_variable_must_not_know_more_than_the_support() -> None:
    P = Normal(0, 1)
    assert replay(step(Expectation(Abs(u), u, P), Expectation(u, u, P), "linearity")) == "unknown"
    P = Poisson(a)
    n = Symbol("n", integer=True, positive=True)
    assert replay(step(Expectation(Abs(n), n, P), Expectation(n, n, P), "linearity")) == "unknown"
    assert replay(step(Expectation(Abs(k), k, P), Expectation(k + 1, k, P) - 1, "linearity")) == "proved"


def test_a_definition_must_be_one() -> None:
    assert replay(step(Function("f")(x), Expectation(x, x, Normal(0, 1)), "definition")) == "unknown"


# -- linearity -----------------------------------------------------------------------------------------------------------------------


def test_linearity() -> None:
    P = Gamma(a, b)
    whole = Expectation(2 * log(u) - 3 * u + 5, u, P)
    assert replay(step(whole, 2 * Expectation(log(u), u, P) - 3 * Expectation(u, u, P) + 5, "linearity")) == "proved"
    assert replay(step(whole, 2 * Expectation(log(v), v, P) - 3 * Expectation(u, u, P) + 5, "linearity")) == "proved"
    assert replay(step(whole, 2 * Expectation(log(u), u, P) - 3 * Expectation(u, u, P), "linearity")) == "refuted"
    assert replay(step(whole, 2 * Expectation(log(u), u, P) - 3 * Expectation(u, u, Gamma(b, a)) + 5, "linearity")) == "unknown"
    assert replay(step(whole, Expectation(u, u, P) ** 2, "linearity")) == "unknown"
    # a coefficient must not depend on the point
    assert replay(step(Expectation(u**2, u, P), u * Expectation(u, u, P), "linearity")) == "unknown"


def test_a_constant_needs_total_mass_one() -> None:
    wrong = Density.from_log(-2 * u, u, Continuum(0, oo))
    right = Density.from_log(-2 * u + log(2), u, Continuum(0, oo))
    for law, status in ((wrong, "unknown"), (right, "proved"), (Mixture((half, Exponential(1)), (half, Exponential(2))), "proved")):
        linear = step(Expectation(u + 7, u, law), Expectation(u, u, law) + 7, "linearity")
        assert replay(linear) == status
    for law in (Mixture((a, Exponential(1)), (b, Exponential(2))), Mixture((half, Exponential(1)), (half, wrong))):
        assert replay(step(Expectation(u + 7, u, law), Expectation(u, u, law) + 7, "linearity")) == "unknown"


# -- substitution --------------------------------------------------------------------------------------------------------------------


def test_substitution_with_jacobian() -> None:
    before = Expectation(log(u), u, LogNormal(m, s))
    g = exp(m + s * z)
    assert replay(through(before, STANDARD_NORMAL, Expectation(m + s * z, z, STANDARD_NORMAL), (1, g, z, STANDARD_NORMAL))) == "proved"
    assert replay(through(before, STANDARD_NORMAL, Expectation(m + s * z + 1, z, STANDARD_NORMAL), (1, g, z, STANDARD_NORMAL))) == "refuted"
    wide = Density.from_log(-(z**2) / 2 - log(2 * pi) / 2 + log(2), z, Continuum(-oo, oo))
    assert replay(through(before, wide, Expectation(m + s * z, z, wide), (1, g, z, wide))) == "refuted"
    wrong = exp(m + 2 * s * z)
    assert replay(through(before, STANDARD_NORMAL, Expectation(m + 2 * s * z, z, STANDARD_NORMAL), (1, wrong, z, STANDARD_NORMAL))) == "refuted"


def test_substitution_split_at_a_kink() -> None:
    before = Expectation(Abs(x - m), x, Laplace(m, b))
    maps = ((half, m + b * u, u, STANDARD_EXPONENTIAL), (half, m - b * u, u, STANDARD_EXPONENTIAL))
    after = Expectation(b * u, u, STANDARD_EXPONENTIAL)
    assert replay(step(before, after, "substitution", maps=maps)) == "proved"
    assert replay(step(before, after, "substitution", maps=maps[:1])) != "proved"
    assert replay(step(before, after, "substitution", maps=(maps[0], maps[0]))) != "proved"
    quarter = (Rational(1, 4), *maps[0][1:]), (Rational(3, 4), *maps[1][1:])
    assert replay(step(before, after, "substitution", maps=quarter)) == "refuted"


def test_substitution_onto_part_of_the_support() -> None:
    # the map u = v + 1 leaves (0, 1) out
    tail = Density.from_log(-(v + 1), v, Continuum(0, oo))
    before = Expectation(u, u, Exponential(1))
    assert replay(step(before, Expectation(v + 1, v, tail), "substitution", maps=((1, v + 1, v, tail),))) != "proved"
    # not monotone: z² covers the half line twice
    squared = Density.from_log(-(z**2) + log(2 * Abs(z)), z, Continuum(-oo, oo))
    assert replay(step(before, Expectation(z**2, z, squared), "substitution", maps=((1, z**2, z, squared),))) == "unknown"


def test_substitution_must_not_capture() -> None:
    before = Expectation(u * v, u, Exponential(1))
    law = Density.from_log(-v, v, Continuum(0, oo))
    assert replay(step(before, Expectation(v * v, v, law), "substitution", maps=((1, v, v, law),))) == "unknown"


def test_substitution_on_a_lattice() -> None:
    P = Density.from_log(k * log(2) - 2 - loggamma(k + 1), k, Lattice(0, oo))
    n = Symbol("n", integer=True, positive=True)
    shifted = Density.from_log((n - 1) * log(2) - 2 - loggamma(n), n, Lattice(1, oo))
    before = Expectation(n, n, shifted)
    assert replay(step(before, Expectation(k + 1, k, P), "substitution", maps=((1, k + 1, k, P),))) == "proved"
    assert replay(step(before, Expectation(k + 2, k, P), "substitution", maps=((1, k + 2, k, P),))) == "refuted"
    assert replay(step(before, Expectation(2 * k + 1, k, P), "substitution", maps=((1, 2 * k + 1, k, P),))) == "refuted"
    other = Density.from_log(-u, u, Continuum(0, oo))
    assert replay(step(before, Expectation(u, u, other), "substitution", maps=((1, u, u, other),))) == "unknown"


def test_substitution_around_the_circle() -> None:
    P = VonMises(m, b)
    centred = Density.from_log(P.log_density(theta + m), theta, Continuum(-pi, pi))
    turn = ((1, theta + m, theta, centred),)
    assert replay(step(Expectation(cos(x), x, P), Expectation(cos(theta + m), theta, centred), "substitution", maps=turn)) == "proved"
    # x itself is not periodic
    before = Expectation(x, x, P)
    assert replay(step(before, Expectation(theta + m, theta, centred), "substitution", maps=turn)) != "proved"


# -- master integrals ----------------------------------------------------------------------------------------------------------------

STANDARD_GAMMA = Density.from_log((s - 1) * log(u) - u - loggamma(s), u, Continuum(0, oo))


def by_master(
    f: Expr, law: Density, value: Expr, master: str, values: dict, orders: dict | None = None, c: Expr = S.One, conditions: tuple = ()
) -> Step:
    data = {"master": master, "values": tuple(values.items()), "orders": tuple((orders or {}).items()), "coefficient": c}
    return Step(Expectation(f, law.variable, law), value, "master", master, conditions, data)


def test_gamma_integral_and_its_derivatives() -> None:
    for n, value in ((0, S.One), (1, polygamma(0, s)), (2, polygamma(0, s) ** 2 + polygamma(1, s))):
        assert replay(by_master(log(u) ** n, STANDARD_GAMMA, value, "gamma", {"s": s, "t": 1}, {"s": n}, 1 / gamma(s))) in ("proved",)
    good = {"s": s + 1, "t": S.One}
    assert replay(by_master(u, STANDARD_GAMMA, s, "gamma", good, None, 1 / gamma(s))) == "proved"
    assert replay(by_master(u, STANDARD_GAMMA, s + 1, "gamma", good, None, 1 / gamma(s))) == "refuted"
    assert replay(by_master(u, STANDARD_GAMMA, s, "gamma", {"s": s, "t": S.One}, None, 1 / gamma(s))) == "refuted"
    assert replay(by_master(u, STANDARD_GAMMA, s, "gamma", good, {"s": 1}, 1 / gamma(s))) == "refuted"
    assert replay(by_master(u, STANDARD_GAMMA, s, "gamma", good, None, 2 / gamma(s))) == "refuted"
    assert replay(by_master(u, STANDARD_GAMMA, s, "beta", {"a": s + 1, "b": S.One}, None, 1 / gamma(s))) != "proved"
    assert replay(by_master(u, STANDARD_GAMMA, s, "nonsense", good)) == "unknown"
    assert replay(by_master(u, STANDARD_GAMMA, s, "gamma", {"s": s + 1})) == "unknown"


def test_nothing_may_depend_on_the_bound_variable() -> None:
    assert replay(by_master(u, STANDARD_GAMMA, u, "gamma", {"s": s, "t": S.One}, None, u / gamma(s))) == "unknown"
    before = Expectation(u, u, STANDARD_GAMMA)
    same = Density.from_log(STANDARD_GAMMA.log_density(v), v, Continuum(0, oo))
    assert replay(step(before, v * Expectation(S.One, v, same), "substitution", maps=((1, v, v, same),))) == "unknown"
    assert replay(step(before, u * Expectation(S.One, u, STANDARD_GAMMA), "linearity")) == "unknown"
    assert replay(step(before, s + v - v * Expectation(S.One, u, STANDARD_GAMMA), "linearity")) == "unknown"


def test_a_case_must_not_be_narrower_than_its_sign() -> None:
    xi = Symbol("xi", real=True, nonzero=True)
    head = KL(Normal(xi, 1), Normal(xi, 1))
    for extra, status in (({}, "proved"), ({"integer": True}, "unknown")):
        up, down = Symbol("xi", positive=True, **extra), Symbol("xi", negative=True)
        cases = [(each, inner := head.xreplace({xi: each}), (step(inner, S.Zero, "known value"),), S.Zero) for each in (up, down)]
        assert replay(step(head, S.Zero, "cases", symbol=xi, cases=tuple(cases))) == status


def test_a_master_needs_its_domain() -> None:
    shifted = {"s": s - 1, "t": S.One}
    negative = by_master(1 / u, STANDARD_GAMMA, 1 / (s - 1), "gamma", shifted, None, 1 / gamma(s), (s > 1,))
    assert replay(negative) == "unknown"
    assert replay(negative, conditions=(s > 1,)) == "proved"
    assert replay(by_master(1 / u, STANDARD_GAMMA, 1 / (s - 1), "gamma", shifted, None, 1 / gamma(s)), conditions=(s > half,)) == "unknown"
    assert replay(by_master(1 / u, STANDARD_GAMMA, 1 / (s - 1), "gamma", shifted, None, 1 / gamma(s)), conditions=(s < 1,)) == "refuted"


def test_a_master_needs_its_range() -> None:
    cut = Density.from_log((s - 1) * log(u) - u - loggamma(s), u, Continuum(0, 1))
    assert replay(by_master(u, cut, s, "gamma", {"s": s + 1, "t": S.One}, None, 1 / gamma(s))) == "unknown"
    tail = Density.from_log(-u + 1, u, Continuum(1, oo))
    assert replay(by_master(1 / u, tail, exp(1) * expint(1, 1), "incomplete_gamma", {"s": 0, "t": 1, "c": 1}, None, exp(1))) == "proved"
    assert replay(by_master(1 / u, tail, exp(1) * expint(1, 2), "incomplete_gamma", {"s": 0, "t": 1, "c": 2}, None, exp(1))) != "proved"
    # the bound moves with c, so differentiation under the integral is not allowed in it
    assert replay(by_master(S.Zero, tail, -exp(-1), "incomplete_gamma", {"s": 1, "t": 1, "c": 1}, {"c": 1})) != "proved"


def test_other_masters() -> None:
    assert replay(by_master(z**4, STANDARD_NORMAL, Integer(3), "gaussian", {"t": 0}, {"t": 4}, 1 / sqrt(2 * pi))) == "proved"
    standard_cauchy = Density.from_log(-log(pi) - log(1 + z**2), z, Continuum(-oo, oo))
    kernel = log((z - m) ** 2 + a**2)
    assert replay(by_master(kernel, standard_cauchy, log(m**2 + (1 + a) ** 2), "poisson_kernel", {"a": m, "b": a})) == "proved"
    assert replay(by_master(kernel, standard_cauchy, log(m**2 + 1 + a**2), "poisson_kernel", {"a": m, "b": a})) == "refuted"
    P = InverseGaussian(a, b)
    transported = Density.from_log(P.log_density(a * u) + log(a), u, Continuum(0, oo))
    values = {"nu": -half, "omega": b / a}
    coefficient = sqrt(b / (2 * pi * a)) * exp(b / a)
    by_order = by_master(log(u), transported, -exp(2 * b / a) * expint(1, 2 * b / a), "bessel_k", values, {"nu": 1}, coefficient)
    assert replay(by_order) == "proved"
    wrong = by_master(log(u), transported, exp(2 * b / a) * expint(1, 2 * b / a), "bessel_k", values, {"nu": 1}, coefficient)
    assert replay(wrong) != "proved"


def test_sums() -> None:
    P = Density.from_log(k * log(a) - a - loggamma(k + 1), k, Lattice(0, oo))
    assert replay(by_master(k, P, a, "exponential_series", {"z": a}, {"z": 1}, exp(-a) * a)) == "proved"
    # k² is not a derivative but a combination of two: the checker finds it from the highest order
    assert replay(by_master(k**2, P, a**2 + a, "exponential_series", {"z": a}, {"z": 2})) == "proved"
    assert replay(by_master(k**2, P, a**2, "exponential_series", {"z": a}, {"z": 2})) == "refuted"
    n = Symbol("n", integer=True, positive=True)
    assert (
        replay(
            by_master(
                log(n),
                Density.from_log(Zeta(s).log_density(n), n, Lattice(1, oo)),
                -zeta(s).diff(s) / zeta(s),
                "zeta",
                {"s": s},
                {"s": 1},
                -1 / zeta(s),
            ),
            conditions=(s > 1,),
        )
        == "proved"
    )
    geometric = Density.from_log((n - 1) * log(1 - a) + log(a), n, Lattice(1, oo))
    assert replay(by_master(n, geometric, 1 / a, "negative_binomial", {"r": 1, "z": 1 - a}, {"z": 1}), conditions=(a < 1,)) == "proved"
    assert replay(by_master(n, geometric, 1 / a - 1, "negative_binomial", {"r": 1, "z": 1 - a}, {"z": 1}), conditions=(a < 1,)) == "refuted"


# -- symmetry, kinks, antiderivatives, sums -------------------------------------------------------------------------------------------


def test_symmetry() -> None:
    assert replay(step(Expectation(x - m, x, Normal(m, s)), S.Zero, "symmetry", centre=m)) == "proved"
    assert replay(step(Expectation(sin(theta), theta, VonMises(0, b)), S.Zero, "symmetry")) == "proved"
    assert replay(step(Expectation(x - m, x, Normal(m, s)), S.Zero, "symmetry", centre=S.Zero)) == "refuted"
    assert replay(step(Expectation(x**2, x, Normal(0, s)), S.Zero, "symmetry")) == "refuted"
    assert replay(step(Expectation(x - half, x, Uniform(0, 2)), S.Zero, "symmetry", centre=half)) == "refuted"


def test_symmetry_does_not_give_the_cauchy_law_a_mean() -> None:
    assert replay(step(Expectation(x, x, Cauchy(0, 1)), S.Zero, "symmetry")) == "refuted"
    assert replay(step(Expectation(x, x, StudentT(s, 0, 1)), S.Zero, "symmetry")) == "unknown"
    assert replay(step(Expectation(x, x, StudentT(s, 0, 1)), S.Zero, "symmetry"), conditions=(s > 1,)) == "proved"
    # a pole inside
    assert replay(step(Expectation(1 / x, x, Normal(0, 1)), S.Zero, "symmetry")) == "unknown"


def test_reflection() -> None:
    P = Normal(m, s)
    assert replay(step(Expectation(exp(x), x, P), Expectation(exp(2 * m - x), x, P), "reflection", centre=m)) == "proved"
    assert replay(step(Expectation(exp(x), x, P), Expectation(exp(-x), x, P), "reflection", centre=m)) != "proved"
    assert replay(step(Expectation(exp(u), u, Exponential(2)), Expectation(exp(-u), u, Exponential(2)), "reflection")) != "proved"


def test_symmetric_kink() -> None:
    P, delta = Laplace(m, b), Abs(c - m)
    after = delta + Expectation(Max(b * u - delta, 0), u, STANDARD_EXPONENTIAL)
    data = {"centre": m, "kink": c, "maps": ((half, m + b * u, u, STANDARD_EXPONENTIAL),)}
    first = step(Expectation(Abs(x - c), x, P), after, "symmetric kink", **data)
    inner, G = Expectation(Max(b * u - delta, 0), u, STANDARD_EXPONENTIAL), -(b * u + b - delta) * exp(-u)
    edge = delta / b
    pieces = ((S.Zero, edge, S.Zero, S.Zero, S.Zero), (edge, oo, G, -b * exp(-edge), S.Zero))
    second = step(inner, b * exp(-edge), "antiderivative", pieces=pieces)
    head = Expectation(Abs(x - c), x, P)
    assert check_steps(head, [first, second], delta + b * exp(-edge)).status == "proved"
    assert check_steps(head, [first, second], delta - b * exp(-edge)).status == "refuted"
    assert replay(step(head, after - delta, "symmetric kink", **data)) == "refuted"
    assert replay(step(head, after, "symmetric kink", **{**data, "kink": m})) != "proved"
    wrong = ((S.Zero, edge, S.Zero, S.Zero, S.Zero), (edge, oo, G + 1, 1 - b * exp(-edge), S.Zero))
    assert replay(step(inner, b * exp(-edge) - 1, "antiderivative", pieces=wrong)) != "proved"


def test_antiderivative() -> None:
    P = Uniform(0, a)
    before = Expectation(u**2, u, P)
    G = u**3 / (3 * a)
    good = ((S.Zero, a, G, S.Zero, a**2 / 3),)
    assert replay(step(before, a**2 / 3, "antiderivative", pieces=good)) == "proved"
    assert replay(step(before, a**2 / 2, "antiderivative", pieces=good)) == "refuted"
    assert replay(step(before, a**2 / 2, "antiderivative", pieces=((S.Zero, a, u**3 / (2 * a), S.Zero, a**2 / 2),))) == "refuted"
    assert replay(step(before, a**2 / 24, "antiderivative", pieces=((S.Zero, a / 2, G, S.Zero, a**2 / 24),))) != "proved"
    overlapping = ((S.Zero, 2 * a, G, S.Zero, 8 * a**2 / 3), (2 * a, a, G, 8 * a**2 / 3, a**2 / 3))
    assert replay(step(before, a**2 / 3, "antiderivative", pieces=overlapping)) != "proved"


def test_antiderivative_at_singular_ends() -> None:
    before = Expectation(log(u), u, Uniform(0, 1))
    G = u * log(u) - u
    assert replay(step(before, S.NegativeOne, "antiderivative", pieces=((S.Zero, S.One, G, S.Zero, S.NegativeOne),))) == "proved"
    P = Exponential(a)
    G = -(u + 1 / a) * exp(-a * u)
    assert replay(step(Expectation(u, u, P), 1 / a, "antiderivative", pieces=((S.Zero, oo, G, -1 / a, S.Zero),))) == "proved"
    assert replay(step(Expectation(u, u, P), 2 / a, "antiderivative", pieces=((S.Zero, oo, G, -2 / a, S.Zero),))) == "refuted"
    # an antiderivative with a jump inside
    jump = Abs(x) / x
    assert (
        replay(step(Expectation(S.Zero, x, Uniform(-1, 1)), Integer(2), "antiderivative", pieces=((-S.One, S.One, jump, -S.One, S.One),)))
        == "unknown"
    )
    pole = -1 / x
    assert (
        replay(step(Expectation(2 / x**2, x, Uniform(-1, 1)), -Integer(2), "antiderivative", pieces=((-S.One, S.One, pole, S.One, -S.One),)))
        == "unknown"
    )


def test_finite_sum() -> None:
    P = Bernoulli(a)
    assert replay(step(Expectation(k**2, k, P), a, "finite sum"), conditions=(a < 1,)) == "proved"
    assert replay(step(Expectation(k**2, k, P), a**2, "finite sum"), conditions=(a < 1,)) == "refuted"
    assert replay(step(Expectation(u, u, Exponential(1)), S.One, "finite sum")) != "proved"
    law = Density.from_log(-log(Integer(2) ** 5) + log(binomial(5, k)), k, Lattice(0, 5))
    total = Sum(log(k + 1) * binomial(5, k) / 32, (k, 0, 5))
    assert replay(step(Expectation(log(k + 1), k, law), total, "finite sum")) == "proved"
    assert replay(step(Expectation(log(k + 2), k, law), total, "finite sum")) != "proved"


# -- heads, cases, symbols ------------------------------------------------------------------------------------------------------------


def test_identical_laws() -> None:
    assert replay(step(KL(Normal(m, s), Normal(m, s)), S.Zero, "known value")) == "proved"
    assert replay(step(KL(Normal(m, s), Normal(m, a)), S.Zero, "known value")) == "unknown"
    assert replay(step(KL(Normal(m, s), Normal(m, s)), S.One, "known value")) == "refuted"
    assert replay(step(Entropy(Normal(m, s)), S.Zero, "known value")) == "unknown"


def test_infinite_by_support() -> None:
    assert replay(step(KL(Normal(m, s), Exponential(a)), oo, "infinite", reason="support")) == "proved"
    assert replay(step(KL(Normal(m, s), Poisson(a)), oo, "infinite", reason="support")) == "proved"
    assert replay(step(KL(Exponential(a), Normal(m, s)), oo, "infinite", reason="support")) == "refuted"
    assert replay(step(KL(Uniform(0, a), Uniform(0, b)), oo, "infinite", reason="support")) != "proved"
    assert replay(step(KL(Uniform(0, a), Uniform(0, b)), oo, "infinite", reason="support"), conditions=(a > b,)) == "proved"
    assert replay(step(KL(Normal(m, s), Exponential(a)), -oo, "infinite", reason="support")) == "refuted"


def test_infinite_by_tails() -> None:
    assert replay(step(KL(Cauchy(0, 1), Normal(0, 1)), oo, "infinite", reason="tail")) == "proved"
    assert replay(step(KL(Normal(0, 1), Cauchy(0, 1)), oo, "infinite", reason="tail")) == "refuted"
    pareto = KL(Pareto(a, 1), Exponential(b))
    assert replay(step(pareto, oo, "infinite", reason="tail")) != "proved"
    assert replay(step(pareto, oo, "infinite", reason="tail"), conditions=(a < 1,)) == "proved"
    assert replay(step(pareto, oo, "infinite", reason="tail"), conditions=(a > 1,)) == "refuted"
    assert replay(step(CrossEntropy(Cauchy(0, 1), Normal(0, 1)), oo, "infinite", reason="tail")) == "proved"
    assert replay(step(CrossEntropy(Cauchy(0, 1), Normal(0, 1)), -oo, "infinite", reason="tail")) == "refuted"
    # diverges to both signs
    assert replay(step(Expectation(x, x, Cauchy(0, 1)), oo, "infinite", reason="tail")) == "refuted"


def test_split_with_its_boundary() -> None:
    head = KL(Pareto(a, 1), Exponential(b))
    for condition, status in ((a > 1, "proved"), (a >= 1, "proved"), (a > 2, "unknown"), (b > 1, "unknown")):
        split = step(head, Piecewise((head, condition), (oo, True)), "piecewise", (condition,))
        # what is proved of `a >= 1` is only that the value is oo below; that it is finite above is for later steps
        assert check_steps(head, [split], split.after).status == status
    assert (
        check_steps(head, [step(head, Piecewise((head, a > 1), (-oo, True)), "piecewise")], Piecewise((head, a > 1), (-oo, True))).status == "refuted"
    )


def test_steps_inside_a_case_may_use_its_condition() -> None:
    P, Q = Uniform(0, a), Uniform(0, b)
    head, mean = KL(P, Q), Expectation(log(b / a), u, P)
    split = step(head, Piecewise((head, a <= b), (oo, True)), "piecewise", (a <= b,))
    result = Piecewise((log(b / a), a <= b), (oo, True))
    steps = [split, step(head, mean, "definition", (a <= b,)), step(mean, log(b / a), "linearity")]
    assert check_steps(head, steps, result).status == "proved"
    assert check_steps(head, steps, log(b / a)).status == "unknown"
    assert check_steps(head, steps, Piecewise((log(b / a), a <= 2 * b), (oo, True))).status == "unknown"
    assert check_steps(head, steps[1:], log(b / a)).status == "unknown"


def test_symbols_for_plain_ones() -> None:
    mu, sigma = symbols("mu sigma")
    inner_mu, inner_sigma = Symbol("mu", real=True), Symbol("sigma", positive=True)
    outer, inner = Normal(mu, sigma), Normal(inner_mu, inner_sigma)
    names = ((mu, inner_mu), (sigma, inner_sigma))
    head = KL(outer, outer)
    opening = step(head, KL(inner, inner), "assumption", names=names)
    assert check_steps(head, [opening, step(KL(inner, inner), S.Zero, "known value")], S.Zero).status == "proved"
    negative = Symbol("sigma", negative=True)
    head = Expectation(x * sigma, x, Exponential(1))
    assert replay(step(head, head.xreplace({sigma: inner_sigma}), "assumption", names=((sigma, inner_sigma),))) == "unknown"
    assert replay(step(head, head.xreplace({sigma: inner_sigma}), "assumption", names=((sigma, inner_sigma),)), conditions=(sigma > 0,)) == "proved"
    assert replay(step(head, head.xreplace({sigma: negative}), "assumption", names=((sigma, negative),)), conditions=(sigma > 0,)) == "unknown"
    both = ((mu, inner_mu), (sigma, inner_mu))
    head = KL(Normal(mu, 1), Normal(sigma, 1))
    reals = (Contains(mu, S.Reals), Contains(sigma, S.Reals))
    merged = KL(Normal(inner_mu, 1), Normal(inner_mu, 1))
    assert replay(step(head, merged, "assumption", names=both), step(merged, S.Zero, "known value"), conditions=reals) == "unknown"


def test_algebra() -> None:
    before = log(a * b) + gamma(a + 1) / gamma(a)
    assert replay(step(before, log(a) + log(b) + a, "algebra")) == "proved"
    assert replay(step(before, log(a) + log(b) + a + Rational(1, 10**9), "algebra")) == "refuted"
    P = Normal(m, s)
    assert replay(step(Expectation(2 * x, x, P) + 1, Add(Expectation(x, x, P), Expectation(x + 1, x, P)), "algebra")) == "proved"
    # a condition on the bound variable must not become a case of the parameters
    kinked = Piecewise((1 - x, x < c), (x, True))
    head = Expectation(kinked, x, P)
    escaped = Piecewise((Expectation(1 - x, x, P), x < c), (Expectation(x, x, P), True))
    assert replay(step(head, escaped, "algebra")) == "unknown"


def test_algebra_with_cases() -> None:
    value = Piecewise((log(2), a <= 1), (log(2 * a), True))
    assert replay(step(value + 1, Piecewise((1 + log(2), a <= 1), (1 + log(2) + log(a), True)), "algebra")) == "proved"
    assert replay(step(value + 1, Piecewise((1 + log(2), a <= 1), (1 + log(2), True)), "algebra")) != "proved"
    limit = Piecewise((S.One, Ne(a, 1)), (a, True))
    assert replay(step(limit, S.One, "algebra")) == "proved"


# -- the replay itself ----------------------------------------------------------------------------------------------------------------


def test_every_step_must_apply_and_lead_to_the_result() -> None:
    P = Exponential(a)
    mean, stated = Expectation(u, u, P), 1 / a
    pieces = ((S.Zero, oo, -(u + 1 / a) * exp(-a * u), -1 / a, S.Zero),)
    good = step(mean, stated, "antiderivative", pieces=pieces)
    assert check_steps(mean, [good], stated).status == "proved"
    assert check_steps(mean, [], stated).status == "unknown"
    assert check_steps(mean, [good], stated + 1).status == "refuted"
    assert check_steps(mean, [step(mean, mean, "algebra"), good], stated).status == "unknown"
    assert check_steps(mean, [step(Expectation(u**2, u, P), 2 / a**2, "antiderivative", pieces=()), good], stated).status == "unknown"
    assert check_steps(mean, [step(mean, stated, "looked up")], stated).status == "unknown"


@pytest.mark.parametrize("data", [{}, {"pieces": None}, {"pieces": ((1, 2),)}, {"maps": 3, "master": None, "values": 1, "names": "x"}])
@pytest.mark.parametrize("kind", ["antiderivative", "substitution", "master", "branches", "symmetric kink", "assumption", "piecewise"])
def test_malformed_data_is_unknown_and_no_traceback(kind: str, data: dict) -> None:
    before = Expectation(u, u, Exponential(a))
    verdict = check_steps(before, [Step(before, 1 / a, kind, kind, (), data)], 1 / a)
    assert verdict.status == "unknown" and verdict.reason.startswith("step 1")


def test_a_verdict_names_the_step() -> None:
    before = Expectation(u, u, Exponential(a))
    verdict = check_steps(before, [Step(before, 1 / a + EulerGamma, "linearity", "linearity of the expectation")], 1 / a + EulerGamma)
    assert verdict.reason.startswith("step 1 (linearity of the expectation)")


def test_infinite_cross_entropy_by_support() -> None:
    """Where q = 0 on part of supp P, −log q is oo there; on supp Q it must be bounded below, or integrable."""
    for P, Q in (
        (Normal(m, s), Exponential(a)),
        (Normal(m, s), Poisson(a)),
        (Poisson(a), Normal(m, s)),
        (Poisson(a), Bernoulli(half)),
        (Uniform(0, 2), Uniform(0, 1)),
    ):
        assert replay(step(CrossEntropy(P, Q), oo, "infinite", reason="support")) == "proved"
        assert replay(step(CrossEntropy(P, Q), -oo, "infinite", reason="support")) == "refuted"
    # −log q ~ −1/√x against p ~ 1/√x diverges to −oo at 0, and −log q = oo beyond 1: no value
    steep = Density.from_log(1 / sqrt(u) - 10, u, Continuum(0, 1))
    heavy = Density.from_log(-log(u) / 2 - log(2 * sqrt(2)), u, Continuum(0, 2))
    assert replay(step(CrossEntropy(heavy, steep), oo, "infinite", reason="support")) != "proved"


def test_logarithms_of_roots_and_waves_are_joined() -> None:
    """D(WrappedCauchy ‖ Cardioid) ends in the logarithm of a sum whose sign is that of the value of an expectation."""
    found = derive(KL(WrappedCauchy, Cardioid))
    assert found.check().is_proved
    last, context = found.steps[-1], Context(tuple(c for law in found.head.laws for c in law.conditions))
    assert heads.joined_logarithms(last, context)
    for wrong in (2 * last.after, -last.after, last.after + Rational(1, 10**9), last.after + log(1 + Rational(1, 10**9))):
        assert not heads.joined_logarithms(Step(last.before, wrong, last.kind, last.rule), context)
