"""Expected log-densities in print: what each measure is made of, and what cancels and so must be finite."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from symkl.prove.certificate import law_json, scalar_json
from symkl.prove.divergence.prepare import Prepared, measures_of
from symkl.prove.divergence.vectors import Vector, frozen
from symkl.prove.steps import Step
from symkl.prove.terms import Constant, LawExpression, LawName, Measure, Mix, Relation, Scalar, Statement, Times, factors_of, terms_of
from symkl.prove.texform import fraction_tex, law_tex, name_tex, scalar_tex

__all__ = ["cancelled", "compared_strictly", "expansion_steps", "renamed", "subtracted"]

#: The heads of measures that are infinite for some laws.
UNBOUNDED = ("KL", "CrossEntropy", "Jeffreys", "Chi2", "Renyi", "Tsallis", "Bhattacharyya")


def cancelled(prepared: Prepared) -> list[str]:
    """E_P[log q] and the like that two measures of the identity share: these are subtracted, and must be finite.

    A single divergence is defined in [0, ∞] as a whole.
    """
    owners: dict[Any, int] = {}
    for measure in measures_of(prepared.statement):
        for key in prepared.scope.vector(scalar_json(measure)):
            for name, _ in key:
                if name[0] == "E":
                    owners[name] = owners.get(name, 0) + 1
    return sorted({expectation_text(name) for name, count in owners.items() if count > 1})


def subtracted(statement: Statement) -> list[str]:
    """The measures of which one side has a copy less a copy: infinite ones have no difference."""
    found: dict[str, None] = {}
    for side in (side for relation in statement.claims for side in (relation.left, relation.right)):
        signs: dict[Scalar, set[bool]] = {}
        for part in terms_of(side):
            number = next((f.value for f in part.parts if isinstance(f, Constant)), Fraction(1)) if isinstance(part, Times) else Fraction(1)
            for factor in factors_of(part):
                if isinstance(factor, Measure):
                    signs.setdefault(factor, set()).add(number < 0)
        found |= {str(measure): None for measure, each in signs.items() if len(each) > 1}
    return list(found)


def compared_strictly(statement: Statement) -> list[str]:
    """The measures on the smaller side of a strict claim, or on both of an unequal one: where they are infinite, so is the other side, and not larger."""
    found: dict[str, None] = {}
    for relation in statement.claims:
        sides = [[each for each in measures_of(Statement((Relation(side, "=", side),))) if each.head in UNBOUNDED] for side in (relation.left, relation.right)]
        smaller = {"<": sides[0], ">": sides[1], "!=": [each for each in sides[0] if each in sides[1]]}.get(relation.sign, [])
        found |= dict.fromkeys(map(str, smaller))
    return list(found)


def expectation_text(atom: Any) -> str:
    """E_P[log q] of an atom of the checker."""
    _, measure, density = atom
    return f"E_{_factors(measure)}[log {_density(density)}]"


def _factors(factors: Any) -> str:
    return "×".join(_name(f) for f in factors)


def _name(factor: Any) -> str:
    name, inner, _, given = factor
    if isinstance(name, tuple):
        label = f"{_mixture(name[1])}^{name[2]}" if name[0] == "fold" else f"{name[1]}({_factors(name[2])})"
    else:
        label = str(name)
    if any(isinstance(each, str) for each in inner):
        label += f"({','.join(map(str, inner))}{'|' + ','.join(given) if given else ''})"
    return label


def _mixture(parts: Any) -> str:
    shown = [_factors(f) if dict(w) == {(): Fraction(1)} else f"{_weight(dict(w))[0]} {_factors(f)}" for w, f in parts]
    return shown[0] if len(shown) == 1 else f"({' + '.join(shown)})"


def _density(density: Any) -> str:
    parts = []
    for weight, factors in density:
        number = dict(weight)
        lower = " ".join(_lowered(_name(f)) for f in factors)
        parts.append(lower if number == {(): Fraction(1)} else f"{_weight(number)[0]} {lower}")
    return parts[0] if len(parts) == 1 else f"({' + '.join(parts)})"


def expansion_steps(prepared: Prepared, relation: Relation) -> list[Step]:
    """Each measure of an identity as a combination of expected log-densities, and what both sides come to."""
    steps = []
    for measure in measures_of(Statement((relation,))):
        vector = prepared.scope.vector(scalar_json(measure))
        text, tex = _vector(vector)
        steps.append(Step(f"{measure} = {text}", f"${scalar_tex(measure)} = {tex}$"))
    text, tex = _vector(prepared.scope.vector(scalar_json(relation.left)))
    return [*steps, Step(f"both sides are {text}", f"both sides are ${tex}$")]


def renamed(steps: Sequence[Step], prepared: Prepared, definitions: Sequence[tuple[LawName, LawExpression]]) -> list[Step]:
    """The steps with the names that the statement gave to mixtures."""
    pairs: list[tuple[str, str]] = []
    texs: list[tuple[str, str]] = []
    for name, _ in definitions:
        body = prepared.bodies.get(name)
        if isinstance(body, Mix):
            density = prepared.scope.mixture(law_json(body))
            parts = tuple(sorted(((frozen(w), factors) for w, factors in density), key=repr))
            pairs += [(str(body), str(name)), (_density(parts), _lowered(str(name)))]
            texs += [(law_tex(body), law_tex(name)), (_density_tex(parts), law_tex(LawName(_lowered(name.name))))]
    found = []
    for step in steps:
        text, tex = step.text, step.tex
        for old, new in pairs:
            text = text.replace(old, new)
        for old, new in texs:
            tex = tex.replace(old, new)
        found.append(Step(text, tex))
    return found


def _vector(vector: Vector) -> tuple[str, str]:
    """A vector as text and as LaTeX, the weights of one expectation together, terms in a fixed order."""
    weights: dict[Any, Vector] = {}
    for key, c in sorted(vector.items(), key=lambda item: (item[1] < 0, repr(item))):
        expectations = tuple((name, e) for name, e in key if name[0] == "E")
        weights.setdefault(expectations, {})[tuple(each for each in key if each not in expectations)] = c
    terms = [((), {key: c}) for key, c in weights.pop((), {}).items()] + list(weights.items())
    shown = [_term(*each) for each in sorted(terms, key=_is_negative)]
    return _joined([text for text, _ in shown]), _joined([tex for _, tex in shown])


def _joined(terms: list[str]) -> str:
    first, *others = terms or ["0"]
    return first + "".join(f" - {term[1:]}" if term.startswith("-") else f" + {term}" for term in others)


def _term(expectations: Any, weight: Vector) -> tuple[str, str]:
    """weight · E, a weight of several terms in brackets."""
    if len(weight) == 1:
        ((key, c),) = weight.items()
        return _monomial((*key, *expectations), c)
    negative = _is_negative((expectations, weight))
    inside, inside_tex = _vector({key: -c if negative else c for key, c in weight.items()})
    text, tex = _monomial(expectations, Fraction(1))
    sign = "-" if negative else ""
    return f"{sign}({inside})*{text}", rf"{sign}\left({inside_tex}\right)\,{tex}"


def _is_negative(term: tuple[Any, Vector]) -> bool:
    """Whether a minus stands before the term: the sign of its weight's constant, or of the first of its weight."""
    _, weight = term
    return weight.get((), next(iter(weight.values()))) < 0


def _monomial(key: Any, c: Fraction) -> tuple[str, str]:
    size, sign = abs(c), "-" if c < 0 else ""
    parts = [(_atom_text(name), _atom_tex(name), e) for name, e in sorted(key, key=lambda item: (item[0][0] == "E", repr(item)))]
    alone = size != 1 or not parts
    text = "*".join([str(size)] * alone + [t if e == 1 else f"{t}^{e}" for t, _, e in parts])
    tex = r"\,".join([fraction_tex(size)] * alone + [t if e == 1 else f"{t}^{{{e}}}" for _, t, e in parts])
    return sign + text, sign + tex


def _atom_text(name: Any) -> str:
    if name[0] == "E":
        return expectation_text(name)
    if name[0] in ("parameter", "H"):
        return str(name[1]) if name[0] == "parameter" else f"H({','.join(name[1])})"
    if name[0] == "log":
        return f"log({name[1]})" if isinstance(name[1], int) else f"log({_vector(dict(name[1]))[0]})"
    return {"TV": "TV", "A": "A", "B": "B", "exp": "exp(...)", "base": "(...)"}[name[0]]


def _atom_tex(name: Any) -> str:
    if name[0] == "E":
        _, measure, density = name
        return rf"\mathbb{{E}}_{{{_factors_tex(measure)}}}\left[\log {_density_tex(density)}\right]"
    if name[0] == "parameter":
        return name_tex(name[1])
    if name[0] == "H":
        return rf"\mathrm{{H}}\left({', '.join(map(name_tex, name[1]))}\right)"
    if name[0] == "log":
        return rf"\log {name[1]}" if isinstance(name[1], int) else rf"\log\left({_vector(dict(name[1]))[1]}\right)"
    return rf"\mathrm{{{_atom_text(name)}}}"


def _factors_tex(factors: Any, lower: bool = False) -> str:
    joined = []
    for name, inner, _, given in factors:
        if not isinstance(name, tuple):
            label = name_tex(_lowered(str(name)) if lower else str(name))
        elif name[0] == "fold":
            label = f"{_density_tex(name[1], lower)}^{{{name_tex(name[2])}}}"
        else:
            label = rf"{name_tex(name[1])}\left({_factors_tex(name[2])}\right)"
        coordinates = [str(each) for each in inner if isinstance(each, str)]
        if coordinates:
            bar = r" \mid " + ", ".join(map(name_tex, given)) if given else ""
            label += rf"\left({', '.join(map(name_tex, coordinates))}{bar}\right)"
        joined.append(label)
    return (r"\," if lower else r" \times ").join(joined)


def _density_tex(density: Any, lower: bool = True) -> str:
    parts = []
    for weight, factors in density:
        number = dict(weight)
        inside = _factors_tex(factors, lower)
        parts.append(inside if number == {(): Fraction(1)} else rf"{_weight(number)[1]}\,{inside}")
    return parts[0] if len(parts) == 1 else rf"\left({' + '.join(parts)}\right)"


def _weight(number: Vector) -> tuple[str, str]:
    text, tex = _vector(number)
    return (f"({text})", rf"\left({tex}\right)") if len(number) > 1 else (text, tex)


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]
