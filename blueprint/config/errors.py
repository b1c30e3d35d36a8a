"""What is wrong with a configuration: where, why, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


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
