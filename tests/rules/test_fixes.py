"""Every fix does what it says: it mends its finding, and nothing else in the file is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from blueprint.diagnostic import Diagnostic, Severity
from blueprint.lint import book, reference
from blueprint.lint.engine import check_document
from blueprint.lint.mend import fixable, mend
from blueprint.lint.selection import Settings
from blueprint.source.document import read_document
from blueprint.source.text import Source
from blueprint.source.workspace import Workspace

HERE = Path(__file__).parent
RULES = book.load()
BAD = sorted(HERE.glob("*/bad-*.yaml"))
FIXABLE = sorted(code for code, rule in RULES.items() if rule.fix)


class Desk:
    """A fixture among its neighbours, looked at again and again while it changes."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        texts = {p.name: p.read_text("utf-8") for p in sorted(path.parent.glob("*.yaml"))}
        self.text = texts[path.name]
        self.workspace = Workspace.of([read_document(Source(name, text)) for name, text in texts.items()])
        self.code = path.parent.name

    def check(self, text: str) -> list[Diagnostic] | None:
        document = read_document(Source(self.name, text))
        if document.model is None:
            return None
        self.workspace.replace(document)
        return list(check_document(document, self.workspace, Settings(select=("DEFAULT", self.code))))

    def found(self) -> list[Diagnostic]:
        return [d for d in self.check(self.text) or [] if d.code == self.code]


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_rule_offers_the_fixes_that_its_page_promises(path: Path, request: pytest.FixtureRequest) -> None:
    desk = Desk(path)
    found = desk.found()
    promised = RULES[desk.code].fix
    kinds = {"safe" if d.fix.safe else "unsafe" for d in found if d.fix}
    assert kinds <= set(promised.split(" or ")), f"its page says `{promised}`"
    golden = path.with_suffix(".fixed")
    if not kinds:
        assert not golden.exists()
        return
    done = mend(desk.text, found, lambda text: only(desk, text), unsafe=True)
    assert done.text != desk.text
    if request.config.getoption("--accept"):
        golden.write_text(done.text, "utf-8")
    assert golden.exists(), "read what is mended, then run pytest --accept"
    assert done.text == golden.read_text("utf-8"), "the fix changed: read it, then run pytest --accept"
    assert not fixable(done.found, unsafe=True), "nothing that could be mended is left"
    assert len(done.found) < len(found)
    before, after = desk.check(desk.text) or [], desk.check(done.text) or []
    assert errors(after) <= errors(before)
    assert mend(done.text, done.found, lambda text: only(desk, text), unsafe=True).text == done.text


def only(desk: Desk, text: str) -> list[Diagnostic] | None:
    found = desk.check(text)
    return None if found is None else [d for d in found if d.code == desk.code]


def errors(found: list[Diagnostic]) -> set[str]:
    return {d.code for d in found if d.severity >= Severity.ERROR}


@pytest.mark.parametrize("code", FIXABLE)
def test_a_rule_with_a_fix_shows_before_and_after(code: str) -> None:
    assert list((HERE / code).glob("bad-*.fixed")), "add a fixture that can be mended"
    assert "Fix: **" in reference.explain(code)
