"""Claims whose left side is a calculation to be seen: a slope, a sum, a minimum. It is carried out in steps, and then proved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sympy import Eq, Expr, Min, Sum, Symbol, UnevaluatedExpr, diff, latex
from sympy.core.relational import Ge, Gt, Le, Lt, Ne, Relational

from symkl.core.heads import Head
from symkl.core.verdict import Verdict
from symkl.derive.measures import derive
from symkl.prove import prove
from symkl.prove.steps import Step, plain

__all__ = ["Slope", "calculated", "is_written_out", "relation_text"]

SIGNS: tuple[tuple[Any, str], ...] = ((Eq, "="), (Ne, "!="), (Le, "<="), (Ge, ">="), (Lt, "<"), (Gt, ">"))


@dataclass(frozen=True)
class Slope:
    """∂ⁿ of/∂byⁿ = value, at the values `at` of the variables."""

    of: Expr
    by: Symbol
    at: tuple[tuple[Symbol, Expr], ...]
    value: Any
    order: int = 1

    @property
    def operator(self) -> str:
        power = f"^{self.order}" if self.order > 1 else ""
        return f"d{power}/d{self.by}{power}"

    @property
    def operator_tex(self) -> str:
        power = f"^{{{self.order}}}" if self.order > 1 else ""
        return rf"\frac{{\partial{power}}}{{\partial {latex(self.by)}{power}}}"

    @property
    def point(self) -> str:
        return ", ".join(f"{name} = {plain(value)}" for name, value in self.at)

    def __str__(self) -> str:
        return f"{self.operator} [{plain(self.of)}] = {plain(self.value)} at {self.point}"

    def _latex(self, printer: Any) -> str:
        point = ",\\; ".join(f"{latex(name)} = {latex(value)}" for name, value in self.at)
        return rf"{self.operator_tex} \left[{latex(self.of)}\right] = {latex(self.value)} \quad\text{{at }} {point}"


def relation_text(claim: Any) -> str:
    """A relation with its sign between the sides."""
    sign = next((sign for kind, sign in SIGNS if isinstance(claim, kind)), None)
    return str(claim) if sign is None else f"{plain(claim.lhs)} {sign} {plain(claim.rhs)}"


def is_written_out(claim: Any) -> bool:
    """Whether the claim holds a sum or a minimum to be carried out first."""
    return isinstance(claim, Relational) and bool(claim.atoms(Sum, Min, UnevaluatedExpr)) and not claim.atoms(Head)


def calculated(claim: Slope | Relational) -> Verdict:
    """The verdict on what the calculation gives, with the calculation in front of its steps."""
    steps: list[Step] = []
    if isinstance(claim, Slope):
        value = claim.of
        for head in sorted(value.atoms(Head), key=str):
            result = derive(head).result
            steps.append(_step(str(head), latex(head), result, "derived"))
            value = value.xreplace({head: result})
        slope = diff(value, claim.by, claim.order)
        steps.append(_step(claim.operator, claim.operator_tex, slope, "differentiated"))
        left, right = slope.subs(dict(claim.at), simultaneous=True), claim.value
        steps.append(_step(f"at {claim.point}: {claim.operator}", claim.operator_tex, left, "put in"))
    else:
        left, right = claim.lhs.doit(), claim.rhs.doit()
        steps += [_step(plain(side), latex(side), done, "carried out") for side, done in ((claim.lhs, left), (claim.rhs, right)) if side != done]
    verdict = prove(Eq(left, right, evaluate=False))
    ends = steps[-1].text.endswith(f"= {plain(left)}  (carried out)") and left == right
    more = () if ends or left == right else verdict.steps
    return replace(verdict, steps=(*steps, *more), claim=claim, certificate=None)


def _step(name: str, tex: str, value: Any, why: str) -> Step:
    return Step(f"{name} = {plain(value)}  ({why})", f"${tex} = {latex(value)}$ ({why})")
