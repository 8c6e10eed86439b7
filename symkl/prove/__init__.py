"""Claims proved with certificates, refuted with exact witnesses, or left unknown and said to be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from sympy import S
from sympy.core.relational import Relational

from symkl.core.certificates import concrete_laws, kind_of, sealed
from symkl.core.heads import Head
from symkl.core.hooks import resolve
from symkl.core.verdict import Verdict
from symkl.derive.certificate import recheck_derivation
from symkl.errors import DomainError
from symkl.prove.certificate import readable
from symkl.prove.checker import check_certificate
from symkl.prove.terms import Call, Constant, Information, Measure, Plus, Pow, Relation, Scalar, Statement, Times
from symkl.prove.variables import H, I, InformationTerm, RandomVariable, variables

__all__ = ["H", "I", "RandomVariable", "check", "prove", "settle", "variables"]


ZERO = Constant(Fraction(0))
EVALUATED = (
    "SymPy evaluated the relation to {} when it was written, as it {} by the assumptions of its symbols or by what measures say of themselves (a divergence is never negative); "
    'for the steps of a proof write the claim as text, "D(P||Q) >= 0", or with evaluate=False'
)


def prove(claim: Any, given: Any = (), *, laws: Iterable[str] = (), continuous: Iterable[str] = ()) -> Verdict:
    """Prove or refute `claim`, under the hypotheses `given`.

    A claim is a text, such as "I(X;Z) <= I(X;Y)", "D(P||Q) >= 2*TV(P,Q)^2" or "H(Exponential(a)) <= 1 + log(1/a)", or a SymPy relation of heads. Names that stand in
    a D, JSD, TV, … are laws, the others random variables; `laws` declares more of the former. Variables and laws are discrete
    unless named in `continuous` or written with the small h of differential entropy. Hypotheses are of the same kinds, and
    also "X -> Y -> Z" (a Markov chain), "X : Y, Z" (X is a function of Y, Z), "X _||_ Y | Z" (independence), and
    "M = 1/2*P + 1/2*Q" (a definition).

    The verdict is proved, with steps and a certificate for the independent checker; refuted, with an exact witness; or unknown.
    Raises `ParseError` for a text outside the grammar and `DomainError` where a claim mixes laws on different spaces.

    >>> prove("I(X;Z) <= I(X;Y)", given=["X -> Y -> Z"]).status
    'proved'
    >>> print(prove("D(P||Q) = D(Q||P)").witness)
    P = (7/10, 3/10), Q = (1/2, 1/2)
    >>> prove("D(P||Q) >= 2*TV(P,Q)^2").status
    'proved'
    """
    hypotheses = [given] if isinstance(given, (str, Relational)) else list(given)
    if isinstance(claim, str):
        claim = resolve("claim")(claim)
    if isinstance(claim, str):
        from symkl.prove.elaborate import read_statement

        texts = [_text(each) for each in hypotheses]
        return settle(read_statement(claim, texts, laws=laws, continuous=continuous))
    if claim in (True, S.true):
        return Verdict("proved", reason=EVALUATED.format("True", "holds"), claim=S.true)
    if claim in (False, S.false):
        return Verdict("refuted", reason=EVALUATED.format("False", "fails"), claim=S.false)
    if not isinstance(claim, Relational):
        raise TypeError(f"a claim is a text or a SymPy relation, not {claim!r}")
    return _prove_relation(claim, hypotheses)


def _text(hypothesis: Any) -> str:
    if not isinstance(hypothesis, str):
        raise TypeError(f"the hypotheses of a claim given as text are texts, not {hypothesis!r}")
    return hypothesis


def _prove_relation(claim: Relational, given: list[Any]) -> Verdict:
    from symkl.prove.concrete import put_in, settle_closed
    from symkl.prove.convert import NotConvertible, convert, parametric
    from symkl.prove.masses import laws_of, why_not, with_totals, without_mass

    if not claim.atoms(Head, InformationTerm) and not given:
        return settle_closed(claim)
    known = parametric(given, claim.free_symbols)
    doubtful = without_mass(laws_of([put_in(claim, known or ())[0]]))
    if doubtful is not None:
        return Verdict("unknown", reason=why_not(doubtful), claim=claim)
    try:
        converted = convert(claim, given)
    except NotConvertible as error:
        if known is None or _is_abstract(claim):
            return Verdict("unknown", reason=str(error), claim=claim)
        return settle_closed(claim, known)
    if not converted.laws:
        return settle(converted.statement)
    verdict = settle(converted.statement, refute=False, whole=frozenset(converted.laws))
    if verdict.is_proved or verdict.certificate is not None or _is_abstract(claim):
        return with_totals(verdict, tuple(converted.laws.values()))
    if known is None:
        return replace(verdict, reason="hypotheses that hold measures are not used beside laws with parameters")
    return settle_closed(claim, known)


def _is_abstract(claim: Relational) -> bool:
    from symkl.core.composite import AbstractLaw

    return bool(claim.atoms(AbstractLaw, InformationTerm))


def settle(statement: Statement, *, refute: bool = True, whole: frozenset[str] = frozenset()) -> Verdict:
    """The verdict on a typed statement, which counts only if the independent checker accepts its certificate.

    Laws in it that are densities are among `whole` if they have mass one.
    """
    from symkl.prove.limits import SECONDS, TimeUp, limited

    try:
        with limited():
            found = _searched(statement, refute)
            found = _by_absurdity(statement, found) if statement.assumed else found
    except TimeUp:
        return Verdict("unknown", reason=f"neither a proof nor laws at which it fails were found in {SECONDS} s, the limit", claim=statement)
    return confirmed(found, whole)


def _by_absurdity(statement: Statement, found: Verdict) -> Verdict:
    """Proved, where what the claim itself assumes contradicts the hypotheses, and these do not contradict each other."""
    inconsistent = found.certificate
    if not found.is_unknown or inconsistent is None or inconsistent["verdict"] != "inconsistent":
        return found
    own = replace(statement, claims=(Relation(ZERO, "<=", ZERO),), given=tuple(each for each in statement.given if each not in statement.assumed), assumed=())
    if not _searched(own, refute=False).is_proved:
        return found
    proof = {"contrary": [[], inconsistent["proofs"][0]]}
    document = sealed("proved", inconsistent["statement"], [proof] * len(statement.claims))
    return Verdict("proved", reason="the contrary of the claim contradicts the hypotheses", certificate=document, claim=found.claim)


def confirmed(verdict: Verdict, whole: frozenset[str] = frozenset()) -> Verdict:
    """The verdict, or unknown if the checker rejects what was found: a slip of the search is no proof."""
    if verdict.is_unknown or verdict.certificate is None:
        return verdict
    taken, message = check_certificate(verdict.certificate, whole)
    return verdict if taken else Verdict("unknown", reason=f"a certificate was found that the checker rejects: {message}", claim=verdict.claim)


def _searched(statement: Statement, refute: bool) -> Verdict:
    """About laws if a measure of laws occurs in the statement, else about random variables."""
    from symkl.prove.divergence.prover import settle as settle_laws
    from symkl.prove.divergence.shapes import in_nats, without_inverses
    from symkl.prove.shannon.forms import NotLinear
    from symkl.prove.shannon.prover import settle as settle_variables

    claims, given = (tuple(without_inverses(in_nats(each)) for each in part) for part in (statement.claims, statement.given))
    statement = replace(statement, claims=claims, given=given)
    if any(_has_measure(side) for r in (*statement.claims, *statement.given) for side in (r.left, r.right)) or statement.definitions:
        return settle_laws(statement, refute=refute)
    if not any(_has_information(side) for r in statement.claims for side in (r.left, r.right)):
        return settle_laws(statement, refute=refute)  # numbers and parameters alone
    try:
        return settle_variables(statement)
    except NotLinear:
        return settle_laws(statement, refute=refute)  # parameters or products beside the entropies


def _parts(node: Scalar) -> tuple[Scalar, ...]:
    if isinstance(node, (Plus, Times)):
        return node.parts
    if isinstance(node, Pow):
        return (node.base,)
    return (node.argument,) if isinstance(node, Call) else ()


def _has_measure(node: Scalar) -> bool:
    return isinstance(node, Measure) or any(map(_has_measure, _parts(node)))


def _has_information(node: Scalar) -> bool:
    return isinstance(node, Information) or any(map(_has_information, _parts(node)))


def check(certificate: Any, read: Callable[[str], Any] | None = None) -> Verdict:
    """Re-check a certificate, given as JSON text or as the object: proved means that it is accepted.

    `read` gives the laws that it names, such as densities, whose masses are then established again.

    >>> check(prove("I(X;Z) <= I(X;Y)", given="X -> Y -> Z").certificate).reason
    'proved: I(X;Z) <= I(X;Y), given I(X;Z|Y) = 0'
    """
    from symkl.prove.masses import established

    data = _read(certificate)
    if kind_of(data) == "families":
        return Verdict("unknown", reason="closed forms of named families are derived again by the command symkl check FILE")
    if kind_of(data) == "derivation":
        accepted, message = recheck_derivation(data)
    else:
        if read is None and any("Density" in law for law in concrete_laws(data)):
            return Verdict("unknown", reason="the masses of densities are established again by the command symkl check FILE")
        try:
            whole = established(data, read) if read is not None else frozenset[str]()
        except DomainError as error:
            return Verdict("refuted", reason=str(error))
        accepted, message = check_certificate(data, whole)
        message = f"{data['verdict']}: {readable(data['statement'])}" if accepted else message
    return Verdict("proved" if accepted else "refuted", reason=message)


def _read(certificate: Any) -> Any:
    try:
        return json.loads(certificate) if isinstance(certificate, str) else certificate
    except (ValueError, RecursionError):
        return None
