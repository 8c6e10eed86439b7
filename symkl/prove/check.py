"""The checker of certificates: reads one JSON object and says what it proves or refutes, and whether it does.

It uses integers, fractions and the standard library only, none of the code that found the proof, and can be copied away and run
alone: `python check.py FILE`. What it trusts is written here: the expansion of the measures into joint entropies and E_mu[log f]
(`Scope`), the facts a proof may add up (`FACTS`), and one-variable calculus (`nonnegative`). Format: docs/certificates.md.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, product
from math import gcd, isqrt, prod
from typing import Any

Json = Any
Monomial = tuple[tuple[Any, Fraction], ...]  # atoms with exponents, sorted; () is the number 1
Vector = dict[Monomial, Fraction]
Part = tuple[Vector, tuple[Any, ...]]  # a weight, and factors (name, inner coordinates, slots, conditioning slots)
ONE: Vector = {(): Fraction(1)}
HALF = Fraction(1, 2)


class Rejected(Exception):
    """The certificate does not prove what it says."""


def need(condition: bool, message: str) -> None:
    if not condition:
        raise Rejected(message)


def check_certificate(data: Json) -> tuple[bool, str]:
    """(accepted?, the statement that was checked or the reason of the rejection)."""
    try:
        data = json.loads(data) if isinstance(data, str) else data
        fields(data, "format", "version", "verdict", "statement", "proofs", "digest")
        need(data["format"] == "symkl certificate" and data["version"] == 1, "unknown format or version")
        need(data["digest"] == digest(data), "the digest does not match")
        check(Scope(data["statement"]), data["verdict"], data["statement"]["claims"], data["proofs"])
    except Rejected as error:
        return False, str(error)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
        return False, f"malformed: {type(error).__name__}: {error}"
    return True, f"{data['verdict']}: {json.dumps(data['statement'])}"


def digest(data: Json) -> str:
    """SHA-256 of the certificate without its digest: against damage, not against malice."""
    body = {key: value for key, value in data.items() if key != "digest"}
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def fields(item: Json, *names: str) -> None:
    need(isinstance(item, dict) and set(item) == set(names), f"the fields {', '.join(names)} are wanted")


def check(scope: Scope, verdict: str, claims: list[Json], proofs: list[Json]) -> None:
    for relation in (*claims, *scope.given):
        fields(relation, "left", "sign", "right")
        need(relation["sign"] in ("=", "<=", ">=", "<", ">", "!="), "unknown relation")
    if verdict == "proved":
        need(len(claims) == len(proofs) > 0, "one proof for each claim is wanted")
        for claim, proof in zip(claims, proofs):
            check_proof(scope, scope.vector(claim["left"]), claim["sign"], scope.vector(claim["right"]), proof, claim)
    elif verdict == "refuted":
        need(len(proofs) == 1, "one witness is wanted")
        check_witness(scope, claims, proofs[0])
    else:
        need(verdict == "inconsistent" and len(proofs) == 1, "unknown verdict")
        fields(proofs[0], "facts")
        check_sum(scope, {(): Fraction(0)}, True, proofs[0]["facts"])


# -- numbers ---------------------------------------------------------------------------------------------------------------


def sign(value: dict[int, Fraction]) -> int:
    """The sign of value[1] + sum of value[b] log b over b > 1: logs of coprime integers are independent over Q, their sums irrational."""
    logs = coprime({b: c for b, c in value.items() if b > 1})
    rational, bits = value.get(1, Fraction(0)), 64
    while logs:
        low = high = rational
        for base, c in logs.items():
            a, b = sorted(c * end for end in log_bounds(Fraction(base), bits))
            low, high = low + a, high + b
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        bits *= 2
    return (rational > 0) - (rational < 0)


def coprime(terms: dict[int, Fraction]) -> dict[int, Fraction]:
    """The same sum of logarithms over pairwise coprime bases, zeros dropped."""
    base: dict[int, Fraction] = {}
    queue = list(terms.items())
    while queue:
        n, c = queue.pop()
        m = next((m for m in base if gcd(m, n) > 1), None)
        if m is None:
            base[n] = base.get(n, Fraction(0)) + c
        else:
            d, common = base.pop(m), gcd(m, n)
            queue += [(k, e) for k, e in ((n // common, c), (m // common, d), (common, c + d)) if k > 1]
    return {m: c for m, c in base.items() if c}


def log_bounds(x: Fraction, bits: int) -> tuple[Fraction, Fraction]:
    """Bounds of log x = k log 2 + 2 artanh((m - 1)/(m + 1)), x = m 2^k."""
    shift = x.numerator.bit_length() - x.denominator.bit_length()
    unit = 1 << (bits + 16 + shift.bit_length())
    total = [0, 0]
    for m, times in ((x / Fraction(2) ** shift, 1), (Fraction(2), shift)):
        y = int((m - 1) / (m + 1) * unit)
        power, square, k, found, error = y, y * y // unit, 1, 0, 4
        while power not in (0, -1):
            found, power, k, error = found + power // k, power * square // unit, k + 2, error + 8
        total[0] += 2 * times * found - abs(times) * 4 * error
        total[1] += 2 * times * found + abs(times) * 4 * error
    return Fraction(total[0], unit), Fraction(total[1], unit)


# -- vectors: linear combinations of monomials in atoms ----------------------------------------------------------------------


def combine(*weighted: tuple[Fraction | int, Vector]) -> Vector:
    total: Vector = {}
    for weight, vector in weighted:
        for key, c in vector.items():
            total[key] = total.get(key, Fraction(0)) + weight * c
    return {key: c for key, c in total.items() if c}


def multiply(a: Vector, b: Vector) -> Vector:
    if set(b) <= {()}:
        return combine((b.get((), Fraction(0)), a))
    total: Vector = {}
    for (m, c), (n, d) in product(a.items(), b.items()):
        powers: dict[Any, Fraction] = {}
        for atom, exponent in m + n:
            powers[atom] = powers.get(atom, Fraction(0)) + exponent
        key = tuple(sorted(((atom, e) for atom, e in powers.items() if e), key=repr))
        total[key] = total.get(key, Fraction(0)) + c * d
    return {key: c for key, c in total.items() if c}


def atom(name: Any, exponent: Fraction | int = 1) -> Vector:
    return {((name, Fraction(exponent)),): Fraction(1)}


def frozen(vector: Vector) -> Any:
    return tuple(sorted(vector.items(), key=repr))


def single(vector: Vector) -> tuple[Any, Fraction] | None:
    """(atom, exponent) of a vector that is one power of one atom."""
    (key,) = vector if len(vector) == 1 else ((),)
    return key[0] if len(key) == 1 and vector[key] == 1 else None


def raised(base: Vector, exponent: Fraction) -> Vector:
    """base^exponent; what is raised to a fraction is non-negative wherever it is defined."""
    if exponent.denominator == 1 and exponent >= 0:
        total = ONE
        for _ in range(int(exponent)):
            total = multiply(total, base)
        return total
    if set(base) == {()} and exponent.denominator == 1:
        return {(): base[()] ** int(exponent)}
    one = single(base)
    return atom(one[0], one[1] * exponent) if one else atom(("base", frozen(base)), exponent)


def logarithm(argument: Vector) -> Vector:
    """log, with log of a rational number over its integers and log u^c = c log u."""
    if set(argument) == {()}:
        value = argument[()]
        need(value > 0, "the logarithm of a number that is not positive")
        return combine(*((s, atom(("log", n))) for n, s in ((value.numerator, 1), (value.denominator, -1)) if n > 1))
    one = single(argument)
    return combine((one[1], atom(("log", frozen(atom(one[0])))))) if one else atom(("log", frozen(argument)))


def exponential(argument: Vector) -> Vector:
    """exp, with exp(c log u) = u^c."""
    if not argument:
        return ONE
    (key,) = argument if len(argument) == 1 else ((),)
    if len(key) == 1 and key[0][0][0] == "log" and key[0][1] == 1:
        inner = key[0][0][1]
        return raised({(): Fraction(inner)} if isinstance(inner, int) else dict(inner), argument[key])
    return atom(("exp", frozen(argument)))


# -- the meaning of terms ------------------------------------------------------------------------------------------------------


class Scope:
    """The hypotheses, which variables are continuous, the joint law of the variables, and what every term stands for."""

    def __init__(self, statement: Json) -> None:
        fields(statement, "claims", "given", "identified", "continuous", "joint", "arities")
        self.given, self.continuous, self.joint = statement["given"], set(statement["continuous"]), statement["joint"]
        self.arities: dict[str, int] = statement["arities"]
        self.same: dict[str, str] = {}
        for index, kept, dropped in statement["identified"]:  # D(P||Q) = 0 says P = Q
            relation = self.given[index]
            need(relation["left"]["measure"] in SEPARATING and relation["sign"] in ("=", "<=") and relation["right"] == "0", "no equality of laws")
            need(sorted(each["law"] for each in relation["left"]["laws"]) == sorted((kept, dropped)), "other laws are equal than was said")
            need(dropped not in self.same and kept not in self.same, "a law is replaced twice")
            self.same = {name: kept if other == dropped else other for name, other in self.same.items()} | {dropped: kept}

    def mixture(self, law: Json, start: int = 0) -> list[Part]:
        """The law as a mixture of products of factors."""
        if "mix" in law:
            parts = [(self.vector(w), each) for w, each in law["mix"]]
            need(all(set(w) != {()} or w[()] > 0 for w, _ in parts), "a mixture has a negative weight")
            need(combine(*((1, w) for w, _ in parts)) == ONE, "the weights of a mixture do not sum to 1")
            return gathered([(multiply(w, v), f) for w, each in parts for v, f in self.mixture(each, start)])
        if "times" in law:
            found: list[Part] = [(ONE, ())]
            for each in law["times"]:
                parts2 = self.mixture(each, start)
                start += sum(isinstance(s, int) for f in parts2[0][1] for s in f[2])
                found = [(multiply(w, v), f + g) for w, f in found for v, g in parts2]
            return gathered([(w, joined(f)) for w, f in found])
        if "image" in law:
            return gathered([(w, ((("image", law["image"], f), (0,), (start,), ()),)) for w, f in self.mixture(law["law"])])
        name = self.same.get(law["law"], law["law"])
        need(isinstance(name, str), "a law has a name")
        if "of" in law:
            of, given = tuple(sorted(law["of"])), tuple(sorted(law["given"]))
            need(bool(of) and len(set(of + given)) == len(of + given), "a coordinate is named twice")
            return [(ONE, ((name, of, of, given),))]
        inner = tuple(range(self.arities.get(name, 1)))
        return [(ONE, ((name, inner, tuple(start + i for i in inner), ()),))]

    def space(self, law: Json) -> list[Any]:
        spaces = [sorted((s for f in factors for s in f[2]), key=repr) for _, factors in self.mixture(law)]
        need(all(s == spaces[0] and len(set(s)) == len(s) for s in spaces), "the parts of a law live on different spaces")
        return spaces[0]

    def expected_log(self, under: Json, law: Json) -> Vector:
        """E_under[log density of law], expanded over the mixture `under` and the factors of `law`."""
        need(set(self.space(law)) <= set(self.space(under)), "an expectation under a law on another space")
        terms = product(self.mixture(under), densities(self.mixture(law)))
        return combine(*((s, multiply(w, atom(expectation(factors, density)))) for (w, factors), (s, density) in terms))

    def divergence(self, p: Json, q: Json) -> Vector:
        need(self.space(p) == self.space(q), "a divergence of laws on different spaces")
        return combine((1, self.expected_log(p, p)), (-1, self.expected_log(p, q)))

    def entropy(self, names: list[str]) -> Vector:
        key = tuple(sorted(set(names)))
        law = {"law": self.joint, "of": list(key), "given": []}
        return {} if not key else combine((-1, self.expected_log(law, law))) if self.joint else atom(("H", key))

    def vector(self, node: Json) -> Vector:
        """The normal form of a scalar expression."""
        if isinstance(node, str):
            return combine((Fraction(node), ONE))
        if "sum" in node:
            return combine(*((1, self.vector(each)) for each in node["sum"]))
        if "product" in node:
            total = ONE
            for each in node["product"]:
                total = multiply(total, self.vector(each))
            return total
        if "power" in node:
            return raised(self.vector(node["power"][0]), Fraction(node["power"][1]))
        if "parameter" in node:
            return atom(("parameter", node["parameter"]))
        if "log" in node or "exp" in node:
            return logarithm(self.vector(node["log"])) if "log" in node else exponential(self.vector(node["exp"]))
        if "I" in node or "H" in node:
            return self.information(node.get("I") or [node["H"]], node["given"])
        return self.measure(node["measure"], node["laws"], node["parameters"])

    def information(self, groups: list[list[str]], given: list[str]) -> Vector:
        """I(A; B; ...|C) by inclusion and exclusion; H(A|C) = H(A, C) - H(C) for one group."""
        chosen = [c for size in range(1, len(groups) + 1) for c in combinations(groups, size)]
        base = self.entropy(given)
        return combine(*(((-1) ** (len(c) + 1), combine((1, self.entropy([*given, *sum(c, [])])), (-1, base))) for c in chosen))

    def measure(self, head: str, laws: list[Json], parameters: list[Json]) -> Vector:
        p, q = laws[0], laws[-1]
        if head in ("Entropy", "CrossEntropy"):
            return combine((-1, self.expected_log(p, q)))
        if head == "KL" and len(laws) == 3:
            under = {"times": [q, p]}
            return combine((1, self.expected_log(under, p)), (-1, self.expected_log(under, laws[1])))
        forward = self.divergence(p, q)
        if head == "KL" or (head == "Renyi" and parameters == ["1"]):
            return forward
        if head == "Jeffreys":
            return combine((1, forward), (1, self.divergence(q, p)))
        if head == "JensenShannon":
            middle = {"mix": [["1/2", p], ["1/2", q]]}
            return combine((HALF, self.divergence(p, middle)), (HALF, self.divergence(q, middle)))
        a, b = frozen_law(self.mixture(p)), frozen_law(self.mixture(q))
        if head == "TotalVariation":
            return {} if a == b else atom(("TV", *sorted((a, b), key=repr)))
        order = {"Chi2": Fraction(2), "Affinity": HALF, "Bhattacharyya": HALF, "Hellinger": HALF}.get(head) or Fraction(parameters[0])
        need(order not in (0, 1), "the order must differ from 0 and 1")
        scale = 1 / (order - 1)
        if order < HALF or (order == HALF and repr(b) < repr(a)):
            a, b, order = b, a, 1 - order
        integral = ONE if a == b else atom(("A", order, a, b))  # of p^order q^(1 - order)
        return {
            "Chi2": lambda: combine((1, integral), (-1, ONE)),
            "Affinity": lambda: integral,
            "Bhattacharyya": lambda: combine((-1, logarithm(integral))),
            "Hellinger": lambda: raised(combine((1, ONE), (-1, integral)), HALF),
            "Renyi": lambda: combine((scale, logarithm(integral))),
            "Tsallis": lambda: combine((scale, integral), (-scale, ONE)),
        }[head]()


SEPARATING = ("KL", "Jeffreys", "JensenShannon", "TotalVariation", "Hellinger", "Chi2")


def gathered(parts: list[Part]) -> list[Part]:
    """Equal components joined, in a fixed order."""
    total: dict[Any, Vector] = {}
    for weight, factors in parts:
        key = tuple(sorted(factors, key=repr))
        total[key] = combine((1, total.get(key, {})), (1, weight))
    return [(w, f) for f, w in sorted(total.items(), key=repr) if w]


def frozen_law(parts: list[Part]) -> Any:
    return tuple((frozen(w), f) for w, f in parts)


def joined(factors: tuple[Any, ...]) -> tuple[Any, ...]:
    """p(a) p(b|a) = p(a, b), as long as there are such pairs."""
    for f, g in product(factors, factors):
        if f[0] == g[0] and g[3] and set(g[3]) == set(f[2] + f[3]) and not set(g[2]) & set(f[2]):
            of = tuple(sorted(f[2] + g[2]))
            return joined((*(h for h in factors if h not in (f, g)), (f[0], of, of, f[3])))
    return factors


def densities(parts: list[Part]) -> list[tuple[int, Any]]:
    """The log-density as a signed sum of logs of densities that do not split; a density is a frozen mixture."""
    common = set(parts[0][1]).intersection(*(f for _, f in parts))
    found: list[tuple[int, Any]] = []
    for name, inner, slots, given in sorted(common, key=repr):
        of = tuple(sorted(slots + given)) if given else slots
        found.append((1, ((frozen(ONE), ((name, of if given else inner, of, ()),)),)))
        if given:
            found.append((-1, ((frozen(ONE), ((name, given, given, ()),)),)))
    if len(parts) > 1:
        found.append((1, tuple((frozen(w), tuple(g for g in f if g not in common)) for w, f in parts)))
    return found


def expectation(measure: tuple[Any, ...], density: Any) -> Any:
    """E_measure[log density], the measure reduced to the coordinates that the density looks at, slots renumbered."""
    wanted: set[Any] = set()
    wider = {s for _, factors in density for f in factors for s in f[2] + f[3]}
    while wider != wanted:
        wanted = wider
        wider = wanted.union(*(f[3] for f in measure if set(f[2]) & wanted))
    number = {s: i for i, s in enumerate(sorted(s for s in wanted if isinstance(s, int)))}

    def reduced(factors: Any) -> Any:
        kept = [(n, [(i, number.get(s, s)) for i, s in zip(inner, slots) if s in wanted], g) for n, inner, slots, g in factors]
        return tuple(sorted(((n, tuple(i for i, _ in pairs), tuple(s for _, s in pairs), g) for n, pairs, g in kept if pairs), key=repr))

    return ("E", reduced(measure), tuple(sorted(((w, reduced(f)) for w, f in density), key=repr)))


# -- proofs: sums of facts with non-negative weights -----------------------------------------------------------------------------


def check_proof(scope: Scope, left: Vector, sign_: str, right: Vector, proof: Json, claim: Json) -> None:
    """left sign right; a proof is a sum of facts, possibly after squaring or taking logarithms on both sides."""
    if sign_ in (">=", ">"):
        left, sign_, right, claim = right, sign_.replace(">", "<"), left, {"left": claim["right"], "right": claim["left"]}
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
    number = {1: Fraction(0)}
    for key, c in rest.items():
        plain = key == () or (len(key) == 1 and key[0][0][0] == "log" and isinstance(key[0][0][1], int) and key[0][1] == 1)
        need(plain, f"{key} does not cancel")
        number[1 if key == () else key[0][0][1]] = c
    need(sign(number) >= (1 if strict and not gained else 0), "what is left is negative")


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
    fields(item, "given")
    relation = scope.given[item["given"]]
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
        ratio = {} if a == b else combine((1, logarithm(a)), (-1, logarithm(b)))
        total = combine((1, total), (1, multiply(a, combine((1, ratio), (1, scope.divergence(p, q))))))
    mixed = [{"mix": [[row[i], row[i + 1]] for row in item["log-sum"]]} for i in (0, 2)]
    return combine((1, total), (-1, scope.divergence(*mixed))), "<="


def processing(scope: Scope, item: Json) -> tuple[Vector, str]:
    """D_f(K(P), K(Q)) <= D_f(P, Q) for a channel K."""
    fields(item, "processing", "through", "laws")
    need(item["processing"] in (*NONNEGATIVE, "Renyi") and item["processing"] not in ("Affinity", "Renyi"), "not a monotone measure")
    images = [{"image": item["through"], "law": each} for each in item["laws"]]
    before, after = ({"measure": item["processing"], "laws": laws, "parameters": []} for laws in (item["laws"], images))
    return combine((1, scope.vector(before)), (-1, scope.vector(after))), "<="


def convexity(scope: Scope, item: Json) -> tuple[Vector, str]:
    """sum w_i D_f(P_i, Q_i) >= D_f(sum w_i P_i, sum w_i Q_i) for an f-divergence."""
    fields(item, "convexity", "parts")
    need(item["convexity"] in ("KL", "Jeffreys", "JensenShannon", "TotalVariation", "Chi2"), "not a jointly convex measure")
    each = [multiply(scope.vector(w), scope.measure(item["convexity"], [p, q], [])) for w, p, q in item["parts"]]
    mixed = [{"mix": [[row[0], row[i]] for row in item["parts"]]} for i in (1, 2)]
    return combine(*((1, v) for v in each), (-1, scope.measure(item["convexity"], mixed, []))), "<="


def triangle(scope: Scope, item: Json) -> tuple[Vector, str]:
    """d(P, Q) + d(Q, R) >= d(P, R) for total variation (an L1 norm) and Hellinger (an L2 norm of roots)."""
    fields(item, "triangle", "laws")
    need(item["triangle"] in ("TotalVariation", "Hellinger"), "not a metric")
    p, q, r = item["laws"]
    a, b, c = (scope.measure(item["triangle"], pair, []) for pair in ([p, q], [q, r], [p, r]))
    return combine((1, a), (1, b), (-1, c)), "<="


def renyi_order(scope: Scope, item: Json) -> tuple[Vector, str]:
    """D_a <= D_b for 0 < a <= b (Jensen)."""
    fields(item, "orders", "laws")
    a, b = map(Fraction, item["orders"])
    need(0 < a <= b, "the orders must be positive and increase")
    low, high = (scope.measure("Renyi", item["laws"], [str(order)]) for order in (a, b))
    return combine((1, high), (-1, low)), "<="


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
    """exp u <= exp v, where u <= v has a proof."""
    fields(item, "exp", "below", "proof")
    u, v = scope.vector(item["exp"]), scope.vector(item["below"])
    check_proof(scope, u, "<=", v, item["proof"], {"left": item["exp"], "right": item["below"]})
    return combine((1, exponential(v)), (-1, exponential(u))), "<="


def both(scope: Scope, item: Json) -> tuple[Vector, str]:
    """A product of non-negative quantities."""
    fields(item, "both")
    total = ONE
    for each in item["both"]:
        total = multiply(total, fact(scope, each)[0])
    return total, "<="


FACTS: dict[str, Callable[[Scope, Json], tuple[Vector, str]]] = {
    "I": mutual_information,
    "H": entropy,
    "measure": divergence,
    "log-sum": log_sum,
    "processing": processing,
    "convexity": convexity,
    "triangle": triangle,
    "orders": renyi_order,
    "schwarz": schwarz,
    "tangent": tangent,
    "exp": increasing,
    "both": both,
    "given": hypothesis,
}


# -- witnesses: finite laws with rational masses at which the hypotheses hold and the claim fails -------------------------------


def check_witness(scope: Scope, claims: list[Json], proof: Json) -> None:
    fields(proof, "tables", "channels", "widths", "parameters", "violates")
    world = World(proof)
    need(set(world.widths) <= scope.continuous, "only continuous variables have widths")
    for relation in scope.given:
        need(world.holds(scope, relation), "a hypothesis fails at the witness")
    need(not world.holds(scope, claims[proof["violates"]]), "the claim holds at the witness")


class Inexact(Exception):
    """The value is no rational combination of logarithms of rationals."""


class World:
    """Tables of the laws and channels, from which every atom has a value."""

    def __init__(self, proof: Json) -> None:
        self.channels = {name: {x: {y: Fraction(w) for y, w in row.items()} for x, row in rows.items()} for name, rows in proof["channels"].items()}
        self.parameters = {name: Fraction(v) for name, v in proof["parameters"].items()}
        self.widths = {name: Fraction(v) for name, v in proof["widths"].items()}
        self.tables: dict[str, tuple[list[Any], dict[tuple[str, ...], Fraction]]] = {}
        for name, (names, outcomes) in proof["tables"].items():
            table = {tuple(outcome): Fraction(mass) for outcome, mass in outcomes}
            need(len(table) == len(outcomes) and all(len(x) == len(names) for x in table), "an outcome is repeated or mistyped")
            self.tables[name] = names, table
        rows = [table for _, table in self.tables.values()] + [row for rows in self.channels.values() for row in rows.values()]
        need(all(min(t.values()) >= 0 and sum(t.values()) == 1 for t in rows), "masses must be non-negative with sum 1")
        need(all(w > 0 for w in self.widths.values()), "a width must be positive")

    def holds(self, scope: Scope, relation: Json) -> bool:
        vector = combine((1, scope.vector(relation["left"])), (-1, scope.vector(relation["right"])))
        try:
            value = self.exact(vector)
            found = (value[0] > 0) - (value[0] < 0) if value.get(0) else sign(value)
        except Inexact:
            bits, found = 64, 0
            while not found:
                need(bits <= 1 << 12, "the sides are too close to be told apart")
                low, high = self.bounds(vector, bits)
                found, bits = (1 if low > 0 else -1 if high < 0 else 0), 2 * bits
        return {"=": found == 0, "<=": found <= 0, ">=": found >= 0, "<": found < 0, ">": found > 0, "!=": found != 0}[relation["sign"]]

    def exact(self, vector: Vector) -> dict[int, Fraction]:
        """The value as {b: c} for sum c log b, 1 for the rational part and 0 for infinity."""
        total: dict[int, Fraction] = {}
        for key, c in vector.items():
            values = [self.exact_atom(a) for a, _ in key]
            logs = [(v, e) for v, (_, e) in zip(values, key) if isinstance(v, dict)]
            rationals = [(v, e) for v, (_, e) in zip(values, key) if isinstance(v, Fraction)]
            if any(e.denominator != 1 for _, e in rationals) or len(logs) > 1 or any(e != 1 for _, e in logs):
                raise Inexact
            scale = c * prod((v ** int(e) for v, e in rationals), start=Fraction(1))
            for base, d in (logs[0][0] if logs else {1: Fraction(1)}).items():
                need(base != 0 or total.get(0, 0) * scale * d >= 0, "infinity minus infinity")
                total[base] = total.get(base, Fraction(0)) + scale * d
        return {base: c for base, c in total.items() if c}

    def exact_atom(self, name: Any) -> Fraction | dict[int, Fraction]:
        kind = name[0]
        if kind == "parameter":
            return self.parameters[name[1]]
        if kind == "H":
            names, table = self.tables["variables"]
            need(set(name[1]) <= set(names), "a variable has no table")
            masses = marginal([names.index(n) for n in name[1]], table)
            widths = {n: 1 for n in name[1] if n in self.widths}
            return entropy_of(masses, [self.widths[n] for n in widths])
        if kind == "log":
            return {name[1]: Fraction(1)} if isinstance(name[1], int) else log_of(self.rational(dict(name[1])))
        if kind == "E":
            return self.expected_log(name[1], name[2])
        if kind == "TV":
            p, q = (self.law(each) for each in name[1:])
            return sum((abs(p.get(x, Fraction(0)) - q.get(x, Fraction(0))) for x in {**p, **q}), Fraction(0)) / 2
        if kind == "A" and name[1].denominator == 1:
            p, q = (self.law(each) for each in name[2:])
            if any(m and not q.get(x) for x, m in p.items()):
                return {0: Fraction(1)}
            return sum((m ** int(name[1]) * q[x] ** int(1 - name[1]) for x, m in p.items() if m), Fraction(0))
        raise Inexact

    def rational(self, vector: Vector) -> Fraction:
        value = self.exact(vector)
        if set(value) - {1}:
            raise Inexact
        return value.get(1, Fraction(0))

    def factor(self, name: Any, inner: Any, slots: Any, given: Any) -> dict[tuple[str, ...], dict[tuple[str, ...], Fraction]]:
        """{condition: {outcome: mass}} of one factor."""
        if isinstance(name, tuple):
            total: dict[tuple[str, ...], Fraction] = {}
            for x, m in self.law(((frozen(ONE), name[2]),)).items():
                for y, w in self.channels[name[1]]["|".join(x)].items():
                    total[(y,)] = total.get((y,), Fraction(0)) + m * w
            return {(): total}
        names, table = self.tables[name]
        rows: dict[tuple[str, ...], dict[tuple[str, ...], Fraction]] = {}
        for x, m in marginal([names.index(n) for n in (*given, *inner)], table).items():
            rows.setdefault(x[: len(given)], {})[x[len(given) :]] = m
        return {condition: {y: m / sum(row.values()) for y, m in row.items()} for condition, row in rows.items() if sum(row.values())}

    def law(self, mixture: Any) -> dict[tuple[str, ...], Fraction]:
        """{outcome: mass} of a frozen mixture, the outcome listed by sorted slots."""
        total: dict[tuple[str, ...], Fraction] = {}
        for weight, factors in mixture:
            points: list[tuple[dict[Any, str], Fraction]] = [({}, self.rational(dict(weight)))]
            for name, inner, slots, given in sorted(factors, key=lambda f: len(f[3])):
                rows = self.factor(name, inner, slots, given)
                points = [
                    ({**point, **dict(zip(slots, y))}, m * w)
                    for point, m in points
                    if m
                    for y, w in rows[tuple(point[s] for s in given)].items()
                ]
            for point, m in points:
                key = tuple(point[s] for s in sorted(point, key=repr))
                total[key] = total.get(key, Fraction(0)) + m
        return total

    def expected_log(self, measure: Any, density: Any) -> dict[int, Fraction]:
        slots = sorted({s for _, factors in density for f in factors for s in f[2]}, key=repr)
        everywhere = sorted({s for f in measure for s in f[2]}, key=repr)
        p = marginal([everywhere.index(s) for s in slots], self.law(((frozen(ONE), measure),)))
        q = self.law(density)
        total: dict[int, Fraction] = {}
        for x, m in p.items():
            if m:
                for base, c in (log_of(q[x]) if q.get(x) else {0: Fraction(-1)}).items():
                    total[base] = total.get(base, Fraction(0)) + m * c
        return total


def marginal(places: list[int], table: dict[tuple[str, ...], Fraction]) -> dict[tuple[str, ...], Fraction]:
    total: dict[tuple[str, ...], Fraction] = {}
    for x, m in table.items():
        key = tuple(x[i] for i in places)
        total[key] = total.get(key, Fraction(0)) + m
    return total


def log_of(x: Fraction) -> dict[int, Fraction]:
    need(x > 0, "the logarithm of a number that is not positive")
    return {n: Fraction(s) for n, s in ((x.numerator, 1), (x.denominator, -1)) if n > 1}


def entropy_of(masses: dict[tuple[str, ...], Fraction], widths: list[Fraction]) -> dict[int, Fraction]:
    total: dict[int, Fraction] = {}
    for weight, x in [(-m, m) for m in masses.values() if m] + [(Fraction(1), w) for w in widths]:
        for base, c in log_of(x).items():
            total[base] = total.get(base, Fraction(0)) + weight * c
    return total


if __name__ == "__main__":
    accepted, message = check_certificate(sys.stdin.read() if sys.argv[1] == "-" else open(sys.argv[1], encoding="utf-8").read())
    print(f"accepted: {message}" if accepted else f"rejected: {message}")
    sys.exit(0 if accepted else 1)
