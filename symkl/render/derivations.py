"""Derivations in each format: numbered lines for a terminal, a LaTeX align*, a Markdown list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sympy import Basic, Expr
from sympy.logic.boolalg import Boolean

from symkl.core.density import Density
from symkl.core.laws import Law
from symkl.core.steps import Step
from symkl.render.conditions import shown_conditions
from symkl.render.fractions import author_terms, density_product, negative
from symkl.render.rows import Row, auxiliary_names, conditions_of, law_names, rows
from symkl.render.tex import TexPrinter, escaped
from symkl.render.texlayout import TexRow, aligned
from symkl.render.text import TextPrinter
from symkl.render.unicode import UnicodePrinter

__all__ = ["DerivationLike", "derivation_latex", "derivation_markdown", "derivation_text"]

WIDTH = 100
RULE_COLUMN = 62


class DerivationLike(Protocol):
    """What is printed of a derivation."""

    @property
    def head(self) -> Expr: ...
    @property
    def result(self) -> Expr: ...
    @property
    def status(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def conditions(self) -> tuple[Boolean, ...]: ...
    @property
    def steps(self) -> tuple[Step, ...]: ...


# Terminal -------------------------------------------------------------------------------------------------------------


def derivation_text(derivation: DerivationLike, unicode: bool = False) -> str:
    """Numbered rows `before = after`, the rule of each on its right."""
    names = law_names(derivation.head, derivation.steps)
    make = UnicodePrinter if unicode else TextPrinter
    plain = make()
    printer = make({**names, **{law: make().doprint(name) for law, name in _auxiliary(derivation, names).items()}})
    lines = [f"{name} = {plain.doprint(law)}" for law, name in _once(names)]
    if derivation.conditions:
        lines.append(f"for {shown_conditions(derivation.conditions, plain)}")
    lines.append("")
    number = 0
    chain = rows(derivation.head, derivation.steps, derivation.result, printer.doprint)
    if chain and chain[-1].step is None:
        chain.pop()  # the statement below says it
    for row in chain:
        if row.left is not None:
            if number:
                lines.append("")
            lines.append(f"     {printer.doprint(row.left)}")
        number += row.step is not None
        lines += _text_row(row, f"{number:3}." if row.step is not None else "    ", printer)
    infinite = "" if derivation.status == "infinite" else f", {derivation.kind}"
    lines += ["", f"{printer.doprint(derivation.head)} = {printer.doprint(derivation.result)}", f"({derivation.status}{infinite})"]
    return "\n".join(line.rstrip() for line in lines)


def _auxiliary(derivation: DerivationLike, names: dict[Law, str]) -> dict[Law, Any]:
    from sympy import Symbol

    return {law: Symbol(name) for law, name in auxiliary_names(derivation.steps, names).items()}


def _once(names: dict[Law, str]) -> list[tuple[Law, str]]:
    """Each name with the first law that bears it: the one the user wrote."""
    return [(law, name) for i, (law, name) in enumerate(names.items()) if name not in list(names.values())[:i]]


def _text_row(row: Row, number: str, printer: TextPrinter) -> list[str]:
    start = f"{number}   = "
    pieces = _wrapped(row.right, printer, WIDTH - len(start))
    lines = [start + pieces[0], *(" " * len(start) + piece for piece in pieces[1:])]
    notes = _text_notes(row.step, printer) if row.step is not None else ["putting it together"]
    if len(lines[-1]) < RULE_COLUMN:
        lines[-1] = f"{lines[-1]:{RULE_COLUMN}}{notes.pop(0)}"
    return lines + [f"{'':{RULE_COLUMN}}{note}" for note in notes]


def _wrapped(expr: Basic, printer: TextPrinter, width: int) -> list[str]:
    """A sum broken before + and − where it is too long for a line."""
    whole = printer.doprint(expr)
    if len(whole) <= width or not getattr(expr, "is_Add", False):
        return [whole]
    lines = [""]
    for term in author_terms(expr):  # type: ignore[arg-type]
        shown = printer.doprint(-term) if negative(term) else printer.doprint(term)
        sign = printer.minus if negative(term) else "+"
        piece = f"{sign} {shown}" if lines != [""] else shown if sign == "+" else sign + shown
        if lines[-1] and len(lines[-1]) + len(piece) + 1 > width:
            lines.append(piece)
        else:
            lines[-1] = f"{lines[-1]} {piece}".strip()
    return lines


def _text_notes(step: Step, printer: TextPrinter) -> list[str]:
    notes = [step.rule]
    if (change := _change(step)) is not None:
        old = printer.doprint(change.old)
        cases = " or ".join(f"{old} = {printer.doprint(new)}" for new in change.new)
        notes = [f"substitution {cases}"] if change.new != (change.old,) else ["the density of P"]
        if change.density is not None:
            notes.append(f"{printer.doprint(change.variable)} has density {printer.doprint(change.density)}")
    notes += [f"for {printer.doprint(condition)}" for condition in conditions_of(step)]
    return [printer.prose(note) for note in notes]


@dataclass(frozen=True)
class _Change:
    """A substitution: the variable, what is put for it in each case, and the density of the new variable where there is one."""

    old: Any
    new: tuple[Any, ...]
    variable: Any
    density: Expr | None


def _change(step: Step) -> _Change | None:
    """x = g(z) with the density of z, where a step is a substitution; several g where x is reached in several ways."""
    maps = step.data.get("maps", ())
    if step.kind != "substitution" or not maps or not hasattr(step.before, "variable"):
        return None
    densities = {density for *_, density in maps}
    density = maps[0][3] if len(densities) == 1 and isinstance(maps[0][3], Density) else None
    if density is None and len(maps) == 1:
        return None
    shown = None if density is None else density_product(density.log_density(maps[0][2]))
    return _Change(step.before.variable, tuple(new for _, new, _, _ in maps), maps[0][2], shown)


# LaTeX and Markdown ---------------------------------------------------------------------------------------------------


def derivation_latex(derivation: DerivationLike) -> str:
    """`align*` environments, broken so that they fit a page, with the reason of each equation. Needs amsmath and amssymb."""
    names = law_names(derivation.head, derivation.steps)
    plain = TexPrinter()
    printer = TexPrinter({**names, **{law: plain.doprint(name) for law, name in _auxiliary(derivation, names).items()}})
    body = [TexRow(name, plain.doprint(law)) for law, name in _once(names)]
    if derivation.conditions:
        stated = shown_conditions(derivation.conditions, plain)
        body.append(TexRow("", rf"\text{{for }} {stated}", sign=""))
    for row in rows(derivation.head, derivation.steps, derivation.result, printer.doprint):
        left = "" if row.left is None else printer.doprint(row.left)
        notes = _latex_notes(row.step, printer) if row.step is not None else (r"\text{putting it together}",)
        body.append(TexRow(left, printer.doprint(row.right), row.right, notes))
    return aligned(body, printer)


def _latex_notes(step: Step, printer: TexPrinter) -> tuple[str, ...]:
    notes = [rf"\text{{{_prose(step, printer, escaped)}}}"]
    if (change := _change(step)) is not None:
        old = printer.doprint(change.old)
        first, *others = (rf"{old} = {printer.doprint(new)}" for new in change.new)
        notes = [rf"\text{{substitution }} {first}" if change.new != (change.old,) else r"\text{the density of } P"]
        notes += [rf"\text{{or }} {each}" for each in others]
        if change.density is not None:
            notes.append(rf"{printer.doprint(change.variable)} \text{{ has density }} {printer.doprint(change.density)}")
    return (*notes, *(printer.doprint(condition) for condition in conditions_of(step)))


def _prose(step: Step, printer: TexPrinter, plain: Callable[[str], str]) -> str:
    """The reason, with the symbols of the step that it names set as such: words like beta are symbols at the end of "… in beta" only."""
    symbols = {str(each): each for side in (step.before, step.after) for each in sorted(side.free_symbols, key=str) if each.is_Symbol}
    indexed = sorted((name for name in symbols if "_" in name), key=len, reverse=True)
    patterns = [*(rf"\b{re.escape(name)}\b" for name in indexed), *(rf"(?<= in ){re.escape(name)}$" for name in sorted(symbols))]
    if not patterns:
        return plain(step.rule)
    pieces = re.split(f"({'|'.join(patterns)})", step.rule)
    return "".join(f"${printer.doprint(symbols[piece])}$" if i % 2 else plain(piece) for i, piece in enumerate(pieces))


def derivation_markdown(derivation: DerivationLike) -> str:
    """The laws, the steps as a numbered list, and the result; formulas between dollar signs."""
    names = law_names(derivation.head, derivation.steps)
    plain = TexPrinter()
    printer = TexPrinter({**names, **{law: plain.doprint(name) for law, name in _auxiliary(derivation, names).items()}})
    laws = ", ".join(f"${name} = {plain.doprint(law)}$" for law, name in _once(names))
    lines = [f"With {laws}" + (f", for ${shown_conditions(derivation.conditions, plain)}$:" if derivation.conditions else ":"), ""]
    number = 0
    for row in rows(derivation.head, derivation.steps, derivation.result, printer.doprint):
        left = "" if row.left is None else printer.doprint(row.left) + " "
        if row.step is None:
            lines.append(f"   Together: ${left}= {printer.doprint(row.right)}$")
            continue
        number += 1
        lines.append(f"{number}. ${left}= {printer.doprint(row.right)}$  ({_markdown_notes(row.step, printer)})")
    lines += ["", f"$${printer.doprint(derivation.head)} = {printer.doprint(derivation.result)}$$"]
    return "\n".join(lines)


def _markdown_notes(step: Step, printer: TexPrinter) -> str:
    note = _prose(step, printer, str)
    if (change := _change(step)) is not None:
        old = printer.doprint(change.old)
        cases = " or ".join(f"${old} = {printer.doprint(new)}$" for new in change.new)
        note = f"substitution {cases}" if change.new != (change.old,) else "the density of $P$"
        if change.density is not None:
            note += f", ${printer.doprint(change.variable)}$ has density ${printer.doprint(change.density)}$"
    return note + "".join(f", ${printer.doprint(condition)}$" for condition in conditions_of(step))
