"""Numbers as text in tables, taken exactly: whole numbers, decimals, fractions a/b, exponents."""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = ["exact_cell"]

MAX_CELL = 4_000
MAX_EXPONENT = 4_000
_NUMBER = re.compile(r"([+-]?)((?:\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,9}))?)(?:/(\d+))?", re.ASCII)


def exact_cell(cell: str) -> int | Fraction:
    """The non-negative number a cell holds; a `ValueError` says what is wrong with it.

    >>> exact_cell("12"), exact_cell("0.125"), exact_cell("1/3")
    (12, Fraction(1, 8), Fraction(1, 3))
    """
    text = cell.strip()
    match = _NUMBER.fullmatch(text)
    shown = text if len(text) <= 40 else text[:40] + "…"
    if match is None:
        raise ValueError(f"{shown!r} is not a number" if text else "the cell is empty")
    if len(text) > MAX_CELL or abs(int(match[3] or 0)) > MAX_EXPONENT:
        raise ValueError("the number is too long")
    if match[4] is not None and not int(match[4]):
        raise ValueError(f"{shown} divides by zero")
    # Plain digits are read as an integer: a Fraction would take the decimal grammar again.
    value: int | Fraction = int(match[2]) if match[2].isdigit() else Fraction(match[2])
    if match[4] is not None:
        value = Fraction(value) / int(match[4])
    if match[1] == "-" and value:
        raise ValueError(f"{shown} is negative")
    return int(value) if value.denominator == 1 else value
