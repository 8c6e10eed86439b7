"""H(P) ≤ H(P, R) for every law R (Gibbs), and D(P‖Q) ≤ H(P, Q) for a discrete P: claims that follow from such ones about cross-entropies."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Piecewise, Rational, S, Symbol, expand, factor, nan, oo, powdenest, sqrt, zoo
from sympy.core.relational import Relational

from symkl.core.heads import KL, CrossEntropy, Entropy, Expectation, Head
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice
from symkl.derive.measures import derive
from symkl.errors import DomainError, NoClosedForm, Undecided
from symkl.families import DiscreteUniform, Exponential, Finite, Geometric, Geometric0, Normal, Uniform
from symkl.form.facts import Facts
from symkl.prove.cases import greater_and_lesser, in_case
from symkl.prove.steps import Step, plain

__all__ = ["weakened"]

UNUSABLE = (Piecewise, Expectation, Head, oo, -oo, zoo, nan)


def weakened(claim: Relational, facts: Facts) -> Iterator[tuple[Relational, Step]]:
    """Claims from which the inequality follows, with one entropy or divergence on its smaller side replaced by what is at least as large."""
    bigger, smaller = greater_and_lesser(claim)
    difference = expand(bigger - smaller)
    for head in sorted(difference.atoms(KL, Entropy), key=str):
        coefficient = difference.coeff(head)
        linear = coefficient.is_Rational and coefficient.is_negative and not (difference - coefficient * head).has(head)
        if not linear or head.base is not S.Exp1:
            continue
        for bound, why, why_tex in _above(head, facts):
            changed = claim.func(*(side.xreplace({head: bound}) for side in claim.args), evaluate=False)
            text, tex = (f"{plain(head)} <= {plain(bound)}", rf"${_tex(head)} \le {_tex(bound)}$")
            yield changed, Step(f"{text}  ({why})", f"{tex} ({why_tex})")


def _above(head: Head, facts: Facts) -> Iterator[tuple[CrossEntropy, str, str]]:
    law = head.laws[0]
    if isinstance(head, KL):
        if law.support.discrete:
            why = "an entropy of a discrete law is never negative"
            yield CrossEntropy(law, head.laws[1]), why, why
        return
    for other in _largest(law, facts):
        if other != law and other.free_symbols <= law.free_symbols:
            yield CrossEntropy(law, other), "Gibbs' inequality", "Gibbs' inequality"


def _largest(law: Law, facts: Facts) -> Iterator[Law]:
    """Laws of largest entropy: even on the support, or of the same mean and variance."""
    support = law.support
    if isinstance(law, Finite):
        yield Finite(dict.fromkeys(law.outcomes, Rational(1, len(law.outcomes))))
    if not isinstance(support, (Continuum, Lattice)):
        return
    lower, upper = support.lower, support.upper
    bounded = not (lower.is_infinite or upper.is_infinite)
    x = support.variable()
    try:
        if bounded:
            if isinstance(support, Continuum):
                yield Uniform(lower, upper)
            elif support.step == 1:
                yield DiscreteUniform(lower, upper)
            return
        mean = _moment(x, x, law, facts)
        if mean is None:
            return
        if lower == 0 and isinstance(support, Continuum):
            yield Exponential(1 / mean)
        if lower == 1 and isinstance(support, Lattice) and support.step == 1:
            yield Geometric(1 / mean)
        if lower == 0 and isinstance(support, Lattice) and support.step == 1:
            yield Geometric0(1 / (1 + mean))
        square = _moment(x**2, x, law, facts)
        if square is not None and isinstance(support, Continuum):
            yield Normal(mean, powdenest(sqrt(factor(square - mean**2)), force=False))
    except (DomainError, NoClosedForm, Undecided):
        return


def _moment(power: Expr, x: Symbol, law: Law, facts: Facts) -> Expr | None:
    try:
        found = in_case(derive(Expectation(power, x, law)).result, facts)
    except (DomainError, NoClosedForm, Undecided):
        return None
    return None if found.has(*UNUSABLE) else found


def _tex(expr: Expr) -> str:
    from sympy import latex

    return str(latex(expr))
