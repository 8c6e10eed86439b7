"""Claims in LaTeX."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from symkl.prove.terms import (
    Call,
    Constant,
    Fold,
    Image,
    Information,
    LawExpression,
    LawName,
    Measure,
    Mix,
    Parameter,
    Plus,
    Pow,
    ProductLaw,
    Relation,
    Scalar,
    Times,
)

__all__ = ["decimal_tex", "fraction_tex", "law_tex", "masses_tex", "name_tex", "relation_tex", "scalar_tex"]

_SIGNS = {"=": "=", "<=": r"\le", ">=": r"\ge", "<": "<", ">": ">", "!=": r"\ne"}
_HEADS = {
    "KL": r"D_{\mathrm{KL}}",
    "Entropy": r"\mathrm{H}",
    "CrossEntropy": r"\mathrm{H}",
    "Jeffreys": "J",
    "JensenShannon": r"\mathrm{JSD}",
    "TotalVariation": r"\mathrm{TV}",
    "Chi2": r"\chi^2",
    "Renyi": "D",
    "Tsallis": "T",
    "Hellinger": r"\mathcal{H}",
    "Bhattacharyya": r"D_{\mathrm{B}}",
    "Affinity": r"\mathrm{BC}",
}
_GREEK = {
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "eps",
    "lambda",
    "lam",
    "mu",
    "nu",
    "pi",
    "rho",
    "sigma",
    "tau",
    "theta",
    "eta",
    "kappa",
    "phi",
    "psi",
}


def name_tex(name: str) -> str:
    """X1 and X_1 as X_{1}; Greek names as letters."""
    stem, _, index = name.partition("_")
    if not index:
        stem = name.rstrip("0123456789'")
        index = name[len(stem) :]
    head = "\\" + {"eps": "epsilon", "lam": "lambda"}.get(stem, stem) if stem in _GREEK else stem if len(stem) < 2 else rf"\mathit{{{stem}}}"
    primes = index.count("'")
    index = index.rstrip("'").replace("_", ",")
    return head + "'" * primes + (f"_{{{index}}}" if index else "")


def fraction_tex(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    return rf"{sign}\tfrac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def masses_tex(rows: Iterable[tuple[Iterable[object], Fraction]]) -> str:
    """The outcomes with their masses, each a formula of its own, so that lines break between them; the braces stand inside of the dollars."""
    return "$, $".join(rf"({', '.join(map(str, point))})\colon {fraction_tex(mass)}" for point, mass in rows)


def decimal_tex(text: str) -> str:
    """Digits, or an infinity: 1e-05 is 10 to the -5; words are set upright."""
    if any(part.isalpha() and part != "oo" for part in text.split()):
        return rf"\text{{{text}}}"
    shown = text.replace("oo", r"\infty").replace("±", r"\pm")
    mantissa, _, exponent = shown.partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent.lstrip("+-").isdigit() else shown


def law_tex(law: LawExpression) -> str:
    if isinstance(law, LawName):
        index = ",".join(map(name_tex, law.of)) + (r"\mid " + ",".join(map(name_tex, law.given)) if law.given else "")
        return name_tex(law.name) + (f"_{{{index}}}" if index else "")
    if isinstance(law, ProductLaw):
        return r" \times ".join(rf"\left({law_tex(each)}\right)" if isinstance(each, Mix) else law_tex(each) for each in law.factors)
    if isinstance(law, Image):
        return rf"{name_tex(law.channel)}\left({law_tex(law.law)}\right)"
    if isinstance(law, Fold):
        inside = law_tex(law.law)
        return rf"{inside if isinstance(law.law, LawName) and not law.law.of else rf'{chr(92)}left({inside}{chr(92)}right)'}^{{{scalar_tex(law.times)}}}"
    assert isinstance(law, Mix)
    return _joined([rf"{_factor(w)}\,{law_tex(each)}" for w, each in law.parts])


def scalar_tex(node: Scalar) -> str:
    if isinstance(node, Constant):
        return fraction_tex(node.value)
    if isinstance(node, Parameter):
        return name_tex(node.name)
    if isinstance(node, Plus):
        return _joined([scalar_tex(each) for each in node.parts])
    if isinstance(node, Times):
        parts = list(node.parts)
        sign = "-" if parts[0] == Constant(Fraction(-1)) else ""
        # A logarithm without brackets stands last: what followed it would be read into it.
        return sign + r"\,".join(_factor(each) for each in sorted(parts[len(sign) :], key=_is_bare))
    if isinstance(node, Pow):
        if node.exponent == Fraction(1, 2):
            return rf"\sqrt{{{scalar_tex(node.base)}}}"
        if node.exponent == -1:
            return rf"\frac{{1}}{{{scalar_tex(node.base)}}}"
        base = rf"\left({scalar_tex(node.base)}\right)" if isinstance(node.base, (Plus, Times)) else scalar_tex(node.base)
        return rf"{base}^{{{node.exponent}}}"
    if isinstance(node, Call):
        inside = scalar_tex(node.argument)
        return rf"\{node.function} {inside}" if _is_bare(node) else rf"\{node.function}\left({inside}\right)"
    if isinstance(node, Information):
        sign = r"\mathrm{I}" if len(node.groups) > 1 else r"\mathrm{h}" if node.differential else r"\mathrm{H}"
        groups = "; ".join(", ".join(map(name_tex, group)) for group in node.groups)
        given = r" \mid " + ", ".join(map(name_tex, node.given)) if node.given else ""
        return rf"{sign}\left({groups}{given}\right)"
    assert isinstance(node, Measure)
    return _measure(node)


def _is_bare(node: Scalar) -> bool:
    return isinstance(node, Call) and isinstance(node.argument, (Constant, Parameter))


def _measure(node: Measure) -> str:
    head = _HEADS[node.head]
    if node.head in ("Renyi", "Tsallis"):
        head += f"_{{{scalar_tex(node.parameters[0])}}}"
    bar = r" \,\|\, " if node.head in ("KL", "Renyi", "Tsallis", "Chi2") else ", "
    inside = bar.join(map(law_tex, node.laws[:2])) + "".join(r" \mid " + law_tex(each) for each in node.laws[2:])
    return rf"{head}\left({inside}\right)"


def _factor(node: Scalar) -> str:
    return rf"\left({scalar_tex(node)}\right)" if isinstance(node, Plus) else scalar_tex(node)


def _joined(parts: list[str]) -> str:
    return parts[0] + "".join(f" - {p[1:]}" if p.startswith("-") else f" + {p}" for p in parts[1:])


def relation_tex(relation: Relation) -> str:
    return f"{scalar_tex(relation.left)} {_SIGNS[relation.sign]} {scalar_tex(relation.right)}"
