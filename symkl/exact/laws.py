"""Densities of laws at numbers, without SymPy working out factorials of large numbers on the way."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp
from sympy import Expr, Rational, Symbol

from symkl.core.composite import Mixture
from symkl.core.family import Family
from symkl.core.heads import KL, CrossEntropy, Entropy, Expectation, Head
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice
from symkl.errors import NoClosedForm, SymklError, Undecided
from symkl.exact.interruption import interrupted
from symkl.exact.stable import Exp
from symkl.exact.work import SliceUp, left, sliced

__all__ = ["closed_form", "defining", "generic_member", "is_large", "log_density_at", "masked", "point_of", "put_in"]

# Functions which SymPy writes out at large numbers, term by term.
EAGER = (
    sp.gamma, sp.loggamma, sp.factorial, sp.binomial, sp.beta, sp.polygamma, sp.harmonic, sp.zeta, sp.uppergamma, sp.lowergamma,
    sp.expint, sp.RisingFactorial, sp.FallingFactorial, sp.digamma, sp.polylog, sp.bernoulli, sp.Pow,
)  # fmt: skip
LARGE = 100
HUGE = 10_000
# A polynomial of a higher degree than this SymPy would write out to tell its sign.
DENSEST = 100_000
# Computing time after which a closed form is given up where there is a limit at all: for symbols, and at numbers, where SymPy is quick or has
# no end.
MOST_SECONDS, MOST_AT_NUMBERS = 15.0, 4.0


def is_large(number: Any) -> bool:
    """Whether SymPy might take long over a function of this number."""
    return bool(getattr(number, "is_Rational", False)) and (abs(number.p) > LARGE or number.q > LARGE)


def put_in(expr: Any, values: dict[Any, Any]) -> Any:
    """`expr` with numbers for symbols; functions of large numbers are left unevaluated."""
    if expr in values:
        return values[expr]
    if not expr.args or not (getattr(expr, "free_symbols", set()) & set(values)):
        return expr
    if isinstance(expr, sp.Derivative):
        return _derivative_at(expr, values)
    if isinstance(expr, sp.Subs):
        inner = {symbol: value for symbol, value in values.items() if symbol not in expr.variables}
        return sp.Subs(put_in(expr.expr, inner), expr.variables, tuple(put_in(p, values) for p in expr.point))
    if isinstance(expr, Expectation):
        # The variable may be an integer, and SymPy then writes Γ(k + 5/2) by duplication.
        x = point_of(expr.under.support)
        return Expectation(put_in(expr.statistic.xreplace({expr.variable: x}), values), x, put_in(expr.under, values))
    args = [put_in(arg, values) for arg in expr.args]
    if isinstance(expr, sp.Pow) and _is_huge(args[1]) and (not args[0].is_Symbol or abs(args[1]) > DENSEST):
        return Exp(args[1] * sp.log(args[0]))
    # Of a number that holds a large one SymPy would ask the sign, digit by digit; with a variable in it, only the function of a number alone is eager.
    if isinstance(expr, EAGER) and any(is_large(arg) or _is_long_number(arg) for arg in args):
        return expr.func(*args, evaluate=False)
    if isinstance(expr, (sp.exp, sp.log)) and _is_long_number(args[0]):
        return expr.func(*args, evaluate=False)
    return expr.func(*args)


def _is_long_number(arg: Any) -> bool:
    """Whether this is a number, no rational one, that holds a large rational."""
    return not arg.is_Rational and not arg.free_symbols and any(is_large(number) for number in arg.atoms(Rational))


def masked(expr: Expr) -> Expr | None:
    """The expression with a symbol for every function of a huge number: what is zero for all values of the symbols is zero.

    None where such a function also depends on a bound variable: SymPy would write it out.
    """
    huge = [node for node in expr.atoms(sp.Function) if isinstance(node, EAGER) and any(number for arg in node.args for number in arg.atoms(Rational) if _is_huge(number))]
    if any(node.free_symbols for node in huge):
        return None
    return expr.xreplace({node: Symbol(f"_huge_{i}", real=True) for i, node in enumerate(sorted(huge, key=sp.default_sort_key))})


def _is_huge(exponent: Any) -> bool:
    """Whether SymPy would work out powers of numbers with this exponent, digit by digit, wherever they meet."""
    return bool(exponent.is_Rational and abs(exponent) > HUGE)


def _derivative_at(expr: Any, values: dict[Any, Any]) -> Expr:
    """A derivative by a symbol that becomes a number is one at that number."""
    at = {v: values[v] for v, _ in expr.variable_count if v in values}
    others = {symbol: value for symbol, value in values.items() if symbol not in at}
    inner = sp.Derivative(put_in(expr.expr, others), *expr.variable_count)
    return sp.Subs(inner, tuple(at), tuple(at.values())) if at else inner


def point_of(support: Any) -> Symbol:
    """A variable for the points of a support; of a lattice, one that need not be an integer, so that SymPy leaves Γ(k + ½) as it is."""
    if not isinstance(support, Lattice):
        return support.variable("x" if not support.discrete else "k")
    if support.lower.is_extended_nonnegative:
        return Symbol("k", positive=True) if support.lower.is_extended_positive else Symbol("k", nonnegative=True)
    return Symbol("k", real=True)


def log_density_at(law: Law, x: Symbol) -> Expr:
    """log p(x) of a law whose parameters are numbers."""
    if isinstance(law, Mixture):
        parts = [(w, each) for w, each in zip(law.weights, law.components) if w != 0]
        return sp.log(sp.Add(*(_within(law, each, sp.exp(sp.log(w) + log_density_at(each, x)), x) for w, each in parts)))
    family: Any = type(law)
    generic = generic_member(family) if isinstance(law, Family) and any(is_large(arg) for arg in law.args) else None
    if generic is None or len(generic.args) != len(law.args):
        return law.log_density(x)
    return put_in(generic.log_density(x), dict(zip(generic.args, law.args)))


def _within(whole: Mixture, each: Law, density: Expr, x: Symbol) -> Expr:
    """The density on the support of the mixture: zero where the component has no mass."""
    if each.support == whole.support or not isinstance(each.support, Continuum):
        return density
    return sp.Piecewise((density, sp.And(*each.support.facts(x))), (sp.S.Zero, True))


def defining(head: Any) -> tuple[Law, Any, Expr]:
    """(P, x, T) with the head E_P[T(x)], where P ≪ Q holds; `Undecided` for other measures."""
    if isinstance(head, Expectation):
        return head.under, head.variable, head.statistic
    P = head.laws[0]
    x = point_of(P.support)
    own = log_density_at(P, x)
    if isinstance(head, Entropy):
        return P, x, -own / sp.log(head.base)
    if isinstance(head, (KL, CrossEntropy)):
        other = log_density_at(head.laws[1], x)
        return P, x, (own - other if isinstance(head, KL) else -other) / sp.log(head.base)
    raise Undecided(f"{type(head).__name__} has no definition here")


def closed_form(head: Any) -> Expr:
    """The closed form of a head at numbers, worked out for symbols and put in: large numbers cost nothing on the way."""
    # What depends on the order of end points may be decided where equal parameters are one symbol, or at numbers.
    for shared in (False, True):
        generic = _generic(head.laws if isinstance(head, Head) else (), shared)
        if generic is None:
            break
        laws, values = generic
        # An order like 1 + 10^-300 is a symbol too: SymPy factors polynomials with such coefficients, and has no end.
        rest = [Symbol(f"_order_{i}", positive=True) if is_large(arg) and arg > 0 else arg for i, arg in enumerate(head.args[len(laws) :])]
        values |= {symbol: arg for symbol, arg in zip(rest, head.args[len(laws) :]) if symbol != arg}
        try:
            symbolic = _closed(type(head)(*laws, *rest))
        except NoClosedForm:
            continue
        return put_in(symbolic, values)
    return _closed(head)


def _generic(laws: Any, shared: bool) -> tuple[list[Any], dict[Any, Any]] | None:
    """The laws with symbols for parameters, and what these stand for; equal parameters of one family are one symbol if they are shared."""
    found: list[Any] = []
    values: dict[Any, Any] = {}
    for i, law in enumerate(laws):
        family: Any = type(law)
        generic = generic_member(family, f"_{i + 1}") if isinstance(law, Family) else None
        if generic is None or len(generic.args) != len(law.args):
            return None
        args = list(generic.args)
        for other, member in zip(found, laws) if shared else ():
            if type(member) is family:
                args = [theirs if one == two else own for own, theirs, one, two in zip(args, other.args, law.args, member.args)]
        found.append(family(*args))
        values.update(zip(args, law.args))
    return (found, values) if found else None


def _closed(head: Any) -> Expr:
    """The closed form; `Undecided` where it is not soon found, which is remembered. With no limit around it there is none here."""
    if left() is None:
        return _derived(head)
    most = MOST_SECONDS if head.free_symbols else MOST_AT_NUMBERS
    found = _soon_derived(head, most)
    if found is None:
        raise Undecided(f"no closed form was found in {most:g} s of computing time")
    return found


@lru_cache(maxsize=1024)
def _soon_derived(head: Any, most: float) -> Expr | None:
    try:
        with sliced(most):
            return _derived(head)
    except SliceUp:
        return None


@lru_cache(maxsize=1024)
def _derived(head: Any) -> Expr:
    # At numbers like 10^300 SymPy writes polynomials of such degrees.
    with interrupted():
        value: Expr = head.doit()
    return value


@lru_cache(maxsize=256)
def generic_member(family: Any, suffix: str = "_generic") -> Family | None:
    try:
        member = family.generic(suffix)
    except (SymklError, TypeError):
        return None
    return member if all(isinstance(arg, Symbol) for arg in member.args) else None
