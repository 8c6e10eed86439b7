"""Results as JSON: the expression in SymPy's syntax, its LaTeX, status, conditions, steps and value."""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterable
from typing import Any

import sympy
from sympy import Basic
from sympy.logic.boolalg import Boolean
from sympy.printing.str import StrPrinter

from symkl.core.heads import Expectation, Head
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.form.kept import is_kept
from symkl.render.conditions import laws_in, stated_conditions
from symkl.render.derivations import DerivationLike
from symkl.render.tex import TexPrinter
from symkl.render.text import TextPrinter

__all__ = ["ball_data", "conditions_data", "derivation_data", "dumps", "expression_data", "statement_data", "step_data", "sympy_text"]

_SYMPY_NAMES = frozenset(vars(sympy))


class _SympyPrinter(StrPrinter):
    """SymPy's own input syntax. Laws and heads print as calls, which SymPy reads as undefined functions."""

    printmethod = "_symkl_sympy"

    def _print_Symbol(self, expr: Any) -> str:
        # `beta` would be read back as the function, `lambda` not at all.
        if expr.name in _SYMPY_NAMES or keyword.iskeyword(expr.name) or not expr.name.isidentifier():
            return f"Symbol({expr.name!r})"
        return str(expr.name)

    _print_Dummy = _print_Symbol

    def _print(self, expr: Any, **kwargs: Any) -> str:
        if isinstance(expr, Head):
            laws = ", ".join(self._print(arg) for arg in expr.args)
            return f"{type(expr).__name__}({laws})"
        if isinstance(expr, Expectation):
            return f"Expectation({', '.join(self._print(arg) for arg in expr.args)})"
        if isinstance(expr, Law):  # SymPy has a printer of its own for a class called Uniform
            return str(expr._sympystr(self))
        if is_kept(expr):
            return f"{type(expr).__name__}({', '.join(self._print(arg) for arg in expr.args)}, evaluate=False)"
        return str(super()._print(expr, **kwargs))

    def _print_LogSum(self, expr: Any) -> str:
        return str(self._print(expr.as_expr()))

    def emptyPrinter(self, expr: Any) -> str:
        own = getattr(expr, "_sympystr", None)
        return str(own(self)) if own is not None else str(super().emptyPrinter(expr))  # type: ignore[no-untyped-call]


def sympy_text(expr: Basic) -> str:
    """The expression in SymPy's syntax; `sympy.sympify` gives it back (with plain symbols).

    >>> from sympy import symbols, log
    >>> sympy_text(log(symbols("beta", positive=True))**2)
    "log(Symbol('beta'))**2"
    """
    return str(_SympyPrinter()._print(expr))  # type: ignore[no-untyped-call]


def step_data(step: Step) -> dict[str, Any]:
    """One step: what was replaced by what, by which rule, under which conditions."""
    return {
        "before": sympy_text(step.before),
        "after": sympy_text(step.after),
        "rule": step.rule,
        "kind": step.kind,
        "conditions": [sympy_text(condition) for condition in step.conditions],
    }


def expression_data(expr: Basic) -> dict[str, Any]:
    """The expression in the syntaxes a program may want."""
    return {"expr": sympy_text(expr), "text": TextPrinter().doprint(expr), "latex": TexPrinter().doprint(expr)}


def derivation_data(derivation: DerivationLike) -> dict[str, Any]:
    """Everything that is known of a derivation but its value and its check."""
    return statement_data(derivation) | {"steps": [step_data(step) for step in derivation.steps]}


def statement_data(derivation: DerivationLike) -> dict[str, Any]:
    """The same without its steps."""
    head: Any = derivation.head
    return {
        "statement": TextPrinter().doprint(head),
        "statement_latex": TexPrinter().doprint(head),
        **expression_data(derivation.result),
        "status": derivation.status,
        "kind": derivation.kind if derivation.status != "infinite" else "infinite",
        "base": sympy_text(getattr(head, "base", sympy.E)),
        "conditions": conditions_data(head, derivation.conditions),
    }


def conditions_data(head: Any, conditions: Iterable[Boolean]) -> list[str]:
    """What the laws of a head require of their parameters, and what else is presupposed."""
    return [sympy_text(condition) for condition in stated_conditions(laws_in(head), conditions)]


def ball_data(ball: Any) -> dict[str, Any]:
    """A number: `value` as a JSON number, `digits` with every right digit, `radius` its proved error."""
    finite = getattr(ball, "is_finite", True)
    shown = str(ball)
    return {
        "value": float(ball) if finite else shown,
        "digits": shown,
        "radius": str(_radius(ball)) if finite else "0",
        "is_rigorous": bool(ball.is_rigorous),
    }


def _radius(ball: Any) -> str:
    from mpmath import nstr

    return str(nstr(ball.rad, 3))


def verdict_data(verdict: Any) -> dict[str, Any]:
    """A verdict: status, reason, steps, witness and certificate."""
    return {
        "status": verdict.status,
        "claim": None if verdict.claim is None else str(verdict.claim),
        "given": [str(each) for each in verdict.given],
        "reason": verdict.reason,
        "steps": [str(step) for step in verdict.steps],
        "witness": None if verdict.witness is None else str(verdict.witness),
        "certificate": verdict.certificate,
    }


def dumps(data: Any) -> str:
    """JSON for people and programs: indented, Unicode as it is; no NaN, no Infinity."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)
