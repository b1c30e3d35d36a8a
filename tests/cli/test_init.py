"""`blueprint init`: whatever it writes checks clean and can be drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint.cli.start import templates

TEMPLATES = [(name, language) for name, texts in templates().items() for language in texts]


def test_there_is_something_for_everybody() -> None:
    assert len(templates()) >= 5
    assert all(set(texts) == {"en", "zh"} for texts in templates().values())


@pytest.mark.parametrize(("name", "language"), TEMPLATES)
def test_templates_check_clean_and_can_be_drawn(name: str, language: str, run: Callable) -> None:
    code, out, err = run("init", "our-own.yaml", "-t", name, "--lang", language)
    assert (code, out) == (0, "")
    delivered = ["Wrote complaint.yaml, the journey to deliver."] if name == "blueprint" else []
    assert err.splitlines() == [
        *delivered,
        "Wrote our-own.yaml. Next:",
        "  blueprint check our-own.yaml",
        "  blueprint render --to html our-own.yaml",
    ]
    text = Path("our-own.yaml").read_text(encoding="utf-8")
    assert "our-own" in text
    checked = run("check", "--fail-on", "warning", ".")
    assert checked.code == 0, checked.out
    code, _, err = run("render", "our-own.yaml", "-o", "p.svg")
    assert (code, err) == (0, "Wrote p.svg.\n")


def test_a_blueprint_takes_the_journey_that_is_there(run: Callable) -> None:
    assert run("init", "-t", "complaint", "service/ours.yaml").code == 0
    journey = Path("service/ours.yaml")
    journey.write_text(journey.read_text("utf-8").replace("journey: ours", "journey: complaint"), "utf-8")
    assert run("init", "-t", "blueprint", "service/behind.yaml").code == 0
    assert sorted(path.name for path in Path("service").iterdir()) == ["behind.yaml", "ours.yaml"]


@pytest.mark.parametrize("name", ["behind.yaml", "complaint.yaml"])
def test_a_blueprint_never_writes_over_what_has_the_name_of_its_journey(name: str, run: Callable) -> None:
    if name == "behind.yaml":
        Path("complaint.yaml").write_text("journey: another\n", "utf-8")
    before = {path: path.read_bytes() for path in Path().iterdir()}
    code, _, err = run("init", "-t", "blueprint", name)
    assert code == 2
    assert "complaint.yaml" in err
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


def test_the_list_says_what_they_are(run: Callable) -> None:
    out = run("init", "--list").out
    assert [line.split()[0] for line in out.splitlines()] == list(templates())
    assert "旅程" in run("init", "--list", "--lang", "zh").out


def test_the_locale_chooses_the_language(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "已写入 trip.yaml" in run("init", "trip.yaml").err
    assert "language: zh" in Path("trip.yaml").read_text(encoding="utf-8")


def test_a_file_that_is_there_stays(run: Callable, good: Path) -> None:
    before = good.read_bytes()
    code, _, err = run("init", "ticket.yaml")
    assert code == 2
    assert err == "Error: ticket.yaml is already there; choose another name, or --force to replace it\n"
    assert good.read_bytes() == before
    assert run("init", "ticket.yaml", "--force").code == 0
    assert good.read_bytes() != before


def test_a_dangling_link_is_there_too(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "trip.yaml").symlink_to("elsewhere.yaml")
    assert run("init", "trip.yaml").code == 2


@pytest.mark.parametrize(
    ("path", "id"),
    [
        ("Our Trip!.yaml", "our-trip"), ("a/b/c.yml", "c"), ("trip", "trip"), ("Été 2026.yaml", "t-2026"),
        ("x" * 200 + ".yaml", "x" * 64), ("a" * 63 + "-b.yaml", "a" * 63), ("--x--.yaml", "x"),
    ],
)  # fmt: skip
def test_weird_names_make_proper_ids(path: str, id: str, run: Callable) -> None:
    assert run("init", "--", path).code == 0
    written = Path(path) if Path(path).suffix else Path(f"{path}.yaml")
    assert f"journey: {id}\n" in written.read_text(encoding="utf-8")
    assert run("check", "--", written).code == 0


@pytest.mark.parametrize("path", ["旅程.yaml", "….yaml", "🙂.yaml", "---.yaml"])
def test_names_without_a_letter_for_an_id(path: str, run: Callable) -> None:
    code, _, err = run("init", "--", path)
    assert code == 2
    assert f"cannot make an id from `{path}`" in err
    assert not Path(path).exists()


def test_templates_and_languages_that_are_not_there(run: Callable) -> None:
    assert run("init", "-t", "minmal").err == (
        "Error: there is no template `minmal`; did you mean `minimal`?\n"
    )
    assert "there are blueprint, complaint" in run("init", "-t", "zzz").err
    assert run("init", "--lang", "fr").err == (
        "Error: the template `minimal` is not there in `fr`, but in en, zh\n"
    )
    assert not list(Path().iterdir())
