"""`Derivation`: a head, its value, and the steps between them, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from sympy import Expr
from sympy.logic.boolalg import Boolean

from symkl.core.heads import Expectation
from symkl.core.hooks import resolve
from symkl.core.steps import Step
from symkl.core.verdict import Verdict
from symkl.derive.evaluable import plain
from symkl.derive.kinds import Kind, kind_of

__all__ = ["Derivation", "Status"]

Status = Literal["closed", "semi-closed", "infinite"]


@dataclass(frozen=True, repr=False)
class Derivation:
    """How `head` becomes `result`: each step says before, after, rule and conditions.

    `status` is "closed" when every finite branch is in closed form, "infinite" when the answer is oo for all parameters, and
    "semi-closed" when an `Expectation` stays (`unreduced` names it, `rules_asked` the rules that were asked).
    `conditions` are what plain symbols were taken to satisfy. `.check()` replays the steps through the independent checker,
    `.certify()` encloses the defining integral or sum and compares.

    >>> from symkl import derive, KL, Exponential
    >>> derive(KL(Exponential, Exponential)).status
    'closed'
    """

    head: Expr
    result: Expr
    status: Status
    steps: tuple[Step, ...] = ()
    conditions: tuple[Boolean, ...] = ()
    unreduced: tuple[Expectation, ...] = ()
    rules_asked: tuple[str, ...] = field(default=(), compare=False)

    @property
    def kind(self) -> Kind:
        """How closed the form is: elementary, special, hypergeometric, finite sum or series."""
        return kind_of(self.result)

    def check(self) -> Verdict:
        """The verdict of the independent checker on every step."""
        from symkl.derive.check import check_steps

        return check_steps(self.head, self.steps, plain(self.result), self.conditions)

    def certify(self, digits: int = 50, points: int = 5, seed: int = 0) -> Verdict:
        """The result against rigorous enclosures of the defining integral or sum, at exact random points."""
        return resolve("certify")(self, digits=digits, points=points, seed=seed)

    def text(self) -> str:
        """The derivation as numbered, aligned lines for a terminal."""
        return resolve("text")(self)

    def latex(self) -> str:
        """The derivation as a LaTeX `align*` environment."""
        return resolve("latex")(self)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        kind = "" if self.status == "infinite" else f", {self.kind}"
        return f"<Derivation {self.head} = {self.result} ({self.status}{kind}, {len(self.steps)} steps)>"

    def _repr_latex_(self) -> str:
        return self.latex()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(self.text())
