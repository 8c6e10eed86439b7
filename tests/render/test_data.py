"""JSON: what SymPy reads back, and nothing that JSON does not have."""

from __future__ import annotations

import json

import pytest
from sympy import Float, I, Piecewise, Rational, Symbol, digamma, log, loggamma, oo, symbols, sympify

from symkl.core.heads import KL, Entropy
from symkl.derive import derive
from symkl.exact import LogSum, evaluate
from symkl.families import Beta, Cauchy, Finite, Gamma, Gumbel, LogNormal, Normal, Pareto, Poisson, Weibull, Zeta
from symkl.prove import prove
from symkl.render import render
from symkl.render.data import sympy_text

HEADS = [
    KL(Normal, Normal),
    KL(Gamma, LogNormal),
    KL(Beta, Beta),
    KL(Weibull, Weibull),
    KL(Pareto, Pareto),
    KL(Zeta, Zeta),
    KL(Gumbel, Gumbel),
    Entropy(Gamma),
    Entropy(Beta),
    KL(Poisson, Poisson),
]


def plain(expr: object) -> object:
    return expr.xreplace({s: Symbol(s.name) for s in expr.free_symbols})  # type: ignore[attr-defined]


@pytest.mark.parametrize("head", HEADS, ids=str)
def test_sympy_reads_the_expression_back(head: object) -> None:
    result = derive(head).result  # type: ignore[arg-type]
    again = sympify(json.loads(render(derive(head), "json"))["expr"])  # type: ignore[arg-type]
    assert str(again) == str(plain(result))
    assert json.loads(render(result, "json"))["expr"] == sympy_text(result)


def test_names_that_mean_something_in_sympy() -> None:
    names = symbols("beta gamma lambda S N E I zeta x_1 σ")
    expr = sum((i + 2) * name for i, name in enumerate(names))
    assert sympify(sympy_text(expr)) == expr


def test_conditions_and_laws_are_readable() -> None:
    derivation = derive(KL(Normal(Symbol("m"), Symbol("s")), Normal(0, 1)))
    data = json.loads(render(derivation, "json"))
    assert {str(sympify(condition)) for condition in data["conditions"]} == {"Contains(m, Reals)", "s > 0"}
    for step in data["steps"]:
        sympify(step["before"])
        sympify(step["after"])


def test_a_log_sum_is_plain_logs() -> None:
    value = LogSum((Rational(7, 10), 7), (-1, 5))
    assert sympify(sympy_text(value)) == Rational(7, 10) * log(7) - log(5)


def test_balls() -> None:
    data = json.loads(render(evaluate(log(2), 30), "json"))
    assert data["digits"] == "0.693147180559945309417232121458"
    assert data["value"] == pytest.approx(0.6931471805599453)
    assert float(data["radius"]) < 1e-29
    assert json.loads(render(evaluate(oo), "json"))["value"] == "oo"


def test_verdicts() -> None:
    data = json.loads(render(prove("I(X;Y) >= 0"), "json"))
    assert data["status"] == "proved"
    assert {"claim", "reason", "steps", "witness", "certificate"} < set(data)


def test_infinite_and_piecewise() -> None:
    data = json.loads(render(derive(KL(Cauchy, Normal)), "json"))
    assert (data["expr"], data["status"], data["kind"]) == ("oo", "infinite", "infinite")
    assert isinstance(sympify(json.loads(render(derive(KL(Pareto, Pareto)), "json"))["expr"]), Piecewise)


def test_finite_laws_with_labels() -> None:
    P = Finite({"a": Rational(1, 3), "b c": Rational(2, 3)})
    assert json.loads(render(derive(KL(P, P)), "json"))["expr"] == "0"


def test_no_float_slips_in() -> None:
    assert not sympify(sympy_text(digamma(Rational(1, 3)) + loggamma(Rational(1, 7)))).atoms(Float)
    assert sympy_text(I) == "I"
