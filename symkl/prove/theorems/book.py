"""The Book of Statistical Proofs (statproofbook.github.io, CC BY-SA 4.0), by id: its printed statements as claims of ours, settled.

Statements of densities in several dimensions are settled from their scalar invariants (traces, quadratic forms, log-determinants) with the
moments that the density's own proof uses, and the families' closed forms in one dimension. A statement printed wrong has
`is_false`, the printed claim as its first part, refuted, and the right one as the next, proved.
"""

from __future__ import annotations

from functools import lru_cache

from symkl.prove.theorems.bookbayes import BAYES
from symkl.prove.theorems.bookentropy import ENTROPY
from symkl.prove.theorems.booklaws import LAWS
from symkl.prove.theorems.theorem import Theorem

__all__ = ["book", "printed_wrong"]


@lru_cache(maxsize=1)
def book() -> tuple[Theorem, ...]:
    """All entries, by id."""
    return tuple(sorted((*ENTROPY, *LAWS, *BAYES), key=lambda each: each.id))


def printed_wrong() -> tuple[Theorem, ...]:
    """The entries whose printed statement is refuted and whose corrected statement is proved, by the machinery, now."""
    return tuple(each for each in book() if each.verdict().is_refuted)
