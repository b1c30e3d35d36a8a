"""Reports for programs: JSON, GitHub's workflow commands, SARIF 2.1.0."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from blueprint.diagnostic import Diagnostic, Edit, Fix, Message, Range, Related, Severity
from blueprint.lint import book
from blueprint.lint.fingerprint import fingerprints
from blueprint.report import as_json, github, sarif
from blueprint.report.run import Run
from blueprint.source.text import Source

TEXT = "journey: a\ntitle: 🎉 太好了, 100%\nemotion: -1\n"
SOURCES = {"旅程/a b.yaml": Source("旅程/a b.yaml", TEXT)}
START = TEXT.index("太")
FOUND = Diagnostic(
    code="EX101",
    severity=Severity.WARNING,
    message=Message("it is 50% low: really, \nvery", "偏低"),
    help=Message("lift it", "提高它"),
    file="旅程/a b.yaml",
    span=Range(START, START + 3),
    name="low-ending",
    element="paid",
    related=(Related(Message("here", "这里"), "旅程/a b.yaml", Range(0, 7)),),
    fix=Fix(Message("say less", "少说"), (Edit(START, START + 1, "很"),), safe=False),
)


class TestJson:
    def test_shape(self) -> None:
        shape = json.loads(as_json.render(Run([FOUND], SOURCES)))
        assert shape["version"] == 1
        assert shape["counts"] == {"error": 0, "warning": 1, "info": 0}
        (finding,) = shape["findings"]
        assert finding["code"] == "EX101"
        assert finding["start"] == {"offset": START, "line": 2, "column": 10, "column_utf16": 11}
        assert finding["end"] == {"offset": START + 3, "line": 2, "column": 13, "column_utf16": 14}
        assert finding["related"][0]["start"]["line"] == 1
        assert finding["fix"] == {
            "title": "say less",
            "safe": False,
            "edits": [{"start": START, "end": START + 1, "text": "很"}],
        }

    def test_language(self) -> None:
        (finding,) = json.loads(as_json.render(Run([FOUND], SOURCES), language="zh"))["findings"]
        assert (finding["message"], finding["help"]) == ("偏低", "提高它")

    def test_nothing_found_and_nothing_known(self) -> None:
        assert json.loads(as_json.render(Run([], {})))["findings"] == []
        (finding,) = json.loads(as_json.render(Run([FOUND], {})))["findings"]
        assert finding["start"]["line"] == 1


class TestGithub:
    def test_command_escapes_as_github_reads(self) -> None:
        assert github.render(Run([FOUND], SOURCES)) == (
            "::warning file=旅程/a b.yaml,line=2,endLine=2,col=10,endColumn=12,title=EX101 low-ending"
            "::it is 50%25 low: really, %0Avery%0Alift it\n"
        )

    def test_properties_escape_colons_and_commas(self) -> None:
        odd = Diagnostic("X", Severity.INFO, Message("m", "m"), None, "C:\\a,b.yaml", Range(0, 0))
        assert github.render(Run([odd], {})) == "::notice file=C%3A\\a%2Cb.yaml,title=X::m\n"

    def test_several_lines_have_no_columns(self) -> None:
        spread = Diagnostic("X", Severity.ERROR, Message("m", "m"), None, FOUND.file, Range(0, len(TEXT)))
        assert (
            github.render(Run([spread], SOURCES))
            == "::error file=旅程/a b.yaml,line=1,endLine=3,title=X::m\n"
        )

    def test_a_message_cannot_start_a_second_command(self) -> None:
        evil = Diagnostic("X", Severity.ERROR, Message("a\n::error::b\x1b", ""), None, "f", Range(0, 0))
        assert github.render(Run([evil], {})).count("\n") == 1
        assert "\x1b" not in github.render(Run([evil], {}))

    def test_nothing_found(self) -> None:
        assert github.render(Run([], {})) == ""


LEVEL = {"enum": ["none", "note", "warning", "error"]}
REGION = {
    "type": "object",
    "required": ["startLine"],
    "additionalProperties": False,
    "properties": {
        name: {"type": "integer", "minimum": 1}
        for name in ("startLine", "startColumn", "endLine", "endColumn")
    },
}
LOCATION = {
    "type": "object",
    "required": ["artifactLocation", "region"],
    "properties": {
        "artifactLocation": {
            "required": ["uri"],
            "properties": {"uri": {"type": "string", "pattern": "^[!-~]+$"}},
        },
        "region": REGION,
    },
}
PLACE = {"required": ["physicalLocation"], "properties": {"physicalLocation": LOCATION}}
RESULT = ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"]
ESSENTIALS: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs", "$schema"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "minItems": 1,
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "language": {"pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {
                                    "rules": {
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id", "shortDescription"],
                                            "properties": {
                                                "shortDescription": {"required": ["text"]},
                                                "help": {"required": ["text"]},
                                                "defaultConfiguration": {
                                                    "properties": {"level": LEVEL}
                                                },
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "items": {
                            "required": RESULT,
                            "properties": {
                                "level": LEVEL,
                                "message": {"required": ["text"], "properties": {"text": {"minLength": 1}}},
                                "locations": {
                                    "minItems": 1,
                                    "items": PLACE,
                                },
                                "partialFingerprints": {"additionalProperties": {"type": "string"}},
                                "relatedLocations": {"items": PLACE},
                            },
                        }
                    },
                },
            },
        },
    },
}  # fmt: skip
"""What the published schema of SARIF 2.1.0 demands of the parts that are written here."""


class TestSarif:
    def log(self, *found: Diagnostic, **options: Any) -> dict[str, Any]:
        run_ = Run(found, SOURCES, rules=book.all_rules(), fingerprints=fingerprints(found, SOURCES))
        log = json.loads(sarif.render(run_, **options))
        jsonschema.validate(log, ESSENTIALS)
        run: dict[str, Any] = log["runs"][0]
        return run

    def test_result(self) -> None:
        run = self.log(FOUND)
        (result,) = run["results"]
        location = result["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"] == "%E6%97%85%E7%A8%8B/a%20b.yaml"
        assert location["region"] == {"startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 14}
        assert result["message"]["text"].endswith("\nlift it")
        assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {
            "text": "很"
        }

    def test_rules_are_described_and_referred_to(self) -> None:
        other = Diagnostic("ST107", Severity.ERROR, Message("m", "m"), None, "x.yaml", Range(0, 0), "trap")
        run = self.log(FOUND, other, FOUND)
        rules = run["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == ["EX101", "ST107"]
        assert "**Why**" in rules[0]["help"]["markdown"]
        assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == ["EX101", "ST107", "EX101"]

    def test_fingerprints_survive_lines_above_and_tell_twins_apart(self) -> None:
        moved = Source(FOUND.file, "# a new line\n" + TEXT)
        shift = len("# a new line\n")
        later = Diagnostic(
            FOUND.code, FOUND.severity, FOUND.message, FOUND.help, FOUND.file,
            Range(FOUND.span.start + shift, FOUND.span.end + shift), FOUND.name, FOUND.element,
        )  # fmt: skip
        first = self.log(FOUND, FOUND)["results"]
        texts = {FOUND.file: moved}
        prints = fingerprints([later], texts)
        again = json.loads(sarif.render(Run([later], texts, fingerprints=prints)))["runs"][0]["results"]
        prints = [result["partialFingerprints"]["blueprint/v1"] for result in first]
        assert prints[0] != prints[1]
        assert again[0]["partialFingerprints"]["blueprint/v1"] == prints[0]

    def test_empty(self) -> None:
        assert self.log()["results"] == []

    @pytest.mark.parametrize(("language", "tag"), [("en", "en-US"), ("zh-Hans", "zh-CN")])
    def test_language(self, language: str, tag: str) -> None:
        assert self.log(FOUND, language=language)["language"] == tag
