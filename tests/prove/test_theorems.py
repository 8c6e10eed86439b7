"""The theorem library and the book: every statement comes out as marked, and its text and LaTeX can be printed."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from sympy import symbols

from symkl.core.certificates import kind_of
from symkl.core.heads import KL
from symkl.errors import DomainError
from symkl.families import Exponential
from symkl.prove import check
from symkl.prove.steps import plain_tex
from symkl.prove.theorems.calculation import Slope, calculated

library = import_module("symkl.prove.theorems")
shelf = import_module("symkl.prove.theorems.book")

CITED = {"B16"}
WRONG = {"mi", "vb", "vblme", "fren-dec", "gam-dent", "ugkv-anc"}


def test_the_numbers_are_those_of_the_list() -> None:
    ids = [each.id for each in library.theorems()]
    assert ids == [
        *(f"A{i}" for i in range(1, 31)),
        *(f"B{i}" for i in range(1, 20)),
        *(f"C{i}" for i in range(1, 15)),
        *(f"D{i}" for i in range(1, 9)),
    ]
    names = [each.name for each in library.theorems()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("theorem", library.theorems(), ids=lambda each: each.id)
def test_each_theorem_comes_out_as_marked(theorem: object) -> None:
    verdict = theorem.verdict()  # type: ignore[attr-defined]
    if theorem.id in CITED:  # type: ignore[attr-defined]
        assert verdict.is_unknown
        assert "cited" in verdict.reason
        return
    assert verdict.status == ("refuted" if theorem.is_false else "proved"), verdict.reason  # type: ignore[attr-defined]
    for each in theorem.parts:  # type: ignore[attr-defined]
        found = each.settle()
        if found.certificate is not None and kind_of(found.certificate) == "laws":
            assert check(json.dumps(found.certificate)).is_proved


@pytest.mark.parametrize("entry", shelf.book(), ids=lambda each: each.id)
def test_each_entry_of_the_book_is_settled(entry: object) -> None:
    verdict = entry.verdict()  # type: ignore[attr-defined]
    assert verdict.status == ("refuted" if entry.is_false else "proved"), verdict.reason  # type: ignore[attr-defined]


def test_exactly_the_wrong_entries_are_wrong() -> None:
    assert {each.id for each in shelf.book() if each.is_false} == WRONG
    for each in shelf.book():
        if each.is_false:
            first, *rest = each.parts
            assert first.settle().is_refuted
            assert first.settle().witness is not None
            assert all(other.settle().is_proved for other in rest)


def test_a_theorem_is_found_by_number_and_name() -> None:
    assert library.theorem("b7") is library.theorem("Pinsker")
    with pytest.raises(DomainError, match="did you mean pinsker"):
        library.theorem("pinskr")


@pytest.mark.parametrize("name", ["C1", "B1", "B4", "B7", "A9", "A16", "A14", "B15", "C9"])
def test_text_and_latex(name: str) -> None:
    theorem = library.theorem(name)
    text, tex = theorem.text(), theorem.latex()
    assert text.startswith(theorem.id)
    assert tex.isascii() or all(c in "é–" for c in tex if not c.isascii())
    assert tex.count(r"\begin{enumerate}") == tex.count(r"\end{enumerate}")
    assert tex.count("$") % 2 == 0


def test_a_part_that_comes_out_otherwise_is_reported() -> None:
    from symkl.prove.theorems import Theorem
    from symkl.prove.theorems.theorem import part

    planted = Theorem("X1", "planted", "a false statement", (part("D(P||Q) = D(Q||P)"),))
    verdict = planted.verdict()
    assert verdict.is_unknown
    assert "refuted, not proved" in verdict.reason


@pytest.mark.parametrize("each", library.theorems(), ids=lambda each: each.id)
def test_no_claim_is_evaluated_before_it_is_shown(each: Any) -> None:
    for one in each.parts:
        assert one.shown not in ("True", "False")
        sides = one.shown.split("   given ")[0].split(" = ")
        assert len(sides) != 2 or sides[0] != sides[1]


def test_a_wrong_slope_is_not_proved() -> None:
    a, b = symbols("a b", positive=True)
    slope = Slope(KL(Exponential(a), Exponential(b)), b, ((b, a),), 2 / a**2, 2)
    assert not calculated(slope).is_proved
    assert calculated(replace(slope, value=1 / a**2)).is_proved
    assert not calculated(replace(slope, order=1)).is_proved


def test_letters_of_prose_in_latex() -> None:
    assert plain_tex("Rényi's Γ_p, ρ ≥ 0 字") == r"R\'{e}nyi's $\Gamma$\_p, $\rho$ $\ge$ 0 ?"
