"""A comparison in words: goldens that were read, no markup from a file, and room for it all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from blueprint import api
from blueprint.analysis.compared import Comparison
from blueprint.report import comparison_json, comparison_markdown, comparison_text

ROOT = Path(__file__).parents[2]
JOURNEYS = ROOT / "journeys"


def compared(old: Path, new: Path, names: tuple[str, str] = ("as-is", "to-be")) -> Comparison:
    return api.compare((names[0], api.load([old]), None), (names[1], api.load([new]), None), one=True)


@pytest.fixture
def claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Comparison:
    """The claim with a worse ending, a slower start and a touchpoint fewer."""
    text = (JOURNEYS / "parcel-damage-claim.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    points = [point for stage in data["stages"] for point in stage["touchpoints"]]
    points[0]["time"]["standard"] = "4m"
    points[-1]["emotion"] = -0.5
    points[-1]["pains"] = [{"pain": {"en": "Nobody calls back", "zh": "没有人回电"}, "severity": 8}]
    (tmp_path / "journeys").mkdir()
    new = tmp_path / "journeys" / "claim.yaml"
    new.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    old = tmp_path / "journeys" / "old.yaml"
    old.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return compared(Path("journeys/old.yaml"), Path("journeys/claim.yaml"), ("main", "topic"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("shape", ["txt", "md"])
def test_goldens(
    claim: Comparison, golden: Callable[[str, bytes], None], language: str, shape: str
) -> None:
    render = comparison_text.render if shape == "txt" else comparison_markdown.render
    golden(f"diff.{language}.{shape}", render(claim, language=language).encode())


HOSTILE = (
    "</details><img src=x onerror=alert(1)> @everyone #1 [a](javascript:x) `b` | c :tada: "
    "http://evil.example"
)


def hostile(tmp_path: Path, words: str) -> Comparison:
    def journey(emotion: int, title: str) -> str:
        data = {
            "journey": "j",
            "title": title,
            "stages": [
                {"stage": "s", "touchpoints": [
                    {"id": "a", "title": title, "kinds": ["first"], "emotion": emotion, "doing": title,
                     "pains": [{"pain": title, "severity": 5 + emotion}]},
                ]}
            ],
        }  # fmt: skip
        return yaml.safe_dump(data, allow_unicode=True)

    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(journey(1, words), encoding="utf-8")
    new.write_text(journey(-1, words + " again"), encoding="utf-8")
    return compared(old, new, ("a`b|<i>@you", "HEAD\x1b[2J"))


def test_nothing_in_a_file_becomes_markup_or_mentions_anybody(tmp_path: Path) -> None:
    comparison = hostile(tmp_path, HOSTILE)
    text = comparison_markdown.render(comparison)
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    tags = set(re.findall(r"<(\w+)", page))
    ours = "h3 h4 p table thead tbody tr th td strong ul li em code details summary"
    assert tags <= set(ours.split())
    assert page.count("<details>") == page.count("</details>") == 1
    visible = re.sub(r"<code>.*?</code>", "", page)
    assert not re.search(r"[@#]\w", visible)
    assert "\x1b" not in text
    told = comparison_text.render(comparison)
    assert "\x1b" not in told
    assert "@everyone" in told  # A terminal calls nobody.


def test_the_page_holds_words_as_words(tmp_path: Path) -> None:
    from blueprint.scene.themes import LIGHT

    page = api.comparison_page(hostile(tmp_path, HOSTILE), LIGHT).decode()
    assert "<img" not in page
    assert "&lt;img" in page
    assert "script-src 'sha256-" in page


def test_a_comment_never_grows_beyond_its_room(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    words = "很长的一句话 " * 40
    for at in range(80):
        points = [{"id": f"t{n}", "title": f"Step {n}", "emotion": 0} for n in range(8)]
        points[0]["kinds"] = ["first"]
        data = {"journey": f"j{at}", "stages": [{"stage": "s", "touchpoints": points}]}
        (old / f"{at}.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
        for n, point in enumerate(points):
            point |= {"emotion": -1 - n / 8, "doing": words, "thinking": words}
        (new / f"{at}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    comparison = api.compare(("a", api.load([old]), None), ("b", api.load([new]), None))
    text = comparison_markdown.render(comparison)
    assert len(text.encode()) <= comparison_markdown.ROOM
    shown = text.count("\n#### ")
    assert 0 < shown < 80
    assert f"{80 - shown} more documents find no room here" in text


def test_the_shape_of_json_is_the_documented_one(claim: Comparison) -> None:
    """Every key that a program may meet is in docs/diff.md, and every key told there is met."""
    data = json.loads(json.dumps(comparison_json.as_json(claim), allow_nan=False))
    page = (ROOT / "docs" / "diff.md").read_text(encoding="utf-8")
    section = page[page.index("## JSON") :]
    told = set(re.findall(r"^\| `([\w.\[\]]+)` \|", section, re.MULTILINE))
    met: set[str] = set()

    def walk(value: object, path: str) -> None:
        if path in (
            "documents[].changes[].before",
            "documents[].changes[].after",
            "documents[].touchpoints",
        ):
            return
        if path.endswith(("details[].before", "details[].after")):
            return
        if isinstance(value, dict):
            for key, inside in value.items():
                here = f"{path}.{key}".lstrip(".")
                met.add(here)
                walk(inside, here)
        elif isinstance(value, list):
            for inside in value:
                walk(inside, f"{path}[]")

    walk(data, "")
    assert data["schema"] in section
    assert told - met <= {"skipped[].file", "skipped[].reason"} | {
        t for t in told if t.startswith("documents[].findings.lost")
    }
    assert met <= told


def test_what_could_not_be_read_is_named(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(
        "journey: j\nstages:\n  - stage: s\n    touchpoints: [{id: a, title: A}]\n", encoding="utf-8"
    )
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    text = comparison_text.render(compared(good, bad))
    assert "new version: this is a binary file, not a text" in text
    assert compared(good, bad).regressed
    assert not compared(bad, good).regressed


def test_the_verdict_claims_no_more_of_a_cause_than_is_true(tmp_path: Path) -> None:
    def write(name: str, emotions: list[float]) -> Path:
        points = [{"id": f"t{at}", "title": f"Step {at}", "emotion": e} for at, e in enumerate(emotions)]
        points[0]["kinds"] = ["first"]
        data = {"journey": "j", "stages": [{"stage": "s", "touchpoints": points}]}
        path = tmp_path / name
        path.write_text(yaml.safe_dump(data), encoding="utf-8")
        return path

    old = write("old.yaml", [1, 1, 1, 1, 2])
    for emotions, word in (
        ([-1, 1, 1, 1, 2], ", because `t0`"),
        ([-1, 0.5, 1, 1, 2], ", mostly because `t0`"),
        ([0, 0.1, 0.1, 0.1, 2], ", in part because `t0`"),
    ):
        text = comparison_text.render(compared(old, write("new.yaml", emotions)))
        assert word in " ".join(text.split())
