"""Measures and parameters as the one variable of a function: what each is between, and the vectors with it put in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from math import exp
from typing import Any

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.lemmas import evidently_nonnegative
from symkl.prove.divergence.prepare import Prepared, informations_of, measures_of, parameters_of
from symkl.prove.divergence.vectors import ONE, Rejected, Vector, atom, combine, exponential, logarithm, multiply, raised
from symkl.prove.terms import Call, Constant, LawExpression, Measure, Parameter, Pow, Relation, Scalar, negative, plus, times

__all__ = ["Quantity", "atoms_of", "put_in", "quantities"]

F = Fraction
HALF, NOTHING = F(1, 2), F(0)
#: Ends of exponentials are rounded outwards to this part.
FINE = 1000
UNIT = Constant(F(1))


@dataclass(frozen=True)
class Quantity:
    """A term between `low` and `high`, the atom that it is solved for, and that atom as a function of the term."""

    term: Scalar
    atom: Any
    solved: Callable[[Vector], Vector]
    low: Fraction = NOTHING
    high: Fraction | None = None
    #: A proof that the term is at most 1.
    proof: Any = None

    @property
    def at(self) -> Scalar:
        """The term moved to between 0 and 1, or to above 0."""
        moved = plus(self.term, Constant(-self.low)) if self.low else self.term
        return moved if self.high is None or self.high - self.low == 1 else times(Constant(1 / (self.high - self.low)), moved)

    def changes(self, t: Vector) -> dict[Any, Vector]:
        """The atom as a function of t, what `at` stands for."""
        scale = F(1) if self.high is None else self.high - self.low
        return {self.atom: self.solved(combine((scale, t), (self.low, ONE)))}


def put_in(vector: Vector, changes: Mapping[Any, Vector]) -> Vector:
    """The vector with others in the place of atoms."""
    total: Vector = {}
    for key, c in vector.items():
        term: Vector = {(): c}
        for name, e in key:
            term = multiply(term, _power(_changed(name, changes), e))
        total = combine((1, total), (1, term))
    return total


def _changed(name: Any, changes: Mapping[Any, Vector]) -> Vector:
    if name in changes:
        return changes[name]
    if name[0] not in ("log", "exp", "base") or isinstance(name[1], int):
        return atom(name)
    inside = put_in(dict(name[1]), changes)
    return inside if name[0] == "base" else _logarithm(inside) if name[0] == "log" else exponential(inside)


def _logarithm(vector: Vector) -> Vector:
    """log u; a power of the variable is taken out, so that a polynomial is left."""
    powers = [{name: e for name, e in key if name[0] == "parameter"} for key in vector]
    names = {name for each in powers for name in each}
    if len(names) != 1 or not vector:
        return logarithm(vector)
    (name,) = names
    least = min(each.get(name, NOTHING) for each in powers)
    rest = multiply(vector, atom(name, -least)) if least else vector
    return combine((least, logarithm(atom(name))), (1, logarithm(rest)))


def _power(base: Vector, exponent: Fraction) -> Vector:
    """A power; the variable t of a function is not negative, so the root of t² is t."""
    (key,) = base if len(base) == 1 else ((),)
    if len(key) == 1 and base[key] == 1 and key[0][0][0] == "parameter":
        return atom(key[0][0], key[0][1] * exponent)
    return raised(base, exponent)


def atoms_of(vector: Vector) -> set[Any]:
    """The atoms of the vector, also inside functions."""
    found = set()
    for key in vector:
        for name, _ in key:
            found.add(name)
            if name[0] in ("log", "exp", "base") and not isinstance(name[1], int):
                found |= atoms_of(dict(name[1]))
    return found


def quantities(prepared: Prepared, target: Vector) -> Iterator[Quantity]:
    """What the target, or what is left of it by other facts, may be a function of; hypotheses narrow the bounds."""
    known: dict[Any, Quantity] = {}
    said = [prepared.scope.vector(each[side]) for each in prepared.document["given"] for side in ("left", "right")]
    atoms = atoms_of(target).union(*map(atoms_of, said))
    roots = any(e.denominator > 1 for vector in (target, *said) for _, e in atoms_and_powers(vector))
    exponents = any(name[0] == "exp" for name in atoms)
    plain = [*_of_pairs(prepared, roots), *_of_expectations(prepared, roots, exponents), *_of_entropies(prepared, roots)]
    narrow = [_narrowed(prepared, each) for each in (*plain, *_parameters(prepared)) if each.atom in atoms]
    for quantity in (*narrow, *(_as_exponentials(narrow) if exponents else ())):
        known.setdefault((quantity.atom, str(quantity.term), quantity.low, quantity.high), quantity)
    yield from known.values()


def atoms_and_powers(vector: Vector) -> Iterator[tuple[Any, Fraction]]:
    for key in vector:
        for name, e in key:
            yield name, e
            if name[0] in ("log", "exp", "base") and not isinstance(name[1], int):
                yield from atoms_and_powers(dict(name[1]))


def _pairs(prepared: Prepared) -> list[tuple[LawExpression, LawExpression]]:
    measures = measures_of(prepared.statement)
    return list(dict.fromkeys((m.laws[0], m.laws[1]) for m in measures if len(m.laws) == 2 and m.laws[0] != m.laws[1]))


def _of_pairs(prepared: Prepared, roots: bool) -> Iterator[Quantity]:
    """Total variation, BC, Hellinger's distance and χ², each an atom or a function of one."""
    for pair in _pairs(prepared):
        tv, bc, chi2 = (Measure(head, pair) for head in ("TotalVariation", "Affinity", "Chi2"))
        renyi = Measure("Renyi", pair, (Constant(F(2)),))
        distance = Measure("Hellinger", pair)
        inverse = Call("exp", times(Constant(-HALF), renyi))  # 1/sqrt(1 + χ²)
        proofs = {inverse: {"log": {"facts": [["1/2", scalar_json(renyi)]]}}, distance: {"square": {"facts": [["1", scalar_json(bc)]]}}}
        shapes: list[tuple[Measure, Scalar, Callable[[Vector], Vector], Fraction | None]] = [(tv, tv, combine_one, F(1)), (bc, bc, combine_one, F(1))]
        shapes += [(chi2, chi2, lambda u: combine((1, ONE), (1, u)), None)]
        if roots:
            shapes += [
                (bc, distance, lambda u: combine((1, ONE), (-1, multiply(u, u))), F(1)),
                (chi2, Pow(chi2, HALF), lambda u: combine((1, ONE), (1, multiply(u, u))), None),
                (chi2, inverse, lambda u: _power(u, F(-2)), F(1)),
            ]
        for measure, term, solved, high in shapes:
            name = _single(prepared, measure)
            if name is not None:
                yield Quantity(term, name, solved, high=high, proof=proofs.get(term))


def combine_one(vector: Vector) -> Vector:
    return vector


def _single(prepared: Prepared, measure: Measure) -> Any:
    """The atom that the measure is, or is but for a number."""
    try:
        vector = prepared.scope.vector(scalar_json(measure))
    except Rejected:
        return None
    keys = [key for key in vector if key]
    plain = len(keys) == 1 and vector[keys[0]] == 1 and len(keys[0]) == 1 and keys[0][0][1] == 1
    return keys[0][0][0] if plain else None


def _of_expectations(prepared: Prepared, roots: bool, exponents: bool) -> Iterator[Quantity]:
    """Divergences that are sums of expected logarithms, solved for one of these; also their roots and exp(−D)."""
    for measure in measures_of(prepared.statement):
        if measure.head not in ("KL", "JensenShannon", "Jeffreys"):
            continue
        vector = prepared.scope.vector(scalar_json(measure))
        keys = [key for key in vector if len(key) == 1 and key[0][0][0] == "E" and key[0][1] == 1]
        if not keys:
            continue
        key = min(keys, key=repr)
        solve = _solver(vector, key)
        yield Quantity(measure, key[0][0], solve)
        if measure.head == "JensenShannon":
            yield Quantity(measure, key[0][0], solve, high=F(7, 10))  # log 2 < 7/10
        if roots:
            yield Quantity(Pow(measure, HALF), key[0][0], lambda u, solve=solve: solve(multiply(u, u)))  # type: ignore[misc]
        if exponents:
            minus = Call("exp", negative(measure))
            yield Quantity(minus, key[0][0], lambda u, solve=solve: solve(combine((-1, logarithm(u)))), high=F(1))  # type: ignore[misc]


def _of_entropies(prepared: Prepared, roots: bool) -> Iterator[Quantity]:
    """Entropies and informations that are evidently not negative, solved for one joint entropy; also their roots."""
    terms = [m for m in measures_of(prepared.statement) if m.head == "Entropy"] + informations_of(prepared.statement)
    for term in terms:
        if not evidently_nonnegative(scalar_json(term), prepared.statement.continuous):
            continue
        vector = prepared.scope.vector(scalar_json(term))
        keys = [key for key in vector if len(key) == 1 and key[0][0][0] in ("E", "H") and key[0][1] == 1]
        for key in sorted(keys, key=repr)[-1:]:
            solve = _solver(vector, key)
            yield Quantity(term, key[0][0], solve)
            if roots:
                yield Quantity(Pow(term, HALF), key[0][0], lambda u, solve=solve: solve(multiply(u, u)))  # type: ignore[misc]


def _as_exponentials(known: Sequence[Quantity]) -> Iterator[Quantity]:
    """exp(−t) and exp(−t/2) for every t that is not negative."""
    for q in known:
        if q.low < 0 or isinstance(q.term, Call):
            continue
        for part in (F(1), HALF):
            low, high = (F(0) if end is None else _near(exp(-float(part * end)), side) for end, side in ((q.high, -1), (q.low, 1)))
            solved = partial(_solved_by_logarithm, q.solved, -1 / part)
            yield Quantity(Call("exp", times(Constant(-part), q.term)), q.atom, solved, low, min(high, F(1)))


def _solved_by_logarithm(solved: Callable[[Vector], Vector], factor: Fraction, u: Vector) -> Vector:
    return solved(combine((factor, logarithm(u))))


def _near(value: float, side: int) -> Fraction:
    """A fraction below the value, or above it."""
    return F(round(value * FINE) + side, FINE) if value < 1 else F(1)


def _solver(vector: Vector, key: Any) -> Callable[[Vector], Vector]:
    rest = {k: c for k, c in vector.items() if k != key}
    return lambda u: combine((1 / vector[key], u), (-1 / vector[key], rest))


def _parameters(prepared: Prepared) -> Iterator[Quantity]:
    """Parameters that the hypotheses say to be positive or not negative."""
    for name in parameters_of(prepared.statement):
        if name not in prepared.scope.numbers and any(_bounds(each, Parameter(name))[0] is not None for each in prepared.statement.given):
            yield Quantity(Parameter(name), ("parameter", name), combine_one)


def _narrowed(prepared: Prepared, quantity: Quantity) -> Quantity:
    """The quantity between the closest bounds that hypotheses give."""
    low, high = quantity.low, quantity.high
    for each in prepared.statement.given:
        above, below = _bounds(each, quantity.term)
        low = max(low, above) if above is not None else low
        high = min(high, below) if below is not None and high is not None else high if below is None else below
    if (low, high) == (quantity.low, quantity.high) or (high is not None and high <= low):
        return quantity
    return replace(quantity, low=low, high=high, proof=None)


def _bounds(relation: Relation, term: Scalar) -> tuple[Fraction | None, Fraction | None]:
    """The lower and the upper bound of the term that the relation says."""
    if relation.sign not in ("<=", "<", ">=", ">", "="):
        return None, None
    below: Fraction | None = None
    above: Fraction | None = None
    for one, other, sign in ((relation.left, relation.right, relation.sign[0]), (relation.right, relation.left, {"<": ">", ">": "<"}.get(relation.sign[0], "="))):
        if one == term and isinstance(other, Constant):
            below = other.value if sign in "<=" else below
            above = other.value if sign in ">=" else above
    return above, below
