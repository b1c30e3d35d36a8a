"""`blueprint rules` and `blueprint explain`: the rule book."""

from __future__ import annotations

from pathlib import Path

import click

from blueprint.cli.project import config_for, language_option, use_plugins
from blueprint.cli.speech import MisusedError, RefusedError, spoken
from blueprint.cli.writing import write_out


@click.command()
@click.option(
    "--format", "shape", type=click.Choice(["text", "json", "markdown", "pages"]), default="text",
    show_default=True,
    help="A table, JSON for programs, the whole book as Markdown, or a folder of illustrated pages.",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(), help="Write to a file; for pages, to a folder.")
@click.option(
    "--select", metavar="RULES", help="Make only the pages of these: codes, beginnings of codes, names."
)
@click.option("--check", "checking", is_flag=True, help="Write no pages; fail if one is out of date.")
@language_option
def rules(shape: str, output: str | None, select: str | None, checking: bool) -> int:
    """List the rule book, and the rules of the plugins that the configuration names.

    With `--format pages -o FOLDER` every rule gets a page: why, a bad example with the place marked on its
    drawing, what `check` says of it, and the same mended. In both languages, for GitHub and the like.
    """
    from blueprint.lint import reference

    use_plugins(config_for(Path()))

    if shape == "pages":
        return _pages(output, select, checking)
    if checking or select is not None:
        raise MisusedError(
            "--check and --select are about the folder of pages; add `--format pages`",
            "--check 和 --select 只用于页面文件夹；请加上 `--format pages`",
        )
    match shape:
        case "markdown":
            text = reference.rules_markdown()
        case "json":
            text = reference.rules_json()
        case _:
            text = reference.rules_table(spoken())
    write_out(text, output)
    return 0


def _pages(output: str | None, select: str | None, checking: bool) -> int:
    if output is None or output == "-":
        raise MisusedError(
            "pages are many files; name their folder with `-o FOLDER`",
            "页面由许多文件组成；请用 `-o 文件夹` 指定位置",
        )
    # Only this reads and draws examples: everybody else need not wait for it.
    from blueprint.cli import handbook

    words = tuple(filter(None, (word.strip() for word in (select or "").split(","))))
    return handbook.compare(Path(output), words) if checking else handbook.write(Path(output), words)


@click.command()
@click.argument("code")
@language_option
def explain(code: str) -> None:
    """Print the page of one rule, by its code or its name: what it finds, why, a bad and a good example."""
    from blueprint.lint import reference
    from blueprint.lint.selection import UnknownRuleError

    use_plugins(config_for(Path()))
    try:
        text = reference.explain(code, spoken())
    except UnknownRuleError as unknown:
        raise RefusedError(*unknown.message) from unknown
    write_out(text, None)
