"""Sums that are zero as soon as they are multiplied out, as they arise where a value is put in for a symbol."""

from __future__ import annotations

from typing import Any

from sympy import Add, Basic, S

__all__ = ["shown_zeros"]

#: Longer sums are not multiplied out.
LONGEST = 8


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
        if len(node.args) <= LONGEST and node.free_symbols and node.expand() == 0:
            zeros[node] = S.Zero
    if not zeros:
        return expr
    found = expr.xreplace(zeros)
    return expr if found.has(S.NaN, S.ComplexInfinity) else found
