"""`Master`: an integral or sum whose value is trusted, with its domain and what happens outside it."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

__all__ = ["Master"]


@dataclass(frozen=True)
class Master:
    """∫ integrand d(variable) over (lower, upper), or the sum over the integers lower..upper, equals `value` on `condition`.

    The statement is data: `integrand`, `value` and `condition` are expressions in `variable` and `parameters`. Differentiating both
    sides in a parameter gives the integrals with logarithms and powers. `divergence` says what the integral does outside the domain,
    `proof` why the identity holds.
    """

    name: str
    variable: Symbol
    lower: Expr
    upper: Expr
    parameters: tuple[Symbol, ...]
    integrand: Expr
    value: Expr
    condition: Boolean
    divergence: str
    proof: str
    discrete: bool = False
