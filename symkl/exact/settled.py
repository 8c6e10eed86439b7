"""Statistics that are all but constant far out: log(w + Σ w_i e^(u_i)) where every e^(u_i) has died away.

Off the real line such a logarithm is singular wherever the sum vanishes, however small e^(u_i) is, so that no quadrature gets through.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Add, Expr, Mul, Symbol, log

from symkl.exact.enclosures import sign_of
from symkl.exact.program import exponent_of

__all__ = ["Settled", "settled"]


@dataclass(frozen=True)
class Settled:
    """k log(w + δ), δ = Σ w_i e^(u_i) ≥ 0: the constant k log w, the factor |k|/w of δ in what it differs by at most, and (w_i, u_i)."""

    constant: Expr
    factor: Expr
    parts: tuple[tuple[Expr, Expr], ...]


def settled(statistic: Expr, t: Symbol) -> Settled | None:
    """The statistic as such a logarithm with numbers w, w_i > 0 and k; None for others."""
    k, inner = statistic.as_independent(t, as_Add=False)
    if not isinstance(inner, log) or not isinstance(inner.args[0], Add):
        return None
    fixed, moving = inner.args[0].as_independent(t, as_Add=True)
    parts = []
    for term in Add.make_args(moving):
        weight, rest = term.as_independent(t, as_Add=False)
        exponents = [exponent_of(factor) for factor in Mul.make_args(rest)]
        if any(u is None for u in exponents) or sign_of(weight) <= 0:
            return None
        parts.append((weight, Add(*exponents)))
    if sign_of(fixed) <= 0:
        return None
    return Settled(k * log(fixed), abs(k) / fixed, tuple(parts))
