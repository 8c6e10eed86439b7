"""Enclosures of constants: closed forms, finite sums and products, derivatives, and through the oracle infinite sums and expectations."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sympy import And, Eq, Expr, Integer, Integral, Ne, Not, Or, Piecewise, Product, Rational, S, Sum, catalan, gamma, pi, sqrt, sympify
from sympy.core.relational import Ge, Gt, Le, Lt, Relational
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from symkl.core.heads import Expectation, Head
from symkl.errors import DomainError, Undecided
from symkl.exact.arithmetic import precision
from symkl.exact.derivatives import DerivativeAt, derivative_enclosure, evaluated_derivatives
from symkl.exact.laws import masked
from symkl.exact.logsum import LogSum
from symkl.exact.program import Program, Unsupported
from symkl.form.zero import vanishes

__all__ = ["decide", "enclosure_of", "prepared", "sign_of"]

# Most terms of a finite sum that are added one by one.
MAX_TERMS = 1_000_000
# Bits of the attempts at a sign; a number that those up to PROOF_BITS do not tell from zero is asked for a proof that it is.
SIGN_BITS, PROOF_BITS = (64, 256, 1 << 11, 1 << 12, 1 << 14), 1 << 11


@lru_cache(maxsize=512)
def enclosure_of(expr: Expr) -> Callable[[int], Any]:
    """bits → a complex ball that contains the number `expr`, computed at that working precision."""
    program = Program(prepared(expr), None, opaque)

    def enclosure(bits: int) -> Any:
        with precision(bits):
            return program.bind(bits)()

    return lru_cache(maxsize=8)(enclosure)


def prepared(expr: Expr) -> Expr:
    """The expression with conditions of constants decided and derivatives at points named."""
    return evaluated_derivatives(_without_branches(_without_catalan(expr)))


def _without_catalan(expr: Any) -> Any:
    """Catalan numbers, which SymPy makes of B(n, n + 1), by gamma functions: 4^n Γ(n + 1/2)/(√π Γ(n + 2))."""
    if not isinstance(expr, Expr):
        return expr
    return expr.xreplace(
        {node: 4 ** node.args[0] * gamma(node.args[0] + S.Half) / (sqrt(pi) * gamma(node.args[0] + 2)) for node in expr.atoms(catalan)}
    )


def _without_branches(expr: Any) -> Any:
    if not isinstance(expr, Expr) or not expr.has(Piecewise):
        return expr
    if isinstance(expr, Piecewise) and not expr.free_symbols:
        branches: Any = expr.args
        for value, condition in branches:
            if decide(condition):
                return _without_branches(value)
        raise DomainError(f"no condition of {expr} holds")
    if isinstance(expr, (Sum, Integral, Product, Expectation, Head)):
        return expr
    return expr.func(*(_without_branches(arg) for arg in expr.args))


def opaque(node: Expr) -> Callable[[int], Any] | None:
    """Enclosures of what the table of functions does not hold."""
    if isinstance(node, LogSum):
        return enclosure_of(node.as_expr())
    if isinstance(node, DerivativeAt):
        return derivative_enclosure(node, opaque)
    if isinstance(node, (Sum, Product)):
        return _finite(node) or _from_oracle(node)
    if isinstance(node, (Integral, Expectation, Head)):
        return _from_oracle(node)
    return None


def _finite(node: Any) -> Callable[[int], Any] | None:
    """A sum or product over one index with finite integer bounds, term by term."""
    if len(node.limits) != 1:
        return None
    index, lower, upper = node.limits[0]
    if not (lower.is_Integer and upper.is_Integer):
        return None
    if int(upper) - int(lower) >= MAX_TERMS:
        return None
    is_sum, points = isinstance(node, Sum), range(int(lower), int(upper) + 1)
    here = [_branch_at(node.function, index, k) for k in points]
    terms = {each: Program(prepared(each), index, opaque) for each in dict.fromkeys(here)}

    def enclosure(bits: int) -> Any:
        with precision(bits) as flint:
            total = flint.acb(0 if is_sum else 1)
            runs = {each: term.bind(bits) for each, term in terms.items()}
            for k, each in zip(points, here):
                value = runs[each](flint.acb(k), False)
                total = total + value if is_sum else total * value
            return total

    return enclosure


def _branch_at(function: Expr, index: Any, k: int) -> Expr:
    """The function of the index with those branches chosen that hold at k."""
    while piecewise := [each for each in function.atoms(Piecewise) if each.has(index)]:
        outermost = min(piecewise, key=lambda each: (-each.count(Piecewise), each.sort_key()))
        branches: Any = outermost.args
        function = function.xreplace({outermost: next(value for value, condition in branches if decide(condition.xreplace({index: Integer(k)})))})
    return function


def _from_oracle(node: Any) -> Callable[[int], Any]:
    from symkl.exact import oracle

    def enclosure(bits: int) -> Any:
        return oracle.enclose_bits(node, bits)

    return enclosure


def sign_of(expr: Expr) -> int:
    """−1, 0 or 1 for a real number: zero is proved, other signs are read off a ball; else `Undecided`."""
    expr = sympify(expr, strict=True)
    if isinstance(expr, Rational):
        return (expr.p > 0) - (expr.p < 0)
    if expr.is_infinite:
        return 1 if expr.is_extended_positive else -1
    for bits in SIGN_BITS:
        value = enclosure_of(expr)(bits).real
        if value > 0 or value < 0:
            return 1 if value > 0 else -1
        # More bits cost less than a proof.
        if bits == PROOF_BITS and proved_zero(expr):
            return 0
    raise Undecided(f"the sign of {expr} is not known", ("balls of growing precision", "canonical form"))


def proved_zero(expr: Expr) -> bool:
    """Whether the number is proved to be zero; False means not proved.

    SymPy's own `is_zero` takes 10^-80 for it: only what it has as the number 0 is believed.
    """
    if expr.is_Rational:
        return bool(expr == 0)
    logs = LogSum.from_sympy(expr)
    if logs is not None:
        return bool(logs.is_zero)
    plain = masked(expr.as_expr())
    return plain is not None and vanishes(plain)


def decide(condition: Any) -> bool:
    """Whether a condition on constants holds; `Undecided` where that cannot be found out."""
    if isinstance(condition, (bool, BooleanTrue, BooleanFalse)):
        return bool(condition)
    if isinstance(condition, And):
        return all(decide(part) for part in condition.args)
    if isinstance(condition, Or):
        return any(decide(part) for part in condition.args)
    if isinstance(condition, Not):
        return not decide(condition.args[0])
    if isinstance(condition, Relational) and not condition.free_symbols:
        sign = sign_of(condition.lhs - condition.rhs)
        outcome = {Gt: sign > 0, Ge: sign >= 0, Lt: sign < 0, Le: sign <= 0, Eq: sign == 0, Ne: sign != 0}
        for kind, holds in outcome.items():
            if isinstance(condition, kind):
                return holds
    if isinstance(condition, Relational):
        raise Unsupported(f"the condition {condition} has free symbols")
    value = condition.doit() if hasattr(condition, "doit") else condition
    if value is not condition:
        return decide(value)
    raise Undecided(f"the condition {condition} could not be decided")
