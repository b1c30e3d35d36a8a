"""The touchpoint graph or the steps of a blueprint as DOT, for people who use Graphviz themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blueprint.export.exporter import CannotExportError, Exporter, Order
from blueprint.model.journey import Journey
from blueprint.model.service import ZONES, ServiceBlueprint, Step

if TYPE_CHECKING:
    import graphviz

_ZONE_COLORS = {"frontstage": "#e6f0eb", "backstage": "#f1ebf3", "support": "#efede8"}
_INK, _PAPER = "#1b2230", "#fbf9f5"


def export(document: Journey | ServiceBlueprint, *, language: str = "") -> str:
    """Write a journey or a blueprint as DOT text.

    Nodes are named by the ids of the document; every word of a person goes into an escaped label, so that
    no title becomes markup, an escape sequence or an attribute.

    Args:
        document: What to write.
        language: Which of its languages to show; its own where left out.

    Returns:
        DOT text that ends in a newline.
    """
    languages = (language or document.language, document.language)
    if isinstance(document, Journey):
        return _journey(document, languages)
    return _blueprint(document, languages)


def plain(text: str) -> str:
    """Fold white space and drop what DOT cannot carry: control characters and lone surrogates."""
    kept = "".join(c for c in text if c.isprintable() or c.isspace() or c in "\u200c\u200d")
    return " ".join(kept.split())


def _label(*texts: str) -> str:
    """Join and escape texts; the type of the answer is what keeps `<…>` from being read as HTML."""
    import graphviz

    label: str = graphviz.escape(" ".join(part for part in map(plain, texts) if part))
    return label


def _journey(journey: Journey, languages: tuple[str, ...]) -> str:
    dot = _digraph(_label(journey.heading.pick(*languages)))
    names = {id_: f"t-{id_}" for id_ in journey.touchpoints}
    for at, stage in enumerate(journey.stages):
        with dot.subgraph(name=f"cluster_{at}") as cluster:
            cluster.attr(label=_label(stage.heading.pick(*languages)), style="rounded", color="#8d867a")
            for touchpoint in stage.touchpoints:
                if journey.touchpoints[touchpoint.id] is touchpoint:
                    cluster.node(names[touchpoint.id], label=_label(touchpoint.title.pick(*languages)))
    for id_, outcome in journey.outcomes.items():
        if id_ not in names:
            names[id_] = f"o-{id_}"
            title = outcome.title.pick(*languages) if outcome.title else id_
            peripheries = "2" if outcome.result == "success" else "1"
            dot.node(names[id_], label=_label(title), shape="ellipse", peripheries=peripheries)
    for source, routes in journey.routes.items():
        for route in routes:
            if route.target in names:
                share = f"{route.share:.0%}" if route.share < 1 else ""
                when = route.when.pick(*languages) if route.when else ""
                dot.edge(names[source], names[route.target], label=_label(share, when))
    return str(dot.source)


def _blueprint(blueprint: ServiceBlueprint, languages: tuple[str, ...]) -> str:
    dot = _digraph(_label(blueprint.heading.pick(*languages)))
    dot.attr(rankdir="LR")
    steps: dict[str, Step] = {step.id: step for step in reversed(blueprint.steps)}
    for zone in ZONES:
        for actor, about in blueprint.actors.items():
            mine = [step for step in blueprint.steps if step.actor == actor and steps[step.id] is step]
            if about.zone != zone or not mine:
                continue
            with dot.subgraph(name=f"cluster_{actor}") as cluster:
                title = _label(blueprint.actor_heading(actor).pick(*languages))
                cluster.attr(label=title, style="filled,rounded", fillcolor=_ZONE_COLORS[zone], color=_INK)
                for step in mine:
                    style = "filled,dashed" if about.technology else "filled,rounded"
                    cluster.node(f"s-{step.id}", label=_label(step.does.pick(*languages)), style=style)
    drawn = {step.id for step in blueprint.steps if step.actor in blueprint.actors}
    for link in blueprint.links_between:
        if link.source in drawn and link.target in drawn:
            share = "" if link.share is None else f"{link.share:.0%}"
            when = link.spec.when.pick(*languages) if link.spec.when else ""
            dot.edge(f"s-{link.source}", f"s-{link.target}", label=_label(share, when))
    return str(dot.source)


def _digraph(title: str) -> graphviz.Digraph:
    import graphviz

    return graphviz.Digraph(
        graph_attr={"label": title, "labelloc": "t", "charset": "UTF-8", "bgcolor": _PAPER},
        node_attr={
            "shape": "box",
            "style": "filled,rounded",
            "fillcolor": "white",
            "fontname": "sans-serif",
        },
        edge_attr={"fontname": "sans-serif", "fontsize": "11", "color": _INK},
    )


def _run(order: Order) -> bytes:
    if order.model is None:
        raise CannotExportError(
            "DOT is made from a document, not from a drawing: use `blueprint.api.dot`",
            "DOT 由文档生成，而不是由图生成：请使用 `blueprint.api.dot`",
        )
    return export(order.model, language=order.language).encode("utf-8")


EXPORTER = Exporter(_run, of_model=True)
