"""What every term of a statement means: joint entropies, E_mu[log f], and measures that stay as they are."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from typing import Any

from symkl.core.certificates import MOST_DRAWS, SEPARATING
from symkl.prove.divergence.vectors import (
    HALF,
    MOST,
    ONE,
    Json,
    Vector,
    atom,
    combine,
    exponential,
    fields,
    frozen,
    logarithm,
    multiply,
    need,
    raised,
)

Part = tuple[Vector, tuple[Any, ...]]  # a weight, and factors (name, inner coordinates, slots, conditioning slots)


class Scope:
    """The hypotheses, which variables are continuous, the joint law of the variables, and what every term stands for."""

    def __init__(self, statement: Json) -> None:
        fields(statement, "claims", "given", "identified", "continuous", "joint", "arities")
        self.given, self.continuous, self.joint = statement["given"], set(statement["continuous"]), statement["joint"]
        self.arities: dict[str, int] = statement["arities"]
        self.same: dict[str, str] = {}
        #: Laws that images are, by the channel and the factors of the law of the input.
        self.images: dict[Any, str] = {}
        #: Parameters that a hypothesis says to be numbers.
        self.numbers: dict[str, Fraction] = {}
        for each in self.given:
            if each["sign"] == "=" and set(each["left"]) == {"parameter"} and isinstance(each["right"], str):
                self.numbers[each["left"]["parameter"]] = Fraction(each["right"])
        for index in statement["identified"]:  # D(P||Q) = 0 says P = Q
            relation = self.given[index]
            kept, dropped = (each["law"] for each in relation["left"]["laws"])
            need(relation["left"]["measure"] in SEPARATING and relation["sign"] in ("=", "<=") and relation["right"] == "0", "no equality of laws")
            old, new = self.same.get(dropped, dropped), self.same.get(kept, kept)
            self.same = {name: new if other == old else other for name, other in self.same.items()} | {old: new}

    def with_images(self) -> None:
        """That an image is a law, as K(Q) = Q says, is put into every term; no witness may rest on it."""
        for each in self.given:
            laws = each["left"].get("laws", []) if isinstance(each["left"], dict) and each["left"].get("measure") in SEPARATING else []
            if each["sign"] in ("=", "<=") and each["right"] == "0" and len(laws) == 2 and "image" in laws[0] and set(laws[1]) == {"law"}:
                name, inside = laws[1]["law"], self.mixture(laws[0]["law"])
                if len(inside) == 1 and self.arities.get(name, 1) == 1:
                    self.images[laws[0]["image"], inside[0][1]] = self.same.get(name, name)

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
        if "fold" in law:  # one factor for all n coordinates, of a slot of its own
            inside, n = self.mixture(law["fold"][0]), law["fold"][1]
            number = self.numbers.get(n["parameter"])
            if number is not None:
                need(number.denominator == 1 and 1 <= number <= MOST_DRAWS, "no number of draws")
                return self.mixture({"times": [law["fold"][0]] * int(number)}, start)
            need(all(len(f) == 1 and f[0][2] == (0,) for _, f in inside), "draws of one coordinate are wanted")
            return [(ONE, ((("fold", frozen_law(inside), n["parameter"]), (0,), (f"^{n['parameter']}",), ()),))]
        if "marginal" in law and "fold" in law["law"] and [*law["marginal"]] == [0]:  # one of n draws
            return self.mixture(law["law"]["fold"][0], start)
        if "marginal" in law:
            return self.marginal(law["law"], tuple(law["marginal"]))
        if "image" in law:
            named = [(w, self.images.get((law["image"], f), ("image", law["image"], f))) for w, f in self.mixture(law["law"])]
            return gathered([(w, ((name, (0,), (start,), ()),)) for w, name in named])
        name = self.same.get(law["law"], law["law"])
        need(isinstance(name, str), "a law has a name")
        if "of" in law:
            of, given = tuple(sorted(law["of"])), tuple(sorted(law["given"]))
            need(bool(of) and len(set(of + given)) == len(of + given), "a coordinate is named twice")
            return [(ONE, ((name, of, of, given),))]
        inner = tuple(range(self.arities.get(name, 1)))
        return [(ONE, ((name, inner, tuple(start + i for i in inner), ()),))]

    def space(self, law: Json, conditional: bool = False) -> list[Any]:
        """The coordinates of a law; a conditional density alone is no law."""
        parts = [factors for _, factors in self.mixture(law)]
        spaces = [sorted((s for f in factors for s in f[2]), key=repr) for factors in parts]
        need(all(s == spaces[0] and len(set(s)) == len(s) for s in spaces), "the parts of a law live on different spaces")
        conditions = sorted({s for factors in parts for f in factors for s in f[3]})
        need(conditional or set(conditions) <= set(spaces[0]), "a conditional law needs the law of its condition")
        return spaces[0] + [s for s in conditions if s not in spaces[0]]

    def marginal(self, law: Json, kept: tuple[Any, ...]) -> list[Part]:
        """The law of the coordinates kept; a factor given others keeps all of its own."""
        found = []
        for w, factors in self.mixture(law):
            need(all(set(f[2] + f[3]) <= set(kept) or not f[3] for f in factors), "a conditional factor is cut")
            cut = [(n, tuple(i for i, s in zip(inner, at) if s in kept), tuple(s for s in at if s in kept), g) for n, inner, at, g in factors]
            found.append((w, renumbered(tuple(f for f in cut if f[2]))))
        return gathered(found)

    def expected_log(self, under: Json, law: Json) -> Vector:
        """E_under[log density of law], expanded over the mixture `under` and the factors of `law`."""
        need(set(self.space(law, conditional=True)) <= set(self.space(under)), "an expectation under a law on another space")
        return self.mean(self.mixture(under), self.mixture(law))

    def mean(self, under: list[Part], law: list[Part]) -> Vector:
        """E_under[log law]; of n draws under n draws, n times that of one."""
        total = []
        for (w, factors), (s, density) in product(under, densities(law)):
            ((_, inside), *others), ((first, *_), *more) = density, factors
            name, of = first, inside[0][0]
            if not others and not more and len(inside) == 1 and name[0] == of[0] == "fold" and name[2] == of[2]:
                one = self.mean(*([(dict(v), f) for v, f in each[1]] for each in (name, of)))
                total.append((s, multiply(w, multiply(self.vector({"parameter": of[2]}), one))))
            else:
                total.append((s, multiply(w, atom(expectation(factors, density)))))
        return combine(*total)

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
            number = self.numbers.get(node["parameter"])
            return atom(("parameter", node["parameter"])) if number is None else combine((number, ONE))
        if "log" in node or "exp" in node:
            return logarithm(self.vector(node["log"])) if "log" in node else exponential(self.vector(node["exp"]))
        if "I" in node or "H" in node:
            return self.information(node.get("I") or [node["H"]], node["given"])
        return self.measure(node["measure"], node["laws"], node["parameters"])

    def information(self, groups: list[list[str]], given: list[str]) -> Vector:
        """I(A; B; ...|C) by inclusion and exclusion; H(A|C) = H(A, C) - H(C) for one group."""
        once = [n for group in groups for n in (group if len(groups) == 1 else set(group) - set(given))] + (given if len(groups) == 1 else [])
        need(not any(once.count(n) > 1 for n in self.continuous), "a continuous variable stands twice in one term, which is infinite")
        total: Vector = {}
        base = self.entropy(given)
        for size in range(1, len(groups) + 1):
            for chosen in combinations(groups, size):
                united = [*given, *(name for group in chosen for name in group)]
                total = combine((1, total), ((-1) ** (size + 1), combine((1, self.entropy(united)), (-1, base))))
        return total

    def of_draws(self, head: str, laws: list[Json], parameters: list[Json], n: Vector) -> Vector:
        """Of n independent draws: expected logarithms n times, integrals of powers to the n."""
        if head in ("Entropy", "CrossEntropy", "KL", "Jeffreys", "Bhattacharyya", "Renyi"):
            return multiply(n, self.measure(head, laws, parameters))
        order = Fraction(2) if head == "Chi2" else Fraction(parameters[0]) if head == "Tsallis" else HALF
        logarithms = self.measure("Bhattacharyya", laws, []) if order == HALF else self.measure("Renyi", laws, [str(order)])
        integral = exponential(multiply(n, combine((-1 if order == HALF else order - 1, logarithms))))
        scale = {"Chi2": Fraction(1), "Affinity": Fraction(1), "Hellinger": Fraction(-1)}.get(head, 1 / (order - 1))
        moved = combine((scale, integral), (0 if head == "Affinity" else -scale, ONE))
        return raised(moved, HALF) if head == "Hellinger" else moved

    def measure(self, head: str, laws: list[Json], parameters: list[Json]) -> Vector:
        p, q = laws[0], laws[-1]
        if all("fold" in each for each in laws) and head not in ("TotalVariation", "JensenShannon"):
            n = self.vector(p["fold"][1])
            if set(n) != {()} and p["fold"][1] == q["fold"][1]:
                return self.of_draws(head, [each["fold"][0] for each in laws], parameters, n)
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
        need(head != "TotalVariation" or len(laws) == 2, "total variation is of two laws")
        if head == "TotalVariation":
            return variation(self.mixture(p), self.mixture(q))
        order = {"Chi2": Fraction(2), "Affinity": HALF, "Bhattacharyya": HALF, "Hellinger": HALF}.get(head) or Fraction(parameters[0])
        need(order not in (0, 1) and max(abs(order.numerator), order.denominator) <= MOST, f"the order {order} of {head} is 0, 1 or too large")
        scale = 1 / (order - 1)
        integral = power_integral(order, self.mixture(p), self.mixture(q))
        return {
            "Chi2": lambda: combine((1, integral), (-1, ONE)),
            "Affinity": lambda: integral,
            "Bhattacharyya": lambda: combine((-1, logarithm(integral))),
            "Hellinger": lambda: raised(combine((1, ONE), (-1, integral)), HALF),
            "Renyi": lambda: combine((scale, logarithm(integral))),
            "Tsallis": lambda: combine((scale, integral), (-scale, ONE)),
        }[head]()


def gathered(parts: list[Part]) -> list[Part]:
    """Equal components joined, in a fixed order."""
    total: dict[Any, Vector] = {}
    for weight, factors in parts:
        key = tuple(sorted(factors, key=repr))
        total[key] = combine((1, total.get(key, {})), (1, weight))
    return [(w, f) for f, w in sorted(total.items(), key=repr) if w]


def variation(p: list[Part], q: list[Part]) -> Vector:
    """TV = |P - Q|/2, a norm: what P and Q have in common drops out, and a scale comes in front."""
    signed = gathered(p + [(combine((-1, w)), f) for w, f in q])
    weights = [w for w, _ in p + q if set(w) != {()}]
    for weight in [w for w, _ in signed if w in weights and len(signed) == 2]:  # w P - w Q, with the weight w of a mixture
        return multiply(weight, variation(*([(ONE, f)] for _, f in signed)))
    if any(set(w) != {()} for w, _ in signed):
        return atom(("TV", *sorted((frozen_law(p), frozen_law(q)), key=repr)))
    scale = sum((w[()] for w, _ in signed if w[()] > 0), Fraction(0))
    sides = [[(combine((s / scale, w)), f) for w, f in signed if s * w[()] > 0] for s in (1, -1)] if scale else []
    if sides and len(sides[0]) == len(sides[1]) == 1 and not any(f[3] for side in sides for f in side[0][1]):
        common = set(sides[0][0][1]) & set(sides[1][0][1])
        sides = [[(w, renumbered(tuple(g for g in f if g not in common))) for w, f in side] for side in sides]
    return combine((scale, atom(("TV", *sorted(map(frozen_law, sides), key=repr))))) if sides else {}


def power_integral(order: Fraction, p: list[Part], q: list[Part]) -> Vector:
    """The integral of p^order q^(1 - order): a product over independent coordinates; bilinear in p for order 2."""
    a, b = frozen_law(p), frozen_law(q)
    if a == b:
        return ONE
    if order == 2 and len(p) > 1:
        total: Vector = {}
        for (v, f), (w, g) in product(p, p):
            one, two = frozen_law([(ONE, f)]), frozen_law([(ONE, g)])
            mixed = atom(("B", *sorted((one, two), key=repr), b)) if b not in (one, two) else ONE
            total = combine((1, total), (1, multiply(multiply(v, w), power_integral(order, [(ONE, f)], q) if f == g else mixed)))
        return total
    if len(p) == len(q) == 1 and p[0][0] == q[0][0] == ONE and len(p[0][1]) > 1:
        pairs = [(f, g) for f, g in product(p[0][1], q[0][1]) if f[2] == g[2] and not f[3] + g[3]]
        if len(pairs) == len(p[0][1]) == len(q[0][1]):
            result = ONE
            for f, g in pairs:
                result = multiply(result, power_integral(order, *([(ONE, renumbered((h,)))] for h in (f, g))))
            return result
    if order < HALF or (order == HALF and repr(b) < repr(a)):
        a, b, order = b, a, 1 - order
    return atom(("A", order, a, b))


def renumbered(factors: tuple[Any, ...]) -> tuple[Any, ...]:
    """The factors with their numbered slots moved to 0, 1, ..."""
    number = {s: i for i, s in enumerate(sorted(s for f in factors for s in f[2] if isinstance(s, int)))}
    return tuple((n, inner, tuple(number.get(s, s) for s in slots), given) for n, inner, slots, given in factors)


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
    rest = [(w, tuple(g for g in f if g not in common)) for w, f in parts] if len(parts) > 1 else []
    apart = independent(rest) if len(rest) > 3 else None
    if apart is not None:
        return found + densities(apart[0]) + densities(apart[1])
    return found + ([(1, frozen_law(rest))] if rest else [])


def independent(parts: list[Part]) -> tuple[list[Part], list[Part]] | None:
    """The marginals of a mixture that is the product of them, such as one of products of mixtures."""
    slots = sorted({s for _, factors in parts for f in factors for s in f[2] + f[3]}, key=repr)
    for size in range(1, len(slots) // 2 + 1):
        for chosen in combinations(slots, size):
            whole = all({*f[2], *f[3]} <= {*chosen} or {*f[2], *f[3]}.isdisjoint(chosen) for _, factors in parts for f in factors)
            here = gathered([(w, tuple(f for f in factors if {*f[2]} <= {*chosen})) for w, factors in parts])
            there = gathered([(w, tuple(f for f in factors if not {*f[2]} <= {*chosen})) for w, factors in parts])
            if whole and gathered([(multiply(v, w), f + g) for v, f in here for w, g in there]) == gathered(parts):
                return here, there
    return None


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
