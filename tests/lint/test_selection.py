"""Which rules run where: layers of configurations, tables about some files, the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from blueprint.config import Layer
from blueprint.diagnostic import Severity
from blueprint.lint import book
from blueprint.lint.engine import check_document
from blueprint.lint.selection import Local, Promise, Settings, chosen, refused
from blueprint.source.document import read_document
from blueprint.source.text import Source

LOW = """\
journey: ticket
stages:
  - stage: plan
    touchpoints:
      - {id: search, title: Looks for a train, kinds: [first], emotion: 1}
      - {id: arrive, title: Arrives late, kinds: [end], emotion: -1}
"""


def runs(code: str, *below: Layer, **top: tuple[str, ...]) -> bool:
    return code in chosen(book.load(), Settings(below=below, **top))  # type: ignore[arg-type]  # words only


NONE = Layer()


@pytest.mark.parametrize(
    ("below", "top", "expected"),
    [
        # MT101 is off by default, EX101 on.
        ((), {}, "EX101"),
        ((Layer(extend=("MT101",)),), {}, "EX101 MT101"),
        ((Layer(select=("MT101",)),), {}, "MT101"),
        ((Layer(select=("MT101",), extend=("EX101",)),), {}, "EX101 MT101"),
        ((Layer(ignore=("EX",)),), {}, ""),
        # A nearer layer overrules a farther one, by however broad a word.
        ((Layer(extend=("MT101",)), Layer(ignore=("MT",))), {}, "EX101"),
        ((Layer(ignore=("EX101",)), Layer(extend=("EX",))), {}, "EX101"),
        ((Layer(ignore=("EX101",)), Layer(select=("ALL",))), {}, "EX101 MT101"),
        ((Layer(select=("ALL",)), Layer(select=("EX",))), {}, "EX101"),
        ((Layer(extend=("MT101",)), Layer(select=("EX",))), {}, "EX101"),
        ((Layer(ignore=("EX101",)), Layer(extend=("MT101",))), {}, "MT101"),
        # The command line's select leaves alone what is ignored by a more exact word.
        ((Layer(ignore=("EX101",)),), {"select": ("ALL",)}, "MT101"),
        ((Layer(ignore=("EX101",)),), {"select": ("EX",)}, ""),
        ((Layer(ignore=("EX101",)),), {"select": ("EX101",)}, "EX101"),
        ((Layer(ignore=("EX",)),), {"select": ("low-ending",)}, "EX101"),
        ((Layer(select=("ALL",)),), {"select": ("MT101",)}, "MT101"),
        ((Layer(extend=("MT101",)),), {"ignore": ("EX",)}, "MT101"),
        ((Layer(select=("EX101",)),), {"extend": ("MT101",)}, "EX101 MT101"),
        ((Layer(select=("EX101",)),), {"ignore": ("ALL",)}, ""),
    ],
)
def test_layers(below: tuple[Layer, ...], top: dict[str, tuple[str, ...]], expected: str) -> None:
    assert [code for code in ("EX101", "MT101") if runs(code, *below, **top)] == expected.split()


def local(*files: str, **more: object) -> Local:
    shape = {"layer": NONE, "options": {}, "severity": {}, "budgets": {}, **more}
    return Local(files, **shape)  # type: ignore[arg-type]  # the test's own words


def found(settings: Settings, file: str, text: str = LOW) -> dict[str, Severity]:
    document = read_document(Source(file, text))
    return {
        d.code: d.severity for d in check_document(document, None, settings) if d.code[:2] in ("EX", "TP")
    }


def test_some_files_differ_in_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(
        select=(),
        root=str(tmp_path),
        severity={"EX": Severity.INFO},
        options={"EX101": {"floor": 0}},
        local=(
            local("drafts/*", layer=Layer(ignore=("EX",))),
            local("strict", layer=Layer(extend=("TP108",)), severity={"EX101": Severity.ERROR}),
            local("drafts/late.yaml", layer=Layer(select=("EX101",))),
            local("high", options={"EX101": {"floor": 1.5}}),
        ),
    )
    assert found(settings, "a.yaml")["EX101"] is Severity.INFO
    assert found(settings, "drafts/a.yaml") == {}
    assert set(found(settings, "drafts/late.yaml")) == {"EX101"}
    strict = found(settings, str(tmp_path / "strict" / "deep" / "a.yaml"))
    assert strict["EX101"] is Severity.ERROR
    assert "TP108" in strict
    fair = LOW.replace("-1", "1")
    assert "EX101" not in found(settings, "a.yaml", fair)
    assert "EX101" in found(settings, "high/a.yaml", fair)


def test_what_reading_remarks_can_be_ignored_and_woken() -> None:
    assert not refused("YM021", "x", Settings())
    assert refused("YM021", "x", Settings(below=(Layer(ignore=("YM",)),)))
    assert not refused("YM021", "x", Settings(below=(Layer(ignore=("YM",)), Layer(extend=("YM021",)))))
    assert refused("YM021", "x", Settings(below=(Layer(ignore=("YM",)),), select=("ALL",)))


def test_budgets_of_the_workspace_hold_where_the_journey_promises_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def broken(text: str, file: str = "a.yaml") -> list[tuple[str, str, str]]:
        settings = Settings(
            select=("EX109", "EX110"),
            root=str(tmp_path),
            budgets={
                "ending": Promise(">= 0", "team.toml:3"),
                "completion": Promise(">= 80%", "team.toml:4"),
                "time": Promise("<= 3d", "team.toml:5"),
            },
            local=(local("vip", budgets={"ending": Promise(">= -1", "blueprint.toml:9")}),),
        )
        source = Source(file, text)
        every = check_document(read_document(source), None, settings)
        return [(d.element, source.text[d.span.start : d.span.end], d.message.en) for d in every]

    ((element, place, message),) = broken(LOW)
    assert (element, place) == ("ending", "ticket")
    assert message == "budget broken: the ending −1, promised >= 0 in team.toml:3 (1 too low)"
    own = LOW.replace("stages:", 'budgets: {ending: ">= -1"}\nstages:', 1)
    assert broken(own) == []
    strict = LOW.replace("stages:", 'budgets: {ending: ">= 1"}\nstages:', 1)
    assert [(e, p) for e, p, _ in broken(strict)] == [("ticket", '">= 1"')]
    assert broken(LOW, "vip/a.yaml") == []
