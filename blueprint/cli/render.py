"""`blueprint render`: one picture of one document."""

from __future__ import annotations

import click

from blueprint import api
from blueprint.cli.findings import say_figureless, say_partial, show_errors
from blueprint.cli.project import Project, language_tag, one_document, scale_option
from blueprint.cli.speech import CrashedError, MisusedError, RefusedError, say, say_missing
from blueprint.cli.writing import write_out
from blueprint.source.document import Document


@click.command()
@click.argument("file")
@click.option(
    "--view",
    metavar=f"[{'|'.join(api.VIEWS)}|…]",
    help="Which picture; plugins may add some.  [default: the document's main one]",
)
@click.option(
    "--to", "form", metavar=f"[{'|'.join(api.FORMATS)}|…]",
    help="Format; plugins may add some.  [default: by -o, else svg]",
)  # fmt: skip
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
    view: str | None,
    form: str | None,
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
    project, document = one_document(file)
    form = _known("--to", form, api.formats()) or _by_suffix(output)
    view = _known("--view", view, api.views())
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
            case _:
                data = api.render(
                    scene, form, colors, scale=scale, embed_font=embed_font, document=document,
                    language=language,
                )  # fmt: skip
    except api.RefusedError as refused:
        name = document.source.name
        kind = CrashedError if isinstance(refused, api.PluginCrashedError) else RefusedError
        raise kind(f"{name}: {refused.message.en}", f"{name}：{refused.message.zh}") from refused
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


def _known(option: str, word: str | None, known: tuple[str, ...]) -> str | None:
    """Let a word through if it is one of those known.

    Raises:
        MisusedError: it is none of them.
    """
    if word is None or word in known:
        return word
    from difflib import get_close_matches

    close, listed = get_close_matches(word.lower(), known, n=1), ", ".join(known)
    raise MisusedError(
        f"{option}: `{word}` is not one of {listed}" + (f"; did you mean `{close[0]}`?" if close else ""),
        f"{option}：`{word}` 不在 {listed} 之中" + (f"；是否想写 `{close[0]}`？" if close else ""),
    )


def _by_suffix(output: str | None) -> str:
    known_here = api.formats()
    suffix = output.rpartition(".")[2].lower() if output and "." in output else "svg"
    if suffix not in known_here:
        known = ", ".join(f".{form}" for form in known_here)
        raise MisusedError(
            f"cannot tell the format from `{output}`; end it in {known}, or say it with --to",
            f"无法从 `{output}` 判断格式；请以 {known} 结尾，或用 --to 指定",
        )
    return suffix


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
