"""What an argument of H, h and I may be: laws made of laws; a function of random variables is refused, not read as something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from symkl.errors import ParseError
from symkl.prove import syntax

__all__ = ["FUNCTIONS", "INFORMATION", "MEASURES", "established_laws", "law_names", "leaves", "one_meaning", "unclear_function", "unfit"]

#: Spellings of the measures, the number of laws and of further arguments each takes.
MEASURES: dict[str, tuple[str, int, int]] = {
    **dict.fromkeys(("D", "KL", "D_KL", "kl"), ("KL", 2, 0)),
    **dict.fromkeys(("J", "Jeffreys"), ("Jeffreys", 2, 0)),
    **dict.fromkeys(("JSD", "JS", "JensenShannon"), ("JensenShannon", 2, 0)),
    **dict.fromkeys(("TV", "TotalVariation"), ("TotalVariation", 2, 0)),
    **dict.fromkeys(("Chi2", "chi2"), ("Chi2", 2, 0)),
    **dict.fromkeys(("Renyi", "renyi"), ("Renyi", 2, 1)),
    **dict.fromkeys(("Tsallis", "tsallis"), ("Tsallis", 2, 1)),
    **dict.fromkeys(("Hellinger", "hellinger"), ("Hellinger", 2, 0)),
    **dict.fromkeys(("Bhattacharyya",), ("Bhattacharyya", 2, 0)),
    **dict.fromkeys(("BC", "Affinity"), ("Affinity", 2, 0)),
    **dict.fromkeys(("CE", "CrossEntropy"), ("CrossEntropy", 2, 0)),
    **dict.fromkeys(("Entropy",), ("Entropy", 1, 0)),
}
INFORMATION = ("H", "h", "I")
INFINITE = ("oo", "inf", "Inf", "infinity", "Infinity", "zoo", "nan", "NaN")
FUNCTIONS = {"log": "log", "ln": "log", "exp": "exp", "sqrt": "sqrt", "abs": "abs", "max": "max", "min": "min"}
#: Letters of laws, with a number, prime or index: P, Q1, R', p_XY.
LAW = re.compile(r"[PQRMpqr](_?\d*|_\w+)'*")

FUNCTION = (
    "{} is not read as a function of random variables, sums and products of which are not supported: "
    'say "H(Y|X) = 0" for a Y that is a function of X, and write H(Y)'
)


def established_laws(trees: Iterable[syntax.Parsed], declared: Iterable[str]) -> set[str]:
    """The names that stand inside a measure of laws, or on the left of a definition, or are declared to be laws."""
    found = set(declared)
    for tree in trees:
        if not isinstance(tree, syntax.Relations):
            continue
        sides = list(tree.sides)
        while sides:
            node = sides.pop()
            if isinstance(node, syntax.Apply) and (node.name in MEASURES or "||" in node.separators):
                found |= {name for each in node.arguments for name in _names(each, coordinates=False)}
            else:
                sides += _below(node)
        if isinstance(tree.sides[0], (syntax.Name, syntax.Apply)):
            found |= {tree.sides[0].text if isinstance(tree.sides[0], syntax.Name) else tree.sides[0].name}
    return found


def unclear_function(node: syntax.Raw, laws: set[str]) -> str:
    """Why the argument of an entropy cannot be understood, or ""."""
    clear = isinstance(node, syntax.Name) or (isinstance(node, syntax.Binary) and node.operator in "+-")  # a mixture has its own rules
    if clear or any(name in laws or LAW.fullmatch(name) for name in _names(node)):
        return ""
    return FUNCTION.format(_written(node))


def unfit(name: str) -> str:
    """Why a name is no parameter, or ""."""
    if name == "pi":
        return "pi is the number 3.14..., not a parameter, and here numbers are made of rational ones by powers, exp and log"
    return f"{name} is no number: a claim is about finite values" if name in INFINITE else ""


def one_meaning(twice: Iterable[str], texts: Iterable[str]) -> None:
    """Raises `ParseError` at the first of the names, which stand for a law and for a random variable."""
    for name, text in product(sorted(twice), texts):
        found = re.search(rf"(?<![\w']){re.escape(name)}(?![\w'])", text)
        if found is not None:
            message = f"{name} stands for a law and for a random variable here; give one of them another name, as in D(P||Q) and I(X;Y)"
            raise ParseError(message, text, found.start())


def law_names(node: syntax.Raw) -> set[str]:
    """The names in an argument of h that may be of laws: then they are continuous ones."""
    return set(_names(node, coordinates=False))


def _written(node: syntax.Raw) -> str:
    """A short form of the argument, as it was written."""
    if isinstance(node, syntax.Name):
        return node.text
    if isinstance(node, syntax.Apply):
        inside = "".join(f"{s}{_written(a)}" for s, a in zip(("", *node.separators), node.arguments))
        return f"{node.name}({inside})"
    if isinstance(node, syntax.Binary):
        return f"{_written(node.left)}{node.operator}{_written(node.right)}"
    return f"-{_written(node.operand)}" if isinstance(node, syntax.Negative) else str(node.value)


def leaves(node: syntax.Raw) -> Iterator[syntax.Raw]:
    """Numbers, names and applications, in order."""
    if isinstance(node, syntax.Negative):
        yield from leaves(node.operand)
    elif isinstance(node, syntax.Binary):
        yield from leaves(node.left)
        yield from leaves(node.right)
    else:
        yield node


def _below(node: syntax.Raw) -> tuple[syntax.Raw, ...]:
    if isinstance(node, syntax.Negative):
        return (node.operand,)
    if isinstance(node, syntax.Binary):
        return (node.left, node.right)
    return node.arguments if isinstance(node, syntax.Apply) else ()


def _names(node: syntax.Raw, coordinates: bool = True) -> Iterator[str]:
    """The names in the tree, of laws and channels, and what they are applied to: perhaps coordinates."""
    if isinstance(node, syntax.Name):
        yield node.text
    elif isinstance(node, syntax.Apply):
        yield node.name
    for each in _below(node) if coordinates or not isinstance(node, syntax.Apply) else ():
        yield from _names(each, coordinates)
