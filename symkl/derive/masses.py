"""The total mass ∫ p or Σ p of a density that nobody has named, or of a part of a law."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Abs, Add, Expr, S, Symbol, exp, log, oo

from symkl.core.density import Density
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.core.supports import Continuum
from symkl.expect.lattice_mass import lattice_mass
from symkl.expect.moves import exponential
from symkl.expect.moves.breakpoints import place_of_kink
from symkl.expect.pieces import mass_by_pieces
from symkl.expect.reduce import reduce_law, resolve_branches, transport
from symkl.expect.rules import antiderivative, finite_sum, tilt, transported
from symkl.expect.rules.base import Outcome, Rule
from symkl.expect.shapes import Profile, Substitution, with_facts
from symkl.form.facts import Facts
from symkl.form.zero import is_zero

__all__ = ["continuous_mass", "density_mass", "is_standard", "mass_step"]


NO_FACTS = Facts()


def density_mass(law: Density, facts: Facts = NO_FACTS) -> Expr | None:
    """∫ p or Σ p where a standard form or an antiderivative gives it, else None."""
    if law.is_discrete:
        outcome = finite_sum.rule(S.One, law.variable, law, facts)
        return outcome.value if outcome is not None else lattice_mass(law, facts) or mass_by_pieces(law, facts)
    found = continuous_mass(law, facts, (tilt.rule,))
    if found is not None:
        return found
    outcome = _by_antiderivatives(law, facts)
    return mass_by_pieces(law, facts) if outcome is None else outcome.value


def continuous_mass(law: Density, facts: Facts, rules: tuple[Rule, ...] = (tilt.rule, antiderivative.rule)) -> Expr | None:
    """∫ of a density, normalised or not, by a standard form or the first rule that has it, else None."""
    reduction = reduce_law(law, facts)
    if reduction is not None:
        return Add(*(piece.weight for piece in reduction.pieces))
    for rule in rules:
        outcome = rule(S.One, law.variable, law, facts)
        if outcome is not None:
            return outcome.value
    return None


def is_standard(law: Law, facts: Facts) -> bool:
    """Whether one substitution takes the law to a standard form."""
    reduction = reduce_law(law, facts)
    return reduction is not None and len(reduction.pieces) == 1


def mass_step(law: Law, facts: Facts) -> Step | None:
    """E_P[1] = 1 by antiderivatives, for a density without a name; None where none are found."""
    if not isinstance(law, Density) or law.is_discrete:
        return None
    outcome = _by_antiderivatives(law, facts)
    if outcome is None or is_zero(outcome.value - 1, facts) is not True:
        return None
    return Step(Expectation(S.One, law.variable, law), S.One, "mass", "the total mass is 1", data={"steps": outcome.steps})


def _by_antiderivatives(law: Density, facts: Facts) -> Outcome | None:
    x = law.variable
    if not isinstance(law.support, Continuum):
        return None
    found = antiderivative.rule(S.One, x, law, facts) or transported.rule(S.One, x, law, facts)
    return found or _in_another_variable(law, law.support, facts) or _on_two_sides(law, law.support, facts)


def _sides(law: Density, support: Continuum, facts: Facts) -> tuple[Density, ...]:
    """The parts of the density on the two sides of a kink, as at the location of a Laplace law; none if there is no one kink inside."""
    x, log_density = law.variable, law.log_density(law.variable)
    kinks = {place_of_kink(each, x) for each in log_density.atoms(Abs) if each.has(x)}
    k = kinks.pop() if len(kinks) == 1 else None
    if k is None or not all(facts.is_positive(gap) or gap is oo for gap in (k - support.lower, support.upper - k)):
        return ()
    parts = [
        Density.from_log(resolve_branches(log_density, with_facts(facts, side.facts(x))), x, side)
        for side in (Continuum(support.lower, k), Continuum(k, support.upper))
    ]
    return () if any(part.log_density(x).has(Abs) for part in parts) else tuple(parts)


def _on_two_sides(law: Density, support: Continuum, facts: Facts) -> Outcome | None:
    """One antiderivative on each side of a kink."""
    found = [antiderivative.rule(S.One, law.variable, part, facts) for part in _sides(law, support, facts)]
    pieces = [piece for each in found if each is not None and len(each.steps) == 1 for piece in each.steps[0].data.get("pieces", ())]
    if len(pieces) != 2 or len(found) != 2:
        return None
    total = Add(*(upper - lower for *_, lower, upper in pieces))
    return Outcome(total, (Step(Expectation(S.One, law.variable, law), total, "antiderivative", "antiderivative", data={"pieces": tuple(pieces)}),))


def _in_another_variable(law: Density, support: Continuum, facts: Facts) -> Outcome | None:
    """By an antiderivative in e^{bx}, in log x or in log(x/(1 − x)), whatever the interval: the mass stays what it is."""
    profile = Profile(law.log_density(law.variable), law.variable, support, facts)
    for change in _changes(profile, support):
        moved = transport(profile, change)
        target = Density.from_log(moved.log_density, moved.variable, moved.support)
        outcome = antiderivative.rule(S.One, moved.variable, target, facts)
        if outcome is not None:
            before, after = Expectation(S.One, law.variable, law), Expectation(S.One, moved.variable, target)
            maps = ((S.One, change.inverse, moved.variable, target),)
            step = Step(before, after, "substitution", f"substitution {law.variable} = {change.inverse}", data={"maps": maps})
            return Outcome(outcome.value, (step, *outcome.steps), outcome.conditions)
    return None


def _changes(profile: Profile, support: Continuum) -> Iterator[Substitution]:
    facts, (lower, upper) = profile.facts, support.args[:2]
    y, v = Symbol("y", real=True), Symbol("y", positive=True)
    b = exponential.rate(profile)
    if b is not None and (facts.is_positive(b) or facts.is_negative(b)):
        ends = (exp(b * lower), exp(b * upper))
        yield Substitution(log(v) / b, v, Continuum(*(ends if facts.is_positive(b) else ends[::-1])))
    if not facts.is_nonnegative(lower):
        return
    bottom = log(lower) if lower != 0 else -oo
    yield Substitution(exp(y), y, Continuum(bottom, log(upper)))
    if upper is not oo and facts.is_nonnegative(1 - upper):
        bottom, top = bottom - log(1 - lower), log(upper / (1 - upper)) if upper != 1 else oo
        yield Substitution(1 / (1 + exp(-y)), y, Continuum(bottom, top))
