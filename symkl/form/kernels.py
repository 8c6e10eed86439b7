"""Function rules of the canonical form: each returns the form of one function application, or None to leave it opaque.

The special functions are brought to representatives by their recurrences (arguments shifted by integers, half-integer
arguments by the duplication formula); each rule"s docstring is its identity.
"""

from __future__ import annotations

from symkl.form.arguments import Rule
from symkl.form.bessel_rules import BESSEL_RULES
from symkl.form.circular_rules import CIRCULAR_RULES, REFLECTIONS
from symkl.form.gamma_rules import GAMMA_RULES
from symkl.form.hyper_rules import HYPER_RULES
from symkl.form.integral_rules import INTEGRAL_RULES

__all__ = ["REFLECTION_RULES", "RULES"]

RULES: dict[object, Rule] = {**GAMMA_RULES, **INTEGRAL_RULES, **BESSEL_RULES, **CIRCULAR_RULES, **HYPER_RULES}
REFLECTION_RULES: dict[object, Rule] = {**RULES, **REFLECTIONS}
