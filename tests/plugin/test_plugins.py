"""Plugins: a package that is really installed, and packages that are broken in every way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent
EXAMPLE = HERE / "blueprint-hotel"
DOCS = HERE.parents[1] / "docs" / "plugins.md"
JOURNEY = """\
journey: one-night
title: One night
stages:
  - stage: stay
    title: Sleeps well
    touchpoints:
      - {id: wake, title: Wakes rested, kinds: [first], emotion: 1, covers: {turn-down: [light]}}
  - stage: leave
    touchpoints:
      - {id: pay, title: Pays at the desk, kinds: [end], emotion: 1, time: {standard: 20m}}
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the example with pip, without a network, into a folder of its own."""
    import shutil

    made = tmp_path_factory.mktemp("plugin")
    source = made / "source"
    shutil.copytree(EXAMPLE, source, ignore=shutil.ignore_patterns("__pycache__"))
    target = made / "installed"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation",
         "--no-index", "--disable-pip-version-check", "--target", str(target), str(source)],
        check=True, capture_output=True,
    )  # fmt: skip
    return target


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Return a function that runs the program in a folder, with packages of a shelf installed."""

    def call(*arguments: str, shelf: Path | None = None) -> Ran:
        environment = {
            key: value for key, value in os.environ.items() if key not in ("LANG", "LC_ALL", "LC_MESSAGES")
        }
        environment |= {
            "PYTHONPATH": str(shelf or ""),
            "BLUEPRINT_CACHE_DIR": str(tmp_path / "kept"),
            "COLUMNS": "200",
        }
        ran = subprocess.run(
            [sys.executable, "-m", "blueprint", *arguments],
            cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert "Traceback" not in ran.stderr, ran.stderr
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    (tmp_path / "night.yaml").write_text(JOURNEY, encoding="utf-8")
    return call


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """Name the example in the configuration."""
    file = tmp_path / "blueprint.toml"
    file.write_text('plugins = ["blueprint-hotel"]\n', encoding="utf-8")
    return file


def test_what_is_only_installed_changes_nothing(run: Run, shelf: Path) -> None:
    assert run("check", "night.yaml", shelf=shelf) == run("check", "night.yaml")
    assert "HO101" not in run("rules", shelf=shelf).out
    ran = run("render", "night.yaml", "--view", "doors", shelf=shelf)
    assert ran.code == 2
    assert "`doors` is not one of map, blueprint, flow" in ran.err


def test_its_rule_is_a_rule_like_any_other(run: Run, shelf: Path, named: Path, tmp_path: Path) -> None:
    ran = run("check", "--fail-on", "warning", shelf=shelf)
    assert ran.code == 1
    assert "night.yaml:10:76: warning[HO101] leaving takes 20 minutes at `pay`" in ran.out
    assert "HO  Hotels\n  HO101  warning  slow-farewell" in run("rules", shelf=shelf).out
    assert "Source** · House manual, chapter 7." in run("explain", "slow-farewell", shelf=shelf).out
    assert "HO101" not in run("check", "--ignore", "HO", shelf=shelf).out
    assert "HO101" in run("check", "--select", "slow-farewell", shelf=shelf).out
    named.write_text(named.read_text() + "[rules.HO101]\nminutes = 30\n")
    assert "HO101" not in run("check", shelf=shelf).out
    named.write_text('plugins = ["blueprint-hotel"]\n')
    sarif = json.loads(run("check", "--format", "sarif", shelf=shelf).out)
    assert "HO101" in [rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]]
    (tmp_path / "night.yaml").write_text(JOURNEY.rstrip() + "  # blueprint: ignore HO101 -- old house\n")
    ran = run("check", shelf=shelf)
    assert "HO101" not in ran.out
    assert "IN1" not in ran.out


def test_its_rule_has_an_illustrated_page(run: Run, shelf: Path, named: Path, tmp_path: Path) -> None:
    ran = run("rules", "--format", "pages", "--select", "HO", "-o", "pages", shelf=shelf)
    assert ran.code == 0, ran.err
    page = (tmp_path / "pages" / "HO101.md").read_text(encoding="utf-8")
    assert "# HO101 " in page
    assert "[HO101](HO101.md)" in (tmp_path / "pages" / "README.md").read_text(encoding="utf-8")
    assert not (tmp_path / "pages" / "EX101.md").exists()


def test_workers_know_the_plugins_too(run: Run, shelf: Path, named: Path, tmp_path: Path) -> None:
    for number in range(40):
        text = JOURNEY.replace("one-night", f"night-{number}")
        (tmp_path / f"night-{number:02}.yaml").write_text(text, encoding="utf-8")
    alone = run("check", "--no-cache", "--jobs", "1", shelf=shelf)
    assert alone.out.count("[HO101]") == 41
    assert run("check", "--no-cache", "--jobs", "3", shelf=shelf) == alone
    assert run("check", shelf=shelf) == run("check", shelf=shelf) == alone


def test_its_view_and_its_format(run: Run, shelf: Path, named: Path, tmp_path: Path) -> None:
    assert run("render", "night.yaml", "--view", "doors", shelf=shelf).code == 0
    drawn = (tmp_path / "one-night.doors.svg").read_text("utf-8")
    assert ">Sleeps well<" in drawn
    ran = run("render", "night.yaml", "--to", "csv", "-o", "-", shelf=shelf)
    assert ran.out == "stage,touchpoint,title\nstay,wake,Wakes rested\nleave,pay,Pays at the desk\n"
    run("render", "night.yaml", "-o", "points.csv", shelf=shelf)
    assert (tmp_path / "points.csv").read_text("utf-8") == ran.out
    (tmp_path / "back.yaml").write_text(
        "blueprint: back\njourney: one-night\nactors: {desk: {zone: frontstage}}\n"
        "steps: [{id: bill, at: pay, actor: desk, does: Prints the bill}]\n",
        encoding="utf-8",
    )
    refused = run("render", "back.yaml", "--view", "doors", shelf=shelf)
    assert refused.code == 2
    assert "a service blueprint has no `doors` view" in refused.err
    refused = run("render", "back.yaml", "--to", "csv", shelf=shelf)
    assert refused.code == 2
    assert "only a journey makes a table" in refused.err


def test_its_view_and_its_format_are_part_of_a_build(
    run: Run, shelf: Path, named: Path, tmp_path: Path
) -> None:
    assert run("build", "--to", "svg,csv", shelf=shelf).code == 0
    built = {path.name for path in (tmp_path / "exports").iterdir()}
    assert {"one-night.map.svg", "one-night.doors.svg", "one-night.map.csv"} <= built
    index = (tmp_path / "exports" / "index.html").read_text("utf-8")
    assert ">Doors<" in index
    assert "one-night.doors.svg" in index
    assert run("build", "--to", "svg,csv", "--check", shelf=shelf).code == 0
    assert run("build", "--to", "cvs", shelf=shelf).code == 2


def test_a_picture_that_fails_leaves_the_others_to_be_built(run: Run, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    text = "from blueprint.views.view import View\nVIEW = View(lambda given: 1 / 0, of=('journey',))\n"
    package(shelf, "odd-one", "[blueprint.views]\nodd = odd:VIEW\nnone = odd:NONE\n", odd=text)
    (tmp_path / "blueprint.toml").write_text('plugins = ["odd-one"]\n')
    ran = run("build", "--to", "svg", shelf=shelf)
    assert ran.code == 3
    assert "`odd` failed: ZeroDivisionError" in ran.err
    assert "has no attribute 'NONE'" in ran.err
    built = {path.name for path in (tmp_path / "exports").iterdir()}
    assert "one-night.map.svg" in built
    assert "one-night.odd.svg" not in built


def test_its_playbook_stands_between_the_built_in_ones_and_the_teams(
    run: Run, shelf: Path, named: Path, tmp_path: Path
) -> None:
    shown = run("playbook", "show", "turn-down", shelf=shelf)
    assert "The turn-down service" in shown.out
    listed = run("playbook", "list", "--section", "coverage", shelf=shelf).out
    assert re.search(r"turn-down .*\[hotel-house\]", listed)
    assert "RF108" not in run("check", shelf=shelf).out
    named.unlink()
    assert "RF108" in run("check", shelf=shelf).out
    named.write_text('plugins = ["blueprint-hotel"]\n')
    (tmp_path / "own.yaml").write_text(
        "playbook: ours\nextends: [hotel-house]\ncoverage:\n  turn-down:\n    extends: turn-down\n"
        "    title: Our own turn-down\n    items: [{id: tea, title: Tea}]\n",
        encoding="utf-8",
    )
    shown = run("playbook", "show", "turn-down", shelf=shelf).out
    assert "Our own turn-down" in shown
    assert "Water beside the bed" in shown
    assert "own.yaml" not in run("check", shelf=shelf).out


def test_a_plugin_that_is_not_there_is_refused(run: Run, named: Path) -> None:
    for command in (["check"], ["rules"], ["render", "night.yaml"], ["playbook", "list"]):
        ran = run(*command)
        assert ran.code == 2
        assert ran.out == ""
        assert "blueprint.toml: the plugin `blueprint-hotel` is not installed; run `" in ran.err
        assert " -m pip install blueprint-hotel`" in ran.err


def package(shelf: Path, name: str, points: str, **files: str) -> None:
    """Write a package as pip would leave it."""
    shelf.mkdir(exist_ok=True)
    info = shelf / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(points)
    for module, text in files.items():
        (shelf / f"{module}.py").write_text(text, encoding="utf-8")


def a_rule(code: str, name: str) -> str:
    return (
        "from __future__ import annotations\n"
        "from blueprint.diagnostic import Message\n"
        "from blueprint.lint.rule import Finding, rule\n"
        "from blueprint.model.journey import Journey\n"
        f'@rule("{code}", zh="测试")\n'
        f"def {name}(journey: Journey):\n"
        '    """Always."""\n'
        f'    yield Finding(("stages",), Message("{name} speaks", "测试"))\n'
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "import nothing_of_the_kind\n",
            "`broken_one` (blueprint.rules, it) cannot be imported: Mod",
        ),
        ("this is no Python\n", "cannot be imported: SyntaxError"),
        ("raise SystemError('no licence')\n", "cannot be imported: SystemError: no licence"),
        (a_rule("EX101", "mine"), "cannot be imported: ValueError: rule code EX101 is malformed or taken"),
        (a_rule("EX901", "mine"), "its rule EX901 is left out: the family EX belongs to blueprint"),
        (
            a_rule("ZZ101", "low_ending"),
            "its rule ZZ101 is left out: the name `low-ending` is taken by",
        ),
    ],
    ids=["missing", "syntax", "raises", "code", "family", "name"],
)
def test_what_cannot_be_used_is_told_and_the_rest_goes_on(
    run: Run, tmp_path: Path, text: str, told: str
) -> None:
    shelf = tmp_path / "shelf"
    package(shelf, "broken-one", "[blueprint.rules]\nit = broken_one\n", broken_one=text)
    package(
        shelf, "sound-one", "[blueprint.rules]\nit = sound_one\n", sound_one=a_rule("SO101", "sound_rule")
    )
    (tmp_path / "blueprint.toml").write_text(
        '# who takes part\nplugins = ["broken-one", "sound-one"]\n', encoding="utf-8"
    )
    ran = run("check", shelf=shelf)
    assert ran.code == 2
    assert re.search(r"blueprint\.toml:2:\d+: error\[IN106\] plugin `broken-one`: ", ran.out), ran.out
    assert told in ran.out
    assert "[SO101] sound_rule speaks" in ran.out
    assert run("check", shelf=shelf) == ran, "what is remembered does not hide it"


def test_what_is_remembered_is_forgotten_when_the_code_of_a_plugin_changes(
    run: Run, tmp_path: Path
) -> None:
    shelf = tmp_path / "shelf"
    package(shelf, "talker", "[blueprint.rules]\nit = talker\n", talker=a_rule("TA101", "old_words"))
    (tmp_path / "blueprint.toml").write_text('plugins = ["talker"]\nselect = ["old-words"]\n')
    assert "old_words speaks" in run("check", shelf=shelf).out
    assert "old_words speaks" in run("check", shelf=shelf).out
    (shelf / "talker.py").write_text(a_rule("TA101", "newer_words"), encoding="utf-8")
    ran = run("check", shelf=shelf)
    assert ran.code == 2
    assert "old-words" in ran.err
    (tmp_path / "blueprint.toml").write_text('plugins = ["talker"]\nselect = ["TA"]\n')
    assert "newer_words speaks" in run("check", shelf=shelf).out


def test_processes_that_share_no_memory_know_the_plugins(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "blueprint.toml").write_text('plugins = ["blueprint-hotel"]\n')
    for number in range(20):
        (tmp_path / f"{number}.yaml").write_text(JOURNEY.replace("one-night", f"night-{number}"), "utf-8")
    script = (
        "import multiprocessing\nfrom blueprint.cli import main\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method('spawn')\n    main(['check', '--no-cache', '-j', '2'])\n"
    )
    (tmp_path / "go.py").write_text(script)
    ran = subprocess.run(
        [sys.executable, "go.py"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(shelf)},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.stdout.count("[HO101]") == 20, ran.stderr


def test_a_rule_of_a_plugin_that_crashes_is_a_finding(run: Run, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    text = a_rule("CR101", "crash").replace("    yield", "    raise OSError('no disk')\n    yield")
    package(shelf, "crashing", "[blueprint.rules]\nit = crashing\n", crashing=text)
    (tmp_path / "blueprint.toml").write_text('plugins = ["crashing"]\n')
    ran = run("check", shelf=shelf)
    assert ran.code == 3
    assert "IN001" in ran.out
    assert "CR101 crash crashed: OSError: no disk" in ran.out


@pytest.mark.parametrize(
    ("points", "arguments", "told"),
    [
        ("[blueprint.views]\nodd = odd:NOTHING\n", ["--view", "odd"], "has no attribute 'NOTHING'"),
        ("[blueprint.views]\nodd = odd:TEXT\n", ["--view", "odd"], "is no blueprint.views.view.View"),
        ("[blueprint.views]\nodd = odd:VIEW\n", ["--view", "odd"], "`odd` failed: ZeroDivisionError"),
        ("[blueprint.exporters]\nodd = odd:EXPORTER\n", ["--to", "odd"], "it gave str, not bytes"),
        ("[blueprint.views]\nmap = odd:VIEW\n", ["--view", "map"], ""),
    ],
    ids=["missing", "kind", "fails", "text", "taken"],
)
def test_pictures_and_formats_that_cannot_be_used(
    run: Run, tmp_path: Path, points: str, arguments: list[str], told: str
) -> None:
    shelf = tmp_path / "shelf"
    text = (
        "from blueprint.views.view import View\n"
        "from blueprint.export.exporter import Exporter\n"
        "TEXT = 'text'\n"
        "VIEW = View(lambda given: 1 / 0, of=('journey',))\n"
        "EXPORTER = Exporter(lambda order: 'text')\n"
    )
    package(shelf, "odd-one", points, odd=text)
    (tmp_path / "blueprint.toml").write_text('plugins = ["odd-one"]\n')
    ran = run("render", "night.yaml", *arguments, shelf=shelf)
    if told:
        assert ran.code == (3 if "` failed: " in ran.err else 2)
        assert "odd-one" in ran.err
        assert told in ran.err
    else:
        assert ran.code == 0, "the program's own picture keeps its name"
        told_at_check = run("check", shelf=shelf).out
        assert "its name `map` in `blueprint.views` is taken by blueprint" in told_at_check


def test_a_package_that_is_no_plugin_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "blueprint.toml").write_text('plugins = ["click"]\n')
    ran = run("check")
    assert ran.code == 2
    assert "plugin `click`: it offers nothing in blueprint.rules" in ran.out


def test_a_playbook_that_cannot_be_read_is_told(run: Run, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    package(shelf, "torn", "[blueprint.playbooks]\nit = torn\n")
    (shelf / "torn").mkdir()
    (shelf / "torn" / "__init__.py").write_text("")
    (shelf / "torn" / "a.yaml").write_text("playbook: a\nladders: [1]\n")
    (tmp_path / "blueprint.toml").write_text('plugins = ["torn"]\n')
    ran = run("check", shelf=shelf)
    assert ran.code == 2
    assert "plugin `torn`: a.yaml: " in ran.out


def test_the_page_shows_the_example_as_it_is() -> None:
    page = DOCS.read_text("utf-8")
    shown = re.findall(r"<!-- (blueprint-hotel/\S+) -->\n````\w+\n(.*?)````", page, re.DOTALL)
    assert {name for name, _ in shown} == {
        str(path.relative_to(HERE))
        for path in EXAMPLE.rglob("*")
        if path.is_file() and path.name != "__init__.py" and "__pycache__" not in path.parts
    }
    for name, text in shown:
        assert text == (HERE / name).read_text("utf-8"), name


def test_a_warm_run_opens_no_rule_book_for_plugins(shelf: Path, named: Path, tmp_path: Path) -> None:
    del named
    program = (
        "import sys\nfrom blueprint.cli import main\nsys.argv = ['blueprint', 'check']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('opened' if 'blueprint.lint.book' in sys.modules else 'closed', file=sys.stderr)\n"
    )
    told = []
    for _ in range(2):
        environment = {**os.environ, "PYTHONPATH": str(shelf), "XDG_CACHE_HOME": str(tmp_path / "kept")}
        ran = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        told.append((ran.stdout, ran.stderr.split()[-1]))
    assert [state for _, state in told] == ["opened", "closed"]
    assert told[0][0] == told[1][0]
