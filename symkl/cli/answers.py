"""What the commands print, and the exit status that goes with it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from sympy import Expr, GreaterThan, LessThan, Piecewise, StrictGreaterThan, StrictLessThan, sympify
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from symkl.cli.given import inequalities_for
from symkl.core.density import Density
from symkl.core.verdict import Verdict
from symkl.form.facts import Facts
from symkl.render import function_name, render
from symkl.render.code import python_function
from symkl.render.conditions import shown_conditions
from symkl.render.data import ball_data, conditions_data, derivation_data, dumps, expression_data
from symkl.render.tex import TexPrinter
from symkl.render.text import TextPrinter
from symkl.render.unicode import UnicodePrinter

__all__ = ["DONE", "NO", "UNDECIDED", "WRONG_INPUT", "for_line", "print_derivation", "print_logarithms", "status_of"]

DONE, NO, WRONG_INPUT, UNDECIDED = 0, 1, 2, 3
DEFAULT_DIGITS = 15
#: Branches longer than this have their conditions on a line of their own.
LONG = 80


def status_of(verdict: Verdict) -> int:
    """0 for proved, 1 for refuted, 3 for unknown."""
    return {"proved": DONE, "refuted": NO, "unknown": UNDECIDED}[verdict.status]


def print_derivation(derivation: Any, args: Any, whole: bool, verdicts: Mapping[str, Verdict] | None = None) -> int:
    """The result of a derivation, or all of it; its number if there is one and it is asked for; its verdicts."""
    verdicts = verdicts or {}
    given = [each for _, each in inequalities_for(derivation.head, args.given) if isinstance(each, Relational)]
    result = _assumed(derivation.result, [*given, *derivation.conditions] if given else [])
    # The branches that the given relations exclude are not shown: then the relations have to be.
    conditions = derivation.conditions if result == derivation.result else (*derivation.conditions, *given)
    if args.digits and result.free_symbols:
        names = ", ".join(sorted(map(str, result.free_symbols)))
        print(f"symkl: --digits {args.digits} has no number to show: the result depends on {names} (--given gives a symbol its value)", file=sys.stderr)
    if args.format == "json":
        data = derivation_data(derivation) | expression_data(result) | _value(result, args.digits or DEFAULT_DIGITS)
        data |= {name: {"status": verdict.status, "reason": verdict.reason} for name, verdict in verdicts.items()}
        print(dumps(data | {"conditions": conditions_data(derivation.head, conditions)}))
    else:
        print(render(derivation, args.format) if whole else _result(derivation, result, conditions, args.format))
        if args.digits and not result.free_symbols:
            print(_comment(args.format, f"= {_number(result, args.digits)}"))
        for name, verdict in verdicts.items():
            reason = f": {verdict.reason}" if verdict.reason else ""
            print(_comment(args.format, f"{name}: {verdict.status}{reason}"))
    return max([_status(derivation), *([] if verdicts else [_unseen(derivation)]), *(status_of(verdict) for verdict in verdicts.values())])


def print_logarithms(value: Expr, head: Any, args: Any) -> int:
    """The exact value of a measure of listed rational masses, and its number if it is asked for."""
    print(python_function(value, head, function_name(head)) if args.format == "python" else render(value, args.format))
    if args.digits:
        print(_comment(args.format, f"= {_number(value, args.digits)}"))
    return DONE


def _status(derivation: Any) -> int:
    if derivation.status != "semi-closed":
        return DONE
    left = ", ".join(TextPrinter().doprint(each) for each in derivation.unreduced)
    print(f"symkl: no closed form was found; what stays: {left}", file=sys.stderr)
    return UNDECIDED


def _unseen(derivation: Any) -> int:
    """That a density of the user's has mass one is not seen everywhere: then the result presupposes it, which is said on standard error."""
    verdict = derivation.check() if derivation.head.atoms(Density) else None
    if verdict is None or verdict.is_proved:
        return DONE
    print(f"symkl: the result is not proved: {verdict.reason.replace('**', '^')}", file=sys.stderr)
    return UNDECIDED


def evaluated(value: Any, digits: int) -> Any:
    """The ball of a value; that it is an estimate only is said on standard error."""
    from symkl.exact import evaluate

    ball = evaluate(value, digits)
    if not ball.is_rigorous:
        fewer = f" ({ball.digits} of the {digits} asked for)" if ball.is_finite and ball.digits < digits else ""
        print(f"symkl: the digits are an estimate{fewer}, not a proved enclosure; python-flint (symkl[rigor]) proves them", file=sys.stderr)
    return ball


def _value(result: Expr, digits: int) -> dict[str, Any]:
    return {"value": None} if result.free_symbols else ball_data(evaluated(result, digits))


def _number(result: Expr, digits: int) -> str:
    return str(evaluated(result, digits))


def _comment(form: str, line: str) -> str:
    """A remark that does not spoil what a program reads."""
    return {"latex": f"% {line}", "python": f"# {line}", "markdown": f"\n{line}"}.get(form, line)


def _assumed(result: Expr, relations: list[Any]) -> Expr:
    """The branch of a piecewise result that holds under the given relations, where they decide it."""
    if not relations or not isinstance(result, Piecewise):
        return result
    facts = Facts.of(relations)

    def decided(relation: Any) -> Any:
        difference = relation.gts - relation.lts
        known = facts.is_positive(difference) if isinstance(relation, StrictGreaterThan | StrictLessThan) else facts.is_nonnegative(difference)
        return relation if known is None else sympify(known, strict=True)

    inequalities = result.atoms(StrictGreaterThan, StrictLessThan, GreaterThan, LessThan)
    return result.subs({relation: decided(relation) for relation in sorted(inequalities, key=str)})


def _result(derivation: Any, result: Expr, conditions: Iterable[Boolean], form: str) -> str:
    """The closed form; in text, the branches one to a line, and what the symbols were taken to satisfy."""
    if form == "python":
        # A function is called with any numbers: it has all branches.
        return render(derivation, form)
    shown = render(result, form) if form in ("latex", "markdown") else "\n".join(_branches(result, _printer(form)))
    return shown + for_line(conditions, form)


def _printer(form: str) -> TextPrinter:
    return UnicodePrinter() if form == "unicode" else TextPrinter()


def for_line(conditions: Iterable[Boolean], form: str) -> str:
    """What the symbols were taken to satisfy, to follow a formula; nothing where there is nothing to say."""
    if form in ("latex", "markdown"):
        stated = shown_conditions(conditions, TexPrinter())
        return ("\n\\qquad \\text{for } " + stated if form == "latex" else f"\n\nfor ${stated}$") if stated else ""
    stated = shown_conditions(conditions, _printer(form))
    return f"\n  for {stated}" if stated else ""


def _branches(result: Expr, printer: TextPrinter) -> list[str]:
    if not isinstance(result, Piecewise):
        return [printer.doprint(result)]
    branches: Any = result.args
    values = [printer.doprint(value) for value, _ in branches]
    width = max((len(value) for value in values if len(value) <= LONG), default=0)
    suffixes = [printer.condition_suffix(condition) for _, condition in branches]
    return [f"{value}\n   {suffix}" if len(value) > LONG else f"{value:{width}} {suffix}" for value, suffix in zip(values, suffixes)]
