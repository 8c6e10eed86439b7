"""The command line: parsing and printing only. Nothing here imports SymPy before a command needs it."""
