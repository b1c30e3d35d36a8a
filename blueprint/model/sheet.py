"""A table beside a document: columns of cells, as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a CSV file holds: its columns by name, all of one length, cells without blanks around them."""

    columns: Mapping[str, tuple[str, ...]]

    @property
    def rows(self) -> int:
        """How many rows there are below the header."""
        return len(next(iter(self.columns.values()), ()))
