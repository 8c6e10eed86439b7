"""Raw trees to laws: families and their members, lists and tables of probabilities, densities, mixtures and products."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sympy import Eq, Expr, Ge, Gt, Le, Lt, Matrix, Ne, Range, S, Symbol, exp, oo

from symkl.cli.expressions import CONSTANTS, FUNCTIONS, Reader, hint
from symkl.cli.grammar import Argument, Binary, Call, List, Mapping as RawMapping, Name, Negative, Node, Number, Postfix, parse, parse_relation
from symkl.core.composite import Mixture, Product
from symkl.core.density import Density
from symkl.core.family import Family
from symkl.core.laws import Law
from symkl.core.transformed import Transformed
from symkl.derive.truncated import Truncated
from symkl.errors import DomainError, ParseError
from symkl.families import Finite, families

__all__ = ["BUILDERS", "MEASURES", "LawReader", "checked_base", "read_claim", "read_expression", "read_law", "read_relation"]

Meant = Law | type[Family]

SETS = {"Reals": (-oo, oo), "Naturals": S.Naturals, "Naturals0": S.Naturals0, "Integers": S.Integers}


def read_law(text: str, symbols: Mapping[str, Symbol] | None = None) -> Meant:
    """The law meant by a text, or the family if only its name is given.

    >>> read_law("Gamma(shape=a, scale=2)")
    Gamma(a, 1/2)
    >>> read_law("0.7, 3/10")
    Finite({0: 7/10, 1: 3/10})
    >>> read_law("Density(2*x*exp(-x^2), x, 0, oo)").support
    Continuum(0, oo)
    """
    return LawReader(text, symbols or {}).law(parse(text))


def read_expression(text: str, symbols: Mapping[str, Symbol] | None = None, base: Expr | None = None) -> Expr:
    """The expression meant by a text, in which measures of laws such as KL(P, Q) may stand.

    `base` is the unit of the measures that state none of their own; a text without such a measure is then a `DomainError`.

    >>> read_expression("D(Normal(0, 1) || Normal(1, 1))", base=S(2)).doit()
    1/(2*log(2))
    """
    reader = LawReader(text, symbols or {}, base)
    value = reader.expression(parse(text))
    if base is not None and not reader.has_unit:
        raise DomainError(f"base {base}: no measure here takes it; a base is the unit of measures with a logarithm that state none themselves")
    return value


def read_relation(text: str) -> Any:
    """A comparison of measures of laws, unevaluated, as a claim.

    >>> read_relation("D(Normal(0, 1) || Normal(1, 1)) = 1/2")
    Eq(D_KL(Normal(0, 1) ‖ Normal(1, 1)), 1/2)
    """
    relation = parse_relation(text)
    reader = LawReader(text, {})
    kinds: dict[str, Any] = {"=": Eq, "!=": Ne, "<": Lt, "<=": Le, ">": Gt, ">=": Ge}
    return kinds[relation.sign](reader.expression(relation.left), reader.expression(relation.right), evaluate=False)


def read_claim(text: str) -> Any:
    """A text that names families or masses, such as "D(Normal || Laplace) >= 0", or numbers alone to a power that is no number, as a relation; any other as it is.

    >>> read_claim("D(Exponential(1) || Exponential(2)) >= 0")
    D_KL(Exponential(1) ‖ Exponential(2)) >= 0
    >>> read_claim("D(P || Q) >= 0")
    'D(P || Q) >= 0'
    """
    names = "|".join(family.__name__ for family in families())
    # A list or a table of masses, a family, or a law that is built, such as Density(2*x, x, 0, 1).
    concrete = rf"\[|\{{[^{{}}]*:|(?<![\w^])(?:(?:{names})(?!\w)|(?:{'|'.join(BUILDERS)})\s*\()"
    numbers = r"[^A-Z]*\^\s*\(?\s*-?\s*[a-z][^A-Z]*"
    return read_relation(text) if re.search(concrete, text) or re.fullmatch(numbers, text) else text


class LawReader(Reader):
    """Builds the laws of one text; the numbers and expressions in it by `Reader`."""

    def __init__(self, text: str, symbols: Mapping[str, Symbol], base: Expr | None = None) -> None:
        super().__init__(text, symbols, {name: _measure(head) for name, head in MEASURES.items()} | dict.fromkeys(AFFINITY, _affinity))
        self.base = base
        #: Whether a measure took the base.
        self.has_unit = False

    def unit(self, head: Any, stated: Argument | None) -> Expr | None:
        """The base of a measure: the one it states, else that of the text."""
        if stated is not None:
            return self.expression(stated.value)
        if self.base is None or not getattr(head, "has_base", True):
            return None
        self.has_unit = True
        return self.base

    def call(self, node: Call) -> Expr:
        if node.name not in self.calls and node.name not in FUNCTIONS and self.is_law(node):
            raise self.fail(f"a number is expected here, and {node.name} is a law; a number of it is Entropy({node.name}(...))", node)
        return super().call(node)

    def law(self, node: Node) -> Meant:
        match node:
            case Name(text):
                return self.family(text, node)
            case Call():
                return self.member(node)
            case List(items):
                return self.finite([self.expression(item) for item in items], node)
            case RawMapping(pairs):
                return self.finite({label: self.expression(value) for label, value in pairs}, node)
            case Binary(operator="+") | Binary(operator="*"):
                return self.mixture(node)
            case Binary(operator="/", left=numerator) if self.has_law(numerator):
                return self.mixture(node)
            case Number() | Negative() | Postfix() | Binary():
                raise self.fail('a law is expected here: a family, its member, or a list of probabilities such as "7/10, 3/10"', node)
        raise self.fail("a law is expected here", node)

    def family(self, name: str, node: Name | Call) -> type[Family]:
        known = {family.__name__: family for family in families()}
        if name in MEASURES or name in AFFINITY:
            raise self.fail(f"a law is expected here, and {name} is a measure of laws", node)
        if name in BUILDERS:
            raise self.fail(f"{name} is no family but makes laws: write what it takes, as in {name}(...)", node)
        if name not in known:
            raise self.fail(f"unknown family {name!r}{hint(name, [*known, *BUILDERS])}", node)
        return known[name]

    def member(self, node: Call) -> Law:
        if node.name in BUILDERS:
            return BUILDERS[node.name](self, node)
        if node.name in FUNCTIONS and node.name not in {family.__name__ for family in families()}:
            raise self.fail(f"a law is expected here, and {node.name} is a function", node)
        family = self.family(node.name, node)
        positional = [self.value(argument.value) for argument in node.arguments if argument.name is None]
        named: dict[str, Any] = {}
        for argument in node.arguments:
            if argument.name is not None:
                self.check_keyword(family, argument, named)
                named[argument.name] = self.value(argument.value)
        try:
            return family(*positional, **named)
        except TypeError as error:
            raise self.fail(str(error), node) from None

    def check_keyword(self, family: type[Family], argument: Argument, earlier: Mapping[str, Any]) -> None:
        ways = [tuple(p.name for p in family.parameters), *(alternative.names for alternative in family.alternatives)]
        known = sorted({name for way in ways for name in way})
        if argument.name in earlier:
            raise self.fail(f"{family.__name__}: parameter {argument.name!r} is given twice", argument)
        if argument.name not in known:
            shown = " or ".join(f"({', '.join(way)})" for way in ways)
            raise self.fail(
                f"{family.__name__} has no parameter {argument.name!r}{hint(argument.name or '', known)}; its parameters are {shown}", argument
            )

    def value(self, node: Node) -> Any:
        """A parameter: an expression, a list of them, or a list of rows, which is a matrix."""
        if not isinstance(node, List):
            return self.expression(node)
        rows = [self.value(item) for item in node.items]
        if not rows or not all(isinstance(row, list) for row in rows):
            return rows
        if len({len(row) for row in rows}) != 1:
            raise self.fail("the rows of a matrix must be equally long", node)
        return Matrix(rows)

    def finite(self, masses: Any, node: Node) -> Law:
        if not masses:
            raise self.fail("a law needs at least one outcome", node)
        return Finite(masses)

    def mixture(self, node: Binary) -> Law:
        """w_1*P_1 + w_2*P_2 + …, or w*(P_1 + P_2 + …)"""
        parts = [(weight, self.fixed(law)) for weight, law in self.weighted(node)]
        if len(parts) == 1:
            raise self.fail("a mixture has at least two parts", node)
        return Mixture(*parts)

    def weighted(self, node: Node, scale: Expr | None = None) -> list[tuple[Expr, Node]]:
        """The laws of a mixture with their weights; those of a sum in brackets have its factor."""
        terms: list[Node] = []
        while isinstance(node, Binary) and node.operator == "+":  # sums are long, brackets are not deep
            terms.append(node.right)
            node = node.left
        if terms:
            return [part for term in (node, *reversed(terms)) for part in self.weighted(term, scale)]
        if isinstance(node, Binary) and node.operator in "*/":
            weight, inner = (node.left, node.right) if node.operator == "*" and not self.has_law(node.left) else (node.right, node.left)
            factor = self.expression(weight)
            return self.weighted(inner, (S.One if scale is None else scale) * (factor if node.operator == "*" else 1 / factor))
        if scale is None or not self.is_law(node):
            raise self.fail("a mixture is written weight*law + weight*law", node)
        return [(scale, node)]

    def has_law(self, node: Node) -> bool:
        """Whether a law stands in a sum, product or quotient."""
        waiting = [node]
        for each in waiting:
            if isinstance(each, Binary):
                waiting += [each.left, each.right]
        return any(map(self.is_law, waiting))

    def is_law(self, node: Node) -> bool:
        names = {family.__name__ for family in families()} | set(BUILDERS)
        return isinstance(node, (List, RawMapping)) or (
            isinstance(node, (Name, Call)) and (node.name if isinstance(node, Call) else node.text) in names
        )

    def fixed(self, node: Node) -> Law:
        """A law inside another one: a bare family there would be ambiguous."""
        law = self.law(node)
        if not isinstance(law, Law):
            raise self.fail(f"write the parameters of {law.__name__} here", node)
        return law

    def plain_arguments(self, node: Call) -> list[Node]:
        for argument in node.arguments:
            if argument.name is not None:
                raise self.fail(f"{node.name} takes its arguments by position", argument)
        return [argument.value for argument in node.arguments]


def _density(reader: LawReader, node: Call) -> Law:
    """Density(expression, x, lower, upper), Density(expression, x, (lower, upper)) or Density(expression, k, Naturals0)."""
    arguments = reader.plain_arguments(node)
    if len(arguments) not in (3, 4):
        raise reader.fail("write Density(expression, x, lower, upper)", node)
    variable = arguments[1]
    if not isinstance(variable, Name) or variable.text in CONSTANTS:
        raise reader.fail("the variable of a density is a name such as x", variable)
    x = Symbol(variable.text)
    support: Any
    if len(arguments) == 4:
        support = (reader.expression(arguments[2]), reader.expression(arguments[3]))
    else:
        support = _support(reader, arguments[2])
    if isinstance(support, tuple) and (support[0] == oo or support[1] == -oo or (support[1] - support[0]).is_nonpositive):
        raise reader.fail(f"the interval ({support[0]}, {support[1]}) is empty", arguments[2])
    inner = LawReader(reader.text, {**reader.symbols, variable.text: x})
    return Density(inner.expression(arguments[0]), x, support)


def _support(reader: LawReader, node: Node) -> Any:
    if isinstance(node, Name) and node.text in SETS:
        return SETS[node.text]
    if isinstance(node, List) and node.bracket == "(" and len(node.items) == 2:
        return reader.expression(node.items[0]), reader.expression(node.items[1])
    if isinstance(node, Call) and node.name == "Range" and 1 <= len(node.arguments) <= 3:
        ends = [reader.expression(argument) for argument in reader.plain_arguments(node)]
        try:
            support = Range(*ends)
        except ValueError as error:
            raise reader.fail(f"Range: {error}", node) from None
        if support.stop == support.start or (support.size.is_number and not support.size):
            raise reader.fail("the range is empty; Range(0, 10) is {0, ..., 9}: its end is left out", node)
        return support
    raise reader.fail(f"a support is (lower, upper), Range(0, 10), which is {{0, ..., 9}}, or one of {', '.join(SETS)}", node)


def _truncated(reader: LawReader, node: Call) -> Law:
    """Truncated(law, lower, upper), or with one bound oo or -oo."""
    arguments = reader.plain_arguments(node)
    if len(arguments) != 3:
        raise reader.fail("write Truncated(law, lower, upper), with -oo or oo where there is no bound", node)
    lower, upper = (reader.expression(each) for each in arguments[1:])
    return Truncated(reader.fixed(arguments[0]), lower, upper)


def _transformed(reader: LawReader, node: Call) -> Law:
    """Transformed(law, map, x): the law of the map of X; x may be left out where it is the only symbol of the map."""
    arguments = reader.plain_arguments(node)
    if len(arguments) not in (2, 3):
        raise reader.fail("write Transformed(law, map, x), as in Transformed(Normal(0, 1), exp(x), x)", node)
    if len(arguments) == 2:
        return Transformed(reader.fixed(arguments[0]), reader.expression(arguments[1]))
    variable = arguments[2]
    if not isinstance(variable, Name) or variable.text in CONSTANTS:
        raise reader.fail("the variable of a map is a name such as x", variable)
    x = Symbol(variable.text)
    inner = LawReader(reader.text, {**reader.symbols, variable.text: x})
    return Transformed(reader.fixed(arguments[0]), inner.expression(arguments[1]), x)


def _finite(reader: LawReader, node: Call) -> Law:
    arguments = reader.plain_arguments(node)
    if len(arguments) == 1 and isinstance(arguments[0], (List, RawMapping)):
        return reader.fixed(arguments[0])
    return reader.finite([reader.expression(argument) for argument in arguments], node)


def _mixture(reader: LawReader, node: Call) -> Law:
    parts = []
    for argument in reader.plain_arguments(node):
        if not isinstance(argument, List) or len(argument.items) != 2:
            raise reader.fail("write Mixture((weight, law), (weight, law), …)", argument)
        parts.append((reader.expression(argument.items[0]), reader.fixed(argument.items[1])))
    return Mixture(*parts)


def _product(reader: LawReader, node: Call) -> Law:
    return Product(*(reader.fixed(argument) for argument in reader.plain_arguments(node)))


#: What makes a law of other things.
BUILDERS: dict[str, Callable[[LawReader, Call], Law]] = {
    "Density": _density,
    "Finite": _finite,
    "Mixture": _mixture,
    "Product": _product,
    "Transformed": _transformed,
    "Truncated": _truncated,
}

#: Measures as they are called in a text, and the heads they are.
MEASURES = {
    "KL": "KL",
    "kl": "KL",
    "D": "KL",
    "D_KL": "KL",
    "Entropy": "Entropy",
    "entropy": "Entropy",
    "CrossEntropy": "CrossEntropy",
    "cross_entropy": "CrossEntropy",
    "H": "",
    **{name: name for name in ("Jeffreys", "JensenShannon", "Renyi", "Tsallis", "Bhattacharyya", "Hellinger", "Chi2", "TotalVariation")},
    **{short.lower(): short for short in ("Renyi", "Tsallis", "Hellinger", "Chi2")},
    **dict.fromkeys(("JSD", "JS"), "JensenShannon"),
    "J": "Jeffreys",
    "TV": "TotalVariation",
    "D_B": "Bhattacharyya",
    "CE": "CrossEntropy",
}
#: BC(P, Q) = ∫ √(p q), which is exp(−D_B) and has no head of its own.
AFFINITY = ("BC", "Affinity")


def _measure(name: str) -> Callable[[Reader, Call], Expr]:
    def build(reader: Reader, node: Call) -> Expr:
        import symkl

        if not isinstance(reader, LawReader):
            raise ParseError(f"{node.name} cannot stand here", reader.text, node.position)
        # H(P) is the entropy and H(P || Q) the cross-entropy.
        count = sum(argument.name is None for argument in node.arguments)
        head = getattr(symkl, name or ("Entropy" if count == 1 else "CrossEntropy"))
        given = [argument.value for argument in node.arguments if argument.name is None]
        laws_taken = len(given) if head.__name__ == "JensenShannon" and len(given) > 2 else head.laws_taken
        named = {argument.name: argument for argument in node.arguments if argument.name is not None}
        base = named.pop("base", None)
        if named:
            raise reader.fail(f"{node.name} takes laws, and base= if the unit is not nats", next(iter(named.values())))
        if len(given) != laws_taken + head.extras_taken:
            order = " and an order" if head.extras_taken else ""
            raise reader.fail(f"{node.name} takes {head.laws_taken} law{'s' * (head.laws_taken > 1)}{order}, not {len(given)}", node)
        laws = [reader.law(each) for each in given[:laws_taken]]
        extras = [reader.expression(each) for each in given[laws_taken:]]
        try:
            return head(*laws, *extras, base=reader.unit(head, base))
        except TypeError as error:
            raise reader.fail(str(error), node) from None

    return build


def checked_base(text: str) -> Expr:
    """The base of the logarithm: a number greater than one; e stands for nats.

    >>> checked_base("2")
    2
    """
    base = Reader(text).expression(parse(text))
    if base.free_symbols or base.is_infinite or not (base - 1).is_positive:
        raise DomainError(f"base {text}: the base of the logarithm must be a number greater than 1")
    return base


def _affinity(reader: Reader, node: Call) -> Expr:
    """BC(P, Q) = exp(−D_B(P, Q)), in no unit."""
    if not isinstance(reader, LawReader) or any(argument.name is not None for argument in node.arguments):
        raise ParseError(f"write {node.name}(P, Q) for two laws", reader.text, node.position)
    return exp(-_measure("Bhattacharyya")(LawReader(reader.text, reader.symbols), node))
