"""The catalogue in print follows from the declarations."""

from __future__ import annotations

import json

import pytest
from sympy import sympify

from symkl.families import families
from symkl.render.catalogue import catalogue, family_sheet


def test_every_family_has_a_line() -> None:
    lines = catalogue(families(), "text").split("\n")
    assert [line.split()[0] for line in lines] == [family.__name__ for family in families()]


@pytest.mark.parametrize("family", families(), ids=lambda family: family.__name__)
def test_every_family_has_a_sheet_in_every_format(family: type) -> None:
    for form in ("text", "unicode", "latex", "markdown", "python", "json"):
        sheet = family_sheet(family, form)
        assert family.__name__ in sheet or form == "latex"
        if form in ("text", "latex"):
            assert sheet.isascii(), sheet
    data = json.loads(family_sheet(family, "json"))
    sympify(data["density"])
    assert [p["name"] for p in data["parameters"]] == [p.name for p in family.parameters]  # type: ignore[attr-defined]
