"""`symkl prove`: a claim proved, refuted by an exact witness, or left undecided."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from symkl.cli.options import WORDS, add_format

__all__ = ["HELP", "NAME", "add_arguments", "run"]

NAME = "prove"
HELP = 'prove or refute a claim such as "D(P||Q) >= 0" or "I(X;Z) <= I(X;Y)"; exit status 0 proved, 1 refuted, 3 undecided'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "claim",
        metavar="CLAIM",
        help='a relation between H(X|Y), I(X;Y|Z), D(P||Q), H(P), TV(P,Q), ..., or of measures of families: "D(Normal || Laplace) >= 0"',
    )
    parser.add_argument(
        "--given", metavar="H", action="append", default=[], help='a hypothesis, such as "X -> Y -> Z" or "H(X|Y) = 0"; may be repeated'
    )
    add_format(parser, WORDS)
    parser.add_argument("--certificate", metavar="FILE", help="write the certificate of the proof to FILE, as JSON")


def run(args: Any) -> int:
    from pathlib import Path

    from symkl.cli.answers import status_of
    from symkl.prove import prove
    from symkl.render import render
    from symkl.render.data import dumps

    verdict = prove(args.claim, given=args.given)
    print(render(verdict, args.format))
    if args.certificate and verdict.certificate is not None:
        Path(args.certificate).write_text(dumps(verdict.certificate) + "\n", encoding="utf-8")
    elif args.certificate:
        print(f"symkl: {args.certificate} is not written: there is no certificate of this verdict", file=sys.stderr)
    return status_of(verdict)
