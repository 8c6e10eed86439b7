"""From the laws and tables on a command line to the head that is asked for."""

from __future__ import annotations

import sys
from typing import Any

from sympy import Expr

from symkl.cli.given import symbols_of, with_values
from symkl.cli.laws import read_expression, read_law
from symkl.cli.options import base_of
from symkl.cli.tables import Column, is_table, no_table, read_table
from symkl.core.family import Family
from symkl.core.heads import Head
from symkl.core.laws import Law
from symkl.errors import DomainError
from symkl.families import Finite

__all__ = ["columns_named", "finite_law", "head_of", "laws_of", "logarithms_of", "table_columns"]


def head_of(kind: type[Head], args: Any) -> Head:
    """The head over the laws of the arguments `P`, `Q`, in the base asked for."""
    return with_values(kind(*laws_of(args, kind.laws_taken), base=base_of(args)), args.given)


def logarithms_of(head: Head) -> Expr | None:
    """The exact sum of logarithms of listed rational masses, as `eval --exact` gives it; None where it is something else."""
    from symkl.exact import LogSum
    from symkl.exact.finiteheads import exact_value

    if head.free_symbols or not all(isinstance(law, Finite) for law in head.laws):
        return None
    if not isinstance(exact_value(head.func(*head.laws)), LogSum):
        return None
    return exact_value(head)


def laws_of(args: Any, count: int) -> list[Law | type[Family]]:
    """The `count` laws meant by P and Q: texts, a table each, or one table with a column each."""
    texts = [text for text in (args.P, getattr(args, "Q", None)) if text is not None]
    symbols = symbols_of(args.given)
    wanted = columns_named(args.columns)
    _needs_tables(args, texts)
    if len(texts) == 1 and is_table(texts[0]) and count > 1:
        return [finite_law(column, args.normalise) for column in table_columns(texts[0], wanted, count)]
    if len(texts) < count:
        raise DomainError(f"{count} laws are needed: give Q after P, or a CSV file with a column each")
    tables = sum(map(is_table, texts))
    if len(wanted) > max(tables, 1):
        raise DomainError(f"--columns {args.columns}: {len(wanted)} columns are named, and {tables} {'is' if tables == 1 else 'are'} wanted")
    found: list[Law | type[Family]] = []
    for text in texts:
        if is_table(text):
            # With two tables and two columns named, each table gives its own.
            own = (wanted[len(found)],) if len(wanted) > 1 else wanted
            found.append(finite_law(table_columns(text, own, 1)[0], args.normalise))
        else:
            with no_table(text):
                found.append(read_law(text, symbols))
    if len(found) == 2:
        _remark_on_outcomes(*found)
    return found


def _needs_tables(args: Any, texts: list[str]) -> None:
    """--columns and --normalise speak of tables."""
    if not any(map(is_table, texts)):
        for option in ("columns", "normalise"):
            if getattr(args, option) not in (None, False):
                raise DomainError(f"--{option} needs a CSV file")


def _remark_on_outcomes(P: Law | type[Family], Q: Law | type[Family]) -> None:
    """Laws on different outcomes are legitimate; most often somebody forgot a label or a number."""
    if not (isinstance(P, Finite) and isinstance(Q, Finite)):
        return
    if not set(P.outcomes) & set(Q.outcomes):
        shown = [", ".join(map(str, law.outcomes[:3])) for law in (P, Q)]
        print(f"symkl: note: P and Q have no outcome in common (P has {shown[0]}; Q has {shown[1]})", file=sys.stderr)
    elif len(P.outcomes) != len(Q.outcomes) and _is_listed(P) and _is_listed(Q):
        print(f"symkl: note: P has {len(P.outcomes)} outcomes and Q has {len(Q.outcomes)}; those that one lacks have probability 0 there", file=sys.stderr)


def _is_listed(law: Finite) -> bool:
    """Whether the outcomes are numbered, as those of a bare list of probabilities."""
    return tuple(law.outcomes) == tuple(range(len(law.outcomes)))


def columns_named(text: str | None) -> tuple[str, ...]:
    """The columns of --columns p,q; none where the option is not given."""
    if text is None:
        return ()
    names = tuple(name.strip() for name in text.split(","))
    if "" in names:
        raise DomainError(f"--columns {text!r}: a name is missing; columns are named by header or by number from 1, with commas between")
    return names


def table_columns(source: str, wanted: tuple[str, ...], count: int) -> tuple[Column, ...]:
    """`count` columns of a table: those named, or all numeric ones if there are as many."""
    columns = read_table(source, wanted).columns
    if len(columns) != count:
        name = columns[0].source
        held = f"{len(columns)} column{'s' * (len(columns) != 1)} of numbers ({', '.join(column.name for column in columns)})"
        raise DomainError(f"{name}: it holds {held}, and {count} {'is' if count == 1 else 'are'} wanted; {_missing(columns, count)}")
    return columns


def _missing(columns: tuple[Column, ...], count: int) -> str:
    """What to do about columns that are too many or too few: the first of a file is taken for labels as soon as its first cell is no number."""
    if len(columns) + 1 == count and columns[0].labels:
        return f"the first column is taken for labels, because {columns[0].labels[0]!r} is not a number"
    return "choose with --columns"


def finite_law(column: Column, normalise: bool = False) -> Law:
    """The law on the rows of a column."""
    from sympy import Rational

    masses = [Rational(value.numerator, value.denominator) for value in column.masses(normalise)]
    return Finite(masses if column.labels is None else dict(zip(column.labels, masses)))


def expression_or_head(args: Any, default: type[Head]) -> Any:
    """P alone may be an expression such as KL(Normal(0, 1), Laplace(0, 1)); P and Q are the laws of `default`."""
    if getattr(args, "Q", None) is None and not is_table(args.P):
        _needs_tables(args, [args.P])
        with no_table(args.P):
            value = read_expression(args.P, symbols_of(args.given), base_of(args))
        return with_values(value, args.given)
    return head_of(default, args)
