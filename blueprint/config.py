"""A project's settings: `blueprint.toml` or `[tool.blueprint]` in `pyproject.toml`, found by walking up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

FILE = "blueprint.toml"
PYPROJECT = "pyproject.toml"

FailOn = Literal["error", "warning", "never"]
_FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "never")
_SEVERITIES = ("error", "warning", "info")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Sentence(NamedTuple):
    """One sentence in both languages; config stands below the room where messages live."""

    en: str
    zh: str


class ConfigError(ValueError):
    """A configuration that cannot be used.

    Attributes:
        file: The configuration file.
        key: The key at fault, dotted; empty where the file itself is.
        line: Its line, from 1; 0 where it is not known.
        message: What is wrong.
        help: What to do about it.
    """

    def __init__(self, file: Path, key: str, line: int, message: Sentence, help: Sentence) -> None:
        place = f"{file}:{line}" if line else str(file)
        super().__init__(f"{place}: {message.en}; {help.en}")
        self.file = file
        self.key = key
        self.line = line
        self.message = message
        self.help = help


@dataclass(frozen=True)
class Config:
    """Settings of a project; the defaults where nothing is configured."""

    file: Path | None = None
    """Where they come from."""
    root: Path | None = None
    """The project's folder, in which paths and patterns count; None without a configuration."""
    paths: tuple[str, ...] = ()
    """Files and folders to look at when none are named."""
    exclude: tuple[str, ...] = ()
    """Patterns of files and folders to leave out."""
    select: tuple[str, ...] = ()
    """Rules to run: codes, families, names, `ALL`, `DEFAULT`."""
    ignore: tuple[str, ...] = ()
    """Rules not to run."""
    fail_on: FailOn = "error"
    """The severity from which checking fails."""
    language: str | None = None
    """The language of messages and drawings."""
    theme: str | None = None
    """The theme of drawings."""
    exports: str = "exports"
    """The folder of pictures, relative to the root."""
    severity: Mapping[str, str] = field(default_factory=dict)
    """Rule → `error`, `warning` or `info`, instead of its own severity."""
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Rule → option → value."""


def is_language(word: str) -> bool:
    """Whether a word is a language tag, such as `en`, `zh` or `pt-BR`."""
    return _LANGUAGE.fullmatch(word) is not None


def find_config(start: Path) -> Config:
    """Return the settings that hold in a folder (or for a file): the nearest ones above, or the defaults.

    Raises:
        ConfigError: A configuration is there and cannot be used.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        for name in (FILE, PYPROJECT):
            if (folder / name).is_file() and (config := read_config(folder / name)) is not None:
                return config
    return Config()


def read_config(file: Path) -> Config | None:
    """Read one file; None for a `pyproject.toml` that says nothing about us.

    Raises:
        ConfigError: It cannot be read, is no TOML, or holds a key or value that means nothing.
    """
    import tomllib

    ours = file.name != PYPROJECT
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
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if not ours and "tool.blueprint" not in text:
            return None  # Somebody else's file; they will hear of it from somebody else.
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
    return _Reader(file, text, "" if ours else "tool.blueprint").config(data)


class _Reader:
    """Reads the values of one configuration and says where one is wrong."""

    def __init__(self, file: Path, text: str, prefix: str) -> None:
        self.file = file
        self.text = text
        self.prefix = prefix

    def config(self, data: Any) -> Config:
        if not isinstance(data, dict):
            raise self.error(
                self.prefix, "is not a table", "不是表", "write [tool.blueprint]", "请写 [tool.blueprint]"
            )
        known = {
            "paths": self.words, "exclude": self.words, "select": self.words, "ignore": self.words,
            "fail_on": self.fail_on, "language": self.language, "theme": self.word, "exports": self.word,
            "severity": self.severity, "rules": self.rules,
        }  # fmt: skip
        values: dict[str, Any] = {}
        for key, value in data.items():
            name = key.replace("-", "_")
            if name not in known:
                raise self.unknown(key, known)
            values[name] = known[name](key, value)
        return Config(file=self.file, root=self.file.parent, **values)

    def words(self, key: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
            return tuple(value)
        example = f'{key} = ["{value}"]' if isinstance(value, str) else f'{key} = ["…"]'
        raise self.error(
            key, "must be a list of words", "应是词的列表", f"write {example}", f"请写 {example}"
        )

    def word(self, key: str, value: Any) -> str:
        if isinstance(value, str) and value:
            return value
        raise self.error(key, "must be text", "应是文字", f'write {key} = "…"', f'请写 {key} = "…"')

    def fail_on(self, key: str, value: Any) -> str:
        return self.one_of(key, value, _FAIL_ON)

    def one_of(self, key: str, value: Any, allowed: tuple[str, ...]) -> str:
        if value in allowed:
            return str(value)
        listed = ", ".join(f'"{word}"' for word in allowed)
        raise self.error(
            key, f"cannot be {value!r}", f"不能是 {value!r}", f"write one of {listed}", f"可用：{listed}"
        )

    def language(self, key: str, value: Any) -> str:
        if isinstance(value, str) and is_language(value):
            return value
        raise self.error(
            key, "is not a language", "不是语言代码", 'write "en" or "zh"', '请写 "en" 或 "zh"'
        )

    def severity(self, key: str, value: Any) -> Mapping[str, str]:
        example = 'EX101 = "error"'
        if not isinstance(value, dict):
            raise self.error(
                key,
                "must be a table",
                "应是表",
                f"write {key} = {{{example}}}",
                f"请写 {key} = {{{example}}}",
            )
        return {rule: self.one_of(f"{key}.{rule}", level, _SEVERITIES) for rule, level in value.items()}

    def rules(self, key: str, value: Any) -> Mapping[str, Mapping[str, Any]]:
        section = f"{self.prefix}.{key}" if self.prefix else key
        example = f"[{section}.EX101] floor = 0.5"
        tables = isinstance(value, dict) and all(isinstance(options, dict) for options in value.values())
        if not tables:
            raise self.error(
                key, "must hold one table per rule", "应为每条规则一个表",
                f"write {example}", f"请写 {example}",
            )  # fmt: skip
        return {rule: dict(options) for rule, options in value.items()}

    def unknown(self, key: str, known: Mapping[str, Any]) -> ConfigError:
        import difflib

        close = difflib.get_close_matches(key.replace("-", "_"), known, 1, 0.6)
        listed = ", ".join(known)
        if close:
            help_en, help_zh = f"did you mean `{close[0]}`?", f"是否应为 `{close[0]}`？"
        elif key == "tool" and self.file.name == FILE:
            help_en = f"in {FILE} the keys stand at the top, without [tool.blueprint]"
            help_zh = f"{FILE} 中的键写在顶层，不要写 [tool.blueprint]"
        else:
            help_en, help_zh = f"known keys: {listed}", f"可用的键：{listed}"
        return self.error(key, "is no setting", "不是设置项", help_en, help_zh)

    def error(self, key: str, en: str, zh: str, help_en: str, help_zh: str) -> ConfigError:
        last = re.escape(key.rsplit(".", 1)[-1])
        found = re.search(
            rf"^[ \t]*(?:\[[^\]\n]*\b)?[\"']?{last}[\"']?(?:[ \t]*[=.]|[^\n=]*\])", self.text, re.MULTILINE
        )
        line = self.text.count("\n", 0, found.start()) + 1 if found else 0
        name = f"`{key}`"
        return ConfigError(
            self.file, key, line, Sentence(f"{name} {en}", f"{name} {zh}"), Sentence(help_en, help_zh)
        )
