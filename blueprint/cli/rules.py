"""`blueprint rules` and `blueprint explain`: the rule book."""

from __future__ import annotations

import click

from blueprint.cli.writing import write_out


@click.command()
@click.option(
    "--format", "shape", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True,
    help="A table, JSON for programs, or the whole book as Markdown.",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to a file.")
def rules(shape: str, output: str | None) -> None:
    """List the rule book."""
    from blueprint.lint import book

    match shape:
        case "markdown":
            text = book.rules_markdown()
        case "json":
            text = book.rules_json()
        case _:
            text = book.rules_table()
    write_out(text, output)


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Print the page of one rule, by its code or its name: what it finds, why, a bad and a good example."""
    from blueprint.lint import book

    try:
        write_out(book.explain(code), None)
    except KeyError:
        from difflib import get_close_matches

        names = [name for rule in book.all_rules() for name in (rule.code, rule.name)]
        close = get_close_matches(code.upper(), names, n=1) or get_close_matches(code.lower(), names, n=1)
        meant = f"Did you mean `{close[0]}`?" if close else "`blueprint rules` lists them all."
        raise click.UsageError(f"There is no rule `{code}`. {meant}") from None
