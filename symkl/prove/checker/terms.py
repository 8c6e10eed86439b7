"""What the terms of a statement mean: laws are densities, measures are functions of integrals of densities.

A density is an expression in positive functions of coordinates ("slots"), f(x, y) or f(x, y)/f(x); integrals that do not split are symbols."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from sympy import Abs, Add, Dummy, Expr, Function, Mul, Pow, S, Symbol, exp, expand, factor, gcd_terms, log

from symkl.core.certificates import LAWS, SEPARATING, drawn, need, rational, relation
from symkl.exact.slots import AppliedUndef, components, of_draws, renumbering, slots_of, terms_of

Json = Any
Slots = frozenset[Any]
Density = tuple[Expr, Slots, Slots]  # its value, the slots that it is a law of, and those that it is conditional on
ORDERS = {"Chi2": S(2), "Affinity": S.Half, "Bhattacharyya": S.Half, "Hellinger": S.Half}  # of the power integrals behind them
INTEGRAL = "an integral of densities"  # of which no more is known
OPERATIONS: dict[str, Any] = {"sum": Add, "product": Mul, "power": Pow, "log": log, "exp": exp}


class Scope:
    """The hypotheses, and what every law and every term of the statement stands for."""

    def __init__(self, claims: Json, given: Json, identified: Json, continuous: Json, joint: Json, arities: Json) -> None:
        self.claims, self.given = ([relation(**each) for each in part] for part in (claims, given))
        self.continuous, self.joint, self.arities = frozenset(continuous), joint, arities
        self.known: dict[Any, Any] = {}  # symbols and functions by what they stand for, so that no name is mistaken for another
        self.same: dict[str, str] = {}
        self.total_mass_one = True  # a density that is integrated out is 1, not a symbol
        self.weights: dict[Expr, Expr] = {}  # the absolute values of weights of mixtures and their negatives
        self.known |= {("a parameter", x["parameter"]): rational(c) for x, sign, c in self.given if (sign, {*x}, type(c)) == ("=", {"parameter"}, str)}
        for left, sign, right in (self.given[index] for index in identified):  # D(P||Q) = 0 says P = Q
            named = all({*law} == {"law"} for law in left["laws"])
            need(named and left["measure"] in SEPARATING and sign in ("=", "<=") and right == "0", "no divergence of named laws that is zero")
            kept, dropped = (self.same.get(law["law"], law["law"]) for law in left["laws"])
            self.same = {name: kept if other == dropped else other for name, other in self.same.items()} | {dropped: kept}

    def symbol(self, *key: Any, **assumptions: bool) -> Expr:
        return self.known[key] if key in self.known else self.known.setdefault(key, Dummy(key[0], **assumptions))

    def joint_density(self, key: tuple[Any, ...], inner: Iterable[Any], slots: Iterable[Any]) -> Expr:
        """The joint density of the coordinates `inner` of the law or image that the key describes, at `slots`; 1 for no coordinates."""
        if (key, *inner) not in self.known:
            kind = Function(f"f{len(self.known)}", positive=True)
            self.known |= {(key, *inner): kind, kind: (key, *inner)}
        return self.known[key, *inner](*slots) if inner else S.One

    def density(self, law: Json, start: int = 0) -> Density:
        """The density of a law; the slots of coordinates without names are numbered from `start`."""
        need({*law} in LAWS, "unknown kind of law")
        if "mix" in law:
            weights, parts = [self.value(w) for w, _ in law["mix"]], [self.density(each, start) for _, each in law["mix"]]
            need(not any(w.is_negative for w in weights) and expand(Add(*weights)) == 1, "the weights of a mixture are negative or do not sum to 1")
            self.weights |= {sign * w: w for w in weights for sign in (1, -1)}
            need(all(each[1:] == parts[0][1:] for each in parts), "the parts of a law live on different spaces")
            return expand(Add(*(w * each[0] for w, each in zip(weights, parts)))), *parts[0][1:]
        if "fold" in law:  # n draws: f(x_1) ... f(x_n) is written f(x)^n where n is a parameter, x a slot of its own
            n, (value, slots, given) = self.value(law["fold"][1]), self.density(law["fold"][0])
            if n.is_number:
                return self.density({"times": drawn(law["fold"][0], n)}, start)
            need(len(slots) == 1 and not given and {*law["fold"][1]} == {"parameter"}, "draws of one coordinate, as many as a parameter says, are wanted")
            return value.xreplace(dict.fromkeys(slots, Symbol("^" + law["fold"][1]["parameter"]))) ** n, Slots([Symbol("^" + law["fold"][1]["parameter"])]), given
        if "times" in law:
            product, space, conditions = expand(1), Slots(), Slots()
            for each in law["times"]:
                value, slots, given = self.density(each, start + len(renumbering(space)))
                need(not slots & space, "a coordinate is named twice")
                product, space, conditions = expand(product * value), space | slots, conditions | given
            need(not conditions or self.integral(product) == 1, "conditional laws in a circle")
            return product, space, conditions - space
        if law.get("marginal") == [0] and {*law["law"]} == {"fold"} and isinstance(law["law"]["fold"][1], dict):  # one of n draws, n >= 1
            return self.density(law["law"]["fold"][0], start)
        if "image" in law or "marginal" in law:
            (value, slots, given), kept = self.density(law["law"]), [Symbol(repr(each)) for each in law.get("marginal", [start])]
            need(not given, "a law without the law of its condition")
            if "image" in law:  # of a mixture, the mixture of images
                return Add(*(w * self.joint_density((law["image"], f), [0], kept) for w, f in terms_of(value))), Slots(kept), given
            away = slots.difference(kept)
            value = expand(Add(*(w * self.marginal(f, away) for w, f in terms_of(value))))
            need(slots.issuperset(kept) and not value.free_symbols & away, "a marginal that is not known")
            return (moved := value.xreplace(renumbering(kept, start))), Slots(slots_of(moved)), given
        name, numbered = (self.same.get(law["law"], law["law"]),), range(self.arities.get(law["law"], 1))
        condition, whole = sorted(law.get("given", [])), sorted([*law.get("of", numbered), *law.get("given", [])])
        need(len({*whole}) == len(whole) > len(condition), "a coordinate is named twice")
        need(all(isinstance(each, str) for each in (*name, *whole) if each not in numbered or "of" in law), "a law or a coordinate without a name")
        above, below = (self.joint_density(name, each, [Symbol(repr(n if "of" in law else start + n)) for n in each]) for each in (whole, condition))
        return above / below, Slots(above.args).difference(below.args), Slots(below.args)

    def marginal(self, product: Expr, away: Iterable[Symbol]) -> Expr:
        """A product integrated over those of the slots `away` of which one factor alone speaks, a joint density."""
        for slot in away:
            concerned = [f for f in Mul.make_args(product) if slot in f.free_symbols]
            if len(concerned) == 1 and isinstance(concerned[0], AppliedUndef):
                (key, *inner), at = self.known[concerned[0].func], concerned[0].args.index(slot)
                rest = self.joint_density(key, inner[:at] + inner[at + 1 :], concerned[0].args[:at] + concerned[0].args[at + 1 :])
                return self.marginal(product / concerned[0] * rest, away)
        return product

    def integral(self, integrand: Expr) -> Expr:
        total = []
        for weight, product in terms_of(expand(integrand)):
            for each, power in of_draws(product):
                parts = components(self.marginal(each, slots_of(each)) if self.total_mass_one else each)
                canonical = (part.xreplace(renumbering(slots_of(part))) for part in parts)
                weight *= exp(power * log(Mul(*(self.symbol(INTEGRAL, f, **{"real" if f.has(log) else "positive": True}) for f in canonical))))
            total.append(weight)
        return expand(Add(*total))

    def value(self, node: Json) -> Expr:
        """The normal form of a scalar expression: expanded, and real where it has a value at all."""
        if isinstance(node, str):
            return rational(node)
        if "measure" in node:
            found = self.measure(**node)
        elif "I" in node or "H" in node:
            found = self.information(**node)
        else:
            ((kind, inside),) = node.items()
            parts = inside if kind in ("sum", "product", "power") else [inside]
            need(kind != "power" or rational(inside[1], 64).is_Rational, "an exponent is a number")
            found = self.symbol("a parameter", inside, real=True) if kind == "parameter" else expand(OPERATIONS[kind](*map(self.value, parts)))
        real = found.n() if found.is_number else found  # of numbers close to zero SymPy's assumptions are not to be relied on
        need(real.is_extended_real is not False and real is not S.NaN, "a term without a real value")
        return found

    def information(self, given: list[str], I: Any = None, H: Any = None) -> Expr:
        """I(A; B; ...|C) by inclusion and exclusion; H(A|C) = H(A, C) - H(C) for one group."""
        need((I is None) != (H is None), "an entropy or an information is wanted")
        groups = [H] if I is None else I
        once = [*H, *given] if I is None else [n for group in groups for n in {*group} - {*given}]
        need(not any(once.count(n) > 1 for n in self.continuous), "a continuous variable stands twice in one term, which is infinite")
        unions = [(len(each), {*given}.union(*each)) for k in range(len(groups)) for each in combinations(groups, k + 1)]
        return Add(*((-1) ** (size + 1) * (self.entropy(names) - self.entropy(given)) for size, names in unions))

    def entropy(self, names: Iterable[str]) -> Expr:
        if of := sorted({*names}):
            return self.measure("Entropy", [{"law": self.joint, "of": of, "given": []}]) if self.joint else self.symbol("an entropy", *of, real=True)
        return S.Zero

    def densities(self, measure: str, laws: list[Json]) -> tuple[Expr, Expr]:
        """Of the two laws of a measure, twice that of a single law; conditional laws may be followed by the law of the condition."""
        need(len(laws) == (1 if measure == "Entropy" else 2) or (measure == "KL" and len(laws) == 3), "another number of laws is wanted")
        (p, slots, given), (q, *other) = [self.density({"times": [laws[2], each]} if len(laws) == 3 else each) for each in (laws * 2)[:2]]
        need(not given and (other == [slots, given] or (measure == "CrossEntropy" and other[0] | other[1] <= slots)), "laws on different spaces, or a conditional law without its condition")
        return p, q

    def measure(self, measure: str, laws: list[Json], parameters: Sequence[str] = ()) -> Expr:
        """H = -E_p[log q], D = E_p[log p - log q], J and JSD by D; TV = ∫ |p - q|/2; the others by ∫ p^a q^(1 - a)."""
        p, q = self.densities(measure, laws)
        if measure == "TotalVariation":
            difference = factor(p - q) if (p - q).has(Dummy) else gcd_terms(expand(p - q))
            return self.integral(Mul(S.Half, *(self.weights.get(each, Abs(each)) for each in Mul.make_args(difference))))
        a, b, middle = (expand(log(factor(each))) for each in (p, q, expand((p + q) / 2)))
        jensen_shannon = (p * (a - middle) + q * (b - middle)) / 2
        direct = {"Entropy": -p * a, "CrossEntropy": -p * b, "KL": p * (a - b), "Jeffreys": (p - q) * (a - b), "JensenShannon": jensen_shannon}
        if measure in direct or (measure == "Renyi" and [*parameters] == ["1"]):
            return self.integral(direct.get(measure, direct["KL"]))
        order = ORDERS.get(measure) or rational(parameters[0], 64)
        need(order not in (0, 1), "the orders 0 and 1 are no power integrals")
        power = self.integral(gcd_terms(p) ** order * gcd_terms(q) ** (1 - order))
        ordered = {"Renyi": log(power) / (order - 1), "Tsallis": (power - 1) / (order - 1), "Chi2": power - 1, "Affinity": power}
        return expand({**ordered, "Bhattacharyya": -log(power), "Hellinger": Pow(1 - power, S.Half)}[measure])
