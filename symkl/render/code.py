"""Python functions for NumPy and SciPy that compute a result: pasted into a file, they run, on numbers and on arrays."""

from __future__ import annotations

from typing import Any

from sympy import (
    Contains,
    Expr,
    Function,
    Ge,
    Gt,
    IndexedBase,
    Le,
    Lt,
    Mul,
    Ne,
    Piecewise,
    S,
    Sum,
    Symbol,
    expand_log,
    gamma,
    log,
    loggamma,
    preorder_traversal,
    sift,
)
from sympy.logic.boolalg import Boolean
from sympy.tensor.indexed import Indexed

from symkl.core.heads import Expectation, Head
from symkl.core.laws import Law
from symkl.core.supports import Lattice
from symkl.form.facts import Facts
from symkl.render.conditions import laws_in, shown_conditions, stated_conditions
from symkl.render.names import code_name
from symkl.render.numpy_helpers import HELPERS
from symkl.render.numpy_printer import PythonPrinter
from symkl.render.stable import stable
from symkl.render.text import TextPrinter

__all__ = ["arguments_of", "python_function"]


def arguments_of(expr: Expr, head: Expr | None = None) -> list[Any]:
    """The free symbols and indexed bases, in the order in which the laws of the head name them, then by name."""
    wanted: set[Any] = set()
    for symbol in expr.free_symbols | (head.free_symbols if head is not None else set()):
        if isinstance(symbol, Indexed):
            wanted.add(symbol.base)
        elif isinstance(symbol, Symbol):
            wanted.add(symbol)
    labels = {base.label for base in wanted if isinstance(base, IndexedBase)}
    wanted -= labels
    order: dict[Any, None] = {}
    for node in preorder_traversal(head) if head is not None else ():
        if node in wanted:
            order.setdefault(node)
    return [*order, *sorted(wanted - set(order), key=str)]


def python_function(expr: Expr, head: Expr | None = None, name: str = "value") -> str:
    """A module with one function that computes `expr`: its imports, the formula and its conditions, the code.

    Factors that would overflow or underflow as doubles are computed through their logarithms. Numbers and arrays are taken
    alike; where the result holds a sum of symbolic length or an integral, `np.vectorize` goes through the points.

    >>> from sympy import log, symbols
    >>> a, b = symbols("a b")
    >>> print(python_function(log(a/b) - 1 + b/a, name="kl"))
    import numpy as np
    <BLANKLINE>
    <BLANKLINE>
    def kl(a, b):
        \"\"\"log(a/b) + b/a - 1.\"\"\"
        a, b = np.float64(a), np.float64(b)
        return np.log(a/b) + b/a - 1
    """
    laws = laws_in(head, expr)
    facts = Facts.of([condition for law in laws for condition in law.conditions])
    arguments = arguments_of(expr, head)
    names = [code_name(str(each.label if isinstance(each, IndexedBase) else each.name)) for each in arguments]
    computed = stable(_with_means(expr, laws), facts)
    printer = PythonPrinter(facts, tuple(names))
    body = printer.doprint(computed)
    if printer.scalar:
        printer = PythonPrinter(facts, tuple(names), lazy=True)
        body = printer.doprint(computed)
    indexed = any(isinstance(each, IndexedBase) for each in arguments)
    lines = [f"{line} = {value}" for line, value in printer.lines.items()]
    if names:
        given = [f"{printer.numpy('float64')}({each})" for each in names]
        lines = [f"{', '.join(names)} = {', '.join(given)}", *lines]
    if names and not expr.free_symbols and not printer.scalar:
        # A constant has the shape of the arguments all the same.
        body = f"np.full(np.broadcast({', '.join(names)}).shape, {body})[()]"
    elif printer.cases and not printer.scalar:
        body = f"{body}[()]" if body.startswith(("np.where(", "np.select(")) and _is_one_call(body) else f"({body})[()]" if not names else body
    domain = [] if indexed else [printer.doprint(each) for each in _closed_domain(head, names)]
    if domain and printer.scalar:
        # Before anything is summed or integrated.
        lines = [*lines[:1], f"if not ({' and '.join(domain)}):", "    return np.nan", *lines[1:]]
    elif domain:
        body = _where(domain, body)
    loud = not (printer.cases or domain or "special.rel_entr" in body)
    lines += ['with np.errstate(all="ignore"):', f"    return {body}"] if not loud else [f"return {body}"]
    each_point = ["@np.vectorize"] if printer.scalar and names and not indexed else []
    return "\n".join(
        [
            *sorted(printer.imports, key=lambda line: (line.startswith("from"), line)),
            *(["", ""] if printer.imports else []),
            *(line for helper in sorted(printer.helpers) for line in (HELPERS[helper], "", "")),
            *each_point,
            f"def {name}({', '.join(names)}):",
            *(f"    {line}" if line else "" for line in _documentation(expr, head)),
            *(f"    {line}" for line in lines),
        ]
    )


def _with_means(expr: Any, laws: list[Law]) -> Any:
    """Σ g(k) p(k) over the whole support of a law as the expectation that it is: its masses are known to sum to one."""
    found: dict[Any, Any] = {}
    for each in expr.atoms(Sum):
        k, low, high = each.limits[0]
        for law in laws if len(each.limits) == 1 and not each.has(Indexed) else ():
            if isinstance(law.support, Lattice) and (law.support.lower, law.support.upper) == (low, high):
                statistics, masses = sift(Mul.make_args(each.function), lambda factor: factor.has(log, loggamma), binary=True)
                if _in_gammas(log(Mul(*masses)) - law.log_density(k)) == 0:
                    found[each] = Expectation(Mul(*statistics), k, law)
    return expr.xreplace(found)


def _in_gammas(expr: Any) -> Expr:
    """Logarithms of products taken apart, with gamma functions alone for factorials, binomial coefficients and log-gamma functions."""
    plain: Any = expr.rewrite(gamma).replace(loggamma, lambda z: log(gamma(z)))
    return expand_log(plain, force=True).expand()


def _closed_domain(head: Expr | None, names: list[str]) -> list[Boolean]:
    """What the laws of the head require of their parameters, ends included: there, the code has the limit, or nan of itself."""
    if not isinstance(head, Head):
        return []
    closed: dict[Any, Any] = {Gt: Ge, Lt: Le, Ge: Ge, Le: Le, Ne: Ne}
    found: dict[Boolean, None] = {}
    stated = stated_conditions(head.laws)
    said = {symbol.name for each in stated if len(each.free_symbols) == 1 for symbol in each.free_symbols if isinstance(symbol, Symbol)}
    assumed = sorted((each for each in head.free_symbols if isinstance(each, Symbol) and each.is_nonnegative), key=str)
    for each in [*(Ge(Symbol(symbol.name), 0) for symbol in assumed if symbol.name not in said), *stated]:
        if not each.free_symbols or any(code_name(str(symbol)) not in names for symbol in each.free_symbols):
            continue
        if type(each) in closed and not each.has(Sum, Function):
            found.setdefault(closed[type(each)](*each.args))
        elif isinstance(each, Contains) and each.args[1] is S.Integers:
            found.setdefault(each)
    return list(found)


def _where(domain: list[str], body: str) -> str:
    shown = " & ".join(f"({each})" for each in domain)
    return f"np.where({shown}, {body.removesuffix('[()]')}, np.nan)[()]"


def _is_one_call(body: str) -> bool:
    """Whether the bracket that opens first closes last."""
    depth = 0
    for i, character in enumerate(body):
        depth += (character == "(") - (character == ")")
        if depth == 0 and character == ")":
            return i == len(body) - 1
    return False


def _documentation(expr: Expr, head: Expr | None) -> list[str]:
    """The formula, and where it holds."""
    printer = TextPrinter()
    start = "" if head is None else f"{printer.doprint(head)} = "
    branches: Any = expr.args if isinstance(expr, Piecewise) else ((expr, S.true),)
    if len(branches) == 1:
        found = [f"{start}{printer.doprint(expr)}"]
    else:
        found = [start.rstrip(), *(f"    {printer.doprint(value)}{printer.condition_suffix(condition)}" for value, condition in branches)]
    if isinstance(head, Head):
        unit = "nats" if head.base is S.Exp1 else "bits" if head.base == 2 else f"logarithms to base {printer.doprint(head.base)}"
        stated = shown_conditions(
            (each for each in stated_conditions(head.laws) if not isinstance(each, Contains) or each.args[1] is not S.Reals), printer
        )
        found += ["", f"In {unit}" + (f"; for {stated}." if stated else ".")]
    whole = [line.replace("\\", "\\\\").replace('"""', "'''") for line in found]
    if len(whole) == 1:
        return [f'"""{whole[0]}."""']
    return [f'"""{whole[0]}', *whole[1:], '"""']
