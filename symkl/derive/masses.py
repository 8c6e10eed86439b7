"""The total mass ∫ p or Σ p of a density that nobody has named, or of a part of a law."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Abs, Add, Expr, S, Symbol, exp, expand_log, log, oo

from symkl.core.density import Density
from symkl.core.supports import Continuum
from symkl.expect.moves import exponential
from symkl.expect.moves.breakpoints import place_of_kink
from symkl.expect.reduce import put_in, reduce_law, resolve_branches, transport
from symkl.expect.rules import antiderivative, finite_sum, tilt, transported
from symkl.expect.rules.base import Rule
from symkl.expect.shapes import Profile, Substitution, with_facts
from symkl.expect.terms import exp_of_sum
from symkl.form.facts import Facts

__all__ = ["continuous_mass", "density_mass"]


def density_mass(law: Density) -> Expr | None:
    """∫ p or Σ p where a standard form or an antiderivative gives it, else None."""
    facts = Facts()
    if law.is_discrete:
        outcome = finite_sum.rule(S.One, law.variable, law, facts)
        return outcome.value if outcome is not None else _lattice_mass(law, facts)
    found = continuous_mass(law, facts, (tilt.rule, antiderivative.rule, transported.rule))
    return found if found is not None else _mass_in_parts(law, facts) or _mass_in_another_variable(law, facts)


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


def _mass_in_parts(law: Density, facts: Facts) -> Expr | None:
    """The sum of the masses on the two sides of a kink of the log-density, as at the location of a Laplace law."""
    x, log_density, support = law.variable, law.log_density(law.variable), law.support
    kinks = {place_of_kink(each, x) for each in log_density.atoms(Abs) if each.has(x)}
    k = kinks.pop() if len(kinks) == 1 else None
    if k is None or not isinstance(support, Continuum):
        return None
    parts = []
    for side in (Continuum(support.lower, k), Continuum(k, support.upper)):
        if not facts.is_positive(side.upper - side.lower) and side.upper is not oo and side.lower is not -oo:
            return None
        y = side.variable(x.name)
        resolved = resolve_branches(log_density.xreplace({x: y}), with_facts(facts, side.facts(y)))
        part = None if resolved.has(Abs) else density_mass(Density.from_log(resolved, y, side))
        if part is None:
            return None
        parts.append(part)
    return Add(*parts)


def _mass_in_another_variable(law: Density, facts: Facts) -> Expr | None:
    """By an antiderivative in e^{bx}, in log x or in log(x/(1 − x)), whatever the interval: the mass stays what it is."""
    assert isinstance(law.support, Continuum)
    profile = Profile(law.log_density(law.variable), law.variable, law.support, facts)
    for change in _changes(profile, law.support):
        moved = transport(profile, change)
        outcome = antiderivative.rule(S.One, moved.variable, Density.from_log(moved.log_density, moved.variable, moved.support), facts)
        if outcome is not None:
            return outcome.value
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


def _lattice_mass(law: Density, facts: Facts) -> Expr | None:
    """e^c, where the log-mass is that of a standard law on the same points, plus a constant c."""
    reduction = reduce_law(law, facts)
    if reduction is None or len(reduction.pieces) != 1:
        return None
    (piece,) = reduction.pieces
    k = piece.variable
    excess = expand_log((put_in(law.log_density(law.variable), law.variable, piece.inverse) - piece.law.log_density(k)).expand(), force=True).expand()
    return None if excess.has(k) else exp_of_sum(excess)
