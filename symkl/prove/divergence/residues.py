"""What known facts leave of a claim where it is a function of one measure: its sign is a matter of calculus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from math import isfinite, log
from typing import Any

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.calculus import Function, function
from symkl.prove.divergence.facts import Candidate
from symkl.prove.divergence.moves import shortest_moves
from symkl.prove.divergence.narrative import function_steps
from symkl.prove.divergence.prepare import Prepared, parameters_of
from symkl.prove.divergence.quantities import Quantity, atoms_of, put_in, quantities
from symkl.prove.divergence.vectors import Rejected, Vector, atom, combine
from symkl.prove.linear import cone_weights
from symkl.prove.steps import Step
from symkl.prove.terms import Call, Constant, Parameter, Plus, Pow, Relation, Scalar, Times, plus, times

__all__ = ["residues"]

ZERO, ONE = Constant(Fraction(0)), Constant(Fraction(1))
NAMES = ("t", "u", "v", "w", "x", "y", "z")
#: So many sums of facts are tried for each variable.
MANY = 12
#: The price of a fact, and of one that is not defined at a sample point.
FEW, FAR = 1e-3, 1e3
SAMPLES = (0.5, 0.02, 0.98, 0.2, 0.8)
#: The proof of a relation, as data, or None.
Prove = Callable[[Relation], dict[str, Any] | None]


def residues(prepared: Prepared, target: Vector, facts: Sequence[tuple[Candidate, Vector]], prove: Prove) -> list[Candidate]:
    """The sign of a function of one variable such that target = Σ weight · fact + function; none if it is not seen."""
    name = next(each for each in NAMES if each not in parameters_of(prepared.statement))
    for quantity in quantities(prepared, target):
        changes = quantity.changes(atom(("parameter", name)))
        goal = _changed(target, quantity, changes)
        known = [(each, vector) for each, old in facts if (vector := _changed(old, quantity, changes)) is not None]
        tried: set[Any] = set()
        for left in _left_over(goal, [vector for _, vector in known], known, name) if goal is not None else ():
            key = tuple(sorted(left.items(), key=repr))
            if key not in tried and len(tried) < MANY:
                tried.add(key)
                found = _signed(left, quantity, name, prove)
                if found is not None:
                    return [found]
    return []


def _changed(vector: Vector, quantity: Quantity, changes: Mapping[Any, Vector]) -> Vector | None:
    """The vector in the variable; None where that has an exponent out of reach."""
    try:
        return put_in(vector, changes) if quantity.atom in atoms_of(vector) else vector
    except Rejected:
        return None


def _is_own(key: Any, name: str) -> bool:
    """Whether a monomial speaks of numbers and of the one variable."""
    return all(
        e == ("parameter", name) or (e[0] == "log" and isinstance(e[1], int)) or (e[0] in ("log", "base") and _is_own_vector(e[1], name))
        for e, _ in key
    )


def _is_own_vector(frozen: Any, name: str) -> bool:
    return all(_is_own(key, name) for key, _ in frozen)


def _left_over(target: Vector, changed: Sequence[Vector], facts: Sequence[tuple[Candidate, Vector]], name: str) -> Iterator[Vector]:
    """What is left of the target, a function of the variable alone, after one fact or several are taken away."""
    goal = {key: c for key, c in target.items() if not _is_own(key, name)}
    if not goal:
        yield target
    rests = [{key: c for key, c in vector.items() if not _is_own(key, name)} for vector in changed]
    free = [each.relation.sign == "=" for each, _ in facts]
    for rest, vector, equal in zip(rests, changed, free):
        if rest and set(rest) == set(goal):
            key = next(iter(goal))
            weight = goal[key] / rest[key]
            if (weight > 0 or equal) and all(c == weight * rest[k] for k, c in goal.items()):
                yield combine((1, target), (-weight, vector))
    yield from _by_programs(target, goal, rests, changed, free, name)


def _by_programs(
    target: Vector, goal: Vector, rests: Sequence[Vector], changed: Sequence[Vector], free: Sequence[bool], name: str
) -> Iterator[Vector]:
    """The sums of facts that leave most at a sample point."""
    useful = [k for k, rest in enumerate(rests) if rest]
    columns, equal = [rests[k] for k in useful], frozenset(n for n, k in enumerate(useful) if free[k])
    own = [{key: c for key, c in changed[k].items() if _is_own(key, name)} for k in useful]
    for sample in SAMPLES if goal else ():
        values = [_value(each, name, sample) for each in own]
        weights = cone_weights(goal, columns, equal, costs=[FEW + (v if v is not None else FAR) for v in values])
        if weights is not None:
            yield combine((1, target), *((-w, changed[k]) for w, k in zip(weights, useful) if w))


def _value(vector: Vector, name: str, t: float) -> float | None:
    """The floating value of a function of the variable."""
    total = 0.0
    for key, c in vector.items():
        term = float(c)
        for each, e in key:
            inner: float | None = t
            if each[0] == "log":
                inside = float(each[1]) if isinstance(each[1], int) else _value(dict(each[1]), name, t)
                inner = log(inside) if inside is not None and inside > 0 else None
            elif each[0] == "base":
                inner = _value(dict(each[1]), name, t)
            if inner is None or (inner <= 0 and e != int(e)) or (inner == 0 and e < 0):
                return None
            term *= inner ** float(e)
        total += term
    return total if isfinite(total) else None


def _signed(vector: Vector, quantity: Quantity, name: str, prove: Prove) -> Candidate | None:
    """The function as a fact, if it has its sign everywhere that the quantity may be."""
    bounded = quantity.high is not None
    try:
        functions = [function(vector, name, mirrored) for mirrored in ((False,) if bounded else (False, True))]
    except Rejected:
        return None
    moves = []
    for f in functions:
        found = shortest_moves(f)
        if found is None:
            return None
        moves.append(found)
    said, at = _scalar(vector), quantity.at
    fact = {"function": scalar_json(said), "of": name, "at": scalar_json(at), "moves": moves}
    ends = {"below": Relation(quantity.term, "<=", Constant(quantity.high))} if quantity.high is not None else {}
    for end, relation in (ends | ({"above": Relation(Constant(quantity.low), "<=", quantity.term)} if quantity.low else {})).items():
        proof = quantity.proof or prove(relation)
        if proof is None:
            return None
        fact[end] = proof if at == quantity.term else _moved(relation, proof, quantity)
    return Candidate(fact, Relation(_placed(said, name, at), ">=", ZERO), f"f({name}) >= 0", partial(_told, functions, moves, name, at, bounded))


def _moved(relation: Relation, proof: dict[str, Any], quantity: Quantity) -> dict[str, Any]:
    """The proof of 0 ≤ at or at ≤ 1 from that of the bound of the term."""
    lemma = {"lemma": [scalar_json(relation.left), "<=", scalar_json(relation.right)], "proof": proof}
    return {"facts": [[str(1 / (quantity.high - quantity.low) if quantity.high is not None else 1), lemma]]}


def _told(functions: Sequence[Function], moves: Sequence[Any], name: str, at: Scalar, bounded: bool) -> tuple[Step, ...]:
    from symkl.prove.texform import scalar_tex

    where = (f" <= 1 and {name} >= 0", r" \le 1$ and $" + name + r" \ge 0") if bounded else (" >= 0", r" \ge 0")
    first = Step(f"let {name} = {at}{where[0]}", f"let ${name} = {scalar_tex(at)}{where[1]}$")
    return (first, *function_steps(functions, moves, name))


def _scalar(vector: Vector) -> Scalar:
    """A vector in numbers, parameters and logarithms as an expression."""
    return plus(*(times(Constant(c), *(_factor(each, e) for each, e in key)) for key, c in sorted(vector.items(), key=repr)))


def _factor(name: Any, exponent: Fraction) -> Scalar:
    if name[0] == "parameter":
        base: Scalar = Parameter(name[1])
    elif name[0] == "log":
        base = Call("log", Constant(Fraction(name[1])) if isinstance(name[1], int) else _scalar(dict(name[1])))
    else:
        base = _scalar(dict(name[1]))
    return base if exponent == 1 else Pow(base, exponent)


def _placed(node: Scalar, name: str, at: Scalar) -> Scalar:
    """The expression with the term in the place of the variable."""
    if node == Parameter(name):
        return at
    if isinstance(node, (Plus, Times)):
        parts = [_placed(each, name, at) for each in node.parts]
        return plus(*parts) if isinstance(node, Plus) else times(*parts)
    if isinstance(node, Pow):
        base = _placed(node.base, name, at)
        return Pow(base.base, base.exponent * node.exponent) if isinstance(base, Pow) else Pow(base, node.exponent)
    return Call(node.function, _placed(node.argument, name, at)) if isinstance(node, Call) else node
