"""The measures of `symkl eval --measure`, by the names a person types."""

from __future__ import annotations

from typing import Any

from symkl.cli.options import base_of
from symkl.errors import DomainError

__all__ = ["NAMES", "head_named"]

#: What is typed, and the head that is meant.
NAMES = {
    "kl": "KL",
    "entropy": "Entropy",
    "cross-entropy": "CrossEntropy",
    "jeffreys": "Jeffreys",
    "jsd": "JensenShannon",
    "renyi": "Renyi",
    "tsallis": "Tsallis",
    "bhattacharyya": "Bhattacharyya",
    "hellinger": "Hellinger",
    "chi2": "Chi2",
    "tv": "TotalVariation",
}
ORDERED = ("renyi", "tsallis")


def head_named(name: str, args: Any) -> Any:
    """The head of that name over the laws of the arguments, in the base asked for."""
    import symkl
    from symkl.cli.given import with_values
    from symkl.cli.heads import laws_of

    kind = getattr(symkl, NAMES[name])
    count = 1 if name == "entropy" else 2
    if count == 1 and args.Q is not None:
        raise DomainError("--measure entropy takes one law")
    if (args.order is not None) != (name in ORDERED):
        raise DomainError(f"--measure {name} needs --order" if name in ORDERED else f"--order belongs to {' and '.join(ORDERED)}, not to {name}")
    base = base_of(args)
    if base is not None and not getattr(kind, "has_base", True):
        raise DomainError(f"--measure {name} has no logarithm, so it has no base")
    extras = () if args.order is None else (_order(args.order),)
    return with_values(kind(*laws_of(args, count), *extras, **({} if base is None else {"base": base})), args.given)


def _order(text: str) -> Any:
    from symkl.cli.expressions import Reader
    from symkl.cli.grammar import parse

    return Reader(text).expression(parse(text))
