"""How objects show themselves: one line for a repr, LaTeX in a notebook, the whole story for str."""

from __future__ import annotations

from sympy import oo

from symkl.core.heads import KL, Entropy, Expectation
from symkl.core.verdict import Verdict
from symkl.derive import derive
from symkl.exact import evaluate
from symkl.families import Cauchy, Exponential, Finite, Normal
from symkl.prove import prove


def test_a_repr_is_one_line() -> None:
    derivation = derive(KL(Exponential, Exponential))
    assert repr(derivation).startswith("<Derivation D_KL(Exponential(lam_1) ‖ Exponential(lam_2)) = ")
    things = [derivation, derivation.check(), derive(KL(Cauchy, Normal)), prove("I(X;Y) >= 0"), Verdict("unknown"), evaluate(KL(Normal(0, 1), Normal(1, 1)))]
    for thing in things:
        assert "\n" not in repr(thing)
        assert "Step(" not in repr(thing)
    assert repr(Verdict("unknown", reason="no certificate found")) == "<Verdict unknown (no certificate found)>"
    assert "(infinite, " in repr(things[2])


def test_notebooks_get_latex() -> None:
    assert derive(KL(Exponential, Exponential))._repr_latex_().startswith(r"\begin{align*}")
    assert Normal(0, 1)._repr_latex_() == r"$\displaystyle \mathcal{N}\left(0, 1\right)$"
    assert r"D_{\mathrm{KL}}" in KL(Normal, Normal)._repr_latex_()
    assert Finite([1])._repr_latex_().startswith("$")
    assert Entropy(Normal)._repr_latex_().startswith("$")
    x = Normal(0, 1).support.variable("x")
    assert r"\mathbb{E}" in Expectation(x**2, x, Normal(0, 1))._repr_latex_()
    assert evaluate(KL(Normal(0, 1), Normal(1, 1)), 5)._repr_latex_() == "$0.50000$"
    assert evaluate(oo)._repr_latex_() == r"$\infty$"
    assert "**proved**" in prove("I(X;Y) >= 0")._repr_markdown_()


def test_terminals_of_notebooks_get_the_whole_story() -> None:
    shown: list[str] = []

    class Printer:
        text = staticmethod(shown.append)

    derivation = derive(KL(Exponential, Exponential))
    derivation._repr_pretty_(Printer(), False)
    Verdict("unknown", reason="because")._repr_pretty_(Printer(), False)
    assert shown == [derivation.text(), "unknown\n  because"]
