"""Conditions for a reader: both sides of an interval together, and what the assumptions of a symbol say along with the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sympy import And, Basic, Contains, Ge, Gt, Le, Lt, S, Symbol
from sympy.logic.boolalg import Boolean

from symkl.core.family import Family
from symkl.core.heads import Expectation, Head
from symkl.core.laws import Law
from symkl.form.facts import Facts

__all__ = ["laws_in", "shown_conditions", "stated_conditions"]


def laws_in(*things: Basic | None) -> list[Law]:
    """The laws of a head, and those under the expectations of an expression."""
    found: dict[Law, None] = {}
    for thing in things:
        if isinstance(thing, Head):
            found.update(dict.fromkeys(thing.laws))
        elif thing is not None:
            found.update(dict.fromkeys(each.under for each in sorted(thing.atoms(Expectation), key=str)))
    return list(found)


def stated_conditions(laws: Iterable[Law], more: Iterable[Boolean] = ()) -> list[Boolean]:
    """All that is required of the parameters, in symbols without assumptions, one relation each.

    >>> from symkl import Geometric
    >>> stated_conditions([Geometric.generic("_1")])
    [p_1 > 0, p_1 < 1]
    """
    found: dict[Boolean, None] = {}
    for condition in [*(each for law in laws for each in _required(law)), *more]:
        plain = condition.xreplace({symbol: Symbol(symbol.name) for symbol in condition.atoms(Symbol)})
        parts: Any = sorted(map(_symbol_first, And.make_args(plain)), key=lambda part: (not isinstance(part, (Gt, Ge)), part.sort_key()))
        found.update((part, None) for part in parts if part is not S.true)
    return list(found)


def _symbol_first(condition: Any) -> Boolean:
    """p < 1 rather than 1 > p."""
    return condition.reversed if isinstance(condition, (Gt, Ge, Lt, Le)) and condition.lhs.is_number else condition


def _bound(condition: Any) -> Any:
    """p < 1 rather than 1 - p > 0: of a line in one symbol, the bound that is said of the symbol."""
    symbols = sorted(condition.free_symbols, key=str)
    if not isinstance(condition, (Gt, Ge, Lt, Le)) or len(symbols) != 1 or condition.lhs == symbols[0]:
        return condition
    gap = condition.gts - condition.lts
    slope = gap.diff(symbols[0])
    if not slope.is_number or not (slope.is_positive or slope.is_negative):
        return condition
    strict = isinstance(condition, (Gt, Lt))
    relation = (Gt if strict else Ge) if slope.is_positive else (Lt if strict else Le)
    return relation(symbols[0], (symbols[0] - gap / slope).expand(), evaluate=False)


def _required(law: Basic) -> Iterator[Boolean]:
    if isinstance(law, Family):
        for parameter, value in zip(law.parameters, law.args):
            if isinstance(value, Symbol):
                yield parameter.domain.condition(Symbol(value.name))
    if isinstance(law, Law):
        yield from law.conditions
    for arg in law.args:
        if isinstance(arg, Law) or (isinstance(law, Law) and any(isinstance(part, Law) for part in arg.args)):
            yield from _required(arg)


@dataclass
class _Range:
    """What is known of one symbol: its bounds with whether they are strict, and the rest."""

    symbol: Symbol
    lower: tuple[Any, bool] | None = None
    upper: tuple[Any, bool] | None = None
    rest: list[Boolean] = field(default_factory=list)

    def add(self, relation: Any) -> None:
        relation = _bound(_symbol_first(relation))
        stated = (relation.rhs, isinstance(relation, (Gt, Lt))) if isinstance(relation, (Gt, Ge, Lt, Le)) else None
        if isinstance(relation, (Gt, Ge)) and self.lower in (None, stated):
            self.lower = stated
        elif isinstance(relation, (Lt, Le)) and self.upper in (None, stated):
            self.upper = stated
        elif relation not in self.rest:
            self.rest.append(relation)

    def text(self, printer: Any) -> list[str]:
        if self.upper is not None and self.lower is None and self.symbol.is_nonnegative:
            self.lower = S.Zero, bool(self.symbol.is_positive)
        shown = [printer.doprint(each) for each in self.rest]
        name = printer.doprint(self.symbol)
        if self.lower is None and self.upper is None:
            return shown
        above = "" if self.upper is None else f" {_sign(printer, '<', self.upper[1])} {printer.doprint(self.upper[0])}"
        if self.lower is None:
            return [f"{name}{above}", *shown]
        if not above:
            return [f"{name} {_sign(printer, '>', self.lower[1])} {printer.doprint(self.lower[0])}", *shown]
        return [f"{printer.doprint(self.lower[0])} {_sign(printer, '<', self.lower[1])} {name}{above}", *shown]


def _sign(printer: Any, direction: str, strict: bool) -> str:
    if strict:
        return direction
    relations = getattr(printer, "relations", {"GreaterThan": r"\geq", "LessThan": r"\leq"})
    return str(relations["GreaterThan" if direction == ">" else "LessThan"])


def _solved(condition: Any) -> Boolean:
    """1 - p > 0 as p < 1: an inequality that is linear in its only symbol, for that symbol."""
    if not isinstance(condition, (Gt, Ge, Lt, Le)) or len(condition.free_symbols) != 1:
        return condition
    (symbol,) = condition.free_symbols
    difference = (condition.lhs - condition.rhs).expand()
    slope = difference.coeff(symbol)
    rest = difference - slope * symbol
    if not slope.is_Rational or slope == 0 or rest.free_symbols:
        return condition
    turned = condition if slope > 0 else condition.reversed
    return turned.func(symbol, -rest / slope)


def _needed(conditions: Iterable[Boolean]) -> list[Boolean]:
    """Without the inequalities that follow from those before them: beta(a, b) > 0 after a > 0 and b > 0."""
    listed = list(dict.fromkeys(part for condition in conditions for part in And.make_args(condition)))
    simple = [each for each in listed if any(side.is_Symbol for side in each.args) or not isinstance(each, (Gt, Ge, Lt, Le))]
    facts = Facts.of(each for each in simple if isinstance(each, (Gt, Ge, Lt, Le)))
    return [each for each in listed if each in simple or not _follows(each, facts)]


def _follows(condition: Any, facts: Facts) -> bool:
    difference = condition.gts - condition.lts
    return bool(facts.is_positive(difference) if isinstance(condition, (Gt, Lt)) else facts.is_nonnegative(difference))


def shown_conditions(conditions: Iterable[Boolean], printer: Any) -> str:
    """The conditions one after the other, those of one symbol as one interval, as they are read after "for": m real, n an integer.

    >>> from sympy import symbols
    >>> from symkl.render.text import TextPrinter
    >>> p, q = symbols("p", positive=True), symbols("q")
    >>> shown_conditions([p < 1, (q > 0) & (q < 2)], TextPrinter())
    '0 < p < 1, 0 < q < 2'
    >>> shown_conditions([q > 0, 1 - q < 1, 1 - q > 0, Contains(q, S.Reals)], TextPrinter())
    '0 < q < 1'
    """
    ranges: dict[str, _Range] = {}
    joint: list[Boolean] = []
    part: Any
    for condition in _needed(conditions):
        for part in sorted(map(_solved, And.make_args(condition)), key=lambda each: each.sort_key()):
            symbols = part.free_symbols
            sides = getattr(part, "args", ())
            if len(symbols) == 1 and len(sides) == 2 and any(isinstance(side, Symbol) for side in (*sides, *getattr(_bound(part), "args", ()))):
                (symbol,) = symbols
                ranges.setdefault(symbol.name, _Range(symbol)).add(part)
            elif part is not S.true:
                joint.append(part)
    # Numbers that are compared are real.
    compared = {symbol.name for each in joint if isinstance(each, (Gt, Ge, Lt, Le)) for symbol in each.free_symbols if isinstance(symbol, Symbol)}
    compared |= {name for name, each in ranges.items() if each.lower is not None or each.upper is not None}
    for name in compared & set(ranges):
        ranges[name].rest = [each for each in ranges[name].rest if not (isinstance(each, Contains) and each.args[1] is S.Reals)]
    texts = [text for each in ranges.values() for text in each.text(printer)] + [printer.doprint(each) for each in joint]
    return ", ".join(map(_after_for, texts))


def _after_for(text: str) -> str:
    return re.sub(r"^(\w+) is (?=(?:real|an? [a-z -]+)$)", r"\1 ", text)
