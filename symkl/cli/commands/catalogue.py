"""`symkl families`: the catalogue, or one family in full."""

from __future__ import annotations

import argparse
from typing import Any

from symkl.cli.options import add_format

__all__ = ["HELP", "NAME", "add_arguments", "run"]

NAME = "families"
HELP = "the families, with their parameters and supports; with a name, all about one family"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help="a family")
    add_format(parser)


def run(args: Any) -> int:
    from symkl.cli.answers import DONE
    from symkl.cli.expressions import hint
    from symkl.errors import ParseError
    from symkl.families import families
    from symkl.render.catalogue import catalogue, family_sheet

    if args.name is None:
        print(catalogue(families(), args.format))
        return DONE
    known = {family.__name__: family for family in families()}
    if args.name not in known:
        raise ParseError(f"unknown family {args.name!r}{hint(args.name, list(known))}")
    print(family_sheet(known[args.name], args.format))
    return DONE
