"""The systems of the benchmark, each asked in the way its users ask: an answer, its time, and its value at the points."""

from __future__ import annotations

import importlib
import importlib.util
import json
import math
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import sympy
from printers import AlkahestPrinter, GiacPrinter, MaximaPrinter, substitutions
from problems import Problem

__all__ = ["PYTHON_SYSTEMS", "SYSTEMS", "Answer", "System", "in_this_process"]

HERE = Path(__file__).parent
MOST_OUTPUT = 200_000
#: Evaluating an answer at the points is not what is measured.
EVALUATION = 30.0
#: Times are of the processor, so that a busy machine does not count; how many times as long by the clock something may take.
PATIENCE = 50


@dataclass(frozen=True)
class Answer:
    """`values` at the points; empty where there was no answer, and then `note` says why."""

    seconds: float
    values: tuple[str, ...] = ()
    text: str = ""
    note: str = ""


class System(ABC):
    """A computer-algebra system."""

    name: str

    @abstractmethod
    def version(self) -> str | None:
        """The installed version; None if it is not installed."""

    @abstractmethod
    def solve(self, problem: Problem, limit: float) -> Answer:
        """The divergence of the problem, with `limit` seconds for it."""


# Systems in Python: a fresh process a problem, the time taken inside, after the import ----------------------------------


class PythonSystem(System):
    """Solved by `in_this_process` in a process of its own."""

    def __init__(self, name: str, package: str) -> None:
        self.name, self.package = name, package

    def version(self) -> str | None:
        if importlib.util.find_spec(self.package) is None:
            return None
        return str(importlib.import_module(self.package).__version__)

    def solve(self, problem: Problem, limit: float) -> Answer:
        command = [sys.executable, str(HERE / "bench_peers.py"), "--child", self.name, problem.name, str(limit)]
        try:
            found = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False, timeout=PATIENCE * limit)
        except subprocess.TimeoutExpired:
            return Answer(limit, note="time limit")
        lines = [json.loads(line) for line in found.stdout.splitlines()]
        if not lines:
            return Answer(limit, note="time limit" if found.returncode == -signal.SIGXCPU else "failed")
        answer, *values = lines
        return Answer(answer["seconds"], tuple(values[0]) if values else (), answer["text"], answer["note"])


def in_this_process(name: str, problem: Problem, limit: float) -> None:
    """Say what the answer is, then its values, a line of JSON each; the system ends the process when it has had its time."""
    module, solve, values = PYTHON_SYSTEMS[name]
    importlib.import_module(module)
    start = time.process_time()
    _allow(start + limit)
    answer, note = None, ""
    try:
        answer = solve(problem)
    except Exception as error:  # noqa: BLE001  a system under test may raise anything
        note = f"{type(error).__name__}: {error}"[:300]
    print(json.dumps({"seconds": time.process_time() - start, "text": str(answer)[:1000], "note": note}), flush=True)
    _allow(time.process_time() + EVALUATION)
    if answer is not None:
        print(json.dumps(values(answer, problem)), flush=True)


def _allow(seconds: float) -> None:
    """End this process when it has used so much processor time."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), hard))


def _solve_symkl(problem: Problem) -> Any:
    from symkl import KL, derive

    derivation = derive(KL(problem.P, problem.Q))
    return derivation.result if derivation.status == "closed" else None


def _solve_sympy(problem: Problem) -> Any:
    x, support = problem.variable, problem.P.support
    operation = sympy.summation if problem.P.is_discrete else sympy.integrate
    return _first_solved(problem, lambda integrand: operation(integrand, (x, support.lower, support.upper)))


def _first_solved(problem: Problem, solve: Any) -> Any:
    product, terms = problem.integrands
    try:
        answer = solve(product)
    except Exception:  # noqa: BLE001  a system under test may raise anything
        return solve(terms)
    return solve(terms) if answer.has(sympy.Integral, sympy.Sum) else answer


def _solve_sympy_stats(problem: Problem) -> Any:
    from symkl.core.convert import to_sympy_stats

    X = to_sympy_stats(problem.P)
    return sympy.stats.E(problem.log_ratio.xreplace({problem.variable: X}))


def _sympy_values(answer: Any, problem: Problem) -> list[str]:
    found = []
    for point in problem.points:
        value = answer.subs(point)
        if value.has(sympy.Integral, sympy.Sum) and not problem.P.is_discrete or value.has(sympy.Integral):
            return []
        found.append(str(value.evalf(20)))
    return found


def _solve_alkahest(problem: Problem) -> Any:
    import alkahest

    pool = alkahest.ExprPool()
    domain = {True: "positive", None: "real", False: "real"}
    printer = AlkahestPrinter()
    names = {printer.doprint(s): pool.symbol(printer.doprint(s), domain[s.is_positive]) for s in (problem.variable, *problem.parameters)}
    read = {
        sympy.oo: lambda: pool.pos_infinity(),
        -sympy.oo: lambda: pool.integer(-1) * pool.pos_infinity(),
    }

    def expression(value: Any) -> Any:
        return read[value]() if value in read else alkahest.parse(printer.doprint(value), pool, names)

    operation = alkahest.sum_definite if problem.P.is_discrete else alkahest.integrate
    x, ends = names[printer.doprint(problem.variable)], (expression(problem.P.support.lower), expression(problem.P.support.upper))
    product, terms = problem.integrands
    try:
        result = operation(expression(product), x, *ends)
    except alkahest.AlkahestError:
        result = operation(expression(terms), x, *ends)
    return result.value, names, printer


def _alkahest_values(answer: Any, problem: Problem) -> list[str]:
    import alkahest

    value, names, printer = answer
    return [str(alkahest.eval_expr(value, {names[printer.doprint(s)]: float(v) for s, v in point.items()})) for point in problem.points]


#: What is imported before the time is taken, how a problem is solved, and how the answer is evaluated.
PYTHON_SYSTEMS: dict[str, Any] = {
    "symkl": ("symkl.derive", _solve_symkl, _sympy_values),
    "SymPy": ("sympy", _solve_sympy, _sympy_values),
    "sympy.stats": ("sympy.stats", _solve_sympy_stats, _sympy_values),
    "alkahest": ("alkahest", _solve_alkahest, _alkahest_values),
}

# Systems with a language of their own: a fresh process a problem, less the time of one that does nothing ------------------


def _used_by_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class ScriptSystem(System):
    """A program that runs a script and prints what is marked in it."""

    command: Sequence[str]

    def __init__(self) -> None:
        self.idle: float | None = None

    def version(self) -> str | None:
        if shutil.which(self.command[0]) is None:
            return None
        output, _ = self.output(self.version_script(), 20.0)
        found = re.search(r"(\d+\.\d+[.\d]*)", output)
        return found.group(1) if found else "?"

    def solve(self, problem: Problem, limit: float) -> Answer:
        if self.idle is None:
            self.idle = min(self.output("", 20.0)[1] for _ in range(3))
        spent, answer = 0.0, Answer(0.0)
        for integrand in problem.integrands:
            answer = self.asked(problem, integrand, limit - spent)
            spent += answer.seconds
            if answer.values or spent >= limit:
                break
        return replace(answer, seconds=spent)

    def asked(self, problem: Problem, integrand: sympy.Expr, limit: float) -> Answer:
        """What is answered to one form of the integrand."""
        assert self.idle is not None
        try:
            script = self.script(problem, integrand)
        except KeyError as missing:
            return Answer(0.0, note=f"has no function {missing}")
        output, seconds = self.output(script, limit + self.idle)
        marked = re.findall(r"<<(.*?)>>", output.replace("\\\n", "").replace("\n", " "), re.DOTALL)
        answer, *values = marked or [""]
        solved = min(max(seconds - self.idle, 0.001), limit)
        if not answer or seconds >= limit + self.idle:
            return Answer(solved, note="time limit" if seconds >= limit + self.idle else "failed or asks back")
        if re.search(self.unsolved, answer):
            return Answer(solved, note="unsolved", text=answer[:1000])
        return Answer(solved, tuple(value.strip() for value in values), answer[:1000])

    def output(self, script: str, limit: float) -> tuple[str, float]:
        """What the program prints, and the processor time it takes; it is ended when it has printed too much or taken too long."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "script"
            file.write_text(script)
            file.with_name("answers").write_text("pos;\nno;\n" * 50)
            before, start = _used_by_children(), time.monotonic()
            with (Path(folder) / "output").open("wb+") as output, self.stdin(file).open("rb") as stdin:
                command = [part.format(script=file) for part in self.command]
                # The limit is set in the child before the program starts; there are no threads here that this could disturb.
                popen = partial(subprocess.Popen, command, stdin=stdin, stdout=output, stderr=subprocess.STDOUT)
                process = popen(preexec_fn=lambda: _allow(limit + 1))
                while process.poll() is None and time.monotonic() - start < PATIENCE * limit and output.seek(0, 2) < MOST_OUTPUT:
                    time.sleep(0.005)
                process.kill()
                process.wait()
                output.seek(0)
                return output.read(MOST_OUTPUT).decode(errors="replace"), _used_by_children() - before

    def stdin(self, script: Path) -> Path:
        return script

    @abstractmethod
    def version_script(self) -> str: ...

    @abstractmethod
    def script(self, problem: Problem, integrand: sympy.Expr) -> str: ...

    unsolved: str


class Maxima(ScriptSystem):
    """`integrate`, or `simplify_sum`; its questions on signs are answered "positive", those on integers "no"."""

    name = "Maxima"
    command = ("maxima", "--very-quiet", "-b", "{script}")
    unsolved = r"integrate\(|'sum\(|limit\(|\binf\b|infinity|und\b|^ *\[\]"

    def stdin(self, script: Path) -> Path:
        return script.with_name("answers")

    def version_script(self) -> str:
        return "build_info();\n"

    def script(self, problem: Problem, integrand: sympy.Expr) -> str:
        printer = MaximaPrinter()
        support, x = problem.P.support, printer.doprint(problem.variable)
        term = printer.doprint(integrand)
        ends = f"{printer.doprint(support.lower).replace('-inf', 'minf')}, {printer.doprint(support.upper)}"
        facts = [f"{printer.doprint(s)} > 0" for s in problem.parameters if s.is_positive]
        facts += [printer.doprint(condition) for condition in problem.conditions if isinstance(condition, sympy.core.relational.Relational)]
        lines = ["display2d: false$", "linel: 100000$", f"assume({', '.join(facts)})$" if facts else ""]
        if problem.P.is_discrete:
            lines += ['load("simplify_sum")$', f"res: errcatch(simplify_sum(sum({term}, {x}, {ends})))$"]
        else:
            lines += [f"res: errcatch(integrate({term}, {x}, {ends}))$"]
        # The mark is put together in the script, so that its echo does not hold it.
        shown = ["res", *(f"float(subst([{substitutions(printer, point)}], res[1]))" for point in problem.points)]
        lines += [f'print(concat("<", "<", string({each}), ">>"))$' for each in shown]
        return "\n".join(lines) + "\n"


class Giac(ScriptSystem):
    """`int` or `sum`, with the signs of the parameters assumed."""

    name = "Giac"
    command = ("giac",)
    unsolved = r"integrate\(|\bint\(|\bsum\(|undef|infinity|rror|limit\("

    def version_script(self) -> str:
        return "version();\n"

    def script(self, problem: Problem, integrand: sympy.Expr) -> str:
        printer = GiacPrinter()
        support, x = problem.P.support, printer.doprint(problem.variable)
        term = printer.doprint(integrand)
        ends = f"{printer.doprint(support.lower)}, {printer.doprint(support.upper)}"
        operation = "sum" if problem.P.is_discrete else "int"
        lines = [f"assume({printer.doprint(s)} > 0):;" for s in problem.parameters if s.is_positive]
        lines.append(f"res := {operation}({term}, {x}, {ends}):;")
        shown = ["res", *(f"evalf(subst(res, [{substitutions(printer, point)}]))" for point in problem.points)]
        lines += [f'print("<" + "<" + string({each}) + ">>"):;' for each in shown]
        return "\n".join(lines) + "\n"


SYSTEMS: tuple[System, ...] = (
    PythonSystem("symkl", "symkl"),
    PythonSystem("SymPy", "sympy"),
    PythonSystem("sympy.stats", "sympy"),
    Maxima(),
    Giac(),
    PythonSystem("alkahest", "alkahest"),
)
