"""The functions that balls know: from a SymPy function to Arb, cuts of the plane respected.

Every entry takes `analytic` first: when it is set, the result must be an enclosure of a function analytic on the whole
argument ball, or not finite. Meromorphic functions need no care (Arb gives no finite ball at a pole); functions with a cut do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.core.function import ArgumentIndexError

from symkl.exact.arithmetic import flint_module

__all__ = ["FUNCTIONS", "Exp", "Growth", "Log1p", "LogBesselI", "LogErfc", "LogRatio", "integer_power", "is_real", "log_sum_exp", "nan", "raise_to"]


# A ball with fewer right bits than this is a box of a quadrature, not a number.
WIDE_BITS = 24


class Exp(sp.Function):
    """e^z, which SymPy does not take apart where z holds logarithms."""


class Growth(sp.Function):
    """(e^z − 1)/z, which is 1 at 0."""


class Log1p(sp.Function):
    """log(1 + z)."""


class LogRatio(sp.Function):
    """log(1 + z)/z, which is 1 at 0."""


class LogErfc(sp.Function):
    """log erfc z, which neither underflows nor varies fast where erfc z does."""

    def fdiff(self, argindex: int = 1) -> Any:
        return LogErfcSlope(self.args[0])


class LogErfcSlope(sp.Function):
    """d log erfc z / dz = −2 e^(−z²)/(√π erfc z)."""


class LogBesselI(sp.Function):
    """log I_n(z)."""

    def fdiff(self, argindex: int = 2) -> Any:
        if argindex != 2:
            raise ArgumentIndexError(self, argindex)
        return LogBesselISlope(*self.args)


class LogBesselISlope(sp.Function):
    """d log I_n(z) / dz = I_n′(z)/I_n(z)."""


Value = Any
Entry = Callable[..., Value]


@lru_cache(maxsize=1)
def _acb() -> Any:
    flint = flint_module()
    if flint is None:
        raise ImportError("python-flint is not installed")
    return flint.acb


def _arb() -> Any:
    return flint_module().arb  # type: ignore[union-attr]


@lru_cache(maxsize=1)
def nan() -> Value:
    """The ball that says nothing."""
    return _acb()("nan")


def is_real(z: Value) -> bool:
    """Whether the ball is a real ball: its imaginary part is exactly zero."""
    return z.imag.is_zero()


def _plain(method: str) -> Entry:
    """A meromorphic function of one argument that is a method of the ball."""
    call = getattr(_acb(), method)
    return lambda analytic, z: call(z)


def _flagged(method: str) -> Entry:
    call = getattr(_acb(), method)
    return lambda analytic, z: call(z, analytic=analytic)


def _cut(crosses: Callable[..., bool], entry: Entry) -> Entry:
    """`entry`, but nothing where an analytic value is asked of a ball that meets the cut."""
    return lambda analytic, *args: nan() if analytic and crosses(*args) else entry(analytic, *args)


def _meets_negative(*args: Value) -> bool:
    """Whether the last argument may lie on (−∞, 0]."""
    z = args[-1]
    return not z.real > 0 and z.imag.contains(0)


def _meets_above_one(*args: Value) -> bool:
    z = args[-1]
    return not z.real < 1 and z.imag.contains(0)


def _meets_outside_unit(*args: Value) -> bool:
    """Whether the last argument may be real and not in (−1, 1)."""
    z = args[-1]
    return z.imag.contains(0) and not (z.real > -1 and z.real < 1)


def _meets_imaginary(*args: Value) -> bool:
    """Whether the last argument may lie on ±i[1, ∞)."""
    z = args[-1]
    return z.real.contains(0) and not (z.imag > -1 and z.imag < 1)


def _meets_below_one(*args: Value) -> bool:
    z = args[-1]
    return not z.real > 1 and z.imag.contains(0)


def _order_or_cut(n: Value, z: Value) -> bool:
    """The cut (−∞, 0] of z^n, absent for integer n."""
    return not (n.is_exact() and n.contains_integer()) and _meets_negative(z)


def integer_power(z: Value, n: int) -> Value:
    """z^n; of a wide real ball by its ends, so that an even power is not negative."""
    if n > 1 and is_real(z) and z.rel_accuracy_bits() < WIDE_BITS and z.is_finite():
        low, high = (z.real.abs_lower(), z.real.abs_upper()) if n % 2 == 0 else (z.real.lower(), z.real.upper())
        return _acb()((low**n).union(high**n))
    return z**n


def raise_to(analytic: bool, base: Value, exponent: Value) -> Value:
    """base ** exponent on the principal branch; a ball around zero is taken for positive exponents where that is real."""
    value = base.pow(exponent, analytic=analytic)
    if analytic or value.is_finite() or not (is_real(base) and is_real(exponent)):
        return value
    if base.real.contains(0) and exponent.real > 0 and base.real.is_finite():
        # x^e is increasing on [0, b]; a real power of the possibly negative part is not real, so only its modulus is bounded.
        bound = _acb()(base.real.abs_upper()).pow(exponent).real
        radius = bound.abs_upper()
        if base.real >= 0:
            return _acb()(bound.union(_arb()(0)))
        disc = _arb()(0, radius)
        return _acb()(disc, disc)
    return value


def _lgamma(analytic: bool, z: Value) -> Value:
    if is_real(z) and z.real > 0:
        return _acb()(z.real.lgamma())
    return z.lgamma()


def _beta(analytic: bool, a: Value, b: Value) -> Value:
    if a.real > 0 and b.real > 0 and is_real(a) and is_real(b):
        return (_lgamma(False, a) + _lgamma(False, b) - _lgamma(False, a + b)).exp()
    return a.gamma() * b.gamma() * (a + b).rgamma()


def _binomial(analytic: bool, n: Value, k: Value) -> Value:
    if n.real > -1 and k.real > -1 and n.real - k.real > -1 and is_real(n) and is_real(k):
        return (_lgamma(False, n + 1) - _lgamma(False, k + 1) - _lgamma(False, n - k + 1)).exp()
    return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


def _log_erfc(analytic: bool, z: Value) -> Value:
    """erfc z = e^(−z²) U(½, ½, z²)/√π in the right half plane: slowly varying on wide balls, where erfc itself is not.

    Also for large numbers, where U has its asymptotic series and erfc underflows; between, U would lose digits.
    """
    square = z * z
    if z.rel_accuracy_bits() < WIDE_BITS and z.real > 2 and z.real > abs(z.imag):
        # Asymptotic for |arg z| ≤ π/4, the error below the first term left out: tight on wide boxes far out.
        error = _arb()(0, (3 / (4 * square.abs_lower() ** 2)).abs_upper())
        theta = 1 - 1 / (2 * square) + _acb()(error, error)
        return theta.log(analytic=analytic) - square - z.log(analytic=analytic) - _arb().pi().log() / 2
    if z.real > 2 and z.real * z.real > flint_module().ctx.prec:  # type: ignore[union-attr]
        u = square.hypgeom_u(0.5, 0.5).log(analytic=analytic)
        if u.is_finite():
            return u - square - _arb().pi().log() / 2
    return z.erfc().log(analytic=analytic)


def _log_erfc_slope(analytic: bool, z: Value) -> Value:
    """−2z/θ with 1 − 1/(2z²) ≤ θ ≤ 1 for real z > 1."""
    if is_real(z) and z.real > 1:
        return -2 * z / _acb()((1 - 1 / (2 * z.real * z.real)).union(_arb()(1)))
    return -2 * (-z * z).exp() / (_arb().pi().sqrt() * z.erfc())


def _log_besseli_slope(analytic: bool, n: Value, z: Value) -> Value:
    """I_n′/I_n = I_(n+1)/I_n + n/z, and 0 ≤ I_(n+1)/I_n ≤ 1 for n ≥ 0, z > 0."""
    if is_real(z) and is_real(n) and z.real > 0 and n.real >= 0:
        return _acb()(_arb()(0).union(_arb()(1))) + n / z
    return z.bessel_i(n + 1) / z.bessel_i(n) + n / z


def _log_besseli(analytic: bool, n: Value, z: Value) -> Value:
    if z.real > 2 and z.rel_accuracy_bits() < WIDE_BITS:
        scaled = z.bessel_i(n, scaled=True).log(analytic=analytic)
        if scaled.is_finite():
            return scaled + z
    return z.bessel_i(n).log(analytic=analytic)


def _growth(analytic: bool, z: Value) -> Value:
    """(e^z − 1)/z; near 0, |value − 1| ≤ (e − 2)|z|."""
    return z.expm1() / z if not z.contains(0) else _near_one(z, 0.72)


def _log_ratio(analytic: bool, z: Value) -> Value:
    """log(1 + z)/z; for |z| ≤ ½, |value − 1| ≤ |z|."""
    return z.log1p() / z if not z.contains(0) else _near_one(z, 1)


def _near_one(z: Value, slope: float) -> Value:
    radius = z.abs_upper() * slope
    if not z.abs_upper() < 0.5:
        return nan()
    disc = _arb()(0, radius.abs_upper())
    return _acb()(1 + disc, _arb()(0) if is_real(z) else disc)


def log_sum_exp(analytic: bool, *parts: Value) -> Value:
    """log Σ w e^u of arguments u₁, w₁, u₂, w₂, …, the largest exponential taken out.

    On the real line that is the logarithm; off it, its analytic continuation, also where the sum winds around zero.
    """
    exponents, weights = parts[::2], parts[1::2]
    best = max(range(len(exponents)), key=lambda i: _order(exponents[i]))
    total = weights[best]
    for i, (u, w) in enumerate(zip(exponents, weights)):
        if i != best:
            total = total + w * (u - exponents[best]).exp()
    return exponents[best] + total.log(analytic=analytic)


def _order(z: Value) -> float:
    try:
        number = float(z.real.mid())
    except OverflowError:
        return float("inf") if z.real > 0 else float("-inf")
    return number if number == number else float("-inf")  # noqa: PLR0124


def _polygamma(analytic: bool, n: Value, z: Value) -> Value:
    return z.digamma() if n == 0 else z.polygamma(n)


def _harmonic(analytic: bool, n: Value, m: Value | None = None) -> Value:
    if m is None or m == 1:
        return (n + 1).digamma() + _arb().const_euler()
    return m.zeta() - m.zeta(n + 1)


def _real(method: str) -> Entry:
    """A function Arb has for real balls only."""

    def entry(analytic: bool, *args: Value) -> Value:
        if analytic or not all(is_real(arg) for arg in args):
            return nan()
        return _acb()(getattr(args[0].real, method)(*(arg.real for arg in args[1:])))

    return entry


def _maximum(analytic: bool, *args: Value) -> Value:
    value = args[0]
    for arg in args[1:]:
        value = value.real_max(arg, analytic=analytic)
    return value


def _minimum(analytic: bool, *args: Value) -> Value:
    value = args[0]
    for arg in args[1:]:
        value = value.real_min(arg, analytic=analytic)
    return value


def _erf2(analytic: bool, a: Value, b: Value) -> Value:
    return b.erf() - a.erf()


def _lambert(analytic: bool, z: Value, branch: Value | None = None) -> Value:
    index = 0 if branch is None else int(branch.real.unique_fmpz())
    if is_real(z) and index in (0, -1):
        value = z.real.lambertw(index)
        if value.is_finite():
            return _acb()(value)
    return z.lambertw(index)


def _betainc(analytic: bool, a: Value, b: Value, low: Value, high: Value) -> Value:
    return high.beta_lower(a, b) - low.beta_lower(a, b)


def _betainc_regularized(analytic: bool, a: Value, b: Value, low: Value, high: Value) -> Value:
    return high.beta_lower(a, b, regularized=1) - low.beta_lower(a, b, regularized=1)


def _uppergamma(analytic: bool, s: Value, z: Value) -> Value:
    return z.gamma_upper(s)


def _lowergamma(analytic: bool, s: Value, z: Value) -> Value:
    return z.gamma_lower(s)


def _zeta(analytic: bool, s: Value, a: Value | None = None) -> Value:
    return s.zeta() if a is None or a == 1 else s.zeta(a)


def _polylog(analytic: bool, s: Value, z: Value) -> Value:
    return z.polylog(s)


def _expint(analytic: bool, s: Value, z: Value) -> Value:
    return z.expint(s)


def _bessel(letter: str) -> Entry:
    call = getattr(_acb(), f"bessel_{letter}")
    return lambda analytic, n, z: call(z, n)


def _besselk(analytic: bool, n: Value, z: Value) -> Value:
    value = z.bessel_k(n)
    if not value.is_finite() and is_real(z) and z.real > 0:
        # |K_n(z)| ≤ K_m(z) for m ≥ |Re n|, from ∫ e^(−z cosh t) cosh(n t) dt; entire in n, but Arb divides by sin(nπ).
        order = abs(n.real).upper()
        bound = _acb()(z.real.lower()).bessel_k(_acb()(order)).real.abs_upper()
        disc = _arb()(0, bound)
        return _acb()(disc, _arb()(0) if is_real(n) else disc)
    return value


def _stieltjes(analytic: bool, n: Value, a: Value | None = None) -> Value:
    order = int(n.real.unique_fmpz())
    return _acb().stieltjes(order) if a is None else _acb().stieltjes(order, a)


def _sinc(analytic: bool, z: Value) -> Value:
    return z.sinc()


def _reciprocal(method: str) -> Entry:
    call = getattr(_acb(), method)
    return lambda analytic, z: call(1 / z)


def _integer_part(method: str) -> Entry:
    return lambda analytic, z: getattr(z, f"real_{method}")(analytic=analytic)


def _log1(analytic: bool, z: Value, base: Value | None = None) -> Value:
    return z.log(analytic=analytic) if base is None else z.log(analytic=analytic) / base.log(analytic=analytic)


@lru_cache(maxsize=1)
def _table() -> dict[type, Entry]:
    plain = {
        sp.exp: "exp", sp.sin: "sin", sp.cos: "cos", sp.tan: "tan", sp.cot: "cot", sp.sec: "sec", sp.csc: "csc",
        sp.sinh: "sinh", sp.cosh: "cosh", sp.tanh: "tanh", sp.coth: "coth", sp.sech: "sech", sp.csch: "csch",
        sp.gamma: "gamma", sp.erf: "erf", sp.erfc: "erfc", sp.erfi: "erfi",
        sp.Si: "si", sp.Shi: "shi", sp.fresnels: "fresnel_s", sp.fresnelc: "fresnel_c",
        sp.airyai: "airy_ai", sp.airybi: "airy_bi", sp.conjugate: "conjugate",
    }  # fmt: skip
    cut_negative = {sp.Ei: "ei", sp.Ci: "ci", sp.Chi: "chi", sp.li: "li"}
    above_one = {sp.elliptic_k: "elliptic_k", sp.elliptic_e: "elliptic_e"}
    table: dict[type, Entry] = {kind: _plain(method) for kind, method in plain.items()}
    table |= {kind: _cut(_meets_negative, _plain(method)) for kind, method in cut_negative.items()}
    table |= {kind: _cut(_meets_above_one, _plain(method)) for kind, method in above_one.items()}
    table[sp.conjugate] = _cut(lambda z: True, _plain("conjugate"))
    table |= {kind: _cut(_meets_outside_unit, _plain(name)) for kind, name in ((sp.asin, "asin"), (sp.acos, "acos"), (sp.atanh, "atanh"))}
    table |= {sp.atan: _cut(_meets_imaginary, _plain("atan")), sp.asinh: _cut(_meets_imaginary, _plain("asinh"))}
    table |= {sp.acosh: _cut(_meets_below_one, _plain("acosh")), sp.acot: _cut(lambda z: _meets_imaginary(1 / z), _reciprocal("atan"))}
    table |= {sp.asec: _cut(lambda z: True, _reciprocal("acos")), sp.acsc: _cut(lambda z: True, _reciprocal("asin"))}
    table |= {
        sp.log: _log1,
        sp.Abs: _flagged("real_abs"),
        sp.sign: _flagged("real_sgn"),
        sp.Heaviside: lambda analytic, z, *_: z.real_heaviside(analytic=analytic),
        sp.floor: _integer_part("floor"),
        sp.ceiling: _integer_part("ceil"),
        sp.Max: _maximum,
        sp.Min: _minimum,
        sp.loggamma: _cut(_meets_negative, _lgamma),
        sp.factorial: lambda analytic, z: (z + 1).gamma(),
        sp.beta: _beta,
        sp.binomial: _binomial,
        sp.polygamma: _polygamma,
        sp.harmonic: _harmonic,
        sp.zeta: _cut(lambda s, *a: bool(a) and _meets_negative(*a), _zeta),
        sp.polylog: _cut(_meets_above_one, _polylog),
        sp.dirichlet_eta: lambda analytic, s, *_: s.dirichlet_eta() if hasattr(s, "dirichlet_eta") else nan(),
        sp.lerchphi: _cut(lambda z, s, a: True, lambda analytic, z, s, a: z.lerch_phi(s, a)),
        sp.stieltjes: _cut(lambda *_: True, _stieltjes),
        sp.uppergamma: _cut(_meets_negative, _uppergamma),
        sp.lowergamma: _cut(_meets_negative, _lowergamma),
        sp.expint: _cut(_meets_negative, _expint),
        sp.Li: _cut(_meets_negative, lambda analytic, z: z.li(offset=True)),
        sp.besseli: _cut(_order_or_cut, _bessel("i")),
        sp.besselj: _cut(_order_or_cut, _bessel("j")),
        sp.besselk: _cut(_meets_negative, _besselk),
        sp.bessely: _cut(_meets_negative, _bessel("y")),
        sp.erfinv: _real("erfinv"),
        sp.erfcinv: _real("erfcinv"),
        sp.erf2: _erf2,
        sp.atan2: _real("atan2"),
        sp.LambertW: _cut(lambda *_: True, _lambert),
        sp.betainc: _cut(lambda *_: True, _betainc),
        sp.betainc_regularized: _cut(lambda *_: True, _betainc_regularized),
        sp.RisingFactorial: lambda analytic, a, n: a.rising(n),
        sp.FallingFactorial: lambda analytic, a, n: (a + 1).gamma() * (a - n + 1).rgamma(),
        sp.re: _cut(lambda z: True, lambda analytic, z: _acb()(z.real)),
        sp.im: _cut(lambda z: True, lambda analytic, z: _acb()(z.imag)),
        sp.sinc: _sinc,
        Exp: _plain("exp"),
        Growth: _growth,
        LogRatio: _cut(lambda z: _meets_negative(1 + z), _log_ratio),
        Log1p: _cut(lambda z: _meets_negative(1 + z), _plain("log1p")),
        LogErfc: _log_erfc,
        LogErfcSlope: _log_erfc_slope,
        LogBesselI: _cut(_order_or_cut, _log_besseli),
        LogBesselISlope: _cut(_order_or_cut, _log_besseli_slope),
    }
    return table


class _Functions:
    """The table, made when first asked so that the package imports without python-flint."""

    def get(self, kind: type) -> Entry | None:
        return _table().get(kind)


FUNCTIONS = _Functions()
