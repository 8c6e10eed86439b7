"""How proofs are told: arithmetic is called so, and a function that is zero needs no sign."""

from __future__ import annotations

from fractions import Fraction

from symkl.prove import prove
from symkl.prove.divergence.calculus import poly
from symkl.prove.divergence.narrative import comparison_steps


def told(claim: str) -> str:
    verdict = prove(claim)
    assert verdict.is_proved, verdict.reason
    return "; ".join(map(str, verdict.steps))


def test_what_is_arithmetic_alone_is_called_so() -> None:
    alone = told("TV(P,Q) >= 1/4*TV(P,Q) + 1/4*TV(P,Q)")
    assert "(by arithmetic)" in alone
    assert "log-densities" not in alone
    assert "(expanding into expected log-densities)" in told("J(P,Q) + D(P||R) >= D(P||Q)")


def test_a_function_that_is_zero_is_only_named() -> None:
    positive = {(): (poly(1), poly(1))}
    (first, second) = (comparison_steps(f, g, 1, Fraction(0), Fraction(0), [[], []]) for f, g in (({}, positive), (positive, {})))
    assert first[0].text.startswith("f(t) = 0 for 0 < t < 1")
    assert "it is enough that g(t) = 1 >= 0" in first[-1].text
    assert second[0].text.startswith("it is enough that f(t) = 1 >= 0")
    assert "g(t) = 0 for 0 < t < 1" in second[-1].text
    assert not any("0 >= 0" in step.text for step in (*first, *second))
