"""`--given` on the command line: chains of comparisons, and equations that are put in."""

from __future__ import annotations

import json

import pytest
from sympy import Rational, Symbol

from symkl.cli.given import relations_of, symbols_of, values_of
from symkl.cli.main import run
from symkl.errors import DomainError, ParseError


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(list(arguments))
    captured = capsys.readouterr()
    return status, captured.out.strip(), captured.err.strip()


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        (["s=2"], "3/2 - log(2)"),
        (["s == 2"], "3/2 - log(2)"),
        (["2*s = 4"], "3/2 - log(2)"),
        (["s = t", "t = 2"], "3/2 - log(2)"),
        (["1 < s < 3", "s = 2"], "3/2 - log(2)"),
        (["0 < s"], "s^2/2 - log(s) - 1/2"),
    ],
)
def test_equations_are_put_in(capsys: pytest.CaptureFixture[str], given: list[str], answer: str) -> None:
    options = [part for each in given for part in ("--given", each)]
    assert outcome(capsys, "kl", "Normal(0,s)", "Normal(0,1)", *options) == (0, answer, "")


def test_they_reach_bare_families_expressions_and_other_measures(capsys: pytest.CaptureFixture[str]) -> None:
    families = ("kl", "Normal", "Normal", "--given", "sigma_1 = 2", "--given", "mu_1 = mu_2")
    assert outcome(capsys, *families)[1] == "log(sigma_2/2) + 2/sigma_2^2 - 1/2"
    assert outcome(capsys, "eval", "KL(Normal(0,s), Normal(0,1))", "--given", "s = 2", "--exact")[1] == "3/2 - log(2)"
    assert outcome(capsys, "eval", "Normal(0,s)", "Normal(0,1)", "--measure", "renyi", "--order", "1/2", "--given", "s=2", "--exact")[1] == "log(5/4)"
    assert outcome(capsys, "kl", "Binomial(n,p)", "Binomial(m,1/2)", "--given", "n=2", "--given", "m=2")[0] == 0


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["s = -2"], "must be > 0"),
        (["s = 2", "s = 3"], "s = 3 contradicts the other equations"),
        (["s = 2", "s > 3"], "s > 3 contradicts the equations"),
        (["s integer", "s = 1/2"], "contradicts what else is said of s"),
        (["s^2 = 4"], "gives no value of a symbol"),
    ],
)
def test_equations_that_cannot_be_put_in_are_named(capsys: pytest.CaptureFixture[str], given: list[str], message: str) -> None:
    options = [part for each in given for part in ("--given", each)]
    status, out, err = outcome(capsys, "kl", "Normal(0,s)", "Normal(0,1)", *options)
    assert (status, out) == (2, "") and message in err


def test_chains(capsys: pytest.CaptureFixture[str]) -> None:
    p = Symbol("p", positive=True)
    assert symbols_of(["0 < p < 1"]) == {"p": p}
    assert relations_of(["1/2 <= p < 1"]) == [Rational(1, 2) <= p, p < 1]
    assert values_of(["p = q", "q = p"]) == {Symbol("p", real=True): Symbol("q", real=True)}
    assert outcome(capsys, "kl", "Bernoulli(p)", "Bernoulli(1/2)", "--given", "0<p<1")[0] == 0
    for bad in ("0 < p 1", "0 <", "p", "0 < p < "):
        with pytest.raises(ParseError):
            relations_of([bad])
    with pytest.raises(DomainError):
        values_of(["a = 1", "b = 2", "a = b"])


@pytest.mark.parametrize(
    ("families", "given", "answer"),
    [
        ("Normal", "sigma_1 = sigma_2", "(mu_1 - mu_2)^2/(2*sigma_2^2)"),
        ("Exponential", "lam_1 = lam_2", "0"),
        ("Weibull", "k_1 = k_2", "k_2*log(lam_2/lam_1) + (lam_1/lam_2)^k_2 - 1"),
        ("Pareto", "xm_1 = xm_2", "log(alpha_1/alpha_2) + alpha_2/alpha_1 - 1"),
        ("Pareto", "xm_1 >= xm_2", "log(alpha_1/alpha_2) + alpha_2*log(xm_1/xm_2) + alpha_2/alpha_1 - 1\n  for xm_1 >= xm_2"),
        ("Uniform", "a_2 > b_1", "oo\n  for b_1 > a_1, b_2 > a_2, a_2 > b_1"),
        ("Bernoulli", "p_1 = 1 - p_2", "(2*p_2 - 1)*log(p_2/(1 - p_2))\n  for 0 < p_2 < 1"),
    ],
)
def test_one_name_is_one_symbol(capsys: pytest.CaptureFixture[str], families: str, given: str, answer: str) -> None:
    assert outcome(capsys, "kl", families, families, "--given", given) == (0, answer, "")


@pytest.mark.parametrize(
    ("laws", "given", "message"),
    [
        (("Normal", "Normal"), ["sigma_1 < 0"], "sigma_1 contradicts the law"),
        (("Gamma(a,b)", "Gamma(c,d)"), ["a > 2", "a < 1"], "a > 2 contradicts"),
        (("Gamma(a,b)", "Gamma(c,d)"), ["a > 2", "a <= 2"], "a > 2 contradicts"),
        (("Exponential(a)", "Exponential(b)"), ["a > b", "b > a"], "a > b contradicts"),
        (("Bernoulli(p)", "Bernoulli(q)"), ["p > 2"], "p > 2 contradicts"),
        (("Normal(0,s)", "Normal(0,1)"), ["foo > 0"], "there is no symbol 'foo' here; the symbols are s"),
        (("Normal(0,s)", "Normal(0,1)"), ["a = b"], "there is no symbol 'a' here"),
    ],
)
def test_contradictions_and_unknown_names(capsys: pytest.CaptureFixture[str], laws: tuple[str, str], given: list[str], message: str) -> None:
    options = [part for each in given for part in ("--given", each)]
    status, out, err = outcome(capsys, "kl", *laws, *options)
    assert (status, out) == (2, "") and message in err
    assert outcome(capsys, "kl", "Gamma(a,b)", "Gamma(c,d)", "--given", "a > 2", "--given", "a < 3")[0] == 0


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ("a < b", "log(b/a)\n  for a > 0, b > 0, a < b"),
        ("b < a", "oo\n  for a > 0, b > 0, b < a"),
    ],
)
def test_what_excludes_a_branch_is_a_condition_of_the_answer(capsys: pytest.CaptureFixture[str], given: str, answer: str) -> None:
    laws = ("kl", "Uniform(0,a)", "Uniform(0,b)", "--given", given)
    assert outcome(capsys, *laws)[1] == answer
    assert json.loads(outcome(capsys, *laws, "--format", "json")[1])["conditions"][-1] == given
    assert "a <= b" in outcome(capsys, *laws, "--format", "python")[1]  # a function is called with any numbers


def test_bounds_that_are_given_are_joined_with_those_of_the_law(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "kl", "Pareto(a, 1)", "Exponential(b)", "--given", "a < 1")[1] == "oo\n  for 0 < a < 1, b > 0"
