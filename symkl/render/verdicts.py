"""Verdicts in each format: what was claimed, what is known of it, and why."""

from __future__ import annotations

from typing import Any

from sympy import Basic

from symkl.core.verdict import Verdict
from symkl.render.tex import TexPrinter, escaped
from symkl.render.text import TextPrinter
from symkl.render.unicode import UnicodePrinter

__all__ = ["verdict_latex", "verdict_markdown", "verdict_text"]


def verdict_text(verdict: Verdict, unicode: bool = False) -> str:
    """The status and the claim on one line, then the reason, the steps and the witness."""
    printer = UnicodePrinter() if unicode else TextPrinter()
    lines = [verdict.status if verdict.claim is None else f"{verdict.status}: {_plain(verdict.claim, printer)}"]
    if verdict.reason:
        lines.append(f"  {printer.prose(verdict.reason)}")
    width = len(str(len(verdict.steps)))
    lines += [f"  {i:{width}}. {_plain(step, printer)}" for i, step in enumerate(verdict.steps, 1)]
    if verdict.witness is not None:
        lines.append(f"  witness: {_plain(verdict.witness, printer)}")
    return "\n".join(lines)


def _plain(thing: Any, printer: TextPrinter) -> str:
    if isinstance(thing, dict):
        return ", ".join(f"{_plain(key, printer)} = {_plain(value, printer)}" for key, value in thing.items())
    return printer.doprint(thing) if isinstance(thing, Basic) else printer.prose(str(thing))


def verdict_latex(verdict: Verdict) -> str:
    """A paragraph: the claim, its status, and the steps as an `enumerate` environment."""
    claim = "" if verdict.claim is None else f"{_tex(verdict.claim)} --- "
    lines = [rf"{claim}\emph{{{verdict.status}}}." + (f" {escaped(verdict.reason)}" if verdict.reason else "")]
    if verdict.steps:
        items = [rf"  \item {_tex(step)}" for step in verdict.steps]
        lines += [r"\begin{enumerate}", *items, r"\end{enumerate}"]
    if verdict.witness is not None:
        lines.append(f"Witness: {_tex(verdict.witness)}")
    return "\n".join(lines)


def _tex(thing: Any) -> str:
    if isinstance(thing, dict):
        return ", ".join(f"{_tex(key)} = {_tex(value)}" for key, value in thing.items())
    if isinstance(thing, Basic):
        return f"${TexPrinter().doprint(thing)}$"
    if hasattr(thing, "_latex"):
        return f"${thing._latex(TexPrinter())}$"
    own = getattr(thing, "latex", None)
    return str(own()) if callable(own) else escaped(str(thing))


def verdict_markdown(verdict: Verdict) -> str:
    """**status**: claim, the reason, the steps as a numbered list."""
    claim = "" if verdict.claim is None else f": {_tex(verdict.claim)}"
    lines = [f"**{verdict.status}**{claim}"]
    if verdict.reason:
        lines += ["", verdict.reason]
    if verdict.steps:
        lines += ["", *(f"{i}. {_tex(step)}" for i, step in enumerate(verdict.steps, 1))]
    if verdict.witness is not None:
        lines += ["", f"Witness: {_tex(verdict.witness)}"]
    return "\n".join(lines)
