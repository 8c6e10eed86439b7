"""Counterexamples to claims about entropies: finite laws with rational masses, smallest first, judged exactly.

Candidates come from one shared bit, from extreme rays of the polymatroid cone that a linear code represents, from small codes, from
random networks of functions of independent sources, from products of sources with tuned entropies, and from laws on a few points. Effort is bounded by counts, and at last by computing time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import lcm, log

from sympy import Integer, Rational, Tuple

from symkl.families.finite import Finite
from symkl.prove.limits import ask_time
from symkl.prove.linear import minimise
from symkl.prove.shannon import codes
from symkl.prove.shannon.cone import basics_of, lattice, number_sign
from symkl.prove.shannon.fewpoints import few_point_laws
from symkl.prove.shannon.forms import Form, Problem
from symkl.prove.shannon.networks import networks
from symkl.prove.shannon.planes import Outcomes, numpy_or_none, plane_codes, two_draws
from symkl.prove.shannon.sources import masses_of, tuned_sources
from symkl.prove.texform import fraction_tex, masses_tex, name_tex

__all__ = ["JointLaw", "refutation"]

#: Probabilities of an event, and of how many variables some may tell of it.
RARE, FEW_NAMES = tuple(Fraction(1, 10**k) for k in (2, 4, 6, 8, 12)), 4
#: A source that just meets a hypothesis has at most so many values.
VALUES = 64


@dataclass(frozen=True)
class JointLaw:
    """A joint law of the variables: outcomes with masses; a continuous variable is uniform in a cell of the given width at its value."""

    names: tuple[str, ...]
    outcomes: tuple[tuple[tuple[int, ...], Fraction], ...]
    widths: dict[str, Fraction] = field(default_factory=dict)

    def __str__(self) -> str:
        points = ", ".join(f"({', '.join(map(str, x))}): {m}" for x, m in self.outcomes)
        cells = ", ".join(f"{name} uniform on an interval of length {w}" for name, w in self.widths.items())
        if len(self.outcomes) == 1 and cells:
            fixed = [name for name in self.names if name not in self.widths]
            return f"independent {cells}" + (f", {', '.join(fixed)} constant" if fixed else "")
        return f"({', '.join(self.names)}) ~ {{{points}}}" + (f"; at each point {cells}" if cells else "")

    def latex(self) -> str:
        points = rf"$({', '.join(map(name_tex, self.names))}) \sim \{{{masses_tex(self.outcomes)}\}}$"
        cells = ", ".join(f"${name_tex(name)}$ uniform on an interval of length ${fraction_tex(w)}$" for name, w in self.widths.items())
        if len(self.outcomes) == 1 and cells:
            fixed = [f"${name_tex(name)}$" for name in self.names if name not in self.widths]
            return f"independent {cells}" + (f", {', '.join(fixed)} constant" if fixed else "")
        return points + (f"; at each point {cells}" if cells else "")

    @property
    def law(self) -> Finite:
        """The joint law of the discrete parts, with tuples as outcomes."""
        return Finite({Tuple(*map(Integer, x)): Rational(m.numerator, m.denominator) for x, m in self.outcomes})

    def entropy(self, mask: int) -> Form:
        """H of the variables in the mask, exact."""
        masses: dict[tuple[int, ...], Fraction] = {}
        places = [i for i in range(len(self.names)) if mask >> i & 1]
        for point, m in self.outcomes:
            key = tuple(point[i] for i in places)
            masses[key] = masses.get(key, Fraction(0)) + m
        logs: dict[Fraction, Fraction] = {}
        for m in masses.values():
            logs[m] = logs.get(m, Fraction(0)) - m
        for i in places:
            if self.names[i] in self.widths:
                width = self.widths[self.names[i]]
                logs[width] = logs.get(width, Fraction(0)) + 1
        return Form(logs={b: c for b, c in logs.items() if c and b != 1})

    def value_sign(self, form: Form) -> int:
        """The exact sign of the form at this law."""
        total = Form(logs=form.logs, rational=form.rational)
        for mask, c in form.entropies.items():
            total = total.plus(self.entropy(mask), c)
        return number_sign(total)


def holds(sign: int, relation: str) -> bool:
    return {"=": sign == 0, "<=": sign <= 0, ">=": sign >= 0, "<": sign < 0, ">": sign > 0, "!=": sign != 0}[relation]


def refutation(problem: Problem, claim: int, quick: bool = False) -> JointLaw | None:
    """A law at which every hypothesis holds and the claim of that index fails; `quick` tries one and two shared draws only."""
    form, relation = problem.claims[claim]
    for candidate in _candidates(problem, form, relation, quick):
        if all(holds(candidate.value_sign(g), s) for g, s in problem.given) and not holds(candidate.value_sign(form), relation):
            return candidate
    return None


def _candidates(problem: Problem, form: Form, relation: str, quick: bool) -> Iterator[JointLaw]:
    yield from _unbalanced(problem, form, relation)
    for outcomes in (_quick if quick else _discrete_candidates)(problem, form, relation):
        law = JointLaw(problem.names, tuple(outcomes), {name: Fraction(1) for name in problem.group(problem.continuous)})
        yield law


def _quick(problem: Problem, form: Form, relation: str) -> Iterator[Outcomes]:
    yield from _one_bit(problem, form, relation)
    yield from plane_codes(problem, form, relation)


def _unbalanced(problem: Problem, form: Form, relation: str) -> Iterator[JointLaw]:
    """Independent uniforms: the scale of a continuous variable matters unless its coefficients sum to zero."""
    if not problem.continuous:
        return
    point = ((0,) * len(problem.names), Fraction(1))
    ones = {name: Fraction(1) for name in problem.group(problem.continuous)}
    for i, name in enumerate(problem.names):
        if not problem.continuous >> i & 1:
            continue
        weight = sum((c for s, c in form.entropies.items() if s >> i & 1), Fraction(0))
        if weight:
            # −m/weight nats of width and more, for the m there is in the constant.
            steps = 1 + int(abs(form.number() / float(weight)) / log(2))
            for power in (1, steps, steps + 1):
                for width in (Fraction(1, 2**power), Fraction(2**power)):
                    yield JointLaw(problem.names, (point,), {**ones, name: width})


def _discrete_candidates(problem: Problem, form: Form, relation: str) -> Iterator[Outcomes]:
    count = len(problem.names)
    yield [((0,) * count, Fraction(1))]
    yield from _one_bit(problem, form, relation)
    yield from _rare_events(problem)
    yield from plane_codes(problem, form, relation)
    yield from two_draws(problem, form, relation)
    if numpy_or_none() is None and count <= 5:
        yield from _small_codes(problem, form, relation, 2, 2)
    yield from few_point_laws(problem, form, relation, uniform=True, sizes=(3, 4))
    yield from few_point_laws(problem, form, relation, uniform=False, sizes=(3, 4, 5))
    yield from _from_rays(problem, form, relation)
    yield from tuned_sources(problem, form, relation)
    if count <= 3:
        yield from _small_codes(problem, form, relation, 2, 3)
    yield from _networks(problem, form, relation)


Test = Callable[[dict[int, int], float], bool]


def _tester(problem: Problem, form: Form, relation: str) -> Test:
    """A quick test on ranks that spares the exact one: are the hypotheses met and the claim broken?"""
    listed = [(*_integral(f), f.number(), sign) for f, sign in problem.given]
    goal, scale, number = *_integral(form), form.number()
    constants = any(f.has_constant for f, _ in (*problem.given, (form, relation)))

    def test(ranks: dict[int, int], unit: float) -> bool:
        ask_time()
        for terms, denominator, rest, sign in listed:
            total = sum(c * ranks[s] for s, c in terms)
            value = total * unit / denominator + rest if rest else float(total)
            if (sign == "=" and abs(value) > 1e-9) or ("<" in sign and value > 1e-9) or (">" in sign and value < -1e-9):
                return False
        total = sum(c * ranks[s] for s, c in goal)
        if not constants:
            return not holds((total > 0) - (total < 0), relation)
        value = total * unit / scale + number
        return abs(value) < 1e-9 or not holds((value > 0) - (value < 0), relation)

    return test


def _integral(form: Form) -> tuple[list[tuple[int, int]], int]:
    """The coefficients over their common denominator."""
    scale = lcm(*(c.denominator for c in form.entropies.values())) if form.entropies else 1
    return [(s, int(c * scale)) for s, c in form.entropies.items()], scale


def _needed(problem: Problem, form: Form) -> list[int]:
    return sorted({s for f, _ in (*problem.given, (form, "")) for s in f.entropies})


def _one_bit(problem: Problem, form: Form, relation: str) -> Iterator[Outcomes]:
    """One uniform draw from m values, shown by some of the variables, the others constant."""
    needed, test = _needed(problem, form), _tester(problem, form, relation)
    count = len(problem.names)
    constants = form.has_constant or any(f.has_constant for f, _ in problem.given)
    for shown in _shown(count, needed):
        ranks = {s: int(bool(s & shown)) for s in needed}
        for m in (2, 3, 4, 5, 8, 16, 64) if constants else (2,):
            if test(ranks, log(m)):
                yield [(tuple(v if shown >> i & 1 else 0 for i in range(count)), Fraction(1, m)) for v in range(m)]


def _rare_events(problem: Problem) -> Iterator[Outcomes]:
    """One event of which some of the variables tell, where hypotheses say numbers: rarer and rarer, and so that one of them is just met."""
    count = len(problem.names)
    numeric = [g for g, sign in problem.given if sign in ("<=", ">=", "<", ">") and g.number()]
    if count > FEW_NAMES or not numeric:
        return
    events = [(tuple(mask >> i & 1 for i in range(count)), mask) for mask in range(1, 1 << count)]
    for rare, (told, _) in product(RARE, events):
        yield [((0,) * count, 1 - rare), (told, rare)]
    for g, (told, mask) in product(numeric, events):
        slope = float(sum((c for s, c in g.entropies.items() if s & mask), Fraction(0)))
        target = -g.number() / slope if slope else 0.0
        for masses in masses_of(target) if 0 < target < log(VALUES) else ():
            yield [(tuple(k * each for each in told), mass) for k, mass in enumerate(masses)]


def _shown(count: int, needed: Sequence[int]) -> list[int]:
    """Sets of variables that may show one draw: all, or of many variables the small, the named and their complements."""
    full = (1 << count) - 1
    if count <= 9:
        listed = set(range(1, full + 1))
    else:
        listed = {1 << i | 1 << j for i in range(count) for j in range(count)} | set(needed) | {full & ~s for s in needed} | {full}
    return sorted(listed - {0}, key=lambda s: (s.bit_count(), s))


def _from_rays(problem: Problem, form: Form, relation: str) -> Iterator[Outcomes]:
    """Codes for the extreme rays of the polymatroid cone at which the claim fails."""
    given = [(f.entropies, sign) for f, sign in problem.given if not f.has_constant]
    named = [*form.entropies, *(s for f, _ in given for s in f)]
    sets = lattice(named, 600)
    if sets is None or len(sets) < 2:
        return
    basics = [basic.vector for basic in basics_of(sets, 0)]
    basics += [{s: c if ">" in sign else -c for s, c in f.items()} for f, sign in given if sign in ("<=", ">=", "<", ">")]
    zero = [f for f, sign in given if sign == "="]
    directions = [1.0] if relation in (">=", ">") else [-1.0] if relation in ("<=", "<") else [1.0, -1.0]
    attempts = 6 if len(problem.names) > 4 else 2
    tried: set[tuple[int, ...]] = set()
    for ray in minimise(_objectives(form, directions, attempts, sets), basics, zero, sets[-1]):
        if ray is None:
            return
        ranks = _integers({s: ray.get(s, 0.0) for s in sets if s})
        if ranks is None or tuple(ranks.values()) in tried or not ranks[sets[-1]]:
            continue
        tried.add(tuple(ranks.values()))
        value = sum((c * ranks[s] for s, c in form.entropies.items()), Fraction(0))
        if form.has_constant or not holds((value > 0) - (value < 0), relation):
            yield from _codes_of(problem, ranks)


def _objectives(form: Form, directions: Sequence[float], attempts: int, sets: Sequence[int]) -> Iterator[dict[int, float]]:
    """The form in each direction, and again with a little noise, which leads to other rays."""
    noise = random.Random(7)
    for direction in directions:
        for attempt in range(attempts):
            goal = {s: direction * float(c) for s, c in form.entropies.items()}
            yield goal if not attempt else {s: goal.get(s, 0.0) + 0.05 * noise.random() for s in sets if s}


def _integers(ray: dict[int, float]) -> dict[int, int] | None:
    """The ray with its smallest integer entries."""
    fractions = {s: Fraction(v).limit_denominator(24) for s, v in ray.items()}
    if any(abs(float(f) - ray[s]) > 1e-6 for s, f in fractions.items()):
        return None
    scale = lcm(*(f.denominator for f in fractions.values()))
    return {s: int(f * scale) for s, f in fractions.items()}


def _codes_of(problem: Problem, ranks: dict[int, int]) -> Iterator[Outcomes]:
    """Codes with these ranks: variables that no set separates are joined, one carries all, the others are constant."""
    count = len(problem.names)
    classes: dict[tuple[bool, ...], list[int]] = {}
    for i in range(count):
        classes.setdefault(tuple(bool(s >> i & 1) for s in ranks), []).append(i)
    leaders = [members[0] for members in classes.values()]
    small = {sum(1 << k for k, i in enumerate(leaders) if s >> i & 1): rank for s, rank in ranks.items()}
    total = max(ranks.values())
    for q, most in ((2, 5), (3, 3)):
        if total > most:
            continue
        where = codes.space(q, total)
        for assigned in codes.represent(where, len(leaders), small, effort=1200):
            every = [0] * count
            for i, each in zip(leaders, assigned):
                every[i] = each
            yield codes.outcomes(where, every)
            break


def _small_codes(problem: Problem, form: Form, relation: str, q: int, r: int) -> Iterator[Outcomes]:
    """Every assignment of subspaces of GF(q)^r."""
    where, needed, test = codes.space(q, r), _needed(problem, form), _tester(problem, form, relation)
    for assigned in product(range(len(where.members)), repeat=len(problem.names)):
        ranks = {}
        for s in needed:
            total = 0
            for i, each in enumerate(assigned):
                if s >> i & 1:
                    total = where.join(total, each)
            ranks[s] = where.rank(total)
        if test(ranks, log(q)):
            yield codes.outcomes(where, assigned)


def _networks(problem: Problem, form: Form, relation: str) -> Iterator[Outcomes]:
    """Random networks at which the hypotheses hold and the claim fails, judged by floats."""
    count = len(problem.names)
    if not 5 <= count <= 8:
        return  # of fewer variables the laws on few points say more
    for network in networks(count):
        if _plausible(problem, form, relation, network.entropy):
            yield network.outcomes


def _plausible(problem: Problem, form: Form, relation: str, entropy: Callable[[int], float]) -> bool:
    """The float version of the exact test."""

    def value(f: Form) -> float:
        return sum(float(c) * entropy(s) for s, c in f.entropies.items()) + f.number()

    for f, sign in problem.given:
        v = value(f)
        if (sign == "=" and abs(v) > 1e-10) or (sign in ("<=", "<") and v > 1e-10) or (sign in (">=", ">") and v < -1e-10):
            return False
    v = value(form)
    return {"=": abs(v) > 1e-10, "<=": v > 1e-10, ">=": v < -1e-10, "<": v > -1e-10, ">": v < 1e-10, "!=": abs(v) < 1e-10}[relation]
