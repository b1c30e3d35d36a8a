"""`blueprint cache`: what is remembered between runs, and where."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blueprint.cli.speech import RefusedError, spoken

if TYPE_CHECKING:
    from blueprint.config import Config
    from blueprint.lint.cache import Cache

VARIABLE = "BLUEPRINT_CACHE_DIR"


def folder_of(config: Config) -> Path | None:
    """Return where results are remembered: by the variable, the configuration, or by custom.

    Returns:
        None where the configuration says that nothing is.
    """
    if named := os.environ.get(VARIABLE):
        return Path(named)
    if config.cache is False:
        return None
    if config.cache:
        return (config.root or Path()) / config.cache
    from platformdirs import user_cache_path

    return user_cache_path("service-blueprint", appauthor=False)


def cache_of(config: Config) -> Cache | None:
    """Return what is remembered; None where nothing is to be remembered."""
    folder = folder_of(config)
    if folder is None:
        return None
    from blueprint.lint.cache import Cache

    return Cache(folder)


@click.group()
def cache() -> None:
    """Show or delete what is remembered between runs."""


@cache.command("clear")
def clear_cache() -> None:
    """Delete what is remembered for this project."""
    from blueprint.lint.cache import clear

    folder = _here()
    try:
        gone = clear(folder)
    except OSError as error:
        raise RefusedError(
            f"{folder}: cannot be deleted: {error.strerror}", f"{folder}：无法删除：{error.strerror}"
        ) from error
    size = f"{gone / 1000:,.0f} kB"
    empty = {"en": f"Nothing is remembered in {folder}.", "zh": f"{folder} 中没有缓存。"}
    done = {"en": f"{folder}: {size} deleted.", "zh": f"{folder}：已删除 {size}。"}
    click.echo((done if gone else empty)[spoken()])


@cache.command("dir")
def show_folder() -> None:
    """Print the folder in which results are remembered."""
    click.echo(_here())


def _here() -> Path:
    from blueprint.cli.project import config_for

    folder = folder_of(config_for(Path()))
    if folder is None:
        raise RefusedError(
            "the configuration says `cache = false`: nothing is remembered",
            "配置为 `cache = false`：不保存缓存",
        )
    return folder
