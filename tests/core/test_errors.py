"""Errors say what was tried, once."""

from __future__ import annotations

from symkl.errors import NoClosedForm, Undecided


def test_what_was_tried_is_said_once() -> None:
    inner = Undecided("the sign of x is open", ("algebra", "balls"))
    assert str(Undecided(f"{inner}", ("balls", "search"))) == "the sign of x is open. Tried: algebra, balls, search."
    assert str(NoClosedForm("E[f].", ("a", "b"))) == "E[f]. Rules asked: a, b."
    assert str(Undecided("x")) == "x"
