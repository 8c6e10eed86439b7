"""Why the difference of two closed forms is zero or not negative: case by case where it switches, by its parts, or by calculus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

from sympy import Abs, Expr, Piecewise, Pow, S, Symbol, exp, expand, factor_terms, latex, log, numer, together
from sympy.core.relational import Relational
from sympy.functions.elementary.miscellaneous import Max, Min

from symkl.exact.evaluation import evaluate
from symkl.form.facts import Facts
from symkl.form.zero import is_zero
from symkl.prove.cases import in_case, renamed
from symkl.prove.parts import sum_of_parts
from symkl.prove.ridges import ridge
from symkl.prove.steps import Step, plain
from symkl.prove.univariate import univariate
from symkl.prove.valleys import valley

__all__ = ["not_negative", "why_signed", "with_signs", "zero_by_cases"]

BERNOULLI = "t^n >= 1 + n*(t - 1)"
#: Cases within cases are looked at so often.
DEPTH = 2
#: What the sign rests on, and the steps.
Shown = tuple[str, tuple[Step, ...]]


@dataclass(frozen=True)
class Case:
    """The difference, and what is known, where a parameter is given by others and a distance d > 0."""

    difference: Expr
    facts: Facts
    x: Symbol
    value: Expr


def not_negative(difference: Expr, facts: Facts, depth: int = DEPTH) -> Shown | None:
    """Why the difference is not negative; None if it is not seen."""
    difference, facts = with_signs(difference, facts)
    for apart in (False, True) if depth else ():
        cases = _cases(difference, facts, apart)
        if not apart and any(each.difference.has(Piecewise) for each in cases):
            continue  # d > 0 may decide what d >= 0 does not
        told = [_known_sign(each.difference, each.facts) or not_negative(each.difference, each.facts, depth - 1) for each in cases]
        shown = [each for each in told if each is not None]
        if cases and len(shown) == len(cases):
            same = cases[0].difference == cases[1].difference
            steps = [step for each in (shown[:1] if same else shown[:2]) for step in each[1]]
            return shown[0][0], (_let(cases, same), *steps, *_level(cases, "is not negative"))
    return None if difference.has(Piecewise) else _by_calculus(difference, facts)


def zero_by_cases(difference: Expr, facts: Facts, depth: int = DEPTH) -> tuple[Step, ...] | None:
    """Steps that show that the difference is zero on each side of where it switches, and there; None if it is not seen."""
    difference, facts = with_signs(difference, facts)
    cases = _cases(difference, facts, True) if depth else ()
    told = [() if is_zero(each.difference, each.facts) is True else zero_by_cases(each.difference, each.facts, depth - 1) for each in cases]
    if not cases or None in told:
        return None
    return (_let(cases, False), *(step for each in told for step in each or ()), *_level(cases, "is zero too"))


def with_signs(difference: Expr, facts: Facts) -> tuple[Expr, Facts]:
    """With positive symbols for those that the facts say to be positive."""
    known: dict[Expr, Expr] = {
        each: Symbol(each.name, **{**each.assumptions0, "positive": True})
        for each in sorted(difference.free_symbols, key=str)
        if isinstance(each, Symbol) and each.is_positive is None and facts.is_positive(each)
    }
    return difference.xreplace(known), renamed(facts, known) if known else facts


def _let(cases: Sequence[Case], same: bool) -> Step:
    """The words for the two sides of the place where an expression switches."""
    above, below, *level = cases
    sign, tex_sign = (">", ">") if level else (">=", r"\ge")
    text = f"let {above.x} = {plain(above.value)}, d {sign} 0" + ("; with -d it is the same" if same else f", or {plain(below.value)}")
    tex = rf"let ${latex(above.x)} = {latex(above.value)}$, $d {tex_sign} 0$" + ("; with $-d$ it is the same" if same else f", or ${latex(below.value)}$")
    return Step(text, tex)


def _level(cases: Sequence[Case], what: str) -> Iterator[Step]:
    for each in cases[2:]:
        yield Step(f"where {each.x} = {plain(each.value)} the difference {what}", rf"where ${latex(each.x)} = {latex(each.value)}$ the difference {what}")


def _cases(difference: Expr, facts: Facts, apart: bool) -> tuple[Case, ...]:
    """Above and below the place where |u|, a greater or a lesser of two, or an expression by cases switches, at a distance d; `apart`: d > 0, and the place itself."""
    taken = set(map(str, difference.free_symbols))
    name = next(each for each in chain("d", (f"d_{k}" for k in count(1))) if each not in taken)
    d = Symbol(name, positive=True) if apart else Symbol(name, nonnegative=True)
    for u in _switches(difference):
        for x in sorted(u.free_symbols, key=str):
            slope = u.diff(x)
            if isinstance(x, Symbol) and x.is_real and slope.is_number:
                places = [expand((s * d - u.subs(x, 0)) / slope) for s in ((1, -1, 0) if apart else (1, -1))]
                return tuple(Case(_put(difference, x, place, known), known, x, place) for place in places for known in [_moved(facts, x, place)])
    return ()


def _switches(difference: Expr) -> Iterator[Expr]:
    """Expressions at whose zeros the difference takes another form."""
    for each in sorted(difference.atoms(Abs, Max, Min), key=str):
        if len(each.args) <= 2:
            first, second = each.args if len(each.args) > 1 else (each.args[0], S.Zero)
            # log v changes its sign where v is 1
            yield numer(together(first.args[0] - 1)) if isinstance(first, log) and second == 0 else first - second
    for piecewise in sorted(difference.atoms(Piecewise), key=str):
        for each in sorted(piecewise.atoms(Relational), key=str):
            yield each.lhs - each.rhs


def _put(difference: Expr, x: Symbol, place: Expr, facts: Facts) -> Expr:
    moved = in_case(difference.subs(x, place), facts)
    signed: dict[Expr, Expr] = {each: u if sign else -u for each in moved.atoms(Abs) for u in each.args if (sign := facts.is_nonnegative(u)) or facts.is_nonnegative(-u)}
    moved = moved.xreplace(signed)
    return moved if moved.has(Piecewise) else expand(moved)


def _known_sign(difference: Expr, facts: Facts) -> tuple[str, tuple[Step, ...]] | None:
    return (why_signed(difference), ()) if facts.is_nonnegative(difference) else None


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
            return why, (Step(f"{said} leaves {plain(lower)} >= 0", rf"{tex_said} leaves ${latex(lower)} \ge 0$"),)
    return None


def _tangent(each: Expr, facts: Facts) -> tuple[Expr, str, str] | None:
    """e^u ≥ 1 + u; t^n ≥ 1 + n (t − 1) for t ≥ 0 and n ≥ 1 (Bernoulli)."""
    if isinstance(each, exp):
        u = each.args[0]
        return 1 + u, f"exp(u) >= 1 + u at u = {plain(u)}", r"$e^u \ge 1 + u$"
    t, n = each.as_base_exp()
    if n.is_number or not facts.is_nonnegative(n - 1) or not facts.is_nonnegative(t):
        return None
    return 1 + n * (t - 1), f"{BERNOULLI} at t = {plain(t)}", rf"$t^n \ge 1 + n(t - 1)$ at $t = {latex(t)}$"


def why_signed(difference: Expr) -> str:
    """What the sign of a difference of closed forms rests on."""
    if not difference.free_symbols:
        return f"a number, {evaluate(difference, 6)}"
    return "by the signs of its parts" + (" and log t <= t - 1" if difference.has(log) else "")


