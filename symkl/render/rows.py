"""A derivation as the rows of a chain of equations, before any format is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Add, Basic, Expr, Piecewise
from sympy.logic.boolalg import Boolean

from symkl.core.density import Density
from symkl.core.heads import Expectation, Head
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.form.branches import unnested

__all__ = ["Row", "auxiliary_names", "law_names", "rows"]


@dataclass(frozen=True)
class Row:
    """left = right by `step`; `left` is None where the row continues the one above. A row without a step gathers what was found."""

    left: Basic | None
    right: Basic
    step: Step | None


def rows(head: Expr, steps: tuple[Step, ...], result: Expr, shown: Callable[[Any], str]) -> list[Row]:
    """The rows that a reader is shown; `shown` tells what looks the same in print, so that nothing is said twice."""
    found: list[Row] = []
    current: Basic = head
    last: str | None = None
    for step in steps:
        if step.kind == "mass":
            found.append(Row(step.before, step.after, step))
            continue
        before, after = shown(step.before), shown(step.after)
        # Arithmetic between two steps is not shown, so the whole may stand simplified in the next step.
        whole = not current.has(step.before) or before in (shown(part) for part in _wholes(current))
        current = current.xreplace({step.before: step.after})
        if before == after:
            continue
        if step.kind == "coordinates":
            parts = step.data["parts"]
            found.append(Row(step.before, Add(*(part for part, _, _ in parts)), step))
            for part, inner, value in parts:
                found += rows(part, inner, value, shown)
            continue
        if before == last:
            found.append(Row(None, step.after, step))
        elif whole and last is not None and not isinstance(step.before, Head):
            found += [Row(head, step.before, None), Row(None, step.after, step)]
        else:
            found.append(Row(step.before, step.after, step))
        last = after
    if shown(result) != last:
        found.append(Row(head, result, None))
    return [Row(unnested(row.left), unnested(row.right), row.step) for row in found]


def _wholes(current: Basic) -> list[Basic]:
    """The expression itself, and its finite branch."""
    return [current, current.args[0].args[0]] if isinstance(current, Piecewise) else [current]


def flattened(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps, those within the coordinates of products included."""
    return tuple(each for step in steps for each in (step, *(s for _, inner, _ in step.data.get("parts", ()) for s in inner)))


def law_names(head: Expr, steps: tuple[Step, ...]) -> dict[Law, str]:
    """P and Q for the laws of the head, in the symbols given and in those with assumptions that the steps use; P_1, P_2 for coordinates."""
    names: dict[Law, str] = {}
    for step in steps:
        if step.kind == "coordinates":
            names.update(zip(getattr(head, "laws", ()), "PQR"))
            for i, (part, inner, _) in enumerate(step.data["parts"], 1):
                for law, name in law_names(part, inner).items():
                    names.setdefault(law, f"{name}_{i}")
            return names
    for each in [head, *(part for step in steps if step.kind == "assumption" for part in (step.before, step.after))]:
        laws = each.laws if isinstance(each, Head) else (each.under,) if isinstance(each, Expectation) else ()
        for law, name in zip(laws, ("P", "Q", "R")):
            names.setdefault(law, name)
    return names


def auxiliary_names(steps: tuple[Step, ...], names: dict[Law, str]) -> dict[Law, str]:
    """The laws of substituted variables go by the variable's name: E_z for z with a density given at the substitution."""
    found: dict[Law, str] = {}
    for step in flattened(steps):
        for each in sorted(step.after.atoms(Expectation), key=str):
            if isinstance(each.under, Density) and each.under not in names:
                found[each.under] = each.variable.name
    return found


def conditions_of(step: Step) -> tuple[Boolean, ...]:
    """The side conditions worth printing: those of a piecewise step stand in its equation already."""
    return () if step.kind in ("piecewise", "assumption", "definition") else step.conditions
