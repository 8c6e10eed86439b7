r"""Long formulas in several lines: broken at + and −, outside of fractions, and where that is not enough between factors; brackets around a break get a fixed size."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from symkl.render.texwidth import group_end, tokens, width

__all__ = ["broken"]

#: Lines after the first are indented by a \quad, and by one more within brackets.
INDENT = 10.0
_TALL = ("\\frac", "\\sum", "\\int", "\\begin", "\\binom", "\\dfrac")


@dataclass(frozen=True)
class _Break:
    """A place before a binary + or −, or between two factors, and the indices of the brackets that are open there."""

    at: int
    within: tuple[int, ...]
    is_product: bool = False

    @property
    def rank(self) -> tuple[bool, int]:
        """Places of lower rank come first."""
        return self.is_product, len(self.within)


def broken(tex: str, room: float) -> list[str]:
    r"""The formula in lines that fit into `room` points, where that is possible.

    >>> broken(r"a + \left(b + c\right)", 1000)
    ['a + \\left(b + c\\right)']
    >>> broken("a + b", 20)
    ['a', '+ b']
    """
    if width(tex) <= room:
        return [tex]
    parts = tokens(_narrow_cases(_flattened(tex, room), room))
    breaks, pairs = _breaks(parts)
    chosen = _chosen(parts, breaks, 0, len(parts), room, 0)
    if not chosen:
        return ["".join(parts)]
    for opening, closing in pairs.items():
        if any(opening < each.at < closing for each in chosen):
            size = "Big" if any(part in _TALL for part in parts[opening:closing]) else "big"
            parts[opening], parts[closing] = f"\\{size}l", f"\\{size}r"
    for each in chosen:
        if each.is_product:
            parts[each.at] = "\\times"
    places = [0, *(each.at for each in chosen), len(parts)]
    depths = [0, *(len(each.within) for each in chosen)]
    lines = ["".join(parts[start:end]).strip() for start, end in pairwise(places)]
    return [("\\quad " if depth else "") + line for line, depth in zip(lines, depths)]


def _breaks(parts: list[str]) -> tuple[list[_Break], dict[int, int]]:
    r"""Where a line may be broken, and the pairs \left … \right."""
    found: list[_Break] = []
    pairs: dict[int, int] = {}
    open_brackets: list[int] = []
    i = 0
    while i < len(parts):
        part = parts[i]
        if part == "{":
            i = group_end(parts, i)
            continue
        if part == "\\begin":
            depth = 0
            while i < len(parts):
                depth += (parts[i] == "\\begin") - (parts[i] == "\\end")
                i += 1
                if depth == 0:
                    break
            i = group_end(parts, i)
            continue
        if part == "\\left":
            open_brackets.append(i)
            i += 1
        elif part == "\\right":
            pairs[open_brackets.pop()] = i
            i += 1
        elif part in "([":
            open_brackets.append(i)
        elif part in ")]" and open_brackets:
            open_brackets.pop()
        elif part == "\\," and parts[i - 1 : i] == [" "] and parts[i + 1 : i + 2] == [" "]:
            found.append(_Break(i, tuple(open_brackets), True))
        elif part in "+-" and 0 < i < len(parts) - 1 and parts[i - 1].isspace() and parts[i + 1].isspace() and _after_a_term(parts, i):
            found.append(_Break(i, tuple(open_brackets)))
        i += 1
    return found, pairs


def _after_a_term(parts: list[str], i: int) -> bool:
    before = next((part for part in reversed(parts[:i]) if not part.isspace()), "")
    return before not in ("", "(", "[", "\\left", ",", "=", "<", ">")


def _chosen(parts: list[str], breaks: list[_Break], start: int, end: int, room: float, depth: int) -> list[_Break]:
    """The breaks of parts[start:end]: as few as the room asks for, and as far outside of brackets as can be."""
    inside = [each for each in breaks if start < each.at < end]
    if not inside or width("".join(parts[start:end])) <= room:
        return []
    first = min(each.rank for each in inside)
    places = [each for each in inside if each.rank == first]
    chosen: list[_Break] = []
    begin = start
    for place, after in zip(places, [*(each.at for each in places[1:]), end]):
        narrow = room - (INDENT * (1 + (first[1] > 0)) if chosen or start else 0)
        if width("".join(parts[begin:after])) > narrow and begin < place.at:
            chosen.append(place)
            begin = place.at
    ends = [start, *(each.at for each in chosen), end]
    for low, high in pairwise(ends):
        chosen += _chosen(parts, [each for each in inside if each not in places], low, high, room - (INDENT if low else 0), depth + 1)
    return sorted(chosen, key=lambda each: each.at)


def _narrow_cases(tex: str, room: float) -> str:
    """A `cases` environment within a formula, its wide rows broken."""
    begin, end = r"\begin{cases} ", r" \end{cases}"
    before, found, rest = tex.partition(begin)
    inner, closed, after = rest.partition(end)
    if not found or not closed or begin in inner:
        return tex
    rows: list[str] = []
    for row in inner.split(r" \\ "):
        value, _, case = row.partition(" & ")
        if width(row) <= 0.8 * room:
            rows.append(row)
            continue
        lines = broken(value, 0.75 * room)
        rows += [lines[0], *(rf"\quad {line}" for line in lines[1:]), rf"\qquad {case}"]
    return before + begin + r" \\ ".join(rows) + end + _narrow_cases(after, room)


def _flattened(tex: str, room: float) -> str:
    r"""\frac{long}{short} as \frac{1}{short}(long), and e^{long} as exp(long): what stands in braces cannot be broken."""
    parts = tokens(tex)
    i = 0
    shown: list[str] = []
    while i < len(parts):
        if parts[i] == "\\frac":
            middle = group_end(parts, i + 1)
            end = group_end(parts, middle)
            above, below = "".join(parts[i + 1 : middle])[1:-1], "".join(parts[middle:end])
            if width(above) > 0.8 * room and width(below) < 0.5 * room:
                outside = any(each.rank == (False, 0) for each in _breaks(tokens(above))[0])
                shown.append(rf"\frac{{1}}{below} " + (rf"\left({_flattened(above, room)}\right)" if outside else _flattened(above, room)))
            else:
                shown.append("".join(parts[i:end]))
            i = end
        elif parts[i] == "e" and parts[i + 1 : i + 2] == ["^"] and not "".join(shown).endswith("\\"):
            end = group_end(parts, i + 2)
            raised = "".join(parts[i + 2 : end])
            shown.append(rf"\exp\left({raised[1:-1]}\right)" if width(raised) > 0.7 * room else f"e^{raised}")
            i = end
        else:
            shown.append(parts[i])
            i += 1
    return "".join(shown)
