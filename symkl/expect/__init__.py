"""E_P[f]: statistics, substitutions and rules; what does not reduce stays an `Expectation`."""

from symkl.expect.engine import Expected, expect, statistics

__all__ = ["Expected", "expect", "statistics"]
