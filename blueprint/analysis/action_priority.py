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
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from blueprint.model.standards import Standards
    from blueprint.model.yardstick import PriorityTable

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
        severity, occurrence, detection: the lowest rating of each band, worst band first.

    Raises:
        ValueError: the rows do not fit the bands, or hold other letters than H, M and L.
    """

    rows: tuple[tuple[str, ...], ...] = _TABLE
    contested: Mapping[Cell, str] = field(default_factory=dict)
    severity: tuple[int, ...] = SEVERITY
    occurrence: tuple[int, ...] = OCCURRENCE
    detection: tuple[int, ...] = DETECTION

    def __post_init__(self) -> None:
        if [len(row) for row in self.rows] != [len(self.occurrence)] * len(self.severity) or any(
            len(word) != len(self.detection) or set(word) - set("HML") for row in self.rows for word in row
        ):
            raise ValueError("a table has a row per band of severity, a word of H, M, L per occurrence")

    def _letters(self, cell: Cell) -> str:
        return self.contested.get(cell) or self.rows[cell[0]][cell[1]][cell[2]]

    def read(self, severity: int, occurrence: int, detection: int) -> Reading:
        """Return the priority of three ratings of 1 to 10: of contested letters the most severe."""
        letters = self._letters(
            (
                _band(severity, self.severity),
                _band(occurrence, self.occurrence),
                _band(detection, self.detection),
            )
        )
        worst = min(letters, key="HML".index)
        return Reading(_letter(worst), tuple(_letter(letter) for letter in letters))

    def falls(self) -> tuple[tuple[Cell, Cell], ...]:
        """Return pairs of cells, the worse ratings first, whose letter falls where a rating rises."""
        sizes = (len(self.severity), len(self.occurrence), len(self.detection))
        found = []
        for s, o, d in product(*map(range, sizes)):
            for milder in ((s + 1, o, d), (s, o + 1, d), (s, o, d + 1)):
                if all(band < size for band, size in zip(milder, sizes, strict=True)):
                    worse, better = self._letters((s, o, d)), self._letters(milder)
                    if min(map("HML".index, worse)) > min(map("HML".index, better)):
                        found.append(((s, o, d), milder))
        return tuple(found)


def table_of(entry: PriorityTable) -> ActionTable:
    """Read a table of a playbook.

    Raises:
        ValueError: its rows do not fit its bands.
    """
    severity, occurrence, detection = (
        tuple(band.lowest for band in bands)
        for bands in (entry.severity, entry.occurrence, entry.detection)
    )
    return ActionTable(
        rows=entry.rows,
        contested={
            (
                _band(cell.severity, severity),
                _band(cell.occurrence, occurrence),
                _band(cell.detection, detection),
            ): "".join(cell.readings)
            for cell in entry.contested
        },
        severity=severity,
        occurrence=occurrence,
        detection=detection,
    )


def table_in(standards: Standards | None) -> ActionTable:
    """Return the table in force: the last one that a playbook brings, else the built-in one."""
    entries = tuple(standards.action_priority.values()) if standards else ()
    return table_of(entries[-1]) if entries else STANDARD


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
