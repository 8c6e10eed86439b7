"""The checker on its own: what it accepts holds, what is tampered with is rejected, and it knows nothing of the prover."""

from __future__ import annotations

import ast
import copy
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from symkl.core.certificates import digest, sealed
from symkl.prove import check, confirmed, prove
from symkl.prove.checker import check_certificate
from symkl.prove.divergence.vectors import Rejected
from symkl.prove.divergence.world import World

P, Q, R, S = ({"law": name} for name in "PQRS")
FOLDER = Path(str(sys.modules["symkl.prove.checker"].__file__)).parent

#: The proof of Pinsker's inequality.
PINSKER = {
    "term": {"measure": "KL", "laws": [P, Q], "parameters": []},
    "square": "2",
    "weight": "1/3",
    "slope": "-1",
    "root": 1,
    "moves": [[{"scale": [["1"], ["0", "1"]]}, "fall"], ["fall"]],
}

CLAIMS: list[tuple[str, list[str]]] = [
    ("I(X;Z) <= I(X;Y)", ["X -> Y -> Z"]),
    ("2H(X,Y,Z) <= H(X,Y) + H(Y,Z) + H(X,Z)", []),
    ("H(X,Y) = H(X) + H(Y)", ["I(X;Y) = 0"]),
    ("h(X,Y) <= h(X) + h(Y)", []),
    ("H(X) <= log(3)", ["H(X) <= log(2)"]),
    ("H(X) != -1", []),
    ("I(X;Y) <= I(X;Y|Z)", []),
    ("h(X,Y) >= h(X)", []),
    ("H(X) >= H(Y)", ["H(X|Y) = 0"]),
    ("D(1/2*P + 1/2*Q||R) <= 1/2*D(P||R) + 1/2*D(Q||R)", []),
    ("D(t*P + (1-t)*Q||R) <= t*D(P||R) + (1-t)*D(Q||R)", []),
    ("D(K(P)||K(Q)) <= D(P||Q)", []),
    ("D(P||Q) >= 2*TV(P,Q)^2", []),
    ("TV(P,Q) <= sqrt(1 - exp(-D(P||Q)))", []),
    ("D(P||Q) <= log(1 + Chi2(P||Q))", []),
    ("D(P||R) = D(Q||R)", ["D(P||Q) = 0"]),
    ("TV(P,R) <= TV(P,Q) + TV(Q,R)", []),
    ("D(P(X,Y)||Q(X,Y)) >= D(P(X)||Q(X))", []),
    ("I(X;Y) = D(P(X,Y)||P(X)*P(Y))", []),
    ("D(P||Q) = D(Q||P)", []),
    ("D(K(P)||K(Q)) >= D(P||Q)", []),
    ("D(R||t*P + (1-t)*Q) >= t*D(R||P) + (1-t)*D(R||Q)", []),
    ("TV(P,Q) <= sqrt(D(P||Q)/3)", []),
    ("2*TV(P,1/2*Q + 1/2*R)^2 <= D(P||1/2*Q + 1/2*R)", []),
    ("Renyi(P||1/2*Q + 1/2*R,2) <= 1/2*Renyi(P||Q,2) + 1/2*Renyi(P||R,2)", []),
    ("2*Bhattacharyya(P,Q) <= D(R||P) + D(R||Q)", []),
    ("1/2*Renyi(P||Q,1/2) >= 3/8*Renyi(P||Q,1/4) + 1/8*Renyi(P||Q,3/4)", []),
    ("TV(P*R,Q*S) <= 1 - (1-TV(P,Q))*(1-TV(R,S))", []),
    ("TV(P,Q) - sqrt(1/2*D(P||Q)) <= 0", []),
    ("TV(P,Q) <= Chi2(P||Q)/(1+Chi2(P||Q))", ["Chi2(P||Q) >= 1"]),
    ("Renyi(P||Q,2) >= -log(1-TV(P,Q))", ["TV(P,Q) >= 1/2"]),
    ("Chi2(P||1/2*Q + 1/2*S) <= 2*Chi2(P||Q) + 1", []),
    ("JSD(P,Q) >= 3/4*log(3) - log(2)", ["TV(P,Q) >= 1/2"]),
    ("TV(P,1/3*Q + 2/3*S) <= max(TV(P,Q), TV(P,S))", []),
]


def certificate(claim: str, given: list[str]) -> dict[str, Any]:
    found = prove(claim, given).certificate
    assert found is not None
    return json.loads(json.dumps(found))


def leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of everything in a JSON object that holds no further objects."""
    if isinstance(node, dict) and node:
        for key in node:
            yield from leaves(node[key], (*path, key))
    elif isinstance(node, list) and node:
        for i, each in enumerate(node):
            yield from leaves(each, (*path, i))
    else:
        yield path


def nodes(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, each in items:
        yield from nodes(each, (*path, key))


def get(node: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        node = node[key]
    return node


def changed(value: Any) -> list[Any]:
    """What a leaf may be turned into."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1]
    if isinstance(value, str):
        try:
            number = Fraction(value)
        except (ValueError, ZeroDivisionError):
            signs = {"=": ["<=", ">=", "!="], "<=": [">=", "<", "="], ">=": ["<=", ">", "="], "!=": ["="], "<": ["<="], ">": [">="]}
            return signs.get(value, [value + "'", "Q" if value != "Q" else "P", "X" if value != "X" else "Y"])
        return [str(number + Fraction(1, 10**9)), str(-number - 1), str(number * 2 + 1)]
    return [["x"], "1", 7]


@pytest.mark.parametrize(("claim", "given"), CLAIMS)
def test_every_single_change_is_rejected(claim: str, given: list[str]) -> None:
    """Without a new digest, whatever is changed."""
    original = certificate(claim, given)
    assert check_certificate(original)[0]
    for path in nodes(original):
        if not path:
            continue
        for variant in ("drop", "change"):
            tampered = copy.deepcopy(original)
            parent, key = get(tampered, path[:-1]), path[-1]
            if variant == "drop":
                del parent[key]
            else:
                parent[key] = changed(parent[key])[0] if not isinstance(parent[key], dict | list) else {"law": "Z"}
            assert not check_certificate(tampered)[0], path


@pytest.mark.parametrize(("claim", "given"), CLAIMS)
def test_changes_with_a_new_digest_prove_nothing_false(claim: str, given: list[str]) -> None:
    """A tampered certificate with a matching digest may still be a proof, but then of a statement that is true."""
    original = certificate(claim, given)
    kept = []
    for path in leaves(original):
        if path[0] in ("digest", "format", "version"):
            continue
        variants = changed(get(original, path))
        for value in variants if path[0] == "statement" else variants[:1]:
            tampered = copy.deepcopy(original)
            get(tampered, path[:-1])[path[-1]] = value
            tampered["digest"] = digest(tampered)
            if check_certificate(tampered)[0]:
                kept.append((path, value, tampered))
    for path, value, tampered in kept:
        assert path[0] != "proofs" or original["verdict"] == "refuted" or is_equivalent(original, tampered), (path, value)
        if original["verdict"] == "proved":
            assert not falsified(tampered), (path, value)


def is_equivalent(original: dict[str, Any], tampered: dict[str, Any]) -> bool:
    """The statement is untouched, so another proof of it is no harm."""
    return original["statement"] == tampered["statement"]


def falsified(document: dict[str, Any]) -> bool:
    """Whether random finite laws break the statement of a certificate."""
    from symkl.prove.divergence.scope import Scope

    statement = document["statement"]
    scope = Scope(statement)
    text = json.dumps(statement)
    draw = Random(1)
    for _ in range(12):
        a = [Fraction(draw.randint(1, 5)) for _ in range(32)]
        names = ["X", "Y", "Z"]
        points = [[str(i), str(j), str(k)] for i in (0, 1) for j in (0, 1) for k in (0, 1)]
        total = sum(a[:8])
        joint = [names, [[x, str(w / total)] for x, w in zip(points, a)]]
        tables: dict[str, Any] = {"variables": joint}
        for i, name in enumerate("PQRS"):
            if '"of"' in text:
                b = a[8 * (i % 3) : 8 * (i % 3) + 8]
                tables[name] = [names, [[x, str(w / sum(b))] for x, w in zip(points, b)]]
            else:
                b = a[4 * i : 4 * i + 3]
                tables[name] = [[0], [[[str(k)], str(w / sum(b))] for k, w in enumerate(b)]]
        for index in statement["identified"]:
            kept, dropped = (law["law"] for law in statement["given"][index]["left"]["laws"])
            tables[dropped] = tables[kept]
        channel = {str(k): {"0": str(Fraction(k + 1, 4)), "1": str(1 - Fraction(k + 1, 4))} for k in range(3)}
        widths = {name: "1" for name in statement["continuous"] if name in names}
        proof = {
            "tables": tables,
            "channels": {"K": channel},
            "widths": widths,
            "parameters": {"t": str(Fraction(draw.randint(0, 4), 4))},
            "violates": 0,
        }
        try:
            world = World(proof)
            met = all(world.holds(scope, relation, 128) for relation in statement["given"])
            if met and not all(world.holds(scope, relation, 128) for relation in statement["claims"]):
                return True
        except (Rejected, KeyError, ValueError):
            continue
    return False


def test_planted_false_proofs_are_rejected() -> None:
    for claim, fact in (
        ("H(X) >= H(X,Y)", {"H": ["Y"], "given": ["X"]}),
        ("I(X;Y) >= I(X;Y|Z)", {"I": [["X"], ["Y"]], "given": []}),
        ("D(P||Q) >= D(Q||P)", {"measure": "KL", "laws": [{"law": "P"}, {"law": "Q"}], "parameters": []}),
        ("Renyi(P||Q,1/2) >= D(P||Q)", {"orders": ["1/2", "1"], "laws": [{"law": "P"}, {"law": "Q"}]}),
        # D_2 is no convex function of P, and no Rényi divergence of an order above 1 is jointly convex.
        (
            "1/2*Renyi(P||R,2) + 1/2*Renyi(Q||R,2) >= Renyi(1/2*P + 1/2*Q||R,2)",
            {"mixing": "Renyi", "parts": [["1/2", P, "1/2", R], ["1/2", Q, "1/2", R]], "parameters": ["2"]},
        ),
        ("D(R||P) + D(R||Q) >= 9/4*Bhattacharyya(P,Q)", {"change": R, "order": "1/2", "laws": [P, Q]}),
        ("D(R||P) >= D(R||Q)", {"change": R, "order": "0", "laws": [P, Q]}),
        ("Renyi(P||Q,1/2) >= Renyi(P||Q,2)", {"orders": ["2", "1", "1/2"], "laws": [P, Q]}),
        ("TV(P*R,Q*S) <= TV(P,Q)", {"subadditivity": [P, R, Q, S]}),
        ("D(P||Q) <= 2*TV(P,Q)^2", {"comparison": [P, Q], **PINSKER}),
        ("TV(P,Q) >= TV(P,R) + TV(R,Q)", {"triangle": "TotalVariation", "laws": [P, R, Q]}),
        ("Chi2(1/2*P + 1/2*Q||R) >= 1/2*Chi2(P||R) + 1/2*Chi2(Q||R)", {"mixing": "Chi2", "parts": [["1/2", P, "1/2", R], ["1/2", Q, "1/2", R]], "parameters": []}),
        ("D(K(P)||K(Q)) >= D(P||Q)", {"processing": "KL", "image": "K", "laws": [P, Q], "parameters": []}),
    ):
        true = prove(claim)
        assert true.is_refuted
        forged = {**true.certificate, "verdict": "proved", "proofs": [{"facts": [["1", fact]]}]}  # type: ignore[dict-item]
        forged["digest"] = digest(forged)
        assert not check_certificate(forged)[0]


def test_a_comparison_says_of_two_laws_what_was_shown_and_no_more() -> None:
    """Pinsker's inequality of P and Q: not of other laws, of parts of them, of other measures or with a larger constant."""
    document = certificate("D(P||Q) >= 2*TV(P,Q)^2", [])
    fact = document["proofs"][0]["facts"][0][1]

    def replaced(old: str, new: str) -> Any:
        return json.loads(json.dumps(fact["term"]).replace(old, new))

    for change in (
        {"comparison": [Q, P]},
        {"comparison": [P, R]},
        {"comparison": [P]},
        {"term": replaced('{"law": "P"}', '{"law": "R"}')},
        {"term": replaced('{"law": "P"}', '{"law": "P", "of": ["X"], "given": []}')},
        {"term": {"product": ["1/2", fact["term"]]}},
        {"term": {"product": [fact["term"], fact["term"]]}},
        {"square": "2000000001/1000000000"},
    ):
        forged = copy.deepcopy(document)
        forged["proofs"][0]["facts"][0][1] = {**fact, **change}
        forged["digest"] = digest(forged)
        assert not check_certificate(forged)[0], change


def test_a_lemma_says_what_was_proved() -> None:
    document = certificate("TV(P,Q) - sqrt(1/2*D(P||Q)) <= 0", [])
    fact = document["proofs"][0]["facts"][0][1]
    left, sign, right = fact["lemma"]
    assert sign == "<="
    for sides in ([right, sign, left], [left, sign, {"product": ["2", right]}], [left, "<", right], [left, sign, left]):
        forged = copy.deepcopy(document)
        forged["proofs"][0]["facts"][0][1]["lemma"] = sides
        forged["digest"] = digest(forged)
        assert not check_certificate(forged)[0]


def test_a_negative_weight_is_no_proof() -> None:
    document = certificate("H(X,Y) >= H(X)", [])
    document["statement"]["claims"][0]["sign"] = "<="
    document["proofs"][0]["facts"][0][0] = "-1"
    document["digest"] = digest(document)
    assert not check_certificate(document)[0]


def test_the_entropy_of_a_continuous_variable_is_no_fact() -> None:
    document = certificate("H(X,Y) >= H(X)", [])
    document["statement"]["continuous"] = ["Y"]
    document["digest"] = digest(document)
    assert not check_certificate(document)[0]


def test_nonsense_is_rejected_without_an_error() -> None:
    for text in ("", "{", "[]", "7", "null", '{"format": 1}', "{}", '"x"', "[" * 100_000):
        assert not check_certificate(text)[0]


OTHER_KINDS: list[Any] = ["x", "9**9**9", "1e400", "", 0, 3, -1, 0.5, None, True, [], {}, ["1"], {"a": 1}]
KINDS = [
    ("Renyi(P||Q,2) >= D(P||Q)", []),
    ("D(1/2*P + 1/2*Q||R) <= 1/2*D(P||R) + 1/2*D(Q||R)", []),
    ("h(X,Y) <= h(X) + h(Y)", ["I(X;Y) = 0"]),
    ("I(X;Y) <= I(X;Y|Z)", []),
    ("D(K(P)||K(Q)) >= D(P||Q)", []),
]


@pytest.mark.parametrize(("claim", "given"), KINDS)
def test_what_is_of_another_kind_is_rejected_and_raises_nothing(claim: str, given: list[str]) -> None:
    original = certificate(claim, given)
    assert check(original).is_proved
    for path in nodes([original["statement"], original["proofs"]]):
        for value in OTHER_KINDS:
            statement, proofs = json.loads(json.dumps([original["statement"], original["proofs"]]))
            place = get([statement, proofs], path)
            if not path or type(place) is type(value):
                continue  # the same kind: what it says is a matter of the other tests
            parent = get([statement, proofs], path[:-1]) if len(path) > 1 else None
            if parent is None:
                statement, proofs = (value, proofs) if path == (0,) else (statement, value)
            else:
                parent[path[-1]] = value
            verdict = check(sealed(original["verdict"], statement, proofs))
            assert not verdict.is_proved or path[0] == 1, (path, value)


def test_a_statement_is_of_its_form() -> None:
    kl = {"measure": "KL", "laws": [{"law": "P"}, {"law": "Q"}], "parameters": []}
    plain = {"claims": [{"left": kl, "sign": "<=", "right": kl}], "given": [], "identified": [], "continuous": [], "joint": "", "arities": {}}
    assert check_certificate(sealed("proved", plain, [{"facts": []}]))[0]
    for bent in (
        {"claims": [{"left": {**kl, "parameters": ["2"]}, "sign": "<=", "right": {**kl, "parameters": ["2"]}}]},
        {"claims": [{"left": {**kl, "parameters": []}, "sign": "<=", "right": {**kl, "note": ""}}]},
        *({"joint": value} for value in (3, {}, None)),
        *({"continuous": value} for value in ("9**9**9", [3], {}, [""])),
        *({"arities": value} for value in ("1e400", {"P": "2"}, {"P": 0}, {"P": True}, [])),
        *({"identified": value} for value in ([0], [True], "")),
        *({"claims": [{"left": value, "sign": "<=", "right": value}]} for value in (0.5, 1, "1e3", " 1", "1_0", "1/0", "", None)),
    ):
        assert not check_certificate(sealed("proved", {**plain, **bent}, [{"facts": []}]))[0], bent


#: What the checker may rest on besides itself and the standard library.
TRUSTED = ("sympy", "symkl.core.certificates", "symkl.exact")


def test_the_checker_imports_none_of_the_prover_and_is_short() -> None:
    lines = 0
    for file in FOLDER.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        lines += len(text.splitlines())
        assert "simplify" not in text.replace("`simplify`", "")
        for node in ast.walk(ast.parse(text)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            assert not isinstance(node, ast.ImportFrom) or node.level < 2, file
            for name in names:
                assert name.split(".")[0] in sys.stdlib_module_names or name.startswith(TRUSTED), (file, name)
    assert lines < 500


def of(name: str, of: str, given: str = "") -> dict[str, Any]:
    return {"law": name, "of": list(of), "given": list(given)}


def measure(head: str, *laws: Any, parameters: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"measure": head, "laws": list(laws), "parameters": list(parameters)}


def accepted(left: Any, sign: str, right: Any, proof: Any, given: Any = (), **statement: Any) -> bool:
    whole = {"claims": [{"left": left, "sign": sign, "right": right}], "given": list(given), "identified": [], "continuous": [], "joint": "", "arities": {}}
    return check_certificate(sealed("proved", {**whole, **statement}, [proof]))[0]


EXPANDING = {"ways": [{"facts": []}, {"facts": []}]}
T = {"parameter": "t"}


def test_identities_need_no_facts() -> None:
    """The chain rule, tensorisation, a common factor, a mixture; and the same a little wrong."""
    whole, first, second = (measure("KL", of("P", each), of("Q", each)) for each in ("XY", "X", "Y"))
    conditional = measure("KL", of("P", "Y", "X"), of("Q", "Y", "X"), of("P", "X"))
    assert accepted(whole, "=", {"sum": [first, conditional]}, EXPANDING)
    assert not accepted(whole, "=", {"sum": [first, second]}, EXPANDING)
    assert not accepted(whole, "=", {"sum": [first, measure("KL", of("P", "Y", "X"), of("Q", "Y", "X"), of("Q", "X"))]}, EXPANDING)
    product = measure("Chi2", {"times": [P, R]}, {"times": [Q, R]})
    assert accepted(product, "=", measure("Chi2", P, Q), EXPANDING)
    assert not accepted(product, "=", measure("Chi2", P, R), EXPANDING)
    half = {"mix": [["1/2", P], ["1/2", Q]]}
    assert accepted(measure("TotalVariation", half, Q), "=", {"product": ["1/2", measure("TotalVariation", P, Q)]}, EXPANDING)
    assert not accepted(measure("Hellinger", half, Q), "=", {"product": ["1/2", measure("Hellinger", P, Q)]}, EXPANDING)


def test_what_is_no_law_is_no_law() -> None:
    """Conditional laws in a circle do not integrate to one; nor do weights that do not sum to one; a condition needs its law."""
    circle = {"times": [of("P", "X", "Y"), of("Q", "Y", "X")]}
    fact = {"facts": [["1", measure("KL", circle, of("P", "XY"))]]}
    assert not accepted(measure("KL", circle, of("P", "XY")), ">=", "0", fact)
    for bad in ({"mix": [["1/2", P], ["1/3", Q]]}, {"mix": [["3/2", P], ["-1/2", Q]]}, of("P", "Y", "X"), {"law": "P", "of": ["X", "X"], "given": []}):
        assert not accepted(measure("KL", bad, bad), "=", "0", EXPANDING)


def test_roots_and_logarithms_are_of_what_is_not_negative() -> None:
    """No fact may rest on a root or a logarithm that the statement does not speak of and that need not be real."""
    root = {"power": [T, "1/2"]}
    assert not accepted(T, ">=", "0", {"facts": [["1", {"both": [root, root]}]]})
    tangents = [["1", {"function": TANGENT, "of": "t", "at": at, "moves": [["fall"], ["fall"]]}] for at in (T, {"power": [T, "-1"]})]
    assert accepted({"log": T}, "<=", {"sum": [T, "-1"]}, {"facts": tangents[:1]})
    assert not accepted({"sum": [T, {"power": [T, "-1"]}]}, ">=", "2", {"facts": tangents})
    positive = {"left": T, "sign": ">", "right": "0"}
    both_sides = {"function": {"sum": [T, {"power": [T, "-1"]}, "-2"]}, "of": "t", "at": T, "moves": [["fall"], ["fall"]]}
    assert accepted({"sum": [T, {"power": [T, "-1"]}]}, ">=", "2", {"facts": [["1", both_sides]]}, [positive])
    assert not accepted({"sum": [T, {"power": [T, "-1"]}]}, ">=", "2", {"facts": [["1", both_sides]]})
    squared = {"sum": [{"power": [T, "2"]}, "1"]}
    assert not accepted({"log": squared}, "<=", {"power": [T, "3"]}, {"exp": {"facts": []}})
    assert not accepted(squared, "<=", {"power": [T, "3"]}, {"log": {"facts": [["1", {"hypothesis": 0}]]}}, [])


TANGENT = {"sum": [T, "-1", {"product": ["-1", {"log": T}]}]}


def test_a_function_is_not_negative_by_the_signs_of_its_derivatives() -> None:
    """t - 1 - log t falls to 0 from both sides; a move too few or a wrong one shows nothing, nor does the wrong function."""
    given = [{"left": T, "sign": ">", "right": "0"}]

    def shown(function: Any, *moves: Any) -> bool:
        return accepted(function, ">=", "0", {"facts": [["1", {"function": function, "of": "t", "at": T, "moves": list(moves)}]]}, given)

    assert shown(TANGENT, ["fall"], ["fall"])
    for moves in (([], []), (["rise"], ["fall"]), (["fall"],), (["concave"], ["fall"]), (["fall"], [{"scale": [["-1"], ["1"]]}, "fall"])):
        assert not shown(TANGENT, *moves)
    assert not shown({"sum": [TANGENT, "-1/1000000000"]}, ["fall"], ["fall"])
    assert not shown({"product": ["-1", TANGENT]}, ["fall"], ["fall"])


def test_witnesses_are_evaluated_by_their_definition() -> None:
    """The values of measures at tables, zero masses and conditions without mass included."""
    statement = {"claims": [], "given": [], "identified": [], "continuous": [], "joint": "", "arities": {}}
    tables = {
        "P": [["X", "Y"], [[["0", "0"], "1/2"], [["1", "1"], "1/2"], [["0", "1"], "0"]]],
        "Q": [["X", "Y"], [[["0", "0"], "1/4"], [["0", "1"], "1/4"], [["1", "0"], "1/2"]]],
    }

    def holds(left: Any, sign: str, right: Any) -> bool:
        violated = {"left": left, "sign": {"=": "!=", "!=": "="}[sign], "right": right}
        proof = {"tables": tables, "channels": {"K": {"0|0": {"a": "1/3", "b": "2/3"}, "1|1": {"a": "1"}}}, "widths": {}, "parameters": {}, "violates": 0}
        return check_certificate(sealed("refuted", {**statement, "claims": [violated]}, [proof]))[0]

    assert holds(measure("KL", of("P", "X"), of("Q", "X")), "=", "0")
    assert holds(measure("TotalVariation", of("P", "Y"), of("Q", "Y")), "=", "1/4")
    assert holds(measure("TotalVariation", of("P", "Y"), of("Q", "Y")), "!=", "1/3")
    product = {"times": [of("P", "X"), of("Q", "Y", "X")]}
    assert holds(measure("TotalVariation", product, of("Q", "XY")), "=", "0")
    assert holds(measure("Entropy", {"image": "K", "law": of("P", "XY")}), "=", {"sum": [{"log": "3"}, {"product": ["-2/3", {"log": "2"}]}]})
    assert holds(measure("KL", of("P", "Y", "X"), of("Q", "Y", "X"), of("P", "X")), "!=", "1")
    assert not holds(measure("KL", of("P", "XY"), of("Q", "XY")), "=", measure("KL", of("P", "XY"), of("Q", "XY")))


def test_a_verdict_counts_only_if_the_checker_accepts_it():
    """A search that slips is caught: the proof of a true claim does not pass for a stronger one."""
    true, stronger = prove("D(P||Q) >= 2*TV(P,Q)^2"), prove("D(P||Q) >= 3*TV(P,Q)^2")
    assert confirmed(true) is true and confirmed(stronger) is stronger
    assert true.certificate is not None and stronger.certificate is not None
    slipped = replace(true, certificate=sealed("proved", stronger.certificate["statement"], true.certificate["proofs"]))
    assert confirmed(slipped).is_unknown
    assert "rejects" in confirmed(slipped).reason
