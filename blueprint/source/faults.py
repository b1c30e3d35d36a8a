"""The YM family: what can be wrong with a text before its meaning is looked at.

These are no rules that run over a model; reading itself reports them. Their names, severities and pages
(in `faults.md`) are here so that `rules` and `explain` list them beside the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from blueprint.diagnostic import Diagnostic, Fix, Message, Range, Related, Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of mistake in a text, with its manual page."""

    code: str
    name: str
    severity: Severity
    title: Message
    """One line that says what is wrong."""
    fix: str = ""
    """Whether it offers a fix: `safe`, `unsafe`, or `safe or unsafe` as the case may be."""

    @property
    def page(self) -> str:
        """The manual page: the title, then Why, Bad, Good and Source, laid out like a rule's docstring."""
        return f"{self.title.en}\n\n{_pages()[self.code]}"

    def at(
        self,
        file: str,
        span: Range,
        message: Message,
        advice: Message | None = None,
        *,
        element: str = "",
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """Report the mistake at a place."""
        return Diagnostic(
            self.code, self.severity, message, advice, file, span, self.name, element, related, fix
        )


YM_RULES: dict[str, Fault] = {}
"""Every fault by its code, in order."""


def _fault(
    code: str, name: str, en: str, zh: str, severity: Severity = Severity.ERROR, fix: str = ""
) -> Fault:
    fault = YM_RULES[code] = Fault(code, name, severity, Message(en, zh), fix)
    return fault


@cache
def _pages() -> dict[str, str]:
    text = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    pages = (page.split("\n", 1) for page in text.split("\n## ")[1:])
    return {code.strip(): body.strip() + "\n" for code, body in pages}


SYNTAX_ERROR = _fault("YM001", "syntax-error", "The text is not YAML.", "YAML 语法错误")
DUPLICATE_KEY = _fault("YM002", "duplicate-key", "A key is written twice in one mapping.", "重复的键")
UNKNOWN_KEY = _fault(
    "YM003",
    "unknown-key",
    "An element has a key that means nothing there.",
    "未知的键",
    fix="safe or unsafe",
)
WRONG_TYPE = _fault("YM004", "wrong-type", "A value is of the wrong kind.", "类型不对", fix="safe")
MISSING_KEY = _fault("YM005", "missing-key", "An element lacks a key it cannot do without.", "缺少必需的键")
OVER_LIMIT = _fault(
    "YM006", "over-limit", "The text is larger or deeper than any document needs.", "超出上限"
)
BAD_ID = _fault(
    "YM007",
    "bad-id",
    "An id is not written in lower-case letters, digits and hyphens.",
    "id 不合规",
    fix="unsafe",
)
OUT_OF_RANGE = _fault(
    "YM008", "out-of-range", "A number lies outside its scale.", "数值超出范围", fix="safe or unsafe"
)
UNKNOWN_WORD = _fault(
    "YM009",
    "unknown-word",
    "A word is not one of those that can stand here.",
    "未知的词",
    fix="safe or unsafe",
)
UNREADABLE_FILE = _fault("YM010", "unreadable-file", "A file or folder cannot be read.", "文件无法读取")
NOT_TEXT = _fault("YM011", "not-text", "A file is not UTF-8 text.", "不是 UTF-8 文本")
SEVERAL_DOCUMENTS = _fault(
    "YM012", "several-documents", "A file holds several YAML documents.", "一个文件里有多份文档"
)
MERGE_KEY = _fault("YM013", "merge-key", "A mapping merges another one with `<<`.", "使用了合并键 <<")
UNKNOWN_TAG = _fault(
    "YM014", "unknown-tag", "A value carries a YAML tag that means nothing here.", "未知的标签"
)
NON_TEXT_KEY = _fault(
    "YM015", "non-text-key", "A key is a number, a truth value, a list or a mapping.", "键不是文字"
)
BROKEN_ALIAS = _fault(
    "YM016", "broken-alias", "An alias stands for nothing, or for something that contains it.", "失效的别名"
)
UNKNOWN_DOCUMENT = _fault(
    "YM017",
    "unknown-document",
    "No key says what kind of document this is, or the kind cannot be read yet.",
    "未知的文档类型",
)
EMPTY_VALUE = _fault("YM018", "empty-value", "A text or list is there but empty.", "值为空")
MALFORMED_VALUE = _fault(
    "YM019",
    "malformed-value",
    "A duration, date, amount, budget or the like is not written as one.",
    "值的写法不对",
)
NO_DOCUMENT = _fault(
    "YM020", "no-document", "A folder holds no document.", "文件夹里没有文档", Severity.WARNING
)
