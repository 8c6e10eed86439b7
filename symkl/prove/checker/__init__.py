"""The checker of certificates: what one proves or refutes, and whether it does.

None of the code that found the proof is used, and no `simplify`. SymPy expands sums and products; `symkl.exact` decides the signs of numbers
and of functions of one variable, and has the values of measures at a witness. What is trusted besides is written here: what laws and measures
mean (terms.py), the facts that a proof may add up (proofs.py), and when a witness refutes (witness.py). Format: docs/certificates.md.
"""

from __future__ import annotations

from typing import Any

from sympy import S

from symkl.core.certificates import need, opened

from .proofs import Proofs
from .witness import World

__all__ = ["check_certificate"]


def check_certificate(data: Any) -> tuple[bool, str]:
    """(accepted?, the statement that was checked or the reason of the rejection) of a JSON text or object."""
    return opened(data, check)


def check(verdict: str, statement: Any, proofs: list[Any]) -> None:
    scope = Proofs(**statement)
    need(len(proofs) == (len(scope.claims) if verdict == "proved" else 1) > 0, "one proof for each claim, or one refutation, is wanted")
    if verdict == "proved":
        for claim, proof in zip(scope.claims, proofs):
            scope.check(*claim, proof)
    elif verdict == "refuted":
        world = World(statement, **proofs[0])
        need(all(world.holds(*relation) for relation in world.given), "a hypothesis fails at the witness")
        need(not world.holds(*world.violated), "the claim holds at the witness")
    else:
        need(verdict == "inconsistent" and {*proofs[0]} == {"facts"}, "unknown verdict, or no contradiction")
        scope.check_sum(S.Zero, "<", proofs[0]["facts"])
