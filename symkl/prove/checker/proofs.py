"""Proofs: sums of facts with non-negative weights."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

from .calculus import comparison, one_variable
from .terms import Scope
from .values import ONE, Json, Vector, combine, exponential, fields, logarithm, multiply, need, raised, sign


def check_proof(scope: Scope, left: Vector, sign_: str, right: Vector, proof: Json, claim: Json) -> None:
    """left sign right; a proof is a sum of facts, possibly after squaring or taking logarithms on both sides."""
    if sign_ in (">=", ">"):
        left, sign_, right, claim = right, sign_.replace(">", "<"), left, {"left": claim["right"], "right": claim["left"]}
    if "as" in proof:  # the same difference, otherwise written
        fields(proof, "as", "proof")
        one, other = (scope.vector(each) for each in proof["as"])
        need(combine((1, other), (-1, one), (-1, right), (1, left)) == {}, "another difference")
        return check_proof(scope, one, sign_, other, proof["proof"], {"left": proof["as"][0], "right": proof["as"][1]})
    if "square" in proof:
        fields(proof, "square")
        need(sign_ != "=" and sign_ != "!=" and evidently_nonnegative(claim["right"]), "squaring needs a non-negative right side")
        squares = {side: {"power": [claim[side], "2"]} for side in ("left", "right")}
        return check_proof(scope, raised(left, Fraction(2)), sign_, raised(right, Fraction(2)), proof["square"], squares)
    if "log" in proof:
        fields(proof, "log")
        need(sign_ in ("<=", "<") and evidently_nonnegative(claim["left"]), "logarithms need non-negative sides")
        return check_proof(scope, logarithm(left), sign_, logarithm(right), proof["log"], {s: {"log": claim[s]} for s in ("left", "right")})
    difference = combine((1, right), (-1, left))
    if sign_ == "=" and "ways" in proof:
        fields(proof, "ways")
        check_proof(scope, left, "<=", right, proof["ways"][0], claim)
        return check_proof(scope, left, ">=", right, proof["ways"][1], claim)
    if sign_ == "=":
        fields(proof, "facts", "back")
        check_sum(scope, difference, False, proof["facts"])
        return check_sum(scope, combine((-1, difference)), False, proof["back"])
    if sign_ == "!=":
        fields(proof, "facts", "above")
        need(isinstance(proof["above"], bool), "above is true or false")
        return check_sum(scope, combine((-1 if proof["above"] else 1, difference)), True, proof["facts"])
    fields(proof, "facts")
    return check_sum(scope, difference, sign_ == "<", proof["facts"])


def check_sum(scope: Scope, target: Vector, strict: bool, facts: list[Json]) -> None:
    """target - (weighted facts) is a number >= 0, or > 0 where a strict sign is claimed."""
    rest, gained = target, False
    for weight, item in facts:
        value, kind = fact(scope, item)
        need(Fraction(weight) > 0 or kind == "=", "a weight of an inequality is not positive")
        rest, gained = combine((1, rest), (-Fraction(weight), value)), gained or kind == "<"
    need(sign(numbers(rest)) >= (1 if strict and not gained else 0), "what is left is negative")


def evidently_nonnegative(node: Json) -> bool:
    if isinstance(node, str):
        return Fraction(node) >= 0
    parts = node.get("sum") or node.get("product")
    if parts:
        return all(evidently_nonnegative(each) for each in parts)
    even = "power" in node and (Fraction(node["power"][1]).denominator == 2 or Fraction(node["power"][1]) % 2 == 0)
    return even or "exp" in node or node.get("measure") in NONNEGATIVE or ("power" in node and evidently_nonnegative(node["power"][0]))


NONNEGATIVE = ("KL", "Jeffreys", "JensenShannon", "TotalVariation", "Hellinger", "Chi2", "Affinity", "Bhattacharyya")


def fact(scope: Scope, item: Json) -> tuple[Vector, str]:
    """A quantity that is >= 0 (or = 0, or > 0: "<"), with the reason by name in FACTS."""
    name = next((each for each in FACTS if each in item), None)
    need(name is not None, "unknown fact")
    return FACTS[str(name)](scope, item)


def mutual_information(scope: Scope, item: Json) -> tuple[Vector, str]:
    """I(A; B|C) >= 0, for any variables."""
    fields(item, "I", "given")
    need(len(item["I"]) == 2, "only the information of two groups is never negative")
    return scope.information(item["I"], item["given"]), "<="


def entropy(scope: Scope, item: Json) -> tuple[Vector, str]:
    """H(A|C) >= 0 for discrete A."""
    fields(item, "H", "given")
    need(not set(item["H"]) & scope.continuous, "a differential entropy may be negative")
    return scope.information([item["H"]], item["given"]), "<="


def hypothesis(scope: Scope, item: Json) -> tuple[Vector, str]:
    """A hypothesis; an equality may be multiplied by anything."""
    relation = scope.given[item["given"]]
    if "times" in item:
        fields(item, "given", "times")
        need(relation["sign"] == "=", "only an equality is multiplied")
        return multiply(scope.vector(item["times"]), hypothesis(scope, {"given": item["given"]})[0]), "="
    fields(item, "given")
    difference = combine((1, scope.vector(relation["right"])), (-1, scope.vector(relation["left"])))
    need(relation["sign"] != "!=", "a hypothesis with != adds nothing")
    return combine((-1 if ">" in relation["sign"] else 1, difference)), relation["sign"].replace(">", "<")


def divergence(scope: Scope, item: Json) -> tuple[Vector, str]:
    """D, J, JSD, TV, chi^2, Hellinger, D_alpha >= 0 (Jensen); H >= 0 for discrete laws."""
    fields(item, "measure", "laws", "parameters")
    discrete = item["measure"] == "Entropy" and not any(f'"{name}"' in json.dumps(item["laws"]) for name in scope.continuous)
    positive = item["measure"] == "Renyi" and Fraction(item["parameters"][0]) > 0
    need(discrete or positive or item["measure"] in NONNEGATIVE, "this measure may be negative")
    return scope.vector(item), "<="


def log_sum(scope: Scope, item: Json) -> tuple[Vector, str]:
    """sum w_i (log(w_i/v_i) + D(P_i||Q_i)) >= D(sum w_i P_i||sum v_i Q_i): the chain rule for the law of the index."""
    fields(item, "log-sum")
    total: Vector = {}
    for w, p, v, q in item["log-sum"]:
        a, b = scope.vector(w), scope.vector(v)
        ratio = {} if a == b or not a else combine((1, logarithm(a)), (-1, logarithm(b)))
        total = combine((1, total), (1, multiply(a, combine((1, ratio), (1, scope.divergence(p, q))))))
    mixed = [{"mix": [[row[i], row[i + 1]] for row in item["log-sum"]]} for i in (0, 2)]
    return combine((1, total), (-1, scope.divergence(*mixed))), "<="


def processing(scope: Scope, item: Json) -> tuple[Vector, str]:
    """D_f(K(P), K(Q)) <= D_f(P, Q) for a channel K, or for K that forgets coordinates."""
    fields(item, "processing", "to" if "to" in item else "through", "laws", "parameters")
    orders = item["processing"] in ("Renyi", "Tsallis") and Fraction(item["parameters"][0]) > 0
    need(orders or (item["processing"] in NONNEGATIVE and item["processing"] != "Affinity"), "not a monotone measure")
    images = item.get("to") or [{"image": item["through"], "law": each} for each in item["laws"]]
    if "to" in item:
        kept = next((k for k in subsets(scope.space(item["laws"][0])) if scope.marginal(item["laws"][0], k) == scope.mixture(images[0])), None)
        need(kept is not None and scope.marginal(item["laws"][1], kept) == scope.mixture(images[1]), "not the marginals on the same coordinates")
    before, after = ({"measure": item["processing"], "laws": laws, "parameters": item["parameters"]} for laws in (item["laws"], images))
    return combine((1, scope.vector(before)), (-1, scope.vector(after))), "<="


def convexity(scope: Scope, item: Json) -> tuple[Vector, str]:
    """sum w_i D(P_i, Q_i) >= D(sum w_i P_i, sum w_i Q_i) for an f-divergence; for D_a of order a <= 1, and of any a if all P_i are the same.

    For a < 1 the integral A of p^a q^(1 - a) is concave, and -log is convex and decreasing; for a > 1, A(P, sum w_i Q_i) is at most
    the product of A(P, Q_i)^w_i (weighted means of q_i, then Hoelder).
    """
    fields(item, "convexity", "parts", "parameters")
    order = Fraction(item["parameters"][0]) if item["convexity"] in ("Tsallis", "Renyi") else Fraction(0)
    alone = item["convexity"] == "Tsallis" or order <= 1 or all(p == item["parts"][0][1] for _, p, _ in item["parts"])
    need((order > 0 and alone) or item["convexity"] in CONVEX, "not a jointly convex measure")
    each = [multiply(scope.vector(w), scope.measure(item["convexity"], [p, q], item["parameters"])) for w, p, q in item["parts"]]
    mixed = [{"mix": [[row[0], row[i]] for row in item["parts"]]} for i in (1, 2)]
    return combine(*((1, v) for v in each), (-1, scope.measure(item["convexity"], mixed, item["parameters"]))), "<="


CONVEX = ("KL", "Jeffreys", "JensenShannon", "TotalVariation", "Chi2", "Bhattacharyya")


def triangle(scope: Scope, item: Json) -> tuple[Vector, str]:
    """d(P, Q) + d(Q, R) >= d(P, R) for total variation (an L1 norm) and Hellinger (an L2 norm of roots)."""
    fields(item, "triangle", "laws")
    need(item["triangle"] in ("TotalVariation", "Hellinger"), "not a metric")
    p, q, r = item["laws"]
    a, b, c = (scope.measure(item["triangle"], pair, []) for pair in ([p, q], [q, r], [p, r]))
    return combine((1, a), (1, b), (-1, c)), "<="


def renyi_order(scope: Scope, item: Json) -> tuple[Vector, str]:
    """D_a <= D_b for 0 < a <= b (Jensen); with u(a) = (a - 1) D_a, (c - a) u(b) <= (c - b) u(a) + (b - a) u(c) for a < b < c (Hoelder)."""
    fields(item, "orders", "laws")
    orders = [Fraction(each) for each in item["orders"]]
    need(orders[0] > 0 and sorted(orders) == orders and len(orders) in (2, 3), "the orders must be positive and increase")
    values = [scope.measure("Renyi", item["laws"], [str(order)]) for order in orders]
    if len(orders) == 2:
        return combine((1, values[1]), (-1, values[0])), "<="
    a, b, c = orders
    u = [combine((order - 1, value)) for order, value in zip(orders, values)]
    return combine((c - b, u[0]), (a - c, u[1]), (b - a, u[2])), "<="


def change(scope: Scope, item: Json) -> tuple[Vector, str]:
    """a D(R||P) + (1 - a) D(R||Q) >= (1 - a) D_a(P||Q), a > 0: Jensen for E_R[log(p^a q^(1 - a)/r)]."""
    fields(item, "change", "order", "laws")
    order, (p, q) = Fraction(item["order"]), item["laws"]
    need(order > 0 and order != 1, "the order must be positive, and not 1")
    one, other = (scope.divergence(item["change"], each) for each in (p, q))
    return combine((order, one), (1 - order, other), (order - 1, scope.measure("Renyi", [p, q], [item["order"]]))), "<="


def schwarz(scope: Scope, item: Json) -> tuple[Vector, str]:
    """TV^2 + BC^2 <= 1: Cauchy-Schwarz for |p - q| = |sqrt p - sqrt q| (sqrt p + sqrt q)."""
    fields(item, "schwarz")
    tv, bc = (scope.measure(head, item["schwarz"], []) for head in ("TotalVariation", "Affinity"))
    return combine((1, ONE), (-1, raised(tv, Fraction(2))), (-1, raised(bc, Fraction(2)))), "<="


def tangent(scope: Scope, item: Json) -> tuple[Vector, str]:
    """log u <= log a + u/a - 1, for u >= 0 and a number a > 0."""
    fields(item, "tangent", "at")
    u, a = scope.vector(item["tangent"]), Fraction(item["at"])
    need(a > 0, "the tangent is taken at a positive number")
    return combine((1 / a, u), (-1, ONE), (1, logarithm({(): a})), (-1, logarithm(u))), "<="


def increasing(scope: Scope, item: Json) -> tuple[Vector, str]:
    """exp u <= exp v and log u <= log v, where u <= v has a proof."""
    name, function = ("exp", exponential) if "exp" in item else ("log", logarithm)
    fields(item, name, "below", "proof")
    u, v = scope.vector(item[name]), scope.vector(item["below"])
    check_proof(scope, u, "<=", v, item["proof"], {"left": item[name], "right": item["below"]})
    return combine((1, function(v)), (-1, function(u))), "<="


def subadditivity(scope: Scope, item: Json) -> tuple[Vector, str]:
    """1 - TV(P x R, Q x S) >= (1 - TV(P, Q))(1 - TV(R, S)): the integral of min(pr, qs) >= min(p, q) min(r, s)."""
    fields(item, "subadditivity")
    p, r, q, s = item["subadditivity"]
    whole = scope.measure("TotalVariation", [{"times": [p, r]}, {"times": [q, s]}], [])
    a, b = (scope.measure("TotalVariation", pair, []) for pair in ([p, q], [r, s]))
    return combine((1, a), (1, b), (-1, multiply(a, b)), (-1, whole)), "<="


def square(scope: Scope, item: Json) -> tuple[Vector, str]:
    """u^2 >= 0 for a real u."""
    fields(item, "squared")
    return raised(scope.vector(item["squared"]), Fraction(2)), "<="


def both(scope: Scope, item: Json) -> tuple[Vector, str]:
    """A product of non-negative quantities, positive if all of them are."""
    fields(item, "both")
    total, kinds = ONE, set()
    for each in item["both"]:
        value, kind = fact(scope, each)
        total = multiply(total, value)
        kinds.add(kind)
    return total, "<" if kinds == {"<"} else "<="


def number(scope: Scope, item: Json) -> tuple[Vector, str]:
    """A number > 0."""
    fields(item, "number")
    value = scope.vector(item["number"])
    need(sign(numbers(value)) > 0, "the number is not positive")
    return value, "<"


KINDS = {"E": "expectation of a log-density", "H": "joint entropy", "TV": "total variation", "A": "power integral", "B": "power integral"}


def subsets(slots: list[Any]) -> Iterator[tuple[Any, ...]]:
    """The proper parts of a few coordinates, none of them empty."""
    need(len(slots) <= 8, "too many coordinates")
    return (part for size in range(1, len(slots)) for part in combinations(slots, size))


def numbers(vector: Vector) -> dict[int, Fraction]:
    """A vector that is a rational combination of 1 and logarithms of integers, as a map."""
    for key in vector:
        plain = key == () or (len(key) == 1 and key[0][0][0] == "log" and isinstance(key[0][0][1], int) and key[0][1] == 1)
        need(plain, "a term with " + ", ".join(f"the {KINDS.get(name[0], name[0])}" for name, _ in key) + " does not cancel")
    return {1 if key == () else key[0][0][1]: c for key, c in vector.items()}


FACTS: dict[str, Callable[[Scope, Json], tuple[Vector, str]]] = {
    "I": mutual_information,
    "H": entropy,
    "measure": divergence,
    "log-sum": log_sum,
    "processing": processing,
    "convexity": convexity,
    "triangle": triangle,
    "orders": renyi_order,
    "change": change,
    "schwarz": schwarz,
    "tangent": tangent,
    "exp": increasing,
    "log": increasing,
    "subadditivity": subadditivity,
    "squared": square,
    "both": both,
    "number": number,
    "comparison": comparison,
    "function": one_variable,
    "given": hypothesis,
}
