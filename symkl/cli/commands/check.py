"""`symkl check`: a certificate checked again by the independent checker, without the prover."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["HELP", "NAME", "add_arguments", "run"]

NAME = "check"
HELP = "check the certificate of a proof or refutation again; exit status 0 accepted, 1 rejected"
MAX_BYTES = 50_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a certificate written by symkl prove --certificate (- for standard input)")


def _closed_form(text: str) -> tuple[bool, str] | None:
    """The answer for a certificate of closed forms, which is checked by deriving them again; None for any other text."""
    from symkl.prove.closed_certificate import FORMAT, recheck

    if f'"{FORMAT}"' not in text:
        return None
    from sympy import Symbol

    from symkl.cli.laws import read_expression

    try:
        data = json.loads(text)
    except ValueError as error:
        return False, f"no JSON: {error}"
    symbols: dict[str, Symbol] = {}
    return recheck(data, lambda each: read_expression(each, symbols))


def run(args: Any) -> int:
    from symkl.errors import ParseError
    from symkl.prove.certificate import readable
    from symkl.prove.checker import check_certificate

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
    closed = _closed_form(text)
    accepted, message = closed if closed is not None else check_certificate(text)
    if accepted and closed is None:
        data = json.loads(text)
        message = f"{data['verdict']}: {readable(data['statement'])}"
    print(f"accepted: {message}" if accepted else f"rejected: {message}")
    return 0 if accepted else 1
