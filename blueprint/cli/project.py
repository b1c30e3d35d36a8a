"""What a command works on: the configuration, the workspace and how the user likes to be spoken to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from blueprint.cli.speech import MisusedError, RefusedError, has_chosen, speak
from blueprint.config import Config, ConfigError, find_config, is_language

if TYPE_CHECKING:
    from blueprint.diagnostic import Diagnostic
    from blueprint.lint.cache import Cache
    from blueprint.lint.selection import Settings
    from blueprint.source.document import Document
    from blueprint.source.text import Source
    from blueprint.source.workspace import Workspace

Command = TypeVar("Command", bound=Callable[..., Any])


def paths_argument(command: Command) -> Command:
    """Add PATHS."""
    return click.argument("paths", nargs=-1)(command)


def language_option(command: Command) -> Command:
    """Add --lang: the language in which the program speaks."""
    return click.option(
        "--lang", type=click.Choice(["en", "zh"]), is_eager=True, expose_value=False,
        callback=lambda context, option, language: speak(language),
        help="The language of messages.  [default: the configuration's, else your locale's]",
    )(command)  # fmt: skip


def scale_option(default: float) -> Callable[[Command], Command]:
    """Add --scale: how many pixels a PNG has for each px of the drawing."""

    def number(context: click.Context, option: click.Parameter, scale: float) -> float:
        if 0.1 <= scale <= 10:  # Not so for NaN, which click's own range lets through.
            return scale
        raise MisusedError(
            f"--scale {scale:g} is not between 0.1 and 10", f"--scale {scale:g} 不在 0.1 到 10 之间"
        )

    return click.option(
        "--scale", type=float, default=default, show_default=True, callback=number,
        help="PNG pixels per px, 0.1 to 10.",
    )  # fmt: skip


def language_tag(context: click.Context, option: click.Parameter, written: str | None) -> str | None:
    """Let a language of drawings through if it is one, for it becomes part of file names."""
    for word in filter(None, (written or "").split(",")):
        if not is_language(word.strip()):
            raise MisusedError(
                f"`{word}` is not a language; write one such as en, zh or pt-BR",
                f"`{word}` 不是语言代码；请写 en、zh 或 pt-BR 这样的代码",
            )
    return written


@dataclass(frozen=True)
class Project:
    """A workspace with its configuration."""

    config: Config
    workspace: Workspace

    @property
    def theme(self) -> str:
        """The theme of drawings."""
        return self.config.theme or "light"

    @property
    def exports(self) -> Path:
        """The folder of pictures."""
        return near(self.config) / self.config.exports

    @property
    def fail_on(self) -> str:
        """The severity from which a check fails."""
        return self.config.fail_on

    def settings(
        self,
        select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        extend: tuple[str, ...] = (),
        today: str | None = None,
        cache: Cache | None = None,
    ) -> Settings:
        """Return what to check: --select replaces the configuration's, the others add to it.

        Raises:
            MisusedError: a word of the command line names no rule, or `today` is no day.
            RefusedError: a word of the configuration names no rule or option.
        """
        from blueprint.cli.settings import settings_of

        return settings_of(self.config, _words(select), _words(ignore), _words(extend), today, cache)


def near(config: Config) -> Path:
    """Return the project's folder as seen from here, for names that people can read."""
    return Path(os.path.relpath(config.root)) if config.root else Path()


def _words(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for part in given for word in part.split(",") if word.strip())


def config_for(start: Path) -> Config:
    """Return the configuration that holds for a file or folder.

    Raises:
        RefusedError: it is wrong.
    """
    try:
        return find_config(start if os.path.isdir(start) else start.parent)
    except ConfigError as wrong:
        from blueprint.cli.settings import shown

        place = shown(wrong.file) + (f":{wrong.line}" if wrong.line else "")
        raise RefusedError(
            f"{place}: {wrong.message.en}; {wrong.help.en}", f"{place}：{wrong.message.zh}；{wrong.help.zh}"
        ) from wrong


def use_plugins(config: Config) -> None:
    """Let the plugins that a configuration names take part, and no others.

    Raises:
        RefusedError: one of them is not installed.
    """
    if not config.plugins and "blueprint.plugins" not in sys.modules:
        return
    from blueprint.plugins import NotInstalledError, use

    try:
        use(config.plugins)
    except NotInstalledError as missing:
        name, place = missing.plugin, os.path.relpath(config.file) if config.file else ""
        raise RefusedError(
            f"{place}: the plugin `{name}` is not installed; run `{sys.executable} -m pip install {name}`, "
            "or take it out of `plugins`",
            f"{place}：插件 `{name}` 未安装；请运行 `{sys.executable} -m pip install {name}`，"
            "或从 `plugins` 中去掉它",
        ) from missing


def plugin_troubles(
    config: Config, cache: Cache | None = None
) -> tuple[tuple[Diagnostic, ...], dict[str, Source]]:
    """Return what cannot be used of a configuration's plugins, and the text that names them.

    Args:
        config: The configuration.
        cache: Remembers plugins of which everything can be used, so that nothing of them is opened again.
    """
    if not config.plugins:
        return (), {}
    from blueprint.plugins import active

    sound = ("plugins", config.plugins, active().versions)
    if cache is not None and cache.recall_words(sound) is not None:
        return (), {}
    from blueprint import api
    from blueprint.diagnostic import Range
    from blueprint.lint.borrowed import troubles
    from blueprint.source.text import Source

    api.views(), api.formats()  # Names that are taken show when they are put together.
    written = next(it for it in reversed(config.sources) if "plugins" in it.values)
    name = os.path.relpath(written.file)
    found = troubles(active(), name, Range(*written.place("plugins")))
    if cache is not None and not found:
        cache.remember_words(sound, {})
    return found, {name: Source(name, written.text)} if found else {}


def open_project(paths: tuple[str, ...], *, stdin_name: str = "-") -> Project:
    """Find the configuration and the documents.

    Raises:
        RefusedError: the configuration is wrong, or standard input is closed.
    """
    named = [path for path in paths if path != "-"]
    start = Path(named[0]) if named else Path()
    config = config_for(start)
    if not has_chosen():
        speak(config.language)
    use_plugins(config)
    if not paths:
        named = [str(near(config) / path) for path in config.paths or (".",)]
    # Not by way of the api, which brings the models along.
    from blueprint.source.workspace import Workspace

    workspace = Workspace(named, root=config.root, exclude=config.exclude)
    if "-" in paths:
        workspace.add(_read_stdin(stdin_name))
    return Project(config, workspace)


def _read_stdin(name: str) -> Document:
    from blueprint.source.files import read_bytes
    from blueprint.source.reading import MAX_BYTES

    stream: TextIO | None = sys.stdin
    if stream is None:
        raise RefusedError("standard input is closed; nothing can be read", "标准输入已关闭，无法读取")
    return read_bytes(name, stream.buffer.read(MAX_BYTES + 1))


def one_document(file: str) -> tuple[Project, Document]:
    """Open the project of one file, or of standard input, and read it.

    Raises:
        RefusedError: the path is a folder.
    """
    if file != "-" and os.path.isdir(file):
        raise RefusedError(
            f"{file} is a folder; name one file, or use `blueprint build {file}`",
            f"{file} 是文件夹；请指定一个文件，或使用 `blueprint build {file}`",
        )
    project = open_project((file,))
    return project, project.workspace.documents[0]
