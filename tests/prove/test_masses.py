"""Nothing is proved of a density whose mass is not one, or is not seen to be; neither by the prover nor by its checkers."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from symkl.cli.laws import read_expression, read_law, read_relation
from symkl.cli.main import run
from symkl.core.certificates import sealed
from symkl.errors import DomainError
from symkl.prove import check, prove
from symkl.prove.checker import check_certificate
from symkl.prove.closed_certificate import recheck

EXCESSIVE = "Density(5*exp(-x), x, 0, oo)"

#: A law that has not mass one, and its mass.
WRONG = [
    (EXCESSIVE, "5"),
    ("Density(5*exp(-x^2), x, -oo, oo)", "5*sqrt(pi)"),
    ("Density((1 + 1/10^9)*exp(-x), x, 0, oo)", "1000000001/1000000000"),
    ("Density(c*exp(-x), x, 0, oo)", "c"),
    ("Density((1-p)^x*p, x, 0, oo)", "0.7213"),
    ("Density(2^(-k), k, Naturals0)", "2"),
    ("Density(2/(pi*(1 + x^2 + x^4)), x, 0, oo)", "0.577"),
    (f"1/2*Exponential(2) + 1/2*{EXCESSIVE}", "5"),
    (f"w*Exponential(2) + (1-w)*{EXCESSIVE}", "5"),
]


@pytest.mark.parametrize(("law", "mass"), WRONG)
@pytest.mark.parametrize(
    "claim",
    ["D(Exponential(1)||{}) >= 0", "D({}||Exponential(1)) >= -1", "D(Exponential(1)||{0}) >= 2*TV(Exponential(1),{0})^2", "TV(Exponential(1),{}) <= 1"],
)
def test_densities_of_another_mass_are_no_laws(claim: str, law: str, mass: str) -> None:
    with pytest.raises(DomainError, match="mass is") as raised:
        prove(read_relation(claim.format(law)))
    assert mass in str(raised.value)


@pytest.mark.parametrize("law", ["Density(2*sin(x)^2/(pi*x^2), x, 0, oo)", "1/2*Exponential(2) + 1/2*Density(2*sin(x)^2/(pi*x^2), x, 0, oo)"])
def test_a_mass_that_is_not_known_leaves_the_claim_unknown(law: str) -> None:
    verdict = prove(read_relation(f"D(Exponential(1)||{law}) >= 0"))
    assert verdict.is_unknown and "mass of" in str(verdict.reason)


@pytest.mark.parametrize(
    "law",
    [
        "Density(exp(-x), x, 0, oo)",
        "Density(a*exp(-a*x), x, 0, oo)",
        "Density(2^(-k-1), k, Naturals0)",
        "Density(1/(pi*(1 + x^2)), x, -oo, oo)",
        "1/2*Exponential(2) + 1/2*Density(exp(-x), x, 0, oo)",
        f"Truncated({EXCESSIVE}, 1, 2)",  # divided by its mass between 1 and 2
    ],
)
def test_densities_of_mass_one_are_laws_for_the_prover_and_the_checker(law: str) -> None:
    verdict = prove(read_relation(f"D({law}||Exponential(1)) >= 0"))
    assert verdict.is_proved
    certificate = json.loads(json.dumps(verdict.certificate))
    assert check(certificate, lambda text: read_law(text, {})).is_proved
    assert check(certificate).is_unknown
    assert not check_certificate(certificate)[0]


def test_a_certificate_about_a_density_of_another_mass_is_rejected(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    original = prove(read_relation("D(Exponential(1)||Density(exp(-x), x, 0, oo)) >= 0")).certificate
    assert original is not None
    for name in (EXCESSIVE, " " + EXCESSIVE, "Density(exp(-x)*1.000000001, x, 0, oo)", "Density(exp(-x), x, 1, oo)", "Density", "Density(x)", "Exponential(-1)"):
        bent = json.loads(json.dumps(original).replace("Density(exp(-x), x, 0, oo)", name))
        forged = sealed(bent["verdict"], bent["statement"], bent["proofs"])
        assert not check(forged, lambda text: read_law(text, {})).is_proved, name
        file = tmp_path / "forged.json"
        file.write_text(json.dumps(forged), encoding="utf-8")
        assert run(["check", str(file)]) == 1, name
        assert "rejected" in capsys.readouterr().out


def test_no_table_stands_for_a_given_law() -> None:
    refuted = prove("D(P||Q) = D(Q||P)").certificate
    assert refuted is not None and check_certificate(refuted)[0]
    named = json.loads(json.dumps(refuted).replace('"P"', '"Exponential(1)"'))
    taken, message = check_certificate(sealed("refuted", named["statement"], named["proofs"]))
    assert not taken and "other laws" in message


def test_closed_forms_of_densities_are_of_those_of_mass_one() -> None:
    verdict = prove(read_relation("H(Density(2*x, x, 0, 1)) = 1/2 - log(2)"))
    assert verdict.is_proved and verdict.certificate is not None

    def accepted(data: Any) -> bool:
        return recheck(data, lambda text: read_expression(text, {}))[0]

    assert accepted(verdict.certificate)
    bent = copy.deepcopy(verdict.certificate)
    bent = json.loads(json.dumps(bent).replace("2*x", "3*x"))
    assert not accepted(sealed("proved", bent["statement"], bent["proofs"]))


def test_masses_that_are_symbols_are_said_to_sum_to_one() -> None:
    verdict = prove(read_relation("D([p,q]||[1/2,1/2]) >= 0"))
    assert verdict.is_proved and "where p + q = 1" in str(verdict.reason)
