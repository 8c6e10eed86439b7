"""Exact membership in a finitely generated cone: a float LP may point at the answer, fractions alone accept it.

`cone_weights(target, columns, free)` looks for rational weights y with Σ y_k column_k = target, y_k ≥ 0 unless k is free.
Vectors are sparse dictionaries. One row may be slack: there Σ y_k column_k ≤ target is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import log
from typing import Any

from symkl.exact.logsum import LogSum
from symkl.prove.limits import SECONDS, ask_time

__all__ = ["close_rational", "cone_weights", "minimise"]

Sparse = Mapping[Any, Fraction]
#: Up to this many entries the exact simplex method is faster than loading a numerical library.
SMALL = 240
#: Beyond this the exact simplex method is too slow to be of use.
LARGE = 60_000
#: Floats meet the slack row up to this; whether it is met exactly is decided afterwards.
TOLERANCE = 1e-12
#: Corrections of a floating solution by the exact residual, each gaining some nine digits.
REFINEMENTS = 4
NOTHING = Fraction(0)


def cone_weights(
    target: Sparse,
    columns: Sequence[Sparse],
    free: frozenset[int] = frozenset(),
    *,
    costs: Sequence[float] | None = None,
    slack: tuple[Fraction, Sequence[Fraction]] | None = None,
    slack_is_right: Callable[[list[Fraction]], bool] = lambda weights: True,
) -> list[Fraction] | None:
    """Weights y, exact, or None if none were found.

    `slack` gives the target and the columns in the slack row, with logarithms replaced by close rationals; `slack_is_right`
    decides that row exactly.
    """
    ask_time()
    # Keys are nested tuples of fractions, slow to hash: here and below numbers stand for them.
    numbers: dict[Hashable, int] = {}
    columns = [{numbers.setdefault(key, len(numbers)): c for key, c in column.items()} for column in columns]
    if not all(key in numbers for key in target):
        return None
    target = {numbers[key]: c for key, c in target.items()}
    rows: list[Hashable] = [number for _, number in sorted((repr(key), number) for key, number in numbers.items())]
    size = len(rows) * len(columns)
    if size <= SMALL or _scipy() is None:
        return _without_floats(target, columns, free, rows, costs, slack, slack_is_right) if size <= LARGE else None
    found = _by_floats(target, columns, free, rows, costs, slack)
    if found is not None and slack_is_right(found):
        return found
    return None


@lru_cache(maxsize=4096)
def _close_to_log(base: int) -> Fraction:
    return Fraction(log(base))


def close_rational(numbers: Mapping[int, Fraction]) -> Fraction:
    """A rational near Σ c_b log b (+ the value at 1), linear in `numbers` and respecting log ab = log a + log b for easy bases."""
    logs = LogSum.of({b: c for b, c in numbers.items() if b > 1}).log_terms
    return sum((c * _close_to_log(b) for b, c in logs.items()), Fraction(numbers.get(1, 0)))


def _by_floats(
    target: Sparse, columns: Sequence[Sparse], free: frozenset[int], rows: list[Hashable], costs: Sequence[float] | None, slack: Any
) -> list[Fraction] | None:
    total = [NOTHING] * len(columns)
    residual, scale = dict(target), Fraction(1)
    for _ in range(REFINEMENTS):
        lower = [None if k in free else -float(y / scale) if y else 0.0 for k, y in enumerate(total)]
        goal = {key: float(c / scale) for key, c in residual.items()}
        taken = sum((y * c for y, c in zip(total, slack[1])), Fraction(0)) if slack else Fraction(0)
        floats = _highs(goal, columns, rows, lower, costs, (float((slack[0] - taken) / scale), list(map(float, slack[1]))) if slack else None)
        if floats is None:
            return None
        for weights in (_rounded(floats), _solved(residual, scale, columns, floats)):
            candidate = [y + scale * w if w else y for y, w in zip(total, weights)] if weights is not None else None
            if candidate is not None and all(y >= 0 or k in free for k, y in enumerate(candidate)) and not _residual(target, columns, candidate):
                return candidate
        total = [_kept(y + scale * w, k in free) if w else y for k, (y, w) in enumerate(zip(total, _rounded(floats)))]
        residual = _residual(target, columns, total)
        scale = max(abs(c) for c in residual.values())
    return None


def _kept(weight: Fraction, free: bool) -> Fraction:
    return weight if free else max(weight, NOTHING)


def _residual(target: Sparse, columns: Sequence[Sparse], weights: Sequence[Fraction]) -> dict[Hashable, Fraction]:
    rest = dict(target)
    for y, column in zip(weights, columns):
        if y:
            for key, c in column.items():
                rest[key] = rest.get(key, Fraction(0)) - y * c
    return {key: c for key, c in rest.items() if c}


def _rounded(floats: Sequence[float]) -> list[Fraction]:
    return [Fraction(y).limit_denominator(720) if abs(y) > 1e-8 else NOTHING for y in floats]


def _solved(residual: Sparse, scale: Fraction, columns: Sequence[Sparse], floats: Sequence[float]) -> list[Fraction] | None:
    """The exact solution on the support that the floats show."""
    support = [k for k, y in enumerate(floats) if abs(y) > 1e-9]
    equations: dict[Hashable, tuple[dict[int, Fraction], Fraction]] = {key: ({}, c / scale) for key, c in residual.items()}
    for k in support:
        for key, c in columns[k].items():
            equations.setdefault(key, ({}, Fraction(0)))[0][k] = c
    solution = _eliminate(list(equations.values()), {k: Fraction(floats[k]).limit_denominator(720) for k in support})
    if solution is None:
        return None
    return [solution.get(k, NOTHING) for k in range(len(columns))]


def _eliminate(equations: list[tuple[dict[int, Fraction], Fraction]], default: Mapping[int, Fraction]) -> dict[int, Fraction] | None:
    """A solution of a sparse system by fraction elimination, sparsest rows first; undetermined unknowns take their default."""
    pending = [(dict(row), value) for row, value in equations]
    done: list[tuple[int, dict[int, Fraction], Fraction]] = []
    where: dict[int, set[int]] = {}
    for i, (row, _) in enumerate(pending):
        for k in row:
            where.setdefault(k, set()).add(i)
    alive = set(range(len(pending)))
    while alive:
        i = min(alive, key=lambda n: (len(pending[n][0]), n))
        alive.discard(i)
        row, value = pending[i]
        if not row:
            if value:
                return None
            continue
        pivot = min(row, key=lambda k: (len(where[k] & alive), k))
        for j in sorted(where[pivot] & alive):
            other, there = pending[j]
            factor = other[pivot] / row[pivot]
            for k, c in row.items():
                entry = other.get(k, Fraction(0)) - factor * c
                if entry:
                    other[k] = entry
                    where[k].add(j)
                elif k in other:
                    del other[k]
                    where[k].discard(j)
            pending[j] = (other, there - factor * value)
        done.append((pivot, row, value))
    solution: dict[int, Fraction] = {}
    for pivot, row, value in reversed(done):
        rest = value
        for k, c in row.items():
            if k != pivot:
                if k not in solution:
                    solution[k] = default.get(k, Fraction(0))
                rest -= c * solution[k]
        solution[pivot] = rest / row[pivot]
    return solution


# -- floating linear programs ------------------------------------------------------------------------------------------------


def _scipy() -> Any:
    """SciPy's linear programming, or None where it is not installed."""
    try:
        from scipy.optimize import linprog
    except ImportError:
        return None
    return linprog


def _highs(
    goal: Mapping[Hashable, float],
    columns: Sequence[Sparse],
    rows: list[Hashable],
    lower: Sequence[float | None],
    costs: Sequence[float] | None,
    slack: Any,
) -> list[float] | None:
    from scipy.sparse import csc_matrix

    index = {key: i for i, key in enumerate(rows)}
    entries = [(index[key], k, c.numerator / c.denominator) for k, column in enumerate(columns) for key, c in column.items()]
    shape = (len(rows), len(columns))
    matrix = csc_matrix(([v for _, _, v in entries], ([i for i, _, _ in entries], [k for _, k, _ in entries])), shape=shape)
    extra = {"A_ub": [list(slack[1])], "b_ub": [slack[0] + TOLERANCE]} if slack else {}
    # A free weight stands for two signs; it costs nothing, and the others keep the answer sparse.
    objective = list(costs) if costs is not None else [1.0 if bound is not None else 0.0 for bound in lower]
    result = _scipy()(
        objective,
        A_eq=matrix,
        b_eq=[goal.get(key, 0.0) for key in rows],
        bounds=[(bound, None) for bound in lower],
        method="highs-ds",
        options={"presolve": True, "primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-9, "time_limit": SECONDS},
        **extra,
    )
    return [float(y) for y in result.x] if result.status == 0 else None


def minimise(
    objectives: Iterable[Mapping[Any, float]], nonnegative: Sequence[Sparse], zero: Sequence[Sparse], bound: Hashable
) -> Iterator[dict[Hashable, float] | None]:
    """Float vectors h ≥ 0, h[bound] ≤ 1, that minimise each objective·h under column·h ≥ 0 (= 0 for `zero`); none without SciPy."""
    if _scipy() is None:
        return
    from scipy.sparse import csr_matrix

    keys = sorted({key for each in (*nonnegative, *zero) for key in each} | {bound}, key=repr)
    index = {key: i for i, key in enumerate(keys)}

    def matrix(vectors: Sequence[Sparse]) -> Any:
        entries = [(n, index[key], float(c)) for n, vector in enumerate(vectors) for key, c in vector.items()]
        return csr_matrix(([v for _, _, v in entries], ([n for n, _, _ in entries], [i for _, i, _ in entries])), shape=(len(vectors), len(keys)))

    equal = {"A_eq": matrix(zero), "b_eq": [0.0] * len(zero)} if zero else {}
    below, bounds = -matrix(nonnegative), [(0, 1 if key == bound else None) for key in keys]
    for objective in objectives:
        costs = [objective.get(key, 0.0) for key in keys]
        result = _scipy()(costs, A_ub=below, b_ub=[0.0] * len(nonnegative), bounds=bounds, method="highs-ds", **equal)
        yield {key: float(v) for key, v in zip(keys, result.x)} if result.status == 0 else None


# -- the exact simplex method, for small systems and where no numerical library is ------------------------------------------------


def _without_floats(
    target: Sparse,
    columns: Sequence[Sparse],
    free: frozenset[int],
    rows: list[Hashable],
    costs: Any,
    slack: Any,
    slack_is_right: Callable[[list[Fraction]], bool],
) -> list[Fraction] | None:
    if slack is None:
        return _simplex(target, columns, free, rows, costs)
    # The slack row enters with rational approximations; what comes out is judged exactly by the caller.
    row = ("slack",)
    extended = [{**column, **({row: c} if c else {})} for column, c in zip(columns, slack[1])] + [{row: Fraction(1)}]
    prices = None if costs is None else [*costs, 0.0]
    found = _simplex({**target, row: slack[0]}, extended, free, [*rows, row], prices)
    return found[:-1] if found is not None and slack_is_right(found[:-1]) else None


def _simplex(target: Sparse, columns: Sequence[Sparse], free: frozenset[int], rows: list[Hashable], costs: Any) -> list[Fraction] | None:
    """Phase one with artificial unknowns and Bland's rule, then the cost brought down; all in fractions."""
    signed: list[tuple[int, int]] = [(k, 1) for k in range(len(columns))] + [(k, -1) for k in sorted(free)]
    tableau: list[dict[int, Fraction]] = []
    right: list[Fraction] = []
    for key in rows:
        value = target.get(key, Fraction(0))
        flip = -1 if value < 0 else 1
        tableau.append({j: flip * s * columns[k][key] for j, (k, s) in enumerate(signed) if key in columns[k]})
        right.append(flip * value)
    count = len(signed)
    basis = [count + i for i in range(len(rows))]
    phase_one: dict[int, Fraction] = {}
    for row in tableau:
        for j, c in row.items():
            phase_one[j] = phase_one.get(j, Fraction(0)) - c
    if not _descend(tableau, right, basis, phase_one):
        return None
    if any(b >= count and r for b, r in zip(basis, right)):
        return None
    _without_artificial(tableau, right, basis, count)
    price = [Fraction(costs[k]).limit_denominator(1000) if costs is not None else Fraction(0 if k in free else 1) for k, _ in signed]
    reduced = {j: price[j] for j in range(count) if price[j]}
    for b, row in zip(basis, tableau):
        if price[b]:
            for j, c in row.items():
                reduced[j] = reduced.get(j, Fraction(0)) - price[b] * c
    _descend(tableau, right, basis, {j: c for j, c in reduced.items() if c})
    weights = [Fraction(0)] * len(columns)
    for b, r in zip(basis, right):
        weights[signed[b][0]] += signed[b][1] * r
    return weights


def _without_artificial(tableau: list[dict[int, Fraction]], right: list[Fraction], basis: list[int], count: int) -> None:
    """Artificial unknowns, all zero by now, leave the basis; a row that has nothing else says nothing and goes."""
    for i in reversed(range(len(basis))):
        if basis[i] >= count:
            if tableau[i]:
                _pivot(tableau, right, basis, i, min(tableau[i]))
            else:
                del tableau[i], right[i], basis[i]


def _descend(tableau: list[dict[int, Fraction]], right: list[Fraction], basis: list[int], reduced: dict[int, Fraction]) -> bool:
    """Simplex pivots in place until no reduced cost is negative; False if the cost has no lower bound."""
    while True:
        ask_time()
        enter = min((j for j, c in reduced.items() if c < 0), default=None)
        if enter is None:
            return True
        ratios = [(right[i] / row[enter], basis[i], i) for i, row in enumerate(tableau) if row.get(enter, 0) > 0]
        if not ratios:
            return False
        _, _, leave = min(ratios)
        _pivot(tableau, right, basis, leave, enter)
        _subtract(reduced, tableau[leave], reduced[enter])


def _pivot(tableau: list[dict[int, Fraction]], right: list[Fraction], basis: list[int], leave: int, enter: int) -> None:
    scale = tableau[leave][enter]
    tableau[leave] = pivot = {j: c / scale for j, c in tableau[leave].items()}
    right[leave] /= scale
    for i, row in enumerate(tableau):
        if i != leave and enter in row:
            right[i] -= row[enter] * right[leave]
            _subtract(row, pivot, row[enter])
    basis[leave] = enter


def _subtract(row: dict[int, Fraction], pivot: Mapping[int, Fraction], factor: Fraction) -> None:
    for j, c in pivot.items():
        value = row.get(j, Fraction(0)) - factor * c
        if value:
            row[j] = value
        else:
            row.pop(j, None)
