"""Logarithms of positive products, factor by factor."""

from __future__ import annotations

from sympy import Add, Expr, Mul, S, expand_log, log

__all__ = ["log_of_product"]


def log_of_product(product: Expr) -> Expr:
    """log of a positive product as the sum of the logarithms of its factors, what has no known sign being taken for positive.

    Negative bases are turned in pairs: SymPy would take out iπ for each, and the logarithm of 1/(1 − e) never ends to be expanded.

    >>> from sympy import E, pi
    >>> log_of_product((1 - E) * (1 - pi))
    log(-1 + E) + log(-1 + pi)
    """
    pairs = [factor.as_base_exp() for factor in Mul.make_args(product)]
    # −1 is a factor like the others.
    turned = [(base, exponent) for base, exponent in pairs if base.is_negative and exponent.is_integer]
    odd = sum(1 for _, exponent in turned if exponent.is_odd)
    if not turned or odd % 2 or any(exponent.is_odd is None for _, exponent in turned):
        return expand_log(log(product), force=True)
    rest = Mul(*(base**exponent for base, exponent in pairs if (base, exponent) not in turned))
    positive = [exponent * log(-base) for base, exponent in turned if base is not S.NegativeOne]
    return Add(expand_log(log(rest), force=True), *positive)
