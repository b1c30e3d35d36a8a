"""What a folder of pictures holds: every view of every document, in every language and format."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from blueprint import api

if TYPE_CHECKING:
    from blueprint.scene.shapes import Scene
    from blueprint.scene.theme import Theme
    from blueprint.source.document import Document
    from blueprint.source.workspace import Workspace


@dataclass(frozen=True)
class DrawnView:
    """One view of one document in one language."""

    document: Document
    workspace: Workspace
    name: str
    language: str
    alone: bool
    """The document has only this language, so file names need not name it."""

    @cached_property
    def scene(self) -> Scene:
        """The drawing."""
        return api.draw(self.document, self.workspace, view=self.name, language=self.language)

    @property
    def stem(self) -> str:
        """`buy-a-ticket.map` or `buy-a-ticket.map.zh`."""
        return f"{api.name_of(self.document)}.{self.name}" + ("" if self.alone else f".{self.language}")

    @cached_property
    def scene_key(self) -> str:
        """A hash of everything that is drawn, its numbers rounded so that every machine finds the same."""
        from blueprint.export import scene_json

        return hashlib.sha256(scene_json.export(self.scene)).hexdigest()


@dataclass(frozen=True)
class Picture:
    """A view in a format: one file."""

    view: DrawnView
    form: str
    theme: Theme
    scale: float

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.view.stem}.{self.form}"

    @cached_property
    def key(self) -> str:
        """A hash of everything the file is made from, and of the code that makes it."""
        made_from = [renderer(), self.view.scene_key, self.form, repr(self.theme), repr(self.scale)]
        if self.form not in api.FORMATS:
            made_from += plugins()
        digest = hashlib.sha256("\n".join(made_from).encode())
        if self.form == "html":
            # A page also tells what is found and what is known, here and in the files it rests on.
            digest.update(self._page)
        return digest.hexdigest()

    @cached_property
    def _page(self) -> bytes:
        view = self.view
        return api.page(view.scene, view.document, view.workspace, self.theme)

    def draw(self) -> bytes:
        """Make the file's bytes."""
        view = self.view
        match self.form:
            case "html":
                return self._page
            case "dot":
                return api.dot(view.document, language=view.language)
            case _:
                # A picture that is passed around must look the same everywhere: it carries its font.
                return api.render(
                    view.scene, self.form, self.theme, scale=self.scale, embed_font=True,
                    document=view.document, language=view.language,
                )  # fmt: skip


@cache
def renderer() -> str:
    """Return a hash of the code that turns a scene into bytes: a new exporter makes old pictures stale."""
    digest = hashlib.sha256()
    for room in ("export", "scene"):
        for source in sorted(_code(files("blueprint").joinpath(room)), key=lambda entry: entry.name):
            digest.update(source.read_bytes())
    return digest.hexdigest()


def plugins() -> tuple[str, ...]:
    """Return the plugins in use, each with its version and a digest of its code."""
    from blueprint.plugins import active

    return active().versions


def _code(folder: Traversable) -> Iterator[Traversable]:
    code = (entry for entry in folder.iterdir() if entry.name.endswith((".py", ".js", ".css")))
    return (entry for entry in code if not entry.name.startswith(("gallery.", "report")))


@dataclass(frozen=True)
class Exhibition:
    """A document and its views."""

    document: Document
    views: tuple[DrawnView, ...]


def exhibit_of(
    document: Document, workspace: Workspace, languages: Sequence[str] = ()
) -> Exhibition | None:
    """Return what there is to draw of a document; None for a persona or a file that could not be read."""
    spoken = languages or api.languages_of(document)
    views = tuple(
        DrawnView(document, workspace, view, language, len(spoken) == 1)
        for view in api.views_for(document, workspace)
        for language in spoken
    )
    return Exhibition(document, views) if views else None
