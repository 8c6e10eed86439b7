"""What the atlas settles: a measure of families with fresh symbols, under a permanent short name."""

from __future__ import annotations

import random
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from itertools import product
from pathlib import PurePosixPath

from symkl.core.heads import KL, Entropy, Head
from symkl.errors import DomainError
from symkl.families import families

__all__ = ["MEASURES", "Statement", "statements"]

#: The measures an atlas can be of.
MEASURES: dict[str, type[Head]] = {"kl": KL, "entropy": Entropy}
ID_LENGTH = 8


@dataclass(frozen=True)
class Statement:
    """A measure of families, P first: `Statement("kl", ("Normal", "Laplace"))`."""

    measure: str
    families: tuple[str, ...]

    @property
    def id(self) -> str:
        """A short name that depends on the statement alone, so that it stays while the answer improves.

        >>> Statement("kl", ("Normal", "Normal")).id
        'pxgvq3mr'
        """
        digest = sha256(":".join((self.measure, *self.families)).encode()).digest()
        return b32encode(digest).decode().lower()[:ID_LENGTH]

    @property
    def path(self) -> PurePosixPath:
        """Where its file stands in the atlas: `Normal/Laplace.json`."""
        return PurePosixPath(*self.families[:-1], f"{self.families[-1]}.json")

    @property
    def head(self) -> Head:
        """The unevaluated measure of the families' generic members."""
        catalogue = {family.__name__: family for family in families()}
        return MEASURES[self.measure](*(catalogue[name] for name in self.families))

    def __str__(self) -> str:
        return " || ".join(self.families)


def statements(measure: str = "kl", names: Sequence[str] | None = None, sample: int | None = None, seed: int = 0) -> tuple[Statement, ...]:
    """All statements of the measure over the families (all of them, or those named), by name; or a random sample of `sample`.

    >>> [str(each) for each in statements("kl", ["Normal", "Gamma"])]
    ['Gamma || Gamma', 'Gamma || Normal', 'Normal || Gamma', 'Normal || Normal']
    """
    if measure not in MEASURES:
        raise DomainError(f"no atlas of {measure!r}; the measures are {', '.join(MEASURES)}")
    known = [family.__name__ for family in families()]
    unknown = [name for name in names or () if name not in known]
    if unknown:
        near = get_close_matches(unknown[0].casefold(), [name.casefold() for name in known], n=1)
        told = f"did you mean {next(name for name in known if name.casefold() == near[0])}?" if near else "`symkl families` lists them"
        raise DomainError(f"unknown family {unknown[0]!r}; {told}")
    chosen = [name for name in known if names is None or name in names]
    found = [Statement(measure, each) for each in product(chosen, repeat=MEASURES[measure].laws_taken)]
    if sample is not None and sample < len(found):
        drawn = random.Random(seed).sample(range(len(found)), sample)
        found = [found[i] for i in sorted(drawn)]
    return tuple(found)
