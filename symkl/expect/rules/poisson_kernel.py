"""E log((X − c)² + g²) for X Cauchy: the Poisson kernel reproduces the harmonic function, log((x₀ − c)² + (γ + g)²)."""

from __future__ import annotations

from sympy import Expr, S, Symbol, log, pi, sqrt

from symkl.core.density import Density
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.expect.kinds.common import LINE, Z
from symkl.expect.moves.location import location
from symkl.expect.rules.base import Outcome
from symkl.expect.terms import ONE, Monomial, expand_in
from symkl.form.facts import Facts

__all__ = ["rule"]


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    target = _quadratic(f.args[0], x, facts) if isinstance(f, log) and f.has(x) else None
    if target is None or law.support != LINE:
        return None
    source = _cauchy(law, x, facts)
    if source is None:
        return None
    (x0, gamma), (scale, c, g) = source, target
    standard = Density.from_log(-log(pi) - log(1 + Z**2), Z, LINE)
    a, b = (c - x0) / gamma, g / gamma
    kernel = log((Z - a) ** 2 + b**2)
    inside = f.xreplace({x: x0 + gamma * Z})
    first = Expectation(inside, Z, standard)
    atom = Expectation(kernel, Z, standard)
    reproduced = log(a**2 + (1 + b) ** 2)
    steps = (
        Step(
            Expectation(f, x, law),
            first,
            "substitution",
            f"substitution {x} = {x0 + gamma * Z}",
            data={"maps": ((S.One, x0 + gamma * Z, Z, standard),)},
        ),
        Step(first, log(scale * gamma**2) + atom, "linearity", "linearity of the expectation"),
        Step(
            atom,
            reproduced,
            "master",
            "Poisson kernel",
            (),
            {"master": "poisson_kernel", "values": (("a", a), ("b", b)), "orders": (), "coefficient": S.One},
        ),
    )
    value = log(scale) + log((x0 - c) ** 2 + (gamma + g) ** 2)
    collected = Step(log(scale * gamma**2) + reproduced, value, "algebra", "collecting logarithms")
    return Outcome(value, tuple(step for step in (*steps, collected) if step.before != step.after))


def _quadratic(h: Expr, x: Symbol, facts: Facts) -> tuple[Expr, Expr, Expr] | None:
    """(A, c, g) if h = A((x − c)² + g²) with g > 0."""
    centre = location(h, x)
    if centre is None:
        return None
    y = Symbol("y", real=True)
    terms = expand_in(h.xreplace({x: y + centre}), y, facts)
    table = {m: coefficient for coefficient, m in terms}
    if set(table) != {ONE, Monomial(power=S(2))}:
        return None
    A, constant = table[Monomial(power=S(2))], table[ONE]
    if not (facts.is_positive(A) and facts.is_positive(constant)):
        return None
    ratio = constant / A
    return A, centre, sqrt(ratio.cancel() if ratio.is_rational_function() else ratio)


def _cauchy(law: Law, x: Symbol, facts: Facts) -> tuple[Expr, Expr] | None:
    """(x₀, γ) if the log-density is −log((x − x₀)² + γ²) and a constant."""
    terms = [(c, m) for c, m in expand_in(law.log_density(x), x, facts, powers=False) if m != ONE]
    if len(terms) != 1:
        return None
    ((slope, m),) = terms
    if slope != -1 or len(m.factors) != 1 or m.factors[0][1] != 1 or m.power != 0 or m.logs or m.rate != 0 or not isinstance(m.factors[0][0], log):
        return None
    found = _quadratic(m.factors[0][0].args[0], x, facts)
    return None if found is None else (found[1], found[2])
