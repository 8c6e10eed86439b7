"""Comparisons of f-divergences of two laws, by the sign of one function of t = p/q on each side of 1.

Every quantity is E_Q[f(p/q)]; adding k E_Q[p/q - 1] = 0 changes nothing, so f(t) + k (t - 1) >= 0 for all t is enough.
Right of 1 the roles of P and Q are exchanged, t f(1/t), so that all happens on 0 < t < 1. A function is a sum of
r(s) log g(s) with r rational and g a polynomial positive on (0, 1), where t = s^root; the key () stands for log g = 1,
a tuple of several polynomials for the product of their logarithms.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import log, prod
from typing import Any

from symkl.core.certificates import placed
from symkl.prove.divergence.scope import Scope
from symkl.prove.divergence.vectors import HALF, ONE, Json, Vector, combine, fields, need, raised, sign

Poly = tuple[Fraction, ...]  # coefficients from the constant up
Ratio = tuple[Poly, Poly]
Key = Any  # a polynomial, or several
Function = dict[Key, Ratio]
#: Sums of products of logarithms closer to zero than this have no sign here.
CLOSE = 1e-9


def poly(*coefficients: Fraction | int | str) -> Poly:
    found = [Fraction(c) for c in coefficients]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def padd(a: Poly, b: Poly, scale: int = 1) -> Poly:
    size = max(len(a), len(b))
    return poly(*((a[i] if i < len(a) else 0) + scale * (b[i] if i < len(b) else 0) for i in range(size)))


def pmul(a: Poly, b: Poly) -> Poly:
    total = [Fraction(0)] * (len(a) + len(b))
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            total[i + j] += x * y
    return poly(*total)


def pdiff(a: Poly) -> Poly:
    return poly(*[i * c for i, c in enumerate(a)][1:])


def at(a: Poly, x: Fraction) -> Fraction:
    return sum((c * x**i for i, c in enumerate(a)), Fraction(0))


def divide(a: Poly, b: Poly) -> tuple[Poly, Poly]:
    rest, quotient = list(a), [Fraction(0)] * max(len(a) - len(b) + 1, 0)
    for k in range(len(quotient) - 1, -1, -1):
        quotient[k] = rest[k + len(b) - 1] / b[-1]
        for i, c in enumerate(b):
            rest[k + i] -= quotient[k] * c
    return poly(*quotient), poly(*rest)


def gcd_of(a: Poly, b: Poly) -> Poly:
    """With leading coefficients 1 on the way, or the numbers would double their length with each step."""
    while b:
        a, b = b, divide(a, b)[1]
        b = pmul(b, (1 / b[-1],)) if b else b
    return a


def ratio(numerator: Poly, denominator: Poly) -> Ratio:
    """In lowest terms, the denominator with leading coefficient 1."""
    a = gcd_of(numerator, denominator)
    numerator, denominator = divide(numerator, a)[0], divide(denominator, a)[0]
    lead = 1 / denominator[-1]
    return pmul(numerator, (lead,)), pmul(denominator, (lead,))


def logs_of(key: Key) -> tuple[Poly, ...]:
    """The polynomials whose logarithms are multiplied."""
    return () if not key else key if isinstance(key[0], tuple) else (key,)


def key_of(*logs: Poly) -> Key:
    return tuple(sorted(logs)) if len(logs) > 1 else logs[0] if logs else ()


def product_of(f: Function, g: Function) -> Function:
    pairs = [(key_of(*logs_of(a), *logs_of(b)), (pmul(r[0], s[0]), pmul(r[1], s[1]))) for a, r in f.items() for b, s in g.items()]
    return add(*((key, r) for key, r in pairs if poly(1) not in logs_of(key)))


def add(*parts: tuple[Key, Ratio]) -> Function:
    total: Function = {}
    for key, (n, d) in parts:
        m, e = total.get(key, (poly(), poly(1)))
        total[key] = ratio(padd(pmul(n, e), pmul(m, d)), pmul(d, e))
    return {key: r for key, r in total.items() if r[0]}


def scaled(f: Function, by: Ratio) -> Function:
    return add(*((key, (pmul(n, by[0]), pmul(d, by[1]))) for key, (n, d) in f.items()))


def derivative(f: Function) -> Function:
    parts: list[tuple[Key, Ratio]] = []
    for key, (n, d) in f.items():
        parts.append((key, (padd(pmul(pdiff(n), d), pmul(n, pdiff(d)), -1), pmul(d, d))))
        logs = logs_of(key)
        parts += [(key_of(*logs[:i], *logs[i + 1 :]), (pmul(n, pdiff(g)), pmul(d, g))) for i, g in enumerate(logs) if len(g) > 1]
    return add(*parts)


def positive(a: Poly) -> bool:
    """a > 0 on (0, 1), seen from the coefficients of (1 + u)^n a(1/(1 + u)), which are then all >= 0 and not all zero."""
    n = len(a) - 1
    total = poly()
    for i, c in enumerate(a):
        term = poly(c)
        for _ in range(n - i):
            term = pmul(term, poly(1, 1))
        total = padd(total, term)
    return bool(total) and min(total) >= 0


def not_negative(a: Poly) -> bool:
    """a >= 0 on (0, 1): positive, or a square times what is."""
    common = gcd_of(a, pdiff(a))
    square = pmul(common, common)
    return positive(a) or (len(common) > 1 and len(square) <= len(a) and not divide(a, square)[1] and positive(divide(a, square)[0]))


def limit(f: Function, end: int | Fraction) -> int:
    """The sign of f at a point, or of its limit at the end 0 or 1, where every term has one: r log g -> 0 if r = 0 and g = 0 there."""
    value: dict[tuple[int, ...], Fraction] = {}
    x = Fraction(end)
    for key, (n, d) in f.items():
        need(at(d, x) != 0, "a pole at an end point")
        r = at(n, x) / at(d, x)
        logs = [at(each, x) for each in logs_of(key)]
        need(min(logs, default=1) > 0 or (min(logs) == 0 and r == 0), "a logarithm of zero at an end point")
        for bases in product(*(((g.numerator, 1), (g.denominator, -1)) for g in logs)) if r else ():
            under = tuple(sorted(base for base, _ in bases))
            value[under] = value.get(under, Fraction(0)) + r * prod(s for _, s in bases) * (1 not in under)
    return _sign_of_products({bases: c for bases, c in value.items() if c})


def _sign_of_products(value: dict[tuple[int, ...], Fraction]) -> int:
    """Of a sum of numbers times products of logarithms of whole numbers above 1; a factor of all is taken out."""
    common = next((base for base in next(iter(value), ()) if all(base in bases for bases in value)), None)
    if common is not None:
        return _sign_of_products({_without(bases, common): c for bases, c in value.items()})
    if all(len(bases) <= 1 for bases in value):
        return sign({bases[0] if bases else 1: c for bases, c in value.items()})
    total = sum(float(c) * prod(map(log, bases)) for bases, c in value.items())
    need(abs(total) > CLOSE, "a sum that may be zero")
    return 1 if total > 0 else -1


def _without(bases: tuple[int, ...], one: int) -> tuple[int, ...]:
    place = bases.index(one)
    return bases[:place] + bases[place + 1 :]


def nonnegative(f: Function, moves: list[Json]) -> None:
    """f >= 0 on (0, 1), by the moves: scale, rise from 0, fall to 1, concave between its ends, above a tangent, split; then signs of coefficients."""
    for move in moves:
        if isinstance(move, dict) and "split" in move:
            fields(move, "split", "left", "right")
            c = Fraction(move["split"])
            need(0 < c < 1 and move is moves[-1], "a split lies inside and comes last")
            nonnegative(composed(f, poly(0, c)), move["left"])
            nonnegative(composed(f, poly(c, 1 - c)), move["right"])
            return
        if move == "rise" or move == "fall":
            need(limit(f, 0 if move == "rise" else 1) >= 0, "the value at the end point is negative")
            f = derivative(f) if move == "rise" else scaled(derivative(f), (poly(-1), poly(1)))
        elif move == "concave":
            need(min(limit(f, 0), limit(f, 1)) >= 0, "the value at an end point is negative")
            f = scaled(derivative(derivative(f)), (poly(-1), poly(1)))
        elif "tangent" in move:
            need(tangent_sign(f, Fraction(move["tangent"])) >= 0, "the tangent is negative at an end point")
            f = derivative(derivative(f))
        else:
            fields(move, "scale")
            by = poly(*move["scale"][0]), poly(*move["scale"][1])
            need(positive(by[0]) and positive(by[1]), "the scale is not seen to be positive")
            f = scaled(f, by)
    need(set(f) <= {()}, "logarithms are left")
    for n, d in f.values():
        need(any(not_negative(pmul(n, poly(s))) and positive(pmul(d, poly(s))) for s in (1, -1)), "the last sign is not seen")


def tangent_sign(f: Function, c: Fraction) -> int:
    """The lower of the signs of the tangent of f at c at the ends 0 and 1."""
    slope = derivative(f)
    return min(limit(add(*f.items(), *scaled(slope, (poly(end - c), poly(1))).items()), c) for end in (0, 1))


def composed(f: Function, inner: Poly) -> Function:
    """f(inner(s))."""

    def inside(a: Poly) -> Poly:
        total = poly()
        for c in reversed(a):
            total = padd(pmul(total, inner), poly(c))
        return total

    return add(*((key_of(*map(inside, logs_of(key))), (inside(n), inside(d))) for key, (n, d) in f.items()))


def generator(vector: Vector, p: Any, q: Any, root: int, side: int) -> Function:
    """f with q f(p/q) the integrand of the vector where p/q = s^root < 1; a number c is the integral of c q, or of c p on side -1."""
    t = poly(*[0] * root, 1)
    parts: list[tuple[Poly, Ratio]] = []
    loose = {p: Fraction(0), q: Fraction(0)}
    for key, c in vector.items():
        logs = [a[1] for a, e in key if a[0] == "log" and isinstance(a[1], int) and e == 1]
        atoms = [a for a, e in key if not (a[0] == "log" and isinstance(a[1], int)) and e == 1]
        need(len(logs) + len(atoms) == len(key) and len(logs) <= 1 and len(atoms) <= 1, "a term is no f-divergence")
        outer = poly(logs[0]) if logs else poly()
        name: Any = atoms[0] if atoms else ("one",)
        if name[0] == "one":
            parts.append((outer, (poly(c) if side == 1 else pmul(t, poly(c)), poly(1))))
        elif name[0] == "TV":
            need({name[1], name[2]} == {frozen_one(p), frozen_one(q)}, "a total variation that is not between the two laws")
            parts.append((outer, (pmul(padd(poly(1), t, -1), poly(c / 2)), poly(1))))
        elif name[0] == "A":
            up, down = powers(weights(name[2], p, q), weights(name[3], p, q), name[1], root)
            parts.append((outer, (pmul(up, poly(c)), down)))
        elif name[0] == "B":  # the integral of one other/under
            one, other, under = (line(weights(law, p, q), t) for law in name[1:])
            parts.append((outer, (pmul(pmul(one, other), poly(c)), under)))
        else:
            need(name[0] == "E" and name[1] in (p, q) and not outer, "an expectation under another law")
            a, b = weights(name[2], p, q)
            under = t if name[1] == p else poly(1)
            loose[name[1]] += c
            if b:
                parts.append((line((a, b), t), (pmul(under, poly(c)), poly(1))))
            else:  # log(a s^root) = log a + root log s
                parts += [(poly(a), (pmul(under, poly(c)), poly(1))), (poly(0, 1), (pmul(under, poly(c * root)), poly(1)))]
    need(not any(loose.values()), "log q does not cancel")
    return add(*((key, r) for key, r in parts if key != poly(1)))


def weights(density: Any, p: Any, q: Any) -> tuple[Fraction, Fraction]:
    """(a, b) of the density a p + b q."""
    found = {p: Fraction(0), q: Fraction(0)}
    for weight, factors in density:
        need(factors in found and set(dict(weight)) == {()}, "a density of another law")
        found[factors] += dict(weight)[()]
    return found[p], found[q]


def line(ab: tuple[Fraction, Fraction], t: Poly) -> Poly:
    return padd(pmul(t, poly(ab[0])), poly(ab[1]))


def powers(one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction], order: Fraction, root: int) -> Ratio:
    """one^order other^(1 - order) over q; of mixtures the order is a whole number."""
    up, down = poly(1), poly(1)
    for ab, e in ((one, order), (other, 1 - order)):
        if e.denominator > 1:
            need(sorted(ab) == [0, 1], "a root of a mixture")
        need((e * root).denominator == 1, "the root does not clear the order")
        if not ab[1]:
            factor, times = poly(*[0] * abs(int(e * root)), 1), 1
        else:
            factor, times = line(ab, poly(*[0] * root, 1)), abs(int(e)) if ab[0] else 0
        for _ in range(times):
            up, down = (pmul(up, factor), down) if e > 0 else (up, pmul(down, factor))
    return up, down


def frozen_one(factors: Any) -> Any:
    """The frozen form of a law that is one product of factors."""
    return ((tuple(ONE.items()), factors),)


@lru_cache(maxsize=256)
def compared(pattern: str) -> None:
    """The pattern of a comparison holds of all laws P, Q on one space."""
    item = json.loads(pattern)
    scope = Scope({"claims": [], "given": [], "identified": [], "continuous": [], "joint": "", "arities": {}})
    p, q = (scope.mixture({"law": name})[0][1] for name in "PQ")
    vector = scope.vector(item["term"])
    square, weight, slope = Fraction(item["square"]), Fraction(item["weight"]), scope.vector(item["slope"])
    need(square >= 0 and 0 <= weight <= 1 and item["root"] in range(1, 13), "weights out of range")
    root, minus = item["root"], poly(-1, *[0] * (item["root"] - 1), 1)
    for (a, b), theta, side, moves in (((p, q), weight, 1, item["moves"][0]), ((q, p), 1 - weight, -1, item["moves"][1])):
        f = generator(vector, a, b, root, side)
        w = padd(poly(1 - theta), poly(*[0] * root, theta))
        lines = [(poly() if key == () else poly(key[0][0][1]), (pmul(minus, poly(side * c)), poly(1))) for key, c in slope.items()]
        nonnegative(add(*f.items(), *lines, (poly(), (pmul(pmul(minus, minus), poly(-square / 4)), w))), moves)


def comparison(scope: Scope, item: Json) -> tuple[Vector, str]:
    """sum c_i D_i(P, Q) - square TV^2 >= 0; by Cauchy-Schwarz 4 TV^2 <= E_Q[(t - 1)^2/w(t)], w = 1 - weight + weight t.

    The terms speak of two laws P, Q; the fact is what they say of the laws A, B of the comparison.
    """
    fields(item, "comparison", "term", "square", "weight", "slope", "root", "moves")
    a, b = item["comparison"]
    need(scope.space(a) == scope.space(b), "a comparison of laws on different spaces")
    compared(json.dumps({key: value for key, value in item.items() if key != "comparison"}))
    said = scope.vector(placed(item["term"], a, b))
    return combine((1, said), (-Fraction(item["square"]), raised(scope.measure("TotalVariation", [a, b], []), Fraction(2)))), "<="


def function(vector: Vector, name: str, mirrored: bool) -> Function:
    """A vector in one parameter t and logarithms of polynomials in t, as a function of t, or of s = 1/t."""
    parts: list[tuple[Key, Ratio]] = []
    for key, c in vector.items():
        power, logs, under, shift = Fraction(0), list[Poly](), poly(1), 0
        for atom, e in key:
            if atom == ("parameter", name):
                power = e
            elif atom[0] == "base" and e.denominator == 1 and e < 0:
                below = polynomial(dict(atom[1]), name)
                if mirrored:  # 1/g(1/s) = s^n/(s^n g(1/s))
                    shift, below = shift + int(-e) * (len(below) - 1), poly(*reversed(below))
                for _ in range(int(-e)):
                    under = pmul(under, below)
            else:
                need(atom[0] == "log" and e.denominator == 1 and 0 < e < 5, "no rational function of one parameter times logarithms")
                logs += [poly(atom[1]) if isinstance(atom[1], int) else polynomial(dict(atom[1]), name)] * int(e)
        need(power.denominator == 1, "a root of the parameter")
        exponent = (-int(power) if mirrored else int(power)) + shift
        up, down = poly(*[0] * max(exponent, 0), c), pmul(poly(*[0] * max(-exponent, 0), 1), under)
        term: Function = {(): (up, down)}
        for inside in logs:
            if mirrored and len(inside) > 1:  # log g(1/s) = log(s^n g(1/s)) - n log s
                factor = {poly(0, 1): (poly(1 - len(inside)), poly(1)), poly(*reversed(inside)): (poly(1), poly(1))}
            else:
                factor = {inside: (poly(1), poly(1))}
            need(all(len(g) == 1 or g == poly(0, 1) or positive(g) for g in factor), "a logarithm of what may be negative")
            term = product_of(term, factor)
        parts += term.items()
    return add(*((key, r) for key, r in parted(parts) if key != poly(1)))


def parted(parts: list[tuple[Key, Ratio]]) -> list[tuple[Key, Ratio]]:
    """The same sum, the polynomials in its logarithms without common factors: log(1 - t^2) = log(1 - t) + log(1 + t) beside log(1 - t)."""
    if any(len(logs_of(key)) > 1 for key, _ in parts):
        return parts
    found: list[tuple[Key, Ratio]] = []
    queue = list(parts)
    while queue:
        key, ratio_ = queue.pop()
        for other in {k: None for k, _ in found if len(k) > 1} if len(key) > 1 else ():
            common = gcd_of(key, other)
            if len(common) > 1 and key != other:
                common = pmul(common, (1 / at(common, HALF),))  # positive in the middle
                queue += [(piece, r) for k, r in [*((k, r) for k, r in found if k == other), (key, ratio_)] for piece in (common, divide(k, common)[0])]
                found = [each for each in found if each[0] != other]
                break
        else:
            found.append((key, ratio_))
    return found


def polynomial(vector: Vector, name: str) -> Poly:
    found: dict[int, Fraction] = {}
    for key, c in vector.items():
        need(key == () or (len(key) == 1 and key[0][0] == ("parameter", name) and key[0][1].denominator == 1 and key[0][1] > 0), "no polynomial")
        found[0 if key == () else int(key[0][1])] = c
    need(bool(found), "a logarithm of zero")
    return poly(*(found.get(i, 0) for i in range(max(found) + 1)))


def one_variable(scope: Scope, item: Json) -> tuple[Vector, str]:
    """f(t) >= 0 for t > 0, or for 0 < t < 1, at a term t; the ends of the domain may have proofs of their own."""
    fields({key: value for key, value in item.items() if key not in ("above", "below")}, "function", "of", "at", "moves")
    return scope.vector(replaced(item["function"], {"parameter": item["of"]}, item["at"])), "<="


def replaced(node: Json, old: Json, new: Json) -> Json:
    """The term with another in place of a parameter."""
    if node == old:
        return new
    if isinstance(node, dict):
        return {key: replaced(each, old, new) for key, each in node.items()}
    return [replaced(each, old, new) for each in node] if isinstance(node, list) else node
