"""The exponential integral as the mean of a logarithm."""

from sympy import S, exp, expint, log, oo, symbols

from symkl.masters.base import Master

__all__ = ["EXPONENTIAL_INTEGRAL"]

u = symbols("u", positive=True)
c = symbols("c", real=True)

EXPONENTIAL_INTEGRAL = Master(
    name="exponential_integral",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(c,),
    integrand=log(1 + c * u) * exp(-u),
    value=exp(1 / c) * expint(1, 1 / c),
    condition=c > 0,
    divergence="not real for c < 0; 0 for c = 0",
    proof="By parts it is ∫ c e^(-u)/(1 + cu) du; then v = u + 1/c gives e^(1/c) ∫_(1/c)^oo e^(-v)/v dv, DLMF 6.2.1.",
)
