"""Files as they look half-way through an edit, after a bad merge or a fallen cup of coffee.

Every shipped file is broken on purpose and goes the whole road: read, check, analyse, report, draw, export.
Nothing may escape but what the verbs promise.
"""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprint import api
from blueprint.analysis.as_json import as_json
from blueprint.export import html
from blueprint.report import analysis as analysis_report
from blueprint.report import as_json as findings_as_json
from blueprint.report import github, sarif, text
from blueprint.report.run import Run
from blueprint.scene.shapes import Scene
from blueprint.scene.themes import THEMES
from blueprint.source.document import Document
from blueprint.source.files import read_bytes
from blueprint.source.workspace import Workspace

ROOT = Path(__file__).parent.parent
EXAMPLES = int(os.environ.get("MUTATIONS", "100"))
"""How many files to break; raise it for an evening's hunt."""

T = TypeVar("T")
Change = Callable[[bytes, float, float, bytes], bytes]

VALUES = (
    "null", "~", "''", "true", "[]", "{}", "[[]]", "{a: {b: [c]}}", "0", "-1", "7", "1e308", "-1e308",
    "1e-320", ".inf", "-.inf", ".nan", "99999999999999999999999", "0x1F", "12:30", "no", "2024-02-30",
    "2w 3d", "P1Y", "-5m", "0s", "999999999w", "0 CNY", "340 CNY", "{amount: 1, currency: X}", "🙂",
    "重要", "'<script>'", "']]>'", "'\"'", "'&amp;'", "\u202eabc", "\u0628\u0633\u0645", "*a", "&a [*a]",
    "&a x", "!!binary aGk=", "!foo bar", "|", ">-", "'", '"', "[", "{", "]", "}", ": :", "-", "?", "@",
    "`", "%", "#", "{en: Hi, zh: 你好}", "{xx: q}", "{mean: 1, sd: 0}", "{mean: .nan}", "{p: 2}",
    "{done: rest}", "{done: 0.5}", "[done, done]", "[dropped]", "rest", "done", "first",
    "[first, end, complaint]", "'>= 0.5'", "'<= 3d'", "driver", "x-mine", "<<", "word " * 400,
    "字" * 1000, "\t", "\x07", "\\u0000", "a\u2028b", "\ufeff", "\U0001f468\u200d\U0001f469",
)  # fmt: skip
KEYS = (
    "next", "emotion", "time", "kinds", "id", "title", "stages", "touchpoints", "persona", "entry",
    "outcomes", "budgets", "traffic", "actors", "steps", "at", "actor", "zone", "wait", "decision",
    "pains", "needs", "x-a", "", "emotion_scale", "neutral", "quality", "metrics", "journey",
    "blueprint", "Título", "<<", "? a",
)  # fmt: skip


def _at(size: int, share: float) -> int:
    return min(int(share * size), size - 1) if size else 0


def flip(data: bytes, a: float, b: float, value: bytes) -> bytes:
    at = _at(len(data), a)
    return data[:at] + bytes([_at(256, b)]) + data[at + 1 :]


def insert(data: bytes, a: float, b: float, value: bytes) -> bytes:
    at = _at(len(data), a)
    return data[:at] + value + data[at:]


def truncate(data: bytes, a: float, b: float, value: bytes) -> bytes:
    return data[: _at(len(data), a)]


def cut(data: bytes, a: float, b: float, value: bytes) -> bytes:
    start = _at(len(data), a)
    return data[:start] + data[start + _at(200, b) :]


def _lines(change: Callable[[list[bytes], int, int, bytes], object]) -> Change:
    def on_lines(data: bytes, a: float, b: float, value: bytes) -> bytes:
        lines = data.splitlines(keepends=True) or [b""]
        change(lines, _at(len(lines), a), _at(len(lines), b), value)
        return b"".join(lines)

    return on_lines


def _delete_line(lines: list[bytes], i: int, j: int, value: bytes) -> None:
    del lines[i]


def _delete_block(lines: list[bytes], i: int, j: int, value: bytes) -> None:
    del lines[i : i + 1 + j % 12]


def _double_line(lines: list[bytes], i: int, j: int, value: bytes) -> None:
    lines.insert(i, lines[i])


def _double_block(lines: list[bytes], i: int, j: int, value: bytes) -> None:
    lines[i:i] = lines[i : i + 2 + j % 12]


def _swap(lines: list[bytes], i: int, j: int, value: bytes) -> None:
    lines[i], lines[j] = lines[j], lines[i]


def _indent(lines: list[bytes], i: int, j: int, value: bytes) -> None:
    for at in range(i, min(len(lines), i + 1 + j % 4)):
        lines[at] = b"  " + lines[at] if j % 2 else lines[at].removeprefix(b"  ")


def _tab(lines: list[bytes], i: int, j: int, value: bytes) -> None:
    lines[i] = lines[i].replace(b"  ", b"\t", 1)


def _mangle(pattern: bytes, put: Callable[[re.Match[bytes], bytes], bytes]) -> Change:
    """Change the piece of the text that the pattern finds at a share of its occurrences."""
    find = re.compile(pattern)

    def on_match(data: bytes, a: float, b: float, value: bytes) -> bytes:
        found = list(find.finditer(data))
        if not found:
            return data
        hit = found[_at(len(found), a)]
        return data[: hit.start()] + put(hit, value) + data[hit.end() :]

    return on_match


_KEY_AT = rb"(?m)(?<=[\s{,])[a-z_][a-z0-9_-]*(?=:\s)"
_PLAIN_AT = rb"(?<=: )[^\s,\[\]{}#][^,\[\]{}#\n]*"
_NUMBER_AT = rb"(?<=[\s\[{,])-?\d+(?:\.\d+)?(?=[\s,\]}])"

CHANGES: dict[str, Change] = {
    "flip": flip,
    "insert": insert,
    "truncate": truncate,
    "cut": cut,
    "delete line": _lines(_delete_line),
    "delete block": _lines(_delete_block),
    "double line": _lines(_double_line),
    "double block": _lines(_double_block),
    "swap": _lines(_swap),
    "indent": _lines(_indent),
    "tab": _lines(_tab),
    "value": _mangle(_PLAIN_AT, lambda hit, value: value),
    "number": _mangle(_NUMBER_AT, lambda hit, value: value),
    "key": _mangle(_KEY_AT, lambda hit, value: value.split()[0] if value.split() else b"key"),
    "misspell": _mangle(_KEY_AT, lambda hit, value: hit[0][1:] or b"q"),
    "item": _mangle(rb"(?<=[\[,] )[\w-]+|(?<=\[)[\w-]+", lambda hit, value: value),
    "flow": _mangle(rb"[\[{][^\[\]{}\n]*[\]}]", lambda hit, value: value),
    "empty": _mangle(rb"(?m): .+$", lambda hit, value: b":"),
}


@cache
def corpus() -> dict[str, bytes]:
    """Every shipped file by its name, and the smallest journeys that still have everything."""
    shipped = sorted(
        path
        for folder in ("journeys", "blueprint/templates", "blueprint/playbooks")
        for path in (ROOT / folder).rglob("*.yaml")
    )
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in shipped}


@cache
def neighbours() -> tuple[Document, ...]:
    """The shipped files unbroken, for references to find."""
    return tuple(read_bytes(name, data) for name, data in corpus().items() if name.startswith("journeys/"))


changes = st.lists(
    st.tuples(
        st.sampled_from(sorted(CHANGES)),
        st.floats(0, 1, exclude_max=True, allow_subnormal=False),
        st.floats(0, 1, exclude_max=True, allow_subnormal=False),
        st.sampled_from((*VALUES, *KEYS)).map(lambda word: word.encode()),
    ),
    min_size=1,
    max_size=4,
)


def broken(name: str, by: list[tuple[str, float, float, bytes]]) -> bytes:
    """Return a shipped file after some changes."""
    data = corpus()[name]
    for change, a, b, value in by:
        data = CHANGES[change](data, a, b, value)
    return data


def walk(name: str, data: bytes, *, raster: bool = False) -> None:
    """Take a file the whole road and say where it left it."""
    document = read_bytes(name, data)
    others = [d for d in neighbours() if d.source.name != name]
    workspace = Workspace.of([document, *others])
    found = api.check(document, workspace)
    for diagnostic in found:
        assert diagnostic.code != "IN001", diagnostic.message.en
        assert diagnostic.message.en.strip(), diagnostic
        assert diagnostic.message.zh.strip(), diagnostic
        if diagnostic.file == document.source.name:
            assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(document.source.text), (
                diagnostic
            )
    assert document.model is not None or found, "what cannot be read must be explained"
    sources = {document.source.name: document.source}
    run = Run(found, sources, [document.source.name])
    for language in ("en", "zh"):
        assert text.render(run, language=language)
        github.render(run, language=language)
        json.loads(findings_as_json.render(run, language=language))
        json.loads(sarif.render(run, language=language))
    analysis = refused_or(api.Uncomputable, lambda: api.analyse(document, workspace))
    if analysis is not None:
        json.dumps(as_json(analysis), allow_nan=False)
        for language in ("en", "zh"):
            assert analysis_report.render(analysis, language=language)
    for other in others:
        # What refers to a broken document is not broken: it says so and is drawn without it.
        if document.id and document.id in (
            getattr(other.model, "journey", ""),
            getattr(other.model, "replaces", ""),
        ):
            assert "IN001" not in {diagnostic.code for diagnostic in api.check(other, workspace)}
            for _ in drawings(other, workspace):
                pass
    for scene in drawings(document, workspace):
        svg = api.render(scene, "svg", THEMES["light"])
        ET.fromstring(svg)
        json.loads(api.render(scene, "json", THEMES["light"]))
        with pytest.MonkeyPatch.context() as patch:
            # Cutting the font down takes a hundred times as long as the rest and depends on no file.
            patch.setattr(html, "_font", lambda scene, body: "")
            assert api.page(scene, document, workspace, THEMES["light"]).startswith(b"<!doctype html>")
        if raster:
            assert api.render(scene, "png", THEMES["dark"], scale=0.2).startswith(b"\x89PNG")
            assert api.render(scene, "pdf", THEMES["print"]).startswith(b"%PDF")


def refused_or(refusal: type[Exception], verb: Callable[[], T]) -> T | None:
    """Return what a verb gives; None where it refuses, which it may only with a reason."""
    try:
        return verb()
    except refusal as no:
        reason = str(no)
    assert reason.strip()
    return None


def drawings(document: Document, workspace: Workspace) -> Iterator[Scene]:
    for language in dict.fromkeys([*api.languages_of(document), "zh"]):
        for view in api.VIEWS:
            draw = partial(api.draw, document, workspace, view=view, language=language)
            scene = refused_or(api.NothingToDrawError, draw)
            if scene is not None:
                yield scene
    if document.model is not None and api.views_of(document):
        api.dot(document)


@settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=EXAMPLES < 1000,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(name=st.sampled_from(sorted(corpus())), by=changes)
def test_no_broken_file_gets_off_the_road(name: str, by: list[tuple[str, float, float, bytes]]) -> None:
    walk(name, broken(name, by))


FOUND = {
    "two steps of one id, the first of nobody": """\
blueprint: b
journey: j
actors: {clerk: {title: Clerk, zone: frontstage}}
steps:
  - {id: a, at: ask, actor: nobody, does: Asks}
  - {id: a, at: ask, actor: clerk, does: Answers}
""",
    "two steps of one id, only the second with shares": """\
blueprint: b
journey: j
actors: {clerk: {title: Clerk, zone: frontstage}}
steps:
  - {id: a, at: ask, actor: clerk, does: Asks, next: b}
  - {id: a, at: ask, actor: clerk, does: Answers, next: {b: {p: 0.5, when: yes}, c: {p: 0.5, when: no}}}
  - {id: b, at: ask, actor: clerk, does: Writes}
  - {id: c, at: ask, actor: clerk, does: Files}
""",
    "a complaint that nobody reaches and nothing leaves": """\
journey: j
stages:
  - stage: s
    touchpoints:
      - {id: a, title: A, kinds: [first, end], emotion: 0, next: done}
      - {id: c, title: Complains, kinds: [complaint], emotion: -1, complaint: {priority: P1}, next: d}
      - {id: d, title: Waits, emotion: -1, next: c}
""",
}
"""What a longer hunt brought home, cut down to what mattered."""


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND)
def test_what_was_found_stays_mended(text: str) -> None:
    walk("found.yaml", text.encode())
