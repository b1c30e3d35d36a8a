"""Diagnostics as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from blueprint.diagnostic import Diagnostic, Fix, Message, Range, RuleCard, Severity
from blueprint.report.places import uri
from blueprint.report.run import Gone, Run
from blueprint.source.text import Source

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_ROOT = "%SRCROOT%"


def render(run: Run, *, language: str = "en") -> str:
    """Return a SARIF log with one run. Columns count UTF-16 units.

    Findings that the baseline remembers are there as `unchanged`, those that the configuration accepts
    and those that comments accept with their reasons as suppressions: none of them counts. What the
    baseline remembers and is gone is there as `absent`.
    """
    everything = run.everything
    samples = {d.code: d for d in everything}
    cards = {card.code: card for card in run.rules}
    order = {code: at for at, code in enumerate(sorted({*samples, *(gone.code for gone in run.gone)}))}
    results = [_result(d, run, language, order[d.code]) for d in everything]
    for result, fingerprint in zip(results, run.fingerprints, strict=False):
        result["partialFingerprints"] = {"blueprint/v1": fingerprint}
    found, known = len(run.found), len(run.known or ())
    if run.known is not None:
        for at, result in enumerate(results):
            result["baselineState"] = "unchanged" if found <= at < found + known else "new"
    reasons = [("external", accepted.reason) for accepted in run.accepted]
    reasons += [("inSource", commented.accepted or "") for commented in run.commented]
    for result, (kind, reason) in zip(results[found + known :], reasons, strict=True):
        suppression = {"kind": kind, "status": "accepted"}
        if reason:
            suppression["justification"] = reason
        result["suppressions"] = [suppression]
    results += [_absent(gone, run, order[gone.code]) for gone in run.gone]
    driver: dict[str, Any] = {
        "name": "blueprint",
        "rules": [_rule(code, samples.get(code), cards.get(code), language) for code in order],
    }
    if run.version:
        driver["version"] = run.version
    whole: dict[str, Any] = {
        "tool": {"driver": driver},
        "language": "zh-CN" if language.split("-")[0].lower() == "zh" else "en-US",
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder of the repository."}}},
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [whole]}
    return json.dumps(_sayable(log), indent=2, ensure_ascii=False) + "\n"


def _rule(code: str, sample: Diagnostic | None, card: RuleCard | None, language: str) -> dict[str, Any]:
    named = card.name if card else sample.name if sample else ""
    title = (card.title.pick(language) if card else named.replace("-", " ")) or code
    severity = card.severity if card else sample.severity if sample else Severity.WARNING
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": title},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {"problem.severity": _PROBLEMS[severity], "tags": [code.rstrip("0123456789")]},
    }
    if name := "".join(word.capitalize() for word in named.split("-")):
        rule["name"] = name
    if card and card.markdown:
        rule["help"] = {"text": card.markdown, "markdown": card.markdown}
    return rule


def _result(d: Diagnostic, run: Run, language: str, index: int) -> dict[str, Any]:
    source = run.sources.get(d.file)
    result: dict[str, Any] = {
        "ruleId": d.code,
        "ruleIndex": index,
        "level": _LEVELS[d.severity],
        "message": {"text": _said(d.message, d.help, language)},
        "locations": [{"physicalLocation": _physical(d.file, d.span, run)}],
    }
    if d.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _plain(other.message.pick(language))},
                "physicalLocation": _physical(other.file, other.span, run),
            }
            for number, other in enumerate(d.related)
        ]
    if d.fix is not None and d.fix.edits and source is not None:
        result["fixes"] = [_fix(d.fix, d.file, source, run, language)]
    return result


def _absent(gone: Gone, run: Run, index: int) -> dict[str, Any]:
    """Return a result that the baseline has and this run has not; where it stood nobody knows."""
    result: dict[str, Any] = {
        "ruleId": gone.code,
        "ruleIndex": index,
        "message": {"text": _plain(gone.message) or "-"},
        "baselineState": "absent",
        "partialFingerprints": {"blueprint/v1": gone.fingerprint},
    }
    if gone.file:
        place = {"artifactLocation": _artifact(gone.file, run), "region": {"startLine": 1}}
        result["locations"] = [{"physicalLocation": place}]
    return result


def _fix(fix: Fix, file: str, source: Source, run: Run, language: str) -> dict[str, Any]:
    replacements: list[dict[str, Any]] = []
    for edit in fix.edits:
        replacement: dict[str, Any] = {"deletedRegion": _region(Range(edit.start, edit.end), source)}
        if edit.text:
            replacement["insertedContent"] = {"text": edit.text}
        replacements.append(replacement)
    change = {"artifactLocation": _artifact(file, run), "replacements": replacements}
    return {"description": {"text": _plain(fix.title.pick(language))}, "artifactChanges": [change]}


def _said(message: Message, advice: Message | None, language: str) -> str:
    parts: Iterable[str] = (said.pick(language) for said in (message, advice) if said is not None)
    return _plain("\n".join(parts)) or "-"


def _plain(text: str) -> str:
    r"""Keep viewers from seeing a link: to SARIF `[words](address)` is one, `\[words\]` is not."""
    return text.replace("[", r"\[").replace("]", r"\]") if "](" in text else text


def _physical(file: str, span: Range, run: Run) -> dict[str, Any]:
    region = _region(span, run.sources.get(file))
    return {"artifactLocation": _artifact(file, run), "region": region}


def _artifact(file: str, run: Run) -> dict[str, str]:
    written = uri(file, run.base)
    return {"uri": written} if written.startswith("file:") else {"uri": written, "uriBaseId": _ROOT}


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


def _sayable(value: Any) -> Any:
    """Write out what no UTF-8 can say: halves of surrogate pairs."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _sayable(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_sayable(inner) for inner in value]
    return value
