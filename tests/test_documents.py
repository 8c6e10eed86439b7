"""Every example in README, CONTRIBUTING and docs/ is run: Python sessions as doctests, console sessions through the command line.

In a ```console block, `$ symkl …` is run in a temporary folder and must print what follows; `$ cat FILE` writes the file that
it shows, so that later commands find it; `$ echo $?` must show the last exit status. With SYMKL_UPDATE_DOCUMENTS=1 the
documents are rewritten with what is printed now: read the difference before you commit it.
"""

from __future__ import annotations

import contextlib
import doctest
import importlib.util
import io
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sympy import Symbol, cosh, tanh

from symkl.cli.main import run
from symkl.core.heads import KL, Expectation
from symkl.derive import derive
from symkl.derive.check import check_steps
from symkl.families import Cauchy, Exponential, Normal
from symkl.form.facts import Facts

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def blocks(path: Path, language: str) -> list[tuple[int, str]]:
    """The fenced blocks of a language, with the line on which each begins."""
    text = path.read_text(encoding="utf-8")
    return [(text.count("\n", 0, match.start()) + 1, match[2]) for match in FENCE.finditer(text) if match[1] == language]


def sessions(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output that is shown under it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output.rstrip("\n")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_python_sessions(path: Path) -> None:
    space: dict[str, object] = {}
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=FLAGS)
    for line, block in blocks(path, "python"):
        if ">>>" in block:
            report = io.StringIO()
            test = parser.get_doctest(block, space, f"{path.name}:{line}", str(path), line)
            result = runner.run(test, out=report.write, clear_globs=False)
            space.update(test.globs)
            assert result.failed == 0, report.getvalue()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_console_sessions(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status = 0
    for line, block in blocks(path, "console"):
        for command, expected in sessions(block):
            where = f"{path.name}:{line}: {command}"
            if command.startswith("cat "):
                Path(command[4:]).write_text(expected + "\n", encoding="utf-8")
            elif command == "echo $?":
                assert str(status) == expected, where
            elif command.startswith("symkl "):
                shown = io.StringIO()
                with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
                    status = run(shlex.split(command)[1:])
                got = shown.getvalue().rstrip("\n")
                same = got == expected or doctest.OutputChecker().check_output(expected + "\n", got + "\n", doctest.ELLIPSIS)
                if not same and os.environ.get("SYMKL_UPDATE_DOCUMENTS"):
                    text = path.read_text(encoding="utf-8")
                    path.write_text(text.replace(f"$ {command}\n{expected}\n", f"$ {command}\n{got}\n"), encoding="utf-8")
                    same = True
                assert same, (where, got)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_within_the_repository_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_there_are_documents() -> None:
    assert {"README.md", "CONTRIBUTING.md"} <= {path.name for path in DOCUMENTS}
    assert len(DOCUMENTS) >= 6


def new_file(document: str, path: str) -> str:
    """What a diff in a document would write to a new file."""
    text = (ROOT / document).read_text(encoding="utf-8")
    body = re.search(rf"^\+\+\+ b/{re.escape(path)}\n((?:\+.*\n)+)", text, flags=re.MULTILINE)
    assert body is not None
    return "".join(line[1:] for line in body[1].splitlines(keepends=True))


def imported(source: str, folder: Path, name: str) -> ModuleType:
    (folder / f"{name}.py").write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_family_of_the_guide_works(tmp_path: Path) -> None:
    """The worked diff of CONTRIBUTING is a family whose divergences are derived and proved."""
    source = new_file("CONTRIBUTING.md", "symkl/families/exponentiated_exponential.py")
    family = imported(source, tmp_path, "exponentiated_exponential").ExponentiatedExponential
    derivation = derive(KL(family, Exponential))
    assert derivation.status == "closed"
    assert derivation.check().is_proved


def test_the_rule_of_the_guide_works(tmp_path: Path) -> None:
    rule = imported(new_file("CONTRIBUTING.md", "symkl/expect/rules/oddness.py"), tmp_path, "oddness").rule
    x = Symbol("x", real=True)
    outcome = rule(tanh(x), x, Normal(0, 2), Facts())
    assert outcome is not None
    assert check_steps(Expectation(tanh(x), x, Normal(0, 2)), outcome.steps, outcome.value).is_proved
    assert rule(tanh(x), x, Normal(1, 2), Facts()) is None
    assert rule(cosh(x), x, Normal(0, 2), Facts()) is None
    # The mean of a Cauchy law does not exist, and the checker says that it is not shown to.
    wrong = rule(x, x, Cauchy(0, 1), Facts())
    assert not check_steps(Expectation(x, x, Cauchy(0, 1)), wrong.steps, wrong.value).is_proved


def test_the_lines_that_the_guide_adds_to_are_there() -> None:
    """The context lines of the worked diffs stand in the files that they name."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for path, hunk in re.findall(r"^\+\+\+ b/(\S+)\n@@\n((?:[ +].*\n)+)", text, flags=re.MULTILINE):
        present = (ROOT / path).read_text(encoding="utf-8")
        for line in hunk.splitlines():
            if line.startswith(" "):
                assert line[1:] in present, (path, line)
