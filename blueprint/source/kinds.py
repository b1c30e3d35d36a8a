"""Which kind of document a text is."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blueprint.diagnostic import Diagnostic, Message, Range
from blueprint.source.faults import UNKNOWN_DOCUMENT
from blueprint.source.text import Source
from blueprint.source.words import naming

if TYPE_CHECKING:
    from pydantic import BaseModel

    from blueprint.source.tree import Tree


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document and the key that names it."""

    key: str
    en: str
    zh: str
    readable: bool = True
    """Whether there is a model for it yet."""

    def model(self) -> type[BaseModel]:
        """Import the model, which is the slow part of reading a first file."""
        if self.key == "journey":
            from blueprint.model.journey import Journey

            return Journey
        if self.key == "blueprint":
            from blueprint.model.service import ServiceBlueprint

            return ServiceBlueprint
        if self.key == "playbook":
            from blueprint.model.playbook import Playbook

            return Playbook
        from blueprint.model.persona import Persona

        return Persona

    def id_in(self, data: Any) -> str:
        """Return the document's id as written; empty where it is no text."""
        written = data.get(self.key) if isinstance(data, dict) else None
        if self.key == "persona" and isinstance(written, dict):
            written = written.get("persona")
        return written if isinstance(written, str) else ""


KINDS: tuple[Kind, ...] = (
    Kind("blueprint", "a service blueprint", "服务蓝图"),
    Kind("journey", "a journey", "客户旅程"),
    Kind("persona", "a persona", "画像"),
    Kind("playbook", "a playbook", "手册"),
    Kind("atlas", "an atlas", "旅程图集", readable=False),
)
"""In the order in which they decide: a blueprint also has `journey:`, and a journey `persona:`."""


def kind_of(data: Any) -> Kind | None:
    """Return the kind that the keys of a document name."""
    if not isinstance(data, dict):
        return None
    return next((kind for kind in KINDS if kind.key in data), None)


_READABLE = tuple(kind.key for kind in KINDS if kind.readable)
_LOOKED_FOR = Message(
    "begin with `journey:`, `blueprint:`, `persona:` or `playbook:` and an id, such as "
    "`journey: buy-a-ticket`",
    "请以 `journey:`、`blueprint:`、`persona:` 或 `playbook:` 加一个 id 开头，例如 `journey: buy-a-ticket`",
)


def refuse(source: Source, tree: Tree, kind: Kind | None) -> list[Diagnostic]:
    """Say why a text is no document that can be read."""
    if kind is not None:
        return [
            UNKNOWN_DOCUMENT.at(
                source.name,
                tree.spans.key((kind.key,)),
                Message(f"{kind.en} cannot be read yet", f"暂不支持读取{kind.zh}（{kind.key}）"),
                Message(
                    "journeys, blueprints, personas and playbooks can",
                    "目前可读取旅程、服务蓝图、画像和手册",
                ),
                element=kind.id_in(tree.data),
            )
        ]
    if tree.data is None or tree.data in ({}, []):
        if tree.diagnostics:
            return []
        return [
            UNKNOWN_DOCUMENT.at(
                source.name, Range(0, 0), Message("the file is empty", "文件是空的"), _LOOKED_FOR
            )
        ]
    if not isinstance(tree.data, dict):
        if tree.cut is not None:
            return []
        span = tree.spans[()]
        what = naming(tree.data)
        return [
            UNKNOWN_DOCUMENT.at(
                source.name,
                Range(span.start, min(span.end, span.start + 80)),
                Message(
                    f"the file is {what.en}, not a document with keys",
                    f"文件内容是{what.zh}，不是带键的文档",
                ),
                _LOOKED_FOR,
            )
        ]
    if tree.cut is not None and any(d.severity for d in tree.diagnostics):
        return []
    for key in tree.data:
        if close := difflib.get_close_matches(key.lower(), _READABLE, 1, 0.7):
            return [
                UNKNOWN_DOCUMENT.at(
                    source.name,
                    tree.spans.key((key,)),
                    Message(
                        f"no key names the kind of document; did you mean `{close[0]}` instead of `{key}`?",
                        f"没有说明文档种类的键；`{key}` 是否应为 `{close[0]}`？",
                    ),
                    Message(f"write `{close[0]}:`", f"请写 `{close[0]}:`"),
                )
            ]
    first = next(iter(tree.data))
    return [
        UNKNOWN_DOCUMENT.at(
            source.name,
            tree.spans.key((first,)),
            Message(
                "no key names the kind of document: "
                "none of `journey`, `blueprint`, `persona`, `playbook` is here",
                "没有说明文档种类的键：找不到 `journey`、`blueprint`、`persona` 或 `playbook`",
            ),
            _LOOKED_FOR,
        )
    ]
