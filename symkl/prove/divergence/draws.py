"""Independent draws: what n of them tell about two laws, against what one does, or each factor of a product."""

from __future__ import annotations

from collections.abc import Iterator

from symkl.prove.certificate import law_json, scalar_json
from symkl.prove.divergence.facts import HALF, ZERO, Candidate, evident, kinds_of
from symkl.prove.terms import Constant, Fold, Measure, Mix, ProductLaw, Relation, negative, plus, times

__all__ = ["of_one_draw", "subadditive"]


def of_one_draw(measures: list[Measure]) -> Iterator[Candidate]:
    """D_f(P, Q) ≤ D_f(Pⁿ, Qⁿ), n − 1 of the draws forgotten; and D((Pⁿ + Qⁿ)/2 ‖ ((P + Q)/2)ⁿ) ≥ 0, which is n JSD(P, Q) − JSD(Pⁿ, Qⁿ)."""
    for p, q in dict.fromkeys((m.laws[0], m.laws[-1]) for m in measures):
        if not (isinstance(p, Fold) and isinstance(q, Fold) and p.times == q.times):
            continue
        laws = [law_json(p), law_json(q)]
        for head, parameters in kinds_of(measures):
            fact = {"processing": head, "marginal": [0], "laws": laws, "parameters": [scalar_json(each) for each in parameters]}
            relation = Relation(Measure(head, (p, q), parameters), ">=", Measure(head, (p.law, q.law), parameters))
            yield Candidate(fact, relation, "one draw tells laws apart no better than n of them")
            if head == "JensenShannon":
                whole, one = (Mix(((Constant(HALF), a), (Constant(HALF), b))) for a, b in ((p, q), (p.law, q.law)))
                yield evident(Measure("KL", (whole, Fold(one, p.times))), "Gibbs' inequality")


def subadditive(measures: list[Measure]) -> Iterator[Candidate]:
    """1 − TV(P × R, Q × S) ≥ (1 − TV(P, Q))(1 − TV(R, S)), the first factor taken off one at a time."""
    yield from of_one_draw(measures)
    for measure in measures:
        p, q = measure.laws[0], measure.laws[-1]
        if measure.head == "TotalVariation" and isinstance(p, Fold) and isinstance(q, Fold) and p.times == q.times:
            fact = {"subadditivity": [law_json(p.law), law_json(q.law)], "draws": scalar_json(p.times)}
            bound = times(p.times, Measure("TotalVariation", (p.law, q.law)))
            yield Candidate(fact, Relation(bound, ">=", measure), "total variation of products")
        while measure.head == "TotalVariation" and isinstance(p, ProductLaw) and isinstance(q, ProductLaw) and len(p.factors) == len(q.factors):
            (first, *rest), (other, *more) = p.factors, q.factors
            r, s = (each[0] if len(each) == 1 else ProductLaw(tuple(each)) for each in (rest, more))
            fact = {"subadditivity": [law_json(each) for each in (first, r, other, s)]}
            a, b = Measure("TotalVariation", (first, other)), Measure("TotalVariation", (r, s))
            total = plus(a, b, negative(times(a, b)))
            yield Candidate(fact, Relation(total, ">=", Measure("TotalVariation", (p, q))), "total variation of products")
            yield Candidate({"both": [scalar_json(a), scalar_json(b)]}, Relation(times(a, b), ">=", ZERO), "a product of non-negative factors")
            p, q = r, s
