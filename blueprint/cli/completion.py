"""`blueprint completion`: words for the Tab key, in bash, zsh and fish."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from blueprint.cli.writing import write_out

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_BLUEPRINT_COMPLETE"
"""How a shell's script asks this program what could come next."""

Words = Callable[[str], list[CompletionItem]]
"""From what has been typed of a word to what it could become."""


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that lets SHELL complete commands, options, rules, templates and themes.

    \b
    bash, in ~/.bashrc:    eval "$(blueprint completion bash)"
    zsh, in ~/.zshrc:      eval "$(blueprint completion zsh)"
    fish:                  blueprint completion fish > ~/.config/fish/completions/blueprint.fish
    """  # noqa: D301  # click's own mark for lines that are to stay as they are
    from blueprint.cli import group

    kind = get_completion_class(shell)
    assert kind is not None  # Click speaks each of the shells listed.
    write_out(kind(group, {}, "blueprint", VARIABLE).source(), None)


def teach(command: click.Command) -> None:
    """Tell the options and arguments of a command which words they take.

    It is for a shell's question, where nothing is run: starting up does not wait for it.
    """
    for parameter in command.params:
        words = _WORDS.get(parameter.name or "")
        if words is not None:
            parameter.type = _Word(words)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            teach(inner)


class _Word(click.ParamType[str]):
    """A word that can be completed."""

    name = "word"

    def __init__(self, words: Words) -> None:
        self._words = words

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return self._words(incomplete)


def beginning(typed: str, known: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    """Return the words, of those known with what they mean, that begin as typed."""
    start = typed.lower()
    return [CompletionItem(word, help=about) for word, about in known if word.lower().startswith(start)]


def _listed(words: Words) -> Words:
    """Complete the last word of a list with commas."""

    def last(typed: str) -> list[CompletionItem]:
        before, comma, word = typed.rpartition(",")
        return [CompletionItem(f"{before}{comma}{item.value}", help=item.help) for item in words(word)]

    return last


def _rules(typed: str) -> list[CompletionItem]:
    from blueprint.cli.speech import spoken
    from blueprint.lint.book import all_rules

    language = spoken()
    return beginning(typed, ((card.code, card.title.pick(language)) for card in all_rules()))


def _chosen(typed: str) -> list[CompletionItem]:
    """Rules, and the families that --select and --ignore take besides."""
    from blueprint.lint.book import all_rules

    families = sorted({card.code.rstrip("0123456789") for card in all_rules()})
    return [*beginning(typed, [("ALL", ""), *((family, "") for family in families)]), *_rules(typed)]


def _templates(typed: str) -> list[CompletionItem]:
    from blueprint.cli.start import templates

    return beginning(typed, ((name, "") for name in templates()))


def _themes(typed: str) -> list[CompletionItem]:
    from blueprint.scene.themes import THEMES

    own = sorted(str(path) for path in Path().glob("*.toml"))
    return beginning(typed, ((name, "") for name in (*THEMES, *own)))


def _formats(typed: str) -> list[CompletionItem]:
    from blueprint import api

    return beginning(typed, ((name, "") for name in api.FORMATS))


def _reports(typed: str) -> list[CompletionItem]:
    from blueprint.cli.reports import FORMATS

    return beginning(typed, ((name, "") for name in FORMATS)) or _files(typed)


def _files(typed: str) -> list[CompletionItem]:
    return [CompletionItem(typed, type="file")]


_WORDS: dict[str, Words] = {
    "select": _listed(_chosen),
    "extend_select": _listed(_chosen),
    "ignore": _listed(_chosen),
    "code": _rules,
    "template": _templates,
    "theme": _themes,
    "forms": _listed(_formats),
    "outputs": _reports,
    "paths": _files,
    "files": _files,
    "file": _files,
}
"""What can be said for a parameter, by its name, whatever the command."""
