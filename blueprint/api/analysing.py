"""The figures of a document, and why there are none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis, Uncomputable
from blueprint.diagnostic import Message
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.service import ServiceBlueprint
from blueprint.source.document import Document
from blueprint.source.workspace import Workspace

if TYPE_CHECKING:
    from blueprint.analysis.action_priority import ActionTable


def analyse(
    document: Document, workspace: Workspace, *, persona: str | None = None
) -> JourneyAnalysis | BlueprintAnalysis:
    """Compute everything about a journey or a service blueprint.

    Args:
        document: What to analyse.
        workspace: Where personas and the blueprint's journey are looked up.
        persona: Count only this persona's scores; None for all, by share.

    Raises:
        Uncomputable: the document could not be read, is a persona or a playbook, or its graph allows no
            figures.
    """
    model = document.model
    if isinstance(model, Journey):
        return _walked(model, workspace, persona)
    if isinstance(model, ServiceBlueprint):
        from blueprint.analysis.delivery import analyse_blueprint

        return analyse_blueprint(model, workspace.journey(model.journey))
    if isinstance(model, Persona):
        raise Uncomputable(
            "a persona has nothing to compute; analyse a journey that names it",
            "画像本身没有可计算的内容；请分析引用它的旅程",
        )
    if model is not None:
        raise Uncomputable(
            "a playbook has nothing to compute; analyse a journey that is held against it",
            "手册本身没有可计算的内容；请分析以它为准的旅程",
        )
    raise Uncomputable(
        "the document could not be read; run `blueprint check` on it",
        "无法读取此文档；请运行 `blueprint check` 查看原因",
    )


def _walked(journey: Journey, workspace: Workspace, persona: str | None = None) -> JourneyAnalysis:
    from blueprint.analysis.journey import analyse_journey

    return analyse_journey(
        journey,
        personas=workspace.personas_of(journey),
        persona=persona,
        priorities=_priorities(workspace),
    )


def _priorities(workspace: Workspace) -> Callable[[], ActionTable] | None:
    """Return how to get the team's own table of action priorities; None where it has no playbooks."""
    if not workspace.ids("playbook"):
        return None
    from blueprint.analysis.action_priority import table_in

    return lambda: table_in(workspace.standards)


def figures_or_none(journey: Journey, workspace: Workspace) -> JourneyAnalysis | None:
    """Return the figures of a journey; None where its graph allows none, which `check` tells."""
    try:
        return _walked(journey, workspace)
    except Uncomputable:
        return None


def delivery_or_none(blueprint: ServiceBlueprint, journey: Journey | None) -> BlueprintAnalysis | None:
    """Return the figures of the service behind a journey; None where there can be none."""
    from blueprint.analysis.delivery import analyse_blueprint

    try:
        return analyse_blueprint(blueprint, journey)
    except Uncomputable:
        return None


def why_no_figures(document: Document, workspace: Workspace) -> Message | None:
    """Return why a journey or blueprint is drawn without figures; None where it has them."""
    try:
        analyse(document, workspace)
    except Uncomputable as impossible:
        return impossible.reason
    return None
