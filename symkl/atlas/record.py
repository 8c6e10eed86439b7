"""One result of the atlas as data: the statement, the answer in every syntax, its derivation and what checks said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Basic, Symbol

import symkl
from symkl.atlas.statements import Statement
from symkl.core.verdict import Verdict
from symkl.derive import Derivation, derive
from symkl.render.data import expression_data, statement_data, verdict_data
from symkl.render.derivations import derivation_text

__all__ = ["Certification", "record_of"]

#: A certificate is of a closed form; in a semi-closed one the enclosure of the expectation that stays would be held against itself.
CERTIFIABLE = ("closed",)


@dataclass(frozen=True)
class Certification:
    """Enclosures to `digits` digits at `points` exact random points drawn by `seed`."""

    digits: int
    points: int = 3
    seed: int = 0

    def data(self) -> dict[str, int]:
        return {"digits": self.digits, "points": self.points, "seed": self.seed}


def record_of(statement: Statement, certification: Certification | None = None) -> dict[str, Any]:
    """Everything the atlas keeps of a statement, as JSON data; the same whenever and wherever it is computed.

    `symbols` gives the assumptions under which `expr`, read by SymPy, is meant, and `conditions` what they cannot say.

    >>> record = record_of(Statement("kl", ("Exponential", "Exponential")))
    >>> record["expr"], record["status"], record["check"]["status"]
    ('log(lam_1/lam_2) - 1 + lam_2/lam_1', 'closed', 'proved')
    """
    head = statement.head
    derivation = derive(head)
    return {
        "id": statement.id,
        "measure": statement.measure,
        "families": list(statement.families),
        "symkl": symkl.__version__,
        **statement_data(derivation),
        "symbols": _assumptions(head),
        "unreduced": [expression_data(each) for each in derivation.unreduced],
        "rules_asked": list(derivation.rules_asked) if derivation.unreduced else [],
        "derivation": derivation_text(derivation).splitlines(),
        "check": _verdict(derivation.check()),
        "certificate": _certificate(derivation, certification),
    }


def _assumptions(head: Basic) -> dict[str, dict[str, bool]]:
    """What SymPy is told of each symbol.

    >>> _assumptions(Symbol("x", positive=True))
    {'x': {'positive': True}}
    """
    symbols: list[Any] = sorted((each for each in head.free_symbols if isinstance(each, Symbol)), key=lambda each: str(each.name))
    return {each.name: {key: truth for key, truth in sorted(each._assumptions_orig.items()) if key != "commutative"} for each in symbols}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    witness = None if verdict.witness is None else str(verdict.witness)
    return {"status": verdict.status, "reason": verdict.reason, "witness": witness}


def _certificate(derivation: Derivation, certification: Certification | None) -> dict[str, Any] | None:
    if certification is None or derivation.status not in CERTIFIABLE:
        return None
    verdict = derivation.certify(digits=certification.digits, points=certification.points, seed=certification.seed)
    return certification.data() | verdict_data(verdict)
