"""The one place where heads reach the layers above: a name is resolved when it is first needed.

Core imports nothing upward; it asks for "doit" or "evalf" or the catalogue here, and the layer that answers is loaded then.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["ANSWERS", "resolve"]

#: What core may ask for, and who answers.
ANSWERS: dict[str, str] = {
    "catalogue": "symkl.families:families",
    "certify": "symkl.exact.certify:certify",
    "claim": "symkl.cli.laws:read_claim",
    "density": "symkl.exact.densities:check_density",
    "divergence": "symkl.derive.divergences:value",
    "doit": "symkl.derive.measures:value",
    "evalf": "symkl.exact:evaluate",
    "finite": "symkl.exact.finiteheads:exact_value",
    "latex": "symkl.render:latex",
    "logarithms": "symkl.exact.finiteheads:canonical",
    "markdown": "symkl.render:markdown",
    "text": "symkl.render:text",
}


def resolve(name: str) -> Callable[..., Any]:
    """The function that answers `name`."""
    module, _, attribute = ANSWERS[name].partition(":")
    return getattr(import_module(module), attribute)
