"""Standards for people and programs: a list of them, and one entry with everything it says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel

from blueprint.model.standards import SECTIONS, Standing
from blueprint.model.values import Budget, Text, seconds
from blueprint.report.display import clip, pad, visible

_TITLE = 44
_SECTIONS = {
    "protocols": "流程与话术", "ladders": "时限阶梯", "timelines": "时间线", "clocks": "渠道时限",
    "lexicon": "用语", "instruments": "测量工具", "scales": "量表", "action_priority": "行动优先级",
    "targets": "目标", "scorecards": "评分卡", "benchmarks": "标杆", "authority": "授权额度",
    "claims": "说法登记", "coverage": "覆盖清单", "tiers": "客户等级", "lifecycles": "生命周期",
    "vocabularies": "词汇", "segmentations": "客群划分", "parameters": "参数",
    "complaint_types": "投诉类型", "contradictions": "来源矛盾",
}  # fmt: skip
_UNITS = (("w", 604800), ("d", 86400), ("h", 3600), ("m", 60), ("s", 1))


def as_table(standings: Iterable[Standing], language: str, builtin: frozenset[str]) -> str:
    """Return a list of entries by section: id, title, source, whether it was looked up, whose it is."""
    found = list(standings)
    zh = language == "zh"
    words = ("未查证", "已查证") if zh else ("told", "looked up")
    lines: list[str] = []
    wide = max((len(standing.id) for standing in found), default=0)
    for section in SECTIONS:
        rows = [standing for standing in found if standing.section == section]
        if not rows:
            continue
        lines += ["", f"{section}  {_SECTIONS[section]}" if zh else section]
        for standing in rows:
            title = clip(visible(_title(standing, language)), _TITLE)
            checked = pad(words[standing.entry.verified], 9)
            source = visible(standing.entry.source or "")
            own = "" if standing.origin in builtin else f"  [{standing.origin}]"
            lines.append(f"  {pad(standing.id, wide)}  {pad(title, _TITLE)}  {checked}  {source}{own}")
    count = len(found)
    checked_count = sum(standing.entry.verified for standing in found)
    lines += ["", (f"共 {count} 条，其中 {checked_count} 条已查证来源。" if zh
                   else f"{count} entries; the sources of {checked_count} were looked up.")]  # fmt: skip
    return "\n".join(lines[1:]) + "\n"


def as_rows(standings: Iterable[Standing]) -> list[dict[str, Any]]:
    """Return a list of entries for programs."""
    return [
        {
            "section": standing.section,
            "id": standing.id,
            "title": plain(standing.entry.title),
            "source": standing.entry.source,
            "verified": standing.entry.verified,
            "playbook": standing.origin,
        }
        for standing in standings
    ]


def as_text(standing: Standing, language: str) -> str:
    """Return one entry for people: its name, where it comes from, and what it says."""
    import yaml

    entry, zh = standing.entry, language == "zh"
    checked = (
        ("来源已查证" if zh else "looked up") if entry.verified else ("未查证" if zh else "not looked up")
    )
    lines = [
        visible(_title(standing, language)),
        f"{standing.reference}  ({standing.origin})",
        f"{'来源' if zh else 'Source'}: {visible(entry.source or '')} ({checked})",
    ]
    if entry.text is not None:
        lines += ["", visible(entry.text.pick(language))]
    if entry.note is not None:
        lines += ["", f"{'注意' if zh else 'Note'}: {visible(entry.note.pick(language))}"]
    if entry.contradicts:
        lines += ["", f"{'另有说法' if zh else 'Others say otherwise'}: {', '.join(entry.contradicts)}"]
    told = {"title", "text", "note", "source", "verified", "contradicts"}
    rest = {key: value for key, value in plain(entry, language).items() if key not in told}
    if rest:
        shown = yaml.safe_dump(rest, allow_unicode=True, sort_keys=False, width=100)
        lines += ["", *(visible(line) for line in shown.rstrip("\n").split("\n"))]
    return "\n".join(lines) + "\n"


def as_yaml(standing: Standing) -> str:
    """Return one entry as it is written in a playbook, to be copied into one's own."""
    import yaml

    data = {standing.section: {standing.id: plain(standing.entry)}}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def as_data(standing: Standing) -> dict[str, Any]:
    """Return one entry for programs."""
    return {
        "section": standing.section,
        "id": standing.id,
        "playbook": standing.origin,
        "entry": plain(standing.entry),
    }


def _title(standing: Standing, language: str) -> str:
    title = standing.entry.title
    return title.pick(language) if title is not None else standing.id


def plain(value: Any, language: str | None = None) -> Any:
    """Return a value as it is written in a document: durations with units, what is not said left out.

    Args:
        value: A value of a model.
        language: Pick the texts in this language; all languages where it is None.
    """
    if isinstance(value, Text):
        return value.root if language is None else value.pick(language)
    if isinstance(value, Budget):
        return value.written
    if isinstance(value, BaseModel):
        return {
            field.alias or name: _as_duration(held)
            if isinstance(held := getattr(value, name), float) and _is_duration(field)
            else plain(held, language)
            for name, field in type(value).model_fields.items()
            if name in value.model_fields_set and getattr(value, name) is not None and name != "extends"
        }
    if isinstance(value, dict):
        return {key: plain(held, language) for key, held in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(held, language) for held in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_duration(field: Any) -> bool:
    waiting: list[Any] = [*field.metadata, field.annotation]
    while waiting:
        part = waiting.pop()
        if getattr(part, "func", None) is seconds:
            return True
        waiting += get_args(part)
        waiting += getattr(part, "__metadata__", ())
    return False


def _as_duration(length: float) -> Any:
    if length == 0:
        return 0
    unit, size = next(((u, s) for u, s in _UNITS if length % s == 0), ("s", 1))
    return f"{length / size:g}{unit}"
