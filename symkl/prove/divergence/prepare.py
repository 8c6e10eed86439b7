"""A statement about laws made ready: definitions put in, equal laws named alike, the spaces of the laws found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from symkl.core.certificates import SEPARATING
from symkl.errors import DomainError
from symkl.prove.certificate import statement_json
from symkl.prove.divergence.remembering import Remembering
from symkl.prove.divergence.scope import Scope
from symkl.prove.divergence.vectors import Rejected
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
)

__all__ = ["Prepared", "folds_of", "informations_of", "law_names", "mapped", "measures_of", "parameters_of", "prepare", "sublaws"]


@dataclass(frozen=True)
class Prepared:
    """The statement without definitions, its JSON, and the meaning of its terms."""

    statement: Statement
    document: dict[str, Any]
    scope: Scope
    #: The meaning where no image is known to be another law, for witnesses.
    literal: Scope
    arities: dict[str, int]
    bodies: dict[LawName, LawExpression]


def prepare(statement: Statement) -> Prepared:
    plain, bodies = _without_definitions(statement)
    defined = _with_weights_bounded(plain)
    identified = _identified(defined)
    joint = _joint(defined)
    arities = _arities(defined)
    document = statement_json(defined, identified=identified, joint=joint, arities={n: a for n, a in arities.items() if a > 1})
    try:
        scope, literal = Remembering(document), Remembering(document, images=False)
        for relation in (*document["claims"], *document["given"]):
            scope.vector(relation["left"])
            scope.vector(relation["right"])
    except Rejected as error:  # laws on different spaces, a conditional law alone, a negative weight
        raise DomainError(str(error)) from None
    return Prepared(defined, document, scope, literal, arities, bodies)


# -- walking -----------------------------------------------------------------------------------------------------------------


def _children(node: Scalar) -> tuple[Scalar, ...]:
    if isinstance(node, (Plus, Times)):
        return node.parts
    if isinstance(node, Pow):
        return (node.base,)
    if isinstance(node, Call):
        return (node.argument,)
    return ()


def _terms(node: Scalar) -> Iterator[Scalar]:
    yield node
    for child in _children(node):
        yield from _terms(child)


def _everywhere(statement: Statement) -> Iterator[Scalar]:
    for relation in (*statement.claims, *statement.given):
        yield from _terms(relation.left)
        yield from _terms(relation.right)


def measures_of(statement: Statement) -> list[Measure]:
    """The measures of a statement, each once, in order."""
    return list(dict.fromkeys(node for node in _everywhere(statement) if isinstance(node, Measure)))


def informations_of(statement: Statement) -> list[Information]:
    """The entropies and informations of variables in a statement, each once, in order."""
    return list(dict.fromkeys(node for node in _everywhere(statement) if isinstance(node, Information)))


def sublaws(law: LawExpression) -> Iterator[LawExpression]:
    """The law and its parts."""
    yield law
    if isinstance(law, Mix):
        for _, each in law.parts:
            yield from sublaws(each)
    elif isinstance(law, ProductLaw):
        for each in law.factors:
            yield from sublaws(each)
    elif isinstance(law, (Image, Fold)):
        yield from sublaws(law.law)


def law_names(statement: Statement) -> list[LawName]:
    return list(dict.fromkeys(each for m in measures_of(statement) for law in m.laws for each in sublaws(law) if isinstance(each, LawName)))


def _weights(statement: Statement) -> list[Scalar]:
    return [w for m in measures_of(statement) for law in m.laws for each in sublaws(law) if isinstance(each, Mix) for w, _ in each.parts]


def folds_of(statement: Statement) -> list[str]:
    """The parameters n of laws P^n."""
    folds = [each.times for m in measures_of(statement) for law in m.laws for each in sublaws(law) if isinstance(each, Fold)]
    return sorted({n.name for n in folds if isinstance(n, Parameter)})


def parameters_of(statement: Statement) -> list[str]:
    inside = [p for m in measures_of(statement) for p in m.parameters]
    nodes = [n for node in (*_everywhere(statement), *_weights(statement), *inside) for n in _terms(node)]
    return sorted({n.name for n in nodes if isinstance(n, Parameter)} | {*folds_of(statement)})


# -- definitions ---------------------------------------------------------------------------------------------------------------


def mapped(node: Scalar, change: Callable[[LawExpression], LawExpression]) -> Scalar:
    """The expression with every law changed."""
    if isinstance(node, Measure):
        return replace(node, laws=tuple(change(law) for law in node.laws))
    if isinstance(node, (Plus, Times)):
        return replace(node, parts=tuple(mapped(each, change) for each in node.parts))
    if isinstance(node, Pow):
        return replace(node, base=mapped(node.base, change))
    if isinstance(node, Call):
        return replace(node, argument=mapped(node.argument, change))
    return node


def _without_definitions(statement: Statement) -> tuple[Statement, dict[LawName, LawExpression]]:
    """The statement with the definitions put in, and what each name stands for; P(X) = Q(X) is a hypothesis where P has more coordinates."""
    spans = _spans(statement)
    ties = [
        (left, right)
        for left, right in statement.definitions
        if left.of and (not spans[left.name] <= {*left.of} or any(isinstance(each, LawName) and each.name == left.name for each in sublaws(right)))
    ]
    independent = [(left, right) for left, right in ties if _splits(left, right) and spans[left.name] <= {*left.of}]
    known: dict[LawName, LawExpression] = {}
    for left, right in statement.definitions:
        if (left, right) not in ties and _leads_to(right, left.name, known):
            ties.append((left, right))
        elif (left, right) not in ties:
            known[left] = right
    known |= dict(independent)
    nothing = Constant(Fraction(0))

    def change(law: LawExpression, active: tuple[LawName, ...] = ()) -> LawExpression:
        if isinstance(law, LawName):
            whole = next((each for each in known if each.name == law.name), None)
            if whole is None:
                return law
            body = known[whole] if whole == law else _restricted(known[whole], law)
            if body == law:  # a factor of a product of its own marginals
                return law
            if whole in active:
                raise DomainError(f"the law {law} is defined by itself")
            return change(body, (*active, whole))
        if isinstance(law, Mix):
            return Mix(tuple((w, change(each, active)) for w, each in law.parts))
        if isinstance(law, ProductLaw):
            return ProductLaw(tuple(change(each, active) for each in law.factors))
        if isinstance(law, Fold):
            return Fold(change(law.law, active), law.times)
        return Image(law.channel, change(law.law, active))

    def relation(each: Relation) -> Relation:
        return Relation(mapped(each.left, change), each.sign, mapped(each.right, change))

    pairs = [(left, right) if (left, right) in independent else (change(left), change(right)) for left, right in ties]
    equal = [Relation(Measure("KL", pair), "=", nothing) for pair in pairs]
    plain = Statement(tuple(map(relation, statement.claims)), (*map(relation, statement.given), *equal), (), statement.continuous)
    return plain, {name: change(name) for name in known}


def _leads_to(law: LawExpression, name: str, known: dict[LawName, LawExpression]) -> bool:
    """Whether the name is met in the law with the definitions put in: P = M for M = 1/2*P + 1/2*Q defines nothing, but says something."""
    waiting = [each.name for each in sublaws(law) if isinstance(each, LawName)]
    for each in waiting:
        waiting += [inner.name for left, right in known.items() if left.name == each for inner in sublaws(right) if isinstance(inner, LawName) and inner.name not in waiting]
    return name in waiting


def _splits(left: LawName, right: LawExpression) -> bool:
    """Whether the law is said to be the product of its own marginals."""
    if not isinstance(right, ProductLaw) or left.given:
        return False
    factors = [each for each in right.factors if isinstance(each, LawName) and each.name == left.name and not each.given]
    return len(factors) == len(right.factors) and sorted(n for each in factors for n in each.of) == sorted(left.of)


def _spans(statement: Statement) -> dict[str, set[str]]:
    """The coordinates that are named of each law, definitions included; the variables of a law that is spoken of alone."""
    named = [each for pair in statement.definitions for law in pair for each in sublaws(law) if isinstance(each, LawName)]
    spans: dict[str, set[str]] = {}
    for law in (*law_names(statement), *named):
        spans.setdefault(law.name, set()).update((*law.of, *law.given))
    variables = {n for node in _everywhere(statement) if isinstance(node, Information) for n in node.names}
    for span in spans.values():
        if variables & span or len(spans) == 1:
            span |= variables
    return spans


def _restricted(law: LawExpression, wanted: LawName) -> LawExpression:
    """The law of some coordinates of a law that was defined as a whole."""
    of, given = set(wanted.of), set(wanted.given)
    if isinstance(law, LawName) and (not law.of or (of | given <= {*law.of} and not law.given)):
        return LawName(law.name, wanted.of, wanted.given)
    if isinstance(law, Mix) and not given:
        return Mix(tuple((w, _restricted(each, wanted)) for w, each in law.parts))
    if isinstance(law, ProductLaw):
        factors = [each for each in law.factors if isinstance(each, LawName) and each.of and not each.given]
        touched = [replace(each, of=tuple(n for n in each.of if n in of)) for each in factors if of & {*each.of}]
        apart = not any(of & {*each.of} and given & {*each.of} for each in factors)
        if len(factors) == len(law.factors) and apart and {n for each in touched for n in each.of} == of:
            return touched[0] if len(touched) == 1 else ProductLaw(tuple(touched))
    raise DomainError(f"{wanted} cannot be read off the definition of {wanted.name}")


def _with_weights_bounded(statement: Statement) -> Statement:
    """That the weights of mixtures are not negative is a hypothesis of every statement that has them, and n ≥ 1 of one that has P^n."""
    zero = Constant(Fraction(0))
    extra = [Relation(w, ">=", zero) for w in dict.fromkeys(_weights(statement)) if not isinstance(w, Constant)]
    extra += [Relation(Parameter(n), ">=", Constant(Fraction(1))) for n in folds_of(statement)]
    known = set(statement.given)
    return replace(statement, given=(*statement.given, *(each for each in extra if each not in known)))


def _identified(statement: Statement) -> list[int]:
    """Hypotheses of the shape D(P||Q) = 0, which say P = Q."""
    found: list[int] = []
    root: dict[str, str] = {}
    for index, relation in enumerate(statement.given):
        measure = relation.left
        if not (
            isinstance(measure, Measure) and measure.head in SEPARATING and relation.sign in ("=", "<=") and relation.right == Constant(Fraction(0))
        ):
            continue
        laws = [law for law in measure.laws if isinstance(law, LawName) and not law.of]
        if len(laws) == 2 == len(measure.laws):
            kept, dropped = laws[0].name, laws[1].name
            if root.get(kept, kept) != root.get(dropped, dropped):
                old, new = root.get(dropped, dropped), root.get(kept, kept)
                root = {name: new if other == old else other for name, other in root.items()} | {old: new}
                found.append(index)
    return found


def _joint(statement: Statement) -> str:
    """The one law whose coordinates the variables are, if there are variables beside laws with coordinates."""
    variables = {n for node in _everywhere(statement) if isinstance(node, Information) for n in node.names}
    names = law_names(statement)
    if not variables or not any(law.of for law in names):
        return ""
    # A law of all the variables at once, else one of whose coordinates they are; the first named of several.
    together = [law.name for law in names if variables <= {*law.of, *law.given}]
    spans = {law.name: {n for each in names if each.name == law.name for n in (*each.of, *each.given)} for law in names if law.of}
    whole = together or [name for name, span in spans.items() if variables <= span]
    if not whole:
        raise DomainError(f"the entropies of {', '.join(sorted(variables))} need one joint law; there are {', '.join(sorted(spans))}")
    return whole[0]


# -- spaces --------------------------------------------------------------------------------------------------------------------


def _has_coordinates(law: LawExpression) -> bool:
    return any(isinstance(each, LawName) and bool(each.of) for each in sublaws(law))


def _arities(statement: Statement) -> dict[str, int]:
    """How many coordinates each unindexed law has: one, unless it stands against a product."""
    arity = {law.name: 1 for law in law_names(statement) if not law.of}

    def count(law: LawExpression) -> int:
        if isinstance(law, LawName):
            return len(law.of) if law.of else arity[law.name]
        if isinstance(law, ProductLaw):
            return sum(map(count, law.factors))
        return count(law.parts[0][1]) if isinstance(law, Mix) else 1

    pairs: list[tuple[LawExpression, LawExpression]] = []
    for measure in measures_of(statement):
        pairs += [(measure.laws[0], law) for law in measure.laws[1:2]]
        for law in measure.laws:
            for each in sublaws(law):
                if isinstance(each, Mix):
                    pairs += [(each.parts[0][1], part) for _, part in each.parts[1:]]
    pairs = [(a, b) for a, b in pairs if not _has_coordinates(a) and not _has_coordinates(b)]
    for _ in range(len(pairs) + 2):
        wrong = [(a, b) for a, b in pairs if count(a) != count(b)]
        if not wrong:
            return arity
        for a, b in wrong:
            for one, other in ((a, b), (b, a)):
                if isinstance(one, LawName) and not one.of and count(one) < count(other):
                    arity[one.name] = count(other)
    a, b = wrong[0]
    raise DomainError(f"{a} and {b} live on different spaces: a law and a product of laws cannot be compared")
