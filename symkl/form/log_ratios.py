"""log a − log b as a name of its own, where denominators or logarithms hold it: else its powers are multiplied out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sympy import Add, Dummy, Expr, Mul, Pow, Symbol, exp, log
from sympy.core.exprtools import factor_terms

from symkl.form.facts import Facts

__all__ = ["LogRatio", "log_ratios"]

#: Of more ratios than this none is named.
MOST_RATIOS = 3


@dataclass(frozen=True)
class LogRatio:
    """name = log(above) − log(below), between positive expressions; the first logarithm is replaced, or the second."""

    above: Expr
    below: Expr
    name: Symbol
    second: bool = False

    def shown(self, expr: Expr) -> Expr:
        """The expression with log(above/below) for the name and the differences, and a power of above/below for e^{c·name}."""
        value, difference = log(self.above / self.below), log(self.above) - log(self.below)
        table: dict[Expr, Expr] = {self.name: value, difference: value, -difference: -value}
        for node in expr.atoms(exp):
            exponent, rest = node.args[0].as_independent(self.name, as_Add=False)
            if rest == self.name:
                turned = exponent.could_extract_minus_sign()
                table[node] = Pow(self.below / self.above, -exponent) if turned else Pow(self.above / self.below, exponent)
        return expr.xreplace(table)


def log_ratios(expr: Expr, facts: Facts) -> tuple[LogRatio, ...]:
    """The ratios whose logarithm is a denominator, or a factor under a logarithm; above 1 where that is known.

    >>> from sympy import symbols
    >>> a, b = symbols("a b", positive=True)
    >>> [(each.above, each.below) for each in log_ratios(a/(2*log(b) - 2*log(a)), Facts.of(b > a))]
    [(b, a)]
    """
    found: set[tuple[Expr, Expr]] = set()
    for whole in _places(expr):
        for factor in Mul.make_args(factor_terms(whole)):
            pair = _pair(factor)
            if pair is not None and all(map(facts.is_positive, pair)):
                found.add(pair if facts.is_positive(pair[0] - pair[1]) else pair[::-1] if facts.is_negative(pair[0] - pair[1]) else _simpler_first(pair))
    if len(found) > MOST_RATIOS:
        return ()
    return tuple(LogRatio(*pair, Dummy(f"V{i}", real=True)) for i, pair in enumerate(sorted(found, key=str)))


def _simpler_first(pair: tuple[Expr, Expr]) -> tuple[Expr, Expr]:
    first, second = sorted(pair, key=lambda each: (each.count_ops(), each.sort_key()))
    return first, second


def _places(expr: Expr) -> Iterator[Any]:
    for node in sorted(expr.atoms(Pow, log), key=lambda each: each.sort_key()):
        if isinstance(node, log):
            top, bottom = node.args[0].as_numer_denom()
            yield from (top, bottom)
        elif node.exp.could_extract_minus_sign():
            yield node.base


def _pair(factor: Any) -> tuple[Expr, Expr] | None:
    """(a, b) if the factor is a multiple of log a − log b, or a power of one."""
    base = factor.base if isinstance(factor, Pow) else factor
    if isinstance(base, log):
        above, below = base.args[0].as_numer_denom()
        return None if 1 in (above, below) else (above, below)
    if not isinstance(base, Add) or len(base.args) != 2:
        return None
    (c, first), (d, second) = (term.as_coeff_Mul() for term in base.args)
    if c + d != 0 or not (isinstance(first, log) and isinstance(second, log)):
        return None
    return first.args[0], second.args[0]
