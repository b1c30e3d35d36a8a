"""`blueprint build`: the folder of pictures, only what changed."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from blueprint import api
from blueprint.cli.findings import exit_code, say_figureless, say_partial
from blueprint.cli.folder import Folder
from blueprint.cli.pictures import Exhibition, Picture, exhibit_of
from blueprint.cli.project import Project, language_tag, open_project, paths_argument, scale_option
from blueprint.cli.speech import MisusedError, RefusedError, say, say_missing, spoken
from blueprint.cli.watch import watchable
from blueprint.cli.writing import write_out
from blueprint.plugins import active
from blueprint.report.display import visible
from blueprint.source.document import Document

DEFAULT_FORMATS = "svg,pdf,html"


@click.command()
@paths_argument
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="The folder.  [default: exports]"
)
@click.option(
    "--to", "forms", default=DEFAULT_FORMATS, show_default=True, help="Formats, separated by commas."
)
@click.option("--theme", help="light, dark, print, or a .toml file of your own.  [default: light]")
@click.option(
    "--lang", "languages", callback=language_tag,
    help="Languages, separated by commas.  [default: all of each title]",
)  # fmt: skip
@scale_option(1.0)
@click.option("--check", "checking", is_flag=True, help="Write nothing; fail if a picture is out of date.")
@watchable
def build(
    paths: tuple[str, ...],
    out: Path | None,
    forms: str,
    theme: str | None,
    languages: str | None,
    scale: float,
    checking: bool,
) -> int:
    """Draw every journey and blueprint in PATHS into a folder, with an index page. Draws only what changed.

    Where PATHS names single files, the other pictures of the folder and its index page are left alone.
    With --check: exit code 1, and a list, where pictures are missing, out of date, edited or left over.
    """
    project = open_project(paths)
    formats = _formats(forms)
    try:
        colors = api.theme_named(theme or project.theme)
    except api.ThemeUnknownError as unknown:
        raise RefusedError(*unknown.message) from unknown
    wanted = tuple(filter(None, (word.strip() for word in (languages or "").split(","))))
    folder = Folder(out or project.exports)
    documents, code = _drawable(project)
    exhibits = [
        exhibit
        for document in documents
        if (exhibit := exhibit_of(document, project.workspace, wanted)) is not None
    ]
    exhibits, failed = _only_drawable(exhibits)
    code = max(code, failed)
    pictures = [
        Picture(view, form, colors, scale)
        for exhibit in exhibits
        for view in exhibit.views
        for form in formats
    ]
    pictures, failed = _only_made(pictures)
    code = max(code, failed)
    if not pictures:
        say("There is nothing to draw.", "没有可绘制的内容。")
        return code or 1
    # Single files are part of a collection: only who names all of it may say what is left over.
    whole = all(Path(path).is_dir() for path in paths)
    if checking:
        return max(_check(folder, pictures, whole), code)
    drawn = _draw(folder, pictures)
    if whole:
        folder.sweep(pictures)
    if whole or not folder.has_index:
        folder.write_index(exhibits, pictures)
    folder.remember()
    total = len(pictures)
    say(
        f"{folder.path}: {drawn} of {total} pictures drawn, {total - drawn} were up to date.",
        f"{folder.path}：共 {total} 张图，绘制 {drawn} 张，{total - drawn} 张无需更新。",
    )
    scenes = [view.scene for exhibit in exhibits for view in exhibit.views]
    say_missing(character for scene in scenes for character in api.missing_characters(scene))
    if advice := next(filter(None, map(api.flow_advice, scenes)), None):
        say(*advice)
    return code


def _drawable(project: Project) -> tuple[list[Document], int]:
    """Return the documents that can be drawn under names of their own, and the exit code for the others."""
    found: dict[tuple[str, ...], Document] = {}
    trouble = list(project.workspace.diagnostics)
    code = 0
    for found_wrong in trouble:
        say(*(f"{found_wrong.file}: {words}" for words in found_wrong.message))
    for document in project.workspace.documents:
        name, shared = document.source.name, api.name_of(document)
        if document.model is None:
            trouble += document.diagnostics
            say(
                f"{name}: not drawn: it could not be read; `blueprint check` says why",
                f"{name}：未绘制：无法读取；`blueprint check` 会说明原因",
            )
        elif (first := found.setdefault((shared, *api.views_of(document)), document)) is not document:
            other, code = first.source.name, 1
            say(
                f"{name}: not drawn: its pictures would be called `{shared}`, as those of {other}",
                f"{name}：未绘制：其图片将与 {other} 的同名（`{shared}`）",
            )
    documents = list(found.values())
    drawn = [document for document in documents if api.views_of(document)]
    return documents, max(
        code, exit_code(trouble), say_partial(documents), say_figureless(drawn, project.workspace)
    )


def _only_drawable(exhibits: list[Exhibition]) -> tuple[list[Exhibition], int]:
    """Leave out pictures of plugins that cannot be drawn, and say why; the rest goes on."""
    if not active().offers:
        return exhibits, 0
    code, kept = 0, []
    for exhibit in exhibits:
        views = []
        for view in exhibit.views:
            try:
                _ = view.scene
            except api.NothingToDrawError:
                continue  # The plugin has nothing to show of this document, which is no mistake.
            except api.PluginFailedError as failed:
                code = max(code, _blame(f"{view.document.source.name}: {view.name}", failed))
                continue
            views.append(view)
        kept.append(replace(exhibit, views=tuple(views)))
    return kept, code


def _only_made(pictures: list[Picture]) -> tuple[list[Picture], int]:
    """Leave out what the format of a plugin cannot say, and say so where the plugin failed."""
    code, kept = 0, []
    for picture in pictures:
        if picture.form not in api.FORMATS:
            try:
                picture.draw()
            except api.PluginFailedError as failed:
                code = max(code, _blame(picture.name, failed))
                continue
            except api.RefusedError:
                continue
        kept.append(picture)
    return kept, code


def _blame(what: str, failed: api.PluginFailedError) -> int:
    say(f"{what}: not drawn: {failed.message.en}", f"{what}：未绘制：{failed.message.zh}")
    return 3 if isinstance(failed, api.PluginCrashedError) else 2


def _formats(written: str) -> tuple[str, ...]:
    known_here = api.formats()
    known = ", ".join(known_here)
    asked = tuple(dict.fromkeys(form.strip().lower() for form in written.split(",") if form.strip()))
    for form in asked:
        if form not in known_here:
            raise MisusedError(
                f"there is no format `{form}`; there are {known}", f"没有格式 `{form}`；可用的有 {known}"
            )
    if not asked:
        raise MisusedError(
            f"--to names no format; there are {known}", f"--to 没有写出格式；可用的有 {known}"
        )
    return asked


def _draw(folder: Folder, pictures: list[Picture]) -> int:
    drawn = 0
    with click.progressbar(
        pictures,
        label="Drawing",
        file=sys.stderr,
        item_show_func=lambda picture: picture.name if picture else None,
        hidden=not sys.stderr.isatty(),
    ) as row:
        for picture in row:
            drawn += folder.update(picture)
    return drawn


def _check(folder: Folder, pictures: list[Picture], whole: bool) -> int:
    comparable = [p for p in pictures if api.flow_advice(p.view.scene) is None]
    if len(comparable) < len(pictures):
        say(
            "Flow views were not compared: Graphviz is not available here.",
            "未比较流程图：此处没有可用的 Graphviz。",
        )
    faults = folder.faults(comparable, pictures if whole else None)
    lines = [f"{visible(str(folder.path / name))}: {fault.pick(spoken())}\n" for name, fault in faults]
    write_out("".join(lines), None)
    count = len(faults)
    if faults:
        say(
            f"{count} {'picture is' if count == 1 else 'pictures are'} not as they should be: "
            "run `blueprint build` and commit.",
            f"有 {count} 张图不是最新：请运行 `blueprint build` 并提交。",
        )
        return 1
    count = len(comparable)
    say(f"{folder.path}: all {count} pictures are up to date.", f"{folder.path}：{count} 张图均为最新。")
    return 0
