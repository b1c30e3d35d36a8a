"""The folder of pictures, and what it remembers of how each was made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from blueprint.cli.index import index_page
from blueprint.cli.pictures import Exhibition, Picture
from blueprint.cli.writing import write_atomically
from blueprint.diagnostic import Message

INDEX = "index.html"
MEMORY = "manifest.json"

MISSING = Message("missing", "缺失")
OUT_OF_DATE = Message("out of date", "已过时")
EDITED = Message("edited by hand", "被手工修改过")
LEFT_OVER = Message("left over", "多余")


class Folder:
    """A folder of pictures with a manifest: file → what it was made from, and its own hash.

    A picture is up to date where both agree; so nothing is drawn to find out, and an edit by hand shows.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def _made(self) -> dict[str, dict[str, str]]:
        """What the manifest says; nothing where it is missing or broken, so that all is drawn again."""
        try:
            found: Any = json.loads((self.path / MEMORY).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        pictures = found.get("pictures") if isinstance(found, dict) else None
        if not isinstance(pictures, dict):
            return {}
        return {
            name: {key: str(value) for key, value in made.items()}
            for name, made in pictures.items()
            if isinstance(made, dict)
        }

    def _current(self, picture: Picture) -> Message | None:
        """Return what is wrong with a picture's file, None where it is up to date."""
        made = self._made.get(picture.name, {})
        try:
            data = (self.path / picture.name).read_bytes()
        except OSError:
            return MISSING
        if made.get("from") != picture.key:
            return OUT_OF_DATE
        return None if made.get("sha256") == _hash(data) else EDITED

    def update(self, picture: Picture) -> bool:
        """Draw a picture if it is not up to date; return whether it was drawn."""
        if self._current(picture) is None:
            return False
        data = picture.draw()
        write_atomically(self.path / picture.name, data)
        self._made[picture.name] = {"from": picture.key, "sha256": _hash(data)}
        return True

    def sweep(self, pictures: Iterable[Picture]) -> None:
        """Remove pictures that this folder's manifest made and nobody asks for any more."""
        for name in self._left_over(pictures):
            (self.path / name).unlink(missing_ok=True)
            del self._made[name]

    def _left_over(self, pictures: Iterable[Picture]) -> list[str]:
        wanted = {picture.name for picture in pictures}
        # A name with a separator was not written by us: never reach outside the folder.
        return [name for name in sorted(self._made) if name not in wanted and Path(name).name == name]

    @property
    def has_index(self) -> bool:
        """Whether an index page is there."""
        return (self.path / INDEX).is_file()

    def remember(self) -> None:
        """Write the manifest, if it changed."""
        memory = {"pictures": dict(sorted(self._made.items()))}
        self._write(MEMORY, (json.dumps(memory, indent=1) + "\n").encode())

    def write_index(self, exhibits: Sequence[Exhibition], pictures: Sequence[Picture]) -> None:
        """Write the index page, if it changed."""
        self._write(INDEX, index_page(exhibits, pictures))

    def _write(self, name: str, data: bytes) -> None:
        target = self.path / name
        if not target.is_file() or target.read_bytes() != data:
            write_atomically(target, data)

    def faults(
        self, compared: Iterable[Picture], wanted: Iterable[Picture] | None
    ) -> list[tuple[str, Message]]:
        """Return every picture that is not as it should be, with what is wrong, by name.

        Args:
            compared: The pictures to look at.
            wanted: Every picture the folder should hold; None where that is not known.
        """
        wrong = [(p.name, fault) for p in compared if (fault := self._current(p)) is not None]
        over = self._left_over(wanted) if wanted is not None else []
        return sorted([*wrong, *((name, LEFT_OVER) for name in over)])


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
