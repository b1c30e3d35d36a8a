"""The worst files we could think of: each gets a located message or a correct drawing, in good time."""

from __future__ import annotations

import os
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from blueprint.cli.reports import FORMATS
from blueprint.model.journey import Journey
from blueprint.model.touchpoint import Touchpoint

STAGES = "stages: [{stage: s, touchpoints: [{id: x, title: X, kinds: [first, end], emotion: 1}]}]\n"
LETTERS = "abcdefghi"
BOMB = "x-a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"x-{LETTERS[n]}: &{LETTERS[n]} [{', '.join(['*' + LETTERS[n - 1]] * 9)}]\n" for n in range(1, 9)
)
LINES = "".join(f"{' ' * n}a:\n" for n in range(1, 3000))

REFUSED = {
    "empty": (b"", "YM017", "the file is empty"),
    "only a comment": (b"# soon\n", "YM017", "the file is empty"),
    "binary": (bytes(range(256)) * 40, "YM011", "this is a binary file"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(2000), "YM011", "this is a binary file"),
    "Latin-1": (b"journey: a\ntitle: caf\xe9\n" + STAGES.encode(), "YM011", "not UTF-8"),
    "UTF-16": (f"journey: a\n{STAGES}".encode("utf-16"), "YM011", "UTF-16"),
    "GB18030": (f"journey: a\ntitle: 退换商品的旅程\n{STAGES}".encode("gb18030"), "YM011", "GB18030"),
    "tabs": (b"journey: a\nstages:\n\t- stage: s\n", "YM001", "a tab stands where YAML allows only spaces"),
    "alias bomb": (f"journey: a\n{BOMB}{STAGES}".encode(), "YM006", "more than 100,000 values"),
    "10,000 brackets": (b"journey: a\nx: " + b"[" * 10_000 + b"]" * 10_000, "YM006", "64 levels"),
    "10,000 open brackets": (b"journey: a\nx: " + b"[" * 10_000, "YM006", "64 levels"),
    "10,000 braces": (b"{a: " * 10_000, "YM006", "64 levels"),
    "3,000 indents": (f"journey: a\nx:\n{LINES}".encode(), "YM006", "64 levels"),
    "an alias of itself": (f"journey: a\nx-a: &a [*a]\n{STAGES}".encode(), "YM016", "*a"),
    "duplicate keys": (f"journey: a\njourney: b\n{STAGES}".encode(), "YM002", "written twice"),
    "half a character": (b'journey: a\ntitle: "\\ud83d"\n', "YM001", "only half of one"),
    "a list": (b"- a\n- b\n", "YM017", "the file is a list"),
    "a word": (b"journey", "YM017", "the file is text"),
    "two documents": (f"journey: a\n{STAGES}---\njourney: b\n".encode(), "YM012", "a second YAML document"),
    "control characters": (f"journey: a\ntitle: a\x07b\n{STAGES}".encode(), "YM0", ""),
    "a Python object": (b"!!python/object/apply:os.system ['echo hi']\n", "YM0", ""),
    "ids in emoji": (f"journey: 📦\n{STAGES}".encode(), "YM007", "`📦` cannot be an id"),
    "shares that do not sum": (
        f"journey: a\n{STAGES}".replace("emotion: 1", "next: {x: 0.5, done: 0.2}").encode(),
        "ST108", "sum to 0.7, not 1",
    ),
    "no way out": (
        f"journey: a\n{STAGES}".replace("emotion: 1", "next: x").encode(), "ST107", "no outcome",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_said_with_its_place(
    data: bytes, code: str, says: str, run: Callable, tmp_path: Path
) -> None:
    (tmp_path / "bad.yaml").write_bytes(data)
    begin = time.process_time()
    left, out, err = run("check", "bad.yaml")
    assert time.process_time() - begin < 5
    assert (left, err) == (1, "")
    line = next(line for line in out.splitlines() if f"error[{code}" in line)
    assert re.match(r"bad\.yaml(:\d+:\d+)?: ", line)
    assert says in line
    assert not [line for line in out.splitlines() if len(line) > 300]
    chinese = run("check", "--lang", "zh", "bad.yaml")
    assert chinese.code == 1
    assert f"错误[{code}" in chinese.out
    for command in (
        ["analyse", "bad.yaml"],
        ["render", "bad.yaml", "-o", "p.svg"],
        ["build", "--to", "svg"],
    ):
        run(*command)
    for shape in FORMATS:
        assert run("check", "--format", shape, "bad.yaml").code == 1


def test_mistakes_are_not_repeated_without_end(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes(b"{" * 10_000)
    out = run("check", "bad.yaml").out
    assert out.count("error[") == 2
    twice = "{id: x, title: X, next: x}"
    (tmp_path / "bad.yaml").write_text(
        f"journey: a\nstages: [{{stage: s, touchpoints: [{twice}, {twice}]}}]\n"
    )
    assert "`x`, `x`" not in run("check", "bad.yaml").out


def test_fifty_megabytes(run: Callable, tmp_path: Path) -> None:
    with (tmp_path / "big.yaml").open("wb") as file:
        file.write(b"journey: a\n")
        file.truncate(50_000_000)
    begin = time.process_time()
    for arguments in (["check", "big.yaml"], ["render", "big.yaml"], ["analyse", "big.yaml"]):
        code, out, err = run(*arguments)
        assert code == 1
        assert "error[YM006]" in out + err
        assert "the file is larger than 10 MB" in out + err
    assert time.process_time() - begin < 5
    with (tmp_path / "big.yaml").open("rb") as file:
        assert run("check", "-", stdin=file.read()).code == 1


WRONG = [
    "null", "true", "7", "-0.5", "''", "word", "[]", "[1]", "{}", "{a: 1}", "[[]]", "[{a: [1]}]", ".nan",
    ".inf", "1e400", "2026-01-01", "'<b>'",
]  # fmt: skip
KEYS = [
    (model.__name__.lower(), field.alias or name)
    for model in (Journey, Touchpoint)
    for name, field in sorted(model.model_fields.items())
]


@pytest.mark.parametrize(("where", "key"), KEYS)
def test_wrong_types_everywhere(where: str, key: str, run: Callable, tmp_path: Path) -> None:
    names = []
    for at, value in enumerate(WRONG):
        written = {"journey": f"j{at}", "stages": STAGES.removeprefix("stages: ").strip()}
        if where == "journey":
            written[key] = value
        else:
            point = {"id": "x", "title": "X", "kinds": "[first, end]", "emotion": "1", key: value}
            inside = ", ".join(f"{name}: {words}" for name, words in point.items())
            written["stages"] = f"[{{stage: s, touchpoints: [{{{inside}}}]}}]"
        names.append(f"{at}.yaml")
        text = "".join(f"{name}: {words}\n" for name, words in written.items())
        (tmp_path / names[-1]).write_text(text)
    assert run("check", *names).code in (0, 1)
    assert run("build", *names, "--to", "dot", "--out", "o").code in (0, 1)


EVIL = "<script>alert(1)</script>]]>\"'&amp;<!--\\u202e\\x07\\0--></title></style>${x}{{y}}"
EVERYWHERE = """\
journey: evil
title: "%"
summary: "%"
owner: "%"
persona: {persona: p, title: "%", quote: "%", goals: ["%"], frustrations: ["%"]}
outcomes: {done: success, dropped: failure}
links: ["%"]
stages:
  - stage: s
    title: "%"
    goal: "%"
    touchpoints:
      - id: x
        title: "%"
        kinds: [first, complaint, end]
        channel: "%"
        owner: "%"
        doing: "%"
        thinking: "%"
        feeling: "%"
        emotion: -2
        next: {done: {p: 0.5, when: "%"}, dropped: {p: rest, when: "%"}}
        evidence: ["%"]
        needs: [{need: "%"}]
        pains: [{pain: "%", severity: 9, causes: ["%"], action: "%", owner: "%"}]
        opportunities: [{opportunity: "%", impact: 5, effort: 1}]
        metrics: [{metric: "%", value: 1}]
        promises: [{promise: "%"}]
        script: {lines: [{agent: "%"}, {customer: "%"}]}
"""
EVIL_SERVICE = """\
blueprint: behind
journey: evil
title: "%"
summary: "%"
actors: {a: {title: "%", zone: frontstage}, b: {title: "%", zone: support, technology: true}}
steps:
  - {id: s, at: x, actor: a, does: "%", decision: true,
     next: {t: {p: 0.5, when: "%", hands_over: ["%"]}, u: {p: 0.5, when: "%"}}}
  - {id: t, at: x, actor: b, does: "%"}
  - {id: u, at: x, actor: a, does: "%", wait: {max: 1h, told: "%"}}
"""


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self._inside = False

    @classmethod
    def of(cls, page: str) -> Tags:
        tags = cls()
        tags.feed(page)
        return tags

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script"
        if self._inside:
            self.scripts.append("")
        self.handlers += [name for name, _ in attributes if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data


@pytest.mark.parametrize(
    ("file", "view"),
    [("evil.yaml", "map"), ("evil.yaml", "flow"), ("evil.yaml", "blueprint"), ("behind.yaml", "blueprint")],
)
def test_text_never_becomes_markup(file: str, view: str, run: Callable, tmp_path: Path) -> None:
    for kind, words in (("evil", EVIL.replace('"', '\\"')), ("tame", "harmless")):
        (tmp_path / "evil.yaml").write_text(EVERYWHERE.replace("%", words))
        (tmp_path / "behind.yaml").write_text(EVIL_SERVICE.replace("%", words))
        for command in ("check", "analyse"):
            code, out, err = run(command, file)
            assert (code, err) == (0, ""), out
            assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", out)
        for form in ("svg", "html", "pdf", "dot", "json"):
            result = run("render", file, "--view", view, "-o", f"{kind}.{form}")
            assert result.code == 0, result.err
        tags = {e.tag.rsplit("}")[-1] for e in ET.fromstring(Path(f"{kind}.svg").read_bytes()).iter()}
        assert {"svg", "g", "path", "rect", "text", "title"} <= tags
        assert not {"script", "foreignObject", "a", "image"} & tags
        assert run("build", file, "--to", "svg", "--out", kind).code == 0
    for page in ("{}.html", "{}/index.html"):
        evil, tame = (
            Tags.of(Path(page.format(kind)).read_text(encoding="utf-8")) for kind in ("evil", "tame")
        )
        assert len(evil.scripts) == len(tame.scripts)
        assert not [code for code in evil.scripts if "alert(1)" in code and code.lstrip()[:1] not in "{["]
        assert not evil.handlers


def test_titles_of_5000_characters(run: Callable, tmp_path: Path) -> None:
    for at, title in enumerate(("word " * 1000, "字" * 5000, "x" * 5000, "🙂" * 5000, "a\u0301" * 2500)):
        text = f'journey: long\ntitle: "{title}"\n{STAGES}'.replace(
            "title: X", f'title: "{title}", doing: "{title}"'
        )
        (tmp_path / "long.yaml").write_text(text, encoding="utf-8")
        assert run("check", "long.yaml").code == 0
        assert run("analyse", "long.yaml").code == 0
        for view in ("map", "flow"):
            begin = time.process_time()
            assert run("render", "long.yaml", "--view", view, "-o", f"{at}.svg").code == 0
            assert time.process_time() - begin < 10
            drawn = "".join(ET.fromstring(Path(f"{at}.svg").read_bytes()).itertext())
            assert drawn.replace(" ", "").count(title[0]) >= 100


def test_right_to_left_text_is_drawn(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "rtl.yaml").write_text(
        f"journey: rtl\nlanguage: ar\ntitle: رحلة العميل\n{STAGES}".replace(
            "title: X", "title: يفتح الطرد"
        ),
        encoding="utf-8",
    )
    assert run("check", "rtl.yaml").code == 0
    for view in ("map", "flow"):
        assert run("render", "rtl.yaml", "--view", view, "-o", "p.svg").code == 0
        root = ET.fromstring(Path("p.svg").read_bytes())
        assert "يفتح" in "".join(root.itertext())
    assert run("render", "rtl.yaml", "-o", "p.html").code == 0


def test_a_thousand_touchpoints_without_a_way_out(run: Callable, tmp_path: Path) -> None:
    points = "\n".join(
        f"      - {{id: t{n}, title: T{n}, emotion: {n % 5 - 2}, next: t{(n + 1) % 1000}}}"
        for n in range(1000)
    )
    Path("loop.yaml").write_text(f"journey: loop\nstages:\n  - stage: s\n    touchpoints:\n{points}\n")
    begin = time.process_time()
    code, out, _ = run("check", "loop.yaml")
    assert code == 1
    assert "error[ST107]" in out
    assert run("analyse", "loop.yaml").code == 1
    assert time.process_time() - begin < 10


NAMES = [
    "a\nb.yaml", "\x1b[31mred.yaml", "tab\there.yaml", "-dash.yaml", "spa ce.yaml", "旅程.yaml", "a:b.yaml",
    "\u202ertl.yaml", "%41.yaml", "x" * 250 + ".yaml",
]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be there")
@pytest.mark.parametrize("name", [*NAMES, os.fsdecode(b"caf\xe9.yaml")])
def test_strange_file_names(name: str, run: Callable, tmp_path: Path) -> None:
    (tmp_path / name).write_text(f"journey: named\n{STAGES}")
    assert run("check", "--", name).code == 0
    assert run("check", tmp_path).code == 0
    assert run("analyse", "--", name).code == 0
    assert run("render", "-o", "p.svg", "--", name).code == 0
    ET.fromstring(Path("p.svg").read_bytes())
    assert run("render", "-o", "p.html", "--", name).code == 0
    assert run("build", "--to", "svg", "--", name).code == 0
    (tmp_path / name).write_text("journey: 5\n")
    for shape in FORMATS:
        code, out, err = run("check", "--format", shape, "--", name)
        assert code == 1
        assert "\x1b" not in out + err
        assert shape in ("json", "sarif") or "\u202e" not in out, shape
        assert run("check", "--format", shape, "-o", "r", "--", name).code == 1
        Path("r").read_text(encoding="utf-8")
    for command in ("analyse", "render"):
        result = run(command, "--", name)
        assert result.code == 1
        assert "\x1b" not in result.err
    missing = run("check", "--", f"not-{name}"[:200])
    assert missing.code == 2
    assert "\x1b" not in missing.out
