"""Known comparisons between the usual measures of one pair of laws, each found once."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from symkl.prove.certificate import law_json
from symkl.prove.divergence.compare import settled
from symkl.prove.divergence.facts import HALF, Candidate
from symkl.prove.terms import Call, Constant, LawExpression, LawName, Measure, Mix, Pow, Relation, Scalar, plus, times

__all__ = ["library"]

TWO = Fraction(2)


def library(p: LawExpression, q: LawExpression, concerned: Callable[[Scalar], bool]) -> list[Candidate]:
    """Comparisons between the usual measures of one pair that are concerned, found once for P and Q and then renamed."""
    ordered = [(k, *pair) for k in range(len(_TEMPLATES)) for pair in (((p, q), (q, p)) if _named(k) & _LOPSIDED else ((p, q),))]
    wanted = {pair: {m for m in _CHOSEN if concerned(_measures(*pair)[m])} for pair in ((p, q), (q, p))}
    found = (_instance(k, *pair) for k, *pair in ordered if not _named(k) & (_CHOSEN - wanted[pair[0], pair[1]]))
    return [candidate for candidate in found if candidate is not None]


def _named(k: int) -> set[str]:
    return {m for side in _TEMPLATES[k][:2] for _, m in side}


def _measures(p: LawExpression, q: LawExpression) -> dict[str, Scalar]:
    one = Constant(Fraction(1))
    return {
        "1": one,
        "TV": Measure("TotalVariation", (p, q)),
        "BC": Measure("Affinity", (p, q)),
        "D": Measure("KL", (p, q)),
        "X": Measure("Chi2", (p, q)),
        "J": Measure("Jeffreys", (p, q)),
        "JSD": Measure("JensenShannon", (p, q)),
        "D to the middle": Measure("KL", (p, Mix(((Constant(HALF), p), (Constant(HALF), q))))),
        "log 2": Call("log", Constant(TWO)),
        "log 2 TV": times(Call("log", Constant(TWO)), Measure("TotalVariation", (p, q))),
        "log 2 BC": times(Call("log", Constant(TWO)), Measure("Affinity", (p, q))),
    }


#: (what is larger, what is smaller, c) for larger ≥ smaller + c·TV², each a sum of (coefficient, measure).
_TEMPLATES: tuple[tuple[tuple[tuple[Fraction, str], ...], tuple[tuple[Fraction, str], ...], Fraction], ...] = tuple(
    (tuple((Fraction(c), m) for c, m in large), tuple((Fraction(c), m) for c, m in small), Fraction(square))
    for large, small, square in (
        (((1, "1"),), ((1, "TV"),), 0),
        (((1, "1"),), ((1, "BC"),), 0),
        (((1, "TV"), (1, "BC")), ((1, "1"),), 0),
        (((1, "D"),), (), 2),
        (((1, "D"), (2, "BC")), ((2, "1"),), 0),
        (((1, "X"),), ((1, "D"),), 0),
        (((1, "X"),), (), 4),
        (((1, "J"), (8, "BC")), ((8, "1"),), 0),
        (((1, "JSD"),), (), HALF),
        (((1, "log 2 TV"),), ((1, "JSD"),), 0),
        (((1, "JSD"), (1, "log 2 BC")), ((1, "log 2"),), 0),
        (((1, "D to the middle"), (1, "BC")), ((1, "log 2"),), 0),
    )
)


#: Measures that are no stage on the way between others.
_CHOSEN = {"X", "J", "JSD", "D to the middle"}
#: Measures that are others of Q and P.
_LOPSIDED = {"D", "X", "D to the middle"}


@lru_cache(maxsize=64)
def _template(k: int) -> Candidate | None:
    return _built(k, LawName("P"), LawName("Q"))


def _built(k: int, p: LawExpression, q: LawExpression) -> Candidate | None:
    large, small, square = _TEMPLATES[k]
    measures = _measures(p, q)
    terms = [(c, measures[m]) for c, m in large] + [(-c, measures[m]) for c, m in small]
    return settled(p, q, terms, square, _template_relation(k, p, q))


def _template_relation(k: int, p: LawExpression, q: LawExpression) -> Relation:
    large, small, square = _TEMPLATES[k]
    measures = _measures(p, q)
    left = plus(*(times(Constant(c), measures[m]) for c, m in large))
    return Relation(left, ">=", plus(*(times(Constant(c), measures[m]) for c, m in small), times(Constant(square), Pow(measures["TV"], TWO))))


def _instance(k: int, p: LawExpression, q: LawExpression) -> Candidate | None:
    pattern = _template(k)
    if pattern is None:
        return None
    return Candidate({**pattern.fact, "comparison": [law_json(p), law_json(q)]}, _template_relation(k, p, q), pattern.reason, pattern.details)
