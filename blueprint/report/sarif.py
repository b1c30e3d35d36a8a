"""Diagnostics as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from blueprint.diagnostic import Diagnostic, Message, Range, RuleCard, Severity
from blueprint.source.text import Source

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, Source],
    *,
    language: str = "en",
    rules: Sequence[RuleCard] = (),
    version: str = "",
) -> str:
    """Return a SARIF log with one run.

    Args:
        diagnostics: What was found.
        sources: Texts by file name, for lines and columns (UTF-16 units, as SARIF counts).
        language: `en` or `zh`.
        rules: What is known about the rules; those that found something are described in the log.
        version: The program's version.
    """
    shown = list(diagnostics)
    found = {d.code: d for d in shown}
    cards = {card.code: card for card in rules}
    order = sorted(found)
    driver: dict[str, Any] = {
        "name": "blueprint",
        "rules": [_rule(found[code], cards.get(code), language) for code in order],
    }
    if version:
        driver["version"] = version
    seen: Counter[str] = Counter()
    results = [_result(d, sources, language, order.index(d.code), seen) for d in shown]
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "language": "zh-CN" if language.split("-")[0].lower() == "zh" else "en-US",
                "columnKind": "utf16CodeUnits",
                "results": results,
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(sample: Diagnostic, card: RuleCard | None, language: str) -> dict[str, Any]:
    title = card.title.pick(language) if card else sample.name.replace("-", " ")
    rule: dict[str, Any] = {
        "id": sample.code,
        "name": "".join(word.capitalize() for word in sample.name.split("-")),
        "shortDescription": {"text": title or sample.code},
        "defaultConfiguration": {"level": _LEVELS[card.severity if card else sample.severity]},
    }
    if card and card.markdown:
        rule["help"] = {"text": card.markdown, "markdown": card.markdown}
    return rule


def _result(
    d: Diagnostic, sources: Mapping[str, Source], language: str, index: int, seen: Counter[str]
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": d.code,
        "ruleIndex": index,
        "level": _LEVELS[d.severity],
        "message": _message(d.message, d.help, language),
        "locations": [{"physicalLocation": _physical(d.file, d.span, sources.get(d.file))}],
        "partialFingerprints": {"blueprint/v1": _fingerprint(d, sources.get(d.file), seen)},
    }
    if d.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": other.message.pick(language)},
                "physicalLocation": _physical(other.file, other.span, sources.get(other.file)),
            }
            for number, other in enumerate(d.related)
        ]
    if d.fix is not None:
        result["fixes"] = [
            {
                "description": {"text": d.fix.title.pick(language)},
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": _uri(d.file)},
                        "replacements": [
                            {
                                "deletedRegion": _region(Range(e.start, e.end), sources.get(d.file)),
                                "insertedContent": {"text": e.text},
                            }
                            for e in d.fix.edits
                        ],
                    }
                ],
            }
        ]
    return result


def _message(message: Message, advice: Message | None, language: str) -> dict[str, str]:
    text = message.pick(language)
    return {"text": text if advice is None else f"{text}\n{advice.pick(language)}"}


def _physical(file: str, span: Range, source: Source | None) -> dict[str, Any]:
    return {"artifactLocation": {"uri": _uri(file)}, "region": _region(span, source)}


def _region(span: Range, source: Source | None) -> dict[str, int]:
    if source is None:
        return {"startLine": 1}
    start, end = source.position(span.start, utf16=True), source.position(span.end, utf16=True)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _uri(file: str) -> str:
    path = PurePath(file)
    if path.is_absolute():
        return path.as_uri()
    return quote(os.fsencode(path.as_posix()))  # A name need not be UTF-8.


def _fingerprint(d: Diagnostic, source: Source | None, seen: Counter[str]) -> str:
    """Name a finding so that it stays the same while lines above it come and go.

    Made of the rule, the file, the element and the text under the finding; findings that are alike in all
    of these are numbered.
    """
    under = source.text[d.span.start : d.span.end] if source else ""
    base = "\x1f".join((d.code, PurePath(d.file).as_posix(), d.element, under))
    seen[base] += 1
    return hashlib.sha256(f"{base}\x1f{seen[base]}".encode(errors="surrogatepass")).hexdigest()[:32]
