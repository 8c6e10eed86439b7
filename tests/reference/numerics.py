"""Relative entropies of the catalogue by quadrature and summation, from densities written down here.

Nothing of the package is used: families are known by name, parameters are exact rationals, and the densities below are
typed again from the catalogue's table. A disagreement with the package is a mistake in one of the two.

Integrals: the support is cut at end points, centres and kinks of both laws; on each piece x = a ± e^s or
x = a + (b − a)/(1 + e^−2s) with s = (π/2) sinh t, and the trapezoidal rule in t, halved until two steps agree.
Sums: term by term, with Euler–Maclaurin for tails that fall like a power.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mpmath import mp, mpf

__all__ = ["DENSITIES", "Density", "NotConverged", "density", "divergence", "expectation", "finite"]

#: Digits carried by integrals, so that end points are resolved to 10^-100; sums need fewer.
WORKING, SUMMING = 120, 80
#: Exponents above which exp is not taken: the double exponentials of tails would fill the memory.
CAP = 20_000
#: A density below e^-DEAD counts as nothing.
DEAD = 5_000


class NotConverged(Exception):
    """The quadrature did not settle."""


class Capped(Exception):
    """An exponential beyond `CAP` was asked for."""


@dataclass(frozen=True)
class Density:
    """log density (or mass) on (lower, upper), or on the integers of [lower, upper]; `breaks` are centres and kinks."""

    lower: Any
    upper: Any
    log: Callable[[Any], Any]
    breaks: tuple[Any, ...] = ()
    discrete: bool = False
    points: tuple[Any, ...] | None = field(default=None)

    def holds(self, x: Any) -> bool:
        return self.lower <= x <= self.upper if self.discrete else self.lower < x < self.upper


def ex(y: Any) -> Any:
    if y > CAP:
        raise Capped
    return mp.exp(y) if y > -CAP else mpf(0)


def l1p(y: Any) -> Any:
    return mp.log1p(y)


ln, lg, PI, oo = mp.log, mp.loggamma, mp.pi, mp.inf


def softplus(y: Any) -> Any:
    """log(1 + e^y)."""
    return y + l1p(ex(-y)) if y > 0 else l1p(ex(y))


def logbeta(a: Any, b: Any) -> Any:
    """log B(a, b); the difference of log-gammas by Stirling's series for a huge a, where it would cancel."""
    if isinstance(a, mpf) and a > 10**15:
        stirling = [1 / (12 * x) - 1 / (360 * x**3) + 1 / (1260 * x**5) for x in (a, a + b)]
        return lg(b) - (a + b - mpf(1) / 2) * l1p(b / a) - b * ln(a) + b + stirling[0] - stirling[1]
    return lg(a) + lg(b) - lg(a + b)


def logPhi(z: Any) -> Any:
    """log Φ(z)."""
    if z < -60:
        w = 1 / z**2
        total = term = mpf(1)
        for k in range(1, 200):
            new = term * -(2 * k - 1) * w
            if abs(new) > abs(term) or abs(new) < mp.eps:
                break
            term = new
            total += term
        return -(z**2) / 2 - ln(-z) - ln(2 * PI) / 2 + ln(total)
    return ln(mp.erfc(-z / mp.sqrt(2)) / 2)


def normal(m: Any, s: Any) -> Density:
    return Density(-oo, oo, lambda x: -((x - m) ** 2) / (2 * s**2) - ln(s) - ln(2 * PI) / 2, (m,))


def laplace(m: Any, b: Any) -> Density:
    return Density(-oo, oo, lambda x: -abs(x - m) / b - ln(2 * b), (m,))


def asymmetric_laplace(m: Any, lam: Any, k: Any) -> Density:
    c = ln(lam / (k + 1 / k))
    return Density(-oo, oo, lambda x: c - lam * k * (x - m) if x >= m else c + lam * (x - m) / k, (m,))


def logistic(m: Any, s: Any) -> Density:
    def log(x: Any) -> Any:
        z = abs(x - m) / s
        return -z - ln(s) - 2 * l1p(ex(-z))

    return Density(-oo, oo, log, (m,))


def gumbel(m: Any, b: Any) -> Density:
    return Density(-oo, oo, lambda x: -(x - m) / b - ex(-(x - m) / b) - ln(b), (m,))


def moyal(m: Any, s: Any) -> Density:
    return Density(-oo, oo, lambda x: -((x - m) / s + ex(-(x - m) / s)) / 2 - ln(s) - ln(2 * PI) / 2, (m,))


def exp_gamma(a: Any, theta: Any) -> Density:
    return Density(-oo, oo, lambda y: a * y - ex(y) / theta - lg(a) - a * ln(theta), (ln(theta),))


def cauchy(x0: Any, g: Any) -> Density:
    return Density(-oo, oo, lambda x: ln(g / PI) - ln((x - x0) ** 2 + g**2), (x0,))


def student(nu: Any, m: Any = 0, s: Any = 1) -> Density:
    c = lg((nu + 1) / 2) - lg(nu / 2) - ln(nu * PI) / 2 - ln(s)
    return Density(-oo, oo, lambda x: c - (nu + 1) / 2 * l1p(((x - m) / s) ** 2 / nu), (m,))


def generalized_normal(m: Any, a: Any, b: Any) -> Density:
    c = ln(b / (2 * a)) - lg(1 / b)
    return Density(-oo, oo, lambda x: c - (abs(x - m) / a) ** b, (m,))


def skew_normal(xi: Any, w: Any, a: Any) -> Density:
    return Density(-oo, oo, lambda x: ln(2 / w) - ((x - xi) / w) ** 2 / 2 - ln(2 * PI) / 2 + logPhi(a * (x - xi) / w), (xi,))


def hyperbolic_secant(m: Any, s: Any) -> Density:
    def log(x: Any) -> Any:
        z = PI * abs(x - m) / (2 * s)
        return ln(2) - z - l1p(ex(-2 * z)) - ln(2 * s)

    return Density(-oo, oo, log, (m,))


def generalized_extreme_value(m: Any, s: Any, xi: Any) -> Density:
    def log(x: Any) -> Any:
        lt = -ln(1 + xi * (x - m) / s) / xi
        return (xi + 1) * lt - ex(lt) - ln(s)

    end = m - s / xi
    return Density(end if xi > 0 else -oo, oo if xi > 0 else end, log, (m,))


def ex_gaussian(m: Any, s: Any, lam: Any) -> Density:
    def log(x: Any) -> Any:
        return ln(lam) + lam * (m - x) + lam**2 * s**2 / 2 + logPhi((x - m) / s - lam * s)

    return Density(-oo, oo, log, (m,))


def half(log: Callable[[Any], Any], *breaks: Any) -> Density:
    return Density(mpf(0), oo, log, breaks)


def gamma(a: Any, b: Any) -> Density:
    return half(lambda x: a * ln(b) + (a - 1) * ln(x) - b * x - lg(a))


def shifted_exponential(t: Any, lam: Any) -> Density:
    return Density(t, oo, lambda x: ln(lam) - lam * (x - t))


def inverse_gamma(a: Any, b: Any) -> Density:
    return half(lambda x: a * ln(b) - (a + 1) * ln(x) - b / x - lg(a))


def weibull(k: Any, lam: Any) -> Density:
    return half(lambda x: ln(k / lam) + (k - 1) * ln(x / lam) - ex(k * ln(x / lam)))


def frechet(a: Any, s: Any) -> Density:
    return half(lambda x: ln(a / s) - (1 + a) * ln(x / s) - ex(-a * ln(x / s)))


def log_normal(m: Any, s: Any) -> Density:
    return half(lambda x: -((ln(x) - m) ** 2) / (2 * s**2) - ln(x) - ln(s) - ln(2 * PI) / 2)


def half_normal(s: Any) -> Density:
    return half(lambda x: ln(2 / PI) / 2 - ln(s) - x**2 / (2 * s**2))


def rayleigh(s: Any) -> Density:
    return half(lambda x: ln(x) - 2 * ln(s) - x**2 / (2 * s**2))


def maxwell(a: Any) -> Density:
    return half(lambda x: ln(2 / PI) / 2 + 2 * ln(x) - 3 * ln(a) - x**2 / (2 * a**2))


def chi(k: Any) -> Density:
    return half(lambda x: (k - 1) * ln(x) - x**2 / 2 - (k / 2 - 1) * ln(2) - lg(k / 2))


def nakagami(m: Any, w: Any) -> Density:
    return half(lambda x: ln(2) + m * ln(m / w) + (2 * m - 1) * ln(x) - m * x**2 / w - lg(m))


def generalized_gamma(a: Any, d: Any, p: Any) -> Density:
    return half(lambda x: ln(p) - d * ln(a) + (d - 1) * ln(x) - ex(p * ln(x / a)) - lg(d / p))


def inverse_gaussian(m: Any, lam: Any) -> Density:
    return half(lambda x: (ln(lam / (2 * PI)) - 3 * ln(x)) / 2 - lam * (x - m) ** 2 / (2 * m**2 * x))


def log_logistic(a: Any, b: Any) -> Density:
    return half(lambda x: ln(b / a) + (b - 1) * ln(x / a) - 2 * softplus(b * ln(x / a)))


def lomax(a: Any, lam: Any) -> Density:
    return half(lambda x: ln(a / lam) - (a + 1) * l1p(x / lam))


def beta_prime(a: Any, b: Any) -> Density:
    return half(lambda x: (a - 1) * ln(x) - (a + b) * l1p(x) - logbeta(a, b))


def f_dist(d1: Any, d2: Any) -> Density:
    return half(lambda x: d1 / 2 * ln(d1 / d2) + (d1 / 2 - 1) * ln(x) - (d1 + d2) / 2 * l1p(d1 * x / d2) - logbeta(d1 / 2, d2 / 2))


def burr(c: Any, k: Any, lam: Any) -> Density:
    return half(lambda x: ln(c * k / lam) + (c - 1) * ln(x / lam) - (k + 1) * softplus(c * ln(x / lam)))


def dagum(p: Any, a: Any, b: Any) -> Density:
    return half(lambda x: ln(a * p) - ln(x) + a * p * ln(x / b) - (p + 1) * softplus(a * ln(x / b)))


def gompertz(eta: Any, b: Any) -> Density:
    return half(lambda x: ln(b * eta) + b * x - eta * mp.expm1(b * x) if b * x < CAP else _capped())


def _capped() -> Any:
    raise Capped


def levy(c: Any) -> Density:
    return half(lambda x: ln(c / (2 * PI)) / 2 - c / (2 * x) - 3 * ln(x) / 2)


def half_cauchy(g: Any) -> Density:
    return half(lambda x: ln(2 / (PI * g)) - l1p((x / g) ** 2))


def half_logistic(s: Any) -> Density:
    return half(lambda x: ln(2 / s) - x / s - 2 * l1p(ex(-x / s)))


def lindley(t: Any) -> Density:
    return half(lambda x: 2 * ln(t) + l1p(x) - t * x - ln(t + 1))


def pareto(a: Any, xm: Any) -> Density:
    return Density(xm, oo, lambda x: ln(a) + a * ln(xm) - (a + 1) * ln(x))


def generalized_pareto(s: Any, xi: Any) -> Density:
    return Density(mpf(0), oo if xi > 0 else -s / xi, lambda x: -ln(s) - (1 + 1 / xi) * ln(1 + xi * x / s))


def log_i0(y: Any) -> Any:
    if y < 3_000:
        return ln(mp.besseli(0, y))
    total = term = mpf(1)
    for k in range(1, 300):
        term *= mpf((2 * k - 1) ** 2) / (8 * k * y)
        total += term
        if term < mp.eps:
            break
    return y - ln(2 * PI * y) / 2 + ln(total)


def rice(nu: Any, s: Any) -> Density:
    return half(lambda x: ln(x / s**2) - (x**2 + nu**2) / (2 * s**2) + log_i0(x * nu / s**2), nu)


def generalized_inverse_gaussian(p: Any, a: Any, b: Any) -> Density:
    c = p / 2 * ln(a / b) - ln(2 * mp.besselk(p, mp.sqrt(a * b)))
    return half(lambda x: c + (p - 1) * ln(x) - (a * x + b / x) / 2)


def uniform(a: Any, b: Any) -> Density:
    return Density(a, b, lambda x: -ln(b - a))


def beta(a: Any, b: Any) -> Density:
    return Density(mpf(0), mpf(1), lambda x: (a - 1) * ln(x) + (b - 1) * ln(1 - x) - logbeta(a, b))


def kumaraswamy(a: Any, b: Any) -> Density:
    return Density(mpf(0), mpf(1), lambda x: ln(a * b) + (a - 1) * ln(x) + (b - 1) * ln(1 - x**a))


def arcsine() -> Density:
    return Density(mpf(0), mpf(1), lambda x: -ln(PI) - (ln(x) + ln(1 - x)) / 2)


def power_function(a: Any) -> Density:
    return Density(mpf(0), mpf(1), lambda x: ln(a) + (a - 1) * ln(x))


def log_uniform(a: Any, b: Any) -> Density:
    return Density(a, b, lambda x: -ln(x) - ln(ln(b / a)))


def triangular(a: Any, c: Any, b: Any) -> Density:
    return Density(a, b, lambda x: ln(2 * (x - a) / ((b - a) * (c - a))) if x < c else ln(2 * (b - x) / ((b - a) * (b - c))), (c,))


def wigner(r: Any) -> Density:
    return Density(-r, r, lambda x: ln(2 / (PI * r**2)) + (ln(r - x) + ln(r + x)) / 2, (mpf(0),))


def raised_cosine(m: Any, s: Any) -> Density:
    return Density(m - s, m + s, lambda x: 2 * ln(abs(mp.cos(PI * (x - m) / (2 * s)))) - ln(s), (m,))


def truncated_exponential(lam: Any, b: Any) -> Density:
    return Density(mpf(0), b, lambda x: ln(lam) - lam * x - ln(-mp.expm1(-lam * b)))


def continuous_bernoulli(lam: Any) -> Density:
    norm = mpf(2) if lam == mpf(1) / 2 else 2 * mp.atanh(1 - 2 * lam) / (1 - 2 * lam)
    return Density(mpf(0), mpf(1), lambda x: ln(norm) + x * ln(lam) + (1 - x) * ln(1 - lam))


def truncated_normal(m: Any, s: Any, a: Any, b: Any) -> Density:
    mass = ln((mp.erf((b - m) / s / mp.sqrt(2)) - mp.erf((a - m) / s / mp.sqrt(2))) / 2)
    return Density(a, b, lambda x: -((x - m) ** 2) / (2 * s**2) - ln(s) - ln(2 * PI) / 2 - mass, (m,))


def logit_normal(m: Any, s: Any) -> Density:
    return Density(mpf(0), mpf(1), lambda x: -((ln(x) - ln(1 - x) - m) ** 2) / (2 * s**2) - ln(s) - ln(2 * PI) / 2 - ln(x) - ln(1 - x))


def around(m: Any) -> tuple[Any, ...]:
    """The direction and its opposite in (−π, π)."""
    return tuple(c for c in (m + j * PI for j in range(-4, 5)) if -PI < c < PI)


def von_mises(m: Any, k: Any) -> Density:
    return Density(-PI, +PI, lambda x: k * mp.cos(x - m) - ln(2 * PI * mp.besseli(0, k)), around(m))


def wrapped_cauchy(m: Any, r: Any) -> Density:
    return Density(-PI, +PI, lambda x: ln((1 - r**2) / (2 * PI)) - ln(1 + r**2 - 2 * r * mp.cos(x - m)), around(m))


def cardioid(m: Any, r: Any) -> Density:
    return Density(-PI, +PI, lambda x: ln((1 + 2 * r * mp.cos(x - m)) / (2 * PI)), around(m))


def lattice(lower: Any, upper: Any, log: Callable[[Any], Any], *breaks: Any) -> Density:
    return Density(lower, upper, log, breaks, discrete=True)


def logbinomial(n: Any, k: Any) -> Any:
    return lg(n + 1) - lg(k + 1) - lg(n - k + 1)


def bernoulli(p: Any) -> Density:
    return lattice(0, 1, lambda x: ln(p) if x == 1 else ln(1 - p))


def binomial(n: Any, p: Any) -> Density:
    return lattice(0, int(n), lambda x: logbinomial(n, x) + x * ln(p) + (n - x) * ln(1 - p))


def geometric(p: Any) -> Density:
    return lattice(1, oo, lambda x: (x - 1) * ln(1 - p) + ln(p))


def geometric0(p: Any) -> Density:
    return lattice(0, oo, lambda x: x * ln(1 - p) + ln(p))


def negative_binomial(r: Any, p: Any) -> Density:
    return lattice(0, oo, lambda x: lg(x + r) - lg(x + 1) - lg(r) + x * ln(1 - p) + r * ln(p))


def poisson(lam: Any) -> Density:
    return lattice(0, oo, lambda x: x * ln(lam) - lam - lg(x + 1))


def discrete_uniform(a: Any, b: Any) -> Density:
    return lattice(int(a), int(b), lambda x: -ln(b - a + 1))


def log_series(p: Any) -> Density:
    return lattice(1, oo, lambda x: x * ln(p) - ln(x) - ln(-ln(1 - p)))


def zeta(s: Any) -> Density:
    norm = ln(mp.zeta(s))
    return lattice(1, oo, lambda x: -s * ln(x) - norm)


def zipf(s: Any, n: Any) -> Density:
    norm = ln(mp.fsum(mpf(k) ** -s for k in range(1, int(n) + 1)))
    return lattice(1, int(n), lambda x: -s * ln(x) - norm)


def yule_simon(rho: Any) -> Density:
    return lattice(1, oo, lambda x: ln(rho) + logbeta(x, rho + 1))


def hypergeometric(big: Any, k: Any, n: Any) -> Density:
    return lattice(int(max(0, n + k - big)), int(min(n, k)), lambda x: logbinomial(k, x) + logbinomial(big - k, n - x) - logbinomial(big, n))


def beta_binomial(n: Any, a: Any, b: Any) -> Density:
    return lattice(0, int(n), lambda x: logbinomial(n, x) + logbeta(x + a, n - x + b) - logbeta(a, b))


def _far(x: Any) -> Any:
    """|x|, and at complex x what continues it analytically: the modulus is no such thing, and tails are summed by derivatives."""
    return x if mp.re(x) >= 0 else -x


def discrete_laplace(m: Any, q: Any) -> Density:
    return lattice(-oo, oo, lambda x: ln((1 - q) / (1 + q)) + _far(x - m) * ln(q), int(m))


def boltzmann(lam: Any, n: Any) -> Density:
    return lattice(0, int(n) - 1, lambda x: ln(-mp.expm1(-lam)) - lam * x - ln(-mp.expm1(-lam * n)))


def skellam(a: Any, b: Any) -> Density:
    return lattice(-oo, oo, lambda x: -a - b + ln(a / b) * x / 2 + ln(mp.besseli(_far(x), 2 * mp.sqrt(a * b))), 0)


def zero_truncated_poisson(lam: Any) -> Density:
    return lattice(1, oo, lambda x: x * ln(lam) - ln(mp.expm1(lam)) - lg(x + 1))


def borel(m: Any) -> Density:
    return lattice(1, oo, lambda x: -m * x + (x - 1) * ln(m * x) - lg(x + 1))


def categorical(*p: Any) -> Density:
    inside = [i for i, each in enumerate(p, 1) if each > 0]
    return Density(1, len(p), lambda x: ln(p[int(x) - 1]), (), True, tuple(inside))


DENSITIES: dict[str, Callable[..., Density]] = {
    "Normal": normal, "Laplace": laplace, "AsymmetricLaplace": asymmetric_laplace, "Logistic": logistic, "Gumbel": gumbel, "Moyal": moyal,
    "ExpGamma": exp_gamma, "Cauchy": cauchy, "StudentT": student, "GeneralizedNormal": generalized_normal, "SkewNormal": skew_normal,
    "HyperbolicSecant": hyperbolic_secant, "GeneralizedExtremeValue": generalized_extreme_value, "ExGaussian": ex_gaussian,
    "Exponential": lambda lam: shifted_exponential(mpf(0), lam), "ShiftedExponential": shifted_exponential, "Gamma": gamma, "Erlang": gamma,
    "InverseGamma": inverse_gamma, "Weibull": weibull, "Frechet": frechet, "LogNormal": log_normal, "HalfNormal": half_normal,
    "Rayleigh": rayleigh, "Maxwell": maxwell, "Chi": chi, "ChiSquared": lambda k: gamma(k / 2, mpf(1) / 2),
    "InverseChiSquared": lambda nu: inverse_gamma(nu / 2, mpf(1) / 2),
    "ScaledInverseChiSquared": lambda nu, t: inverse_gamma(nu / 2, nu * t / 2),
    "Nakagami": nakagami, "GeneralizedGamma": generalized_gamma, "InverseGaussian": inverse_gaussian, "LogLogistic": log_logistic,
    "Lomax": lomax, "BetaPrime": beta_prime, "FDist": f_dist, "BurrXII": burr, "Dagum": dagum, "Gompertz": gompertz, "Levy": levy,
    "HalfCauchy": half_cauchy, "HalfLogistic": half_logistic, "Lindley": lindley, "Pareto": pareto, "GeneralizedPareto": generalized_pareto,
    "Rice": rice, "GeneralizedInverseGaussian": generalized_inverse_gaussian, "Uniform": uniform, "Beta": beta, "Kumaraswamy": kumaraswamy,
    "Arcsine": arcsine, "PowerFunction": power_function, "LogUniform": log_uniform, "Triangular": triangular, "WignerSemicircle": wigner,
    "RaisedCosine": raised_cosine, "TruncatedExponential": truncated_exponential, "ContinuousBernoulli": continuous_bernoulli,
    "TruncatedNormal": truncated_normal, "LogitNormal": logit_normal, "VonMises": von_mises, "WrappedCauchy": wrapped_cauchy,
    "Cardioid": cardioid, "Bernoulli": bernoulli, "Binomial": binomial, "Geometric": geometric, "Geometric0": geometric0,
    "NegativeBinomial": negative_binomial, "Poisson": poisson, "DiscreteUniform": discrete_uniform, "LogSeries": log_series, "Zeta": zeta,
    "Zipf": zipf, "YuleSimon": yule_simon, "Hypergeometric": hypergeometric, "BetaBinomial": beta_binomial,
    "DiscreteLaplace": discrete_laplace, "Boltzmann": boltzmann, "Skellam": skellam, "ZeroTruncatedPoisson": zero_truncated_poisson,
    "Borel": borel, "Categorical": categorical,
}  # fmt: skip


def number(value: Any) -> Any:
    """An exact rational, a + b π with rational a and b, ±oo or a Python number as an mpf of the working precision."""
    if hasattr(value, "p") and hasattr(value, "q"):
        return mpf(int(value.p)) / int(value.q)
    if "pi" in str(value):
        constant, multiple = value.as_coeff_Add()
        return number(constant) + number(multiple.as_coeff_Mul()[0]) * PI
    return oo if str(value) == "oo" else -oo if str(value) == "-oo" else mpf(value)


def density(name: str, parameters: Sequence[Any]) -> Density:
    if name == "Finite":  # parameters: (integer outcome, mass) pairs
        table = {int(number(o)): number(m) for o, m in parameters}
        inside = tuple(sorted(o for o, m in table.items() if m > 0))
        return Density(inside[0], inside[-1], lambda x: ln(table[int(x)]), (), True, inside)
    return DENSITIES[name](*(number(each) for each in parameters))


def divergence(P: tuple[str, Sequence[Any]], Q: tuple[str, Sequence[Any]], digits: int = 20) -> Any:
    """D(P ‖ Q) for laws given as (family's name, parameters), to about `digits` digits, or mpmath's inf."""
    discrete = density(*P).discrete
    with mp.workdps(SUMMING if discrete else WORKING):
        p, q = density(*P), density(*Q)
        if not nested(p, q) or not finite(p, q):
            return oo
        return _sum(p, q, digits) if discrete else _integral(p, q, digits)


def expectation(f: Callable[[Any], Any], P: tuple[str, Sequence[Any]], digits: int = 20, breaks: Sequence[Any] = ()) -> Any:
    """E_P[f] for a function of mpmath numbers, assumed finite; `breaks` are the points where f has a kink."""
    discrete = density(*P).discrete
    with mp.workdps(SUMMING if discrete else WORKING):
        p = density(*P)
        # The integrand is p (log p − log q) with log q = log p − f.
        q = Density(p.lower, p.upper, lambda x: p.log(x) - f(x), tuple(number(b) for b in breaks), discrete, p.points)
        return _sum(p, q, digits) if discrete else _integral(p, q, digits)


def nested(p: Density, q: Density) -> bool:
    """Whether P's support lies in Q's, up to null sets."""
    if p.discrete != q.discrete:
        return False
    if q.points is not None:
        own = p.points or (range(int(p.lower), int(p.upper) + 1) if mp.inf not in (p.upper, -p.lower) else None)
        return own is not None and all(x in q.points for x in own)
    return bool(q.lower <= p.lower and p.upper <= q.upper)


def pieces(p: Density, q: Density) -> list[tuple[Any, Any, Any]]:
    """(kind, a, b): "up" a + e^s to ∞, "down" b − e^s to −∞, "finite" (a, b)."""
    inside = sorted({x for x in (*p.breaks, *q.breaks) if p.lower < x < p.upper})
    if not inside and p.lower == -oo and p.upper == oo:
        inside = [mpf(0)]
    out: list[tuple[Any, Any, Any]] = []
    for a, b in itertools.pairwise([p.lower, *inside, p.upper]):
        out.append(("down", None, b) if a == -oo else ("up", a, None) if b == oo else ("finite", a, b))
    return out


def _place(piece: tuple[Any, Any, Any], s: Any) -> tuple[Any, Any]:
    """x and dx/ds at s."""
    kind, a, b = piece
    if kind == "finite":
        small = mp.exp(-2 * abs(s))
        u = small / (1 + small)
        x = a + (b - a) * u if s < 0 else b - (b - a) * u
        return x, 2 * (b - a) * u * (1 - u)
    e = mp.exp(s)
    return (a + e, e) if kind == "up" else (b - e, e)


def _term(p: Density, q: Density, x: Any) -> Any:
    if not p.holds(x):
        return mpf(0)
    try:
        lp = p.log(x)
    except Capped:
        return mpf(0)
    if lp < -DEAD:
        return mpf(0)
    return mp.exp(lp) * (lp - q.log(x))


def _integral(p: Density, q: Density, digits: int) -> Any:
    return mp.fsum(_piece(p, q, piece, digits) for piece in pieces(p, q))


def _piece(p: Density, q: Density, piece: tuple[Any, Any, Any], digits: int) -> Any:
    reach = mpf("5.1") if piece[0] == "finite" else mpf("7.2")
    tolerance = mpf(10) ** (-digits - 2)

    def f(t: Any) -> Any:
        s = PI / 2 * mp.sinh(t)
        x, slope = _place(piece, s)
        return _term(p, q, x) * slope * PI / 2 * mp.cosh(t)

    h = mpf(1) / 8
    n = int(reach / h)
    total = mp.fsum(f(j * h) for j in range(-n, n + 1))
    before = total * h
    for _ in range(6):
        h /= 2
        n = int(reach / h)
        total += mp.fsum(f(j * h) for j in range(-n, n + 1) if j % 2)
        now = total * h
        # The error squares with each halving of the step, so half the digits in agreement are enough.
        if abs(now - before) < mp.sqrt(tolerance) / 100 and abs(now - before) ** 2 < tolerance * max(1, abs(now)):
            return now
        before = now
    raise NotConverged(str(piece))


def finite(p: Density, q: Density) -> bool:
    """Whether E_P|log p − log q| is finite, by how the integrand falls towards each end (and at inner singularities it is integrable)."""
    if p.discrete:
        ends = [(lambda j: mpf(2) ** j, +1)] if p.upper == oo else []
        if p.lower == -oo:
            ends.append((lambda j: -(mpf(2) ** j), -1))
        return all(_falls([_discrete_log(p, q, int(at(j))) for j in range(6, 40)]) for at, _ in ends)
    return all(
        _falls([_continuous_log(p, q, piece, side * s) for s in _RANGE])
        for piece in pieces(p, q)
        for side in (-1, 1)
        if not (piece[0] != "finite" and side == -1 and (piece[1] if piece[0] == "up" else piece[2]) in (*p.breaks, *q.breaks))
    )


_RANGE = [mpf(k) / 4 for k in range(8, 60)] + list(range(15, 120, 3))


def _continuous_log(p: Density, q: Density, piece: tuple[Any, Any, Any], s: Any) -> Any:
    x, slope = _place(piece, s)
    return _size(p, q, x, ln(slope), abs(s))


def _discrete_log(p: Density, q: Density, k: int) -> Any:
    if k > 10**5 and any(d.log.__qualname__.startswith("skellam") for d in (p, q)):
        return None
    return _size(p, q, k, ln(mpf(abs(k))), ln(mpf(abs(k))))


def _size(p: Density, q: Density, x: Any, jacobian: Any, position: Any) -> Any:
    """(position, log |integrand|) or None where it cannot be written."""
    try:
        lp, lq = p.log(x), q.log(x)
    except (Capped, ValueError, OverflowError):
        return None
    ratio = abs(lp - lq)
    return None if ratio == 0 else (position, lp + ln(ratio) + jacobian)


def _falls(sizes: Sequence[Any]) -> bool:
    """Whether log |integrand| ends by falling at least linearly in the position."""
    known = [each for each in sizes if each is not None]
    if len(known) < 6:
        return True
    (s0, v0), (s1, v1) = known[-5], known[-1]
    # A logarithmic factor in front of a falling power rises by ln(s1/s0) at most times its degree.
    return bool(v1 - v0 < -(s1 - s0) / 200 or v1 < -(10**6))


def _sum(p: Density, q: Density, digits: int) -> Any:
    if p.points is not None:
        return mp.fsum(_term(p, q, x) for x in p.points)
    if p.lower != -oo and p.upper != oo:
        return mp.fsum(_term(p, q, x) for x in range(int(p.lower), int(p.upper) + 1))
    total = mpf(0)
    start = int(p.breaks[0]) if p.lower == -oo else int(p.lower)
    if p.upper == oo:
        total += _one_sided(lambda k: _term(p, q, k), start, +1, digits, smooth=lambda x: _bare(p, q, x))
    if p.lower == -oo:
        total += _one_sided(lambda k: _term(p, q, k), start - 1, -1, digits)
    return total


def _one_sided(f: Callable[[Any], Any], start: int, step: int, digits: int, smooth: Callable[[Any], Any] | None = None) -> Any:
    tolerance = mpf(10) ** (-digits - 4)
    total, k, dead = mpf(0), start, 0
    terms = []
    for _ in range(3_000):
        term = f(k)
        terms.append(term)
        total += term
        dead = dead + 1 if abs(term) < tolerance else 0
        if dead >= 12 and abs(term) * 100 < tolerance:
            return total
        k += step
        if len(terms) == 200 and abs(term) > abs(terms[99]) / 4_000 and step > 0:
            break
    # A power tail: Euler–Maclaurin from k on, with an exp-sinh integral and Bernoulli corrections.
    if smooth is None:
        raise NotConverged("a slow tail to the left")
    return total + _tail(f, smooth, k)


def _bare(p: Density, q: Density, x: Any) -> Any:
    """The term at a complex x, where it is analytic."""
    lp = p.log(x)
    return mp.exp(lp) * (lp - q.log(x))


def _tail(f: Callable[[Any], Any], smooth: Callable[[Any], Any], k: int) -> Any:
    a = mpf(k)
    with mp.workdps(100):

        def g(t: Any) -> Any:
            s = PI / 2 * mp.sinh(t)
            x = a + a * mp.exp(s)
            return f(x) * a * mp.exp(s) * PI / 2 * mp.cosh(t)

        h = mpf(1) / 32
        n = int(mpf("6.6") / h)
        integral = h * mp.fsum(g(j * h) for j in range(-n, n + 1))
        order = 14
        taylor = _derivatives(smooth, a, 2 * order)
        corrections = mp.fsum(mp.bernoulli(2 * j) / mp.factorial(2 * j) * taylor[2 * j - 1] for j in range(1, order))
        return integral + smooth(a) / 2 - corrections


def _derivatives(f: Callable[[Any], Any], a: Any, count: int) -> list[Any]:
    """f, f′, …, f^(count−1) at a, by the trapezoidal rule on a circle around a where f extends analytically."""
    radius, n = a / 3, 128
    values = [f(a + radius * mp.expjpi(mpf(2) * j / n)) for j in range(n)]
    out = []
    for m in range(count):
        c = mp.fsum(v * mp.expjpi(-mpf(2) * j * m / n) for j, v in enumerate(values)) / n
        out.append((c / radius**m).real * mp.factorial(m))
    return out
