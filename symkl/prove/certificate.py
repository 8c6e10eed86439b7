"""Typed claims as the JSON of certificates, the format that `checker` reads (docs/certificates.md)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symkl.prove.checker import digest
from symkl.prove.terms import (
    Call,
    Constant,
    Image,
    Information,
    LawExpression,
    LawName,
    Measure,
    Mix,
    Parameter,
    Plus,
    Pow,
    ProductLaw,
    Relation,
    Scalar,
    Statement,
    Times,
)

__all__ = ["assemble", "law_json", "relation_json", "scalar_json", "statement_json"]


def law_json(law: LawExpression) -> dict[str, Any]:
    if isinstance(law, LawName):
        return {"law": law.name, "of": list(law.of), "given": list(law.given)} if law.of else {"law": law.name}
    if isinstance(law, ProductLaw):
        return {"times": [law_json(each) for each in law.factors]}
    if isinstance(law, Image):
        return {"image": law.channel, "law": law_json(law.law)}
    assert isinstance(law, Mix)
    return {"mix": [[scalar_json(w), law_json(each)] for w, each in law.parts]}


def scalar_json(node: Scalar) -> Any:
    if isinstance(node, Constant):
        return str(node.value)
    if isinstance(node, Parameter):
        return {"parameter": node.name}
    if isinstance(node, Plus):
        return {"sum": [scalar_json(each) for each in node.parts]}
    if isinstance(node, Times):
        return {"product": [scalar_json(each) for each in node.parts]}
    if isinstance(node, Pow):
        return {"power": [scalar_json(node.base), str(node.exponent)]}
    if isinstance(node, Call):
        return {node.function: scalar_json(node.argument)}
    if isinstance(node, Information):
        groups = [list(group) for group in node.groups]
        of = {"H": groups[0]} if len(groups) == 1 else {"I": groups}
        return {**of, "given": list(node.given)}
    assert isinstance(node, Measure)
    return {"measure": node.head, "laws": [law_json(each) for each in node.laws], "parameters": [scalar_json(p) for p in node.parameters]}


def relation_json(relation: Relation) -> dict[str, Any]:
    return {"left": scalar_json(relation.left), "sign": relation.sign, "right": scalar_json(relation.right)}


def statement_json(
    statement: Statement,
    *,
    identified: list[list[Any]] | None = None,
    joint: str = "",
    arities: dict[str, int] | None = None,
) -> dict[str, Any]:
    """The statement of a certificate; definitions of laws must have been put in before."""
    return {
        "claims": [relation_json(each) for each in statement.claims],
        "given": [relation_json(each) for each in statement.given],
        "identified": identified or [],
        "continuous": sorted(statement.continuous),
        "joint": joint,
        "arities": dict(sorted((arities or {}).items())),
    }


def assemble(verdict: str, statement: dict[str, Any], proofs: list[Any]) -> dict[str, Any]:
    """A whole certificate, with its digest."""
    body = {"format": "symkl certificate", "version": 1, "verdict": verdict, "statement": statement, "proofs": proofs}
    return {**body, "digest": digest(body)}


def fraction_text(value: Fraction | int) -> str:
    return str(Fraction(value))
