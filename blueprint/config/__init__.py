"""A project's settings: `blueprint.toml` or `[tool.blueprint]` in `pyproject.toml`, found by walking up."""

from __future__ import annotations

import os
import re
from pathlib import Path

from blueprint.config.errors import ConfigError, Sentence
from blueprint.config.settings import At, Config, Ignored, Layer, PerFile, Promised, Written

__all__ = [
    "FILE",
    "PYPROJECT",
    "At",
    "Config",
    "ConfigError",
    "Ignored",
    "Layer",
    "PerFile",
    "Promised",
    "Sentence",
    "Written",
    "find_config",
    "is_language",
    "read_config",
]

FILE = "blueprint.toml"
PYPROJECT = "pyproject.toml"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


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
            # A folder that may not be entered has none; whoever lists it says so.
            if os.path.isfile(folder / name) and (config := read_config(folder / name)) is not None:
                return config
        if os.path.lexists(folder / FILE) and not os.path.isfile(folder / FILE):
            raise ConfigError(
                folder / FILE,
                "",
                0,
                Sentence(
                    "the configuration is a folder, a device or a link that leads nowhere",
                    "配置文件是文件夹、设备或失效的链接",
                ),
                Sentence("put a file there, or delete it", "请换成文件，或将其删除"),
            )
    return Config()


def read_config(file: Path) -> Config | None:
    """Read one file and those it extends; None for a `pyproject.toml` that says nothing about us.

    Raises:
        ConfigError: It cannot be read, is no TOML, or holds a key or value that means nothing.
    """
    from blueprint.config.joining import joined, with_shared
    from blueprint.config.reading import read

    written = read(file, ours=file.name != PYPROJECT)
    return None if written is None else joined(with_shared(written))
