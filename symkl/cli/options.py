"""Options that several commands share, and what they mean."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sympy import Expr, Symbol

__all__ = ["FORMATS", "add_base", "add_digits", "add_format", "add_given", "add_laws", "base_of", "count_number", "relations_of", "symbols_of"]

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
    parser.add_argument("--columns", metavar="p,q", default="", help="columns of a CSV file, by header or by number from 1")


def add_given(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--given", metavar="COND", action="append", default=[], help='what is known of a symbol, such as "a > 0" or "n integer"; may be repeated'
    )


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
    from sympy.core.facts import InconsistentAssumptions

    from symkl.errors import DomainError

    facts: dict[str, dict[str, bool]] = {}
    for text in given:
        for name, assumption in _assumptions(text):
            facts.setdefault(name, {})[assumption] = True
    found: dict[str, Symbol] = {}
    for name, assumptions in facts.items():
        try:
            found[name] = Symbol(name, **assumptions)
        except InconsistentAssumptions:
            raise DomainError(f"--given: what is said of {name} is contradictory: it cannot be {' and '.join(sorted(assumptions))}") from None
    return found


def relations_of(given: list[str]) -> list[Any]:
    """The comparisons among the conditions, in the symbols of `symbols_of`."""
    from sympy import Eq, Ge, Gt, Le, Lt, Ne

    from symkl.cli.expressions import Reader
    from symkl.cli.grammar import parse_relation

    signs: dict[str, Any] = {">": Gt, ">=": Ge, "<": Lt, "<=": Le, "=": Eq, "!=": Ne}
    symbols = symbols_of(given)
    found = []
    for text in given:
        if not _is_word(text):
            relation = parse_relation(text)
            reader = Reader(text, symbols)
            found.append(signs[relation.sign](reader.expression(relation.left), reader.expression(relation.right)))
    return found


def _is_word(text: str) -> bool:
    words = text.split()
    return len(words) == 2 and words[1] in _WORDS and words[0].isidentifier()


def _assumptions(text: str) -> list[tuple[str, str]]:
    """What SymPy's assumptions can say of "a > 0"; of "a > b" only that both are real."""
    from symkl.cli.expressions import Reader
    from symkl.cli.grammar import Name, parse_relation

    if _is_word(text):
        name, word = text.split()
        return [(name, word)]
    relation = parse_relation(text)
    reader = Reader(text)
    left, right = reader.expression(relation.left), reader.expression(relation.right)
    if not isinstance(relation.left, Name) or not right.is_Rational:
        return [(symbol.name, "real") for symbol in sorted((left - right).free_symbols, key=str)]
    name = relation.left.text
    strict = relation.sign in ("<", ">")
    if relation.sign in (">", ">=") and (right > 0 or (right == 0 and strict)):
        return [(name, "positive")]
    if relation.sign == ">=" and right == 0:
        return [(name, "nonnegative")]
    if relation.sign in ("<", "<=") and (right < 0 or (right == 0 and strict)):
        return [(name, "negative")]
    return [(name, "real")]
