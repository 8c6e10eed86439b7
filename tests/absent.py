"""A family taken out of the catalogue takes the examples that name it along: they are skipped, everything else runs.

That the catalogue is complete is one test a family, `tests/families/test_catalogue.py::test_public_name`; it is never skipped.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Generator, Iterable
from typing import Any, NoReturn

import pytest

import symkl

#: How a name that is not there is missed.
MISSED = (AssertionError, AttributeError, ImportError, KeyError, NameError, StopIteration, symkl.SymklError, TypeError, ValueError)
NEVER_SKIPPED = "test_public_name"


class Absent:
    """Stands where the tests import a family that is not there: whatever is done with it is skipped."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name

    def __call__(self, *args: Any, **keywords: Any) -> NoReturn:
        pytest.skip(f"{self.name} is not in the catalogue", allow_module_level=True)

    def __getattr__(self, attribute: str) -> NoReturn:
        raise AttributeError(f"{self.name} is not in the catalogue")


class AbsentFamilies:
    """The plugin for the names in the fixed list that the catalogue lacks; it does nothing if there are none."""

    def __init__(self, expected: Iterable[str]) -> None:
        self.names = sorted(set(expected) - {family.__name__ for family in symkl.families()})
        for name in self.names:
            for module in (symkl, sys.modules["symkl.families"]):
                setattr(module, name, Absent(name))

    def missed(self, text: str) -> str | None:
        """The absent name that is the reason, if there is one."""
        return next((name for name in self.names if re.search(rf"\b{name}\b", text)), None)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        try:
            return (yield)
        except MISSED as error:
            name = self.missed(f"{item.name} {error}")
            if name is None or item.name.startswith(NEVER_SKIPPED):
                raise
            pytest.skip(f"{name} is not in the catalogue")

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        report = yield
        name = self.missed(str(report.longrepr)) if report.failed else None
        if name is not None:
            report.outcome = "skipped"
            report.longrepr = (str(collector.path), 0, f"Skipped: {name} is not in the catalogue")
        return report
