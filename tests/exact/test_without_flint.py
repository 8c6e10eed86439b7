"""Without python-flint everything still evaluates; what is no proof says so."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
sys.modules["flint"] = None
from sympy import Rational as R, gamma, log, pi, sqrt
import symkl
from symkl import KL
from symkl.exact import LogSum, evaluate
from symkl.exact.finite import kl
for value in (
    log(2) + pi,
    gamma(R(1, 3)),
    sqrt(2) * sqrt(3) - sqrt(6),
    KL(symkl.Normal(0, 1), symkl.Normal(1, 2)),
    KL(symkl.Normal(0, 1), symkl.Logistic(R(1, 3), 2)),
    KL(symkl.Poisson(3), symkl.NegativeBinomial(R(5, 2), R(1, 3))),
    KL(symkl.Normal(0, 1), symkl.Gamma(1, 1)),
    kl([R(7, 10), R(3, 10)], [R(1, 2), R(1, 2)]),
    symkl.Chi2(symkl.Normal(0, 1), symkl.Normal(1, 2)),
    symkl.TotalVariation(symkl.Normal(0, 1), symkl.Normal(1, 2)),
    symkl.JensenShannon(symkl.Poisson(1), symkl.Binomial(3, R(1, 2))),
    symkl.Hellinger(symkl.Laplace(0, 1), symkl.Normal(1, 2)),
    symkl.Renyi(symkl.Finite([R(1, 3), R(2, 3)]), symkl.Finite([R(1, 2), R(1, 2)]), 3),
    symkl.TotalVariation(symkl.Normal(0, 1), symkl.Normal(1, 1)),
    symkl.Entropy(symkl.Poisson(1000)),
    symkl.TotalVariation(symkl.Poisson(10000), symkl.Poisson(10001)),
    symkl.Entropy(symkl.Zeta(3)),
):
    ball = evaluate(value, 20)
    print(ball, ball.is_rigorous)
print(symkl.derive(KL(symkl.Normal, symkl.Normal)).certify(15).status)
assert LogSum.log(10**500 + 1) > LogSum.log(10**500)
"""

EXPECTED = """\
3.8347398341497385479 True
2.6789385347077476337 False
0 True
0.44314718055994530942 True
0.72774460787153995423 False
0.28986462654094126268 False
oo True
0.082282878505051846392 True
0.74402634150968519452 True
0.39006566012105566105 False
0.060080751841148854030 False
0.28288789269562963924 False
0.14384103622589046372 True
0.38292492254802620728 False
4.8727327976428506462 False
0.0039893230734583594905 False
0.67850222186632314206 False
unknown
"""


def test_every_value_without_flint() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout == EXPECTED


MISSED = """
import sys
sys.modules["flint"] = None
import symkl
from symkl.exact import evaluate
try:
    print(evaluate(symkl.JensenShannon(symkl.Normal(0, 1), symkl.Normal(10**5, 1)), 20))
except symkl.Undecided as undecided:
    print("undecided")
"""


def test_an_estimate_that_misses_the_mass_of_a_law_is_none() -> None:
    run = subprocess.run([sys.executable, "-c", MISSED], capture_output=True, text=True, check=False)
    assert run.stdout == "undecided\n", run.stderr


FEWER = """
import sys
sys.modules["flint"] = None
from symkl.cli.main import run
sys.exit(run(["eval", "Beta(1/5, 1/3)", "Kumaraswamy(2, 3)", "--measure", "tv", "--digits", "30"]))
"""


def test_an_estimate_of_fewer_digits_says_so() -> None:
    run = subprocess.run([sys.executable, "-c", FEWER], capture_output=True, text=True, check=False)
    shown = run.stdout.strip()
    assert run.returncode == 0 and "0.610355122845935948".startswith(shown[:9]) and len(shown) < 30
    assert f"an estimate ({len(shown) - 2} of the 30 asked for)" in run.stderr and run.stderr.count("\n") == 1


TAIL = """
import sys
sys.modules["flint"] = None
import mpmath
from symkl.exact.estimates import summed
with mpmath.workdps(60):
    value = summed(lambda k: mpmath.log(k) / k**3, [lambda k: k**-3 / mpmath.zeta(3)], mpmath.mpf(1), mpmath.inf)
    print(abs(value + mpmath.zeta(3, derivative=1)) < mpmath.mpf(10) ** -38)
"""


def test_the_tail_of_a_slow_sum_to_many_digits() -> None:
    """−ζ′(3)."""
    run = subprocess.run([sys.executable, "-c", TAIL], capture_output=True, text=True, check=False)
    assert run.stdout == "True\n", run.stderr
