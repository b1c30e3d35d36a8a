"""Pages of the rule book in the reader's language.

A docstring holds `Why:` in English and, where somebody has written it, `Why(zh):`. Examples are YAML and
the same for everybody; a page without a Chinese reason gives the English one.
"""

from __future__ import annotations

import inspect
import re
from typing import Final

LABELS: Final = {"Why": "为什么", "Bad": "错误示例", "Good": "正确示例", "Source": "出处"}
"""Words of the sections in Chinese."""
_LABEL = re.compile(r"^\*\*(?P<label>[^*\n]+)\*\*(?=$| ·)", re.MULTILINE)
_WIDE = "[\u3000-\u9fff\uff00-\uffef]"
"""A character of Chinese text, punctuation included."""


def flowing(said: str) -> str:
    """Join the lines of a docstring: Chinese without a space between them, paragraphs kept."""
    paragraphs = re.split(r"\n\s*\n", said)
    joined = (re.sub(r"\s*\n\s*", "\n", paragraph.strip()) for paragraph in paragraphs)
    return "\n\n".join(re.sub(rf"({_WIDE})\n(?={_WIDE})", r"\1", one) for one in joined)


def label_of(section: str) -> str:
    """Return how a section of a docstring is called on the page: `Why(zh)` is 为什么."""
    return LABELS["Why"] if section == "Why(zh)" else section


def in_language(page: str, language: str) -> str:
    """Return the body of a page for one reader: one of the two reasons, labels in their language."""
    if "```" not in page and LABELS["Why"] not in page:
        return page
    reasons, mark, rest = page.partition("**Bad**")
    parts: dict[str, str] = {}
    marks = list(_LABEL.finditer(reasons))
    for at, found in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(reasons)
        parts[found["label"]] = reasons[found.start() : end].rstrip()
    chinese, english = parts.get(LABELS["Why"]), parts.get("Why")
    if language != "zh":
        kept = english if english is not None else reasons.rstrip()
        return f"{kept}\n\n{mark}{rest}" if mark else kept
    kept = flowing(chinese) if chinese else (english if english is not None else reasons.rstrip())
    whole = f"{kept}\n\n{mark}{rest}" if mark else kept
    return _LABEL.sub(lambda found: f"**{LABELS.get(found['label'], found['label'])}**", whole)


def markdown(doc: str) -> str:
    """Turn the body of a docstring into Markdown: bold section words, nothing indented but YAML."""
    body = inspect.cleandoc(doc).split("\n", 1)
    if len(body) < 2:
        return ""
    lines: list[str] = []
    fenced = False
    for line in body[1].strip().splitlines():
        text = line.strip()
        section = re.match(r"(Why|Why\(zh\)|Bad|Good|Source):\s*(.*)", line)
        if section and not fenced:
            if section[1] == "Why(zh)":
                lines.append("")
            lines.append(f"**{label_of(section[1])}**{' · ' + section[2] if section[2] else ''}")
            if not section[2]:
                lines.append("")
        elif text.startswith("```"):
            fenced = text != "```"
            lines.append(text)
        else:
            lines.append(line.removeprefix("    ") if fenced else text)
    return "\n".join(lines)
