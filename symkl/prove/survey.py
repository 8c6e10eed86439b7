"""What the names of a statement are, read off the whole of it: laws, variables, channels, and the n of laws P^n."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from symkl.prove import syntax
from symkl.prove.readings import FUNCTIONS, INFORMATION, MEASURES, law_names, leaves
from symkl.prove.terms import Parameter, Scalar

__all__ = ["PHASES", "Names", "counts_of", "is_definition", "survey"]

#: First the laws by their bare names; then K(P) is a channel if P is a law, and P(X) a coordinate of P if not; then H(P,Q) can be
#: told from H(X,Y).
PHASES = ("names", "applications", "information")


@dataclass
class Names:
    """What is known about the names of a statement."""

    laws: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)
    channels: set[str] = field(default_factory=set)
    continuous: set[str] = field(default_factory=set)
    established: set[str] = field(default_factory=set)
    small: set[str] = field(default_factory=set)


def counts_of(trees: Iterable[syntax.Parsed], laws: Collection[str]) -> set[Scalar]:
    """The names n for which P^n stands among the laws of a measure."""
    found: set[Scalar] = set()
    waiting = [each for tree in trees if isinstance(tree, syntax.Relations) for side in tree.sides for each in _walk(side) if isinstance(each, syntax.Apply)]
    parts: list[syntax.Raw] = [a for each in waiting if each.name not in FUNCTIONS for a in each.arguments]
    while parts:
        node = parts.pop()
        if isinstance(node, syntax.Binary):
            parts += [node.left, node.right]
            names = {leaf.text for leaf in leaves(node.left) if isinstance(leaf, syntax.Name)}
            if node.operator == "^" and isinstance(node.right, syntax.Name) and names & {*laws}:
                found.add(Parameter(node.right.text))
    return found


def survey(tree: syntax.Parsed, scope: Names, phase: str) -> None:
    if isinstance(tree, syntax.Chain):
        scope.variables.update(name for group in tree.groups for name in group)
    elif isinstance(tree, syntax.Function):
        scope.variables.update(tree.values, tree.of)
    elif isinstance(tree, syntax.Independence):
        scope.variables.update(name for group in (*tree.groups, tree.given) for name in group)
    else:
        if is_definition(tree, scope):
            for side in tree.sides:
                _survey_law(side, scope, phase)
        for side in tree.sides:
            for node in _walk(side):
                if isinstance(node, syntax.Apply):
                    _survey_application(node, scope, phase)


def _walk(node: syntax.Raw) -> Iterator[syntax.Raw]:
    yield node
    children: Sequence[syntax.Raw] = ()
    if isinstance(node, syntax.Negative):
        children = (node.operand,)
    elif isinstance(node, syntax.Binary):
        children = (node.left, node.right)
    elif isinstance(node, syntax.Apply) and node.name in FUNCTIONS:
        children = node.arguments
    for child in children:
        yield from _walk(child)


def _survey_application(node: syntax.Apply, scope: Names, phase: str) -> None:
    if node.name in MEASURES:
        arguments = _law_arguments(node)
        inside = [a.arguments for a in arguments if isinstance(a, syntax.Apply) and a.name == getattr(arguments[0], "name", "")]
        if len(inside) == len(arguments) == 2 and len(inside[0]) == 1 == len(inside[1]) and inside[0] != inside[1]:
            scope.channels.add(arguments[0].name)  # type: ignore[union-attr]
        for argument in arguments:
            _survey_law(argument, scope, phase)
    elif node.name in INFORMATION:
        names = [a.text for a in node.arguments if isinstance(a, syntax.Name)]
        if "||" in node.separators or (node.name != "I" and len(names) < len(node.arguments)):
            for argument in node.arguments:
                _survey_law(argument, scope, phase)
                scope.continuous.update(law_names(argument) if node.name == "h" else ())
        elif phase != "information":
            return
        elif node.name == "I" or "|" in node.separators or not set(names) <= scope.laws:
            scope.variables.update(names)
            if node.name == "h":
                scope.continuous.update(names)
        elif node.name == "h":
            scope.continuous.update(names)


def _law_arguments(node: syntax.Apply) -> tuple[syntax.Raw, ...]:
    """The arguments of a measure that are laws: the first ones, and what follows a single bar."""
    _, laws, _ = MEASURES[node.name]
    after_bar = [a for a, s in zip(node.arguments[1:], node.separators) if s == "|"]
    return (*node.arguments[:laws], *after_bar)


def _survey_law(node: syntax.Raw, scope: Names, phase: str, weighted: bool = False) -> None:
    """Record the names of a law expression; a lower-case factor beside another factor is a parameter, not a law."""
    if isinstance(node, syntax.Name):
        if not weighted or not node.text[0].islower():
            scope.laws.add(node.text)
    elif isinstance(node, syntax.Binary):
        beside = weighted or node.operator in "*/^"
        for side in (node.left, node.right) if node.operator not in "/^" else (node.left,):
            if node.operator in "+-" or not _is_weight(side):
                _survey_law(side, scope, phase, beside)
    elif isinstance(node, syntax.Negative):
        _survey_law(node.operand, scope, phase, weighted)
    elif isinstance(node, syntax.Apply):
        names = {a.text for a in node.arguments if isinstance(a, syntax.Name)}
        single = len(node.arguments) == 1
        known = phase != "names" and single and names <= scope.laws - scope.variables
        if node.name in scope.channels or (single and not names) or known or (single and _is_image(node.name, *names)):
            scope.channels.add(node.name)
            for argument in node.arguments:
                _survey_law(argument, scope, phase)
        elif phase != "names":
            scope.laws.add(node.name)
            scope.variables.update(names)


def _is_image(outer: str, inner: str) -> bool:
    """K(P) by its letters: P and Q, with a number or a prime, are laws wherever nothing else is said of them."""
    return bool(re.fullmatch(r"[PQ]_?\d*'*", inner)) and not re.fullmatch(r"[PQ]_?\d*'*", outer)


def _is_weight(node: syntax.Raw) -> bool:
    """Whether the factor is surely a number: numerals and what is computed from numerals and lower-case names with a numeral among them."""
    found = list(leaves(node))
    if not any(isinstance(leaf, syntax.Number) for leaf in found):
        return False
    return all(isinstance(leaf, syntax.Number) or (isinstance(leaf, syntax.Name) and leaf.text[0].islower()) for leaf in found)


def is_definition(tree: syntax.Relations, scope: Names) -> bool:
    """M = 1/2*P + 1/2*Q, P = Q, P != Q or P << Q: a relation between laws and not between numbers."""
    if tree.relations not in (("=",), ("!=",), ("<<",)):
        return False
    if tree.relations == ("<<",):
        return True
    left, right = tree.sides
    if isinstance(left, syntax.Number) or isinstance(right, syntax.Number):
        return False
    if isinstance(left, syntax.Apply):
        return left.name not in (*MEASURES, *INFORMATION, *FUNCTIONS)
    return isinstance(left, syntax.Name) and (left.text in scope.laws or not left.text[0].islower())
