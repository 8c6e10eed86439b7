"""Total mass one of a mass function: its points are listed, or it is a multiple of the summand of a master."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any

from sympy import Add, Dummy, Expr, Mul, S, Symbol, exp, expand_log, functions as F, linsolve, log, loggamma, oo

from symkl.core.density import Density
from symkl.core.supports import Lattice
from symkl.derive.checks.context import Context
from symkl.derive.checks.growth import as_gammas
from symkl.masters import MASTERS, Master

__all__ = ["has_mass_one", "neighbours"]

#: So many points are added up; so many gamma functions are matched in all orders.
MOST_POINTS, MOST_GAMMAS = 100, 4
#: A law that starts later is continued over so many points.
MOST_TERMS = 8

#: log p(k) = const + rate·k + Σ d log h(k) + Σ c log Γ(a + bk): (rate, {h: d}, {a + bk: c}).
Reading = tuple[Expr, dict[Expr, Expr], dict[Expr, Expr]]


def has_mass_one(law: Density, context: Context) -> bool:
    """Whether Σ p(k) = 1, for a law on a lattice of step one or on a list of points."""
    support: Any = law.support
    points = support.points(MOST_POINTS)
    if points is not None:
        return context.zero(Add(*(exp(law.log_density(point)) for point in points)) - 1) is True
    if not isinstance(law.support, Lattice) or law.support.step != 1 or law.support.lower is -oo:
        return False
    masters = [entry for entry in MASTERS.values() if entry.discrete and entry.lower.is_finite]
    return any(_is_multiple(each, entry, context) for each in (law, *_from_zero(law)) for entry in masters)


def _from_zero(law: Density) -> Iterator[Density]:
    """p/(1 + h) on 0, 1, …, where h = p(0) + … + p(m − 1), for a law that starts at m: it has mass one if and only if p has."""
    (lower, upper, _), k = law.support.args, law.variable
    if upper is not oo or not lower.is_Integer or not 0 < lower <= MOST_TERMS:
        return
    before = [law.log_density(S(n)) for n in range(int(lower))]
    if all(each.is_finite is True for each in before):
        whole = 1 + Add(*(exp(each) for each in before))
        yield Density.from_log(law.log_density(k) - log(whole), k, Lattice(0, oo))


def _is_multiple(law: Density, entry: Master, context: Context) -> bool:
    j: Any = Dummy("j", integer=True, nonnegative=True)
    lower, upper, _ = law.support.args
    own = _reading(law.log_density(j + lower), j)
    sample = _reading(log(entry.integrand.xreplace({entry.variable: j + entry.lower})), j)
    if own is None or sample is None or (entry.upper is oo) != (upper is oo):
        return False
    known = {} if upper is oo else {entry.upper: upper - lower + entry.lower}
    for values in _matches(own, sample, entry, known, j):
        weighted = exp(law.log_density(j + lower)) * entry.value_at(values) - entry.integrand_at(j + entry.lower, values)
        within = context.at(Lattice(0, upper - lower), j)
        if all(context.holds(c) for c in entry.conditions_at(values)) and within.zero(weighted):
            return True
    return False


def neighbours(log_mass: Expr, k: Symbol) -> Expr | None:
    """p(k+1)/p(k) by Γ(z+1) = z Γ(z), for gamma functions of a ± k and whole powers; None if there is anything else."""
    found = _reading(log_mass, k)
    if found is None:
        return None
    rate, logs, gammas = found
    factors = [exp(rate), *((h.xreplace({k: k + 1}) / h) ** d for h, d in logs.items())]
    for a, c in gammas.items():
        if a.diff(k) not in (1, -1) or not c.is_Integer:
            return None
        factors.append(a**c if a.diff(k) == 1 else (a - 1) ** (-c))
    return Mul(*factors)


def _reading(expr: Expr, k: Symbol) -> Reading | None:
    expr = expand_log(expr.xreplace(as_gammas(expr)), force=True)
    expr = expr.xreplace(
        {node: loggamma(node.args[0].args[0], evaluate=False) for node in expr.atoms(log) if isinstance(node.args[0], F.gamma)}
    ).expand()
    rate: Expr = S.Zero
    logs: dict[Expr, Expr] = {}
    gammas: dict[Expr, Expr] = {}
    for term in Add.make_args(expr):
        c, moving = term.as_independent(k, as_Add=False)
        inside = moving.args[0].expand() if isinstance(moving, (log, loggamma)) else k
        if moving == k:
            rate += c
        elif isinstance(moving, loggamma) or (isinstance(moving, log) and inside.is_polynomial(k)):
            table = gammas if isinstance(moving, loggamma) else logs
            table[inside] = table.get(inside, S.Zero) + c
        elif term.has(k):
            return None
    for h, d in list(logs.items()):
        if gammas.get(h + 1, S.Zero) == -d:  # c log Γ(h + 1) − c log h = c log Γ(h)
            gammas[h] = gammas.get(h, S.Zero) + gammas.pop(h + 1)
            del logs[h]
    return rate, logs, {a: c for a, c in gammas.items() if c != 0}


def _matches(own: Reading, sample: Reading, entry: Master, known: dict[Any, Expr], j: Symbol) -> Iterator[dict[Any, Expr]]:
    """Values of the parameters that make the readings equal."""
    (rate, logs, gammas), (their_rate, their_logs, their_gammas) = own, sample
    # Γ(j + 1)/j! = 1 may have cancelled
    whole = [*gammas.items(), *(((j + 1, S.One), (j + 1, S.NegativeOne)) if len(their_gammas) == len(gammas) + 2 else ())]
    if len(whole) != len(their_gammas) or len(whole) > MOST_GAMMAS or set(logs) != set(their_logs):
        return
    base = [exp(their_rate) - exp(rate), *(their_logs[h] - logs[h] for h in logs)]
    theirs = list(their_gammas.items())
    for order in permutations(whole):
        if any(a.diff(j) != b.diff(j) or c != d for (a, c), (b, d) in zip(order, theirs)):
            continue
        equations = [e.xreplace(known) for e in (*base, *((b - a).expand() for (a, _), (b, _) in zip(order, theirs)))]
        unknown = [p for p in entry.parameters if p not in known]
        if not all(e.is_polynomial(*unknown) for e in equations):
            continue
        for solution in linsolve(equations, unknown) if unknown else [()]:
            values = known | dict(zip(unknown, solution))
            if not any(value.free_symbols & set(entry.parameters) for value in values.values()):
                yield values

