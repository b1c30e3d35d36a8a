"""`blueprint build`: a folder of pictures that is always what the documents say."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

ALL = ["index.html", "manifest.json", "ticket.flow.svg", "ticket.map.svg"]


@pytest.fixture
def build(run: Callable, tmp_path: Path) -> Callable:
    """Build the documents beside us as SVG into `exports`."""
    (tmp_path / "blueprint.toml").write_text("")
    return lambda *more: run("build", "--to", "svg", *more)


def pictures() -> list[str]:
    return sorted(path.name for path in Path("exports").iterdir())


def stamps() -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in Path("exports").iterdir()}


def test_every_view_and_an_index(build: Callable, good: Path) -> None:
    code, out, err = build()
    assert (code, out) == (0, "")
    assert err.splitlines()[0].endswith("exports: 2 of 2 pictures drawn, 0 were up to date.")
    assert pictures() == ALL
    index = Path("exports/index.html").read_text(encoding="utf-8")
    assert "Buys a ticket" in index
    assert 'href="ticket.map.svg"' in index


def test_nothing_is_drawn_twice(build: Callable, good: Path) -> None:
    build()
    before = stamps()
    assert "0 of 2 pictures drawn, 2 were up to date." in build().err
    assert stamps() == before


def test_only_what_changed_is_drawn(build: Callable, good: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(good.read_text().replace("journey: ticket", "journey: other"))
    build()
    before = stamps()
    good.write_text(good.read_text().replace("Arrives on time", "Arrives late"))
    assert "2 of 4 pictures drawn" in build().err
    changed = {name for name, when in stamps().items() if when != before[name]}
    assert {"ticket.map.svg", "ticket.flow.svg"} <= changed
    assert not {"other.map.svg", "other.flow.svg"} & changed
    assert "Arrives late" in Path("exports/ticket.map.svg").read_text(encoding="utf-8")


def test_a_comment_changes_no_more_than_the_footer(build: Callable, good: Path) -> None:
    build()
    good.write_text("# A thought\n" + good.read_text())
    assert build("--check").code in (0, 1)
    assert build().code == 0
    assert build("--check").code == 0


def test_check_finds_every_kind_of_fault(build: Callable, good: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(good.read_text().replace("journey: ticket", "journey: other"))
    gone = tmp_path / "gone.yaml"
    gone.write_text(good.read_text().replace("journey: ticket", "journey: gone"))
    build()
    assert build("--check") == (0, "", "exports: all 6 pictures are up to date.\n")
    gone.unlink()
    other.write_text(other.read_text().replace("Arrives on time", "Arrives late"))
    Path("exports/ticket.map.svg").unlink()
    Path("exports/ticket.flow.svg").write_text("<svg/>")
    before = stamps()
    code, out, err = build("--check")
    assert code == 1
    found = dict(line.rsplit("/", 1)[1].split(": ") for line in out.splitlines())
    assert found == {
        "gone.flow.svg": "left over",
        "gone.map.svg": "left over",
        "other.flow.svg": "out of date",
        "other.map.svg": "out of date",
        "ticket.flow.svg": "edited by hand",
        "ticket.map.svg": "missing",
    }
    assert err == "6 pictures are not as they should be: run `blueprint build` and commit.\n"
    assert stamps() == before
    build()
    assert build("--check").code == 0
    assert not Path("exports/gone.map.svg").exists()


def test_check_writes_nothing_where_there_is_nothing(build: Callable, good: Path) -> None:
    code, out, _ = build("--check")
    assert code == 1
    assert out.count(": missing\n") == 2
    assert not Path("exports").exists()


def test_check_speaks_chinese(build: Callable, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    code, out, err = build("--check")
    assert code == 1
    assert "ticket.map.svg: 缺失" in out
    assert "有 2 张图不是最新" in err


def test_files_that_are_not_ours_are_left_alone(build: Callable, good: Path) -> None:
    Path("exports").mkdir()
    Path("exports/notes.txt").write_text("mine")
    Path("exports/mine.map.svg").write_text("mine")
    build()
    good.write_text(good.read_text().replace("journey: ticket", "journey: other"))
    build()
    assert pictures() == [
        "index.html", "manifest.json", "mine.map.svg", "notes.txt", "other.flow.svg", "other.map.svg",
    ]  # fmt: skip


def test_no_manifest_reaches_outside_its_folder(build: Callable, good: Path, tmp_path: Path) -> None:
    build()
    memory = json.loads(Path("exports/manifest.json").read_text())
    memory["pictures"]["../ticket.yaml"] = {"from": "", "sha256": ""}
    Path("exports/manifest.json").write_text(json.dumps(memory))
    assert build().code == 0
    assert good.exists()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"pictures": 3}', '{"pictures": {"ticket.map.svg": 3}}', "\x00"]
)
def test_a_broken_manifest_is_made_again(text: str, build: Callable, good: Path) -> None:
    build()
    intact = Path("exports/manifest.json").read_text()
    Path("exports/manifest.json").write_text(text)
    assert build().code == 0
    assert Path("exports/manifest.json").read_text() == intact


def test_a_document_that_cannot_be_read(build: Callable, good: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("journey: [\n")
    code, _, err = build()
    assert code == 1
    assert "broken.yaml: not drawn: it could not be read; `blueprint check` says why" in err
    assert pictures() == ALL
    assert build("--check").code == 1


def test_a_document_that_can_be_read_in_part(build: Callable, bad: Path) -> None:
    code, _, err = build()
    assert code == 1
    assert "bad.yaml: 2 places could not be read as written; `blueprint check` says more" in err
    assert pictures() == ALL


def test_two_documents_of_one_name(build: Callable, good: Path, tmp_path: Path) -> None:
    (tmp_path / "again.yaml").write_text(good.read_text())
    code, _, err = build()
    assert code == 1
    assert "ticket.yaml: not drawn: its pictures would be called `ticket`, as those of" in err
    assert "again.yaml" in err
    assert pictures() == ALL


def test_no_id_leads_out_of_the_folder(build: Callable, good: Path, tmp_path: Path) -> None:
    good.write_text(good.read_text().replace("journey: ticket", 'journey: "../../out"'))
    before = set(tmp_path.parent.iterdir())
    assert build().code == 1
    assert pictures() == ALL
    assert set(tmp_path.parent.iterdir()) == before


def test_a_missing_path(run: Callable) -> None:
    code, _, err = run("build", "nowhere", "--out", "o")
    assert code == 2
    assert "nowhere: not drawn: it could not be read" in err


def test_a_folder_without_documents(run: Callable, tmp_path: Path) -> None:
    code, _, err = run("build", tmp_path, "--out", "o")
    assert code == 1
    assert "is in this folder" in err
    assert err.endswith("There is nothing to draw.\n")


def test_nothing_to_draw_takes_no_picture_away(build: Callable, good: Path) -> None:
    build()
    good.unlink()
    assert build().code == 1
    assert pictures() == ALL


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (["--to", "svg,gif"], "there is no format `gif`; there are svg, png"),
        (["--to", " , "], "--to names no format"),
        (["--theme", "lihgt"], "did you mean `light`?"),
        (["--lang", "en,../x"], "`../x` is not a language"),
        (["--scale", "nan"], "is not between 0.1 and 10"),
    ],
)
def test_options_that_cannot_be_meant(option: list[str], says: str, run: Callable, good: Path) -> None:
    code, _, err = run("build", good, *option)
    assert code == 2
    assert says in err
    assert not Path("exports").exists()


def test_languages_and_formats(run: Callable, good: Path) -> None:
    good.write_text(
        good.read_text().replace("Buys a ticket", "{en: Buys a ticket, zh: 买票}"), encoding="utf-8"
    )
    assert run("build", good, "--to", "svg, json", "--out", "o").code == 0
    names = {path.name for path in Path("o").iterdir()}
    assert {f"ticket.{view}.{lang}.{form}" for view in ("map", "flow") for lang in ("en", "zh")
            for form in ("svg", "json")} < names  # fmt: skip
    run("build", good, "--to", "svg", "--lang", "zh", "--out", "z")
    assert {path.name for path in Path("z").glob("*.svg")} == {"ticket.map.svg", "ticket.flow.svg"}


def test_another_theme_makes_other_pictures(build: Callable, good: Path) -> None:
    build()
    assert "2 of 2 pictures drawn" in build("--theme", "dark").err
    assert "0 of 2 pictures drawn" in build("--theme", "dark").err


def test_characters_our_font_lacks_are_named_once(build: Callable, good: Path) -> None:
    good.write_text(good.read_text().replace("Arrives", "وصول"), encoding="utf-8")
    assert build().err.count("not in the bundled font") == 1


def test_the_folder_is_the_configurations(run: Callable, good: Path, tmp_path: Path) -> None:
    (tmp_path / "blueprint.toml").write_text('exports = "pictures"\n')
    inside = tmp_path / "deep"
    inside.mkdir()
    os.chdir(inside)
    code, _, err = run("build", "--to", "svg")
    assert (code, err) == (
        0,
        "../pictures: 2 of 2 pictures drawn, 0 were up to date.\n".replace("/", os.sep),
    )
    assert (tmp_path / "pictures" / "ticket.map.svg").is_file()


def test_the_folder_may_not_be_a_file(build: Callable, good: Path) -> None:
    Path("exports").write_text("")
    code, _, err = build()
    assert code == 2
    assert "exports" in err
    assert Path("exports").read_text() == ""


def test_a_single_file_leaves_the_rest_of_the_folder_alone(build: Callable, good: Path) -> None:
    Path("second.yaml").write_text(good.read_text().replace("journey: ticket", "journey: second"))
    assert build(".").code == 0
    index = Path("exports/index.html").read_bytes()
    assert build("second.yaml").code == 0
    assert Path("exports/ticket.map.svg").exists()
    assert Path("exports/index.html").read_bytes() == index
    assert build("second.yaml", "--check").code == 0
    assert build(".", "--check").code == 0
