"""The names of the atlas: permanent, unique, and where the files are."""

import pytest

from symkl import families
from symkl.atlas import Statement, statements
from symkl.errors import DomainError


def test_every_ordered_pair_and_every_family() -> None:
    count = len(families())
    assert len(statements("kl")) == count**2
    assert len(statements("entropy")) == count


@pytest.mark.parametrize("measure", ["kl", "entropy"])
def test_ids_and_paths_are_unique(measure: str) -> None:
    every = statements(measure)
    assert len({each.id for each in every}) == len({each.path for each in every}) == len(every)


def test_ids_are_permanent() -> None:
    """Published names: these must never change."""
    assert Statement("kl", ("Normal", "Normal")).id == "pxgvq3mr"
    assert Statement("kl", ("Gamma", "Normal")).id == "m54b4uyc"


def test_a_sample_is_drawn_by_its_seed_and_in_order() -> None:
    every = statements("kl")
    drawn = statements("kl", None, 50, 7)
    assert drawn == statements("kl", None, 50, 7) != statements("kl", None, 50, 8)
    assert len(drawn) == 50 and sorted(drawn, key=every.index) == list(drawn)
    assert statements("kl", ["Normal"], 50) == (Statement("kl", ("Normal", "Normal")),)


def test_what_is_not_known_is_named() -> None:
    with pytest.raises(DomainError, match="unknown family 'Gauss'"):
        statements("kl", ["Normal", "Gauss"])
    with pytest.raises(DomainError, match="no atlas of 'jeffreys'"):
        statements("jeffreys")
