"""The exponential series."""

from sympy import S, exp, factorial, oo, symbols

from symkl.masters.base import Master

__all__ = ["EXPONENTIAL_SERIES"]

k = symbols("k", integer=True, nonnegative=True)
z = symbols("z", real=True)

EXPONENTIAL_SERIES = Master(
    name="exponential_series",
    variable=k,
    lower=S.Zero,
    upper=oo,
    parameters=(z,),
    integrand=z**k / factorial(k),
    value=exp(z),
    condition=S.true,
    divergence="converges for every z",
    proof="The definition of the exponential function; DLMF 4.2.19.",
    discrete=True,
)
