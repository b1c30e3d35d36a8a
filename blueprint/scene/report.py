"""What a report says, before anybody decides how it is printed: chapters of sections of blocks.

Everything is plain text in the reader's language, and pictures are scenes; no markup of any format.
"""

from __future__ import annotations

from dataclasses import dataclass

from blueprint.scene.page import Figure
from blueprint.scene.shapes import Scene


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together."""

    text: str
    quiet: bool = False
    """A remark about the figures rather than a finding."""


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers that matter, side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first column names its row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    """Places of columns of figures, which are aligned at the right."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its caption; its description stands for it where there are no pictures."""

    scene: Scene
    caption: str
    wide: bool = False
    """A poster, which gets a page of its own across."""


Block = Paragraph | Points | Figures | Table | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a chapter with its heading."""

    title: str
    blocks: tuple[Block, ...]
    apart: bool = False
    """Begins on a new sheet of paper: what stands before can be taken out and read alone."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """What there is to say about one document."""

    id: str
    title: str
    summary: str
    facts: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The page a director reads: a chapter for each document."""

    title: str
    language: str
    """Of our own words: `en` or `zh`."""
    contents: str
    """What the list of chapters and sections is called."""
    chapters: tuple[Chapter, ...]
