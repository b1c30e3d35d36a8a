"""`blueprint render`: one picture, in every form, and what is said where there is none."""

from __future__ import annotations

import json
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint.scene.themes import THEMES

JOURNEYS = Path(__file__).parents[2] / "journeys"
BEGINS = {
    "svg": b"<?xml", "png": b"\x89PNG\r\n", "pdf": b"%PDF-", "html": b"<!doctype html>", "json": b"{",
    "dot": b"digraph",
}  # fmt: skip
VIEWS = [("journey", "map"), ("journey", "flow"), ("journey", "blueprint"), ("service", "blueprint")]
SERVICE = """\
blueprint: counter
journey: ticket
actors: {clerk: {title: Clerk, zone: frontstage}, till: {title: Till, zone: support, technology: true}}
steps:
  - {id: ask, at: search, actor: clerk, does: Asks where to, time: {standard: 1m}, next: print}
  - {id: print, at: search, actor: till, does: Prints}
"""


@pytest.fixture
def service(tmp_path: Path, good: Path) -> Path:
    path = tmp_path / "counter.yaml"
    path.write_text(SERVICE)
    return path


@pytest.mark.parametrize("form", BEGINS)
@pytest.mark.parametrize(("kind", "view"), VIEWS)
def test_every_view_in_every_form(
    form: str, kind: str, view: str, run: Callable, good: Path, service: Path
) -> None:
    file = service if kind == "service" else good
    target = Path(f"picture.{form}")
    code, out, err = run("render", file, "--view", view, "-o", target)
    assert (code, out, err) == (0, "", f"Wrote {target}.\n")
    data = target.read_bytes()
    assert data.lower().startswith(BEGINS[form].lower())
    if form == "svg":
        assert ET.fromstring(data).tag.endswith("svg")
    if form == "json":
        assert json.loads(data)["root"]
    assert sorted(path.name for path in Path().iterdir()) == ["counter.yaml", target.name, "ticket.yaml"]


@pytest.mark.parametrize("form", ["svg", "png"])
def test_pictures_go_to_standard_output_in_bytes(form: str, process: Callable, good: Path) -> None:
    out, err = process("render", good, "--to", form, "-o", "-").communicate()
    assert err == b""
    assert out.lower().startswith(BEGINS[form].lower())


def test_without_a_name_the_picture_is_called_after_the_document(
    run: Callable, good: Path, service: Path
) -> None:
    run("render", good)
    run("render", good, "--view", "flow", "--to", "json")
    run("render", service, "--to", "dot")
    for name in ("ticket.map.svg", "ticket.flow.json", "counter.blueprint.dot"):
        assert Path(name).is_file()


@pytest.mark.parametrize("id", ["../../out", "/etc/x", "📦", "[a]", "..", "a\\b"])
def test_no_id_leads_out_of_the_folder(id: str, run: Callable, good: Path, tmp_path: Path) -> None:
    good.write_text(
        good.read_text().replace("journey: ticket", f"journey: {json.dumps(id, ensure_ascii=False)}")
    )
    before = set(tmp_path.parent.iterdir())
    code, _, err = run("render", "ticket.yaml")
    assert code == 1
    assert "Wrote ticket.map.svg." in err
    assert set(tmp_path.parent.iterdir()) == before


def test_the_same_file_gives_the_same_bytes(run: Callable, good: Path) -> None:
    for form in ("svg", "html", "json", "pdf"):
        for name in ("one", "two"):
            run("render", good, "-o", f"{name}.{form}")
        assert Path(f"one.{form}").read_bytes() == Path(f"two.{form}").read_bytes()


def test_the_scale_counts_pixels(run: Callable, good: Path) -> None:
    sizes = []
    for scale in (0.5, 1):
        run("render", good, "--scale", scale, "-o", "p.png")
        sizes.append(struct.unpack(">II", Path("p.png").read_bytes()[16:24]))
    assert sizes[1][0] == pytest.approx(2 * sizes[0][0], abs=2)


@pytest.mark.parametrize("scale", ["0", "-1", "11", "nan", "inf", "big"])
def test_impossible_scales(scale: str, run: Callable, good: Path) -> None:
    code, _, err = run("render", good, "--to", "png", "--scale", scale)
    assert code == 2
    assert "--scale" in err


def test_too_many_pixels(run: Callable, tmp_path: Path) -> None:
    points = "\n".join(f"      - {{id: t{n}, title: Touchpoint number {n}}}" for n in range(60))
    Path("wide.yaml").write_text(f"journey: wide\nstages:\n  - stage: s\n    touchpoints:\n{points}\n")
    code, _, err = run("render", "wide.yaml", "--to", "png", "--scale", 10)
    assert code == 2
    assert "wide.yaml: the picture would be" in err
    assert "use a scale of at most" in err
    assert not list(tmp_path.glob("*.png"))
    assert "请将缩放设为不超过" in _chinese(run, "render", "wide.yaml", "--to", "png", "--scale", 10)


def _chinese(run: Callable, *arguments: object) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANG", "zh_CN.UTF-8")
        err: str = run(*arguments).err
    return err


def test_a_suffix_that_means_nothing(run: Callable, good: Path) -> None:
    code, _, err = run("render", good, "-o", "picture.gif")
    assert code == 2
    assert "cannot tell the format from `picture.gif`; end it in .svg, .png" in err
    assert run("render", good, "-o", "picture.gif", "--to", "svg").code == 0


@pytest.mark.parametrize("theme", THEMES)
def test_themes(theme: str, run: Callable, good: Path) -> None:
    run("render", good, "--theme", theme, "-o", "p.svg")
    assert THEMES[theme].colors["paper"] in Path("p.svg").read_text(encoding="utf-8")


def test_a_theme_of_ones_own(run: Callable, good: Path, tmp_path: Path) -> None:
    Path("ours.toml").write_text('base = "dark"\n[colors]\naccent = "#123"\n')
    assert run("render", good, "--theme", "ours.toml", "-o", "p.html").code == 0
    assert "#112233" in Path("p.html").read_text(encoding="utf-8")
    (tmp_path / "blueprint.toml").write_text('theme = "ours.toml"\n')
    assert run("render", good, "-o", "q.html").code == 0
    assert "#112233" in Path("q.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"[colors]\naccnt = '#112233'", "colors.accnt: 'accnt' is not known"),
        (b"[colors]\naccent = 'red'", 'write it in quotes as "#rrggbb"'),
        (b"base = 'lite'", "base: 'lite' is not known"),
        (b"colors = ", "this is not TOML"),
        (b"colors = '\xff'", "not UTF-8 text"),
    ],
)
def test_a_broken_theme(text: bytes, says: str, run: Callable, good: Path) -> None:
    Path("ours.toml").write_bytes(text)
    code, _, err = run("render", good, "--theme", "ours.toml")
    assert code == 2
    assert err.startswith("Error: ours.toml: ")
    assert says in err
    assert _chinese(run, "render", good, "--theme", "ours.toml").startswith("错误：ours.toml：")


def test_a_theme_that_is_not_there(run: Callable, good: Path) -> None:
    code, _, err = run("render", good, "--theme", "lihgt")
    assert (code, err) == (2, "Error: there is no theme `lihgt`; did you mean `light`?\n")
    assert "there are light, dark, print" in run("render", good, "--theme", "zebra").err
    assert (
        run("render", good, "--theme", "none.toml").err == "Error: none.toml: No such file or directory\n"
    )


def test_a_language_the_document_lacks(run: Callable, good: Path) -> None:
    code, _, err = run("render", good, "--lang", "fr", "-o", "p.svg")
    assert code == 0
    assert err.splitlines()[1].endswith("ticket.yaml has no words in `fr`; its texts are shown in en.")
    assert "no words" not in run("render", good, "--lang", "en-GB", "-o", "p.svg").err


@pytest.mark.parametrize("language", ["../x", "<b>", "e", "en_GB", "x" * 99])
def test_words_that_are_no_language(language: str, run: Callable, good: Path) -> None:
    code, _, err = run("render", good, "--lang", language)
    assert code == 2
    assert f"`{language}` is not a language" in err


def test_each_language_of_a_document(run: Callable) -> None:
    for language, word in (("en", "Courier"), ("zh", "快递")):
        code, _, err = run(
            "render", JOURNEYS / "parcel-damage-claim.yaml", "--lang", language, "-o", "p.svg"
        )
        assert (code, err) == (0, "Wrote p.svg.\n")
        assert word.lower() in Path("p.svg").read_text(encoding="utf-8").lower()


def test_characters_our_font_lacks_are_named_once(run: Callable, good: Path) -> None:
    good.write_text(good.read_text().replace("Arrives", "وصول"), encoding="utf-8")
    code, _, err = run("render", good, "-o", "p.svg")
    assert code == 0
    assert "3 characters are not in the bundled font and depend on this machine's fonts: " in err
    assert "bundled" not in run("render", good, "-o", "p.dot").err


def test_personas_have_no_picture(run: Callable) -> None:
    persona = next((JOURNEYS / "personas").glob("*.yaml"))
    code, _, err = run("render", persona)
    assert code == 2
    assert "a persona has no picture of its own; draw a journey that names it" in err


def test_views_a_document_has_not(run: Callable, good: Path, service: Path) -> None:
    code, _, err = run("render", service, "--view", "map")
    assert code == 2
    assert "a service blueprint has no `map` view; draw its journey `ticket` for that" in err
    service.unlink()
    code, _, err = run("render", good, "--view", "blueprint")
    assert code == 2
    assert "no service blueprint delivers the journey `ticket`" in err


@pytest.mark.parametrize("text", [b"", b"\x00\x01\xff", b"journey: [", b"- a\n- b", b"journey: ticket\n"])
def test_what_cannot_be_read_is_explained_and_not_drawn(text: bytes, run: Callable, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_bytes(text)
    code, out, err = run("render", "broken.yaml", "-o", "p.svg")
    assert (code, out) == (1, "")
    assert "broken.yaml" in err.splitlines()[0]
    assert "error[YM" in err
    assert err.splitlines()[-1] == "broken.yaml: nothing drawn: the document could not be read"
    assert not Path("p.svg").exists()


def test_a_file_read_in_part_is_drawn_in_part_and_says_so(run: Callable, bad: Path) -> None:
    code, _, err = run("render", "bad.yaml", "-o", "p.svg")
    assert code == 1
    assert "bad.yaml: 2 places could not be read as written" in err
    assert "Arrives" in Path("p.svg").read_text(encoding="utf-8")


def test_a_journey_without_figures_is_drawn_all_the_same(run: Callable, good: Path) -> None:
    good.write_text(good.read_text().replace("emotion: 1", "emotion: 1, next: search"))
    for view in ("map", "flow"):
        code, _, err = run("render", "ticket.yaml", "--view", view, "-o", "p.svg")
        assert code == 1
        assert "ticket.yaml: drawn without figures: " in err
        ET.fromstring(Path("p.svg").read_bytes())


def test_an_embedded_font_makes_the_drawing_whole(run: Callable, good: Path) -> None:
    run("render", good, "-o", "p.svg")
    assert b"@font-face" not in Path("p.svg").read_bytes()
    run("render", good, "--embed-font", "-o", "p.svg")
    assert b"@font-face" in Path("p.svg").read_bytes()
