"""Exact and certified numbers: sums of logarithms, balls, and enclosures of defining sums and integrals."""

from symkl.exact.ball import Ball as Ball
from symkl.exact.evaluation import evaluate as evaluate
from symkl.exact.logsum import LogSum as LogSum

__all__ = ["Ball", "LogSum", "evaluate"]
