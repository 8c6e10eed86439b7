"""Values of finite laws that the test suites of other packages hold, exactly and to the digits printed there."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import pytest
from sympy import Rational, oo

from symkl import Finite, cross_entropy, entropy, evaluate, jensen_shannon, kl


def law(text: str) -> Finite:
    """Weights, exact as they are written, over their sum."""
    weights = [Fraction(each) for each in text.split()]
    return Finite([Rational(w.numerator, w.denominator) / Rational(str(sum(weights))) for w in weights])


#: Source, measure, P, Q, base (0: e), and the value as printed there.
KNOWN: list[tuple[str, Any, str, str, int, str]] = [
    ("scipy", entropy, "0 1 2", "", 0, "0.63651416829481278"),
    ("scipy", kl, "0.1 0.6 0.3", "0.2 0.3 0.5", 0, "0.1933259"),
    ("scipy", kl, "0.2 0.3 0.5", "0.1 0.6 0.3", 0, "0.18609809"),
    ("scipy", kl, "0 0.6 0.3", "0 0.3 0.5", 0, "0.17403988"),
    ("scipy", entropy, "0.3 0.5", "", 0, "0.66156324"),
    ("scipy", kl, "0.1 0.2", "0.2 0.1", 0, "0.23104906"),
    ("scipy", kl, "0.3 0.5", "0.5 0.3", 0, "0.12770641"),
    ("dit", cross_entropy, "1/2 1/2", "3/5 2/5", 2, "1.0294468445267841"),
    ("dit", entropy, "3/5 2/5", "", 2, "0.97095059445466858"),
    ("dit", kl, "1/2 1/2", "3/5 2/5", 2, "0.029446844526784144"),
    ("dit", kl, "3/5 2/5", "1/2 1/2", 2, "0.029049405545331419"),
    ("dit", kl, "1/2 1/2 0", "1/3 1/3 1/3", 2, "0.5849625007211563"),
    ("dml", kl, "9/25 12/25 4/25", "1/3 1/3 1/3", 0, "0.0852996"),
    ("dml", kl, "1/3 1/3 1/3", "9/25 12/25 4/25", 0, "0.097455"),
    ("mljs, Σ p log 2p/(p+q)", kl, "0.2 0.4 0.3 0.1", "0.25 0.3 0.3 0.15", 0, "0.029897607907053952"),
]


@pytest.mark.parametrize(("source", "measure", "P", "Q", "base", "printed"), KNOWN, ids=lambda part: part.__name__ if callable(part) else str(part))
def test_values_of_other_packages(source: str, measure: Any, P: str, Q: str, base: int, printed: str) -> None:
    laws = [law(P), *([law(Q)] if Q else [])]
    value = measure(*laws, **({"base": base} if base else {}))
    with mpmath.workdps(50):
        found, shown = mpmath.mpf(str(evaluate(value, 30))), mpmath.mpf(printed)
        # Doubles are good to a few units of their sixteenth digit, values that are printed shorter to half a unit of their last.
        tolerance = mpmath.mpf(10) ** -min(len(printed.partition(".")[2]), 15) * 2
        assert abs(found - shown) <= tolerance
        assert abs(found - _by_hand(measure, P, Q, base)) < mpmath.mpf(10) ** -29


def _by_hand(measure: Any, P: str, Q: str, base: int) -> Any:
    """The same by the definition, in mpmath."""
    p, q = ([mpmath.mpf(Fraction(w).numerator) / Fraction(w).denominator for w in text.split()] for text in (P, Q or P))
    p, q = [x / mpmath.fsum(p) for x in p], [x / mpmath.fsum(q) for x in q]
    term = {kl: lambda x, y: mpmath.log(x / y), entropy: lambda x, y: -mpmath.log(x), cross_entropy: lambda x, y: -mpmath.log(y)}[measure]
    return mpmath.fsum(x * term(x, y) for x, y in zip(p, q) if x) / (mpmath.log(base) if base else 1)


def test_infinities_and_zeros_of_other_packages() -> None:
    assert kl(law("0.1 0.6 0.3"), law("0 0.3 0.5")) is oo
    assert kl(law("0.5 0.2 0.3"), law("0.5 0.2 0.3")) == 0
    assert kl(law("0.5 0.2 0.3"), law("0.1 0.25 0.65")) > 0
    assert entropy(law(" ".join("1" * 16)), base=2) == 4
    assert jensen_shannon(law("1 0"), law("0 1"), base=2) == 1


def test_laws_of_a_thousand_outcomes_and_extreme_masses() -> None:
    P = law(" ".join(str(k) for k in range(1, 1001)))
    Q = law(" ".join(str(k) for k in range(1000, 0, -1)))
    assert jensen_shannon(P, Q) == jensen_shannon(Q, P)
    assert 0 < jensen_shannon(P, Q) < kl(P, Q)
    tiny = Rational(1, 10**300)
    R, S = Finite([tiny, 1 - tiny]), Finite([tiny**2, 1 - tiny**2])
    assert 0 < kl(R, S) < Rational(1, 10**297)
    assert 0 < jensen_shannon(R, S) < kl(R, S)
