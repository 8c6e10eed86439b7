"""`symkl eval --measure`: the other measures of laws and tables, with their orders and units."""

from __future__ import annotations

from pathlib import Path

import pytest

from symkl.cli.main import run

COINS = ("7/10,3/10", "1/2,1/2")


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["eval", *arguments])
    captured = capsys.readouterr()
    return status, captured.out.strip(), captured.err.strip()


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ((*COINS, "--measure", "chi2"), "0.160000000000000"),
        ((*COINS, "--measure", "renyi", "--order", "2", "--exact"), "log(29/25)"),
        ((*COINS, "--measure", "renyi", "--order", "oo", "--exact"), "log(7/5)"),
        ((*COINS, "--measure", "tsallis", "--order", "2", "--exact"), "4/25"),
        ((*COINS, "--measure", "tv", "--exact"), "1/5"),
        ((*COINS, "--measure", "hellinger", "--digits", "5"), "0.14524"),
        ((*COINS, "--measure", "jeffreys", "--digits", "5"), "0.16946"),
        (("1,0", "0,1", "--measure", "jsd", "--bits"), "1.00000000000000"),
        (("1,0", "0,1", "--measure", "bhattacharyya"), "oo"),
        (("9/10,1/10", "--measure", "entropy", "--bits", "--digits", "4"), "0.4690"),
        ((*COINS, "--measure", "kl", "--exact"), "7*log(7)/10 + 3*log(3)/10 - log(5)"),
        (("Normal(0, 1)", "Normal(1, 2)", "--measure", "tv"), "0.390065660121056"),
    ],
)
def test_the_value(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], answer: str) -> None:
    assert outcome(capsys, *arguments) == (0, answer, "")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ((*COINS, "--measure", "renyi"), 2, "needs --order"),
        ((*COINS, "--measure", "renyi", "--order", "-1"), 2, "must be a real number >= 0"),
        ((*COINS, "--order", "2"), 2, "--order belongs to"),
        ((*COINS, "--measure", "chi2", "--bits"), 2, "no logarithm"),
        ((*COINS, "--measure", "entropy"), 2, "takes one law"),
        ((*COINS, "--measure", "total"), 2, "invalid choice"),
        ((COINS[0], "--measure", "jsd"), 2, "2 laws are needed"),
        (("Normal(0, 1)", "Laplace(0, 1)", "--measure", "jsd", "--exact"), 3, "no closed form"),
    ],
)
def test_what_cannot_be_asked(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], status: int, message: str) -> None:
    found, out, err = outcome(capsys, *arguments)
    assert (found, out) == (status, "") and message in err and "\n" not in err


@pytest.mark.parametrize("form", ["text", "json", "python"])
def test_digits_of_what_is_no_number(capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert run(["kl", "Normal(a, 1)", "Normal(0, 1)", "--digits", "20", "-f", form]) == 0
    shown = capsys.readouterr()
    assert "a" in shown.out
    assert shown.err == "symkl: --digits 20 has no number to show: the result depends on a (--given gives a symbol its value)\n"
    assert run(["kl", "Normal(a, 1)", "Normal(0, 1)", "--digits", "20", "-f", form, "--given", "a = 2"]) == 0
    assert capsys.readouterr().err == ""


def test_tables(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("p,q\n7,1\n3,1\n", encoding="utf-8")
    assert outcome(capsys, str(path), "--columns", "p,q", "--measure", "chi2", "--exact") == (0, "4/25", "")
    assert outcome(capsys, str(path), "--columns", "p", "--measure", "entropy", "--digits", "4") == (0, "0.6109", "")


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("D(Normal(0,1)||Normal(1,1))", "--base", "2", "--digits", "20"), "0.72134752044448170368"),
        (("KL(Normal(0,1), Normal(1,1))", "--bits", "--exact"), "1/(2*log(2))"),
        (("H([1/2,1/2])", "--bits", "--digits", "3"), "1.00"),
        (("H([1/2,1/2]) + 1/2*JSD([1,0],[0,1])", "--bits", "--exact"), "3/2"),
        (("TV([1/2,1/2],[1/4,3/4]) + H([1/2,1/2])", "--bits", "--exact"), "5/4"),
        (("H([1/2,1/2], base=4) + H([1/2,1/2])", "--bits", "--exact"), "3/2"),
        (("KL([1/2,1/2],[1/4,3/4]) - KL([1/2,1/2],[1/4,3/4])", "--bits", "--exact"), "0"),
    ],
)
def test_the_base_is_the_unit_of_the_measures_in_an_expression(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], answer: str) -> None:
    assert outcome(capsys, *arguments) == (0, answer, "")


def test_derivations_of_one_measure_have_the_base_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["derive", "Entropy(Exponential(1))", "--base", "2"]) == 0
    assert "H(P, base=2) = 1/log(2)" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["log(2)", "Chi2([1/2,1/2],[1/4,3/4])", "H([1/2,1/2], base=4)"])
def test_a_base_that_nothing_takes_is_refused(capsys: pytest.CaptureFixture[str], text: str) -> None:
    status, out, err = outcome(capsys, text, "--bits")
    assert (status, out) == (2, "") and "no measure here takes it" in err


@pytest.mark.parametrize(
    ("arguments", "condition"),
    [
        (("kl", "t*Exponential(1) + (1-t)*Exponential(2)", "Exponential(1)"), "for 0 < t < 1"),
        (("kl", "w*Uniform(0,1)+(1-w)*Uniform(0,2)", "Uniform(0,2)"), "for 0 < w < 1"),
        (("kl", "t*Poisson(a)+u*Poisson(a)", "Poisson(1)"), "for t > 0, u > 0, a > 0, t + u = 1"),
        (("eval", "Renyi(Normal,Normal,alpha)", "--exact"), "for alpha > 0, alpha != 1"),
        (("eval", "Renyi(Exponential(a),Exponential(b),2)", "--exact"), "for a > 0, b > 0"),
    ],
    ids=str,
)
def test_what_the_symbols_are_taken_to_satisfy_is_printed(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], condition: str) -> None:
    assert run(list(arguments)) == 0
    assert capsys.readouterr().out.splitlines()[-1].strip() == condition


def test_numbers_need_no_conditions(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "KL(Bernoulli(1/3),Bernoulli(1/2))", "--exact"]) == 0
    assert "for" not in capsys.readouterr().out
