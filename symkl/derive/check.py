"""The independent checker of derivations: it replays the steps and re-establishes each by a small function for its kind.

It shares with the search only the definitions (laws, masters) and the zero test of `symkl.form`. A step's `data` are the choices
the search made; they are read again, never trusted. A step that cannot be re-established leaves the whole derivation unknown.
What is shown: under the conditions, head = result wherever the expectations that stand in the result exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sympy import And, Eq, Expr, Gt, Not, Piecewise, S
from sympy.logic.boolalg import Boolean
from sympy.polys.polyerrors import PolynomialError

from symkl.core.coordinates import by_coordinates, summed_by_cases
from symkl.core.heads import Expectation, Head
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.verdict import Verdict
from symkl.derive.checks import expectations, heads, lattice, score
from symkl.derive.checks.context import Context, Gap, need, require
from symkl.errors import SymklError
from symkl.form.branches import tidied
from symkl.form.fact_factors import with_factors
from symkl.form.facts import Facts
from symkl.form.kept import put_in

__all__ = ["check_steps"]

#: Kinds whose check needs the step and the conditions in force, and no more; it may return laws whose total mass one it used.
CHECKS: dict[str, Callable[[Step, Context], Iterable[Law] | None]] = {
    "algebra": heads.algebra,
    "antiderivative": expectations.antiderivative,
    "definition": heads.definition,
    "even kink": lattice.even_kink,
    "finite sum": lattice.finite_sum,
    "infinite": heads.infinite,
    "known value": heads.known_value,
    "lattice kink": lattice.lattice_kink,
    "master": expectations.master,
    "mixture": expectations.mixture,
    "reflection": expectations.reflection,
    "score": score.score,
    "symmetric kink": expectations.symmetric_kink,
    "symmetry": expectations.symmetry,
    "telescoped sum": lattice.telescoped_sum,
    "telescoping": lattice.telescoping,
    "textbook form": heads.algebra,
    "tilt": expectations.tilt,
}
#: What malformed data, or SymPy on unforeseen input, may raise.
FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    PolynomialError,
    RecursionError,
    SymklError,
    TypeError,
    ValueError,
)


def check_steps(head: Expr, steps: Iterable[Step], result: Expr, conditions: Iterable[Boolean] = ()) -> Verdict:
    """Proved: under `conditions` (and what the laws of the head presuppose) every step holds and together they lead from head to result.

    Refuted: some step is provably wrong. Unknown: some step could not be re-established, and `reason` names it.

    >>> from symkl import KL, Normal
    >>> from symkl.core.steps import Step
    >>> P = Normal(0, 1)
    >>> check_steps(KL(P, P), [Step(KL(P, P), S.Zero, "known value", "identical laws")], S.Zero).status
    'proved'
    """
    claim, place = Eq(head, result, evaluate=False), "the end"
    given = tuple(conditions) + tuple(c for law in _laws(head) for c in (*law.conditions, *law.implied))
    try:
        replay = Replay([Branch(head, S.true, Context(tuple(dict.fromkeys(given))))])
        for number, step in enumerate(steps, 1):
            place = f"step {number} ({step.rule})"
            replay.apply(step)
        place = "the end"
        replay.finish(result)
    except Gap as gap:
        return Verdict("refuted" if gap.status == "refuted" else "unknown", f"{place}: {gap.reason}", claim=claim)
    except FAILURES as failure:
        return Verdict("unknown", f"{place}: {type(failure).__name__}: {failure}", claim=claim)
    return Verdict("proved", steps=tuple(step.rule for step in steps), claim=claim)


def _cases(step: Step, context: Context) -> None:
    """A derivation of its own for a positive and for a negative symbol, and no other values are possible."""
    symbol = step.data["symbol"]
    (up, *above), (down, *below) = step.data["cases"]
    require(symbol.is_nonzero and up.is_positive and down.is_negative, "the cases of {} do not cover everything", symbol)
    known = set(symbol._assumptions_orig.items())
    for signed, sign in ((up, "positive"), (down, "negative")):
        require(set(signed._assumptions_orig.items()) <= known | {(sign, True)}, "the case of {} is narrower than its sign", symbol)
        require(signed not in step.before.free_symbols, "the symbol {} is already in use", signed)
    shown = step.after
    for signed, (head, steps, result) in ((up, above), (down, below)):
        need(step.before.xreplace({symbol: signed}) == head or None, "the case is not one of the head")
        verdict = check_steps(head, steps, result)
        need(verdict.is_proved or None, f"case {signed}: {verdict.reason}")
    whole = [result.xreplace({signed: symbol}) for signed, (_, _, result) in ((up, above), (down, below))]
    if whole[0] == shown or isinstance(shown, Piecewise) is False and context.zero(whole[0] - shown):
        need(whole[0] == whole[1] or context.zero(whole[0] - whole[1]), "the two cases differ")
        return
    parts = [(v, And(c, symbol > 0)) for v, c in _parts(whole[0])] + _parts(whole[1])
    need(tidied(Piecewise(*parts)) == tidied(shown) or None, "the cases were not joined as they are")


def _coordinates(step: Step) -> None:
    """A measure of products that adds up, by a derivation for each coordinate."""
    parts = by_coordinates(step.before) if isinstance(step.before, Head) else None
    found = tuple(step.data["parts"])
    need(parts == tuple(head for head, _, _ in found) or None, "the parts are not the measures of the coordinates")
    for number, (head, steps, result) in enumerate(found, 1):
        verdict = check_steps(head, steps, result)
        need(verdict.is_proved or None, f"coordinate {number}: {verdict.reason}")
    need(summed_by_cases([result for _, _, result in found]) == step.after or None, "the sum is not that of the coordinates")


def _parts(value: Expr) -> list[tuple[Expr, Boolean]]:
    pairs: Any = value.args
    return list(pairs) if isinstance(value, Piecewise) else [(value, S.true)]


def _flat(expr: Expr) -> Expr:
    """A Piecewise whose first value is one, as one Piecewise, without branches that are never reached."""
    pairs: Any = expr.args
    if not isinstance(expr, Piecewise) or not isinstance(pairs[0][0], Piecewise):
        return tidied(expr)
    (inner, outer), *rest = pairs
    return tidied(Piecewise(*((value, And(condition, outer)) for value, condition in inner.args), *rest))


def _solutions(equation: Boolean) -> Iterator[dict[Any, Expr]]:
    """Where one of two sides stands for the other: symbol = value, for each symbol that enters with a slope of one or minus one."""
    if isinstance(equation, Eq):
        gap = equation.lhs - equation.rhs
        for symbol in sorted(gap.free_symbols, key=lambda each: each.sort_key()):
            if (slope := gap.diff(symbol)) in (S.One, S.NegativeOne):
                yield {symbol: (symbol - gap / slope).expand()}


def _laws(head: Expr) -> list[Law]:
    return sorted(head.atoms(Law), key=lambda law: law.sort_key())


@dataclass
class Branch:
    """The current expression in one case."""

    value: Expr
    condition: Boolean
    context: Context
    equations: dict[Expr, Expr] = field(default_factory=dict)

    def replace(self, before: Expr, after: Expr) -> None:
        """What was shown once may be used again: later steps may bring back an expectation that has its value already."""
        self.equations[before] = after
        for _ in self.equations:
            changed = self.value.xreplace(self.equations)
            if changed == self.value:
                return
            self.value = changed


@dataclass
class Replay:
    branches: list[Branch]
    #: Validated substitutions with the law they start from, laws whose total mass one was used, and symbols for the user's expressions.
    pushed: list[tuple[Law, tuple[Any, ...]]] = field(default_factory=list)
    owed: list[tuple[Law, Context]] = field(default_factory=list)
    names: dict[Any, Expr] = field(default_factory=dict)
    #: Densities whose mass a step has shown to be one.
    whole: list[Law] = field(default_factory=list)

    def apply(self, step: Step) -> None:
        require(step.before != step.after, "the step changes nothing")
        if step.kind == "assumption":
            return self._rename(step)
        if step.kind == "mass":
            return self._mass(step)
        # an indexed symbol at a bound index, such as p[k], counts through its base
        require(all(each in step.before.free_symbols for each in step.after.free_symbols if each.is_Symbol), "a symbol appears from nowhere")
        concerned = [branch for branch in self.branches if branch.value.has(step.before)]
        if not concerned and step.kind in ("algebra", "textbook form"):
            # SymPy may have merged the terms into a longer sum; the equation is then shown, and used up to algebra at the end
            concerned = self.branches[:1]
            if concerned[0].context.zero(concerned[0].value - step.before):
                concerned[0].value = step.before
        require(concerned, "{} does not occur", step.before)
        for branch in concerned:
            if step.kind == "piecewise":
                require(branch.value == step.before, "the split is inside another expression")
                at = self.branches.index(branch)
                self.branches[at : at + 1] = self._split(branch, heads.split(step, branch.context))
                continue
            for condition in step.conditions:
                need(branch.context.holds(condition), "{} is used but not given", condition)
            if not (branch.value == step.before and step.kind == "algebra" and heads.joined_logarithms(step, branch.context)):
                self._check(step, branch.context)
            branch.replace(step.before, step.after)
        return None

    def _check(self, step: Step, context: Context) -> None:
        if step.kind == "linearity":
            self.owed += [(law, context) for law in expectations.linearity(step, context)]
        elif step.kind == "substitution":
            expectations.substitution(step, context)
            self.pushed.append((expectations.parts_of(step.before)[2], tuple(step.data["maps"])))
        elif step.kind == "branches":
            self._branches(step, context)
        elif step.kind == "cases":
            _cases(step, context)
        elif step.kind == "coordinates":
            _coordinates(step)
        else:
            require(step.kind in CHECKS, "steps of kind {!r} are not known", step.kind)
            self.owed += [(law, context) for law in CHECKS[step.kind](step, context) or ()]

    def _split(self, branch: Branch, parts: list[tuple[Expr, Boolean]]) -> list[Branch]:
        found, before = [], branch.context
        for value, condition in parts:
            found.append(Branch(value, condition, before.plus(condition) if condition is not S.true else before, dict(branch.equations)))
            before = before.plus(Not(condition))
        return found

    def _branches(self, step: Step, context: Context) -> None:
        """E[f(X)] = Piecewise: in each case a derivation of its own, from the statistic with the kinks resolved."""
        f, x, law = expectations.parts_of(step.before)
        parts: Any = step.after.args
        require(isinstance(step.after, Piecewise) and parts[-1][1] is S.true, "the cases do not cover everything")
        for case in self._split(Branch(step.before, S.true, context), list(parts)):
            start = expectations.resolved(f, x, law.support, case.context.at(law.support, x))
            steps = tuple(step.data["within"] if case.condition is S.true else step.data["branches"])
            whole: Any = Expectation(start, x, law)
            here = next((each for each in _solutions(case.condition) if whole.xreplace(each) == steps[0].before), {}) if steps else {}
            inner = Replay([Branch(whole.xreplace(here), S.true, case.context)], self.pushed, self.owed)
            for each in steps + steps:  # twice, as a case may use what was shown for an earlier one
                if inner.branches[0].value.has(each.before):
                    inner.apply(each)
            need(case.context.zero(inner.branches[0].value - case.value.xreplace(here)), "the value of a case is not the one derived")

    def _mass(self, step: Step) -> None:
        """E_P[1] = 1 by a derivation of its own, which uses no other mass."""
        f, _, law = expectations.parts_of(step.before)
        require(f == step.after == 1 and len(self.branches) == 1, "this is no statement about a total mass")
        context = self.branches[0].context
        inner = Replay([Branch(step.before, S.true, context)])
        for each in step.data["steps"]:
            require(each.kind in ("antiderivative", "substitution", "branches"), "a mass is found by antiderivatives")
            inner.apply(each)
        require(not inner.owed, "the derivation of a mass rests on another")
        need(context.zero(inner.branches[0].value - 1), "the mass is not 1")
        self.whole.append(law)

    def _rename(self, step: Step) -> None:
        """Symbols with assumptions for the user's expressions at the beginning, and back at the end."""
        if not self.names:
            (branch,) = self.branches
            require(branch.value == step.before, "only the head is renamed")
            self.names = heads.assumption(step, branch.context)
            inward = {old: new for new, old in self.names.items()}
            laws = tuple(c for law in _laws(step.after) for c in (*law.conditions, *law.implied))
            known = tuple(step.data.get("known", ()))
            require(all(c.xreplace(self.names) is S.true for c in known), "the numbers do not compare as said")
            given = (*(c.xreplace(inward) for c in branch.context.given), *laws, *known)
            self.branches = [Branch(step.after, S.true, branch.context.plus(*given))]
            return
        require(self._whole() == step.before, "only the whole result is renamed")
        require(put_in(step.before, self.names) == step.after, "the symbols were not put back throughout")
        # What the symbols were assumed to be holds of the expressions that they stood for.
        signs = [Gt(each, 0) for each in with_factors(Facts(tuple(outer.expand() for inner, outer in self.names.items() if inner.is_positive))).positive]
        for branch in self.branches:
            branch.value, branch.condition = put_in(branch.value, self.names), branch.condition.xreplace(self.names)
            branch.context = Context().plus(*(each.xreplace(self.names) for each in branch.context.given), *signs)

    def _whole(self) -> Expr:
        return self.branches[0].value if len(self.branches) == 1 else Piecewise(*((b.value, b.condition) for b in self.branches))

    def finish(self, result: Expr) -> None:
        whole = self._whole()
        if len(self.branches) == 1 and whole != result:
            need(self.branches[0].context.zero(whole - result), "the steps lead elsewhere")
        require(_flat(whole) == _flat(result) or len(self.branches) == 1, "the steps lead elsewhere")
        for law, context in self.owed:
            require(law in self.whole or expectations.is_normalised(law, self.pushed, context), "the total mass of {} is not seen to be 1", law)
