"""A step of a proof: a line of text and a line of LaTeX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from symkl.prove.terms import Constant, Scalar, plus, times
from symkl.prove.texform import scalar_tex

__all__ = ["Step", "formula_step", "weighted_sum"]


@dataclass(frozen=True)
class Step:
    """What is said, as text and as LaTeX (text mode, formulas in dollars)."""

    text: str
    tex: str

    def __str__(self) -> str:
        return self.text

    def latex(self) -> str:
        return self.tex


def formula_step(left: Scalar, sign: str, right: Scalar, why: str = "", why_tex: str | None = None) -> Step:
    """left sign right, with the reason."""
    signs = {"=": "=", "<=": r"\le", ">=": r"\ge", "<": "<", ">": ">", "!=": r"\ne"}
    text = f"{left} {sign} {right}"
    tex = f"${scalar_tex(left)} {signs[sign]} {scalar_tex(right)}$"
    return Step(f"{text}  ({why})", f"{tex} ({plain_tex(why) if why_tex is None else why_tex})") if why else Step(text, tex)


_IN_TEX = {
    "≤": r"$\le$",
    "≥": r"$\ge$",
    "−": "$-$",
    "–": "--",
    "<=": r"$\le$",
    ">=": r"$\ge$",
    "_": r"\_",
    "^": r"\^{}",
    "||": r"$\,\|\,$",
    "‖": r"$\,\|\,$",
}


def plain_tex(text: str) -> str:
    """A reason, written as text, in LaTeX's text mode."""
    for plain, tex in _IN_TEX.items():
        text = text.replace(plain, tex)
    return text


def weighted_sum(parts: Sequence[tuple[Fraction, Scalar]]) -> Scalar:
    return plus(*(times(Constant(w), each) for w, each in parts))
