"""Sums that are zero as soon as they are multiplied out, as they arise where a value is put in for a symbol."""

from __future__ import annotations

from itertools import islice
from typing import Any

from sympy import Add, Basic, S, preorder_traversal

__all__ = ["shown_zeros"]

#: Longer sums, and those of more nodes, are not multiplied out.
LONGEST, LARGEST = 8, 100


def shown_zeros(expr: Any) -> Any:
    """The expression with 0 for such sums; as it was, if it has no value then.

    >>> from sympy import symbols
    >>> a, b, c = symbols("a b c", positive=True)
    >>> shown_zeros(a + (b - c*(b/c))**a)
    a
    >>> shown_zeros(a + (c + b*(a - c/b) - a*b)**a)
    a
    """
    zeros: dict[Basic, Any] = {}
    for node in sorted(expr.atoms(Add), key=lambda each: each.sort_key()):
        if len(node.args) <= LONGEST and node.free_symbols and _is_small(node) and node.expand() == 0:
            zeros[node] = S.Zero
    if not zeros:
        return expr
    found = expr.xreplace(zeros)
    return expr if found.has(S.NaN, S.ComplexInfinity) else found


def _is_small(node: Basic) -> bool:
    return next(islice(preorder_traversal(node), LARGEST, None), None) is None
