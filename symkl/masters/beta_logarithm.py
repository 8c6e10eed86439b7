"""log(1 + λu) under the two beta weights: a ₃F₂, in the variable that keeps its argument inside the unit interval."""

from sympy import And, Eq, Expr, Piecewise, S, digamma, gamma, hyper, log, oo, pi, sqrt, symbols

from symkl.masters.base import Master

__all__ = ["ARC_LOGARITHM", "BETA_LOGARITHM", "BETA_PRIME_LOGARITHM", "LOGISTIC_LOGARITHM", "mean_logarithm"]

u = symbols("u", positive=True)
a, b, c, lam = symbols("a b c lam", real=True)


def mean_logarithm(a: Expr, b: Expr, lam: Expr) -> tuple[Expr, Expr]:
    """E log(1 + λU) for U beta prime (a, b), in the forms for λ <= 1 and for λ >= 1; both hold for 1/2 < λ < 2."""
    common = digamma(a + b) - digamma(b)
    below = common - a / (a + b) * (1 - lam) * hyper((1, 1, a + 1), (2, a + b + 1), 1 - lam)
    above = common + log(lam) - b / (a + b) * (1 - 1 / lam) * hyper((1, 1, b + 1), (2, a + b + 1), 1 - 1 / lam)
    return below, above


_below, _above = mean_logarithm(a, c - a, lam)

BETA_PRIME_LOGARITHM = Master(
    name="beta_prime_logarithm",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(a, c, lam),
    integrand=u ** (a - 1) * (1 + u) ** (-c) * log(1 + lam * u),
    value=gamma(a) * gamma(c - a) / gamma(c) * Piecewise((_below, lam <= 1), (_above, True)),
    condition=And(a > 0, c > a, lam > 0),
    divergence="+oo at 0 if a <= -1, at infinity if c <= a",
    proof="With U beta prime, d/ds E log(1 + sU) = E[U/(1 + sU)] = a/(a+b) 2F1(1, a+1; a+b+1; 1-s) (DLMF 15.6.1); integrate from "
    "s = 1, where E log(1 + U) = psi(a+b) - psi(b). For s > 1 exchange U and 1/U, which exchanges a and b.",
)

ARC_LOGARITHM = Master(
    name="arc_logarithm",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(lam,),
    integrand=log(1 + lam * u) / (sqrt(u) * (1 + u)),
    value=2 * pi * log(1 + sqrt(lam)),
    condition=lam > 0,
    divergence="converges for lam >= 0",
    proof="u = v^2 makes it half the integral of log(1 + lam v^2)/(1 + v^2) over the line: the Poisson kernel at a = 0, b = 1/sqrt(lam).",
)

LOGISTIC_LOGARITHM = Master(
    name="logistic_logarithm",
    variable=u,
    lower=S.Zero,
    upper=oo,
    parameters=(lam,),
    integrand=log(1 + lam * u) / (1 + u) ** 2,
    value=Piecewise((S.One, Eq(lam, 1)), (lam * log(lam) / (lam - 1), True)),
    condition=lam > 0,
    divergence="converges for lam >= 0",
    proof="By parts, and 1/((1 + u)(1 + lam u)) in partial fractions; the value at lam = 1 is the limit, by monotone convergence.",
)

_, _unit = mean_logarithm(a, b, 1 + lam)

BETA_LOGARITHM = Master(
    name="beta_logarithm",
    variable=u,
    lower=S.Zero,
    upper=S.One,
    parameters=(a, b, lam),
    integrand=u ** (a - 1) * (1 - u) ** (b - 1) * log(1 + lam * u),
    value=gamma(a) * gamma(b) / gamma(a + b) * (_unit - digamma(a + b) + digamma(b)),
    condition=And(a > 0, b > 0, lam > 0),
    divergence="+oo at 0 if a <= -1, at 1 if b <= 0",
    proof="1 + λu = (1 + (1+λ)v)/(1 + v) with v = u/(1-u), which is beta prime; then as for that weight.",
)
