"""What must hold of every family of the catalogue, from its declaration alone."""

from __future__ import annotations

import importlib.util
import pickle
from pathlib import Path

import pytest
from sympy import I, Rational, S, Symbol, latex, nan, oo

from symkl.core.domains import Domain
from symkl.core.family import Family
from symkl.core.supports import Continuum
from symkl.errors import DomainError
from symkl.families import families

_spec = importlib.util.spec_from_file_location("members", Path(__file__).with_name("members.py"))
assert _spec is not None and _spec.loader is not None
members = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(members)

FAMILIES = families()
LISTED = [family for family in FAMILIES if family.__name__ not in ("Categorical", "Finite")]

every_family = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
every_listed = pytest.mark.parametrize("family", LISTED, ids=lambda family: family.__name__)


@every_family
def test_generic_member_prints_pickles_and_compares(family: type[Family]) -> None:
    member = family.generic("_1")
    assert str(member).startswith(f"{family.__name__}(")
    assert latex(member)
    assert pickle.loads(pickle.dumps(member)) == member
    assert member == family.generic("_1") and hash(member) == hash(family.generic("_1"))
    assert member.func(*member.args) == member
    assert member.free_symbols or not family.parameters
    x = member.support.variable("x")
    assert member.log_density(x).atoms(Symbol) <= member.atoms(Symbol) | {x}


@every_listed
def test_substituting_numbers_gives_the_member_built_with_them(family: type[Family]) -> None:
    generic, member = family.generic("_1"), members.sample(family, 3)
    values = dict(zip(generic.args, member.args))
    assert generic.subs(values) == member
    assert generic.support.subs(values) == member.support
    point = members.points(member)[-1]
    before = generic.log_density(members.X).subs({**values, members.X: point})
    assert abs((before - member.log_density(point)).evalf(30)) < Rational(1, 10**20)


@every_family
@pytest.mark.parametrize("seed", [1, 2])
def test_total_mass_is_one(family: type[Family], seed: int) -> None:
    member = members.sample(family, seed)
    assert abs(members.total_mass(member) - 1) < 1e-9, member


@every_family
def test_declaration_is_complete(family: type[Family]) -> None:
    assert family.__doc__ and (family.__doc__.startswith("p(x) = ") or family.__doc__.startswith(("p(k) = ", "P(X = ")))
    names = [parameter.name for parameter in family.parameters]
    assert len(set(names)) == len(names)
    for parameter in [*family.parameters, *(p for way in family.alternatives for p in way.parameters)]:
        assert parameter.latex and parameter.meaning and parameter.domain.text
        assert parameter.typical[0] < parameter.typical[1]
    assert set(family.names_elsewhere) <= {"sympy", "scipy", "torch", "tfp", "numpyro"}


@every_listed
def test_values_outside_the_domain_are_refused_by_name(family: type[Family]) -> None:
    member = members.sample(family, 1)
    for position, parameter in enumerate(family.parameters):
        for bad in outside(parameter.domain):
            values = list(member.args)
            values[position] = bad
            with pytest.raises(DomainError) as caught:
                family(*values)
            assert parameter.name in str(caught.value) and family.__name__ in str(caught.value)
        values[position] = 0.37
        with pytest.raises(DomainError, match="float"):
            family(*values)


def outside(domain: Domain) -> list[object]:
    """Values provably not in the domain."""
    bad: list[object] = [I, nan, "1"]
    if not domain.extended:
        bad += [oo, -oo]
    if domain.integer:
        bad.append(Rational(1, 2))
    if domain.nonzero:
        bad.append(S.Zero)
    if domain.lower != -oo:
        bad += [domain.lower - 1] if domain.closed else [domain.lower, domain.lower - 1]
    if domain.upper != oo:
        bad += [domain.upper, domain.upper + Rational(1, 3)]
    return bad


@every_listed
def test_plain_symbols_are_accepted_and_their_domain_recorded(family: type[Family]) -> None:
    plain = family(*(Symbol(parameter.name) for parameter in family.parameters))
    conditions = plain.conditions
    assert len(conditions) >= len(family.parameters)
    mentioned = set().union(*(condition.free_symbols for condition in conditions)) if conditions else set()
    assert mentioned == plain.free_symbols
    assert plain.log_density(members.X) is not None


@every_listed
def test_numbers_leave_no_condition(family: type[Family]) -> None:
    assert members.sample(family, 2).conditions == ()


@every_family
def test_points_of_the_support_carry_its_sign(family: type[Family]) -> None:
    support = members.sample(family, 1).support
    variable = support.variable("x")
    if isinstance(support, Continuum) and support.lower.is_extended_nonnegative:
        assert variable.is_positive


@pytest.mark.parametrize(
    ("family", "way"),
    [(family, index) for family in LISTED for index in range(len(family.alternatives))],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_alternative_parametrisations_agree_with_the_standard_one(family: type[Family], way: int) -> None:
    import random

    from symkl.families.sampling import draw_value

    alternative = family.alternatives[way]
    values = [draw_value(parameter, random.Random(11), (2, 3, 5)) for parameter in alternative.parameters]
    member = family(**dict(zip(alternative.names, values)))
    assert member == family(*alternative.standard(*values))
    assert member.conditions == ()
    symbols = [parameter.domain.symbol(parameter.name) for parameter in alternative.parameters]
    generic = family(**dict(zip(alternative.names, symbols)))
    assert generic.subs(dict(zip(symbols, values))) == member
    assert abs(members.total_mass(member) - 1) < 1e-9
