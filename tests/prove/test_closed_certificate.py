"""Claims about named families: hypotheses on parameters, and certificates that are gone through again and cannot be bent."""

from __future__ import annotations

import copy
import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from sympy import Piecewise, Rational, Symbol, log, oo

from symkl import KL, Exponential, Finite, TotalVariation
from symkl.cli.laws import read_expression, read_relation
from symkl.cli.main import run
from symkl.core.certificates import digest, sealed
from symkl.form.facts import Facts
from symkl.prove import prove
from symkl.prove.cases import in_case
from symkl.prove.closed_certificate import recheck

CLAIMS = [
    ("D(Normal(m1,s)||Normal(m2,s)) = (m1-m2)^2/(2*s^2)", [], "proved"),
    ("D(Normal(m,s)||Normal(m,t)) = 0", ["s = t"], "proved"),
    ("D(Normal(m,s)||Normal(n,s)) <= 1/2", ["m = n + s"], "proved"),
    ("H(Normal(m,s)) >= H(Normal(m,t))", ["s >= t"], "proved"),
    ("H(Exponential(a)) >= 0", ["a <= 1"], "proved"),
    ("D(Exponential(2)||Exponential(3)) <= 1/10", [], "proved"),
    ("D(Normal(m,s)||Normal(m,t)) = 0", ["s <= t"], "refuted"),
    ("D(Exponential(a)||Exponential(b)) = 0", ["a = 2*b"], "refuted"),
    ("D(Exponential(2)||Exponential(3)) = D(Exponential(3)||Exponential(2))", [], "refuted"),
    ("D(Uniform(0,a)||Uniform(0,b)) = log(b/a)", ["a <= b"], "proved"),
    ("D(Normal(m,1)||Normal(0,1)) > 0", [], "refuted"),
    ("D(Normal(0,s)||Normal(0,1)) >= (s-1)^2*0.7", [], "refuted"),
    ("D(Bernoulli(p)||Bernoulli(q)) >= 2.01*(p-q)^2", [], "refuted"),
    ("H(Exponential(a)) <= 100", [], "refuted"),
    ("TV(Normal(m,s),Normal(n,s)) = erf(abs(m-n)/(2*sqrt(2)*s))", [], "proved"),
    ("TV(Normal(m,s),Normal(n,s)) = erf(abs(m-n)/(2*sqrt(2)*s)) + 1e-9", [], "refuted"),
    ("JSD(Uniform(0,1),Uniform(0,2)) = 3/4*log(4/3)", [], "proved"),
    ("JSD(Exponential(1),Exponential(2)) <= 1/10", [], "proved"),
    ("Renyi(Exponential(a)||Exponential(b),2) = log(a^2/(b*(2*a-b)))", ["2*a > b"], "proved"),
    ("Renyi(Exponential(a)||Exponential(b),2) = log(a^2/(b*(2*a-b)))", [], "refuted"),
    ("BC(Exponential(a),Exponential(b)) = 2*sqrt(a*b)/(a+b)", [], "proved"),
    ("BC(Exponential(a),Exponential(b)) = 2*sqrt(a*b)/(a+b) + 1e-9", [], "refuted"),
    ("D(Finite([7/10,3/10])||Finite([1/2,1/2])) < D(Finite([1/2,1/2])||Finite([7/10,3/10]))", [], "proved"),
    ("D(Finite([7/10,3/10])||Bernoulli(3/10)) = 0", [], "proved"),
    ("D(Finite({a: 7/10, b: 3/10})||Finite({b: 1/2, a: 1/2})) = 1/9", [], "refuted"),
    ("D(Laplace(m,b)||Laplace(n,b)) <= (1/2 - 1e-9)*(m-n)^2/b^2", [], "refuted"),
]


def rechecked(data: Any) -> bool:
    symbols: dict[str, Symbol] = {}
    return recheck(data, lambda text: read_expression(text, symbols))[0]


@pytest.mark.parametrize(("claim", "given", "status"), CLAIMS)
def test_claims_under_hypotheses_have_certificates(claim: str, given: list[str], status: str) -> None:
    verdict = prove(read_relation(claim), given)
    assert verdict.status == status, verdict.reason
    assert rechecked(json.loads(json.dumps(verdict.certificate)))


def test_finite_laws_whose_texts_do_not_tell_their_outcomes_have_no_certificate() -> None:
    listed = Finite([Rational(1, 2)] * 2), Finite([Rational(1, 4), Rational(3, 4)])
    named = Finite({"0": Rational(1, 2), "1": Rational(1, 2)}), Finite({"0": Rational(1, 4), "1": Rational(3, 4)})
    assert prove(KL(*listed) <= 1).certificate is not None
    assert prove(KL(*named) <= 1).certificate is None


@pytest.mark.parametrize(("claim", "given", "status"), [CLAIMS[4], CLAIMS[7]])
def test_what_is_of_another_kind_is_rejected(claim: str, given: list[str], status: str) -> None:
    found = prove(read_relation(claim), given).certificate
    assert found is not None
    kind, inside = next(iter(found["proofs"][0].items()))
    statements = [{**found["statement"], part: value} for part in ("claims", "given") for value in ("", {}, None, "0=0", ["0=0"], [["0", "=", 0]], 3)]
    proofs = [*({kind: value} for value in ("", 3, None, [], {}, [["x", 1]], {"a": 1})), *({kind: inside, "more": value} for value in (None, "x"))]
    for statement in statements:
        assert not rechecked(sealed(status, statement, found["proofs"])), statement
    for proof in proofs:
        assert not rechecked(sealed(status, found["statement"], [proof])), proof


@pytest.mark.parametrize(("claim", "given", "status"), [CLAIMS[0], CLAIMS[7]])
def test_bent_certificates_are_rejected(claim: str, given: list[str], status: str) -> None:
    original = prove(read_relation(claim), given).certificate
    assert original is not None
    other = {"proved": "refuted", "refuted": "proved"}[status]
    claim_texts, kind = original["statement"]["claims"][0], "values" if status == "proved" else "witness"

    def stated(claims: Any, hypotheses: Any = ()) -> dict[str, Any]:
        return {"claims": claims, "given": list(hypotheses)}

    changes: dict[str, list[Any]] = {
        "format": ["x"],
        "version": [1],
        "verdict": [other, "unknown", 1],
        "statement": [
            stated([[claim_texts[0], "=", claim_texts[0] if status == "refuted" else "1"]]),
            stated([[claim_texts[2], "<", claim_texts[2]]]),
            stated([["import os", "=", "0"]]),
            stated([5]),
            stated([claim_texts], [["m1", "=", "0", "0"]] if status == "proved" else [["a", "=", "b"]]),
            stated([claim_texts, claim_texts]),
        ],
        "proofs": [
            [],
            [{kind: "x"}],
            [{"values": [["H(Normal(0, 1))", "0"]]}],
            [{"values": [[claim_texts[0], "1"]]}],
            [{"witness": {"zz": "1"}}],
            [{"witness": {"a": "1", "b": "1"}}],
        ],
        "digest": ["0"],
    }
    for key, values in changes.items():
        for value in values:
            bent = copy.deepcopy(original)
            bent[key] = value
            assert not rechecked(bent), (key, value)
            if key != "digest":
                bent["digest"] = digest(bent)
                assert not rechecked(bent), (key, value)


@pytest.mark.parametrize("value", ["1/4 + 1/10**30", "0", "1"])
def test_a_bent_closed_form_of_a_divergence_without_a_derivation_is_rejected(value: str) -> None:
    original = prove("TV(Exponential(1),Exponential(2)) = 1/4").certificate
    assert original is not None and rechecked(original)
    text = original["statement"]["claims"][0][0]
    assert not rechecked(sealed("proved", original["statement"], [{"values": [[text, value]]}]))
    assert not rechecked(sealed("proved", {"claims": [[text, "=", value]], "given": []}, [{"values": [[text, value]]}]))


def test_a_wrong_closed_form_does_not_meet_the_oracle(monkeypatch: pytest.MonkeyPatch) -> None:
    certificates = importlib.import_module("symkl.prove.closed_certificate")
    head = TotalVariation(Exponential(1), Exponential(3))
    assert certificates._established(head)
    monkeypatch.setattr(TotalVariation, "doit", lambda self, **_: Rational(1, 2))
    assert not certificates._established(head)


def test_the_command_line_writes_and_checks_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "c.json")
    assert run(["prove", "D(Normal(m,s)||Normal(m,t)) = 0", "--given", "s = t", "--certificate", file]) == 0
    assert run(["check", file]) == 0
    assert "given s = t" in capsys.readouterr().out
    assert run(["prove", "I(X;Z) <= I(X;Y)", "--given", "X -> Y -> Z", "--certificate", file]) == 0
    assert run(["check", file]) == 0
    assert "accepted: proved: I(X;Z) <= I(X;Y), given I(X;Z|Y) = 0" in capsys.readouterr().out
    missing = str(tmp_path / "none.json")
    assert run(["prove", "2 I(C;D) <= I(A;B) + I(A;C,D) + 3 I(C;D|A) + I(C;D|B)", "--certificate", missing]) == 3
    assert "is not written" in capsys.readouterr().err


def test_the_case_that_a_hypothesis_excludes_is_not_taken() -> None:
    a, b = (Symbol(name, positive=True) for name in "ab")
    cases = Piecewise((log(b / a), a <= b), (oo, True))
    assert in_case(cases, Facts.of(a <= b)) == log(b / a)
    assert in_case(cases, Facts.of(a > b)) is oo
    assert in_case(cases, Facts()) == cases
    assert not prove(read_relation("D(Uniform(0,a)||Uniform(0,b)) = log(b/a)"), ["b <= a"]).is_proved


def test_the_last_line_of_an_inequality_says_what_it_rests_on() -> None:
    assert str(prove(read_relation("D(Normal(0,1)||Normal(1,1)) <= 1")).steps[-1]).endswith("(a number, 0.500000)")
    assert "log t <= t - 1" in str(prove(read_relation("D(Normal(0,s)||Normal(0,1)) >= (s-1)^2/2")).steps[-1])


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        ("Renyi(Normal(0,1),Normal(1,1),2) = 1", 0),
        ("Renyi(Normal(0,1),Normal(1,1),2) = 2", 1),
        ("D([1/2,1/2]||[1/4,3/4]) >= 1/7", 0),
        ("TV([1/2,1/2],[1/4,3/4]) = 1/4", 0),
    ],
)
def test_other_measures_and_bare_masses(claim: str, status: int) -> None:
    assert run(["prove", claim]) == status
