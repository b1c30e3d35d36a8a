"""`blueprint build`: the folder of pictures, only what changed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import click

from blueprint import api
from blueprint.cli.folder import Folder
from blueprint.cli.pictures import Exhibition, Picture, exhibit_of
from blueprint.cli.project import open_project, paths_argument

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
@click.option("--lang", "languages", help="Languages, separated by commas.  [default: all of each title]")
@click.option(
    "--scale", type=click.FloatRange(0.1, 10), default=1.0, show_default=True, help="PNG pixels per px."
)
@click.option("--check", "checking", is_flag=True, help="Write nothing; fail if a picture is out of date.")
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

    With --check: exit code 1, and a list, where pictures are missing, out of date, edited or left over.
    """
    project = open_project(paths)
    formats = _formats(forms)
    try:
        colors = api.theme_named(theme or project.theme)
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from wrong
    wanted = tuple(filter(None, (languages or "").split(",")))
    folder = Folder(out or project.exports)
    unreadable = [d for d in project.workspace.documents if d.model is None]
    for document in unreadable:
        click.echo(f"{document.source.name}: cannot be drawn; `blueprint check` says why", err=True)
    exhibits = [
        exhibit
        for document in project.workspace.documents
        if (exhibit := exhibit_of(document, project.workspace, wanted)) is not None
    ]
    pictures = [
        Picture(view, form, colors, scale)
        for exhibit in exhibits
        for view in exhibit.views
        for form in formats
    ]
    if checking:
        return _check(folder, pictures, exhibits) or int(bool(unreadable))
    drawn = _draw(folder, pictures)
    folder.sweep(pictures)
    folder.write_index(exhibits, pictures)
    total = len(pictures)
    click.echo(
        f"{folder.path}: {drawn} of {total} pictures drawn, {total - drawn} were up to date.", err=True
    )
    if advice := next(filter(None, (api.flow_advice(p.view.scene) for p in pictures)), None):
        click.echo(advice, err=True)
    return int(bool(unreadable))


def _formats(written: str) -> tuple[api.Format, ...]:
    asked = tuple(dict.fromkeys(form.strip().lower() for form in written.split(",") if form.strip()))
    for form in asked:
        if form not in api.FORMATS:
            raise click.UsageError(f"There is no format `{form}`. There are: {', '.join(api.FORMATS)}.")
    if not asked:
        raise click.UsageError(f"--to names no format. There are: {', '.join(api.FORMATS)}.")
    return cast("tuple[api.Format, ...]", asked)


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


def _check(folder: Folder, pictures: list[Picture], exhibits: list[Exhibition]) -> int:
    comparable = [p for p in pictures if api.flow_advice(p.view.scene) is None]
    if len(comparable) < len(pictures):
        click.echo("Flow views were not compared: Graphviz is not available here.", err=True)
    faults = folder.faults(comparable, pictures)
    for name, fault in faults:
        click.echo(f"{folder.path / name}: {fault}")
    if faults:
        click.echo(
            f"{len(faults)} of {len(pictures)} pictures: run `blueprint build` and commit.", err=True
        )
        return 1
    click.echo(f"{folder.path}: all {len(comparable)} pictures are up to date.", err=True)
    return 0
