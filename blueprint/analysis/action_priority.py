"""Action priority of a risk from severity, occurrence and detection (domain 9.2).

Provenance: modelled on the action priority of the AIAG–VDA FMEA handbook (2019), which is not public;
the table was compared with two public transcriptions. Where the three differ, the most severe letter is
taken. A house with the handbook at hand should compare.
"""

from __future__ import annotations

from typing import Literal

Priority = Literal["H", "M", "L"]

_SEVERITY = (9, 7, 4, 2, 1)
_OCCURRENCE = (8, 6, 4, 2, 1)
_DETECTION = (7, 5, 2, 1)
"""The lowest rating of each band, worst band first."""

_TABLE: tuple[tuple[str, ...], ...] = (
    ("HHHH", "HHHH", "HHHM", "HMLL", "LLLL"),
    ("HHHH", "HHHM", "HMMM", "MMLL", "LLLL"),
    ("HHMM", "MMML", "MLLL", "LLLL", "LLLL"),
    ("MMLL", "LLLL", "LLLL", "LLLL", "LLLL"),
    ("LLLL", "LLLL", "LLLL", "LLLL", "LLLL"),
)
"""Rows: bands of severity; columns: bands of occurrence; letters: bands of detection; worst first."""

_CONTESTED: dict[tuple[int, int, int], str] = {
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


def action_priority(severity: int, occurrence: int, detection: int) -> Priority:
    """Return H (act or say why not), M (should act) or L (could act) for three ratings of 1 to 10."""
    letter = min(_letters(severity, occurrence, detection), key="HML".index)
    return "H" if letter == "H" else "M" if letter == "M" else "L"


def contested(severity: int, occurrence: int, detection: int) -> bool:
    """Whether published versions of the table differ for these ratings."""
    return len(_letters(severity, occurrence, detection)) > 1


def _letters(severity: int, occurrence: int, detection: int) -> str:
    cell = (
        _band(severity, _SEVERITY),
        _band(occurrence, _OCCURRENCE),
        _band(detection, _DETECTION),
    )
    return _CONTESTED.get(cell) or _TABLE[cell[0]][cell[1]][cell[2]]


def _band(rating: int, lowest: tuple[int, ...]) -> int:
    return next((band for band, low in enumerate(lowest) if rating >= low), len(lowest) - 1)
