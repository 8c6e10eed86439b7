"""The scale of growth as t → ∞, and sums over it with symbolic coefficients and exponents.

A `Scale` is exp(Σ c_i·M_i) · t^a · (log t)^b · (log log t)^c …, the M_i being scales themselves that tend to infinity: e^{bt}, e^{−t²/2}
and e^{−ηe^{bt}} are scales. Any two of them are comparable once the signs of a few coefficients are known (Hardy's logarithmico-exponential
functions). A `Growth` is Σ coefficient·scale plus O(errors).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sympy import Expr, S

from symkl.errors import Undecided
from symkl.expect.growth_signs import Imprecise, Known, nonzero, sign

__all__ = ["LOG", "ONE", "Growth", "Scale", "T", "compare", "converges", "dominant", "leading", "plus"]

LEVELS = 4
NOTHING: tuple[Expr, ...] = (S.Zero,) * LEVELS
# More terms than this in one expansion are a sign that something runs away.
MAX_TERMS = 200
#: From this number of terms on, those that drown in an error are dropped.
FEW_TERMS = 6


class Scale:
    """exp(Σ c·M) · t^{a_0} (log t)^{a_1} (log log t)^{a_2} …; `exponent` is {M: c}, `powers` is (a_0, a_1, …)."""

    __slots__ = ("_hash", "exponent", "powers")

    def __init__(self, powers: tuple[Expr, ...] = NOTHING, exponent: Mapping[Scale, Expr] | None = None) -> None:
        self.powers = powers
        self.exponent: dict[Scale, Expr] = dict(exponent) if exponent else {}
        self._hash = hash((powers, frozenset(self.exponent.items())))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Scale) and self._hash == other._hash and self.powers == other.powers and self.exponent == other.exponent
        )

    def __mul__(self, other: Scale) -> Scale:
        if other is ONE:
            return self
        powers = tuple(plus(a, b) for a, b in zip(self.powers, other.powers))
        exponent = self.exponent
        if other.exponent:
            exponent = dict(exponent)
            for key, coefficient in other.exponent.items():
                accumulate(exponent, key, coefficient)
        return Scale(powers, exponent)

    def __pow__(self, r: Expr) -> Scale:
        if r is S.One:
            return self
        return Scale(tuple(times(r, a) for a in self.powers), {key: times(r, c) for key, c in self.exponent.items()})

    def __truediv__(self, other: Scale) -> Scale:
        return self * other**S.NegativeOne

    def logarithm(self) -> dict[Scale, Expr]:
        """log of the scale, a sum over scales."""
        if self.powers[-1] != 0:
            raise Undecided("growth slower than log log log t", ("growth scale",))
        terms = dict(self.exponent)
        for level, power in enumerate(self.powers[:-1]):
            if power != 0:
                terms[LOGS[level]] = power
        return terms

    def __repr__(self) -> str:
        names = ("t", "log t", "log log t", "log log log t")
        parts = [f"({name})^({power})" for name, power in zip(names, self.powers) if power != 0]
        if self.exponent:
            parts.append("exp(" + " + ".join(f"{c}*{m!r}" for m, c in self.exponent.items()) + ")")
        return " ".join(parts) or "1"


def plus(a: Expr, b: Expr) -> Expr:
    """a + b, expanded so that what cancels is gone."""
    if a is S.Zero:
        return b
    if b is S.Zero:
        return a
    total = a + b
    return total.expand() if total.is_Add and not (a.is_Rational or b.is_Rational) else total


def times(a: Expr, b: Expr) -> Expr:
    if b is S.Zero or a is S.One:
        return b
    product = a * b
    return product.expand() if a.is_Add or b.is_Add else product


def accumulate(terms: dict[Scale, Expr], key: Scale, coefficient: Expr) -> None:
    """terms[key] += coefficient, without zeros."""
    if key in terms:
        total = plus(terms[key], coefficient)
        if total == 0:
            del terms[key]
        else:
            terms[key] = total
    elif coefficient != 0:
        terms[key] = coefficient


def _power_of(level: int) -> Scale:
    return Scale(tuple(S.One if i == level else S.Zero for i in range(LEVELS)))


ONE = Scale()
T = _power_of(0)
#: log t, log log t, log log log t
LOGS = tuple(_power_of(level) for level in range(1, LEVELS))
LOG = LOGS[0]


class Growth:
    """Σ coefficient·scale + O(errors) as t → ∞; immutable by convention."""

    __slots__ = ("errors", "terms")

    def __init__(self, terms: Mapping[Scale, Expr], errors: Iterable[Scale] = ()) -> None:
        self.terms = dict(terms)
        self.errors = tuple(dict.fromkeys(errors))
        if self.errors and len(self.terms) + len(self.errors) > FEW_TERMS:
            self._absorb()
        if len(self.terms) + len(self.errors) > MAX_TERMS:
            raise Undecided("an asymptotic expansion grew too long", ("growth scale",))

    def _absorb(self) -> None:
        """Drops errors and terms below an error from which they differ by numerical powers only."""
        largest: dict[Any, tuple[Expr, ...]] = {}
        for error in self.errors:
            key = _numerical(error)
            if key is not None and (key not in largest or error.powers > largest[key]):
                largest[key] = error.powers
        self.errors = tuple(e for e in self.errors if (key := _numerical(e)) is None or e.powers == largest[key])
        self.terms = {m: c for m, c in self.terms.items() if (key := _numerical(m)) is None or key not in largest or m.powers > largest[key]}

    def __add__(self, other: Growth) -> Growth:
        terms = dict(self.terms)
        for key, coefficient in other.terms.items():
            accumulate(terms, key, coefficient)
        return Growth(terms, self.errors + other.errors)

    def __mul__(self, other: Growth) -> Growth:
        terms: dict[Scale, Expr] = {}
        for left, a in self.terms.items():
            for right, b in other.terms.items():
                accumulate(terms, left * right, a * b)
        errors = [e * right for e in self.errors for right in (*other.terms, *other.errors)]
        errors += [left * e for left in self.terms for e in other.errors]
        return Growth(terms, errors)

    def scaled(self, coefficient: Expr, scale: Scale | None = None) -> Growth:
        """coefficient · scale · self"""
        if scale is None:
            return Growth({key: coefficient * c for key, c in self.terms.items()}, self.errors)
        return Growth({key * scale: coefficient * c for key, c in self.terms.items()}, [e * scale for e in self.errors])

    def scales(self) -> tuple[Scale, ...]:
        """All scales, errors included: |self| = O(their sum)."""
        return (*self.terms, *self.errors)

    def __repr__(self) -> str:
        shown = " + ".join(f"({c})*{m!r}" for m, c in self.terms.items()) or "0"
        return shown + "".join(f" + O({e!r})" for e in self.errors)


def _numerical(scale: Scale) -> frozenset[Any] | None:
    """What all scales have in common that differ from this one by numerical powers; None if its own are not numbers."""
    return frozenset(scale.exponent.items()) if all(power.is_Rational for power in scale.powers) else None


def compare(left: Scale, right: Scale, known: Known) -> int:
    """1, 0, −1 as left/right tends to infinity, is bounded both ways, or tends to zero."""
    if left is right:
        return 0
    if not left.exponent and not right.exponent:
        for a, b in zip(left.powers, right.powers):
            if a != b and (which := sign(a - b, known)):
                return which
        return 0
    ratio = left / right
    # The logarithm of the slowest level is slower than every other term, so it decides last.
    terms = Scale((*ratio.powers[:-1], S.Zero), ratio.exponent).logarithm()
    found = dominant(terms, known, sign)
    return sign(ratio.powers[-1] if found is None else terms[found], known)


def dominant(terms: Mapping[Scale, Expr], known: Known, test: Callable[[Expr, Known], Any] = nonzero) -> Scale | None:
    """The greatest scale with a coefficient that passes the test (is not zero); None if there is none."""
    best: Scale | None = None
    rest = list(terms)
    while rest:
        best = rest[0]
        for other in rest[1:]:
            if compare(other, best, known) > 0:
                best = other
        if test(terms[best], known):
            return best
        rest.remove(best)
    return None


def leading(growth: Growth, known: Known) -> tuple[Scale, Growth]:
    """The scale of the leading term, and the growth without terms that are zero; `Imprecise` if the errors may be as large."""
    terms = growth.terms
    while terms:
        best = dominant(terms, known, lambda coefficient, known: True)
        assert best is not None
        if nonzero(terms[best], known):
            for error in growth.errors:
                if compare(error, best, known) >= 0:
                    raise Imprecise
            return best, growth if terms is growth.terms else Growth(terms, growth.errors)
        terms = {key: coefficient for key, coefficient in terms.items() if key != best}
    raise Imprecise


def converges(scale: Scale, errors: Iterable[Scale], known: Known) -> bool:
    """Whether ∫^∞ scale·e^{O(errors)} dt is finite: log(scale) against −log t, then −log log t, and so on."""
    exponent, powers = scale.exponent, scale.powers
    errors = tuple(errors)
    largest = dominant(exponent, known, sign) if exponent else None
    for level in range(LEVELS):
        here = LOGS[level] if level < LEVELS - 1 else ONE
        if largest is not None and compare(largest, here, known) > 0:
            _require_below(errors, largest, known)
            return sign(exponent[largest], known) < 0
        # t^a against 1/t, (log t)^b against 1/log t: ∫ dt/(t log t …) diverges at every level.
        excess = sign(powers[level] + 1, known)
        if excess:
            _require_below(errors, here, known)
            return excess < 0
    raise Undecided("convergence at the limit of the growth scale", ("growth scale",))


def _require_below(errors: tuple[Scale, ...], scale: Scale, known: Known) -> None:
    for error in errors:
        if compare(error, scale, known) >= 0:
            raise Imprecise
