"""Everything symkl says, in print: text, Unicode, LaTeX, Markdown, Python code and JSON."""

from __future__ import annotations

from typing import Any

from sympy import Basic, Expr

from symkl.core.verdict import Verdict
from symkl.render.code import python_function
from symkl.render.data import ball_data, derivation_data, dumps, expression_data, verdict_data
from symkl.render.derivations import derivation_latex, derivation_markdown, derivation_text
from symkl.render.tex import TexPrinter
from symkl.render.text import TextPrinter
from symkl.render.unicode import UnicodePrinter
from symkl.render.verdicts import verdict_latex, verdict_markdown, verdict_text

__all__ = ["FORMATS", "function_name", "latex", "markdown", "render", "text"]

FORMATS = ("text", "unicode", "latex", "markdown", "python", "json")


def render(thing: Any, form: str = "text") -> str:
    """A derivation, verdict, ball, law or expression as text in one of `FORMATS`.

    >>> from sympy import symbols, log
    >>> s1, s2 = symbols("sigma_1 sigma_2", positive=True)
    >>> render(log(s2/s1) - s1**2/(2*s2**2), "unicode")
    'log(σ₂/σ₁) − σ₁²/(2σ₂²)'
    """
    if form not in FORMATS:
        raise ValueError(f"format {form!r}: one of {', '.join(FORMATS)} is wanted")
    if isinstance(thing, Verdict):
        return _verdict(thing, form)
    if hasattr(thing, "steps") and hasattr(thing, "result"):
        return _derivation(thing, form)
    if hasattr(thing, "is_rigorous"):
        return dumps(ball_data(thing)) if form == "json" else str(thing)
    return _expression(thing, form)


def _verdict(verdict: Verdict, form: str) -> str:
    match form:
        case "latex":
            return verdict_latex(verdict)
        case "markdown":
            return verdict_markdown(verdict)
        case "json":
            return dumps(verdict_data(verdict))
        case _:
            return verdict_text(verdict, unicode=form == "unicode")


def _derivation(derivation: Any, form: str) -> str:
    match form:
        case "latex":
            return derivation_latex(derivation)
        case "markdown":
            return derivation_markdown(derivation)
        case "json":
            return dumps(derivation_data(derivation))
        case "python":
            return python_function(derivation.result, derivation.head, function_name(derivation.head))
        case _:
            return derivation_text(derivation, unicode=form == "unicode")


def function_name(head: Any) -> str:
    """KL as kl, CrossEntropy as cross_entropy."""
    name = type(head).__name__
    return "kl" if name == "KL" else "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def _expression(expr: Any, form: str) -> str:
    match form:
        case "unicode":
            return UnicodePrinter().doprint(expr)
        case "latex":
            return TexPrinter().doprint(expr)
        case "markdown":
            return f"$${TexPrinter().doprint(expr)}$$"
        case "python" if isinstance(expr, Expr):
            return python_function(expr)
        case "json" if isinstance(expr, Basic):
            return dumps(expression_data(expr))
        case _:
            return TextPrinter().doprint(expr)


def text(thing: Any) -> str:
    """Unicode text: what `.text()` and `str()` of a derivation give."""
    return render(thing, "unicode")


def latex(thing: Any) -> str:
    """LaTeX: what `.latex()` of a derivation gives."""
    return render(thing, "latex")


def markdown(thing: Any) -> str:
    """Markdown: how a verdict shows itself in a notebook."""
    return render(thing, "markdown")
