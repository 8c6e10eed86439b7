"""A parameter may bear the name of a variable that derivations bind: u, v, y, z and t were once taken for the variable."""

import re
from pathlib import Path

import pytest
from sympy import Abs, Symbol, symbols

import symkl
from symkl import KL, Beta, Density, Entropy, Expectation, Gamma, Laplace, Logistic, Normal, Renyi, Uniform, VonMises, Weibull, derive, renyi
from symkl.core.reserved import RESERVED

x = Symbol("x", real=True)
a = Symbol("a", positive=True)
NAMES = sorted({symbol.name for symbol in RESERVED})


def _heads(u: Symbol):
    yield KL(Weibull(a, u), Gamma(u, u))
    yield KL(Normal(u, 1), Laplace(u, a))
    yield KL(Uniform(u, u + 1), Normal(0, 1))
    yield KL(Logistic(u, a), Normal(u, 1))
    yield KL(VonMises(u, a), VonMises(0, 1))
    yield Entropy(Density(2 * x / u**2, x, (0, u)))
    yield Expectation((x - u) ** 2, x, Normal(0, a))
    yield Expectation(Abs(x - u), x, Normal(0, a))


@pytest.mark.parametrize("u", [*sorted(RESERVED, key=lambda s: (s.name, str(s.assumptions0))), Symbol("u"), Symbol("z")], ids=lambda u: f"{u}-{u.is_positive}")
def test_the_answer_does_not_hang_on_the_name(u: Symbol) -> None:
    other = Symbol(u.name + "q", **u._assumptions_orig)
    for head, plain in zip(_heads(u), _heads(other)):
        if isinstance(head, Entropy) and u.is_real and not u.is_positive:
            continue
        found, wanted = derive(head), derive(plain)
        assert found.result == wanted.result.xreplace({other: u}), head
        assert found.check().status == wanted.check().status, head


def test_orders_too() -> None:
    for name in NAMES:
        u, other = (Symbol(each, positive=True) for each in (name, name + "q"))
        assert renyi(Gamma(2, 1), Gamma(3, u), u) == renyi(Gamma(2, 1), Gamma(3, other), other).xreplace({other: u})
        assert Renyi(Normal(u, 1), Normal(0, 1), 2).doit() == u**2


@pytest.mark.parametrize("name", NAMES)
def test_the_variable_of_a_density_or_a_statistic(name: str) -> None:
    y = Symbol(name)
    assert symkl.entropy(Density(a * y ** (a - 1), y, (0, 1))) == symkl.entropy(Density(a * x ** (a - 1), x, (0, 1)))
    assert symkl.expectation(y**2, Gamma(a, 1)) == a * (a + 1)


def test_every_bound_symbol_is_listed() -> None:
    """The symbols that the deriver makes by a name written out."""
    root = Path(symkl.__file__).parent
    made = re.compile(r'Symbol\("(\w+)"[^()]*?, (\w+=True(?:, \w+=True)*)\)')
    found = {}
    for folder in ("expect", "derive", "form"):
        for path in sorted((root / folder).rglob("*.py")):
            for name, assumptions in made.findall(re.sub(">>>.*", "", path.read_text())):
                found[Symbol(name, **{each.split("=")[0]: True for each in assumptions.split(", ")})] = path
    assert found
    assert set(found) <= RESERVED, {str(s): str(p) for s, p in found.items() if s not in RESERVED}


def test_beta_of_a_reserved_name() -> None:
    u = symbols("u", positive=True)
    found = derive(KL(Beta(a, u), Uniform(0, 1)))
    assert found.check().is_proved
    assert found.result.free_symbols == {a, u}
