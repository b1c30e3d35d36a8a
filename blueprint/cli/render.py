"""`blueprint render`: one picture of one document."""

from __future__ import annotations

from typing import cast

import click

from blueprint import api
from blueprint.cli.project import one_document
from blueprint.cli.writing import write_out


@click.command()
@click.argument("file")
@click.option(
    "--view", type=click.Choice(api.VIEWS), help="Which picture.  [default: the document's main one]"
)
@click.option("--to", "form", type=click.Choice(api.FORMATS), help="Format.  [default: by -o, else svg]")
@click.option("--theme", help="light, dark, print, or a .toml file of your own.  [default: light]")
@click.option(
    "--lang", "language", help="The reader's language, such as en or zh.  [default: the document's]"
)
@click.option(
    "--scale", type=click.FloatRange(0.1, 10), default=2.0, show_default=True, help="PNG pixels per px."
)
@click.option(
    "--density", type=click.Choice(["compact", "normal", "roomy"]), default="normal", show_default=True,
    help="Width of a map's columns.",
)  # fmt: skip
@click.option("--embed-font", is_flag=True, help="Carry the characters used in the SVG.")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False), help="The file to write.  [default: beside you]"
)
def render(
    file: str,
    view: api.View | None,
    form: api.Format | None,
    theme: str | None,
    language: str | None,
    scale: float,
    density: str,
    embed_font: bool,
    output: str | None,
) -> None:
    """Draw FILE (or `-`, standard input) as map, blueprint or flow.

    Without -o the picture is written beside you, named after the document; `-o -` writes it to standard
    output.
    """
    project, document = one_document(file)
    form = form or _by_suffix(output)
    try:
        colors = api.theme_named(theme or project.theme)
        view = view or next(iter(api.views_of(document)), None)
        scene = api.draw(document, project.workspace, view=view, language=language, density=density)
        match form:
            case "html":
                data = api.page(scene, document, project.workspace, colors, project.settings())
            case "dot":
                data = api.dot(document, language=language)
            case _:
                data = api.render(scene, form, colors, scale=scale, embed_font=embed_font)
    except ValueError as refused:
        raise click.UsageError(f"{document.source.name}: {refused}") from refused
    target = output or f"{document.id}.{view}.{form}"
    write_out(data, target)
    if target != "-":
        click.echo(f"Wrote {target}.", err=True)
    if advice := api.flow_advice(scene):
        click.echo(advice, err=True)


def _by_suffix(output: str | None) -> api.Format:
    suffix = output.rpartition(".")[2].lower() if output and "." in output else "svg"
    if suffix not in api.FORMATS:
        raise click.UsageError(
            f"Cannot tell the format from {output!r}; end it in {', '.join('.' + f for f in api.FORMATS)}, "
            "or say it with --to."
        )
    return cast("api.Format", suffix)
