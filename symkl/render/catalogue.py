"""The catalogue in print: a line a family, and a sheet with everything that is declared of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Piecewise, S

from symkl.core.family import Family, Parameter
from symkl.core.laws import bound_variable
from symkl.render.data import dumps, sympy_text
from symkl.render.fractions import density_product
from symkl.render.tex import TexPrinter, escaped
from symkl.render.text import TextPrinter
from symkl.render.unicode import UnicodePrinter

__all__ = ["catalogue", "family_data", "family_sheet"]


def catalogue(families: Sequence[type[Family]], form: str) -> str:
    """All families: name, parameters with their domains, support."""
    if form == "json":
        return dumps([family_data(family) for family in families])
    if form == "python":
        return "from symkl import " + ", ".join(family.__name__ for family in families)
    printer: Any = TexPrinter() if form in ("latex", "markdown") else UnicodePrinter() if form == "unicode" else TextPrinter()
    rows = [(family.__name__, _parameters(family, printer), _support(family, printer)) for family in families]
    if form == "latex":
        return _long_table(families, rows)
    if form == "markdown":
        body = "\n".join(f"| {name} | {parameters} | ${support}$ |" for name, parameters, support in rows)
        return f"| family | parameters | support |\n|---|---|---|\n{body}"
    widths = [max(len(row[i]) for row in rows) for i in (0, 1)]
    return "\n".join(f"{name:{widths[0]}}  {parameters:{widths[1]}}  {support}" for name, parameters, support in rows)


def _long_table(families: Sequence[type[Family]], rows: Sequence[tuple[str, str, str]]) -> str:
    """A table over as many pages as it takes, in columns whose lines are broken: the package longtable is needed."""
    head = "family & parameters & support \\\\ \\hline"
    body = "\n".join(f"{_hyphenated(name)} & {parameters} & {_breakable(family)} \\\\" for family, (name, parameters, _) in zip(families, rows))
    columns = "".join(rf">{{\raggedright\arraybackslash}}p{{{share}\linewidth}}" for share in (0.25, 0.3, 0.335))
    return f"% needs \\usepackage{{amsmath,amssymb,array,longtable}}\n\\begin{{longtable}}{{{columns}}}\n{head}\n\\endhead\n{body}\n\\end{{longtable}}"


def _breakable(family: type[Family]) -> str:
    """The support, its cases one after the other, with breaks after commas."""
    support: Any = family.generic().support
    cases = sorted(support.atoms(Piecewise), key=str)
    conditions = {condition for each in cases for _, condition in each.args} - {S.true}
    shown = [support]
    if len(conditions) == 1:
        shown = [support.xreplace({each: each.args[i][0] for each in cases}) for i in (0, -1)]
    sets = [f"${TexPrinter().doprint(each.as_set())}$".replace(r", \ldots, ", r", \ldots,\allowbreak ") for each in shown]
    return rf"{sets[0]} if ${TexPrinter().doprint(conditions.pop())}$, {sets[1]} otherwise" if len(sets) > 1 else sets[0]


def _hyphenated(name: str) -> str:
    """GeneralizedInverseGaussian may be broken before its capitals."""
    return "".join(rf"\-{c}" if i and c.isupper() and name[i - 1].islower() else c for i, c in enumerate(name))


def _parameters(family: type[Family], printer: Any) -> str:
    if isinstance(printer, TexPrinter):
        # A formula each: lines are broken between them.
        return ", ".join(rf"${p.latex} \in {p.domain.latex}$" for p in family.parameters) or "none"
    parts = [f"{_name(p, printer)} {printer.prose(p.domain.text)}" for p in family.parameters]
    if family.generic().constraints():
        parts.append(printer.prose(family.generic().constraint_text()))
    return ", ".join(parts) or "-"


def _name(parameter: Parameter, printer: Any) -> str:
    return str(printer.doprint(parameter.domain.symbol(parameter.name)))


def _support(family: type[Family], printer: Any) -> str:
    return str(printer.doprint(family.generic().support.as_set()))


def family_data(family: type[Family]) -> dict[str, Any]:
    """Everything that is declared of a family, as plain data."""
    member = family.generic()
    x = bound_variable(member)
    return {
        "name": family.__name__,
        "parameters": [_parameter_data(p) for p in family.parameters],
        "parametrisations": [[_parameter_data(p) for p in alternative.parameters] for alternative in family.alternatives],
        "support": sympy_text(member.support.as_set()),
        "discrete": member.is_discrete,
        "density": sympy_text(density_product(member.log_density(x))),
        "names_elsewhere": dict(family.names_elsewhere),
    }


def _parameter_data(parameter: Parameter) -> dict[str, str]:
    return {"name": parameter.name, "domain": parameter.domain.text, "latex": parameter.latex, "meaning": parameter.meaning}


def family_sheet(family: type[Family], form: str) -> str:
    """One family: its density or mass, support, parameters, other parametrisations, and its names in other libraries."""
    if form == "json":
        return dumps(family_data(family))
    if form == "python":
        return f"from symkl import {family.__name__}"
    member = family.generic()
    x = bound_variable(member)
    density = density_product(member.log_density(x))
    if form in ("latex", "markdown"):
        return _sheet_tex(family, member, x, density, form)
    printer = UnicodePrinter() if form == "unicode" else TextPrinter()
    letter = "P(X = {})" if member.is_discrete else "p({})"
    lines = [
        f"{family.__name__}({', '.join(p.name for p in family.parameters)})",
        f"  {letter.format(printer.doprint(x))} = {printer.doprint(density)}",
        f"  support {printer.doprint(member.support.as_set())}",
        "  parameters",
        *(f"    {p.name}: {printer.prose(p.meaning)}, {printer.prose(p.domain.text)}" for p in family.parameters),
    ]
    if family.alternatives:
        lines += ["  or", *(f"    {', '.join(f'{p.name} ({printer.prose(p.meaning)})' for p in a.parameters)}" for a in family.alternatives)]
    if family.names_elsewhere:
        lines.append(f"  elsewhere: {', '.join(f'{library} {name}' for library, name in sorted(family.names_elsewhere.items()))}")
    return "\n".join(lines)


def _sheet_tex(family: type[Family], member: Family, x: Any, density: Any, form: str) -> str:
    printer = TexPrinter()
    statement = rf"p({printer.doprint(x)}) = {printer.doprint(density)}, \quad {printer.doprint(x)} \in {printer.doprint(member.support.as_set())}"
    if form == "latex":
        items = "\n".join(rf"  \item ${p.latex} \in {p.domain.latex}$, {escaped(p.meaning)}" for p in family.parameters)
        listed = f"\n\\begin{{itemize}}\n{items}\n\\end{{itemize}}" if family.parameters else ""
        return f"\\[{statement}\\]{listed}"
    items = "\n".join(f"- `{p.name}`: ${p.latex} \\in {p.domain.latex}$, {p.meaning}" for p in family.parameters)
    return f"### {family.__name__}\n\n$${statement}$$\n\n{items}"
