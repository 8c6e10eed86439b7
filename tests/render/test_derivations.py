"""Derivations as they are read: numbered, aligned, nothing said twice, the same whatever the hash seed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sympy import Rational, Symbol, symbols

from symkl.core.heads import KL, Entropy, Expectation
from symkl.derive import derive
from symkl.families import Cauchy, Exponential, Finite, Gamma, Normal, Pareto, Uniform
from symkl.render import latex, render, text

EXPONENTIAL = """\
P = Exponential(λ₁)
Q = Exponential(λ₂)

     D_KL(P ‖ Q)
  1.   = E_P[log(λ₁) − log(λ₂) + λ₂x − λ₁x]                   definition
  2.   = log(λ₁) − log(λ₂) + (λ₂ − λ₁) E_P[x]                 linearity of the expectation
"""


def test_the_beginning_of_a_derivation() -> None:
    assert render(derive(KL(Exponential, Exponential)), "unicode").startswith(EXPONENTIAL)


def test_it_ends_with_the_statement() -> None:
    lines = render(derive(KL(Exponential, Exponential)), "unicode").split("\n")
    assert lines[-2:] == ["D_KL(P ‖ Q) = log(λ₁/λ₂) + λ₂/λ₁ − 1", "(closed, elementary)"]


def test_steps_are_numbered_without_a_gap() -> None:
    for head in (KL(Normal, Normal), KL(Gamma, Gamma), KL(Pareto, Exponential), Entropy(Gamma)):
        lines = render(derive(head)).split("\n")
        numbers = [int(line[:3]) for line in lines if line[3:4] == "." and line[:3].strip().isdigit()]
        assert numbers == list(range(1, len(numbers) + 1))
        assert numbers


def test_rules_stand_in_one_column() -> None:
    lines = render(derive(KL(Normal, Normal))).split("\n")
    columns = {
        line.index(rule) for line in lines for rule in ("definition", "linearity", "substitution", "gaussian integral", "collecting") if rule in line
    }
    assert len(columns) == 1


def test_lines_fit_a_terminal() -> None:
    for head in (KL(Normal, Normal), KL(Gamma, Gamma), KL(Exponential, Gamma)):
        assert max(map(len, render(derive(head), "unicode").split("\n"))) <= 120


def test_assumptions_are_said_once_and_not_as_a_step() -> None:
    m, s = symbols("m s")
    shown = render(derive(KL(Normal(m, s), Normal(0, 1))), "unicode")
    assert "for m ∈ ℝ, s > 0" in shown
    assert "back to the symbols given" not in shown
    assert shown.count("s > 0") == 1


def test_infinite_answers_say_why() -> None:
    shown = render(derive(KL(Cauchy, Normal)))
    assert "D_KL(P || Q) = oo" in shown
    assert "tails" in shown
    assert "(infinite)" in shown
    assert "absolutely continuous" in render(derive(KL(Normal, Exponential)))


def test_conditions_of_a_piecewise_answer() -> None:
    shown = render(derive(KL(Uniform, Uniform)), "unicode")
    assert "a₁ ≥ a₂ and b₁ ≤ b₂; ∞ otherwise" in shown


def test_expectations_and_finite_laws() -> None:
    x = Symbol("x", positive=True)
    assert "E_P[x]" in render(derive(Expectation(x, x, Gamma(2, 3))))
    P = Finite({"a": Rational(1, 3), "b": Rational(2, 3)})
    assert "P = Finite({a: 1/3, b: 2/3})" in render(derive(KL(P, Finite({"a": Rational(1, 2), "b": Rational(1, 2)}))))


def test_the_registration_point() -> None:
    derivation = derive(KL(Exponential, Exponential))
    assert derivation.text() == str(derivation) == text(derivation)
    assert derivation.latex() == latex(derivation)
    assert derivation.latex().startswith("\\begin{align*}\nP &= ")
    assert derivation._repr_latex_() == derivation.latex()


def test_markdown_numbers_its_steps() -> None:
    shown = render(derive(KL(Exponential, Exponential)), "markdown")
    assert "1. $D_{" in shown
    assert shown.endswith("$$")


@pytest.mark.parametrize("form", ["unicode", "latex", "json", "python"])
def test_the_same_text_whatever_the_hash_seed(form: str) -> None:
    code = f"from symkl.derive import derive; from symkl.core.heads import KL; from symkl.families import Gamma, LogNormal; from symkl.render import render; print(render(derive(KL(Gamma, LogNormal)), {form!r}))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}, capture_output=True, check=True, timeout=120
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outputs) == 1
