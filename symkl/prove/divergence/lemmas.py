"""What every fact says, as a vector: the formulas that the search for a proof combines; `checker` judges what is found."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from fractions import Fraction

from symkl.core.certificates import complement, placed
from symkl.prove.divergence.calculus import comparison, one_variable
from symkl.prove.divergence.scope import Scope
from symkl.prove.divergence.vectors import HALF, ONE, Json, Vector, combine, fields, logarithm, multiply, need, raised, sign


def evidently_nonnegative(node: Json, continuous: Collection[str] | None = None, signed: Collection[str] = ()) -> bool:
    """Whether the term is seen not to be negative, parameters that are `signed` among it; entropies where it is known which variables are continuous."""
    if isinstance(node, str):
        return Fraction(node) >= 0
    parts = node.get("sum") or node.get("product")
    if parts:
        return complement(node) or all(evidently_nonnegative(each, continuous, signed) for each in parts)
    if "parameter" in node:
        return node["parameter"] in signed
    if "I" in node:
        return len(node["I"]) == 2
    if "log" in node:
        return isinstance(node["log"], str) and Fraction(node["log"]) >= 1
    if "H" in node or node.get("measure") == "Entropy":
        return continuous is not None and not any(f'"{name}"' in json.dumps(node.get("H") or node["laws"]) for name in continuous)
    if node.get("measure") in ("Renyi", "Tsallis"):
        return isinstance(node["parameters"][0], str) and Fraction(node["parameters"][0]) > 0
    even = "power" in node and (Fraction(node["power"][1]).denominator == 2 or Fraction(node["power"][1]) % 2 == 0)
    return even or "exp" in node or node.get("measure") in NONNEGATIVE or ("power" in node and evidently_nonnegative(node["power"][0], continuous, signed))


NONNEGATIVE = ("KL", "Jeffreys", "JensenShannon", "TotalVariation", "Hellinger", "Chi2", "Affinity", "Bhattacharyya")


def fact(scope: Scope, item: Json) -> tuple[Vector, str]:
    """A quantity that is >= 0 (or = 0, or > 0: "<"): a term that is evidently so, or with the reason by name in FACTS."""
    name = next((each for each in FACTS if each in item), None)
    return FACTS[name](scope, item) if name is not None else term(scope, item)


def term(scope: Scope, item: Json) -> tuple[Vector, str]:
    """I(A; B|C), H(A|C) of discrete A, divergences (Jensen), H of discrete laws, squares; numbers > 0."""
    value = scope.vector(item)
    if "log" in item:
        need(sign(numbers(value)) > 0, "the number is not positive")
        return value, "<"
    need(evidently_nonnegative(item, scope.continuous), "a term that may be negative")
    return value, "<="


def hypothesis(scope: Scope, item: Json) -> tuple[Vector, str]:
    """A hypothesis; an equality may be multiplied by anything."""
    relation = scope.given[item["hypothesis"]]
    if "zero" in item:
        fields(item, "hypothesis", "zero", *(("times",) if "times" in item else ()))
        value = scope.vector(item["zero"])
        return combine((-1, multiply(scope.vector(item["times"]), value) if "times" in item else value)), "="
    if "times" in item:
        fields(item, "hypothesis", "times")
        need(relation["sign"] == "=", "only an equality is multiplied")
        return multiply(scope.vector(item["times"]), hypothesis(scope, {"hypothesis": item["hypothesis"]})[0]), "="
    fields(item, "hypothesis")
    difference = combine((1, scope.vector(relation["right"])), (-1, scope.vector(relation["left"])))
    need(relation["sign"] != "!=", "a hypothesis with != adds nothing")
    return combine((-1 if ">" in relation["sign"] else 1, difference)), relation["sign"].replace(">", "<")


def mixing(scope: Scope, item: Json) -> tuple[Vector, str]:
    """sum w_i D(P_i, Q_i) >= D(sum w_i P_i, sum w_i Q_i) for an f-divergence; for D_a of order a <= 1, and of any a if all P_i are the same.

    For KL plus sum w_i log(w_i/v_i), with other weights v_i of Q_i: the log-sum inequality; for D_a if one w_i is 1.
    """
    fields(item, "mixing", "parts", "parameters")
    head, rows, parameters = item["mixing"], item["parts"], item["parameters"]
    order = Fraction(parameters[0]) if head in ("Tsallis", "Renyi") else Fraction(0)
    alone = head == "Tsallis" or order <= 1 or all(p == rows[0][1] for _, p, _, _ in rows)
    need((order > 0 and alone) or head in CONVEX, "not a jointly convex measure")
    need(head == "KL" or all(w == v or (head == "Renyi" and w in ("0", "1")) for w, _, v, _ in rows), "other weights of P than of Q")
    total: Vector = {}
    for w, p, v, q in rows:
        a, b = scope.vector(w), scope.vector(v)
        ratio = {} if a == b or not a else combine((1, logarithm(a)), (-1, logarithm(b)))
        total = combine((1, total), (1, multiply(a, combine((1, ratio), (1, scope.measure(head, [p, q], parameters))))))
    mixed = [{"mix": [[row[i], row[i + 1]] for row in rows]} for i in (0, 2)]
    return combine((1, total), (-1, scope.measure(head, mixed, parameters))), "<="


def processing(scope: Scope, item: Json) -> tuple[Vector, str]:
    """D_f(K(P), K(Q)) <= D_f(P, Q) for a channel K, or for K that forgets coordinates."""
    channel = "image" if "image" in item else "marginal"
    fields(item, "processing", channel, "laws", "parameters")
    orders = item["processing"] in ("Renyi", "Tsallis") and Fraction(item["parameters"][0]) > 0
    need(orders or (item["processing"] in NONNEGATIVE and item["processing"] != "Affinity"), "not a monotone measure")
    images = [{channel: item[channel], "law": each} for each in item["laws"]]
    before, after = (scope.measure(item["processing"], laws, item["parameters"]) for laws in (item["laws"], images))
    return combine((1, before), (-1, after)), "<="


CONVEX = ("KL", "Jeffreys", "JensenShannon", "TotalVariation", "Chi2", "Bhattacharyya")


def triangle(scope: Scope, item: Json) -> tuple[Vector, str]:
    """d(P, Q) + d(Q, R) >= d(P, R): total variation (an L1 norm), Hellinger (an L2 norm of roots), sqrt JSD (Endres and Schindelin 2003)."""
    fields(item, "triangle", "laws")
    need(item["triangle"] in ("TotalVariation", "Hellinger", "JensenShannon"), "not a metric")
    p, q, r = item["laws"]
    power = HALF if item["triangle"] == "JensenShannon" else Fraction(1)
    a, b, c = (raised(scope.measure(item["triangle"], pair, []), power) for pair in ([p, q], [q, r], [p, r]))
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
    """E_q[a] E_q[c] >= E_q[b]^2; without terms TV^2 + BC^2 <= 1: Cauchy-Schwarz for |p - q| = |sqrt p - sqrt q| (sqrt p + sqrt q)."""
    if "terms" in item:
        fields(item, "schwarz", "terms", "slopes", "root", "moves")
        a, c, b = (scope.vector(placed(term, *item["schwarz"])) for term in item["terms"])
        return combine((1, multiply(a, c)), (-1, multiply(b, b))), "<="
    fields(item, "schwarz")
    tv, bc = (scope.measure(head, item["schwarz"], []) for head in ("TotalVariation", "Affinity"))
    return combine((1, ONE), (-1, raised(tv, Fraction(2))), (-1, raised(bc, Fraction(2)))), "<="


def lemma(scope: Scope, item: Json) -> tuple[Vector, str]:
    """u <= v with a proof of its own."""
    fields(item, "lemma", "proof")
    u, _, v = item["lemma"]
    return combine((1, scope.vector(v)), (-1, scope.vector(u))), "<="


def subadditivity(scope: Scope, item: Json) -> tuple[Vector, str]:
    """1 - TV(P x R, Q x S) >= (1 - TV(P, Q))(1 - TV(R, S)): the integral of min(pr, qs) >= min(p, q) min(r, s)."""
    if "draws" in item:
        fields(item, "subadditivity", "draws")
        laws = item["subadditivity"]
        whole = scope.measure("TotalVariation", [{"fold": [law, item["draws"]]} for law in laws], [])
        return combine((1, multiply(scope.vector(item["draws"]), scope.measure("TotalVariation", laws, []))), (-1, whole)), "<="
    fields(item, "subadditivity")
    p, r, q, s = item["subadditivity"]
    whole = scope.measure("TotalVariation", [{"times": [p, r]}, {"times": [q, s]}], [])
    a, b = (scope.measure("TotalVariation", pair, []) for pair in ([p, q], [r, s]))
    return combine((1, a), (1, b), (-1, multiply(a, b)), (-1, whole)), "<="


def both(scope: Scope, item: Json) -> tuple[Vector, str]:
    """A product of non-negative quantities, positive if all of them are."""
    fields(item, "both")
    total, kinds = ONE, set()
    for each in item["both"]:
        value, kind = fact(scope, each)
        total = multiply(total, value)
        kinds.add(kind)
    return total, "<" if kinds == {"<"} else "<="


KINDS = {"E": "expectation of a log-density", "H": "joint entropy", "TV": "total variation", "A": "power integral", "B": "power integral"}


def numbers(vector: Vector) -> dict[int, Fraction]:
    """A vector that is a rational combination of 1 and logarithms of integers, as a map."""
    for key in vector:
        plain = key == () or (len(key) == 1 and key[0][0][0] == "log" and isinstance(key[0][0][1], int) and key[0][1] == 1)
        need(plain, "a term with " + ", ".join(f"the {KINDS.get(name[0], name[0])}" for name, _ in key) + " does not cancel")
    return {1 if key == () else key[0][0][1]: c for key, c in vector.items()}


FACTS: dict[str, Callable[[Scope, Json], tuple[Vector, str]]] = {
    "mixing": mixing,
    "processing": processing,
    "triangle": triangle,
    "orders": renyi_order,
    "change": change,
    "schwarz": schwarz,
    "lemma": lemma,
    "subadditivity": subadditivity,
    "both": both,
    "comparison": comparison,
    "function": one_variable,
    "hypothesis": hypothesis,
}
