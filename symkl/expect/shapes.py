"""What the engine passes around: a law's profile, its standard pieces, and the value of a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sympy import Expr, S, Symbol
from sympy.logic.boolalg import Boolean

from symkl.core.density import Density
from symkl.core.supports import Support
from symkl.expect.terms import ONE, Term, expand_in
from symkl.form.facts import Facts

__all__ = ["Moment", "Piece", "Profile", "Reduction", "Substitution"]


@dataclass(frozen=True)
class Profile:
    """A log-density in a variable on a support, normalised or not: what moves and kinds look at."""

    log_density: Expr
    variable: Symbol
    support: Support
    facts: Facts

    @property
    def point_facts(self) -> Facts:
        """The facts, and those that hold of a point of the support."""
        return with_facts(self.facts, self.support.facts(self.variable))

    def terms(self) -> tuple[Expr, list[Term]]:
        """The additive constant and the other terms of the log-density."""
        terms = expand_in(self.log_density, self.variable, self.point_facts)
        constant = sum((c for c, m in terms if m == ONE), S.Zero)
        return constant, [term for term in terms if term.monomial != ONE]


def with_facts(facts: Facts, conditions: tuple[Boolean, ...]) -> Facts:
    more = Facts.of(conditions)
    return Facts(facts.positive + more.positive, facts.nonnegative + more.nonnegative) if more != Facts() else facts


class Substitution(NamedTuple):
    """x = inverse(y) with y on `support`; several of them split the range."""

    inverse: Expr
    variable: Symbol
    support: Support


@dataclass(frozen=True)
class Piece:
    """Part of a law in standard form: with probability `weight`, X = inverse(U), U of the standard law `law` of `kind`."""

    kind: str
    parameters: tuple[Expr, ...]
    inverse: Expr
    law: Density
    weight: Expr = S.One

    @property
    def variable(self) -> Symbol:
        return self.law.variable


@dataclass(frozen=True)
class Reduction:
    """A law as a mixture of standard pieces; `centre` is its centre of symmetry where it has one."""

    pieces: tuple[Piece, ...]
    centre: Expr | None = None


@dataclass(frozen=True)
class Moment:
    """The value of E[monomial(U)], the master it is an instance of, and the condition of its domain."""

    value: Expr
    master: str
    values: tuple[tuple[str, Expr], ...]
    orders: tuple[tuple[str, int], ...] = ()
    coefficient: Expr = S.One
    conditions: tuple[Boolean, ...] = ()
