"""How an expression behaves at an end of a range: its leading term, its limit, whether it is integrable there.

The end is moved to t → +oo (x = t, −t, e + 1/t or e − 1/t), where everything is compared with e^{h(t)} t^a (log t)^n.
The rules are few and conservative: what they do not cover is None, not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Abs, Add, Basic, Dummy, Ei, Expr, Mul, Piecewise, Pow, S, Symbol, betainc, functions as F, oo, sqrt, together
from sympy.core.relational import Ge, Gt, Le, Lt
from sympy.functions import atan, besseli, besselk, erf, erfc, exp, expint, hyper, log, loggamma, lowergamma, polylog, tanh, uppergamma

from symkl.form.facts import Facts
from symkl.form.textbook import textbook
from symkl.form.zero import is_zero, vanishes

__all__ = ["Leading", "as_gammas", "continuous", "integrable", "leading", "limit"]


@dataclass(frozen=True)
class Leading:
    """coefficient · e^{exponent(t)} · t^power · (log t)^logs; the expression is at most of this order, and ~ it if the coefficient is not 0."""

    coefficient: Expr
    power: Expr = S.Zero
    logs: Expr = S.Zero
    exponent: Expr = S.Zero

    def times(self, other: Leading) -> Leading:
        return Leading(self.coefficient * other.coefficient, self.power + other.power, self.logs + other.logs, self.exponent + other.exponent)


def _sign(expr: Expr, facts: Facts) -> int | None:
    if facts.is_positive(expr):
        return 1
    if facts.is_negative(expr):
        return -1
    return 0 if vanishes(expr, facts) else None


def _size(term: Leading, t: Symbol, facts: Facts) -> int | None:
    """1 if the term's modulus tends to oo, −1 if to 0, 0 if the term tends to its coefficient."""
    if term.exponent != 0:
        inner = leading(term.exponent, t, facts)
        # only what outgrows every multiple of log t decides alone
        outgrows = inner is not None and (
            inner.exponent != 0 or facts.is_positive(inner.power) or (inner.power == 0 and facts.is_positive(inner.logs - 1))
        )
        return _sign(inner.coefficient, facts) if inner is not None and outgrows else None
    return _sign(term.power, facts) or (_sign(term.logs, facts) if _sign(term.power, facts) == 0 else None)


def leading(expr: Any, t: Symbol, facts: Facts) -> Leading | None:
    """The leading term for t → +oo."""
    if not expr.has(t):
        return Leading(expr)
    if expr == t:
        return Leading(S.One, S.One)
    if isinstance(expr, Add):
        found = _of_sum([leading(part, t, facts) for part in expr.args], t, facts)
        flat = expr.expand() if found is None else expr
        return (
            found
            if flat == expr
            else leading(flat, t, facts)
            if not isinstance(flat, Add)
            else _of_sum([leading(p, t, facts) for p in flat.args], t, facts)
        )
    if isinstance(expr, Mul):
        return _of_product(expr, t, facts)
    if isinstance(expr, exp):
        return _of_exponential(expr.args[0].expand(), t, facts)
    if isinstance(expr, Pow) and expr.exp.has(t):
        return _of_exponential((expr.exp * log(expr.base)).expand(), t, facts)
    inner = leading(expr.args[0 if isinstance(expr, Pow) else -1], t, facts)
    if inner is None or (not isinstance(expr, Pow) and any(arg.has(t) for arg in expr.args[:-1])):
        return None
    if isinstance(expr, Pow):
        if facts.is_positive(inner.coefficient) is not True and not (expr.exp.is_Integer and (expr.exp > 0 or _sign(inner.coefficient, facts))):
            return None
        return Leading(inner.coefficient**expr.exp, inner.power * expr.exp, inner.logs * expr.exp, (inner.exponent * expr.exp).expand())
    return _of_function(expr, inner, t, facts)


def _of_sum(parts: list[Leading | None], t: Symbol, facts: Facts) -> Leading | None:
    best: Leading | None = None
    for part in parts:
        if part is None:
            return None
        if best is None:
            best = part
            continue
        ratio = Leading(S.One, best.power - part.power, best.logs - part.logs, (best.exponent - part.exponent).expand())
        order = _size(ratio, t, facts)
        if order is None:
            return None
        if order < 0:
            best = part
        elif order == 0:
            best = Leading(best.coefficient + part.coefficient, best.power, best.logs, best.exponent)
    # a sum whose leading terms cancel is of an order that is not known
    return best if best is not None and not vanishes(best.coefficient, facts) else None


def _of_product(expr: Mul, t: Symbol, facts: Facts) -> Leading | None:
    exponent = Add(*(factor.args[0] for factor in expr.args if isinstance(factor, exp))).expand()
    total = _of_exponential(exponent, t, facts)
    for factor in expr.args:
        part = None if isinstance(factor, exp) else leading(factor, t, facts)
        if total is None or (part is None and not isinstance(factor, exp)):
            return None
        total = total.times(part) if part is not None else total
    return total


def _of_exponential(exponent: Expr, t: Symbol, facts: Facts) -> Leading | None:
    """e^h: multiples c·log b of logarithms give b^c, what vanishes in h is dropped, the rest must have a leading term of known sign."""
    total, rest = Leading(S.One), []
    for term in Add.make_args(exponent):
        free, moving = term.as_independent(t, as_Add=False)
        if isinstance(moving, log):
            part = leading(moving.args[0] ** free, t, facts)
            if part is None:
                return None
            total = total.times(part)
            continue
        part = leading(term, t, facts)
        order = None if part is None else _size(part, t, facts)
        if part is None or order is None:
            return None
        if order == 0:
            total = total.times(Leading(exp(part.coefficient)))
        elif order > 0:
            rest.append(term)
    if not rest:
        return total
    inner = leading(Add(*rest), t, facts)
    return total.times(Leading(S.One, exponent=Add(*rest))) if inner is not None and _sign(inner.coefficient, facts) else None


def _of_function(expr: Any, inner: Leading, t: Symbol, facts: Facts) -> Leading | None:
    order = _size(inner, t, facts)
    limit_inside = None if order is None else inner.coefficient if order == 0 else S.Zero if order < 0 else None
    if isinstance(expr, Abs):
        return Leading(abs(inner.coefficient), inner.power, inner.logs, inner.exponent)
    if isinstance(expr, log) and facts.is_positive(inner.coefficient):
        if inner.exponent != 0:
            return leading(inner.exponent, t, facts)
        if order == 0:
            if vanishes(inner.coefficient - 1, facts):
                return leading(expr.args[0] - 1, t, facts) or Leading(Dummy("bounded", real=True))
            return Leading(log(inner.coefficient))
        # log log t is bounded by log t; its coefficient 0 claims no more than that
        return Leading(inner.power, logs=S.One)
    if isinstance(expr, loggamma) and order == 1 and inner.exponent == 0 and facts.is_positive(inner.coefficient) and facts.is_positive(inner.power):
        return Leading(inner.coefficient * inner.power, inner.power, inner.logs + 1)
    if isinstance(expr, (F.sin, F.sinh, tanh, atan)) and order == -1:
        return inner
    if isinstance(expr, (atan, erf, erfc, tanh, F.cos, F.cosh, F.sin, F.sinh)) and limit_inside is not None:
        value = expr.func(limit_inside)
        return Leading(value) if is_zero(value, facts) is False else None
    if isinstance(expr, hyper) and order == -1:
        return Leading(S.One)
    if isinstance(expr, hyper) and limit_inside == 1 and _is_dilogarithmic(expr):
        # Σ 1/((k+1)(k+b)) = (ψ(b) + γ)/(b − 1)
        b = Add(*expr.ap) - 2
        return Leading(b * (F.digamma(b) + S.EulerGamma) / (b - 1)) if facts.is_positive(b) and is_zero(b - 1, facts) is False else None
    if isinstance(expr, betainc) and expr.args[2] == 0 and facts.is_positive(expr.args[0]) and facts.is_positive(expr.args[1]):
        if order == -1:
            return leading(expr.args[3] ** expr.args[0] / expr.args[0], t, facts)
        return Leading(F.gamma(expr.args[0]) * F.gamma(expr.args[1]) / F.gamma(expr.args[0] + expr.args[1])) if limit_inside == 1 else None
    if isinstance(expr, (besseli, uppergamma)) and order == -1:
        at_zero = S.One if isinstance(expr, besseli) and expr.args[0] == 0 else F.gamma(expr.args[0])
        return Leading(at_zero) if at_zero == 1 or (isinstance(expr, uppergamma) and facts.is_positive(expr.args[0])) else None
    if order == 1 and facts.is_positive(inner.coefficient):
        h = expr.args[-1]
        if isinstance(expr, (besseli, besselk)):
            return leading(exp(h) / sqrt(2 * S.Pi * h) if isinstance(expr, besseli) else sqrt(S.Pi / (2 * h)) * exp(-h), t, facts)
        if isinstance(expr, (expint, uppergamma)):
            return leading(h ** (expr.args[0] - 1 if isinstance(expr, uppergamma) else -1) * exp(-h), t, facts)
        if isinstance(expr, (atan, erf, tanh)):
            return Leading(expr.func(oo))
        if isinstance(expr, erfc):
            return leading(exp(-(expr.args[0] ** 2)) / (sqrt(S.Pi) * expr.args[0]), t, facts)
    if order == 1 and facts.is_negative(inner.coefficient) and isinstance(expr, (atan, erf, erfc, tanh)):
        return Leading(expr.func(-oo))
    return None


def _at_end(expr: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> tuple[Expr, Symbol]:
    """`expr` with x moved to `end` from the right (side = 1) or the left (−1) as t → +oo; |h| and Piecewise as they stay from some t on."""
    t = Dummy("t", positive=True)
    expr = expr.xreplace(as_gammas(expr))
    moved = expr.xreplace({x: t if end is oo else -t if end is -oo else end + side / t})
    chosen: dict[Basic, Expr] = {}
    for node in moved.atoms(loggamma, F.gamma):
        slope = node.args[0].diff(t)
        if not slope.has(t) and facts.is_positive(slope):
            # Stirling: log Γ(ct + a) = (ct + a − 1/2) log(ct) − ct + log(2π)/2 + O(1/t)
            h = node.args[0].expand()
            series = (h - S.Half) * (log(slope) + log(t)) - slope * t + log(2 * S.Pi) / 2 + Dummy("bounded", real=True) / t
            chosen |= {loggamma(*node.args): series, log(F.gamma(*node.args)): series, F.gamma(*node.args): exp(series)}
    for node in moved.atoms(besseli):
        n, c = node.args
        n = n if n.diff(t) == 1 else -n  # the order is an integer
        if n.diff(t) == 1 and not c.has(t) and facts.is_positive(c):
            # DLMF 10.41.1: log I_n(c) = n log(ec/2) − (n + 1/2) log n − log(2π)/2 + O(1/n)
            series = (n - t) * log(c / 2) + t * (1 + log(c / 2)) - (n + S.Half) * log(t) - log(2 * S.Pi) / 2 + Dummy("bounded", real=True) / t
            chosen |= {log(node): series, node: exp(series)}
    moved, chosen = moved.xreplace(chosen), {}
    for node in moved.atoms(Abs, erfc):
        sign = _final_sign(node.args[0], t, facts)
        if sign and isinstance(node, Abs):
            chosen[node] = sign * node.args[0]
        elif sign == -1:
            # erfc(h) = 2 − erfc(−h), whose second term vanishes where h → −oo
            chosen[node] = 2 - erfc(-node.args[0], evaluate=False)
    for node in moved.atoms(F.cos):
        inner = leading(node.args[0], t, facts)
        if inner is not None and _size(inner, t, facts) == 0 and node.func(inner.coefficient) in (S.One, S.NegativeOne):
            # cos(c + h) = cos c · (1 − 2 sin²(h/2)) where sin c = 0
            rest = (node.args[0] - inner.coefficient).expand()
            chosen[node] = node.func(inner.coefficient) * (1 - 2 * F.sin(rest / 2) ** 2)
    for node in moved.atoms(Piecewise):
        for value, condition in node.args:
            sign = _final_sign(condition.gts - condition.lts, t, facts) if isinstance(condition, (Ge, Gt, Le, Lt)) else 0
            if condition is S.true or sign == 1:
                chosen[node] = value
            if sign != -1:
                break
    return moved.xreplace(chosen), t


def as_gammas(expr: Expr) -> dict[Basic, Expr]:
    """Factorials, binomial and beta coefficients, and their logarithms, by gamma functions."""
    table: dict[Basic, Expr] = {}
    for node in expr.atoms(F.factorial, F.binomial, F.beta):
        a: Any = node.args
        if isinstance(node, F.beta):
            above, below = [a[0], a[1]], [a[0] + a[1]]
        else:
            above, below = [a[0] + 1], [a[1] + 1, a[0] - a[1] + 1] if isinstance(node, F.binomial) else []
        table[node] = Mul(*map(F.gamma, above)) / Mul(*map(F.gamma, below))
        table[log(node)] = Add(*map(loggamma, above)) - Add(*map(loggamma, below))
    return table


def _final_sign(h: Expr, t: Symbol, facts: Facts) -> int | None:
    inner = leading(h, t, facts)
    return _sign(inner.coefficient, facts) if inner is not None else None


def _largest(h: Any, t: Symbol, facts: Facts) -> tuple[Expr, Expr] | None:
    """The positive term of a sum against which all others vanish, and those others."""
    for part in h.args if isinstance(h, Add) else ():
        rest = [leading(other / part, t, facts) for other in h.args if other != part]
        if facts.is_positive(part) and all(term is not None and _size(term, t, facts) == -1 for term in rest):
            return part, h - part
    return None


def _refined(moved: Any, t: Symbol, facts: Facts) -> Any:
    """The next term, for leading terms that cancel: e^h = 1 + O(h) and E_1(h) = −γ − log h + O(h) where h → 0; sums by their largest term."""
    table: dict[Basic, Expr] = {}
    for node in moved.atoms(log, Pow):
        parts = _largest(node.args[0], t, facts) if not node.args[-1].has(t) or isinstance(node, log) else None
        if parts is not None:
            # (d + r)^c = d^c (1 + O(r/d)) and log(d + r) = log d + O(r/d)
            small = Dummy("bounded", real=True) * parts[1] / parts[0]
            table[node] = log(parts[0]).expand() + small if isinstance(node, log) else parts[0] ** node.args[1] * (1 + small)
    for node in moved.atoms(exp, expint):
        h: Any = node.args[-1]
        inner = leading(h, t, facts)
        if h.has(t) and inner is not None and _size(inner, t, facts) == -1 and node.args[0] in (h, S.One):
            start = -S.EulerGamma - log(h).expand() if isinstance(node, expint) else S.One
            table[node] = start + Dummy("bounded", real=True) * h
    fixed, moving = moved.xreplace(table).as_independent(t, as_Add=False)
    return fixed * moving.expand()


def limit(expr: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    """lim expr as x → end from within; ±oo where the sign of the growth is known; None if not known."""
    found = _limit(expr, x, end, side, facts)
    if found is None and isinstance(expr, (Add, Mul)):
        # a sum of limits, or a constant times a limit, where these are finite
        fixed, moving = expr.as_independent(x, as_Add=False)
        parts = [limit(part, x, end, side, facts) for part in (moving.args if isinstance(moving, Add) else [moving] if fixed != 1 else [])]
        finite = [part for part in parts if part is not None and part.is_infinite is not True]
        found = fixed * Add(*finite) if parts and len(finite) == len(parts) else None
    return found


def _limit(expr: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> Expr | None:
    moved, t = _at_end(expr, x, end, side, facts)
    term = leading(moved, t, facts) or leading(_refined(moved, t, facts), t, facts)
    order = None if term is None else _size(term, t, facts)
    if term is None or order is None or (order == 0 and term.coefficient.atoms(Dummy) - expr.atoms(Dummy)):
        return None
    if order > 0:
        sign = _sign(term.coefficient, facts)
        return {1: oo, -1: -oo}.get(sign or 0)
    return term.coefficient if order == 0 else S.Zero


def integrable(expr: Expr, x: Symbol, end: Expr, side: int, facts: Facts) -> tuple[bool | None, int]:
    """(whether |expr| is integrable, or summable, near the end; its sign there, which is that of its divergence, 0 if not known)."""
    moved, t = _at_end(expr, x, end, side, facts)
    term = leading(moved if end in (oo, -oo) else moved / t**2, t, facts)
    if term is None:
        return None, 0
    slack = term.power + 1
    if term.exponent != 0:
        order = _size(term, t, facts)
    elif facts.is_nonnegative(slack) and facts.is_nonnegative(term.logs + 1):
        order = 1
    else:
        order = (
            -1
            if facts.is_negative(slack) or (vanishes(slack, facts) and facts.is_negative(term.logs + 1))
            else 1
            if facts.is_positive(slack)
            else None
        )
    if order == -1:
        return True, 0
    sign = _sign(term.coefficient, facts) or 0
    return (False, sign) if sign and order == 1 else (None, sign)


def _is_dilogarithmic(expr: Any) -> bool:
    """₃F₂(1, 1, b; 2, b + 1; z), whose coefficients b/((k+1)(k+b)) have a finite sum."""
    shape = isinstance(expr, hyper) and len(expr.ap) == 3 and list(expr.ap).count(S.One) >= 2 and 2 in expr.bq
    return bool(shape and vanishes(Add(*expr.bq) - Add(*expr.ap) - 1))


_ENTIRE = (Abs, atan, erf, erfc, exp, tanh, F.cos, F.cosh, F.sin, F.sinh)
_ON_POSITIVE = (Ei, expint, log, loggamma)


def positive_between(h: Any, x: Symbol, lower: Expr, upper: Expr, facts: Facts) -> bool | None:
    """Whether h > 0 on (lower, upper): by the facts, or as h is monotone and not negative at the end where it is least."""
    known = facts.is_positive(h)
    if known is None and h.has(x):
        slope = h.diff(x)
        end = lower if facts.is_positive(slope) else upper if facts.is_negative(slope) else None
        known = True if end is not None and end.is_infinite is not True and facts.is_nonnegative(textbook(h.xreplace({x: end}), facts)) else None
    return known


def continuous(expr: Any, x: Symbol, facts: Facts, where: Expr | tuple[Expr, Expr] | None = None) -> bool:
    """Whether expr is built from functions that are continuous on the positive reals at arguments known to be positive.

    The facts speak of every point concerned, which may be said to lie in an interval `where`; or `where` is the one point, put for x.
    """

    def at(h: Any) -> Any:
        return h.xreplace({x: where}) if isinstance(where, Expr) else h

    def positive(h: Any) -> bool | None:
        return positive_between(h, x, *where, facts) if isinstance(where, tuple) else facts.is_positive(at(h))

    if not expr.has(x) or expr == x:
        return True
    last = expr.args[-1]
    fixed = not any(arg.has(x) for arg in expr.args[:-1])
    if isinstance(expr, (hyper, polylog)):
        # entire in z, or with the cut along z >= 1
        sound = fixed and ((isinstance(expr, hyper) and len(expr.ap) <= len(expr.bq)) or positive(1 - last))
        summable = _is_dilogarithmic(expr) or (isinstance(expr, polylog) and facts.is_positive(expr.args[0] - 1))
        sound = sound or (fixed and summable and (facts.is_nonnegative(at(1 - last)) or facts.is_nonnegative(textbook(at(1 - last), facts))))
        return bool(sound and continuous(last, x, facts, where))
    if isinstance(expr, betainc):
        shapes = all(facts.is_positive(arg) and not arg.has(x) for arg in expr.args[:2])
        inside = facts.is_nonnegative(at(last)) and facts.is_nonnegative(together(1 - at(last)))
        return bool(shapes and inside and expr.args[2] == 0 and continuous(last, x, facts, where))
    if isinstance(expr, Pow):
        sound = positive(expr.base) or (last.is_integer and positive(-expr.base))
        sound = sound or (facts.is_positive(at(last)) and not last.has(x) and (last.is_integer or facts.is_nonnegative(at(expr.base))))
    elif isinstance(expr, (lowergamma, uppergamma)):
        sound = fixed and (positive(last) or (facts.is_positive(expr.args[0]) and facts.is_nonnegative(at(last))))
    elif isinstance(expr, _ON_POSITIVE):
        sound = fixed and (positive(last) or (isinstance(expr, Ei) and positive(-last)))
    else:
        sound = isinstance(expr, (Add, Mul, *_ENTIRE))
    return bool(sound) and all(continuous(arg, x, facts, where) for arg in expr.args)
