"""`symkl derive`: a derivation, replayed by the checker, and certified if asked."""

from __future__ import annotations

import argparse
from typing import Any

from symkl.cli.options import add_base, add_digits, add_format, add_given, add_laws, count_number

__all__ = ["HELP", "NAME", "add_arguments", "run"]

NAME = "derive"
HELP = 'the derivation of D_KL(P || Q), or of a measure such as "Entropy(Gamma)", step by step and checked'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_laws(parser, ("P", "Q"), optional=1)
    add_format(parser)
    add_base(parser)
    add_digits(parser, None)
    add_given(parser)
    parser.add_argument(
        "--certify", metavar="DIGITS", type=count_number, nargs="?", const=30, help="hold the result against rigorous enclosures (default: 30 digits)"
    )
    parser.add_argument("--points", metavar="N", type=count_number, default=3, help="exact random points for --certify (default: 3)")
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="seed of the points (default: 0)")
    parser.add_argument("--certificate", metavar="FILE", help="write the steps to FILE, as a certificate for symkl check")


def run(args: Any) -> int:
    import sys
    from pathlib import Path

    from symkl.cli.answers import print_derivation
    from symkl.cli.heads import expression_or_head
    from symkl.core.heads import KL, CrossEntropy, Entropy, Expectation, Head
    from symkl.derive import derive
    from symkl.derive.certificate import derivation_certificate
    from symkl.errors import DomainError
    from symkl.render.data import dumps

    head = expression_or_head(args, KL)
    if not isinstance(head, (Head, Expectation)):
        raise DomainError(f"{head} is not a measure of laws; write two laws, or one measure such as KL(P, Q) or Entropy(P)")
    if not isinstance(head, (KL, Entropy, CrossEntropy, Expectation)):
        raise DomainError(f"{head} is derived through other measures; symkl eval has its value, and with --exact a closed form where there is one")
    derivation = derive(head)
    verdicts = {"check": derivation.check()}
    if args.certify is not None:
        verdicts["certificate"] = derivation.certify(digits=args.certify, points=args.points, seed=args.seed)
    if args.certificate and (document := derivation_certificate(derivation)) is not None:
        Path(args.certificate).write_text(dumps(document) + "\n", encoding="utf-8")
    elif args.certificate:
        print(f"symkl: {args.certificate} is not written: the steps are not all re-established, or cannot be written down", file=sys.stderr)
    return print_derivation(derivation, args, whole=True, verdicts=verdicts)
