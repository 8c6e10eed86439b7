"""Settings that all tests share."""

import ast
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

#: Benchmarks need other systems; they have a command of their own.
collect_ignore_glob = ["benchmarks/*"]

# Derandomised, so that a run can be repeated; "nightly" draws afresh, and much more.
settings.register_profile("dev", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("SYMKL_HYPOTHESIS", "dev"))


def pytest_configure(config: pytest.Config) -> None:
    """The names in the fixed list are read, not imported: a test module is imported by pytest alone."""
    sys.path.insert(0, str(Path(__file__).parent))
    from absent import AbsentFamilies

    tree = ast.parse((Path(__file__).parent / "families" / "test_catalogue.py").read_text(encoding="utf-8"))
    text = next(node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CATALOGUE")
    plugin = AbsentFamilies(entry.split()[0] for entry in ast.literal_eval(text).split(";"))
    if plugin.names:
        config.pluginmanager.register(plugin)
