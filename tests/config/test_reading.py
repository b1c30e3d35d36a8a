"""Settings are found by walking up, and what is wrong with them is said with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from blueprint.config import Config, ConfigError, Layer, find_config

EVERYTHING = """
paths = ["journeys"]
exclude = ["drafts", "*.old.yaml"]
select = ["DEFAULT", "EX"]
ignore = ["EX102"]
fail_on = "warning"
language = "zh"
theme = "print"
exports = "pictures"

[severity]
EX101 = "error"

[rules.EX101]
floor = 0.5
"""


def written(folder: Path, text: str, name: str = "blueprint.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def broken(folder: Path, text: str, name: str = "blueprint.toml") -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        find_config(written(folder, text, name))
    assert caught.value.file == folder / name
    assert caught.value.message.zh != caught.value.message.en
    assert caught.value.help.zh
    return caught.value


def test_every_key_is_read(tmp_path: Path) -> None:
    config = find_config(written(tmp_path, EVERYTHING))
    assert config == Config(
        file=tmp_path / "blueprint.toml",
        root=tmp_path,
        paths=("journeys",),
        exclude=("drafts", "*.old.yaml"),
        layers=(Layer(("DEFAULT", "EX"), (), ("EX102",)),),
        fail_on="warning",
        language="zh",
        theme="print",
        exports="pictures",
        severity={"EX101": "error"},
        rules={"EX101": {"floor": 0.5}},
    )


def test_pyproject_holds_the_same_under_its_table(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.blueprint]\nfail-on = "never"\n'
    text += "[tool.blueprint.rules.EX101]\nfloor = 1\n"
    config = find_config(written(tmp_path, text, "pyproject.toml"))
    assert (config.fail_on, config.rules, config.root) == ("never", {"EX101": {"floor": 1}}, tmp_path)


def test_the_nearest_settings_win_and_strangers_are_passed_by(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    written(tmp_path, 'theme = "dark"')
    written(tmp_path / "a", '[tool.ruff]\nselect = ["E"]\n', "pyproject.toml")
    written(deep, "this is [not toml", "pyproject.toml")
    assert find_config(deep).theme == "dark"
    assert find_config(deep / "journey.yaml").theme == "dark"
    written(tmp_path / "a", 'theme = "print"')
    assert find_config(deep).theme == "print"


def test_without_settings_the_defaults_hold() -> None:
    assert Config().fail_on == "error"
    assert Config().root is None


@pytest.mark.parametrize(
    ("text", "key", "line", "hint"),
    [
        ('theme = "dark"\nselct = ["EX"]\n', "selct", 2, "`select`"),
        ('colour = "red"\n', "colour", 1, "known keys: extends, paths"),
        ('\nselect = "EX"\n', "select", 2, 'select = ["EX"]'),
        ('fail_on = "sometimes"\n', "fail_on", 1, '"never"'),
        ("theme = 3\n", "theme", 1, 'theme = "print"'),
        ('language = "chinese please"\n', "language", 1, '"zh"'),
        ('[severity]\nEX101 = "loud"\n', "severity.EX101", 2, '"info"'),
        ('severity = "error"\n', "severity", 1, "EX101"),
        ("[rules]\nEX101 = 3\n", "rules", 1, "[rules.EX101]"),
        ('[tool.blueprint]\ntheme = "dark"\n', "tool", 1, "at the top"),
        ("theme = dark\n", "", 1, "quotes"),
        ("theme =", "", 1, "quotes"),
    ],
)
def test_a_mistake_is_located_and_comes_with_a_remedy(
    tmp_path: Path, text: str, key: str, line: int, hint: str
) -> None:
    error = broken(tmp_path, text)
    assert (error.key, error.line) == (key, line)
    assert hint in error.help.en
    assert f"blueprint.toml:{line}: " in str(error)


def test_a_broken_pyproject_counts_only_where_it_speaks_of_us(tmp_path: Path) -> None:
    error = broken(tmp_path, "[tool.blueprint]\ntheme = \n", "pyproject.toml")
    assert error.line == 2
    assert broken(tmp_path, '[tool]\nblueprint = "yes"\n', "pyproject.toml").key == "tool.blueprint"


def test_a_file_that_is_no_text_is_an_error_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "blueprint.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not UTF-8"):
        find_config(tmp_path)


def test_a_merge_conflict_is_told_as_one(tmp_path: Path) -> None:
    text = 'language = "zh"\n<<<<<<< HEAD\ntheme = "dark"\n=======\ntheme = "light"\n>>>>>>> topic\n'
    wrong = broken(tmp_path, text)
    assert (wrong.line, wrong.message.en) == (2, "a merge conflict is left here")


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_what_is_no_file_is_not_passed_by(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "blueprint.toml"
    if kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(tmp_path / "gone.toml")
    with pytest.raises(ConfigError) as caught:
        find_config(tmp_path)
    assert caught.value.file == place


@pytest.mark.parametrize(
    ("written", "en", "advice"),
    [
        ("theme = 7", "`theme` must be text", 'write theme = "print"'),
        ("extends = 7", "`extends` must be text or a list of words", "../shared/blueprint.toml"),
        ("cache = 7", "`cache` must be a folder, or false", "or cache = false"),
        ("select = 7", "`select` must be a list of words", 'write select = ["DEFAULT", "TP106"]'),
        ("[[ignores]]\nrule = 7", "`ignores[1].rule` must be text", 'write rule = "EX101"'),
        ("[[per-file]]\nfiles = 7", "`per-file[1].files` must be text or a list", '"drafts/**"'),
        ("[diff]\nwatch = 7", "`diff.watch` must be a list of words", 'watch = ["ending", "completion"]'),
    ],
)
def test_advice_shows_the_key_as_it_is_written(tmp_path: Path, written: str, en: str, advice: str) -> None:
    from blueprint.config.errors import ConfigError
    from blueprint.config.reading import read

    file = tmp_path / "blueprint.toml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(ConfigError) as wrong:
        read(file, ours=True)
    assert en in wrong.value.message.en
    assert advice in wrong.value.help.en
