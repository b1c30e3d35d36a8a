"""What stands beneath a comparison: what moved the figures, and what else is different."""

from __future__ import annotations

from collections.abc import Sequence

from blueprint.analysis.compared import Compared
from blueprint.analysis.comparison_results import FigureChange
from blueprint.analysis.comparison_told import Teller
from blueprint.scene.shapes import Ellipse, Group, Paint, Shape
from blueprint.views import comparison_causes
from blueprint.views.typeset import BODY, LABEL, STAGE, block, line

_ALSO = 12


def draw_below(
    compared: Compared,
    tell: Teller,
    matters: Sequence[str],
    x: float,
    y: float,
    width: float,
    k: float,
) -> tuple[Group, float]:
    """Say what moved the figures, and beside it what no column shows.

    Args:
        compared: what is different.
        tell: speaks to the reader.
        matters: the figures worth a place, in this order.
        x: where to begin.
        y: where to begin.
        width: the room there is, px.
        k: how much larger than usual type is.

    Returns:
        The drawing, and the y of its bottom.
    """
    figures, also = shown_figures(compared, tell, matters), _also(compared, tell)
    apart = 48.0
    beside = bool(also) and bool(figures) and width >= 1000
    half = width - apart - min(620.0 * k, width * 0.36) if beside else width
    shapes: list[Shape] = []
    bottom = y
    if figures:
        drawn, height = comparison_causes.draw(figures, tell, x, y, half, k)
        shapes.append(drawn)
        bottom = y + height
    if also:
        left = x + half + apart if beside else x
        top = y if beside or not figures else bottom + 24
        drawn, end = _column(also, left, top, width - half - apart if beside else half, k)
        shapes.append(drawn)
        bottom = max(bottom, end)
    return Group(tuple(shapes), role="below"), bottom


def shown_figures(compared: Compared, tell: Teller, matters: Sequence[str]) -> list[FigureChange]:
    """Return the figures whose causes are worth a place: what became worse, then what matters."""
    d = compared.difference
    moved = [f for f in d.figures if f.causes and tell.worth(f)] if d else []
    order = {name: at for at, name in enumerate(matters)}
    moved = [f for f in moved if f.regressed or f.name in order]
    moved.sort(key=lambda f: (not f.regressed, order.get(f.name, 9)))
    return moved[:5]


def _also(compared: Compared, tell: Teller) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what no column shows: promises, findings, the document and its parts."""
    say, d = tell.say, compared.difference
    budgets, changes = (d.budgets, d.changes) if d else ((), ())
    broken = [("negative" if b.newly_broken else "ink", tell.budget(b)) for b in budgets
              if b.before != b.after and "none" not in (b.before, b.after)]  # fmt: skip
    gained = [("negative" if f.severity >= 2 else "ink-soft", f"{f.code} {f.message.pick(tell.language)}")
              for f in compared.gained]  # fmt: skip
    lost = [("positive", f"{f.code} {f.message.pick(tell.language)}") for f in compared.lost]
    rest = [("ink", tell.change(c)) for c in changes if c.element not in ("touchpoint", "step")]
    return [
        (name, items)
        for name, items in (
            (say("Promises", "承诺的预算"), broken),
            (say("Findings gained", "新增发现"), gained),
            (say("Findings gone", "消失的发现"), lost),
            (say("Also changed", "此外还改了"), rest),
        )
        if items
    ]


def _column(
    parts: Sequence[tuple[str, Sequence[tuple[str, str]]]], x: float, y: float, width: float, k: float
) -> tuple[Group, float]:
    shapes: list[Shape] = []
    for name, items in parts:
        count = f" · {len(items)}" if len(items) > 1 else ""
        title = line(name + count, STAGE * k, weight="bold")
        shapes.append(title.at(x, y))
        y += title.height + 8
        most = _ALSO if len(parts) < 3 else 6
        for token, said in items[:most]:
            text = block(said, width - 16, BODY * k, max_lines=3)
            shapes += [
                Ellipse(x + 4, y + 8 * k, 3 * k, 3 * k, Paint(token)),
                Group((text.at(x + 16, y),), role="also", title=text.whole),
            ]
            y += text.height + 4
        if len(items) > most:
            text = line(f"… +{len(items) - most}", LABEL * k, color="ink-soft")
            shapes.append(text.at(x + 16, y))
            y += text.height + 4
        y += 14
    return Group(tuple(shapes), role="also"), y
