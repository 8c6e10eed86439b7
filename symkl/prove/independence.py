"""Markov chains and independence as conditional mutual informations that vanish."""

from __future__ import annotations

from symkl.errors import ParseError
from symkl.prove.terms import Information

__all__ = ["independent", "markov"]


def markov(groups: tuple[tuple[str, ...], ...]) -> list[Information]:
    """I(X_1..X_{k-1}; X_{k+1} | X_k) = 0 for each inner k."""
    if len(groups) < 3:
        raise ParseError("a Markov chain has at least three groups: X -> Y -> Z")
    past: list[str] = []
    found = []
    for k in range(1, len(groups) - 1):
        past += [name for name in groups[k - 1] if name not in past]
        found.append(Information((tuple(past), groups[k + 1]), groups[k]))
    return found


def independent(groups: tuple[tuple[str, ...], ...], given: tuple[str, ...]) -> list[Information]:
    """Mutual independence: each group is independent of those before it, given the condition."""
    past: list[str] = []
    found = []
    for k in range(1, len(groups)):
        past += groups[k - 1]
        found.append(Information((tuple(past), groups[k]), given))
    return found
