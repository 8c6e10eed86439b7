"""python -m checker FILE: exit status 0 if the certificate is accepted, 1 if not; - reads standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from . import check_certificate

text = sys.stdin.read() if sys.argv[1] == "-" else Path(sys.argv[1]).read_text(encoding="utf-8")
accepted, message = check_certificate(text)
try:
    print(f"accepted: {message}" if accepted else f"rejected: {message}", flush=True)
except BrokenPipeError:  # nobody reads on; the exit status still says it
    sys.stdout = None
sys.exit(0 if accepted else 1)
