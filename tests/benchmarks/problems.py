"""The problems of the benchmark: finite divergences, each with symbols and once more with numbers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import mpmath
from sympy import Add, And, Expr, S, Symbol, lambdify, oo

from symkl import families
from symkl.core.laws import bound_variable
from symkl.families.sampling import draw_value
from symkl.render.fractions import density_product

__all__ = ["Problem", "problems", "reference"]

#: P, Q, equations that make the divergence finite or closed, and what the points must satisfy.
PAIRS: tuple[tuple[str, str, dict[str, str | int], str], ...] = (
    ("Normal", "Normal", {}, ""),
    ("Exponential", "Exponential", {}, ""),
    ("Gamma", "Gamma", {}, ""),
    ("Gamma", "Exponential", {}, ""),
    ("Exponential", "Gamma", {}, ""),
    ("Gamma", "LogNormal", {}, ""),
    ("LogNormal", "Gamma", {}, ""),
    ("LogNormal", "LogNormal", {}, ""),
    ("Laplace", "Laplace", {}, ""),
    ("Laplace", "Normal", {}, ""),
    ("Normal", "Laplace", {}, ""),
    ("Weibull", "Weibull", {}, ""),
    ("Weibull", "Gamma", {}, ""),
    ("Beta", "Beta", {}, ""),
    ("Kumaraswamy", "Beta", {}, ""),
    ("Uniform", "Normal", {}, ""),
    ("Uniform", "Laplace", {}, ""),
    ("Pareto", "Pareto", {"xm_2": "xm_1"}, ""),
    ("Pareto", "Exponential", {}, "alpha_1 > 2"),
    ("Cauchy", "Cauchy", {}, ""),
    ("Gumbel", "Gumbel", {}, ""),
    ("Gumbel", "Normal", {}, ""),
    ("Moyal", "Normal", {}, ""),
    ("Logistic", "Normal", {}, ""),
    ("Rayleigh", "Rayleigh", {}, ""),
    ("Maxwell", "Rayleigh", {}, ""),
    ("HalfNormal", "Exponential", {}, ""),
    ("InverseGamma", "InverseGamma", {}, ""),
    ("Frechet", "InverseGamma", {}, "alpha_1 > 1"),
    ("InverseGaussian", "Gamma", {}, ""),
    ("Lomax", "Lomax", {"lam_2": "lam_1"}, ""),
    ("VonMises", "VonMises", {}, ""),
    ("Poisson", "Poisson", {}, ""),
    ("Geometric", "Geometric", {}, ""),
    ("Boltzmann", "Geometric0", {}, ""),
    ("Binomial", "Binomial", {"n_2": "n_1"}, ""),
    ("NegativeBinomial", "NegativeBinomial", {"r_2": "r_1"}, ""),
    ("LogSeries", "Geometric", {}, ""),
    ("Zeta", "Zeta", {}, ""),
)
#: With numbers the first say nothing more; with symbols the second are beyond the systems' own functions or ask for many cases.
SYMBOLS_ONLY = ("Exponential-Exponential", "Rayleigh-Rayleigh", "Poisson-Poisson", "Geometric-Geometric", "Pareto-Pareto", "Cauchy-Cauchy")
NUMBERS_ONLY = ("Kumaraswamy-Beta", "Frechet-InverseGamma", "Gumbel-Normal", "Logistic-Normal", "Uniform-Laplace", "Weibull-Gamma", "Gamma-LogNormal")
POINTS = 3


@dataclass(frozen=True)
class Problem:
    """D_KL(P ‖ Q), to be found for all values of `parameters`, and held against numbers at `points`."""

    name: str
    P: Any
    Q: Any
    parameters: tuple[Symbol, ...]
    points: tuple[dict[Symbol, Expr], ...]

    @property
    def variable(self) -> Symbol:
        return bound_variable(self.P, self.Q)

    @property
    def density(self) -> Expr:
        """p(x) as an author writes it, with powers, for the systems that are asked for its integral."""
        return density_product(self.P.log_density(self.variable))

    @property
    def log_ratio(self) -> Expr:
        return self.P.log_density(self.variable) - self.Q.log_density(self.variable)

    @property
    def integrands(self) -> tuple[Expr, Expr]:
        """p(x) log(p(x)/q(x)) as a product, and term by term: a user whose system fails at the one would try the other."""
        terms = Add.make_args(self.log_ratio.expand())
        return self.density * self.log_ratio, Add(*(self.density * term for term in terms))

    @property
    def conditions(self) -> tuple[Any, ...]:
        """What the symbols' assumptions do not say."""
        return tuple(dict.fromkeys((*self.P.conditions, *self.Q.conditions)))


def problems(seed: int = 0) -> tuple[Problem, ...]:
    """All problems; `seed` draws the numbers and the points."""
    return tuple(_problems(seed))


def _problems(seed: int) -> Iterator[Problem]:
    catalogue = {family.__name__: family for family in families()}
    for p, q, equal, wanted in PAIRS:
        P, Q = catalogue[p].generic("_1"), catalogue[q].generic("_2")
        names = {symbol.name: symbol for symbol in sorted(P.free_symbols | Q.free_symbols, key=str)}
        Q = Q.xreplace({names[left]: names[str(right)] for left, right in equal.items()})
        symbols = tuple(sorted(P.free_symbols | Q.free_symbols, key=str))
        rng = random.Random(f"{p} {q} {seed}")
        points = tuple(_point(P, Q, symbols, wanted, rng) for _ in range(POINTS))
        name = f"{p}-{q}"
        if name not in NUMBERS_ONLY:
            yield Problem(name, P, Q, symbols, points)
        if name not in SYMBOLS_ONLY:
            yield Problem(f"{name} in numbers", P.xreplace(points[0]), Q.xreplace(points[0]), (), ({},))


def _point(P: Any, Q: Any, symbols: tuple[Symbol, ...], wanted: str, rng: random.Random) -> dict[Symbol, Expr]:
    """Values in the typical ranges that satisfy all conditions."""
    parameters = {value: parameter for law in (P, Q) for parameter, value in zip(type(law).parameters, law.args)}
    while True:
        point = {symbol: draw_value(parameters[symbol], rng, (2, 3, 4)) for symbol in symbols}
        conditions = [*P.conditions, *Q.conditions, *_extra(wanted, symbols)]
        inside = all(parameters[symbol].domain.condition(value) is S.true for symbol, value in point.items())
        if inside and And(*conditions).xreplace(point) is S.true and P.xreplace(point).args != Q.xreplace(point).args:
            return point


def _extra(wanted: str, symbols: tuple[Symbol, ...]) -> list[Any]:
    if not wanted:
        return []
    name, _, bound = wanted.split()
    return [symbol > int(bound) for symbol in symbols if symbol.name == name]


def reference(problem: Problem, point: dict[Symbol, Expr]) -> mpmath.mpf:
    """The number by mpmath from the definition: tanh-sinh quadrature between the kinks, or the sum of the series."""
    P, Q, x = problem.P.xreplace(point), problem.Q.xreplace(point), problem.variable
    log_density, log_ratio = (lambdify(x, expr, "mpmath") for expr in (P.log_density(x), P.log_density(x) - Q.log_density(x)))

    def term(t: Any) -> Any:
        exponent = mpmath.re(log_density(t))
        # exp of -e^{e^...} would ask for as many bits as its argument has.
        return mpmath.exp(exponent) * mpmath.re(log_ratio(t)) if exponent > -10_000 else mpmath.mpf(0)

    with mpmath.workdps(30):
        ends = [_number(end) for end in (P.support.lower, P.support.upper)]
        if P.is_discrete:
            return _series(term, *ends)
        kinks = {_number(value) for value in (*P.args, *Q.args)}
        value, error = mpmath.quad(term, [ends[0], *sorted(kink for kink in kinks if ends[0] < kink < ends[1]), ends[1]], maxdegree=10, error=True)
    if error > 1e-12 * max(1, abs(value)):
        raise ArithmeticError(f"{problem.name}: the quadrature has an error of {mpmath.nstr(error, 3)}")
    return value


def _number(value: Expr) -> mpmath.mpf:
    if value in (oo, -oo):
        return mpmath.inf if value == oo else -mpmath.inf
    return mpmath.mpf(value.p) / value.q if value.is_Rational else mpmath.mpf(str(value.evalf(35)))


def _series(term: Any, lower: Any, upper: Any) -> mpmath.mpf:
    if upper < mpmath.inf:
        return mpmath.fsum(term(mpmath.mpf(k)) for k in range(int(lower), int(upper) + 1))
    total, k, small = mpmath.mpf(0), lower, 0
    while small < 20 and k < 200:
        value = term(k)
        total += value
        small = small + 1 if abs(value) < mpmath.mpf(10) ** -28 * max(1, abs(total)) else 0
        k += 1
    # What decays like a power is summed by Euler and Maclaurin from here on.
    return total if small == 20 else total + mpmath.sumem(term, [k, mpmath.inf], tol=mpmath.mpf(10) ** -15)
