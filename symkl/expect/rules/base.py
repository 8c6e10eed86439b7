"""What a rule answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.form.facts import Facts

__all__ = ["Outcome", "Rule"]


@dataclass(frozen=True)
class Outcome:
    """The value of an expectation, the steps from it to the value, and the conditions they need."""

    value: Expr
    steps: tuple[Step, ...]
    conditions: tuple[Boolean, ...] = ()


#: (f, x, law, facts) → the outcome, or None if the rule is not concerned.
Rule = Callable[[Expr, Symbol, Law, Facts], Outcome | None]
