"""The grammar of expressions and laws: tokens to a raw tree by precedence climbing; nothing is ever evaluated.

    text       = item { "," item } | "" ;  one item stands for itself, several for a bare list
    item       = sum
    sum        = product { ("+" | "-") product }
    product    = signed { ("*" | "/") signed }
    signed     = ("+" | "-") signed | power
    power      = postfix [ "^" signed ]                    right to left, and before the sign: -x^2 = -(x^2)
    postfix    = atom { "!" | superscript digits }
    atom       = number | name | "√" (number | name) | name "(" arguments ")" | "(" sum ")" | "(" item "," item … ")" | "[" items "]" | "{" label ":" sum, … "}"
    arguments  = [ argument { ("," | "||") argument } ]
    argument   = [ name "=" ] sum

Comparisons are read by `parse_relation`. The tree knows where each piece stood, so that an error can point at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symkl.cli.tokens import tokenize
from symkl.core.tokens import Cursor, Token
from symkl.errors import ParseError

__all__ = [
    "Argument",
    "Binary",
    "Call",
    "List",
    "Mapping",
    "Name",
    "Negative",
    "Node",
    "Number",
    "Postfix",
    "Relation",
    "parse",
    "parse_assignments",
    "parse_relation",
    "parse_relations",
]

MAX_DEPTH = 60
MAX_EXPONENT = 4_000
RELATIONS = ("<", "<=", ">", ">=", "=", "!=")


@dataclass(frozen=True)
class Number:
    """A decimal numeral, taken exactly: 0.7 is 7/10."""

    value: Fraction
    position: int


@dataclass(frozen=True)
class Name:
    text: str
    position: int


@dataclass(frozen=True)
class Argument:
    """One argument of a call; `name` is None when it is given by position."""

    name: str | None
    value: Node
    position: int


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple[Argument, ...]
    position: int


@dataclass(frozen=True)
class Negative:
    operand: Node
    position: int


@dataclass(frozen=True)
class Postfix:
    """operand! (the only postfix operator that is not written another way)."""

    operand: Node
    position: int


@dataclass(frozen=True)
class Binary:
    """left operator right, the operator one of + - * / ^."""

    operator: str
    left: Node
    right: Node
    position: int


@dataclass(frozen=True)
class List:
    """Several items; `bracket` is "(", "[" or "" for a bare list."""

    items: tuple[Node, ...]
    bracket: str
    position: int


@dataclass(frozen=True)
class Mapping:
    """{label: value, …}"""

    pairs: tuple[tuple[str, Node], ...]
    position: int


Node = Number | Name | Call | Negative | Postfix | Binary | List | Mapping


@dataclass(frozen=True)
class Relation:
    """left sign right, for conditions."""

    sign: str
    left: Node
    right: Node
    position: int


def parse(text: str) -> Node:
    """The raw tree of an expression, a law or a list of probabilities.

    >>> parse("0.7, 3/10").items[0]
    Number(value=Fraction(7, 10), position=0)
    >>> parse("Normal(mu, )")
    Traceback (most recent call last):
    ...
    symkl.errors.ParseError: an expression is missing before ')'
      Normal(mu, )
                 ^
    """
    return _Parser(text).whole()


def parse_relation(text: str) -> Relation:
    """The raw tree of a comparison such as `alpha > 1`."""
    return _Parser(text).relation()


def parse_relations(text: str) -> tuple[Relation, ...]:
    """The raw trees of a comparison or a chain of them: 0 < p < 1 is 0 < p and p < 1.

    >>> [relation.sign for relation in parse_relations("0 < p <= 1")]
    ['<', '<=']
    """
    return _Parser(text).relations()


def parse_assignments(text: str) -> list[tuple[str, Node]]:
    """The pairs of `a = 2, b = 1/3`.

    >>> [name for name, _ in parse_assignments("a=2, b=1/3")]
    ['a', 'b']
    """
    return _Parser(text).assignments()


class _Parser(Cursor):
    def __init__(self, text: str) -> None:
        super().__init__(text, tokenize(text))

    def close(self, sign: str, opened: int) -> None:
        """Take the closing sign of what was opened at `opened`."""
        if self.accept(sign):
            return
        if self.token.kind == "end":
            raise ParseError(f"{self.text[opened]!r} is never closed", self.text, opened)
        raise self.fail(self.unexpected())

    def unexpected(self) -> str:
        token = self.token
        if token.kind == "end":
            return "an expression is missing"
        before = self.tokens[self.index - 1] if self.index else None
        if token.text in (")", "]", "}"):
            open_ended = before is not None and before.kind == "sign" and before.text not in (")", "]", "}", "!")
            return f"an expression is missing before {token.text!r}" if open_ended else f"{token.text!r} closes nothing"
        if token.kind == "text":
            return f"a quoted text has no place here: {token.text[:40]!r}"
        ended = before is not None and (before.kind in ("number", "name", "power") or before.text in (")", "]", "}", "!"))
        if ended and (token.kind in ("number", "name") or token.text == "("):
            return f"an operator is missing before {token.text!r}; products are written with *"
        return f"unexpected {token.text!r}"

    def whole(self) -> Node:
        if self.token.kind == "end":
            raise ParseError("the text is empty")
        items = [self.sum()]
        while self.accept(",", ";"):
            items.append(self.sum())
        if self.token.kind != "end":
            raise self.fail(self.unexpected())
        return items[0] if len(items) == 1 else List(tuple(items), "", 0)

    def relation(self) -> Relation:
        found = self.one_relation(self.sum())
        if self.token.kind != "end":
            raise self.fail(self.unexpected())
        return found

    def relations(self) -> tuple[Relation, ...]:
        found = [self.one_relation(self.sum())]
        while self.token.kind != "end":
            if self.token.text not in RELATIONS:
                raise self.fail(self.unexpected())
            found.append(self.one_relation(found[-1].right))
        return tuple(found)

    def one_relation(self, left: Node) -> Relation:
        sign = self.accept(*RELATIONS)
        if sign is None:
            raise self.fail(f"a comparison is expected: one of {' '.join(RELATIONS)}")
        return Relation(sign.text, left, self.sum(), sign.position)

    def assignments(self) -> list[tuple[str, Node]]:
        found: list[tuple[str, Node]] = []
        while True:
            name = self.take()
            if name.kind != "name" or not self.accept("="):
                raise self.fail("an assignment is expected, such as a = 2", name)
            if any(name.text == earlier for earlier, _ in found):
                raise self.fail(f"{name.text} is given twice", name)
            found.append((name.text, self.sum()))
            if self.token.kind == "end":
                return found
            if not self.accept(",", ";"):
                raise self.fail(self.unexpected())

    def descend(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail(f"the text is nested more than {MAX_DEPTH} deep")

    def sum(self) -> Node:
        self.descend()
        result = self.product()
        while token := self.accept("+", "-"):
            result = Binary(token.text, result, self.product(), token.position)
        self.depth -= 1
        return result

    def product(self) -> Node:
        result = self.signed()
        while token := self.accept("*", "/"):
            result = Binary(token.text, result, self.signed(), token.position)
        return result

    def signed(self) -> Node:
        """A power with its signs; a run of signs is one level, so that it cannot exhaust the stack."""
        first, minus = self.token, False
        while token := self.accept("+", "-"):
            minus ^= token.text == "-"
        result = self.power()
        return Negative(result, first.position) if minus else result

    def power(self) -> Node:
        base = self.postfix()
        if token := self.accept("^"):
            self.descend()
            exponent = self.signed()
            self.depth -= 1
            return Binary("^", base, exponent, token.position)
        return base

    def postfix(self) -> Node:
        result = self.atom()
        while True:
            if token := self.accept("!"):
                result = Postfix(result, token.position)
            elif self.token.kind == "power":
                token = self.take()
                result = Binary("^", result, Number(Fraction(int(token.text)), token.position), token.position)
            else:
                return result
            self.index_guard()

    def index_guard(self) -> None:
        """x!!!! and x²²²² nest the tree, not the stack; they count as nesting all the same."""
        run = self.index
        while run and (self.tokens[run - 1].text == "!" or self.tokens[run - 1].kind == "power"):
            run -= 1
        if self.index - run > 4:
            raise self.fail("too many postfix operators")

    def atom(self) -> Node:
        token = self.token
        if token.kind == "number":
            return Number(_exact(self.take(), self.text), token.position)
        if token.kind == "name":
            self.take()
            if self.is_root(token) and (self.token.kind == "number" or (self.token.kind == "name" and not self.is_root(self.token))):
                return Call(token.text, (Argument(None, self.atom(), self.token.position),), token.position)
            return self.call(token) if self.token.text == "(" and self.token.kind == "sign" else Name(token.text, token.position)
        if token.kind == "sign" and token.text in "([":
            return self.bracketed(self.take())
        if token.kind == "sign" and token.text == "{":
            return self.mapping(self.take())
        raise self.fail(self.unexpected())

    def is_root(self, token: Token) -> bool:
        """√, which may stand before a number or a name without brackets."""
        return self.text[token.position : token.position + 1] == "√"

    def bracketed(self, opening: Token) -> Node:
        closing = ")" if opening.text == "(" else "]"
        items: list[Node] = []
        if not (closing == "]" and self.token.text == "]"):
            items.append(self.sum())
            while self.accept(","):
                items.append(self.sum())
        self.close(closing, opening.position)
        if opening.text == "(" and len(items) == 1:
            return items[0]
        return List(tuple(items), opening.text, opening.position)

    def mapping(self, opening: Token) -> Mapping:
        pairs: list[tuple[str, Node]] = []
        while True:
            label = self.take()
            if label.kind not in ("name", "text", "number"):
                raise self.fail("a label is expected: a name, a number or a quoted text", label)
            if not self.accept(":", "="):
                raise self.fail("':' is expected after the label")
            if any(label.text == earlier for earlier, _ in pairs):
                raise self.fail(f"the label {label.text!r} is given twice", label)
            pairs.append((label.text, self.sum()))
            if not self.accept(","):
                break
        self.close("}", opening.position)
        return Mapping(tuple(pairs), opening.position)

    def call(self, head: Token) -> Call:
        opening = self.take()
        arguments: list[Argument] = []
        if not (self.token.kind == "sign" and self.token.text == ")"):
            arguments.append(self.argument())
            while self.accept(",", "||", ";"):
                arguments.append(self.argument())
        self.close(")", opening.position)
        return Call(head.text, tuple(arguments), head.position)

    def argument(self) -> Argument:
        token, after = self.token, self.tokens[min(self.index + 1, len(self.tokens) - 1)]
        if token.kind == "name" and after.kind == "sign" and after.text == "=":
            self.take()
            self.take()
            return Argument(token.text, self.sum(), token.position)
        return Argument(None, self.sum(), token.position)


def _exact(token: Token, text: str) -> Fraction:
    """The exact value of a numeral; the exponent is bounded, because 1e999999999 is a number that fits no machine."""
    _, _, exponent = token.text.lower().partition("e")
    if exponent and abs(int(exponent)) > MAX_EXPONENT:
        raise ParseError(f"the exponent of {token.text} is beyond ±{MAX_EXPONENT}", text, token.position)
    return Fraction(token.text)
