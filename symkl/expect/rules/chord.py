"""log(a + bx) under the arcsine law and the semicircle, on any interval: with x = c + Ru the potential of the standard law."""

from __future__ import annotations

from sympy import Expr, S, Symbol, log, pi

from symkl.core.density import Density
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Continuum
from symkl.expect.reduce import transport
from symkl.expect.rules.base import Outcome
from symkl.expect.shapes import Profile, Substitution
from symkl.form.facts import Facts
from symkl.form.zero import vanishes
from symkl.masters import MASTERS

__all__ = ["rule"]

U = Symbol("u", real=True)
CHORD = Continuum(-1, 1)
#: The master of each law, its log-density, and what the density is of the master's weight.
LAWS = (
    ("arcsine_logarithm", "potential of the arcsine law", -log(pi) - log(1 - U) / 2 - log(1 + U) / 2, 1 / pi),
    ("semicircle_logarithm", "potential of the semicircle", log(2 / pi) + log(1 - U) / 2 + log(1 + U) / 2, 2 / pi),
)


def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    support = law.support
    if not isinstance(f, log) or not isinstance(support, Continuum) or support.lower.is_infinite or support.upper.is_infinite:
        return None
    centre, radius = ((support.lower + support.upper) / 2).expand(), ((support.upper - support.lower) / 2).expand()
    inverse = centre + radius * U
    line = f.args[0].xreplace({x: inverse}).expand()
    a, b = line.coeff(U, 0), line.coeff(U, 1)
    if b == 0 or (line - a - b * U).expand() != 0:
        return None
    if not facts.is_positive(a) or not all(facts.is_nonnegative((a + sign * b).factor()) for sign in (-1, 1)):
        return None
    moved = transport(Profile(law.log_density(x), x, support, facts), Substitution(inverse, U, CHORD))
    inside = moved.facts | Facts.of(CHORD.facts(U))
    found = next((each for each in LAWS if vanishes(moved.log_density - each[2], inside)), None)
    if found is None:
        return None
    name, rule_name, log_density, coefficient = found
    master = MASTERS[name]
    target = Density.from_log(log_density, U, CHORD)
    atom = Expectation(log(a + b * U), U, target)
    value = coefficient * master.value_at({master.parameter("a"): a, master.parameter("b"): b})
    maps = ((S.One, inverse, U, target),)
    first = Step(Expectation(f, x, law), atom, "substitution", f"substitution {x} = {inverse}", data={"maps": maps})
    data = {"master": name, "values": (("a", a), ("b", b)), "orders": (), "coefficient": coefficient}
    return Outcome(value, (first, Step(atom, value, "master", rule_name, (), data)))
