"""`symkl theorems`: the library of theorems, or one of them with its proof or witness."""

from __future__ import annotations

import argparse
import json
from typing import Any

__all__ = ["HELP", "NAME", "add_arguments", "run"]

NAME = "theorems"
HELP = "the library of theorems, settled now; with a number or a name, its proof or its counterexample"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="a number, such as B7, or a name, such as pinsker")
    parser.add_argument("--format", choices=("text", "latex", "json"), default="text", help="how it is printed (default: text)")


def run(args: Any) -> int:
    from symkl.errors import ParseError
    from symkl.prove.theorems import theorem, theorems

    if args.name is None:
        rows = [(each.id, each.name, each.title) for each in theorems()]
        if args.format == "json":
            print(json.dumps([{"id": i, "name": name, "title": title} for i, name, title in rows], indent=2, ensure_ascii=False))
            return 0
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        for i, name, title in rows:
            print(f"{i:<{widths[0]}}  {name:<{widths[1]}}  {title}")
        return 0
    try:
        found = theorem(args.name)
    except KeyError as error:
        raise ParseError(str(error.args[0])) from None
    if args.format == "json":
        verdict = found.verdict()
        print(
            json.dumps(
                {"id": found.id, "name": found.name, "title": found.title, "status": verdict.status, "text": found.text(), "latex": found.latex()},
                indent=2,
                ensure_ascii=False,
            )
        )
    else:
        print(found.latex() if args.format == "latex" else found.text())
    return 0
