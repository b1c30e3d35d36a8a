"""`blueprint schema`: completion and validation in editors."""

from __future__ import annotations

import json

import click

from blueprint.cli.writing import write_out


@click.command()
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to a file.")
def schema(output: str | None) -> None:
    """Print the JSON Schema (draft 2020-12) of the file format, for editors and other validators."""
    from blueprint.model.schema import json_schema

    write_out(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", output)
