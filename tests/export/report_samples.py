"""Reports for the tests of the three formats."""

from __future__ import annotations

from pathlib import Path

from blueprint import api
from blueprint.scene.page import Figure
from blueprint.scene.report import (
    Block,
    Chapter,
    Figures,
    Paragraph,
    Picture,
    Points,
    Report,
    Section,
    Table,
)
from blueprint.scene.shapes import Scene

FILE = Path(__file__).parents[1] / "data" / "report.yaml"


def whole(language: str) -> Report:
    """Return the report of a journey that has everything."""
    workspace = api.load([FILE])
    return api.told_report(workspace.documents, workspace, language=language)


def everywhere(text: str, scene: Scene) -> Report:
    """Return a report that says a text at every place where a text can be."""
    blocks: tuple[Block, ...] = (
        Paragraph(text),
        Paragraph(text, quiet=True),
        Points((text, text)),
        Points((text, text), numbered=True),
        Figures((Figure(text, text, text), Figure("a", "1"))),
        Table(text, (text, text), ((text, text), (text, text)), frozenset({1})),
        Picture(scene, text),
    )
    chapter = Chapter("a", text, text, (text, text), (Section(text, blocks),))
    return Report(text, "en", text, (chapter, chapter))
