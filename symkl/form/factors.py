"""Numerators, denominators and irreducible factors of expressions, remembered: under many facts the same ones are asked for."""

from __future__ import annotations

from functools import lru_cache

from sympy import Add, Expr, Integer, Pow, Rational, S, exp
from sympy.polys.polyerrors import PolynomialError
from sympy.polys.polytools import factor_list
from sympy.polys.rationaltools import together

__all__ = ["factored", "irreducible_factors", "numerator_and_denominator"]

# Exponents up to this size are degrees that SymPy writes polynomials out to.
LARGEST_DEGREE = 10_000


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
            constant, factors = factored(side)
            parts.append((constant, Integer(power)))
            parts += [(base, S(power) * exponent) for base, exponent in factors]
    except PolynomialError:
        return None
    return tuple(parts)


def factored(expr: Expr) -> tuple[Expr, list[tuple[Expr, Integer]]]:
    """SymPy's `factor_list`; `PolynomialError` where a degree is so high that it would have no end, as of e^(10^300 u) beside e^u."""
    if any(_is_steep(node) for node in expr.atoms(Pow, exp)):
        raise PolynomialError("the degree is too high")
    found: tuple[Expr, list[tuple[Expr, Integer]]] = factor_list(expr)
    return found


def _is_steep(power: Expr) -> bool:
    """Whether a coefficient of the exponent is a fraction of large numbers."""
    exponent: Expr = power.as_base_exp()[1]
    coefficients = [exponent] if isinstance(exponent, Rational) else [term.as_coeff_Mul()[0] for term in Add.make_args(exponent)]
    return any(isinstance(c, Rational) and max(abs(int(c.p)), int(c.q)) > LARGEST_DEGREE for c in coefficients)
