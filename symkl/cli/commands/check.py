"""`symkl check`: a certificate checked again by the independent checkers, without what found it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["HELP", "NAME", "add_arguments", "run"]

NAME = "check"
HELP = "check the certificate of a proof, a refutation or a derivation again; exit status 0 accepted, 1 rejected"
MAX_BYTES = 50_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a certificate written by symkl prove or symkl derive --certificate (- for standard input)")


def _checked(data: Any) -> tuple[bool, str]:
    """The answer of the checker of the kind of certificate that it is."""
    from sympy import Symbol

    from symkl.cli.laws import read_expression, read_law
    from symkl.core.certificates import kind_of
    from symkl.prove import check
    from symkl.prove.closed_certificate import recheck

    if kind_of(data) == "families":
        symbols: dict[str, Symbol] = {}
        return recheck(data, lambda each: read_expression(each, symbols))
    verdict = check(data, lambda each: read_law(each, {}))
    return verdict.is_proved, str(verdict.reason)


def run(args: Any) -> int:
    from symkl.errors import ParseError

    if args.file == "-":
        text = sys.stdin.read(MAX_BYTES + 1)
    else:
        with Path(args.file).open(encoding="utf-8") as stream:
            try:
                text = stream.read(MAX_BYTES + 1)
            except UnicodeDecodeError:
                raise ParseError(f"{args.file}: not UTF-8 text") from None
    if len(text) > MAX_BYTES:
        raise ParseError(f"{args.file}: longer than {MAX_BYTES} characters")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        print(f"rejected: no JSON: {error}")
        return 1
    accepted, message = _checked(data)
    print(f"accepted: {message}" if accepted else f"rejected: {message}")
    return 0 if accepted else 1
