"""Files as bytes, those that end in .gz as what they hold."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Any, BinaryIO, cast

from symkl.errors import DomainError

__all__ = ["is_compressed", "opened", "plain_name"]

SUFFIX = ".gz"


class _Compressed(gzip.GzipFile):
    """A gzip file that says in a line what is wrong with it."""

    def read(self, size: int | None = -1) -> bytes:
        return self._told(super().read, size)

    def read1(self, size: int = -1) -> bytes:
        return self._told(super().read1, size)

    def _told(self, read: Any, size: Any) -> bytes:
        try:
            data: bytes = read(size)
            return data
        except EOFError:
            raise DomainError(f"{self.name}: the compressed file is cut short") from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise DomainError(f"{self.name}: this is no gzip file, or a damaged one ({error})") from None


def is_compressed(path: str) -> bool:
    return path.lower().endswith(SUFFIX)


def plain_name(path: str) -> str:
    """The name in small letters, without the suffix of compression: what it ends in says what the file holds.

    >>> plain_name("Counts.CSV.gz")
    'counts.csv'
    """
    return path.lower().removesuffix(SUFFIX)


def opened(path: str) -> BinaryIO:
    """The file, to be read in binary."""
    return cast("BinaryIO", _Compressed(path, "rb")) if is_compressed(path) else Path(path).open("rb")
