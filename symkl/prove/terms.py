"""Typed claims: information terms, measures of laws, and the scalar expressions and relations made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

__all__ = [
    "Call",
    "Constant",
    "Fold",
    "Image",
    "Information",
    "Largest",
    "LawExpression",
    "LawName",
    "Measure",
    "Mix",
    "Parameter",
    "Plus",
    "Pow",
    "ProductLaw",
    "Relation",
    "Scalar",
    "Statement",
    "Term",
    "Times",
    "bare",
    "factors_of",
    "negative",
    "not_finite",
    "plus",
    "terms_of",
    "times",
    "unfit_order",
    "written_out",
]


@dataclass(frozen=True)
class LawName:
    """A law known by its name; of a joint law, the coordinates in `of` (given those in `given`)."""

    name: str
    of: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.of:
            return self.name
        return f"{self.name}({','.join(self.of)}{'|' + ','.join(self.given) if self.given else ''})"


@dataclass(frozen=True)
class ProductLaw:
    """P_1 × P_2 × …"""

    factors: tuple[LawExpression, ...]

    def __str__(self) -> str:
        return "*".join(f"({each})" if isinstance(each, Mix) else str(each) for each in self.factors)


@dataclass(frozen=True)
class Mix:
    """Σ w_i P_i, the weights non-negative with sum one."""

    parts: tuple[tuple[Scalar, LawExpression], ...]

    def __str__(self) -> str:
        return " + ".join(f"{_factor(w)}*{f'({each})' if isinstance(each, Mix) else each}" for w, each in self.parts)


@dataclass(frozen=True)
class Image:
    """K(P): the law of the output of the channel K when its input has the law P."""

    channel: str
    law: LawExpression

    def __str__(self) -> str:
        return f"{self.channel}({self.law})"


@dataclass(frozen=True)
class Fold:
    """P^n: the law of n independent draws, where n is a parameter, a positive integer."""

    law: LawExpression
    times: Scalar

    def __str__(self) -> str:
        return f"{self.law if isinstance(self.law, LawName) else f'({self.law})'}^{self.times}"


LawExpression = LawName | ProductLaw | Mix | Image | Fold


@dataclass(frozen=True)
class Information:
    """H(A|C) for one group, I(A; B; …|C) for more; `differential` marks the small h of continuous variables."""

    groups: tuple[tuple[str, ...], ...]
    given: tuple[str, ...] = ()
    differential: bool = False

    def __str__(self) -> str:
        inside = ";".join(",".join(group) for group in self.groups)
        sign = ("h" if self.differential else "H") if len(self.groups) == 1 else "I"
        return f"{sign}({inside}{'|' + ','.join(self.given) if self.given else ''})"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for group in (*self.groups, self.given) for name in group))


def not_finite(groups: Sequence[Sequence[str]], given: Sequence[str], continuous: Collection[str]) -> str:
    """Why the term is no finite number: a continuous variable that is told twice has no joint density; "" where it has one.

    In h(A|C) the continuous variables of A, C stand once each; in I(A; B|C) none stands in two groups unless C holds it, which
    makes it a constant.

    >>> not_finite([["X"], ["X", "Y"]], [], {"X"})
    'I(X;X,Y) is infinite, as a continuous X says infinitely much about itself'
    >>> not_finite([["X"], ["X", "Y"]], ["X"], {"X"})
    ''
    """
    term = Information(tuple(map(tuple, groups)), tuple(given), True)
    if len(groups) == 1:
        twice = [name for k, name in enumerate(groups[0]) if name in continuous and (name in groups[0][:k] or name in given)]
        return f"{term} is -infinity, as a continuous {twice[0]} is known when {twice[0]} is" if twice else ""
    names = [name for group in groups for name in dict.fromkeys(group) if name in continuous and name not in given]
    twice = [name for name in names if names.count(name) > 1]
    if not twice:
        return ""
    return f"{term} is infinite, as a continuous {twice[0]} says infinitely much about itself"


@dataclass(frozen=True)
class Measure:
    """A functional of laws, by the name of its head; `base` law of a conditional divergence D(P||Q|R) comes third."""

    head: str
    laws: tuple[LawExpression, ...]
    parameters: tuple[Scalar, ...] = ()

    def __str__(self) -> str:
        text, separator = TEXT_NAMES[self.head]
        joined = separator.join(str(each) for each in self.laws[:2]) + "".join(f"|{each}" for each in self.laws[2:])
        return f"{text}({joined}{''.join(f',{p}' for p in self.parameters)})"


#: How each head is written in text, and what separates its laws.
TEXT_NAMES: dict[str, tuple[str, str]] = {
    "KL": ("D", "||"),
    "Entropy": ("H", ","),
    "CrossEntropy": ("H", "||"),
    "Jeffreys": ("J", ","),
    "JensenShannon": ("JSD", ","),
    "TotalVariation": ("TV", ","),
    "Chi2": ("Chi2", "||"),
    "Renyi": ("Renyi", "||"),
    "Tsallis": ("Tsallis", "||"),
    "Hellinger": ("Hellinger", ","),
    "Bhattacharyya": ("Bhattacharyya", ","),
    "Affinity": ("BC", ","),
}


#: The orders of Rényi's and Tsallis's measures have numerators and denominators up to this.
MOST = 64


def unfit_order(head: str, parameters: Sequence[Scalar]) -> str:
    """Why the measure has no place in the calculus, whose orders are rational numbers; "" where it has."""
    if head not in ("Renyi", "Tsallis"):
        return ""
    order = parameters[0]
    if not isinstance(order, Constant):
        return f"the order of {head} must be a rational number, not {order}"
    if order.value < 0:
        return f"the order of {head} must not be negative, as {order} is"
    if order.value == 0 or (order.value == 1 and head == "Tsallis"):
        return f"{head} of the order {order} is not supported" + (", it is D(P||Q)" if order.value else "")
    if max(abs(order.value.numerator), order.value.denominator) > MOST:
        return f"the order {order} is out of reach: its numerator and denominator may be {MOST} at most"
    return ""


@dataclass(frozen=True)
class Constant:
    value: Fraction

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True)
class Parameter:
    """A real parameter, such as the weight of a mixture."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Plus:
    parts: tuple[Scalar, ...]

    def __str__(self) -> str:
        texts = [str(each) for each in self.parts]
        return texts[0] + "".join(f" - {t[1:]}" if t.startswith("-") else f" + {t}" for t in texts[1:])


@dataclass(frozen=True)
class Times:
    parts: tuple[Scalar, ...]

    def __str__(self) -> str:
        first, *rest = self.parts
        if isinstance(first, Constant) and first.value < 0:
            return "-" + "*".join(_factor(each) for each in ((Constant(-first.value),) if first.value != -1 else ()) + tuple(rest))
        return "*".join(_factor(each) for each in self.parts)


@dataclass(frozen=True)
class Pow:
    base: Scalar
    exponent: Fraction

    def __str__(self) -> str:
        if self.exponent == Fraction(1, 2):
            return f"sqrt({self.base})"
        exponent = str(self.exponent) if self.exponent.denominator == 1 and self.exponent > 0 else f"({self.exponent})"
        return f"{_factor(self.base)}^{exponent}"


@dataclass(frozen=True)
class Call:
    """log(u) or exp(u)."""

    function: str
    argument: Scalar

    def __str__(self) -> str:
        return f"{self.function}({self.argument})"


@dataclass(frozen=True)
class Largest:
    """The largest of several terms, in a claim while it is read: none is left in a statement."""

    parts: tuple[Scalar, ...]


Term = Information | Measure
Scalar = Constant | Parameter | Plus | Times | Pow | Call | Largest | Information | Measure


def _factor(node: Scalar) -> str:
    plain = not isinstance(node, Plus) and not (isinstance(node, Constant) and node.value < 0)
    return str(node) if plain else f"({node})"


@dataclass(frozen=True)
class Relation:
    """left `sign` right, sign one of = <= >= < > !=."""

    left: Scalar
    sign: str
    right: Scalar

    def __str__(self) -> str:
        return f"{self.left} {self.sign} {self.right}"


@dataclass(frozen=True)
class Statement:
    """A claim with its hypotheses: relations, laws defined as others, and which variables are continuous.

    Some hypotheses are `assumed` by the claim itself, u < w by w ≤ max(u, v): that they contradict the others proves it.
    """

    claims: tuple[Relation, ...]
    given: tuple[Relation, ...] = ()
    definitions: tuple[tuple[LawName, LawExpression], ...] = ()
    continuous: frozenset[str] = frozenset()
    assumed: tuple[Relation, ...] = ()

    def _latex(self, printer: Any) -> str:
        from symkl.prove.texform import law_tex, relation_tex

        claims = r" \text{ and } ".join(map(relation_tex, self.claims))
        hypotheses = [relation_tex(each) for each in self.given] + [f"{law_tex(name)} = {law_tex(body)}" for name, body in self.definitions]
        return claims + (r" \quad\text{given } " + r",\; ".join(hypotheses) if hypotheses else "")

    def __str__(self) -> str:
        text = " and ".join(str(each) for each in self.claims)
        hypotheses = [str(each) for each in self.given] + [f"{name} = {body}" for name, body in self.definitions]
        return f"{text}, given {', '.join(hypotheses)}" if hypotheses else text


def terms_of(side: Scalar) -> tuple[Scalar, ...]:
    """The terms of a sum; of anything else, itself."""
    return side.parts if isinstance(side, Plus) else (side,)


def factors_of(term: Scalar) -> tuple[Scalar, ...]:
    """The factors of a product; of anything else, itself."""
    return term.parts if isinstance(term, Times) else (term,)


def written_out(side: Scalar, most: int) -> Iterator[list[Scalar]]:
    """The factors of every term of an expression, written out: powers up to the `most`th as repeated factors, products of sums term by term."""
    if isinstance(side, Plus):
        for part in side.parts:
            yield from written_out(part, most)
    elif isinstance(side, Times):
        for chosen in product(*(list(written_out(part, most)) for part in side.parts)):
            yield [each for part in chosen for each in part]
    elif isinstance(side, Pow) and side.exponent.denominator == 1 and 1 <= side.exponent <= most:
        for chosen in product(list(written_out(side.base, most)), repeat=int(side.exponent)):
            yield [each for part in chosen for each in part]
    else:
        yield [side]


def bare(term: Scalar) -> Scalar:
    """The term without its rational coefficient."""
    return times(*(f for f in term.parts if not isinstance(f, Constant))) if isinstance(term, Times) else term


def plus(*parts: Scalar) -> Scalar:
    """The sum, flattened, numbers joined."""
    flat: list[Scalar] = []
    number = Fraction(0)
    for part in parts:
        for each in terms_of(part):
            if isinstance(each, Constant):
                number += each.value
            else:
                flat.append(each)
    if number or not flat:
        # 1 - x rather than -x + 1.
        leading = number > 0 and bool(flat) and _is_negative(flat[0])
        flat.insert(0 if leading else len(flat), Constant(number))
    return flat[0] if len(flat) == 1 else Plus(tuple(flat))


def _is_negative(node: Scalar) -> bool:
    return isinstance(node, Times) and isinstance(node.parts[0], Constant) and node.parts[0].value < 0


def times(*parts: Scalar) -> Scalar:
    """The product, flattened, numbers joined in front."""
    flat: list[Scalar] = []
    number = Fraction(1)
    for part in parts:
        for each in factors_of(part):
            if isinstance(each, Constant):
                number *= each.value
            else:
                flat.append(each)
    if number == 0 or not flat:
        return Constant(number)
    if number != 1:
        flat.insert(0, Constant(number))
    return flat[0] if len(flat) == 1 else Times(tuple(flat))


def negative(part: Scalar) -> Scalar:
    return times(Constant(Fraction(-1)), part)
