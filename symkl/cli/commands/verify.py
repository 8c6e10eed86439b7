"""`symkl verify`: printed statements settled again, and those that are wrong named with the right statement."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from symkl.cli.commands.theorems import shown
from symkl.cli.options import WORDS, add_format

__all__ = ["HELP", "NAME", "add_arguments", "run"]

NAME = "verify"
HELP = "settle the statements of a printed collection again and list the wrong ones; exit status 1 if there are any"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("statproofbook",), help="the Book of Statistical Proofs, by the ids of its pages")
    add_format(parser, WORDS)
    parser.add_argument("--all", action="store_true", help="show the statements that are right too")


def run(args: Any) -> int:
    from symkl.prove.theorems.book import book

    entries, wrong, open_ = book(), 0, 0
    listed: list[str] = []
    for number, entry in enumerate(entries, 1):
        if sys.stderr.isatty():
            print(f"\r{number}/{len(entries)} {entry.id:<20}", end="", file=sys.stderr, flush=True)
        verdict = entry.verdict()
        wrong += verdict.is_refuted
        open_ += verdict.is_unknown
        if args.all or not verdict.is_proved:
            listed.append(shown(entry, args.format))
            if args.format != "json":
                print(("\r" if sys.stderr.isatty() else "") + listed[-1])
    if sys.stderr.isatty():
        print("\r" + " " * 30 + "\r", end="", file=sys.stderr)
    told = f"{len(entries)} statements: {len(entries) - wrong - open_} right, {wrong} printed wrong, {open_} not settled"
    print(f"[{', '.join(listed)}]" if args.format == "json" else f"\n{told}" if args.format in ("latex", "markdown") else told)
    return 3 if open_ else 1 if wrong else 0
