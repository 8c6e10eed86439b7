"""Differences of log-gamma functions whose arguments differ by whole numbers: log Γ(u + n) − log Γ(u) = Σ_{j<n} log(u + j)."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from sympy import Add, Expr, Rational, log, loggamma

__all__ = ["with_whole_gaps"]

# Arguments further apart than this keep their functions.
FURTHEST = 16


def with_whole_gaps(expr: Expr) -> Expr:
    """The sum with one log-gamma function for all whose arguments differ by small whole numbers; none where they cancel.

    What is large in two of them then cancels exactly, on balls of any width.

    >>> from sympy import Symbol
    >>> x = Symbol("x", positive=True)
    >>> with_whole_gaps(loggamma(x + 2) - loggamma(x) + 7)
    log(x) + log(x + 1) + 7
    """
    groups: dict[Any, list[tuple[Rational, Any]]] = {}
    others: list[Any] = []
    for term in Add.make_args(expr):
        factor, function = term.as_coeff_Mul()
        if isinstance(function, loggamma):
            offset, rest = function.args[0].as_coeff_Add()
            groups.setdefault((rest, offset % 1), []).append((offset, factor))
        else:
            others.append(term)
    if all(len(members) == 1 for members in groups.values()):
        return expr
    for (rest, _), members in groups.items():
        for cluster in _clusters(members):
            least = cluster[0][0]
            total = Add(*(factor for _, factor in cluster))
            if total != 0:
                others.append(total * loggamma(rest + least, evaluate=False))
            others += [factor * log(rest + least + j) for offset, factor in cluster for j in range(int(offset - least))]
    return Add(*others)


def _clusters(members: list[tuple[Rational, Any]]) -> list[list[tuple[Rational, Any]]]:
    """Those near each other together, from the smallest up."""
    found: list[list[tuple[Rational, Any]]] = []
    for offset, factor in sorted(members, key=itemgetter(0)):
        if not found or offset - found[-1][0][0] > FURTHEST:
            found.append([])
        found[-1].append((offset, factor))
    return found
