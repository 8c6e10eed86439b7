"""Numbers as text in tables, taken exactly: whole numbers, decimals, fractions a/b, exponents."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from symkl.errors import DomainError

__all__ = ["exact_cell", "exact_count"]

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


def exact_count(value: Any) -> int | Fraction:
    """The exact number that a Python value is, an int where it is whole; a `DomainError` for doubles, truth values and anything else.

    >>> exact_count(3), exact_count(Decimal("0.30"))
    (3, Fraction(3, 10))
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Decimal) and value.is_finite():
        value = Fraction(value)
    if isinstance(value, Fraction) or (hasattr(value, "numerator") and hasattr(value, "denominator") and not isinstance(value, (bool, float))):
        fraction = Fraction(int(value.numerator), int(value.denominator))
        return int(fraction) if fraction.denominator == 1 else fraction
    exactly = "; store doubles as integers, decimals or fractions" if isinstance(value, float) else "; counts are integers or fractions"
    raise DomainError(f"{value!r} is not an exact number{exactly}")
