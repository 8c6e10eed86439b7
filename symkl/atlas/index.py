"""The index of an atlas: every result with its status, for programs (JSON) and for people (Markdown)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symkl.atlas.storage import canonical, write_whole
from symkl.errors import DomainError

if TYPE_CHECKING:
    from symkl.atlas.build import Atlas, Row

__all__ = ["read_index", "write_index"]

#: One letter for how closed a closed form is.
LETTERS = {"elementary": "E", "special": "S", "hypergeometric": "H", "finite sum": "F", "series": "Z"}
SEMI_CLOSED, INFINITE, ERROR, NOT_ASKED = "~", "-", "!", " "
COLUMNS = ("status", "check", "certificate")
#: The statuses of results that have a form, which is of some kind.
FORMS = ("closed", "semi-closed")


def write_index(atlas: Atlas) -> None:
    """Write `index.json` and `index.md` for the rows of the atlas."""
    names: dict[str, Row] = {}
    for row in atlas.rows:
        if names.setdefault(row.statement.id, row) is not row:
            raise DomainError(f"{row.statement} and {names[row.statement.id].statement} have the same id; lengthen ids")
    write_whole(atlas.folder / "index.json", canonical(_data(atlas)))
    write_whole(atlas.folder / "index.md", "\n".join(_markdown(atlas)) + "\n")


def read_index(folder: Path) -> dict[str, Any] | None:
    """The index of the atlas in the folder, if there is one."""
    try:
        index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return index if isinstance(index, dict) else None


def _data(atlas: Atlas) -> dict[str, Any]:
    return {
        "measure": atlas.measure,
        "counts": {
            "results": len(atlas.rows),
            **{column: atlas.counts(column) for column in COLUMNS},
            "kind": {status: atlas.counts("kind", status) for status in FORMS},
        },
        "results": [_row_data(row) for row in atlas.rows if row.is_settled],
        "errors": [{"families": list(row.statement.families), "reason": row.reason} for row in atlas.errors],
    }


def _row_data(row: Row) -> dict[str, Any]:
    return {
        "id": row.statement.id,
        "families": list(row.statement.families),
        "status": row.status,
        "kind": row.kind,
        "check": row.check,
        "certificate": row.certificate or None,
        "file": str(row.statement.path),
    }


def _markdown(atlas: Atlas) -> Iterator[str]:
    yield f"# Atlas: {atlas.measure}"
    yield ""
    yield f"{len(atlas.rows)} statements."
    for column in COLUMNS:
        yield from _counts(column, atlas.counts(column))
    for status in FORMS:
        yield from _counts(f"kind of the {status}", atlas.counts("kind", status))
    if atlas.errors:
        yield from ("", "## Errors", "", "| statement | reason |", "| --- | --- |")
        yield from (f"| {_cell(str(row.statement))} | {_cell(row.reason)} |" for row in atlas.errors)
    if atlas.rows and len(atlas.rows[0].statement.families) == 2:
        yield from ("", "## Table", "", *_grid(atlas))
    yield from ("", "## Results", "", "| id | statement | status | kind | check | certificate |", "| --- | --- | --- | --- | --- | --- |")
    for row in atlas.rows:
        if row.is_settled:
            link = f"[{row.statement.id}]({row.statement.path})"
            yield f"| {link} | {_cell(str(row.statement))} | {row.status} | {row.kind} | {row.check} | {row.certificate} |"


def _counts(title: str, counts: dict[str, int]) -> Iterator[str]:
    if counts:
        yield from ("", f"| {title} | count |", "| --- | ---: |")
        yield from (f"| {value} | {count} |" for value, count in counts.items())


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "\\|")


def _grid(atlas: Atlas) -> Iterator[str]:
    """One letter a pair: a row for each P, a column for each Q."""
    letters = {row.statement.families: _letter(row) for row in atlas.rows}
    names = sorted({name for pair in letters for name in pair})
    width = max(map(len, names))
    key = [f"{letter} {kind}" for kind, letter in LETTERS.items()]
    yield f"P down, Q across in the same order. Closed: {', '.join(key)}; {SEMI_CLOSED} semi-closed, {INFINITE} infinite, {ERROR} error."
    yield ""
    yield "```text"
    for number, name in enumerate(names, 1):
        yield f"{number:3} {name:{width}} {''.join(letters.get((name, other), NOT_ASKED) for other in names)}".rstrip()
    yield "```"


def _letter(row: Row) -> str:
    if row.status == "closed":
        return LETTERS[row.kind]
    return {"semi-closed": SEMI_CLOSED, "infinite": INFINITE}.get(row.status, ERROR)
