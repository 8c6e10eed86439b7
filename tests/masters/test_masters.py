"""Every master integral against a rigorous enclosure of its own integrand: ball quadrature or summation plus proved tails.

The enclosure evaluates `Master.integrand` as it stands, so a slip in the data of an entry cannot hide in a transcription.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from sympy import Abs, Add, Derivative, Expr, Integer, Mul, Piecewise, Pow, Rational, S, Subs, Symbol, cos, exp, functions as F, log, oo, symbols

from symkl.masters import MASTERS, Master

flint = pytest.importorskip("flint")
acb, arb = flint.acb, flint.arb

R = Rational
BITS = 400
GOAL = 1e-25


@pytest.fixture(autouse=True)
def precision():
    with flint.ctx.workprec(BITS):
        yield


# -- balls of expressions ------------------------------------------------------------------------------------------------------------

FUNCTIONS: dict[Any, Callable[..., Any]] = {
    F.gamma: lambda x: x.gamma(),
    F.factorial: lambda x: (x + 1).gamma(),
    F.binomial: lambda n, k: (n + 1).gamma() / ((k + 1).gamma() * (n - k + 1).gamma()),
    F.besselk: lambda nu, x: x.bessel_k(nu),
    F.besseli: lambda nu, x: x.bessel_i(nu),
    F.expint: lambda nu, x: acb.expint(x, nu),
    F.uppergamma: lambda s, x: acb.gamma_upper(x, s),
    F.lowergamma: lambda s, x: acb.gamma_lower(x, s),
    F.betainc: lambda a, b, lower, x: acb.beta_lower(x, a, b),
    F.erfc: lambda x: x.erfc(),
    F.zeta: lambda s, *a: s.zeta(*a),
    F.polylog: lambda s, z: acb.polylog(z, s),
    F.polygamma: lambda m, x: acb.polygamma(x, m),
    F.digamma: lambda x: x.digamma(),
    F.cos: lambda x: x.cos(),
    F.harmonic: lambda n, s: sum(((-s * acb(k).log()).exp() for k in range(1, round(float(n.real)) + 1)), acb(0)),
    exp: lambda x: x.exp(),
}


def ball(expr: Expr, point: dict[Symbol, Any], analytic: bool = False) -> Any:
    """The value of `expr` as a complex ball; `analytic` asks for a non-finite ball across a branch cut."""
    if expr in point:
        return point[expr]
    if expr.is_Rational:
        return acb(arb(int(expr.p)) / arb(int(expr.q)))
    if expr is S.Pi:
        return acb.pi()
    if expr is S.Catalan:
        return acb(arb.const_catalan())
    if expr is S.EulerGamma:
        return acb(arb.const_euler())
    if isinstance(expr, (Add, Mul)):
        total = acb(0) if isinstance(expr, Add) else acb(1)
        for arg in expr.args:
            value = ball(arg, point, analytic)
            total = total + value if isinstance(expr, Add) else total * value
        return total
    if isinstance(expr, F.hyper):
        return ball(expr.argument, point).hypgeom([ball(a, point) for a in expr.ap], [ball(b, point) for b in expr.bq])
    if isinstance(expr, Pow):
        base, exponent = expr.args
        if exponent.is_Integer:
            return ball(base, point, analytic) ** int(exponent)
        return (ball(exponent, point, analytic) * ball(base, point, analytic).log(analytic=analytic)).exp()
    if isinstance(expr, Abs):
        # |z| for real z, continued to either side of zero
        return (ball(expr.args[0], point, analytic) ** 2).sqrt(analytic=analytic)
    if isinstance(expr, log):
        return ball(expr.args[0], point, analytic).log(analytic=analytic)
    return FUNCTIONS[expr.func](*(ball(arg, point, analytic) for arg in expr.args))


MAPS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "identity": (lambda v: v, lambda v: acb(1)),
    "exp": (lambda v: v.exp(), lambda v: v.exp()),
    "from one": (lambda v: 1 - v.exp(), lambda v: v.exp()),
    "above three": (lambda v: 3 + v.exp(), lambda v: v.exp()),
    "below three": (lambda v: 3 - v.exp(), lambda v: v.exp()),
    "sinh": (lambda v: v.sinh(), lambda v: v.cosh()),
    "tanh": (lambda v: v.tanh(), lambda v: 1 / v.cosh() ** 2),
}


@dataclass(frozen=True)
class Piece:
    """The part u = map(v), lower < v < upper, of the range; `tail` bounds what lies between this piece and the end of the range."""

    map: str
    lower: Any
    upper: Any
    tail: Any = 0


def enclosure(master: Master, integrand: Expr, point: dict[Symbol, Any], pieces: list[Piece]) -> Any:
    total = acb(0)
    for piece in pieces:
        place, jacobian = MAPS[piece.map]

        def f(v: Any, analytic: bool, place: Any = place, jacobian: Any = jacobian) -> Any:
            return ball(integrand, {**point, master.variable: place(v)}, analytic) * jacobian(v)

        total += acb.integral(f, acb(piece.lower), acb(piece.upper), rel_tol=arb(2) ** -100, abs_tol=arb(2) ** -100, eval_limit=10**6)
        total += acb(arb(0, arb(piece.tail).abs_upper()))
    return total


# -- one line a case: exact parameters, and pieces with their proved tails -------------------------------------------------------------

Case = tuple[str, dict[str, Any], Callable[..., list[Piece]]]


def _near_zero(s: Any, factor: Any = 1) -> tuple[Any, Any]:
    """The cut v with ∫_0^{e^v} factor u^(s-1) du = factor e^(sv)/s <= GOAL, and that bound."""
    v = -(65 / s + 5)
    return v, factor * (s * v).exp() / s


def gamma_pieces(s: Any, t: Any) -> list[Piece]:
    v, left = _near_zero(s)
    top = (2 * abs(s - 1) + 80) / t
    # beyond `top` the logarithmic derivative (s-1)/u - t is at most -t/2
    return [Piece("exp", v, 0, left), Piece("identity", 1, top, top ** (s - 1) * (-t * top).exp() * 2 / t)]


def beta_pieces(a: Any, b: Any) -> list[Piece]:
    (v, left), (w, right) = _near_zero(a, 2), _near_zero(b, 2)
    half = arb(2).log()
    return [Piece("exp", v, -half, left), Piece("from one", w, -half, right)]


def beta_prime_pieces(a: Any, c: Any) -> list[Piece]:
    v, left = _near_zero(a)
    w, right = _near_zero(c - a)
    return [Piece("exp", v, -w, left + right)]


def gaussian_pieces(t: Any) -> list[Piece]:
    top = 2 * abs(t) + 20
    edge = (-(top**2) / 2 + abs(t) * top).exp() / (top - abs(t))
    return [Piece("identity", -top, top, 2 * edge)]


def gaussian_distance_pieces(r: Any, d: Any) -> list[Piece]:
    """About d = 3; beyond the distance 40 the logarithmic derivative r/w - (w - 3) is below -30."""
    v, left = _near_zero(r + 1)
    top = arb(40)
    tail = left + top**r * (-((top - 3) ** 2) / 2).exp() / 30
    assert d == 3
    return [Piece("above three", v, top.log(), tail), Piece("below three", v, top.log(), tail)]


def gaussian_tail_pieces(c: Any, t: Any = None) -> list[Piece]:
    t = arb(0) if t is None else t
    top = 2 * abs(t) + abs(c) + 20
    return [Piece("identity", c, top, (-(top**2) / 2 + t * top).exp() / (top - t))]


def bessel_k_pieces(omega: Any, nu: Any = None) -> list[Piece]:
    # |log u| <= max(u, 1/u); beyond `top` the logarithmic derivative of u^(m-1) e^(-ωu/2) is at most -ω/4; u -> 1/u for the left
    m = abs(nu if nu is not None else arb(1)) + 1
    top = (8 * m + 300) / omega
    edge = top ** (m - 1) * (-omega * top / 2).exp() * 4 / omega
    return [Piece("exp", -top.log(), top.log(), 2 * edge)]


def circle_pieces(**_: Any) -> list[Piece]:
    return [Piece("identity", -arb.pi(), arb.pi())]


def chord_pieces(a: Any, b: Any) -> list[Piece]:
    """1/√(1 − u²) du = sech v dv, below 2e^{−v}; the square root is smaller."""
    top = arb(70)
    largest = abs((a - abs(b)).log()) + abs((a + abs(b)).log())
    return [Piece("tanh", -top, top, 4 * (-top).exp() * largest)]


def poisson_kernel_pieces(a: Any, b: Any) -> list[Piece]:
    top = arb(70)
    u = top.sinh()  # for |u| beyond this u²/4 <= (u-a)² + b² <= 4u²
    tail = 2 * 2 * ((2 * u).log() + 1) / (arb.pi() * u)
    if b != 0:
        return [Piece("sinh", -top, top, tail)]
    hole = arb(10) ** -30
    inside = 2 * 2 * hole * (1 - hole.log()) / arb.pi()
    return [Piece("sinh", -top, (a - hole).asinh(), tail + inside), Piece("sinh", (a + hole).asinh(), top)]


def power_pieces(s: Any) -> list[Piece]:
    v, left = _near_zero(s)
    return [Piece("exp", v, 0, left)]


def exponential_integral_pieces(c: Any) -> list[Piece]:
    top = arb(80)
    return [Piece("identity", 0, top, (-top).exp() * ((1 + c * top).log() + c))]


def incomplete_gamma_pieces(s: Any, t: Any, c: Any) -> list[Piece]:
    top = (2 * abs(s - 1) + 80) / t + c
    return [Piece("identity", c, top, top ** (s - 1) * (-t * top).exp() * 2 / t)]


def lower_incomplete_gamma_pieces(s: Any, t: Any, c: Any) -> list[Piece]:
    v, left = _near_zero(s)
    return [Piece("exp", v, c.log(), left)]


def incomplete_beta_pieces(a: Any, b: Any, c: Any) -> list[Piece]:
    v, left = _near_zero(a, 2)
    return [Piece("exp", v, c.log(), left)]


def bessel_k_scaled_pieces(nu: Any, chi: Any, psi: Any) -> list[Piece]:
    m = abs(nu) + 1
    right, left = (8 * m + 300) / psi, (8 * m + 300) / chi  # u -> 1/u for the left
    edges = [top ** (m - 1) * (-rate * top / 2).exp() * 4 / rate for top, rate in ((right, psi), (left, chi))]
    return [Piece("exp", -left.log(), right.log(), edges[0] + edges[1])]


def beta_prime_logarithm_pieces(lam: Any, a: Any = None, c: Any = None) -> list[Piece]:
    a, c = (arb(1) / 2 if a is None else a), (arb(1) if c is None else c)
    # log(1 + λu) <= λ on (0, 1), and <= (log(1 + λ) + 1/(eδ)) u^δ on (1, oo), δ half the margin c - a
    delta = (c - a) / 2
    v, left = _near_zero(a, lam)
    w, right = _near_zero(delta, (1 + lam).log() + 1 / delta)
    return [Piece("exp", v, -w, left + right)]


def beta_logarithm_pieces(a: Any, b: Any, lam: Any) -> list[Piece]:
    return [Piece(p.map, p.lower, p.upper, p.tail * (1 + lam).log()) for p in beta_pieces(a, b)]


def confluent_pieces(a: Any, b: Any, c: Any) -> list[Piece]:
    return [Piece(p.map, p.lower, p.upper, p.tail * abs(c).exp()) for p in beta_pieces(a, b)]


def hermite_pieces(s: Any, c: Any) -> list[Piece]:
    v, left = _near_zero(s, abs(c).exp())
    top = 300 + 4 * c**2 + 8 * abs(s - 1)  # beyond it c√u <= u/2 and (s-1)/u <= 1/4
    return [Piece("exp", v, 0, left), Piece("identity", 1, top, 4 * top ** (s - 1) * (-top / 2).exp())]


def half_logistic_log_pieces() -> list[Piece]:
    # |log u| <= u^(-1/2) on (0, 1) and <= u beyond, times at most e^(-u)
    return [gamma_pieces(arb(1) / 2, arb(1))[0], gamma_pieces(arb(2), arb(1))[1]]


INTEGRALS: list[Case] = [
    # e^(-u)/(1 + e^(-2u)) <= e^(-u)
    ("half_secant", {"s": R(2)}, lambda s: gamma_pieces(s, arb(1))),
    ("half_secant", {"s": R(1)}, lambda s: gamma_pieces(s, arb(1))),
    ("half_secant", {"s": R(5, 3)}, lambda s: gamma_pieces(s, arb(1))),
    ("half_secant", {"s": R(1, 3)}, lambda s: gamma_pieces(s, arb(1))),
    # e^(-u)/(1 + e^(-u))^2 <= e^(-u)
    ("half_logistic", {"s": R(1, 3)}, lambda s: gamma_pieces(s, arb(1))),
    ("half_logistic", {"s": R(2)}, lambda s: gamma_pieces(s, arb(1))),
    ("half_logistic", {"s": R(7, 2)}, lambda s: gamma_pieces(s, arb(1))),
    ("half_logistic_log", {}, half_logistic_log_pieces),
    ("half_logistic_rate", {"t": R(2, 3)}, lambda t: gamma_pieces(arb(1), 1 - t)),
    ("half_logistic_rate", {"t": R(-5, 2)}, lambda t: gamma_pieces(arb(1), 1 - t)),
    ("bessel_k_scaled", {"nu": R(3, 7), "chi": R(2), "psi": R(5)}, bessel_k_scaled_pieces),
    ("bessel_k_scaled", {"nu": R(-5, 2), "chi": R(3), "psi": R(1, 2)}, bessel_k_scaled_pieces),
    ("beta_prime_logarithm", {"a": R(1, 2), "c": R(2), "lam": R(1, 3)}, beta_prime_logarithm_pieces),
    ("beta_prime_logarithm", {"a": R(5, 3), "c": R(7, 2), "lam": R(4)}, beta_prime_logarithm_pieces),
    ("beta_prime_logarithm", {"a": R(3), "c": R(5), "lam": R(1)}, beta_prime_logarithm_pieces),
    ("arc_logarithm", {"lam": R(1, 3)}, beta_prime_logarithm_pieces),
    ("arc_logarithm", {"lam": R(9)}, beta_prime_logarithm_pieces),
    ("logistic_logarithm", {"lam": R(1, 3)}, lambda lam: beta_prime_logarithm_pieces(lam, arb(1), arb(2))),
    ("logistic_logarithm", {"lam": R(1)}, lambda lam: beta_prime_logarithm_pieces(lam, arb(1), arb(2))),
    ("logistic_logarithm", {"lam": R(7)}, lambda lam: beta_prime_logarithm_pieces(lam, arb(1), arb(2))),
    ("beta_logarithm", {"a": R(1, 2), "b": R(3), "lam": R(1, 4)}, beta_logarithm_pieces),
    ("beta_logarithm", {"a": R(7, 3), "b": R(1, 2), "lam": R(5)}, beta_logarithm_pieces),
    ("arcsine_logarithm", {"a": R(2), "b": R(-3, 2)}, chord_pieces),
    ("arcsine_logarithm", {"a": R(1), "b": R(1, 3)}, chord_pieces),
    ("semicircle_logarithm", {"a": R(2), "b": R(7, 4)}, chord_pieces),
    ("semicircle_logarithm", {"a": R(5), "b": R(-1, 3)}, chord_pieces),
    ("circle_kernel_log", {"rho": R(1, 3), "r": R(-1, 2), "d": R(3, 4)}, lambda **_: circle_pieces()),
    ("circle_kernel_log", {"rho": R(-2, 5), "r": R(2, 3), "d": R(-2)}, lambda **_: circle_pieces()),
    ("circle_log_wave", {"r": R(1, 2), "d": R(5, 4), "n": R(1)}, lambda **_: circle_pieces()),
    ("circle_log_wave", {"r": R(-2, 3), "d": R(1, 3), "n": R(4)}, lambda **_: circle_pieces()),
    ("confluent", {"a": R(1, 2), "b": R(3), "c": R(-2)}, confluent_pieces),
    ("confluent", {"a": R(7, 3), "b": R(1, 2), "c": R(5, 3)}, confluent_pieces),
    ("gaussian_distance", {"r": R(1, 2), "d": R(3)}, gaussian_distance_pieces),
    ("gaussian_distance", {"r": R(5, 3), "d": R(3)}, gaussian_distance_pieces),
    ("gaussian_distance", {"r": R(-1, 3), "d": R(3)}, gaussian_distance_pieces),
    ("hermite", {"s": R(1, 2), "c": R(-3)}, hermite_pieces),
    ("hermite", {"s": R(7, 3), "c": R(2)}, hermite_pieces),
    ("gamma", {"s": R(1, 2), "t": R(3)}, gamma_pieces),
    ("gamma", {"s": R(7, 3), "t": R(2, 5)}, gamma_pieces),
    ("gamma", {"s": R(1, 10), "t": R(1)}, gamma_pieces),
    ("beta", {"a": R(1, 3), "b": R(5, 2)}, beta_pieces),
    ("beta", {"a": R(4), "b": R(1, 2)}, beta_pieces),
    ("beta_prime", {"a": R(1, 2), "c": R(3, 2)}, beta_prime_pieces),
    ("beta_prime", {"a": R(5, 3), "c": R(2)}, beta_prime_pieces),
    ("gaussian", {"t": R(-3, 2)}, gaussian_pieces),
    ("gaussian", {"t": R(4)}, gaussian_pieces),
    ("incomplete_gaussian", {"c": R(-5, 3)}, gaussian_tail_pieces),
    ("incomplete_gaussian", {"c": R(2)}, gaussian_tail_pieces),
    ("tilted_incomplete_gaussian", {"t": R(3, 2), "c": R(-1, 3)}, gaussian_tail_pieces),
    ("tilted_incomplete_gaussian", {"t": R(-2), "c": R(1)}, gaussian_tail_pieces),
    ("bessel_k", {"nu": R(3, 7), "omega": R(2)}, bessel_k_pieces),
    ("bessel_k", {"nu": R(-5, 2), "omega": R(1, 3)}, bessel_k_pieces),
    ("bessel_k_log_half", {"omega": R(2, 3)}, bessel_k_pieces),
    ("bessel_k_log_half", {"omega": R(5)}, bessel_k_pieces),
    ("bessel_k_log_minus_half", {"omega": R(2, 3)}, bessel_k_pieces),
    ("bessel_k_log_minus_half", {"omega": R(5)}, bessel_k_pieces),
    ("bessel_i", {"kappa": R(7, 2), "n": R(0)}, circle_pieces),
    ("bessel_i", {"kappa": R(-2, 3), "n": R(3)}, circle_pieces),
    ("circle_log", {"rho": R(2, 3)}, circle_pieces),
    ("circle_log", {"rho": R(-1, 5)}, circle_pieces),
    ("circle_kernel", {"rho": R(1, 3), "n": R(2)}, circle_pieces),
    ("circle_kernel", {"rho": R(-1, 2), "n": R(1)}, circle_pieces),
    ("poisson_kernel", {"a": R(3, 2), "b": R(2, 3)}, poisson_kernel_pieces),
    ("poisson_kernel", {"a": R(-4), "b": R(5)}, poisson_kernel_pieces),
    ("poisson_kernel", {"a": R(1, 3), "b": R(0)}, poisson_kernel_pieces),
    ("power", {"s": R(1, 4)}, power_pieces),
    ("power", {"s": R(5)}, power_pieces),
    ("exponential_integral", {"c": R(1, 5)}, exponential_integral_pieces),
    ("exponential_integral", {"c": R(7)}, exponential_integral_pieces),
    ("incomplete_gamma", {"s": R(-3, 2), "t": R(2), "c": R(1, 3)}, incomplete_gamma_pieces),
    ("incomplete_gamma", {"s": R(0), "t": R(1), "c": R(2)}, incomplete_gamma_pieces),
    ("lower_incomplete_gamma", {"s": R(1, 2), "t": R(2), "c": R(3)}, lower_incomplete_gamma_pieces),
    ("lower_incomplete_gamma", {"s": R(7, 2), "t": R(1, 2), "c": R(1)}, lower_incomplete_gamma_pieces),
    ("incomplete_beta", {"a": R(1, 2), "b": R(3), "c": R(2, 3)}, incomplete_beta_pieces),
    ("incomplete_beta", {"a": R(2), "b": R(1, 4), "c": R(1, 5)}, incomplete_beta_pieces),
]

#: Sums: exact parameters, how many terms are added, and the ratio that the terms beyond do not exceed (None: the sum is finite).
SUMS: list[tuple[str, dict[str, Any], int, Any]] = [
    ("exponential_series", {"z": R(7, 2)}, 120, R(1, 2)),
    ("exponential_series", {"z": R(-3)}, 120, R(1, 2)),
    ("vandermonde", {"n": R(9), "a": R(2, 7), "b": R(5, 3)}, 10, None),
    ("vandermonde", {"n": R(4), "a": R(3), "b": R(1, 2)}, 5, None),
    ("harmonic", {"n": R(9), "s": R(-2, 7)}, 9, None),
    ("harmonic", {"n": R(12), "s": R(2)}, 12, None),
    ("binomial", {"n": R(9), "z": R(-2, 7)}, 10, None),
    ("binomial", {"n": R(12), "z": R(3)}, 13, None),
    ("negative_binomial", {"r": R(5, 3), "z": R(1, 3)}, 120, R(1, 2)),
    ("negative_binomial", {"r": R(1, 2), "z": R(1, 2)}, 150, R(1, 2)),
    ("geometric", {"z": R(2, 5)}, 120, R(2, 5)),
    ("geometric", {"z": R(-1, 3)}, 120, R(1, 3)),
    ("polylog", {"s": R(3, 2), "z": R(1, 3)}, 120, R(1, 3)),
    ("polylog", {"s": R(-2), "z": R(1, 4)}, 120, R(1, 2)),
]


def values_of(master: Master, named: dict[str, Any]) -> tuple[dict[Symbol, Expr], dict[Symbol, Any]]:
    exact = {master.parameter(name): value for name, value in named.items()}
    return exact, {parameter: ball(value, {}) for parameter, value in exact.items()}


def agrees(left: Any, right: Any) -> bool:
    """Both balls are narrow and they meet."""
    assert left.real.rad() < GOAL and right.real.rad() < GOAL, (left, right)
    return bool(left.real.overlaps(right.real))


def check_at(master: Master, value: Expr, named: dict[str, Any], make: Callable[..., list[Piece]], integrand: Expr | None = None) -> bool:
    exact, point = values_of(master, named)
    assert master.conditions_at(exact) == ()
    pieces = make(**{name: point[master.parameter(name)].real for name in named})
    if value.has(Piecewise):
        value = value.xreplace(exact)
    return agrees(enclosure(master, integrand or master.integrand, point, pieces), ball(value, point))


@pytest.mark.parametrize(("name", "named", "make"), INTEGRALS, ids=lambda x: x if isinstance(x, str) else None)
def test_integral(name: str, named: dict[str, Any], make: Callable[..., list[Piece]]) -> None:
    """The enclosure of the integral holds the value, and does not hold the value plus 1e-20."""
    master = MASTERS[name]
    assert check_at(master, master.value, named, make)
    assert not check_at(master, master.value + R(1, 10**20), named, make)


@pytest.mark.parametrize(("name", "named", "terms", "ratio"), SUMS)
def test_sum(name: str, named: dict[str, Any], terms: int, ratio: Any) -> None:
    master = MASTERS[name]
    exact, point = values_of(master, named)
    assert master.discrete and master.conditions_at(exact) == ()
    first = int(master.lower)
    summands = [ball(master.integrand, {**point, master.variable: acb(k)}) for k in range(first, first + terms)]
    total = sum(summands, acb(0))
    if ratio is not None:
        # |a_{k+1}/a_k| <= ratio from here on; checked at the cut, decreasing to its limit or below the limit beyond it
        after = ball(master.integrand, {**point, master.variable: acb(first + terms)})
        assert abs(after / summands[-1]) < abs(ball(ratio, {})) * (1 + arb(10) ** -2)
        bound = abs(after) / (1 - ball(ratio, {}).real * (1 + arb(10) ** -2))
        total += acb(arb(0, bound.abs_upper()))
    assert agrees(total, ball(master.value, point))
    assert not agrees(total, ball(master.value + R(1, 10**20), point))


@pytest.mark.parametrize("s", [R(2), R(5, 2), R(11, 10)])
def test_zeta_sum(s: Rational) -> None:
    """Partial sum plus Euler and Maclaurin's remainder, bounded by the first omitted term."""
    master = MASTERS["zeta"]
    exact, point = values_of(master, {"s": s})
    assert master.conditions_at(exact) == ()
    cut, x = 60, arb(60)
    sigma = point[master.parameter("s")].real
    total = sum((ball(master.integrand, {**point, master.variable: acb(k)}).real for k in range(1, cut)), arb(0))
    total += x ** (1 - sigma) / (sigma - 1) + x ** (-sigma) / 2
    rising = sigma
    for j in range(1, 31):
        bernoulli = arb.bernoulli(2 * j) / arb(2 * j).fac() if hasattr(arb, "bernoulli") else arb(flint.fmpq.bernoulli(2 * j)) / arb(2 * j).fac()
        term = bernoulli * rising * x ** (1 - sigma - 2 * j)
        if j == 30:
            total += arb(0, abs(term).upper())
            break
        total += term
        rising *= (sigma + 2 * j - 1) * (sigma + 2 * j)
    assert agrees(acb(total), ball(master.value, point))
    assert not agrees(acb(total), ball(master.value + R(1, 10**20), point))


@pytest.mark.parametrize(("a", "b", "c", "terms"), [(R(1, 2), R(2), R(14), 1500), (R(5, 3), R(1), R(12), 3000)])
def test_gauss_sum(a: Rational, b: Rational, c: Rational, terms: int) -> None:
    """With G_k = k (k+c-1) a_k one has G_k - G_{k+1} = ((c-a-b-1) k - ab) a_k, which bounds the rest by G_N / ((c-a-b-1) N - ab)."""
    master = MASTERS["gauss"]
    exact, point = values_of(master, {"a": a, "b": b, "c": c})
    assert master.conditions_at(exact) == ()
    total, x, y, z = arb(0), *(point[master.parameter(name)].real for name in "abc")
    term = ball(master.integrand, {**point, master.variable: acb(0)}).real
    for k in range(terms):
        total += term
        term *= (k + x) * (k + y) / ((k + z) * (k + 1))
        if k in (0, 7, terms - 1):
            assert term.overlaps(ball(master.integrand, {**point, master.variable: acb(k + 1)}).real)
    rest = terms * (terms + z - 1) * term / ((z - x - y - 1) * terms - x * y)
    total += arb(0, rest.upper())
    assert agrees(acb(total), ball(master.value, point))
    assert not agrees(acb(total), ball(master.value + R(1, 10**20), point))


@pytest.mark.parametrize(("c", "t"), [(R(3), R(1, 2)), (R(1, 2), R(5, 3))])
def test_bessel_series(c: Rational, t: Rational) -> None:
    """I_k(c) <= (c/2)^k e^(c²/4) / k!, so the terms from |k| = N on are below a geometric series of ratio 1/2."""
    master = MASTERS["bessel_series"]
    exact, point = values_of(master, {"c": c, "t": t})
    assert master.conditions_at(exact) == () and (master.lower, master.upper) == (-oo, oo)
    cut = 80
    total = sum((ball(master.integrand, {**point, master.variable: acb(k)}) for k in range(1 - cut, cut)), acb(0))
    x, y = (point[master.parameter(name)].real for name in ("c", "t"))
    for ratio in (x * y / 2, x / (2 * y)):
        assert ratio / cut < arb(1) / 2
        total += acb(arb(0, (2 * ratio**cut / arb(cut).fac() * (x**2 / 4).exp()).upper()))
    assert agrees(total, ball(master.value, point))
    assert not agrees(total, ball(master.value + R(1, 10**20), point))


def test_every_master_is_tested() -> None:
    assert set(MASTERS) == {case[0] for case in INTEGRALS} | {case[0] for case in SUMS} | {"zeta", "gauss", "bessel_series"}


@pytest.mark.parametrize("name", sorted(MASTERS))
def test_entry_is_complete(name: str) -> None:
    """Data that an instance is made from: symbols without sign, a reason, and the behaviour outside the domain."""
    master = MASTERS[name]
    assert master.name == name and master.proof and master.divergence
    assert all(p.is_real and p.is_positive is None for p in master.parameters)
    assert master.integrand.free_symbols <= {*master.parameters, master.variable}
    assert (master.value.free_symbols | master.condition.free_symbols) <= set(master.parameters)


def gamma_log_pieces(s: Any, t: Any) -> list[Piece]:
    # log² u <= 1/u on (0, 1) and log² u <= u on (1, oo)
    return [gamma_pieces(s - 1, t)[0], gamma_pieces(s + 1, t)[1]]


def beta_log_pieces(a: Any, b: Any) -> list[Piece]:
    # |log u| <= u^(-1/2) on (0, 1/2) and |log u| <= 1 on (1/2, 1)
    return beta_pieces(a - 1, b)


@pytest.mark.parametrize(
    ("name", "named", "make", "orders"),
    [
        ("gamma", {"s": R(5, 2), "t": R(3)}, gamma_log_pieces, {"s": 2}),
        ("beta", {"a": R(5, 2), "b": R(3)}, beta_log_pieces, {"a": 1}),
        ("gaussian", {"t": R(1, 2)}, lambda t: gaussian_pieces(4 * t), {"t": 3}),
    ],
)
def test_derivative_under_the_integral(name: str, named: dict[str, Any], make: Any, orders: dict[str, int]) -> None:
    """Orders in the parameters give logarithms and powers, enclosed like the masters themselves."""
    master = MASTERS[name]
    exact, _ = values_of(master, named)
    wanted = {master.parameter(p): n for p, n in orders.items()}
    value, integrand = master.value_at(exact, wanted), master.integrand_at(master.variable, exact, wanted)
    assert check_at(master, value, named, make, integrand)
    assert not check_at(master, value + R(1, 10**20), named, make, integrand)


def test_instances() -> None:
    """Values go in at once, also where they share a name with a parameter; functions without a closed derivative keep it formal."""
    s, t = symbols("s t", positive=True)
    master = MASTERS["gamma"]
    own = dict(zip(master.parameters, (t, s)))
    assert master.value_at(own) == F.gamma(t) * s ** (-t)
    zeta = MASTERS["zeta"]
    assert zeta.value_at({zeta.parameters[0]: Integer(2)}, {zeta.parameters[0]: 1}) == Subs(
        Derivative(F.zeta(zeta.parameters[0]), zeta.parameters[0]), zeta.parameters[0], 2
    )
    assert MASTERS["gaussian"].bounds_at({}) == (-oo, oo)
    circle = MASTERS["circle_kernel"]
    assert circle.value_at(dict(zip(circle.parameters, (Integer(0), Integer(0))))) == 2 * S.Pi


def test_a_value_at_a_gap_has_no_derivative() -> None:
    """The entry at lam = 1 is a limit; its derivative there is not that of the constant put in."""
    master = MASTERS["logistic_logarithm"]
    (lam,) = master.parameters
    assert master.value_at({lam: Integer(1)}) == 1
    assert master.value_at({lam: Integer(1)}, {lam: 1}) is S.NaN
    assert master.value_at({lam: Integer(2)}, {lam: 1}) == 1 - log(2)


def test_domain() -> None:
    a, y = symbols("a y", real=True)
    gamma = MASTERS["gamma"]
    s, t = gamma.parameters
    assert gamma.conditions_at({s: a - 3, t: Integer(1)}) == (a - 3 > 0,)
    assert gamma.conditions_at({s: Integer(-1), t: Integer(1)}) == (S.false,)
    assert gamma.conditions_at({s: Symbol("z"), t: Integer(1)})[0].func.__name__ == "Contains"
    bessel = MASTERS["bessel_i"]
    assert {c.func.__name__ for c in bessel.conditions_at(dict(zip(bessel.parameters, (y, y))))} == {"Contains", "GreaterThan"}
    kernel = MASTERS["poisson_kernel"]
    edge = dict(zip(kernel.parameters, (y, Integer(0))))
    assert kernel.conditions_at(edge) == ()
    # a derivative needs the interior of the domain
    assert kernel.conditions_at(edge, {kernel.parameters[0]: 1}) == (S.false,)


@pytest.mark.parametrize(
    ("name", "named", "cuts"),
    [
        ("gamma", {"s": R(-1, 2), "t": R(1)}, [("exp", -10, 0), ("exp", -40, 0), ("exp", -80, 0)]),
        ("gamma", {"s": R(1, 2), "t": R(0)}, [("exp", 0, 10), ("exp", 0, 40), ("exp", 0, 80)]),
        ("beta", {"a": R(2), "b": R(0)}, [("from one", -10, -1), ("from one", -40, -1), ("from one", -80, -1)]),
        ("beta_prime", {"a": R(2), "c": R(2)}, [("exp", 0, 10), ("exp", 0, 100), ("exp", 0, 300)]),
        ("bessel_k", {"nu": R(1, 2), "omega": R(0)}, [("exp", 0, 10), ("exp", 0, 40), ("exp", 0, 80)]),
        ("bessel_k_log_half", {"omega": R(0)}, [("exp", 0, 10), ("exp", 0, 40), ("exp", 0, 80)]),
        ("power", {"s": R(0)}, [("exp", -10, 0), ("exp", -100, 0), ("exp", -300, 0)]),
        ("lower_incomplete_gamma", {"s": R(0), "t": R(1), "c": R(1)}, [("exp", -10, 0), ("exp", -100, 0), ("exp", -300, 0)]),
        ("incomplete_beta", {"a": R(0), "b": R(1), "c": R(1, 2)}, [("exp", -10, -1), ("exp", -100, -1), ("exp", -300, -1)]),
    ],
)
def test_divergence_to_plus_infinity(name: str, named: dict[str, Any], cuts: list[tuple[str, Any, Any]]) -> None:
    """Outside the domain the condition says no, and partial integrals grow beyond every bound in steps."""
    master = MASTERS[name]
    exact, point = values_of(master, named)
    assert S.false in master.conditions_at(exact)
    partial = [enclosure(master, master.integrand, point, [Piece(*cut)]).real for cut in cuts]
    assert all(later > earlier + 5 for earlier, later in pairwise(partial))


def test_cosine_has_no_sign() -> None:
    """The kernels of the circle are tested with their sign: n = 1 and rho < 0 give a negative value."""
    master = MASTERS["circle_kernel"]
    exact, _ = values_of(master, {"rho": R(-1, 2), "n": R(1)})
    assert master.value_at(exact) == -S.Pi
    assert master.integrand_at(S.Zero, exact) == R(3, 4) / (R(5, 4) + cos(0))
