"""LaTeX derivations fit a page: the rows are broken outside of fractions, brackets stay paired, and LaTeX itself agrees."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from symkl.core.heads import KL
from symkl.derive import derive
from symkl.families import (
    Beta,
    Binomial,
    Gamma,
    GeneralizedGamma,
    Hypergeometric,
    Kumaraswamy,
    LogNormal,
    Normal,
    Pareto,
    Poisson,
    StudentT,
    Triangular,
    TruncatedNormal,
    Uniform,
    Weibull,
)
from symkl.render import latex, render
from symkl.render.texlayout import PAGE
from symkl.render.texlines import broken
from symkl.render.texwidth import width

PAIRS = [
    (Gamma, LogNormal),
    (StudentT, Normal),
    (Weibull, Gamma),
    (GeneralizedGamma, GeneralizedGamma),
    (Beta, Kumaraswamy),
    (Pareto, Pareto),
    (Binomial, Binomial),
    (Triangular, Gamma),
    (Uniform, Triangular),
    (Poisson, Poisson),
    (Hypergeometric, Binomial),
]


def lines(tex: str) -> list[str]:
    return [line.removesuffix(r" \\") for line in tex.split("\n") if not line.startswith((r"\begin{align*}", r"\end{align*}"))]


@pytest.mark.parametrize(("P", "Q"), PAIRS, ids=lambda family: family.__name__)
def test_the_rows_fit_a_page(P: type, Q: type) -> None:
    tex = latex(derive(KL(P, Q)))
    assert tex.startswith("\\begin{align*}\n")
    assert tex.endswith("\n\\end{align*}")
    for line in lines(tex):
        left, _, right = line.partition("&")
        assert width(right.replace("&&", "")) < PAGE + 15, line
        assert width(left) < PAGE / 3
        plain = line.replace(r"\{", "").replace(r"\}", "")
        for opening, closing in ((r"\{", r"\}"), (r"\\left\b", r"\\right\b"), (r"\\begin\{cases\}", r"\\end\{cases\}")):
            assert len(re.findall(opening, plain)) == len(re.findall(closing, plain)), line
    for size in ("big", "Big"):
        assert tex.count(rf"\{size}l") == tex.count(rf"\{size}r")


def test_reasons_are_there() -> None:
    tex = latex(derive(KL(Gamma, LogNormal)))
    for reason in (
        "definition",
        "linearity of the expectation",
        "gamma integral",
        r"\text{(substitution } x = ",
        r"\text{ has density }",
        "collecting terms",
    ):
        assert reason in tex
    assert "mu\\_1" not in latex(derive(KL(StudentT, Normal)))


def test_short_derivations_have_their_reasons_in_a_column() -> None:
    assert r" && \text{" in latex(derive(KL(Normal(0, 1), Normal(0, 1))))


def test_breaks() -> None:
    assert broken("a + b", 1000) == ["a + b"]
    assert broken("a + b", 20) == ["a", "+ b"]
    # Outside of brackets first, then within them; what was opened with \left gets a fixed size.
    assert broken(r"a \left(b + c\right) + d", 45) == [r"a \left(b + c\right)", "+ d"]
    assert broken(r"a \left(bbbb + cccc\right)", 45) == [r"a \bigl(bbbb", r"\quad + cccc\bigr)"]
    # Never inside of braces, after a bracket or at a sign that is no operation.
    assert broken(r"x^{a + b}", 5) == [r"x^{a + b}"]
    assert broken(r"\left(-a\right)", 5) == [r"\left(-a\right)"]
    assert broken(r"\frac{aaaaa + bbbbb}{c}", 40) == [r"\frac{1}{c} \bigl(aaaaa", r"\quad + bbbbb\bigr)"]
    assert broken(r"e^{aaaaaaaaaaa + bbbbbbbb}", 60)[0].startswith(r"\exp\bigl(")


@pytest.mark.parametrize(
    ("tex", "points"),
    [
        ("x", 5.7),
        (r"\alpha + 1", 23),
        (r"\frac{a + b}{c}", 29),
        (r"\log\sigma_2", 28),
        (r"\text{otherwise}", 41),
        ("x^2", 10),
        (r"\psi(\alpha_1)", 26),
    ],
)
def test_widths_are_about_those_of_latex(tex: str, points: float) -> None:
    assert width(tex) == pytest.approx(points, rel=0.2)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no LaTeX here")
def test_latex_finds_no_line_too_long(tmp_path: Path) -> None:
    body = "\n".join(latex(derive(KL(P, Q))) for P, Q in PAIRS)
    source = rf"\documentclass{{article}}\usepackage{{amsmath,amssymb}}\begin{{document}}{body}\end{{document}}"
    (tmp_path / "paper.tex").write_text(source, encoding="utf-8")
    run = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"], cwd=tmp_path, capture_output=True, timeout=120, check=False
    )
    assert run.returncode == 0
    log = (tmp_path / "paper.log").read_text(encoding="latin-1")
    assert [amount for amount in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log) if float(amount) > 10] == []


def test_symbols_in_reasons_are_symbols() -> None:
    derivation = derive(KL(TruncatedNormal, Normal))
    assert r"differentiation of the normalisation in $\mu_1$" in latex(derivation)
    assert r"mu\_1" not in latex(derivation)
    assert r"(differentiation of the normalisation in $\mu_1$" in render(derivation, "markdown")


def test_a_wide_product_is_broken_between_factors() -> None:
    long = r"\log\frac{a + b + c + d}{e} \, \log\frac{a + b + c + d}{f}"
    assert broken(long, 100) == [r"\log\frac{a + b + c + d}{e}", r"\times \log\frac{a + b + c + d}{f}"]
    assert broken(long, 1000) == [long]
    assert broken(rf"x + {long}", 168)[0] == "x"
