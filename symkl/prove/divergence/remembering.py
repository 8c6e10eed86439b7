"""The meaning of terms, worked out once: the facts of one statement speak of the same few laws and measures."""

from __future__ import annotations

import json
from typing import Any

from symkl.prove.divergence.scope import Part, Scope
from symkl.prove.divergence.vectors import Json, Vector

__all__ = ["Remembering"]


class Remembering(Scope):
    """A scope that keeps what its laws, spaces and measures came to."""

    def __init__(self, statement: Json, images: bool = True) -> None:
        self.known: dict[Any, Any] = {}
        super().__init__(statement)
        if images:
            self.with_images()
        self.known.clear()  # laws that a hypothesis makes equal are alike from now on

    def mixture(self, law: Json, start: int = 0) -> list[Part]:
        key = ("mixture", start, json.dumps(law))
        if key not in self.known:
            self.known[key] = super().mixture(law, start)
        found: list[Part] = self.known[key]
        return found

    def space(self, law: Json, conditional: bool = False) -> list[Any]:
        key = ("space", conditional, json.dumps(law))
        if key not in self.known:
            self.known[key] = super().space(law, conditional)
        found: list[Any] = self.known[key]
        return found

    def measure(self, head: str, laws: list[Json], parameters: list[Json]) -> Vector:
        key = ("measure", head, json.dumps([laws, parameters]))
        if key not in self.known:
            self.known[key] = super().measure(head, laws, parameters)
        found: Vector = self.known[key]
        return found

    def divergence(self, p: Json, q: Json) -> Vector:
        key = ("divergence", json.dumps([p, q]))
        if key not in self.known:
            self.known[key] = super().divergence(p, q)
        found: Vector = self.known[key]
        return found
