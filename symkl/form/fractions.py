"""Forms as reduced fractions: common denominators, exact division, factorisation, and the way back to SymPy."""

from __future__ import annotations

from functools import lru_cache
from math import lcm

from sympy import QQ, Abs, Add, Expr, Mul, Pow, cos, exp, gamma, log as sympy_log, loggamma, sin
from sympy.polys.orderings import lex
from sympy.polys.rings import PolyElement, PolyRing

from symkl.form.monomials import (
    MAX_TERMS,
    ONE,
    UNIT,
    Base,
    Exp,
    Form,
    Generator,
    Log,
    Modulus,
    Monomial,
    Rational,
    TooLarge,
    floor,
    product,
    reduced,
    total,
)

__all__ = ["expression", "factored", "fraction", "generator_expression", "normal"]

# Factorisation is only a matter of completeness, so it is not tried on sums where it would be slow.
MAX_FACTOR_TERMS = 60
MAX_FACTOR_DEGREE = 12


@lru_cache(maxsize=20000)
def generator_expression(generator: Generator) -> Expr:
    """A generator as a SymPy expression."""
    if isinstance(generator, Log):
        inner = generator.content
        return loggamma(inner.args[0]) if isinstance(inner, gamma) else sympy_log(generator_expression(inner))
    if isinstance(generator, Exp):
        return exp(monomial_expression(generator.content))
    if isinstance(generator, Modulus):
        return Abs(generator_expression(generator.content))
    if isinstance(generator, Base):
        return expression(generator.form())
    return generator


def monomial_expression(monomial: Monomial) -> Expr:
    factors = []
    for generator, exponent in monomial:
        if isinstance(generator, Exp):
            factors.append(exp(QQ.to_sympy(exponent) * monomial_expression(generator.content)))
        else:
            factors.append(Pow(generator_expression(generator), QQ.to_sympy(exponent)))
    return Mul(*factors)


def expression(form: Form) -> Expr:
    """A form as a SymPy expression (a sum in SymPy's own order)."""
    return Add(*[QQ.to_sympy(coefficient) * monomial_expression(monomial) for monomial, coefficient in form])


@lru_cache(maxsize=20000)
def generator_key(generator: Generator) -> tuple[str, str]:
    """A total order on generators that does not depend on the hash seed."""
    return type(generator).__name__, str(generator_expression(generator))


Fraction = tuple[Form, tuple[tuple[Generator, int], ...]]


def fraction(form: Form) -> Fraction:
    """(numerator, ((base, exponent), ...)): one common denominator, common factors removed."""
    numerator, denominator = _cleared(form)
    if not len(numerator):
        return numerator, ()
    rest: list[tuple[Generator, int]] = []
    for base in sorted(denominator, key=generator_key):
        exponent = denominator[base]
        while exponent:
            quotient = _quotient(numerator, base)
            if quotient is None:
                break
            numerator, exponent = quotient, exponent - 1
        if exponent:
            rest.append((base, exponent))
    return numerator, tuple(rest)


def normal(form: Form) -> Form:
    """The unique reduced fraction as a form; equal values of rational functions give equal forms."""
    if all(_is_plain(generator) for monomial, _ in form for generator, _ in monomial):
        return form
    numerator, denominator = fraction(form)
    divisor = frozenset((base, QQ(-exponent)) for base, exponent in denominator)
    if not divisor:
        return numerator
    return Form(dict(_scaled_term(monomial, coefficient, divisor) for monomial, coefficient in numerator))


def _scaled_term(monomial: Monomial, coefficient: Rational, divisor: Monomial) -> tuple[Monomial, Rational]:
    factor, result = product(monomial, divisor)
    return result, coefficient * factor


def _is_plain(generator: Generator) -> bool:
    return not isinstance(generator, (Base, cos))


def _cleared(form: Form) -> tuple[Form, dict[Generator, int]]:
    """Multiply by the least powers of sums that leave none in a denominator, and expand what is whole."""
    denominator: dict[Generator, int] = {}
    for _ in range(20):
        least: dict[Generator, int] = {}
        pending = False
        for monomial, _coefficient in form:
            for generator, exponent in monomial:
                if _is_plain(generator):
                    continue
                whole = floor(exponent)
                least[generator] = min(least.get(generator, 0), whole)
                pending = pending or whole < 0 or _expands(generator, whole)
        if not pending:
            return form, denominator
        for generator, whole in least.items():
            if whole:
                denominator[generator] = denominator.get(generator, 0) - whole
        form = total([_expanded(monomial, coefficient, least) for monomial, coefficient in form])
        if len(form) > MAX_TERMS:
            raise TooLarge("numerator")
    raise TooLarge("nested sums")


def _expands(generator: Generator, whole: int) -> bool:
    return whole >= 2 if isinstance(generator, cos) else whole >= 1


def _expanded(monomial: Monomial, coefficient: Rational, least: dict[Generator, int]) -> Form:
    """coefficient * monomial / prod(generator**least), whole powers of sums multiplied out."""
    exponents = dict(monomial)
    whole: list[tuple[Form, int]] = []
    for generator, lowest in least.items():
        exponent = exponents.pop(generator, QQ.zero) - lowest
        power = floor(exponent)
        if isinstance(generator, cos):
            whole.append((_pythagoras(generator), power // 2))
            exponent = QQ(power % 2) + exponent - power
        else:
            whole.append((generator.form(), power))
            exponent -= power
        if exponent:
            exponents[generator] = exponent
    factor, rest = reduced(exponents)
    result = Form({rest: coefficient * factor})
    for base, power in whole:
        for _ in range(power):
            result = result * base
    return result


def _pythagoras(cosine: Expr) -> Form:
    return UNIT - Form.generator(sin(cosine.args[0]), QQ(2))


def _quotient(numerator: Form, base: Generator) -> Form | None:
    """numerator / base when that is a form without denominators, else None."""
    if isinstance(base, cos):
        if not all(dict(monomial).get(base, 0) >= 1 for monomial, _ in numerator):
            return None
        return numerator * Form.generator(base, QQ(-1))
    divisor = base.form()
    if len(numerator) < len(divisor):
        return None
    polynomials, shifts, frame = _polynomials((numerator, divisor))
    quotient, remainder = divmod(polynomials[0], polynomials[1])
    if remainder:
        return None
    shift = dict(shifts[0])
    for generator, exponent in shifts[1].items():
        shift[generator] = shift.get(generator, QQ.zero) - exponent
    return _from_polynomial(quotient, frame, shift)


Frame = dict[Generator, int]


def _polynomials(forms: tuple[Form, ...]) -> tuple[list[PolyElement], list[dict[Generator, Rational]], Frame]:
    """Forms as polynomials in roots of their generators, with the monomial content of each taken out.

    Returns the polynomials, the contents (generator -> exponent), and the frame (generator -> d: the variable is its d-th root).
    """
    contents: list[dict[Generator, Rational]] = []
    for form in forms:
        low: dict[Generator, Rational] = {}
        for monomial, _ in form:
            for generator, exponent in monomial:
                low[generator] = min(low.get(generator, exponent), exponent)
        for monomial, _ in form:
            present = {generator for generator, _ in monomial}
            for generator, exponent in low.items():
                if generator not in present and exponent > 0:
                    low[generator] = QQ.zero
        contents.append(low)
    frame: Frame = {}
    shifted = []
    for form, low in zip(forms, contents):
        terms = []
        for monomial, coefficient in form:
            exponents = {generator: -exponent for generator, exponent in low.items() if exponent}
            for generator, exponent in monomial:
                exponents[generator] = exponents.get(generator, QQ.zero) + exponent
            terms.append((exponents, coefficient))
            for generator, exponent in exponents.items():
                if exponent:
                    frame[generator] = lcm(frame.get(generator, 1), int(exponent.denominator))
        shifted.append(terms)
    frame = {generator: frame[generator] for generator in sorted(frame, key=generator_key)}
    ring = PolyRing([f"x{i}" for i in range(len(frame))] or ["x0"], QQ, lex)
    index = {generator: i for i, generator in enumerate(frame)}
    polynomials = []
    for terms in shifted:
        polynomial = ring.zero
        for exponents, coefficient in terms:
            powers = [0] * ring.ngens
            for generator, exponent in exponents.items():
                if exponent:
                    powers[index[generator]] = int(exponent * frame[generator])
            polynomial[tuple(powers)] = coefficient
        polynomials.append(polynomial)
    return polynomials, contents, frame


def _from_polynomial(polynomial: PolyElement, frame: Frame, shift: dict[Generator, Rational] | None = None) -> Form:
    generators = list(frame.items())
    terms: dict[Monomial, Rational] = {}
    for powers, coefficient in polynomial.terms():
        exponents: dict[Generator, Rational] = dict(shift or {})
        for (generator, root), power in zip(generators, powers):
            if power:
                exponents[generator] = exponents.get(generator, QQ.zero) + QQ(power, root)
        factor, monomial = reduced(exponents)
        terms[monomial] = terms.get(monomial, QQ.zero) + coefficient * factor
    return Form({monomial: coefficient for monomial, coefficient in terms.items() if coefficient})


def factored(form: Form) -> tuple[Rational, Monomial]:
    """A form as rational * product of generator powers, its sums factored into irreducible `Base` generators."""
    numerator, denominator = fraction(form)
    if not len(numerator):
        return QQ.zero, ONE
    coefficient, monomial = _factored_numerator(numerator)
    for base, exponent in denominator:
        factor, monomial = product(monomial, frozenset([(base, QQ(-exponent))]))
        coefficient *= factor
    return coefficient, monomial


@lru_cache(maxsize=20000)
def _factored_numerator(numerator: Form) -> tuple[Rational, Monomial]:
    if len(numerator) == 1:
        [(monomial, coefficient)] = numerator.terms.items()
        return coefficient, monomial
    [polynomial], [content], frame = _polynomials((numerator,))
    constant, factors = _factor_list(polynomial)
    exponents = dict(content)
    for factor, power in factors:
        unit = _content(factor) * (1 if factor.LC > 0 else -1)
        constant *= unit**power
        base = Base(frozenset(_from_polynomial(factor.mul_ground(1 / unit), frame).terms.items()))
        exponents[base] = exponents.get(base, QQ.zero) + power
    extra, monomial = reduced(exponents)
    return constant * extra, monomial


def _content(polynomial: PolyElement) -> Rational:
    """The positive rational that makes the coefficients coprime integers."""
    primitive = polynomial.primitive()[0]
    return abs(primitive)


def _factor_list(polynomial: PolyElement) -> tuple[Rational, list[tuple[PolyElement, int]]]:
    degrees = polynomial.degrees()
    if len(polynomial) > MAX_FACTOR_TERMS or max(degrees) > MAX_FACTOR_DEGREE or _is_irreducible(polynomial, degrees):
        return QQ.one, [(polynomial, 1)]
    constant, factors = polynomial.factor_list()
    return QQ.convert(constant), factors


def _is_irreducible(polynomial: PolyElement, degrees: tuple[int, ...]) -> bool:
    """A quick sufficient test: linear in a variable whose coefficient is a monomial (monomial content is already out)."""
    return any(degree == 1 and sum(1 for powers in polynomial if powers[index]) == 1 for index, degree in enumerate(degrees))
