"""What a project has settled: the values of a configuration and of those it extends, joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from blueprint.config.table import FailOn


@dataclass(frozen=True)
class Written:
    """One configuration file as it was read."""

    file: Path
    text: str
    prefix: tuple[str, ...]
    """The table in which it speaks of us: ("tool", "blueprint") in a `pyproject.toml`."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Its keys, with underscores, and their values."""
    spelt: Mapping[str, str] = field(default_factory=dict)
    """Key with underscores → key as it is written."""

    @cached_property
    def places(self) -> Mapping[tuple[str | int, ...], tuple[int, int]]:
        """Where its keys stand; scanned only when somebody wants to know."""
        from blueprint.config.places import places_of

        return places_of(self.text)

    def place(self, *path: str | int) -> tuple[int, int]:
        """Return where a key stands, or the nearest thing around it; (0, 0) for the file."""
        spelt = (self.spelt.get(str(path[0]), path[0]), *path[1:]) if path else ()
        full = (*self.prefix, *spelt)
        while full:
            if full in self.places:
                return self.places[full]
            # A key of a table may be written with a dash where the program has an underscore.
            dashed = (*full[:-1], str(full[-1]).replace("_", "-"))
            if dashed in self.places:
                return self.places[dashed]
            full = full[:-1]
        return (0, 0)

    def line(self, *path: str | int) -> int:
        """Return the line, from 1, of a key; 0 where it is not known."""
        start, end = self.place(*path)
        return self.text.count("\n", 0, start) + 1 if end else 0


class Layer(NamedTuple):
    """What one file says about which rules run."""

    select: tuple[str, ...] = ()
    """Begins anew where there is any word."""
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class PerFile(NamedTuple):
    """What is different for some files."""

    files: tuple[str, ...]
    layer: Layer
    severity: Mapping[str, str]
    rules: Mapping[str, Mapping[str, Any]]
    budgets: Mapping[str, Promised]
    at: At


class Ignored(NamedTuple):
    """Findings that somebody accepts, with a memory."""

    rule: str
    reason: str
    owner: str
    at: At
    files: tuple[str, ...] = ()
    element: str = ""
    expires: date | None = None


class At(NamedTuple):
    """Where a setting is written: a file of the configuration, and the path in it."""

    source: int
    """Which of `Config.sources`."""
    path: tuple[str | int, ...]


class Compared(NamedTuple):
    """What a comparison calls a regression, as far as somebody said so."""

    fail_on: str | None = None
    watch: tuple[str, ...] | None = None
    """The figures that count, instead of the usual ones."""
    tolerance: Mapping[str, float] = {}
    """Figure → by how much it may become worse, as a share; infinite for one that does not count."""
    findings: str | None = None
    """From which severity a new finding counts, or `never`."""

    def with_nearer(self, nearer: Compared) -> Compared:
        """Return what holds where a nearer file says some of it anew."""
        return Compared(
            nearer.fail_on or self.fail_on,
            self.watch if nearer.watch is None else nearer.watch,
            {**self.tolerance, **nearer.tolerance},
            nearer.findings or self.findings,
        )


class Promised(NamedTuple):
    """A budget of the workspace: the promise as written, and where."""

    written: str
    at: At


@dataclass(frozen=True)
class Config:
    """Settings of a project; the defaults where nothing is configured."""

    file: Path | None = None
    """The nearest file they come from."""
    root: Path | None = None
    """The project's folder, in which paths and patterns count; None without a configuration."""
    paths: tuple[str, ...] = ()
    """Files and folders to look at when none are named."""
    exclude: tuple[str, ...] = ()
    """Patterns of files and folders to leave out."""
    layers: tuple[Layer, ...] = ()
    """Which rules run: what each file says, the nearest last."""
    fail_on: FailOn = "error"
    """The severity from which checking fails."""
    language: str | None = None
    """The language of messages and drawings."""
    theme: str | None = None
    """The theme of drawings."""
    exports: str = "exports"
    """The folder of pictures, relative to the root."""
    severity: Mapping[str, str] = field(default_factory=dict)
    """Rule → `error`, `warning` or `info`, instead of its own severity."""
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Rule → option → value."""
    budgets: Mapping[str, Promised] = field(default_factory=dict)
    """Figure → promise of every journey that makes none of its own about it."""
    per_file: tuple[PerFile, ...] = ()
    """What is different for some files; later ones win."""
    ignores: tuple[Ignored, ...] = ()
    """Findings that somebody accepts."""
    diff: Compared = field(default_factory=Compared)
    """What a comparison calls a regression."""
    baseline: str | None = None
    """The file of known findings, relative to the root."""
    plugins: tuple[str, ...] = ()
    """Distributions whose entry points may add rules, playbooks, views and exporters."""
    cache: str | Literal[False] | None = None
    """The folder of remembered results, relative to the root; False for none; None for the usual one."""
    sources: tuple[Written, ...] = field(default=(), compare=False)
    """The files, the nearest last."""

    def written(self, at: At) -> tuple[Path, int]:
        """Return the file and the line (from 1) of a setting."""
        source = self.sources[at.source]
        return source.file, source.line(*at.path)
