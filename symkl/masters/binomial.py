"""The binomial theorem: for a positive integer exponent, and for a negative real one."""

from sympy import And, S, binomial, factorial, gamma, oo, symbols

from symkl.masters.base import Master

__all__ = ["BINOMIAL", "GEOMETRIC", "NEGATIVE_BINOMIAL"]

k = symbols("k", integer=True, nonnegative=True)
n = symbols("n", integer=True)
r, z = symbols("r z", real=True)

BINOMIAL = Master(
    name="binomial",
    variable=k,
    lower=S.Zero,
    upper=n,
    parameters=(n, z),
    integrand=binomial(n, k) * z**k,
    value=(1 + z) ** n,
    condition=n >= 0,
    divergence="a finite sum",
    proof="Induction on n with Pascal's rule; DLMF 1.2.2.",
    discrete=True,
)

NEGATIVE_BINOMIAL = Master(
    name="negative_binomial",
    variable=k,
    lower=S.Zero,
    upper=oo,
    parameters=(r, z),
    integrand=gamma(k + r) / (factorial(k) * gamma(r)) * z**k,
    value=(1 - z) ** (-r),
    condition=And(r > 0, z > 0, z < 1),
    divergence="+oo at infinity if z >= 1 (r > 0)",
    proof="Taylor's series of (1 - z)^(-r) at 0; DLMF 4.6.7.",
    discrete=True,
)

GEOMETRIC = Master(
    name="geometric",
    variable=k,
    lower=S.Zero,
    upper=oo,
    parameters=(z,),
    integrand=z**k,
    value=1 / (1 - z),
    condition=And(z > -1, z < 1),
    divergence="+oo if z >= 1; oscillates if z <= -1",
    proof="(1 - z)(1 + z + … + z^m) = 1 - z^(m+1) -> 1; DLMF 4.6.7.",
    discrete=True,
)
