"""`blueprint init`: a first file that already checks clean and draws."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import click

from blueprint.cli.writing import write_atomically

_FIRST_KEY = re.compile(r"^(journey|blueprint):[ \t]*(\S+)", re.MULTILINE)


def templates() -> dict[str, dict[str, str]]:
    """Return the templates: name → language → text."""
    found: dict[str, dict[str, str]] = {}
    for entry in sorted(files("blueprint").joinpath("templates").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yaml"):
            name, _, language = entry.name.removesuffix(".yaml").partition(".")
            found.setdefault(name, {})[language or "en"] = entry.read_text(encoding="utf-8")
    return found


def _about(text: str) -> str:
    """Return what a template says of itself: its first comment that is not for an editor."""
    lines = (line.removeprefix("#").strip() for line in text.splitlines() if line.startswith("#"))
    return next((line for line in lines if line and "$schema" not in line), "")


def _identifier(path: Path) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:64]
    if not words:
        raise click.UsageError(
            f"Cannot make an id from {path.name!r}: ids are written in a-z, 0-9 and hyphens. "
            "Choose another file name, such as `buy-a-ticket.yaml`; the title may be in any language."
        )
    return words


@click.command()
@click.argument("path", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--template", "-t", default="minimal", show_default=True, help="Which template.")
@click.option(
    "--lang", "language", default="en", show_default=True, help="Language of its words: en or zh."
)
@click.option("--list", "listing", is_flag=True, help="List the templates.")
@click.option("--force", is_flag=True, help="Replace a file that is already there.")
def init(path: Path | None, template: str, language: str, listing: bool, force: bool) -> None:
    """Start a journey: write PATH (default: journeys/TEMPLATE.yaml) from a template."""
    known = templates()
    if listing:
        width = max(map(len, known))
        for name, texts in known.items():
            click.echo(f"{name:<{width}}  {_about(texts.get(language, next(iter(texts.values()))))}")
        return
    if template not in known:
        from difflib import get_close_matches

        close = get_close_matches(template, known, n=1)
        meant = f"Did you mean `{close[0]}`?" if close else f"There are: {', '.join(known)}."
        raise click.UsageError(f"There is no template `{template}`. {meant}")
    if language not in known[template]:
        there = ", ".join(known[template])
        raise click.UsageError(f"The template `{template}` is not there in `{language}`, but in: {there}.")
    path = path or Path("journeys", f"{template}.yaml")
    if path.exists() and not force:
        raise click.UsageError(f"{path} is already there. Choose another name, or --force to replace it.")
    text = _FIRST_KEY.sub(rf"\1: {_identifier(path)}", known[template][language], count=1)
    write_atomically(path, text.encode("utf-8"))
    click.echo(f"Wrote {path}.\n  blueprint check {path}\n  blueprint render {path} --to html")
