"""The built-in standards, and what a team's playbooks make of them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from blueprint.model.playbook import Playbook
from blueprint.model.standards import SECTIONS, Standards
from blueprint.model.values import Text
from blueprint.source.document import Document, read_document
from blueprint.source.standards import builtin_documents, builtin_standards, in_order, standards_with
from blueprint.source.text import Source
from blueprint.source.workspace import Workspace

BUILTIN = builtin_standards()
ENTRIES = list(BUILTIN.entries())
REFERENCES = {standing.reference for standing in ENTRIES}


def read(text: str) -> Document:
    return read_document(Source("own.yaml", text))


def playbook(text: str) -> Playbook:
    document = read(text)
    assert document.diagnostics == ()
    assert isinstance(document.model, Playbook)
    return document.model


def inside(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, value
    if isinstance(value, BaseModel) and not isinstance(value, Text):
        for name in type(value).model_fields:
            yield from inside(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from inside(held, f"{path}.{key}")
    elif isinstance(value, tuple):
        for at, held in enumerate(value):
            yield from inside(held, f"{path}[{at}]")


def test_every_builtin_playbook_is_without_fault() -> None:
    assert {d.source.name: d.diagnostics for d in builtin_documents() if d.diagnostics} == {}


def test_no_entry_is_lost_on_the_way() -> None:
    written = [
        f"{section}/{id}"
        for document in builtin_documents()
        for section in SECTIONS
        for id in getattr(document.model, section)
    ]
    assert sorted(written) == sorted(REFERENCES)  # also: no id is given away twice
    assert all(getattr(BUILTIN, section) for section in SECTIONS)


def test_every_entry_says_where_it_comes_from_and_whether_that_was_looked_up() -> None:
    for document in builtin_documents():
        for section in SECTIONS:
            for id, entry in getattr(document.model, section).items():
                assert entry.source, (section, id)
                assert "verified" in entry.model_fields_set, (section, id)


def test_every_text_is_there_in_both_languages() -> None:
    lacking = [
        (path, text.languages)
        for standing in ENTRIES
        for path, text in inside(standing.entry, standing.reference)
        if isinstance(text, Text) and not {"en", "zh"} <= set(text.languages)
    ]
    assert lacking == []
    assert all(standing.entry.title is not None for standing in ENTRIES)


def test_spoken_steps_and_phrases_have_cues_in_both_languages() -> None:
    for id, protocol in BUILTIN.protocols.items():
        for step in protocol.steps:
            if protocol.spoken and not step.optional:
                assert {"en", "zh"} <= set(step.cues), (id, step.id)
    for id, phrase in BUILTIN.lexicon.items():
        assert phrase.cues, id


def test_every_cue_ends_in_time_on_hostile_text() -> None:
    texts = [
        "a" * 400,
        "我" * 400,
        "you " * 100,
        "1 " * 200,
        "您确定吗?" * 80,
        "( [ { " * 60,
        "but and " * 60,
    ]
    for standing in ENTRIES:
        for path, value in inside(standing.entry, standing.reference):
            if re.search(r"\.(cues|unless|alternative|after|forbidden)\.\w+(-\w+)?$", path):
                begun = time.process_time()
                for cue in value:
                    for text in texts:
                        re.search(cue, text, re.IGNORECASE)
                assert time.process_time() - begun < 1, path


def test_references_lead_somewhere_and_contradiction_is_mutual() -> None:
    for standing in ENTRIES:
        entry = standing.entry
        for named in (*entry.contradicts, *getattr(entry, "between", ()), *getattr(entry, "entries", ())):
            assert named in REFERENCES, (standing.reference, named)
    said = {standing.reference: standing.entry.contradicts for standing in ENTRIES}
    assert [
        (one, other) for one, others in said.items() for other in others if one not in said[other]
    ] == []
    assert len(BUILTIN.contradictions) == 10
    assert all(len(it.between) >= 1 for it in BUILTIN.contradictions.values())
    disc = BUILTIN.vocabularies["disc-s003"]
    assert disc.contradicts == ("vocabularies/disc-classical",)
    assert BUILTIN.vocabularies["disc-classical"].contradicts == ("vocabularies/disc-s003",)


def test_figures_of_the_sources_are_there() -> None:
    ladder = {level.priority: (level.respond, level.resolve) for level in BUILTIN.ladders["p0-p3"].levels}
    assert ladder == {"P0": (60, 3600), "P1": (900, 7200), "P2": (1800, None), "P3": (7200, 259200)}
    assert BUILTIN.ladders["p0-p3"].levels[2].end_of_day
    crisis = [(m.begin, m.end) for m in BUILTIN.timelines["crisis"].moments]
    assert crisis == [(0, 300), (300, 900), (900, 3600), (86400, 259200)]
    assert [len(d.items) for d in BUILTIN.instruments["servqual"].dimensions] == [5, 4, 4, 5, 4]
    assert sum(d.weight or 0 for d in BUILTIN.instruments["servqual"].dimensions) == pytest.approx(1)
    assert sum(i.reversed for d in BUILTIN.instruments["servqual-1988"].dimensions for i in d.items) == 9
    assert len(BUILTIN.claims) == 30
    assert not any(claim.verified for claim in BUILTIN.claims.values())
    assert [s.id for s in BUILTIN.protocols["eoac"].steps] == ["explore", "offer", "action", "confirm"]
    assert len(BUILTIN.protocols["ting-wen"].steps) == 6
    assert {p.code for p in BUILTIN.lexicon.values() if p.code} >= {f"L{n:02}" for n in range(1, 21)}
    assert {p.code for p in BUILTIN.lexicon.values() if p.kind == "red-line"} == {
        f"RL{n}" for n in range(1, 6)
    }


def letters(severity: int, occurrence: int, detection: int) -> str:
    table = BUILTIN.action_priority["aiag-vda-2019"]
    at = [
        next(n for n, band in enumerate(bands) if band.lowest <= rating <= band.highest)
        for bands, rating in (
            (table.severity, severity),
            (table.occurrence, occurrence),
            (table.detection, detection),
        )
    ]
    return table.rows[at[0]][at[1]][at[2]]


def test_the_table_of_priorities_is_the_published_one() -> None:
    published = {
        (10, 10, 10): "H", (8, 7, 1): "M", (5, 10, 1): "M", (5, 5, 6): "L", (3, 10, 10): "M",
        (7, 5, 7): "H", (7, 5, 5): "M", (5, 8, 10): "H", (1, 10, 10): "L", (9, 6, 1): "H",
    }  # fmt: skip
    assert {ratings: letters(*ratings) for ratings in published} == published
    every = [letters(s, o, d) for s in range(1, 11) for o in range(1, 11) for d in range(1, 11)]
    assert (every.count("H"), every.count("M"), every.count("L")) == (318, 214, 468)
    table = BUILTIN.action_priority["aiag-vda-2019"]
    assert len(table.contested) == 8
    for cell in table.contested:
        assert cell.readings[0] == letters(cell.severity, cell.occurrence, cell.detection)


OWN = """
playbook: ours
protocols:
  eoac:
    extends: eoac
    steps:
      - {id: offer, cues: {en: ['\\bwe have a deal']}}
      - {id: farewell, title: Farewell, cues: {en: ['\\bgoodbye']}}
  greeting:
    title: Greeting
    source: ours
    steps: [{id: hello, cues: {en: [hello]}}]
ladders:
  p0-p3:
    extends: p0-p3
    levels: [{priority: P1, respond: 5m, resolve: 1h}]
targets:
  fcr: {title: Ours, source: ours, metric: FCR, target: ">= 70%"}
"""


def test_a_team_extends_and_replaces_by_id() -> None:
    standards = standards_with([playbook(OWN)])
    eoac, before = standards.protocols["eoac"], BUILTIN.protocols["eoac"]
    assert [s.id for s in eoac.steps] == ["explore", "offer", "action", "confirm", "farewell"]
    assert eoac.title == before.title
    assert eoac.source == before.source
    assert eoac.steps[1].cues["en"] == (*before.steps[1].cues["en"], r"\bwe have a deal")
    assert eoac.steps[1].cues["zh"] == before.steps[1].cues["zh"]
    assert "greeting" in standards.protocols
    levels = {level.priority: level.respond for level in standards.ladders["p0-p3"].levels}
    assert levels == {"P0": 60, "P1": 300, "P2": 1800, "P3": 7200}
    assert standards.ladders["p0-p3"].weights == BUILTIN.ladders["p0-p3"].weights
    assert standards.targets["fcr"].title == Text("Ours")
    assert standards.origins["protocols/eoac"] == "ours"
    assert standards.origins["protocols/ting-wen"] == "protocols"
    assert BUILTIN.protocols["eoac"] is before  # The built-in standards are never changed.


def test_playbooks_build_on_playbooks() -> None:
    first = playbook('playbook: zz\ntargets:\n  fcr: {title: A, source: a, metric: FCR, target: ">= 1%"}\n')
    second = playbook('playbook: aa\nextends: zz\ntargets:\n  fcr: {extends: fcr, target: ">= 2%"}\n')
    assert [p.id for p in in_order([second, first])] == ["zz", "aa"]
    target = standards_with([second, first]).targets["fcr"]
    assert (target.title, target.target and target.target.limit) == (Text("A"), 0.02)


def test_a_detour_is_cut() -> None:
    one = playbook("playbook: one\nextends: two\n")
    two = playbook("playbook: two\nextends: one\n")
    assert {p.id for p in in_order([one, two])} == {"one", "two"}
    own = playbook("playbook: p\ntargets:\n  a: {extends: b}\n  b: {extends: a}\n  c: {extends: nowhere}\n")
    assert not {"a", "b", "c"} & set(standards_with([own]).targets)


def test_long_chains_end() -> None:
    links = "".join(f"  t{n}: {{extends: t{n + 1}}}\n" for n in range(3000))
    last = '  t3000: {title: T, source: x, metric: m, target: ">= 1"}\n'
    targets = standards_with([playbook(f"playbook: p\ntargets:\n{links}{last}")]).targets
    assert targets["t0"].metric == targets["t3000"].metric == "m"
    many = [playbook(f"playbook: p{n}\nextends: p{n + 1}\n") for n in range(1200)]
    assert next(p.id for p in in_order(many)) == "p1199"


def test_the_workspace_finds_them(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(OWN.lstrip(), encoding="utf-8")
    (tmp_path / "j.yaml").write_text(
        "journey: j\nstages: [{stage: s, touchpoints: [{id: a, title: A}]}]\n", encoding="utf-8"
    )
    workspace = Workspace([tmp_path / "j.yaml"])
    assert [p.id for p in workspace.playbooks] == ["ours"]
    assert workspace.standards.origins["targets/fcr"] == "ours"
    assert Workspace.of([]).standards is BUILTIN


def test_a_reading_can_be_found_by_name() -> None:
    assert [s.reference for s in BUILTIN.find("eoac")] == ["protocols/eoac"]
    assert [s.reference for s in BUILTIN.find("protocols/eoac")] == ["protocols/eoac"]
    assert BUILTIN.find("nothing") == ()
    assert len(Standards.find(BUILTIN, "process")) >= 1


SAID = "title: T, source: x, steps:"


@pytest.mark.parametrize(
    ("body", "code", "place", "message"),
    [
        ("protocls: {}", "YM003", "protocls", "has no key"),
        ("protocols: {a: {source: x, steps: [{id: s}]}}", "YM005", "source: x", "has no `title`"),
        ("protocols: {a: {title: T, source: x}}", "YM005", "title: T", "has no `steps`"),
        (f"protocols: {{a: {{{SAID} [{{id: s, cues: {{en: ['(']}}}}]}}}}", "YM019", "'('", "not a regular"),
        (f"protocols: {{a: {{{SAID} [{{id: s, cues: {{en: ['(a+)+']}}}}]}}}}", "YM019", "(a+)+", "in time"),
        ("protocols: {a: {title: T, source: x, stepps: [{id: s}]}}", "YM003", "stepps", "`stepps`"),
        ("scorecards: {s: {title: T, source: x, parts: [{id: a, title: A}], weights: {a: 0.4}}}",
         "YM008", "", "sum to 0.4"),
        ("ladders: {l: {title: T, source: x, levels: [{priority: P9, respond: 1m}]}}",
         "YM009", "P9", "cannot be"),
        ("clocks: {c: {title: T, source: x, within: soon}}", "YM019", "soon", "not a duration"),
        ("targets: {t: {title: T, source: x, metric: m, target: 3}}", "YM019", "3", "not a budget"),
        ("claims: {c: {title: T, source: x, use: gossip}}", "YM009", "gossip", "cannot be"),
        ("claims: {c: {title: T, source: x, use: lore, contradicts: [c01]}}", "YM019", "c01", "reference"),
    ],
)  # fmt: skip
def test_mistakes_are_located_and_explained(body: str, code: str, place: str, message: str) -> None:
    document = read(f"playbook: ours\n{body}\n")
    assert [d.code for d in document.diagnostics] == [code]
    (found,) = document.diagnostics
    span = document.source.text[found.span.start : found.span.end]
    assert place in span
    assert message in found.message.en
    assert found.message.zh
    assert found.help is not None
