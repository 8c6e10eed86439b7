"""Gamma functions of a lattice variable: what cancels between them, and their names as factorials, binomial and beta coefficients."""

from __future__ import annotations

from itertools import combinations

from sympy import Add, Expr, Mul, S, Symbol, beta, binomial, expand_log, factorial, gamma, log, loggamma, pi

from symkl.expect.terms import ONE, Monomial, Term, collect

__all__ = ["cancelled", "collapsed", "completing", "gamma_table", "log_gamma_argument", "named", "split_sum", "undoubled", "with_gammas"]

#: Γ(z+n)/Γ(z) is written as a product up to this n, at one point up to the second.
LARGEST_SHIFT, LONGEST_SHIFT = 12, 64

#: Γ(n − k + 1) with a larger number n is left as it is: it would be a polynomial of that degree.
LARGEST_CONSTANT = 50

#: log Γ(a) by argument, with coefficients.
Table = dict[Expr, Expr]


def log_gammas(expr: Expr) -> list[tuple[Expr, int]] | None:
    """[(a, ±1), …] if expr is Σ ±log Γ(a), in any of the ways SymPy writes it: through factorials, binomial and beta coefficients too."""
    if isinstance(expr, loggamma):
        return [(expr.args[0], 1)]
    inside = expr.args[0] if isinstance(expr, log) else None
    if isinstance(inside, gamma):
        return [(inside.args[0], 1)]
    if isinstance(inside, factorial):
        return [(inside.args[0] + 1, 1)]
    if isinstance(inside, binomial):
        n, k = inside.args
        return [(n + 1, 1), (k + 1, -1), (n - k + 1, -1)]
    if isinstance(inside, beta) and len(inside.args) == 2:
        a, b = inside.args
        return [(a, 1), (b, 1), (a + b, -1)]
    return None


def log_gamma_argument(m: Monomial) -> Expr | None:
    """a if the monomial is log Γ(a)."""
    found = log_gammas(m.factors[0][0]) if len(m.factors) == 1 and m == Monomial(factors=((m.factors[0][0], S.One),)) else None
    return found[0][0] if found is not None and len(found) == 1 else None


def with_gammas(terms: list[Term], x: Symbol) -> list[Term]:
    """The terms with factorials, binomial and beta coefficients under logarithms taken apart, each gamma function once."""
    if not any(m.factors and log_gammas(m.factors[0][0]) for _, m in terms):
        return terms
    found: list[Term] = []
    for c, m in terms:
        parts = log_gammas(m.factors[0][0]) if len(m.factors) == 1 and m == Monomial(factors=((m.factors[0][0], S.One),)) else None
        if parts is None:
            found.append(Term(c, m))
            continue
        for a, sign in parts:
            name = loggamma(a.expand())
            found.append(Term(sign * c, Monomial(factors=((name, S.One),))) if a.has(x) else Term(sign * c * name, ONE))
    return collect(found)


def cancelled(terms: list[Term], x: Symbol) -> list[Term]:
    """log Γ(z+n) − log Γ(z) = log z + … + log(z+n−1), where coefficients of gammas whole steps apart sum to zero; log Γ(z+1) − log z = log Γ(z)."""
    terms = with_gammas(terms, x)
    table = gamma_table(terms)
    if not table:
        return terms
    gone: set[Expr] = set()
    logs: list[Term] = []
    for family in _families(list(table)):
        total = Add(*(table[a] for a, _ in family))
        if len(family) < 2 or total.expand() != 0:
            continue
        gone.update(a for a, _ in family)
        least = family[0][0]
        for a, steps in family:
            logs += [part for j in range(steps) for part in _log_terms(table[a], least + j, x)]
    if gone:
        terms = collect([term for term in terms if log_gamma_argument(term.monomial) not in gone] + logs)
    return _joined(terms, x)


def _joined(terms: list[Term], x: Symbol) -> list[Term]:
    """c log Γ(z+1) − c log z as c log Γ(z), and c log Γ(z) + c log z as c log Γ(z+1)."""
    for a, c in gamma_table(terms).items():
        coefficients = {m: d for d, m in terms}
        for factor, sign, moved in ((a - 1, -1, a - 1), (a, 1, a + 1)):
            name = _log(factor, x)
            if factor.has(x) and (coefficients.get(name, S.Zero) - sign * c).expand() == 0:
                kept = [term for term in terms if term.monomial != name and log_gamma_argument(term.monomial) != a]
                return _joined(collect([*kept, Term(c, Monomial(factors=((loggamma(moved), S.One),)))]), x)
    return terms


def _log_terms(c: Expr, h: Expr, x: Symbol) -> list[Term]:
    """c log h with h monic in x but for its sign."""
    lead = abs(h.diff(x)) if h.diff(x).is_number else S.One
    terms = [Term(c, _log((h / lead).expand(), x))]
    return terms if lead == 1 else [*terms, Term(c * log(lead), ONE)]


def undoubled(table: Table, k: Symbol) -> tuple[Table, Expr]:
    """The table with Γ(z) for Γ(2z)/Γ(z + 1/2), as SymPy writes it at half-integers, and the logarithm of what is left over, linear in k."""
    found, rest = dict(table), S.Zero
    for a in [a for a in table if a.diff(k) == 2]:
        half = (a / 2 + S.Half).expand()
        c = found.get(a, S.Zero)
        if c != 0 and found.get(half, S.Zero) == -c:
            del found[a], found[half]
            found[(a / 2).expand()] = c
            rest += c * ((a - 1) * log(2) - log(pi) / 2)
    return found, rest


def _log(h: Expr, x: Symbol) -> Monomial:
    return Monomial(logs=1) if h == x else Monomial(factors=((log(h), S.One),))


def _families(arguments: list[Expr], longest: int = LARGEST_SHIFT) -> list[list[tuple[Expr, int]]]:
    """The arguments in classes modulo ℤ, each with its steps above the least of its class."""
    classes: list[list[Expr]] = []
    for a in arguments:
        if a.free_symbols and abs(a.as_coeff_Add()[0]) > LARGEST_CONSTANT:
            continue
        for known in classes:
            gap = (a - known[0]).expand()
            if gap.is_Integer and abs(int(gap)) <= longest:
                known.append(a)
                break
        else:
            classes.append([a])
    found = []
    for known in classes:
        steps = [int((a - known[0]).expand()) for a in known]
        found.append(sorted(((a, n - min(steps)) for a, n in zip(known, steps)), key=lambda pair: pair[1]))
    return found


def split_sum(expr: Expr) -> tuple[Table, list[Expr]]:
    """The log-gammas of a sum, by argument, and its other terms."""
    table: Table = {}
    rest = []
    # SymPy writes log Γ(k + 1/2) as the logarithm of a product.
    merged = [node for node in expr.atoms(log) if isinstance(node.args[0], Mul) and node.has(gamma)]
    for term in Add.make_args(expr.xreplace({node: expand_log(node, force=True) for node in merged}).expand() if merged else expr):
        inside = [(factor, parts) for factor in Mul.make_args(term) if (parts := log_gammas(factor)) is not None]
        if len(inside) != 1:
            rest.append(term)
            continue
        ((factor, parts),) = inside
        for a, sign in parts:
            table[a] = table.get(a, S.Zero) + sign * term / factor
    return {a: c for a, c in table.items() if c != 0}, rest


def gamma_table(terms: list[Term]) -> Table:
    return {a: c for c, m in terms if (a := log_gamma_argument(m)) is not None}


def collapsed(expr: Expr) -> Expr:
    """A sum at one point of the support: log Γ(z+n) − log Γ(z) = log z(z+1)…(z+n−1) where the coefficients sum to zero."""
    table, rest = split_sum(expr)
    for family in _families(list(table), LONGEST_SHIFT):
        if len(family) < 2 or Add(*(table[a] for a, _ in family)).expand() != 0:
            continue
        least = family[0][0]
        rest += [table[a] * log(Mul(*(least + j for j in range(steps)))) for a, steps in family if steps]
        for a, _ in family:
            del table[a]
    return Add(*rest, *(c * loggamma(a) for a, c in table.items()))


def completing(moving: Table, constants: Table) -> Table:
    """Those of the constant log-gammas, or log-gammas of numbers, that make binomial or beta coefficients of the moving ones."""
    taken: Table = {}
    used: set[Expr] = set()
    for a, b in combinations(moving, 2):
        for z in ((a + b - 1).expand(), (a + b).expand()):
            known = moving[a] == moving[b] == -constants.get(z, S.Zero) or (moving[a] == moving[b] and z.is_Integer and z == a + b - 1)
            if known and z not in taken and not {a, b} & used:
                taken[z] = -moving[a]
                used |= {a, b}
    return taken | _whole({z: c for z, c in constants.items() if z not in taken}) if moving else {}


def _whole(table: Table) -> Table:
    """The part of the table that makes binomial and beta coefficients of its own: norms of the masses."""
    found: Table = {}
    for a, b in combinations(table, 2):
        for z in ((a + b - 1).expand(), (a + b).expand()):
            if table[a] == table[b] == -table.get(z, S.Zero) and not {a, b, z} & set(found):
                found |= {a: table[a], b: table[b], z: table[z]}
    return found


def named(table: Table, logarithms: bool) -> Expr:
    """Π Γ(a)^{c_a}, or its logarithm, with binomial coefficients, beta functions and factorials where they are."""
    left = dict(table)
    found: list[tuple[Expr, Expr]] = []
    for make, offset in ((_binomial, -1), (_beta, 0)):
        again = True
        while again:
            again = False
            for a, b in combinations(list(left), 2):
                whole = (a + b + offset).expand()
                # whole numbers make binomial coefficients, others beta functions
                if left[a] != left[b] or whole in (a, b) or bool(offset) != all(each.is_integer for each in (a, b, whole)):
                    continue
                if left[a] == -left.get(whole, S.Zero) or (whole.is_Integer and offset):
                    c = left[a]
                    if whole not in left:
                        found.append((factorial(whole - 1), c))
                    for used in (a, b, whole):
                        left.pop(used, None)
                    found.append((make(a, b, whole), -c if offset else c))
                    again = True
                    break
    found += [(_single(a), c) for a, c in left.items()]
    if not logarithms:
        return Mul(*(value**c for value, c in found))
    return Add(*(c * (loggamma(*value.args) if isinstance(value, gamma) else log(value)) for value, c in found))


def _binomial(a: Expr, b: Expr, whole: Expr) -> Expr:
    lower = min((a - 1, b - 1), key=lambda e: (e.could_extract_minus_sign(), len(Add.make_args(e)), e.sort_key()))
    return binomial(whole - 1, lower)


def _beta(a: Expr, b: Expr, whole: Expr) -> Expr:
    return beta(*sorted((a, b), key=lambda e: (e.could_extract_minus_sign(), e.sort_key())))


def _single(a: Expr) -> Expr:
    return factorial(a - 1) if a.is_integer else gamma(a)
