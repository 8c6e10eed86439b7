r"""LaTeX: as an author types it, and it compiles."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from sympy import (
    EulerGamma,
    Mul,
    Piecewise,
    Range,
    Rational,
    Symbol,
    atan,
    atanh,
    beta,
    cos,
    digamma,
    exp,
    expand_log,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sech,
    sin,
    sqrt,
    symbols,
    zeta,
)

from symkl.core.heads import KL, CrossEntropy, Entropy
from symkl.core.verdict import Verdict
from symkl.derive import derive
from symkl.families import Beta, Cauchy, Exponential, Finite, Gamma, Laplace, LogNormal, Normal, Pareto, Poisson, StudentT, Uniform, Weibull, families
from symkl.prove import prove
from symkl.render import render
from symkl.render.catalogue import catalogue, family_sheet
from symkl.render.names import latex_name, unicode_name
from symkl.render.tex import escaped

m1, m2 = symbols("mu_1 mu_2", real=True)
s1, s2, a, b = symbols("sigma_1 sigma_2 alpha beta", positive=True)
x = Symbol("x")
H = Rational(1, 2)


@pytest.mark.parametrize(
    ("expr", "latex"),
    [
        (
            log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - H,
            r"\log\frac{\sigma_2}{\sigma_1} + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2 \sigma_2^2} - \frac{1}{2}",
        ),
        (log(2 * pi) / 2, r"\frac{1}{2} \log(2 \pi)"),
        (log(x) ** 2, r"\log^2 x"),
        (x * log(2), r"x \log 2"),
        (3 * 10**40 * x - a / 10**300, r"3 \cdot 10^{40} x - \frac{\alpha}{10^{300}}"),
        (x ** Rational(7, 3 * 10**30), r"x^{7/(3 \cdot 10^{30})}"),
        (Rational(3 * 10**40) ** x, r"\left(3 \cdot 10^{40}\right)^x"),
        (sin(x) * cos(2 * x) ** 2, r"\sin(x) \, \cos^2(2 x)"),
        (atan(x / a), r"\arctan\left(\frac{x}{\alpha}\right)"),
        (sech(x) - atanh(x), r"\operatorname{sech}(x) - \operatorname{artanh}(x)"),
        (log(x) * log(2), r"\log 2 \, \log x"),
        (digamma(a) + polygamma(1, a) ** 2, r"\psi'(\alpha)^2 + \psi(\alpha)"),
        (loggamma(a) - log(beta(a, b)), None),
        (exp(-(x**2) / 2) / sqrt(2 * pi), r"\frac{e^{-x^2/2}}{\sqrt{2 \pi}}"),
        (x ** Rational(3, 2), "x^{3/2}"),
        (gamma(a) / gamma(b), r"\frac{\Gamma(\alpha)}{\Gamma(\beta)}"),
        (EulerGamma * (a / b - 1), r"\gamma \left(\frac{\alpha}{\beta} - 1\right)"),
        (zeta(a).diff(a), r"\zeta'(\alpha)"),
        (Piecewise((a, a > 1), (oo, True)), r"\begin{cases} \alpha & \text{if } \alpha > 1 \\ \infty & \text{otherwise} \end{cases}"),
        (-(a**2) / 2, r"-\frac{\alpha^2}{2}"),
        (2 * 3**x, r"2 \cdot 3^x"),
    ],
)
def test_what_an_author_types(expr: object, latex: str | None) -> None:
    assert latex is None or render(expr, "latex") == latex


def test_names() -> None:
    assert [latex_name(name) for name in ("lam", "x0_1", "tau2_1", "xm_2", "rate")] == [
        r"\lambda",
        "x_{0,1}",
        r"{\tau_1^2}",
        "x_{m,2}",
        r"\mathrm{rate}",
    ]
    assert [unicode_name(name) for name in ("lam", "mu1", "Omega_2", "xm_1")] == ["λ", "μ₁", "Ω₂", "xₘ₁"]


def test_prose_is_escaped() -> None:
    assert escaped("50% of a_b") == r"50\% of a\_b"
    assert escaped("字") == "?"


def samples() -> list[str]:
    """Documents fragments of every kind that symkl writes."""
    pairs = [(Normal, Normal), (Gamma, LogNormal), (Beta, Beta), (Pareto, Exponential), (Cauchy, Normal), (Weibull, Gamma), (StudentT, Normal)]
    pairs += [
        (Poisson, Poisson),
        (Uniform, Uniform),
        (Normal(Symbol("m"), Symbol("s")), Normal(0, 1)),
        (Finite({"a": H, "b_1": H}), Finite({"a": Rational(1, 3), "b_1": Rational(2, 3)})),
    ]
    heads = [KL(p, q) for p, q in pairs] + [Entropy(Gamma), CrossEntropy(Normal, Normal, base=2)]
    derivations = [derive(head) for head in heads]
    found = [render(each, "latex") for each in derivations]
    found += [rf"\[{render(each.head, 'latex')} = {render(each.result, 'latex')}\]" for each in derivations]
    found += [formula for each in derivations for formula in re.findall(r"\$[^$]+\$", render(each, "markdown").replace("$$", "$"))]
    claims = ["I(X;Y) >= 0", "H(X,Y) <= H(X) + H(Y)", "D(P||Q) = D(Q||P)", "D(P||Q) >= 0"]
    found += [render(prove(claim), "latex") for claim in claims] + [prove(claim).latex() for claim in claims]
    found.append(render(Verdict("unknown", reason="50% of P ≪ Q_1 & so on"), "latex"))
    found.append(catalogue(families()[:30], "latex"))
    found += [family_sheet(family, "latex") for family in families()]
    return found


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_everything_compiles(tmp_path: Path) -> None:
    body = "\n\n".join(samples())
    source = rf"\documentclass{{article}}\usepackage[paperwidth=80cm,paperheight=60cm,margin=1cm]{{geometry}}\usepackage{{amsmath,amssymb,array,longtable}}\begin{{document}}{body}\end{{document}}"
    (tmp_path / "all.tex").write_text(source, encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=200,
        check=False,
    )
    errors = [line for line in done.stdout.split("\n") if line.startswith(("!", "l."))]
    assert (done.returncode, "\n".join(errors)) == (0, "")


def test_latex_has_balanced_braces_and_environments() -> None:
    for text in samples():
        plain = text.replace(r"\{", "").replace(r"\}", "")
        assert plain.count("{") == plain.count("}")
        assert text.count(r"\begin{") == text.count(r"\end{")
        assert text.count(r"\left") - text.count(r"\leftarrow") == text.count(r"\right") - text.count(r"\rightarrow")
        assert text.isascii()


def test_expansion_of_logs_is_not_lost() -> None:
    assert render(expand_log(log(a * b)), "latex") == r"\log\alpha + \log\beta"


def test_supports_are_lists() -> None:
    n = Symbol("n", integer=True, positive=True)
    assert [render(each, "latex") for each in (Range(0, n + 1), Range(1, oo), Range(3), Range(2, n, 2))] == [
        r"\{0, \ldots, n\}",
        r"\{1, 2, \ldots\}",
        r"\{0, 1, 2\}",
        r"\{2, \ldots, n - 2\}",
    ]


def test_the_catalogue_has_breakable_columns() -> None:
    table = catalogue(families(), "latex")
    assert r"\begin{longtable}" in table
    assert "longtable" in table.split("\n")[0]
    assert "$$" not in table + catalogue(families(), "markdown")
    rows = {line.split(" & ")[0].replace(r"\-", ""): line for line in table.split("\n") if " & " in line}
    assert rows["Arcsine"] == r"Arcsine & none & $\left(0, 1\right)$ \\"
    assert "cases" not in rows["GeneralizedPareto"]
    assert r"if $\xi > 0$" in rows["GeneralizedPareto"]


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_the_catalogue_and_verdicts_fit_a_page(tmp_path: Path) -> None:
    x = prove(KL(Normal(0, 1), Laplace(0, 1)) <= Rational(1, 100))
    body = "\n\n".join([catalogue(families(), "latex"), x.latex(), prove("D(P||Q) = D(Q||P)").latex()])
    source = rf"\documentclass{{article}}\usepackage{{amsmath,amssymb,array,longtable}}\begin{{document}}{body}\end{{document}}"
    (tmp_path / "all.tex").write_text(source, encoding="ascii")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"], cwd=tmp_path, capture_output=True, text=True, errors="replace", timeout=100, check=False
    )
    assert done.returncode == 0
    assert "Overfull" not in done.stdout


def test_sums_above_the_line_of_an_exponent_stand_in_brackets() -> None:
    """e^{(m − x)/s}; without them it reads as e^{m − x/s}."""
    m, s = symbols("m s")
    assert render(exp((m - x) / s), "latex") == r"e^{(m - x)/s}"
    assert render(exp(-(m - x) / (2 * s)), "latex") in (r"e^{(x - m)/(2 s)}", r"e^{-(m - x)/(2 s)}")
    assert render(2 ** ((m - x) / 2), "latex") in (r"2^{(m - x)/2}", r"2^{m/2 - x/2}")
    assert render(Mul(-1, m - x, evaluate=False), "latex") == r"-(m - x)"
    assert render((m - x) / s, "latex") == r"\frac{m - x}{s}"
