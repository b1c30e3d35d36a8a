"""`blueprint rules`, `explain` and `schema`, the help, the version, and words that are no command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint.cli import COMMANDS, main
from blueprint.handbook.book import pages
from blueprint.lint.book import all_rules

CODES = [card.code for card in all_rules()]


def test_the_book_as_a_table(run: Callable) -> None:
    code, out, err = run("rules")
    assert (code, err) == (0, "")
    cards = all_rules()
    lines = [line.split() for line in out.splitlines()]
    for card in cards:
        line = next(line for line in lines if line[:1] == [card.code])
        assert line[1:3] == [card.severity.word, card.name]
    assert all_rules()[0].title.zh in run("rules", "--lang", "zh").out


def test_the_book_for_programs(run: Callable) -> None:
    found = json.loads(run("rules", "--format", "json").out)
    assert [rule["code"] for rule in found] == CODES
    assert all(rule["title"]["en"] and rule["title"]["zh"] and rule["page"] for rule in found)


def test_the_book_as_a_page(run: Callable) -> None:
    out = run("rules", "--format", "markdown").out
    assert all(f"### {code} " in out for code in CODES)
    run("rules", "--format", "markdown", "-o", "rules.md")
    assert Path("rules.md").read_text(encoding="utf-8") == out


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page(code: str, run: Callable) -> None:
    exit_code, out, err = run("explain", code.lower())
    assert (exit_code, err) == (0, "")
    assert out.startswith(f"# {code} ")
    assert "**Why**" in out


def test_names_are_as_good_as_codes(run: Callable) -> None:
    assert run("explain", "low-ending").out == run("explain", "EX101").out


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("EX1O1", "did you mean `EX101`?"),
        ("low-endings", "did you mean `low-ending`?"),
        ("!", "lists them all"),
    ],
)
def test_there_is_no_page_for_other_words(word: str, says: str, run: Callable) -> None:
    code, out, err = run("explain", word)
    assert (code, out) == (2, "")
    assert err.startswith(f"Error: there is no rule `{word}`; ")
    assert says in err


def test_the_schema_is_json_schema(run: Callable) -> None:
    import jsonschema

    out = run("schema").out
    found = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(found)
    assert found["$schema"].startswith("https://json-schema.org/draft/2020-12")
    run("schema", "-o", "schema.json")
    assert Path("schema.json").read_text(encoding="utf-8") == out


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], *([name, "--help"] for name in COMMANDS)])
def test_help(arguments: list[str], run: Callable) -> None:
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert out.startswith("Usage: blueprint ")
    assert "\n  -h, --help" in out


def test_the_help_lists_what_the_commands_say_of_themselves(run: Callable) -> None:
    out = run("--help").out
    assert all(f"  {name} " in out and text.split()[0] in out for name, (_, text) in COMMANDS.items())


def test_without_a_command_there_is_help(run: Callable) -> None:
    code, _, err = run()
    assert code == 2
    assert "Commands:" in err


def test_the_version(run: Callable) -> None:
    from importlib.metadata import version

    assert run("--version") == (0, f"blueprint {version('service-blueprint')}\n", "")


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("chek", "did you mean `check`?"),
        ("analyze", "did you mean `analyse`?"),
        ("zzz", "there are check, "),
    ],
)
def test_unknown_commands(word: str, says: str, run: Callable) -> None:
    code, _, err = run(word)
    assert code == 2
    assert f"Error: there is no command `{word}`; {says}" in err


def test_unknown_options(run: Callable) -> None:
    code, _, err = run("check", "--frmat", "json")
    assert code == 2
    assert "--frmat" in err
    assert "--format" in err


def test_words_cannot_steer_the_terminal(run: Callable) -> None:
    assert "\x1b" not in run("\x1b[31mchek\x07").err
    assert "\x1b" not in run("explain", "\x1b[31m").err
    assert "\x1b" not in run("check", "--select", "\x1b[31m").err


def test_a_fault_of_the_program_is_confessed(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("never meant to\nhappen")

    monkeypatch.setattr("blueprint.lint.reference.rules_json", fail)
    code, _, err = run("rules", "--format", "json", crashes=True)
    assert code == 3
    assert err.startswith("internal error: RuntimeError: never meant to")
    assert "This is a fault of blueprint, not of your file." in err


def test_developers_may_see_where(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLUEPRINT_DEBUG", "1")
    monkeypatch.setattr("blueprint.lint.reference.rules_json", lambda: 1 / 0)
    with pytest.raises(SystemExit):
        main(["rules", "--format", "json"])
    assert "Traceback" in capfd.readouterr().err


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the book have three rules: tests/handbook looks at the pages of all."""
    three = tuple(page for page in pages() if page.card.code in ("EX101", "EX102", "YM001"))
    monkeypatch.setattr("blueprint.handbook.book.pages", lambda _: three)
    return [page.card.code for page in three]


def test_pages_are_written_once_and_compared(few: list[str], run: Callable) -> None:
    code, out, err = run("rules", "--format", "pages", "-o", "pages")
    assert (code, out) == (0, "")
    assert "3 pages" in err
    assert all(Path("pages", f"{name}.md").is_file() for name in few)
    assert run("rules", "--format", "pages", "-o", "pages", "--check").code == 0
    assert "0 of" in run("rules", "--format", "pages", "-o", "pages").err

    Path("pages/EX101.md").write_text(Path("pages/EX101.md").read_text("utf-8") + "mine\n", "utf-8")
    Path("pages/EX102.md").unlink()
    Path("pages/drawings/XX999-bad.svg").write_text("<svg/>", "utf-8")
    Path("pages/drawings/logo.svg").write_text("<svg/>", "utf-8")
    code, out, _ = run("rules", "--format", "pages", "-o", "pages", "--check")
    assert code == 1
    assert out.splitlines() == [
        "pages/EX101.md: not as generated",
        "pages/EX102.md: missing",
        "pages/drawings/XX999-bad.svg: left over",
    ]
    assert "2 of" in run("rules", "--format", "pages", "-o", "pages").err
    assert run("rules", "--format", "pages", "-o", "pages", "--check").code == 0
    assert Path("pages/drawings/logo.svg").exists()


@pytest.mark.usefixtures("few")
def test_pages_never_replace_a_file_of_somebody_else(run: Callable) -> None:
    Path("README.md").write_text("# Ours\n", "utf-8")
    code, _, err = run("rules", "--format", "pages", "-o", ".")
    assert code == 2
    assert "README.md" in err
    assert [path.name for path in Path().iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    "asked", [["--format", "pages"], ["--format", "pages", "-o", "-"], ["--check"], ["--select", "EX"]]
)
def test_pages_ask_for_a_folder(asked: list[str], run: Callable) -> None:
    assert run("rules", *asked).code == 2


def test_pages_of_some_rules_leave_the_others_alone(run: Callable) -> None:
    assert run("rules", "--format", "pages", "-o", "pages", "--select", "EX101, no-peak").code == 0
    assert run("rules", "--format", "pages", "-o", "pages", "--select", "IN").code == 0
    made = sorted(path.name for path in Path("pages").glob("*.md"))
    assert made == sorted(
        ["README.md", "EX101.md", "EX102.md", *(c for c in map("{}.md".format, CODES) if c[:2] == "IN")]
    )
    assert run("rules", "--format", "pages", "-o", "pages", "--select", "IN", "--check").code == 0
    code, _, err = run("rules", "--format", "pages", "-o", "pages", "--select", "EX1O1")
    assert code == 2
    assert "did you mean `EX101`?" in err
