"""Verdicts in print: the status first, the steps numbered, the letters of each format."""

from __future__ import annotations

import pytest
from sympy import Eq, Symbol

from symkl.core.verdict import Verdict
from symkl.prove import prove
from symkl.render import render

PLAIN = Verdict("proved", reason="by Gibbs ≥ 0", steps=("D ≥ 0", Eq(Symbol("x"), 2)), claim="D(P||Q) >= 0")


def test_text_and_unicode() -> None:
    assert render(PLAIN, "text") == "proved: D(P||Q) >= 0\n  by Gibbs >= 0\n  1. D >= 0\n  2. x = 2"
    assert render(PLAIN, "unicode") == "proved: D(P‖Q) ≥ 0\n  by Gibbs ≥ 0\n  1. D ≥ 0\n  2. x = 2"


def test_latex_and_markdown() -> None:
    assert r"\item $x = 2$" in render(PLAIN, "latex")
    assert render(PLAIN, "markdown").startswith("**proved**")
    assert PLAIN._repr_markdown_() == render(PLAIN, "markdown")


@pytest.mark.parametrize("claim", ["D(P||Q) = D(Q||P)", "H(X) <= H(X,Y)", "I(X;Z) <= I(X;Y)", "D(P||Q) >= 2*TV(P,Q)^2", "JSD(P,Q) <= log(2)"])
def test_real_verdicts(claim: str) -> None:
    verdict = prove(claim)
    for form in ("text", "latex", "python"):
        assert render(verdict, form).isascii(), render(verdict, form)
    for form in ("text", "unicode", "markdown", "latex"):
        assert verdict.status in render(verdict, form)
    if verdict.is_refuted:
        assert "itness" in render(verdict, "markdown")
