"""The rules of the expectation engine, in the order in which they are asked. One rule is one file and one line here."""

from __future__ import annotations

from symkl.expect.rules import antiderivative, circle, finite_sum, kink, poisson_kernel, standard_form, tilt, transported
from symkl.expect.rules.base import Outcome, Rule

__all__ = ["RULES", "Outcome", "Rule"]

RULES: tuple[tuple[str, Rule], ...] = (
    ("finite sum", finite_sum.rule),
    ("standard form", standard_form.rule),
    ("tilt", tilt.rule),
    ("circle", circle.rule),
    ("kink", kink.rule),
    ("Poisson kernel", poisson_kernel.rule),
    ("antiderivative", antiderivative.rule),
    ("antiderivative after substitution", transported.rule),
)
