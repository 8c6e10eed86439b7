"""A text in tokens and a place in it: what the parsers of laws and of claims have in common."""

from __future__ import annotations

from dataclasses import dataclass

from symkl.errors import ParseError

__all__ = ["Cursor", "Token"]


@dataclass(frozen=True)
class Token:
    """A piece of a text: `kind` is "sign", "end" (always the last), or what the grammar names."""

    kind: str
    text: str
    position: int


class Cursor:
    """Reads tokens from left to right; an error points at the place.

    >>> cursor = Cursor("a*b", [Token("name", "a", 0), Token("sign", "*", 1), Token("name", "b", 2), Token("end", "", 3)])
    >>> cursor.take().text, cursor.accept("+"), cursor.accept("*", "/").text
    ('a', None, '*')
    """

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.index = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def fail(self, message: str, token: Token | None = None) -> ParseError:
        return ParseError(message, self.text, (token or self.token).position)

    def take(self) -> Token:
        token = self.token
        self.index += token.kind != "end"
        return token

    def accept(self, *signs: str) -> Token | None:
        return self.take() if self.token.kind == "sign" and self.token.text in signs else None
