"""What a text may not mean: infinite terms of continuous variables, functions and sums of variables."""

from __future__ import annotations

import pytest
from sympy import Eq, Ge, Rational, symbols

from symkl import KL, Entropy, Normal, Renyi, TotalVariation
from symkl.core.certificates import digest
from symkl.core.composite import law
from symkl.errors import DomainError, ParseError
from symkl.prove import H, I, check, prove, variables
from symkl.render import render


@pytest.mark.parametrize("claim", ["I(X;X) = h(X)", "h(X|X) = 0", "h(X,X) = h(X)", "I(X;X,Y) = h(X)", "I(X;X|Y) = h(X|Y)", "h(X) >= h(Y,X|Y)"])
def test_a_continuous_variable_told_twice_is_refused(claim: str) -> None:
    with pytest.raises(ParseError, match="infinit"):
        prove(claim)
    assert prove(claim.replace("h", "H")).is_proved  # discrete ones have these entropies


@pytest.mark.parametrize("given", ["h(X|X) = 0", "X : Y", "X -> Y -> X", "X _||_ X"])
def test_nor_is_it_a_hypothesis(given: str) -> None:
    with pytest.raises(ParseError, match="infinit"):
        prove("h(X) <= 0", given)


def test_variables_of_python_told_twice() -> None:
    (X,) = variables("X", continuous=True)
    with pytest.raises(DomainError, match="infinite"):
        prove(Eq(I(X, X), H(X)))
    (K,) = variables("K")
    assert prove(Eq(I(K, K), H(K))).is_proved


@pytest.mark.parametrize("claim", ["I(X;X) = H(X)", "H(X|X) = 0", "I(X;X|Y) = H(X|Y)", "I(X;X,Y) >= H(X)"])
def test_the_checker_rejects_them_too(claim: str) -> None:
    document = dict(prove(claim).certificate or {})
    assert check(document).is_proved
    document["statement"] = {**document["statement"], "continuous": ["X"]}
    document["digest"] = digest(document)
    verdict = check(document)
    assert verdict.is_refuted and "infinite" in str(verdict.reason)


@pytest.mark.parametrize("claim", ["h(f(X)) <= h(X)", "H(f(X)) <= H(X)", "h(X,f(X)) = h(X)", "I(X;f(X)) <= H(X)", "h(2*X) = h(X)", "H(X*Y) >= H(X)"])
def test_functions_of_variables_are_not_read_as_laws(claim: str) -> None:
    with pytest.raises(ParseError, match="function of random variables"):
        prove(claim)


@pytest.mark.parametrize(("claim", "given"), [("H(X+Y) >= H(X)", []), ("H(Z) >= H(X)", ["Z = X + Y"])])
def test_sums_of_variables_are_said_to_be_unsupported(claim: str, given: list[str]) -> None:
    with pytest.raises(ParseError, match="a sum of random variables is not supported"):
        prove(claim, given)


def test_both_entropies_of_one_variable_are_not_mixed() -> None:
    with pytest.raises(ParseError, match="write h here too"):
        prove("I(X;Y) = h(X)", "H(X|Y) = 0")
    assert not prove("h(P*Q) >= h(P)").is_proved  # the small h of laws: they are continuous


@pytest.mark.parametrize("claim", ["D(P||Q) <= oo", "D(P||Q) < inf", "H(X) <= infinity", "D(P||Q) = nan"])
def test_infinity_is_no_parameter(claim: str) -> None:
    with pytest.raises(ParseError, match="is no number"):
        prove(claim)


@pytest.mark.parametrize("order", ["a", "oo", "0", "500", "log(2)"])
def test_orders_are_rational_numbers(order: str) -> None:
    with pytest.raises(ParseError):
        prove(f"Renyi(P,Q,{order}) >= 0", "a <= b" if order == "a" else ())
    P, Q = law("P"), law("Q")
    verdict = prove(Ge(Renyi(P, Q, symbols("a")), 0, evaluate=False))
    assert verdict.is_unknown and "must be a rational number" in str(verdict.reason)


def test_a_measure_less_itself_must_be_finite() -> None:
    assert str(prove("D(P||Q) - D(P||Q) = 0").reason).endswith("what cancels must be finite: D(P||Q)")
    assert "must be finite: D(P||Q)" in str(prove("D(P||Q) + D(Q||P) - D(P||Q) >= 0").reason)
    assert "finite" not in str(prove("D(P||Q) = D(P||Q)").reason)


@pytest.mark.parametrize("claim", ["H(X|Y) >= 0", "I(X;Y|Z) >= 0", "D(P||Q) <= D(P||Q)"])
def test_no_line_of_a_proof_says_nothing(claim: str) -> None:
    assert len(prove(claim).steps) == 1


def test_rejections_are_sentences() -> None:
    document = dict(prove("D(P||Q) >= 0").certificate or {})
    document["statement"] = {**document["statement"], "claims": [{**document["statement"]["claims"][0], "sign": "<="}]}
    document["digest"] = digest(document)
    assert str(check(document).reason) == "what does not cancel has an integral of densities in it"


@pytest.mark.parametrize("given", [[], [KL(law("P"), law("Q")) <= 0.5]])
def test_floats_in_claims_of_python_are_refused(given: list[object]) -> None:
    with pytest.raises(DomainError, match=r"is a float, and claims are about exact numbers; write Rational\('0\.[57]'\)"):
        prove(TotalVariation(law("P"), law("Q")) <= (0.7 if not given else Rational(1, 2)), given=given)


def test_a_variable_is_named_once() -> None:
    with pytest.raises(DomainError, match="X is named twice"):
        variables("X Y X")


def test_a_variable_is_no_law() -> None:
    with pytest.raises(TypeError, match=r"a law is wanted .*, not X; the measures of random variables are H and I of symkl\.prove"):
        Entropy(variables("X")[0])


def test_conditions_of_a_proof_are_formulas_in_latex() -> None:
    m, n, s = symbols("m n s")
    verdict = prove(Eq(KL(Normal(m, s), Normal(n, s)), (m - n) ** 2 / (2 * s**2)))
    assert "where m is real, s > 0, n is real" in str(verdict)
    assert r"where $m \in \mathbb{R}$, $s > 0$, $n \in \mathbb{R}$" in render(verdict, "latex")


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        ("D(1/2*Exponential(1) + 1/2*Exponential(3) || Exponential(2)) >= 0", "proved"),
        ("H(Exponential(a)) <= 1 - log(a)", "proved"),
        ("H(Exponential(a)) <= 1 - log(a) - 1e-9", "refuted"),
        ("TV([7/10, 3/10], [1/2, 1/2]) = 1/5", "proved"),
    ],
)
def test_texts_with_families_and_masses_are_read_as_on_the_command_line(claim: str, status: str) -> None:
    assert prove(claim).status == status
