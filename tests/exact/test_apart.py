"""Laws that hardly overlap, and min(1, e^−z)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Dummy, Integer, Rational, S, exp, log, oo, sqrt, symbols

from symkl import (
    Bhattacharyya,
    Binomial,
    DiscreteLaplace,
    Gumbel,
    Hellinger,
    JensenShannon,
    Logistic,
    Normal,
    Poisson,
    TotalVariation,
    Tsallis,
    evaluate,
)
from symkl.errors import Undecided
from symkl.exact.apart import by_affinity
from symkl.exact.arithmetic import precision
from symkl.exact.conditioning import in_density
from symkl.exact.divergences import _Measure
from symkl.exact.kinks import smooth
from symkl.exact.oracle import enclose_bits, relative_enclosure
from symkl.exact.program import Program
from symkl.exact.stable import Capped, Exp, capped
from symkl.exact.taylor import Centred

flint = pytest.importorskip("flint")

FAR = 10**300
PAIRS = {
    "normal": (Normal(0, 1), Normal(FAR, 1)),
    "logistic": (Logistic(0, 1), Logistic(FAR, 1)),
    "gumbel": (Gumbel(-(10**100), Rational(1, 10**40)), Gumbel(Rational(27, 4), Rational(19, 4))),
    "poisson": (Poisson(1), Poisson(10**40)),
    "discrete laplace": (DiscreteLaplace(10**40, Rational(1, 2)), DiscreteLaplace(-4, Rational(1, 2))),
}


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize(("measure", "most"), [(TotalVariation, S.One), (Hellinger, S.One), (JensenShannon, log(2))], ids=["tv", "hellinger", "jsd"])
def test_next_to_the_largest_value(name: str, measure: Any, most: Any) -> None:
    found, largest = evaluate(measure(*PAIRS[name]), 12), evaluate(most, 20)
    assert found.is_rigorous and found.lower <= largest.upper and found.upper >= largest.lower
    assert found.upper - found.lower < Fraction(1, 10**11)


@pytest.mark.parametrize("distance", [4, 9, 14])
def test_bounds_from_the_overlap_hold(distance: int) -> None:
    """Where the values are known: both are in the balls that the overlap gives, which are as narrow as is said."""
    laws = Normal(0, 1), Normal(distance, 1)
    for head in (Hellinger(*laws), JensenShannon(*laws), JensenShannon(*laws, weights=(Rational(1, 3), Rational(2, 3)))):
        known = enclose_bits(head, 80)
        ball = _Measure(head, 80, enclose_bits, relative_enclosure).nearly_apart() if distance > 4 else None
        if ball is not None:
            assert ball.overlaps(known) and not known.real > ball.real.upper()
    overlap = _Measure(TotalVariation(*laws), 80, enclose_bits, relative_enclosure).overlap()
    with precision(80):
        assert overlap.overlaps(flint.acb((flint.arb(distance) / 2 / flint.arb(2).sqrt()).erfc()))
        coefficient = 1 - enclose_bits(Hellinger(*laws), 80) ** 2
        # The inequality that is used, and with the square forgotten, which is false.
        assert coefficient.real**2 < 2 * overlap.real and not coefficient.real < 2 * overlap.real


def test_the_capped_exponential() -> None:
    t, z = symbols("t", positive=True), Dummy("z", real=True)
    with precision(64):
        for low, high, wanted in ((-3, -1, (1, 1)), (-1, 2, (0.1353, 1)), (1, 2, (0.1353, 0.3679))):
            ball = capped(False, flint.acb(flint.arb(low).union(high))).real
            assert float(ball.lower()) == pytest.approx(wanted[0], abs=1e-3) and float(ball.upper()) == pytest.approx(wanted[1], abs=1e-3)
        assert not capped(True, flint.acb(flint.arb(0, 1))).is_finite() and not capped(False, flint.acb(flint.arb(0, 1), 1)).is_finite()
        run, centred = Program(Capped(z**2 - 4), z).bind(64), Centred(Capped(z**2 - 4), z).bind(64)
        for place in (1, 3):
            point, box = flint.acb(place), flint.acb(flint.arb(place, 0.25), flint.arb(0, 0.125))
            assert centred(box, True).overlaps(run(point, False)) and centred(box, True).is_finite()
    assert smooth(Capped(t - 2), t, S(2), oo) == Exp(2 - t) and smooth(Capped(t - 2), t, S.Zero, S(2)) == 1
    assert in_density(-t, Exp(t - t**2)) == (-(t**2), S.One) and in_density(S.Zero, Exp(t)) == (S.Zero, Exp(t))


@pytest.mark.parametrize(("P", "Q"), [(Normal(0, 1), Normal(1, 2)), (Logistic(0, 1), Normal(1, 1)), (Poisson(3), Poisson(5))])
def test_ordinary_laws_as_before(P: Any, Q: Any) -> None:
    found = evaluate(TotalVariation(P, Q), 15)
    assert found.is_rigorous and str(found) == str(evaluate(TotalVariation(Q, P), 15))
    assert float(evaluate(Hellinger(P, Q), 12)) ** 2 <= float(found) <= float(evaluate(Hellinger(P, Q) * sqrt(2), 12))
    assert float(evaluate(Bhattacharyya(P, Q), 12)) > 0


def test_breakpoints_beyond_the_first_bits() -> None:
    found = evaluate(TotalVariation(Normal(Rational(25, 6), 2), Normal(-(10**100), Rational(13, 2))), 12)
    assert found.is_rigorous and found.upper >= 1 and found.upper - found.lower < Fraction(1, 10**11)


@pytest.mark.parametrize("weights", [(Rational(1, 2), Rational(1, 2)), (Rational(1, 5), Rational(4, 5))])
def test_by_the_affinity_alone(weights: tuple[Rational, Rational]) -> None:
    """Where the integrals are known, too: the balls meet, and digits are missing where the laws overlap."""
    far, near = (Normal(0, 1), Normal(30, 1)), (Normal(0, 1), Normal(13, 1))
    for head in (TotalVariation, lambda p, q: JensenShannon(p, q, weights=list(weights)), lambda p, q: JensenShannon(p, q, base=2)):
        assert by_affinity(head(*far), 20).overlaps(evaluate(head(*far), 20))
        assert by_affinity(head(*near), 6).overlaps(evaluate(head(*near), 15))
        with pytest.raises(Undecided):
            by_affinity(head(*near), 15)
    with pytest.raises(Undecided):
        by_affinity(Hellinger(*far), 5)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (TotalVariation(Binomial(10**300, Rational(1, 2)), Binomial(10**300, Rational(1, 3))), Integer(1)),
        (JensenShannon(Poisson(10**40), Poisson(2 * 10**40)), log(2)),
        (Tsallis(Normal(0, 1), Normal(10**40, 1), Rational(1, 2)), Integer(2)),
        (Tsallis(Gumbel(1, Rational(1, 10**300)), Gumbel(0, 2), Rational(1, 3)), Rational(3, 2)),
        (Hellinger(Binomial(10**40, Rational(1, 2)), Binomial(10**40, Rational(1, 2) + Rational(1, 10**20))), sqrt(1 - exp(-Rational(1, 2)))),
    ],
    ids=["binomial", "poisson", "tsallis", "tsallis by overlap", "one symbol"],
)
def test_beyond_what_is_summed(head: Any, expected: Any) -> None:
    found = evaluate(head, 12)
    assert found.is_rigorous and abs(float(found) / float(expected) - 1) < 1e-11


@pytest.mark.parametrize("order", [Rational(1, 3), Rational(1, 2), Rational(4, 5)])
def test_tsallis_by_the_overlap(order: Rational) -> None:
    P, Q = Normal(0, 1), Normal(12, 1)
    found = _Measure(Tsallis(P, Q, order), 160, enclose_bits, relative_enclosure).nearly_apart().real
    known = evaluate(Tsallis(P, Q, order), 20)
    with precision(160):
        assert found.contains(flint.arb(flint.fmpq(int(known.lower.numerator), int(known.lower.denominator))))
