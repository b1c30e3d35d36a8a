"""The command line: parse options, call the api, write, exit.

Exit codes: 0 nothing to complain about, 1 findings, 2 wrong usage or a file that cannot be read or
written, 3 a fault of the program itself.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

# Looked up by name and imported only when called: starting up is part of every check.
COMMANDS = {
    "check": ("check", "Say what is wrong with journeys and blueprints."),
    "analyse": ("analyse", "Compute what customers will remember and where it hurts."),
    "render": ("render", "Draw one document."),
    "build": ("build", "Draw everything, only what changed."),
    "init": ("start", "Start a journey from a template."),
    "rules": ("rules", "List the rule book."),
    "explain": ("rules", "Print the page of one rule."),
    "schema": ("schema", "Print the JSON Schema of the file format."),
}


class LazyGroup(click.Group):
    """A group that imports the module of a command only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"blueprint.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=1)
            meant = f" Did you mean `{close[0]}`?" if close else f" There are: {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command `{args[0]}`.{meant}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # The short texts stand in the table, so that `--help` imports no command either.
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def version() -> str:
    """Return the version of the installed distribution."""
    from importlib.metadata import version as installed

    return installed("service-blueprint")


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"blueprint {version()}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and exit.",
)
def group() -> None:
    """Journeys as code: check, analyse and draw customer journeys and service blueprints."""


def main(arguments: list[str] | None = None) -> None:
    """Run the program and leave with its exit code; never show a traceback to a user."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets an escape instead of a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (`blueprint check | head`). Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def _run(arguments: list[str] | None) -> int:
    try:
        result: Any = group.main(args=arguments, prog_name="blueprint", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        click.echo("Interrupted.", err=True)
        return 130
    except click.ClickException as wrong:
        wrong.show()
        return 2
    except BrokenPipeError:
        raise
    except OSError as failed:
        place = f"{failed.filename}: " if failed.filename else ""
        click.echo(f"error: {place}{failed.strerror or failed}", err=True)
        return 2
    except Exception as crash:
        return _confess(crash)


def _confess(crash: Exception) -> int:
    if os.environ.get("BLUEPRINT_DEBUG"):
        import traceback

        traceback.print_exception(crash)
    click.echo(
        f"internal error: {type(crash).__name__}: {crash}\n"
        "This is a fault of blueprint, not of your file. Run again with BLUEPRINT_DEBUG=1 and report "
        "what it prints.",
        err=True,
    )
    return 3
