"""The master integrals: the mathematics that is trusted. One entry is one file and one line here."""

from symkl.masters.base import Master as Master
from symkl.masters.bessel_i import BESSEL_I as BESSEL_I
from symkl.masters.bessel_k import BESSEL_K as BESSEL_K, BESSEL_K_LOG_HALF as BESSEL_K_LOG_HALF, BESSEL_K_LOG_MINUS_HALF as BESSEL_K_LOG_MINUS_HALF
from symkl.masters.bessel_k_scaled import BESSEL_K_SCALED as BESSEL_K_SCALED
from symkl.masters.bessel_series import BESSEL_SERIES as BESSEL_SERIES
from symkl.masters.beta import BETA as BETA
from symkl.masters.beta_logarithm import (
    ARC_LOGARITHM as ARC_LOGARITHM,
    BETA_LOGARITHM as BETA_LOGARITHM,
    BETA_PRIME_LOGARITHM as BETA_PRIME_LOGARITHM,
    LOGISTIC_LOGARITHM as LOGISTIC_LOGARITHM,
)
from symkl.masters.beta_prime import BETA_PRIME as BETA_PRIME
from symkl.masters.binomial import BINOMIAL as BINOMIAL, GEOMETRIC as GEOMETRIC, NEGATIVE_BINOMIAL as NEGATIVE_BINOMIAL
from symkl.masters.chord_logarithm import ARCSINE_LOGARITHM as ARCSINE_LOGARITHM, SEMICIRCLE_LOGARITHM as SEMICIRCLE_LOGARITHM
from symkl.masters.circle import CIRCLE_KERNEL as CIRCLE_KERNEL, CIRCLE_LOG as CIRCLE_LOG
from symkl.masters.circle_kernel_log import CIRCLE_KERNEL_LOG as CIRCLE_KERNEL_LOG
from symkl.masters.circle_log_wave import CIRCLE_LOG_WAVE as CIRCLE_LOG_WAVE
from symkl.masters.confluent import CONFLUENT as CONFLUENT, HERMITE as HERMITE
from symkl.masters.exponential_integral import EXPONENTIAL_INTEGRAL as EXPONENTIAL_INTEGRAL
from symkl.masters.exponential_series import EXPONENTIAL_SERIES as EXPONENTIAL_SERIES
from symkl.masters.gamma import GAMMA as GAMMA
from symkl.masters.gauss import GAUSS as GAUSS, VANDERMONDE as VANDERMONDE
from symkl.masters.gaussian import GAUSSIAN as GAUSSIAN
from symkl.masters.gaussian_distance import GAUSSIAN_DISTANCE as GAUSSIAN_DISTANCE
from symkl.masters.half_logistic import (
    HALF_LOGISTIC as HALF_LOGISTIC,
    HALF_LOGISTIC_LOG as HALF_LOGISTIC_LOG,
    HALF_LOGISTIC_RATE as HALF_LOGISTIC_RATE,
)
from symkl.masters.half_secant import HALF_SECANT as HALF_SECANT
from symkl.masters.harmonic import HARMONIC as HARMONIC
from symkl.masters.incomplete_beta import INCOMPLETE_BETA as INCOMPLETE_BETA
from symkl.masters.incomplete_gamma import INCOMPLETE_GAMMA as INCOMPLETE_GAMMA, LOWER_INCOMPLETE_GAMMA as LOWER_INCOMPLETE_GAMMA
from symkl.masters.incomplete_gaussian import INCOMPLETE_GAUSSIAN as INCOMPLETE_GAUSSIAN, TILTED_INCOMPLETE_GAUSSIAN as TILTED_INCOMPLETE_GAUSSIAN
from symkl.masters.poisson_kernel import POISSON_KERNEL as POISSON_KERNEL
from symkl.masters.power import POWER as POWER
from symkl.masters.zeta import POLYLOG as POLYLOG, ZETA as ZETA

MASTERS: dict[str, Master] = {thing.name: thing for thing in list(globals().values()) if isinstance(thing, Master)}
