"""What everything speaks of: laws, their parameters and supports, heads, verdicts. Knows nothing of how values are found."""

from symkl.core.composite import AbstractLaw, Mixture, Product, law
from symkl.core.convert import as_law
from symkl.core.density import Density
from symkl.core.domains import Domain
from symkl.core.family import Family, Parameter, Parametrisation
from symkl.core.heads import KL, CrossEntropy, Entropy, Expectation, Head
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice, Outcomes, Support
from symkl.core.verdict import Verdict

__all__ = [
    "KL",
    "AbstractLaw",
    "Continuum",
    "CrossEntropy",
    "Density",
    "Domain",
    "Entropy",
    "Expectation",
    "Family",
    "Head",
    "Lattice",
    "Law",
    "Mixture",
    "Outcomes",
    "Parameter",
    "Parametrisation",
    "Product",
    "Support",
    "Verdict",
    "as_law",
    "law",
]
