"""From raw trees to typed claims: which names are laws, variables, channels and parameters is read off the whole statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from symkl.errors import ParseError
from symkl.families import families
from symkl.prove import syntax
from symkl.prove.extremes import largest, size, smallest, unfolded
from symkl.prove.independence import independent, markov
from symkl.prove.readings import FUNCTIONS, INFORMATION, MEASURES, established_laws, leaves, one_meaning, unclear_function, unfit
from symkl.prove.survey import PHASES, Names, counts_of, is_definition, survey
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
    Pow,
    ProductLaw,
    Relation,
    Scalar,
    Statement,
    factors_of,
    negative,
    not_finite,
    plus,
    times,
    unfit_order,
)

__all__ = ["read_statement"]

def read_statement(claim: str, given: Iterable[str] = (), *, laws: Iterable[str] = (), continuous: Iterable[str] = ()) -> Statement:
    """The typed statement of a claim and its hypotheses, all as text.

    >>> print(read_statement("I(X;Z) <= I(X;Y)", ["X -> Y -> Z"]))
    I(X;Z) <= I(X;Y), given I(X;Z|Y) = 0
    >>> print(read_statement("D(P||Q) >= 2*TV(P,Q)^2"))
    D(P||Q) >= 2*TV(P,Q)^2
    """
    if isinstance(given, str):
        given = [given]
    texts = [claim, *given]
    trees = [syntax.parse(text) for text in texts]
    scope = Names(laws=set(laws), continuous=set(continuous), established=established_laws(trees, laws))
    for phase in PHASES:
        for tree in trees:
            survey(tree, scope, phase)
    one_meaning(scope.established & scope.laws & scope.variables, texts)
    scope.small = scope.continuous - set(continuous)
    reader = _Reader(scope, counts_of(trees, scope.laws))
    goals = reader.relations(trees[0], texts[0])
    hypotheses: list[Relation] = []
    definitions: list[tuple[LawName, LawExpression]] = []
    for tree, text in zip(trees[1:], texts[1:]):
        definition = reader.definition(tree, text)
        if definition is not None and isinstance(definition[0], Image):  # K(Q) = Q says that two laws are equal
            hypotheses.append(Relation(Measure("KL", definition), "=", Constant(Fraction(0))))
        elif definition is not None and isinstance(definition[0], LawName):
            definitions += [(definition[0], definition[1])] if definition[0] != definition[1] else []
        else:
            hypotheses.extend(reader.relations(tree, text))
    claims, hypotheses_left, assumed = unfolded(goals, hypotheses)
    return Statement(claims, hypotheses_left, tuple(definitions), frozenset(scope.continuous), assumed)


class _Reader:
    def __init__(self, scope: Names, counts: Collection[Scalar]) -> None:
        self.scope = scope
        self.text = ""
        #: The parameters n of laws P^n.
        self.counts = counts

    def fail(self, message: str, node: syntax.Raw) -> ParseError:
        return ParseError(message, self.text, node.position)

    def relations(self, tree: syntax.Parsed, text: str) -> list[Relation]:
        self.text = text
        zero = Constant(Fraction(0))
        if isinstance(tree, syntax.Chain):
            return [Relation(self.finite(each), "=", zero) for each in markov(tree.groups)]
        if isinstance(tree, syntax.Function):
            unclear = sorted(set(tree.values) & self.scope.continuous)
            if unclear:
                raise ParseError(f"h({unclear[0]}|...) is -infinity for a continuous {unclear[0]} that is a function of others", text, 0)
            return [Relation(Information((tree.values,), tree.of), "=", zero)]
        if isinstance(tree, syntax.Independence):
            return [Relation(self.finite(each), "=", zero) for each in independent(tree.groups, tree.given)]
        if "<<" in tree.relations:
            raise ParseError("P << Q is a hypothesis, not a claim", text, 0)
        if is_definition(tree, self.scope):  # P = Q as a claim, P != Q
            return [Relation(Measure("TotalVariation", tuple(map(self.law, tree.sides))), "=" if "=" in tree.relations else ">", zero)]
        sides = [self.scalar(side) for side in tree.sides]
        return [Relation(a, sign, b) for a, sign, b in zip(sides, tree.relations, sides[1:])]

    def finite(self, term: Information) -> Information:
        """The term of a Markov chain or an independence, if no continuous variable stands in it twice."""
        if why := not_finite(term.groups, term.given, self.scope.continuous):
            raise ParseError(f"{why}; claims are about finite entropies", self.text, 0)
        return term

    def definition(self, tree: syntax.Parsed, text: str) -> tuple[LawName | Image, LawExpression] | None:
        self.text = text
        if not isinstance(tree, syntax.Relations) or not is_definition(tree, self.scope) or "!=" in tree.relations:
            return None
        left, right = (self.law(side) for side in tree.sides)
        if not isinstance(left, LawName) and not (isinstance(left, Image) and tree.relations == ("=",)):
            raise ParseError("a law is defined by its name on the left", text, 0)
        if tree.relations == ("<<",):
            return (left, left)  # absolute continuity: every divergence is read in [0, oo] anyway
        return (left, right)

    def scalar(self, node: syntax.Raw) -> Scalar:
        if isinstance(node, syntax.Number):
            return Constant(node.value)
        if isinstance(node, syntax.Name):
            if node.text in self.scope.laws | self.scope.variables:
                raise self.fail(f"{node.text} is a law or a variable, not a number", node)
            if why := unfit(node.text):
                raise self.fail(why, node)
            return Parameter(node.text)
        if isinstance(node, syntax.Negative):
            return negative(self.scalar(node.operand))
        if isinstance(node, syntax.Apply):
            return self.application(node)
        left, right = self.scalar(node.left), self.scalar(node.right)
        if node.operator == "+":
            return plus(left, right)
        if node.operator == "-":
            return plus(left, negative(right))
        if node.operator == "*":
            return times(left, right)
        if node.operator == "/":
            if right == Constant(Fraction(0)):
                raise self.fail("division by zero", node)
            return times(left, _reciprocal(right))
        if isinstance(right, Constant):
            return self.power(left, right.value, node)
        if not any(isinstance(each, Parameter) for each in factors_of(right)) or not {*factors_of(right)} <= {*self.counts, *filter(_is_number, factors_of(right))}:
            raise self.fail("an exponent must be a rational number, or the n of a law P^n", node)
        return Call("exp", times(right, Call("log", left)))

    def power(self, base: Scalar, exponent: Fraction, node: syntax.Raw) -> Scalar:
        if abs(exponent) > 64 or exponent.denominator > 64:
            raise self.fail(f"the exponent {exponent} is too large", node)
        if isinstance(base, Constant) and exponent.denominator == 1:
            if base.value == 0 and exponent < 0:
                raise self.fail("division by zero", node)
            return Constant(base.value**exponent.numerator)
        return base if exponent == 1 else Pow(base, exponent)

    def application(self, node: syntax.Apply) -> Scalar:
        if node.name in FUNCTIONS:
            name = FUNCTIONS[node.name]
            if name in ("max", "min"):
                parts = [self.scalar(each) for each in node.arguments]
                return largest(parts) if name == "max" else smallest(parts)
            if len(node.arguments) != 1:
                raise self.fail(f"{node.name} takes one argument", node)
            argument = self.scalar(node.arguments[0])
            if name == "log" and isinstance(argument, Constant) and argument.value <= 0:
                raise self.fail(f"the logarithm of {argument.value} is not a real number", node)
            if name == "abs":
                return size(argument)
            return Pow(argument, Fraction(1, 2)) if name == "sqrt" else Call(name, argument)
        if node.name in MEASURES:
            return self.measure(node)
        if node.name in INFORMATION:
            return self.information(node)
        known = ", ".join((*INFORMATION, "D", "J", "JSD", "TV", "Chi2", "Renyi", "Tsallis", "Hellinger", "BC", "log", "exp", "sqrt", "abs", "max", "min"))
        raise self.fail(f"{node.name} is not known here; known are {known}", node)

    def measure(self, node: syntax.Apply) -> Measure:
        head, laws, extras = MEASURES[node.name]
        given = [i for i, s in enumerate(node.separators, 1) if s == "|"]
        if given and (head != "KL" or given != [2] or len(node.arguments) != 3):
            raise self.fail(f"{node.name} takes no condition here; conditional divergences are written D(P||Q|R)", node)
        wanted = laws + extras + len(given)
        if len(node.arguments) != wanted:
            raise self.fail(f"{node.name} takes {wanted} arguments, not {len(node.arguments)}", node)
        taken = tuple(self.law(each) for each in node.arguments[: laws + len(given)])
        extra = tuple(self.scalar(each) for each in node.arguments[laws + len(given) :])
        if why := unfit_order(head, extra):
            raise self.fail(why, node)
        return Measure(head, taken, extra)

    def information(self, node: syntax.Apply) -> Scalar:
        names = [a.text for a in node.arguments if isinstance(a, syntax.Name)]
        plain = len(names) == len(node.arguments)
        unclear = [unclear_function(each, self.scope.established) for each in node.arguments if "||" not in node.separators]
        if any(unclear):
            raise self.fail("".join(unclear), node)
        if "||" in node.separators:
            if node.name == "I" or len(node.arguments) != 2:
                raise self.fail(f"{node.name}(P||Q) is the cross-entropy of two laws", node)
            return Measure("CrossEntropy", (self.law(node.arguments[0]), self.law(node.arguments[1])))
        of_laws = not plain or (set(names) <= self.scope.laws and not set(names) & self.scope.variables)
        if node.name != "I" and of_laws and len(node.arguments) <= 2 and "|" not in node.separators:
            head = "Entropy" if len(node.arguments) == 1 else "CrossEntropy"
            return Measure(head, tuple(self.law(each) for each in node.arguments))
        if not plain:
            wrong = next(a for a in node.arguments if not isinstance(a, syntax.Name))
            raise self.fail("the name of a variable is expected", wrong)
        return self.groups(node, names)

    def groups(self, node: syntax.Apply, names: list[str]) -> Information:
        groups: list[list[str]] = [[names[0]]]
        given: list[str] = []
        conditional = False
        for name, separator in zip(names[1:], node.separators):
            if separator == "|":
                if conditional:
                    raise self.fail("only one bar is allowed", node)
                conditional = True
            if conditional:
                if separator == ";":
                    raise self.fail("what follows the bar is separated by commas", node)
                given.append(name)
            elif separator == ";":
                groups.append([name])
            else:
                groups[-1].append(name)
        if node.name == "I" and len(groups) == 1 and len(groups[0]) == 2:
            groups = [[each] for each in groups[0]]  # I(X,Y) is read as I(X;Y)
        if (node.name == "I") != (len(groups) > 1):
            shape = "at least two groups separated by ;" if node.name == "I" else "one group, no ;"
            raise self.fail(f"{node.name} takes {shape}", node)
        small = sorted(set(groups[0]) & self.scope.small) if node.name == "H" else []
        if small:
            raise self.fail(f"{small[0]} is continuous, as h is written of it elsewhere: write h here too", node)
        if any(name in self.scope.laws and name not in self.scope.variables for name in names):
            raise self.fail("laws and random variables are mixed in one term", node)
        if why := not_finite(groups, given, self.scope.continuous):
            raise self.fail(f"{why}; claims are about finite entropies", node)
        return Information(tuple(tuple(dict.fromkeys(g)) for g in groups), tuple(dict.fromkeys(given)), node.name == "h")

    def law(self, node: syntax.Raw) -> LawExpression:
        parts = [(weight, each) for weight, each in self.summands(node)]
        if len(parts) == 1 and parts[0][0] == Constant(Fraction(1)):
            return parts[0][1]
        total = plus(*(weight for weight, _ in parts))
        if all(isinstance(weight, Constant) for weight, _ in parts):
            if all(weight in (Constant(Fraction(1)), Constant(Fraction(-1))) for weight, _ in parts):
                raise self.fail("a sum of random variables is not supported, and a mixture of laws has weights: 1/2*P + 1/2*Q", node)
            if total != Constant(Fraction(1)):
                raise self.fail(f"the weights of a mixture must sum to 1, these sum to {total}", node)
            negatives = [weight for weight, _ in parts if isinstance(weight, Constant) and weight.value < 0]
            if negatives:
                raise self.fail(f"the weight {negatives[0]} of a mixture is negative", node)
        return Mix(tuple((w, each) for w, each in parts if w != Constant(Fraction(0))))

    def summands(self, node: syntax.Raw) -> list[tuple[Scalar, LawExpression]]:
        if isinstance(node, syntax.Binary) and node.operator == "+":
            return self.summands(node.left) + self.summands(node.right)
        if isinstance(node, syntax.Binary) and node.operator == "-":
            return self.summands(node.left) + [(negative(w), each) for w, each in self.summands(node.right)]
        if isinstance(node, syntax.Negative):
            return [(negative(w), each) for w, each in self.summands(node.operand)]
        if isinstance(node, syntax.Binary) and node.operator in "*/":  # (P + Q)/2, 1/2*(P + Q)
            number, rest = (node.left, node.right) if node.operator == "*" and self.is_number(node.left) else (node.right, node.left)
            if self.is_number(number) and not self.is_number(rest):
                scale = self.scalar(number) if node.operator == "*" else _reciprocal(self.scalar(number))
                return [(times(scale, w), each) for w, each in self.summands(rest)]
        weight, laws = self.factors(node)
        if not laws:
            raise self.fail("a law is expected, this is a number", node)
        if len(laws) == 1 and isinstance(laws[0], Mix) and weight != Constant(Fraction(1)):
            return [(times(weight, w), each) for w, each in laws[0].parts]
        flat = tuple(g for f in laws for g in (f.factors if isinstance(f, ProductLaw) else (f,)))
        return [(weight, flat[0] if len(flat) == 1 else ProductLaw(flat))]

    def factors(self, node: syntax.Raw) -> tuple[Scalar, list[LawExpression]]:
        """The numeric factor of a product and its laws."""
        one = Constant(Fraction(1))
        if isinstance(node, syntax.Binary) and node.operator == "*":
            left, laws = self.factors(node.left)
            right, more = self.factors(node.right)
            return times(left, right), laws + more
        if isinstance(node, syntax.Binary) and node.operator == "/":
            left, laws = self.factors(node.left)
            return times(left, _reciprocal(self.scalar(node.right))), laws
        if self.is_number(node):
            return self.scalar(node), []
        if isinstance(node, syntax.Binary) and node.operator == "^":
            base, exponent = self.law(node.left), self.scalar(node.right)
            if isinstance(exponent, Parameter) and not isinstance(base, (ProductLaw, Fold)):
                return one, [Fold(base, exponent)]
            if not isinstance(exponent, Constant) or exponent.value.denominator != 1 or not 1 <= exponent.value <= 12:
                raise self.fail("a power of a law is its n-fold product, n from 1 to 12", node)
            return one, [base] * int(exponent.value)
        if isinstance(node, syntax.Name):
            return one, [self.indexed(node.text)]
        if isinstance(node, syntax.Apply):
            return one, [self.law_application(node)]
        return one, [self.law(node)]

    def indexed(self, name: str) -> LawName:
        """P_XY is P(X,Y) where the statement speaks of the variables X and Y, or of P_X as well."""
        stem, _, letters = name.partition("_")
        if letters.isalpha() and letters.isupper():
            siblings = {law.partition("_")[2] for law in self.scope.laws if law.partition("_")[0] == stem and law != name}
            if set(letters) <= self.scope.variables or any(set(each) & set(letters) for each in siblings):
                return LawName(stem, tuple(letters))
        return LawName(name)

    def is_number(self, node: syntax.Raw) -> bool:
        laws = self.scope.laws | self.scope.channels
        return all(isinstance(x, syntax.Number) or (isinstance(x, syntax.Name) and x.text not in laws) for x in leaves(node))

    def law_application(self, node: syntax.Apply) -> LawExpression:
        if node.name in self.scope.channels:
            if len(node.arguments) != 1:
                raise self.fail(f"the channel {node.name} takes one law", node)
            return Image(node.name, self.law(node.arguments[0]))
        if node.name in {family.__name__ for family in families()}:
            raise self.fail(f"{node.name} is a family: its claims are relations of measures, as in prove(Entropy({node.name}(...)) <= 1)", node)
        names = [a.text for a in node.arguments if isinstance(a, syntax.Name)]
        if len(names) != len(node.arguments) or any(s not in (",", "|") for s in node.separators):
            raise self.fail(f"the coordinates of {node.name} are names, as in {node.name}(X,Y|Z)", node)
        cut = node.separators.index("|") + 1 if "|" in node.separators else len(names)
        return LawName(node.name, tuple(names[:cut]), tuple(names[cut:]))


def _is_number(node: Scalar) -> bool:
    return isinstance(node, Constant)


def _reciprocal(node: Scalar) -> Scalar:
    return Constant(1 / node.value) if isinstance(node, Constant) else Pow(node, Fraction(-1))
