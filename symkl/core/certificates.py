"""Certificates: one envelope for whatever can be checked again: {format, version, verdict, statement, proofs, digest}."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from sympy import Rational
from sympy.polys.polyerrors import BasePolynomialError

from symkl.errors import SymklError

__all__ = ["FORMAT", "VERSION", "Rejected", "digest", "kind_of", "need", "opened", "placed", "rational", "relation", "sealed"]

FORMAT, VERSION = "symkl certificate", 2
#: What malformed data may raise.
MALFORMED = (ArithmeticError, AttributeError, BasePolynomialError, LookupError, NotImplementedError, RecursionError, SymklError, TypeError, ValueError)


class Rejected(ValueError):
    """The certificate does not prove what it says."""


def need(condition: Any, message: str) -> None:
    if not condition:
        raise Rejected(message)


def rational(text: str, most: float = float("inf")) -> Rational:
    """The number of a certificate, numerator and denominator up to `most`."""
    value = Fraction(text)
    need(max(abs(value.numerator), value.denominator) <= most, f"the exponent or order {text} is too large")
    return Rational(value.numerator, value.denominator)


def relation(left: Any, sign: str, right: Any) -> tuple[Any, str, Any]:
    """The relation, with > turned to <."""
    need(sign in ("=", "<=", ">=", "<", ">", "!="), "unknown relation")
    return (right, sign.replace(">", "<"), left) if ">" in sign else (left, sign, right)


def placed(node: Any, p: Any, q: Any) -> Any:
    """The term with other laws in the place of those called P and Q."""
    if isinstance(node, list):
        return [placed(each, p, q) for each in node]
    if node in ({"law": "P"}, {"law": "Q"}):
        return p if node["law"] == "P" else q
    return {key: placed(each, p, q) for key, each in node.items()} if isinstance(node, dict) else node


def digest(data: Any) -> str:
    """SHA-256 of the certificate without its digest: against damage, not against malice."""
    body = {key: value for key, value in data.items() if key != "digest"}
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def sealed(verdict: str, statement: Any, proofs: list[Any]) -> dict[str, Any]:
    body = {"format": FORMAT, "version": VERSION, "verdict": verdict, "statement": statement, "proofs": proofs}
    return {**body, "digest": digest(body)}


def kind_of(data: Any) -> str:
    """What a certificate is about: "derivation", "families" (claims about named families) or "laws" (all others)."""
    statement = data.get("statement") if isinstance(data, dict) else None
    fields = set(statement) if isinstance(statement, dict) else set()
    return "derivation" if "head" in fields else "families" if fields == {"claims", "given"} else "laws"


def opened(data: Any, check: Callable[[str, Any, list[Any]], Any]) -> tuple[bool, str]:
    """(accepted?, the statement or the reason of the rejection): the envelope, and what it holds by `check(verdict, statement, proofs)`."""
    try:
        data = json.loads(data) if isinstance(data, str) else data
        need(isinstance(data, dict) and (data.get("format"), data.get("version")) == (FORMAT, VERSION), "unknown format or version")
        need(len(data) == 6 and data["digest"] == digest(data), "the digest does not match")
        check(data["verdict"], data["statement"], data["proofs"])
    except MALFORMED as error:
        return False, str(error) if isinstance(error, Rejected) else "malformed: a part is missing, or of another kind than expected"
    return True, f"{data['verdict']}: {json.dumps(data['statement'])}"
