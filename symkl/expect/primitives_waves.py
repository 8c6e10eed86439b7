"""Antiderivatives of u^r e^{cu} cos(au + b) … cos(a′u + b′): products as sums of waves, each by parts."""

from __future__ import annotations

from typing import Any, NamedTuple

from sympy import Add, Expr, S, Symbol, cos, exp, sin

from symkl.form.facts import Facts

__all__ = ["is_wave", "waves"]

#: A product of more waves than this is not taken apart.
LONGEST = 4
#: Powers up to this one are integrated by parts.
LARGEST_POWER = 6


class _Wave(NamedTuple):
    """weight · cos(inside), or · sin(inside)."""

    weight: Expr
    is_cosine: bool
    inside: Expr


def is_wave(base: Expr, exponent: Expr) -> bool:
    """Whether it is a natural power of cos or sin."""
    return isinstance(base, (cos, sin)) and bool(exponent.is_Integer and 0 < exponent <= LONGEST)


def waves(factors: tuple[tuple[Expr, Expr], ...], r: Expr, c: Expr, u: Symbol, facts: Facts) -> Expr | None:
    """∫ u^r e^{cu} Π cos(aᵢu + bᵢ) du for a small natural r, or None where a frequency may vanish."""
    if not (r.is_Integer and 0 <= r <= LARGEST_POWER) or sum(int(exponent) for _, exponent in factors) > LONGEST:
        return None
    parts = []
    for weight, is_cosine, inside in _sum_of_waves(factors):
        a = inside.diff(u)
        if a.has(u):
            return None
        b = (inside - a * u).expand()
        if a == 0:
            if c != 0:
                parts.append(weight * (cos(b) if is_cosine else sin(b)) * _by_parts(int(r), c, u))
            else:
                parts.append(weight * (cos(b) if is_cosine else sin(b)) * u ** (r + 1) / (r + 1))
            continue
        if not (a.is_nonzero or facts.is_positive(a) or facts.is_negative(a)):
            return None
        cosine, sine = _pair(int(r), a, b, c, u)
        parts.append(weight * (cosine if is_cosine else sine))
    return Add(*parts)


def _sum_of_waves(factors: tuple[tuple[Expr, Expr], ...]) -> list[_Wave]:
    """cos α cos β = ½cos(α − β) + ½cos(α + β), sin α cos β = ½sin(α − β) + ½sin(α + β), sin α sin β = ½cos(α − β) − ½cos(α + β)."""
    total: list[_Wave] = []
    for base, exponent in factors:
        for _ in range(int(exponent)):
            wave: bool = isinstance(base, cos)
            inside: Any = base.args[0]
            total = [new for each in total for new in _times(each, wave, inside)] if total else [_Wave(S.One, wave, inside)]
    return total


def _times(left: _Wave, is_cosine: bool, inside: Any) -> tuple[_Wave, _Wave]:
    w, first, a = left
    difference, both = (a - inside).expand(), (a + inside).expand()
    if first == is_cosine:
        return _Wave(w / 2, True, difference), _Wave(w / 2 if first else -w / 2, True, both)
    # sin α cos β, and cos α sin β = −½sin(α − β) + ½sin(α + β).
    return _Wave(-w / 2 if first else w / 2, False, difference), _Wave(w / 2, False, both)


def _by_parts(r: int, c: Expr, u: Symbol) -> Expr:
    """∫ u^r e^{cu} du."""
    total, factor = S.Zero, 1 / c
    for j in range(r + 1):
        total += factor * u ** (r - j)
        factor *= -(r - j) / c
    return total * exp(c * u)


def _pair(r: int, a: Expr, b: Expr, c: Expr, u: Symbol) -> tuple[Expr, Expr]:
    """∫ u^r e^{cu} cos(au + b) and ∫ u^r e^{cu} sin(au + b): e^{cu}(p cos + q sin) and e^{cu}(p sin − q cos) with polynomials p, q.

    Each step of the parts is (p, q) ← u^r (c, a)/D − r/D (cp + aq …), D = a² + c², which is multiplication by 1/(c + ia).
    """
    # As ∫ u^r e^{(c+ia)u} = e^{(c+ia)u} Σ_j (−1)^j r!/(r−j)! u^{r−j} (c+ia)^{−j−1}, with (c + ia)^{−1} = (c − ia)/D.
    D = a**2 + c**2
    real, imaginary = c / D, -a / D
    p, q, weight = S.Zero, S.Zero, S.One
    re, im = real, imaginary
    for j in range(r + 1):
        p, q = p + weight * u ** (r - j) * re, q + weight * u ** (r - j) * im
        weight *= -(r - j)
        re, im = (re * real - im * imaginary).cancel(), (re * imaginary + im * real).cancel()
    angle = a * u + b
    growth = exp(c * u)
    return growth * (p * cos(angle) - q * sin(angle)), growth * (p * sin(angle) + q * cos(angle))
