"""Outcomes and their values out of whatever holds them: mappings, lists, pairs, arrays, and the tables and columns of data frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sympy import Expr, FiniteSet, Integer, Tuple

from symkl.core.convert import is_mapping
from symkl.errors import DomainError

__all__ = ["listed", "names_of"]


def listed(*args: Any) -> tuple[Sequence[Any], Sequence[Any]]:
    """Outcomes and values from a mapping, a list of pairs, a list of values, or two equally long lists.

    What has keys and items is a mapping, such as a pandas Series. Of a mapping of mappings, a data frame or nested lists the outcomes are
    tuples: row first, then column.

    >>> listed({"a": 1, "b": 2})
    (['a', 'b'], [1, 2])
    >>> listed([[1, 2], [3, 4]])
    ([(0, 0), (0, 1), (1, 0), (1, 1)], [1, 2, 3, 4])
    """
    for each in args:
        if isinstance(each, (set, frozenset, FiniteSet)):
            raise DomainError("Finite: a set has no order and loses equal values; a mapping outcome -> probability or a list is wanted")
    if len(args) == 2:
        if any(isinstance(each, (str, bytes, Expr)) or not isinstance(each, Iterable) for each in args):
            raise DomainError("Finite: write Finite({outcome: probability, …}), or Finite([probability, …]) with the probabilities in one list")
        labels, values = list(args[0]), list(args[1])
        if len(labels) != len(values):
            raise DomainError(f"Finite: {len(labels)} outcomes but {len(values)} probabilities")
        return labels, values
    (source,) = args
    if is_mapping(source):
        return _of_mapping(source)
    source = source.tolist() if type(source).__module__ == "numpy" and hasattr(source, "tolist") else source
    if isinstance(source, (str, bytes)) or not isinstance(source, Iterable):
        raise DomainError(f"Finite: a mapping outcome -> probability or a list is wanted, not {source!r}")
    items = list(source)
    if items and all(isinstance(item, (tuple, Tuple)) and len(item) == 2 for item in items):
        return [item[0] for item in items], [item[1] for item in items]
    if any(isinstance(item, list) for item in items):
        cells = list(_cells(items))
        if len({len(place) for place, _ in cells}) > 1:
            raise DomainError("Finite: nested lists must be equally deep")
        return [place for place, _ in cells], [value for _, value in cells]
    return [Integer(i) for i in range(len(items))], items


def _of_mapping(source: Any) -> tuple[Sequence[Any], Sequence[Any]]:
    # The items of a data frame are its columns; those of its transpose are its rows.
    pairs = list((source.T if _is_frame(source) else source).items())
    if not any(is_mapping(value) for _, value in pairs):
        return [key for key, _ in pairs], [value for _, value in pairs]
    if not all(is_mapping(value) for _, value in pairs):
        raise DomainError("Finite: a mapping of outcomes to numbers, or of outcomes to such mappings, is wanted, not of both")
    cells = [(_coordinates(row) + _coordinates(column), value) for row, inner in pairs for column, value in inner.items()]
    return [place for place, _ in cells], [value for _, value in cells]


def _is_frame(source: Any) -> bool:
    return hasattr(source, "columns") and hasattr(source, "T")


def _coordinates(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


def _cells(items: Iterable[Any], place: tuple[Any, ...] = ()) -> Iterable[tuple[tuple[Any, ...], Any]]:
    for i, item in enumerate(items):
        if isinstance(item, list):
            yield from _cells(item, (*place, Integer(i)))
        else:
            yield (*place, Integer(i)), item


def names_of(source: Any) -> list[str] | None:
    """The names of the index, and of the columns, of a data frame, where all have one."""
    axes = [getattr(source, name, None) for name in ("index", "columns")]
    names = [name for axis in axes for name in getattr(axis, "names", ())]
    return names if names and all(isinstance(name, str) for name in names) and len({*names}) == len(names) else None
