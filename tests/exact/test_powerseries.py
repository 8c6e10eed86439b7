"""Series whose coefficients are balls: products of long ones, and compositions that are cut as they go."""

from __future__ import annotations

import pytest

from symkl.exact.arithmetic import precision
from symkl.exact.powerseries import LONG, product
from symkl.exact.taylor import composed

flint = pytest.importorskip("flint")


@pytest.mark.parametrize("count", [3, LONG + 5])
@pytest.mark.parametrize("order", [2, 40, 2 * LONG + 20])
def test_products_hold_those_of_the_midpoints(count: int, order: int) -> None:
    with precision(128):
        f = [flint.acb(flint.arb(k + 1, 0.5**k), flint.arb(0, 0.01)) / 3**k for k in range(count)]
        g = [flint.acb(1) / (k + 1) for k in range(count)]
        found = product(f, g, order)
        assert len(found) == min(order + 1, 2 * count - 1)
        for n, value in enumerate(found):
            assert value.contains(sum((f[k].mid() * g[n - k].mid() for k in range(count) if 0 <= n - k < count), flint.acb(0)).mid())
            assert value.real.rad() < 4


@pytest.mark.parametrize("order", [1, 5, 20])
def test_composition(order: int) -> None:
    with precision(128):
        # e^u with u = log(1 + x), as a series in x.
        logarithm = [flint.acb(0), *(flint.acb(-1) ** (k + 1) / k for k in range(1, order + 1))]
        exponential = [1 / flint.acb(k + 1).gamma() for k in range(order + 1)]
        found = composed(exponential, logarithm, order)
        assert len(found) == order + 1
        for n, value in enumerate(found):
            assert value.overlaps(flint.acb(1 if n < 2 else 0)) and value.real.rad() < 1e-20
