"""Reads one configuration file: every key and value is known and of its kind, or it is said where not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from blueprint.config.errors import ConfigError, Sentence
from blueprint.config.settings import Written
from blueprint.config.table import (
    COMPARED,
    DIFF,
    DIFF_FAIL_ON,
    FAIL_ON,
    FIGURES,
    FINDINGS,
    IGNORES,
    KEYS,
    PER_FILE,
    SEVERITIES,
    Key,
    Kind,
    by_field,
    field,
)

_OURS = "blueprint.toml"
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BUDGET = re.compile(
    r"\s*(?:>=|<=|≥|≤|>|<)\s*(?:(?P<number>-?\d+(?:\.\d+)?)\s*(?P<percent>%)?"
    r"|(?P<time>(?:\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w)\s*)+|P[\dYMWDTHS.]+))\s*"
)
_BUDGETS: dict[str, tuple[str, Sentence]] = {
    "number": (">= 0", Sentence("is about a plain number", "是普通数字")),
    "share": (">= 80%", Sentence("is about a share, from 0% to 100%", "是 0% 到 100% 的比例")),
    "time": ("<= 3d", Sentence("is about a time, such as `2h 30m`", "是时间，例如 `2h 30m`")),
}  # fmt: skip
At = tuple[str | int, ...]


def read(file: Path, *, ours: bool) -> Written | None:
    """Read one file.

    Args:
        file: The file.
        ours: Whether it speaks of nothing but us; else it is read under `[tool.blueprint]`.

    Returns:
        What it says; None where a file that is not ours says nothing about us.

    Raises:
        ConfigError: It cannot be read, is no TOML, or holds a key or value that means nothing.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(
            file, "", 0,
            Sentence(f"the configuration cannot be read: {reason}", f"无法读取配置文件：{reason}"),
            Sentence("check its permissions", "请检查权限"),
        ) from error  # fmt: skip
    except UnicodeDecodeError as error:
        if not ours:
            return None
        raise ConfigError(
            file, "", 0,
            Sentence("the configuration is not UTF-8 text", "配置文件不是 UTF-8 文本"),
            Sentence("save it as UTF-8", "请另存为 UTF-8 编码"),
        ) from error  # fmt: skip
    if not ours and "blueprint" not in text:
        return None  # Most projects' file, and parsing it would be time for nothing.
    try:
        data: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        if not ours and "tool.blueprint" not in text:
            return None  # Somebody else's file; they will hear of it from somebody else.
        if conflict := _CONFLICT.search(text):
            raise ConfigError(
                file, "", text.count("\n", 0, conflict.start()) + 1,
                Sentence("a merge conflict is left here", "此处留有未解决的合并冲突"),
                Sentence(
                    "keep what is meant of the two sides, and delete the lines of <, = and >",
                    "请保留两边中需要的内容，并删除 <、= 和 > 标记行",
                ),
            ) from error  # fmt: skip
        line = re.search(r"at line (\d+)", str(error))
        raise ConfigError(
            file, "", int(line[1]) if line else text.count("\n") + 1,
            Sentence(f"this is not TOML: {error}", f"不是有效的 TOML：{error}"),
            Sentence("write `key = value`; text stands in quotes", "请写 `键 = 值`；文字要加引号"),
        ) from error  # fmt: skip
    if not ours:
        tool = data.get("tool")
        if not isinstance(tool, dict) or "blueprint" not in tool:
            return None
        data = tool["blueprint"]
    return _Reader(file, text, () if ours else ("tool", "blueprint")).read(data)


class _Reader:
    """Reads the values of one configuration and says where one is wrong."""

    def __init__(self, file: Path, text: str, prefix: tuple[str, ...]) -> None:
        self.written = Written(file, text, prefix)
        self.kinds: dict[Kind, Callable[[At, Any], Any]] = {
            "word": self.word,
            "words": self.words,
            "file-or-files": self.files,
            "language": self.language,
            "fail-on": lambda at, value: self.one_of(at, value, FAIL_ON),
            "folder-or-false": self.folder,
            "severity": self.severity,
            "rules": self.rules,
            "budgets": self.budgets,
            "per-file": lambda at, value: self.tables(at, value, PER_FILE),
            "ignores": lambda at, value: self.tables(at, value, IGNORES),
            "date": self.day,
            "diff": lambda at, value: self.table(at, self.mapping(at, value, 'fail-on = "any"'), DIFF)[0],
            "diff-fail-on": lambda at, value: self.one_of(at, value, DIFF_FAIL_ON),
            "watched": self.watched,
            "tolerances": self.tolerances,
            "findings": lambda at, value: self.one_of(at, value, FINDINGS),
        }

    def read(self, data: Any) -> Written:
        prefix = self.written.prefix
        if not isinstance(data, dict):
            name = ".".join(prefix)
            raise self.error(
                (), f"`{name}` is not a table", f"`{name}` 不是表", f"write [{name}]", f"请写 [{name}]"
            )
        values, spelt = self.table((), data, KEYS)
        return Written(self.written.file, self.written.text, prefix, values, spelt)

    def table(
        self, at: At, data: Mapping[str, Any], keys: Sequence[Key]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """Read a table with known keys."""
        known = by_field(keys)
        values: dict[str, Any] = {}
        spelt: dict[str, str] = {}
        for key, value in data.items():
            name = field(key)
            if name not in known:
                raise self.unknown((*at, key), [key.name for key in keys])
            if name in values:
                raise self.wrong(
                    (*at, key), "is written twice", "写了两次", f"keep one of `{spelt[name]}` and `{key}`",
                    f"`{spelt[name]}` 和 `{key}` 只能保留一个",
                )  # fmt: skip
            values[name] = self.kinds[known[name].kind]((*at, key), value)
            spelt[name] = key
        return values, spelt

    def tables(self, at: At, value: Any, keys: Sequence[Key]) -> tuple[dict[str, Any], ...]:
        """Read a list of tables."""
        name = ".".join((*self.written.prefix, str(at[-1])))
        heading = f"[[{name}]]"
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(
                at, "must be a list of tables", "应是表的列表", f"write {heading} above each",
                f"请在每个表上方写 {heading}",
            )  # fmt: skip
        found = []
        for number, item in enumerate(value):
            values, _ = self.table((*at, number), item, keys)
            for key in keys:
                if key.required and not values.get(field(key.name)):
                    raise self.error(
                        (*at, number), f"{heading} lacks `{key.name}`", f"{heading} 缺少 `{key.name}`",
                        f"add {key.example}", f"请加上 {key.example}",
                    )  # fmt: skip
            found.append(values)
        return tuple(found)

    def words(self, at: At, value: Any) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
            return tuple(value)
        example = f'{at[-1]} = ["{value}"]' if isinstance(value, str) else _example(at, f'{at[-1]} = ["…"]')
        raise self.wrong(
            at, "must be a list of words", "应是词的列表", f"write {example}", f"请写 {example}"
        )

    def files(self, at: At, value: Any) -> tuple[str, ...]:
        if isinstance(value, str) and value.strip():
            return (value,)
        if value == []:
            example = f'{at[-1]} = ["…"]'
            raise self.wrong(at, "names none", "没有列出任何内容", f"write {example}", f"请写 {example}")
        if not isinstance(value, list):
            example = _example(at, f'{at[-1]} = ["…"]')
            raise self.wrong(
                at, "must be text or a list of words", "应是文字或词的列表", f"write {example}",
                f"请写 {example}",
            )  # fmt: skip
        return self.words(at, value)

    def folder(self, at: At, value: Any) -> str | Literal[False]:
        if value is False:
            return False
        if isinstance(value, str) and value.strip():
            return value
        example = _example(at, f'{at[-1]} = "…"')
        raise self.wrong(
            at, "must be a folder, or false", "应是文件夹，或 false",
            f"write {example}, or {at[-1]} = false", f"请写 {example}，或 {at[-1]} = false",
        )  # fmt: skip

    def word(self, at: At, value: Any) -> str:
        if isinstance(value, str) and value.strip():
            return value
        example = _example(at, f'{at[-1]} = "…"')
        raise self.wrong(at, "must be text", "应是文字", f"write {example}", f"请写 {example}")

    def one_of(self, at: At, value: Any, allowed: Sequence[str]) -> str:
        if value in allowed:
            return str(value)
        listed = ", ".join(f'"{word}"' for word in allowed)
        raise self.wrong(
            at, f"cannot be {value!r}", f"不能是 {value!r}", f"write one of {listed}", f"可用：{listed}"
        )

    def language(self, at: At, value: Any) -> str:
        from blueprint.config import is_language

        if isinstance(value, str) and is_language(value):
            return value
        raise self.wrong(at, "is not a language", "不是语言代码", 'write "en" or "zh"', '请写 "en" 或 "zh"')

    def day(self, at: At, value: Any) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str) and _DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        example = f"{at[-1]} = 2027-03-31"
        raise self.wrong(at, "is not a day", "不是日期", f"write {example}", f"请写 {example}")

    def mapping(self, at: At, value: Any, example: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        shown = f"{at[-1]} = {{{example}}}"
        raise self.wrong(at, "must be a table", "应是表", f"write {shown}", f"请写 {shown}")

    def severity(self, at: At, value: Any) -> Mapping[str, str]:
        levels = self.mapping(at, value, 'EX101 = "error"')
        return {rule: self.one_of((*at, rule), level, SEVERITIES) for rule, level in levels.items()}

    def rules(self, at: At, value: Any) -> Mapping[str, Mapping[str, Any]]:
        section = ".".join((*self.written.prefix, str(at[-1])))
        example = f"[{section}.EX101] floor = 0.5" if len(at) == 1 else "rules = {EX101 = {floor = 0.5}}"
        if not isinstance(value, dict) or not all(isinstance(options, dict) for options in value.values()):
            raise self.wrong(
                at, "must hold one table per rule", "应为每条规则一个表",
                f"write {example}", f"请写 {example}",
            )  # fmt: skip
        return {
            rule: {field(option): setting for option, setting in options.items()}
            for rule, options in value.items()
        }

    def budgets(self, at: At, value: Any) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for key, promise in self.mapping(at, value, 'ending = ">= 0"').items():
            name, here = field(key), (*at, key)
            if name not in FIGURES:
                raise self.unknown(here, FIGURES)
            example, unit = _BUDGETS[FIGURES[name]]
            match = _BUDGET.fullmatch(promise) if isinstance(promise, str) and len(promise) < 64 else None
            if match is None or not _fits(FIGURES[name], match):
                raise self.wrong(
                    here, f"cannot be {promise!r}: it {unit.en}", f"不能是 {promise!r}：它{unit.zh}",
                    f'write {key} = "{example}", for example', f'例如写成 {key} = "{example}"',
                )  # fmt: skip
            found[name] = promise.strip()
        return found

    def watched(self, at: At, value: Any) -> tuple[str, ...]:
        words = self.words(at, value)
        for number, word in enumerate(words):
            if field(word) not in COMPARED:
                raise self.unknown((*at, number), COMPARED, word)
        return tuple(field(word) for word in words)

    def tolerances(self, at: At, value: Any) -> Mapping[str, float]:
        found: dict[str, float] = {}
        for key, limit in self.mapping(at, value, 'ending = "5%"').items():
            name, here = field(key), (*at, key)
            if name not in COMPARED:
                raise self.unknown(here, COMPARED)
            share = share_of(limit)
            if share is None:
                raise self.wrong(
                    here, f"cannot be {limit!r}", f"不能是 {limit!r}",
                    f'write a share such as {key} = "5%", or {key} = "off"',
                    f'请写比例，例如 {key} = "5%"，或 {key} = "off"',
                )  # fmt: skip
            found[name] = share
        return found

    def unknown(self, at: At, known: Iterable[str], word: str = "") -> ConfigError:
        import difflib

        key, names = word or str(at[-1]), list(known)
        close = difflib.get_close_matches(
            key.replace("_", "-"), [name.replace("_", "-") for name in names], 1, 0.6
        )
        listed = ", ".join(names)
        if close:
            meant = next(name for name in names if name.replace("_", "-") == close[0])
            help_en, help_zh = f"did you mean `{meant}`?", f"是否应为 `{meant}`？"
        elif key == "tool" and len(at) == 1 and not self.written.prefix:
            help_en = f"in {_OURS} the keys stand at the top, without [tool.blueprint]"
            help_zh = f"{_OURS} 中的键写在顶层，不要写 [tool.blueprint]"
        else:
            help_en, help_zh = f"known keys: {listed}", f"可用的键：{listed}"
        if field(key) == "extend_ignore":
            help_en = "write `ignore`: what a file ignores is added to what it extends"
            help_zh = "请写 `ignore`：它会加到所继承的忽略之上"
        if word:
            return self.wrong(
                at, f"names `{word}`, which is no figure", f"中的 `{word}` 不是数据", help_en, help_zh
            )
        return self.wrong(at, "is no setting", "不是设置项", help_en, help_zh)

    def wrong(self, at: At, en: str, zh: str, help_en: str, help_zh: str) -> ConfigError:
        name = f"`{_dotted(at)}`"
        return self.error(at, f"{name} {en}", f"{name} {zh}", help_en, help_zh)

    def error(self, at: At, en: str, zh: str, help_en: str, help_zh: str) -> ConfigError:
        name = _dotted(at) or ".".join(self.written.prefix)
        return ConfigError(
            self.written.file, name, self.written.line(*at), Sentence(en, zh), Sentence(help_en, help_zh)
        )


def share_of(written: object) -> float | None:
    """Return a tolerance as a share, infinite for `off`; None for what is none."""
    if written == "off" or written is False:
        return float("inf")
    if isinstance(written, str):
        try:
            written = float(written.strip().removesuffix("%")) / (
                100 if written.strip().endswith("%") else 1
            )
        except ValueError:
            return None
    if isinstance(written, bool) or not isinstance(written, (int, float)) or not 0 <= written < 1e6:
        return None
    return float(written)


_TABLES: dict[str, Sequence[Key]] = {"per_file": PER_FILE, "ignores": IGNORES, "diff": DIFF}


def _example(at: At, otherwise: str) -> str:
    """Return how a key is written, as its reference shows it."""
    keys = KEYS if len(at) == 1 else _TABLES.get(field(str(at[0])), ())
    known = by_field(keys).get(field(str(at[-1])))
    return known.example if known is not None else otherwise


def _dotted(at: At) -> str:
    """Write a path as people do: the second table of `ignores` is `ignores[2]`."""
    out = ""
    for part in at:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def _fits(unit: str, match: re.Match[str]) -> bool:
    """Whether a limit has the unit of its figure; 0 needs none."""
    number, percent, time = match["number"], match["percent"], match["time"]
    if unit == "time":
        return time is not None or (percent is None and float(number) == 0)
    if time is not None:
        return False
    return 0 <= float(number) / (100 if percent else 1) <= 1 if unit == "share" else percent is None
