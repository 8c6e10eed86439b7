"""Verdicts in each format: what was claimed, what is known of it, and why."""

from __future__ import annotations

from typing import Any

from sympy import Basic

from symkl.core.verdict import Verdict, Worded
from symkl.render.tex import TexPrinter, escaped
from symkl.render.texlayout import PAGE
from symkl.render.texlines import broken
from symkl.render.text import TextPrinter
from symkl.render.texwidth import width
from symkl.render.unicode import UnicodePrinter

__all__ = ["verdict_latex", "verdict_markdown", "verdict_text"]

#: Points; a wider formula is not put into a line of text.
INLINE = 160.0


def verdict_text(verdict: Verdict, unicode: bool = False) -> str:
    """The status and the claim on one line, then the reason, the steps and the witness."""
    printer = UnicodePrinter() if unicode else TextPrinter()
    given = ", given " + ", ".join(_plain(each, printer) for each in verdict.given) if verdict.given else ""
    lines = [verdict.status if verdict.claim is None else f"{verdict.status}: {_plain(verdict.claim, printer)}{given}"]
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
    lines = [rf"{_claim(verdict)}\emph{{{verdict.status}}}." + (f" {_sentence(verdict.reason)}" if verdict.reason else "")]
    if verdict.steps:
        items = [rf"  \item {_tex(step)}" for step in verdict.steps]
        lines += [r"\begin{enumerate}", *items, r"\end{enumerate}"]
    if verdict.witness is not None:
        lines.append(f"Witness: {_tex(verdict.witness)}.")
    return "\n".join(lines)


def _claim(verdict: Verdict) -> str:
    """The claim and a dash; one too wide for a line of text is displayed, in as many lines as it takes."""
    shown, given = "" if verdict.claim is None else _tex(verdict.claim), _given(verdict)
    formula = shown[1:-1]
    if not shown or "$" in formula or shown[0] != "$" or width(formula) <= INLINE:
        return f"{shown}{given} --- " if shown else ""
    lines = broken(formula, PAGE)
    display = f"\\[{lines[0]}\\]\n" if len(lines) == 1 else "\\begin{gather*}\n" + " \\\\\n".join(lines) + "\n\\end{gather*}\n"
    return display + (f"{given[2:]} --- " if given else "")


def _given(verdict: Verdict) -> str:
    return f", given {', '.join(map(_tex, verdict.given))}" if verdict.given else ""


def _sentence(reason: str) -> str:
    """With a capital letter and a full stop."""
    shown = _tex(reason)
    return shown[:1].upper() + shown[1:] + "." * (not shown.endswith("."))


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
    claim = "" if verdict.claim is None else f": {_tex(verdict.claim)}{_given(verdict)}"
    lines = [f"**{verdict.status}**{claim}"]
    if verdict.reason:
        lines += ["", verdict.reason.latex() if isinstance(verdict.reason, Worded) else verdict.reason]
    if verdict.steps:
        lines += ["", *(f"{i}. {_tex(step)}" for i, step in enumerate(verdict.steps, 1))]
    if verdict.witness is not None:
        lines += ["", f"Witness: {_tex(verdict.witness)}"]
    return "\n".join(lines)
