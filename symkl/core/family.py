"""`Family`: a named parametric set of laws, declared by parameters, support and log-density and by nothing else."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from sympy import Basic, Expr, Float, Rational, S, sympify
from sympy.logic.boolalg import Boolean

from symkl.core.domains import Domain
from symkl.core.laws import Law
from symkl.errors import DomainError

__all__ = ["Family", "Parameter", "Parametrisation", "exact_value"]


@dataclass(frozen=True)
class Parameter:
    """A parameter's name, domain, LaTeX and meaning; `typical` bounds the points that tests and certificates draw."""

    name: str
    domain: Domain
    latex: str
    meaning: str
    typical: tuple[Any, Any] = (Rational(1, 2), 3)
    default: Any = None


@dataclass(frozen=True)
class Parametrisation:
    """Another way to name the members: its parameters, and the standard ones in terms of them."""

    parameters: tuple[Parameter, ...]
    standard: Callable[..., tuple[Any, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(parameter.name for parameter in self.parameters)


class Family(Law):
    """Base of the catalogue. A family file gives `parameters`, `support` and `log_density`; everything else is derived.

    Members are built by position or keyword, in the standard or any alternative parametrisation. A value provably outside
    its domain is a `DomainError`; a float is one too, unless `allow_floats=True`, which takes the double's exact value.
    """

    parameters: ClassVar[tuple[Parameter, ...]] = ()
    alternatives: ClassVar[tuple[Parametrisation, ...]] = ()
    #: Names in other libraries, e.g. {"scipy": "norm", "sympy": "NormalDistribution"}.
    names_elsewhere: ClassVar[dict[str, str]] = {}
    #: From sympy.stats' positional arguments to ours, and back, where the two differ; None for a member without a counterpart.
    #: `from_sympy` may also give a law outright, where SymPy's member is none of ours.
    from_sympy: ClassVar[Callable[..., tuple[Any, ...] | Law | None] | None] = None
    to_sympy: ClassVar[Callable[..., tuple[Any, ...] | None] | None] = None

    def __new__(cls, *args: Any, allow_floats: bool = False, **keywords: Any) -> Family:
        values = cls._standard_values(args, keywords, allow_floats)
        member: Family = Basic.__new__(cls, *values)
        member._validate()
        return member

    @classmethod
    def _standard_values(cls, args: tuple[Any, ...], keywords: dict[str, Any], allow_floats: bool) -> tuple[Expr, ...]:
        chosen = cls.parameters
        values, missing = _bind(cls.parameters, args, keywords)
        if missing is not None:
            for alternative in cls.alternatives:
                bound, wrong = _bind(alternative.parameters, args, keywords)
                if wrong is None:
                    exact = [exact_value(v, cls, p.name, allow_floats) for v, p in zip(bound, alternative.parameters)]
                    for value, parameter in zip(exact, alternative.parameters):
                        _require(cls, parameter, value)
                    return tuple(sympify(v, strict=True) for v in alternative.standard(*exact))
            raise TypeError(cls._signature_message(missing, keywords))
        return tuple(exact_value(v, cls, p.name, allow_floats) for v, p in zip(values, chosen))

    @classmethod
    def _signature_message(cls, missing: str, keywords: dict[str, Any]) -> str:
        ways = [", ".join(p.name for p in cls.parameters)] + [", ".join(a.names) for a in cls.alternatives]
        known = sorted({p.name for p in cls.parameters} | {n for a in cls.alternatives for n in a.names})
        near = [m for k in keywords if k not in known for m in difflib.get_close_matches(k, known, n=1)]
        hint = f" (did you mean {near[0]}?)" if near else ""
        return f"{cls.__name__}: {missing}{hint}; its parameters are ({') or ('.join(ways)})"

    def _validate(self) -> None:
        for parameter, value in zip(self.parameters, self.args):
            _require(type(self), parameter, value)
        for constraint in self.constraints():
            if constraint is S.false:
                shown = ", ".join(f"{p.name} = {v}" for p, v in zip(self.parameters, self.args))
                raise DomainError(f"{type(self).__name__}({shown}): {self.constraint_text()} is required")

    def constraints(self) -> tuple[Boolean, ...]:
        """Conditions that join several parameters, such as a < b."""
        return ()

    def constraint_text(self) -> str:
        return "the joint condition of its parameters"

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        single = tuple(p.domain.condition(v) for p, v in zip(self.parameters, self.args))
        return tuple(c for c in single + tuple(self.constraints()) if c is not S.true)

    @classmethod
    def generic(cls, suffix: str = "") -> Family:
        """The member with fresh symbols named after the parameters, e.g. Normal(mu_1, sigma_1)."""
        return cls(*(p.domain.symbol(p.name + suffix) for p in cls.parameters))


def _bind(parameters: tuple[Parameter, ...], args: tuple[Any, ...], keywords: dict[str, Any]) -> tuple[list[Any], str | None]:
    """The values in the parameters' order, or what is wrong with the call."""
    names = [p.name for p in parameters]
    if len(args) > len(names):
        return [], f"takes {len(names)} parameter{'s' * (len(names) != 1)} but got {len(args)}"
    unknown = [k for k in keywords if k not in names]
    if unknown:
        return [], f"has no parameter {unknown[0]!r}"
    values: list[Any] = list(args)
    for name in names[: len(args)]:
        if name in keywords:
            return [], f"parameter {name!r} was given twice"
    for parameter in parameters[len(args) :]:
        if parameter.name in keywords:
            values.append(keywords[parameter.name])
        elif parameter.default is not None:
            values.append(parameter.default)
        else:
            return [], f"parameter {parameter.name!r} is missing"
    return values, None


def _require(cls: type[Family], parameter: Parameter, value: Expr) -> None:
    if parameter.domain.condition(value) is S.false:
        raise DomainError(f"{cls.__name__}: {parameter.name} = {value} is outside its domain; {parameter.name} must be {parameter.domain.text}")


def exact_value(value: Any, cls: type[Law], name: str, allow_floats: bool = False) -> Expr:
    """The SymPy value of a parameter; floats are refused unless their exact binary value is asked for."""
    if isinstance(value, bool):
        raise DomainError(f"{cls.__name__}: {name} = {value} is a truth value, not a number")
    if isinstance(value, (Fraction, Decimal)):
        return Rational(value)
    if isinstance(value, str):
        raise DomainError(f"{cls.__name__}: {name} = {value!r} is a text; write a number, a Symbol, or Rational({value!r})")
    result = sympify(value, strict=True)
    if not isinstance(result, Expr):
        raise DomainError(f"{cls.__name__}: {name} = {value!r} is not a number or an expression")
    floats = sorted(result.atoms(Float), key=str)
    if floats:
        if not allow_floats:
            raise DomainError(
                f"{cls.__name__}: {name} = {value} is a float; write it exactly, e.g. Rational({repr(float(floats[0]))!r}), "
                "or pass allow_floats=True to take the double's exact value"
            )
        result = result.xreplace({f: Rational(*float(f).as_integer_ratio()) for f in floats})
    return result
