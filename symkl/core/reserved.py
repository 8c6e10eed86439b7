"""Symbols that derivations bind, as variables of standard laws and of limits: a parameter that is one of them gets another name first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import Basic, Dummy, Expr, Symbol

__all__ = ["RESERVED", "fresh_name", "other_names", "stated"]

#: What is substituted for inside an expectation may not also stand for a parameter there.
RESERVED: frozenset[Symbol] = frozenset(
    [Symbol(name, real=True) for name in ("T", "angle", "nu", "s", "theta", "u", "v", "y", "z")]
    + [Symbol(name, positive=True) for name in ("delta", "t", "u", "v", "y", "z")]
    + [Symbol(name, integer=True, nonnegative=True) for name in ("j", "m")]
)
NAMES = frozenset(symbol.name for symbol in RESERVED)


def other_names(symbols: Iterable[Basic], unsettled: Iterable[Basic] = ()) -> dict[Expr, Symbol]:
    """Symbols of other names for those that are reserved, and for those of `unsettled` that may become so when their sign is found."""
    found = {s for s in symbols if isinstance(s, Symbol) and not isinstance(s, Dummy)}
    open_ = {s for s in unsettled if s in found and s.is_extended_real is None}
    taken = {s.name for s in found} | NAMES
    names: dict[Expr, Symbol] = {}
    for symbol in sorted(found, key=lambda s: (s.name, str(s.assumptions0))):
        if symbol in RESERVED or (symbol in open_ and symbol.name in NAMES):
            name = fresh_name(symbol.name + "_", taken)
            taken |= {name}
            names[symbol] = Symbol(name, **stated(symbol))
    return names


def stated(symbol: Any) -> dict[str, bool]:
    """The assumptions with which a symbol was made."""
    return {key: truth for key, truth in symbol._assumptions_orig.items() if key != "commutative"}


def fresh_name(name: str, taken: Iterable[str]) -> str:
    """The name, with as many underscores as make it unlike those that are taken."""
    used = set(taken)
    while name in used:
        name += "_"
    return name
