"""Densities written as products of positive functions of coordinates ("slots"), which are symbols."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Add, Expr, Symbol
from sympy.core.function import AppliedUndef

__all__ = ["renumbering", "slots_of", "terms_of"]


def slots_of(expr: Expr) -> list[Any]:
    return sorted({s for f in expr.atoms(AppliedUndef) for s in f.args}, key=lambda s: (len(s.name), s.name))


def renumbering(slots: Iterable[Symbol], start: int = 0) -> dict[Symbol, Symbol]:
    return {s: Symbol(repr(start + i)) for i, s in enumerate(s for s in slots if s.name.isdigit())}


def terms_of(density: Expr) -> list[tuple[Expr, Expr]]:
    """The weights and the products of densities that an expanded expression is the sum of."""
    return [term.as_independent(AppliedUndef, as_Add=False) for term in Add.make_args(density)]
