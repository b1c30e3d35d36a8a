"""Drawing a document, and what there is to say about the drawing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint.api.analysing import delivery_or_none, figures_or_none
from blueprint.api.catalogue import VIEWS, failure_of, view_named, views
from blueprint.api.documents import languages_of, views_of
from blueprint.api.refusals import NothingToDrawError, PluginFailedError
from blueprint.diagnostic import Message
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.service import ServiceBlueprint
from blueprint.source.document import Document
from blueprint.source.workspace import Workspace

if TYPE_CHECKING:
    from blueprint.scene.shapes import Scene
    from blueprint.views.view import View


def draw(
    document: Document,
    workspace: Workspace,
    *,
    view: str | None = None,
    language: str | None = None,
    density: str = "normal",
    bare: bool = False,
    rows: frozenset[str] | None = None,
) -> Scene:
    """Draw a document.

    Args:
        document: A journey or a service blueprint.
        workspace: Where personas, journeys and blueprints are looked up.
        view: Which picture; the document's main one where it is None.
        language: The reader's language; the document's own where it is None.
        density: `compact`, `normal` or `roomy` columns (map only).
        bare: Leave out header and legend, for a page that tells them itself.
        rows: Labels of the rows of a map to draw (`emotion`, `pains`); all there are where it is None.

    Raises:
        NothingToDrawError: the document has no such picture.
    """
    from blueprint.views.view import CannotDrawError, Sitting

    model = document.model
    if not isinstance(model, (Journey, ServiceBlueprint)):
        if model is not None and not isinstance(model, Persona):
            raise NothingToDrawError(
                "a playbook has no picture; `blueprint playbook show` prints its entries",
                "手册没有图；`blueprint playbook show` 可列出其条目",
            )
        if model is not None:
            raise NothingToDrawError(
                "a persona has no picture of its own; draw a journey that names it",
                "画像没有单独的图；请绘制引用它的旅程",
            )
        raise NothingToDrawError(
            "the document could not be read; `blueprint check` says why",
            "无法读取此文档；`blueprint check` 会说明原因",
        )
    view = view or views_of(document)[0]
    picture = view_named(view)
    journey, blueprint = _sitters(model, workspace, view, picture)
    sitting = Sitting(
        journey=journey,
        blueprint=blueprint,
        analysis=figures_or_none(journey, workspace) if journey else None,
        delivery=delivery_or_none(blueprint, journey) if blueprint else None,
        personas=workspace.personas_of(journey) if journey else {},
        language=language or languages_of(document)[0],
        file=Path(document.source.name).name,
        digest=hashlib.sha256(document.source.text.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        density=density,
        bare=bare,
        rows=rows,
    )
    try:
        return picture.draw(sitting)
    except CannotDrawError as error:
        raise NothingToDrawError(*error.message) from error
    except Exception as error:
        failure = failure_of("views", view, error)
        if failure is None:
            raise
        raise failure from error


def views_for(document: Document, workspace: Workspace) -> tuple[str, ...]:
    """Return the pictures to draw of a document: its own, then those of the plugins in use that are of it.

    Pictures of plugins that cannot be used are named as well; drawing them says why.
    """
    model = document.model
    own = views_of(document)
    if not own:
        return ()
    kind = "journey" if isinstance(model, Journey) else "blueprint"
    found = list(own)
    for name in views()[len(VIEWS) :]:
        try:
            view = view_named(name)
        except PluginFailedError:
            found.append(name)
            continue
        behind = not view.delivery or not isinstance(model, Journey) or workspace.blueprints_of(model.id)
        if kind in view.of and behind:
            found.append(name)
    return tuple(found)


def _sitters(
    model: Journey | ServiceBlueprint, workspace: Workspace, view: str, picture: View
) -> tuple[Journey | None, ServiceBlueprint | None]:
    """Return the journey and the blueprint that a picture shows."""
    if isinstance(model, ServiceBlueprint):
        if "blueprint" not in picture.of:
            raise NothingToDrawError(
                f"a service blueprint has no `{view}` view; draw its journey `{model.journey}` for that",
                f"服务蓝图没有 `{view}` 视图；请改为绘制其旅程 `{model.journey}`",
            )
        return workspace.journey(model.journey), model
    if "journey" not in picture.of:
        raise NothingToDrawError(
            f"a journey has no `{view}` view; draw its service blueprint for that",
            f"旅程没有 `{view}` 视图；请改为绘制其服务蓝图",
        )
    if not picture.delivery:
        return model, None
    behind = workspace.blueprints_of(model.id)
    if not behind:
        raise NothingToDrawError(
            f"no service blueprint delivers the journey `{model.id}`; write one with "
            f"`journey: {model.id}` beside it",
            f"没有服务蓝图支撑旅程 `{model.id}`；请在它旁边写一份带有 `journey: {model.id}` 的服务蓝图",
        )
    return model, behind[0]


def flow_advice(scene: Scene) -> Message | None:
    """Return the one line to print where a flow had to do without Graphviz."""
    from blueprint.views import flow

    return flow.NO_GRAPHVIZ if flow.layout_of(scene) == "columns" else None


def missing_characters(scene: Scene) -> tuple[str, ...]:
    """Return the characters that the bundled font lacks, so that each machine shows its own."""
    from blueprint.export import typeface

    return typeface.missing(scene)
