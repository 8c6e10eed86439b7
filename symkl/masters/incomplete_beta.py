"""The incomplete beta integral."""

from sympy import And, S, betainc, symbols

from symkl.masters.base import Master

__all__ = ["INCOMPLETE_BETA"]

u = symbols("u", positive=True)
a, b, c = symbols("a b c", real=True)

INCOMPLETE_BETA = Master(
    name="incomplete_beta",
    variable=u,
    lower=S.Zero,
    upper=c,
    parameters=(a, b, c),
    integrand=u ** (a - 1) * (1 - u) ** (b - 1),
    value=betainc(a, b, 0, c),
    condition=And(a > 0, b > 0, c > 0, c < 1),
    divergence="+oo at 0 if a <= 0; for c = 1 also at 1 if b <= 0",
    proof="The definition of B_c(a, b); DLMF 8.17.1.",
)
