"""How closed a closed form is."""

from __future__ import annotations

from typing import Literal

from sympy import Derivative, Expr, Function, Integral, Sum, betainc, hyper, meijerg, oo
from sympy.functions.elementary.complexes import Abs, sign
from sympy.functions.elementary.exponential import LambertW, exp, log
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.miscellaneous import MinMaxBase
from sympy.functions.elementary.piecewise import Piecewise
from sympy.functions.elementary.trigonometric import InverseTrigonometricFunction, TrigonometricFunction

__all__ = ["Kind", "kind_of"]

Kind = Literal["elementary", "special", "hypergeometric", "finite sum", "series"]

_ELEMENTARY = (exp, log, Abs, sign, HyperbolicFunction, TrigonometricFunction, InverseTrigonometricFunction, MinMaxBase, Piecewise)
_HYPERGEOMETRIC = (hyper, meijerg, betainc)


def kind_of(expr: Expr) -> Kind:
    """The least of the five kinds that covers the expression."""
    sums = expr.atoms(Sum)
    if any(oo in limits or -oo in limits for each in sums for limits in each.limits):
        return "series"
    if sums:
        return "finite sum"
    functions = expr.atoms(Function)
    if any(isinstance(f, _HYPERGEOMETRIC) for f in functions) or expr.has(hyper, meijerg):
        return "hypergeometric"
    if expr.has(Derivative, Integral) or any(isinstance(f, LambertW) or not isinstance(f, _ELEMENTARY) for f in functions):
        return "special"
    return "elementary"
