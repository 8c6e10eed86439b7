"""Three-valued answers: proved, refuted or unknown, and unknown never counts as success."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn

from symkl.core.hooks import resolve

Status = Literal["proved", "refuted", "unknown"]

__all__ = ["Status", "Verdict", "Worded"]


class Worded(str):
    """A sentence with its own LaTeX (text mode, formulas in dollars)."""

    tex: str

    def __new__(cls, text: str, tex: str) -> Worded:
        found = super().__new__(cls, text)
        found.tex = tex
        return found

    def __getnewargs__(self) -> Any:
        return str(self), self.tex

    def latex(self) -> str:
        return self.tex


@dataclass(frozen=True, repr=False)
class Verdict:
    """The outcome of a check or proof.

    `status` is "proved", "refuted" or "unknown"; `reason` says why in one sentence; `witness` is the exact
    counterexample of a refutation; `steps` the chain of named facts of a proof; `certificate` the data that an
    independent checker re-reads; `given` the hypotheses that `claim` does not name itself. Its truth value is a `TypeError`: "unknown" must not pass for either side.

    >>> from symkl.core.verdict import Verdict
    >>> Verdict("unknown", reason="no certificate found").is_proved
    False
    """

    status: Status
    reason: str = ""
    witness: Any = None
    steps: tuple[Any, ...] = ()
    certificate: dict[str, Any] | None = field(default=None, compare=False)
    claim: Any = None
    given: tuple[Any, ...] = ()

    @property
    def is_proved(self) -> bool:
        return self.status == "proved"

    @property
    def is_refuted(self) -> bool:
        return self.status == "refuted"

    @property
    def is_unknown(self) -> bool:
        return self.status == "unknown"

    @property
    def _hypotheses(self) -> str:
        return f", given {', '.join(map(str, self.given))}" if self.given else ""

    def __bool__(self) -> NoReturn:
        raise TypeError("a Verdict has three values; ask .is_proved, .is_refuted or .is_unknown")

    def __str__(self) -> str:
        lines = [self.status if self.claim is None else f"{self.status}: {self.claim}{self._hypotheses}"]
        if self.reason:
            lines.append(f"  {self.reason}")
        lines += [f"  {i}. {step}" for i, step in enumerate(self.steps, 1)]
        if self.witness is not None:
            lines.append(f"  witness: {self.witness}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        claim = "" if self.claim is None else f": {self.claim}{self._hypotheses}"
        reason = f" ({self.reason})" if self.reason else ""
        return f"<Verdict {self.status}{claim}{reason}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))

    def _repr_markdown_(self) -> str:
        return str(resolve("markdown")(self))

    def latex(self) -> str:
        """LaTeX of the claim, its status, its proof steps as an `enumerate` environment, and its witness."""
        return str(resolve("latex")(self))
