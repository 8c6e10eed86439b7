"""The arcsine law."""

from sympy import Expr, S, log, pi

from symkl.core.family import Family
from symkl.core.supports import Continuum

__all__ = ["Arcsine"]


class Arcsine(Family):
    """p(x) = 1 / (π √(x(1−x))), 0 < x < 1."""

    names_elsewhere = {"sympy": "ArcsinDistribution", "scipy": "arcsine"}

    @staticmethod
    def from_sympy(a: Expr, b: Expr) -> tuple[Expr, ...] | None:
        return () if a == 0 and b == 1 else None

    @staticmethod
    def to_sympy() -> tuple[Expr, ...]:
        return S.Zero, S.One

    @property
    def support(self) -> Continuum:
        return Continuum(0, 1)

    def log_density(self, x: Expr) -> Expr:
        return -log(pi) - log(x) / 2 - log(1 - x) / 2
