"""Waves and logarithms of a + b cos(x − ν) under the laws on a whole turn: uniform, von Mises, wrapped Cauchy, cardioid.

Where a + b cos v = c(1 + r² − 2r cos v), |r| < 1, the logarithm is harmonic in the disc, so its means are values inside it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sympy import Add, Expr, Integer, Pow, S, Symbol, cos, log, pi, sin, sqrt

from symkl.core.density import Density
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Continuum
from symkl.expect.reduce import transport
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import Profile, Substitution
from symkl.expect.terms import ONE, Monomial, expand_in
from symkl.form.facts import Facts

__all__ = ["rule"]

ANGLE = Symbol("theta", real=True)
TURN = Continuum(-pi, pi)
UNIFORM = Density.from_log(-log(2 * pi), ANGLE, TURN)


class Disc(NamedTuple):
    """scale · (1 + r² − 2r cos(x − centre)), and the products scale·r and scale·r², which are no fractions."""

    scale: Expr
    r: Expr
    centre: Expr
    linear: Expr = S.Zero
    square: Expr = S.Zero


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    support = law.support
    if not isinstance(support, Continuum) or support.lower.is_infinite or support.upper.is_infinite:
        return None
    if (support.upper - support.lower - 2 * pi).expand() != 0:
        return _scaled(f, x, law, support, facts)
    source = _source(law, x, facts)
    if source is None:
        return None
    kind, disc = source
    if isinstance(f, (cos, sin)) and kind == "kernel":
        return _wave(f, x, law, disc)
    target = _disc(f.args[0], x, facts) if isinstance(f, log) else None
    if target is None:
        return None
    return _logarithm(f, x, law, kind, disc, target)


def _scaled(f: Expr, x: Symbol, law: Law, support: Continuum, facts: Facts) -> Outcome | None:
    """A law whose support is one period of its waves, brought to the turn (−π, π)."""
    length = (support.upper - support.lower).expand()
    waves = [each for each in f.atoms(cos, sin) | law.log_density(x).atoms(cos, sin) if each.has(x)]
    if not waves or any((each.args[0].diff(x) ** 2 - (2 * pi / length) ** 2).expand() != 0 for each in waves):
        return None
    inverse = ((support.upper + support.lower) / 2).expand() + ANGLE * length / (2 * pi)
    moved = transport(Profile(law.log_density(x), x, support, facts), Substitution(inverse, ANGLE, TURN))
    target = Density.from_log(_plain_waves(moved.log_density), ANGLE, TURN)
    inside = _plain_waves(f.xreplace({x: inverse}))
    outcome = rule(inside, ANGLE, target, facts)
    if outcome is None:
        return None
    maps = ((S.One, inverse, ANGLE, target),)
    step = Step(Expectation(f, x, law), Expectation(inside, ANGLE, target), "substitution", f"substitution {x} = {inverse}", data={"maps": maps})
    return Outcome(outcome.value, (step, *outcome.steps), outcome.conditions)


def _plain_waves(expr: Any) -> Any:
    """cos and sin with their arguments multiplied out."""
    return expr.replace(lambda e: isinstance(e, (cos, sin)), lambda e: e.func(e.args[0].expand()))


def _source(law: Law, x: Symbol, facts: Facts) -> tuple[str, Disc] | None:
    """("kernel", disc) for p ∝ 1/disc, ("linear", disc) for p ∝ a + b cos, ("uniform", …) for constant p."""
    terms = [(c, m) for c, m in expand_in(law.log_density(x), x, facts, powers=False) if m != ONE]
    if not terms:
        return "uniform", Disc(S.One, S.Zero, S.Zero)
    if len(terms) != 1 or terms[0][0] not in (S.One, S.NegativeOne):
        return None
    slope, m = terms[0]
    if m != Monomial(factors=m.factors) or len(m.factors) != 1 or m.factors[0][1] != 1 or not isinstance(m.factors[0][0], log):
        return None
    disc = _disc(m.factors[0][0].args[0], x, facts)
    return None if disc is None else ("kernel" if slope == -1 else "linear", disc)


def _disc(h: Expr, x: Symbol, facts: Facts) -> Disc | None:
    """h = a + b cos(x − ν) as scale(1 + r² − 2r cos(x − ν))."""
    free, moving = h.as_independent(x, as_Add=True)
    b, wave = moving.as_independent(x, as_Add=False)
    if not isinstance(wave, cos) or wave.args[0].diff(x) not in (S.One, S.NegativeOne) or not facts.is_positive(free):
        return None
    centre = (x - wave.args[0]).expand() if wave.args[0].diff(x) == 1 else (x + wave.args[0]).expand()
    root = _root((free**2 - b**2).factor(), facts)
    r = (-b / (free + root)).cancel() if root.is_rational_function() else -b / (free + root)
    scale = ((free + root) / 2).cancel() if root.is_rational_function() else (free + root) / 2
    return Disc(scale, r, centre, -b / 2, (free - root) / 2)


def _root(square: Expr, facts: Facts) -> Expr:
    """√square with even powers drawn out, each with its sign."""
    outside, inside = S.One, S.One
    for factor in square.as_ordered_factors():
        base, exponent = factor.as_base_exp() if isinstance(factor, Pow) else (factor, S.One)
        if exponent.is_Integer and exponent % 2 == 0 and (facts.is_positive(base) or facts.is_negative(base)):
            outside *= (base if facts.is_positive(base) else -base) ** (exponent / 2)
        else:
            inside *= factor
    return outside * sqrt(inside)


def _wave(f: Expr, x: Symbol, law: Law, disc: Disc) -> Outcome | None:
    """E cos(n(x − ν)) = r^n cos(n(μ − ν)) under the Poisson kernel."""
    inside: Any = f.args[0]
    n = inside.diff(x)
    if not n.is_Integer:
        return None
    phase = (inside - n * x + n * disc.centre).expand()
    sign = S.One if n > 0 else S.NegativeOne
    n = abs(n)
    kernel = _kernel(disc)
    moved = Expectation(f.xreplace({x: ANGLE + disc.centre}), ANGLE, kernel)
    cosine = Expectation(cos(n * ANGLE), ANGLE, kernel)
    sine = Expectation(sin(n * ANGLE), ANGLE, kernel)
    outer, cross = (cos(phase), -sign * sin(phase)) if isinstance(f, cos) else (sin(phase), sign * cos(phase))
    steps = [_centred(f, x, law, disc, kernel)]
    linear = outer * cosine + cross * sine
    if linear != moved:
        steps.append(Step(moved, linear, "linearity", "linearity of the expectation"))
    data = {"master": "circle_kernel", "values": (("rho", disc.r), ("n", Integer(n))), "orders": (), "coefficient": 1 / (2 * pi)}
    steps.append(Step(cosine, disc.r**n, "master", "Poisson kernel of the disc", (), data))
    if cross != 0:
        steps.append(Step(sine, S.Zero, "symmetry", "an odd function", (), {"centre": S.Zero}))
    return Outcome(outer * disc.r**n, tuple(steps))


def _kernel(disc: Disc) -> Density:
    r = disc.r
    return Density.from_log(log(1 - r) + log(1 + r) - log(2 * pi) - log(1 + r**2 - 2 * r * cos(ANGLE)), ANGLE, TURN)


def _centred(f: Expr, x: Symbol, law: Law, disc: Disc, target: Density) -> Step:
    inverse = ANGLE + disc.centre
    after = Expectation(f.xreplace({x: inverse}), ANGLE, target)
    return Step(Expectation(f, x, law), after, "substitution", f"substitution {x} = {inverse}", data={"maps": ((S.One, inverse, ANGLE, target),)})


def _logarithm(f: Expr, x: Symbol, law: Law, kind: str, disc: Disc, target: Disc) -> Outcome:
    """E log(scale(1 + r² − 2r cos(x − ν))) with the source centred at 0."""
    d, r = (target.centre - disc.centre).expand(), target.r
    plain = log(1 + r**2 - 2 * r * cos(ANGLE - d))
    if kind == "kernel":
        value = log(1 - 2 * disc.r * r * cos(d) + disc.r**2 * r**2)
        kernel = _kernel(disc)
        atom = Expectation(plain, ANGLE, kernel)
        data = {"master": "circle_kernel_log", "values": (("rho", disc.r), ("r", r), ("d", d)), "orders": (), "coefficient": 1 / (2 * pi)}
        first = _centred(f, x, law, disc, kernel)
        steps = [first, *_split(first.after, target, atom), Step(atom, value, "master", "Poisson kernel of the disc", (), data)]
        return _whole(log(target.scale) + value, disc.r, target, d, tuple(steps))
    # p = (1 + ε cos θ)/(2π) with ε = −2s/(1 + s²), s = disc.r.
    slope = (-2 * disc.r / (1 + disc.r**2)).cancel() if kind == "linear" else S.Zero
    centred = Density.from_log(log(1 + slope * cos(ANGLE)) - log(2 * pi), ANGLE, TURN) if slope != 0 else UNIFORM
    atom = Expectation(plain, ANGLE, centred)
    first = _centred(f, x, law, disc, centred)
    flat, wave = Expectation(plain, ANGLE, UNIFORM), Expectation(plain * cos(ANGLE), ANGLE, UNIFORM)
    steps = [first, *_split(first.after, target, atom)]
    if slope != 0:
        spread = Expectation(plain * (1 + slope * cos(ANGLE)), ANGLE, UNIFORM)
        steps.append(Step(atom, spread, "tilt", "the density joins the statistic"))
        steps.append(Step(spread, flat + slope * wave, "linearity", "linearity of the expectation"))
        data = {"master": "circle_log_wave", "values": (("r", r), ("d", d), ("n", S.One)), "orders": (), "coefficient": 1 / (2 * pi)}
        steps.append(Step(wave, -r * cos(d), "master", "Fourier coefficient of the logarithm", (), data))
    shifted = Expectation(log(1 + r**2 - 2 * r * cos(ANGLE)), ANGLE, UNIFORM)
    if shifted != flat:
        maps = ((S.One, ANGLE + d, ANGLE, UNIFORM),)
        steps.append(Step(flat, shifted, "substitution", "a turn is a turn", data={"maps": maps}))
    data = {"master": "circle_log", "values": (("rho", r),), "orders": (), "coefficient": 1 / (2 * pi)}
    steps.append(Step(shifted, S.Zero, "master", "mean of the logarithm over the circle", (), data))
    return Outcome(Add(log(target.scale), -slope * r * cos(d)), tuple(steps))


def _whole(total: Expr, rho: Expr, target: Disc, d: Expr, steps: tuple[Step, ...]) -> Outcome:
    """scale(1 − 2ρr cos d + ρ²r²) without the fraction that r is where it holds a root: scale·r and scale·r² are none."""
    if target.scale.is_rational_function():
        return Outcome(total, steps)
    shown = log((target.scale + rho**2 * target.square - 2 * rho * target.linear * cos(d)).expand())
    return Outcome(shown, (*steps, Step(total, shown, "algebra", "one logarithm")))


def _split(before: Expr, target: Disc, atom: Expectation) -> list[Step]:
    after = log(target.scale) + atom
    return [] if before == atom else [Step(before, after, "linearity", "linearity of the expectation")]
