"""Files that are whole or not there: every planted harm is noticed."""

import json
from pathlib import Path

import pytest

from symkl.atlas.storage import canonical, locked, read_sealed, sealed, write_whole
from symkl.errors import DomainError

RECORD = {"id": "abcdefgh", "expr": "log(sigma_2/sigma_1)", "text": "log(σ₂/σ₁)", "nested": {"b": [1, None, True], "a": "x"}}


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "P" / "Q.json"
    write_whole(path, sealed(RECORD))
    record = read_sealed(path)
    assert record is not None and {key: record[key] for key in RECORD} == RECORD
    assert sealed(record) == path.read_text(encoding="utf-8")
    assert [each.name for each in path.parent.iterdir()] == ["Q.json"]


def test_the_text_does_not_depend_on_the_order_of_keys() -> None:
    assert sealed(RECORD) == sealed(dict(reversed(RECORD.items())))


def harmed(text: str) -> list[str]:
    record = json.loads(text)
    unsealed = {key: value for key, value in record.items() if key != "sha256"}
    return [
        "",
        text[: len(text) // 2],
        text[:-1],
        text + " ",
        text.replace("sigma_2", "sigma_3"),
        text.replace(record["sha256"], "0" * 64),
        canonical(unsealed),
        canonical(record | {"status": "closed"}),
        "[]\n",
        "null\n",
        "\0" * len(text),
    ]


@pytest.mark.parametrize("case", range(11))
def test_a_harmed_file_does_not_count(tmp_path: Path, case: int) -> None:
    path = tmp_path / "Q.json"
    path.write_text(harmed(sealed(RECORD))[case], encoding="utf-8")
    assert read_sealed(path) is None


def test_a_file_that_is_not_text_or_not_there_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "Q.json"
    assert read_sealed(path) is None
    path.write_bytes(b"\xff\xfe{}")
    assert read_sealed(path) is None


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Q.json"
    write_whole(path, "old")

    def full(descriptor: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_whole(path, "new and longer")
    assert path.read_text() == "old"


def test_one_writer_at_a_time_and_no_half_written_file_stays(tmp_path: Path) -> None:
    left = tmp_path / "P" / ".Q.json.tmp"
    left.parent.mkdir()
    left.write_text("{")
    with locked(tmp_path):
        assert not left.exists()
        with pytest.raises(DomainError, match="another run"), locked(tmp_path):
            pass
    with locked(tmp_path):
        pass
