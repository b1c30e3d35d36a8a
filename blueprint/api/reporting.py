"""The page a director reads: a chapter for each journey and service blueprint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, get_args

from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis, Uncomputable
from blueprint.api.analysing import analyse, delivery_or_none
from blueprint.api.documents import languages_of, sheets_of
from blueprint.api.drawing import draw
from blueprint.api.refusals import NothingToDrawError
from blueprint.diagnostic import Message
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.source.document import Document
from blueprint.source.workspace import Workspace

if TYPE_CHECKING:
    from blueprint.scene.report import Report
    from blueprint.scene.theme import Theme
    from blueprint.views.report.chapters import Subject

ReportFormat = Literal["html", "md", "pdf"]
REPORTS: tuple[str, ...] = get_args(ReportFormat)


def report(
    documents: Sequence[Document],
    workspace: Workspace,
    to: ReportFormat,
    theme: Theme,
    *,
    language: str | None = None,
) -> bytes:
    """Write the page a director reads: a chapter for each journey and service blueprint.

    Args:
        documents: What to tell, in this order.
        workspace: Where personas, journeys, blueprints and playbooks are looked up.
        to: `html` and `pdf` have everything in them; in `md` pictures are told in words.
        theme: Colours of pages; a PDF is always printed on white.
        language: The reader's language; that of the first document where it is None.

    Raises:
        NothingToDrawError: one of the documents is neither.
    """
    told = told_report(documents, workspace, language=language)
    match to:
        case "html":
            from blueprint.export import report_html

            return report_html.export(told, theme)
        case "md":
            from blueprint.export import report_md

            return report_md.export(told)
        case "pdf":
            from blueprint.export import report_pdf

            return report_pdf.export(told)


def told_report(
    documents: Sequence[Document], workspace: Workspace, *, language: str | None = None
) -> Report:
    """Return what a report says, before it is written in a format; arguments and errors as for `report`."""
    from blueprint.views.report.chapters import report_of

    if not documents:
        raise NothingToDrawError(
            "there is nothing to report on; name a file", "没有可报告的内容；请指定文件"
        )
    given = {document.id for document in documents}
    subjects = tuple(_subject(document, workspace, language, given) for document in documents)
    return report_of(subjects, language or (languages_of(documents[0]) or ("en",))[0])


def _subject(document: Document, workspace: Workspace, language: str | None, given: set[str]) -> Subject:
    from blueprint.views.report.subject import DeliverySubject, JourneySubject, voice

    model, scene = document.model, draw(document, workspace, language=language)
    analysis: JourneyAnalysis | BlueprintAnalysis | None = None
    reason: Message | None = None
    try:
        analysis = analyse(document, workspace)
    except Uncomputable as impossible:
        reason = impossible.reason
    if isinstance(model, ServiceBlueprint):
        delivery = analysis if isinstance(analysis, BlueprintAnalysis) else None
        return DeliverySubject(
            model, delivery, reason, workspace.standards, scene, voice(scene.language, model.language)
        )
    if not isinstance(model, Journey):
        raise TypeError("`draw` lets only journeys and blueprints through")
    return JourneySubject(
        journey=model,
        analysis=analysis if isinstance(analysis, JourneyAnalysis) else None,
        reason=reason,
        personas=workspace.personas_of(model),
        standards=workspace.standards,
        sheets=sheets_of(document),
        delivery=_behind(model, workspace, given),
        scene=scene,
        say=voice(scene.language, model.language),
    )


def _behind(journey: Journey, workspace: Workspace, given: set[str]) -> BlueprintAnalysis | None:
    """Return the service behind a journey, unless it has a chapter of its own."""
    behind = workspace.blueprints_of(journey.id)
    if not behind or any(blueprint.id in given for blueprint in behind):
        return None
    return delivery_or_none(behind[0], journey)
