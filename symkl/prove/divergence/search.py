"""Finite laws with rational masses that break a claim about laws, the simplest first; the checker's exact arithmetic judges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import chain, islice
from typing import Any

from sympy import latex

from symkl.core.verdict import Worded
from symkl.exact.logsum import LogSum
from symkl.prove.certificate import scalar_json
from symkl.prove.divergence import pencil
from symkl.prove.divergence.climb import Start, ascent, score
from symkl.prove.divergence.estimate import Estimate, Plan, Unclear
from symkl.prove.divergence.far import far_apart
from symkl.prove.divergence.prepare import Prepared, folds_of, law_names, measures_of
from symkl.prove.divergence.trials import LawsWitness, table, witnesses
from symkl.prove.divergence.vectors import Rejected, Vector, combine
from symkl.prove.divergence.world import Inexact, World
from symkl.prove.limits import ask_time
from symkl.prove.terms import Constant, Relation, Statement
from symkl.prove.texform import decimal_tex, fraction_tex

__all__ = ["LawsWitness", "refutation"]

F = Fraction
#: Sides closer than this are passed over: a better witness follows.
BITS = 128
#: The same where nothing better follows.
FAR_BITS = 2048
#: Sides farther apart than this, in so many digits that this is no rounding, need no exact arithmetic.
CLEAR_GAP = 1e-60
#: So many witnesses more are tried for one at which both sides are finite.
FINITE = 200
#: Digits of an exact value and of another, until the two sides look different.
SHOWN = ((6, 10), (15, 15), (25, 25), (50, 50), (100, 100))
#: So far from their bound parameters are kept.
CLOSE = 1e-9


def refutation(prepared: Prepared, claim: int, most: int | None = None) -> tuple[LawsWitness, Worded] | None:
    """A witness against the claim of that index, and what the two sides are there; among the first so many candidates, or by climbing."""
    prepared = replace(prepared, scope=prepared.literal)
    trial = Trial(prepared, claim)
    starts: list[Start] = []
    infinite: tuple[LawsWitness, Worded] | None = None
    last_look = 0
    for number, witness in enumerate(islice(witnesses(prepared), most)):
        if infinite is not None and number > last_look:
            break
        if trial.breaks(witness):
            found = witness, _sides(prepared, World(witness.certificate(claim)), prepared.statement.claims[claim])
            if "oo" not in str(found[1]):
                return found
            if infinite is None:
                infinite, last_look = found, number + FINITE
        if infinite is not None:
            continue
        # Climbing is by factors: it would never leave a parameter that is zero.
        if most is None and all(witness.parameters.values()):
            witness = trial.settled(witness)
            nearness, excess = trial.score(witness) or (-1.0, 0.0)
            starts += [(nearness, witness)] if nearness >= 0 == excess else []
    fixed = {*prepared.scope.numbers, *folds_of(prepared.statement)}
    if infinite is not None:
        extreme = (each for each in islice(witnesses(prepared, extreme=True), FINITE) if trial.breaks(each, FAR_BITS))
        finite = ((each, shown) for each in extreme if "oo" not in str(shown := _sides(prepared, World(each.certificate(claim)), prepared.statement.claims[claim])))
        return next(finite, infinite)
    climbed = ascent(starts, trial.score, prepared.scope.same, fixed, trial.settled)
    near = ((each, FAR_BITS) for each in _along_equality(prepared, trial))
    far = ((each, FAR_BITS) for each in _far_apart(prepared, trial))
    last = chain(((each, BITS) for each in climbed), near, ((each, FAR_BITS) for each in witnesses(prepared, extreme=True)), far)
    for witness, bits in last if most is None else ():
        if trial.breaks(witness, bits):
            return witness, _sides(prepared, World(witness.certificate(claim)), prepared.statement.claims[claim])
    return None


class Trial:
    """A claim held against witnesses."""

    def __init__(self, prepared: Prepared, claim: int) -> None:
        self.prepared, self.claim = prepared, claim
        self.relation = prepared.document["claims"][claim]
        self.given = [_vector(prepared, each) for each in prepared.document["given"]]
        self.goal = _vector(prepared, self.relation)
        self.ends = prepared.scope.vector(self.relation["left"]), prepared.scope.vector(self.relation["right"])
        self.bounds = [(each, bound) for each in self.given if (bound := _bound(prepared, each[0])) is not None]
        self.plan, self.precise = Plan(), Plan(pencil.BITS)
        self.latest: tuple[LawsWitness, Estimate] | None = None

    def estimate(self, witness: LawsWitness) -> Estimate:
        if self.latest is None or self.latest[0] is not witness:
            self.latest = witness, Estimate(witness, self.plan)
        return self.latest[1]

    def breaks(self, witness: LawsWitness, bits: int = BITS) -> bool:
        """Whether every hypothesis holds and the claim fails, decided exactly."""
        ask_time()
        try:
            estimate = self.estimate(witness)
            if estimate.clearly(*self.goal, True) or any(estimate.clearly(*each, False) for each in self.given):
                return False
            gap = self.gap(witness)
            if gap is not None and gap > CLEAR_GAP:
                return False
            world = World(witness.certificate(self.claim))
            broken = all(world.decides(*each, bits) for each in self.given) and not world.decides(*self.goal, bits)
            return broken and world.tells_apart(self.prepared.scope, self.relation)
        except (Rejected, KeyError, ZeroDivisionError):
            return False  # undefined there, such as infinity minus infinity

    def score(self, witness: LawsWitness) -> tuple[float, float] | None:
        """How near the claim is to failing, and by how much inequalities that are given fail; None where this says nothing."""
        ask_time()
        try:
            estimate, excess = self.estimate(witness), 0.0
            for vector, sign in self.given:
                if not estimate.is_known(vector) or (sign in ("=", "!=") and estimate.clearly(vector, sign, False)):
                    return None
                if estimate.clearly(vector, sign, False):
                    value, size = estimate.value(vector)
                    excess += (value / size) ** 2
            nearness = score(estimate, self.ends, self.relation["sign"])
            return None if nearness is None else (nearness, excess)
        except (Rejected, KeyError, ZeroDivisionError):
            return None

    def gap(self, witness: LawsWitness) -> Any | None:
        """How near the claim is to failing, as of `score`, in many digits."""
        try:
            return score(Estimate(witness, self.precise), self.ends, self.relation["sign"], 0.0)
        except (Rejected, KeyError, ZeroDivisionError):
            return None

    def precisely(self, witness: LawsWitness) -> tuple[bool, float | None]:
        """Whether every hypothesis seems to hold, and the gap, in many digits."""
        ask_time()
        try:
            estimate = Estimate(witness, self.precise)
            holds = all(estimate.clearly(*each, True) for each in self.given)
            return holds, score(estimate, self.ends, self.relation["sign"], 0.0) if holds else None
        except (Rejected, KeyError, ZeroDivisionError):
            return False, None

    def settled(self, witness: LawsWitness) -> LawsWitness:
        """The witness with every parameter that a hypothesis bounds by measures moved to that bound."""
        for (vector, sign), (name, slope) in self.bounds:
            try:
                value, size = self.estimate(witness).value(vector)
            except (Rejected, Unclear, KeyError, ArithmeticError, ValueError):
                continue
            if sign in ("<=", ">=", "<", ">"):
                margin = CLOSE * size * (1 if "<" in sign else -1)
                moved = witness.parameters[name] - F(value + margin) / slope
                witness = replace(witness, parameters={**witness.parameters, name: moved})
        return witness


def _bound(prepared: Prepared, vector: Vector) -> tuple[str, Fraction] | None:
    """The parameter that stands in it once, alone and beside measures, and its coefficient."""
    names = {name[1] for key in vector for name, _ in key if name[0] == "parameter"} - {*prepared.scope.numbers, *folds_of(prepared.statement)}
    alone = [name for name in names if sum(("parameter", name) in dict(key) for key in vector) == 1]
    found = [(name, vector[key]) for name in alone for key in vector if key == ((("parameter", name), F(1)),)]
    return found[0] if len(found) == 1 and any(name[0] != "parameter" for key in vector for name, _ in key) else None


def _vector(prepared: Prepared, relation: Any) -> tuple[Vector, str]:
    """left − right, and the sign that it is claimed to have."""
    return combine((1, prepared.scope.vector(relation["left"])), (-1, prepared.scope.vector(relation["right"]))), relation["sign"]


def _sides(prepared: Prepared, world: World, relation: Relation) -> Worded:
    for digits in SHOWN:
        (left, one), (right, other) = (_shown(prepared, world, side, *digits) for side in (relation.left, relation.right))
        if one != other:
            break
    return Worded(f"left = {left}, right = {right}", f"left $= {left.tex}$, right $= {right.tex}$")


def _shown(prepared: Prepared, world: World, side: Any, beside: int, alone: int) -> tuple[Worded, str]:
    """The value of a side, exact with its first digits where that is short, and these digits; its LaTeX is a formula without its dollars."""
    vector = combine((1, prepared.scope.vector(scalar_json(side))))
    try:
        value = world.exact(vector)
    except Inexact:
        return _alone(world, vector, alone)
    if value.get(0):
        infinite = "oo" if value[0] > 0 else "-oo"
        return Worded(infinite, decimal_tex(infinite)), infinite
    rational = value.get(1, F(0))
    logs = LogSum.of({b: c for b, c in value.items() if b > 1})
    if logs.is_zero:
        return Worded(str(rational), fraction_tex(rational)), _decimal(rational, beside)
    exact = f"{logs}" if not rational else f"{rational} + {logs}"
    if len(exact) >= 120:
        return _alone(world, vector, alone)
    digits = _digits(world, vector, beside)
    tex = latex(logs) if not rational else f"{fraction_tex(rational)} + {latex(logs)}"
    return Worded(f"{exact} ≈ {digits}", rf"{tex} \approx {digits.tex}"), str(digits)


def _alone(world: World, vector: Vector, digits: int) -> tuple[Worded, str]:
    shown = _digits(world, vector, digits)
    return shown, str(shown)


def _digits(world: World, vector: Vector, digits: int) -> Worded:
    low, high = world.bounds(vector, 80 + 4 * digits)
    shown = _decimal((low + high) / 2, digits)
    return Worded(shown, decimal_tex(shown))


def _decimal(number: Fraction, digits: int) -> str:
    """So many digits of a rational number."""
    with localcontext(prec=digits + 5):
        shown = f"{(Decimal(number.numerator) / Decimal(number.denominator)).normalize():.{digits}g}"
    mantissa, e, exponent = shown.partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return mantissa + e + exponent


def _on_two_points(prepared: Prepared) -> tuple[int, Callable[[Sequence[Fraction]], LawsWitness]] | None:
    """How many laws there are, and the witness for their first masses, where nothing else is to be chosen than laws of one coordinate each."""
    names = [name for name in dict.fromkeys(law.name for law in law_names(prepared.statement)) if prepared.scope.same.get(name, name) == name]
    first = next(witnesses(prepared), None)
    if first is None or {*first.tables} != {*names} or first.channels or first.parameters or any(slots != (0,) for slots, _ in first.tables.values()):
        return None
    return len(names), lambda masses: replace(first, tables={name: table((m, 1 - m)) for name, m in zip(names, masses)})


def _along_equality(prepared: Prepared, trial: Trial) -> Iterator[LawsWitness]:
    """Two laws alone, on two points, where the sides of the claim are closest."""
    found = _on_two_points(prepared)
    if found is None or found[0] != 2:
        return
    _, witness = found
    for masses in pencil.along_equality(lambda p, q: trial.gap(witness((p, q)))):
        yield witness(masses)


def _far_apart(prepared: Prepared, trial: Trial) -> Iterator[LawsWitness]:
    """Laws on two points as far apart as hypotheses that bound a divergence by a number allow."""
    found = _on_two_points(prepared)
    bounded = [each for each in prepared.statement.given if isinstance(each.right, Constant) and measures_of(Statement((each,))) and "<" in each.sign]
    if found is None or not bounded:
        return
    count, witness = found
    for masses in far_apart(count, lambda masses: trial.precisely(witness(masses))):
        yield witness(masses)
