"""Derivations written down, read again and replayed; what is changed in one is rejected."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sympy import Function, Symbol

from symkl import KL, Entropy, Exponential, Gamma, Laplace, LogNormal, Normal, Pareto, Poisson, Uniform
from symkl.cli.main import run
from symkl.core.certificates import digest, sealed
from symkl.derive import derive
from symkl.derive.certificate import classes, derivation_certificate, read_tree, recheck_derivation
from symkl.errors import SymklError
from symkl.prove import check

HEADS = [
    KL(Exponential, Exponential),
    KL(Gamma, LogNormal),
    KL(Pareto(Symbol("a"), 1), Exponential(Symbol("b"))),
    KL(Uniform, Normal),
    KL(Poisson, Poisson),
    KL(Laplace, Normal),
    Entropy(Normal),
]


def written(head: Any) -> Any:
    document = derivation_certificate(derive(head))
    assert document is not None
    return json.loads(json.dumps(document))


@pytest.mark.parametrize("head", HEADS, ids=str)
def test_what_is_written_is_accepted(head: Any) -> None:
    document = written(head)
    accepted, message = recheck_derivation(document)
    assert accepted, message
    assert message.startswith(f"proved: {derive(head).head} = ")
    assert check(document).is_proved


def paths(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a JSON object."""
    yield path
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, each in items:
        yield from paths(each, (*path, key))


def changed(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    bent = copy.deepcopy(document)
    place = bent
    for key in path[:-1]:
        place = place[key]
    if value is DROPPED:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return bent


DROPPED = object()


def at(document: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


def other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return value + "7" if value[-1:].isdigit() else value + "x"
    return "3"


@pytest.mark.parametrize("head", [HEADS[0], HEADS[2]], ids=str)
def test_every_change_is_seen(head: Any) -> None:
    """Of the digest; and with a new digest, the statement is never another one, nor a step that does not hold."""
    document = written(head)
    for number, path in enumerate(p for p in paths(document) if p):
        for value in (DROPPED, other(at(document, path))):
            bent = changed(document, path, value)
            assert not recheck_derivation(bent)[0], path
            if path[0] == "digest" or (path[0] == "proofs" and number % 5):
                continue
            bent["digest"] = digest(bent)
            if recheck_derivation(bent)[0]:
                # Conditions may be others where the laws presuppose what is needed.
                assert {**bent["statement"], "conditions": []} == {**document["statement"], "conditions": []}, path


OTHER_KINDS: list[Any] = ["-1", 0.5, None, [], {}]


def test_what_is_of_another_kind_is_rejected_and_raises_nothing() -> None:
    document = written(KL(Exponential(2), Exponential(3)))
    assert recheck_derivation(document)[0]
    for path in paths(document["proofs"]):
        for value in OTHER_KINDS:
            if not path or type(at(document["proofs"], path)) is type(value):
                continue
            bent = json.loads(json.dumps(document))
            at(bent["proofs"], path[:-1])[path[-1]] = value
            accepted, _ = recheck_derivation(sealed(bent["verdict"], bent["statement"], bent["proofs"]))
            # The data of a step are hints, of which not all are needed.
            assert not accepted or path[3:5] == ("step", 5) and len(path) > 6, (path, value)


def test_a_wrong_result_is_rejected() -> None:
    document = written(HEADS[0])
    other_result = written(KL(Normal, Normal))["statement"]["result"]
    for wrong in ("0", other_result, {"sympy.Add": [document["statement"]["result"], "1/1000000000"]}):
        bent = {**document, "statement": {**document["statement"], "result": wrong}}
        bent["digest"] = digest(bent)
        assert not recheck_derivation(bent)[0]


@pytest.mark.parametrize(
    "tree",
    [
        {"os.system": [{"text": "true"}]},
        {"sympy.parse_expr": [{"text": "1"}]},
        {"sympy.Symbol": ["1"]},
        {"sympy.exp": [{"text": "__import__('os')"}]},
        {"symkl.Exponential": ["-1"]},
        {"symkl.KL": ["1", "2"]},
        {"sympy.Add": ["1", "2"]},
        "1.5",
        "1/0",
        {},
        {"symbol": "x", "assumptions": {"positive": "yes"}},
    ],
)
def test_no_text_is_evaluated_and_no_class_is_foreign(tree: Any) -> None:
    with pytest.raises((ValueError, TypeError, ArithmeticError, AttributeError, SymklError)):
        read_tree(tree)


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "derivation.json")
    assert run(["derive", "Exponential", "Exponential", "--certificate", file]) == 0
    capsys.readouterr()
    assert run(["check", file]) == 0
    assert capsys.readouterr().out.startswith("accepted: proved: D_KL(Exponential")
    Path(file).write_text(Path(file).read_text(encoding="utf-8").replace("lam_1", "lam_3", 1), encoding="utf-8")
    assert run(["check", file]) == 1


def test_functions_that_a_user_has_defined_are_no_hindrance() -> None:
    """SymPy makes a class without a module for each undefined function."""
    assert Function("f")(1) is not None
    classes.cache_clear()
    assert written(HEADS[0]) is not None
