"""`Step`: one equation of a derivation, with what a checker needs to re-establish it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Expr
from sympy.logic.boolalg import Boolean

__all__ = ["Step"]


@dataclass(frozen=True)
class Step:
    """before = after, by `rule`, under `conditions`.

    A derivation starts at its head; a step replaces `before`, wherever it stands in the current expression, by `after`.
    `kind` names the way the step is checked, `rule` what a reader is told, `data` the choices the search made
    (a substitution, the parameters of a master integral), which the checker re-reads and does not trust.
    """

    before: Expr
    after: Expr
    kind: str
    rule: str
    conditions: tuple[Boolean, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)
