"""Options that several commands share, and what they mean."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sympy import Expr

__all__ = ["FORMATS", "WORDS", "add_base", "add_digits", "add_format", "add_given", "add_laws", "base_of", "count_number"]

FORMATS = ("text", "unicode", "latex", "markdown", "python", "json")
#: Of what is no function of anything.
WORDS = tuple(form for form in FORMATS if form != "python")
MAX_DIGITS = 100_000

LAW_HELP = (
    'a family (Normal), a member ("Normal(mu, 3/2)", "Gamma(shape=a, scale=2)"), probabilities ("7/10, 3/10"), '
    '"Density(2*x*exp(-x^2), x, 0, oo)", or a CSV file of counts or probabilities (- for standard input)'
)


def add_format(parser: argparse.ArgumentParser, formats: tuple[str, ...] = FORMATS) -> None:
    parser.add_argument("-f", "--format", choices=formats, default="text", help="how the answer is written (default: text)")


def add_base(parser: argparse.ArgumentParser) -> None:
    unit = parser.add_mutually_exclusive_group()
    unit.add_argument("--base", metavar="B", default="e", help="base of the logarithm, a number above 1 (default: e, nats)")
    unit.add_argument("--bits", action="store_const", const="2", dest="base", help="the same as --base 2")


def digits_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:10]) <= MAX_DIGITS):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of digits from 1 to {MAX_DIGITS}")
    return int(text)


def count_number(text: str) -> int:
    """A whole number from 1."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:10]) <= 10_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 10000")
    return int(text)


def add_digits(parser: argparse.ArgumentParser, default: int | None) -> None:
    shown = "" if default is None else f" (default: {default})"
    parser.add_argument("--digits", metavar="N", type=digits_number, default=default, help=f"right digits of the number{shown}")


def add_laws(parser: argparse.ArgumentParser, names: tuple[str, ...], optional: int = 0) -> None:
    """Positional laws; the last `optional` of them may be missing."""
    for i, name in enumerate(names):
        may_miss = i >= len(names) - optional
        parser.add_argument(name, nargs="?" if may_miss else None, help=LAW_HELP if i == 0 else "another law, as the first")
    parser.add_argument("--columns", metavar="p,q", default=None, help="columns of a CSV file, by header or by number from 1")
    parser.add_argument("--normalise", action="store_true", help="divide the columns of a CSV file by their sums, whatever these are")


def add_given(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--given", metavar="COND", action="append", default=[], help='what is known of a symbol, such as "a > 0", "0 < p < 1", "n integer" or "s = 2"; may be repeated'
    )


def base_of(args: Any) -> Expr | None:
    """The base that was asked for; None for nats."""
    from sympy import E

    from symkl.cli.laws import checked_base

    base = checked_base(args.base)
    return None if base == E else base
