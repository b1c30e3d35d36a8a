"""What customers need: the category of each need, whether it is met, and the Kano plane."""

from __future__ import annotations

from blueprint.analysis.needs import WORDS, NeedReading, read_needs, unmet
from blueprint.scene.report import Paragraph, Picture, Section, Table
from blueprint.views.charts.kano_plane import Spot, kano_plane
from blueprint.views.report.subject import JourneySubject, section
from blueprint.views.words import number


def needs(it: JourneySubject) -> Section | None:
    """List the needs, those not met first, and place those that were asked about."""
    found, say = read_needs(it.journey), it.say
    if not found:
        return None
    open_ = unmet(found)
    must = [reading for reading in open_ if reading.surely("M")]
    known = [reading for reading in found if reading.need.met is not None]
    are = "is" if len(open_) == 1 else "are"
    text = say(
        f"Of {len(found)} needs {len(known)} say whether they are met; {len(open_)} {are} not."
        + (f" Must-be among them: {len(must)}; without these nothing else counts." if must else ""),
        f"共写明 {len(found)} 项需求，其中 {len(known)} 项注明是否满足，{len(open_)} 项未满足"
        + (f"，其中 {len(must)} 项为必备需求：不满足则其他无从谈起。" if must else "。"),
    )
    return section(
        say("What customers need", "客户需求"), Paragraph(text), _table(it, found, open_), _plane(it, found)
    )


def category(it: JourneySubject, reading: NeedReading) -> str:
    """Return the category of a need in words, both where the rule cannot decide."""
    words = it.say.read.label.kano
    questionable = it.say("questionable", "存疑")
    return " / ".join(words.get(WORDS[c], questionable) for c in reading.categories) or "–"


def _table(it: JourneySubject, found: tuple[NeedReading, ...], open_: tuple[NeedReading, ...]) -> Table:
    say = it.say
    missing = {(reading.touchpoint.id, reading.index) for reading in open_}
    rest = [
        r for r in found if (r.touchpoint.id, r.index) not in missing and (r.asked or r.need.met is False)
    ]
    label = say.read.label
    met = {True: label["met"], False: label["unmet"], None: "–"}
    rows = []
    for reading in (*open_, *rest):
        asked = reading.asked
        basis = "–" if asked is None else f"n = {asked.measures.n}"
        if reading.declared and asked is None:
            basis = say("declared", "声明")
        name = say.read.say(reading.need.need)
        rows.append(
            (name, it.at(reading.touchpoint.id), category(it, reading), basis, met[reading.need.met])
        )
    columns = (
        say("Need", "需求"),
        say("Where", "触点"),
        say("Kano category", "Kano 类别"),
        say("Basis", "依据"),
        say("Met", "满足"),
    )
    caption = say("Needs that are not met, or that customers were asked about", "未满足或经调研的需求")
    return Table(caption, columns, tuple(rows))


def _plane(it: JourneySubject, found: tuple[NeedReading, ...]) -> Picture | None:
    spots, small = [], 0
    for reading in found:
        asked = reading.asked
        if asked is None:
            continue
        m = asked.measures
        if m.better is None or m.worse is None or m.better_interval is None or m.worse_interval is None:
            continue
        small += not m.sufficient
        better, worse = m.better_interval, m.worse_interval
        spots.append(
            Spot(
                it.say.read.say(reading.need.need),
                f"{category(it, reading)} · n = {m.n}",
                (m.better, better.low, better.high),
                (-m.worse, -worse.high, -worse.low),
            )
        )
    if not spots:
        return None
    say = it.say
    caption = say(
        "What is won by meeting a need (better) against what "
        "is lost by missing it (worse), with 95% intervals.",
        "满足需求的收益（Better）与未满足的损失（Worse），附 95% 区间。",
    )
    if small:
        caption = say.join(
            caption,
            say(f"{number(small)} rest on fewer than 30 answers.", f"{number(small)} 项的答卷少于 30 份。"),
        )
    scene = kano_plane(tuple(spots), language=say.read.language, prefix=f"{it.journey.id}-kano")
    return Picture(scene, caption)
