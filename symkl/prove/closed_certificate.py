"""Certificates of claims about laws of named families: the closed forms or the parameters that they rest on, to be gone through again.

Densities are outside the language of `checker`, so these are checked by the package itself: every closed form is derived anew and
its derivation replayed, or, of a divergence without one, met with the oracle at drawn parameters; every witness is enclosed rigorously.
The search for either is not repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Basic, Expr, S, Symbol, Tuple
from sympy.core.relational import Eq, Ge, Gt, Le, Lt, Ne, Relational
from sympy.core.symbol import Str
from sympy.logic.boolalg import Boolean

from symkl.core.certificates import need, opened, sealed
from symkl.core.heads import KL, CrossEntropy, Entropy, Expectation, Head
from symkl.derive.measures import derive
from symkl.derive.settle import settle
from symkl.exact.certify import certify
from symkl.families import Finite

__all__ = ["closed_certificate", "recheck"]

SIGNS: dict[str, Any] = {"=": Eq, "!=": Ne, "<=": Le, ">=": Ge, "<": Lt, ">": Gt}

#: Heads that the language of the command line has names for.
WRITTEN = ("KL", "Entropy", "CrossEntropy", "Jeffreys", "JensenShannon", "TotalVariation", "Hellinger", "Chi2", "Bhattacharyya", "Renyi", "Tsallis")
#: How closely, and at how many points, a closed form without a derivation is compared with the defining integral.
DIGITS, POINTS = 20, 3
#: Reads the text of an expression; the same names give the same symbols.
Reading = Callable[[str], Expr]


def closed_certificate(
    verdict: str, claim: Relational, given: Sequence[Relational], values: Mapping[Any, Expr] | None = None, point: Mapping[Any, Any] | None = None
) -> dict[str, Any] | None:
    """The certificate: of a proof the closed forms, of a refutation the values of the parameters; None where a text would not say all."""
    if not all(map(_can_be_written, (claim, *given))):
        return None
    statement = {"claims": [_texts(claim)], "given": [_texts(each) for each in given]}
    if verdict == "proved":
        return sealed(verdict, statement, [{"values": [[_text(head), _text(value)] for head, value in (values or {}).items()]}])
    return sealed(verdict, statement, [{"witness": {str(name): str(value) for name, value in (point or {}).items()}}])


def _can_be_written(relation: Relational) -> bool:
    """Whether a text says all of it: symbols without assumptions, measures in nats, no bare expectations, finite laws of names or of the outcomes 0, 1, …"""
    heads, finite = relation.atoms(Head), relation.atoms(Finite)
    plain = all(Symbol(each.name) == each for each in relation.free_symbols if isinstance(each, Symbol))
    told_apart = len(set(map(str, finite))) == len(finite) and all(_counted(each) or all(map(_is_name, each.outcomes)) for each in finite)
    tuples = set[Basic]().union(*(each.args for each in finite))
    return plain and told_apart and not relation.atoms(Expectation) and all(type(h).__name__ in WRITTEN and h.base is S.Exp1 and h.atoms(Tuple) <= tuples for h in heads)


def _counted(law: Finite) -> bool:
    """Whether the outcomes are 0, 1, …, as those of a list of probabilities are."""
    return law.outcomes == tuple(range(len(law.outcomes)))


def _is_name(outcome: Basic) -> bool:
    return isinstance(outcome, Str) and str(outcome).isidentifier()


def _text(expr: Expr) -> str:
    """The expression as it is read again: the outcomes 0, 1, … are numbers in a list of probabilities alone."""
    text = str(expr)
    for law in filter(_counted, expr.atoms(Finite)):
        text = text.replace(str(law), f"Finite([{', '.join(map(str, law.probabilities))}])")
    return text


def _texts(relation: Relational) -> list[str]:
    sign = next(sign for sign, kind in SIGNS.items() if isinstance(relation, kind))
    return [_text(relation.lhs), sign, _text(relation.rhs)]


def recheck(data: Any, read: Reading) -> tuple[bool, str]:
    """(accepted?, what was checked or the reason of the rejection)."""

    from symkl.prove.concrete import put_in
    from symkl.prove.masses import laws_of, why_not, without_mass

    def check(verdict: str, statement: Any, proofs: list[Any]) -> None:
        need(set(statement) == {"claims", "given"} and len(statement["claims"]) == len(proofs) == 1, "one claim about families and its proof are wanted")
        need(all(isinstance(statement[part], list) and all(map(_is_relation, statement[part])) for part in statement), "a claim is a list of two texts with a sign between")
        claim, *given = (_relation(each, read) for each in (*statement["claims"], *statement["given"]))
        ((kind, found),) = proofs[0].items()
        need((verdict, kind) in (("proved", "values"), ("refuted", "witness")), "unknown verdict, or another kind of proof")
        doubtful = without_mass(laws_of([put_in(claim, given)[0]]))
        need(doubtful is None, why_not(doubtful) if doubtful is not None else "")
        (_proved if verdict == "proved" else _refuted)(found, claim, given, read)

    accepted, message = opened(data, check)
    if not accepted:
        return False, message
    claim, hypotheses = " ".join(data["statement"]["claims"][0]), "; ".join(" ".join(each) for each in data["statement"]["given"])
    return True, f"{data['verdict']}: {claim}" + (f", given {hypotheses}" if hypotheses else "")


def _is_relation(texts: Any) -> bool:
    return isinstance(texts, list) and len(texts) == 3 and all(isinstance(each, str) for each in texts) and texts[1] in SIGNS


def _relation(texts: Any, read: Reading) -> Relational:
    left, sign, right = texts
    relation: Relational = SIGNS[sign](read(left), read(right), evaluate=False)
    return relation


def _proved(values: Any, claim: Relational, given: list[Relational], read: Reading) -> None:
    from symkl.prove.concrete import settle_closed

    verdict = settle_closed(claim, given)
    need(verdict.is_proved and verdict.certificate is not None, "the closed forms do not prove it")
    assert verdict.certificate is not None
    need(verdict.certificate["proofs"] == [{"values": values}], "other closed forms are derived")
    for text, _ in values:
        for head in sorted(read(text).atoms(Head, Expectation), key=str):
            need(_established(head), f"the closed form of {text} is not re-established")


@dataclass(frozen=True)
class _Claimed:
    head: Expr
    result: Expr
    conditions: tuple[Boolean, ...]


def _established(head: Any) -> bool:
    """Whether the derivation of the head is accepted; without one, whether its value meets the enclosures of the defining integral."""
    if isinstance(head, (KL, Entropy, CrossEntropy, Expectation)):
        return derive(head).check().is_proved
    return certify(_Claimed(head, head.doit(), settle(head.laws, head.free_symbols).conditions), DIGITS, POINTS).is_proved


def _refuted(witness: Any, claim: Relational, given: list[Relational], read: Reading) -> None:
    from symkl.prove.enclosures import broken_at

    need(isinstance(witness, dict) and all(isinstance(value, str) for value in witness.values()), "a witness gives each parameter a text")
    point = {Symbol(name): read(value) for name, value in witness.items()}
    symbols = set().union(*(each.free_symbols for each in (claim, *given)))
    need(set(map(str, symbols)) == set(map(str, point)), "the witness is of other parameters")
    named = {each: point[Symbol(str(each))] for each in symbols}
    need(all(each.func(each.lhs.subs(named), each.rhs.subs(named)) == S.true for each in given), "a hypothesis fails at the witness")
    need(broken_at(claim, named) is not None, "the claim is not seen to fail at the witness")
