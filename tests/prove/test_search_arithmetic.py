"""The arithmetic of the search for proofs and witnesses: exact signs, enclosures, and the signs of functions of one variable."""

from __future__ import annotations

from fractions import Fraction
from math import log

import pytest

from symkl.prove import prove
from symkl.prove.divergence.calculus import add, derivative, limit, nonnegative, poly, positive
from symkl.prove.divergence.scope import Scope
from symkl.prove.divergence.vectors import Rejected, coprime, log_bounds, sign
from symkl.prove.divergence.world import World, exp_bounds, power_bounds


def test_signs_are_exact() -> None:
    assert sign({4: Fraction(1), 2: Fraction(-2)}) == 0
    assert sign({6: Fraction(1), 2: Fraction(-1), 3: Fraction(-1)}) == 0
    assert sign({2: Fraction(1), 1: Fraction(-693147180559945309, 10**18)}) == 1
    assert sign({2: Fraction(1), 1: Fraction(-693147180559945310, 10**18)}) == -1
    assert sign({}) == 0
    big = 10**60 + 1
    assert sign({big: Fraction(1), big - 1: Fraction(-1)}) == 1
    assert coprime({12: Fraction(1), 18: Fraction(-1, 2)}) == {2: Fraction(3, 2)} or sign({12: Fraction(1), 18: Fraction(-1, 2)}) == 1


@pytest.mark.parametrize("x", [Fraction(1, 3), Fraction(7), Fraction(10**30, 3), Fraction(1, 10**20), Fraction(99, 100)])
def test_logarithms_and_exponentials_are_enclosed(x: Fraction) -> None:
    import mpmath

    with mpmath.workdps(60):
        low, high = log_bounds(x, 100)
        true = mpmath.log(mpmath.mpf(x.numerator) / x.denominator)
        assert mpmath.mpf(low.numerator) / low.denominator <= true <= mpmath.mpf(high.numerator) / high.denominator
        assert high - low < Fraction(1, 2**80)
        y = Fraction(int(mpmath.nint(true * 1000)), 1000)
        low, high = exp_bounds(y, 100)
        true = mpmath.exp(mpmath.mpf(y.numerator) / y.denominator)
        assert mpmath.mpf(low.numerator) / low.denominator <= true <= mpmath.mpf(high.numerator) / high.denominator


def test_powers_are_enclosed() -> None:
    low, high = power_bounds(Fraction(2), Fraction(3), Fraction(1, 2), 64)
    assert low * low <= 2
    assert high * high >= 3
    low, high = power_bounds(Fraction(-1), Fraction(2), Fraction(2), 64)
    assert (low, high) == (0, 4)
    low, high = power_bounds(Fraction(8), Fraction(8), Fraction(-1, 3), 64)
    assert low <= Fraction(1, 2) <= high


def test_the_calculus_of_one_variable() -> None:
    """t log t - t + 1 >= 0 on (0, 1): it falls to 0 at 1; the wrong sign, and a move too few, are rejected."""
    f = {poly(0, 1): (poly(0, 1), poly(1)), poly(): (poly(1, -1), poly(1))}
    assert derivative(f) == {poly(0, 1): (poly(1), poly(1))}
    assert limit(f, 0) == 1
    assert limit(f, 1) == 0
    nonnegative(f, ["fall", "fall"])
    for moves in ([], ["fall"], ["rise", "fall"], ["concave"]):
        with pytest.raises(Rejected):
            nonnegative(f, moves)
    with pytest.raises(Rejected):
        nonnegative(add(*((key, (tuple(-c for c in n), d)) for key, (n, d) in f.items())), ["fall", "fall"])
    with pytest.raises(Rejected):
        nonnegative(f, [{"scale": [["-1"], ["1"]]}, "fall", "fall"])


def test_positivity_on_the_unit_interval() -> None:
    assert positive(poly(1, -1))
    assert positive(poly(0, 1))
    assert positive(poly(1, -2, 1))
    assert not positive(poly(1, -3, 1))
    assert not positive(poly(-1))
    assert not positive(poly())


def test_witness_values_against_floats() -> None:
    p, q = [0.7, 0.3], [0.5, 0.5]
    document = prove("D(P||Q) = D(Q||P)").certificate
    assert document is not None
    world = World(document["proofs"][0])
    scope = Scope(document["statement"])
    value = world.exact(scope.vector(document["statement"]["claims"][0]["left"]))
    number = sum(float(c) * (log(b) if b > 1 else 1) for b, c in value.items())
    assert number == pytest.approx(sum(a * log(a / b) for a, b in zip(p, q)))
