"""The theorem library: numbered statements about divergences and entropies, each settled by the machinery or said to be cited."""

from __future__ import annotations

import difflib
from functools import lru_cache

from symkl.errors import DomainError
from symkl.prove.theorems.theorem import Part, Theorem

__all__ = ["Part", "Theorem", "theorem", "theorems"]


@lru_cache(maxsize=1)
def theorems() -> tuple[Theorem, ...]:
    """All theorems in the order of their numbers.

    >>> [each.id for each in theorems()][:3]
    ['A1', 'A2', 'A3']
    """
    from symkl.prove.theorems.definitions import DEFINITIONS
    from symkl.prove.theorems.falsehoods import FALSEHOODS
    from symkl.prove.theorems.inequalities import INEQUALITIES
    from symkl.prove.theorems.worked import WORKED

    return (*DEFINITIONS, *INEQUALITIES, *FALSEHOODS, *WORKED)


def theorem(name: str) -> Theorem:
    """The theorem with that number or name; `DomainError` suggests near names.

    >>> theorem("pinsker").id
    'B7'
    """
    known = {key: each for each in theorems() for key in (each.id.lower(), each.name)}
    found = known.get(name.strip().lower().replace(" ", "-").replace("_", "-"))
    if found is None:
        near = difflib.get_close_matches(name.lower(), known, n=3)
        raise DomainError(f"no theorem {name!r}" + (f"; did you mean {', '.join(near)}?" if near else "; `symkl theorems` lists them"))
    return found
