"""ζ(s) − 1 and log ζ(s) with all their digits at large s, where ζ(s) is all but one."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symkl.exact.arithmetic import flint_module
from symkl.exact.stable import Value, acb, arb, disc, is_real

__all__ = ["LogZeta", "ZetaExcess", "log_zeta", "zeta_excess"]

# Where Re s is at least this part of the working precision, terms are added; elsewhere ζ(s) − 1 loses no more than the part of its digits.
PART = 8


class ZetaExcess(sp.Function):
    """ζ(s) − 1."""


class LogZeta(sp.Function):
    """log ζ(s) for s > 1."""


def zeta_excess(analytic: bool, s: Value) -> Value:
    """Σ_{1 < k ≤ N} k^−s, and beyond no more than ∫_N^∞ t^−σ dt = N^(1−σ)/(σ − 1), σ = Re s."""
    least, bits = s.real.lower(), flint_module().ctx.prec  # type: ignore[union-attr]
    if not least * PART > bits or not least > 2:
        return s.zeta() - 1
    # (N/2)^−σ < 2^−bits.
    last = 2 << -(-bits // int(least.floor().unique_fmpz()))
    total = acb()(0)
    for k in range(2, last + 1):
        total += (-s * acb()(k).log()).exp()
    beyond = ((1 - least) * arb()(last).log()).exp() / (least - 1)
    return total + disc(beyond, is_real(s))


def log_zeta(analytic: bool, s: Value) -> Value:
    if not (is_real(s) and s.real > 1):
        return acb()("nan")
    return zeta_excess(analytic, s).log1p()


def without_one(expr: Any, v: sp.Symbol) -> Any:
    """ζ(u) as ζ(u) − 1 in a sum of which a derivative is taken by v."""
    one: Any = [term for term in sp.Add.make_args(expr) if v in term.free_symbols]
    return sp.Add(*(ZetaExcess(term.args[0]) if isinstance(term, sp.zeta) and len(term.args) == 1 else term for term in one))
