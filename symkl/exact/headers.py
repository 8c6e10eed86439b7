"""What the first lines of a table are: comments, a header, or numbers already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from warnings import warn

from symkl.errors import HeaderWarning
from symkl.exact.cells import exact_cell

__all__ = ["DELIMITERS", "comment_lines", "delimiter_of", "has_header", "is_number", "is_position"]

DELIMITERS = (",", ";", "\t", "|")
YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d", re.ASCII)
#: Texts that stand for a number that is missing, and name no column.
MISSING = frozenset({"na", "nan", "inf", "infinity", "none", "null", "nil", "n/a"})


def is_number(cell: str) -> bool:
    """Whether a cell holds a number, be it one that is refused for its sign or its length."""
    try:
        exact_cell(cell)
    except ValueError as error:
        return "negative" in str(error) or "zero" in str(error) or "long" in str(error)
    return True


def is_position(column: str, width: int) -> bool:
    """Whether a column is named by its number, from 1."""
    return column.isascii() and column.isdigit() and 1 <= int(column[:9]) <= width


def delimiter_of(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def comment_lines(lines: Sequence[str]) -> int:
    """How many of the leading lines, each blank or with # in front but the last, are comments: not a last `#p,q` above a row of numbers as long."""
    count = len(lines) - 1
    last = next((i for i in reversed(range(count)) if lines[i].strip()), None)
    if last is not None:
        delimiter = delimiter_of(lines[count])
        as_long = 0 < lines[count].count(delimiter) == lines[last].count(delimiter)
        if as_long and any(map(is_number, lines[count].split(delimiter))):
            return last
    return count if last is not None else 0


def has_header(name: str, first: Sequence[str], second: Sequence[str] | None, columns: Sequence[str] = ()) -> bool:
    """Whether the first row, of cells that are stripped, is a header; a `HeaderWarning` says how it was taken where that is a guess.

    It is, if one of the `columns` that are asked for is a cell of it and no position; if it holds no number; or if a column of it is named by
    a text and then holds numbers, or by nothing and then holds texts. Years above what are none are a header beside a text, and data else.

    >>> has_header("t.csv", ["w", "2020"], ["the", "3"], ["2020"]), has_header("t.csv", ["7", "1"], ["3", "1"])
    (True, False)
    """
    if any(column in first and not is_position(column, len(first)) for column in columns):
        return True
    numbers = [cell for cell in first if is_number(cell)]
    if not numbers:
        return True
    if second is None or len(second) != len(first):
        return False
    pairs = list(zip(first, second))
    named = any((_is_name(a) and is_number(b)) or (not a and b and not is_number(b)) for a, b in pairs)
    years = _are_years(numbers) and not _are_years([b for a, b in pairs if is_number(a)])
    header = named or (years and len(numbers) < len(first))
    if header or years:
        other = "if it holds counts, put a header above it" if header else f"if it is a header, --columns {','.join(numbers[:2])} says so"
        warn(f"{name}: line {','.join(first)[:60]!r} is taken for {'a header' if header else 'numbers'}; {other}", HeaderWarning, stacklevel=2)
    return header


def _is_name(cell: str) -> bool:
    return cell[:1].isalpha() and cell.casefold() not in MISSING


def _are_years(cells: Sequence[str]) -> bool:
    """Whether they are different years in their order, or in the contrary order."""
    return bool(cells) and all(map(YEAR.fullmatch, cells)) and [*cells] in (sorted({*cells}), sorted({*cells}, reverse=True))
