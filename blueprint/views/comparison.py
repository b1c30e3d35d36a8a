"""Two versions on one grid, of a journey or of a service blueprint: what changed, and what that did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from blueprint.analysis.compared import Compared, Comparison
from blueprint.analysis.comparison_results import Difference
from blueprint.analysis.comparison_told import Teller
from blueprint.model.journey import Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.scene.shapes import Ellipse, Group, Paint, Path, Point, Scene, Segment, Shape
from blueprint.views.comparison_below import shown_figures
from blueprint.views.comparison_cards import sign
from blueprint.views.comparison_plot import DASH, GAIN, LOSS, NEW, OLD, THICK, THIN
from blueprint.views.comparison_sheet import MATTERS, Sheet
from blueprint.views.frame import LegendEntry, Mark, frame, line_mark, patch_mark
from blueprint.views.header import Figure, Gauge, Heading

if TYPE_CHECKING:
    from blueprint.views.comparison_work import WorkSheet


def scenes(comparison: Comparison, *, language: str) -> tuple[Scene, ...]:
    """Draw everything that has two versions, the worst first."""
    names = comparison.old, comparison.new
    return tuple(draw_one(it, names, language=language) for it in drawable(comparison))


def drawable(comparison: Comparison) -> list[Compared]:
    """Return what has a drawing: journeys and blueprints in two versions.

    The worst comes first; of those equally bad the one in which most changed, journeys before blueprints.
    """
    found = [it for it in comparison.documents if can_be_drawn(it)]
    found.sort(key=_urgency)
    return found


def can_be_drawn(compared: Compared) -> bool:
    """Whether a document has two versions that can be laid upon one another."""
    old, new = compared.old and compared.old.model, compared.new and compared.new.model
    kinds = isinstance(new, (Journey, ServiceBlueprint)) and type(old) is type(new)
    return kinds and compared.difference is not None


def _urgency(compared: Compared) -> tuple[int, bool, int, str]:
    d = compared.difference
    delivery = isinstance(compared.version.model, ServiceBlueprint)
    return -len(compared.regressions), delivery, -len(d.changes if d else ()), compared.version.file


def draw_one(compared: Compared, names: tuple[str, str], *, language: str) -> Scene:
    """Draw one document.

    Args:
        compared: What is different; both versions are journeys, or both are service blueprints.
        names: What the two states are called.
        language: The reader's.
    """
    old = compared.old.model if compared.old else None
    new = compared.new.model if compared.new else None
    difference = compared.difference
    if isinstance(old, ServiceBlueprint) and isinstance(new, ServiceBlueprint) and difference is not None:
        return _work(compared, old, new, difference, names, language)
    if not isinstance(old, Journey) or not isinstance(new, Journey) or difference is None:
        raise ValueError("only two versions of a journey or of a service blueprint can be drawn")
    sheet = Sheet(compared, old, new, difference, language)
    tell, say = sheet.tell, sheet.tell.say
    facts = [(say("before", "之前"), names[0]), (say("after", "之后"), names[1])]
    grounds = difference.grounds
    if grounds:
        was, now = grounds[0].measured, grounds[1].measured
        scored = f"{was}/{len(old.touchpoints)} → {now}/{len(new.touchpoints)}"
        facts.append((say("measured scores", "实测评分"), scored))
    summary = tell.summary()
    if difference.rescaled:
        summary += say(
            ". The emotion scale is another: the curves keep their shapes, not their values",
            "。情绪量表不同：曲线只比形状，不比数值",
        )
    return frame(
        Heading(
            view=say("Before and after", "前后对照"),
            title=sheet.read.say(new.heading),
            summary=summary + say(".", "。"),
            state=new.state if new.state == "to-be" else None,
            facts=tuple(facts),
        ),
        sheet.draw,
        width=sheet.width,
        language=language,
        prefix=f"diff-{new.id}",
        view="comparison",
        description=_story(compared, tell, MATTERS),
        figures=tuple(_figures(difference, tell, MATTERS, new)),
        legend=tuple(_legend(sheet)),
        file=compared.version.file,
    )


def _work(
    compared: Compared,
    old: ServiceBlueprint,
    new: ServiceBlueprint,
    difference: Difference,
    names: tuple[str, str],
    language: str,
) -> Scene:
    from blueprint.views.comparison_work import MATTERS as WORK
    from blueprint.views.comparison_work import WorkSheet

    sheet = WorkSheet(compared, old, new, difference, language)
    tell, say = sheet.tell, sheet.tell.say
    return frame(
        Heading(
            view=say("Before and after", "前后对照"),
            title=sheet.read.say(new.heading),
            summary=tell.summary() + say(".", "。"),
            facts=((say("before", "之前"), names[0]), (say("after", "之后"), names[1])),
        ),
        sheet.draw,
        width=sheet.width,
        language=language,
        prefix=f"diff-{new.id}",
        view="comparison",
        description=_story(compared, tell, WORK),
        figures=tuple(_figures(difference, tell, WORK)),
        legend=tuple(_work_legend(sheet)),
        file=compared.version.file,
    )


def _figures(
    d: Difference, tell: Teller, matters: Sequence[str], scale: Journey | None = None
) -> Iterator[Figure]:
    """Yield the figures of the head: the new value, the old one as a ring on its scale, and the change."""
    known = {figure.name: figure for figure in d.figures}
    for name in matters:
        figure = known.get(name)
        if figure is None or figure.after is None:
            continue
        seen = tell.worth(figure)
        good = "positive" if figure.delta and figure.better else "ink-soft"
        tone = "ink-soft" if not seen else "negative" if figure.worse else good
        if not seen:
            remark = tell.say("unchanged", "没有变化")
        elif figure.before is None or figure.delta is None:
            remark = tell.say("not comparable", "不可比")
        else:
            was = tell.value(figure, figure.before)
            remark = (
                f"{tell.say('was', '原为')} {was}" + tell.say(", ", "，") + tell.delta(figure, figure.delta)
            )
            remark += f" {tell.arrow(figure)}"
        gauge = None
        if figure.unit == "emotion" and scale is not None:
            low, high = scale.emotion_scale
            beside = figure.before if figure.delta is not None else None
            gauge = Gauge(low, high, scale.neutral_emotion, figure.after, beside)
        share = figure.after if figure.unit == "share" else None
        yield Figure(tell.figure(name), tell.value(figure, figure.after), remark, tone, gauge, share)


def _legend(sheet: Sheet) -> Iterator[LegendEntry]:
    say = sheet.tell.say
    scores = [(c.before, c.after) for c in sheet.columns]
    if any(a for a, _ in scores):
        yield LegendEntry(line_mark(Paint(None, OLD, THIN)), say("before", "之前"))
    if any(b for _, b in scores):
        yield LegendEntry(line_mark(Paint(None, NEW, THICK)), say("after", "之后"))
    known = [score for pair in scores for score in pair if score]
    if any(not score.measured for score in known):
        yield LegendEntry(_dashed, say("assumed: dashed, ring", "假设：虚线、圆环"))
    if any(score.measured for score in known):
        yield LegendEntry(_solid, say("measured: solid, dot", "实测：实线、圆点"))
    shaded = sheet.shaded()
    if "gain" in shaded:
        yield LegendEntry(patch_mark(GAIN), say("better than before", "优于之前"))
    if "loss" in shaded:
        yield LegendEntry(patch_mark(LOSS), say("worse than before", "劣于之前"))
    statuses = {c.status for c in sheet.columns}
    for status, en, zh in (
        ("added", "added", "新增"),
        ("removed", "removed", "移除"),
        ("changed", "changed", "有变化"),
    ):
        if status in statuses:
            yield LegendEntry(_signed(status), say(en, zh))


def _signed(status: str) -> Mark:
    return lambda x, y: Group(sign(status, x + 14, y + 8, 8))


def _dashed(x: float, y: float) -> Shape:
    ends = Segment("M", (Point(x, y + 8),)), Segment("L", (Point(x + 28, y + 8),))
    return Group(
        (Path(ends, Paint(None, NEW, 2, dash=DASH)), Ellipse(x + 14, y + 8, 4, 4, Paint("paper", NEW, 2)))
    )


def _solid(x: float, y: float) -> Shape:
    ends = Segment("M", (Point(x, y + 8),)), Segment("L", (Point(x + 28, y + 8),))
    return Group((Path(ends, Paint(None, NEW, 2)), Ellipse(x + 14, y + 8, 4, 4, Paint(NEW, NEW, 2))))


def _work_legend(sheet: WorkSheet) -> Iterator[LegendEntry]:
    from blueprint.views.comparison_work import WAYS

    say = sheet.tell.say
    of_steps = {sheet.merged.status[key] for key in sheet.cards} | set(sheet.merged.actors.values())
    of_steps |= {head.status for head in sheet.heads.values()}
    of_ways = {way.status for way in sheet.ways}
    words = (("added", "added", "新增"), ("removed", "removed", "移除"), ("changed", "changed", "有变化"))
    for status, en, zh in words:
        if status in of_steps:
            yield LegendEntry(_signed(status), say(en, zh))
    for way in (way for way in WAYS if way in of_ways and way != "same"):
        en, zh = next((f"way {en}", f"路径{zh}") for status, en, zh in words if status == way)
        yield LegendEntry(line_mark(WAYS[way]), say(en, zh))
    if sheet.times:
        yield LegendEntry(patch_mark(Paint(OLD)), say("before", "之前"))
        yield LegendEntry(patch_mark(Paint(NEW)), say("after", "之后"))


def _story(compared: Compared, tell: Teller, matters: Sequence[str]) -> str:
    """Tell the drawing in words: what came of it, figure by figure, and what happened to whom."""
    d = compared.difference
    stop = tell.say(". ", "。")
    told = [tell.headline()]
    told += [
        f"{tell.figure(f.name)} {tell.value(f, f.before)} → {tell.value(f, f.after)} ({tell.arrow(f)})"
        for f in shown_figures(compared, tell, matters)
    ]
    told += [tell.change(c) for c in (d.changes if d else ()) if c.element in ("touchpoint", "step")][:20]
    return stop.join(told) + stop.strip()
