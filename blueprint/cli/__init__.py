"""The command line: parse options, call the api, write, exit.

Exit codes: 0 nothing to complain about, 1 findings, 2 wrong usage or a file that cannot be read or
written, 3 a fault of the program itself.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
import warnings
from typing import TYPE_CHECKING, Any, TextIO

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Looked up by name and imported only when called: starting up is part of every check.
COMMANDS = {
    "check": ("check", "Say what is wrong with journeys and blueprints."),
    "fmt": ("fmt", "Lay documents out in the one canonical way."),
    "baseline": ("baseline", "Record what is known, so that only new findings count."),
    "config": ("config", "Print the settings that hold, and where each comes from."),
    "analyse": ("analyse", "Compute what customers will remember and where it hurts."),
    "render": ("render", "Draw one document."),
    "report": ("report", "Write the page a director reads."),
    "build": ("build", "Draw everything, only what changed."),
    "diff": ("diff", "Compare two states: what changed, and what that does."),
    "init": ("start", "Start a journey from a template."),
    "rules": ("rules", "List the rule book."),
    "explain": ("rules", "Print the page of one rule."),
    "playbook": ("playbook", "Show the standards in force."),
    "cache": ("cache", "Show or delete what is remembered between runs."),
    "schema": ("schema", "Print the JSON Schema of the file format."),
    "completion": ("completion", "Print the script that completes commands in a shell."),
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
        if ctx.resilient_parsing:  # A shell asks what could come next.
            from blueprint.cli.completion import teach

            teach(command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from blueprint.cli.completion import beginning

        names = beginning(incomplete, ((name, text) for name, (_, text) in COMMANDS.items()))
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=1)
            known = ", ".join(COMMANDS)
            from blueprint.cli.speech import MisusedError

            raise MisusedError(
                f"there is no command `{args[0]}`; "
                + (f"did you mean `{close[0]}`?" if close else f"there are {known}"),
                f"没有命令 `{args[0]}`；" + (f"是否想写 `{close[0]}`？" if close else f"可用的有 {known}"),
            )
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
    for number in range(3):
        # A file opened later must not become the standard output that a caller has closed.
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # They are for those who write Python, not YAML.
    if sys.stderr is None:
        sys.stderr = io.StringIO()  # Nobody listens, which is no mistake.
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets an escape instead of a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    code = _run(arguments)
    for stream in (sys.stdout, sys.stderr):
        code = _let_go(stream) or code
    sys.exit(code)


def _let_go(stream: TextIO | None) -> int:
    """Flush a stream; return 2 where what was said could not be written."""
    if stream is None:
        return 0
    try:
        stream.flush()
    except OSError as failed:
        from blueprint.cli.writing import let_go

        let_go(stream)
        if not isinstance(failed, BrokenPipeError):
            _explain(failed)
            return 2
    return 0


def _run(arguments: list[str] | None) -> int:
    try:
        result: Any = group.main(args=arguments, prog_name="blueprint", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (click.Abort, KeyboardInterrupt):
        _complain("Interrupted.", "已中断。")
        return 130
    except click.exceptions.NoArgsIsHelpError as empty:
        empty.show()
        return 2
    except click.ClickException as wrong:
        _show(wrong)
        return 3 if wrong.exit_code == 3 else 2
    except SystemExit:
        return 0  # How click says that the reader has seen enough (`blueprint --help | head -1`).
    except OSError as failed:
        _explain(failed)
        return 2
    except Exception as crash:
        return _confess(crash)


def _show(wrong: click.ClickException) -> None:
    """Say what was wrong with the command, with its usage where an option is to blame."""
    if isinstance(wrong, click.UsageError) and wrong.ctx is not None:
        click.echo(f"{wrong.ctx.get_usage()}\nTry '{wrong.ctx.command_path} --help' for help.\n", err=True)
    told = wrong.format_message()
    _complain(f"Error: {told}", f"错误：{told}")


def _explain(failed: OSError) -> None:
    from blueprint.cli.speech import explain

    explain(failed)


def _complain(en: str, zh: str) -> None:
    from blueprint.cli.speech import say

    with contextlib.suppress(OSError):
        say(en, zh)


def _confess(crash: Exception) -> int:
    if os.environ.get("BLUEPRINT_DEBUG"):
        import traceback

        traceback.print_exception(crash)
    what = f"{type(crash).__name__}: {crash}"
    _complain(f"internal error: {what}", f"内部错误：{what}")
    _complain(
        "This is a fault of blueprint, not of your file. Run again with BLUEPRINT_DEBUG=1 and report "
        "what it prints.",
        "这是 blueprint 的错误，不是文件的问题。请设置 BLUEPRINT_DEBUG=1 再运行一次，并反馈输出的内容。",
    )
    return 3
