"""`Family`: a named parametric set of laws, declared by parameters, support and log-density and by nothing else."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from inspect import cleandoc
from typing import Any, ClassVar

from sympy import Basic, Expr, Float, Rational, S, sympify
from sympy.core.sympify import SympifyError
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

    def __init_subclass__(cls, **keywords: Any) -> None:
        """What `help` and completion show: the parameters with their domains, after the formula."""
        super().__init_subclass__(**keywords)  # type: ignore[no-untyped-call]
        if "parameters" in cls.__dict__:
            cls.__doc__ = _described(cls)

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
            raise TypeError(cls._signature_message(args, keywords))
        return tuple(exact_value(v, cls, p.name, allow_floats) for v, p in zip(values, chosen))

    @classmethod
    def _signature_message(cls, args: tuple[Any, ...], keywords: dict[str, Any]) -> str:
        """What is wrong with a call that fits no parametrisation."""
        ways = [tuple(p.name for p in cls.parameters), *(a.names for a in cls.alternatives)]
        known = sorted({name for way in ways for name in way})
        unknown = [name for name in keywords if name not in known]
        most = max(map(len, ways))
        fitting = [way for way in ways if len(args) <= len(way) and set(keywords) <= set(way[len(args) :])]
        if unknown:
            near = difflib.get_close_matches(unknown[0].casefold(), known, n=1)
            problem = f"has no parameter {unknown[0]!r}" + (f" (did you mean {near[0]}?)" if near else "")
        elif len(args) > most:
            problem = f"takes {most} parameter{'s' * (most != 1)} but got {len(args)}"
        elif fitting:
            missing = dict.fromkeys(next(name for name in way[len(args) :] if name not in keywords) for way in fitting)
            problem = f"parameter {' or '.join(map(repr, missing))} is missing"
        elif twice := [name for name in keywords if any(name in way[: len(args)] for way in ways)]:
            problem = f"parameter {twice[0]!r} was given twice"
        else:
            problem = f"the parameters {', '.join(keywords)} do not go together"
        return f"{cls.__name__}: {problem}; its parameters are ({') or ('.join(', '.join(way) for way in ways)})"

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


def _described(cls: type[Family]) -> str:
    """The docstring of a family file, and what its declaration says of the parameters."""
    own = cleandoc(cls.__dict__.get("__doc__") or cls.__name__)
    lines = [f"    {p.name} {p.domain.text}: {p.meaning}" for p in cls.parameters]
    ways = " or ".join(f"({', '.join(a.names)})" for a in cls.alternatives)
    others = f"\n\nOr by keyword: {ways}." if ways else ""
    return f"{own}\n\nParameters:\n" + "\n".join(lines) + others


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
        if isinstance(value, Decimal) and not value.is_finite():
            raise DomainError(f"{cls.__name__}: {name} = {value} is not a finite number")
        # A decimal is exact; SymPy would make a Float of it.
        return Rational(Fraction(value))
    if isinstance(value, str):
        quoted = f"Symbol({value!r})" if value.isidentifier() else f"Rational({value!r})" if any(map(str.isdigit, value)) else "a Symbol"
        raise DomainError(f"{cls.__name__}: {name} = {value!r} is a text; write an exact number or a symbol" + (f": {quoted}" if quoted != "a Symbol" else ""))
    try:
        result = sympify(value, strict=True)
    except SympifyError:
        result = None
    if not isinstance(result, Expr):
        raise DomainError(f"{cls.__name__}: {name} = {value!r} is not a number or an expression")
    floats = sorted(result.atoms(Float), key=str)
    if floats:
        if not allow_floats:
            raise DomainError(
                f"{cls.__name__}: {name} = {value} is a float; write it exactly, e.g. Rational({repr(float(floats[0]))!r})"
                + (f", or write {cls.__name__}(..., allow_floats=True) to take the double's exact value" if issubclass(cls, Family) else "")
            )
        result = result.xreplace({f: Rational(*float(f).as_integer_ratio()) for f in floats})
    return result
