"""`symkl eval`: the number of a divergence, an expression or a table, to any number of right digits."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from symkl.cli.measures import NAMES, head_named
from symkl.cli.options import add_base, add_digits, add_format, add_given, add_laws

__all__ = ["HELP", "NAME", "add_arguments", "run"]

NAME = "eval"
HELP = 'the number D_KL(P || Q), or of an expression such as "Entropy(Gamma(2, 1))", every printed digit right'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_laws(parser, ("P", "Q"), optional=1)
    add_format(parser)
    add_base(parser)
    add_digits(parser, 15)
    add_given(parser)
    parser.add_argument("--measure", choices=tuple(NAMES), default="kl", help="what is evaluated of P and Q (default: kl)")
    parser.add_argument("--order", metavar="A", help="the order of --measure renyi or tsallis: a number >= 0, or oo")
    parser.add_argument("--at", metavar="a=2,b=1/3", default="", help="exact values of the symbols")
    parser.add_argument("--jobs", metavar="N", type=_jobs, default=1, help="processes that read a large table (default: 1)")
    parser.add_argument("--exact", action="store_true", help="print the exact value instead of digits")


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes")
    return int(text)


def run(args: Any) -> int:
    from sympy import E

    from symkl.cli.answers import DONE, evaluated
    from symkl.cli.options import base_of
    from symkl.errors import NoClosedForm
    from symkl.render import render
    from symkl.render.data import ball_data, dumps, expression_data, sympy_text

    value = _at(_value(args), args.at)
    exact = value
    if args.exact or args.format in ("json", "latex", "markdown", "python"):
        try:
            exact = _exact(value, base_of(args))
        except NoClosedForm:
            # A number is shown beside the head itself.
            if args.exact:
                raise
    if args.format == "python" or (args.exact and args.format != "json"):
        print(render(exact, args.format) + _assumed(value, args.format))
        return DONE
    if args.exact and value.free_symbols:
        print(dumps(expression_data(exact) | {"value": None, "base": sympy_text(base_of(args) or E)}))
        return DONE
    ball = evaluated(_reduced(value), args.digits)
    if args.format == "json":
        print(dumps(expression_data(exact) | ball_data(ball) | {"base": sympy_text(base_of(args) or E)}))
    elif args.format in ("latex", "markdown"):
        shown = rf"{render(exact, 'latex')} = {ball}" if exact is not value else str(ball)
        print(f"$${shown}$$" if args.format == "markdown" else shown)
    else:
        print(ball)
    return DONE


def _assumed(value: Any, form: str) -> str:
    """What the symbols of an exact value were taken to satisfy, in the forms that are read by people."""
    from symkl.cli.answers import for_line
    from symkl.derive.settle import assumed
    from symkl.exact import LogSum

    return "" if form == "python" or isinstance(value, LogSum) else for_line(assumed(value), form)


def _reduced(value: Any) -> Any:
    """The closed form where there is one: its digits come sooner, and a difference of measures that is 0 is seen to be.

    Of laws at large numbers it is left to `evaluate`, which does not write out what is as long as they are large.
    """
    from sympy import Rational, nan, zoo

    from symkl.core.heads import Expectation
    from symkl.core.laws import Law
    from symkl.errors import DomainError, NoClosedForm, Undecided
    from symkl.exact import LogSum
    from symkl.exact.evaluation import undefined
    from symkl.exact.laws import is_large

    if isinstance(value, LogSum) or value.free_symbols:
        return value
    if any(is_large(number) for law in value.atoms(Law) for number in law.atoms(Rational)):
        return value
    try:
        closed = value.doit()
    except (NoClosedForm, Undecided):
        return value
    if closed in (nan, zoo):
        raise DomainError(undefined(value, closed))
    return value if closed.has(Expectation) else closed


def _value(args: Any) -> Any:
    """The head or expression that is asked for; of a table of counts, its exact sum of logarithms, in one pass."""
    from symkl.cli.heads import columns_named, expression_or_head
    from symkl.cli.options import base_of
    from symkl.cli.tables import is_table
    from symkl.core.heads import KL
    from symkl.errors import DomainError

    if args.measure != "kl" or args.order is not None:
        return head_named(args.measure, args)
    if args.Q is not None or not is_table(args.P):
        return expression_or_head(args, KL)
    columns = columns_named(args.columns)
    if columns and len(columns) != 2:
        raise DomainError(f"--columns {args.columns}: the columns of P and of Q are wanted")
    divergence, base = _counted(args.P, columns, args.jobs, args.normalise).kl(), base_of(args)
    if base is None:
        return divergence
    from sympy import log

    return divergence / log(base)


def _counted(source: str, columns: tuple[str, ...], jobs: int, normalise: bool) -> Any:
    """The counts of a table in bounded memory, by several processes if that is asked; progress is shown in a terminal."""
    from concurrent.futures import ProcessPoolExecutor
    from contextlib import nullcontext

    from symkl.exact.streams import counted

    with ProcessPoolExecutor(jobs) if jobs > 1 else nullcontext() as executor:
        return counted(source, columns, executor, _progress() if sys.stderr.isatty() else None, normalise=normalise)


def _progress() -> Any:
    """Rows, share and rate on one line of standard error, after the first second."""
    import time

    started = shown = time.monotonic()

    def show(rows: int, done: int, whole: int | None) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - started > 1 and (now - shown > 0.2 or done == whole):
            shown = now
            share = f", {100 * done // whole} %, {(now - started) * (whole - done) / done:.0f} s left" if whole and done else ""
            end = "\n" if done == whole else ""
            print(f"\r{rows:,} rows{share}, {rows / (now - started):,.0f} a second ", end=end, file=sys.stderr, flush=True)

    return show


def _at(value: Any, text: str) -> Any:
    """The value at the point named by --at; the names stand for all symbols that are called so."""
    if not text:
        return value
    from sympy import Symbol

    from symkl.cli.expressions import Reader
    from symkl.cli.given import no_symbol
    from symkl.cli.grammar import parse_assignments
    from symkl.errors import DomainError

    point = {name: Reader(text).expression(node) for name, node in parse_assignments(text)}
    symbols = {symbol: point[symbol.name] for symbol in sorted(value.free_symbols, key=str) if isinstance(symbol, Symbol) and symbol.name in point}
    unknown = sorted(set(point) - {symbol.name for symbol in symbols})
    if unknown:
        raise DomainError(f"--at: {no_symbol(unknown[0], map(str, value.free_symbols))}")
    return value.subs(symbols, simultaneous=True)


def _exact(value: Any, base: Any) -> Any:
    """The closed form of a head; a sum of logarithms of integers in its canonical form, over log(base) if there is a base."""
    from sympy import log

    from symkl.exact import LogSum

    closed = value if isinstance(value, LogSum) else value.doit()
    unit = LogSum.from_sympy(log(base)) if base is not None else None
    if unit is None:
        return closed if isinstance(closed, LogSum) else LogSum.from_sympy(closed) or closed
    nats = LogSum.from_sympy((closed * log(base)).expand())
    return closed if nats is None else nats.over(unit)
