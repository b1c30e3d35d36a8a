"""Reports for platforms, each read back by a parser or a schema of the platform's own world."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, TestSuite
from markdown_it import MarkdownIt

from blueprint.diagnostic import Diagnostic, Edit, Fix, Message, Range, Severity
from blueprint.lint.book import all_rules
from blueprint.lint.fingerprint import fingerprints
from blueprint.report import concise, github, gitlab, junit, markdown, sarif, text
from blueprint.report.markup import inline, plain
from blueprint.report.places import Base, portable, uri, web
from blueprint.report.run import Accepted, Gone, Run
from blueprint.source.text import Source

TEXT = "journey: a\ntitle: 🎉 太好了, 100%\nemotion: -1\n"
FILE = "旅程/a b.yaml"
SOURCES = {FILE: Source(FILE, TEXT)}
START = TEXT.index("太")
FIX = Fix(Message("say less", "少说"), (Edit(START, START + 1, "很"), Edit(START + 1, START + 3, "")))
SCHEMA = json.loads(
    (Path(__file__).parents[1] / "data/sarif/sarif-schema-2.1.0.json").read_text(encoding="utf-8")
)


def found(code: str = "EX101", severity: Severity = Severity.WARNING, **others: Any) -> Diagnostic:
    told = {
        "message": Message("it is low", "偏低"),
        "help": Message("lift it", "提高它"),
        "file": FILE,
        "span": Range(START, START + 3),
        "name": "low-ending",
    } | others
    return Diagnostic(code, severity, **told)


def run_of(*diagnostics: Diagnostic, **more: Any) -> Run:
    run = Run(diagnostics, SOURCES, [FILE, "clean.yaml"], **more)
    prints = fingerprints(run.everything, SOURCES)
    return Run(diagnostics, SOURCES, [FILE, "clean.yaml"], fingerprints=prints, **more)


ANYTHING = st.text(st.characters(), max_size=40) | st.sampled_from(
    [
        "]]><x/>", "</failure>", "\x00\x1b[31m\u202e", "a|b", "<script>", "[x](http://a.b)", "@team #12",
        "`a` and `b|c`", "`unbalanced", "::error::x", "%0A", "\ud800", "a\r\nb",
        "https://a.b www.a.b a@b.cd",
        ":tada: $x$ ~~y~~", "\\", "``", "` `", "\ufffe", "![i](x.png)", "&lt;", "\\`*_{}[]()#+-.!",
        "- x", "1. x",
    ]
)  # fmt: skip
"""What a file may hold, with what would be markup somewhere."""


class TestConcise:
    def test_one_line_each(self) -> None:
        told = concise.render(run_of(found(), found("ST101", Severity.ERROR, fix=FIX)))
        assert told == (
            "旅程/a b.yaml:2:10: EX101 warning it is low\n"
            "旅程/a b.yaml:2:10: ST101 error it is low [fixable]\n"
        )
        assert "EX101 warning 偏低" in concise.render(run_of(found()), language="zh")
        assert concise.render(run_of()) == ""

    @given(ANYTHING)
    def test_any_message_stays_one_line(self, said: str) -> None:
        told = concise.render(run_of(found(message=Message(said, said))))
        assert len(told.splitlines()) == 1
        assert all(c.isprintable() or c in "\u200d\ufe0f" for c in told[:-1])


class TestFixable:
    def test_the_text_report_says_what_can_be_mended(self) -> None:
        unsafe = FIX._replace(safe=False)
        told = text.render(run_of(found(fix=FIX), found("EX102", fix=unsafe), found("EX103")))
        assert "warning[EX101] it is low [fixable]\n" in told
        assert "warning[EX102] it is low [fixable, unsafe]\n" in told
        assert "warning[EX103] it is low\n" in told
        assert told.splitlines()[-1] == (
            "1 of 3 can be mended with `blueprint check --fix`, "
            "1 more with `--unsafe-fixes` besides; look at those."
        )
        zh = text.render(run_of(found(fix=FIX), found()), language="zh").splitlines()
        assert zh[0].endswith("偏低 [可修复]")
        assert zh[-1] == "2 项中有 1 项可用 `blueprint check --fix` 修复。"

    def test_nothing_is_said_where_nothing_can(self) -> None:
        assert "mended" not in text.render(run_of(found()))


# What GitLab's own parser demands (the schema `codeclimate` of its validators), and what its manual says
# of each field (docs.gitlab.com/ci/testing/code_quality, "Code Quality report format").
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "type": {"const": "issue"},
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]+$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": r"^\./|\\"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


class TestGitlab:
    def read(self, *diagnostics: Diagnostic, **more: Any) -> Any:
        told = json.loads(gitlab.render(run_of(*diagnostics, **more)))
        jsonschema.validate(told, CODE_QUALITY)
        return told

    def test_issue(self) -> None:
        (issue,) = self.read(found(span=Range(START, TEXT.index("emotion") + 3)))
        assert issue["check_name"] == "EX101 low-ending"
        assert issue["severity"] == "minor"
        assert issue["location"] == {"path": FILE, "lines": {"begin": 2, "end": 3}}
        (issue,) = self.read(found(span=Range(START, TEXT.index("emotion"))))
        assert issue["location"]["lines"] == {"begin": 2, "end": 2}

    def test_fingerprints_are_different_for_each_and_stay_when_lines_are_added_above(self) -> None:
        first = self.read(found(), found())
        assert first[0]["fingerprint"] != first[1]["fingerprint"]
        above = "# a new line\n"
        moved = {FILE: Source(FILE, above + TEXT)}
        later = found(span=Range(START + len(above), START + 3 + len(above)))
        run = Run([later], moved, fingerprints=fingerprints([later], moved))
        assert json.loads(gitlab.render(run))[0]["fingerprint"] == first[0]["fingerprint"]

    def test_nothing_found_is_an_empty_list(self) -> None:
        assert self.read() == []

    @given(ANYTHING)
    @example("")
    def test_any_message(self, said: str) -> None:
        told = gitlab.render(run_of(found(message=Message(said or "-", "-"))))
        json.loads(told.encode("utf-8"))


class TestJunit:
    def read(self, *diagnostics: Diagnostic, **more: Any) -> tuple[JUnitXml, ElementTree.Element]:
        told = junit.render(run_of(*diagnostics, **more))
        root = ElementTree.fromstring(told.encode("utf-8"))
        conforms_to_junit_10(root)
        return JUnitXml.fromstring(told.encode("utf-8")), root

    def test_a_suite_per_file_a_case_per_rule(self) -> None:
        error = found("ST101", Severity.ERROR, name="trap")
        report, _ = self.read(found(), error, error, found("YM010", Severity.ERROR, name="unreadable"),
                              weigh=lambda d: {"EX101": 0, "ST101": 1, "YM010": 2}[d.code])  # fmt: skip
        suites = [suite for suite in report if isinstance(suite, TestSuite)]
        assert [suite.name for suite in suites] == [FILE, "clean.yaml"]
        assert (report.tests, report.failures, report.errors) == (4, 1, 1)
        low, trap, gone = suites[0]
        assert (low.name, low.result, low.is_passed) == ("EX101 low-ending", [], True)
        assert low.system_out == f"{FILE}:2:10: warning it is low\nlift it"
        assert (trap.name, trap.classname) == ("ST101 trap", FILE)
        (failure,) = trap.result
        assert isinstance(failure, Failure)
        assert failure.message == "it is low"
        assert failure.text.count("2:10") == 2
        assert isinstance(gone.result[0], Error)
        (clean,) = suites[1]
        assert (clean.name, clean.result) == ("check", [])

    @given(ANYTHING, ANYTHING)
    def test_any_text_is_text(self, said: str, name: str) -> None:
        _, root = self.read(found(severity=Severity.ERROR, message=Message(said, said), file=name))
        (failure,) = root.iter("failure")
        assert len(failure) == 0
        assert failure.get("message") == text.visible(said)


def conforms_to_junit_10(root: ElementTree.Element) -> None:
    """Hold a report against what Jenkins' `junit-10.xsd` allows and demands of these elements."""
    allowed = {
        "testsuites": ({"name", "time", "tests", "failures", "errors"}, set(), {"testsuite"}),
        "testsuite": (
            {"name", "tests", "failures", "errors", "group", "time", "skipped", "timestamp", "hostname",
             "id", "package", "file", "log", "url"},
            {"name", "tests", "failures", "errors"},
            {"testcase", "properties", "system-out", "system-err"},
        ),
        "testcase": (
            {"name", "time", "classname", "group"}, {"name"},
            {"skipped", "error", "failure", "system-out", "system-err"},
        ),
        "failure": ({"type", "message"}, set(), set()),
        "error": ({"type", "message"}, set(), set()),
        "system-out": (set(), set(), set()),
    }  # fmt: skip
    assert root.tag == "testsuites"
    for element in root.iter():
        may, must, inside = allowed[element.tag]
        assert must <= set(element.attrib) <= may
        assert {child.tag for child in element} <= inside
        for count in {"tests", "failures", "errors"} & set(element.attrib):
            assert element.get(count, "").isdecimal()


def shown(source: str) -> str:
    """Return the text that a reader sees, having made sure that nothing but text and code is there."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    (_, content, _) = reader.parse(source)
    assert content.children is not None
    seen = ""
    for part in content.children:
        assert part.type in ("text", "text_special", "code_inline"), part
        seen += part.content
    return seen


class TestMarkdown:
    def cells(self, told: str) -> list[list[str]]:
        html = MarkdownIt("commonmark").enable("table").render(told)
        rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
        return [re.findall(r"<t[dh]>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]

    def test_counts_then_the_worst_first(self) -> None:
        base = Base(PurePosixPath("/r"), PurePosixPath("/r"), "https://host/o/r/blob/abc")
        told = markdown.render(run_of(found(), found("ST101", Severity.ERROR), base=base))
        assert told.startswith("**1 error, 1 warning in 1 file (2 checked).**\n")
        rows = self.cells(told)
        assert [row[0] for row in rows[1:]] == ["🔴 ST101", "🟡 EX101"]
        link = "https://host/o/r/blob/abc/%E6%97%85%E7%A8%8B/a%20b.yaml#L2"
        assert rows[1][1] == f'<a href="{link}">旅程/a b.yaml:2:10</a>'
        assert rows[1][2] == "it is low<br>lift it"

    def test_nothing_found(self) -> None:
        assert markdown.render(run_of()) == "**Nothing to report in 2 files.**\n"
        told = markdown.render(run_of(known=[found()], accepted=[Accepted(found(), "until May")]))
        assert told.endswith("\n\nNot shown: 1 known to the baseline, 1 accepted by the configuration.\n")

    def test_a_comment_has_room_for_what_is_shown(self) -> None:
        told = markdown.render(run_of(*[found() for _ in range(2000)]))
        rows = self.cells(told)[1:]
        assert 100 < len(rows) < 2000
        assert f"{2000 - len(rows)} more are not shown" in told
        assert len(told) < 65_536
        huge = markdown.render(run_of(found(message=Message("x" * 70_000, "x"))))
        assert "1 more is not shown" in huge
        assert len(huge) < 65_536

    @given(ANYTHING)
    def test_plain_text_is_shown_as_it_is(self, said: str) -> None:
        line = " ".join(text.visible(said).split())
        if line:
            assert shown(f"x {plain(line)} x").replace("\u200b", "") == f"x {line} x"

    @given(ANYTHING)
    def test_backquotes_become_code_and_nothing_else(self, said: str) -> None:
        line = " ".join(text.visible(said).split())
        seen = shown(f"x {inline(line)} x").replace("\u200b", "")
        if "|" not in line:  # Only a table takes the backslash away.
            assert seen.replace("`", "").split() == f"x {line} x".replace("`", "").split()

    @given(ANYTHING, ANYTHING)
    def test_a_row_has_three_cells_whatever_is_written(self, said: str, name: str) -> None:
        told = markdown.render(run_of(found(message=Message(said, said), file=name, help=None)))
        rows = self.cells(told)
        assert [len(row) for row in rows] == [3, 3]
        assert "<a" not in rows[1][2]
        seen = re.sub(r"</?code>", "", rows[1][2])
        assert "<" not in seen
        line = " ".join(text.visible(said).split())
        assert (
            unescape(seen).replace("\u200b", "").replace("`", "").split() == line.replace("`", "").split()
        )

    @pytest.mark.parametrize("call", ["@octocat", "#12", "https://a.b/c", "www.a.b", "a@b.cd", ":tada:"])
    def test_nobody_is_called_and_nothing_is_linked(self, call: str) -> None:
        html = MarkdownIt("commonmark").render(plain(f"see {call}"))
        assert f"see {call}" in html.replace("\u200b", "")
        # What is left after Markdown, GitHub searches once more: for names, numbers and emoji.
        assert not re.search(r"(?<!\w)[@#]\w|\w@\w|:\w+:", html)
        # Addresses it looks for in the source.
        assert not re.search(r"https?://|www\.", plain(f"see {call}"))


class TestSarifSchema:
    def read(self, run: Run, language: str = "en") -> Any:
        log = json.loads(sarif.render(run, language=language))
        jsonschema.Draft7Validator(
            SCHEMA, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
        ).validate(log)
        return log["runs"][0]

    def test_the_schema_refuses_what_is_wrong(self) -> None:
        log = json.loads(sarif.render(run_of(found())))
        log["runs"][0]["results"][0]["levels"] = "error"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(log, SCHEMA)

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_everything_at_once(self, language: str) -> None:
        run = run_of(
            found(fix=FIX), known=[found("EX102")], accepted=[Accepted(found("EX103"), "until May")],
            rules=all_rules(), version="1.2.3",
        )  # fmt: skip
        told = self.read(run, language)
        assert [result["baselineState"] for result in told["results"]] == ["new", "unchanged", "new"]
        assert ["suppressions" in result for result in told["results"]] == [False, False, True]
        assert told["results"][2]["suppressions"][0]["justification"] == "until May"
        prints = [result["partialFingerprints"]["blueprint/v1"] for result in told["results"]]
        assert len(set(prints)) == 3
        assert told["tool"]["driver"]["version"] == "1.2.3"

    def test_what_comments_accept_and_what_is_gone(self) -> None:
        run = run_of(
            found(), known=[], accepted=[Accepted(found("EX103"), "until May")],
            commented=[found("EX104", accepted="the station closes early"), found("EX105", accepted="")],
            gone=[
                Gone("EX102", "was a long valley", "old.yaml", "f00d"),
                Gone("EX107", "[a](b)", "", "beef"),
            ],
        )  # fmt: skip
        told = self.read(run)
        states = [result["baselineState"] for result in told["results"]]
        assert states == ["new", "new", "new", "new", "absent", "absent"]
        assert [result.get("suppressions") for result in told["results"]][1:4] == [
            [{"kind": "external", "status": "accepted", "justification": "until May"}],
            [{"kind": "inSource", "status": "accepted", "justification": "the station closes early"}],
            [{"kind": "inSource", "status": "accepted"}],
        ]
        gone = told["results"][4]
        assert gone["partialFingerprints"] == {"blueprint/v1": "f00d"}
        assert gone["message"] == {"text": "was a long valley"}
        place = gone["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "old.yaml"
        ids = [rule["id"] for rule in told["tool"]["driver"]["rules"]]
        assert [ids[result["ruleIndex"]] == result["ruleId"] for result in told["results"]] == [True] * 6

    def test_no_state_without_a_baseline(self) -> None:
        (result,) = self.read(run_of(found()))["results"]
        assert "baselineState" not in result
        assert "suppressions" not in result

    def test_every_rule_of_the_book_can_be_described(self) -> None:
        cards = all_rules()
        run = run_of(*(found(card.code, card.severity, name=card.name) for card in cards), rules=cards)
        described = self.read(run)["tool"]["driver"]["rules"]
        assert {rule["id"] for rule in described} == {card.code for card in cards}
        # GitHub takes a rule only with all four of these.
        assert all(rule[key]["text"] for rule in described
                   for key in ("shortDescription", "fullDescription", "help"))  # fmt: skip

    def test_a_fix_mends_the_text_in_the_columns_that_it_says(self) -> None:
        (result,) = self.read(run_of(found(fix=FIX)))["results"]
        ((change,),) = [fix["artifactChanges"] for fix in result["fixes"]]
        lines = [line.encode("utf-16-le") for line in TEXT.split("\n")]
        for replacement in reversed(change["replacements"]):
            region = replacement["deletedRegion"]
            line = lines[region["startLine"] - 1]
            start, end = 2 * (region["startColumn"] - 1), 2 * (region["endColumn"] - 1)
            inserted = replacement.get("insertedContent", {"text": ""})["text"].encode("utf-16-le")
            lines[region["startLine"] - 1] = line[:start] + inserted + line[end:]
        assert b"\n\x00".join(lines).decode("utf-16-le") == TEXT.replace("太好了", "很")

    @given(ANYTHING, ANYTHING)
    @example("see [here](https://evil.example)", "x")
    def test_any_text(self, said: str, name: str) -> None:
        (result,) = self.read(run_of(found(message=Message(said, said), file=name, help=None)))["results"]
        message = result["message"]["text"]
        json.dumps(result).encode("utf-8")
        assert not re.search(r"(?<!\\)\]\(", message)  # how SARIF writes a link
        if not re.search(r"\]\(|[\ud800-\udfff]", said) and said:
            assert message == said


class TestGithubCommands:
    """The commands, parsed as the runner does: github.com/actions/runner, `ActionCommand`."""

    @staticmethod
    def parse(line: str) -> tuple[str, dict[str, str], str]:
        assert line.startswith("::")
        head, _, data = line[2:].partition("::")
        command, _, rest = head.partition(" ")
        properties = dict(part.split("=", 1) for part in rest.split(","))
        back = {"%0D": "\r", "%0A": "\n", "%25": "%"}

        def unescape(value: str, table: dict[str, str]) -> str:
            for written, meant in table.items():
                value = value.replace(written, meant)
            return value

        wider = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
        return command, {k: unescape(v, wider) for k, v in properties.items()}, unescape(data, back)

    @given(ANYTHING, ANYTHING)
    @example("100%, C:\\x\n::set-output name=a::b", "a,b:c=d%25.yaml")
    def test_round_trip(self, said: str, name: str) -> None:
        told = github.render(run_of(found(message=Message(said, said), file=name, help=None)))
        assert told.count("\n") == 1
        assert "\r" not in told
        command, properties, data = self.parse(told[:-1])
        assert command == "warning"
        written = "".join(c if c in "\r\n\t" or c.isprintable() else f"\\u{ord(c):04x}" for c in said)
        assert data == written
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert properties["title"] == "EX101 low-ending"


class TestPlaces:
    POSIX = Base(PurePosixPath("/srv/repo/shop"), PurePosixPath("/srv/repo"), "https://h/o/r/blob/c")
    WINDOWS = Base(PureWindowsPath("C:\\repo\\shop"), PureWindowsPath("C:\\repo"))

    @pytest.mark.parametrize(
        ("file", "place"),
        [
            ("a.yaml", "shop/a.yaml"),
            ("./旅程/a b.yaml", "shop/旅程/a b.yaml"),
            ("../other/a.yaml", "other/a.yaml"),
            ("/srv/repo/x.yaml", "x.yaml"),
            ("../../gone/a.yaml", "/srv/gone/a.yaml"),
            ("/etc/a.yaml", "/etc/a.yaml"),
            ("../../../../../a.yaml", "/a.yaml"),
        ],
    )
    def test_from_the_repository(self, file: str, place: str) -> None:
        assert portable(file, self.POSIX) == place

    @pytest.mark.parametrize(
        ("file", "place"),
        [
            ("旅程\\a b.yaml", "shop/旅程/a b.yaml"),
            ("..\\a.yaml", "a.yaml"),
            ("c:\\REPO\\x.yaml", "x.yaml"),
            ("D:\\a.yaml", "D:/a.yaml"),
        ],
    )
    def test_on_windows(self, file: str, place: str) -> None:
        assert portable(file, self.WINDOWS) == place

    @pytest.mark.parametrize(
        ("base", "file", "written"),
        [
            (POSIX, "旅程/a b#1?.yaml", "shop/%E6%97%85%E7%A8%8B/a%20b%231%3F.yaml"),
            (POSIX, "/etc/a b.yaml", "file:///etc/a%20b.yaml"),
            (WINDOWS, "a b.yaml", "shop/a%20b.yaml"),
            (WINDOWS, "D:\\a b.yaml", "file:///D:/a%20b.yaml"),
            (Base(PurePosixPath(), PurePosixPath()), "a:b.yaml", "a%3Ab.yaml"),
            (Base(PurePosixPath(), PurePosixPath()), "100%.yaml", "100%25.yaml"),
            (Base(PurePosixPath(), PurePosixPath()), "\udcff.yaml", "%FF.yaml"),
        ],
    )
    def test_uris(self, base: Base, file: str, written: str) -> None:
        assert uri(file, base) == written

    @given(st.text(st.characters(exclude_characters="/\x00", codec="utf-8"), min_size=1).filter(
        lambda name: name not in (".", "..")))  # fmt: skip
    def test_every_name_comes_back_from_its_uri(self, name: str) -> None:
        parts = urlsplit(uri(name))
        assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
        assert unquote(parts.path).removeprefix("./") == name
        assert parts.path.isascii()

    def test_links(self) -> None:
        assert web("a b.yaml", 3, self.POSIX) == "https://h/o/r/blob/c/shop/a%20b.yaml#L3"
        assert web("/etc/a.yaml", 3, self.POSIX) == ""
        assert web("a.yaml", 3, Base(PurePosixPath(), PurePosixPath())) == ""
