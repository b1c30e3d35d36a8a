"""What a report says of shipped documents: whole, in both languages, with charts that clip nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from blueprint import api
from blueprint.scene.report import Block, Figures, Paragraph, Picture, Points, Report, Table
from blueprint.source.document import read_document
from blueprint.source.text import Source
from blueprint.source.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parent))
from audit import audit

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "report.yaml"
FILES = sorted(path for path in (ROOT / "journeys").glob("*.yaml"))


def told(path: Path, language: str) -> Report | None:
    workspace = api.load([path])
    documents = [document for document in workspace.documents if api.views_of(document)]
    return api.told_report(documents, workspace, language=language) if documents else None


def blocks(report: Report) -> Iterator[Block]:
    for chapter in report.chapters:
        for section in chapter.sections:
            assert section.title
            assert section.blocks
            yield from section.blocks


def texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield block.text
        case Points():
            yield from block.items
        case Figures():
            yield from (figure.value for figure in block.figures)
        case Table():
            yield from (
                block.caption,
                *block.columns,
                *(cell for row in block.rows for cell in row if cell),
            )
        case Picture():
            yield from (block.caption, block.scene.description)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_document_has_a_whole_report(path: Path, language: str) -> None:
    report = told(path, language)
    if report is None:
        return
    prefixes = []
    for block in blocks(report):
        for text in texts(block):
            assert text.strip()
            assert not {"None", "nan", "inf", "{}"} & set(text.split())
        if isinstance(block, Table):
            assert all(len(row) == len(block.columns) for row in block.rows)
        if isinstance(block, Picture):
            prefixes.append(block.scene.prefix)
            if not block.wide:
                assert audit(block.scene) == []
    assert len(set(prefixes)) == len(prefixes)


def sections(report: Report) -> dict[str, tuple[Block, ...]]:
    return {section.title: section.blocks for section in report.chapters[0].sections}


def test_both_languages_say_the_same_in_the_same_order() -> None:
    reports = [told(DATA, language) for language in ("en", "zh")]
    shapes = [
        [
            (type(block).__name__, len(block.rows) if isinstance(block, Table) else 0)
            for block in blocks(report)
        ]
        for report in reports
        if report is not None
    ]
    assert shapes[0] == shapes[1]
    assert len(shapes[0]) > 25


def test_the_order_is_the_one_in_which_a_director_asks() -> None:
    report = told(DATA, "en")
    assert report is not None
    assert list(sections(report)) == [
        "The drawing",
        "What matters",
        "What to do next",
        "The evidence",
        "What will be remembered",
        "Where it hurts",
        "What problems cost",
        "What ideas would bring",
        "What customers need",
        "What customers say, and what is watched",
        "Service quality",
        "Service levels",
        "Complaint paths",
        "What is said",
        "What to ask next",
        "What is covered, and what is not",
        "What is measured, what is assumed",
        "Standards and claims used",
    ]
    # What is decided on fits on a sheet of its own: the evidence begins a new one, and nothing else does.
    assert [s.title for s in report.chapters[0].sections if s.apart] == ["The evidence"]


def test_pains_by_money_and_by_weight_are_told_apart() -> None:
    report = told(ROOT / "journeys" / "parcel-damage-claim.yaml", "en")
    assert report is not None
    shown = sections(report)
    table = next(block for block in shown["Where it hurts"] if isinstance(block, Table))
    drawing = next(block for block in shown["The drawing"] if isinstance(block, Picture))
    points = next(block for block in shown["What matters"] if isinstance(block, Points))
    costliest = table.rows[0][0].partition(" ")[2]
    heaviest = drawing.scene.description.rpartition("The worst pain is “")[2].partition("”")[0]
    assert table.caption == "Pains, the costliest first"
    assert costliest != heaviest
    assert f"costs most is “{costliest}”" in points.items[1]
    assert f"heaviest pain is “{heaviest}”" in points.items[1]


def test_ends_of_a_narrow_interval_are_told_apart() -> None:
    report = told(ROOT / "journeys" / "parcel-damage-claim.yaml", "en")
    assert report is not None
    title = "What customers say, and what is watched"
    table = next(block for block in sections(report)[title] if isinstance(block, Table))
    intervals = [row[3].split(" … ") for row in table.rows if " … " in row[3]]
    assert intervals
    assert all(low != high for low, high in intervals)


def test_what_to_do_next_is_ranked_by_money_first() -> None:
    report = told(DATA, "en")
    assert report is not None
    table = next(block for block in sections(report)["What to do next"] if isinstance(block, Table))
    # By hand: 10% of 20,000 journeys at 45 EUR are lost after waiting, 9% after calling.
    assert "90,000 EUR a year" in table.rows[0][2]
    assert "90,000 EUR a year" in table.rows[1][2]
    assert "81,000 EUR a year" in table.rows[2][2]
    assert table.rows[0][0] == "1. Tell before the day is over"


def test_damage_is_that_of_the_formula() -> None:
    report = told(DATA, "en")
    assert report is not None
    # 20,000 customers, a quarter with a problem; 70% silent at 0.55, 30% complain; 0.9 stay anyhow.
    complained = 0.5 * 0.85 + 0.2 * 0.6 + 0.3 * 0.2
    lost = 20_000 * 0.25 * (0.7 * (0.9 - 0.55) + 0.3 * (0.9 - complained))
    text = next(b for b in sections(report)["What problems cost"] if isinstance(b, Paragraph)).text
    worth = re.search(r"([\d,]+) are lost because of it, worth ([\d,]+) EUR", text)
    assert worth is not None
    said = [float(figure.replace(",", "")) for figure in worth.groups()]
    assert said == pytest.approx([lost, lost * 45], abs=0.51)


def test_pains_carry_the_same_number_in_table_and_matrix() -> None:
    report = told(ROOT / "journeys" / "wrong-steak.yaml", "en")
    assert report is not None
    shown = sections(report)["Where it hurts"]
    table = next(block for block in shown if isinstance(block, Table))
    picture = next(block for block in shown if isinstance(block, Picture))
    drawn = str(picture.scene.root)
    for row in table.rows:
        number, _, pain = row[0].partition(". ")
        if f": severity {row[2]}" in picture.scene.description and pain in picture.scene.description:
            assert f"{number} · {pain}" in drawn


def test_promises_are_told_with_what_contradicts_them() -> None:
    text = """\
journey: refund
hours: {opens: "09:00", closes: "17:00"}
stages:
  - stage: claim
    touchpoints:
      - id: ask
        title: Asks
        kinds: [first]
        emotion: 0
        promises: [{promise: Money back, due: 3d, clock: business, made: 40, kept: 38}, {promise: A call}]
      - {id: paid, title: Is paid, kinds: [end], emotion: 1, promises: [{promise: money back, due: 10d}]}
"""
    document = read_document(Source("refund.yaml", text))
    told = api.told_report([document], Workspace.of([document]), language="en")
    (section,) = [s for chapter in told.chapters for s in chapter.sections if s.title == "Promises"]
    sentences, table = section.blocks
    assert "Of 40 promises counted, 95% were kept" in sentences.text
    assert "1 of 3 name no time. Some promise one thing for different times." in sentences.text
    rows = [[str(cell) for cell in row] for row in table.rows]
    assert rows[0] == ["Money back", "Asks", "3 d (business)", "95%", "10 d · Is paid"]
    assert rows[1][2:] == ["–", "–", "–"]
    assert rows[2][4] == "3 d (business) · Asks"
