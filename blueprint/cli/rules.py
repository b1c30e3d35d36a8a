"""`blueprint rules` and `blueprint explain`: the rule book."""

from __future__ import annotations

from pathlib import Path

import click

from blueprint.cli.project import config_for, language_option, use_plugins
from blueprint.cli.speech import RefusedError, spoken
from blueprint.cli.writing import write_out


@click.command()
@click.option(
    "--format", "shape", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True,
    help="A table, JSON for programs, or the whole book as Markdown.",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to a file.")
@language_option
def rules(shape: str, output: str | None) -> None:
    """List the rule book, and the rules of the plugins that the configuration names."""
    from blueprint.lint import book

    use_plugins(config_for(Path()))

    match shape:
        case "markdown":
            text = book.rules_markdown()
        case "json":
            text = book.rules_json()
        case _:
            text = book.rules_table(spoken())
    write_out(text, output)


@click.command()
@click.argument("code")
@language_option
def explain(code: str) -> None:
    """Print the page of one rule, by its code or its name: what it finds, why, a bad and a good example."""
    from blueprint.lint import book
    from blueprint.lint.selection import UnknownRuleError

    use_plugins(config_for(Path()))
    try:
        text = book.explain(code, spoken())
    except UnknownRuleError as unknown:
        raise RefusedError(*unknown.message) from unknown
    write_out(text, None)
