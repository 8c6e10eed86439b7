"""Every boundary between a finite and an infinite divergence in the catalogue: points on each side of it and on it.

    python tests/reference/sweep_boundaries.py [--pairs 200] [--skip 0] [--seed 0] [--limit 60] [--jobs 1]

The ordered pairs come in an order drawn from the seed; `--skip` and `--pairs` take a piece of it. A boundary is where two sides of a
condition in the generic result are equal, or where an end of one support meets an end of the other: supports touch, are equal,
nested, reversed. At exact members on it and beside it, the generic result with the numbers put in and the result derived anew must be
oo exactly where `finiteness` finds the divergence infinite from densities typed anew, and where both are finite they must be the same
number to 15 digits. One line for each disagreement, one of totals. Exit status 1 if anything disagrees.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import islice, product
from pathlib import Path
from typing import Any

from sympy import Abs, Expr, Max, Min, Piecewise, Poly, Rational, S, Symbol, Tuple, nan, oo, pi, roots, together, zoo
from sympy.core.relational import Relational
from sympy.polys.polyerrors import PolynomialError

from symkl import KL, DomainError, SymklError, derive
from symkl.families import families
from symkl.families.sampling import draw

sys.path.insert(0, str(Path(__file__).parent))
decide = import_module("finiteness").finite
numerics = import_module("numerics")
_all = import_module("sweep_all")
TooLong, agree, limited, number, parameters = _all.TooLong, _all.agree, _all.limited, _all.number, _all.parameters

FAMILIES = {family.__name__: family for family in families()}
#: Distances from a boundary; a parameter that must be an integer moves by one.
NEAR, FAR = Rational(1, 64), Rational(1, 7)
#: How many random members are tried to find one at which crossing the boundary changes the answer.
ATTEMPTS = 40

Point = tuple[Any, Any]


def settle(job: tuple[str, str, int, float]) -> list[tuple[str, str]]:
    """(outcome, line) for each comparison of a pair."""
    first, second, seed, limit = job
    rng = random.Random(f"boundaries {seed} {first} {second}")
    try:
        with limited(limit):
            generic = derive(KL(FAMILIES[first], FAMILIES[second]))
            points = list(boundary_points(generic.head.args[:2], generic.result, rng))
    except (SymklError, TooLong) as error:
        return [("not derived", f"{first} || {second}: {type(error).__name__} {error}")]
    if not points:
        return [("pairs without a boundary", "")]
    found = [("pairs with a boundary", "")]
    for p, q in points:
        found += compare(generic, p, q, limit)
    return found


def compare(generic: Any, p: Any, q: Any, limit: float) -> list[tuple[str, str]]:
    """The generic result at (p, q) and the one derived anew against the decision from the densities, and against each other."""
    try:
        with limited(limit):
            finite = decide((type(p).__name__, parameters(p)), (type(q).__name__, parameters(q)))
    except (TooLong, numerics.NotConverged):
        return [("not decided from the densities", f"{p} || {q}")]
    found, values = [], []
    for way in ("put in", "anew"):
        try:
            with limited(limit):
                result = derive(KL(p, q)).result if way == "anew" else put_in(generic.result, generic.head.args[:2], (p, q))
                values.append(number(result, False) if finite and result is not oo else None)
        except TooLong:
            found.append((f"{way}: too long", f"{p} || {q}"))
            continue
        except SymklError as error:
            found.append(("DISAGREES", f"{p} || {q} ({way}): {type(error).__name__} {error}"))
            continue
        good = not (result.has(nan, zoo) or isinstance(result, Piecewise)) and (result is oo) != finite
        outcome = f"{way}: {'finite' if finite else 'infinite'}" if good else "DISAGREES"
        found.append((outcome, "" if good else f"{p} || {q} ({way}): {result}, but it is {'finite' if finite else 'infinite'}"))
    if len(values) == 2 and None not in values:
        same = agree(*values)
        found.append(("values agree" if same else "DISAGREES", "" if same else f"{p} || {q}: {values[0]} put in, {values[1]} anew"))
    return found


def put_in(expr: Any, generic: Sequence[Any], point: Sequence[Any]) -> Any:
    """`expr` with the numbers of the members for the parameters of the generic laws."""
    table = {symbol: value for law, member in zip(generic, point) for symbol, value in zip(law.args, member.args)}
    return expr.subs(table, simultaneous=True)


def boundary_points(generic: Sequence[Any], result: Any, rng: random.Random) -> Iterator[Point]:
    """Members on each boundary and on both sides of it, then some where two ends of the supports meet at once."""
    symbols = [symbol for law in generic for symbol in law.args]
    if not all(isinstance(symbol, Symbol) for symbol in symbols) or not (isinstance(result, Piecewise) and result.has(oo)):
        return
    verdict = Piecewise(*((value if value is oo else S.Zero, condition) for value, condition in result.args))
    for surface in surfaces(generic, result):
        for attempt in range(ATTEMPTS):
            points = across(surface, generic, (draw(type(generic[0]), rng), draw(type(generic[1]), rng)), rng)
            answers = {put_in(verdict, generic, point) for point in points}
            if len(answers) > 1 or (attempt == ATTEMPTS - 1 and points):
                yield from points
                break
    yield from islice(equal_supports(generic, rng), 1)


def surfaces(generic: Sequence[Any], result: Any) -> list[Expr]:
    """Expressions that vanish on the boundaries, each once whatever its sign."""
    sides = [
        (relation.lhs, relation.rhs)
        for _, condition in result.args
        for relation in sorted(condition.atoms(Relational), key=str)
    ]  # fmt: skip
    found: dict[Expr, None] = {}
    for one, other in sides + meetings(generic):
        surface = one - other
        if surface.free_symbols and -surface not in found:
            found[surface] = None
    return list(found)


def meetings(generic: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Ends of the two supports that can meet."""
    p, q = (law.support for law in generic)
    ends = [[end for end in (getattr(each, "lower", oo), getattr(each, "upper", oo)) if end.is_finite is not False] for each in (p, q)]
    return list(product(*ends))


def across(surface: Expr, generic: Sequence[Any], start: Point, rng: random.Random) -> list[Point]:
    """A point on the surface, reached from `start` by moving one parameter, and one on each side; [] if none is found."""
    symbols = [symbol for law in generic for symbol in law.args]
    values = dict(zip(symbols, [value for member in start for value in member.args]))
    for symbol in rng.sample(sorted(surface.free_symbols, key=str), len(surface.free_symbols)):
        others = {other: value for other, value in values.items() if other != symbol}
        steps = (S.Zero, S.One, S.NegativeOne) if symbol.is_integer else (S.Zero, *rng.sample([NEAR, -FAR], 2), *rng.sample([FAR, -NEAR], 1))
        for root in zeros(surface.subs(others, simultaneous=True), symbol):
            points = [point for step in steps if (point := members(generic, values | {symbol: root + step})) is not None]
            if points:
                return points
    return []


def zeros(surface: Expr, symbol: Symbol) -> list[Expr]:
    """Where the surface vanishes, in rational numbers or rational multiples of π; each choice of Min, Max and Abs is tried."""
    found: list[Expr] = []
    for piece in pieces(surface):
        try:
            numerator = Poly(together(piece).as_numer_denom()[0], symbol)
        except PolynomialError:
            continue
        if numerator.degree() > 0:
            found += [each for each in roots(numerator) if each.is_Rational or (each / pi).is_Rational]
    return [root for root in dict.fromkeys(found) if surface.subs(symbol, root) == 0]


def pieces(expr: Expr) -> Iterator[Expr]:
    inner = next((each for each in sorted(expr.atoms(Min, Max, Abs), key=str)), None)
    if inner is None:
        yield expr
        return
    choices = (inner.args[0], -inner.args[0]) if isinstance(inner, Abs) else inner.args
    for choice in choices:
        yield from pieces(expr.xreplace({inner: choice}))


def members(generic: Sequence[Any], values: dict[Any, Any]) -> Point | None:
    """The members with these parameters, None outside their domains."""
    try:
        p, q = (type(law)(*(values[symbol] for symbol in law.args)) for law in generic)
    except DomainError:
        return None
    return (p, q) if not Tuple(*p.conditions, *q.conditions) else None


def equal_supports(generic: Sequence[Any], rng: random.Random) -> Iterator[Point]:
    """Members whose supports are the same, where both ends can be made to meet."""
    p, q = (law.support for law in generic)
    ends = [(getattr(p, side, oo), getattr(q, side, oo)) for side in ("lower", "upper")]
    moved = [one - other for one, other in ends if one.is_finite is not False and other.is_finite is not False and (one - other).free_symbols]
    if len(moved) != 2:
        return
    symbols = [symbol for law in generic for symbol in law.args]
    for _ in range(ATTEMPTS):
        values = dict(zip(symbols, [value for law in generic for value in draw(type(law), rng).args]))
        for first, second in product(*(sorted(each.free_symbols, key=str) for each in moved)):
            if first == second:
                continue
            for root in zeros(moved[0].subs({s: v for s, v in values.items() if s != first}), first):
                changed = values | {first: root}
                for other in zeros(moved[1].subs({s: v for s, v in changed.items() if s != second}), second):
                    changed |= {second: other}
                    point = members(generic, changed)
                    if point is not None and all(each.subs(changed) == 0 for each in moved):
                        yield point


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=0, help="only so many pairs")
    parser.add_argument("--skip", type=int, default=0, help="leave out so many pairs, to go on after a break")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for a derivation or a decision")
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    pairs = list(product(FAMILIES, FAMILIES))
    random.Random(arguments.seed).shuffle(pairs)
    pairs = pairs[arguments.skip :][: arguments.pairs or None]
    jobs = [(*pair, arguments.seed, arguments.limit) for pair in pairs]
    sys.exit(_all.swept(settle, jobs, arguments.jobs, arguments.skip))


if __name__ == "__main__":
    main()
