"""What a command works on: the configuration, the workspace and how the user likes to be spoken to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from blueprint import api
from blueprint.config import Config, ConfigError, find_config

if TYPE_CHECKING:
    from blueprint.lint.selection import Settings
    from blueprint.source.document import Document
    from blueprint.source.workspace import Workspace

Command = TypeVar("Command", bound=Callable[..., Any])


def paths_argument(command: Command) -> Command:
    """Add PATHS."""
    return click.argument("paths", nargs=-1)(command)


def language_option(command: Command) -> Command:
    """Add --lang: the language in which the program speaks."""
    return click.option(
        "--lang", "language", type=click.Choice(["en", "zh"]),
        help="The language of messages.  [default: the configuration's, else your locale's]",
    )(command)  # fmt: skip


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
        return (self.config.root or Path()) / self.config.exports

    @property
    def fail_on(self) -> str:
        """The severity from which a check fails."""
        return self.config.fail_on

    def language(self, asked: str | None) -> str:
        """Return the language of messages: as asked, as configured, as the locale says, English."""
        if asked or self.config.language:
            return asked or str(self.config.language)
        locale = next((os.environ[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(k)), "")
        return "zh" if locale.lower().startswith("zh") else "en"

    def settings(self, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Settings:
        """Return what to check: --select replaces the configuration's, --ignore adds to it.

        Raises:
            click.UsageError: a word names no rule.
        """
        from blueprint.diagnostic import Severity
        from blueprint.lint.book import check_options, check_words
        from blueprint.lint.selection import Settings, UnknownRuleError

        config = self.config
        chosen = _words(select) or config.select
        refused = (*config.ignore, *_words(ignore))
        severity = {rule: Severity[word.upper()] for rule, word in config.severity.items()}
        if chosen or refused or severity or config.rules:
            # The book is worth opening only where somebody named a rule.
            try:
                check_words((*chosen, *refused, *severity, *config.rules))
                check_options(config.rules)
            except UnknownRuleError as unknown:
                raise click.UsageError(unknown.message.en) from unknown
        return Settings(select=chosen, ignore=refused, options=config.rules, severity=severity)


def _words(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for part in given for word in part.split(",") if word.strip())


def open_project(paths: tuple[str, ...], *, stdin_name: str = "-") -> Project:
    """Find the configuration and the documents.

    Raises:
        click.UsageError: a path is not there, or the configuration is wrong.
    """
    named = [path for path in paths if path != "-"]
    for path in named:
        if not os.path.lexists(path):
            raise click.UsageError(f"{path}: there is no such file or folder.")
    start = Path(named[0]) if named else Path()
    try:
        config = find_config(start if start.is_dir() else start.parent)
    except ConfigError as wrong:
        raise click.UsageError(str(wrong)) from wrong
    if not paths:
        named = [str((config.root or Path()) / path) for path in config.paths] or ["."]
    workspace = api.load(named, root=config.root, exclude=config.exclude)
    if "-" in paths:
        from blueprint.source.workspace import read_bytes

        workspace.add(read_bytes(stdin_name, sys.stdin.buffer.read()))
    return Project(config, workspace)


def one_document(file: str) -> tuple[Project, Document]:
    """Open the project of one file, or of standard input, and read it.

    Raises:
        click.UsageError: the path is not there, or a folder.
    """
    if file != "-" and Path(file).is_dir():
        raise click.UsageError(f"{file} is a folder; name one file, or use `blueprint build {file}`.")
    project = open_project((file,))
    return project, project.workspace.documents[0]
