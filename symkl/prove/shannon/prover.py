"""Claims about entropies of random variables: proved by a cone certificate, refuted by a finite law, or unknown."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symkl.core.certificates import sealed
from symkl.core.verdict import Verdict, Worded
from symkl.prove.certificate import DISCRETE, listed_facts, rests_on_discreteness, statement_json, unequal
from symkl.prove.shannon.cone import Basic, Combination, combination
from symkl.prove.shannon.forms import Form, Problem, problem_of
from symkl.prove.shannon.nonshannon import follows_from_zhang_yeung
from symkl.prove.shannon.search import JointLaw, refutation
from symkl.prove.steps import Step, formula_step, weighted_sum
from symkl.prove.terms import Constant, Information, Relation, Scalar, Statement, negative, plus
from symkl.prove.texform import scalar_tex

__all__ = ["settle"]

#: What a claim left `sign` right asks to be ≥ 0: +1 for left − right, −1 for right − left; and whether strictly.
DIRECTIONS: dict[str, tuple[tuple[int, bool], ...]] = {
    ">=": ((1, False),),
    "<=": ((-1, False),),
    ">": ((1, True),),
    "<": ((-1, True),),
    "=": ((-1, False), (1, False)),
}

CITED = (
    "no sum of the basic (Shannon) inequalities and the hypotheses proves it; it would follow from Zhang and Yeung's inequality of 1998, "
    "which no law breaks but which is not proved here"
)


def settle(statement: Statement) -> Verdict:
    """The verdict on a statement whose terms are entropies and informations of random variables."""
    problem = problem_of(statement)
    clash = _inconsistency(problem, statement)
    if clash is not None:
        return clash
    proofs, steps, open_claims = [], [], []
    for k, relation in enumerate(statement.claims):
        found = _prove(problem, k, relation.sign, thorough=False)
        if found is None:
            law = refutation(problem, k, quick=True)
            if law is not None:
                return _refuted(problem, statement, k, law)
            found = _prove(problem, k, relation.sign, thorough=True)
        if found is None:
            open_claims.append(k)
        else:
            proofs.append(found[0])
            steps += _narrated(problem, statement, relation, found[1])
    if not open_claims:
        document = sealed("proved", statement_json(statement), proofs)
        return Verdict("proved", reason=_summary(proofs), steps=tuple(steps), certificate=document, claim=statement)
    for k in open_claims:
        if _is_cited(problem, k):
            return Verdict("unknown", reason=CITED, claim=statement)
        law = refutation(problem, k)
        if law is not None:
            return _refuted(problem, statement, k, law)
    return Verdict("unknown", reason=_why_open(problem), claim=statement)


def _is_cited(problem: Problem, k: int) -> bool:
    form, sign = problem.claims[k]
    return sign in ("<=", ">=") and follows_from_zhang_yeung(problem, Form().plus(form, 1 if sign == ">=" else -1))


def _why_open(problem: Problem) -> str:
    kind = "the basic inequalities for continuous variables" if problem.continuous else "the basic (Shannon) inequalities"
    return f"it does not follow from {kind} and the hypotheses, and no finite law with rational masses was found that breaks it"


def _summary(proofs: list[dict[str, Any]]) -> str:
    listed = [item for proof in proofs for _, item in listed_facts(proof)]
    count = len(listed)
    if not count:
        return "by expanding both sides"
    told = " and hypotheses" if any(set(item) == {"hypothesis"} for item in listed) else ""
    kinds = f"a sum of {count} basic inequalit{'y' if count == 1 else 'ies'}{told} with rational weights"
    return kinds + (DISCRETE if rests_on_discreteness(proofs) else "")


def _prove(problem: Problem, k: int, sign: str, thorough: bool) -> tuple[dict[str, Any], list[tuple[int, bool, Combination]]] | None:
    """The proof as data, and the combinations it rests on with the direction each proves."""
    form, _ = problem.claims[k]
    if sign == "!=":
        for direction in (1, -1):
            found = combination(problem, Form().plus(form, direction), strict=True, thorough=thorough)
            if found is not None:
                return unequal(facts(problem, found), direction == 1, len(problem.given)), [(direction, True, found)]
        return None
    parts = []
    for direction, strict in DIRECTIONS[sign]:
        found = combination(problem, Form().plus(form, direction), strict=strict, thorough=thorough)
        if found is None:
            return None
        parts.append((direction, strict, found))
    sums = [{"facts": facts(problem, found)} for _, _, found in parts]
    return {"ways": sums} if sign == "=" else sums[0], parts


def facts(problem: Problem, found: Combination) -> list[list[Any]]:
    listed: list[list[Any]] = [[str(w), _fact(problem, basic)] for w, basic in found.basics]
    return listed + [[str(w), {"hypothesis": _given_index(problem, k)}] for w, k in found.hypotheses]


def _given_index(problem: Problem, k: int) -> int:
    """The place of the k-th usable hypothesis among all."""
    return [i for i, (_, sign) in enumerate(problem.given) if sign != "!="][k]


def _fact(problem: Problem, basic: Basic) -> dict[str, Any]:
    a, b, c = (problem.group(mask) for mask in (basic.a, basic.b, basic.c))
    return {"I": [a, b], "given": c} if b else {"H": a, "given": c}


def term(problem: Problem, basic: Basic) -> Information:
    a, b, c = (tuple(problem.group(mask)) for mask in (basic.a, basic.b, basic.c))
    return Information((a, b) if b else (a,), c)


def _narrated(problem: Problem, statement: Statement, relation: Relation, parts: list[tuple[int, bool, Combination]]) -> list[Step]:
    """The difference of the sides as a weighted sum, then why each term has its sign."""
    zero: Scalar = Constant(Fraction(0))
    steps: list[Step] = []
    usable = [each for each in statement.given if each.sign != "!="]
    said: set[str] = set()
    for direction, strict, found in parts:
        if relation.sign == "=" and not found.basics and not found.hypotheses:
            if not steps:
                steps.append(formula_step(relation.left, "=", relation.right, "both sides are the same combination of joint entropies"))
            continue
        left, right = (relation.left, relation.right) if direction == 1 else (relation.right, relation.left)
        pieces: list[tuple[Fraction, Scalar]] = [(w, term(problem, basic)) for w, basic in found.basics]
        for w, k in found.hypotheses:
            bigger, smaller = (usable[k].left, usable[k].right) if ">" in usable[k].sign else (usable[k].right, usable[k].left)
            pieces.append((w, _difference(bigger, smaller)))
        rest = _constant_scalar(found.rest)
        total = plus(weighted_sum(pieces), rest)
        if total != _difference(left, right):
            steps.append(formula_step(_difference(left, right), "=", total, "expanding into joint entropies"))
        for _, basic in found.basics:
            why = "conditional mutual information is never negative" if basic.b else "the entropy of a discrete variable is never negative"
            steps.append(formula_step(term(problem, basic), ">=", zero, why))
        for _, k in found.hypotheses:
            steps.append(formula_step(usable[k].left, usable[k].sign, usable[k].right, "given"))
        if rest != zero:
            steps.append(formula_step(rest, ">" if strict else ">=", zero, "a number"))
        turned = direction == -1 and relation.sign in ("<=", "<")
        last = formula_step(right, relation.sign, left, "so") if turned else formula_step(left, ">" if strict else ">=", right, "so")
        if not steps or steps[-1].text.split("  (")[0] != last.text.removeprefix("so "):
            steps.append(last)
    return [s for s in steps if not (s.text in said or said.add(s.text))]  # type: ignore[func-returns-value]


def _difference(left: Scalar, right: Scalar) -> Scalar:
    return plus(left, negative(right))


def _constant_scalar(form: Form) -> Scalar:
    from symkl.prove.terms import Call

    logs: list[tuple[Fraction, Scalar]] = [(c, Call("log", Constant(b))) for b, c in sorted(form.logs.items())]
    return plus(weighted_sum(logs), Constant(form.rational))


def _refuted(problem: Problem, statement: Statement, k: int, law: JointLaw) -> Verdict:
    form, _sign = problem.claims[k]
    relation = statement.claims[k]
    witness = {
        "tables": {"variables": [list(law.names), [[[str(v) for v in point], str(m)] for point, m in law.outcomes]]},
        "channels": {},
        "widths": {name: str(w) for name, w in sorted(law.widths.items())},
        "parameters": {},
        "violates": k,
    }
    left_minus_right = Form(logs=form.logs, rational=form.rational)
    for mask, c in form.entropies.items():
        left_minus_right = left_minus_right.plus(law.entropy(mask), c)
    value = _constant_scalar(_tidied(left_minus_right))
    step = formula_step(_difference(relation.left, relation.right), "=", value, "at the witness")
    return Verdict(
        "refuted",
        reason=Worded(f"it fails: left − right = {value}", f"it fails: left $-$ right $= {scalar_tex(value)}$"),
        witness=law,
        steps=(step,),
        certificate=sealed("refuted", statement_json(statement), [witness]),
        claim=statement,
    )


def _tidied(form: Form) -> Form:
    """The constant over coprime integers."""
    return Form(logs={Fraction(b): c for b, c in form.constant.log_terms.items()}, rational=form.rational)


def _inconsistency(problem: Problem, statement: Statement) -> Verdict | None:
    """A verdict that says so, if the hypotheses contradict each other."""
    strict = [form if ">" in sign else Form().plus(form, -1) for form, sign in problem.given if sign in ("<", ">")]
    goals = [Form(rational=Fraction(-1))] if any(f.has_constant for f, _ in problem.given) else []
    goals += [Form().plus(form, -1) for form in strict]
    for goal in goals:
        found = combination(problem, goal, margin=Fraction(1, 2))
        if found is None:
            continue
        listed = facts(problem, found)
        if goal.entropies or not goal.rational:
            index = next(i for i, (f, s) in enumerate(problem.given) if s in ("<", ">") and goal == (Form().plus(f, -1) if ">" in s else f))
            listed.append(["1", {"hypothesis": index}])
        document = sealed("inconsistent", statement_json(statement), [{"facts": listed}])
        return Verdict(
            "unknown",
            reason="the hypotheses are inconsistent: no law satisfies them all, so every claim would follow",
            certificate=document,
            claim=statement,
        )
    return None
