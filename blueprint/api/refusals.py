"""What the verbs refuse, and why: faults of the request, never of the program."""

from __future__ import annotations

from blueprint.diagnostic import Message


class RefusedError(ValueError):
    """Something cannot be done, which is no fault of the program.

    Attributes:
        message: Why, and what to do, in both languages.
    """

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.message = Message(en, zh)


class NothingToDrawError(RefusedError):
    """The document has no such picture."""


class PluginFailedError(RefusedError):
    """What a plugin brings cannot be used."""


class PluginCrashedError(PluginFailedError):
    """What a plugin brings failed at work."""


class ThemeUnknownError(RefusedError):
    """There is no such theme, or its file does not describe one."""
