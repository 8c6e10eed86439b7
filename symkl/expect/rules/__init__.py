"""The rules of the expectation engine, in the order in which they are asked. One rule is one file and one line here."""

from __future__ import annotations

from sympy import Expr, Symbol

from symkl.core.laws import Law
from symkl.expect.rules import (
    antiderivative,
    bounded_sum,
    chord,
    circle,
    finite_sum,
    fold,
    kink,
    lattice_kink,
    mixture,
    poisson_kernel,
    reparametrised,
    score,
    standard_form,
    telescoping,
    tilt,
    tilted_mass,
    transported,
)
from symkl.expect.rules.base import Outcome, Rule
from symkl.form.facts import Facts

__all__ = ["REMAINDER_RULES", "RULES", "Outcome", "Rule", "first_outcome"]


def first_outcome(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
    """The answer of the first rule that is concerned, or None."""
    for _, rule in RULES:
        outcome = rule(f, x, law, facts)
        if outcome is not None:
            return outcome
    return None


RULES: tuple[tuple[str, Rule], ...] = (
    ("mixture", mixture.rule_with(first_outcome)),
    ("sum over two or three points", finite_sum.few),
    ("chord", chord.rule),
    ("standard form", standard_form.rule),
    ("differentiation of the normalisation", score.rule),
    ("reparametrisation", reparametrised.rule),
    ("summation by parts", telescoping.rule),
    ("kink on a lattice", lattice_kink.rule),
    ("tilt", tilt.rule),
    ("mass of the tilted density", tilted_mass.rule),
    ("circle", circle.rule),
    ("fold", fold.rule),
    ("kink", kink.rule_with(first_outcome)),
    ("Poisson kernel", poisson_kernel.rule),
    ("antiderivative", antiderivative.rule),
    ("antiderivative after substitution", transported.rule),
)

#: Asked of everything together that the rules above leave.
REMAINDER_RULES: tuple[tuple[str, Rule], ...] = (
    ("finite sum", finite_sum.rule),
    ("bounded sum", bounded_sum.rule),
)
