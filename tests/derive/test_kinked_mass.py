"""∫ p^α q^(1−α) of two laws with kinks at points of unknown order."""

import mpmath
import pytest
from sympy import Abs, Eq, Piecewise, Rational, exp, log, oo, sqrt, symbols

from symkl import Laplace, bhattacharyya, chi2, hellinger, renyi

m1, m2 = symbols("m_1 m_2", real=True)
b, b1, b2, q = symbols("b b_1 b_2 q", positive=True)
d = Abs(m1 - m2)


def test_printed_forms() -> None:
    """Kailath (1967); Nielsen, Nock (2014)."""
    P, Q = Laplace(m1, b), Laplace(m2, b)
    assert abs((bhattacharyya(P, Q) - d / (2 * b) + log(1 + d / (2 * b))).subs({m1: 3, m2: -1, b: 2}).evalf(30)) < 1e-25
    assert chi2(P, Q) == 2 * exp(d / b) / 3 + exp(-2 * d / b) / 3 - 1
    assert chi2(Laplace(m1, b1), Laplace(m2, b2)).args[1] == (oo, True)
    assert hellinger(P, P) == 0


POINTS = [(3, -1, 1, 2), (-1, 3, 1, 2), (0, 2, Rational(3, 2), Rational(3, 2)), (1, 1, 1, 2), (Rational(1, 3), 0, 2, Rational(1, 5))]


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_either_order_and_equal_rates_against_quadrature(point) -> None:
    a, c, s, t = point
    found = hellinger(Laplace(m1, b1), Laplace(m2, b2)).subs({m1: a, m2: c, b1: s, b2: t})

    def laplace(x: mpmath.mpf, m: float, w: float) -> mpmath.mpf:
        return mpmath.exp(-abs(x - m) / w) / (2 * w)

    ends = sorted({mpmath.mpf(float(a)), mpmath.mpf(float(c))})
    overlap = mpmath.quad(lambda x: mpmath.sqrt(laplace(x, float(a), float(s)) * laplace(x, float(c), float(t))), [-mpmath.inf, *ends, mpmath.inf])
    assert abs(found.evalf(15) - sqrt(1 - overlap)) < 1e-7


def test_the_order_one_half_is_a_case_of_its_own() -> None:
    found = renyi(Laplace(m1, b), Laplace(m2, b), q)
    assert isinstance(found, Piecewise)
    assert {Eq(q, 1), Eq(q, Rational(1, 2))} <= {condition for _, condition in found.args}
    at = {m1: 2, m2: 0, b: 1}
    middle = found.subs(at | {q: Rational(1, 2)})
    assert abs((middle - 2 * bhattacharyya(Laplace(2, 1), Laplace(0, 1))).evalf(20)) < 1e-18
    near = found.subs(at | {q: Rational(1, 2) + Rational(1, 10**8)})
    assert abs((near - middle).evalf(20)) < 1e-7
