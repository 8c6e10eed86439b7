"""Linear forms in joint entropies: Σ c_S H(S) + constant, subsets S of the variables as bit masks."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from symkl.exact.logsum import LogSum
from symkl.prove.linear import close_rational
from symkl.prove.terms import Call, Constant, Information, Plus, Pow, Relation, Scalar, Statement, Times

K = TypeVar("K", int, Fraction)

__all__ = ["Form", "NotLinear", "Problem", "collect_names", "form_of", "problem_of"]


class NotLinear(Exception):
    """The expression is no linear form in entropies; the message says where."""


def _sum(mine: dict[K, Fraction], theirs: dict[K, Fraction], scale: Fraction | int) -> dict[K, Fraction]:
    total = dict(mine)
    for key, c in theirs.items():
        total[key] = total.get(key, Fraction(0)) + scale * c
    return {key: c for key, c in total.items() if c}


@dataclass
class Form:
    """Σ c_S H(S) + Σ d_b log b + rational."""

    entropies: dict[int, Fraction] = field(default_factory=dict)
    logs: dict[Fraction, Fraction] = field(default_factory=dict)
    rational: Fraction = Fraction(0)

    def plus(self, other: Form, scale: Fraction | int = 1) -> Form:
        return Form(
            _sum(self.entropies, other.entropies, scale),
            _sum(self.logs, other.logs, scale),
            self.rational + scale * other.rational,
        )

    @property
    def constant(self) -> LogSum:
        """The logarithmic part of the constant."""
        return LogSum(*((c, b) for b, c in self.logs.items()))

    @property
    def has_constant(self) -> bool:
        return bool(self.rational) or (bool(self.logs) and not self.constant.is_zero)

    def near(self) -> Fraction:
        """A rational near the constant, the same for equal ones."""
        return close_rational({1: self.rational, **self.constant.log_terms}) if self.logs else self.rational

    def number(self) -> float:
        return float(self.near())


@dataclass(frozen=True)
class Problem:
    """A statement about joint entropies: `names` in order of bits, claims and hypotheses as (form, sign) with form `sign` 0."""

    names: tuple[str, ...]
    claims: tuple[tuple[Form, str], ...]
    given: tuple[tuple[Form, str], ...]
    continuous: int

    @property
    def full(self) -> int:
        return (1 << len(self.names)) - 1

    def group(self, mask: int) -> list[str]:
        return [name for i, name in enumerate(self.names) if mask >> i & 1]


def problem_of(statement: Statement) -> Problem:
    """The statement as forms over bit masks."""
    names: dict[str, None] = {}
    for relation in (*statement.claims, *statement.given):
        for side in (relation.left, relation.right):
            collect_names(side, names)
    index = {name: i for i, name in enumerate(names)}

    def form(relation: Relation) -> tuple[Form, str]:
        return form_of(relation.left, index).plus(form_of(relation.right, index), -1), relation.sign

    continuous = sum(1 << index[name] for name in statement.continuous if name in index)
    return Problem(tuple(names), tuple(map(form, statement.claims)), tuple(map(form, statement.given)), continuous)


def collect_names(node: Scalar, names: dict[str, None]) -> None:
    """Add the names of the variables in the expression, in order."""
    if isinstance(node, Information):
        names.update(dict.fromkeys(node.names))
    elif isinstance(node, (Plus, Times)):
        for part in node.parts:
            collect_names(part, names)
    elif isinstance(node, Pow):
        collect_names(node.base, names)
    elif isinstance(node, Call):
        collect_names(node.argument, names)


def form_of(node: Scalar, index: dict[str, int]) -> Form:
    if isinstance(node, Constant):
        return Form(rational=node.value)
    if isinstance(node, Information):
        return _information(node, index)
    if isinstance(node, Plus):
        total = Form()
        for part in node.parts:
            total = total.plus(form_of(part, index))
        return total
    if isinstance(node, Call) and node.function == "log" and isinstance(node.argument, Constant):
        return Form(logs={node.argument.value: Fraction(1)})
    if isinstance(node, Times):
        scale, rest = Fraction(1), []
        for part in node.parts:
            value = form_of(part, index)
            if value.entropies or value.logs:
                rest.append(value)
            else:
                scale *= value.rational
        if len(rest) > 1:
            raise NotLinear(f"{node} is a product of entropies")
        return Form().plus(rest[0] if rest else Form(rational=Fraction(1)), scale)
    raise NotLinear(f"{node} is no entropy or number")


def _information(node: Information, index: dict[str, int]) -> Form:
    """I(A; B; …|C) by inclusion and exclusion."""
    groups = [_mask(group, index) for group in node.groups]
    given = _mask(node.given, index)
    total: dict[int, Fraction] = {}
    for size in range(1, len(groups) + 1):
        sign = 1 if size % 2 else -1
        for chosen in combinations(groups, size):
            union = given
            for group in chosen:
                union |= group
            for subset, c in ((union, sign), (given, -sign)):
                if subset:
                    total[subset] = total.get(subset, Fraction(0)) + c
    return Form({s: c for s, c in total.items() if c})


def _mask(names: tuple[str, ...], index: dict[str, int]) -> int:
    mask = 0
    for name in names:
        mask |= 1 << index[name]
    return mask
