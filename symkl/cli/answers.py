"""What the commands print, and the exit status that goes with it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from sympy import Expr, Piecewise

from symkl.cli.expressions import number_of
from symkl.core.verdict import Verdict
from symkl.render import render
from symkl.render.data import ball_data, derivation_data, dumps
from symkl.render.text import TextPrinter
from symkl.render.unicode import UnicodePrinter

__all__ = ["DONE", "NO", "UNDECIDED", "WRONG_INPUT", "print_derivation", "status_of"]

DONE, NO, WRONG_INPUT, UNDECIDED = 0, 1, 2, 3
DEFAULT_DIGITS = 15


def status_of(verdict: Verdict) -> int:
    """0 for proved, 1 for refuted, 3 for unknown."""
    return {"proved": DONE, "refuted": NO, "unknown": UNDECIDED}[verdict.status]


def print_derivation(derivation: Any, args: Any, whole: bool, verdicts: Mapping[str, Verdict] | None = None) -> int:
    """The result of a derivation, or all of it; its number if there is one and it is asked for; its verdicts."""
    verdicts = verdicts or {}
    if args.format == "json":
        data = derivation_data(derivation) | _value(derivation.result, args.digits or DEFAULT_DIGITS)
        data |= {name: {"status": verdict.status, "reason": verdict.reason} for name, verdict in verdicts.items()}
        print(dumps(data))
    else:
        print(render(derivation, args.format) if whole or args.format == "python" else _result(derivation, args.format))
        if args.digits and number_of(derivation.result):
            print(_comment(args.format, f"= {_number(derivation.result, args.digits)}"))
        for name, verdict in verdicts.items():
            reason = f": {verdict.reason}" if verdict.reason else ""
            print(_comment(args.format, f"{name}: {verdict.status}{reason}"))
    return max([_status(derivation), *(status_of(verdict) for verdict in verdicts.values())])


def _status(derivation: Any) -> int:
    if derivation.status != "semi-closed":
        return DONE
    left = ", ".join(TextPrinter().doprint(each) for each in derivation.unreduced)
    print(f"symkl: no closed form was found; what stays: {left}", file=sys.stderr)
    return UNDECIDED


def _value(result: Expr, digits: int) -> dict[str, Any]:
    if result.free_symbols:
        return {"value": None}
    from symkl.exact import evaluate

    return ball_data(evaluate(result, digits))


def _number(result: Expr, digits: int) -> str:
    from symkl.exact import evaluate

    return str(evaluate(result, digits))


def _comment(form: str, line: str) -> str:
    """A remark that does not spoil what a program reads."""
    return {"latex": f"% {line}", "python": f"# {line}", "markdown": f"\n{line}"}.get(form, line)


def _result(derivation: Any, form: str) -> str:
    """The closed form; in text, the branches one to a line, and what the symbols were taken to satisfy."""
    if form not in ("text", "unicode"):
        return render(derivation.result, form)
    printer = UnicodePrinter() if form == "unicode" else TextPrinter()
    lines = _branches(derivation.result, printer)
    if derivation.conditions:
        lines.append(f"  for {', '.join(printer.doprint(condition) for condition in derivation.conditions)}")
    return "\n".join(lines)


def _branches(result: Expr, printer: TextPrinter) -> list[str]:
    if not isinstance(result, Piecewise):
        return [printer.doprint(result)]
    branches: Any = result.args
    values = [printer.doprint(value) for value, _ in branches]
    width = max(map(len, values))
    return [f"{value:{width}} {printer.condition_suffix(condition)}" for value, (_, condition) in zip(values, branches)]
