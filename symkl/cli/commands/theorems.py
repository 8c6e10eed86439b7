"""`symkl theorems`: the library of theorems, or one of them with its proof or witness."""

from __future__ import annotations

import argparse
from typing import Any

from symkl.cli.options import WORDS, add_format

__all__ = ["HELP", "NAME", "add_arguments", "run", "shown"]

NAME = "theorems"
HELP = "the titles of the library of theorems; with a number or a name, that theorem settled now: its proof or its counterexample"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="a number, such as B7, or a name, such as pinsker")
    add_format(parser, WORDS)


def run(args: Any) -> int:
    from symkl.prove.theorems import theorem, theorems

    if args.name is None:
        print(_listed([(each.id, each.name, each.title) for each in theorems()], args.format))
        return 0
    print(shown(theorem(args.name), args.format))
    return 0


def shown(found: Any, form: str) -> str:
    """A theorem with the verdicts on its parts, in one of the formats."""
    from symkl.render.data import dumps
    from symkl.render.text import TextPrinter

    if form == "json":
        return dumps({**_titles(found.id, found.name, found.title), "status": found.verdict().status, "text": found.text(), "latex": found.latex()})
    if form in ("latex", "markdown"):
        return str(found.latex() if form == "latex" else found.markdown())
    return str(found.text()) if form == "unicode" else TextPrinter().prose(found.text())


def _titles(number: str, name: str, title: str) -> dict[str, str]:
    return {"id": number, "name": name, "title": title}


def _listed(rows: list[tuple[str, str, str]], form: str) -> str:
    """Number, name and title of each."""
    from symkl.prove.steps import plain_tex
    from symkl.render.data import dumps
    from symkl.render.text import TextPrinter

    if form == "json":
        return dumps([_titles(*row) for row in rows])
    if form == "latex":
        return "\n".join([r"\begin{description}", *(rf"  \item[{number}] {plain_tex(title)}" for number, _, title in rows), r"\end{description}"])
    if form == "markdown":
        return "\n".join(["| | name | statement |", "|---|---|---|", *(f"| {number} | {name} | {title} |" for number, name, title in rows)])
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{number:<{widths[0]}}  {name:<{widths[1]}}  {title}" for number, name, title in rows]
    return "\n".join(lines) if form == "unicode" else "\n".join(map(TextPrinter().prose, lines))
