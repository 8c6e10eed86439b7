"""Published closed forms of entropies and relative entropies, typed as they are printed, each with where it is printed.

`FORMS` maps a name to a `Form`: the head, the printed value in the same symbols, the source and the condition under which the
value was printed (true where there is none). The symbols carry the ranges from which random points are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import (
    Abs,
    Derivative,
    E,
    Ei,
    EulerGamma,
    Expr,
    Rational,
    S,
    Symbol,
    atanh,
    besseli,
    beta,
    cos,
    coth,
    digamma,
    erf,
    exp,
    expint,
    gamma,
    log,
    loggamma,
    pi,
    polygamma,
    sqrt,
    symbols,
    zeta,
)
from sympy.logic.boolalg import Boolean

from symkl import (
    KL,
    Arcsine,
    AsymmetricLaplace,
    Bernoulli,
    Beta,
    BetaPrime,
    Binomial,
    Borel,
    BurrXII,
    Cauchy,
    Chi,
    ChiSquared,
    ContinuousBernoulli,
    CrossEntropy,
    Dagum,
    DiscreteLaplace,
    DiscreteUniform,
    Entropy,
    Erlang,
    ExpGamma,
    Exponential,
    FDist,
    Frechet,
    Gamma,
    GeneralizedExtremeValue,
    GeneralizedGamma,
    GeneralizedNormal,
    GeneralizedPareto,
    Geometric,
    Geometric0,
    Gompertz,
    Gumbel,
    HalfCauchy,
    HalfLogistic,
    HalfNormal,
    HyperbolicSecant,
    InverseChiSquared,
    InverseGamma,
    InverseGaussian,
    Kumaraswamy,
    Laplace,
    Levy,
    Logistic,
    LogLogistic,
    LogNormal,
    LogSeries,
    LogUniform,
    Lomax,
    Maxwell,
    Moyal,
    Nakagami,
    NegativeBinomial,
    Normal,
    Pareto,
    Poisson,
    PowerFunction,
    RaisedCosine,
    Rayleigh,
    ScaledInverseChiSquared,
    ShiftedExponential,
    StudentT,
    Triangular,
    TruncatedExponential,
    TruncatedNormal,
    Uniform,
    VonMises,
    Weibull,
    WignerSemicircle,
    WrappedCauchy,
    ZeroTruncatedPoisson,
    Zeta,
)  # fmt: skip

__all__ = ["FORMS", "RANGES", "Form"]

COVER = "Cover, Thomas, Elements of Information Theory, 2nd ed. (2006), table 17.1 / ch. 8"
WIKI = "Wikipedia, article on the family"
PROOF = "The Book of Statistical Proofs"
GIL = "Gil, Alajaji, Linder, Rényi divergence measures for commonly used univariate continuous distributions (2013)"
GIL11 = "Gil, On Rényi divergence measures for continuous alphabet sources (2011)"
BAUCKHAGE13 = "Bauckhage, Computing the Kullback–Leibler divergence between two Weibull distributions (2013)"
BAUCKHAGE14 = "Bauckhage, Computing the Kullback–Leibler divergence between two generalized gamma distributions (2014)"
NIELSEN = "Nielsen, Garcia, Statistical exponential families: a digest with flash cards (2009)"
NOCK = "Nielsen, Nock, Entropies and cross-entropies of exponential families (2010)"
TORCH = "PyTorch, torch.distributions.kl"
TFP = "TensorFlow Probability, registered kl_divergence"
LAZO = "Lazo, Rathie, On the entropy of continuous probability distributions (1978)"
JOHNSON = "Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions (1994)"
DISCRETE = "Johnson, Kemp, Kotz, Univariate Discrete Distributions (2005)"


@dataclass(frozen=True)
class Form:
    """head = value, as printed in `source`, under `where`."""

    head: Expr
    value: Expr
    source: str
    where: Boolean = S.true


m, m1, m2 = symbols("m m_1 m_2", real=True)
s, s1, s2 = symbols("s s_1 s_2", positive=True)
a, a1, a2, b, b1, b2 = symbols("a a_1 a_2 b b_1 b_2", positive=True)
k, k1, k2, c, c1, c2 = symbols("k k_1 k_2 c c_1 c_2", positive=True)
l, l1, l2 = symbols("lambda lambda_1 lambda_2", positive=True)
d1, d2, q1, q2, x1, x2 = symbols("d_1 d_2 q_1 q_2 x_1 x_2", positive=True)
p, p1, p2 = symbols("p p_1 p_2", positive=True)
z1, z2 = symbols("z_1 z_2", positive=True)
n = Symbol("n", integer=True, positive=True)
i, j, i2, j2 = symbols("i j i_2 j_2", integer=True)
u, v, u2, v2, w = symbols("u v u_2 v_2 w", real=True)
g, psi = EulerGamma, digamma

#: The open range of a symbol whose range is not (−2, 2), (1/2, 3) or, for whole numbers, 1..5.
RANGES: dict[Symbol, tuple[Rational, Rational]] = {
    **{x: (Rational(1, 20), Rational(19, 20)) for x in (p, p1, p2)},
    **{x: (Rational(11, 10), Rational(4)) for x in (z1, z2)},
    u: (Rational(-2), Rational(0)), v: (Rational(1), Rational(2)), u2: (Rational(-4), Rational(-2)), v2: (Rational(2), Rational(4)), w: (Rational(1, 10), Rational(9, 10)),
    i: (Rational(-1), Rational(0)), j: (Rational(2), Rational(4)), i2: (Rational(-4), Rational(-2)), j2: (Rational(5), Rational(8)),
}  # fmt: skip


def lbeta(x: Expr, y: Expr) -> Expr:
    return log(beta(x, y))


def dzeta(x: Symbol) -> Expr:
    return Derivative(zeta(x), x)


half = Rational(1, 2)
beta_entropy = lbeta(a, b) - (a - 1) * psi(a) - (b - 1) * psi(b) + (a + b - 2) * psi(a + b)
gamma_entropy = a - log(b) + loggamma(a) + (1 - a) * psi(a)
beta_mean = a / (a + b)
beta_var = a * b / ((a + b) ** 2 * (a + b + 1))
normal_norm = log(2 * pi * s**2) / 2
bernoulli_entropy = -p * log(p) - (1 - p) * log(1 - p)
cb_norm, cb_mean = log(2 * atanh(1 - 2 * p) / (1 - 2 * p)), p / (2 * p - 1) + 1 / (2 * atanh(1 - 2 * p))
uniform_log = (v * log(v) - w * log(w)) / (v - w) - 1
phi_a, phi_b = (exp(-(((t - m) / s) ** 2) / 2) / sqrt(2 * pi) for t in (u, v))
mass = (erf((v - m) / (s * sqrt(2))) - erf((u - m) / (s * sqrt(2)))) / 2

ENTROPIES: dict[str, Form] = {
    "Normal": Form(Entropy(Normal(m, s)), log(2 * pi * E * s**2) / 2, COVER),
    "Normal, variance": Form(Entropy(Normal(mu=m, variance=l)), log(2 * pi * E * l) / 2, COVER),
    "Laplace": Form(Entropy(Laplace(m, b)), log(2 * b * E), COVER),
    "Logistic": Form(Entropy(Logistic(m, s)), log(s) + 2, COVER),
    "Gumbel": Form(Entropy(Gumbel(m, b)), log(b) + g + 1, WIKI),
    "Cauchy": Form(Entropy(Cauchy(m, c)), log(4 * pi * c), COVER),
    "StudentT": Form(Entropy(StudentT(k)), (k + 1) / 2 * (psi((1 + k) / 2) - psi(k / 2)) + log(sqrt(k) * beta(k / 2, half)), COVER),
    "Exponential": Form(Entropy(Exponential(l)), 1 - log(l), COVER),
    "ShiftedExponential": Form(Entropy(ShiftedExponential(m, l)), 1 - log(l), LAZO),
    "Gamma": Form(Entropy(Gamma(a, b)), gamma_entropy, COVER),
    "Gamma, scale": Form(Entropy(Gamma(shape=k, scale=c)), k + log(c) + loggamma(k) + (1 - k) * psi(k), WIKI),
    "Erlang": Form(Entropy(Erlang(n, l)), (1 - n) * psi(n) + log(gamma(n) / l) + n, COVER),
    "InverseGamma": Form(Entropy(InverseGamma(a, b)), a + log(b * gamma(a)) - (1 + a) * psi(a), WIKI),
    "Weibull": Form(Entropy(Weibull(k, l)), g * (1 - 1 / k) + log(l / k) + 1, COVER),
    "Frechet": Form(Entropy(Frechet(a, s)), 1 + g / a + g + log(s / a), WIKI),
    "LogNormal": Form(Entropy(LogNormal(m, s)), m + log(2 * pi * E * s**2) / 2, COVER),
    "HalfNormal": Form(Entropy(HalfNormal(s)), log(pi * s**2 / 2) / 2 + half, WIKI),
    "Rayleigh": Form(Entropy(Rayleigh(s)), 1 + log(s / sqrt(2)) + g / 2, COVER),
    "Maxwell": Form(Entropy(Maxwell(a)), log(a * sqrt(2 * pi)) + g - half, COVER),
    "Chi": Form(Entropy(Chi(k)), loggamma(k / 2) + (k - log(2) - (k - 1) * psi(k / 2)) / 2, WIKI),
    "ChiSquared": Form(Entropy(ChiSquared(k)), k / 2 + log(2 * gamma(k / 2)) + (1 - k / 2) * psi(k / 2), COVER),
    "InverseChiSquared": Form(Entropy(InverseChiSquared(k)), k / 2 + log(gamma(k / 2) / 2) - (1 + k / 2) * psi(k / 2), WIKI),
    "ScaledInverseChiSquared": Form(
        Entropy(ScaledInverseChiSquared(k, c)), k / 2 + log(c * k / 2 * gamma(k / 2)) - (1 + k / 2) * psi(k / 2), WIKI
    ),
    "Nakagami": Form(Entropy(Nakagami(k, c)), k + log(c / k) / 2 + loggamma(k) + (half - k) * psi(k) - log(2), LAZO),
    "GeneralizedGamma": Form(Entropy(GeneralizedGamma(a, d1, k)), log(a * gamma(d1 / k) / k) + d1 / k + (1 - d1) / k * psi(d1 / k), WIKI),
    "LogLogistic": Form(Entropy(LogLogistic(a, b)), log(a / b) + 2, LAZO),
    "Lomax": Form(Entropy(Lomax(a, l)), 1 + 1 / a - log(a / l), WIKI),
    "Pareto": Form(Entropy(Pareto(a, c)), log(c / a * exp(1 + 1 / a)), COVER),
    "GeneralizedPareto": Form(Entropy(GeneralizedPareto(s, k)), log(s) + k + 1, WIKI),
    "GeneralizedPareto, bounded": Form(Entropy(GeneralizedPareto(s, -k)), log(s) - k + 1, WIKI),
    "GeneralizedExtremeValue": Form(Entropy(GeneralizedExtremeValue(m, s, k)), log(s) + g * k + g + 1, WIKI),
    "GeneralizedNormal": Form(Entropy(GeneralizedNormal(m, a, b)), 1 / b - log(b / (2 * a * gamma(1 / b))), WIKI),
    "AsymmetricLaplace": Form(Entropy(AsymmetricLaplace(m, l, k)), log(E * (1 + k**2) / (k * l)), WIKI),
    # Wikipedia prints 4 Catalan/π for σ = 1; quadrature gives log 4, as SciPy's hypsecant.entropy does.
    "HyperbolicSecant": Form(Entropy(HyperbolicSecant(m, s)), log(4 * s), "SciPy, hypsecant.entropy, scaled"),
    "Moyal": Form(Entropy(Moyal(m, s)), (1 + g + log(4 * pi)) / 2 + log(s), "TensorFlow Probability, Moyal.entropy"),
    "ExpGamma": Form(Entropy(ExpGamma(a, c)), loggamma(a) + a - a * psi(a), "TensorFlow Probability, ExpGamma.entropy"),
    "Levy": Form(Entropy(Levy(c)), (1 + 3 * g + log(16 * pi * c**2)) / 2, WIKI),
    "HalfCauchy": Form(Entropy(HalfCauchy(c)), log(2 * pi * c), "SciPy, halfcauchy.entropy"),
    "HalfLogistic": Form(Entropy(HalfLogistic(s)), 2 + log(s / 2), "SciPy, halflogistic.entropy"),
    "BurrXII": Form(Entropy(BurrXII(c, k, l)), log(l / (c * k)) + (1 - 1 / c) * (psi(k) + g) + 1 + 1 / k, LAZO),
    "Dagum": Form(Entropy(Dagum(k, a, b)), log(b / (a * k)) - (k - 1 / a) * (psi(k) + g) + (k + 1) * (psi(k + 1) + g), "Kleiber, Kotz (2003)"),
    "BetaPrime": Form(Entropy(BetaPrime(a, b)), lbeta(a, b) + (1 - a) * psi(a) + (a + b) * psi(a + b) - (1 + b) * psi(b), LAZO),
    "FDist": Form(
        Entropy(FDist(d1, d2)),
        loggamma(d1 / 2) + loggamma(d2 / 2) - loggamma((d1 + d2) / 2) + (1 - d1 / 2) * psi(d1 / 2) - (1 + d2 / 2) * psi(d2 / 2)
        + (d1 + d2) / 2 * psi((d1 + d2) / 2) + log(d2 / d1),
        LAZO,
    ),
    "InverseGaussian": Form(
        Entropy(InverseGaussian(a, l)), log(2 * pi * E * a**3 / l) / 2 + Rational(3, 2) * exp(2 * l / a) * Ei(-2 * l / a), "Mudholkar, Tian (2002)"
    ),
    "Gompertz": Form(Entropy(Gompertz(a, b)), 1 - log(a * b) - exp(a) * expint(1, a), WIKI),
    "Uniform": Form(Entropy(Uniform(u, v)), log(v - u), COVER),
    "Beta": Form(Entropy(Beta(a, b)), beta_entropy, COVER),
    "Kumaraswamy": Form(Entropy(Kumaraswamy(a, b)), 1 - 1 / b + (1 - 1 / a) * (psi(b + 1) + g) - log(a * b), WIKI),
    "Arcsine": Form(Entropy(Arcsine()), log(pi / 4), WIKI),
    "PowerFunction": Form(Entropy(PowerFunction(a)), 1 - 1 / a - log(a), LAZO),
    "LogUniform": Form(Entropy(LogUniform(a, b)), log(a * b) / 2 + log(log(b / a)), WIKI, a < b),
    "Triangular": Form(Entropy(Triangular(u, w, v)), half + log((v - u) / 2), COVER),
    "WignerSemicircle": Form(Entropy(WignerSemicircle(a)), log(pi * a) - half, WIKI),
    "RaisedCosine": Form(Entropy(RaisedCosine(m, s)), log(4 * s) - 1, "SciPy, cosine.entropy, scaled"),
    "TruncatedExponential": Form(
        Entropy(TruncatedExponential(l, b)), 1 + log((1 - exp(-l * b)) / l) - l * b / (exp(l * b) - 1), "SciPy, truncexpon.entropy"
    ),
    "TruncatedNormal": Form(
        Entropy(TruncatedNormal(m, s, u, v)), log(sqrt(2 * pi * E) * s * mass) + ((u - m) / s * phi_a - (v - m) / s * phi_b) / (2 * mass), WIKI
    ),
    "VonMises": Form(Entropy(VonMises(m, k)), -k * besseli(1, k) / besseli(0, k) + log(2 * pi * besseli(0, k)), WIKI),
    "WrappedCauchy": Form(Entropy(WrappedCauchy(m, p)), log(2 * pi * (1 - p**2)), WIKI),
    "Bernoulli": Form(Entropy(Bernoulli(p)), bernoulli_entropy, COVER),
    "Geometric": Form(Entropy(Geometric(p)), (-(1 - p) * log(1 - p) - p * log(p)) / p, WIKI),
    "Geometric0": Form(Entropy(Geometric0(p)), (-(1 - p) * log(1 - p) - p * log(p)) / p, WIKI),
    "DiscreteUniform": Form(Entropy(DiscreteUniform(i, j)), log(j - i + 1), WIKI),
    "DiscreteLaplace": Form(Entropy(DiscreteLaplace(i, p)), log((1 + p) / (1 - p)) - 2 * p * log(p) / (1 - p**2), "Inusah, Kozubowski (2006)"),
    "Zeta": Form(Entropy(Zeta(z1)), log(zeta(z1)) - z1 * dzeta(z1) / zeta(z1), DISCRETE),
}  # fmt: skip

DIVERGENCES: dict[str, Form] = {
    "Normal‖Normal": Form(KL(Normal(m1, s1), Normal(m2, s2)), log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - half, PROOF),
    "Normal‖Normal, equal scale": Form(KL(Normal(m1, s), Normal(m2, s)), (m1 - m2) ** 2 / (2 * s**2), COVER),
    "Normal‖Normal(0, 1)": Form(KL(Normal(m, s), Normal(0, 1)), (m**2 + s**2 - 1 - log(s**2)) / 2, "Kingma, Welling (2014), appendix B"),
    "Normal‖Normal, variances": Form(
        KL(Normal(mu=m1, variance=l1), Normal(mu=m2, variance=l2)), ((m2 - m1) ** 2 / l2 + l1 / l2 - log(l1 / l2) - 1) / 2, PROOF
    ),
    "Laplace‖Laplace": Form(
        KL(Laplace(m1, b1), Laplace(m2, b2)), log(b2 / b1) + Abs(m1 - m2) / b2 + b1 / b2 * exp(-Abs(m1 - m2) / b1) - 1, GIL
    ),
    "Laplace‖Laplace, equal location": Form(KL(Laplace(m, b1), Laplace(m, b2)), log(b2 / b1) + b1 / b2 - 1, NIELSEN),
    "AsymmetricLaplace‖AsymmetricLaplace": Form(
        KL(AsymmetricLaplace(m, l1, k1), AsymmetricLaplace(m, l2, k2)),
        log(l1 * (k2 + 1 / k2) / (l2 * (k1 + 1 / k1))) - 1 + l2 * k2 / (l1 * k1 * (1 + k1**2)) + l2 * k1**3 / (l1 * k2 * (1 + k1**2)),
        "Kotz, Kozubowski, Podgórski (2001), the moments put in",
    ),
    "Logistic‖Logistic, equal scale": Form(KL(Logistic(m1, s), Logistic(m2, s)), (m1 - m2) / s * coth((m1 - m2) / (2 * s)) - 2, "Nielsen, location families (2022)"),
    "Gumbel‖Gumbel": Form(
        KL(Gumbel(m1, b1), Gumbel(m2, b2)),
        log(b2 / b1) + g * (b1 / b2 - 1) + exp((m2 - m1) / b2) * gamma(b1 / b2 + 1) - 1 + (m1 - m2) / b2,
        GIL,
    ),
    "Moyal‖Moyal": Form(
        KL(Moyal(m1, s1), Moyal(m2, s2)),
        log(s2 / s1) + ((m1 - m2) / s2 + (s1 / s2 - 1) * (g + log(2)) + exp((m2 - m1) / s2) * 2 ** (s1 / s2) * gamma(s1 / s2 + half) / sqrt(pi) - 1) / 2,
        TFP,
    ),
    "ExpGamma‖ExpGamma": Form(
        KL(ExpGamma(a1, c1), ExpGamma(a2, c2)),
        (a1 - a2) * psi(a1) + loggamma(a2) - loggamma(a1) + a2 * log(c2 / c1) + a1 * (c1 / c2 - 1), TFP,
    ),
    "Cauchy‖Cauchy": Form(KL(Cauchy(m1, c1), Cauchy(m2, c2)), log(((c1 + c2) ** 2 + (m1 - m2) ** 2) / (4 * c1 * c2)), "Chyzak, Nielsen (2019)"),
    "GeneralizedNormal‖GeneralizedNormal": Form(
        KL(GeneralizedNormal(m, a1, b1), GeneralizedNormal(m, a2, b2)),
        log(b1 * a2 * gamma(1 / b2) / (b2 * a1 * gamma(1 / b1))) + (a1 / a2) ** b2 * gamma((b2 + 1) / b1) / gamma(1 / b1) - 1 / b1,
        "Do, Vetterli (2002)",
    ),
    "Exponential‖Exponential": Form(KL(Exponential(l1), Exponential(l2)), log(l1 / l2) + l2 / l1 - 1, WIKI),
    "Exponential‖Exponential, scales": Form(KL(Exponential(scale=c1), Exponential(scale=c2)), log(c2 / c1) + c1 / c2 - 1, GIL11),
    "Gamma‖Gamma": Form(
        KL(Gamma(a1, b1), Gamma(a2, b2)),
        a2 * log(b1 / b2) - log(gamma(a1) / gamma(a2)) + (a1 - a2) * psi(a1) - (b1 - b2) * a1 / b1, PROOF,
    ),
    "Gamma‖Gamma, scales": Form(
        KL(Gamma(k=k1, theta=c1), Gamma(k=k2, theta=c2)),
        (k1 - k2) * psi(k1) - loggamma(k1) + loggamma(k2) + k2 * (log(c2) - log(c1)) + k1 * (c1 - c2) / c2, WIKI,
    ),
    "InverseGamma‖InverseGamma": Form(
        KL(InverseGamma(a1, b1), InverseGamma(a2, b2)),
        (a1 - a2) * psi(a1) - loggamma(a1) + loggamma(a2) + a2 * (log(b1) - log(b2)) + a1 * (b2 - b1) / b1, WIKI,
    ),
    "Weibull‖Weibull": Form(
        KL(Weibull(k1, l1), Weibull(k2, l2)),
        log(k1 / l1**k1) - log(k2 / l2**k2) + (k1 - k2) * (log(l1) - g / k1) + (l1 / l2) ** k2 * gamma(k2 / k1 + 1) - 1, BAUCKHAGE13,
    ),
    "Weibull‖Weibull, equal shape": Form(KL(Weibull(k, l1), Weibull(k, l2)), k * log(l2 / l1) + (l1 / l2) ** k - 1, NIELSEN),
    "Frechet‖Frechet": Form(
        KL(Frechet(a1, s1), Frechet(a2, s2)),
        log(a1 / a2) + a2 * log(s1 / s2) + g * (a2 / a1 - 1) + (s2 / s1) ** a2 * gamma(a2 / a1 + 1) - 1, "Loaiciga (2015), the Weibull form under 1/x",
    ),
    "LogNormal‖LogNormal": Form(
        KL(LogNormal(m1, s1), LogNormal(m2, s2)), ((m1 - m2) ** 2 + s1**2 - s2**2) / (2 * s2**2) + log(s2 / s1), GIL
    ),
    "HalfNormal‖HalfNormal": Form(KL(HalfNormal(s1), HalfNormal(s2)), log(s2 / s1) + (s1**2 / s2**2 - 1) / 2, GIL),
    "Rayleigh‖Rayleigh": Form(KL(Rayleigh(s1), Rayleigh(s2)), 2 * log(s2 / s1) + s1**2 / s2**2 - 1, GIL),
    "Maxwell‖Maxwell": Form(KL(Maxwell(a1), Maxwell(a2)), 3 * log(a2 / a1) + Rational(3, 2) * (a1**2 / a2**2 - 1), GIL),
    "Chi‖Chi": Form(KL(Chi(k1), Chi(k2)), psi(k1 / 2) * (k1 - k2) / 2 + log(gamma(k2 / 2) / gamma(k1 / 2)), GIL),
    "ChiSquared‖ChiSquared": Form(KL(ChiSquared(k1), ChiSquared(k2)), log(gamma(k2 / 2) / gamma(k1 / 2)) + (k1 - k2) / 2 * psi(k1 / 2), GIL),
    "InverseChiSquared‖InverseChiSquared": Form(
        KL(InverseChiSquared(k1), InverseChiSquared(k2)), log(gamma(k2 / 2) / gamma(k1 / 2)) + (k1 - k2) / 2 * psi(k1 / 2), NIELSEN
    ),
    "Nakagami‖Nakagami": Form(
        KL(Nakagami(k1, c1), Nakagami(k2, c2)),
        log(gamma(k2) / gamma(k1)) + k2 * log(k1 * c2 / (k2 * c1)) + (k1 - k2) * psi(k1) + k2 * c1 / c2 - k1, GIL11,
    ),
    "GeneralizedGamma‖GeneralizedGamma": Form(
        KL(GeneralizedGamma(a1, d1, k1), GeneralizedGamma(a2, d2, k2)),
        log(k1 * a2**d2 * gamma(d2 / k2) / (k2 * a1**d1 * gamma(d1 / k1))) + (psi(d1 / k1) / k1 + log(a1)) * (d1 - d2)
        + gamma((d1 + k2) / k1) / gamma(d1 / k1) * (a1 / a2) ** k2 - d1 / k1, BAUCKHAGE14,
    ),
    "InverseGaussian‖InverseGaussian": Form(
        KL(InverseGaussian(a1, l1), InverseGaussian(a2, l2)), (log(l1 / l2) + l2 / l1 - 1 + l2 * (a1 - a2) ** 2 / (a1 * a2**2)) / 2, GIL11
    ),
    "Levy‖Levy": Form(KL(Levy(c1), Levy(c2)), (log(c1 / c2) + c2 / c1 - 1) / 2, "Nielsen, Okamura (2022)"),
    "Pareto‖Pareto": Form(
        KL(Pareto(a1, x1), Pareto(a2, x2)), a2 * log(x1 / x2) + log(a1 / a2) + a2 / a1 - 1, GIL, x1 >= x2
    ),
    "Pareto‖Pareto, equal scale": Form(KL(Pareto(a1, c), Pareto(a2, c)), log(a1 / a2) + a2 / a1 - 1, NIELSEN),
    "Lomax‖Lomax, equal scale": Form(KL(Lomax(a1, l), Lomax(a2, l)), log(a1 / a2) + a2 / a1 - 1, NIELSEN),
    "BurrXII‖BurrXII, equal c and scale": Form(KL(BurrXII(c, k1, l), BurrXII(c, k2, l)), log(k1 / k2) + k2 / k1 - 1, NIELSEN),
    "Dagum‖Dagum, equal a and scale": Form(KL(Dagum(k1, a, b), Dagum(k2, a, b)), log(k1 / k2) + k2 / k1 - 1, NIELSEN),
    "BetaPrime‖BetaPrime": Form(
        KL(BetaPrime(a1, b1), BetaPrime(a2, b2)),
        log(beta(a2, b2) / beta(a1, b1)) + (a1 - a2) * psi(a1) + (b1 - b2) * psi(b1) + (a2 - a1 + b2 - b1) * psi(a1 + b1), "Bourguignon et al. (2018)",
    ),
    "Uniform‖Uniform": Form(KL(Uniform(u, v), Uniform(u2, v2)), log((v2 - u2) / (v - u)), GIL),
    "Beta‖Beta": Form(
        KL(Beta(a1, b1), Beta(a2, b2)),
        log(beta(a2, b2) / beta(a1, b1)) + (a1 - a2) * psi(a1) + (b1 - b2) * psi(b1) + (a2 - a1 + b2 - b1) * psi(a1 + b1), GIL,
    ),
    "Kumaraswamy‖Kumaraswamy, equal a": Form(KL(Kumaraswamy(a, b1), Kumaraswamy(a, b2)), log(b1 / b2) + b2 / b1 - 1, NIELSEN),
    "PowerFunction‖PowerFunction": Form(KL(PowerFunction(a1), PowerFunction(a2)), log(a1 / a2) + a2 / a1 - 1, NIELSEN),
    "TruncatedExponential‖TruncatedExponential": Form(
        KL(TruncatedExponential(l1, b), TruncatedExponential(l2, b)),
        log(l1 * (1 - exp(-l2 * b)) / (l2 * (1 - exp(-l1 * b)))) + (l2 - l1) * (1 / l1 - b / (exp(l1 * b) - 1)), "Nielsen, truncated exponential families (2022)",
    ),
    "VonMises‖VonMises": Form(
        KL(VonMises(m1, k1), VonMises(m2, k2)),
        log(besseli(0, k2) / besseli(0, k1)) + besseli(1, k1) / besseli(0, k1) * (k1 - k2 * cos(m1 - m2)), "Kurz, Hanebeck (2015)",
    ),
    "WrappedCauchy‖WrappedCauchy": Form(
        KL(WrappedCauchy(m1, p1), WrappedCauchy(m2, p2)),
        log((1 + p1**2 * p2**2 - 2 * p1 * p2 * cos(m1 - m2)) / ((1 - p1**2) * (1 - p2**2))), "Kato, McCullagh (2020)",
    ),
    "Bernoulli‖Bernoulli": Form(KL(Bernoulli(p1), Bernoulli(p2)), p1 * log(p1 / p2) + (1 - p1) * log((1 - p1) / (1 - p2)), COVER),
    "Bernoulli‖fair coin": Form(KL(Bernoulli(p), Bernoulli(half)), log(2) + p * log(p) + (1 - p) * log(1 - p), COVER),
    "Binomial‖Binomial": Form(KL(Binomial(n, p1), Binomial(n, p2)), n * p1 * log(p1 / p2) + n * (1 - p1) * log((1 - p1) / (1 - p2)), PROOF),
    "Geometric‖Geometric": Form(KL(Geometric(p1), Geometric(p2)), log(p1 / p2) + (1 - p1) / p1 * log((1 - p1) / (1 - p2)), WIKI),
    "Geometric0‖Geometric0": Form(KL(Geometric0(p1), Geometric0(p2)), log(p1 / p2) + (1 - p1) / p1 * log((1 - p1) / (1 - p2)), TORCH),
    "NegativeBinomial‖NegativeBinomial": Form(
        KL(NegativeBinomial(k, p1), NegativeBinomial(k, p2)), k * log(p1 / p2) + k * (1 - p1) / p1 * log((1 - p1) / (1 - p2)), NIELSEN
    ),
    "Poisson‖Poisson": Form(KL(Poisson(l1), Poisson(l2)), l1 * log(l1 / l2) + l2 - l1, WIKI),
    "ZeroTruncatedPoisson‖ZeroTruncatedPoisson": Form(
        KL(ZeroTruncatedPoisson(l1), ZeroTruncatedPoisson(l2)),
        l1 / (1 - exp(-l1)) * log(l1 / l2) + log((exp(l2) - 1) / (exp(l1) - 1)), "Nielsen, truncated exponential families (2022)",
    ),
    "LogSeries‖LogSeries": Form(
        KL(LogSeries(p1), LogSeries(p2)), -p1 / ((1 - p1) * log(1 - p1)) * log(p1 / p2) + log(log(1 - p2) / log(1 - p1)), NIELSEN
    ),
    "Borel‖Borel": Form(KL(Borel(p1), Borel(p2)), p1 / (1 - p1) * log(p1 / p2) + (p2 - p1) / (1 - p1), DISCRETE),
    "Zeta‖Zeta": Form(KL(Zeta(z1), Zeta(z2)), log(zeta(z2) / zeta(z1)) + (z1 - z2) * dzeta(z1) / zeta(z1), "Nielsen, zeta distributions (2021)"),
    "DiscreteUniform‖DiscreteUniform": Form(KL(DiscreteUniform(i, j), DiscreteUniform(i2, j2)), log((j2 - i2 + 1) / (j - i + 1)), PROOF),
    "DiscreteLaplace‖DiscreteLaplace": Form(
        KL(DiscreteLaplace(i, p1), DiscreteLaplace(i, p2)),
        log((1 - p1) * (1 + p2) / ((1 + p1) * (1 - p2))) + 2 * p1 / (1 - p1**2) * log(p1 / p2), "Inusah, Kozubowski (2006), the mean put in",
    ),
    "ContinuousBernoulli‖ContinuousBernoulli": Form(
        KL(ContinuousBernoulli(p1), ContinuousBernoulli(p2)),
        cb_mean.subs(p, p1) * (log(p1 / (1 - p1)) - log(p2 / (1 - p2))) + cb_norm.subs(p, p1) + log(1 - p1) - cb_norm.subs(p, p2) - log(1 - p2), TORCH,
    ),
    # One family onto another
    "Gamma‖LogNormal": Form(
        KL(Gamma(a, b), LogNormal(m, s)),
        a * psi(a) - loggamma(a) - a + log(s * sqrt(2 * pi)) + ((psi(a) - log(b) - m) ** 2 + polygamma(1, a)) / (2 * s**2), "Stacy-type log moments put in",
    ),
    "Weibull‖Gamma": Form(
        KL(Weibull(k, l), Gamma(a, b)),
        g * a / k - a * log(l) + log(k) + b * l * gamma(1 + 1 / k) - g - 1 - a * log(b) + loggamma(a), "Zhang, Chen, Guo, Zhou, WHAI (2018)",
    ),
    "Gamma‖Weibull": Form(
        KL(Gamma(a, b), Weibull(k, l)),
        (a - k) * psi(a) - loggamma(a) - log(k) + k * log(l * b) - a + gamma(a + k) / gamma(a) * (b * l) ** -k, BAUCKHAGE14,
    ),
    "Exponential‖Weibull": Form(
        KL(Exponential(l), Weibull(k, c)), log(l * c / k) - (k - 1) * (log(1 / (l * c)) - g) + (l * c) ** -k * gamma(k + 1) - 1, BAUCKHAGE14
    ),
    "Weibull‖Exponential": Form(
        KL(Weibull(k, c), Exponential(l)), log(k / (c * l)) - g * (1 - 1 / k) - 1 + l * c * gamma(1 + 1 / k), BAUCKHAGE14
    ),
    "Bernoulli‖Poisson": Form(KL(Bernoulli(p), Poisson(l)), -bernoulli_entropy - p * log(l) + l, TORCH),
    "Beta‖ContinuousBernoulli": Form(
        KL(Beta(a, b), ContinuousBernoulli(p)), -beta_entropy - beta_mean * log(p / (1 - p)) - log(1 - p) - cb_norm, TORCH
    ),
    "Beta‖Exponential": Form(KL(Beta(a, b), Exponential(l)), -beta_entropy - log(l) + l * beta_mean, TORCH),
    "Beta‖Gamma": Form(
        KL(Beta(a, b), Gamma(k, l)), -beta_entropy - k * log(l) + loggamma(k) - (k - 1) * (psi(a) - psi(a + b)) + l * beta_mean, TORCH
    ),
    "Beta‖Normal": Form(KL(Beta(a, b), Normal(m, s)), -beta_entropy + normal_norm + (beta_var + (beta_mean - m) ** 2) / (2 * s**2), TORCH),
    "ContinuousBernoulli‖Exponential": Form(
        KL(ContinuousBernoulli(p), Exponential(l)), cb_mean * log(p / (1 - p)) + log(1 - p) + cb_norm - log(l) + l * cb_mean, TORCH
    ),
    "Exponential‖Gamma": Form(KL(Exponential(l), Gamma(a, b)), -a * log(b / l) + b / l + loggamma(a) + a * g - (1 + g), TORCH),
    "Exponential‖Gumbel": Form(
        KL(Exponential(l), Gumbel(m, s)), log(s * l) - 1 - m / s + exp(m / s) * (s * l) / (s * l + 1) + 1 / (s * l), TORCH
    ),
    "Exponential‖Normal": Form(KL(Exponential(l), Normal(m, s)), log(l) - 1 + normal_norm + (l**-2 - m / l + m**2 / 2) / s**2, TORCH),
    "Gamma‖Exponential": Form(KL(Gamma(a, b), Exponential(l)), -gamma_entropy - log(l) + l * a / b, TORCH),
    "Gamma‖Gumbel": Form(
        KL(Gamma(a, b), Gumbel(m, s)),
        (a - 1) * psi(a) - loggamma(a) - a + log(b * s) + a / (b * s) + exp(m / s) * (1 + 1 / (b * s)) ** -a - m / s, TORCH,
    ),
    "Gamma‖Normal": Form(
        KL(Gamma(a, b), Normal(m, s)), log(b) + (a - 1) * psi(a) - loggamma(a) - a + normal_norm + (a / b**2 + (a / b - m) ** 2) / (2 * s**2), TORCH
    ),
    "Gumbel‖Normal": Form(
        KL(Gumbel(m1, b), Normal(m2, s)), -log(b) - g - 1 + normal_norm + (pi**2 * b**2 / 6 + (m1 + b * g - m2) ** 2) / (2 * s**2), TORCH
    ),
    "Laplace‖Normal": Form(KL(Laplace(m1, b), Normal(m2, s)), -1 - log(2 * b) + normal_norm + (2 * b**2 + (m1 - m2) ** 2) / (2 * s**2), TORCH),
    "Normal‖Gumbel": Form(
        KL(Normal(m1, s), Gumbel(m2, b)), (m1 - m2) / b + exp((m2 - m1) / b + s**2 / (2 * b**2)) + log(b) - log(2 * pi * s**2) / 2 - half, TORCH
    ),
    "Normal‖Laplace": Form(
        KL(Normal(m1, s), Laplace(m2, b)),
        (s * sqrt(2 / pi) * exp(-((m1 - m2) ** 2) / (2 * s**2)) + (m1 - m2) * erf((m1 - m2) / (s * sqrt(2)))) / b + log(2 * b / s)
        - log(2 * pi) / 2 - half, TORCH,
    ),
    "Pareto‖Exponential": Form(KL(Pareto(a, c), Exponential(l)), log(a / (c * l)) - 1 - 1 / a + l * a * c / (a - 1), TORCH, a > 1),
    "Pareto‖Gamma": Form(
        KL(Pareto(a, c), Gamma(k, l)),
        log(a / c) - 1 - 1 / a - k * log(l) + loggamma(k) + (1 - k) * (log(c) + 1 / a) + l * a * c / (a - 1), TORCH, a > 1,
    ),
    "Pareto‖Normal": Form(
        KL(Pareto(a, c), Normal(m, s)),
        log(a / c) - 1 - 1 / a + normal_norm + (a * c**2 / ((a - 1) ** 2 * (a - 2)) + (a * c / (a - 1) - m) ** 2) / (2 * s**2), TORCH, a > 2,
    ),
    "Uniform‖Beta": Form(
        KL(Uniform(0, p), Beta(a, b)), -log(p) + lbeta(a, b) - (a - 1) * (log(p) - 1) + (b - 1) * ((1 - p) * log(1 - p) / p + 1), TORCH
    ),
    "Uniform‖Exponential": Form(KL(Uniform(w, v), Exponential(l)), l * (v + w) / 2 - log((v - w) * l), TORCH),
    "Uniform‖Gamma": Form(
        KL(Uniform(w, v), Gamma(a, l)), -log(v - w) - a * log(l) + loggamma(a) + (1 - a) * uniform_log + l * (v + w) / 2, TORCH
    ),
    "Uniform‖Gumbel": Form(
        KL(Uniform(u, v), Gumbel(m, s)),
        -log((v - u) / s) + ((u + v) / 2 - m) / s - s / (v - u) * (exp(-(v - m) / s) - exp(-(u - m) / s)), TORCH,
    ),
    "Uniform‖Normal": Form(
        KL(Uniform(u, v), Normal(m, s)), -log(v - u) + log(sqrt(2 * pi) * s) + ((v - u) ** 2 / 12 + ((u + v - 2 * m) / 2) ** 2) / (2 * s**2), TORCH
    ),
    "Uniform‖Pareto": Form(KL(Uniform(w, v), Pareto(a, c)), -log(a * c**a * (v - w)) + (a + 1) * uniform_log, TORCH, c < w),
    "Uniform‖ContinuousBernoulli": Form(
        KL(Uniform(0, p1), ContinuousBernoulli(p)), -log(p1) - p1 / 2 * log(p / (1 - p)) - log(1 - p) - cb_norm, TORCH
    ),
    "HalfNormal‖Exponential": Form(
        KL(HalfNormal(s), Exponential(l)), log(2 / pi) / 2 - log(s) - half - log(l) + l * s * sqrt(2 / pi), "Leemis, McQueston (2008), the mean put in"
    ),
    "Logistic‖Normal": Form(
        KL(Logistic(m1, c), Normal(m2, s)), -log(c) - 2 + normal_norm + (pi**2 * c**2 / 3 + (m1 - m2) ** 2) / (2 * s**2), COVER + ", the moments put in"
    ),
    "StudentT‖Normal": Form(
        KL(StudentT(k), Normal(0, s)),
        -(k + 1) / 2 * (psi((1 + k) / 2) - psi(k / 2)) - log(sqrt(k) * beta(k / 2, half)) + normal_norm + k / (2 * s**2 * (k - 2)), COVER, k > 2,
    ),
    "Rayleigh‖Exponential": Form(KL(Rayleigh(s), Exponential(l)), -1 - log(s / sqrt(2)) - g / 2 - log(l) + l * s * sqrt(pi / 2), COVER + ", the mean put in"),
}  # fmt: skip

CROSS: dict[str, Form] = {
    "Normal, Normal": Form(CrossEntropy(Normal(m1, s1), Normal(m2, s2)), log(2 * pi * s2**2) / 2 + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2), NOCK),
    "Exponential, Exponential": Form(CrossEntropy(Exponential(l1), Exponential(l2)), l2 / l1 - log(l2), NOCK),
    "Gamma, Gamma": Form(
        CrossEntropy(Gamma(a1, b1), Gamma(a2, b2)), loggamma(a2) - a2 * log(b2) - (a2 - 1) * (psi(a1) - log(b1)) + b2 * a1 / b1, NOCK
    ),
    "Bernoulli, Bernoulli": Form(CrossEntropy(Bernoulli(p1), Bernoulli(p2)), -p1 * log(p2) - (1 - p1) * log(1 - p2), COVER),
    "Geometric, Geometric": Form(CrossEntropy(Geometric(p1), Geometric(p2)), -log(p2) - (1 - p1) / p1 * log(1 - p2), NOCK),
    "Rayleigh, Rayleigh": Form(CrossEntropy(Rayleigh(s1), Rayleigh(s2)), 2 * log(s2) - log(2 * s1**2) / 2 + g / 2 + s1**2 / s2**2, NOCK),
    "Laplace, Laplace": Form(CrossEntropy(Laplace(m, b1), Laplace(m, b2)), log(2 * b2) + b1 / b2, NOCK),
}  # fmt: skip

FORMS: dict[str, Form] = {
    **{f"H {name}": form for name, form in ENTROPIES.items()},
    **{f"D {name}": form for name, form in DIVERGENCES.items()},
    **{f"X {name}": form for name, form in CROSS.items()},
}
