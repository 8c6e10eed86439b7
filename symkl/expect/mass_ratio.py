"""The ratio p(k+1)/p(k) of neighbouring masses as a fraction of polynomials in k, where it is one.

It is for every mass made of z^k, whole powers of k and of polynomials, and gamma functions of α ± k: Poisson, binomial,
hypergeometric and beta-binomial laws, what is left of them on part of a lattice, and uniform ones.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from sympy import Expr, Mul, Poly, S, Symbol, log

from symkl.core.laws import Law
from symkl.expect.gammas import log_gamma_argument, with_gammas
from symkl.expect.shapes import with_facts
from symkl.expect.terms import ONE, Monomial, exp_of_sum, expand_in
from symkl.form.facts import Facts

__all__ = ["MassRatio", "mass_ratio"]

#: Powers of polynomials and steps of gamma functions up to this one are multiplied out.
LARGEST_POWER = 6


@dataclass(frozen=True)
class MassRatio:
    """p(k+1)/p(k) = numerator/denominator, polynomials in k."""

    numerator: Expr
    denominator: Expr
    k: Symbol

    def before(self) -> Expr:
        """The denominator at k − 1, the factor B(k) in p(k+1) B(k+1) = p(k) A(k)."""
        return self.denominator.xreplace({self.k: self.k - 1})

    def excess(self) -> tuple[Expr, int] | None:
        """(γ, deg A) where p(k) ~ C k^{−γ} for k → ∞ (Gauss' test); None if p does not fall like a power."""
        A, D = Poly(self.numerator, self.k), Poly(self.denominator, self.k)
        if A.degree() != D.degree() or (A.LC() - D.LC()).expand() != 0:
            return None
        m = A.degree()
        gap = (D.coeff_monomial(self.k ** (m - 1)) - A.coeff_monomial(self.k ** (m - 1))) / A.LC() if m else S.Zero
        return gap.cancel(), m

    def falls_geometrically(self, facts: Facts) -> bool:
        """Whether |A/D| tends to a number below one."""
        A, D = Poly(self.numerator, self.k), Poly(self.denominator, self.k)
        if A.degree() != D.degree():
            return bool(A.degree() < D.degree())
        return bool(facts.is_positive(D.LC() - A.LC()) and facts.is_positive(D.LC() + A.LC()))


@lru_cache(maxsize=4096)
def mass_ratio(law: Law, k: Symbol, facts: Facts) -> MassRatio | None:
    """The ratio for a law on a lattice of step one; None if it is not rational in k."""
    factors: Counter[Expr] = Counter()
    scale: list[Expr] = []
    for c, m in with_gammas(expand_in(law.log_density(k), k, with_facts(facts, law.support.facts(k))), k):
        if m == ONE:
            continue
        if m == Monomial(power=S.One):
            scale.append(exp_of_sum(c))
            continue
        base, steps = _base(m)
        if base is None or not c.is_Integer or abs(int(c)) > LARGEST_POWER:
            return None
        for factor, sign in _moved(base, steps, k):
            # linear factors are monic, so that equal ones meet
            slope = factor.diff(k)
            lead = slope if slope != 0 and not slope.has(k) else S.One
            scale.append(lead ** (sign * int(c)))
            factors[(factor / lead).expand()] += sign * int(c)
    A = Mul(*scale, *(base**n for base, n in factors.items() if n > 0))
    D = Mul(*(base ** (-n) for base, n in factors.items() if n < 0))
    return MassRatio(A, D, k) if A.is_polynomial(k) and D.is_polynomial(k) else None


def _base(m: Monomial) -> tuple[Expr | None, int]:
    """(h, 0) for log h, h a polynomial; (α + bk, b) for log Γ(α + bk); (None, 0) for anything else."""
    argument = log_gamma_argument(m)
    if argument is not None:
        return argument, 1
    if m == Monomial(logs=1):
        return S.One, 0
    if m.factors and m == Monomial(factors=m.factors) and len(m.factors) == 1:
        inside, exponent = m.factors[0]
        if exponent == 1 and isinstance(inside, log):
            return inside.args[0], 0
    return None, 0


def _moved(base: Expr, gammas: int, k: Symbol) -> list[tuple[Expr, int]]:
    """h(k+1)/h(k), or Γ(α + b(k+1))/Γ(α + bk), as factors with exponents."""
    if not gammas:
        here = k if base == 1 else base
        return [(here.xreplace({k: k + 1}).expand(), 1), (here.expand(), -1)]
    step = base.diff(k)
    if not step.is_Integer or abs(int(step)) > LARGEST_POWER:
        return [(log(base), 1)]
    if step > 0:
        return [((base + i).expand(), 1) for i in range(int(step))]
    return [((base - i).expand(), -1) for i in range(1, -int(step) + 1)]
