"""The rows of the map above and below the curve: what each says of every column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from blueprint.analysis.results import JourneyAnalysis
from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Touchpoint
from blueprint.views import cell_contents as contents
from blueprint.views import cells, quality_cells
from blueprint.views.cells import Cell
from blueprint.views.map_plan import Column
from blueprint.views.reading import Reading

PAD = 14.0
"""Above and below the content of a row, px."""

Make = Callable[[Touchpoint, float], Cell | None]
"""Sets what a touchpoint says in a cell of some width."""


@dataclass(frozen=True)
class Lane:
    """One row of the map."""

    name: str
    icon: str
    cells: tuple[Cell | None, ...]

    @property
    def height(self) -> float:
        """Of the row with the room around its content, px."""
        return max(cell.height for cell in self.cells if cell) + 2 * PAD


@dataclass(frozen=True)
class _Rows:
    columns: Sequence[Column]
    gutter: float
    read: Reading

    def row(self, name: str, icon: str, make: Make, *, reach: bool = False) -> Lane | None:
        """Make a row, or None where no column has anything to say.

        Args:
            name: A label of `words`.
            icon: Its sign.
            make: What makes a cell.
            reach: Whether a cell may reach into the next column of its stage where that is empty, so that
                a row with few words takes little height.
        """
        made = [make(c.touchpoint, c.width) if c.touchpoint else None for c in self.columns]
        if not any(made):
            return None
        if reach:
            for at, (here, after) in enumerate(zip(self.columns, self.columns[1:], strict=False)):
                if here.touchpoint and made[at] and not made[at + 1] and here.stage == after.stage:
                    made[at] = make(here.touchpoint, here.width + self.gutter + after.width)
        return Lane(self.read.label[name], icon, tuple(made))


def before(columns: Sequence[Column], gutter: float, read: Reading) -> list[Lane]:
    """Return the rows above the curve: what the customer does, thinks and feels."""
    rows, say = _Rows(columns, gutter, read), read.say
    made = (
        rows.row("doing", "doing", lambda t, w: cells.paragraph(say(t.doing), w - 8)),
        rows.row("thinking", "thinking", lambda t, w: cells.bubble(say(t.thinking), w)),
        rows.row("feeling", "face-4", lambda t, w: cells.paragraph(say(t.feeling), w - 8)),
    )
    return [row for row in made if row]


def after(
    columns: Sequence[Column],
    gutter: float,
    journey: Journey,
    analysis: JourneyAnalysis | None,
    read: Reading,
) -> list[Lane]:
    """Return the rows below the curve: what is needed, what hurts, what could be, what is known."""
    rows, say = _Rows(columns, gutter, read), read.say
    priority = {
        (pain.touchpoint, pain.index): pain.action_priority for pain in (analysis.pains if analysis else ())
    }
    scale = quality_cells.scale_of(journey)

    def pains(t: Touchpoint, w: float) -> Cell | None:
        return cells.stack(
            contents.pain(pain, priority.get((t.id, at)), w, read) for at, pain in enumerate(t.pains)
        )

    def ideas(t: Touchpoint, w: float) -> Cell | None:
        return cells.stack(contents.opportunity(idea, w, read) for idea in t.opportunities)

    def metrics(t: Touchpoint, w: float) -> Cell | None:
        return cells.stack((contents.metric(m, w, read) for m in t.metrics), 10)

    def evidence(t: Touchpoint, w: float) -> Cell | None:
        return cells.bulleted(map(say, t.evidence), "evidence", "evidence", w - 8)

    made = (
        rows.row("needs", "need", lambda t, w: contents.needs(t, w - 8, read)),
        rows.row("pains", "pain", pains),
        rows.row("opportunities", "opportunity", ideas),
        rows.row("metrics", "metric", metrics),
        rows.row("quality", "quality", lambda t, w: quality_cells.quality(t, w, scale, read)),
        rows.row("peak-design", "peak", lambda t, w: contents.peak_design(t, w, read), reach=True),
        rows.row(
            "complaint-handling",
            "complaint",
            lambda t, w: contents.complaint(t.complaint, w - 8, read),
            reach=True,
        ),
        rows.row("promises", "promise", lambda t, w: contents.promises(t, w - 8, read), reach=True),
        rows.row("evidence", "evidence", evidence),
        rows.row("owner", "owner", lambda t, w: cells.paragraph(say(t.owner), w - 8)),
    )
    return [row for row in made if row]
