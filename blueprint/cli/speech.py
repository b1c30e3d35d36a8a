"""What the program says besides its reports: one sentence, in the reader's language."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable

import click

from blueprint.diagnostic import Message
from blueprint.report.display import visible

_KEY = f"{__name__}.language"
_SHOWN = 12


def speak(language: str | None) -> None:
    """Speak a language from now on, for as long as this command runs; None changes nothing."""
    context = click.get_current_context(silent=True)
    if context is not None and language:
        context.meta[_KEY] = "zh" if language.split("-")[0].lower() == "zh" else "en"


def spoken() -> str:
    """Return the language spoken: as asked, as configured, as the locale says, English."""
    context = click.get_current_context(silent=True)
    chosen: str | None = context.meta.get(_KEY) if context is not None else None
    return chosen or _of_locale()


def has_chosen() -> bool:
    """Whether somebody asked for a language on the command line."""
    context = click.get_current_context(silent=True)
    return context is not None and _KEY in context.meta


def _of_locale() -> str:
    locale = next((os.environ[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(k)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def say(en: str, zh: str) -> None:
    """Tell the user something on standard error; names in it cannot steer the terminal."""
    click.echo(visible(Message(en, zh).pick(spoken())), err=True)


def explain(failed: OSError) -> None:
    """Tell the user which file could not be read or written, and why; never fails itself."""
    place = f"{os.fsdecode(failed.filename)}: " if isinstance(failed.filename, str | bytes) else ""
    reason = f"{place}{failed.strerror or failed}"
    with contextlib.suppress(OSError):
        say(f"Error: {reason}", f"错误：{reason}")


def say_missing(characters: Iterable[str]) -> None:
    """Say which characters look different from machine to machine."""
    lacking = sorted(set(characters))
    if not lacking:
        return
    count = len(lacking)
    shown = " ".join(lacking[:_SHOWN]) + (" …" if count > _SHOWN else "")
    say(
        f"{count} {'character is' if count == 1 else 'characters are'} not in the bundled font and "
        f"{'depends' if count == 1 else 'depend'} on this machine's fonts: {shown}",
        f"内置字体缺少 {count} 个字符，其外观取决于本机字体：{shown}",
    )


class RefusedError(click.ClickException):
    """What was asked for cannot be done, and the options are not to blame; the exit code is 2."""

    exit_code = 2

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(Message(en, zh).pick(spoken()))


class CrashedError(RefusedError):
    """Something of a plugin failed: no fault of the request, nor of the program."""

    exit_code = 3


class MisusedError(click.UsageError):
    """An option or argument that cannot be meant; shown with the usage of the command."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(Message(en, zh).pick(spoken()), ctx=click.get_current_context(silent=True))
