"""From counts to probabilities, the smoothing named: what is done about outcomes that were not seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Add, Expr, Rational, sympify

from symkl.core.family import exact_value
from symkl.core.laws import Law
from symkl.errors import DomainError
from symkl.families.listing import listed
from symkl.families.masses import outcome

__all__ = ["SMOOTHINGS", "smoothed"]

Pairs = list[tuple[Any, Expr]]
ONE_PERCENT = Rational(1, 100)

#: Name of each smoothing and what it does to counts n_i of k outcomes with total N.
SMOOTHINGS = {
    "none": "n_i / N",
    "additive": "(n_i + alpha) / (N + k alpha), alpha = 1 unless given",
    "dirichlet": "(n_i + alpha m_i) / (N + alpha) with a prior law m and its weight alpha",
    "uniform": "(1 - epsilon) n_i / N + epsilon / k",
    "merge": "outcomes with n_i < least become one outcome named rest",
}


def smoothed(labels: Sequence[Any], counts: Sequence[Expr], smoothing: str = "none", **options: Any) -> Pairs:
    """(outcome, probability) pairs; the smoothings are those of `SMOOTHINGS`, their parameters exact numbers given by name."""
    total = Add(*counts)
    if smoothing not in SMOOTHINGS:
        raise DomainError(f"smoothing {smoothing!r} is not known; it must be one of {', '.join(SMOOTHINGS)}")
    if total == 0 and smoothing in ("none", "merge", "uniform"):
        raise DomainError("Finite: the counts sum to 0")
    allowed = {"additive": {"alpha"}, "dirichlet": {"alpha", "prior"}, "uniform": {"epsilon"}, "merge": {"least", "rest"}}.get(smoothing, set())
    unknown = sorted(set(options) - allowed)
    if unknown:
        known = f"its parameters are {', '.join(sorted(allowed))}" if allowed else "it has none"
        raise DomainError(f"smoothing {smoothing!r} has no parameter {unknown[0]!r}; {known}")
    if total == 0 and smoothing in ("additive", "dirichlet") and _exact("alpha", options.get("alpha", 1)) == 0:
        raise DomainError("Finite: the counts sum to 0, and alpha = 0 adds nothing to them")
    return _RULES[smoothing](list(labels), list(counts), total, **options)


def _none(labels: list[Any], counts: list[Expr], total: Expr) -> Pairs:
    return [(label, n / total) for label, n in zip(labels, counts)]


def _additive(labels: list[Any], counts: list[Expr], total: Expr, alpha: Any = 1) -> Pairs:
    each = _exact("alpha", alpha)
    return [(label, (n + each) / (total + len(counts) * each)) for label, n in zip(labels, counts)]


def _dirichlet(labels: list[Any], counts: list[Expr], total: Expr, alpha: Any = 1, prior: Any = None) -> Pairs:
    weight = _exact("alpha", alpha)
    masses = [Rational(1, len(counts))] * len(counts) if prior is None else _prior(prior, labels)
    if Add(*masses) != 1 or any(mass.is_negative for mass in masses):
        raise DomainError("the prior of a Dirichlet smoothing must be a law on the outcomes")
    return [(label, (n + weight * m) / (total + weight)) for label, n, m in zip(labels, counts, masses)]


def _prior(prior: Any, labels: list[Any]) -> list[Expr]:
    """What the prior, a law or whatever `Finite` takes, gives each outcome."""
    pairs = zip(prior.outcomes, prior.probabilities) if hasattr(prior, "probabilities") else zip(*listed(prior))
    given = {outcome(label, Law): exact_value(mass, Law, f"the prior of {label}") for label, mass in pairs}
    for label in labels:
        if outcome(label, Law) not in given:
            raise DomainError(f"the prior of a Dirichlet smoothing has no outcome {label}")
    return [given[outcome(label, Law)] for label in labels]


def _uniform(labels: list[Any], counts: list[Expr], total: Expr, epsilon: Any = ONE_PERCENT) -> Pairs:
    share = _exact("epsilon", epsilon)
    if share > 1:
        raise DomainError(f"epsilon = {share}: the share of the uniform law lies between 0 and 1")
    return [(label, (1 - share) * n / total + share / len(counts)) for label, n in zip(labels, counts)]


def _merge(labels: list[Any], counts: list[Expr], total: Expr, least: Any = 5, rest: Any = "rest") -> Pairs:
    bound = _exact("least", least)
    kept = [(label, n / total) for label, n in zip(labels, counts) if n >= bound]
    rare = Add(*(n for n in counts if n < bound))
    return [*kept, (rest, rare / total)] if rare != 0 else kept


def _exact(name: str, value: Any) -> Expr:
    number = sympify(value, strict=True)
    if not number.is_Rational or number < 0:
        raise DomainError(f"{name} = {value} must be an exact number >= 0")
    return number


_RULES: dict[str, Any] = {"none": _none, "additive": _additive, "dirichlet": _dirichlet, "uniform": _uniform, "merge": _merge}
