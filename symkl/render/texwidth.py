"""How wide LaTeX is on a page, to a few points: enough to tell where a line must be broken. Ten-point Computer Modern is meant."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["group_end", "tokens", "width"]

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)

#: Commands by their width in points; a letter's width is meant where nothing is said.
_WIDTHS = {
    "\\left": 1.5, "\\right": 1.5, "\\bigl": 0, "\\bigr": 0, "\\Bigl": 1, "\\Bigr": 1, "\\displaystyle": 0, "\\,": 2, "\\;": 3, "\\:": 3, "\\ ": 3, "\\!": -2,
    "\\quad": 10, "\\qquad": 20, "\\log": 16, "\\exp": 19, "\\sin": 16, "\\cos": 17, "\\tan": 17, "\\sinh": 21, "\\cosh": 22, "\\tanh": 22, "\\min": 17,
    "\\max": 20, "\\cdot": 7, "\\times": 12, "\\infty": 10, "\\sum": 15, "\\int": 10, "\\|": 5, "\\sim": 13, "\\geq": 13, "\\leq": 13, "\\neq": 13,
    "\\in": 12, "\\ldots": 12, "\\{": 5, "\\}": 5, "\\alpha": 6.4, "\\mu": 6, "\\Gamma": 6.3, "\\psi": 6.5, "\\pi": 5.7, "\\circ": 5, "\\lfloor": 4,
    "\\rfloor": 4, "\\lceil": 4, "\\rceil": 4,
}  # fmt: skip
_CHARACTERS = {
    "+": 12.0, "-": 12.0, "=": 13.0, "<": 13.0, ">": 13.0, "(": 3.9, ")": 3.9, "[": 2.8, "]": 2.8, ",": 4.5, "|": 2.8, "/": 5.0, "'": 2.5, ":": 8.0, "&": 10.0,
    "m": 8.8, "w": 7.2, "i": 3.4, "j": 4.1, "l": 3.0, "k": 5.2, "t": 3.6, "M": 9.7, "P": 6.4, "Q": 7.9, "X": 8.3, "~": 3.3,
}  # fmt: skip
_GROUPED = {"\\text": 4.7, "\\operatorname": 5.2, "\\mathrm": 5.2, "\\mathbb": 7.0, "\\mathcal": 8.0, "\\emph": 4.7, "\\mathbf": 6.0}
LETTER, DIGIT, SCRIPT = 5.6, 5.0, 0.72


def tokens(tex: str) -> list[str]:
    r"""Commands, single characters and runs of spaces.

    >>> tokens(r"\log x")
    ['\\log', ' ', 'x']
    """
    return _TOKEN.findall(tex)


def group_end(parts: list[str], start: int) -> int:
    """The index after the group, or the single token, that begins at `start`; spaces before it are skipped."""
    while start < len(parts) and parts[start].isspace():
        start += 1
    if start >= len(parts) or parts[start] != "{":
        return start + 1
    depth = 0
    for i in range(start, len(parts)):
        depth += (parts[i] == "{") - (parts[i] == "}")
        if depth == 0:
            return i + 1
    return len(parts)


@lru_cache(maxsize=4096)
def width(tex: str) -> float:
    r"""The width of a formula in points.

    >>> width(r"\frac{x + 1}{2}") < width("x + 1 + 2")
    True
    """
    return _width(tokens(tex))


def _width(parts: list[str]) -> float:
    total, i = 0.0, 0
    while i < len(parts):
        token = parts[i]
        if token in ("\\frac", "\\dfrac", "\\binom"):
            middle = group_end(parts, i + 1)
            end = group_end(parts, middle)
            total += max(_width(parts[i + 1 : middle]), _width(parts[middle:end])) + 4
            i = end
        elif token == "\\begin":
            end = _environment_end(parts, i)
            total += _cases_width(parts[i:end])
            i = end
        elif token in _GROUPED:
            end = group_end(parts, i + 1)
            total += sum(_GROUPED[token] if not each.startswith("\\") else LETTER for each in parts[i + 1 : end] if each not in "{}") + 1
            i = end
        elif token in "^_":
            end = group_end(parts, i + 1)
            first, second = _width(parts[i + 1 : end]), 0.0
            if end < len(parts) and parts[end] in "^_" and parts[end] != token:
                other = group_end(parts, end + 1)
                second, end = _width(parts[end + 1 : other]), other
            total += SCRIPT * max(first, second)
            i = end
        elif token == "\\sqrt":
            end = group_end(parts, i + 1)
            total += _width(parts[i + 1 : end]) + 9
            i = end
        else:
            total += _token_width(token)
            i += 1
    return total


def _token_width(token: str) -> float:
    if token.isspace() or token in "{}":
        return 0.0
    if token.startswith("\\"):
        return float(_WIDTHS.get(token, LETTER))
    return _CHARACTERS.get(token, DIGIT if token.isdigit() else LETTER)


def _environment_end(parts: list[str], start: int) -> int:
    depth = 0
    for i in range(start, len(parts)):
        depth += (parts[i] == "\\begin") - (parts[i] == "\\end")
        if depth == 0:
            return group_end(parts, i + 1)
    return len(parts)


def _cases_width(parts: list[str]) -> float:
    """The widest row of an environment."""
    inner = parts[group_end(parts, 1) :]
    while inner and inner[-1] != "\\end":
        inner.pop()
    rows: list[list[str]] = [[]]
    for part in inner[:-1]:
        if part == "\\\\":
            rows.append([])
        else:
            rows[-1].append(part)
    return max(_width(row) for row in rows) + 8
