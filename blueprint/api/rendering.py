"""Writing a drawing in a format, alone or in a page with everything that belongs to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis, Uncomputable
from blueprint.api.analysing import analyse, figures_or_none
from blueprint.api.catalogue import exporter_named, failure_of
from blueprint.api.checking import check
from blueprint.api.refusals import NothingToDrawError, RefusedError
from blueprint.diagnostic import Diagnostic
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.source.document import Document
from blueprint.source.workspace import Workspace

if TYPE_CHECKING:
    from blueprint.lint.selection import Settings
    from blueprint.scene.page import FindingLine
    from blueprint.scene.shapes import Scene
    from blueprint.scene.theme import Theme


def render(
    scene: Scene,
    to: str,
    theme: Theme,
    *,
    scale: float = 2.0,
    embed_font: bool = False,
    document: Document | None = None,
    language: str | None = None,
) -> bytes:
    """Write a scene in a format.

    Args:
        scene: What to write.
        to: A name of `formats()`. An `html` page has no details here; `page` makes a full one.
        theme: Its colours.
        scale: Pixels for each px of the drawing (png only).
        embed_font: Carry the characters used as a font (svg only; pdf and html always do).
        document: What the scene shows, for formats that are made from the document itself (`dot`).
        language: The reader's language, for the same.

    Raises:
        RefusedError: it cannot be written so: there is no such format, or the picture would be too large.
    """
    from blueprint.export.exporter import CannotExportError, Order

    exporter = exporter_named(to)
    model = document.model if document else None
    shown = model if isinstance(model, (Journey, ServiceBlueprint)) else None
    order = Order(scene, theme, scale, embed_font, shown, language or "")
    try:
        written = exporter.run(order)
        if not isinstance(written, bytes):
            raise TypeError(f"it gave {type(written).__name__}, not bytes")
    except CannotExportError as error:
        raise RefusedError(*error.message) from error
    except Exception as error:
        failure = failure_of("exporters", to, error)
        if failure is None:
            raise
        raise failure from error
    return written


def dot(document: Document, *, language: str | None = None) -> bytes:
    """Write the graph of a journey, or the steps of a blueprint, for people who use Graphviz themselves.

    Raises:
        NothingToDrawError: the document is neither.
    """
    if not isinstance(document.model, (Journey, ServiceBlueprint)):
        raise NothingToDrawError(
            "only journeys and service blueprints make a graph", "只有旅程和服务蓝图能导出为图"
        )
    from blueprint.export import dot as exporter

    return exporter.export(document.model, language=language or "").encode("utf-8")


def page(
    scene: Scene, document: Document, workspace: Workspace, theme: Theme, settings: Settings | None = None
) -> bytes:
    """Write a self-contained page: the drawing with pan and zoom, details, figures and findings."""
    from blueprint.export import html
    from blueprint.views import details

    model, language = document.model, scene.language
    if not isinstance(model, (Journey, ServiceBlueprint)):
        raise NothingToDrawError(
            "only journeys and service blueprints have a page", "只有旅程和服务蓝图有网页"
        )
    analysis: JourneyAnalysis | BlueprintAnalysis | None
    try:
        analysis = analyse(document, workspace)
    except Uncomputable:
        analysis = None
    if isinstance(model, Journey):
        walked = analysis if isinstance(analysis, JourneyAnalysis) else None
        told = details.journey_details(model, walked, language)
    else:
        journey = workspace.journey(model.journey)
        walked = figures_or_none(journey, workspace) if journey else None
        told = details.blueprint_details(model, journey, walked, language)
    return html.export(
        scene,
        theme,
        details=told,
        findings=tuple(_finding_line(d, document, language) for d in check(document, workspace, settings)),
        figures=details.figures_of(model, analysis, language),
        language=language,
    )


def _finding_line(diagnostic: Diagnostic, document: Document, language: str) -> FindingLine:
    from blueprint.scene.page import FindingLine

    at = document.source.position(diagnostic.span.start)
    kind = "touchpoint" if isinstance(document.model, Journey) else "step"
    return FindingLine(
        diagnostic.severity.word,
        diagnostic.code,
        diagnostic.message.pick(language),
        diagnostic.help.pick(language) if diagnostic.help else "",
        f"{Path(document.source.name).name}:{at.line}:{at.column}",
        (kind, diagnostic.element) if diagnostic.element else None,
    )
