"""Typed claims as the JSON of certificates, the format that `checker` reads (docs/certificates.md)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symkl.prove.terms import (
    Call,
    Constant,
    Fold,
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
    plus,
    times,
)

__all__ = ["DISCRETE", "law_json", "listed_facts", "readable", "relation_json", "rests_on_discreteness", "scalar_json", "statement_json", "unequal"]


def law_json(law: LawExpression) -> dict[str, Any]:
    if isinstance(law, LawName):
        return {"law": law.name, "of": list(law.of), "given": list(law.given)} if law.of else {"law": law.name}
    if isinstance(law, ProductLaw):
        return {"times": [law_json(each) for each in law.factors]}
    if isinstance(law, Image):
        return {"image": law.channel, "law": law_json(law.law)}
    if isinstance(law, Fold):
        return {"fold": [law_json(law.law), scalar_json(law.times)]}
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
    identified: list[int] | None = None,
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


def listed_facts(proof: dict[str, Any]) -> list[Any]:
    """The weighted facts of a proof, of both ways of an equality; without what `unequal` assumes."""
    ((kind, inside),) = proof.items()
    if kind == "facts":
        return list(inside)
    if kind == "contrary":
        found = listed_facts(inside[1])
        return found[:-1] if found and set(found[-1][1]) == {"hypothesis"} else found
    parts = inside if kind == "ways" else [way for _, way in inside[1:]] if kind == "cases" else [inside[1], inside[3]] if kind == "hence" else [inside[1]] if kind == "power" else [inside]
    return [item for each in parts for item in listed_facts(each)]


def unequal(listed: list[Any], above: bool, hypotheses: int) -> dict[str, Any]:
    """u ≠ v where the facts show u < v, or u > v if `above`: u = v, one hypothesis more, would be absurd."""
    return {"contrary": [[], {"facts": [*listed, ["1" if above else "-1", {"hypothesis": hypotheses}]]}]}


#: Said of a proof that rests on it.
DISCRETE = ", for discrete variables and laws"


def rests_on_discreteness(proofs: Any) -> bool:
    """Whether a proof uses that the entropy of a discrete variable is not negative."""
    if isinstance(proofs, dict):
        return "H" in proofs or proofs.get("measure") == "Entropy" or any(map(rests_on_discreteness, proofs.values()))
    return isinstance(proofs, list) and any(map(rests_on_discreteness, proofs))


def fraction_text(value: Fraction | int) -> str:
    return str(Fraction(value))


# -- back again, to be read by people ------------------------------------------------------------------------------------------


def readable(statement: dict[str, Any]) -> str:
    """The statement of an accepted certificate in the syntax of claims."""
    relations = [tuple(Relation(_scalar(r["left"]), r["sign"], _scalar(r["right"])) for r in statement[part]) for part in ("claims", "given")]
    text = str(Statement(relations[0], relations[1]))
    if statement["continuous"]:
        text += f" ({', '.join(statement['continuous'])} continuous)"
    return text + (f" (H and I are of {statement['joint']})" if statement["joint"] else "")


def _scalar(node: Any) -> Scalar:
    if isinstance(node, str):
        return Constant(Fraction(node))
    if "parameter" in node:
        return Parameter(node["parameter"])
    if "sum" in node or "product" in node:
        parts = [_scalar(each) for each in node.get("sum") or node["product"]]
        return plus(*parts) if "sum" in node else times(*parts)
    if "power" in node:
        return Pow(_scalar(node["power"][0]), Fraction(node["power"][1]))
    for function in ("log", "exp"):
        if function in node:
            return Call(function, _scalar(node[function]))
    if "H" in node or "I" in node:
        return Information(tuple(map(tuple, node.get("I") or [node["H"]])), tuple(node["given"]))
    return Measure(node["measure"], tuple(map(_law, node["laws"])), tuple(map(_scalar, node["parameters"])))


def _law(node: Any) -> LawExpression:
    if "mix" in node:
        return Mix(tuple((_scalar(w), _law(each)) for w, each in node["mix"]))
    if "times" in node:
        return ProductLaw(tuple(map(_law, node["times"])))
    if "fold" in node:
        return Fold(_law(node["fold"][0]), _scalar(node["fold"][1]))
    if "image" in node:
        return Image(node["image"], _law(node["law"]))
    return LawName(node["law"], tuple(node.get("of", ())), tuple(node.get("given", ())))
