"""Signs of coefficients and exponents, as far as assumptions and facts decide them.

`sign` and `nonzero` answer or raise `Split`, which names an irreducible factor whose sign is open; `growth_cases` then makes cases of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from sympy import Add, Expr, Function, Max, Min, Pow, S, besseli, cos, exp, log, sin, together
from sympy.logic.boolalg import Boolean

from symkl.expect.growth_linear import NEGATIVE, POSITIVE, REAL, ZERO, cheap_signs, reversed_signs
from symkl.form.factors import irreducible_factors
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

__all__ = ["SIGN_OF", "Imprecise", "Known", "Split", "Void", "nonzero", "possible_signs", "reduced", "sign", "sign_of_factors"]

SIGN_OF = {NEGATIVE: -1, ZERO: 0, POSITIVE: 1}
#: Up to how many facts and terms the full search of `Facts` is asked, which is dear when it fails.
FEW = 3
NO_FACTS = Facts()


@dataclass(frozen=True)
class Known:
    """What may be assumed: facts, expressions known not to vanish or known to vanish, and conditions that become facts in some cases."""

    facts: Facts = NO_FACTS
    nonzero: tuple[Expr, ...] = ()
    zero: tuple[Expr, ...] = ()
    pending: tuple[Boolean, ...] = ()

    def plus(self, facts: Facts) -> Known:
        """The same with more facts."""
        return replace(self, facts=self.facts | facts)


class Split(Exception):
    """A request for cases, not an error: the sign of `expr` is needed and not known (only whether it is zero, if `zero_only`); it is one of `bits`."""

    def __init__(self, expr: Expr, bits: int, zero_only: bool = False) -> None:
        super().__init__(expr)
        self.expr = expr
        self.bits = bits
        # Of an expression that is known not to be negative, "not zero" is better said as "> 0".
        self.zero_only = zero_only and bits == REAL


class Void(Exception):
    """The function is not real here, so the case does not arise: any answer will do."""


class Imprecise(Exception):
    """The terms of an expansion that were kept cancel: more are needed."""


def sign(expr: Expr, known: Known) -> int:
    """−1, 0 or 1; raises `Split` with an irreducible factor of unknown sign."""
    if expr.is_Rational:
        return 1 if expr.p > 0 else -1 if expr.p < 0 else 0  # type: ignore[attr-defined]
    bits = possible_signs(expr, known)
    if bits in SIGN_OF:
        return SIGN_OF[bits]
    total, unknown = sign_of_factors(expr, known)
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
    total, unknown = sign_of_factors(expr, known)
    if total == 0:
        return False
    unknown = [entry for entry in unknown if entry[1] & ZERO]
    if unknown:
        raise _split(expr, bits, total, unknown, zero_only=True)
    return True


def sign_of_factors(expr: Expr, known: Known) -> tuple[int, list[tuple[Expr, int, bool]]]:
    """(product of the known signs, factors of unknown sign with their possible signs and whether their power is odd)."""
    total, factors = reduced(expr)
    unknown: list[tuple[Expr, int, bool]] = []
    for factor, odd in factors:
        bits = possible_signs(factor, known)
        # A polynomial that vanishes identically would be gone; functions may satisfy relations.
        if bits not in SIGN_OF and (_has_functions(factor) or any(not p.exp.is_Integer for p in factor.atoms(Pow))) and is_zero(factor, known.facts):
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
        possible &= bits if total > 0 else reversed_signs(bits)
    return Split(factor, possible, zero_only)


@lru_cache(maxsize=20000)
def possible_signs(expr: Expr, known: Known) -> int:
    """The signs `expr` may have, as bits; parameters are taken to be real."""
    bits = cheap_signs(expr, known.facts)
    if bits in SIGN_OF:
        return bits
    if expr in known.zero or -expr in known.zero:
        return ZERO
    if expr in known.nonzero or -expr in known.nonzero:
        bits &= ~ZERO
    has_functions = _has_functions(expr)
    for rule in (_concave_in_log, _linear_in_wave, _extremum, _bessel) if has_functions else (_quadratic,):
        bits &= rule(expr, known)
        if bits in SIGN_OF:
            return bits
    if isinstance(expr, Add) and (has_functions or len(expr.args) <= FEW + 1):
        near = _concerning(expr, known.facts)
        if len(near.positive) + len(near.nonnegative) <= FEW:
            bits &= near.signs(expr)
    # No possibility left means contradictory facts: claim nothing then.
    return bits or REAL


def _concerning(expr: Expr, facts: Facts) -> Facts:
    """The facts that speak of nothing but symbols of the expression."""
    symbols = expr.free_symbols
    return Facts(*(tuple(fact for fact in group if fact.free_symbols <= symbols) for group in (facts.positive, facts.nonnegative)))


def _has_functions(expr: Expr) -> bool:
    return bool(expr.has(Function, Min, Max))


def _quadratic(expr: Expr, known: Known) -> int:
    """a v² + b v + c with a negative discriminant has the sign of a."""
    squares = (power.base for power in expr.atoms(Pow) if power.exp == 2 and power.base.is_Symbol) if isinstance(expr, Add) else ()
    for symbol in sorted(squares, key=str):
        form = expr.as_poly(symbol)
        if form is None or form.degree() != 2:
            continue
        a, b, c = form.all_coeffs()
        bits, discriminant = cheap_signs(a, known.facts), cheap_signs((b**2 - 4 * a * c).expand(), known.facts)
        if bits in (POSITIVE, NEGATIVE) and not discriminant & POSITIVE:
            return bits | (discriminant & ZERO)
    return REAL


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


@lru_cache(maxsize=8192)
def reduced(expr: Expr) -> tuple[int, tuple[tuple[Expr, bool], ...]]:
    """The sign of the constant, and the irreducible factors of numerator and denominator with the parity of their exponents."""
    parts = irreducible_factors(expr)
    if parts is None:
        return 1, ((expr, True),)
    constant, factors = 1, []
    for factor, exponent in parts:
        if factor.is_Rational:
            constant = -constant if factor < 0 else 0 if factor.is_zero else constant
        else:
            orientation, factor = _without_logs(factor)
            constant *= orientation if exponent % 2 else 1
            factors.append((factor, bool(exponent % 2)))
    return constant, tuple(factors)


def _without_logs(expr: Expr) -> tuple[int, Expr]:
    """(σ, g) with sign(expr) = σ·sign(g): log u + c has the sign of u − e^{−c}."""
    upper, lower, rest, scale = S.One, S.One, S.Zero, None
    for term in Add.make_args(expr):
        coefficient, logarithm = term.as_coeff_Mul()
        if not isinstance(logarithm, log) or not logarithm.free_symbols:
            rest = rest + term
            continue
        scale = abs(coefficient) if scale is None else scale
        if abs(coefficient) != scale:
            return 1, expr
        if coefficient > 0:
            upper = upper * logarithm.args[0]
        else:
            lower = lower * logarithm.args[0]
    if scale is None or rest.free_symbols or (upper * lower).has(log):
        return 1, expr
    _, factor = (upper - exp(-rest / scale) * lower).expand().primitive()
    return (1, factor) if not factor.could_extract_minus_sign() else (-1, -factor)
