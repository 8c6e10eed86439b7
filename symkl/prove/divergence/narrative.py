"""How the lemmas are said: a comparison as a chain of signs of derivatives, Gibbs' inequality by log u ≤ u − 1."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sympy import Add, Expr, Integer, Mul, Pow as Power, Rational, Symbol, expand, factor_terms, latex, log
from sympy.polys.polytools import factor

from symkl.prove.divergence.calculus import Function, Poly, composed, derivative, logs_of, poly, scaled
from symkl.prove.steps import Step, plain
from symkl.prove.terms import Constant, LawExpression, Plus, Pow, Scalar, Times
from symkl.prove.texform import law_tex

__all__ = ["comparison_steps", "function_steps", "gibbs_steps", "log_sum_steps", "sign_chain", "why_equal"]


def _told(text: str, tex: str) -> Step:
    """A step whose formulas were written by SymPy."""
    return Step(plain(text), tex)


def gibbs_steps(p: LawExpression, q: LawExpression) -> tuple[Step, ...]:
    """−D(P‖Q) = E_P[log(q/p)] ≤ E_P[q/p − 1] ≤ 0."""
    P, Q = law_tex(p), law_tex(q)
    return (
        Step("log u <= u - 1 for u > 0, with equality only at u = 1", r"$\log u \le u - 1$ for $u > 0$, with equality only at $u = 1$"),
        Step(
            f"so -D({p}||{q}) = E_P[log(q/p)] <= E_P[q/p] - 1 <= 0, where p, q are the densities of {p}, {q} and E_P is under {p}",
            rf"so $-D_{{\mathrm{{KL}}}}\left({P} \,\|\, {Q}\right) = \mathbb{{E}}_{{{P}}}\left[\log\frac{{q}}{{p}}\right] "
            rf"\le \mathbb{{E}}_{{{P}}}\left[\frac{{q}}{{p}}\right] - 1 \le 0$, where $p$, $q$ are the densities of ${P}$, ${Q}$",
        ),
    )


def log_sum_steps() -> tuple[Step, ...]:
    """The log-sum inequality, from the chain rule for the index."""
    return (
        Step(
            "draw an index i with law w (or v), then x from P_i (or Q_i): by the chain rule the divergence of the pairs (i, x) is "
            "sum w_i (log(w_i/v_i) + D(P_i||Q_i)), and it is at least that of the second coordinates, sum w_i P_i and sum v_i Q_i",
            r"draw an index $i$ with law $w$ (or $v$), then $x$ from $P_i$ (or $Q_i$): by the chain rule the divergence of the pairs $(i, x)$ "
            r"is $\sum_i w_i \left(\log\frac{w_i}{v_i} + D_{\mathrm{KL}}\left(P_i \,\|\, Q_i\right)\right)$, and it is at least that of the second "
            r"coordinates, $\sum_i w_i P_i$ and $\sum_i v_i Q_i$",
        ),
    )


def comparison_steps(
    f: Function, mirrored: Function, root: int, square: Fraction, weight: Fraction, moves: Sequence[Sequence[Any]]
) -> tuple[Step, ...]:
    """f ≥ 0 on (0, 1) for the ratio t = s^root below 1, and its mirror image t f(1/t) for the ratio above."""
    s = Symbol("t" if root == 1 else "s", positive=True)
    steps: list[Step] = []
    if square:
        w = factor(_polynomial(poly(1 - weight, weight), Symbol("t", positive=True)))
        steps.append(
            _told(
                f"with t = p/q and w(t) = {w}: 4 TV^2 = (E_Q|t - 1|)^2 <= E_Q[(t - 1)^2/w(t)] E_Q[w(t)] = E_Q[(t - 1)^2/w(t)]  (Cauchy–Schwarz, E_Q[t] = 1)",
                rf"with $t = p/q$ and $w(t) = {latex(w)}$: $4\,\mathrm{{TV}}^2 = \left(\mathbb{{E}}_Q|t - 1|\right)^2 \le "
                r"\mathbb{E}_Q\left[\frac{(t-1)^2}{w(t)}\right] \mathbb{E}_Q[w(t)] = \mathbb{E}_Q\left[\frac{(t-1)^2}{w(t)}\right]$"
                r" (Cauchy--Schwarz, $\mathbb{E}_Q[t] = 1$)",
            )
        )
    ratio = "t = p/q" if root == 1 else f"p/q = s^{root}"
    shown = _expression(f, s)
    enough, sign, tex_sign = ("it is enough that ", " >= 0", r" \ge 0") if shown != 0 else ("", "", "")
    steps.append(
        _told(
            f"{enough}f({s}) = {shown}{sign} for 0 < {s} < 1, {ratio}, as the difference of the sides is at least E_Q[f] (E_Q[p/q - 1] = 0)",
            rf"{enough}$f({s}) = {latex(shown)}{tex_sign}$ for $0 < {s} < 1$, ${ratio}$, as the difference of the sides is at least "
            r"$\mathbb{E}_Q[f]$ (and $\mathbb{E}_Q[p/q - 1] = 0$)",
        )
    )
    steps += sign_chain(f, moves[0], s, "f")
    other = _expression(mirrored, s)
    if other == shown and list(moves[0]) == list(moves[1]):
        steps.append(
            _told(
                "for p > q exchange the roles of p and q: the function is the same",
                "for $p > q$ exchange the roles of $p$ and $q$: the function is the same",
            )
        )
    else:
        that, sign, tex_sign = ("that " if shown != 0 else "it is enough that ", " >= 0", r" \ge 0") if other != 0 else ("", "", "")
        steps.append(
            _told(
                f"for p > q, with the roles of p and q exchanged, {that}g({s}) = {other}{sign} for 0 < {s} < 1",
                rf"for $p > q$, with the roles of $p$ and $q$ exchanged, {that}$g({s}) = {latex(other)}{tex_sign}$ for $0 < {s} < 1$",
            )
        )
        steps += sign_chain(mirrored, moves[1], s, "g")
    return tuple(steps)


def why_equal(left: Scalar, right: Scalar) -> str:
    """How one side becomes the other: by arithmetic alone, where every measure is a letter, or by expanding them."""
    return "by arithmetic" if expand(_with_letters(left) - _with_letters(right)) == 0 else "expanding into expected log-densities"


def _with_letters(node: Scalar) -> Expr:
    if isinstance(node, Constant):
        return Rational(node.value.numerator, node.value.denominator)
    if isinstance(node, (Plus, Times)):
        return (Add if isinstance(node, Plus) else Mul)(*map(_with_letters, node.parts))
    if isinstance(node, Pow):
        return Power(_with_letters(node.base), Rational(node.exponent.numerator, node.exponent.denominator))
    return Symbol(str(node), real=True)


def function_steps(functions: Sequence[Function], moves: Sequence[Sequence[Any]], name: str) -> tuple[Step, ...]:
    """f(t) on (0, 1), and f(1/s) for the rest of the half line."""
    steps: list[Step] = []
    for f, chain, variable, label in zip(functions, moves, (name, "s"), ("f", "g")):
        s = Symbol(variable, positive=True)
        shown = _expression(f, s)
        what = f"{label}({s})" if label == "f" else f"with {name} = 1/s, g(s)"
        tex = f"${label}({s})" if label == "f" else f"with ${name} = 1/s$, $g(s)"
        steps.append(_told(f"{what} = {shown} on 0 < {s} < 1", f"{tex} = {latex(shown)}$ on $0 < {s} < 1$"))
        steps += sign_chain(f, chain, s, label)
    return tuple(steps)


def sign_chain(f: Function, moves: Sequence[Any], s: Symbol, name: str) -> list[Step]:
    """The functions whose signs decide, from the first to the last."""
    steps = []
    for k, move in enumerate(moves, 1):
        last = f"{name}_{k - 1}" if k > 1 else name
        new = f"{name}_{k}"
        if isinstance(move, dict) and "split" in move:
            c = Rational(move["split"])
            steps.append(
                _told(
                    f"{last} is looked at left and right of {c}, where it is least",
                    rf"${last}$ is looked at left and right of ${latex(c)}$, where it is least",
                )
            )
            cut = Rational(c).p, Rational(c).q
            half = Fraction(*map(int, cut))
            steps += sign_chain(composed(f, poly(0, half)), move["left"], s, f"l({c} {s})".split("(")[0])
            return steps + sign_chain(composed(f, poly(half, 1 - half)), move["right"], s, "r")
        if move == "rise":
            f = derivative(f)
            why, tex = (
                f"{last} is at least 0 at {s} = 0 and grows if {new} = {last}' is",
                rf"${last}$ is at least $0$ at ${s} = 0$ and grows if ${new} = {last}'$ is",
            )
        elif move == "fall":
            f = scaled(derivative(f), (poly(-1), poly(1)))
            why, tex = (
                f"{last} is at least 0 at {s} = 1 and falls towards it if {new} = -{last}' is",
                rf"${last}$ is at least $0$ at ${s} = 1$ and falls towards it if ${new} = -{last}'$ is",
            )
        elif move == "concave":
            f = scaled(derivative(derivative(f)), (poly(-1), poly(1)))
            why, tex = (
                f"{last} is at least 0 at both ends and concave if {new} = -{last}'' is",
                rf"${last}$ is at least $0$ at both ends and concave if ${new} = -{last}''$ is",
            )
        elif "tangent" in move:
            c = Rational(move["tangent"])
            f = derivative(derivative(f))
            why, tex = (
                f"{last} is above its tangent at {s} = {c}, which is not negative for 0 < {s} < 1, if {new} = {last}'' is at least 0:",
                rf"${last}$ is above its tangent at ${s} = {latex(c)}$, which is not negative for $0 < {s} < 1$, if ${new} = {last}''$ is at least $0$:",
            )
        else:
            by = poly(*move["scale"][0]), poly(*move["scale"][1])
            f = scaled(f, by)
            scale = factor(_polynomial(by[0], s) / _polynomial(by[1], s))
            shown_scale, scale_tex = str(scale), latex(scale)
            if scale.is_Add:
                scale_tex = rf"\left({scale_tex}\right)"
            if scale.is_Add or "/" in shown_scale:
                shown_scale = f"({shown_scale})"
            why, tex = (
                f"{last} has the sign of {new} = {shown_scale} {last}, where {new} is",
                rf"${last}$ has the sign of ${new} = {scale_tex}\,{last}$, where ${new}$ is",
            )
        shown = _expression(f, s)
        end = " >= 0" if k == len(moves) else ""
        steps.append(_told(f"{why} {shown}{end}", f"{tex} ${latex(shown)}$" + (r" $\ge 0$" if end else "")))
    return steps


def _expression(f: Function, s: Symbol) -> Expr:
    total: Expr = Integer(0)
    for key, (n, d) in sorted(f.items(), key=lambda item: logs_of(item[0])):
        part = _polynomial(n, s) / _polynomial(d, s)
        total += factor(part) * Mul(*(log(factor_terms(_polynomial(each, s))) for each in logs_of(key)))
    return factor(total) if not any(f) else total


def _polynomial(a: Poly, s: Symbol) -> Expr:
    return sum((Rational(c.numerator, c.denominator) * s**i for i, c in enumerate(a)), Integer(0))
