"""`blueprint report`: the page a director reads."""

from __future__ import annotations

from typing import cast

import click

from blueprint import api
from blueprint.cli.findings import say_partial, show_errors
from blueprint.cli.project import language_tag, open_project
from blueprint.cli.render import say_untranslated
from blueprint.cli.speech import MisusedError, RefusedError, say
from blueprint.cli.writing import write_out


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--to", "form", type=click.Choice(api.REPORTS), help="Format.  [default: by -o, else html]")
@click.option("--theme", help="Of pages: light, dark, print, or a .toml file.  [default: light]")
@click.option(
    "--lang", "language", callback=language_tag,
    help="The reader's language, such as en or zh.  [default: the first document's]",
)  # fmt: skip
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False), help="The file to write.  [default: beside you]"
)
def report(
    files: tuple[str, ...], form: api.ReportFormat | None, theme: str | None, language: str | None,
    output: str | None,
) -> int:  # fmt: skip
    """Tell people who decide what was found about FILES (folders are walked).

    For each journey and service blueprint: the drawing, what matters, what will be remembered, what
    hurts, what it costs, what the figures rest on, what to do next. Of an as-is and the to-be that
    replaces it, the figures stand side by side.

    Without -o the report is written beside you, named after the first document; `-o -` writes it to
    standard output. Exit code 1 where a file has errors: it is left out, or lacks what could not be read.
    """
    form = form or _by_suffix(output)
    project = open_project(files)
    try:
        colors = api.theme_named(theme or project.theme)
    except api.ThemeUnknownError as unknown:
        raise RefusedError(*unknown.message) from unknown
    code = 0
    documents = []
    for document in project.workspace.documents:
        if api.views_of(document):
            documents.append(document)
        elif document.model is None:
            code = max(code, show_errors(document, project))
            name = document.source.name
            say(f"{name}: left out: the document could not be read", f"{name}：未写入报告：无法读取此文档")
    if not documents:
        if code:
            return code
        raise RefusedError(
            "there is no journey and no service blueprint to report on",
            "没有可供报告的旅程或服务蓝图",
        )
    data = api.report(documents, project.workspace, form, colors, language=language)
    target = output or f"{api.name_of(documents[0])}.report.{form}"
    write_out(data, target)
    if target != "-":
        say(f"Wrote {target}.", f"已写入 {target}。")
    if language:
        for document in documents:
            say_untranslated(document, language)
    return max(code, say_partial(documents))


def _by_suffix(output: str | None) -> api.ReportFormat:
    if output is None or "." not in output:
        return "html"
    suffix = output.rpartition(".")[2].lower()
    if suffix not in api.REPORTS:
        known = ", ".join(f".{form}" for form in api.REPORTS)
        raise MisusedError(
            f"cannot tell the format from `{output}`; end it in {known}, or say it with --to",
            f"无法从 `{output}` 判断格式；请以 {known} 结尾，或用 --to 指定",
        )
    return cast("api.ReportFormat", suffix)
