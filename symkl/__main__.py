"""`python -m symkl` is `symkl`."""

import sys

from symkl.cli.main import main

sys.exit(main())
