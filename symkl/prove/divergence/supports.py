"""Lines that support the joint range of two f-divergences of one pair of laws: what a hypothesis about one says of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from symkl.prove.certificate import scalar_json
from symkl.prove.divergence.calculus import generator
from symkl.prove.divergence.compare import PLAIN, root_of, settled
from symkl.prove.divergence.facts import ZERO, Candidate
from symkl.prove.divergence.moves import value_at
from symkl.prove.divergence.vectors import Rejected
from symkl.prove.terms import Constant, LawExpression, Relation, Scalar, negative, plus, times

__all__ = ["supporting_lines"]

F = Fraction
#: Values of s, where p/q = s^root or s^−root.
SAMPLES = (*(10.0**-k for k in (9, 6, 4, 3)), *(k / 256 for k in range(1, 256)), 0.999, 0.9999)
LARGEST, STEPS = 2.0**12, 80
DENOMINATORS = (1, 2, 3, 4, 6, 12, 24, 100, 720)
#: So much the slopes of a line left and right of 1 may miss each other in floating point.
CLOSE = 1e-4
MOST_MULTIPLES = 3


def supporting_lines(
    claim: Scalar, given: Sequence[Scalar], p: LawExpression, q: LawExpression, said: Callable[[Scalar], Scalar]
) -> Iterator[Candidate]:
    """claim ≥ λ · (one of the given, which are not negative), as a fact about the laws p and q; `said` puts them in the place of P and Q."""
    for each in given:
        for weight, slopes in _weights(claim, each)[:MOST_MULTIPLES]:
            relation = Relation(plus(said(claim), negative(times(Constant(weight), said(each)))), ">=", ZERO)
            found = settled(p, q, [(F(1), claim), (-weight, each)], F(0), relation, slopes)
            if found is not None:
                yield found
                break


def _weights(claim: Scalar, given: Scalar) -> list[tuple[Fraction, tuple[Fraction, ...]]]:
    """Plain fractions λ ≥ 0 for which claim − λ · given looks like a sum of a function f(p/q) ≥ 0 and a multiple of p/q − 1, and such multiples."""
    try:
        vectors = [PLAIN.vector(scalar_json(each)) for each in (claim, given)]
        root = root_of(*vectors)
        first, second = (PLAIN.mixture({"law": name})[0][1] for name in "PQ")
        sides = [[generator(v, a, b, root, side) for v in vectors] for a, b, side in ((first, second, 1), (second, first, -1))]
    except Rejected:
        return []

    values = [[[value_at(f, s) / (1 - s**root) for s in SAMPLES] for f in pair] for pair in sides]

    def rooms(weight: float) -> list[float]:
        """The least f(t)/|t − 1| on each side of 1."""
        return [min(u - weight * v for u, v in zip(*pair)) for pair in values]

    best = _top(lambda weight: sum(rooms(weight)))
    near = [F(best).limit_denominator(d) for d in DENOMINATORS] if sum(rooms(best)) >= -CLOSE else []
    found = []
    for weight in dict.fromkeys(near):
        left, right = rooms(float(weight))
        if weight > 0 and left + right >= -CLOSE:
            slopes = (F((left - right) / 2).limit_denominator(d) for d in DENOMINATORS)
            found.append((weight, tuple(dict.fromkeys(k for k in slopes if -right - CLOSE <= k <= left + CLOSE))[:2]))
    return found


def _top(concave: Callable[[float], float]) -> float:
    """Where a concave function on [0, LARGEST] is greatest, in floating point."""
    low, high = 0.0, LARGEST
    for _ in range(STEPS):
        one, other = low + (high - low) / 3, high - (high - low) / 3
        if concave(one) < concave(other):
            low = one
        else:
            high = other
    return (low + high) / 2
