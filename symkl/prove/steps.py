"""A step of a proof: a line of text and a line of LaTeX."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from symkl.prove.terms import Constant, Scalar, plus, times
from symkl.prove.texform import scalar_tex

__all__ = ["Step", "formula_step", "plain", "weighted_sum"]


@dataclass(frozen=True)
class Step:
    """What is said, as text and as LaTeX (text mode, formulas in dollars)."""

    text: str
    tex: str

    def __str__(self) -> str:
        return self.text

    def latex(self) -> str:
        return self.tex


def plain(expression: object) -> str:
    """The text of an expression as it is written on the command line, with ^ for powers."""
    return str(expression).replace("**", "^")


def formula_step(left: Scalar, sign: str, right: Scalar, why: str = "", why_tex: str | None = None) -> Step:
    """left sign right, with the reason; "so" begins the sentence."""
    signs = {"=": "=", "<=": r"\le", ">=": r"\ge", "<": "<", ">": ">", "!=": r"\ne"}
    text = f"{left} {sign} {right}"
    tex = f"${scalar_tex(left)} {signs[sign]} {scalar_tex(right)}$"
    if why == "so":
        return Step(f"so {text}", f"so {tex}")
    return Step(f"{text}  ({why})", f"{tex} ({plain_tex(why) if why_tex is None else why_tex})") if why else Step(text, tex)


_IN_TEX = {
    "<=": r"$\le$",
    ">=": r"$\ge$",
    "||": r"$\,\|\,$",
    "->": r"$\to$",
    "\\": r"\textbackslash{}",
    "_": r"\_",
    "^": r"\^{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "<": "$<$",
    ">": "$>$",
    "|": r"$\mid$",
    "–": "--",
    "½": r"$\frac12$",
    **{sign: f"${tex}$" for sign, tex in (
        ("≤", r"\le"), ("≥", r"\ge"), ("−", "-"), ("‖", r"\,\|\,"), ("×", r"\times"), ("·", r"\cdot"), ("√", r"\surd"), ("≈", r"\approx"), ("∞", r"\infty"),
        ("∫", r"\int"), ("Σ", r"\sum"), ("∂", r"\partial"), ("∇", r"\nabla"), ("⊗", r"\otimes"), ("→", r"\to"),
        ("α", r"\alpha"), ("β", r"\beta"), ("ε", r"\varepsilon"), ("θ", r"\theta"), ("λ", r"\lambda"), ("μ", r"\mu"), ("π", r"\pi"), ("ρ", r"\rho"), ("σ", r"\sigma"),
        ("τ", r"\tau"), ("χ", r"\chi"), ("ψ", r"\psi"), ("²", "^2"), ("ⁿ", "^n"), ("ᵀ", "^T"), ("⁻", "^-"), ("¹", "^1"), ("₀", "_0"), ("₁", "_1"), ("₂", "_2"), ("₃", "_3"), ("ₓ", "_x"),
    )},
}  # fmt: skip


def plain_tex(text: str) -> str:
    """A text in LaTeX's text mode, its mathematical signs in dollars."""
    found = []
    i = 0
    while i < len(text):
        size = 2 if text[i : i + 2] in _IN_TEX else 1
        sign = text[i : i + size]
        found.append(_IN_TEX.get(sign) or (sign if sign.isascii() else _accented(sign)))
        i += size
    return "".join(found)


#: Combining marks.
_ACCENTS = {"\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u030c": "v ", "\u0327": "c "}


def _accented(character: str) -> str:
    r"""\'{e} for é, $\Gamma$ for Γ, and ? for what is no letter."""
    alphabet, *words = unicodedata.name(character, "").split()
    if alphabet == "GREEK" and len(words) == 3:
        return rf"$\{words[2].lower() if words[0] == 'SMALL' else words[2].capitalize()}$"
    letter, *marks = list(unicodedata.normalize("NFD", character))
    return rf"\{_ACCENTS[marks[0]]}{{{letter}}}" if letter.isascii() and marks and marks[0] in _ACCENTS else "?"


def weighted_sum(parts: Sequence[tuple[Fraction, Scalar]]) -> Scalar:
    return plus(*(times(Constant(w), each) for w, each in parts))
