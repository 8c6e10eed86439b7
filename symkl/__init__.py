"""symkl: a computer-algebra system for relative entropy. The public names, loaded when first used."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symkl.core.composite import Mixture as Mixture, Product as Product, law as law
    from symkl.core.density import Density as Density
    from symkl.core.divergences import (
        Bhattacharyya as Bhattacharyya,
        Chi2 as Chi2,
        Hellinger as Hellinger,
        Jeffreys as Jeffreys,
        JensenShannon as JensenShannon,
        MutualInformation as MutualInformation,
        Renyi as Renyi,
        TotalVariation as TotalVariation,
        Tsallis as Tsallis,
    )
    from symkl.core.heads import KL as KL, CrossEntropy as CrossEntropy, Entropy as Entropy, Expectation as Expectation
    from symkl.core.transformed import Transformed as Transformed
    from symkl.derive import (
        Derivation as Derivation,
        Truncated as Truncated,
        cross_entropy as cross_entropy,
        derive as derive,
        entropy as entropy,
        expectation as expectation,
        kl as kl,
    )
    from symkl.derive.divergences import (
        bhattacharyya as bhattacharyya,
        chi2 as chi2,
        hellinger as hellinger,
        jeffreys as jeffreys,
        jensen_shannon as jensen_shannon,
        mutual_information as mutual_information,
        renyi as renyi,
        total_variation as total_variation,
        tsallis as tsallis,
    )
    from symkl.errors import (
        DomainError as DomainError,
        HeaderWarning as HeaderWarning,
        MassWarning as MassWarning,
        NoClosedForm as NoClosedForm,
        ParseError as ParseError,
        SymklError as SymklError,
        Undecided as Undecided,
    )
    from symkl.exact import Ball as Ball, LogSum as LogSum, evaluate as evaluate
    from symkl.families import *
    from symkl.families import families as families
    from symkl.families.joint import Joint as Joint
    from symkl.prove import prove as prove


#: Where each verb, head and error lives; the families are found in `symkl.families`.
_HOME = {
    "symkl.core.composite": ("Mixture", "Product", "law"),
    "symkl.core.density": ("Density",),
    "symkl.core.divergences": (
        "Bhattacharyya",
        "Chi2",
        "Hellinger",
        "Jeffreys",
        "JensenShannon",
        "MutualInformation",
        "Renyi",
        "TotalVariation",
        "Tsallis",
    ),
    "symkl.core.heads": ("KL", "CrossEntropy", "Entropy", "Expectation"),
    "symkl.core.verdict": ("Verdict",),
    "symkl.core.transformed": ("Transformed",),
    "symkl.derive": ("Derivation", "Truncated", "cross_entropy", "derive", "entropy", "expectation", "kl"),
    "symkl.derive.divergences": (
        "bhattacharyya",
        "chi2",
        "hellinger",
        "jeffreys",
        "jensen_shannon",
        "mutual_information",
        "renyi",
        "total_variation",
        "tsallis",
    ),
    "symkl.errors": ("DomainError", "HeaderWarning", "MassWarning", "NoClosedForm", "ParseError", "SymklError", "Undecided"),
    "symkl.exact": ("Ball", "LogSum", "evaluate"),
    "symkl.families": ("families",),
    "symkl.families.joint": ("Joint",),
    "symkl.prove": ("prove", "variables"),
    "symkl.prove.theorems": ("theorem", "theorems"),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "__all__":
        return sorted(_MODULE_OF) + list(import_module("symkl.families").__all__)
    if name.startswith("_"):
        raise AttributeError(f"module 'symkl' has no attribute {name!r}")
    module = import_module(_MODULE_OF.get(name, "symkl.families"))
    try:
        return getattr(module, name)
    except AttributeError:
        raise AttributeError(f"module 'symkl' has no attribute {name!r}{_near(name)}", name=None) from None


def _near(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, __getattr__("__all__"), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def __dir__() -> list[str]:
    return sorted([*(name for name in globals() if name.startswith("__")), *set(__getattr__("__all__"))])


class _Package(ModuleType):
    """Keeps `symkl.families`, `symkl.derive`, `symkl.prove` the functions: importing the sub-package of that name would hide them."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (isinstance(value, ModuleType) and name in _MODULE_OF):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
