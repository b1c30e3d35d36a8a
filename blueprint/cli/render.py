"""`blueprint render`: one picture of one document."""

from __future__ import annotations

from typing import cast

import click

from blueprint import api
from blueprint.cli.findings import say_figureless, say_partial, show_errors
from blueprint.cli.project import Project, language_tag, one_document, scale_option
from blueprint.cli.speech import MisusedError, RefusedError, say, say_missing
from blueprint.cli.writing import write_out
from blueprint.source.document import Document


@click.command()
@click.argument("file")
@click.option(
    "--view", type=click.Choice(api.VIEWS), help="Which picture.  [default: the document's main one]"
)
@click.option("--to", "form", type=click.Choice(api.FORMATS), help="Format.  [default: by -o, else svg]")
@click.option("--theme", help="light, dark, print, or a .toml file of your own.  [default: light]")
@click.option(
    "--lang", "language", callback=language_tag,
    help="The reader's language, such as en or zh.  [default: the document's]",
)  # fmt: skip
@scale_option(2.0)
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
) -> int:
    """Draw FILE (or `-`, standard input) as map, blueprint or flow.

    Without -o the picture is written beside you, named after the document; `-o -` writes it to standard
    output. Exit code 1 where the file has errors: there is no picture, or it lacks what could not be read.
    """
    form = form or _by_suffix(output)
    project, document = one_document(file)
    if document.model is None:
        return _not_drawn(project, document)
    try:
        colors = api.theme_named(theme or project.theme)
    except api.ThemeUnknownError as unknown:
        raise RefusedError(*unknown.message) from unknown
    try:
        view = view or next(iter(api.views_of(document)), None)
        scene = api.draw(document, project.workspace, view=view, language=language, density=density)
        match form:
            case "html":
                data = api.page(scene, document, project.workspace, colors, project.settings())
            case "dot":
                data = api.dot(document, language=language)
            case _:
                data = api.render(scene, form, colors, scale=scale, embed_font=embed_font)
    except api.RefusedError as refused:
        name = document.source.name
        raise RefusedError(f"{name}: {refused.message.en}", f"{name}：{refused.message.zh}") from refused
    target = output or f"{api.name_of(document)}.{view}.{form}"
    write_out(data, target)
    if target != "-":
        say(f"Wrote {target}.", f"已写入 {target}。")
    if language:
        say_untranslated(document, language)
    if form not in ("json", "dot"):
        say_missing(api.missing_characters(scene))
    if advice := api.flow_advice(scene):
        say(*advice)
    return max(say_partial([document]), say_figureless([document], project.workspace))


def _by_suffix(output: str | None) -> api.Format:
    suffix = output.rpartition(".")[2].lower() if output and "." in output else "svg"
    if suffix not in api.FORMATS:
        known = ", ".join(f".{form}" for form in api.FORMATS)
        raise MisusedError(
            f"cannot tell the format from `{output}`; end it in {known}, or say it with --to",
            f"无法从 `{output}` 判断格式；请以 {known} 结尾，或用 --to 指定",
        )
    return cast("api.Format", suffix)


def _not_drawn(project: Project, document: Document) -> int:
    code = show_errors(document, project)
    name = document.source.name
    say(f"{name}: nothing drawn: the document could not be read", f"{name}：未绘制：无法读取此文档")
    return code


def say_untranslated(document: Document, language: str) -> None:
    """Say where a document has no words in the language asked for."""
    known = api.languages_of(document)
    if language.split("-")[0].lower() not in {tag.split("-")[0].lower() for tag in known}:
        name, there = document.source.name, ", ".join(known)
        say(
            f"{name} has no words in `{language}`; its texts are shown in {there}.",
            f"{name} 没有 `{language}` 的文字；其文字以 {there} 显示。",
        )
