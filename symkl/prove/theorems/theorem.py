"""`Theorem`: a numbered statement with its parts, settled by the machinery whenever it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from sympy import latex

from symkl.core.verdict import Verdict
from symkl.errors import DomainError
from symkl.prove import prove
from symkl.prove.steps import plain_tex
from symkl.prove.theorems.calculation import Slope, calculated, is_written_out, relation_text

__all__ = ["Part", "Theorem", "part"]

Expected = Literal["proved", "refuted", "mistyped"]


@dataclass(frozen=True)
class Part:
    """One claim, as text or as a function that gives a SymPy relation, its hypotheses, and what must come out."""

    claim: str | Callable[[], Any]
    given: tuple[str, ...] = ()
    expected: Expected = "proved"
    continuous: tuple[str, ...] = ()
    note: str = ""

    def settle(self) -> Verdict:
        """The verdict of the machinery; a claim that compares what cannot be compared is refuted, with that reason."""
        return _settled(self)

    @property
    def shown(self) -> str:
        claim = self.claim if isinstance(self.claim, str) else relation_text(self.claim())
        return claim + (f"   given {', '.join(self.given)}" if self.given else "")


@lru_cache(maxsize=1024)
def _settled(part: Part) -> Verdict:
    claim = part.claim if isinstance(part.claim, str) else part.claim()
    try:
        if isinstance(claim, Slope) or is_written_out(claim):
            return calculated(claim)  # type: ignore[arg-type]
        return prove(claim, list(part.given), continuous=part.continuous)
    except DomainError as error:
        return Verdict("refuted", reason=f"the claim is mistyped: {error}", claim=claim)


def part(claim: str | Callable[[], Any], *given: str, expected: Expected = "proved", continuous: Iterable[str] = (), note: str = "") -> Part:
    """A part, with its hypotheses as further arguments."""
    return Part(claim, given, expected, tuple(continuous), note)


@dataclass(frozen=True)
class Theorem:
    """A statement of the library: its number, a readable name, a title, its parts, and what it cites without proof.

    A theorem with nothing to settle but a citation has no parts.
    """

    id: str
    name: str
    title: str
    parts: tuple[Part, ...] = ()
    cites: tuple[str, ...] = ()
    is_false: bool = False

    def verdict(self) -> Verdict:
        """Proved if every part came out as it must (refuted, for a false statement); unknown if one did not or it is cited only."""
        steps: list[Any] = []
        witness = None
        for each in self.parts:
            found = each.settle()
            wanted = "refuted" if each.expected == "mistyped" else each.expected
            if found.status != wanted:
                return Verdict("unknown", reason=f"{each.shown}: {found.status}, not {each.expected}. {found.reason}", claim=self.title)
            steps += found.steps
            witness = found.witness if found.is_refuted and witness is None else witness
        if not self.parts:
            return Verdict("unknown", reason=f"cited: {'; '.join(self.cites)}", claim=self.title)
        reason = "; ".join(f"cites {each}" for each in self.cites)
        return Verdict("refuted" if self.is_false else "proved", reason=reason, witness=witness, steps=tuple(steps), claim=self.title)

    def text(self) -> str:
        """Number, title, and each claim with its proof or its witness."""
        lines = [f"{self.id} {self.name}: {self.title}"]
        for each in self.parts:
            found = each.settle()
            lines.append(f"  {found.status}: {each.shown}")
            lines += [f"    {each.note}"] * bool(each.note)
            lines += [f"    {i}. {step}" for i, step in enumerate(found.steps, 1)]
            if found.is_refuted:
                lines.append(f"    {found.reason}")
                lines += [f"    witness: {found.witness}"] * (found.witness is not None)
        lines += [f"  cited: {each}" for each in self.cites]
        return "\n".join(lines)

    def latex(self) -> str:
        """The same as a LaTeX fragment that compiles with amsmath."""
        lines = [rf"\paragraph{{{self.id}. {plain_tex(self.title)}}}"]
        for each in self.parts:
            found = each.settle()
            lines.append(rf"{found.status.capitalize()}: {_claim_tex(each)}.")
            if each.note:
                lines.append(plain_tex(each.note) + ".")
            if found.steps:
                lines += [r"\begin{enumerate}", *(rf"  \item {_own_tex(step)}" for step in found.steps), r"\end{enumerate}"]
            if found.is_refuted:
                lines.append(_failure_tex(found))
        lines += [rf"Cited: {plain_tex(each)}." for each in self.cites]
        return "\n".join(lines)

    def markdown(self) -> str:
        """The same as Markdown with formulas in dollars."""
        blocks = [f"### {self.id}. {self.title}"]
        for each in self.parts:
            found = each.settle()
            blocks.append(f"**{found.status}**: {_claim_tex(each)}")
            blocks += [each.note] * bool(each.note)
            blocks += ["\n".join(f"{i}. {_own_tex(step)}" for i, step in enumerate(found.steps, 1))] * bool(found.steps)
            blocks += [_failure_tex(found)] * found.is_refuted
        return "\n\n".join([*blocks, *(f"Cited: {each}." for each in self.cites)])


def _claim_tex(each: Part) -> str:
    claim = each.settle().claim
    return plain_tex(each.shown) if claim is None or isinstance(claim, str) else f"${latex(claim)}$"


def _failure_tex(found: Verdict) -> str:
    return f"Witness: {_own_tex(found.witness)}; there {_own_tex(found.reason).removeprefix('it fails: ')}."


def _own_tex(thing: Any) -> str:
    """What says how it is written in LaTeX, so; the rest as text."""
    return str(thing.latex()) if hasattr(thing, "latex") else plain_tex(str(thing))
