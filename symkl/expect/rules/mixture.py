"""E under Σ w_i P_i is Σ w_i E under P_i."""

from __future__ import annotations

from sympy import Add, Expr, Symbol

from symkl.core.composite import Mixture
from symkl.core.heads import Expectation
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.expect.rules.base import Outcome, Rule
from symkl.form.facts import Facts

__all__ = ["rule_with"]


def rule_with(first_outcome: Rule) -> Rule:
    """The rule, given how the expectation under a component is found."""

    def rule(f: Expr, x: Symbol, law: Law, facts: Facts) -> Outcome | None:
        if not isinstance(law, Mixture):
            return None
        found = []
        for each in law.components:
            outcome = first_outcome(f, x, each, facts)
            if outcome is None:
                return None
            found.append(outcome)
        parts = [w * Expectation(f, x, each) for w, each in zip(law.weights, law.components)]
        steps = [Step(Expectation(f, x, law), Add(*parts), "mixture", "the mean under a mixture")]
        for outcome in found:
            steps += [step for step in outcome.steps if step not in steps]
        conditions = tuple(dict.fromkeys(c for outcome in found for c in outcome.conditions))
        return Outcome(Add(*(w * outcome.value for w, outcome in zip(law.weights, found))), tuple(steps), conditions)

    return rule
