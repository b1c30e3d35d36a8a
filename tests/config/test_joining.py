"""Shared configurations: what is nearer wins, what adds up adds up, and what goes wrong is located."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from blueprint.config import At, Config, ConfigError, Ignored, Layer, Promised, find_config


def project(folder: Path, **files: str) -> Path:
    """Write files (`__` for `/`, `.toml` added) and return the project's folder."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "app"


def read(folder: Path, **files: str) -> Config:
    return find_config(project(folder, **files))


def refused(folder: Path, **files: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        read(folder, **files)
    assert caught.value.line > 0
    assert caught.value.message.zh != caught.value.message.en
    return caught.value


def test_nearer_values_win_and_lists_and_tables_come_together(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        shared__team="""
            select = ["DEFAULT"]
            ignore = ["EX102"]
            fail-on = "warning"
            exclude = ["old"]
            theme = "dark"
            plugins = ["one", "two"]
            severity = {EX101 = "error", ST = "info"}
            rules.EX101 = {floor = 1, depth = 2}
            budgets = {ending = ">= 0", time = "<= 3d"}
            [[per-file]]
            files = "a"
            ignore = ["LX"]
            [[ignores]]
            rule = "EX101"
            reason = "r"
            owner = "o"
        """,
        app__blueprint="""
            extends = "../shared/team.toml"
            extend-select = ["TP106"]
            exclude = ["drafts"]
            theme = "print"
            plugins = ["two", "three"]
            severity = {EX101 = "info"}
            rules.EX101.floor = 3
            budgets.ending = ">= 1"
            [[per_file]]
            files = ["b"]
            budgets.ending = ">= 2"
            [[ignores]]
            rule = "ST101"
            files = "x.yaml"
            element = "pay"
            reason = "r2"
            owner = "o2"
            expires = 2027-03-31
        """,
    )
    assert config.root == tmp_path / "app"
    assert [w.file.name for w in config.sources] == ["team.toml", "blueprint.toml"]
    assert config.layers == (Layer(("DEFAULT",), (), ("EX102",)), Layer((), ("TP106",), ()))
    assert (config.fail_on, config.theme, config.exclude) == ("warning", "print", ("drafts",))
    assert config.plugins == ("one", "two", "three")
    assert config.severity == {"EX101": "info", "ST": "info"}
    assert config.rules == {"EX101": {"floor": 3, "depth": 2}}
    assert config.budgets == {
        "ending": Promised(">= 1", At(1, ("budgets", "ending"))),
        "time": Promised("<= 3d", At(0, ("budgets", "time"))),
    }
    assert [table.files for table in config.per_file] == [("a",), ("b",)]
    assert config.ignores[1] == Ignored(
        "ST101", "r2", "o2", At(1, ("ignores", 0)), ("x.yaml",), "pay", date(2027, 3, 31)
    )
    assert config.written(config.budgets["ending"].at) == (tmp_path / "app" / "blueprint.toml", 9)
    assert config.written(config.per_file[1].budgets["ending"].at)[1] == 12
    assert config.written(config.ignores[1].at)[1] == 13


def test_shared_files_extend_others_and_count_once(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        base='theme = "dark"\nextend-select = ["A1"]\nlanguage = "zh"\n',
        one='extends = "base.toml"\ntheme = "light"\nextend-select = ["B1"]\n',
        two='extends = ["./base.toml"]\ntheme = "print"\n',
        app__blueprint='extends = ["../one.toml", "../two.toml"]\n',
    )
    assert [w.file.stem for w in config.sources] == ["base", "one", "two", "blueprint"]
    assert (config.theme, config.language) == ("print", "zh")
    assert [layer.extend for layer in config.layers] == [("A1",), ("B1",)]


def test_a_shared_pyproject_is_read_under_its_table(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        pyproject='[tool.blueprint]\ntheme = "dark"\n',
        app__blueprint='extends = "../pyproject.toml"\n',
    )
    assert config.theme == "dark"


@pytest.mark.parametrize(
    ("files", "place", "said"),
    [
        ({"app__blueprint": '\nextends = "../gone.toml"'}, "blueprint.toml:2", "not there"),
        ({"app__blueprint": 'extends = "."'}, "blueprint.toml:1", "a folder"),
        ({"app__blueprint": 'extends = "https://x/y.toml"'}, "blueprint.toml:1", "no file"),
        ({"app__blueprint": 'extends = "blueprint.toml"'}, "blueprint.toml:1", "in a circle"),
        (
            {"app__blueprint": 'extends = "../b.toml"', "b": '# b\nextends = "app/blueprint.toml"'},
            "b.toml:2",
            "in a circle: blueprint.toml → b.toml → blueprint.toml",
        ),
        ({"app__blueprint": 'extends = "../b.toml"', "b": "\ntheme = 3"}, "b.toml:2", "must be text"),
        (
            {"app__blueprint": 'extends = "../pyproject.toml"', "pyproject": "[tool.x]"},
            "blueprint.toml:1",
            "no [tool",
        ),
        ({"app__blueprint": "extends = 3"}, "blueprint.toml:1", "list of words"),
    ],
)  # fmt: skip
def test_what_cannot_be_extended_is_located(
    tmp_path: Path, files: dict[str, str], place: str, said: str
) -> None:
    error = refused(tmp_path, **files)
    assert f"{error.file.name}:{error.line}" == place
    assert said in error.message.en


@pytest.mark.parametrize(
    ("text", "line", "key", "said"),
    [
        ('[[ignores]]\nrule = "EX101"\nowner = "o"\n', 1, "ignores[1]", "lacks `reason`"),
        ('[[ignores]]\nrule = "A"\nowner = "o"\nreason = " "\n', 4, "ignores[1].reason", "must be text"),
        ('[[ignores]]\nrule="A"\nowner="o"\nreason="r"\nexpires = 2026-13-01', 5, "", "not TOML"),
        ('[[ignores]]\nrule="A"\nowner="o"\nreason="r"\nexpires = "soon"', 5, "ignores[1].expires", "no"),
        ('[[ignores]]\nrule="A"\nowner="o"\nreason="r"\nexpire = 1', 5, "ignores[1].expire", "no setting"),
        ("ignores = {}", 1, "ignores", "list of tables"),
        ('[[per-file]]\nignore = ["EX"]', 1, "per-file[1]", "lacks `files`"),
        ('[[per-file]]\nfiles = "a"\nfail-on = "error"', 3, "per-file[1].fail-on", "no setting"),
        ('[budgets]\n\nendng = ">= 0"', 3, "budgets.endng", "no setting"),
        ('[budgets]\ntime = "<= 5"', 2, "budgets.time", "about a time"),
        ('[budgets]\ncompletion = ">= 80"', 2, "budgets.completion", "about a share"),
        ("[budgets]\nending = 3", 2, "budgets.ending", "plain number"),
        ('fail-on = "error"\nfail_on = "never"', 2, "fail_on", "twice"),
        ("cache = true", 1, "cache", "must be a folder, or false"),
        ('extend-ignore = ["EX"]', 1, "extend-ignore", "no setting"),
    ],
)
def test_mistakes_deep_inside_have_their_line(
    tmp_path: Path, text: str, line: int, key: str, said: str
) -> None:
    error = refused(tmp_path, app__blueprint=text)
    assert (error.line, error.key) == (line, key)
    assert said in error.message.en


def test_one_who_means_another_key_is_told(tmp_path: Path) -> None:
    assert "`expires`" in refused(tmp_path, app__blueprint="[[ignores]]\nexpire = 1").help.en
    assert "`ending`" in refused(tmp_path, app__blueprint='budgets.endng = ">= 0"').help.en
    assert "write `ignore`" in refused(tmp_path, app__blueprint='extend_ignore = ["EX"]').help.en


def test_cache_is_a_folder_or_none(tmp_path: Path) -> None:
    assert read(tmp_path, app__blueprint="cache = false").cache is False
    assert read(tmp_path, app__blueprint='cache = ".c"').cache == ".c"
    assert Config().cache is None
