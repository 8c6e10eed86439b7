"""The expected log-densities that cancel in an identity, and so must be finite for its sides to be defined."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.prepare import Prepared, measures_of

__all__ = ["cancelled"]


def cancelled(prepared: Prepared) -> list[str]:
    """E_P[log q] and the like that two measures of the identity share: these are subtracted, and must be finite.

    A single divergence is defined in [0, ∞] as a whole.
    """
    owners: dict[Any, int] = {}
    for measure in measures_of(prepared.statement):
        for key in prepared.scope.vector(scalar_json(measure)):
            for name, _ in key:
                if name[0] == "E":
                    owners[name] = owners.get(name, 0) + 1
    return sorted({expectation_text(name) for name, count in owners.items() if count > 1})


def expectation_text(atom: Any) -> str:
    """E_P[log q] of an atom of the checker."""
    _, measure, density = atom
    return f"E_{_factors(measure)}[log {_density(density)}]"


def _factors(factors: Any) -> str:
    return "×".join(_name(f) for f in factors)


def _name(factor: Any) -> str:
    name, inner, _, given = factor
    label = f"{name[1]}({_factors(name[2])})" if isinstance(name, tuple) else str(name)
    if any(isinstance(each, str) for each in inner):
        label += f"({','.join(map(str, inner))}{'|' + ','.join(given) if given else ''})"
    return label


def _density(density: Any) -> str:
    parts = []
    for weight, factors in density:
        number = dict(weight)
        shown = str(number[()]) if set(number) == {()} else "w"
        lower = "·".join(_lower(f) for f in factors)
        parts.append(lower if number == {(): Fraction(1)} else f"{shown} {lower}")
    return parts[0] if len(parts) == 1 else f"({' + '.join(parts)})"


def _lower(factor: Any) -> str:
    text = _name(factor)
    return text[0].lower() + text[1:]
