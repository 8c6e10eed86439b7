"""Plain symbols given the assumptions of the parameters they stand for, and the conditions that this adds.

A user may write `Normal(mu, s)` with symbols that carry no assumptions. The derivation works with symbols of the same names that
carry the family's domain; the answer is put back in the user's symbols, with the domain recorded as a condition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sympy import Basic, Dummy, Expr, S, Symbol
from sympy.logic.boolalg import Boolean

from symkl.core.composite import Mixture
from symkl.core.domains import POSITIVE, REAL, UNIT, Domain
from symkl.core.family import Family
from symkl.core.heads import Head
from symkl.core.laws import Law
from symkl.derive.large_numbers import number_facts, number_names
from symkl.derive.normalisation import density_names
from symkl.form.fact_factors import with_factors
from symkl.form.facts import Facts
from symkl.form.kept import put_in

__all__ = ["Settled", "assumed", "settle", "symbol_names"]


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


def settle(laws: tuple[Law, ...]) -> Settled:
    """The laws with symbols that carry their domains; expressions of undecided sign are named as a whole."""
    names = symbol_names(laws)
    signed = density_names(tuple(_renamed(each, names) for each in laws))
    names |= signed
    conditions = tuple(
        dict.fromkeys([c for each in laws for c in _conditions(each)] + [_domain_of(new).condition(old) for old, new in signed.items()])
    )
    settled = tuple(_renamed(each, names) for each in laws)
    compound = _compound_names(settled)
    settled = tuple(_renamed(each, compound) for each in settled)
    numbers = number_names([member for each in settled for member in _members(each)])
    settled = tuple(_renamed(each, numbers) for each in settled)
    known = number_facts(numbers)
    inner = tuple(dict.fromkeys(c for each in settled for c in _conditions(each)))
    pairs = tuple(names.items()) + tuple((outer.xreplace({v: k for k, v in names.items()}), new) for outer, new in compound.items())
    return Settled(settled, pairs + tuple(numbers.items()), conditions, Facts.of(inner + known), known)


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
        stated: Any = symbol
        known = {key: truth for key, truth in stated._assumptions_orig.items() if key != "commutative"} | assumptions
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
        stated = dict(domain.assumptions)
        if all(getattr(value, f"is_{key}") is truth for key, truth in stated.items()):
            continue
        names[value] = Dummy(f"v{len(names)}", **stated)
    return names


def _renamed(each: Law, names: dict[Expr, Symbol]) -> Law:
    renamed: Any = each
    return renamed.xreplace(names) if names else each
