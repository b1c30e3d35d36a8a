"""Two states of a workspace held against each other: computed, told, drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from blueprint.diagnostic import Message, Severity
from blueprint.source.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from blueprint.analysis.compared import Comparison
    from blueprint.lint.pairs import File
    from blueprint.lint.portfolio import Card
    from blueprint.lint.selection import Settings
    from blueprint.scene.shapes import Scene
    from blueprint.scene.theme import Theme


def compare(
    old: tuple[str, Workspace, Sequence[File] | None],
    new: tuple[str, Workspace, Sequence[File] | None],
    *,
    settings: Settings | None = None,
    tolerances: Mapping[str, float] = {},
    counts_from: Severity | None = Severity.WARNING,
    skipped: Sequence[tuple[str, Message]] = (),
    one: bool = False,
    cards: Mapping[Path, Card] = {},
) -> Comparison:
    """Compare two states of a workspace: what changed, what that does to the figures, what rules find.

    Args:
        old: What the old state is called, its documents, and its files; None for all to look at.
        new: The same of the new state.
        settings: What is checked on both sides.
        tolerances: By how much figures may become worse, as shares; infinite for one nobody watches.
        counts_from: The severity from which a new finding is a regression; None where none is.
        skipped: Files that could not be read, and why; they are only passed on.
        one: Compare the one file of each side, whatever their ids are.
        cards: What is known of files of the new state for rules over all files, so that those that are the
            same need not be read.
    """
    from blueprint.lint.comparison import compare_workspaces

    return compare_workspaces(
        old,
        new,
        settings=settings,
        tolerances=tolerances,
        counts_from=counts_from,
        skipped=skipped,
        one=one,
        cards=cards,
    )


def tell_comparison(
    comparison: Comparison, shape: Literal["text", "markdown"], *, language: str = "en", picture: str = ""
) -> str:
    """Write a comparison for a terminal, or as a comment of a pull request that shows a picture."""
    if shape == "text":
        from blueprint.report import comparison_text

        return comparison_text.render(comparison, language=language)
    from blueprint.report import comparison_markdown

    return comparison_markdown.render(comparison, language=language, picture=picture)


def comparison_data(comparison: Comparison, *, language: str = "en") -> dict[str, Any]:
    """Return a comparison as plain data for JSON (docs/diff.md)."""
    from blueprint.report.comparison_json import as_json

    return as_json(comparison, language)


def draw_comparison(comparison: Comparison, *, language: str = "en") -> Scene | None:
    """Draw the document that became worst, old and new on one grid; None where none has a drawing."""
    from blueprint.views import comparison as view

    found = view.drawable(comparison)
    return view.draw_one(found[0], (comparison.old, comparison.new), language=language) if found else None


def drawable_ids(comparison: Comparison) -> tuple[str, ...]:
    """Return the ids of what has a drawing, what became worst first."""
    from blueprint.views import comparison as view

    return tuple(it.version.id for it in view.drawable(comparison))


def comparison_page(comparison: Comparison, theme: Theme, *, language: str = "en") -> bytes:
    """Write a comparison as a self-contained page.

    One document gets its drawing with pan and zoom, and beside it what became of each touchpoint or step;
    several get a chapter each.
    """
    from blueprint.views import comparison as view

    scenes = view.scenes(comparison, language=language)
    if len(scenes) == len(comparison.documents) == 1:
        from blueprint.export import html
        from blueprint.views import comparison_details as beside

        compared = comparison.documents[0]
        return html.export(
            scenes[0],
            theme,
            details=beside.details_of(compared, language),
            findings=beside.findings_of(compared, language),
            figures=beside.figures_of(compared, language),
            language=language,
        )
    from blueprint.export import report_html
    from blueprint.views.comparison_report import report_of

    return report_html.export(report_of(comparison, language), theme)
