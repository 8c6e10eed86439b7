"""What `--given` says of symbols: SymPy's assumptions, comparisons, and equations that are put in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sympy import Expr, Symbol

    from symkl.cli.grammar import Relation

__all__ = ["inequalities_for", "no_symbol", "relations_of", "symbols_of", "values_of", "with_values"]

_WORDS = ("real", "integer", "positive", "negative", "nonnegative")
_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "=": "=", "!=": "!="}


def symbols_of(given: list[str]) -> dict[str, Symbol]:
    """The symbols of which something is known, with SymPy's assumptions.

    >>> symbols_of(["a > 0", "n integer", "n >= 0"])["n"].assumptions0["nonnegative"]
    True
    """
    from sympy import Symbol
    from sympy.core.facts import InconsistentAssumptions

    from symkl.errors import DomainError

    facts: dict[str, dict[str, bool]] = {}
    for name, assumption in (each for text in given for each in _assumptions(text)):
        facts.setdefault(name, {})[assumption] = True
    found: dict[str, Symbol] = {}
    for name, assumptions in facts.items():
        try:
            found[name] = Symbol(name, **assumptions)
        except InconsistentAssumptions:
            raise DomainError(f"--given: what is said of {name} is contradictory: it cannot be {' and '.join(sorted(assumptions))}") from None
    return found


def relations_of(given: list[str]) -> list[Any]:
    """The comparisons among the conditions, in the symbols of `symbols_of`; 0 < p < 1 is two of them.

    >>> relations_of(["1 < p < 2"])
    [1 < p, p < 2]
    """
    return [relation.func(*relation.args) for _, relation in _stated(given)]


def _stated(given: list[str]) -> list[tuple[str, Any]]:
    """The comparisons, each with the text it stands in."""
    from sympy import Eq, Ge, Gt, Le, Lt, Ne

    from symkl.cli.expressions import Reader

    signs: dict[str, Any] = {">": Gt, ">=": Ge, "<": Lt, "<=": Le, "=": Eq, "!=": Ne}
    symbols = symbols_of(given)
    return [
        (text, signs[each.sign](*(Reader(text, symbols).expression(side) for side in (each.left, each.right)), evaluate=False))
        for text in given
        for each in _comparisons(text)
    ]


def values_of(given: list[str]) -> dict[Symbol, Expr]:
    """What the equations among the conditions say of single symbols: s = 2, a = 2*b, p + q = 1.

    An equation that is not linear with a number as coefficient in any of its symbols, or contradicts what else is said, is a `DomainError`.

    >>> values_of(["a = 2*b", "b = 3"])
    {a: 6, b: 3}
    """
    from sympy import Eq, S

    from symkl.errors import DomainError

    found: dict[Symbol, Expr] = {}
    stated = _stated(given)
    for text, relation in stated:
        if not isinstance(relation, Eq):
            continue
        symbol, value = _solved(text, relation.lhs.subs(found), relation.rhs.subs(found))
        if symbol is not None and value is not None:
            found = {each: known.subs(symbol, value) for each, known in found.items()} | {symbol: value}
    for symbol, value in found.items():
        broken = [name for name, holds in symbol.assumptions0.items() if holds is True and value.is_number and getattr(value, f"is_{name}", None) is False]
        if broken:
            raise DomainError(f"--given: {symbol} = {value} contradicts what else is said of {symbol}")
    for text, relation in stated:
        if relation.func(*(side.subs(found) for side in relation.args)) is S.false:
            raise DomainError(f"--given: {text} contradicts the equations")
    return found


def _solved(text: str, left: Expr, right: Expr) -> tuple[Symbol | None, Expr | None]:
    """A symbol and its value by one equation; nothing where it says nothing new."""
    from sympy import Symbol

    from symkl.errors import DomainError

    difference = (left - right).expand()
    if difference.is_zero:
        return None, None
    if not difference.free_symbols:
        raise DomainError(f"--given: {text} contradicts the other equations")
    alone = [side for side in (left, right) if isinstance(side, Symbol)]
    others = sorted((each for each in difference.free_symbols if isinstance(each, Symbol) and each not in alone), key=str)
    for symbol in [*alone, *others]:
        slope = difference.diff(symbol)
        if slope.is_Rational and slope:
            return symbol, (symbol - difference / slope).expand()
    raise DomainError(f"--given: {text} gives no value of a symbol; write such an equation as in s = 2 or a = 2*b")


def with_values(value: Any, given: list[str]) -> Any:
    """An expression with the values that equations among the conditions give its symbols; one name is one symbol, with all that is said of it.

    A condition on a symbol that does not occur, or one that contradicts the others or the laws, is a `DomainError`.
    """
    if not given or not hasattr(value, "free_symbols"):
        return value
    stated, known = _stated(given), values_of(given)
    _require_names(value, given, stated)
    table = _merged(value, given)
    value = value.xreplace(table)
    own = _by_name(value)
    values = {own[symbol.name]: _in(own, put) for symbol, put in known.items() if symbol.name in own}
    value = value.subs(values, simultaneous=True) if values else value
    _require_consistency(value, given)
    return value


def inequalities_for(value: Any, given: list[str]) -> list[tuple[str, Any]]:
    """The inequalities among the conditions, each with its text, in the symbols of an expression, what the equations say put in."""
    from sympy import Eq

    own, known = _by_name(value), values_of(given)
    put_in = ((text, each, [_in(own, side.subs(known)) for side in each.args]) for text, each in _stated(given) if not isinstance(each, Eq))
    return [(text, each.func(*sides)) for text, each, sides in put_in]


def _by_name(value: Any) -> dict[str, Symbol]:
    from sympy import Symbol

    return {each.name: each for each in sorted(value.free_symbols, key=str) if isinstance(each, Symbol)}


def _in(own: dict[str, Symbol], expr: Any) -> Any:
    return expr.xreplace({each: own[each.name] for each in expr.free_symbols if each.name in own})


def _merged(value: Any, given: list[str]) -> dict[Symbol, Symbol]:
    """For the symbols of the expression of which something is said, symbols that carry it beside their own assumptions."""
    from sympy import Symbol
    from sympy.core.facts import InconsistentAssumptions

    from symkl.errors import DomainError

    said, table = symbols_of(given), {}
    for symbol in sorted(value.free_symbols, key=str):
        if isinstance(symbol, Symbol) and symbol.name in said:
            pair: list[Any] = [symbol, said[symbol.name]]
            both = [dict(each._assumptions_orig) for each in pair]
            try:
                table[symbol] = Symbol(symbol.name, **(both[0] | both[1]))
            except InconsistentAssumptions:
                raise DomainError(f"--given: what is said of {symbol} contradicts the law that it is a parameter of") from None
    return table


def _require_names(value: Any, given: list[str], stated: list[tuple[str, Any]]) -> None:
    """Each symbol occurs in the expression, or in an equation with one that does."""
    from sympy import Eq

    from symkl.errors import DomainError

    names = set(_by_name(value))
    equations = [set(_by_name(relation)) for _, relation in stated if isinstance(relation, Eq)]
    while joined := [each for each in equations if each & names and each - names]:
        names.update(*joined)
    unknown = [name for name in symbols_of(given) if name not in names]
    if unknown:
        raise DomainError(f"--given: {no_symbol(unknown[0], _by_name(value))}")


def no_symbol(name: str, known: Iterable[str]) -> str:
    """What is said of a symbol that does not occur."""
    others = ", ".join(sorted(known))
    return f"there is no symbol {name!r} here" + (f"; the symbols are {others}" if others else "; there are none")


def _require_consistency(value: Any, given: list[str]) -> None:
    """No inequality is refuted by the others and what the laws require."""
    from sympy import Ge, Gt, Le, Lt, S

    from symkl.core.laws import Law
    from symkl.errors import DomainError
    from symkl.form.facts import Facts

    required = [condition for law in sorted(value.atoms(Law), key=str) for condition in law.conditions]
    stated = [(text, each) for text, each in inequalities_for(value, given) if each is not S.true]
    for text, each in stated:
        facts = Facts.of([other for _, other in stated if other is not each and other is not S.false] + required)
        refuted = each is S.false
        if isinstance(each, (Gt, Ge, Lt, Le)):
            difference = each.gts - each.lts
            refuted = facts.is_negative(difference) is True or isinstance(each, (Gt, Lt)) and facts.is_nonnegative(-difference) is True
        if refuted:
            raise DomainError(f"--given: {text} contradicts {'the law' if len(stated) == 1 else 'what else is given, or the law'}")


def _comparisons(text: str) -> tuple[Relation, ...]:
    from symkl.cli.grammar import parse_relations

    return () if _is_word(text) else parse_relations(text)


def _is_word(text: str) -> bool:
    words = text.split()
    return len(words) == 2 and words[1] in _WORDS and words[0].isidentifier()


def _assumptions(text: str) -> list[tuple[str, str]]:
    """What SymPy's assumptions can say of "a > 0"; of "a > b" only that both are real."""
    if _is_word(text):
        name, word = text.split()
        return [(name, word)]
    return [found for each in _comparisons(text) for found in _of_comparison(text, each)]


def _of_comparison(text: str, relation: Relation) -> list[tuple[str, str]]:
    from symkl.cli.expressions import CONSTANTS, Reader
    from symkl.cli.grammar import Name

    reader = Reader(text)
    left, sign, right = relation.left, relation.sign, relation.right
    if isinstance(right, Name) and right.text not in CONSTANTS and not reader.expression(left).free_symbols:
        left, sign, right = right, _TURNED[sign], left
    subject, bound = reader.expression(left), reader.expression(right)
    if not isinstance(left, Name) or not bound.is_Rational:
        return [(str(symbol), "real") for symbol in sorted(subject.free_symbols | bound.free_symbols, key=str)]
    name, strict = left.text, sign in ("<", ">")
    if sign in (">", ">=") and (bound > 0 or (bound == 0 and strict)):
        return [(name, "positive")]
    if sign == ">=" and bound == 0:
        return [(name, "nonnegative")]
    if sign in ("<", "<=") and (bound < 0 or (bound == 0 and strict)):
        return [(name, "negative")]
    return [(name, "real")]
