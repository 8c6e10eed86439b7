"""Verdicts in print: the status first, the steps numbered, the letters of each format."""

from __future__ import annotations

import pickle

import pytest
from sympy import Eq, Rational, Symbol

from symkl.core.heads import KL
from symkl.core.verdict import Verdict, Worded
from symkl.families import Laplace, Normal
from symkl.prove import prove
from symkl.prove.texform import decimal_tex
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


def test_numbers_and_witnesses_are_formulas_in_latex() -> None:
    laws, shannon = prove("D(P||Q) = D(Q||P)").latex(), prove("I(X;Y) <= 0").latex()
    assert r"left $= \frac{7}{10} \log 7 + \frac{3}{10} \log 3 - \log 5 \approx 0.0822829$" in laws
    assert r"Witness: $P = (\tfrac{7}{10}$, $\tfrac{3}{10})$" in laws
    assert r"left $-$ right $= \log 2$" in shannon
    assert r"$(X, Y) \sim \{(0, 0)\colon \tfrac{1}{2}$, $(1, 1)\colon \tfrac{1}{2}\}$" in shannon
    assert (laws + shannon).isascii()


def test_a_worded_reason_is_a_text_with_latex() -> None:
    reason = Worded("left ≈ 1", r"left $\approx 1$")
    assert pickle.loads(pickle.dumps(reason)).tex == reason.tex
    assert Verdict("unknown", reason=reason).latex() == r"\emph{unknown}. Left $\approx 1$."
    assert render(Verdict("unknown", reason=reason), "text").endswith("left ~= 1")


def test_a_wide_claim_is_displayed() -> None:
    assert prove(KL(Normal(0, 1), Laplace(0, 1)) <= Rational(1, 100)).latex().startswith(r"\[D_{\mathrm{KL}}")


@pytest.mark.parametrize(("text", "tex"), [("1e-05", r"1 \cdot 10^{-5}"), ("-oo", r"-\infty"), ("0.25", "0.25"), ("0 ± 1e-30", r"0 \pm 1 \cdot 10^{-30}")])
def test_decimals(text: str, tex: str) -> None:
    assert decimal_tex(text) == tex


def test_a_logarithm_without_brackets_stands_last() -> None:
    assert r"\mathrm{TV}\left(P, Q\right)\,\log 2 \ge 0" in render(prove("log(2)*TV(P,Q) >= 0"), "latex")
