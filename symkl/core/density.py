"""`Density`: a law given by any density or mass function, for what nobody has named."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import (
    Abs,
    Add,
    Basic,
    Expr,
    Ge,
    Gt,
    Le,
    Lt,
    Mul,
    Piecewise,
    Pow,
    S,
    Symbol,
    beta,
    binomial,
    cos,
    cosh,
    csc,
    csch,
    exp,
    expand_log,
    log,
    loggamma,
    pi,
    piecewise_fold,
    sec,
    sech,
    sin,
    sinh,
)
from sympy.logic.boolalg import Boolean

from symkl.core.family import exact_value
from symkl.core.laws import Law
from symkl.core.logarithms import log_of_product
from symkl.core.supports import Continuum, Support, support_of
from symkl.core.vanishing import is_positive_throughout, kept_points, trimmed
from symkl.errors import DomainError

__all__ = ["Density", "is_positive_law"]


class Density(Law):
    """p(x) = expr for x in support; the log-density is log(expr).

    `expr` is a density in the symbol `x` on `support`: a pair (a, b) or two end points, a SymPy `Interval`, or a `Range`,
    `Naturals0`, `Integers` for a mass function; it is trimmed to where the density is not zero. Derivations check that it integrates to one.

    >>> from sympy import symbols, exp, oo
    >>> x = symbols("x")
    >>> Density(2*x*exp(-x**2), x, (0, oo)).log_density(x)
    -x**2 + log(x) + log(2)
    """

    def __new__(cls, expr: Any, x: Any = None, *support: Any) -> Density:
        if isinstance(expr, str):
            raise DomainError(f"Density: {expr!r} is a text; write a SymPy expression")
        if x is None or len(support) not in (1, 2):
            raise TypeError("Density: write Density(expression, x, (lower, upper)), or a SymPy set for the support")
        if not isinstance(x, Symbol):
            raise DomainError(f"Density: the variable must be a Symbol, not {x!r}")
        where = support_of(support if len(support) == 2 else support[0])
        expr = exact_value(expr, cls, "the density")
        point = where.variable(x.name)
        for wave, plain in ((sech, cosh), (csch, sinh), (sec, cos), (csc, sin)):
            expr = expr.replace(wave, lambda w, plain=plain: 1 / plain(w))
        expr = expr.xreplace({x: point})
        expr = expr.xreplace({log(point**n): n * log(point) for n in (each.exp for each in expr.atoms(Pow) if each.base == point) if n.is_real})
        expr, kept = trimmed(expr, point, where)
        if kept != where:
            where, old = kept, point
            point = where.variable(x.name)
            expr = expr.xreplace({old: point})
        logarithm = _by_branches(expr, point, where)
        return cls.from_log(logarithm, point, where)

    @classmethod
    def from_log(cls, log_density: Expr, x: Symbol, support: Support, whole: Law | None = None) -> Density:
        """The law with the given log-density, normalisation included; of a part of `whole`, whose parameters have their domains from there."""
        return Basic.__new__(cls, log_density, x, support, *(() if whole is None else (whole,)))

    @property
    def func(self) -> Any:
        return _density_from_args

    @property
    def support(self) -> Support:
        return self.args[2]

    @property
    def variable(self) -> Symbol:
        return self.args[1]

    def log_density(self, x: Expr) -> Expr:
        return self.args[0].xreplace({self.args[1]: x})

    @property
    def free_symbols(self) -> set[Basic]:
        return (self.args[0].free_symbols - {self.args[1]}) | self.args[2].free_symbols

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        """What keeps the logarithms in the log-density real, where that can be read off: constant arguments, lines and waves.

        Of a part of a law, that the law is defined and the part is not empty.
        """
        if len(self.args) > 3:
            size = self.support.args[1] - self.support.args[0]
            least = size >= 0 if self.is_discrete else size > 0
            return (*self.args[3].conditions, *(() if size.is_infinite or least is S.true else (least,)))
        return _reality(self.args[0], self.args[1], self.args[2])

    @property
    def implied(self) -> tuple[Boolean, ...]:
        return _reality(self.args[0], self.args[1], self.args[2]) if len(self.args) > 3 else ()

    def __reduce_ex__(self, protocol: Any) -> Any:
        return (_density_from_args, self.args)

    def _sympystr(self, printer: Any) -> str:
        # An interval as its ends, which the language of the command line reads again.
        where = self.support.args if isinstance(self.support, Continuum) else (self.support.as_set(),)
        return f"Density({', '.join(printer._print(each) for each in (_shown(self.args[0]), self.args[1], *where))})"

    def _latex(self, printer: Any) -> str:
        return rf"\left[{printer._print(_shown(self.args[0]))}\right]_{{{printer._print(self.args[1])} \in {printer._print(self.support.as_set())}}}"


def _density_from_args(log_density: Expr, x: Symbol, support: Support, whole: Law | None = None) -> Density:
    return Density.from_log(log_density, x, _kept(log_density, x, support), whole)


@lru_cache(maxsize=4096)
def _kept(log_density: Expr, x: Symbol, support: Support) -> Support:
    return kept_points(log_density, x, support) if support.discrete else support


def is_positive_law(law: Law) -> bool:
    """Whether the law is seen to be positive throughout its support: a `Density` by its expression, other laws by what their supports are."""
    return all(_is_positive(each) for each in law.atoms(Density))


@lru_cache(maxsize=4096)
def _is_positive(law: Density) -> bool:
    return is_positive_throughout(law.args[0], law.args[1], law.args[2]) is True


def _shown(log_density: Any) -> Expr:
    """The density itself, branch by branch."""
    if not isinstance(log_density, Piecewise):
        return exp(log_density)
    branches: Any = log_density.args
    return Piecewise(*((exp(value), condition) for value, condition in branches))


def _by_branches(expr: Any, x: Symbol, support: Support) -> Expr:
    """log(expr); of a density by cases in x case by case, each on its part of the support."""
    if not any(each.has(x) for piecewise in expr.atoms(Piecewise) for _, each in piecewise.args):
        return _logarithm(expr, x, support)
    whole = piecewise_fold(expr)
    cases: Any = whole.args
    if not isinstance(whole, Piecewise) or any(value.has(Piecewise) or value in (S.Zero, S.NaN) for value, _ in cases):
        return _logarithm(expr, x, support)
    lower, upper = support.args[:2] if len(support.args) > 1 else (S.NegativeInfinity, S.Infinity)
    branches = []
    for value, condition in cases:
        start, end, part = lower, upper, support
        if isinstance(support, Continuum) and isinstance(condition, (Lt, Le, Gt, Ge)) and (condition.gts - condition.lts).diff(x) in (1, -1):
            c = x - (condition.gts - condition.lts) * (condition.gts - condition.lts).diff(x)
            # x > c, or x < c: what is left for the branches that follow is on the other side.
            start, end, lower, upper = (c, upper, lower, c) if (condition.gts - condition.lts).diff(x) == 1 else (lower, c, c, upper)
        if isinstance(support, Continuum):
            part = Continuum(start, end)
        branches.append((_logarithm(value, x, part), condition))
    return Piecewise(*branches)


def _logarithm(expr: Expr, x: Symbol, support: Support) -> Expr:
    """log(expr) as a sum over its factors; even powers of what changes sign on the support become logarithms of absolute values.

    What is free of x is split as if positive: the mass being one says so, and derivations check it.
    """
    free, moving = expr.as_independent(x, as_Add=False)
    factors = Mul.make_args(moving)
    if log(x) in factors and not support.discrete and (1 - support.args[1]).is_nonnegative:
        # −log x is positive below one.
        free = -free
    return Add(_log_constant(free), *(_log_factor(factor, x, support) for factor in factors))


def _log_constant(free: Expr) -> Expr:
    """The logarithm of a positive product factor by factor; a minus sign goes with a factor that it makes positive: −log(1 − p)."""
    factors = list(Mul.make_args(free))
    if free.as_coeff_Mul()[0].is_negative:
        at = next((i for i, f in enumerate(factors) if isinstance(f.as_base_exp()[0], log) and f.as_base_exp()[1].is_odd), None)
        if at is not None:
            base, exponent = factors.pop(at).as_base_exp()
            return exponent * log(-base) + _log_constant(-Mul(*factors))
    return log_of_product(free)


def _log_factor(factor: Expr, x: Symbol, support: Support) -> Expr:
    base, exponent = factor.as_base_exp()
    if isinstance(factor, exp):
        return factor.args[0]
    if support.discrete and isinstance(base, binomial):
        n, k = base.args
        return exponent * (loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1))
    if support.discrete and isinstance(base, beta) and len(base.args) == 2:
        a, b = base.args
        return exponent * (loggamma(a) + loggamma(b) - loggamma(a + b))
    if base in (log(x), -log(x)) and not support.discrete:
        # The logarithm has one sign on either side of one.
        lower, upper = support.args
        if (1 - upper).is_nonnegative or (lower - 1).is_nonnegative:
            return exponent * log(-log(x) if (1 - upper).is_nonnegative else log(x))
    if not exponent.is_number or not exponent.is_Integer or exponent % 2 or base.is_positive:
        return expand_log(log(factor), force=True)
    if _touches_zero_at_most_at_an_end(base, x, support):
        return expand_log(log(factor), force=True)
    return exponent * log(Abs(base))


def _touches_zero_at_most_at_an_end(base: Expr, x: Symbol, support: Support) -> bool:
    """Whether a linear base, or a sine or cosine of one, is positive inside the support."""
    if isinstance(base, (sin, cos)) and len(support.args) >= 2:
        ends = [base.args[0].subs(x, end) + (pi / 2 if isinstance(base, cos) else 0) for end in support.args[:2]]
        return all(end.is_nonnegative and (pi - end).is_nonnegative for end in ends) and not base.args[0].diff(x).has(x)
    slope = base.diff(x)
    if slope.has(x) or slope == 0 or len(support.args) < 2:
        return False
    root = -(base - slope * x).expand() / slope
    lower, upper = support.args[:2]
    if slope.is_positive:
        return bool((lower - root).is_extended_nonnegative)
    return bool(slope.is_negative and (root - upper).is_extended_nonnegative)


@lru_cache(maxsize=4096)
def _reality(log_density: Expr, x: Symbol, support: Support) -> tuple[Boolean, ...]:
    found: dict[Boolean, None] = {}
    for each in sorted(log_density.atoms(log), key=lambda e: e.sort_key()):
        inside = each.args[0]
        if not inside.free_symbols - {x}:
            continue
        least = [inside] if not inside.has(x) else _least(inside, x, support)
        for value in least:
            condition = value > 0 if value is inside else value >= 0
            if condition not in (S.true, S.false):
                found[condition] = None
    return tuple(found)


def _least(inside: Expr, x: Symbol, support: Support) -> list[Expr]:
    """Values that are not negative exactly where a line or a constant plus a wave is not negative on the support."""
    if support.discrete or not all(end.is_number and end.is_finite for end in support.args):
        return []
    slope = inside.diff(x)
    if not slope.has(x):
        return [inside.xreplace({x: end}) for end in support.args]
    free, moving = inside.as_independent(x, as_Add=True)
    size, wave = moving.as_independent(x, as_Add=False)
    if isinstance(wave, (sin, cos)) and not (rate := wave.args[0].diff(x)).has(x) and rate.is_number:
        # A whole turn meets both extremes.
        return [free + size, free - size] if ((support.args[1] - support.args[0]) * abs(rate) - 2 * pi).is_nonnegative else []
    return []
