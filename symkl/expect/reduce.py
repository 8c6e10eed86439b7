"""A law brought to standard form: kinds are asked first, then substitutions are tried and the kinds asked again."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import (
    Abs,
    Add,
    Eq,
    Expr,
    Mul,
    Ne,
    Piecewise,
    Pow,
    S,
    Symbol,
    asin,
    cancel,
    cos,
    exp,
    expand_log,
    expand_trig,
    log,
    sin,
    sqrt,
    tan,
    together,
)
from sympy.core.relational import Ge, Gt, Le, Lt
from sympy.logic.boolalg import Boolean

from symkl.core.density import Density
from symkl.core.laws import Law, bound_variable
from symkl.expect.kinds import KINDS
from symkl.expect.moves import MOVES
from symkl.expect.shapes import Piece, Profile, Reduction, Substitution, with_facts
from symkl.expect.terms import ONE, expand_in
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

__all__ = ["put_in", "reduce_law", "resolve_branches", "transport"]

#: No law needs more substitutions than this.
LONGEST_CHAIN = 6

ANGLE = Symbol("angle", real=True)


@lru_cache(maxsize=4096)
def reduce_law(law: Law, facts: Facts) -> Reduction | None:
    """The standard pieces of a law, or None if no kind and no substitution knows it."""
    x = law.variable if isinstance(law, Density) else bound_variable(law)
    profile = Profile(law.log_density(x), x, law.support, facts)
    found = _reduce(profile, LONGEST_CHAIN)
    # A density from outside, or a factor of one, need not have mass one.
    return found if found is None or not isinstance(law, Density) or law.is_discrete else _weighed(profile, found)


def _weighed(profile: Profile, found: Reduction) -> Reduction | None:
    """The pieces with the masses that the density itself gives them, which need not add up to one; None if one is not seen."""
    weights: list[Expr] = []
    for each in found.pieces:
        weight = _weight(profile, each)
        if weight is None:
            return None
        weights.append(each.weight if is_zero(weight - each.weight, profile.facts) else weight)
    pieces = tuple(Piece(each.kind, each.parameters, each.inverse, each.law, weight) for each, weight in zip(found.pieces, weights))
    return Reduction(pieces, found.centre)


def _reduce(profile: Profile, depth: int) -> Reduction | None:
    for match in KINDS:
        found = match(profile)
        if found is not None:
            return Reduction((found,))
    if depth == 0:
        return None
    for move in MOVES:
        substitutions = move(profile)
        if substitutions is None:
            continue
        reduction = _join(profile, substitutions, depth)
        if reduction is not None:
            return reduction
    return None


def _join(profile: Profile, substitutions: tuple[Substitution, ...], depth: int) -> Reduction | None:
    pieces: list[Piece] = []
    centre: Expr | None = None
    for substitution in substitutions:
        moved = transport(profile, substitution)
        reduction = _reduce(moved, depth - 1)
        if reduction is None:
            return None
        if len(substitutions) == 1 and reduction.centre is not None:
            centre = substitution.inverse.xreplace({substitution.variable: reduction.centre})
        for each in reduction.pieces:
            inverse = substitution.inverse.xreplace({substitution.variable: each.inverse})
            weight = _weight(moved, each) if len(substitutions) > 1 else each.weight
            if weight is None:
                return None
            pieces.append(Piece(each.kind, each.parameters, inverse, each.law, weight))
    if len(substitutions) == 2 and len(pieces) == 2 and pieces[0].law == pieces[1].law and pieces[0].weight == pieces[1].weight:
        halved = tuple(Piece(p.kind, p.parameters, p.inverse, p.law, S.Half) for p in pieces)
        return Reduction(halved, S.Zero)
    return Reduction(tuple(pieces), centre)


@lru_cache(maxsize=2000)
def transport(profile: Profile, substitution: Substitution) -> Profile:
    """The profile of Y where X = inverse(Y): log p(inverse(y)) + log|inverse'(y)|."""
    x, y = profile.variable, substitution.variable
    facts = with_facts(profile.facts, substitution.support.facts(y))
    inside = resolve_branches(put_in(profile.log_density, x, substitution.inverse), facts)
    slope = substitution.inverse.diff(y)
    if slope.is_Add and slope.is_rational_function(y, *slope.atoms(exp)):
        slope = cancel(together(slope)).factor()
    if profile.facts.is_negative(slope) or slope.could_extract_minus_sign() and not profile.facts.is_positive(slope):
        slope = -slope
    jacobian = S.Zero if slope == 1 else _log_of_product(slope, facts)
    return Profile(inside + jacobian, y, substitution.support, profile.facts)


def _log_of_product(slope: Expr, facts: Facts) -> Expr:
    """log|slope| factor by factor; −log y stays together, being positive where log y is not."""
    total: list[Expr] = []
    for factor in Mul.make_args(slope):
        base, exponent = factor.as_base_exp()
        if isinstance(base, log) and facts.is_negative(base):
            base = -base
        elif base.is_number and base.is_negative:
            factor = (-base) ** exponent
        whole = base.is_Mul and base.could_extract_minus_sign()
        total.append(exponent * log(base) if whole else expand_log(log(factor), force=True))
    return Add(*total)


@lru_cache(maxsize=2000)
def put_in(expr: Expr, x: Symbol, inverse: Expr) -> Expr:
    """expr at x = inverse; where that is a fraction, the arguments of logarithms are brought to lowest terms, as 1 − y/(1+y) = 1/(1+y)."""
    inside: Any = _unwound(expr.xreplace({x: inverse}))
    if inverse.is_Add:
        inside = _multiplied_out(inside, inverse.free_symbols - expr.free_symbols)
    if not any(power.exp.is_negative and power.base.is_Add for power in inverse.atoms(Pow)):
        return inside
    table = {each: log(cancel(together(each.args[0]))) for each in inside.atoms(log) if each.args[0].is_Add}
    return inside.xreplace(table)


def _multiplied_out(expr: Any, symbols: set[Any]) -> Any:
    """1 + c(y − 1/c) as c·y and 2 − 2y − (1 − y)² as 1 − y²: polynomials in the new variable, where that is shorter."""
    table = {}
    for each in expr.atoms(Add):
        if each.free_symbols & symbols and any(term.atoms(Add) for term in each.args):
            whole = each.expand()
            if len(Add.make_args(whole)) < len(each.args):
                table[each] = whole
    return expr.xreplace(table) if table else expr


def _unwound(expr: Any) -> Any:
    """Waves of multiples of asin √v as roots of v and 1 − v, and logarithms of those taken apart."""
    table = {}
    for wave in expr.atoms(sin, cos, tan):
        angles = wave.args[0].atoms(asin)
        if len(angles) == 1:
            (angle,) = angles
            root = angle.args[0]
            v = root**2
            plain = expand_trig(wave.func(wave.args[0].xreplace({angle: ANGLE}).expand()))
            plain = plain.xreplace({sin(ANGLE): root, cos(ANGLE): sqrt(1 - v), tan(ANGLE): root / sqrt(1 - v)}).expand()
            if not plain.has(ANGLE):
                table[wave] = plain
    if not table:
        return expr
    inside = expr.xreplace(table)
    return inside.xreplace({each: expand_log(each, force=True) for each in inside.atoms(log)})


def resolve_branches(expr: Expr, facts: Facts) -> Expr:
    """The expression with each Piecewise replaced by the branch that the facts decide, and absolute values of known sign taken off."""
    if not expr.has(Piecewise, Abs):
        return expr
    expr = expr.xreplace({each: sign * each.args[0] for each in expr.atoms(Abs) for sign in (-1, 1) if facts.is_nonnegative(sign * each.args[0])})
    decided: dict[Expr, Expr] = {}
    for each in sorted(expr.atoms(Piecewise), key=lambda e: e.sort_key()):
        branches: Any = each.args
        for value, condition in branches:
            truth = _truth(condition, facts)
            if truth:
                decided[each] = value
            if truth is not False:
                break
    return expr.xreplace(decided)


def _truth(condition: Boolean, facts: Facts) -> bool | None:
    if condition in (S.true, S.false):
        return condition is S.true
    if isinstance(condition, (Eq, Ne)):
        differ = any(facts.is_positive(sign * (condition.lhs - condition.rhs)) for sign in (-1, 1))
        return isinstance(condition, Ne) if differ else None
    if not isinstance(condition, (Gt, Ge, Lt, Le)):
        return None
    gap = condition.gts - condition.lts
    if facts.is_positive(gap):
        return True
    return False if facts.is_negative(gap) or (isinstance(condition, (Gt, Lt)) and facts.is_nonnegative(-gap)) else None


def _weight(profile: Profile, each: Piece) -> Expr | None:
    """The probability of a piece: the constant by which its part of the density exceeds the standard one; None if it is not seen to be one."""
    # Transport the piece's part to its standard variable and compare constants there.
    final = transport(profile, Substitution(each.inverse, each.variable, each.law.support))
    terms = expand_in(final.log_density - each.law.log_density(each.variable), each.variable, profile.facts)
    if any(m != ONE and is_zero(c, profile.facts) is not True for c, m in terms):
        return None
    constant = expand_log(Add(*(c for c, m in terms if m == ONE)), force=True)
    return _exp_of_logs(constant)


def _exp_of_logs(total: Expr) -> Expr:
    """exp of a sum of logarithms as a product."""
    factors, rest = [], []
    for term in Add.make_args(total.expand()):
        coefficient, inner = term.as_coeff_Mul()
        if isinstance(inner, log):
            factors.append(inner.args[0] ** coefficient)
        else:
            rest.append(term)
    product = Mul(*factors, exp(Add(*rest)))
    return product.cancel() if product.is_rational_function() else product
