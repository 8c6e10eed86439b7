"""The catalogue. One family is one file and one import line here, in alphabetical order."""

from symkl.core.family import Family
from symkl.families.arcsine import Arcsine as Arcsine
from symkl.families.asymmetric_laplace import AsymmetricLaplace as AsymmetricLaplace
from symkl.families.bernoulli import Bernoulli as Bernoulli
from symkl.families.beta import Beta as Beta
from symkl.families.beta_binomial import BetaBinomial as BetaBinomial
from symkl.families.beta_prime import BetaPrime as BetaPrime
from symkl.families.binomial import Binomial as Binomial
from symkl.families.boltzmann import Boltzmann as Boltzmann
from symkl.families.borel import Borel as Borel
from symkl.families.burr_xii import BurrXII as BurrXII
from symkl.families.cardioid import Cardioid as Cardioid
from symkl.families.categorical import Categorical as Categorical
from symkl.families.cauchy import Cauchy as Cauchy
from symkl.families.chi import Chi as Chi
from symkl.families.chi_squared import ChiSquared as ChiSquared
from symkl.families.continuous_bernoulli import ContinuousBernoulli as ContinuousBernoulli
from symkl.families.dagum import Dagum as Dagum
from symkl.families.discrete_laplace import DiscreteLaplace as DiscreteLaplace
from symkl.families.discrete_uniform import DiscreteUniform as DiscreteUniform
from symkl.families.erlang import Erlang as Erlang
from symkl.families.ex_gaussian import ExGaussian as ExGaussian
from symkl.families.exp_gamma import ExpGamma as ExpGamma
from symkl.families.exponential import Exponential as Exponential
from symkl.families.f_dist import FDist as FDist
from symkl.families.finite import Finite as Finite
from symkl.families.frechet import Frechet as Frechet
from symkl.families.gamma import Gamma as Gamma
from symkl.families.generalized_extreme_value import GeneralizedExtremeValue as GeneralizedExtremeValue
from symkl.families.generalized_gamma import GeneralizedGamma as GeneralizedGamma
from symkl.families.generalized_inverse_gaussian import GeneralizedInverseGaussian as GeneralizedInverseGaussian
from symkl.families.generalized_normal import GeneralizedNormal as GeneralizedNormal
from symkl.families.generalized_pareto import GeneralizedPareto as GeneralizedPareto
from symkl.families.geometric import Geometric as Geometric
from symkl.families.geometric0 import Geometric0 as Geometric0
from symkl.families.gompertz import Gompertz as Gompertz
from symkl.families.gumbel import Gumbel as Gumbel
from symkl.families.half_cauchy import HalfCauchy as HalfCauchy
from symkl.families.half_logistic import HalfLogistic as HalfLogistic
from symkl.families.half_normal import HalfNormal as HalfNormal
from symkl.families.hyperbolic_secant import HyperbolicSecant as HyperbolicSecant
from symkl.families.hypergeometric import Hypergeometric as Hypergeometric
from symkl.families.inverse_chi_squared import InverseChiSquared as InverseChiSquared
from symkl.families.inverse_gamma import InverseGamma as InverseGamma
from symkl.families.inverse_gaussian import InverseGaussian as InverseGaussian
from symkl.families.kumaraswamy import Kumaraswamy as Kumaraswamy
from symkl.families.laplace import Laplace as Laplace
from symkl.families.levy import Levy as Levy
from symkl.families.lindley import Lindley as Lindley
from symkl.families.log_logistic import LogLogistic as LogLogistic
from symkl.families.log_normal import LogNormal as LogNormal
from symkl.families.log_series import LogSeries as LogSeries
from symkl.families.log_uniform import LogUniform as LogUniform
from symkl.families.logistic import Logistic as Logistic
from symkl.families.logit_normal import LogitNormal as LogitNormal
from symkl.families.lomax import Lomax as Lomax
from symkl.families.maxwell import Maxwell as Maxwell
from symkl.families.moyal import Moyal as Moyal
from symkl.families.nakagami import Nakagami as Nakagami
from symkl.families.negative_binomial import NegativeBinomial as NegativeBinomial
from symkl.families.normal import Normal as Normal
from symkl.families.pareto import Pareto as Pareto
from symkl.families.poisson import Poisson as Poisson
from symkl.families.power_function import PowerFunction as PowerFunction
from symkl.families.raised_cosine import RaisedCosine as RaisedCosine
from symkl.families.rayleigh import Rayleigh as Rayleigh
from symkl.families.rice import Rice as Rice
from symkl.families.scaled_inverse_chi_squared import ScaledInverseChiSquared as ScaledInverseChiSquared
from symkl.families.shifted_exponential import ShiftedExponential as ShiftedExponential
from symkl.families.skellam import Skellam as Skellam
from symkl.families.skew_normal import SkewNormal as SkewNormal
from symkl.families.student_t import StudentT as StudentT
from symkl.families.triangular import Triangular as Triangular
from symkl.families.truncated_exponential import TruncatedExponential as TruncatedExponential
from symkl.families.truncated_normal import TruncatedNormal as TruncatedNormal
from symkl.families.uniform import Uniform as Uniform
from symkl.families.von_mises import VonMises as VonMises
from symkl.families.weibull import Weibull as Weibull
from symkl.families.wigner_semicircle import WignerSemicircle as WignerSemicircle
from symkl.families.wrapped_cauchy import WrappedCauchy as WrappedCauchy
from symkl.families.yule_simon import YuleSimon as YuleSimon
from symkl.families.zero_truncated_poisson import ZeroTruncatedPoisson as ZeroTruncatedPoisson
from symkl.families.zeta import Zeta as Zeta
from symkl.families.zipf import Zipf as Zipf

_CATALOGUE = {
    name: thing for name, thing in sorted(globals().items()) if isinstance(thing, type) and issubclass(thing, Family) and thing is not Family
}

__all__ = [*_CATALOGUE, "families"]  # noqa: PLE0604


def families() -> tuple[type[Family], ...]:
    """All families of the catalogue, by name.

    >>> from symkl import families
    >>> "Normal" in [family.__name__ for family in families()]
    True
    """
    return tuple(_CATALOGUE.values())
