"""The checker on its own: what it accepts holds, what is tampered with is rejected, and it needs nothing but Python."""

from __future__ import annotations

import ast
import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from math import log
from pathlib import Path
from random import Random
from typing import Any

import pytest

from symkl.prove import prove
from symkl.prove.checker import check_certificate, digest
from symkl.prove.checker.calculus import add, derivative, limit, nonnegative, poly, positive
from symkl.prove.checker.values import Rejected, coprime, log_bounds, sign
from symkl.prove.checker.witness import World, exp_bounds, power_bounds

P, Q, R, S = ({"law": name} for name in "PQRS")
FOLDER = Path(str(sys.modules["symkl.prove.checker"].__file__)).parent

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
    from symkl.prove.checker.terms import Scope

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
        for _, kept, dropped in statement["identified"]:
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
            {"convexity": "Renyi", "parts": [["1/2", P, R], ["1/2", Q, R]], "parameters": ["2"]},
        ),
        ("D(R||P) + D(R||Q) >= 9/4*Bhattacharyya(P,Q)", {"change": R, "order": "1/2", "laws": [P, Q]}),
        ("D(R||P) >= D(R||Q)", {"change": R, "order": "0", "laws": [P, Q]}),
        ("Renyi(P||Q,1/2) >= Renyi(P||Q,2)", {"orders": ["2", "1", "1/2"], "laws": [P, Q]}),
        ("TV(P*R,Q*S) <= TV(P,Q)", {"subadditivity": [P, R, Q, S]}),
    ):
        true = prove(claim)
        assert true.is_refuted
        forged = {**true.certificate, "verdict": "proved", "proofs": [{"facts": [["1", fact]]}]}  # type: ignore[dict-item]
        forged["digest"] = digest(forged)
        assert not check_certificate(forged)[0]


def test_a_comparison_says_of_two_laws_what_was_shown_and_no_more() -> None:
    """Pinsker's inequality of P and Q: not of other laws, other measures or a larger constant."""
    document = certificate("D(P||Q) >= 2*TV(P,Q)^2", [])
    fact = document["proofs"][0]["facts"][0][1]
    terms = fact["terms"]
    swapped = [[c, json.loads(json.dumps(term).replace('{"law": "P"}', '{"law": "R"}'))] for c, term in terms]
    for change in (
        {"comparison": [Q, P]},
        {"comparison": [P, R]},
        {"terms": swapped},
        {"square": "2000000001/1000000000"},
        {"terms": [["1/2", term] for _, term in terms]},
    ):
        forged = copy.deepcopy(document)
        forged["proofs"][0]["facts"][0][1] = {**fact, **change}
        forged["digest"] = digest(forged)
        assert not check_certificate(forged)[0], change


def test_terms_are_moved_and_not_changed() -> None:
    document = certificate("TV(P,Q) - sqrt(1/2*D(P||Q)) <= 0", [])
    assert "as" in document["proofs"][0]
    left, right = document["proofs"][0]["as"]
    for sides in ([right, left], [left, {"product": ["2", right]}], [left, left]):
        forged = copy.deepcopy(document)
        forged["proofs"][0]["as"] = sides
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


def test_the_checker_imports_the_standard_library_only_and_is_short() -> None:
    standard = sys.stdlib_module_names
    for file in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert all(alias.name.split(".")[0] in standard for alias in node.names), file
            if isinstance(node, ast.ImportFrom):
                assert node.level == 1 or (node.module or "").split(".")[0] in standard, file


def test_it_runs_alone(tmp_path: Path) -> None:
    """Copied away from the package, without SymPy."""
    import shutil

    shutil.copytree(FOLDER, tmp_path / "checker", ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "certificate.json"
    file.write_text(json.dumps(certificate("D(P||Q) >= 2*TV(P,Q)^2", [])), encoding="utf-8")
    command = [sys.executable, "-S", "-m", "checker", str(file)]
    good = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (good.returncode, good.stdout[:9]) == (0, "accepted:"), good.stderr
    file.write_text(file.read_text(encoding="utf-8").replace('"square": "2"', '"square": "3"'), encoding="utf-8")
    bad = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (bad.returncode, bad.stdout[:9]) == (1, "rejected:")


# -- the parts -------------------------------------------------------------------------------------------------------------------


def test_signs_are_exact() -> None:
    assert sign({4: Fraction(1), 2: Fraction(-2)}) == 0
    assert sign({6: Fraction(1), 2: Fraction(-1), 3: Fraction(-1)}) == 0
    assert sign({2: Fraction(1), 1: Fraction(-693147180559945309, 10**18)}) == 1
    assert sign({2: Fraction(1), 1: Fraction(-693147180559945310, 10**18)}) == -1
    assert sign({}) == 0
    big = 10**60 + 1
    assert sign({big: Fraction(1), big - 1: Fraction(-1)}) == 1
    assert coprime({12: Fraction(1), 18: Fraction(-1, 2)}) == {2: Fraction(3, 2)} or sign({12: Fraction(1), 18: Fraction(-1, 2)}) == 1


@pytest.mark.parametrize("x", [Fraction(1, 3), Fraction(7), Fraction(10**30, 3), Fraction(1, 10**20), Fraction(99, 100)])
def test_logarithms_and_exponentials_are_enclosed(x: Fraction) -> None:
    import mpmath

    with mpmath.workdps(60):
        low, high = log_bounds(x, 100)
        true = mpmath.log(mpmath.mpf(x.numerator) / x.denominator)
        assert mpmath.mpf(low.numerator) / low.denominator <= true <= mpmath.mpf(high.numerator) / high.denominator
        assert high - low < Fraction(1, 2**80)
        y = Fraction(int(mpmath.nint(true * 1000)), 1000)
        low, high = exp_bounds(y, 100)
        true = mpmath.exp(mpmath.mpf(y.numerator) / y.denominator)
        assert mpmath.mpf(low.numerator) / low.denominator <= true <= mpmath.mpf(high.numerator) / high.denominator


def test_powers_are_enclosed() -> None:
    low, high = power_bounds(Fraction(2), Fraction(3), Fraction(1, 2), 64)
    assert low * low <= 2
    assert high * high >= 3
    low, high = power_bounds(Fraction(-1), Fraction(2), Fraction(2), 64)
    assert (low, high) == (0, 4)
    low, high = power_bounds(Fraction(8), Fraction(8), Fraction(-1, 3), 64)
    assert low <= Fraction(1, 2) <= high


def test_the_calculus_of_one_variable() -> None:
    """t log t - t + 1 >= 0 on (0, 1): it falls to 0 at 1; the wrong sign, and a move too few, are rejected."""
    f = {poly(0, 1): (poly(0, 1), poly(1)), poly(): (poly(1, -1), poly(1))}
    assert derivative(f) == {poly(0, 1): (poly(1), poly(1))}
    assert limit(f, 0) == 1
    assert limit(f, 1) == 0
    nonnegative(f, ["fall", "fall"])
    for moves in ([], ["fall"], ["rise", "fall"], ["concave"]):
        with pytest.raises(Rejected):
            nonnegative(f, moves)
    with pytest.raises(Rejected):
        nonnegative(add(*((key, (tuple(-c for c in n), d)) for key, (n, d) in f.items())), ["fall", "fall"])
    with pytest.raises(Rejected):
        nonnegative(f, [{"scale": [["-1"], ["1"]]}, "fall", "fall"])


def test_positivity_on_the_unit_interval() -> None:
    assert positive(poly(1, -1))
    assert positive(poly(0, 1))
    assert positive(poly(1, -2, 1))
    assert not positive(poly(1, -3, 1))
    assert not positive(poly(-1))
    assert not positive(poly())


def test_witness_values_against_floats() -> None:
    p, q = [0.7, 0.3], [0.5, 0.5]
    document = certificate("D(P||Q) = D(Q||P)", [])
    world = World(document["proofs"][0])
    from symkl.prove.checker.terms import Scope

    scope = Scope(document["statement"])
    value = world.exact(scope.vector(document["statement"]["claims"][0]["left"]))
    number = sum(float(c) * (log(b) if b > 1 else 1) for b, c in value.items())
    assert number == pytest.approx(sum(a * log(a / b) for a, b in zip(p, q)))
