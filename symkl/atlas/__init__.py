"""The atlas: a measure over the whole catalogue, one readable file a result, computed in parallel and resumable."""

from symkl.atlas.build import Atlas, Row, build_atlas
from symkl.atlas.statements import Statement, statements

__all__ = ["Atlas", "Row", "Statement", "build_atlas", "statements"]
