"""Standard laws on the integers, read off the log-mass: powers z^k against k!, binomial weights, or k^{−s}."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Add, Derivative, Expr, Integer, Mul, S, Subs, Symbol, binomial, exp, expand_func, log, loggamma, oo, polylog, zeta
from sympy.functions.combinatorial.numbers import stirling

from symkl.core.density import Density
from symkl.core.supports import Lattice
from symkl.expect.gammas import cancelled, log_gamma_argument, undoubled
from symkl.expect.shapes import Moment, Piece, Profile
from symkl.expect.terms import ONE, Monomial, expand_in
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

__all__ = ["KINDS", "match", "moment"]

#: Kinds this file recognises.
KINDS = ("poisson", "negative_binomial", "binomial", "zeta", "log_series")


@dataclass(frozen=True)
class Mass:
    """log p(k) = log C + k·log z − s·log k + Σ e·log Γ(a + bk), as read from a profile."""

    log_c: Expr
    log_z: Expr
    s: Expr
    gammas: tuple[tuple[Expr, Expr], ...]


def match(profile: Profile) -> Piece | None:
    support = profile.support
    if not isinstance(support, Lattice) or support.step != 1 or support.lower is -oo:
        return None
    k = profile.variable
    mass = _read(profile)
    if mass is None:
        return None
    found = _recognise(mass, support, k)
    if found is None:
        return None
    kind, parameters = found
    return Piece(kind, parameters, k, Density.from_log(_normalised(profile, mass, _log_norm(kind, parameters)), k, support))


def _normalised(profile: Profile, mass: Mass, norm: Expr) -> Expr:
    """The log-mass, in the constants as they are if these are right: a part of a law has others."""
    if is_zero(mass.log_c - norm, profile.facts):
        return profile.log_density
    k = profile.variable
    return norm + k * mass.log_z - mass.s * log(k) + Add(*(c * loggamma(a) for a, c in mass.gammas))


def _log_norm(kind: str, parameters: tuple[Expr, ...]) -> Expr:
    """The constant of the log-mass."""
    if kind == "poisson":
        return -parameters[0]
    if kind == "zeta":
        return -log(zeta(parameters[0]))
    if kind == "log_series":
        return -log(-log(1 - parameters[0]))
    if kind == "binomial":
        n, z = parameters
        return loggamma(n + 1) - n * log(1 + z)
    r, z, start = parameters
    return r * log(1 - z) - start * log(z) - (loggamma(r) if r != 1 else S.Zero)


def _read(profile: Profile) -> Mass | None:
    k = profile.variable
    log_c: Expr = S.Zero
    log_z: Expr = S.Zero
    s: Expr = S.Zero
    gammas: dict[Expr, Expr] = {}
    for c, m in cancelled(expand_in(profile.log_density, k, profile.facts), k):
        if m == ONE:
            log_c = c
        elif m == Monomial(power=S.One):
            log_z = c
        elif m == Monomial(logs=1):
            s = -c
        else:
            argument = log_gamma_argument(m)
            if argument is None:
                return None
            gammas[argument] = c
    gammas, rest = undoubled(gammas, k)
    log_c, log_z = log_c + rest.xreplace({k: S.Zero}), (log_z + rest.diff(k)).expand()
    return Mass(log_c, log_z, s, tuple(sorted(gammas.items(), key=lambda item: item[0].sort_key())))


def _recognise(mass: Mass, support: Lattice, k: Symbol) -> tuple[str, tuple[Expr, ...]] | None:
    gammas = dict(mass.gammas)
    if not gammas:
        if mass.log_z == 0 and support == Lattice(1, oo):
            return "zeta", (mass.s,)
        if mass.s == 1 and support == Lattice(1, oo):
            return "log_series", (exp(mass.log_z),)
        if mass.s == 0 and support.upper is oo:
            # A geometric series from any start is a negative binomial of order one, shifted.
            return "negative_binomial", (S.One, exp(mass.log_z), support.lower)
        return None
    if mass.s != 0 or gammas.get(k + 1) != -1:
        return None
    rest = {a: c for a, c in gammas.items() if a != k + 1}
    if not rest and support == Lattice(0, oo):
        return "poisson", (exp(mass.log_z),)
    if len(rest) != 1:
        return None
    ((argument, sign),) = rest.items()
    if sign == 1 and (argument - k).expand().has(k) is False and support == Lattice(0, oo):
        return "negative_binomial", ((argument - k).expand(), exp(mass.log_z), S.Zero)
    if sign == -1 and (argument + k - support.upper - 1).expand() == 0 and support.lower == 0:
        return "binomial", (support.upper, exp(mass.log_z))
    return None


def moment(this: Piece, monomial: Monomial, facts: Facts) -> Moment | None:
    """E[k^n e^{ck}] through factorial moments of the generating function, E[k^r log^n k] for the zeta law."""
    if monomial.factors:
        return None
    if this.kind == "zeta":
        return _zeta_moment(this, monomial)
    n = monomial.power
    if monomial.logs or not (n.is_Integer and -1 <= n <= 8):
        return None
    if this.kind == "log_series":
        return _log_series_moment(this, monomial, int(n))
    if n < 0:
        return None
    return _generating_moment(this, int(n), monomial.rate)


def _zeta_moment(this: Piece, monomial: Monomial) -> Moment | None:
    """E[k^r log^n k] = (−1)^n ζ^{(n)}(s − r)/ζ(s)."""
    if monomial.rate != 0:
        return None
    (s,) = this.parameters
    shifted = s - monomial.power
    top = zeta(shifted) if monomial.logs == 0 else _zeta_derivative(shifted, monomial.logs)
    values, orders = (("s", shifted),), (("s", monomial.logs),)
    return Moment(S.NegativeOne**monomial.logs * top / zeta(s), "zeta", values, orders, S.NegativeOne**monomial.logs / zeta(s), (shifted > 1,))


def _zeta_derivative(s: Expr, n: int) -> Expr:
    if isinstance(s, Symbol):
        return Derivative(zeta(s), (s, n))
    order = Symbol("s", real=True)
    return Subs(Derivative(zeta(order), (order, n)), order, s)


def _log_series_moment(this: Piece, monomial: Monomial, n: int) -> Moment | None:
    """E[k^n e^{ck}] = Li_{1−n}(z e^c)/Li_1(z)."""
    (z,) = this.parameters
    argument = z * exp(monomial.rate)
    top = expand_func(polylog(1 - n, argument))
    return Moment(top / -log(1 - z), "polylog", (("s", Integer(1 - n)), ("z", argument)), (), -1 / log(1 - z), (argument < 1,))


def _generating_moment(this: Piece, n: int, rate: Expr) -> Moment:
    """E[k^n e^{ck}] = Σ_j S(n, j) w^j G^{(j)}(w)/G(z), w = z e^c, where Σ a_k z^k = G(z)."""
    w = _weight(this) * exp(rate)
    start = this.parameters[2] if this.kind == "negative_binomial" else S.Zero
    total = sum((stirling(n, j) * _factorial_moment(this, j, w) for j in range(n + 1)), S.Zero)
    if start != 0:
        # K = start + K': expand (start + K')^n.
        total = sum(
            (
                binomial(n, i) * start ** (n - i) * sum((stirling(i, j) * _factorial_moment(this, j, w) for j in range(i + 1)), S.Zero)
                for i in range(n + 1)
            ),
            S.Zero,
        )
    scale = _normalised_ratio(this, w, rate) * (exp(rate * start) if rate != 0 else S.One)
    master = {"poisson": "exponential_series", "binomial": "binomial", "negative_binomial": "negative_binomial"}[this.kind]
    conditions = (w < 1,) if this.kind == "negative_binomial" and rate != 0 else ()
    coefficient = _normalised_ratio(this, S.Zero, S.One) * exp(rate * start)
    return Moment(scale * total, master, (("z", w), *_extra(this)), (("z", n),), coefficient, conditions)


def _weight(this: Piece) -> Expr:
    return this.parameters[1] if this.kind in ("binomial", "negative_binomial") else this.parameters[0]


def _extra(this: Piece) -> tuple[tuple[str, Expr], ...]:
    if this.kind == "binomial":
        return (("n", this.parameters[0]),)
    return (("r", this.parameters[0]),) if this.kind == "negative_binomial" else ()


def _factorial_moment(this: Piece, j: int, w: Expr) -> Expr:
    """w^j G^{(j)}(w)/G(w) for G = e^w, (1+w)^n, (1−w)^{−r}."""
    if this.kind == "poisson":
        return w**j
    if this.kind == "binomial":
        return Mul(*(this.parameters[0] - i for i in range(j))) * (w / (1 + w)).together().cancel() ** j
    return Mul(*(this.parameters[0] + i for i in range(j))) * (w / (1 - w)) ** j


def _normalised_ratio(this: Piece, w: Expr, rate: Expr) -> Expr:
    if rate == 0:
        return S.One
    z = _weight(this)
    if this.kind == "poisson":
        return exp(w - z)
    if this.kind == "binomial":
        return ((1 + w) / (1 + z)).cancel() ** this.parameters[0]
    return ((1 - z) / (1 - w)) ** this.parameters[0]
