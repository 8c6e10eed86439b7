"""The catalogue is complete, under the fixed names, and each family stands alone."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sympy import I, Rational, Symbol, oo

import symkl
from symkl import DomainError, families
from symkl.core.supports import Continuum, Lattice

PACKAGE = Path(symkl.__file__).parent

#: Names and parameters in positional order; acceptance runs call the families by these.
CATALOGUE = """
Normal mu sigma; Laplace mu b; AsymmetricLaplace m lam kappa; Logistic mu s; Gumbel mu beta; Moyal mu sigma; ExpGamma alpha theta;
Cauchy x0 gamma; StudentT nu mu sigma; GeneralizedNormal mu alpha beta; SkewNormal xi omega alpha; HyperbolicSecant mu sigma;
GeneralizedExtremeValue mu sigma xi; ExGaussian mu sigma lam; Exponential lam; ShiftedExponential theta lam; Gamma alpha beta; Erlang n lam;
InverseGamma alpha beta; Weibull k lam; Frechet alpha s; LogNormal mu sigma; HalfNormal sigma; Rayleigh sigma; Maxwell a; Chi k; ChiSquared k;
InverseChiSquared nu; ScaledInverseChiSquared nu tau2; Nakagami m Omega; GeneralizedGamma a d p; InverseGaussian mu lam; LogLogistic alpha beta;
Lomax alpha lam; BetaPrime alpha beta; FDist d1 d2; BurrXII c k lam; Dagum p a b; Gompertz eta b; Levy c; HalfCauchy gamma; HalfLogistic s;
Lindley theta; Pareto alpha xm; GeneralizedPareto sigma xi; Rice nu sigma; GeneralizedInverseGaussian p a b; Uniform a b; Beta alpha beta;
Kumaraswamy a b; Arcsine; PowerFunction alpha; LogUniform a b; Triangular a c b; WignerSemicircle R; RaisedCosine mu s;
TruncatedExponential lam b; ContinuousBernoulli lam; TruncatedNormal mu sigma a b; LogitNormal mu sigma; VonMises mu kappa;
WrappedCauchy mu rho; Cardioid mu rho; Bernoulli p; Binomial n p; Geometric p; Geometric0 p; NegativeBinomial r p; Poisson lam;
DiscreteUniform a b; LogSeries p; Zeta s; Zipf s n; YuleSimon rho; Hypergeometric N K n; BetaBinomial n alpha beta; DiscreteLaplace mu q;
Boltzmann lam N; Skellam mu1 mu2; ZeroTruncatedPoisson lam; Borel mu; Categorical p; Finite masses
"""
EXPECTED = {words[0]: words[1:] for words in (entry.split() for entry in CATALOGUE.split(";"))}


def test_names_and_parameter_orders_are_the_fixed_ones() -> None:
    assert len(EXPECTED) == 83
    found = {family.__name__: [p.name for p in family.parameters] for family in families()}
    assert {name: found[name] for name in EXPECTED if name in found} == {name: EXPECTED[name] for name in EXPECTED if name in found}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_public_name(name: str) -> None:
    assert getattr(symkl, name).__name__ == name
    assert name in dir(symkl)


def test_functions_are_not_hidden_by_sub_packages_of_the_same_name() -> None:
    import symkl.families

    assert callable(symkl.families)


def _family_modules() -> dict[str, Path]:
    return {family.__module__.rpartition(".")[2]: PACKAGE / "families" / f"{family.__module__.rpartition('.')[2]}.py" for family in families()}


def test_one_file_is_one_family() -> None:
    assert len(_family_modules()) == len(families())


def test_import_lines_are_in_alphabetical_order() -> None:
    lines = [line for line in (PACKAGE / "families" / "__init__.py").read_text().splitlines() if line.startswith("from symkl.families.")]
    assert lines == sorted(lines)
    assert len(lines) == len(families())


def test_no_module_imports_a_single_family() -> None:
    """So that removing a family's file and import line leaves everything else importable. Finite laws stay: witnesses are made of them."""
    modules = {f"symkl.families.{name}" for name in _family_modules()} - {"symkl.families.finite"}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path == PACKAGE / "families" / "__init__.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            imported = [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names] if isinstance(node, ast.Import) else []
            assert not modules & set(imported), path


def test_catalogue_without_some_families_is_importable(tmp_path: Path) -> None:
    copy = tmp_path / "symkl"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    init = copy / "families" / "__init__.py"
    gone = ("gamma", "laplace", "bernoulli")
    for name in gone:
        (copy / "families" / f"{name}.py").unlink()
    init.write_text(
        "".join(line for line in init.read_text().splitlines(keepends=True) if not line.startswith(tuple(f"from symkl.families.{n} " for n in gone)))
    )
    code = "from symkl import families, Normal; print(len(families()), Normal(0, 1))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.split(maxsplit=1) == [str(len(families()) - 3), "Normal(0, 1)\n"]


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: symkl.Uniform(2, 1), "a < b"),
        (lambda: symkl.Uniform(1, 1), "a < b"),
        (lambda: symkl.LogUniform(3, 2), "a < b"),
        (lambda: symkl.Triangular(0, 3, 2), "a < c < b"),
        (lambda: symkl.Triangular(0, 0, 2), "a < c < b"),
        (lambda: symkl.TruncatedNormal(0, 1, 2, -oo), "a < b"),
        (lambda: symkl.TruncatedNormal(0, 1, oo, oo), "a < b"),
        (lambda: symkl.TruncatedNormal(0, 1, -oo, I), "b = I"),
        (lambda: symkl.DiscreteUniform(3, 2), "a <= b"),
        (lambda: symkl.Hypergeometric(5, 6, 2), "K <= N"),
        (lambda: symkl.Hypergeometric(5, 2, 6), "n <= N"),
    ],
)
def test_joint_conditions(build: object, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        build()  # type: ignore[operator]


def test_wrong_keywords_name_the_right_ones() -> None:
    with pytest.raises(TypeError, match=r"did you mean shape\?"):
        symkl.Gamma(shap=1, rate=2)
    with pytest.raises(TypeError, match="missing"):
        symkl.Normal(1)


def test_student_t_has_defaults() -> None:
    assert symkl.StudentT(3) == symkl.StudentT(3, 0, 1) == symkl.StudentT(nu=3, mu=0, sigma=1)


def test_infinite_ends_of_the_truncated_normal() -> None:
    x = Symbol("x", real=True)
    assert symkl.TruncatedNormal(1, 2, -oo, oo).log_density(x) == symkl.Normal(1, 2).log_density(x)
    half = symkl.TruncatedNormal(0, 2, 0, oo)
    assert half.support == Continuum(0, oo)
    assert abs((half.log_density(3) - symkl.HalfNormal(2).log_density(3)).evalf(30)) < 1e-25
    assert abs((symkl.TruncatedNormal(0, 2, -oo, 0).log_density(-3) - half.log_density(3)).evalf(30)) < 1e-25


def test_supports_that_depend_on_the_sign_of_the_shape() -> None:
    mu, sigma = Symbol("mu", real=True), Symbol("sigma", positive=True)
    up, down, unknown = Symbol("xi", positive=True), Symbol("xi", negative=True), Symbol("xi", real=True, nonzero=True)
    family = symkl.GeneralizedExtremeValue
    assert family(mu, sigma, up).support == Continuum(mu - sigma / up, oo)
    assert family(mu, sigma, down).support == Continuum(-oo, mu - sigma / down)
    assert family(mu, sigma, unknown).support.subs(unknown, Rational(1, 2)) == Continuum(mu - 2 * sigma, oo)
    assert family(mu, sigma, unknown).subs(unknown, Rational(-1, 2)).support == Continuum(-oo, mu + 2 * sigma)
    assert symkl.GeneralizedPareto(sigma, up).support == Continuum(0, oo)
    assert symkl.GeneralizedPareto(sigma, down).support == Continuum(0, -sigma / down)
    assert symkl.GeneralizedPareto(2, Rational(-1, 2)).support == Continuum(0, 4)


def test_supports_of_counts() -> None:
    assert symkl.Hypergeometric(10, 7, 6).support == Lattice(3, 6)
    assert symkl.Boltzmann(1, 4).support == Lattice(0, 3)
    assert symkl.Zipf(1, 10**6).log_density(Symbol("x")).has(Symbol("x"))


def test_continuous_bernoulli_at_its_removable_singularity() -> None:
    x = Symbol("x")
    assert symkl.ContinuousBernoulli(Rational(1, 2)).log_density(x).simplify() == 0
    assert symkl.ContinuousBernoulli(logits=0) == symkl.ContinuousBernoulli(Rational(1, 2))
