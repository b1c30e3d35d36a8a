"""What the rows below the curve say: needs, pains, ideas, figures, promises."""

from __future__ import annotations

from collections.abc import Callable

from blueprint.model.complaint import Complaint
from blueprint.model.need import KanoCounts, Need
from blueprint.model.pain import Pain
from blueprint.model.touchpoint import Metric, Opportunity, Touchpoint
from blueprint.scene.shapes import Ellipse, Group, Icon, Paint, Path, Point, Rect, Segment, Shape
from blueprint.views.cells import LONGEST, Cell, bulleted, note, paragraph, stack
from blueprint.views.reading import Reading
from blueprint.views.typeset import BODY, LABEL, STAGE, Block, block, line
from blueprint.views.words import number

_KANO_LETTERS = {"must-be": "M", "performance": "O", "attractive": "A", "indifferent": "I", "reverse": "R"}
KANO_NAMES = {letter: name for name, letter in _KANO_LETTERS.items()}


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


def complaint(handling: Complaint | None, width: float, read: Reading) -> Cell | None:
    """Set how a complaint is graded, what may be granted, and who is called next."""
    if handling is None:
        return None
    label = read.label
    money = handling.authority
    grant = label["authority"].format(f"{money.amount:,.10g} {money.currency}") if money else ""
    chain = label.comma.join(
        f"{read.say(step.to)} ({label['after'].format(label.duration(step.after))})"
        if step.after
        else read.say(step.to)
        for step in handling.escalation
    )
    said = [
        block(text, width - 34, LABEL, color=color, max_lines=6)
        for text, color in ((grant, "ink"), (label["escalates"].format(chain) if chain else "", "ink-soft"))
        if text
    ]
    grade = line(handling.priority or "–", weight="bold", color="complaint")
    tall = max(18.0, sum(text.height for text in said))

    def draw(x: float, y: float) -> tuple[Shape, ...]:
        shapes: list[Shape] = [
            Rect(x, y, 26, 18, Paint(None, "complaint", 1.5), radius=4),
            grade.at(x + 13, y + 9 - grade.height / 2, "middle"),
        ]
        top = y + 1
        for text in said:
            shapes.append(text.at(x + 34, top))
            top += text.height
        return (Group(tuple(shapes), role="complaint", title=next((t.whole for t in said if t.whole), "")),)

    return Cell(tall, draw) if said or handling.priority else None


def _promise(said: Block, due: Block) -> Callable[[float, float], tuple[Shape, ...]]:
    def draw(x: float, y: float) -> tuple[Shape, ...]:
        shapes: list[Shape] = [Icon("promise", x, y + 1, 14, "promise"), said.at(x + 22, y)]
        if due.lines[0]:
            shapes.append(due.at(x + 22, y + said.height))
        return (Group(tuple(shapes), role="promise", title=said.whole),)

    return draw
