"""`symkl kl`, `symkl entropy`, `symkl cross-entropy`: the closed form of a measure."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from symkl.cli.options import add_base, add_digits, add_format, add_given, add_laws

__all__ = ["CROSS_ENTROPY", "ENTROPY", "KL"]


@dataclass(frozen=True)
class MeasureCommand:
    """The command of one head."""

    NAME: str
    HELP: str
    head: str
    laws: tuple[str, ...]

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_laws(parser, self.laws, optional=len(self.laws) - 1)
        add_format(parser)
        add_base(parser)
        add_digits(parser, None)
        add_given(parser)
        parser.add_argument("--steps", action="store_true", help="print the derivation, not only its result")

    def run(self, args: Any) -> int:
        from symkl.cli.answers import print_derivation, print_logarithms
        from symkl.cli.heads import head_of, logarithms_of
        from symkl.core import heads
        from symkl.derive import derive

        head = head_of(getattr(heads, self.head), args)
        value = None if args.steps or args.format == "json" else logarithms_of(head)
        if value is not None:
            return print_logarithms(value, head, args)
        return print_derivation(derive(head), args, whole=args.steps)


KL = MeasureCommand("kl", "the divergence D_KL(P || Q) in closed form, with its conditions", "KL", ("P", "Q"))
ENTROPY = MeasureCommand("entropy", "the entropy H(P)", "Entropy", ("P",))
CROSS_ENTROPY = MeasureCommand("cross-entropy", "the cross-entropy H(P, Q)", "CrossEntropy", ("P", "Q"))
