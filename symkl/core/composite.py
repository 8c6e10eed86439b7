"""Laws made of laws: abstract ones, products and mixtures."""

from __future__ import annotations

from typing import Any

from sympy import Add, And, Basic, Expr, Max, Min, Piecewise, S, Symbol, Tuple, exp, expand_log, log
from sympy.core.symbol import Str
from sympy.logic.boolalg import Boolean
from sympy.printing.precedence import PRECEDENCE

from symkl.core.convert import as_law
from symkl.core.domains import shares
from symkl.core.family import exact_value
from symkl.core.laws import Law
from symkl.core.supports import Continuum, Lattice, Outcomes, Support
from symkl.errors import DomainError, NoClosedForm

__all__ = ["AbstractLaw", "Mixture", "Product", "law"]


class AbstractLaw(Law):
    """A law of which only the name is known; identities and inequalities are stated for these."""

    def __new__(cls, name: str | Str) -> AbstractLaw:
        return Basic.__new__(cls, name if isinstance(name, Str) else Str(str(name)))

    @property
    def name(self) -> str:
        return str(self.args[0])

    @property
    def free_symbols(self) -> set[Basic]:
        return set()

    @property
    def support(self) -> Support:
        raise NoClosedForm(f"{self} is an abstract law, of which only the name is known; prove settles claims about it")

    def log_density(self, x: Expr) -> Expr:
        raise NoClosedForm(f"{self} is an abstract law, of which only the name is known; prove settles claims about it")

    def _sympystr(self, printer: Any) -> str:
        return self.name

    def _latex(self, printer: Any) -> str:
        return printer._print(Symbol(self.name))


def law(name: str) -> AbstractLaw:
    """An abstract law.

    >>> from symkl import law, KL
    >>> KL(law("P"), law("Q"))
    D_KL(P ‖ Q)
    """
    if not isinstance(name, str) or not name.strip():
        raise TypeError(f"law: a name such as 'P' is wanted, not {name!r}")
    return AbstractLaw(name)


class Mixture(Law):
    """Σ w_i P_i with weights w_i ≥ 0 that sum to one: `Mixture((w_1, P_1), (w_2, P_2), …)`, or `Mixture([w_1, w_2, …], [P_1, P_2, …])`.

    Components of weight 0 are dropped, also where a weight becomes 0 by `subs`.

    >>> from sympy import Rational
    >>> from symkl import Mixture, Normal
    >>> Mixture([Rational(1, 3), Rational(2, 3)], [Normal(0, 1), Normal(1, 1)])
    (1/3)*Normal(0, 1) + (2/3)*Normal(1, 1)
    """

    def __new__(cls, *parts: Any) -> Mixture:
        pairs = [_weighted(part) for part in _paired(parts)]
        if not pairs:
            raise DomainError("Mixture: at least one component is needed")
        for weight, each in pairs:
            if weight.is_negative:
                raise DomainError(f"Mixture: weight {weight} of {each} is negative")
        total = Add(*(w for w, _ in pairs)).expand()
        if total.is_number and total != 1:
            raise DomainError(f"Mixture: the weights sum to {total}, not to 1")
        # What has no weight is no part: it would widen the support, and its conditions would be asked for.
        return Basic.__new__(cls, *(Tuple(w, each) for w, each in pairs if not w.is_zero))

    @property
    def weights(self) -> tuple[Expr, ...]:
        return tuple(part[0] for part in self.args)

    @property
    def components(self) -> tuple[Law, ...]:
        return tuple(part[1] for part in self.args)

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        return tuple(dict.fromkeys((*shares(self.weights), *(condition for each in self.components for condition in each.conditions))))

    @property
    def support(self) -> Support:
        supports = [each.support for each in self.components]
        if all(s == supports[0] for s in supports):
            return supports[0]
        if all(isinstance(s, Outcomes) for s in supports):
            return Outcomes(*dict.fromkeys(label for s in supports for label in s.args))
        hull = _hull(supports)
        if hull is None:
            raise DomainError(f"Mixture: the supports {', '.join(s.shown for s in supports)} do not join to one interval or lattice")
        return hull

    def log_density(self, x: Expr) -> Expr:
        whole, first = self.support, self.components[0]
        if isinstance(whole, (Continuum, Lattice)) and all(each.support == whole for each in self.components):
            # log p_1 + log(w_1 + Σ w_i p_i/p_1): what the densities share, such as k!, stands once and cancels against other laws.
            common = first.log_density(x)
            return common + log(Add(*(w * exp(_difference(each.log_density(x), common)) for w, each in zip(self.weights, self.components))))
        return log(Add(*(w * _density_within(each, x, whole) for w, each in zip(self.weights, self.components))))

    def _sympystr(self, printer: Any) -> str:
        if len(self.args) == 1:
            return str(printer._print(self.components[0]))
        return " + ".join(f"{printer.parenthesize(w, PRECEDENCE['Mul'])}*{printer._print(each)}" for w, each in zip(self.weights, self.components))


def _paired(parts: tuple[Any, ...]) -> list[Any]:
    """The pairs (weight, law) of what was written: pairs one by one, a list of pairs, or weights and laws, two lists."""
    if len(parts) == 1 and _is_list(parts[0]) and all(_is_list(each) for each in parts[0]):
        return list(parts[0])
    if len(parts) != 2 or not all(map(_is_list, parts)) or any(_is_law(each) for each in parts[0]):
        return list(parts)
    weights, laws = parts
    if len(weights) == 2 and _is_list(weights[1]):
        return list(parts)
    if len(weights) != len(laws):
        raise TypeError(f"Mixture: {len(weights)} weights and {len(laws)} laws do not pair; write Mixture((w, P), (1 - w, Q))")
    return list(zip(weights, laws))


def _is_list(thing: Any) -> bool:
    return isinstance(thing, (tuple, list, Tuple))


def _is_law(thing: Any) -> bool:
    return isinstance(thing, Law) or isinstance(thing, type) and issubclass(thing, Law)


def _weighted(part: Any) -> tuple[Expr, Law]:
    """One (weight, law) of a mixture."""
    if isinstance(part, (str, Law)) or not isinstance(part, (tuple, list, Tuple)) or len(part) != 2:
        raise TypeError(f"Mixture takes pairs (weight, law), as in Mixture((w, P), (1 - w, Q)), not {part!r}")
    weight, law = part
    if _is_law(weight):
        raise TypeError(f"Mixture takes pairs (weight, law), the weight first: not ({weight}, {law})")
    if isinstance(weight, str):
        raise DomainError(f"Mixture: the weight {weight!r} is a text; write a number or a symbol")
    share = exact_value(weight, Mixture, "a weight")
    return share, _member(law, "Mixture")


def _member(thing: Any, where: str) -> Law:
    """A law with its parameters: the symbols of a bare family would be those of its neighbour, too."""
    if isinstance(thing, type) and issubclass(thing, Law):
        raise TypeError(f"{where}: write the parameters of {thing.__name__}, as in {where}({thing.__name__}(...), ...)")
    return as_law(thing)


def _density_within(each: Law, x: Expr, whole: Support) -> Expr:
    """p(x) on the support of the mixture: zero where the component has no mass."""
    density = exp(each.log_density(x))
    sides = each.support.facts(x) if isinstance(each.support, Continuum) else ()
    return density if each.support == whole or not sides else Piecewise((density, And(*sides)), (S.Zero, True))


def _difference(a: Expr, b: Expr) -> Expr:
    """a − b with what is common gone: products multiplied out, logarithms of products of positive symbols split."""
    return Add(expand_log(a).expand(), -expand_log(b).expand())


def _hull(supports: list[Support]) -> Support | None:
    """The support that holds all others, or the interval that overlapping or touching ones make up."""
    for candidate in supports:
        if all(s.within(candidate) is S.true for s in supports if isinstance(s, (Continuum, Lattice))):
            return candidate
    rest = [s for s in supports if isinstance(s, Continuum) and s.lower.is_number and s.upper.is_number]
    if len(rest) < len(supports):
        return None
    lowest: Expr = Min(*(s.lower for s in rest))
    reach = lowest
    while joining := [s for s in rest if (s.lower <= reach) is S.true]:
        reach = Max(reach, *(s.upper for s in joining))
        rest = [s for s in rest if s not in joining]
    return None if rest else Continuum(lowest, reach)


class Product(Law):
    """p(x_1, x_2, …) = p_1(x_1) p_2(x_2) ⋯: the law P_1 × P_2 × … of independent coordinates.

    D_KL and the entropies of products are the sums over the coordinates.

    >>> from symkl import Exponential, Normal, Product, kl
    >>> kl(Product(Normal(0, 1), Exponential(2)), Product(Normal(1, 1), Exponential(2)))
    1/2
    """

    def __new__(cls, *factors: Any) -> Product:
        laws = [_member(each, "Product") for each in factors]
        flat = [g for f in laws for g in (f.args if isinstance(f, Product) else (f,))]
        if not flat:
            raise DomainError("Product: at least one law is needed")
        return Basic.__new__(cls, *flat)

    @property
    def support(self) -> Support:
        raise DomainError(f"{self} is a law of {len(self.args)} coordinates; what was asked is defined here for laws of one variable")

    def log_density(self, x: Expr) -> Expr:
        raise DomainError(f"{self} is a law of {len(self.args)} coordinates; what was asked is defined here for laws of one variable")

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        return tuple(dict.fromkeys(condition for each in self.args for condition in each.conditions))

    def _sympystr(self, printer: Any) -> str:
        return " × ".join(printer._print(f) for f in self.args)

    def _latex(self, printer: Any) -> str:
        return r" \times ".join(printer._print(f) for f in self.args)
