"""What can go wrong, told apart: not defined, not able, not decided, not readable.

`DomainError` means the question has no answer, `NoClosedForm` that symkl found none (and which rules were asked),
`Undecided` that a truth value is unknown, `ParseError` that a text is not in the grammar.
"""

from __future__ import annotations

import re

__all__ = ["DomainError", "HeaderWarning", "MassWarning", "NoClosedForm", "ParseError", "SymklError", "Undecided", "shortened"]

# Numbers of more digits are shortened in messages; and so many digits before zeros are not.
_LONG = re.compile(r"(?<![\d.])\d{25,}")
SHOWN = 8


class SymklError(Exception):
    """Base of every error symkl raises on purpose. Of long numbers the message shows the first digits and how many there are."""

    def __str__(self) -> str:
        return shortened(super().__str__())


class DomainError(SymklError, ValueError):
    """The object asked for is not defined: a parameter outside its domain, masses that do not sum to one."""


class HeaderWarning(UserWarning):
    """The first line of a table may be a header or not, and how it was taken."""


class MassWarning(UserWarning):
    """The mass of a `Density` is not seen to be one; what is said of it presupposes that it is."""


class NoClosedForm(SymklError):
    """No rule reduced the expression; `rules` names those that were asked, in order."""

    def __init__(self, message: str, rules: tuple[str, ...] = ()) -> None:
        self.rules = rules
        super().__init__(_with_list(message, "Rules asked", rules))


class Undecided(SymklError):
    """A truth value could not be established; `tried` says what was tried."""

    def __init__(self, message: str, tried: tuple[str, ...] = ()) -> None:
        self.tried = tried
        super().__init__(_with_list(message, "Tried", tried))


class ParseError(SymklError, ValueError):
    """A text outside the grammar; the message shows the text with a caret under the offending place."""

    def __init__(self, message: str, text: str = "", position: int | None = None) -> None:
        self.text = text
        self.position = position
        if position is not None:
            # One line of context, so that the caret still points at the right column.
            start = text.rfind("\n", 0, position) + 1
            end = text.find("\n", position)
            line = text[start : end if end >= 0 else len(text)].replace("\t", " ")
            message = f"{message}\n  {line}\n  {' ' * (position - start)}^"
        super().__init__(message)

    def __str__(self) -> str:
        # The caret stands below the text as it was typed.
        return Exception.__str__(self)


def shortened(text: str) -> str:
    """The text with powers of ten as such, and of other long numbers the first and last digits.

    >>> shortened("Normal(0, 1" + "0" * 300 + "), " + "7" * 41)
    'Normal(0, 10^300), 7777...7777 (41 digits)'
    """
    return _LONG.sub(_short, text)


def _short(found: re.Match[str]) -> str:
    digits = found[0]
    zeros = len(digits) - len(digits.rstrip("0"))
    lead = digits[: len(digits) - zeros]
    if len(lead) <= SHOWN and zeros >= SHOWN:
        return f"{'' if lead == '1' else lead + '*'}10^{zeros}"
    return f"{digits[:4]}...{digits[-4:]} ({len(digits)} digits)"


def _sentence(message: str) -> str:
    """The message with its full stop, so that another sentence can follow."""
    return message if message.endswith((".", "?", "!")) else f"{message}."


def _with_list(message: str, title: str, names: tuple[str, ...]) -> str:
    """The message and what was tried; where the message of another error ends with such a list, the two are one."""
    if not names:
        return message
    mark = f" {title}: "
    head, *lists = message.split(mark)
    known = [name for each in lists for name in each.rstrip(".").split(", ")]
    return f"{_sentence(head.rstrip())}{mark}{', '.join(dict.fromkeys([*known, *names]))}."
