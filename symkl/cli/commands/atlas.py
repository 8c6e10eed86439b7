"""`symkl atlas`: a measure over all families, a file a result; run again after an interruption, it goes on where it was."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

__all__ = ["HELP", "NAME", "add_arguments", "run"]

NAME = "atlas"
HELP = "the table of all families against all families, in parallel and resumable; exit status 0 if every pair is settled"
SLOWEST = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", metavar="DIR", default="atlas", help="the folder of the results (default: atlas)")
    parser.add_argument("--measure", choices=("kl", "entropy"), default="kl", help="what is tabulated (default: kl)")
    parser.add_argument("--families", metavar="A,B,...", help="only these families (default: all)")
    parser.add_argument("--sample", metavar="N", type=_positive, help="only N statements, drawn at random")
    parser.add_argument("--seed", metavar="S", type=int, default=0, help="seed of --sample (default: 0)")
    parser.add_argument(
        "--certify", metavar="DIGITS", type=_positive, nargs="?", const=30, help="hold every closed form against enclosures (default: 30 digits)"
    )
    parser.add_argument("--points", metavar="N", type=_positive, default=3, help="exact random points for --certify (default: 3)")
    parser.add_argument("--jobs", metavar="N", type=_positive, help="worker processes (default: one for each processor)")
    parser.add_argument("--limit", metavar="SECONDS", type=_seconds, help="time limit of a pair (default: 60, with --certify 600)")
    parser.add_argument("--fresh", action="store_true", help="settle everything anew, whatever earlier runs have finished")
    parser.add_argument("--progress", action="store_true", help="show the progress even where standard error is not a terminal")
    parser.add_argument("--timings", metavar="FILE", help="write the seconds each statement of this run took, as CSV")


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 100_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 100000")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number of seconds")
    return value


def run(args: Any) -> int:
    from symkl.atlas import build_atlas
    from symkl.atlas.progress import Progress

    atlas = build_atlas(
        args.out,
        measure=args.measure,
        families=None if args.families is None else [name.strip() for name in args.families.split(",")],
        sample=args.sample,
        seed=args.seed,
        certify=args.certify,
        points=args.points,
        jobs=args.jobs,
        limit=args.limit or (600.0 if args.certify else 60.0),
        fresh=args.fresh,
        progress=Progress if args.progress or sys.stderr.isatty() else None,
    )
    if args.timings:
        lines = [f"{','.join(each.families)},{seconds:.3f}\n" for each, seconds in atlas.seconds.items()]
        Path(args.timings).write_text("".join(lines), encoding="utf-8")
    _report(atlas)
    return _status(atlas)


def _report(atlas: Any) -> None:
    from symkl.atlas.progress import duration

    counted = f"{len(atlas.rows)} statement{'s' if len(atlas.rows) != 1 else ''}"
    print(f"{counted}, {len(atlas.seconds)} of them settled now, in {duration(atlas.elapsed)}: {atlas.folder / 'index.md'}")
    told = {"status": atlas.counts("status"), "closed": atlas.counts("kind", "closed")}
    for title, counts in (told | {column: atlas.counts(column) for column in ("check", "certificate")}).items():
        if counts:
            print(f"  {title + ':':12} {', '.join(f'{count} {value}' for value, count in counts.items())}")
    slowest = sorted(atlas.seconds.items(), key=lambda item: -item[1])[:SLOWEST]
    if slowest:
        print(f"  {'slowest:':12} {', '.join(f'{each} {seconds:.1f} s' for each, seconds in slowest)}")
    for row in atlas.errors:
        print(f"symkl: {row.statement}: {row.reason}", file=sys.stderr)
    for row in atlas.refuted:
        print(f"symkl: {row.statement}: check {row.check}, certificate {row.certificate or 'not asked'}", file=sys.stderr)


def _status(atlas: Any) -> int:
    """1 where a check contradicts a result, 3 where a pair is not settled or not certified as asked."""
    if atlas.refuted:
        return 1
    return 0 if atlas.is_complete and "unknown" not in atlas.counts("certificate") else 3
