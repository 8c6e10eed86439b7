"""Certificates: one envelope for whatever can be checked again: {format, version, verdict, statement, proofs, digest}."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from sympy import Rational
from sympy.polys.polyerrors import BasePolynomialError

from symkl.core.wellformed import is_number, is_statement
from symkl.errors import SymklError

__all__ = ["CONVEX", "FORMAT", "LAWS", "MOST_DRAWS", "ROOTS", "SEPARATING", "TV", "VERSION", "Rejected", "alike", "call", "complement", "concrete_laws", "digest", "drawn", "kind_of", "need", "opened", "placed", "quotient", "raised", "rational", "relation", "sealed", "separates"]

FORMAT, VERSION = "symkl certificate", 2
#: Divergences that are zero for equal laws only.
SEPARATING = ("KL", "Jeffreys", "JensenShannon", "TotalVariation", "Hellinger", "Chi2")
#: Jointly convex measures of two laws, none of them negative.
CONVEX = ("KL", "Jeffreys", "JensenShannon", "TotalVariation", "Chi2", "Bhattacharyya")
#: The fields of each kind of law.
LAWS = ({"mix"}, {"times"}, {"fold"}, {"image", "law"}, {"marginal", "law"}, {"law"}, {"law", "of", "given"})
BC, TV = ({"measure": head, "laws": [{"law": "P"}, {"law": "Q"}], "parameters": []} for head in ("Affinity", "TotalVariation"))
#: Terms for the Cauchy–Schwarz inequality, 1 − BC, 1 + BC and TV: |p − q| = |√p − √q| (√p + √q), and so TV² + BC² ≤ 1.
ROOTS = ({"sum": ["1", {"product": ["-1", BC]}]}, {"sum": ["1", BC]}, TV)
#: Laws in a product of draws.
MOST_DRAWS = 12
#: Numbers such as "1e9999999", which take long to be written out.
ABSURD = re.compile(r'"\s*[-+]?[\d._]+[eE][-+]?[\d_]{4,}\s*"')
#: What malformed data may raise.
MALFORMED = (ArithmeticError, AttributeError, BasePolynomialError, LookupError, NotImplementedError, RecursionError, SymklError, TypeError, ValueError)


class Rejected(ValueError):
    """The certificate does not prove what it says."""


def need(condition: Any, message: str) -> None:
    if not condition:
        raise Rejected(message)


def rational(text: str, most: float = float("inf")) -> Rational:
    """The number of a certificate, numerator and denominator up to `most`."""
    need(is_number(text), "a number is wanted, as a text such as -1/2")
    value = Fraction(text)
    need(max(abs(value.numerator), value.denominator) <= most, f"the exponent or order {text} is too large")
    return Rational(value.numerator, value.denominator)


def drawn(law: Any, n: Any) -> list[Any]:
    """The laws of n draws, for a number n."""
    need(n.is_Integer and 1 <= n <= MOST_DRAWS, "no number of draws, or too large a one")
    return [law] * int(n)


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


def quotient(node: Any) -> tuple[list[Any], list[Any]]:
    """The factors of a product, and what it is divided by."""
    divisors = [x["power"][0] for x in node["product"] if isinstance(x, dict) and "power" in x and x["power"][1] == "-1"]
    return [x for x in node["product"] if {"power": [*divisors[:1], "-1"]} != x], divisors


def raised(node: Any, exponent: Rational, is_nonnegative: Callable[[Any], bool]) -> Any:
    """A term that is not negative to a power: that of a power, (u^a)^b = u^(ab) for u ≥ 0."""
    need(exponent != 0, "not a monotone power")
    plain = isinstance(node, dict) and "power" in node and is_nonnegative(node["power"][0])
    base, inner = node["power"] if plain else (node, "1")
    return base if rational(inner) * exponent == 1 else {"power": [base, str(rational(inner) * exponent)]}


def call(function: str, node: Any) -> Any:
    """log or exp of a term; log exp u and exp log u are u."""
    inverse = {"log": "exp", "exp": "log"}[function]
    return node[inverse] if isinstance(node, dict) and inverse in node else {function: node}


def complement(node: Any, heads: Sequence[str] = ("TotalVariation", "Affinity", "Hellinger")) -> bool:
    """Whether it is 1 − u^k, k > 0, for a u that is at most 1: total variation, BC, Hellinger's distance, as far as they are among the heads."""
    if not isinstance(node, dict):
        return False
    one, other = node["sum"] if len(node.get("sum", [])) == 2 else ("", "")
    inside = other if one == "1" else one if other == "1" else None
    less = inside["product"] if isinstance(inside, dict) and "product" in inside else []
    base, exponent = less[1]["power"] if len(less) == 2 and isinstance(less[1], dict) and "power" in less[1] else (less[-1] if len(less) == 2 else None, "1")
    bounded = isinstance(base, dict) and base.get("measure") in heads
    return bounded and less[0] == "-1" and Fraction(exponent) > 0


def separates(node: Any) -> bool:
    """Whether it is a measure that is zero for equal laws only; of the order a > 0 for Rényi's and Tsallis'."""
    head = node.get("measure") if isinstance(node, dict) else None
    return head in (*SEPARATING, "Bhattacharyya") or (head in ("Renyi", "Tsallis") and Fraction(node["parameters"][0]) > 0)


def alike(one: Any, other: Any) -> bool:
    """Whether both are divergences of the same two laws, in any order, that are zero for equal laws only."""
    pairs = [sorted(map(json.dumps, each["laws"])) for each in (one, other) if separates(each)]
    return len(pairs) == 2 == len(pairs[0]) and pairs[0] == pairs[1]


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


def concrete_laws(data: Any) -> list[str]:
    """The names of laws, anywhere in a certificate, that are those of given laws, such as Normal(0, 1), and no mere names."""
    found: set[str] = set()
    waiting = [data]
    while waiting:
        part = waiting.pop()
        name = part.get("law") if isinstance(part, dict) else None
        if isinstance(name, str) and ("(" in name or "Density" in name):
            found.add(name)
        waiting += part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return sorted(found)


def opened(data: Any, check: Callable[[str, Any, list[Any]], Any], whole: frozenset[str] = frozenset()) -> tuple[bool, str]:
    """(accepted?, the statement or the reason of the rejection): the envelope, and what it holds by `check(verdict, statement, proofs)`.

    Densities in it must be among the laws `whole`, which were seen to have mass one: a name does not show it.
    """
    try:
        data = json.loads(data) if isinstance(data, str) else data
        need(isinstance(data, dict) and (data.get("format"), data.get("version")) == (FORMAT, VERSION), "unknown format or version")
        need(len(data) == 6 and data["digest"] == digest(data), "the digest does not match")
        need(not ABSURD.search(json.dumps([data["statement"], data["proofs"]])), "a number with an absurd exponent")
        given = concrete_laws(data)
        need(data["verdict"] != "refuted" or not given, "a refutation by other laws than those of the claim")
        for law in given:
            need("Density" not in law or law in whole, f"the mass of {law} is not shown to be 1")
        need(kind_of(data) != "laws" or is_statement(data["statement"]), "malformed: a part of the statement is of another kind than expected")
        need(isinstance(data["proofs"], list), "malformed: a list of proofs is wanted")
        check(data["verdict"], data["statement"], data["proofs"])
    except MALFORMED as error:
        return False, str(error) if isinstance(error, Rejected) else "malformed: a part is missing, or of another kind than expected"
    return True, f"{data['verdict']}: {json.dumps(data['statement'])}"
