r"""A derivation on a page: `align*` environments whose rows fit a text of 345 points, with the reason of each equation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sympy import Basic, Piecewise, S

from symkl.render.tex import TexPrinter
from symkl.render.texlines import broken
from symkl.render.texwidth import width

__all__ = ["TexRow", "aligned", "value_lines"]

#: A little less than the text width of LaTeX's article class, in points; left sides wider than this have a line of their own.
PAGE, WIDEST_LEFT = 332.0, 100.0
RELATION, GAP = 15.0, 22.0
#: A page is broken between environments only.
MOST_LINES = 14


@dataclass(frozen=True)
class TexRow:
    """left = right, and why: parts of the reason that may stand on lines of their own."""

    left: str
    right: str
    value: Basic | None = None
    notes: tuple[str, ...] = ()
    sign: str = "= "
    lines: tuple[str, ...] = field(default=())


def aligned(rows: list[TexRow], printer: TexPrinter) -> str:
    """The rows as `align*`: with the reasons in a column where that fits a page, else each after its equation or below it."""
    note = max((width(_joined(row.notes)) for row in rows), default=0.0)
    left, right = (max(width(getattr(row, side)) for row in rows) for side in ("left", "right"))
    if left + RELATION + right + note + GAP <= PAGE:
        body = [f"{row.left} &{row.sign}{row.right}".lstrip() + (f" && {_joined(row.notes)}" if row.notes else "") for row in rows]
        return _environment(body)
    column = max((width(row.left) for row in rows if width(row.left) <= WIDEST_LEFT), default=0.0)
    blocks: list[list[str]] = []
    for row in rows:
        lines = _lines(row, PAGE - column - RELATION, printer)
        if row.left and blocks and sum(map(len, blocks[-1:])) + len(lines) > MOST_LINES:
            blocks.append([])
        if not blocks:
            blocks.append([])
        blocks[-1] += lines
    return "\n".join(map(_environment, blocks))


def _environment(lines: list[str]) -> str:
    return "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"


def _joined(notes: tuple[str, ...]) -> str:
    return r", \; ".join(notes)


def _lines(row: TexRow, room: float, printer: TexPrinter) -> list[str]:
    """The lines of one equation: an own one for a wide left side, the right side, the reason."""
    found: list[str] = []
    left = row.left
    if width(left) > WIDEST_LEFT:
        found = [f"&{line}" for line in broken(left, room)]
        left = ""
    first, *others = value_lines(row.right, row.value, room, printer)
    found += [f"{left} &{row.sign}{first}".lstrip(), *(rf"&\quad {line}" for line in others)]
    last = width(others[-1]) + 10 if others else width(first)
    if not row.notes:
        return found
    notes = [*row.notes]
    notes[0] = notes[0].replace(r"\text{", r"\text{(", 1) if notes[0].startswith(r"\text{") else f"({notes[0]}"
    alone = notes[-1].startswith(r"\text{") and notes[-1].find("}") == len(notes[-1]) - 1
    notes[-1] = f"{notes[-1][:-1]})}}" if alone else f"{notes[-1]})"
    if last + GAP + width(_joined(tuple(notes))) <= room:
        found[-1] += rf" \qquad {_joined(tuple(notes))}"
        return found
    return found + [rf"&\qquad {line}" for line in _packed(notes, room - 20)]


def _packed(parts: list[str], room: float) -> list[str]:
    """Parts of a list, with commas between, in as few lines as have room for them."""
    found: list[str] = []
    for i, part in enumerate(parts):
        shown = part + ("," if i < len(parts) - 1 else "")
        if found and width(rf"{found[-1]} \; {shown}") <= room:
            found[-1] += rf" \; {shown}"
        else:
            pieces = broken(shown, room)
            found += [pieces[0], *(rf"\quad {piece}" for piece in pieces[1:])]
    return found


def value_lines(tex: str, value: Basic | None, room: float, printer: TexPrinter) -> list[str]:
    """A value in lines; one by cases as a `cases` environment whose rows are broken."""
    if not isinstance(value, Piecewise) or width(tex) <= room:
        return broken(tex, room)
    rows: list[str] = []
    branches: Any = value.args
    for branch, condition in branches:
        lines = broken(printer.doprint(branch), room - 30)
        case = r"\text{otherwise}" if condition is S.true else rf"\text{{if }} {printer.doprint(condition)}"
        shown = [lines[0], *(rf"\quad {line}" for line in lines[1:])]
        if width(shown[-1]) + GAP + width(case) <= room - 20:
            shown[-1] += rf" \quad {case}"
        else:
            pieces = broken(case, room - 50)
            shown += [rf"\qquad {piece}" for piece in pieces]
        rows += shown
    return [r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"]
