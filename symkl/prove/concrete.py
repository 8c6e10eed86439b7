"""Claims about named families: by the calculus where it is enough, else by closed forms; refuted at exact parameters."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sympy import Abs, And, Basic, Contains, Expr, Piecewise, Pow, S, Symbol, exp, expand, factor_terms, log
from sympy.core.relational import Eq, Ge, Gt, Lt, Ne, Relational

from symkl.core.heads import KL, CrossEntropy, Entropy, Expectation, Head
from symkl.core.laws import Law
from symkl.core.verdict import Verdict, Worded
from symkl.derive.measures import derive
from symkl.derive.settle import settle as settle_parameters
from symkl.errors import DomainError, NoClosedForm, Undecided
from symkl.exact.evaluation import evaluate
from symkl.families.sampling import draw_value
from symkl.form.facts import Facts
from symkl.form.textbook import textbook
from symkl.form.zero import is_zero
from symkl.prove.between import bounded
from symkl.prove.cases import allows, fits, in_case, looks_broken, near_points, own_names, plain_value, signs, slots_of, special_points
from symkl.prove.closed_certificate import SIGNS, closed_certificate
from symkl.prove.enclosures import DIGITS, broken_at, by_enclosures
from symkl.prove.gibbs import weakened
from symkl.prove.limits import SECONDS, TimeUp, in_time
from symkl.prove.parts import plain_roots, sum_of_parts
from symkl.prove.ridges import ridge
from symkl.prove.steps import Step
from symkl.prove.texform import decimal_tex
from symkl.prove.univariate import univariate
from symkl.prove.valleys import valley

__all__ = ["ParameterWitness", "put_in", "settle_closed"]

POINTS = 12
#: How often values outside the domain are drawn again.
REDRAWN = 6
#: The steps, and the closed form of every head.
Proof = tuple[tuple[Step, ...], dict[Any, Expr]]
SIGNS_OF = {kind: sign for sign, kind in SIGNS.items()}
BERNOULLI = "t^n >= 1 + n*(t - 1)"
BOTH_INFINITE = "both sides are infinite"


@dataclass(frozen=True)
class ParameterWitness:
    """Exact values of the parameters, and what the sides are there."""

    values: tuple[tuple[Basic, Expr], ...]
    left: str
    right: str

    def __str__(self) -> str:
        return ", ".join(f"{name} = {value}" for name, value in self.values) or "the laws as given"

    def latex(self) -> str:
        return ", ".join(f"${_tex(name)} = {_tex(value)}$" for name, value in self.values) or "the laws as given"


def settle_closed(claim: Relational, given: Sequence[Relational] = ()) -> Verdict:
    """The verdict on a relation between heads of concrete laws, from closed forms and exact values.

    Hypotheses are about the parameters: one that says what a parameter is is put in, the others are facts.
    Closed forms at far parameters may take for ever: after a limit of computing time the verdict is unknown.
    """
    try:
        return in_time(lambda: _settled(claim, given))
    except TimeUp:
        return Verdict("unknown", reason=f"neither a proof nor exact parameters at which it fails were found in {SECONDS} s, the limit", claim=claim)


def _settled(claim: Relational, given: Sequence[Relational]) -> Verdict:
    asked, told = claim, tuple(given)
    claim, given = put_in(claim, given)
    laws = tuple(sorted({law for head in claim.atoms(Head) for law in head.laws}, key=str))
    settled = settle_parameters(laws)
    domain, positive = settled.conditions, signs(settled.conditions)
    if positive:  # of expressions of one symbol, that symbol
        settled = settle_parameters(tuple(law.xreplace(positive) for law in list[Any](laws)))
    names, known, restore = own_names(settled)
    inner = claim.func(*(side.xreplace(positive).xreplace(names) for side in claim.args), evaluate=False)
    facts = known | Facts.of(And(*(each.xreplace(positive).xreplace(names) for each in given))) if given else known
    outer = (restore, settled.outer_facts) if settled.has_expressions and not positive else None
    # An order of numbers alone is soon tried, and its proof may take long; sides that are equal are compared in many digits.
    plain = None if isinstance(claim, (Eq, Ne)) or claim.atoms(Head, Expectation) else _witness(claim, laws, given, domain)
    proof = None if plain is not None else _equal(inner, facts, outer) if isinstance(claim, (Eq, Ne)) else _by_gibbs(inner, facts) or _ordered(inner, facts) or by_enclosures(inner) or _by_bounds(inner, facts)
    if proof is not None and not isinstance(claim, Ne):
        steps, values = proof
        document = closed_certificate("proved", asked, told, values)
        infinite = str(steps[-1]) == BOTH_INFINITE
        same = BOTH_INFINITE if infinite else "both sides have the same closed form" if isinstance(claim, Eq) else "by the closed forms"
        where = same if infinite else _conditions(same, (*settled.conditions, *(outer > 0 for outer in positive)), told)
        return Verdict("proved", reason=where, steps=steps, certificate=document, claim=asked)
    witness = plain or _witness(claim, laws, given, domain) or _special_witness(claim, given, domain)
    if witness is not None:
        point = _completed(dict(witness.values), told, asked)
        sides = f"left $= {decimal_tex(witness.left)}$, right $= {decimal_tex(witness.right)}$"
        reason = Worded(f"it fails: left = {witness.left}, right = {witness.right}", f"it fails: {sides}")
        document = closed_certificate("refuted", asked, told, point=point)
        shown = replace(witness, values=tuple(point.items()))
        return Verdict("refuted", reason=reason, witness=shown, certificate=document, claim=asked)
    return Verdict("unknown", reason="the closed forms do not decide it, and no exact parameters were found at which it fails", claim=asked)


def _completed(point: dict[Basic, Expr], given: Sequence[Relational], claim: Relational) -> dict[Basic, Expr]:
    """The point with the parameters that hypotheses gave."""
    missing = sorted(set().union(*(each.free_symbols for each in (claim, *given))) - set(point), key=str)
    for _ in missing:
        for each in given:
            for name, value in ((each.lhs, each.rhs), (each.rhs, each.lhs)):
                if isinstance(each, Eq) and name in missing and name not in point and value.free_symbols <= set(point):
                    point[name] = value.subs(point)
    return point


def put_in(claim: Relational, given: Sequence[Relational]) -> tuple[Relational, list[Relational]]:
    """The claim with the parameters that a hypothesis gives put in, and the other hypotheses."""
    pending: list[Relational] = list(given)
    others: list[Relational] = []
    while pending:
        each = pending.pop(0)
        name, value = (each.lhs, each.rhs) if isinstance(each.lhs, Symbol) else (each.rhs, each.lhs)
        if isinstance(each, Eq) and isinstance(name, Symbol) and name not in value.free_symbols:
            change = {name: value}
            claim = claim.func(claim.lhs.subs(change), claim.rhs.subs(change), evaluate=False)
            pending, others = ([r.func(r.lhs.subs(change), r.rhs.subs(change), evaluate=False) for r in part] for part in (pending, others))
        else:
            others.append(each)
    return claim, others


def _conditions(why: str, conditions: tuple[Any, ...], given: Sequence[Relational]) -> Worded:
    kinds = {S.Reals: "real", S.Integers: "an integer"}
    shown = [f"{c.args[0]} is {kinds.get(c.args[1], c.args[1])}" if isinstance(c, Contains) else _plain_text(c) for c in conditions]
    shown += [f"{_plain_text(each.lhs)} {SIGNS_OF[type(each)]} {_plain_text(each.rhs)}" for each in given]
    formulas = [f"${_tex(each)}$" for each in (*conditions, *given)]
    where = " where " if shown else ""
    return Worded(why + where + ", ".join(shown), why + where + ", ".join(formulas))


def _plain_text(expr: Any) -> str:
    return str(expr).replace("**", "^")


def _closed(expr: Expr, facts: Facts) -> tuple[Expr, tuple[Step, ...], dict[Any, Expr]]:
    """The expression with every head replaced by its derived value."""
    values: dict[Basic, Expr] = {}
    steps = []
    for head in sorted(expr.atoms(Head, Expectation), key=str):
        result = in_case(_value(head), facts)
        values[head] = result
        steps.append(Step(f"{_plain_text(head)} = {_plain_text(result)}  (derived)", f"${_tex(head)} = {_tex(result)}$ (derived)"))
    return expr.xreplace(values), tuple(steps), values


def _value(head: Any) -> Expr:
    """The closed form of a measure; of those without a derivation of their own, what they evaluate to."""
    if isinstance(head, (KL, Entropy, CrossEntropy, Expectation)):
        return derive(head).result
    value: Expr = head.doit()
    if value.atoms(Head):
        raise NoClosedForm(f"{head} has no closed form that is known here")
    return value


def _tex(expr: Any) -> str:
    from sympy import latex

    return latex(expr)


def _same_form(left: Expr, right: Expr) -> Step:
    return Step(f"{_plain_text(left)} = {_plain_text(right)}  (canonical forms)", f"${_tex(left)} = {_tex(right)}$ (canonical forms)")


def _equal(claim: Relational, facts: Facts, outer: tuple[Callable[[Expr], Expr], Facts] | None = None) -> Proof | None:
    """The proof that both sides are the same; `outer` puts back expressions such as 1 − p that were named, in which terms may meet again."""
    try:
        (left, first, known), (right, second, more) = _closed(claim.lhs, facts), _closed(claim.rhs, facts)
        if left in (S.Infinity, S.NegativeInfinity) and left == right:
            return (*dict.fromkeys((*first, *second)), Step(BOTH_INFINITE, BOTH_INFINITE)), {**known, **more}
        same = is_zero(left - right, facts) is True
        if not same and (outer is None or is_zero(outer[0](left - right), outer[1]) is not True):
            return None
    except (NoClosedForm, Undecided, DomainError):
        return None
    last = _same_form(left, right)
    told = tuple(dict.fromkeys((*first, *second)))
    return (told if left == right and told else (*told, last)), {**known, **more}


def _ordered(claim: Relational, facts: Facts, calculus: bool = True) -> Proof | None:
    """An inequality whose difference is a number of decided sign, or has its sign by the facts."""
    try:
        bigger, smaller = (claim.lhs, claim.rhs) if isinstance(claim, (Ge, Gt)) else (claim.rhs, claim.lhs)
        (left, first, known), (right, second, more) = _closed(bigger, facts), _closed(smaller, facts)
        difference = plain_roots(left - right)
        if difference.free_symbols and not (shorter := textbook(difference, facts)).free_symbols:
            difference = shorter
        strict = isinstance(claim, (Gt, Lt))
        if not difference.free_symbols:
            ball = evaluate(difference, DIGITS)
            good = ball.is_rigorous and ball.sign is not None and (ball.sign > 0 or (ball.sign == 0 and not strict))
        elif difference.has(Piecewise):
            good = False
        else:
            good = bool(facts.is_positive(difference) if strict else facts.is_nonnegative(difference) or (not calculus and is_zero(difference, facts)))
        shown_so = _in_both_cases(difference, facts) if calculus and not good and not strict else None
    except (NoClosedForm, Undecided, DomainError):
        return None
    if not good and shown_so is None:
        return None
    sign = ">" if strict else ">="
    why, shown = (_why_signed(difference), ()) if shown_so is None else shown_so
    first = (*first, *second, *shown)
    if difference == 0:
        last = _same_form(left, right)
        return (*dict.fromkeys(first), last), {**known, **more}
    last = Step(f"{_plain_text(difference)} {sign} 0  ({why})", f"${_tex(difference)} {'>' if strict else chr(92) + 'ge'} 0$ ({why})")
    return (*dict.fromkeys(first), last), {**known, **more}


def _by_gibbs(claim: Relational, facts: Facts) -> Proof | None:
    """An inequality from one about cross-entropies whose difference is a number, or has its sign by the facts."""
    for weaker, step in weakened(claim, facts):
        found = _ordered(weaker, facts, calculus=False)
        if found is not None:
            return (step, *found[0]), found[1]
    return None


def _by_bounds(claim: Relational, facts: Facts) -> Proof | None:
    """An inequality from one in which a measure is replaced by a bound, a divergence only where it has no closed form."""
    for weaker, step in () if not claim.free_symbols else bounded(claim, facts):
        found = _ordered(weaker, facts)
        if found is not None:
            return (step, *found[0]), found[1]
    return None


def _in_both_cases(difference: Expr, facts: Facts) -> tuple[str, tuple[Step, ...]] | None:
    """Why the difference is not negative: where |x − y| stands in it, for x = y + d and for x = y − d, d ≥ 0; and the steps."""
    distances = [(each.args[0], s) for each in sorted(difference.atoms(Abs), key=str) for s in sorted(each.free_symbols, key=str)]
    for u, x in distances[:1]:
        d = Symbol("d", nonnegative=True)
        ends = [] if u.diff(x).free_symbols or not x.is_real else [expand((s * d - u.subs(x, 0)) / u.diff(x)) for s in (1, -1)]
        cases = [expand(difference.subs(x, end)) for end in ends]
        told = [_known_sign(each, _moved(facts, x, end)) or _by_calculus(each, _moved(facts, x, end)) for each, end in zip(cases, ends)]
        if cases and None not in told:
            same = cases[0] == cases[1]
            other = ("; with -d it is the same", "; with $-d$ it is the same") if same else (f", or {_plain_text(ends[1])}", f", or ${_tex(ends[1])}$")
            first = Step(f"let {x} = {_plain_text(ends[0])}, d >= 0{other[0]}", rf"let ${_tex(x)} = {_tex(ends[0])}$, $d \ge 0${other[1]}")
            steps = tuple(step for each in told[: 1 if same else 2] if each is not None for step in each[1])
            return (told[0] or ("", ()))[0], (first, *steps)
    return _by_calculus(difference, facts)


def _known_sign(difference: Expr, facts: Facts) -> tuple[str, tuple[Step, ...]] | None:
    return (_why_signed(difference), ()) if facts.is_nonnegative(difference) else None


def _moved(facts: Facts, x: Symbol, end: Expr) -> Facts:
    """The facts with another expression in the place of x, and what was assumed of x."""
    own = ((end,) if x.is_positive else (), (end,) if x.is_nonnegative and not x.is_positive else ())
    known = zip((facts.positive, facts.nonnegative), own)
    return Facts(*(tuple(dict.fromkeys((*(expand(each.subs(x, end)) for each in one), *more))) for one, more in known))


def _by_calculus(difference: Expr, facts: Facts) -> tuple[str, tuple[Step, ...]] | None:
    """Why the difference is not negative: it is least where parameters are equal, or comes down to one variable; and the steps."""
    parts = sum_of_parts(difference, facts)
    if parts is not None:
        return "by the signs of its parts", parts
    tangent = _above_tangents(difference, facts)
    if tangent is not None:
        return tangent
    roots = any(each.exp.is_Rational and not each.exp.is_Integer for each in difference.atoms(Pow))
    least = None if roots else valley(difference, facts)
    if least is not None:
        return f"it is least where {least.x} = {least.at}", least.steps()
    steps = univariate(difference, facts)
    if steps is not None:
        return "by the signs of derivatives", steps
    least = valley(difference, facts) if roots else None
    if least is not None:
        return f"it is least where {least.x} = {least.at}", least.steps()
    concave = ridge(difference, facts)
    return (f"it is concave in {concave.x}", concave.steps()) if concave is not None else None


def _above_tangents(difference: Expr, facts: Facts) -> tuple[str, tuple[Step, ...]] | None:
    """c exp(u) + rest ≥ c (1 + u) + rest for c ≥ 0, where that is seen not to be negative; so with a power and its tangent at 1."""
    for each in sorted(difference.atoms(exp, Pow), key=str):
        tangent = _tangent(each, facts)
        coefficient = difference.coeff(each)
        rest = expand(difference - coefficient * each)
        if tangent is None or rest.has(each) or coefficient.has(each) or not facts.is_nonnegative(coefficient):
            continue
        line, said, tex_said = tangent
        lower = factor_terms(expand(rest + coefficient * line))
        if is_zero(lower, facts) is True or facts.is_nonnegative(lower):
            why = f"by the signs of its parts and {'exp(u) >= 1 + u' if isinstance(each, exp) else BERNOULLI}"
            return why, (Step(f"{said} leaves {_plain_text(lower)} >= 0", rf"{tex_said} leaves ${_tex(lower)} \ge 0$"),)
    return None


def _tangent(each: Expr, facts: Facts) -> tuple[Expr, str, str] | None:
    """e^u ≥ 1 + u; t^n ≥ 1 + n (t − 1) for t ≥ 0 and n ≥ 1 (Bernoulli)."""
    if isinstance(each, exp):
        u = each.args[0]
        return 1 + u, f"exp(u) >= 1 + u at u = {_plain_text(u)}", r"$e^u \ge 1 + u$"
    t, n = each.as_base_exp()
    if n.is_number or not facts.is_nonnegative(n - 1) or not facts.is_nonnegative(t):
        return None
    return 1 + n * (t - 1), f"{BERNOULLI} at t = {_plain_text(t)}", rf"$t^n \ge 1 + n(t - 1)$ at $t = {_tex(t)}$"


def _witness(claim: Relational, laws: tuple[Law, ...], given: Sequence[Relational], domain: Sequence[Any]) -> ParameterWitness | None:
    draws = random.Random(3)
    symbols = sorted(claim.free_symbols, key=str)
    slots = slots_of(laws)
    infinite: ParameterWitness | None = None
    many = given or not claim.atoms(Head, Expectation)
    for k in range((20 if many else 2) * POINTS if symbols else 1):
        # First typical parameters, then any.
        for whole in (False, True) * REDRAWN:  # the domains of expressions are met by trying, integers too
            point = {s: draw_value(slots[s], draws) if s in slots and k < POINTS else plain_value(s, draws, whole) for s in symbols}
            if fits(point) and allows(domain, point):
                break
        else:
            continue
        if not all(each.func(each.lhs.subs(point), each.rhs.subs(point)) == S.true for each in given):
            continue
        sides = broken_at(claim, point)
        if sides is not None and "oo" not in sides:
            return ParameterWitness(tuple(point.items()), *sides)
        if sides is not None and infinite is None:  # finite sides say more
            infinite = ParameterWitness(tuple(point.items()), *sides)
    return infinite


def _why_signed(difference: Expr) -> str:
    """What the sign of a difference of closed forms rests on."""
    if not difference.free_symbols:
        return f"a number, {evaluate(difference, 6)}"
    return "by the signs of its parts" + (" and log t <= t - 1" if difference.has(log) else "")


def _special_witness(claim: Relational, given: Sequence[Relational], domain: Sequence[Any]) -> ParameterWitness | None:
    """A special point at which the closed forms, in digits, do not clearly satisfy the claim, and exact values do not; without closed forms, one of a few."""
    symbols = sorted(claim.free_symbols, key=str)
    if not symbols:
        return None
    closed = _all_closed(claim)
    tries = 0
    for point in near_points(symbols) if closed is None else special_points(symbols):
        if not fits(point) or not all(each.func(each.lhs.subs(point), each.rhs.subs(point)) == S.true for each in given):
            continue
        if not allows(domain, point):
            continue
        if tries < 3 * POINTS and (closed is None or looks_broken(closed, point)):
            tries += 1
            sides = broken_at(claim, point)
            if sides is not None:
                return ParameterWitness(tuple(point.items()), *sides)
    return None


def _all_closed(claim: Relational) -> Relational | None:
    try:
        known: dict[Basic, Expr] = {head: _value(head) for head in sorted(claim.atoms(Head, Expectation), key=str)}
    except (NoClosedForm, Undecided, DomainError):
        return None
    if any(value.atoms(Head, Expectation) for value in known.values()):
        return None
    return claim.func(claim.lhs.xreplace(known), claim.rhs.xreplace(known), evaluate=False)
