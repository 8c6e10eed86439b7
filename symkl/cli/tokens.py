"""Characters to tokens, for the texts of expressions and laws."""

from __future__ import annotations

import re
import unicodedata

from symkl.core.tokens import Token
from symkl.errors import ParseError

__all__ = ["MAX_LENGTH", "tokenize"]

MAX_LENGTH = 20_000
MAX_DIGITS = 4_000

# What people paste from papers and editors, and its spelling in the grammar.
_SPELLINGS = {"**": "^", "‖": "||", "·": "*", "×": "*", "⋅": "*", "−": "-", "–": "-", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "==": "="}
_NAMES = {"∞": "oo", "√": "sqrt", "lambda": "lam"}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_VULGAR = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅛": "1/8"}

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]+|\.(?!\.))?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<vulgar>[½⅓⅔¼¾⅕⅛])"
    r"|(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<name>[∞√]|[^\W\d⁰¹²³⁴⁵⁶⁷⁸⁹₀-₉½⅓⅔¼¾⅕⅛][^\W⁰¹²³⁴⁵⁶⁷⁸⁹½⅓⅔¼¾⅕⅛]*)"
    r"|(?P<text>\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?P<sign>\*\*|\|\||<=|>=|!=|==|\.\.|[‖·×⋅−–÷≤≥≠]|[-+*/^!()\[\]{},:;=<>])"
)


def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, the last of kind "end"; Greek letters and typographic signs are read as their ASCII spellings.

    >>> [token.text for token in tokenize("σ₁² − 2**x")]
    ['sigma_1', '2', '-', '2', '^', 'x', '']
    """
    if len(text) > MAX_LENGTH:
        raise ParseError(f"the text has {len(text)} characters; at most {MAX_LENGTH} are read")
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ParseError(f"unexpected character {text[position]!r}", text, position)
        if match.lastgroup != "space":
            tokens.append(_token(match.lastgroup or "", match.group(), position))
        position = match.end()
    tokens.append(Token("end", "", len(text)))
    return tokens


def _token(kind: str, spelled: str, position: int) -> Token:
    if kind == "power":
        return Token("power", spelled.translate(_SUPERSCRIPTS), position)
    if kind == "vulgar":
        return Token("number", _VULGAR[spelled], position)
    if kind == "name":
        return Token("name", _ascii_name(spelled), position)
    if kind == "text":
        return Token("text", spelled[1:-1], position)
    if kind == "number" and len(spelled) > MAX_DIGITS:
        raise ParseError(f"a number of {len(spelled)} digits; at most {MAX_DIGITS} are read")
    return Token(kind, _SPELLINGS.get(spelled, spelled), position)


def _ascii_name(name: str) -> str:
    """sigma_1 for σ₁, lam for λ: one symbol whichever way it is typed."""
    name = name.replace("\N{MICRO SIGN}", "\N{GREEK SMALL LETTER MU}")
    plain = name.translate(_SUBSCRIPTS)
    if plain != name:
        first = next(i for i, (a, b) in enumerate(zip(name, plain)) if a != b)
        plain = f"{plain[:first].rstrip('_')}_{plain[first:]}"
    words = unicodedata.name(plain[0], "").split()
    if words[:2] == ["GREEK", "SMALL"] and len(words) == 4:
        plain = ("lam" if words[3] == "LAMDA" else words[3].lower()) + plain[1:]
    elif words[:2] == ["GREEK", "CAPITAL"] and len(words) == 4:
        plain = ("Lambda" if words[3] == "LAMDA" else words[3].capitalize()) + plain[1:]
    return _NAMES.get(plain, plain)
