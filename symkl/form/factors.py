"""Numerators, denominators and irreducible factors of expressions, remembered: under many facts the same ones are asked for."""

from __future__ import annotations

from functools import lru_cache

from sympy import Expr, Integer, S
from sympy.polys.polyerrors import PolynomialError
from sympy.polys.polytools import factor_list
from sympy.polys.rationaltools import together

__all__ = ["irreducible_factors", "numerator_and_denominator"]


@lru_cache(maxsize=20000)
def numerator_and_denominator(expr: Expr) -> tuple[Expr, Expr]:
    """(a, b) with expr = a/b, over one denominator."""
    numerator, denominator = together(expr).as_numer_denom()
    return numerator, denominator


@lru_cache(maxsize=20000)
def irreducible_factors(expr: Expr) -> tuple[tuple[Expr, Expr], ...] | None:
    """Pairs (base, exponent) whose powers multiply to the expression, a number first; None where SymPy cannot factor it."""
    if expr.could_extract_minus_sign():
        # Signs are asked of differences both ways round: they are factored once.
        opposite = irreducible_factors(-expr)
        return None if opposite is None else ((-opposite[0][0], opposite[0][1]), *opposite[1:])
    parts: list[tuple[Expr, Expr]] = []
    try:
        for side, power in zip(numerator_and_denominator(expr), (1, -1)):
            if side.is_number:
                parts.append((side, Integer(power)))
                continue
            constant, factors = factor_list(side)
            parts.append((constant, Integer(power)))
            parts += [(base, S(power) * exponent) for base, exponent in factors]
    except PolynomialError:
        return None
    return tuple(parts)
