"""The catalogue settled: a seeded sample here, all of it in the sweep.

The sweep is `symkl atlas --certify 30` (hours; resumable, so it may be stopped), or `pytest -m slow tests/atlas/test_catalogue.py`, which also
holds what the files say against each other. SYMKL_ATLAS names the folder of the sweep, so that it can be taken up again.
"""

import json
import os
from pathlib import Path

import pytest
from sympy import Symbol, sympify

from symkl.atlas import Atlas, build_atlas

SAMPLE, SEED = 60, 20
CERTIFIED, DIGITS = 8, 30


def report(atlas: Atlas) -> str:
    return "\n".join(f"{row.statement}: {row.status} {row.reason} check {row.check}, certificate {row.certificate}" for row in atlas.rows)


def assert_sound(atlas: Atlas) -> None:
    """Every statement is settled, no check contradicts one, and what is not closed names what stays."""
    assert atlas.is_complete and not atlas.refuted, report(atlas)
    for row in atlas.rows:
        record = json.loads((atlas.folder / row.statement.path).read_text(encoding="utf-8"))
        assert bool(record["unreduced"]) is (record["status"] == "semi-closed"), row
        assert "nan" not in record["expr"] and "zoo" not in record["expr"], row
        assert record["derivation"] and record["latex"], row
        sympify(record["expr"], locals={name: Symbol(name, **facts) for name, facts in record["symbols"].items()})


def test_a_sample_of_the_catalogue_is_settled(tmp_path: Path) -> None:
    assert_sound(build_atlas(tmp_path, sample=SAMPLE, seed=SEED))


def test_a_sample_of_closed_forms_is_certified(tmp_path: Path) -> None:
    atlas = build_atlas(tmp_path, families=["Exponential", "Gamma", "Normal", "Laplace", "Poisson"], sample=CERTIFIED, seed=SEED, certify=DIGITS)
    assert_sound(atlas)
    assert set(atlas.counts("certificate")) == {"proved"}, report(atlas)


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("measure", ["entropy", "kl"])
def test_the_whole_catalogue_is_settled_and_certified(tmp_path: Path, measure: str) -> None:
    folder = Path(os.environ.get("SYMKL_ATLAS", tmp_path)) / measure
    atlas = build_atlas(folder, measure=measure, certify=DIGITS, limit=600.0)
    assert_sound(atlas)
    assert set(atlas.counts("certificate")) == {"proved"}, report(atlas)
    if measure == "kl":
        assert atlas.counts("status")["closed"] >= 1200, atlas.counts("status")
