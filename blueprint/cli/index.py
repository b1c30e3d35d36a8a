"""The page that opens a folder of pictures: every journey with the service behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from blueprint import api
from blueprint.cli.pictures import DrawnView, Exhibition, Picture
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint

if TYPE_CHECKING:
    from blueprint.analysis.results import BlueprintAnalysis
    from blueprint.export import gallery

_NAMES: dict[str, str] = {"map": "Journey map", "blueprint": "Service blueprint", "flow": "Flow"}
_LANGUAGES = {"en": "English", "zh": "中文"}
_STATES = {"as-is": "As-is", "to-be": "To-be"}


def index_page(exhibits: Sequence[Exhibition], pictures: Sequence[Picture]) -> bytes:
    """Write the page that shows the folder."""
    from blueprint.export import gallery
    from blueprint.scene.themes import THEMES

    by_view: dict[str, list[Picture]] = {}
    for picture in pictures:
        by_view.setdefault(picture.view.stem, []).append(picture)
    journeys = {one.document.model.id for one in exhibits if isinstance(one.document.model, Journey)}
    behind: dict[str, list[Exhibition]] = {}
    first: list[Exhibition] = []
    for one in sorted(exhibits, key=lambda one: one.document.id):
        model = one.document.model
        if isinstance(model, ServiceBlueprint) and model.journey in journeys:
            behind.setdefault(model.journey, []).append(one)
        else:
            first.append(one)
    shown = tuple(_exhibit(one, behind.get(one.document.id, ()), by_view) for one in first)
    return gallery.export(shown, THEMES["light"], THEMES["dark"], title="Journeys and blueprints")


def _exhibit(
    exhibit: Exhibition, behind: Sequence[Exhibition], by_view: dict[str, list[Picture]]
) -> gallery.Exhibit:
    from blueprint.analysis.results import JourneyAnalysis
    from blueprint.export import gallery
    from blueprint.views import cover
    from blueprint.views.details import figures_of

    document = exhibit.document
    model = document.model
    if not isinstance(model, (Journey, ServiceBlueprint)):
        raise TypeError(f"{document.source.name} is no exhibit")
    language = exhibit.views[0].language
    others = sorted({view.language for view in exhibit.views} - {language})
    analysis: JourneyAnalysis | BlueprintAnalysis | None
    try:
        analysis = api.analyse(document, exhibit.views[0].workspace)
    except api.Uncomputable:
        analysis = None
    walked = analysis if isinstance(analysis, JourneyAnalysis) else None
    title = model.heading.pick(language)
    drawings = [drawing for one in (exhibit, *behind) for drawing in _drawings(one, by_view)]
    return gallery.Exhibit(
        id=model.id,
        title=title,
        other_titles=tuple(
            (other, said) for other in others if (said := model.heading.pick(other)) != title
        ),
        summary=model.summary.pick(language) if model.summary else "",
        badge=_STATES[model.state] if isinstance(model, Journey) else "",
        figures=figures_of(model, analysis, "en"),
        drawings=tuple(sorted(drawings, key=_place)),
        language=language,
        cover=cover.draw(model, walked, language) if isinstance(model, Journey) else None,
    )


def _place(drawing: gallery.Drawing) -> int:
    """Order the program's own pictures as it knows them, those of plugins behind."""
    order = list(_NAMES.values())
    return order.index(drawing.label) if drawing.label in order else len(order)


def _drawings(exhibit: Exhibition, by_view: dict[str, list[Picture]]) -> Iterator[gallery.Drawing]:
    """Yield every view of a document with its files in every language."""
    from blueprint.export import gallery

    views: dict[str, list[DrawnView]] = {}
    for view in exhibit.views:
        views.setdefault(view.name, []).append(view)
    for name, spoken in views.items():
        editions = tuple(
            gallery.Edition(
                "" if view.alone else _LANGUAGES.get(view.language, view.language),
                tuple((picture.form, picture.name) for picture in by_view.get(view.stem, ())),
            )
            for view in spoken
        )
        if not any(edition.files for edition in editions):
            continue
        # What a plugin draws goes by the name under which it offers it.
        yield gallery.Drawing(
            _NAMES.get(name, name.replace("-", " ").capitalize()), editions, spoken[0].scene.width
        )
