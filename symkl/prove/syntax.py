"""The text of claims: characters to tokens to a raw tree, by recursive descent; nothing is ever evaluated.

    statement  = relation { (";" | "and" | newline)? }          one statement a text
    relation   = sum { ("=" | "<=" | ">=" | "<" | ">" | "!=") sum }
    sum        = ["+" | "-"] product { ("+" | "-") product }
    product    = power { ("*" | "/" | nothing) power }           2 H(X) is 2*H(X)
    power      = atom [ ("^" | "**") ["-"] power ]
    atom       = number | name | name "(" arguments ")" | name "[" arguments "]" | "(" sum ")"
    arguments  = [sum] { ("," | ";" | "|" | "||" | nothing) sum }

A chain of names joined by "->" is a Markov chain, "X:Y,Z" says that X is a function of (Y, Z), "X _||_ Y | Z" is independence.
The signs ‖ ≤ ≥ ≠ × · − → ⊥ are read as their spellings above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from symkl.core.tokens import Cursor, Token
from symkl.errors import ParseError

__all__ = ["Apply", "Binary", "Chain", "Function", "Independence", "Name", "Negative", "Number", "Raw", "Relations", "Token", "parse", "tokenize"]

RELATIONS = ("=", "<=", ">=", "<", ">", "!=")
MAX_LENGTH = 20_000
MAX_DEPTH = 60

_SPELLINGS = {
    "‖": "||",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "×": "*",
    "·": "*",
    "⋅": "*",
    "−": "-",
    "→": "->",
    "⊥": "_||_",
    "==": "=",
    "**": "^",
    "≪": "<<",
    "⟂": "_||_",
}
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![A-Za-z_0-9.]*\.\d))"
    r"|(?P<sign>_\|\|_|_\|_|\|\||<<|<=|>=|!=|==|->|\*\*|[‖≤≥≠×·⋅−→⊥⟂≪]|[-+*/^()\[\],;|:=<>])"
    r"|(?P<name>[^\W\d]\w*'*)"
)


@dataclass(frozen=True)
class Number:
    value: Fraction
    position: int = 0


@dataclass(frozen=True)
class Name:
    text: str
    position: int = 0


@dataclass(frozen=True)
class Apply:
    """name(a, b; c | d): the arguments, and before each but the first the separator that stood there."""

    name: str
    arguments: tuple[Raw, ...]
    separators: tuple[str, ...]
    position: int = 0


@dataclass(frozen=True)
class Negative:
    operand: Raw
    position: int = 0


@dataclass(frozen=True)
class Binary:
    """left op right, op one of + - * / ^."""

    operator: str
    left: Raw
    right: Raw
    position: int = 0


Raw = Number | Name | Apply | Negative | Binary


@dataclass(frozen=True)
class Relations:
    """side_0 rel_1 side_1 rel_2 side_2 …: a chain of comparisons."""

    sides: tuple[Raw, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Chain:
    """X -> Y -> Z: a Markov chain of groups of variables."""

    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Function:
    """X : Y, Z says that X is a function of (Y, Z)."""

    values: tuple[str, ...]
    of: tuple[str, ...]


@dataclass(frozen=True)
class Independence:
    """A _||_ B _||_ … | C: the groups are mutually independent, given C."""

    groups: tuple[tuple[str, ...], ...]
    given: tuple[str, ...]


Parsed = Relations | Chain | Function | Independence


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, the last of kind "end".

    >>> [t.text for t in tokenize("2I(X;Y) ≤ .5")][:-1]
    ['2', 'I', '(', 'X', ';', 'Y', ')', '<=', '.5']
    """
    if not isinstance(text, str):
        raise TypeError(f"a text is wanted, not {type(text).__name__}")
    if len(text) > MAX_LENGTH:
        raise ParseError(f"the text is longer than {MAX_LENGTH} characters")
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ParseError(f"unexpected character {text[position]!r}", text, position)
        kind = match.lastgroup or ""
        if kind != "space":
            spelled = match.group()
            tokens.append(Token(kind, _SPELLINGS.get(spelled, spelled), position))
        position = match.end()
    tokens.append(Token("end", "", len(text)))
    return tokens


def parse(text: str) -> Parsed:
    """The raw tree of one claim or hypothesis.

    >>> parse("X -> Y -> Z")
    Chain(groups=(('X',), ('Y',), ('Z',)))
    >>> parse("I(X;Z) <= ")
    Traceback (most recent call last):
    ...
    symkl.errors.ParseError: an expression is missing
      I(X;Z) <=
                ^
    """
    return _Parser(text).statement()


def exact_number(text: str) -> Fraction:
    """The exact value of a decimal numeral; 1e-9 is 1/10^9."""
    _, _, exponent = text.lower().partition("e")
    if exponent and abs(int(exponent)) > 4000:
        raise ParseError(f"the exponent of {text} is too large")
    return Fraction(text)


class _Parser(Cursor):
    def __init__(self, text: str) -> None:
        super().__init__(text, tokenize(text))

    def expect(self, sign: str) -> None:
        if not self.accept(sign):
            found = f"not {self.token.text!r}" if self.token.kind != "end" else "but the text ends"
            raise self.fail(f"{sign!r} is expected here, {found}{self.colon()}")

    def colon(self) -> str:
        """What is meant where a colon stands for a semicolon."""
        return "; groups of variables are separated by ';', as in I(X;Y)" if self.token.text == ":" else ""

    def finish(self) -> None:
        if self.token.kind != "end":
            raise self.fail(f"unexpected {self.token.text!r}")

    def statement(self) -> Parsed:
        signs = {t.text for t in self.tokens if t.kind == "sign"}
        special: Parsed | None = None
        if "->" in signs:
            special = Chain(self.groups("->"))
        elif "_||_" in signs or "_|_" in signs:
            groups = self.groups("_||_", "_|_")
            special = Independence(groups, self.names() if self.accept("|") else ())
        elif not signs & {*RELATIONS, "<<"} and self.is_dashed_chain():
            special = Chain(self.groups("-"))
        elif ":" in signs and not signs & {*RELATIONS, "<<"} and not self.has_application():
            values = self.names()
            self.expect(":")
            special = Function(values, self.names())
        if special is not None:
            self.finish()
            return special
        return self.relations()

    def has_application(self) -> bool:
        """Whether a name is followed by a bracket, as in I(X:Y)."""
        return any(one.kind == "name" and two.text == "(" for one, two in pairwise(self.tokens))

    def is_dashed_chain(self) -> bool:
        """X - Y - Z without a relation is a Markov chain too."""
        dashes = sum(t.text == "-" for t in self.tokens)
        return dashes > 1 and all(t.kind in ("name", "end") or t.text in "-,()" for t in self.tokens)

    def groups(self, *separators: str) -> tuple[tuple[str, ...], ...]:
        found = [self.names()]
        while self.accept(*separators):
            found.append(self.names())
        if len(found) < 2:
            raise self.fail(f"{separators[0]!r} joins at least two groups of variables")
        return tuple(found)

    def names(self) -> tuple[str, ...]:
        """X, Y Z or (X, Y): the names of one group."""
        bracket = self.accept("(")
        found: list[str] = []
        while self.token.kind == "name":
            found.append(self.take().text)
            if not self.accept(",") and self.token.kind != "name":
                break
        if not found:
            raise self.fail("the name of a variable is expected")
        if bracket:
            self.expect(")")
        return tuple(found)

    def relations(self) -> Relations:
        sides, signs = [self.sum()], []
        while token := self.accept(*RELATIONS, "<<"):
            signs.append(token.text)
            sides.append(self.sum())
        if not signs:
            self.finish()
            raise self.fail("a claim needs a relation: one of = <= >= < > !=")
        self.finish()
        return Relations(tuple(sides), tuple(signs))

    def sum(self) -> Raw:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail(f"the expression is nested more than {MAX_DEPTH} deep")
        sign = self.accept("+", "-")
        result = self.product()
        if sign and sign.text == "-":
            result = Negative(result, sign.position)
        while token := self.accept("+", "-"):
            result = Binary(token.text, result, self.product(), token.position)
        self.depth -= 1
        return result

    def product(self) -> Raw:
        result = self.power()
        while True:
            if token := self.accept("*", "/"):
                result = Binary(token.text, result, self.power(), token.position)
            elif self.juxtaposed(result):
                result = Binary("*", result, self.power(), self.token.position)
            else:
                return result

    def juxtaposed(self, left: Raw) -> bool:
        """A number, or a quotient of numbers, directly before a name or bracket multiplies it: 2 H(X), 3(A+B), 1/2 I(X;Y)."""
        here = self.token.kind == "name" or (self.token.kind == "sign" and self.token.text == "(")
        return here and _numeric(left)

    def power(self) -> Raw:
        first, minus = self.token, False
        while sign := self.accept("-", "+"):
            minus ^= sign.text == "-"
        if minus:
            return Negative(self.power(), first.position)
        base = self.atom()
        if token := self.accept("^"):
            sign = self.accept("-")
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise self.fail(f"the expression is nested more than {MAX_DEPTH} deep")
            exponent = self.power()
            self.depth -= 1
            return Binary("^", base, Negative(exponent, sign.position) if sign else exponent, token.position)
        return base

    def atom(self) -> Raw:
        token = self.token
        if token.kind == "number":
            self.take()
            return Number(exact_number(token.text), token.position)
        if token.kind == "name":
            self.take()
            if self.accept("("):
                return self.arguments(token, ")")
            if self.accept("["):
                return self.arguments(token, "]")
            return Name(token.text, token.position)
        if self.accept("("):
            inside = self.sum()
            self.expect(")")
            return inside
        raise self.fail("an expression is missing" if token.kind == "end" else f"unexpected {token.text!r}")

    def arguments(self, head: Token, closing: str) -> Apply:
        found: list[Raw] = [self.sum()]
        separators: list[str] = []
        while not self.accept(closing):
            if token := self.accept(",", ";", "|", "||"):
                separators.append(token.text)
            elif self.token.kind == "name":
                separators.append(",")  # H(X Y) is H(X,Y)
            else:
                raise self.fail(f"{closing!r} is missing" if self.token.kind == "end" else f"unexpected {self.token.text!r}{self.colon()}")
            found.append(self.sum())
        return Apply(head.text, tuple(found), tuple(separators), head.position)


def _numeric(node: Raw) -> bool:
    if isinstance(node, Number):
        return True
    return isinstance(node, Binary) and node.operator in "*/" and _numeric(node.left) and _numeric(node.right)
