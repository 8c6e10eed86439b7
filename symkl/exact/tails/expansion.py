"""Arithmetic of expansions on a ray [V, ∞), V a power of two: sums of coefficient · monomial, with a ball as coefficient for a bounded remainder."""

from __future__ import annotations

from functools import cmp_to_key
from typing import Any

from sympy import Rational, exp as sp_exp, log as sp_log

from symkl.errors import Undecided
from symkl.exact.arithmetic import flint_module
from symkl.exact.tails.monomials import ONE, Monomial, Terms, compare, derivative_terms, least, merged, monomial, product, raised_monomial, value
from symkl.exact.tails.numbers import RATIONAL, Number, Q, acb, added, exact, is_exact, multiplied, raised, sign, sympy_number
from symkl.exact.work import checkpoint

__all__ = ["NotFarEnough", "Ray"]

MINUS = Q(-1)
# The ray starts at this power of two, in units that its user chooses: so far out that logarithms are small beside powers.
START = 64
# A number with more bits is long, and one beyond 2^±LARGEST is not written out.
LONG, LARGEST = 200, 1 << 17
# More terms than this are folded into the smallest that are kept.
MAX_TERMS = 60


class NotFarEnough(Undecided):
    """A bound does not hold yet at the start of the ray; it may further out."""


class Ray:
    """Expansions in v on [2^start, ∞). `order` is how many terms of a Taylor series are kept before its remainder is bounded.

    To be used under a fixed Arb precision; every result contains the function it stands for at every point of the ray.
    """

    def __init__(self, order: int = 4, start: int = START) -> None:
        flint: Any = flint_module()
        self.flint = flint
        self.order = order
        self.start = start
        first = flint.arb(2).log() * start
        self.logs = (first, first.log(), first.log().log())
        self._suprema: dict[Monomial, Any] = {}
        self._falling: dict[Monomial, bool] = {}

    # -- monomials on the ray ------------------------------------------------------------------------------------

    def at_start(self, m: Monomial) -> Any:
        """m at the start of the ray."""
        return value(m, self.logs)

    def least_at_start(self, m: Monomial) -> Any:
        """A number that m is at least at the start of the ray."""
        return least(m, self.logs)

    def is_falling(self, m: Monomial) -> bool:
        """Whether m is proved not to increase anywhere on the ray."""
        known = self._falling.get(m)
        if known is None:
            if not m.exponent and all((sign(c) or 0) <= 0 for c in (m.power, m.log, m.loglog)):
                known = True
            else:
                known = self.is_nonpositive(derivative_terms(m))
            self._falling[m] = known
        return known

    def supremum(self, m: Monomial) -> Any:
        """The largest value of a falling monomial."""
        known = self._suprema.get(m)
        if known is None:
            if not self.is_falling(m):
                raise NotFarEnough("a term is not yet decreasing")
            known = self._suprema[m] = self.at_start(m)
        return known

    def ratio(self, m: Monomial, n: Monomial) -> Monomial:
        return product(m, raised_monomial(n, MINUS))

    def leading(self, s: Terms) -> Monomial:
        terms = iter(s)
        first = next(terms)
        for m in terms:
            if compare(m, first) > 0:
                first = m
        return first

    def bracket(self, s: Terms, lead: Monomial) -> Any:
        """A ball that holds s / lead at every point of the ray, where lead is the largest monomial."""
        total = self.flint.acb(0)
        for m, c in s.items():
            if m == lead:
                total += acb(c)
            else:
                top = self.supremum(self.ratio(m, lead))
                total += acb(c) * self.flint.arb(0).union(top)
        return total

    def collapsed(self, s: Terms) -> Terms:
        """The same function as one term: its largest monomial times a ball."""
        if len(s) < 2:
            return s
        lead = self.leading(s)
        return {lead: self.bracket(s, lead)}

    def is_nonpositive(self, s: Terms) -> bool:
        """Whether s ≤ 0 is proved at every point of the ray."""
        if not s:
            return True
        signs = [sign(c) for c in s.values()]
        if all(each is not None and each <= 0 for each in signs):
            return True
        if all(each is not None and each >= 0 for each in signs):
            return False
        try:
            return bool(self.bracket(s, self.leading(s)).real <= 0)
        except NotFarEnough:
            return False

    def range_of(self, s: Terms) -> Any:
        """A ball that holds s at every point of the ray; infinite if s diverges."""
        total = self.flint.acb(0)
        for m, c in s.items():
            if m == ONE:
                total += acb(c)
            elif compare(m, ONE) < 0:
                total += acb(c) * self.flint.arb(0).union(self.supremum(m))
            else:
                raise NotFarEnough("a bounded function is needed, but a term diverges")
        return total

    # -- arithmetic ----------------------------------------------------------------------------------------------

    def constant(self, c: Number) -> Terms:
        return merged([(ONE, c)])

    def add(self, *parts: Terms) -> Terms:
        return self._folded(merged(*parts))

    def scale(self, s: Terms, c: Number) -> Terms:
        return {m: multiplied(c, d) for m, d in s.items()} if not (isinstance(c, RATIONAL) and not c) else {}

    def multiply(self, s: Terms, t: Terms) -> Terms:
        checkpoint()
        return self._folded(merged([(product(m, n), multiplied(c, d)) for m, c in s.items() for n, d in t.items()]))

    def _folded(self, s: Terms) -> Terms:
        """At most MAX_TERMS terms: the smallest are bounded by multiples of the smallest one kept."""
        if len(s) <= MAX_TERMS:
            return s
        ordered = sorted(s, key=cmp_to_key(compare), reverse=True)
        kept, rest = ordered[:MAX_TERMS], ordered[MAX_TERMS:]
        return self._absorbed({m: s[m] for m in kept}, {m: s[m] for m in rest}, kept[-1])

    def _absorbed(self, s: Terms, small: Terms, into: Monomial) -> Terms:
        if small:
            s[into] = added(s.get(into, Q(0)), self.bracket({into: Q(0)} | small, into))
        return s

    def _split(self, s: Terms) -> tuple[Monomial, Number, Terms]:
        """s = c · m · (1 + δ), δ → 0: (m, c, δ)."""
        if not s:
            raise Undecided("zero has no leading term")
        lead = self.leading(s)
        c = s[lead]
        if (sign(c) or 0) == 0 and is_exact(c):
            return self._split({m: d for m, d in s.items() if m != lead})
        if not is_exact(c) and c.contains(0):
            raise NotFarEnough("the leading coefficient may vanish")
        inverse = 1 / c if isinstance(c, RATIONAL) else 1 / acb(c)
        delta = {self.ratio(m, lead): multiplied(inverse, d) for m, d in s.items() if m != lead}
        return lead, c, delta

    def compose(self, delta: Terms, coefficients: list[Number], remainder: Any) -> Terms:
        """Σ_{j<J} f_j δ^j + ρ δ^J with ρ in the ball `remainder`, for δ → 0."""
        if not delta:
            return self.constant(coefficients[0])
        lead = self.leading(delta)
        size = self.bracket(delta, lead)
        last = raised_monomial(lead, Q(len(coefficients)))
        rest = remainder * size ** len(coefficients)
        parts: list[Any] = [[(ONE, coefficients[0])]]
        power: Terms = {ONE: Q(1)}
        for f in coefficients[1:]:
            power = self._truncated(self.multiply(power, delta), last)
            parts.append(self.scale(power, f))
        return merged(*parts, [(last, rest)])

    def _truncated(self, s: Terms, last: Monomial) -> Terms:
        small = {m: c for m, c in s.items() if compare(m, last) < 0}
        if not small:
            return s
        return self._absorbed({m: c for m, c in s.items() if m not in small}, small, last)

    def smallness(self, delta: Terms) -> Any:
        """A ball that holds 1 + δ on the whole ray."""
        return 1 + self.range_of(delta)

    # -- functions of diverging arguments ------------------------------------------------------------------------

    def inverse_power(self, s: Terms, e: Number) -> Terms:
        """s^e for a constant exponent."""
        if isinstance(e, RATIONAL) and e.denominator == 1 and 0 <= e <= 8:
            total: Terms = {ONE: Q(1)}
            for _ in range(int(e)):
                total = self.multiply(total, s)
            return total
        lead, c, delta = self._split(s)
        if not (isinstance(e, RATIONAL) and e.denominator == 1) and sign(c) == -1:
            raise Undecided("a power of a negative number that is not an integer one")
        whole = self.smallness(delta)
        if not whole.real > 0:
            raise NotFarEnough("a power of a function that may vanish")
        head = {raised_monomial(lead, e): raised(c, e)}
        if not delta:
            return head
        binomials: list[Number] = [Q(1)]
        for j in range(self.order):
            step = multiplied(added(e, Q(-j)), Q(1, j + 1))
            binomials.append(multiplied(binomials[-1], step))
        remainder = acb(binomials.pop()) * whole.pow(acb(added(e, Q(-self.order))), analytic=True)
        return self.multiply(head, self.compose(delta, binomials, remainder))

    def logarithm(self, s: Terms) -> Terms:
        lead, c, delta = self._split(s)
        whole = self.smallness(delta)
        if not whole.real > 0:
            raise NotFarEnough("the logarithm of a function that may vanish")
        if sign(c) == -1:
            raise Undecided("the logarithm of a negative function")
        coefficients: list[Number] = [Q(0)] + [Q((-1) ** (j + 1), j) for j in range(1, self.order)]
        # The J-th Taylor coefficient of log(1 + δ), at some point between 0 and δ.
        remainder = Q((-1) ** (self.order + 1), self.order)
        ball = acb(remainder) * self._inverse_powers(whole, self.order)
        small = self.compose(delta, coefficients, ball) if delta else {}
        return self.add(self._log_monomial(lead), self._log_constant(c), small)

    def _inverse_powers(self, whole: Any, n: int) -> Any:
        """A ball that holds ξ^−n for every ξ between 1 and a point of `whole`, by the ends of a real interval."""
        span = whole.real.union(1)
        low, high = span.lower(), span.upper()
        if whole.imag.is_zero() and low > 0:
            return self.flint.acb((1 / low**n).union(1 / high**n))
        return 1 / (1 + (whole - 1) * self.flint.arb(0).union(1)) ** n

    def _log_constant(self, c: Number) -> Terms:
        if is_exact(c):
            return self.constant(_log_exact(c))
        return self.constant(c.log(analytic=True))

    def _log_monomial(self, m: Monomial) -> Terms:
        if sign(m.loglog) != 0:
            raise Undecided("three nested logarithms")
        return merged([(Monomial(log=Q(1)), m.power)], [(Monomial(loglog=Q(1)), m.log)], [(n, c) for c, n in m.exponent])

    def exponential(self, s: Terms) -> Terms:
        diverging: list[tuple[Monomial, Number]] = []
        fixed: Number = Q(0)
        delta: Terms = {}
        factor: Any = Q(1)
        for m, c in s.items():
            order = compare(m, ONE)
            if order == 0:
                fixed = added(fixed, c)
            elif order < 0:
                delta[m] = c
            elif is_exact(c):
                diverging.append((m, c))
            else:
                bound, factor = self._upper(c), self.flint.acb(self.flint.arb(0).union(1)) * acb(factor)
                if not c.imag.is_zero():
                    factor = self.flint.acb(self.flint.arb(0, 1), self.flint.arb(0, 1))
                diverging.append((m, bound))
        head = self._exp_monomial(merged(diverging))
        # Of a rational number the exponential stays exact: it may become the coefficient of an exponent.
        constant = multiplied(factor, exact(sp_exp(sympy_number(fixed))) if isinstance(fixed, RATIONAL) else acb(fixed).exp())
        body = {head: constant}
        return self.multiply(body, self._small_exponential(delta)) if delta else body

    def _upper(self, c: Any) -> Any:
        man, exp = map(int, c.real.upper().man_exp())
        if abs(exp) < LARGEST:
            return Q(man) * Q(2) ** exp
        if man > 0 and exp > 0:
            raise NotFarEnough("a coefficient is too large")
        return Q(0) if man <= 0 else Q(man) * Q(2) ** -LARGEST

    def _exp_monomial(self, exponent: Terms) -> Monomial:
        """exp of diverging terms; multiples of log v and log log v are powers."""
        power = exponent.pop(Monomial(log=Q(1)), Q(0))
        log_power = exponent.pop(Monomial(loglog=Q(1)), Q(0))
        return monomial(power, log_power, Q(0), {m: c for m, c in exponent.items() if sign(c) != 0})

    def _small_exponential(self, delta: Terms) -> Terms:
        size = self.range_of(delta)
        if not abs(size) < 1:
            return {ONE: size.exp()}
        coefficients: list[Number] = [Q(1)]
        for j in range(1, self.order + 1):
            coefficients.append(coefficients[-1] / j)
        remainder = acb(coefficients.pop()) * (size * self.flint.arb(0).union(1)).exp()
        return self.compose(delta, coefficients, remainder)

    def parts(self, s: Terms) -> tuple[Terms, Number, Terms]:
        """(diverging, constant, vanishing) parts of an expansion."""
        split: tuple[Terms, Terms] = ({}, {})
        constant: Number = Q(0)
        for m, c in s.items():
            order = compare(m, ONE)
            if order == 0:
                constant = added(constant, c)
            else:
                split[order < 0][m] = c
        return split[0], constant, split[1]

    def eventual_sign(self, s: Terms) -> int:
        """The sign that s is proved to have at every point of the ray."""
        if not s:
            return 0
        _, c, delta = self._split(s)
        whole = self.smallness(delta)
        outcome = sign(c)
        if outcome is None or not whole.real > 0:
            raise NotFarEnough("the sign of a function is not yet settled")
        return outcome


def _log_exact(c: Number) -> Number:
    """log c of an exact number, powers of two apart: they may be large, as units of the ray."""
    if not isinstance(c, RATIONAL) or c <= 0:
        return exact(sp_log(sympy_number(c)))
    top, bottom = int(c.numerator), int(c.denominator)
    above, below = _twos(top), _twos(bottom)
    number = Rational(top >> above, bottom >> below)
    # SymPy asks whether a whole number is a prime.
    odd = sp_log(number, evaluate=max(top, bottom).bit_length() < LONG)
    return exact((above - below) * sp_log(2) + odd)


def _twos(n: int) -> int:
    return (n & -n).bit_length() - 1
