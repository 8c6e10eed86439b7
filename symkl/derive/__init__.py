"""Measures to closed forms: absolute continuity, finiteness, expectations, textbook form; derivations and their checker."""

from symkl.derive.derivation import Derivation
from symkl.derive.measures import cross_entropy, derive, entropy, expectation, kl
from symkl.derive.truncated import Truncated

__all__ = ["Derivation", "Truncated", "cross_entropy", "derive", "entropy", "expectation", "kl"]
