"""Inequalities between the divergences of two laws, put into claims about families: a measure is replaced by a bound that has a closed form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sympy import Dummy, Expr, S, exp, expand, log, sqrt
from sympy.core.relational import Relational

from symkl.core.divergences import Bhattacharyya, Chi2, Hellinger, Jeffreys, JensenShannon, TotalVariation
from symkl.core.heads import KL, Expectation, Head
from symkl.core.laws import Law
from symkl.derive.measures import derive
from symkl.errors import DomainError, NoClosedForm, Undecided
from symkl.form.facts import Facts
from symkl.prove.cases import greater_and_lesser
from symkl.prove.steps import Step, plain

__all__ = ["LEMMAS", "Lemma", "bounded", "is_of_two_laws"]


@dataclass(frozen=True)
class Lemma:
    """A measure of P and Q is at most a bound, or at least; the text is a theorem that is proved of all laws."""

    text: str
    measure: type[Head]
    below: bool
    bound: Callable[[Law, Law], Expr]


def _affinity(P: Law, Q: Law) -> Expr:
    """BC(P, Q) = ∫ √(p q)."""
    return exp(-Bhattacharyya(P, Q))


LEMMAS = (
    Lemma("TV(P,Q) <= sqrt(1 - BC(P,Q)^2)", TotalVariation, True, lambda P, Q: sqrt(1 - _affinity(P, Q) ** 2)),
    Lemma("TV(P,Q) <= sqrt(D(P||Q)/2)", TotalVariation, True, lambda P, Q: sqrt(KL(P, Q) / 2)),
    Lemma("TV(P,Q) <= sqrt(D(Q||P)/2)", TotalVariation, True, lambda P, Q: sqrt(KL(Q, P) / 2)),
    Lemma("TV(P,Q) <= sqrt(2*Bhattacharyya(P,Q))", TotalVariation, True, lambda P, Q: sqrt(2 * Bhattacharyya(P, Q))),
    Lemma("TV(P,Q) <= 1 - exp(-D(P||Q))/2", TotalVariation, True, lambda P, Q: 1 - exp(-KL(P, Q)) / 2),
    Lemma("TV(P,Q) <= 1 - exp(-D(Q||P))/2", TotalVariation, True, lambda P, Q: 1 - exp(-KL(Q, P)) / 2),
    Lemma("TV(P,Q) <= sqrt(Chi2(P||Q))/2", TotalVariation, True, lambda P, Q: sqrt(Chi2(P, Q)) / 2),
    Lemma("TV(P,Q) <= 1", TotalVariation, True, lambda P, Q: S.One),
    Lemma("TV(P,Q) >= 1 - BC(P,Q)", TotalVariation, False, lambda P, Q: 1 - _affinity(P, Q)),
    Lemma("JSD(P,Q) <= J(P,Q)/8", JensenShannon, True, lambda P, Q: Jeffreys(P, Q) / 8),
    Lemma("JSD(P,Q) <= Hellinger(P,Q)^2", JensenShannon, True, lambda P, Q: Hellinger(P, Q) ** 2),
    Lemma("JSD(P,Q) <= log(2)*TV(P,Q)", JensenShannon, True, lambda P, Q: log(2) * TotalVariation(P, Q)),
    Lemma("JSD(P,Q) <= log(2)", JensenShannon, True, lambda P, Q: log(2)),
    Lemma("JSD(P,Q) >= log(2)*Hellinger(P,Q)^2", JensenShannon, False, lambda P, Q: log(2) * Hellinger(P, Q) ** 2),
    Lemma("JSD(P,Q) >= TV(P,Q)^2/2", JensenShannon, False, lambda P, Q: TotalVariation(P, Q) ** 2 / 2),
    Lemma("D(P||Q) <= log(1 + Chi2(P||Q))", KL, True, lambda P, Q: log(1 + Chi2(P, Q))),
    Lemma("D(P||Q) >= 2*Bhattacharyya(P,Q)", KL, False, lambda P, Q: 2 * Bhattacharyya(P, Q)),
    Lemma("D(P||Q) >= 2*TV(P,Q)^2", KL, False, lambda P, Q: 2 * TotalVariation(P, Q) ** 2),
)


def bounded(claim: Relational, facts: Facts) -> Iterator[tuple[Relational, Step]]:
    """Claims from which the inequality follows: in one measure, its difference of sides falls or rises, and it is replaced by its bound."""
    bigger, smaller = greater_and_lesser(claim)
    value = Dummy("v", nonnegative=True)
    for head in sorted((bigger - smaller).atoms(*{each.measure for each in LEMMAS}), key=str):
        if (isinstance(head, KL) and _is_closed(head)) or not is_of_two_laws(head):
            continue
        slope = expand(bigger - smaller).xreplace({head: value}).diff(value)
        for below, sign in ((True, -1), (False, 1)):
            if slope and facts.is_nonnegative(sign * slope):
                for lemma in LEMMAS:
                    if isinstance(head, lemma.measure) and lemma.below == below:
                        yield _put_in(claim, head, lemma)


def is_of_two_laws(head: Head) -> bool:
    """Whether it is the measure of two laws and nothing else: in nats, and of the usual weights."""
    return len(head.laws) == 2 and tuple(head.args[2:]) == tuple(type(head)(*head.laws).args[2:])


def _is_closed(head: KL) -> bool:
    try:
        return not derive(head).result.has(Expectation)
    except (DomainError, NoClosedForm, Undecided):
        return False


def _put_in(claim: Relational, head: Head, lemma: Lemma) -> tuple[Relational, Step]:
    from sympy import latex

    bound = lemma.bound(*head.laws)
    changed = claim.func(*(side.xreplace({head: bound}) for side in claim.args), evaluate=False)
    text = f"{plain(head)} {'<=' if lemma.below else '>='} {plain(bound)}"
    return changed, Step(f"{text}  ({lemma.text})", rf"${latex(head)} {chr(92)}{'le' if lemma.below else 'ge'} {latex(bound)}$ ({lemma.text})")
