"""Proofs: sums of facts with non-negative weights. A fact is what its docstring says, of the terms and laws that it is given."""

from __future__ import annotations

import json
from fractions import Fraction

from sympy import Add, Dummy, Expr, Mul, S, cancel, exp, expand, log

from symkl.core.certificates import CONVEX, ROOTS, SEPARATING, TV, alike, call, complement, need, opened, placed, quotient, raised, rational, relation
from symkl.exact.bounds import BOUNDS, dominates
from symkl.exact.curves import exceeds_variation, not_negative, of_ratio
from symkl.exact.signs import number_sign
from symkl.exact.slots import AppliedUndef

from .terms import INTEGRAL, Json, Scope
from .witness import World

Fact = tuple[Expr, str]  # a quantity, and how zero stands to it: "<=", "<" or "="
FACTS = ("both", "bound", "change", "comparison", "function", "hypothesis", "lemma", "mixing", "orders", "processing", "schwarz", "subadditivity", "triangle")
SIGN = "the function is not seen to have its sign"
T = Dummy("t", positive=True)  # the ratio p/q


class Proofs(Scope):
    """What may be concluded from the statement's hypotheses, where all that the statement speaks of is defined; `used` counts uses of those about laws."""

    def __init__(self, **statement: Json) -> None:
        super().__init__(**statement)
        self.said, self.statement, self.sure, self.aim, self.used = json.dumps([self.claims, self.given], sort_keys=True), statement, [*self.given], ("", "", ""), 0
        for left, sign, right in self.given:  # D(K(Q)||R) = 0 says K(Q) = R
            if sign in ("=", "<=") and right == "0" and isinstance(left, dict) and left.get("measure") in SEPARATING and "image" in left["laws"][0]:
                f, g = (self.density(law)[0] for law in (left["laws"][0]["law"], left["laws"][1]))
                plain = isinstance(f, AppliedUndef) and isinstance(g, AppliedUndef) and [*map(repr, g.args)] == ["0"]
                self.known |= {((left["laws"][0]["image"], f), 0): g.func} if plain else {}

    def value(self, node: Json) -> Expr:
        inside, exponent = [node["log"], "1/2"] if "log" in node else node.get("power", "11") if isinstance(node, dict) else "11"
        if Fraction(exponent) < 0 or Fraction(exponent).denominator > 1:
            evident = self.is_nonnegative(inside) or bool(self.value(inside).is_nonnegative)  # such as one integral of densities
            defined = evident and (Fraction(exponent) > 0 or self.value(inside).is_number or complement(inside, ("TotalVariation", "Hellinger")))
            need(defined or json.dumps(node, sort_keys=True) in self.said, "a root or a logarithm of what may be negative, or a division")
        return super().value(node)

    def assuming(self, identified: list[int], *further: Json) -> Proofs:
        """The same with one more hypothesis, of laws like the others, or, if a word follows it, of those alone whose densities have bounded ratios."""
        more = Proofs(**{**self.statement, "given": [*self.statement["given"], dict(zip(("left", "sign", "right"), further))], "identified": self.statement["identified"] + identified})
        self.used, more.said, more.aim, more.sure = self.used + 1, self.said, self.aim, self.sure + [relation(*further[:3])] * (len(further) == 3 or isinstance(further[2], str))
        return more

    def is_bounded(self, value: Expr) -> bool:
        """No logarithm or quotient is in it, or it is c D, D + c or exp(c D), D a divergence: D < u, or D <= c, or the claim is u <= D, without D in u, clear if D = oo."""
        ends = [x for x, sign, c in self.sure if sign == "<" or (sign == "<=" and isinstance(c, str))] + [self.aim[2]] * (self.aim[1] == "<=" and json.dumps(self.aim[2], sort_keys=True) not in json.dumps(self.aim[0], sort_keys=True))
        said = [self.value(x) for x in ends if isinstance(x, dict) and x.get("measure") in (*CONVEX, "Renyi") and self.is_nonnegative(x)]
        parts = [value, *(key[1] for key, symbol in self.known.items() if symbol in value.free_symbols and key[0] == INTEGRAL)]
        odd = {s.name for part in parts for e in part.find(lambda e: isinstance(e, log) or (e.is_Pow and e.exp.is_negative)) for s in e.free_symbols}
        return odd <= {"a parameter"} or any(expand(value - x).is_number or (value / x).is_Rational or (log(value) / x).is_Rational for d in said for x in (d, -d))

    def check(self, left: Json, sign: str, right: Json, proof: Json) -> None:
        """left sign right: by a sum of facts, a monotone function of both sides, two other relations, one more hypothesis, cases, or its contrary."""
        ((kind, inside),) = proof.items()
        exponent, inside = inside if kind == "power" else ("2" if kind == "square" else "", inside)
        if sign == "=" and kind == "ways":
            for ends, way in zip(((left, right), (right, left)), inside, strict=True):
                self.check(ends[0], "<=", ends[1], way)
        elif kind == "hence":  # what a lemma says becomes a hypothesis
            said, why, identified, then = inside
            self.lemma(said, why)
            self.assuming(identified, *said, "from facts").check(left, sign, right, then)
        elif kind == "cases":  # u < v, u = v or v < u
            (u, v), *ways = inside
            for case, (identified, then) in zip(((u, "<", v), (u, "=", v), (v, "<", u)), ways, strict=True):
                self.assuming(identified, *case).check(left, sign, right, then)
        elif kind == "contrary":
            said = (left, "=", right) if sign == "!=" else (right, {"<=": "<", "<": "<="}[sign], left)
            self.assuming(inside[0], *said).check("0", "<", "0", inside[1])
        elif kind == "facts" and sign in ("<=", "<"):
            self.check_sum(self.value(right) - self.value(left), sign, inside)
        elif kind == "cleared" and sign == "<":  # a/b < c for a number c > 0, by a < c b: where b is infinite, it is 0 < c if a is finite
            rest, divisors = quotient(left)
            need(len(divisors) == 1 and rational(right) > 0 and all(map(self.is_nonnegative, (*rest, *divisors))), "no quotient below a number")
            self.check({"product": rest}, "<", {"product": [right, *divisors]}, inside)
        else:
            evident = kind == "exp" or (self.is_nonnegative(right) and (exponent == "2" or self.is_nonnegative(left)))
            need(evident and sign in ("<=", "<"), "a power or a logarithm of what may be negative, or another kind of proof is wanted")
            power, before = rational(exponent or "1"), self.used
            low, high = (raised(x, power, self.is_nonnegative) if exponent else call(kind, x) for x in (left, right)[:: -1 if power < 0 else 1])  # 1/u falls
            self.check(low, sign, high, inside)
            self.given += [("0", "<=", high)] * self.is_nonnegative(low)  # such as u where BC <= u, of which then there is a logarithm
            steady = self.used == before or exponent or any(self.is_bounded(self.value(each)) for each in (left, right))
            need(steady or (left, sign, right) in self.claims, "near the laws of a hypothesis what may be infinite need not be near")

    def check_sum(self, target: Expr, sign: str, facts: list[Json]) -> None:
        """target - (weighted facts) is a number >= 0, or > 0 where the sign is strict and no fact is."""
        found = [(rational(weight), *self.fact(item)) for weight, item in facts]
        need(all(weight > 0 or kind == "=" for weight, _, kind in found), "a weight of an inequality is not positive")
        rest = cancel(expand(target - Add(*(weight * value for weight, value, _ in found))))
        need(not rest.free_symbols, f"what does not cancel has {' and '.join(sorted({s.name for s in rest.free_symbols}))} in it")
        need(number_sign(rest) >= (0 if sign == "<=" or any(kind == "<" for _, _, kind in found) else 1), "what is left is negative")

    def fact(self, item: Json) -> Fact:
        """A fact by its name, which is one of its keys; or a term that is evidently not negative, or is a number > 0."""
        if name := next((name for name in FACTS if name in item), None):
            return getattr(self, name)(**item)
        need(self.is_nonnegative(item), "unknown fact, or a term that may be negative")
        return (value := self.value(item)), "<" if not value.free_symbols and number_sign(value) > 0 else "<="

    def is_nonnegative(self, node: Json) -> bool:
        """Numbers; I(A; B|C); H(A|C) and H(P) if discrete; divergences (Jensen); 1 - TV; even powers, roots, exp; sums and products."""
        said = ("0", "<", node) in self.given or ("0", "<=", node) in self.given
        if "measure" in node:
            known = node["measure"] in (*CONVEX, "Hellinger", "Affinity") or (node["measure"] in ("Renyi", "Tsallis") and Fraction(node["parameters"][0]) > 0)
            evident = known or (node["measure"] == "Entropy" and not any(f'"{name}"' in json.dumps(node["laws"]) for name in self.continuous))
        elif "I" in node or "H" in node:
            evident = len(node["I"]) == 2 if "I" in node else self.continuous.isdisjoint(node["H"])
        elif "power" in node:
            evident = Fraction(node["power"][1]) % 2 == 0 or Fraction(node["power"][1]).denominator == 2 or self.is_nonnegative(node["power"][0])
        elif "sum" in node or "product" in node:
            evident = complement(node) or all(map(self.is_nonnegative, node.get("sum") or node["product"]))
        else:
            evident = "exp" in node or (not self.value(node).free_symbols and number_sign(self.value(node)) >= 0)
        self.used += said and not evident and "measure" in json.dumps(node)
        return said or evident

    def hypothesis(self, hypothesis: int, times: Json = "1", zero: Json = None) -> Fact:
        """A hypothesis; an equality may be multiplied. That 0 != 0 says 0 < 0. That one divergence is zero says that another is ("zero"), as P = Q."""
        left, sign, right = self.given[hypothesis]
        if zero is not None:
            need(alike(left, zero) and sign in ("=", "<=") and right == "0", "no other divergence that is zero")
            left, sign = zero, "="
        value, factor = expand(self.value(right) - self.value(left)), self.value(times)
        need(sign == "=" or (times == "1" and (sign != "!=" or value == 0)), "a hypothesis that adds nothing, or an inequality that is multiplied")
        self.used += (laws := any(symbol.name == INTEGRAL for symbol in value.free_symbols))
        need(not laws or self.is_bounded(factor), "a hypothesis about laws times what may be infinite")
        return expand(factor * value), sign.replace("!=", "<")

    def lemma(self, lemma: list[Json], proof: Json) -> Fact:
        """u <= v or u < v, with a proof of its own."""
        left, sign, right = relation(*lemma)
        self.check(left, sign, right, proof)
        return self.value(right) - self.value(left), sign

    def both(self, both: list[Json]) -> Fact:
        """A product of non-negative quantities, positive if all of them are."""
        before, (values, kinds) = self.used, zip(*map(self.fact, both))
        alone = sum(any(s.name != "a parameter" for s in value.free_symbols) for value in values) < 2  # a fact about laws times fixed numbers
        need(self.used == before or alone or all(map(self.is_bounded, values)), "a hypothesis about laws times what may be infinite")
        return expand(Mul(*values)), "<" if {*kinds} == {"<"} else "<="

    def mixing(self, mixing: str, parts: list[list[Json]], parameters: list[str]) -> Fact:
        """D_f(sum w P, sum v Q) <= sum w D_f(P, Q), v = w, as forgetting the index; for KL plus sum w log(w/v), any v. D_a for a < 1 (the integral is
        concave), a > 1 and one P (it is at most the product of those of q_i to the w_i: Hoelder), or plus log(1/v) for w = 1, as sum v Q >= v Q."""
        total = -self.measure(mixing, [{"mix": [[row[i], row[i + 1]] for row in parts]} for i in (0, 2)], parameters)
        one = mixing == "Tsallis" or (mixing == "Renyi" and (Fraction(parameters[0]) <= 1 or all(row[1] == parts[0][1] for row in parts)))
        need(mixing in CONVEX or (one and Fraction(parameters[0]) > 0), "not a jointly convex measure")
        for w, p, v, q in parts:
            a, b = self.value(w), self.value(v)
            need(a == b or mixing == "KL" or (mixing == "Renyi" and a in (0, 1)), "other weights of P than of Q")
            total += a * (self.measure(mixing, [p, q], parameters) + (S.Zero if a in (0, b) else log(a) - log(b)))
        return expand(total), "<="

    def processing(self, processing: str, laws: list[Json], parameters: list[str], **channel: Json) -> Fact:
        """D_f(K(P), K(Q)) <= D_f(P, Q) for a channel K ("image"), or for K that keeps some of the coordinates ("marginal")."""
        need(processing in (*CONVEX, "Hellinger") or (processing in ("Renyi", "Tsallis") and Fraction(parameters[0]) > 0), "not a monotone measure")
        need(len(channel) == 1 and {*channel} <= {"image", "marginal"} and len(laws) == 2, "one channel and two laws are wanted")
        return self.measure(processing, laws, parameters) - self.measure(processing, [{**channel, "law": each} for each in laws], parameters), "<="

    def triangle(self, triangle: str, laws: list[Json]) -> Fact:
        """d(P, Q) + d(Q, R) >= d(P, R): total variation (an L1 norm), Hellinger (an L2 norm of roots), sqrt JSD (Endres and Schindelin 2003)."""
        power = {"TotalVariation": S.One, "Hellinger": S.One, "JensenShannon": S.Half}[triangle]
        return Add(*(s * self.measure(triangle, [laws[i], laws[k]]) ** power for s, i, k in ((1, 0, 1), (1, 1, 2), (-1, 0, 2)))), "<="

    def orders(self, orders: list[str], laws: list[Json]) -> Fact:
        """D_a <= D_b for 0 < a <= b (Jensen); with u(a) = (a - 1) D_a, (c - a) u(b) <= (c - b) u(a) + (b - a) u(c) for a < b < c (Hoelder)."""
        numbers, values = [rational(each) for each in orders], [self.measure("Renyi", laws, [each]) for each in orders]
        need(numbers[0] > 0 and sorted(numbers) == numbers and len(numbers) in (2, 3), "the orders must be positive and increase")
        if len(orders) == 2:
            return values[1] - values[0], "<="
        (a, b, c), (u, v, w) = numbers, [(number - 1) * value for number, value in zip(numbers, values)]
        return expand((c - b) * u - (c - a) * v + (b - a) * w), "<="

    def change(self, change: Json, order: str, laws: list[Json]) -> Fact:
        """a D(R||P) + (1 - a) D(R||Q) >= (1 - a) D_a(P||Q), a > 0: Jensen for E_R[log(p^a q^(1 - a)/r)]."""
        a, (d, e) = rational(order), [self.measure("KL", [change, each]) for each in laws]
        need(a > 0 and a != 1, "the order must be positive, and not 1")
        return expand(a * d + (1 - a) * (e - self.measure("Renyi", laws, [order]))), "<="

    def subadditivity(self, subadditivity: list[Json], draws: Json = None) -> Fact:
        """1 - TV(P x R, Q x S) >= (1 - TV(P, Q))(1 - TV(R, S)): the integral of min(pr, qs) >= min(p, q) min(r, s). So n TV(P, Q) >= TV(P^n, Q^n)."""
        if draws is not None:
            one, whole = (self.measure("TotalVariation", each) for each in (subadditivity, [{"fold": [law, draws]} for law in subadditivity]))
            return expand(self.value(draws) * one - whole), "<="
        p, r, q, s = subadditivity
        one, other, whole = (self.measure("TotalVariation", each) for each in ([p, q], [r, s], [{"times": [p, r]}, {"times": [q, s]}]))
        return expand(one + other - one * other - whole), "<="

    def schwarz(self, schwarz: list[Json], terms: Json = ROOTS, slopes: Json = ("1/2", "1/2", "0"), root: int = 2, moves: Json = (((), ()),) * 3) -> Fact:
        """E_q[a] E_q[c] >= E_q[b]^2 for the terms, where a(t), c(t) >= 0 and a c >= b^2 (Cauchy-Schwarz), slopes (t - 1) added to a, c, b."""
        a, c, b = (generator(term) + self.value(slope) * (T - 1) for term, slope in zip(terms, slopes, strict=True))
        need(root in range(1, 13) and dominates(a, c, b, T, root, moves), SIGN)
        a, c, b = (self.value(placed(term, *schwarz)) for term in terms)
        return expand(a * c - b**2), "<="

    def function(self, function: Json, of: str, at: Json, moves: list[Json], above: Json = None, below: Json = None) -> Fact:
        """f(t) >= 0 by calculus for t > 0, right of 1 by 1/s, or for 0 < t < 1 ("below": proof of at <= 1), at a term that is not negative ("above")."""
        f, t = map(Scope([], [], [], [], "", {}).value, (function, {"parameter": of}))
        need(all(not_negative(f, t, *side) for side in zip((1,) if below else (1, -1), moves, strict=True)), SIGN)
        for end, a, b, proof in ((0, "0", at, above), (1, at, "1", below)):
            before, _ = self.used, proof and self.lemma([a, "<=", b], proof)
            need(self.used == before or f.subs(t, end).is_finite, "a hypothesis about laws where a function has no limit")
        return expand(f.xreplace({t: self.value(at) if above else exp(self.value({"log": at}))})), "<="  # the logarithm asks for a positive term

    def comparison(self, comparison: list[Json], term: Json, square: str, weight: str, slope: Json, root: int, moves: list[Json]) -> Fact:
        """term(P, Q) - square TV^2 = E_q[f(t)] >= 0, t = p/q: E_q[t - 1] = 0; 4 TV^2 <= E_q[(t - 1)^2/(1 - weight + weight t)] by Cauchy-Schwarz."""
        f, c = generator(term) + self.value(slope) * (T - 1), rational(square)
        need(root in range(1, 13) and exceeds_variation(f, T, c, rational(weight), root, moves), SIGN)
        return expand(self.value(placed(term, *comparison)) - c * self.measure("TotalVariation", comparison) ** 2), "<="

    def bound(self, bound: list[list[Json]], by: str, term: Json, above: Json = None, **shown: Json) -> Fact:
        """term(P, Q) is at least what symkl.exact.bounds says of TV or D; by "jensen" of means over rows; by "corner" with a proof of low <= TV ("above")."""
        need(by != "corner" or self.lemma([shown["low"], "<=", placed(TV, *bound[0][1:])], above), "no least total variation")
        weights, (head, least) = [rational(w) for w, *_ in bound], BOUNDS[by]
        need(min(weights) >= 0 and sum(weights) == 1 and (by == "jensen" or len(weights) == 1), "no weights of a mean")
        mean, at = (Add(*each) for each in zip(*((w * self.value(placed(term, *laws)), w * self.measure(head, laws)) for w, (_, *laws) in zip(weights, bound))))
        need((value := least(generator(term), T, at, **shown)) is not None, SIGN)
        return expand(mean - value), "<="


def generator(term: Json) -> Expr:
    """f with term = E_q[f(T)], T = p/q, for any two laws P and Q."""
    plain = Scope([], [], [], [], "", {})
    plain.total_mass_one = False
    value, (p, q) = plain.value(term), [plain.density({"law": name})[0] for name in "PQ"]
    return of_ratio(value, {symbol: key[1] for key, symbol in plain.known.items() if isinstance(symbol, Dummy)}, p, q, T)


def check_certificate(data: Json, whole: frozenset[str] = frozenset()) -> tuple[bool, str]:
    """(accepted?, the statement that was checked or why it is rejected) of a JSON text or object; `whole`: densities seen to have mass one."""
    return opened(data, check, whole)


def check(verdict: str, statement: Json, proofs: list[Json]) -> None:
    scope = Proofs(**statement)
    need(len(proofs) == (len(scope.claims) if verdict == "proved" else 1) > 0, "one proof for each claim, or one refutation, is wanted")
    for scope.aim, proof in zip(scope.claims, proofs) if verdict == "proved" else ():  # noqa: B020
        scope.check(*scope.aim, proof)
    if verdict == "refuted":
        world = World(statement, **proofs[0])
        need(all(world.holds(*relation) for relation in world.given), "a hypothesis fails at the witness")
        need(not world.holds(*world.violated), "the claim holds at the witness")
    elif verdict != "proved":
        need(verdict == "inconsistent" and {*proofs[0]} == {"facts"}, "unknown verdict, or no contradiction")
        scope.check_sum(S.Zero, "<", proofs[0]["facts"])
