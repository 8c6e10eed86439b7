"""E[f(K)] of a polynomial f by summation by parts: f·p = c·p + ΔG with G = R·p, so that E f = c + G(end) − G(start).

With p(k+1) B(k+1) = p(k) A(k) and R = h·B this is f − c = h(k+1) A(k) − h(k) B(k), a linear system for the polynomial h and the number c.
At an infinite end G vanishes, where p falls geometrically, or like a power fast enough.
"""

from __future__ import annotations

from functools import lru_cache

from sympy import Dummy, Expr, Gt, Max, Min, Poly, S, Symbol, linsolve, oo, symbols
from sympy.logic.boolalg import Boolean

from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Lattice
from symkl.expect.mass_ratio import MassRatio, mass_ratio
from symkl.expect.rules.base import Outcome
from symkl.expect.rules.finite_sum import mass
from symkl.form.facts import Facts

__all__ = ["certificate", "rule", "vanishes"]

#: Polynomials up to this degree are summed.
LARGEST_DEGREE = 8


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    support = law.support
    if not isinstance(support, Lattice) or support.step != 1 or support.lower is -oo:
        return None
    if not f.is_polynomial(x) or not f.has(x) or Poly(f, x).degree() > LARGEST_DEGREE:
        return None
    ratio = mass_ratio(law, x, facts)
    found = certificate(f, ratio, True) if ratio is not None else None
    if ratio is None or found is None:
        return None
    c, h = found
    R = h * ratio.before()
    conditions: tuple[Boolean, ...] = ()
    last = S.Zero
    if support.upper is oo:
        decay = _decay(R, ratio, facts)
        if decay is None:
            return None
        conditions = decay
    elif not vanishes((edge := h.xreplace({x: x + 1}) * ratio.numerator).xreplace({x: support.upper})):
        last = edge.xreplace({x: support.upper}) * mass(law, support.upper)
    at_start = R.xreplace({x: support.lower})
    first = S.Zero if vanishes(at_start) else at_start * mass(law, support.lower)
    value = c + last - first
    data = {"numerator": ratio.numerator, "denominator": ratio.denominator, "certificate": R}
    step = Step(Expectation(f, x, law), value, "telescoping", "summation by parts", conditions, data)
    return Outcome(value, (step,), conditions)


def _decay(R: Expr, ratio: MassRatio, facts: Facts) -> tuple[Boolean, ...] | None:
    """The condition under which R(k) p(k) → 0 for k → ∞."""
    if ratio.falls_geometrically(facts):
        return ()
    power = ratio.excess()
    if power is None:
        return None
    slack = power[0] - Poly(R, ratio.k).degree()
    if facts.is_positive(slack):
        return ()
    return None if slack.is_nonpositive else (Gt(slack, 0),)


def vanishes(expr: Expr) -> bool:
    """Whether expr is 0 whichever of its arguments each Max and Min is equal to."""
    ends = sorted(expr.atoms(Max, Min), key=lambda each: each.sort_key())
    if not ends:
        return bool(expr.expand() == 0)
    return all(vanishes(expr.xreplace({ends[0]: arg})) for arg in ends[0].args)


@lru_cache(maxsize=4096)
def certificate(f: Expr, ratio: MassRatio, constant: bool) -> tuple[Expr, Expr] | None:
    """(c, h) with f − c = h(k+1) A(k) − h(k) B(k), h a polynomial; c = 0 unless a constant is allowed."""
    k = ratio.k
    degree = Poly(f, k).degree()
    c = Dummy("c")
    for d in range(max(0, degree - 2), degree + 2):
        unknowns = symbols(f"h:{d + 1}", cls=Dummy)
        h = sum((u * k**i for i, u in enumerate(unknowns)), S.Zero)
        equation = h.xreplace({k: k + 1}) * ratio.numerator - h * ratio.before() - f + (c if constant else S.Zero)
        system = Poly(equation, k).coeffs()
        wanted = (*unknowns, c) if constant else unknowns
        solved = linsolve(system, *wanted)
        if solved:
            free = dict.fromkeys(wanted, S.Zero)
            (values,) = solved.args
            values = tuple(value.xreplace(free) for value in values)
            shape = sum((value * k**i for i, value in enumerate(values[: d + 1])), S.Zero)
            return (values[-1] if constant else S.Zero), shape
    return None
