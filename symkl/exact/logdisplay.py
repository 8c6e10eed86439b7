"""How a sum of logarithms is written: (7/10) log 7 + (3/10) log 3 − log 5."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm, prod

__all__ = ["display_terms", "latex_text", "plain_text", "unicode_text"]

# Logarithms are joined while numerator and denominator stay as small as an author would leave them,
# and no prime is raised to more than the square.
JOIN_LIMIT = 100
JOIN_POWER = 2

Terms = list[tuple[Fraction, Fraction]]


def display_terms(terms: Mapping[int, Fraction]) -> Terms:
    """(c, r) with Σ c log r the number: one logarithm if it is short, else those of equal weight joined; larger weights first."""
    if not terms:
        return []
    single = _single(terms)
    if single is not None:
        return [single]
    groups: dict[Fraction, dict[int, int]] = {}
    for base, c in terms.items():
        groups.setdefault(abs(c), {})[base] = 1 if c > 0 else -1
    shown: Terms = []
    for weight, powers in groups.items():
        argument = _ratio(powers)
        if max(argument.numerator, argument.denominator) <= JOIN_LIMIT:
            shown.append(_upright(weight, argument))
        else:
            shown += [_upright(weight * sign, Fraction(base)) for base, sign in powers.items()]
    return sorted(shown, key=lambda term: (-term[0], -term[1]))


def _single(terms: Mapping[int, Fraction]) -> tuple[Fraction, Fraction] | None:
    weight = Fraction(gcd(*(c.numerator for c in terms.values())), lcm(*(c.denominator for c in terms.values())))
    powers = {base: int(c / weight) for base, c in terms.items()}
    if len(terms) > 1 and max(abs(power) for power in powers.values()) > JOIN_POWER:
        return None
    argument = _ratio(powers)
    if len(terms) > 1 and max(argument.numerator, argument.denominator) > JOIN_LIMIT:
        return None
    return _upright(weight, argument)


def _ratio(powers: Mapping[int, int]) -> Fraction:
    return Fraction(prod(b**e for b, e in powers.items() if e > 0), prod(b**-e for b, e in powers.items() if e < 0))


def _upright(weight: Fraction, argument: Fraction) -> tuple[Fraction, Fraction]:
    """With an argument above one: −c log(4/3), not c log(3/4)."""
    return (weight, argument) if argument > 1 else (-weight, 1 / argument)


def plain_text(terms: Terms) -> str:
    """SymPy's input syntax, in the author's order."""
    return _joined([(c < 0, _plain(abs(c), r)) for c, r in terms], "-")


def _plain(c: Fraction, r: Fraction) -> str:
    top = f"log({r})" if c.numerator == 1 else f"{c.numerator}*log({r})"
    return top if c.denominator == 1 else f"{top}/{c.denominator}"


def unicode_text(terms: Terms) -> str:
    """As a person writes it, with a true minus sign."""
    return _joined([(c < 0, _unicode(abs(c), r)) for c, r in terms], "−")


def _unicode(c: Fraction, r: Fraction) -> str:
    logarithm = f"log {r}" if r.denominator == 1 else f"log({r})"
    return logarithm if c == 1 else f"{c} {logarithm}" if c.denominator == 1 else f"({c}) {logarithm}"


def latex_text(terms: Terms) -> str:
    return _joined([(c < 0, _latex(abs(c), r)) for c, r in terms], "-")


def _latex(c: Fraction, r: Fraction) -> str:
    logarithm = rf"\log {r}" if r.denominator == 1 else rf"\log \frac{{{r.numerator}}}{{{r.denominator}}}"
    if c == 1:
        return logarithm
    return rf"{c} {logarithm}" if c.denominator == 1 else rf"\frac{{{c.numerator}}}{{{c.denominator}}} {logarithm}"


def _joined(parts: list[tuple[bool, str]], minus: str) -> str:
    if not parts:
        return "0"
    (negative, first), *rest = parts
    text = (f"{minus}" if negative else "") + first
    return text + "".join(f" {minus if negative else '+'} {part}" for negative, part in rest)
