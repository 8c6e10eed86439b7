"""The heads of the other divergences, and of mutual information. P first, Q second; nats unless a base is given."""

from __future__ import annotations

from typing import Any, ClassVar

from sympy import Basic, Expr, Float, Integer, Ne, Rational, S, Tuple, sympify
from sympy.core.symbol import Str
from sympy.logic.boolalg import Boolean

from symkl.core.convert import as_law
from symkl.core.domains import above, shares
from symkl.core.heads import Head, valid_base
from symkl.core.hooks import resolve
from symkl.core.laws import Law
from symkl.errors import DomainError

__all__ = [
    "Bhattacharyya",
    "Chi2",
    "Divergence",
    "Hellinger",
    "Jeffreys",
    "JensenShannon",
    "MutualInformation",
    "PowerDivergence",
    "Renyi",
    "TotalVariation",
    "Tsallis",
]


class Divergence(Head):
    """A divergence other than D_KL: exact on finitely many outcomes, by an α-integral or by D_KL elsewhere."""

    is_extended_nonnegative = True
    separator = ", "
    latex_separator = ", "
    #: Whether the measure is a logarithm, so that its unit depends on a base.
    has_base: ClassVar[bool] = True

    def __new__(cls, *args: Any, base: Any = None) -> Any:
        if not cls.has_base and (base is not None or len(args) > cls.laws_taken + cls.extras_taken):
            raise TypeError(f"{cls.__name__} takes {cls.laws_taken + cls.extras_taken} arguments and no base: it has no logarithm")
        return super().__new__(cls, *args, base=base)

    def doit(self, **hints: Any) -> Expr:
        return resolve("divergence")(self)


class Jeffreys(Divergence):
    """J(P, Q) = D_KL(P ‖ Q) + D_KL(Q ‖ P) = ∫ (p − q) log(p/q), in nats unless `base` is given.

    >>> from symkl import Exponential, Jeffreys
    >>> Jeffreys(Exponential, Exponential).doit()
    (lam_1 - lam_2)**2/(lam_1*lam_2)
    """

    adds_up = True
    symbol = "J"
    latex_symbol = "J"


class JensenShannon(Divergence):
    """JSD(P_1, …, P_n) = Σ w_i D_KL(P_i ‖ Σ w_j P_j) ∈ [0, log n], equal weights unless `weights` are given; nats unless `base` is.

    >>> from symkl import Finite, JensenShannon
    >>> JensenShannon(Finite([1, 0]), Finite([0, 1]), base=2).doit()
    1
    """

    symbol = "JSD"
    latex_symbol = r"\mathrm{JSD}"

    def __new__(cls, *args: Any, weights: Any = None, base: Any = None) -> JensenShannon:
        laws = list(args)
        # As `func(*args)` gives them back: the laws, then a Tuple of weights, then the base.
        if laws and base is None and isinstance(laws[-1], Expr) and not isinstance(laws[-1], Law):
            base = laws.pop()
        if laws and weights is None and isinstance(laws[-1], Tuple):
            weights = laws.pop()
        members = [as_law(each, f"_{i}") for i, each in enumerate(laws, start=1)]
        if len(members) < 2:
            raise TypeError(f"JensenShannon takes two laws or more, got {len(members)}")
        shares = [] if weights is None else [_weights(weights, len(members))]
        if shares and set(shares[0].args) == {Rational(1, len(members))}:
            shares = []
        bases = [] if base is None else [valid_base(base)]
        return Expr.__new__(cls, *members, *shares, *bases)

    @property
    def laws(self) -> tuple[Law, ...]:
        return tuple(each for each in self.args if isinstance(each, Law))

    @property
    def weights(self) -> tuple[Expr, ...]:
        """The weight of each law."""
        given = [each for each in self.args if isinstance(each, Tuple)]
        count = len(self.laws)
        return tuple(given[0]) if given else (Rational(1, count),) * count

    @property
    def extras(self) -> tuple[Any, ...]:
        return tuple(each for each in self.args if isinstance(each, Tuple))

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        return shares(self.weights)

    @property
    def base(self) -> Expr:
        last = self.args[-1]
        return last if isinstance(last, Expr) and not isinstance(last, Law) else S.Exp1

    def _sympystr(self, printer: Any) -> str:
        return f"{self.symbol}({', '.join(printer._print(each) for each in self.args)})"


def _refuse_floats(cls: type, name: str, value: Any) -> None:
    """Exact in, exact out: a float is refused, and the exact way named."""
    if isinstance(value, Basic) and (floats := sorted(value.atoms(Float), key=str)):
        raise DomainError(f"{cls.__name__}: {name} {value} is a float; write it exactly, e.g. Rational({repr(float(floats[0]))!r})")


def _weights(weights: Any, count: int) -> Tuple:
    shares = [sympify(each, strict=True) for each in weights]
    for each in shares:
        _refuse_floats(JensenShannon, "the weight", each)
    if len(shares) != count or any(each.is_negative for each in shares):
        raise DomainError(f"JensenShannon: {count} weights >= 0 are wanted, not {tuple(shares)}")
    total = sum(shares, S.Zero)
    if total.is_number and total != 1:
        raise DomainError(f"JensenShannon: the weights sum to {total}, not to 1")
    return Tuple(*shares)


class PowerDivergence(Divergence):
    """A function of ∫ p^α q^(1−α)."""

    @property
    def order(self) -> Expr:
        """The order α."""
        return S.Half


class _OfOrder(PowerDivergence):
    """A divergence with an order ≥ 0."""

    extras_taken = 1
    separator = " ‖ "
    latex_separator = r" \,\|\, "

    def __new__(cls, *args: Any, base: Any = None) -> Any:
        if len(args) < 3:
            raise TypeError(f"{cls.__name__} takes P, Q and the order")
        order = sympify(args[2], strict=True)
        _refuse_floats(cls, "the order", order)
        if not isinstance(order, Expr) or order.is_extended_negative or order.is_extended_real is False:
            raise DomainError(f"{cls.__name__}: the order {args[2]} must be a real number >= 0")
        return super().__new__(cls, *args, base=base)

    @property
    def order(self) -> Expr:
        return self.extras[0]

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        """An order in symbols is none of the special ones 0 and 1."""
        stated = (above(self.order, S.Zero), Ne(self.order, 1)) if self.order.free_symbols else ()
        return tuple(each for each in stated if each is not S.true)

    def _latex(self, printer: Any) -> str:
        inner = self.latex_separator.join(printer._print(each) for each in self.laws)
        base = "" if self.base is S.Exp1 else rf"^{{[{printer._print(self.base)}]}}"
        return rf"{self.latex_symbol}_{{{printer._print(self.order)}}}{base}\left({inner}\right)"


class Renyi(_OfOrder):
    """D_α(P ‖ Q) = log ∫ p^α q^(1−α) / (α − 1), in nats unless `base` is given: `Renyi(P, Q, alpha)`.

    D_KL at α = 1, −log Q(p > 0) at α = 0, log sup p/q at α = ∞.

    >>> from sympy import Rational as R
    >>> from symkl import Finite, Renyi
    >>> Renyi(Finite([R(7, 10), R(3, 10)]), Finite([R(1, 2), R(1, 2)]), 2).doit()
    log(29/25)
    """

    adds_up = True
    symbol = "Renyi"
    latex_symbol = "D"


class Tsallis(_OfOrder):
    """T_α(P ‖ Q) = (∫ p^α q^(1−α) − 1) / (α − 1), and D_KL at α = 1: `Tsallis(P, Q, alpha)`."""

    symbol = "Tsallis"
    latex_symbol = "T"
    has_base = False


class Bhattacharyya(PowerDivergence):
    """D_B(P, Q) = −log ∫ √(p q), in nats unless `base` is given.

    >>> from symkl import Bhattacharyya, Poisson
    >>> Bhattacharyya(Poisson, Poisson).doit()
    (sqrt(lam_1) - sqrt(lam_2))**2/2
    """

    adds_up = True
    symbol = "D_B"
    latex_symbol = r"D_{\mathrm{B}}"


class Hellinger(PowerDivergence):
    """H(P, Q) = √(1 − ∫ √(p q)) = √(½ ∫ (√p − √q)²) ∈ [0, 1]."""

    symbol = "Hellinger"
    latex_symbol = r"\mathrm{Hel}"
    has_base = False


class Chi2(PowerDivergence):
    """χ²(P ‖ Q) = ∫ p²/q − 1 = ∫ (p − q)²/q.

    >>> from symkl import Chi2, Poisson
    >>> Chi2(Poisson, Poisson).doit()
    exp((lam_1 - lam_2)**2/lam_2) - 1
    """

    symbol = "Chi2"
    latex_symbol = r"\chi^{2}"
    separator = " ‖ "
    latex_separator = r" \,\|\, "
    has_base = False

    @property
    def order(self) -> Expr:
        return Integer(2)


class TotalVariation(Divergence):
    """TV(P, Q) = ½ ∫ |p − q| = sup_A |P(A) − Q(A)| ∈ [0, 1]."""

    symbol = "TV"
    latex_symbol = r"\mathrm{TV}"
    has_base = False


class MutualInformation(Divergence):
    """I(X; Y | Z) = D_KL(P_XYZ ‖ P_XZ P_YZ / P_Z) of coordinates of a joint law: `MutualInformation(J, "X", "Y", given="Z")`.

    Coordinates are named as in the `Joint` law, or counted from 0; several may stand on one side. A law of two coordinates needs
    none to be named.

    >>> from sympy import Rational
    >>> from symkl import Joint, MutualInformation
    >>> MutualInformation(Joint({(0, 0): Rational(1, 2), (1, 1): Rational(1, 2)}), "X", "Y").doit()
    log(2)
    """

    symbol = "I"
    latex_symbol = "I"
    laws_taken = 1
    extras_taken = 3

    def __new__(cls, joint: Any, first: Any = None, second: Any = None, given: Any = (), base: Any = None) -> Any:
        law = as_law(joint)
        names: tuple[str, ...] = tuple(getattr(law, "names", ()))
        if first is None and second is None and len(names) == 2 and not _listed(given):
            first, second = names
        if first is None or second is None:
            raise TypeError('MutualInformation: name the coordinates, as in MutualInformation(J, "X", "Y")')
        sides = [_coordinates(law, each) for each in (first, second, given)]
        if not sides[0] or not sides[1]:
            raise DomainError("MutualInformation: at least one coordinate is needed on each side")
        bases = [] if base is None else [valid_base(base)]
        return Expr.__new__(cls, law, *sides, *bases)

    @property
    def extras(self) -> tuple[Any, ...]:
        return self.args[1:4]

    def _text(self, printer: Any) -> str:
        first, second, given = (", ".join(printer._print(each) for each in side) for side in self.extras)
        return f"{first}; {second}" + (f" | {given}" if given else "")

    def _sympystr(self, printer: Any) -> str:
        return f"I({self._text(printer)})"

    def _latex(self, printer: Any) -> str:
        first, second, given = (", ".join(printer._print(each) for each in side) for side in self.extras)
        condition = rf" \mid {given}" if given else ""
        return rf"I\left({first}; {second}{condition}\right)"


def _listed(names: Any) -> list[Any]:
    return [names] if isinstance(names, (str, int, Str, Integer)) else list(names)


def _coordinates(law: Law, names: Any) -> Tuple:
    """The coordinates as they are named in the law; positions become names where it has them."""
    known: tuple[str, ...] = tuple(getattr(law, "names", ()))
    found: list[Basic] = []
    for each in _listed(names):
        if isinstance(each, (int, Integer)):
            if known and not 0 <= int(each) < len(known):
                raise DomainError(f"MutualInformation: there is no coordinate {each}; the coordinates are {', '.join(known)}")
            found.append(Str(known[int(each)]) if known else Integer(int(each)))
        elif not known:
            raise DomainError(f"MutualInformation: {law} has no named coordinates; write positions from 0, or a Joint law")
        else:
            if str(each) not in known:
                raise DomainError(f"MutualInformation: there is no coordinate {each}; the coordinates are {', '.join(known)}")
            found.append(Str(str(each)))
    return Tuple(*dict.fromkeys(found))
