"""SymPy relations of heads as typed statements; laws that are no abstract ones become names, and are kept beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sympy import Add, Basic, E, Eq, Expr, Float, Ge, Gt, Le, Lt, Mul, Ne, Pow as SymPyPow, Rational, S, Symbol, exp, log
from sympy.core.relational import Relational

from symkl.core.composite import AbstractLaw, Mixture, Product
from symkl.core.heads import Head
from symkl.core.laws import Law
from symkl.errors import DomainError, ParseError
from symkl.prove.elaborate import read_statement
from symkl.prove.terms import (
    TEXT_NAMES,
    Call,
    Constant,
    Information,
    LawExpression,
    LawName,
    Measure,
    Mix,
    Parameter,
    Plus,
    Pow,
    ProductLaw,
    Relation,
    Scalar,
    Statement,
    Times,
    not_finite,
    plus,
    times,
    unfit_order,
)
from symkl.prove.variables import InformationTerm

__all__ = ["Converted", "NotConvertible", "convert", "parametric"]

_SIGNS: dict[type, str] = {Eq: "=", Le: "<=", Ge: ">=", Lt: "<", Gt: ">", Ne: "!="}


class NotConvertible(Exception):
    """The relation holds something that the calculus of claims has no word for."""


@dataclass
class Converted:
    """A statement, and the laws behind its names that are known as more than names."""

    statement: Statement
    laws: dict[str, Law] = field(default_factory=dict)


def convert(claim: Any, given: Iterable[Any] = ()) -> Converted:
    """The typed statement of a SymPy relation; hypotheses are relations, or texts that speak of the same names."""
    reader = _Reader()
    goal = reader.relation(claim)
    hypotheses: list[Relation] = []
    definitions: list[tuple[LawName, LawExpression]] = []
    for each in given:
        if isinstance(each, str):
            # The text is read beside a claim that names the laws, so that it is understood as the claim is.
            read = read_statement(each, laws=sorted(reader.abstract))
            hypotheses += read.claims
            definitions += read.definitions
        elif isinstance(each, Relational):
            hypotheses.append(reader.relation(each))
        elif each is not S.true:
            raise TypeError(f"a hypothesis is a relation or a text, not {each!r}")
    continuous = reader.continuous | {name for name, law in reader.laws.items() if not law.is_discrete}
    return Converted(Statement((goal,), tuple(hypotheses), tuple(definitions), frozenset(continuous)), reader.laws)


def parametric(given: Iterable[Any], symbols: Iterable[Basic]) -> list[Relational] | None:
    """The hypotheses as relations between parameters, texts read with the symbols of the claim; None if one holds a measure."""
    named = {str(each): each for each in symbols}
    found: list[Relational] = []
    for each in given:
        if isinstance(each, Relational):
            if each.atoms(Head, InformationTerm):
                return None
            found.append(each)
        elif isinstance(each, str):
            read = read_statement(each)
            sides = [(_expression(r.left, named), r.sign, _expression(r.right, named)) for r in read.claims]
            if read.definitions or any(left is None or right is None for left, _, right in sides):
                return None
            kinds = {sign: kind for kind, sign in _SIGNS.items()}
            found += [kinds[sign](left, right, evaluate=False) for left, sign, right in sides]
    return found


def _expression(node: Scalar, named: Mapping[str, Basic]) -> Any:
    """A scalar without measures as SymPy's expression; None where there is one."""
    if isinstance(node, Constant):
        return Rational(node.value.numerator, node.value.denominator)
    if isinstance(node, Parameter):
        return named.get(node.name, Symbol(node.name))
    if isinstance(node, (Plus, Times)):
        parts = [_expression(each, named) for each in node.parts]
        return None if None in parts else Add(*parts) if isinstance(node, Plus) else Mul(*parts)
    if isinstance(node, Pow):
        base = _expression(node.base, named)
        return None if base is None else base ** _expression(Constant(node.exponent), named)
    if isinstance(node, Call):
        argument = _expression(node.argument, named)
        return None if argument is None else {"log": log, "exp": exp}[node.function](argument)
    return None


class _Reader:
    def __init__(self) -> None:
        self.laws: dict[str, Law] = {}
        self.abstract: set[str] = set()
        self.continuous: set[str] = set()
        self.base: Expr = S.Exp1

    def relation(self, claim: Relational) -> Relation:
        sign = next((s for cls, s in _SIGNS.items() if isinstance(claim, cls)), None)
        if sign is None:
            raise NotConvertible(f"{claim} is no relation")
        inexact = sorted(claim.atoms(Float), key=str)
        if inexact:
            number = f"{float(inexact[0]):.15g}"
            raise DomainError(f"{number} is a float, and claims are about exact numbers; write Rational('{number}'), or the claim as a text, where {number} is exact")
        heads = sorted(claim.atoms(Head), key=str)
        bases = {h.base for h in heads}
        # Everything in nats: where all heads have one base, both sides are multiplied by its logarithm.
        self.base = bases.pop() if len(bases) == 1 else S.Exp1
        left, right = (claim.lhs, claim.rhs) if self.base is S.Exp1 else (Mul(side, log(self.base)).expand() for side in (claim.lhs, claim.rhs))
        return Relation(self.scalar(left), sign, self.scalar(right))

    def scalar(self, expr: Expr) -> Scalar:
        if isinstance(expr, Rational):
            return Constant(Fraction(int(expr.p), int(expr.q)))
        if isinstance(expr, Symbol):
            return Parameter(expr.name)
        if isinstance(expr, Head):
            return self.head(expr)
        if isinstance(expr, InformationTerm):
            self.continuous |= {v.name for group in (*expr.groups, expr.given) for v in group if v.is_continuous}
            groups, told = tuple(tuple(v.name for v in g) for g in expr.groups), tuple(v.name for v in expr.given)
            why = not_finite(groups, told, self.continuous)
            if why:
                raise DomainError(f"{why}; claims are about finite entropies")
            return Information(groups, told)
        if isinstance(expr, Add):
            return plus(*(self.scalar(each) for each in sorted(expr.args, key=str)))
        if isinstance(expr, Mul):
            return times(*(self.scalar(each) for each in self.without_base(expr)))
        if isinstance(expr, exp) or (isinstance(expr, SymPyPow) and expr.base is E):
            return Call("exp", self.scalar(expr.exp))
        if isinstance(expr, SymPyPow) and isinstance(expr.exp, Rational):
            return Pow(self.scalar(expr.base), Fraction(int(expr.exp.p), int(expr.exp.q)))
        if isinstance(expr, log):
            return Call("log", self.scalar(expr.args[0]))
        raise NotConvertible(f"{expr} is not made of measures, rational numbers, parameters, powers, exp and log")

    def without_base(self, expr: Mul) -> list[Expr]:
        """The factors, with log(base) taken out beside one head of that base."""
        factors = list(expr.args)
        logarithm = log(self.base) if self.base is not S.Exp1 else None
        if logarithm is not None and logarithm in factors and any(isinstance(f, Head) for f in factors):
            factors.remove(logarithm)
        elif logarithm is not None and any(isinstance(f, Head) for f in factors):
            raise NotConvertible("a head of another base in a product")
        return factors

    def head(self, head: Head) -> Scalar:
        name = type(head).__name__
        if name not in TEXT_NAMES:
            raise NotConvertible(f"{name} has no place in the calculus of claims")
        if any(extra is S.NaN for extra in head.extras):
            raise NotConvertible(f"{head} is not defined")
        measure = Measure(name, tuple(self.law(each) for each in head.laws), tuple(self.scalar(each) for each in head.extras))
        if why := unfit_order(name, measure.parameters):
            raise NotConvertible(why)
        if head.base in (self.base, S.Exp1):
            return measure
        return times(measure, Pow(Call("log", self.scalar(head.base)), Fraction(-1)))

    def law(self, law: Law) -> LawExpression:
        if isinstance(law, AbstractLaw):
            self.abstract.add(law.name)
            return LawName(law.name)
        if isinstance(law, Mixture):
            return Mix(tuple((self.scalar(w), self.law(each)) for w, each in zip(law.weights, law.components)))
        if isinstance(law, Product):
            return ProductLaw(tuple(self.law(each) for each in law.args))
        name = str(law)
        if name in self.abstract:
            raise ParseError(f"{name} is the name of two laws")
        self.laws[name] = law
        return LawName(name)
