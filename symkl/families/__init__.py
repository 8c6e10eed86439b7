"""The catalogue. One family is one file and one import line here, in alphabetical order."""

from symkl.core.family import Family
from symkl.families.bernoulli import Bernoulli as Bernoulli
from symkl.families.beta import Beta as Beta
from symkl.families.binomial import Binomial as Binomial
from symkl.families.categorical import Categorical as Categorical
from symkl.families.cauchy import Cauchy as Cauchy
from symkl.families.exponential import Exponential as Exponential
from symkl.families.finite import Finite as Finite
from symkl.families.gamma import Gamma as Gamma
from symkl.families.geometric import Geometric as Geometric
from symkl.families.gumbel import Gumbel as Gumbel
from symkl.families.half_normal import HalfNormal as HalfNormal
from symkl.families.inverse_gamma import InverseGamma as InverseGamma
from symkl.families.inverse_gaussian import InverseGaussian as InverseGaussian
from symkl.families.laplace import Laplace as Laplace
from symkl.families.log_normal import LogNormal as LogNormal
from symkl.families.logistic import Logistic as Logistic
from symkl.families.negative_binomial import NegativeBinomial as NegativeBinomial
from symkl.families.normal import Normal as Normal
from symkl.families.pareto import Pareto as Pareto
from symkl.families.poisson import Poisson as Poisson
from symkl.families.rayleigh import Rayleigh as Rayleigh
from symkl.families.student_t import StudentT as StudentT
from symkl.families.uniform import Uniform as Uniform
from symkl.families.von_mises import VonMises as VonMises
from symkl.families.weibull import Weibull as Weibull
from symkl.families.zeta import Zeta as Zeta

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
