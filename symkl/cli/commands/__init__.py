"""The commands, one module each: `NAME`, `HELP`, `add_arguments(parser)` and `run(args)`, which returns the exit status.

What a command needs is imported when it runs, so that `symkl --help` does not import SymPy.
"""
