"""Planted errors: a correct derivation with one thing wrong in it, everything after it made consistent, is never proved.

Three derivations are written by hand, the others come from the engine. A mutation changes one step (its value, its data or its
conditions); the later steps are then applied blindly, so that only the one wrong step can give the forgery away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sympy import Add, Expr, Piecewise, Rational, S, Symbol, gamma, log, loggamma, oo, pi, polygamma, sqrt, symbols

import symkl
from symkl.core import KL, Continuum, Density, Entropy, Expectation
from symkl.core.steps import Step
from symkl.derive.check import check_steps
from symkl.derive.evaluable import plain
from symkl.derive.measures import derive
from symkl.families import Exponential, Gamma, Normal

TINY = Rational(1, 10**9)
half = Rational(1, 2)
u = Symbol("u", positive=True)
x, z = symbols("x z", real=True)


@dataclass(frozen=True)
class Proof:
    head: Expr
    steps: tuple[Step, ...]
    result: Expr
    conditions: tuple[Any, ...] = ()

    def status(self) -> str:
        return check_steps(self.head, self.steps, self.result, self.conditions).status

    def forged(self, at: int, step: Step) -> Proof:
        """The proof with another step at `at`, and the result that it leads to if nobody looks."""
        old = self.steps[at]
        steps = (*self.steps[:at], step, *self.steps[at + 1 :])
        final = self.result.args[0].args[0] if isinstance(self.result, Piecewise) else self.result
        if old.kind == "algebra" and old.after == final:
            return replace(self, steps=steps, result=self.result.xreplace({old.after: step.after}))
        steps = tuple(each for each in steps if each is step or each.kind != "algebra")
        return replace(self, steps=steps, result=blind(self.head, steps))


def blind(head: Expr, steps: tuple[Step, ...]) -> Expr:
    """Where the steps lead."""
    equations = {each.before: each.after for each in steps if each.kind not in ("piecewise", "assumption")}
    current = head
    for each in steps:
        current = current.xreplace({each.before: each.after})
    for _ in steps:
        current = current.xreplace(equations)
    return current


# -- by hand -------------------------------------------------------------------------------------------------------------------------


def exponential_proof() -> Proof:
    a, b = symbols("a b", positive=True)
    P, Q = Exponential(a), Exponential(b)
    f = log(a) - log(b) + (b - a) * u
    standard = Density.from_log(-u, u, Continuum(0, oo))
    mean, scaled = Expectation(u, u, P), Expectation(u / a, u, standard)
    one = Expectation(u, u, standard)
    steps = (
        Step(KL(P, Q), Expectation(f, u, P), "definition", "definition"),
        Step(Expectation(f, u, P), log(a) - log(b) + (b - a) * mean, "linearity", "linearity"),
        Step(mean, scaled, "substitution", "u = a x", (), {"maps": ((S.One, u / a, u, standard),)}),
        Step(scaled, one / a, "linearity", "linearity"),
        Step(one, S.One, "master", "gamma", (), {"master": "gamma", "values": (("s", S(2)), ("t", S.One)), "orders": (), "coefficient": S.One}),
    )
    return Proof(KL(P, Q), steps, log(a) - log(b) + (b - a) / a)


def gamma_entropy_proof() -> Proof:
    a, b = symbols("a b", positive=True)
    P = Gamma(a, b)
    standard = Density.from_log((a - 1) * log(u) - u - loggamma(a), u, Continuum(0, oo))
    constant = loggamma(a) - a * log(b)
    logs, mean = Expectation(log(u), u, P), Expectation(u, u, P)
    inner_logs, inner_mean = Expectation(log(u), u, standard), Expectation(u, u, standard)
    maps = {"maps": ((S.One, u / b, u, standard),)}
    first = {"master": "gamma", "values": (("s", a), ("t", S.One)), "orders": (("s", 1),), "coefficient": 1 / gamma(a)}
    second = {"master": "gamma", "values": (("s", a + 1), ("t", S.One)), "orders": (), "coefficient": 1 / gamma(a)}
    f = constant - (a - 1) * log(u) + b * u
    steps = (
        Step(Entropy(P), Expectation(f, u, P), "definition", "definition"),
        Step(Expectation(f, u, P), constant - (a - 1) * logs + b * mean, "linearity", "linearity"),
        Step(logs, Expectation(log(u) - log(b), u, standard), "substitution", "u = b x", (), maps),
        Step(Expectation(log(u) - log(b), u, standard), inner_logs - log(b), "linearity", "linearity"),
        Step(inner_logs, polygamma(0, a), "master", "gamma", (), first),
        Step(mean, Expectation(u / b, u, standard), "substitution", "u = b x", (), maps),
        Step(Expectation(u / b, u, standard), inner_mean / b, "linearity", "linearity"),
        Step(inner_mean, a, "master", "gamma", (), second),
    )
    return Proof(Entropy(P), steps, constant - (a - 1) * (polygamma(0, a) - log(b)) + a)


def normal_proof() -> Proof:
    m1, m2 = symbols("m1 m2", real=True)
    s1, s2 = symbols("s1 s2", positive=True)
    P, Q = Normal(m1, s1), Normal(m2, s2)
    standard = Density.from_log(-(z**2) / 2 - log(2 * pi) / 2, z, Continuum(-oo, oo))
    f = log(s2 / s1) - (x - m1) ** 2 / (2 * s1**2) + (x - m2) ** 2 / (2 * s2**2)
    transported = log(s2 / s1) - z**2 / 2 + (m1 + s1 * z - m2) ** 2 / (2 * s2**2)
    first, second = Expectation(z, z, standard), Expectation(z**2, z, standard)
    constant = log(s2 / s1) + (m1 - m2) ** 2 / (2 * s2**2)
    master = {"master": "gaussian", "values": (("t", S.Zero),), "coefficient": 1 / sqrt(2 * pi)}
    steps = (
        Step(KL(P, Q), Expectation(f, x, P), "definition", "definition"),
        Step(
            Expectation(f, x, P),
            Expectation(transported, z, standard),
            "substitution",
            "x = m1 + s1 z",
            (),
            {"maps": ((S.One, m1 + s1 * z, z, standard),)},
        ),
        Step(
            Expectation(transported, z, standard),
            constant + (s1**2 / (2 * s2**2) - half) * second + s1 * (m1 - m2) / s2**2 * first,
            "linearity",
            "linearity",
        ),
        Step(first, S.Zero, "master", "gaussian", (), {**master, "orders": (("t", 1),)}),
        Step(second, S.One, "master", "gaussian", (), {**master, "orders": (("t", 2),)}),
    )
    return Proof(KL(P, Q), steps, constant + s1**2 / (2 * s2**2) - half)


# -- by the engine -------------------------------------------------------------------------------------------------------------------

PAIRS = [
    ("Gamma", "LogNormal"),
    ("Laplace", "Laplace"),
    ("Cauchy", "Cauchy"),
    ("Beta", "Beta"),
    ("Weibull", "Gamma"),
    ("Poisson", "Poisson"),
    ("Geometric", "Geometric"),
    ("InverseGaussian", "Gamma"),
    ("VonMises", "VonMises"),
    ("Pareto", "Exponential"),
    ("StudentT", "Normal"),
    ("Uniform", "Uniform"),
    ("TruncatedExponential", "TruncatedExponential"),
    ("DiscreteLaplace", "DiscreteLaplace"),
    ("Exponential", "Laplace"),
    ("GeneralizedPareto", "Gumbel"),
    ("BetaBinomial", "BetaBinomial"),
]


def engine_proof(p: str, q: str) -> Proof:
    derived = derive(KL(getattr(symkl, p), getattr(symkl, q)))
    return Proof(derived.head, derived.steps, plain(derived.result), derived.conditions)


HAND = {"exponential": exponential_proof, "gamma entropy": gamma_entropy_proof, "normal": normal_proof}
PROOFS = [pytest.param(make, id=name) for name, make in HAND.items()]
PROOFS += [pytest.param(lambda p=p, q=q: engine_proof(p, q), id=f"{p}, {q}") for p, q in PAIRS]


# -- mutations -----------------------------------------------------------------------------------------------------------------------


def values(after: Expr, swap: dict[Any, Any]) -> Iterator[tuple[str, Expr]]:
    """Wrong right sides: shifted a little, scaled a little, of the other sign, with a term dropped or doubled, with P and Q exchanged."""
    yield "shifted by 1e-9", after + TINY
    yield "scaled by 1 + 1e-9", after * (1 + TINY)
    yield "of the other sign", -after
    for i, term in enumerate(Add.make_args(after)):
        if len(Add.make_args(after)) > 1:
            yield f"term {i} dropped", after - term
            yield f"term {i} of the other sign", after - 2 * term
    yield "P and Q exchanged", after.xreplace(swap)


def data(step: Step) -> Iterator[tuple[str, dict[str, Any]]]:
    """Wrong justifications of a right value: another map, weight, law or part of the support; other parameters or orders."""
    given = dict(step.data)
    if step.kind == "substitution":
        for i, (w, g, variable, law) in enumerate(given["maps"]):
            for name, changed in (
                ("Jacobian", (w, 2 * g, variable, law)),
                ("map", (w, g + 1, variable, law)),
                ("weight", (w * (1 + TINY), g, variable, law)),
                ("variable", (w, g, Symbol("other", positive=True), law)),
                ("normaliser", (w, g, variable, Density.from_log(law.log_density(variable) + TINY, variable, law.support))),
            ):
                yield name, {"maps": tuple(changed if j == i else each for j, each in enumerate(given["maps"]))}
            yield "piece left out", {"maps": given["maps"][:i] + given["maps"][i + 1 :]}
    if step.kind == "master" and given.get("values"):
        for i, (name, value) in enumerate(given["values"]):
            yield f"parameter {name}", {**given, "values": (*given["values"][:i], (name, value + TINY), *given["values"][i + 1 :])}
            yield f"parameter {name} missing", {**given, "values": given["values"][:i] + given["values"][i + 1 :]}
        yield "master", {**given, "master": "beta" if given["master"] != "beta" else "gamma"}
        if not isinstance(step.before.args[2].support, Continuum):
            return  # of a sum the checker finds coefficients itself, and a higher order than needed does no harm
        yield "coefficient", {**given, "coefficient": given.get("coefficient", 1) * (1 + TINY)}
        yield "order", {**given, "orders": tuple((name, n + 1) for name, n in given.get("orders", ())) or ((given["values"][0][0], 1),)}
    for name in {"score": ("slope", "rest", "at"), "telescoped sum": ("G",), "lattice kink": ("kink",), "even kink": ("kink", "centre")}.get(
        step.kind, ()
    ):
        yield name, {**given, name: given[name] * (1 + TINY) + TINY}
    if step.kind == "branches":
        inner = given["branches"][-1]
        yield "step of a case", {**given, "branches": (*given["branches"][:-1], replace(inner, after=inner.after + TINY))}
    if step.kind == "cases":
        (symbol, head, steps, result), other = given["cases"]
        yield "result of a case", {**given, "cases": ((symbol, head, steps, result + TINY), other)}
        yield "one case for both", {**given, "cases": (given["cases"][0], given["cases"][0])}
        yield "case without steps", {**given, "cases": ((symbol, head, (), result), other)}
    if step.kind == "antiderivative":
        for i, (a, b, G, Ga, Gb) in enumerate(given["pieces"]):
            for name, changed in (
                ("antiderivative", (a, b, G * (1 + TINY), Ga, Gb)),
                ("value at the end", (a, b, G, Ga, Gb + TINY)),
                ("end", (a, b + 1, G, Ga, Gb)),
            ):
                yield name, {"pieces": tuple(changed if j == i else each for j, each in enumerate(given["pieces"]))}


def exchange(proof: Proof) -> dict[Any, Any]:
    if not isinstance(proof.head, KL):
        return {}
    P, Q = proof.head.laws
    pairs = [(p, q) for p, q in zip(P.args, Q.args) if p.is_Symbol and q.is_Symbol and p.assumptions0 == q.assumptions0]
    return {old: new for p, q in pairs for old, new in ((p, q), (q, p))}


def mutations(proof: Proof) -> Iterator[tuple[str, Proof]]:
    swap = exchange(proof)
    for i, step in enumerate(proof.steps):
        if step.kind == "piecewise":
            continue
        for name, after in values(step.after, swap):
            if (after - step.after).expand() != 0:
                yield f"step {i} ({step.kind}): {name}", proof.forged(i, replace(step, after=after))
        for name, changed in data(step):
            if changed != step.data:
                yield f"step {i} ({step.kind}): wrong {name}", proof.forged(i, replace(step, data=changed))


@pytest.mark.parametrize("make", PROOFS)
def test_the_unchanged_proof_is_proved(make: Any) -> None:
    assert make().status() == "proved"


def check_mutations(proof: Proof, every: int) -> None:
    forgeries = list(mutations(proof))
    assert len(forgeries) > 5
    for name, forgery in forgeries[::every]:
        assert forgery.status() != "proved", name


@pytest.mark.parametrize("make", PROOFS)
def test_no_mutation_is_proved(make: Any) -> None:
    """All mutations of the proofs by hand, every sixth of the others."""
    check_mutations(make(), 1 if make in HAND.values() else 6)


@pytest.mark.slow
@pytest.mark.parametrize("make", PROOFS[len(HAND) :])
def test_no_mutation_at_all_is_proved(make: Any) -> None:
    check_mutations(make(), 1)


@pytest.mark.parametrize("make", PROOFS)
def test_no_other_result_is_proved(make: Any) -> None:
    proof = make()
    swap = exchange(proof)
    wrong = [proof.result + TINY, proof.result * (1 + TINY), -proof.result]
    if swap and (proof.result - proof.result.xreplace(swap)).expand() != 0:
        wrong.append(proof.result.xreplace(swap))
    if isinstance(proof.result, Piecewise):
        value = proof.result.args[0][0]
        wrong += [value, Piecewise((value + TINY, proof.result.args[0][1]), (oo, True)), Piecewise((value, proof.result.args[0][1]), (0, True))]
    for result in wrong:
        if result != proof.result:
            assert replace(proof, result=result).status() != "proved", result


@pytest.mark.parametrize("make", PROOFS)
def test_a_step_left_out_is_not_proved(make: Any) -> None:
    proof = make()
    for i, step in enumerate(proof.steps):
        rest = proof.steps[:i] + proof.steps[i + 1 :]
        # a step about an expectation that cancels is not needed
        if step.kind not in ("algebra", "assumption") and (step.kind == "piecewise" or blind(proof.head, rest).has(step.before)):
            shorter = replace(proof, steps=rest)
            assert shorter.status() != "proved", (i, step)


@pytest.mark.parametrize(("p", "q"), [("Pareto", "Exponential"), ("StudentT", "Normal"), ("Uniform", "Uniform")])
def test_a_missing_condition_is_not_proved(p: str, q: str) -> None:
    """Without the split into cases, or with another condition in it, nothing is proved."""
    proof = engine_proof(p, q)
    ((value, condition), _) = proof.result.args
    at = next(i for i, step in enumerate(proof.steps) if step.kind == "piecewise")
    bare = tuple(replace(step, conditions=()) for step in proof.steps[:at] + proof.steps[at + 1 :])
    assert check_steps(proof.head, bare, value).status != "proved"
    weaker = S.true if p != "StudentT" else proof.head.laws[0].args[0] > 1
    for other in {weaker, ~condition}:
        split = Piecewise((proof.head, other), (oo, True))
        forged = Piecewise((value, other), (oo, True))
        steps = (*proof.steps[:at], replace(proof.steps[at], after=split, conditions=()), *(replace(s, conditions=()) for s in proof.steps[at + 1 :]))
        assert check_steps(proof.head, steps, forged).status != "proved", other
