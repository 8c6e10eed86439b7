"""Options that several commands share, and what they mean."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from symkl.errors import DomainError

if TYPE_CHECKING:
    from sympy import Expr, Symbol

__all__ = ["FORMATS", "add_base", "add_digits", "add_format", "add_given", "add_laws", "base_of", "symbols_of"]

FORMATS = ("text", "unicode", "latex", "markdown", "python", "json")
MAX_DIGITS = 100_000

LAW_HELP = (
    'a family (Normal), a member ("Normal(mu, 3/2)", "Gamma(shape=a, scale=2)"), probabilities ("7/10, 3/10"), '
    '"Density(2*x*exp(-x^2), x, 0, oo)", or a CSV file of counts or probabilities (- for standard input)'
)


def add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-f", "--format", choices=FORMATS, default="text", help="how the answer is written (default: text)")


def add_base(parser: argparse.ArgumentParser) -> None:
    unit = parser.add_mutually_exclusive_group()
    unit.add_argument("--base", metavar="B", default="e", help="base of the logarithm, a number above 1 (default: e, nats)")
    unit.add_argument("--bits", action="store_const", const="2", dest="base", help="the same as --base 2")


def digits_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_DIGITS):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of digits from 1 to {MAX_DIGITS}")
    return int(text)


def add_digits(parser: argparse.ArgumentParser, default: int | None) -> None:
    shown = "" if default is None else f" (default: {default})"
    parser.add_argument("--digits", metavar="N", type=digits_number, default=default, help=f"right digits of the number{shown}")


def add_laws(parser: argparse.ArgumentParser, names: tuple[str, ...], optional: int = 0) -> None:
    """Positional laws; the last `optional` of them may be missing."""
    for i, name in enumerate(names):
        may_miss = i >= len(names) - optional
        parser.add_argument(name, nargs="?" if may_miss else None, help=LAW_HELP if i == 0 else "another law, as the first")
    parser.add_argument("--columns", metavar="p,q", default="", help="columns of a CSV file, by header or by number from 1")


def add_given(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--given", metavar="COND", action="append", default=[], help='what is known of a symbol, such as "a > 0" or "n integer"')


def base_of(args: Any) -> Expr | None:
    """The base that was asked for; None for nats."""
    from sympy import E

    from symkl.cli.laws import checked_base

    base = checked_base(args.base)
    return None if base == E else base


_WORDS = ("real", "integer", "positive", "negative", "nonnegative")


def symbols_of(given: list[str]) -> dict[str, Symbol]:
    """The symbols of which something is known, with SymPy's assumptions.

    >>> symbols_of(["a > 0", "n integer", "n >= 0"])["n"].assumptions0["nonnegative"]
    True
    """
    from sympy import Symbol

    facts: dict[str, dict[str, bool]] = {}
    for text in given:
        name, assumption = _assumption(text)
        facts.setdefault(name, {})[assumption] = True
    return {name: Symbol(name, **assumptions) for name, assumptions in facts.items()}


def _assumption(text: str) -> tuple[str, str]:
    from symkl.cli.grammar import Name, parse_relation

    words = text.split()
    if len(words) == 2 and words[1] in _WORDS and words[0].isidentifier():
        return words[0], words[1]
    relation = parse_relation(text)
    value = _number(relation.right, text)
    if not isinstance(relation.left, Name) or value is None:
        raise DomainError(f"--given {text!r}: write a symbol against a number, such as a > 0, or {', '.join(_WORDS)} after its name")
    below, above = relation.sign in ("<", "<="), relation.sign in (">", ">=")
    if above and (value > 0 or (value == 0 and relation.sign == ">")):
        return relation.left.text, "positive"
    if above and value == 0:
        return relation.left.text, "nonnegative"
    if below and (value < 0 or (value == 0 and relation.sign == "<")):
        return relation.left.text, "negative"
    return relation.left.text, "real"


def _number(node: Any, text: str) -> Any:
    from symkl.cli.expressions import Reader

    value = Reader(text).expression(node)
    return value if value.is_Rational else None
