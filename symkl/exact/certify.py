"""Certificates: a closed form against the enclosure of its defining integral or sum, at exact random points."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Protocol

from sympy import Expr, oo
from sympy.logic.boolalg import Boolean

from symkl.core.coordinates import by_coordinates
from symkl.core.heads import Head
from symkl.core.verdict import Verdict
from symkl.errors import SymklError
from symkl.exact.ball import Ball
from symkl.exact.evaluation import evaluate
from symkl.exact.oracle import enclose_defining
from symkl.exact.points import points_of

__all__ = ["Claimed", "certify"]

#: Draws that break a condition, or give an infinite value, are repeated this often for each point wanted.
ATTEMPTS = 60


class Claimed(Protocol):
    """What certify needs of a derivation: the head, what is claimed of it, and under which conditions."""

    @property
    def head(self) -> Expr: ...

    @property
    def result(self) -> Expr: ...

    @property
    def conditions(self) -> tuple[Boolean, ...]: ...


def certify(claimed: Claimed, digits: int = 50, points: int = 5, seed: int = 0) -> Verdict:
    """head = result at `points` exact points: the balls overlap and both radii are below 10^−digits.

    The points are drawn from the conditions with `random.Random(seed)`; finite values are wanted, and an infinite one counts only
    when the oracle proves the divergence. Refuted: the balls are disjoint at some point, which is the witness. Unknown: some point
    could not be enclosed.
    """
    checked: list[dict[str, str]] = []
    passed_over = 0
    for point in points_of(claimed.head, claimed.conditions, seed, points * ATTEMPTS):
        value = point.put(claimed.result)
        if value is oo and claimed.result is not oo and passed_over < points * ATTEMPTS // 2:
            # A finite value says more; an infinite one is taken if there is nothing else.
            passed_over += 1
            continue
        try:
            verdict = _compare(point.member(claimed.head), value, digits)
        except SymklError as error:
            return Verdict("unknown", f"at {point}: {error}", claim=claimed.head)
        if verdict.status != "proved":
            witness = point.values if verdict.is_refuted else None
            return Verdict(verdict.status, f"at {point}: {verdict.reason}", witness=witness, claim=claimed.head)
        checked.append({"point": str(point), "value": verdict.reason})
        if len(checked) == points or not point.values:
            break
    if not checked:
        return Verdict("unknown", "no point that satisfies the conditions was found", claim=claimed.head)
    certificate: dict[str, Any] = {"digits": digits, "seed": seed, "points": checked}
    steps = tuple(f"{each['point']}: {each['value']}" for each in checked)
    return Verdict("proved", _told([each["value"] for each in checked], digits), steps=steps, certificate=certificate, claim=claimed.head)


def _told(values: list[str], digits: int) -> str:
    """What was found at how many points: infinite values have no digits."""
    infinite = sum(value in ("oo", "-oo") for value in values)
    finite = len(values) - infinite
    told = [f"the balls meet at {_points(finite)}, to {digits} digits"] if finite else []
    told += [f"the defining integral or sum is proved infinite at {_points(infinite)}, as the result is"] if infinite else []
    return "; ".join(told)


def _points(count: int) -> str:
    return f"{count} exact point{'s' * (count != 1)}"


def _compare(head: Expr, value: Expr, digits: int) -> Verdict:
    """The two balls at one point."""
    defining = _by_definition(head, digits + 2)
    closed = _infinite(value) or evaluate(value, digits + 2)
    if not (defining.is_rigorous and closed.is_rigorous):
        return Verdict("unknown", "an enclosure is not rigorous; python-flint is needed")
    if not (defining.is_finite and closed.is_finite):
        agree = not defining.is_finite and not closed.is_finite and defining.mid == closed.mid
        return Verdict("proved" if agree else "refuted", str(defining) if agree else f"{defining} by definition, {closed} by the result")
    if defining.upper < closed.lower or closed.upper < defining.lower:
        return Verdict("refuted", f"{defining} by definition, {closed} by the result")
    bound = Fraction(1, 10**digits)
    size = max(Fraction(1), abs(defining.upper))
    if any(ball.upper - ball.lower > 2 * bound * size for ball in (defining, closed)):
        return Verdict("unknown", f"the radii are not below 10^-{digits}")
    return Verdict("proved", str(defining))


def _by_definition(head: Expr, digits: int) -> Ball:
    """The enclosure of the defining integral or sum; of a measure of products, the sum of those of the coordinates."""
    parts = by_coordinates(head) if isinstance(head, Head) else None
    if parts is None:
        return enclose_defining(head, digits)
    balls = [enclose_defining(part, digits + len(parts)) for part in parts]
    infinite = next((ball for ball in balls if not ball.is_finite), None)
    if infinite is not None:
        return infinite
    lower, upper = sum(ball.lower for ball in balls), sum(ball.upper for ball in balls)
    return Ball.of(Fraction(lower + upper) / 2, Fraction(upper - lower) / 2, all(ball.is_rigorous for ball in balls), digits)


def _infinite(value: Expr) -> Ball | None:
    if value is oo or value is -oo:
        return Ball.infinite(1 if value is oo else -1)
    return None
