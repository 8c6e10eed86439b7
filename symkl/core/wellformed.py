"""The form of the statement of a certificate about laws: every field of the kind that it must be, before anything is read into it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

__all__ = ["is_name", "is_number", "is_statement"]

NUMBER = re.compile(r"-?\d+(?:/0*[1-9]\d*)?", re.ASCII)
SIGNS = ("=", "<=", ">=", "<", ">", "!=")
#: Measures, and how many parameters they have.
MEASURES = dict.fromkeys(("Affinity", "Bhattacharyya", "Chi2", "CrossEntropy", "Entropy", "Hellinger", "Jeffreys", "JensenShannon", "KL", "TotalVariation"), 0)
MEASURES |= {"Renyi": 1, "Tsallis": 1}
Test = Callable[[Any], bool]


def is_number(node: Any) -> bool:
    """A rational number as a text.

    >>> is_number("-1/2"), is_number("1e400"), is_number(0.5), is_number("1/0")
    (True, False, False, False)
    """
    return isinstance(node, str) and NUMBER.fullmatch(node) is not None


def is_name(node: Any) -> bool:
    return isinstance(node, str) and node != ""


def is_place(node: Any) -> bool:
    """A coordinate: a name, or a number from 0."""
    return is_name(node) or is_count(node)


def is_count(node: Any) -> bool:
    return type(node) is int and node >= 0


def list_of(test: Test, least: int = 0) -> Test:
    return lambda node: isinstance(node, list) and len(node) >= least and all(map(test, node))


def row_of(*tests: Test) -> Test:
    return lambda node: isinstance(node, list) and len(node) == len(tests) and all(test(each) for test, each in zip(tests, node))


def one_of(*shapes: dict[str, Test]) -> Test:
    """An object with the fields of one of the shapes, and no others."""
    return lambda node: isinstance(node, dict) and any(shape.keys() == node.keys() and all(test(node[key]) for key, test in shape.items()) for shape in shapes)


def is_scalar(node: Any) -> bool:
    """A number, or an operation or a measure with its operands."""
    return is_number(node) or (_is_operation(node) and ("measure" not in node or _has_its_parameters(node)))


def _has_its_parameters(node: Any) -> bool:
    return node["measure"] in MEASURES and len(node["parameters"]) == MEASURES[node["measure"]]


def is_law(node: Any) -> bool:
    return _is_law(node)


_names = list_of(is_name)
_is_operation = one_of(
    {"parameter": is_name},
    {"sum": list_of(is_scalar)},
    {"product": list_of(is_scalar)},
    {"power": row_of(is_scalar, is_number)},
    {"log": is_scalar},
    {"exp": is_scalar},
    {"H": _names, "given": _names},
    {"I": list_of(_names), "given": _names},
    {"measure": is_name, "laws": list_of(is_law, 1), "parameters": list_of(is_number)},
)
_is_law = one_of(
    {"law": is_name},
    {"law": is_name, "of": _names, "given": _names},
    {"times": list_of(is_law, 1)},
    {"fold": row_of(is_law, is_scalar)},
    {"image": is_name, "law": is_law},
    {"marginal": list_of(is_place), "law": is_law},
    {"mix": list_of(row_of(is_scalar, is_law), 1)},
)
_relations = list_of(one_of({"left": is_scalar, "sign": lambda node: node in SIGNS, "right": is_scalar}))
_is_form = one_of(
    {
        "claims": _relations,
        "given": _relations,
        "identified": list_of(is_count),
        "continuous": _names,
        "joint": lambda node: isinstance(node, str),
        "arities": lambda node: isinstance(node, dict) and all(is_count(each) and each > 0 for each in node.values()),
    }
)


def is_statement(node: Any) -> bool:
    """{claims, given, identified, continuous, joint, arities}; hypotheses are identified by their numbers.

    >>> is_statement({"claims": [], "given": [], "identified": [], "continuous": "X", "joint": "", "arities": {}})
    False
    """
    return _is_form(node) and all(each < len(node["given"]) for each in node["identified"])
