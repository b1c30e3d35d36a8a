"""Action priority of a risk from severity, occurrence and detection (domain 9.2).

Provenance: modelled on the action priority of the AIAG–VDA FMEA handbook (2019), which is not public;
the table was compared with two public transcriptions. The three agree on 92 of 100 banded cells. On the
other 8 the most severe letter is taken, and whoever shows the letter can show all three. A house with
the handbook at hand should compare, or bring its own table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final, Literal

Priority = Literal["H", "M", "L"]
Cell = tuple[int, int, int]
"""Bands of severity, occurrence and detection, worst first."""

SEVERITY: Final = (9, 7, 4, 2, 1)
OCCURRENCE: Final = (8, 6, 4, 2, 1)
DETECTION: Final = (7, 5, 2, 1)
"""The lowest rating of each band, worst band first."""

VERSIONS: Final = ("table", "copy-1", "copy-2")
"""Whose letters a contested cell holds: the recalled table, then the two public transcriptions."""

_TABLE: tuple[tuple[str, ...], ...] = (
    ("HHHH", "HHHH", "HHHM", "HMLL", "LLLL"),
    ("HHHH", "HHHM", "HMMM", "MMLL", "LLLL"),
    ("HHMM", "MMML", "MLLL", "LLLL", "LLLL"),
    ("MMLL", "LLLL", "LLLL", "LLLL", "LLLL"),
    ("LLLL", "LLLL", "LLLL", "LLLL", "LLLL"),
)
"""Rows: bands of severity; columns: bands of occurrence; letters: bands of detection; worst first."""

_CONTESTED: dict[Cell, str] = {
    (0, 2, 3): "MHM",
    (0, 3, 1): "MHH",
    (0, 3, 2): "LHM",
    (0, 3, 3): "LML",
    (0, 4, 0): "LHM",
    (0, 4, 1): "LML",
    (1, 2, 3): "MML",
    (3, 1, 0): "LLM",
}
"""Cells on which the table and the two transcriptions differ: their three letters."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table says about three ratings, and how sure that is."""

    priority: Priority
    versions: tuple[Priority, ...]
    """The letters of the versions of the table (`VERSIONS`); one letter where they agree."""

    @property
    def contested(self) -> bool:
        """Whether published versions of the table differ here."""
        return len(self.versions) > 1


@dataclass(frozen=True)
class ActionTable:
    """A banded table of action priorities; the built-in one, or a house's own copy of the handbook.

    Attributes:
        rows: by band of severity and of occurrence the letters by band of detection, worst first.
        contested: cells on which versions differ, with the letter of each.

    Raises:
        ValueError: the rows are not 5 × 5 words of four letters H, M or L, or a letter falls where a
            rating rises.
    """

    rows: tuple[tuple[str, ...], ...] = _TABLE
    contested: Mapping[Cell, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if [len(row) for row in self.rows] != [len(OCCURRENCE)] * len(SEVERITY) or any(
            len(word) != len(DETECTION) or set(word) - set("HML") for row in self.rows for word in row
        ):
            raise ValueError("an action table has 5 rows of 5 words of 4 letters H, M or L")
        for cell in product(range(len(SEVERITY)), range(len(OCCURRENCE)), range(len(DETECTION))):
            for axis in range(3):
                better = tuple(band + (at == axis) for at, band in enumerate(cell))
                if better[axis] < (len(SEVERITY), len(OCCURRENCE), len(DETECTION))[axis]:
                    s, o, d = better
                    if "HML".index(self._at((s, o, d))) < "HML".index(self._at(cell)):
                        raise ValueError(f"the letter of band {cell} is lower than that of {better}")

    def _at(self, cell: Cell) -> str:
        return min(self.contested.get(cell) or self.rows[cell[0]][cell[1]][cell[2]], key="HML".index)

    def read(self, severity: int, occurrence: int, detection: int) -> Reading:
        """Return the priority of three ratings of 1 to 10: of contested letters the most severe."""
        cell = (_band(severity, SEVERITY), _band(occurrence, OCCURRENCE), _band(detection, DETECTION))
        letters = self.contested.get(cell) or self.rows[cell[0]][cell[1]][cell[2]]
        return Reading(_letter(self._at(cell)), tuple(_letter(letter) for letter in letters))


STANDARD: Final = ActionTable(_TABLE, _CONTESTED)
"""The built-in table."""


def action_priority(severity: int, occurrence: int, detection: int) -> Priority:
    """Return H (act or say why not), M (should act) or L (could act) for three ratings of 1 to 10."""
    return STANDARD.read(severity, occurrence, detection).priority


def contested(severity: int, occurrence: int, detection: int) -> bool:
    """Whether published versions of the table differ for these ratings."""
    return STANDARD.read(severity, occurrence, detection).contested


def _letter(letter: str) -> Priority:
    return "H" if letter == "H" else "M" if letter == "M" else "L"


def _band(rating: int, lowest: tuple[int, ...]) -> int:
    return next((band for band, low in enumerate(lowest) if rating >= low), len(lowest) - 1)
