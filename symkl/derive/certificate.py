"""Derivations as certificates: head, result, conditions and steps as JSON trees, which the checker of derivations replays without the search."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import sympy
from sympy import Basic, Dummy, Expr, Float, Rational, Symbol, Tuple
from sympy.core.symbol import Str
from sympy.functions.elementary.piecewise import ExprCondPair
from sympy.functions.special.hyper import TupleArg
from sympy.logic.boolalg import Boolean

import symkl.families  # noqa: F401  (a law of a certificate is one of a class that is known)
from symkl.core.certificates import Rejected, need, opened, sealed
from symkl.core.steps import Step
from symkl.derive.check import check_steps
from symkl.derive.derivation import Derivation
from symkl.derive.evaluable import plain

__all__ = ["derivation_certificate", "read_tree", "recheck_derivation", "tree"]

STEP = ("before", "after", "kind", "rule", "conditions", "data")


def derivation_certificate(derivation: Derivation) -> dict[str, Any] | None:
    """The certificate of a derivation that the checker accepts; None if it does not, or if a tree would not say all of it."""
    if not derivation.check().is_proved:
        return None
    parts = (derivation.head, plain(derivation.result), tuple(derivation.conditions))
    try:
        head, result, conditions = map(tree, parts)
        steps = [tree(step) for step in derivation.steps]
        faithful = tuple(map(read_tree, (head, result, conditions))) == parts and tuple(map(read_tree, steps)) == derivation.steps
    except (Rejected, TypeError, ValueError, AttributeError):
        return None
    return sealed("proved", {"head": head, "result": result, "conditions": conditions}, [{"steps": steps}]) if faithful else None


def recheck_derivation(data: Any) -> tuple[bool, str]:
    """(accepted?, what was derived or the reason of the rejection): every step is re-established, nothing is searched for."""
    accepted, message = opened(data, _check)
    if not accepted:
        return False, message
    head, result, conditions = (read_tree(data["statement"][part]) for part in ("head", "result", "conditions"))
    return True, f"proved: {head} = {result}" + (f", for {', '.join(map(str, conditions))}" if conditions else "")


def _check(verdict: str, statement: Any, proofs: list[Any]) -> None:
    need(verdict == "proved" and set(statement) == {"head", "result", "conditions"}, "no statement of a derivation")
    need(len(proofs) == 1 and set(proofs[0]) == {"steps"}, "the steps of one derivation are wanted")
    head, result, conditions = (read_tree(statement[part]) for part in ("head", "result", "conditions"))
    steps = [read_tree(each) for each in proofs[0]["steps"]]
    need(isinstance(conditions, tuple) and all(isinstance(each, Boolean) for each in conditions), "what is no condition")
    need(all(isinstance(each, Step) and _is_of_its_form(each) for each in steps), "what is no step")
    verdict_of_steps = check_steps(head, steps, result, conditions)
    need(verdict_of_steps.is_proved, verdict_of_steps.reason)


def _is_of_its_form(step: Step) -> bool:
    """Whether every field is of its kind: expressions, texts, conditions, named choices."""
    texts, sides = isinstance(step.kind, str) and isinstance(step.rule, str), isinstance(step.before, Expr) and isinstance(step.after, Expr)
    return texts and sides and isinstance(step.conditions, tuple) and all(isinstance(each, Boolean) for each in step.conditions) and isinstance(step.data, dict)


# -- trees ---------------------------------------------------------------------------------------------------------------------


def tree(value: Any) -> Any:
    """The value as JSON: {"class": [arguments]}, symbols with their assumptions, rational numbers and other texts apart; `Rejected` for anything else."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, (tuple, list)):
        return [tree(each) for each in value]
    if isinstance(value, Step):
        return {"step": [tree(getattr(value, part)) for part in STEP]}
    if isinstance(value, dict):
        return {"entries": [[key, tree(each)] for key, each in value.items()]}
    if isinstance(value, Rational):
        return str(value)
    told: Any = value
    if isinstance(value, Symbol):
        index = {"dummy": told.dummy_index} if isinstance(value, Dummy) else {}
        return {"symbol": value.name, "assumptions": dict(sorted(told._assumptions_orig.items())), **index}
    if isinstance(value, Str):
        return {"label": told.name}
    need(isinstance(value, Basic) and not isinstance(value, Float) and classes().get(_name(type(value))) is type(value), f"no tree of {value!r}")
    return {_name(type(value)): [tree(each) for each in value.args]}


def read_tree(node: Any) -> Any:
    """The value of a tree; classes are looked up among those of SymPy and symkl, and no text is evaluated."""
    if node is None or isinstance(node, (bool, int)):
        return node
    if isinstance(node, str):
        numerator, _, denominator = node.partition("/")
        need(int(denominator or 1) > 0, f"{node} is no number")
        return Rational(int(numerator), int(denominator or 1))
    if isinstance(node, list):
        return tuple(map(read_tree, node))
    if "symbol" in node:
        return _symbol(**node)
    ((kind, inside),) = node.items()
    if kind in ("text", "label"):
        need(isinstance(inside, str), "no text")
        return inside if kind == "text" else Str(inside)
    if kind == "step":
        return Step(*map(read_tree, inside))
    if kind == "entries":
        need(isinstance(inside, list) and all(isinstance(each, list) and isinstance(each[0], str) for each in inside), "no named entries")
        return {key: read_tree(each) for key, each in inside}
    need(kind in classes() and isinstance(inside, list), f"{kind} is no class of SymPy or symkl with its arguments")
    arguments = [read_tree(each) for each in inside]
    need(all(isinstance(each, Basic) for each in arguments), f"an argument of {kind} that is no expression")
    found = getattr(classes()[kind], "from_log", classes()[kind])(*arguments)  # a density is kept by its logarithm
    need(type(found) is classes()[kind] and found.args == tuple(arguments), f"{kind} with arguments that it does not have")
    return found


def _symbol(symbol: str, assumptions: dict[str, bool], dummy: int | None = None) -> Symbol:
    need(isinstance(symbol, str) and all(isinstance(value, bool) for value in assumptions.values()), "no symbol")
    return Symbol(symbol, **assumptions) if dummy is None else Dummy(symbol, dummy_index=dummy, **assumptions)


def _name(kind: type) -> str:
    return f"{kind.__module__.partition('.')[0]}.{kind.__name__}"


@lru_cache(maxsize=1)
def classes() -> dict[str, type[Any]]:
    """The public classes of SymPy's expressions, and symkl's own."""
    public = [value if isinstance(value, type) else type(value) for value in (*vars(sympy).values(), -sympy.oo)]
    found = [kind for kind in public if issubclass(kind, Basic) and not issubclass(kind, (Symbol, Rational, Float))]
    own = sorted(set(_own(Basic)), key=lambda kind: (kind.__module__, kind.__name__))
    return {_name(kind): kind for kind in (*found, ExprCondPair, Tuple, TupleArg, *own)}


def _own(kind: type[Any]) -> Iterator[type[Any]]:
    for each in type.__subclasses__(kind):
        if str(each.__module__).startswith("symkl."):  # undefined functions of SymPy have no module
            yield each
        yield from _own(each)
