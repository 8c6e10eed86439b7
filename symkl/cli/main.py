"""The entry point of `symkl`: arguments in, one answer on standard output or one clear line on standard error."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import Any, NoReturn, Protocol

from symkl.cli.commands import atlas, catalogue, check, derive, evaluate, measures, prove, theorems, verify
from symkl.errors import HeaderWarning, NoClosedForm, ParseError, SymklError, Undecided

__all__ = ["main", "run"]

WRONG_INPUT, UNDECIDED, INTERNAL, INTERRUPTED = 2, 3, 70, 130
#: The reader of standard output went away before there was an answer: what the shell gives for SIGPIPE.
READER_GONE = 141
SHOWN, LONGEST = 100, 1200


class Command(Protocol):
    """What a command module offers."""

    @property
    def NAME(self) -> str: ...
    @property
    def HELP(self) -> str: ...
    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, args: Any) -> int: ...


COMMANDS: tuple[Command, ...] = (
    measures.KL,
    measures.ENTROPY,
    measures.CROSS_ENTROPY,
    derive,
    evaluate,
    prove,
    check,
    theorems,
    verify,
    catalogue,
    atlas,
)


class _Parser(argparse.ArgumentParser):
    """One line for a wrong call, and no abbreviations of options."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**{**keywords, "allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message} (see {self.prog} --help)", file=sys.stderr)
        raise SystemExit(WRONG_INPUT)


def parser() -> argparse.ArgumentParser:
    """All commands and options."""
    whole = _Parser(
        prog="symkl",
        description="Computer algebra for relative entropy: closed forms with derivations, proofs, exact numbers.",
        epilog="Exit status: 0 done; 1 no (refuted, a check failed); 2 wrong input; 3 undecided, or no closed form found.",
    )
    whole.add_argument("--version", action="version", version=_version())
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for command in COMMANDS:
        sub = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.add_arguments(sub)
        sub.set_defaults(run=command.run)
    return whole


def _version() -> str:
    from symkl import __version__

    return f"symkl {__version__}"


def _arguments(arguments: Sequence[str] | None) -> Any:
    """The parsed arguments; argparse gives up an optional Q that stands after an option, so it is picked up here."""
    whole = parser()
    given = [_positional(text) for text in (sys.argv[1:] if arguments is None else arguments)]
    args, rest = whole.parse_known_args(given)
    if rest and getattr(args, "Q", "") is None and not rest[0].startswith("--"):
        args.Q = rest.pop(0)
    if rest:
        whole.error(f"unrecognized arguments: {' '.join(rest)}")
    return args


def _positional(text: str) -> str:
    """-log(2) is an expression and no option: argparse takes it for one unless it holds a space."""
    is_option = text.startswith(("-f", "-h")) and "(" not in text or text[2:3].isalpha() and text.startswith("--")
    return f" {text}" if text.startswith("-") and text != "-" and not is_option and text != "--" and not text[1:].isdigit() else text


def run(arguments: Sequence[str] | None = None) -> int:
    """Parse the arguments, run the command, and turn every error into its line and exit status."""
    status = READER_GONE
    try:
        args = _arguments(arguments)
        with _notes():
            status = args.run(args)
        if sys.stdout is not None:  # closed by whoever started us
            sys.stdout.flush()
        return status
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else WRONG_INPUT
    except ParseError as error:
        return _complain(_placed(error), WRONG_INPUT)
    except (NoClosedForm, Undecided) as error:
        return _complain(_one_line(error), UNDECIDED)
    except SymklError as error:
        return _complain(_one_line(error), WRONG_INPUT)
    except BrokenPipeError:
        # The reader went away, as `| head` does; standard output is replaced so that closing it raises nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return status
    except KeyboardInterrupt:
        return _complain("interrupted", INTERRUPTED)
    except OSError as error:
        return _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error), WRONG_INPUT)
    except Exception as error:  # the last line of defence: a person gets one line, not a traceback
        if os.environ.get("SYMKL_TRACEBACK"):
            raise
        told = " ".join(str(error).split())
        return _complain(f"internal error: {type(error).__name__}: {told} (please report it; SYMKL_TRACEBACK=1 shows where)", INTERNAL)


@contextmanager
def _notes() -> Iterator[None]:
    """A note on how the first line of a table was taken is one line on standard error."""
    usual = warnings.showwarning

    def show(message: Any, category: type[Warning], *rest: Any, **keywords: Any) -> None:
        if issubclass(category, HeaderWarning):
            print(f"symkl: {message}", file=sys.stderr)
        else:
            usual(message, category, *rest, **keywords)

    with warnings.catch_warnings():
        warnings.simplefilter("always", HeaderWarning)
        warnings.showwarning = show
        yield


def _one_line(error: SymklError) -> str:
    """The message on one line, powers and assumptions as the command line has them."""
    return " ".join(str(error).splitlines()).replace("**", "^").replace("Declare it by assumptions", "Say it by --given")


def _complain(message: str, status: int) -> int:
    """One line; a number of thousands of digits in it is cut."""
    if len(message) > LONGEST and "\n" not in message:
        message = f"{message[: LONGEST // 2]} … {message[-LONGEST // 4 :]}"
    print(f"symkl: {message}", file=sys.stderr)
    return status


def _placed(error: ParseError) -> str:
    """The message and where it stands: a caret under the text in a terminal, the column on one line elsewhere."""
    message = str(error).split("\n")[0]
    if error.position is None or not error.text:
        return message
    start = max(0, error.position - SHOWN // 2)
    line = "".join(c if c.isprintable() else " " for c in error.text[start : start + SHOWN])
    left, right = "…" * (start > 0), "…" * (start + SHOWN < len(error.text))
    if sys.stderr.isatty():
        return f"{message}\n  {left}{line}{right}\n  {' ' * (error.position - start + len(left))}^"
    return f"{message} (column {error.position + 1} of {left}{line}{right})"


def main() -> int:
    """The console script."""
    # Exact results may hold integers of more digits than Python prints by default; inputs are bounded by the grammar.
    sys.set_int_max_str_digits(0)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    with suppress(AttributeError, OSError):  # no standard output, or one without a descriptor
        out = sys.stdout
        sys.stdout = TextIOWrapper(BufferedWriter(_Patient(out.fileno(), "w", closefd=False)), out.encoding, out.errors, line_buffering=bool(out.line_buffering))
    return run()


class _Patient(FileIO):
    """Standard output that may lose its reader, as by `| head`: the rest is thrown away, and the exit status is that of the answer."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            return len(data)
