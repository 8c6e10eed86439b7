"""The functions that balls know: from a SymPy function to Arb, cuts of the plane respected.

Every entry takes `analytic` first: when it is set, the result must be an enclosure of a function analytic on the whole
argument ball, or not finite. Meromorphic functions need no care (Arb gives no finite ball at a pole); functions with a cut do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import sympy as sp

from symkl.exact.bessel import log_bessel
from symkl.exact.stable import (
    WIDE_BITS,
    Capped,
    Entry,
    Exp,
    Growth,
    Log1p,
    LogBesselI,
    LogBesselIOrderSlope,
    LogBesselISlope,
    LogErfc,
    LogErfcSlope,
    LogGammaGap,
    LogRatio,
    Modulus,
    Value,
    acb,
    arb,
    capped,
    growth,
    is_real,
    log_besseli_order_slope,
    log_besseli_slope,
    log_erfc,
    log_erfc_slope,
    log_ratio,
    nan,
)
from symkl.exact.surplus import Excess, Narrower, Surplus, narrower, surplus
from symkl.exact.zetaexcess import LogZeta, ZetaExcess, log_zeta, zeta_excess

__all__ = ["FUNCTIONS", "integer_power", "raise_to"]

# Below the least point of Γ on (0, ∞) it decreases, above it increases.
LEAST_LOG_GAMMA = 1.47


def _plain(method: str) -> Entry:
    """A meromorphic function of one argument that is a method of the ball."""
    call = getattr(acb(), method)
    return lambda analytic, z: call(z)


def _flagged(method: str) -> Entry:
    call = getattr(acb(), method)
    return lambda analytic, z: call(z, analytic=analytic)


def _cut(crosses: Callable[..., bool], entry: Entry) -> Entry:
    """`entry`, but nothing where an analytic value is asked of a ball that meets the cut."""
    return lambda analytic, *args: nan() if analytic and crosses(*args) else entry(analytic, *args)


def _meets_negative(*args: Value) -> bool:
    """Whether the last argument may lie on (−∞, 0]."""
    z = args[-1]
    return not z.real > 0 and z.imag.contains(0)


def _meets_negative_left(z: Value, d: Value) -> bool:
    """Whether z or z + d may lie on (−∞, 0]."""
    return _meets_negative(z) or _meets_negative(z + d)


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
        return acb()((low**n).union(high**n))
    return z**n


def raise_to(analytic: bool, base: Value, exponent: Value) -> Value:
    """base ** exponent on the principal branch; a ball around zero is taken for positive exponents where that is real."""
    value = base.pow(exponent, analytic=analytic)
    if analytic or value.is_finite() or not (is_real(base) and is_real(exponent)):
        return value
    if base.real.contains(0) and exponent.real > 0 and base.real.is_finite():
        # x^e is increasing on [0, b]; a real power of the possibly negative part is not real, so only its modulus is bounded.
        bound = acb()(base.real.abs_upper()).pow(exponent).real
        radius = bound.abs_upper()
        if base.real >= 0:
            return acb()(bound.union(arb()(0)))
        disc = arb()(0, radius)
        return acb()(disc, disc)
    return value


def _lgamma(analytic: bool, z: Value) -> Value:
    if not (is_real(z) and z.real > 0):
        return z.lgamma()
    if _is_narrow(z.real):
        return acb()(z.real.lgamma())
    # log Γ is convex, and least near 1.46.
    low, high = z.real.lower().lgamma(), z.real.upper().lgamma()
    around = low.union(high)
    return acb()(around if z.real > LEAST_LOG_GAMMA else around.union(arb()(-1) / 8))


def _is_narrow(x: Value) -> bool:
    """Whether Arb's series serve: on wide intervals their error terms say nothing."""
    return bool(x.rel_accuracy_bits() >= WIDE_BITS or not x.is_finite())


def _digamma(z: Value) -> Value:
    """ψ, which increases on (0, ∞)."""
    if not (is_real(z) and z.real > 0) or _is_narrow(z.real):
        return z.digamma()
    return acb()(z.real.lower().digamma().union(z.real.upper().digamma()))


def _beta(analytic: bool, a: Value, b: Value) -> Value:
    if a.real > 0 and b.real > 0 and is_real(a) and is_real(b):
        return (_lgamma(False, a) + _lgamma(False, b) - _lgamma(False, a + b)).exp()
    return a.gamma() * b.gamma() * (a + b).rgamma()


def _binomial(analytic: bool, n: Value, k: Value) -> Value:
    if n.real > -1 and k.real > -1 and n.real - k.real > -1 and is_real(n) and is_real(k):
        return (_lgamma(False, n + 1) - _lgamma(False, k + 1) - _lgamma(False, n - k + 1)).exp()
    return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


def _polygamma(analytic: bool, n: Value, z: Value) -> Value:
    return _digamma(z) if n == 0 else z.polygamma(n)


def _harmonic(analytic: bool, n: Value, m: Value | None = None) -> Value:
    if m is None or m == 1:
        return (n + 1).digamma() + arb().const_euler()
    return m.zeta() - m.zeta(n + 1)


def _real(method: str) -> Entry:
    """A function Arb has for real balls only."""

    def entry(analytic: bool, *args: Value) -> Value:
        if analytic or not all(is_real(arg) for arg in args):
            return nan()
        return acb()(getattr(args[0].real, method)(*(arg.real for arg in args[1:])))

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
            return acb()(value)
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
    call = getattr(acb(), f"bessel_{letter}")
    return lambda analytic, n, z: call(z, n)


def _besselk(analytic: bool, n: Value, z: Value) -> Value:
    value = z.bessel_k(n)
    if not value.is_finite() and is_real(z) and z.real > 0:
        # |K_n(z)| ≤ K_m(z) for m ≥ |Re n|, from ∫ e^(−z cosh t) cosh(n t) dt; entire in n, but Arb divides by sin(nπ).
        order = abs(n.real).upper()
        bound = acb()(z.real.lower()).bessel_k(acb()(order)).real.abs_upper()
        disc = arb()(0, bound)
        return acb()(disc, arb()(0) if is_real(n) else disc)
    return value


def _stieltjes(analytic: bool, n: Value, a: Value | None = None) -> Value:
    order = int(n.real.unique_fmpz())
    return acb().stieltjes(order) if a is None else acb().stieltjes(order, a)


def _sinc(analytic: bool, z: Value) -> Value:
    return z.sinc()


def _reciprocal(method: str) -> Entry:
    call = getattr(acb(), method)
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
        Modulus: _flagged("real_abs"),
        Capped: capped,
        sp.sign: _flagged("real_sgn"),
        sp.Heaviside: lambda analytic, z, *_: z.real_heaviside(analytic=analytic),
        sp.floor: _integer_part("floor"),
        sp.ceiling: _integer_part("ceil"),
        sp.Max: _maximum,
        sp.Min: _minimum,
        sp.loggamma: _cut(_meets_negative, _lgamma),
        LogGammaGap: _cut(_meets_negative_left, lambda analytic, z, d: _lgamma(analytic, z + d) - _lgamma(analytic, z)),
        sp.factorial: lambda analytic, z: (z + 1).gamma(),
        sp.beta: _beta,
        sp.binomial: _binomial,
        sp.polygamma: _polygamma,
        sp.harmonic: _harmonic,
        sp.zeta: _cut(lambda s, *a: bool(a) and _meets_negative(*a), _zeta),
        ZetaExcess: zeta_excess,
        LogZeta: log_zeta,
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
        sp.re: _cut(lambda z: True, lambda analytic, z: acb()(z.real)),
        sp.im: _cut(lambda z: True, lambda analytic, z: acb()(z.imag)),
        sp.sinc: _sinc,
        Exp: _plain("exp"),
        Growth: growth,
        LogRatio: _cut(lambda z: _meets_negative(1 + z), log_ratio),
        Log1p: _cut(lambda z: _meets_negative(1 + z), _plain("log1p")),
        Excess: _plain("expm1"),
        Surplus: surplus,
        Narrower: narrower,
        LogErfc: log_erfc,
        LogErfcSlope: log_erfc_slope,
        LogBesselI: _cut(_order_or_cut, log_bessel),
        LogBesselISlope: _cut(_order_or_cut, log_besseli_slope),
        LogBesselIOrderSlope: _cut(lambda *_: True, log_besseli_order_slope),
    }
    return table


class _Functions:
    """The table, made when first asked so that the package imports without python-flint."""

    def get(self, kind: type) -> Entry | None:
        return _table().get(kind)


FUNCTIONS = _Functions()
