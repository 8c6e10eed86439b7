"""Signs of coefficients and exponents, and what to do when they depend on the parameters: split into cases.

A question about growth is asked as if every sign were known. Where one is not, `sign` raises `Split`; `case_tree` then answers the
question in each of the cases g > 0, g = 0 (with g = 0 put in by substitution) and g < 0 that the facts admit, and joins the answers
to one condition. So a condition such as k > 1 or (k = 1 and b < 1/λ) comes out of the questions that were really asked.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sympy import Basic, Expr, Integer, Max, Min, Piecewise, S, Symbol, besseli, cancel, cos, factor_list, log, sin, together
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean
from sympy.polys.polyerrors import PolynomialError

from symkl.errors import Undecided
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

__all__ = ["CaseTree", "Imprecise", "Known", "Split", "Void", "case_tree", "isolate", "nonzero", "reduced", "sign", "unfolded"]

NEGATIVE, ZERO, POSITIVE = 1, 2, 4
REAL = NEGATIVE | ZERO | POSITIVE
SIGN_OF = {NEGATIVE: -1, ZERO: 0, POSITIVE: 1}
MAX_CASES = 64


@dataclass(frozen=True)
class Known:
    """What may be assumed: facts, expressions known not to vanish or known to vanish, and conditions that become facts in some cases."""

    facts: Facts = Facts()
    nonzero: tuple[Expr, ...] = ()
    zero: tuple[Expr, ...] = ()
    pending: tuple[Boolean, ...] = ()

    def plus(self, facts: Facts) -> Known:
        """The same with more facts."""
        return replace(self, facts=self.facts | facts)

    def settled(self) -> Known | None:
        """What the pending conditions say now that some cases of their `Piecewise` are known; None if they cannot hold."""
        if not self.pending:
            return self
        facts, waiting = self.facts, []
        for condition in self.pending:
            chosen = _choose_branches(condition, self)
            if chosen is S.false:
                return None
            if chosen.has(Piecewise):
                waiting.append(chosen)
            else:
                facts = facts | unfolded(Facts.of(chosen))
        return Known(facts, self.nonzero, self.zero, tuple(waiting))


class Split(Exception):  # noqa: N818 - a request for cases, not an error; never leaves this package
    """The sign of `expr` is needed and not known (only whether it is zero, if `zero_only`); it is one of `bits`."""

    def __init__(self, expr: Expr, bits: int, zero_only: bool = False) -> None:
        super().__init__(expr)
        self.expr = expr
        self.bits = bits
        # Of an expression that is known not to be negative, "not zero" is better said as "> 0".
        self.zero_only = zero_only and bits == REAL


class Void(Exception):  # noqa: N818
    """The function is not real here, so the case does not arise: any answer will do."""


class Imprecise(Exception):  # noqa: N818
    """The terms of an expansion that were kept cancel: more are needed."""


def sign(expr: Expr, known: Known) -> int:
    """−1, 0 or 1; raises `Split` with an irreducible factor of unknown sign."""
    if expr.is_Rational:
        return 1 if expr.p > 0 else -1 if expr.p < 0 else 0  # type: ignore[attr-defined]
    bits = possible_signs(expr, known)
    if bits in SIGN_OF:
        return SIGN_OF[bits]
    total, unknown = _sign_of_factors(expr, known)
    if not unknown:
        return total
    raise _split(expr, bits, total, unknown)


def nonzero(expr: Expr, known: Known) -> bool:
    """Whether `expr` differs from zero; raises `Split` when that is open."""
    if expr.is_Rational:
        return not expr.is_zero
    bits = possible_signs(expr, known)
    if bits == ZERO:
        return False
    if not bits & ZERO:
        return True
    total, unknown = _sign_of_factors(expr, known)
    if total == 0:
        return False
    unknown = [entry for entry in unknown if entry[1] & ZERO]
    if unknown:
        raise _split(expr, bits, total, unknown, zero_only=True)
    return True


def _sign_of_factors(expr: Expr, known: Known) -> tuple[int, list[tuple[Expr, int, bool]]]:
    """(product of the known signs, factors of unknown sign with their possible signs and whether their power is odd)."""
    total, factors = reduced(expr)
    unknown: list[tuple[Expr, int, bool]] = []
    for factor, odd in factors:
        bits = possible_signs(factor, known)
        if bits not in SIGN_OF and is_zero(factor, known.facts):
            bits = ZERO
        if bits == ZERO:
            return 0, []
        if bits in SIGN_OF:
            total *= SIGN_OF[bits] if odd else 1
        elif odd or bits & ZERO:
            unknown.append((factor, bits, odd))
    return total, unknown


def _split(expr: Expr, bits: int, total: int, unknown: list[tuple[Expr, int, bool]], zero_only: bool = False) -> Split:
    factor, possible, odd = unknown[0]
    if len(unknown) == 1 and odd and total:
        # The factor has the sign of the whole, up to the sign of the rest.
        possible &= bits if total > 0 else _reversed(bits)
    return Split(factor, possible, zero_only)


def _reversed(bits: int) -> int:
    return (bits & ZERO) | (POSITIVE if bits & NEGATIVE else 0) | (NEGATIVE if bits & POSITIVE else 0)


@lru_cache(maxsize=20000)
def possible_signs(expr: Expr, known: Known) -> int:
    """The signs `expr` may have, as bits; parameters are taken to be real."""
    bits = known.facts.signs(expr) & REAL or REAL
    if bits in SIGN_OF:
        return bits
    if expr in known.zero or -expr in known.zero:
        return ZERO
    if expr in known.nonzero or -expr in known.nonzero:
        bits &= ~ZERO
    for rule in (_concave_in_log, _linear_in_wave, _extremum, _bessel):
        bits &= rule(expr, known)
        if bits in SIGN_OF:
            return bits
    return bits


def _concave_in_log(expr: Expr, known: Known) -> int:
    """a log u + b u + c with a > 0 > b is at most a log(−a/b) − a + c, which it attains at u = −a/b only."""
    for logarithm in sorted(expr.atoms(log), key=str) if expr.is_Add else ():
        u = logarithm.args[0]
        a = expr.coeff(logarithm)
        rest = expr - a * logarithm
        b = rest.coeff(u)
        c = rest - b * u
        if not (a.is_Rational and b.is_Rational and c.is_Rational and a * b < 0):
            continue
        # a log u + b u + c = |a| (log v − v + 1) up to sign with v = −b u/a, plus a constant.
        constant = c + a * log(-a / b) - a
        bits = possible_signs(constant, known)
        side = NEGATIVE if a > 0 else POSITIVE
        if bits == ZERO:
            return side | (ZERO if possible_signs(u + a / b, known) & ZERO else 0)
        return side if bits == side else REAL
    return REAL


def _linear_in_wave(expr: Expr, known: Known) -> int:
    """A + B cos θ lies between A − |B| and A + |B|."""
    for wave in sorted(expr.atoms(cos, sin), key=str) if expr.is_Add else ():
        b = expr.coeff(wave)
        a = expr - b * wave
        if a.has(wave) or not b:
            continue
        ends = {possible_signs(together(a + b), known), possible_signs(together(a - b), known)}
        if len(ends) == 1 and (only := ends.pop()) in SIGN_OF:
            return only
        if ends <= {POSITIVE, POSITIVE | ZERO}:
            return POSITIVE | ZERO
    return REAL


def _extremum(expr: Expr, known: Known) -> int:
    """An expression in Min(…) or Max(…) is one of the expressions with an argument in its place."""
    for extreme in sorted(expr.atoms(Min, Max), key=str):
        choices = [possible_signs(expr.xreplace({extreme: arg}), known) for arg in extreme.args]
        factor = expr.coeff(extreme) if expr.is_Add else S.Zero
        # c·Max with c > 0, or c·Min with c < 0, makes the expression the greatest of its choices; the others the least.
        if factor.is_Rational and factor and not (expr - factor * extreme).has(extreme):
            greatest = (factor > 0) == isinstance(extreme, Max)
            if (POSITIVE if greatest else NEGATIVE) in choices:
                return POSITIVE if greatest else NEGATIVE
        union = 0
        for bits in choices:
            union |= bits
        return union
    return REAL


def _bessel(expr: Expr, known: Known) -> int:
    """I_n(z) = I_{−n}(z) > 0 for an integer n and z > 0."""
    if isinstance(expr, besseli) and expr.args[0].is_integer and possible_signs(expr.args[1], known) == POSITIVE:
        return POSITIVE
    return REAL


def unfolded(facts: Facts) -> Facts:
    """The facts, and what a bound on a Min or Max says of each of its arguments."""
    return Facts(tuple(_unfold(facts.positive)), tuple(_unfold(facts.nonnegative)))


def _unfold(facts: tuple[Expr, ...]) -> list[Expr]:
    queue, seen = list(facts), dict.fromkeys(facts)
    while queue:
        fact = queue.pop(0)
        for extreme in sorted(fact.atoms(Min, Max), key=str):
            factor = fact.coeff(extreme) if fact.is_Add else S.One if fact == extreme else S.Zero
            # c·Max with c < 0, or c·Min with c > 0: the fact is the least of the expressions with an argument in its place.
            if factor.is_Rational and factor and (factor > 0) == isinstance(extreme, Min):
                new = [each for each in (fact.xreplace({extreme: arg}) for arg in extreme.args) if each not in seen and each.free_symbols]
                seen.update(dict.fromkeys(new))
                queue += new
    return list(seen)


def _choose_branches(condition: Boolean, known: Known) -> Boolean:
    """The condition with every `Piecewise` replaced by the branch that is known to hold."""
    put: Replacement = {}
    for piece in sorted(condition.atoms(Piecewise), key=str):
        for branch, when in piece.args:
            holds = _truth(when, known)
            if holds:
                put[piece] = branch
            if holds is not False:
                break
    return condition.xreplace(put) if put else condition


def _truth(condition: Boolean, known: Known) -> bool | None:
    if condition in (S.true, S.false):
        return condition is S.true
    if not isinstance(condition, Relational):
        return None
    bits, holds = possible_signs(condition.lhs - condition.rhs, known), _HOLDS.get(condition.rel_op)
    if holds is None or not bits & holds:
        return None if holds is None else False
    return None if bits & ~holds else True


_HOLDS = {">": POSITIVE, ">=": POSITIVE | ZERO, "<": NEGATIVE, "<=": NEGATIVE | ZERO, "==": ZERO, "!=": POSITIVE | NEGATIVE}


@lru_cache(maxsize=8192)
def reduced(expr: Expr) -> tuple[int, tuple[tuple[Expr, bool], ...]]:
    """The sign of the constant, and the irreducible factors of numerator and denominator with the parity of their exponents."""
    constant, factors = 1, []
    try:
        for side in together(expr).as_numer_denom():
            if side.is_number:
                parts: list[tuple[Any, int]] = [(side, 1)]
            else:
                number, powers = factor_list(side)
                parts = [(number, 1), *powers]
            for factor, exponent in parts:
                if factor.is_Rational:
                    constant = -constant if factor < 0 else 0 if factor.is_zero else constant
                else:
                    factors.append((factor, bool(exponent % 2)))
    except PolynomialError:
        return 1, ((expr, True),)
    return constant, tuple(factors)


def isolate(expr: Expr, known: Known) -> tuple[Symbol, Expr, int] | None:
    """(s, bound, σ) with sign(expr) = σ·sign(s − bound): the simplest way to write a sign as an inequality in one parameter."""
    found: list[tuple[bool, int, int, Symbol, Expr, int]] = []
    for place, symbol in enumerate(sorted(expr.free_symbols, key=str)):
        slope = expr.diff(symbol)
        if slope.has(symbol):
            continue
        bits = possible_signs(slope, known)
        if bits not in (NEGATIVE, POSITIVE):
            continue
        bound = cancel(together(-expr.xreplace({symbol: Integer(0)}) / slope))
        if not bound.has(S.NaN, S.ComplexInfinity):
            plain = all(each.is_positive for each in bound.free_symbols)
            found.append((not plain, int(bound.count_ops()), place, symbol, bound, SIGN_OF[bits]))  # type: ignore[arg-type]
    if not found:
        return None
    return min(found, key=lambda entry: entry[:3])[3:]


Answer = TypeVar("Answer", bound=Hashable)


@dataclass(frozen=True)
class CaseTree(Generic[Answer]):
    """An answer, or a sign and the answers in its cases {1, 0, −1}; a case that cannot arise is missing or has no answer.

    With `zero_only` the cases are {0, 1}, and 1 stands for ≠ 0. `void` says that the question has no answer in this case.
    """

    answer: Answer | None = None
    void: bool = False
    expr: Expr | None = None
    cases: tuple[tuple[int, CaseTree[Answer]], ...] = ()
    zero_only: bool = False
    isolated: tuple[Symbol, Expr, int] | None = None


Replacement = dict[Basic, Basic]


def case_tree(question: Callable[[Known, Replacement], Answer], known: Known) -> CaseTree[Answer]:
    """Answers `question(known, replacement)` in as many cases as it asks for; `answer` is None where the case is void."""
    budget = [MAX_CASES]

    def answer(known: Known, replacement: Replacement) -> CaseTree[Answer]:
        budget[0] -= 1
        if budget[0] < 0:
            raise Undecided("too many cases in the signs of the parameters", ("case distinction",))
        settled = known.settled()
        if settled is None:
            return CaseTree()
        try:
            return CaseTree(question(settled, replacement))
        except Void:
            return CaseTree(void=True)
        except Split as split:
            return branch(split, settled, replacement)

    def branch(split: Split, known: Known, replacement: Replacement) -> CaseTree[Answer]:
        expr, bits, zero_only = split.expr, split.bits, split.zero_only
        isolated = isolate(expr, known)
        cases: list[tuple[int, CaseTree[Answer]]] = []
        if zero_only:
            cases.append((1, answer(replace(known, nonzero=(*known.nonzero, expr)), replacement)))
        else:
            for which, bit in ((1, POSITIVE), (-1, NEGATIVE)):
                if bits & bit:
                    cases.append((which, answer(known.plus(Facts(_one_sided(which * expr, isolated, which))), replacement)))
        if bits & ZERO and (case := _zero_case(expr, isolated, known, replacement)) is not None:
            cases.append((0, answer(*case)))
        return CaseTree(None, False, expr, tuple(cases), zero_only, isolated)

    return answer(known, {})


def _one_sided(positive: Expr, isolated: tuple[Symbol, Expr, int] | None, which: int) -> tuple[Expr, ...]:
    if isolated is None:
        return (positive,)
    symbol, bound, orientation = isolated
    return tuple(dict.fromkeys((positive, which * orientation * (symbol - bound))))


def _zero_case(expr: Expr, isolated: tuple[Symbol, Expr, int] | None, known: Known, replacement: Replacement) -> tuple[Known, Replacement] | None:
    """What is known when expr = 0, with one symbol eliminated if it can be; None when that contradicts the facts."""
    if isolated is None:
        return replace(known, zero=(*known.zero, expr)), replacement
    symbol, bound, _ = isolated
    put: Replacement = {symbol: bound}
    if symbol.is_integer and bound.is_integer is False:
        return None
    positive = [*(fact.xreplace(put) for fact in known.facts.positive), *((bound,) if symbol.is_positive else ())]
    nonnegative = [*(fact.xreplace(put) for fact in known.facts.nonnegative), *((bound,) if symbol.is_nonnegative else ())]
    without = Known()
    if any(not possible_signs(fact, without) & POSITIVE for fact in positive) or any(possible_signs(fact, without) == NEGATIVE for fact in nonnegative):
        return None
    facts = Facts(_moving(positive), _moving(nonnegative))
    replaced: Replacement = {old: new.xreplace(put) for old, new in replacement.items()}
    lists = ([each.xreplace(put) for each in group] for group in (known.nonzero, known.zero, known.pending))
    return Known(facts, *(tuple(each) for each in lists)), replaced | put  # type: ignore[arg-type]


def _moving(facts: list[Expr]) -> tuple[Expr, ...]:
    return tuple(dict.fromkeys(fact for fact in facts if fact.free_symbols))
