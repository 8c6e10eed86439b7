"""The command line as a person meets it: answers on standard output, one clear line on standard error, exit statuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sympy import Symbol, sympify

from symkl.cli.main import COMMANDS, run
from symkl.cli.options import FORMATS, WORDS
from symkl.render import FORMATS as RENDERED


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(list(arguments))
    captured = capsys.readouterr()
    return status, captured.out.rstrip("\n"), captured.err.rstrip("\n")


def test_the_closed_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "kl", "Normal", "Normal") == (0, "log(sigma_2/sigma_1) + (sigma_1^2 + (mu_1 - mu_2)^2)/(2*sigma_2^2) - 1/2", "")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "command",
    [("kl", "Gamma", "Gamma"), ("kl", "Pareto", "Pareto", "--steps"), ("derive", "Exponential", "Exponential"), ("families",), ("families", "Gamma")],
)
def test_every_format_of_every_command_prints_something(capsys: pytest.CaptureFixture[str], command: tuple[str, ...], form: str) -> None:
    status, out, err = outcome(capsys, *command, "--format", form)
    assert (status, err) == (0, "")
    assert out
    if form == "json":
        json.loads(out)
    if form in ("text", "latex", "python"):
        assert out.isascii(), [c for c in out if not c.isascii()]


def test_the_formats_are_those_of_the_renderer() -> None:
    assert FORMATS == RENDERED


def test_json_carries_everything(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = outcome(capsys, "kl", "Gamma(a, beta)", "Exponential(2)", "--format", "json")
    data = json.loads(out)
    assert status == 0
    assert {"expr", "latex", "text", "status", "kind", "conditions", "steps", "value", "base"} <= set(data)
    assert data["value"] is None
    assert data["status"] == "closed"
    assert sympify(data["expr"]).free_symbols == {Symbol("a"), Symbol("beta")}
    assert sympify(data["conditions"]) == [Symbol("a") > 0, Symbol("beta") > 0]
    assert {"before", "after", "rule", "kind", "conditions"} == set(data["steps"][0])


def test_json_has_the_number_where_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = outcome(capsys, "kl", "7/10, 3/10", "1/2, 1/2", "--format", "json", "--digits", "40")
    data = json.loads(out)
    assert data["value"] == pytest.approx(0.08228287850505184)
    assert data["digits"] == "0.08228287850505184639156115826079588261461"
    assert data["is_rigorous"] is True
    _, out, _ = outcome(capsys, "kl", "Cauchy(0, 1)", "Normal(0, 1)", "-f", "json")
    assert json.loads(out)["value"] == "oo"


def test_worked_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    """D1, D2 and C1 of the theorem list."""
    assert outcome(capsys, "eval", "0.7,0.3", "0.5,0.5", "--exact")[1] == "7*log(7)/10 + 3*log(3)/10 - log(5)"
    assert outcome(capsys, "eval", "0.4,0.3,0.2,0.1", "0.3,0.4,0.2,0.1", "--exact")[1] == "log(4/3)/10"
    assert outcome(capsys, "eval", "7/10,3/10", "1/2,1/2", "--digits", "4")[1] == "0.08228"
    assert outcome(capsys, "eval", "1/2,1/2", "7/10,3/10", "--digits", "3")[1] == "0.0872"
    assert outcome(capsys, "eval", "1/2,1/2", "1/4,3/4", "--bits", "--digits", "10")[1] == "0.2075187496"


def test_bases_and_conditions(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "entropy", "1/2, 1/2", "--bits")[1] == "1"
    assert outcome(capsys, "entropy", "1/4, 1/4, 1/4, 1/4", "--base", "4")[1] == "1"
    status, out, _ = outcome(capsys, "kl", "Pareto(a, 1)", "Exponential(l)")
    assert status == 0
    assert "if a > 1" in out
    assert "otherwise" in out
    assert "for a > 0, l > 0" in out
    assert "otherwise" not in outcome(capsys, "kl", "Pareto(a, 1)", "Exponential(l)", "--given", "a > 1")[1]
    assert outcome(capsys, "kl", "Pareto(a, 1)", "Exponential(l)", "--given", "a < 1")[1].startswith("oo")


def test_expressions_and_points(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "eval", "log(2) + pi", "--digits", "10")[1] == "3.834739834"
    assert outcome(capsys, "eval", "KL(Normal(m, 1), Normal(0, 1))", "--at", "m=3", "--digits", "2")[1] == "4.5"
    assert outcome(capsys, "kl", "Normal(0.1, 1)", "Normal(0, 1)")[1] == "1/200"
    assert outcome(capsys, "eval", "CrossEntropy(Normal(0,1), Normal(1,2)) - Entropy(Normal(0,1)) - KL(Normal(0,1), Normal(1,2))")[1] == "0"
    status, _, err = outcome(capsys, "eval", "KL(Normal(m, 1), Normal(0, 1))")
    assert status == 2
    assert "until m" in err
    assert outcome(capsys, "eval", "log(a)", "--at", "b=2")[0] == 2


def test_tables(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("word,p,q\na,7,1\nb,3,1\n")
    assert outcome(capsys, "eval", str(path), "--columns", "p,q", "--exact")[1] == "7*log(7)/10 + 3*log(3)/10 - log(5)"
    assert outcome(capsys, "eval", str(path), "--columns", "3,2", "--digits", "4")[1] == "0.08718"
    assert outcome(capsys, "kl", str(path))[0] == 0
    assert outcome(capsys, "entropy", str(path), "--columns", "q", "--bits")[1] == "1"
    status, _, err = outcome(capsys, "kl", str(path), "--columns", "p", "1/2,1/2")
    assert (status, "no outcome in common" in err) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("kl", "Norml", "Normal"), 2, "unknown family 'Norml'; did you mean Normal?"),
        (("kl", "Normal(mu=0, sigm=1)", "Normal"), 2, "no parameter 'sigm'; did you mean sigma?"),
        (("kl", "Normal(0, -1)", "Normal"), 2, "sigma = -1 is outside its domain"),
        (("kl", "Normal(0, 1", "Normal"), 2, "'(' is never closed"),
        (("kl", "__import__('os')", "Normal"), 2, "quoted text"),
        (("kl", "Normal"), 2, "2 laws are needed"),
        (("kl",), 2, "the following arguments are required"),
        (("kl", "Normal", "Normal", "--base", "1"), 2, "greater than 1"),
        (("kl", "Normal", "Normal", "--digits", "-3"), 2, "--digits"),
        (("kl", "Normal", "Normal", "--nonsense"), 2, "--nonsense"),
        (("kl", "Normal", "Normal", "Normal"), 2, "unrecognized"),
        (("kl", "Normal", "Normal", "--columns", "p,q"), 2, "needs a CSV file"),
        (("kl", "nowhere.csv", "Normal"), 2, "nowhere.csv: No such file"),
        (("families", "Norml"), 2, "did you mean Normal?"),
        (("derive", "1 + 1"), 2, "not a measure of laws"),
        (("eval", "1/0"), 2, "division by zero"),
        (("eval", "9**9**9**9"), 2, "too large"),
        (("nonsense",), 2, "invalid choice"),
        ((), 2, "required"),
        (("prove", "D(P||Q) >="), 2, "missing"),
    ],
)
def test_wrong_input_gives_one_clear_line(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], status: int, says: str) -> None:
    got, out, err = outcome(capsys, *arguments)
    assert (got, out) == (status, "")
    assert says in err
    assert "\n" not in err
    assert "Traceback" not in err


def test_a_letter_in_a_table_gives_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("p,q\n7,1\n3,x\n")
    status, out, err = outcome(capsys, "eval", str(path))
    assert (status, out) == (2, "")
    assert err == f"symkl: {path}: line 3, column q: 'x' is not a number"


def test_the_place_of_an_error(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """On one line for programs, with a caret under a window of the text for people."""
    assert outcome(capsys, "kl", "Norml", "Normal")[2] == "symkl: unknown family 'Norml'; did you mean Normal? (column 1 of Norml)"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    _, _, err = outcome(capsys, "kl", "Normal(" + "1 + " * 500 + "$, 1)", "Normal")
    _, shown, caret = err.split("\n")
    assert len(shown) < 110
    assert shown[caret.index("^")] == "$"


def test_verdicts_have_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "prove", "I(X;Y) >= 0")[0] == 0
    status, out, _ = outcome(capsys, "prove", "D(P||Q) = D(Q||P)")
    assert status == 1
    assert "refuted" in out
    assert "witness" in out
    assert outcome(capsys, "prove", "I(X;Z) <= I(X;Y)", "--given", "X -> Y -> Z")[0] == 0


def test_certificates_are_checked_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for number, claim in enumerate(("I(X;Y) >= 0", "D(P||Q) = D(Q||P)", "D(P||Q) >= 0")):
        path = tmp_path / f"{number}.json"
        run(["prove", claim, "--certificate", str(path)])
        capsys.readouterr()
        status, out, _ = outcome(capsys, "check", str(path))
        assert status == 0
        assert out.startswith("accepted: ")
        path.write_text(path.read_text().replace('"verdict": "', '"verdict": "un'))
        status, out, _ = outcome(capsys, "check", str(path))
        assert status == 1
        assert out.startswith("rejected: ")
    bad = tmp_path / "bad.json"
    bad.write_text('{"format": 3')
    assert outcome(capsys, "check", str(bad))[0] == 1
    assert outcome(capsys, "check", str(tmp_path / "none.json"))[0] == 2


@pytest.mark.parametrize("claim", ["H(Density(2*x,x,0,1)) <= 0", "D({a:1/2,b:1/2} || {a:1/4,b:3/4}) <= 1/5", "D(Normal(0,√2)||Normal(0,1)) > 0"])
def test_laws_in_claims_are_written_as_everywhere(claim: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["prove", claim]) == 0, capsys.readouterr()


def test_claims_about_families(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "prove", "D(Normal(0, 1) || Normal(1, 1)) = 1/2")[0] == 0
    assert outcome(capsys, "prove", "D(Normal(0, 1) || Normal(1, 1)) = 1/3")[0] == 1
    assert outcome(capsys, "prove", "D(Normal || Laplace) >= 0")[0] == 0
    assert outcome(capsys, "prove", "H(Gamma(2, 1) || Gamma(3, 1)) = H(Gamma(2, 1)) + D(Gamma(2, 1) || Gamma(3, 1))")[0] == 0
    assert outcome(capsys, "prove", "D(Normal || Laplace)")[0] == 2


def test_no_closed_form_is_status_3_and_says_what_stays(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(capsys, "kl", "Poisson", "NegativeBinomial")
    assert status == 3
    assert out
    assert "no closed form" in err
    assert "\n" not in err


def test_a_density_whose_mass_is_not_seen_to_be_one_is_no_success(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(capsys, "kl", "Density((1-p)^x*p, x, 0, oo)", "Exponential(1)")
    assert status == 3 and out.startswith("log(p)") and "the total mass of Density(" in err and "is not seen to be 1" in err
    assert outcome(capsys, "kl", "Density(a*x^(a-1), x, 0, 1)", "Uniform(0,1)")[::2] == (0, "")
    for infinite in ("3^x", "1/(1+x)", "exp(x^2)"):
        assert "its mass is infinite" in outcome(capsys, "entropy", f"Density({infinite}, x, 0, oo)")[2]


def test_lists_of_different_lengths_are_remarked_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert "P has 2 outcomes and Q has 3" in outcome(capsys, "eval", "1/2,1/2", "1/2,1/4,1/4")[2]
    assert outcome(capsys, "eval", "1/2,1/2", "1/4,3/4")[2] == ""


def test_derive_reports_its_check(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = outcome(capsys, "derive", "Exponential", "Exponential")
    assert status == 0
    assert out.endswith("check: proved")


def test_an_unexpected_error_is_one_line_too(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("symkl.render.catalogue.catalogue", broken)
    monkeypatch.delenv("SYMKL_TRACEBACK", raising=False)
    status, _, err = outcome(capsys, "families")
    assert status == 70
    assert "internal error: ZeroDivisionError: planted" in err
    monkeypatch.setenv("SYMKL_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        run(["families"])


def test_interruption(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("symkl.render.catalogue.catalogue", stopped)
    assert outcome(capsys, "families") == (130, "", "symkl: interrupted")


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        status, out, err = outcome(capsys, command.NAME, "--help")
        assert (status, err) == (0, "")
        assert command.NAME in out


def module(*arguments: str, **keywords: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "symkl", *arguments], capture_output=True, text=True, timeout=120, check=False, **keywords)  # type: ignore[call-overload, no-any-return]


def test_the_program_itself() -> None:
    done = module("kl", "Exponential", "Exponential", "--format", "unicode")
    assert (done.returncode, done.stdout, done.stderr) == (0, "log(λ₁/λ₂) + λ₂/λ₁ − 1\n", "")
    assert module("kl", "Normal(0,-1)", "Normal").returncode == 2
    assert module("--version").stdout.startswith("symkl 0.")


def test_a_reader_that_goes_away_is_no_error() -> None:
    script = f"{sys.executable} -m symkl families --format json | head -c 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {script}"], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("claim", "status"), [("I(X;Y|Z) <= I(X;Y)", 1), ("I(X;Y) >= 0", 0)])
def test_the_status_is_that_of_the_verdict_whether_it_is_read_or_not(claim: str, status: int) -> None:
    script = f"{sys.executable} -m symkl prove '{claim}' | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (status, "")


def test_help_does_not_import_sympy() -> None:
    code = "import sys; from symkl.cli.main import run; run(['--help']); print('sympy' in sys.modules, 'mpmath' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split()[-2:] == ["False", "False"]


def test_the_logarithm_of_a_huge_integer_is_printed_whole() -> None:
    done = module("eval", "log(10^4000 + 1)", "--exact")
    assert done.returncode == 0
    assert done.stdout == f"log(1{'0' * 3999}1)\n"


def test_other_measures_stand_in_expressions(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "eval", "Jeffreys(Normal(0,1), Normal(1,1))", "--digits", "4")[1] == "1.000"
    assert outcome(capsys, "eval", "--exact", "Chi2(Poisson, Poisson)")[1] == "exp((lam_1 - lam_2)^2/lam_2) - 1"
    assert outcome(capsys, "eval", "JSD([1,0], [0,1], base=2)", "--exact")[1] == "1"
    assert outcome(capsys, "eval", "Renyi([7/10,3/10], [1/2,1/2], 2)", "--exact")[1] == "log(29/25)"
    assert outcome(capsys, "eval", "Jeffreys(Product(Normal(0,1), Normal(0,1)), Product(Normal(1,1), Normal(1,1)))", "--digits", "3")[1] == "2.00"
    for text, says in (
        ("Hellinger(Normal(0,1), Normal(1,1), base=2)", "no base"),
        ("Renyi(Normal(0,1), Normal(1,1))", "2 laws and an order"),
        ("Renyi(Normal(0,1), Normal(1,1), -1)", ">= 0"),
        ("TV(Normal(0,1))", "takes 2 laws"),
    ):
        status, _, err = outcome(capsys, "eval", text)
        assert (status, says in err) == (2, True)
    status, _, err = outcome(capsys, "derive", "Jeffreys(Normal, Normal)")
    assert (status, "symkl eval" in err) == (2, True)


def test_products_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    P, Q = "Product(Normal(0,1), Exponential(1))", "Product(Normal(1,1), Exponential(2))"
    assert outcome(capsys, "kl", P, Q)[1] == "3/2 - log(2)"
    status, out, _ = outcome(capsys, "derive", P, Q)
    assert status == 0
    assert "independent coordinates add up" in out
    assert out.endswith("check: proved")


def test_digits_of_a_semi_closed_form(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = outcome(capsys, "kl", "Poisson(2)", "NegativeBinomial(3, 1/2)", "--digits", "20")
    assert (status, "no closed form" in err) == (3, True)
    assert out.endswith("= 0.15217995502500874733")


def test_conditions_are_part_of_the_answer_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    pair = ("kl", "Bernoulli(p)", "Bernoulli(q)")
    assert outcome(capsys, *pair)[1].endswith("\n  for 0 < p < 1, 0 < q < 1")
    assert outcome(capsys, *pair, "-f", "unicode")[1].endswith("\n  for 0 < p < 1, 0 < q < 1")
    assert outcome(capsys, *pair, "-f", "latex")[1].endswith("\n\\qquad \\text{for } 0 < p < 1, 0 < q < 1")
    assert outcome(capsys, *pair, "-f", "markdown")[1].endswith("\n\nfor $0 < p < 1, 0 < q < 1$")
    assert "for 0 < p < 1, 0 < q < 1." in outcome(capsys, *pair, "-f", "python")[1]
    assert json.loads(outcome(capsys, *pair, "-f", "json")[1])["conditions"] == ["p > 0", "p < 1", "q > 0", "q < 1"]
    # Of the general members too, where something is required that the text says.
    assert outcome(capsys, "kl", "Geometric", "Geometric")[1].endswith("for 0 < p_1 < 1, 0 < p_2 < 1")


@pytest.mark.parametrize("form", WORDS)
@pytest.mark.parametrize("command", [("theorems",), ("theorems", "C1"), ("theorems", "A4"), ("prove", "D(P||Q) >= 0")])
def test_formats_of_statements(capsys: pytest.CaptureFixture[str], command: tuple[str, ...], form: str) -> None:
    status, out, err = outcome(capsys, *command, "-f", form)
    assert (status, err) == (0, "")
    assert out
    if form in ("text", "latex"):
        assert out.isascii(), [c for c in out if not c.isascii()]
    if form == "json":
        json.loads(out)


@pytest.mark.parametrize("command", [("theorems",), ("prove", "D(P||Q) >= 0"), ("verify", "statproofbook")])
def test_statements_are_no_python(capsys: pytest.CaptureFixture[str], command: tuple[str, ...]) -> None:
    status, out, err = outcome(capsys, *command, "-f", "python")
    assert (status, out) == (2, "")
    assert "invalid choice: 'python'" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("theorems", "pinskr"), "did you mean pinsker"),
        (("theorems", "nope"), "`symkl theorems` lists them"),
        (("atlas", "--families", "Nomral"), "did you mean Normal?"),
        (("atlas", "--families", ""), "unknown family ''"),
        (("kl", "Mixture", "Normal"), "Mixture is no family but makes laws"),
        (("kl", "Categorical(p)", "Categorical(q)"), "one probability, p, would be 1"),
        (("prove", "I(X:Y) >= 0"), "groups of variables are separated by ';', as in I(X;Y) (column 4"),
        (("prove", "I(X:Y)"), "separated by ';'"),
        (("entropy", "Density(1/10, k, Range(0, 0))"), "Range(0, 10) is {0, ..., 9}: its end is left out"),
        (("entropy", "Density(1/10, k, Rage(0, 9))"), "Range(0, 10), which is {0, ..., 9}"),
        (("entropy", "Truncated(Normal(0, 1), 0)"), "write Truncated(law, lower, upper)"),
        (("entropy", "Transformed(Normal(0, 1))"), "write Transformed(law, map, x)"),
    ],
)
def test_errors_that_help(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str) -> None:
    status, out, err = outcome(capsys, *arguments)
    assert (status, out) == (2, "")
    assert says in err


def test_a_colon_still_says_function(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "prove", "H(X|Y) <= 0", "--given", "X : Y")[0] == 0


def test_columns_that_are_not_wanted_and_files_that_are_no_tables(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table, text, rounded = tmp_path / "counts.csv", tmp_path / "counts.txt", tmp_path / "round.csv"
    table.write_text("p,q\n1,2\n3,4\n", encoding="ascii")
    text.write_text("p,q\n1,2\n3,4\n", encoding="ascii")
    rounded.write_text("p,q\n0.333,0.5\n0.666,0.5\n", encoding="ascii")
    for arguments, says in (
        (("eval", str(table), "--columns", "p,q", "--measure", "entropy"), "2 columns are named, and 1 is wanted"),
        (("entropy", str(table), "--columns", "p,q"), "2 columns are named, and 1 is wanted"),
        (("eval", str(table), "--columns", ""), "a name is missing"),
        (("kl", str(table), "--columns", "p,,q"), "a name is missing"),
        (("eval", str(text)), "counts.txt is a file, and the name of a table ends in .csv"),
        (("kl", str(text), str(table)), "counts.txt is a file"),
        (("eval", str(rounded)), "column p sums to 999/1000; probabilities sum to 1, and counts are whole numbers; to divide by the sum, --normalise"),
    ):
        status, out, err = outcome(capsys, *arguments)
        assert (status, out) == (2, ""), arguments
        assert says in err
    assert outcome(capsys, "eval", str(table), str(table), "--columns", "p,q")[0] == 0


def test_laws_made_of_laws(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "kl", "Truncated(Normal(0, 1), 0, oo)", "HalfNormal(1)") == (0, "0", "")
    assert outcome(capsys, "kl", "Transformed(Normal(0, 1), exp(x), x)", "LogNormal(1, 1)") == (0, "1/2", "")
    assert outcome(capsys, "kl", "Transformed(Normal(0, 1), exp(x))", "LogNormal(1, 1)") == (0, "1/2", "")
    assert outcome(capsys, "entropy", "Density(1/10, k, Range(0, 10))") == (0, "log(10)", "")
    assert outcome(capsys, "entropy", "Density(1/11, k, Range(0, 10))")[0] == 2


def test_an_exact_value_with_symbols_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = outcome(capsys, "eval", "Renyi(Exponential(a), Exponential(b), 2)", "--exact", "-f", "json")
    data = json.loads(out)
    assert (status, data["value"], data["base"]) == (0, None, "E")
    assert data["text"].startswith("{log(a^2/(b*(2*a - b))) if a > b/2")


def test_the_micro_sign_is_mu(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(capsys, "kl", "Normal(\N{MICRO SIGN}, 1)", "Normal(0, 1)") == outcome(capsys, "kl", "Normal(\N{GREEK SMALL LETTER MU}, 1)", "Normal(0, 1)")


@pytest.mark.parametrize(
    ("command", "out"),
    [
        (("entropy", "Binomial(n, 1/2)"), "n*log(2) - Sum(log(binomial(n, k))*binomial(n, k), (k, 0, n))/2^n\n  for n >= 1, n an integer"),
        (("kl", "Normal(0, 1)", "Normal(0, 2)", "--base", "10"), "(log(2) - 3/8)/log(10)"),
        (("kl", "Normal(0, 1)", "Normal(0, 2)", "--base", "2"), "1 - 3/(8*log(2))"),
        (("kl", "Product(Normal(0, 1), Exponential(2))", "Product(Normal(1, 2), Exponential(3))"), "log(4/3) + 1/4"),
        (("entropy", "[p, 1-p]"), "p*log((1 - p)/p) - log(1 - p)\n  for 0 < p < 1"),
    ],
)
def test_textbook_forms(capsys: pytest.CaptureFixture[str], command: tuple[str, ...], out: str) -> None:
    assert outcome(capsys, *command) == (0, out, "")


def test_error_functions_without_one_minus(capsys: pytest.CaptureFixture[str]) -> None:
    out = outcome(capsys, "kl", "Normal", "Laplace")[1]
    assert "erf(" in out
    assert "erfc" not in out


def test_products_joined_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = outcome(capsys, "derive", "Product(Normal(0, 1), Exponential(2))", "Product(Normal(1, 2), Exponential(3))", "--certify", "10")
    assert status == 0
    assert "check: proved" in out
    assert "certificate: proved" in out
