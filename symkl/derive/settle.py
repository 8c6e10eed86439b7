"""Plain symbols given the assumptions of the parameters they stand for, and the conditions that this adds.

A user may write `Normal(mu, s)` with symbols that carry no assumptions. The derivation works with symbols of the same names that
carry the family's domain; the answer is put back in the user's symbols, with the domain recorded as a condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sympy import And, Basic, Dummy, Expr, S, Symbol
from sympy.logic.boolalg import Boolean

from symkl.core.composite import Mixture
from symkl.core.domains import POSITIVE, REAL, UNIT, Domain
from symkl.core.family import Family
from symkl.core.heads import Head
from symkl.core.laws import Law
from symkl.core.reserved import other_names, stated
from symkl.derive.large_numbers import number_facts, number_names
from symkl.derive.normalisation import density_names
from symkl.errors import DomainError
from symkl.form.fact_factors import with_factors
from symkl.form.facts import Facts
from symkl.form.kept import put_in

__all__ = ["Settled", "apart", "assumed", "settle", "symbol_names"]


@dataclass(frozen=True)
class Settled:
    """Laws whose parameters satisfy their domains by assumption or by a recorded condition."""

    laws: tuple[Law, ...]
    names: tuple[tuple[Expr, Symbol], ...]
    conditions: tuple[Boolean, ...]
    facts: Facts
    #: What the large numbers say of the symbols that stand for them.
    known: tuple[Boolean, ...] = ()

    @property
    def has_expressions(self) -> bool:
        """Whether a name stands for an expression in the user's symbols, in which terms may meet again."""
        return any(not outer.is_Symbol and not outer.is_number for outer, _ in self.names)

    @property
    def outer_facts(self) -> Facts:
        """What is known, in the user's own symbols."""
        positive = tuple(self.restore(each) for each in self.facts.positive) + tuple(outer.expand() for outer, inner in self.names if inner.is_positive)
        return with_factors(Facts(positive, tuple(self.restore(each) for each in self.facts.nonnegative)))

    @property
    def renaming(self) -> dict[str, Any]:
        """The data of the steps from the user's symbols to these and back."""
        return {"names": self.names, "known": self.known} if self.known else {"names": self.names}

    def restore(self, expr: Any) -> Any:
        """The expression in the user's own symbols, and with the user's large numbers."""
        if self.known:
            return put_in(expr, {inner: outer for outer, inner in self.names})
        return expr.xreplace({inner: outer for outer, inner in self.names}) if self.names else expr


def settle(laws: tuple[Law, ...], others: Iterable[Basic] | None = None) -> Settled:
    """The laws with symbols that carry their domains; expressions of undecided sign are named as a whole.

    For a derivation, with `others` than the laws' symbols in its statistic, those that it binds itself are given other names.
    """
    moved_names = {} if others is None else apart(laws, others)
    told: dict[Any, Any] = {new: old for old, new in moved_names.items()}
    moved = tuple(_renamed(each, moved_names) for each in laws)
    inner_names = symbol_names(moved)
    try:
        signed = density_names(tuple(_renamed(each, inner_names) for each in moved))
    except DomainError as error:
        # In the user's own names.
        raise DomainError(reduce(lambda text, names: re.sub(rf"\b{names[0]}\b", names[1].name, text), ((n.name, o) for n, o in told.items()), str(error))) from None
    inner_names |= signed
    names = {told.get(old, old): new for old, new in inner_names.items()}
    names |= {old: new for old, new in moved_names.items() if old not in names}
    conditions = tuple(
        dict.fromkeys([c for each in laws for c in _conditions(each)] + [_domain_of(new).condition(told.get(old, old)) for old, new in signed.items()])
    )
    _require_possible(laws, conditions)
    settled = tuple(_renamed(each, names) for each in laws)
    compound = _compound_names(settled)
    settled = tuple(_renamed(each, compound) for each in settled)
    numbers = number_names([member for each in settled for member in _members(each)])
    settled = tuple(_renamed(each, numbers) for each in settled)
    known = number_facts(numbers)
    inner = tuple(dict.fromkeys(c for each in settled for c in (*_conditions(each), *each.implied)))
    pairs = tuple(names.items()) + tuple((outer.xreplace({v: k for k, v in names.items()}), new) for outer, new in compound.items())
    return Settled(settled, pairs + tuple(numbers.items()), conditions, Facts.of(inner + known), known)


def _require_possible(laws: tuple[Law, ...], conditions: tuple[Boolean, ...]) -> None:
    """There are parameters for which the laws are defined: of no others could a result be true."""
    facts = Facts.of(conditions)
    opposite = any((-each).expand() in facts.positive + facts.nonnegative for each in facts.positive)
    if opposite or And(*conditions) is S.false:
        blamed = [each for each in laws if And(*_conditions(each)) is S.false] or list(laws)
        raise DomainError(f"{' and '.join(map(str, dict.fromkeys(blamed)))}: the conditions on the parameters exclude each other")


def apart(laws: tuple[Law, ...], others: Iterable[Basic]) -> dict[Expr, Symbol]:
    """Other names for symbols that are, or with the assumptions of their domains would be, bound by the derivation."""
    symbols = {symbol for each in laws for symbol in each.free_symbols} | set(others)
    settled = symbol_names(laws)
    names: dict[Expr, Symbol] = {}
    names |= other_names(symbols, symbols - set(settled))
    for old, new in other_names(settled.values()).items():
        names |= {outer: Symbol(new.name, **stated(outer)) for outer, inner in settled.items() if inner == old}
    return names


def assumed(expr: Expr) -> tuple[Boolean, ...]:
    """What the symbols of the heads in an expression are taken to satisfy."""
    heads = sorted(expr.atoms(Head), key=lambda head: head.sort_key())
    return tuple(dict.fromkeys(each for head in heads for each in (*settle(head.laws).conditions, *head.conditions)))


def _domain_of(symbol: Symbol) -> Domain:
    return POSITIVE if symbol.is_positive else REAL


def _conditions(each: Law) -> tuple[Boolean, ...]:
    parts = [sub for sub in each.args if isinstance(sub, Law)]
    return each.conditions + tuple(c for part in parts for c in _conditions(part))


def _members(each: Basic) -> Iterator[Family]:
    if isinstance(each, Family):
        yield each
    for arg in each.args:
        if isinstance(arg, Law) or not isinstance(arg, (Expr, Symbol)):
            yield from _members(arg)


def _slots(laws: tuple[Law, ...]) -> Iterator[tuple[Domain, Expr]]:
    for each in laws:
        for member in _members(each):
            for parameter, value in zip(type(member).parameters, member.args):
                if isinstance(value, Expr):
                    yield parameter.domain, value
        yield from ((UNIT, weight) for weight in _weights(each) if isinstance(weight, Symbol))


def _weights(each: Basic) -> Iterator[Expr]:
    """The weights of the mixtures within a law."""
    if isinstance(each, Mixture):
        yield from each.weights
    for arg in each.args:
        if isinstance(arg, Law) or not isinstance(arg, Expr):
            yield from _weights(arg)


def symbol_names(laws: tuple[Law, ...]) -> dict[Expr, Symbol]:
    """For each symbol that is a parameter, and is not assumed to be in its domain, a symbol of its name that is."""
    wanted: dict[Symbol, dict[str, bool]] = {}
    for domain, value in _slots(laws):
        if isinstance(value, Symbol):
            missing = {key: truth for key, truth in domain.assumptions if value.assumptions0.get(key) is not truth}
            if missing:
                wanted.setdefault(value, {}).update(missing)
    taken = {symbol for each in laws for symbol in each.free_symbols}
    names: dict[Expr, Symbol] = {}
    for symbol, assumptions in wanted.items():
        known = stated(symbol) | assumptions
        new = Symbol(symbol.name, **known)
        names[symbol] = new if new not in taken else Dummy(symbol.name, **known)
    return names


def _compound_names(laws: tuple[Law, ...]) -> dict[Expr, Symbol]:
    """Names for parameters that are expressions of undecided sign, e.g. sigma = a − b."""
    names: dict[Expr, Symbol] = {}
    for domain, value in _slots(laws):
        decided = domain.condition(value) is S.true
        if isinstance(value, Symbol) or value.is_number or decided or value in names:
            continue
        wanted = dict(domain.assumptions)
        if all(getattr(value, f"is_{key}") is truth for key, truth in wanted.items()):
            continue
        names[value] = Dummy(f"v{len(names)}", **wanted)
    return names


def _renamed(each: Law, names: dict[Expr, Symbol]) -> Law:
    renamed: Any = each
    return renamed.xreplace(names) if names else each
