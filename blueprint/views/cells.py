"""What stands in one cell of the map: text, bubbles, needs, pains, ideas, figures.

A cell is measured when it is made and placed later, once the height of its row is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from blueprint.model.touchpoint import KanoCounts, Metric, Need, Opportunity, Pain, Touchpoint
from blueprint.scene.shapes import Ellipse, Group, Icon, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.reading import Reading
from blueprint.views.typeset import BODY, LABEL, STAGE, Block, block, line
from blueprint.views.words import number


class Cell(NamedTuple):
    """Something of a known height that can be drawn at (x, y) of its top left."""

    height: float
    draw: Callable[[float, float], tuple[Shape, ...]]


LONGEST = 14
"""Lines of a cell's text; the rest is in its title."""
_KANO_LETTERS = {"must-be": "M", "performance": "O", "attractive": "A", "indifferent": "I", "reverse": "R"}
KANO_NAMES = {letter: name for name, letter in _KANO_LETTERS.items()}


def stack(cells: Iterable[Cell], gap: float = 8) -> Cell | None:
    """Put cells under one another; None where there are none."""
    pile = tuple(cells)
    if not pile:
        return None

    def draw(x: float, y: float) -> tuple[Shape, ...]:
        shapes: list[Shape] = []
        for cell in pile:
            shapes.extend(cell.draw(x, y))
            y += cell.height + gap
        return tuple(shapes)

    return Cell(sum(cell.height for cell in pile) + gap * (len(pile) - 1), draw)


def paragraph(
    text: str, width: float, *, color: str = "ink", size: float = BODY, inset: float = 0
) -> Cell | None:
    """Set plain words."""
    body = block(text, width, size, color=color, max_lines=LONGEST)
    if not body.lines:
        return None
    return Cell(body.height, lambda x, y: (_told(body.whole, body.at(x + inset, y)),))


def bubble(text: str, width: float) -> Cell | None:
    """Set words in a speech bubble whose tail points to the lower left."""
    body = block(text, width - 24, BODY, max_lines=LONGEST)
    if not body.lines:
        return None
    tall = body.height + 16

    def draw(x: float, y: float) -> tuple[Shape, ...]:
        outline = Path(_bubble(x, y, min(width, max(72.0, body.width + 24)), tall), Paint("card", "line"))
        return (Group((outline, body.at(x + 12, y + 8)), role="thought", title=body.whole),)

    return Cell(tall + 8, draw)


def _bubble(x: float, y: float, width: float, height: float) -> tuple[Segment, ...]:
    r, right, bottom = 10.0, x + width, y + height
    return (
        Segment("M", (Point(x + r, y),)),
        Segment("L", (Point(right - r, y),)),
        Segment("Q", (Point(right, y), Point(right, y + r))),
        Segment("L", (Point(right, bottom - r),)),
        Segment("Q", (Point(right, bottom), Point(right - r, bottom))),
        Segment("L", (Point(x + 30, bottom),)),
        Segment("L", (Point(x + 18, bottom + 8),)),
        Segment("L", (Point(x + 20, bottom),)),
        Segment("L", (Point(x + r, bottom),)),
        Segment("Q", (Point(x, bottom), Point(x, bottom - r))),
        Segment("L", (Point(x, y + r),)),
        Segment("Q", (Point(x, y), Point(x + r, y))),
        Segment("Z"),
    )


def bulleted(texts: Iterable[str], icon: str, color: str, width: float) -> Cell | None:
    """Set one paragraph per text, each after a small icon."""
    cells = []
    for text in texts:
        body = block(text, width - 22, BODY, max_lines=LONGEST)
        if body.lines:
            cells.append(Cell(body.height, _bullet(body, icon, color)))
    return stack(cells, 6)


def _bullet(body: Block, icon: str, color: str) -> Callable[[float, float], tuple[Shape, ...]]:
    def draw(x: float, y: float) -> tuple[Shape, ...]:
        return (_told(body.whole, Icon(icon, x, y + 1, 14, color), body.at(x + 22, y)),)

    return draw


def kano_letter(need: Need) -> str:
    """Return the Kano letter of a need: as stated, or the most frequent answer (M, O, A, I, R on a tie)."""
    if isinstance(need.kano, KanoCounts):
        counts = {letter: getattr(need.kano, letter) for letter in "MOAIR"}
        best = max(counts, key=lambda letter: counts[letter])
        return best if counts[best] else ""
    return _KANO_LETTERS[need.kano] if need.kano else ""


def needs(touchpoint: Touchpoint, width: float, read: Reading) -> Cell | None:
    """Set the needs: Kano letter, words, and whether each is met."""
    return stack((_need(need, width, read) for need in touchpoint.needs), 10)


def _need(need: Need, width: float, read: Reading) -> Cell:
    letter = kano_letter(need)
    body = block(read.say(need.need), width - 26, BODY, max_lines=LONGEST)
    kano = line(letter, LABEL, weight="bold", color="need")
    name = read.label.kano[KANO_NAMES[letter]] if letter else ""
    verdict = "" if need.met is None else read.label["met" if need.met else "unmet"]
    state = line(verdict, color="positive" if need.met else "negative", weight="bold") if verdict else None
    kind = line(name, color="ink-soft") if name else None
    below = max((b.height for b in (state, kind) if b), default=0.0)

    def draw(x: float, y: float) -> tuple[Shape, ...]:
        shapes: list[Shape] = [letter_badge(kano, x, y)]
        shapes.append(body.at(x + 26, y))
        at, top = x + 26, y + body.height + 1
        if state:
            shapes += [verdict_sign(bool(need.met), at, top + 2), state.at(at + 14, top)]
            at += 14 + state.width + 10
        if kind:
            shapes.append(kind.at(at, top))
        return (Group(tuple(shapes), role="need", title=body.whole),)

    return Cell(max(16.0, body.height + (below + 1 if below else 0)), draw)


def letter_badge(letter: Block, x: float, y: float) -> Group:
    """Draw a Kano letter in its ring; an empty ring where the category is not known."""
    ring = Ellipse(x + 9, y + 8, 8, 8, Paint(None, "need", 1.5))
    return Group(
        (ring, letter.at(x + 9, y + 8 - letter.height / 2, "middle")) if letter.lines[0] else (ring,)
    )


def verdict_sign(good: bool, x: float, y: float) -> Path:
    """Draw a tick or a cross of 10 px."""
    if good:
        points = ((x + 1, y + 5.5), (x + 4, y + 8.5), (x + 9.5, y + 2))
        steps = tuple(Segment("L" if at else "M", (Point(*p),)) for at, p in enumerate(points))
        return Path(steps, Paint(None, "positive", 2))
    return Path(
        (
            Segment("M", (Point(x + 1.5, y + 1.5),)),
            Segment("L", (Point(x + 8.5, y + 8.5),)),
            Segment("M", (Point(x + 8.5, y + 1.5),)),
            Segment("L", (Point(x + 1.5, y + 8.5),)),
        ),
        Paint(None, "negative", 2),
    )


def note(
    texts: tuple[Block, ...], extra: Cell | None, tint: str, edge: str, width: float, role: str
) -> Cell:
    """Set blocks on a tinted card with a coloured edge, with something of its own beneath."""
    body = sum(text.height for text in texts) + 2 * (len(texts) - 1)
    tall = body + (extra.height + 4 if extra else 0) + 16

    def draw(x: float, y: float) -> tuple[Shape, ...]:
        shapes: list[Shape] = [
            Rect(x, y, width, tall, Paint(tint), radius=4),
            Rect(x, y, 3, tall, Paint(edge), radius=1.5),
        ]
        top = y + 8
        for text in texts:
            shapes.append(text.at(x + 12, top))
            top += text.height + 2
        if extra:
            shapes.extend(extra.draw(x + 12, top + 2))
        return (Group(tuple(shapes), role=role, title=next((t.whole for t in texts if t.whole), "")),)

    return Cell(tall, draw)


def pain(pain_: Pain, priority: str | None, width: float, read: Reading) -> Cell:
    """Set a pain with its action priority, its severity and what is being done about it."""
    label = read.label
    inner = width - 22
    said = block(read.say(pain_.pain), inner, BODY, max_lines=LONGEST)
    facts = label.pairs(
        label[f"priority-{priority}"] if priority else "",
        label["severity"].format(pain_.severity) if pain_.severity else "",
    )
    extra: list[Cell] = []
    if facts:
        grade = block(
            facts, inner - 22 if priority else inner, LABEL, weight="bold", color="pain", max_lines=3
        )
        extra.append(Cell(max(16.0, grade.height), _graded(grade, priority)))
    if pain_.action:
        who = label.pairs(read.say(pain_.owner), pain_.due.isoformat() if pain_.due else "")
        action = block(read.say(pain_.action), inner - 16, LABEL, max_lines=6)
        by = block(who, inner - 16, LABEL, color="ink-soft", max_lines=2)
        extra.append(Cell(action.height + by.height, _action(action, by)))
    return note((said,), stack(extra, 4), "pain-tint", "pain", width, "pain")


def _graded(grade: Block, priority: str | None) -> Callable[[float, float], tuple[Shape, ...]]:
    def draw(x: float, y: float) -> tuple[Shape, ...]:
        if not priority:
            return (grade.at(x, y),)
        solid = priority == "H"
        letter = line(priority, weight="bold", color="paper" if solid else "pain")
        box = Rect(x, y, 16, 16, Paint("pain" if solid else None, "pain", 1.5), radius=3)
        return box, letter.at(x + 8, y + 8 - letter.height / 2, "middle"), grade.at(x + 22, y + 0.5)

    return draw


def _action(action: Block, by: Block) -> Callable[[float, float], tuple[Shape, ...]]:
    def draw(x: float, y: float) -> tuple[Shape, ...]:
        middle = y + 7.5
        arrow = Path(
            (
                Segment("M", (Point(x, middle),)),
                Segment("L", (Point(x + 9, middle),)),
                Segment("M", (Point(x + 5.5, middle - 3.5),)),
                Segment("L", (Point(x + 9, middle),)),
                Segment("L", (Point(x + 5.5, middle + 3.5),)),
            ),
            Paint(None, "ink-soft", 1.5),
        )
        texts = (action.at(x + 16, y),) + ((by.at(x + 16, y + action.height),) if by.lines else ())
        return arrow, *texts

    return draw


def opportunity(idea: Opportunity, width: float, read: Reading) -> Cell:
    """Set an idea with its impact and effort as five dots each."""
    said = block(read.say(idea.opportunity), width - 22, BODY, max_lines=LONGEST)
    rated = [(read.label[name], getattr(idea, name)) for name in ("impact", "effort")]
    cells = [Cell(16.0, _rating(line(name, color="ink-soft"), value)) for name, value in rated if value]
    return note((said,), stack(cells, 0), "opportunity-tint", "opportunity", width, "opportunity")


def _rating(name: Block, value: int) -> Callable[[float, float], tuple[Shape, ...]]:
    def draw(x: float, y: float) -> tuple[Shape, ...]:
        return (name.at(x, y), *rating_dots(value, x + max(44.0, name.width + 8), y + 7.5))

    return draw


def rating_dots(value: int, x: float, y: float) -> tuple[Shape, ...]:
    """Draw five dots, the first `value` of them filled."""
    return tuple(
        Ellipse(
            x + 4 + 11 * at, y, 3.5, 3.5, Paint("opportunity" if at < value else None, "opportunity", 1.2)
        )
        for at in range(5)
    )


def metric(metric_: Metric, width: float, read: Reading) -> Cell:
    """Set a figure with its sample and date; its sign is hollow where nobody counted."""
    label = read.label
    measured = is_measured(metric_)
    name = block(read.say(metric_.metric), width - 18, LABEL, color="ink-soft", max_lines=4)
    if metric_.value is None:
        value = line(label["no-value"], BODY, color="ink-soft")
    else:
        value = line(_quantity(metric_.value.value, metric_.value.percent), STAGE, weight="bold")
    sample = label.pairs(
        label["n"].format(f"{metric_.n:,}") if metric_.n else "",
        metric_.date.isoformat() if metric_.date else "",
    )
    facts = block(
        label.pairs(
            label["target"].format(_quantity(metric_.target.value, metric_.target.percent))
            if metric_.target
            else "",
            sample,
        ),
        width - 18,
        LABEL,
        color="ink-soft",
        max_lines=3,
    )

    def draw(x: float, y: float) -> tuple[Shape, ...]:
        middle = y + name.height + value.height / 2
        shapes = (
            metric_sign(measured, x, middle),
            name.at(x + 18, y),
            value.at(x + 18, y + name.height),
            *((facts.at(x + 18, y + name.height + value.height),) if facts.lines else ()),
        )
        return (Group(shapes, role="metric", title=name.whole),)

    return Cell(name.height + value.height + facts.height, draw)


def is_measured(metric_: Metric) -> bool:
    """Tell whether somebody counted: there is a value, and a sample or a source."""
    return metric_.value is not None and (metric_.n is not None or metric_.source is not None)


def metric_sign(measured: bool, x: float, y: float) -> Path:
    """Draw a diamond of 10 px around (x + 6, y): filled where measured, hollow where assumed."""
    points = ((x + 6, y - 5), (x + 11, y), (x + 6, y + 5), (x + 1, y))
    steps = tuple(Segment("L" if at else "M", (Point(*p),)) for at, p in enumerate(points))
    return Path((*steps, Segment("Z")), Paint("metric" if measured else "paper", "metric", 1.5))


def _quantity(value: float, is_percent: bool) -> str:
    return number(value, 2 if abs(value) < 1000 else 0) + ("%" if is_percent else "")


def peak_design(touchpoint: Touchpoint, width: float, read: Reading) -> Cell | None:
    """Set which kinds of peak are designed here and which principles they keep."""
    label = read.label
    cells = [bulleted((label.peaks[p] for p in touchpoint.peak), "peak", "positive", width)]
    principles = label.pairs(*(label.principles[p] for p in touchpoint.principles))
    cells.append(paragraph(principles, width - 22, color="ink-soft", size=LABEL, inset=22))
    return stack((cell for cell in cells if cell), 4)


def promises(touchpoint: Touchpoint, width: float, read: Reading) -> Cell | None:
    """Set what the customer is told will happen, and by when."""
    cells = []
    for promise in touchpoint.promises:
        said = block(f"“{read.say(promise.promise)}”", width - 22, BODY, max_lines=LONGEST)
        due = line(
            read.label["within"].format(read.label.duration(promise.due))
            if promise.due is not None
            else "",
            weight="bold",
            color="promise",
        )
        cells.append(Cell(said.height + (due.height if due.lines[0] else 0), _promise(said, due)))
    return stack(cells)


def _promise(said: Block, due: Block) -> Callable[[float, float], tuple[Shape, ...]]:
    def draw(x: float, y: float) -> tuple[Shape, ...]:
        shapes: list[Shape] = [Icon("promise", x, y + 1, 14, "promise"), said.at(x + 22, y)]
        if due.lines[0]:
            shapes.append(due.at(x + 22, y + said.height))
        return (Group(tuple(shapes), role="promise", title=said.whole),)

    return draw


def _told(whole: str, *shapes: Shape) -> Group:
    """Group shapes so that what was left out of their text can still be read."""
    return Group(shapes, title=whole)
