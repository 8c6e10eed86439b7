"""The checker of certificates: reads one JSON object and says what it proves or refutes, and whether it does.

It uses integers, fractions and the standard library only, none of the code that found the proof, and can be copied away and run
alone: `python -m checker FILE`. What it trusts is written here: the expansion of the measures into joint entropies and E_mu[log f]
(terms.py), the facts a proof may add up (proofs.py), one-variable calculus (calculus.py). Format: docs/certificates.md.
"""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction

from .proofs import check_proof, check_sum
from .terms import Scope
from .values import Json, Rejected, fields, need
from .witness import check_witness

__all__ = ["check_certificate", "digest"]


def check_certificate(data: Json) -> tuple[bool, str]:
    """(accepted?, the statement that was checked or the reason of the rejection)."""
    try:
        data = json.loads(data) if isinstance(data, str) else data
        fields(data, "format", "version", "verdict", "statement", "proofs", "digest")
        need(data["format"] == "symkl certificate" and data["version"] == 1, "unknown format or version")
        need(data["digest"] == digest(data), "the digest does not match")
        check(Scope(data["statement"]), data["verdict"], data["statement"]["claims"], data["proofs"])
    except Rejected as error:
        return False, str(error)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
        return False, f"malformed: {type(error).__name__}: {error}"
    return True, f"{data['verdict']}: {json.dumps(data['statement'])}"


def digest(data: Json) -> str:
    """SHA-256 of the certificate without its digest: against damage, not against malice."""
    body = {key: value for key, value in data.items() if key != "digest"}
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def check(scope: Scope, verdict: str, claims: list[Json], proofs: list[Json]) -> None:
    for relation in (*claims, *scope.given):
        fields(relation, "left", "sign", "right")
        need(relation["sign"] in ("=", "<=", ">=", "<", ">", "!="), "unknown relation")
    if verdict == "proved":
        need(len(claims) == len(proofs) > 0, "one proof for each claim is wanted")
        for claim, proof in zip(claims, proofs):
            check_proof(scope, scope.vector(claim["left"]), claim["sign"], scope.vector(claim["right"]), proof, claim)
    elif verdict == "refuted":
        need(len(proofs) == 1, "one witness is wanted")
        check_witness(scope, claims, proofs[0])
    else:
        need(verdict == "inconsistent" and len(proofs) == 1, "unknown verdict")
        fields(proofs[0], "facts")
        check_sum(scope, {(): Fraction(0)}, True, proofs[0]["facts"])
