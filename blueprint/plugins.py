"""Packages that add rules, playbooks, views and exporters.

A package offers things by entry points in the groups below; a project takes them by naming the package in
its configuration. What is only installed changes nothing. Nothing of a package is imported before it is
needed, and what of it cannot be used is left out and told, so that the rest goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from types import ModuleType

Group = Literal["rules", "playbooks", "views", "exporters"]
GROUPS: tuple[Group, ...] = ("rules", "playbooks", "views", "exporters")
PREFIX = "blueprint."
"""Entry points stand in the groups `blueprint.rules`, `blueprint.playbooks` and so on."""


class Offer(NamedTuple):
    """One entry point of a package."""

    plugin: str
    """The package, as the configuration names it."""
    group: Group
    name: str
    target: str
    """Where it is: `module` or `module:attribute`."""

    @property
    def package(self) -> str:
        """The top of the module's name."""
        return re.split(r"[.:]", self.target, maxsplit=1)[0]


class Trouble(NamedTuple):
    """Why something of a plugin cannot be used."""

    plugin: str
    en: str
    zh: str


class NotInstalledError(LookupError):
    """The configuration names a package that is not there.

    Attributes:
        plugin: Its name.
    """

    def __init__(self, plugin: str) -> None:
        super().__init__(f"the plugin `{plugin}` is not installed")
        self.plugin = plugin


class BrokenOfferError(ImportError):
    """What an entry point names cannot be imported, or is not what its group asks for.

    Attributes:
        trouble: Why.
    """

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(f"{trouble.plugin}: {trouble.en}")
        self.trouble = trouble


@dataclass(frozen=True)
class Plugins:
    """What the plugins of a project offer."""

    names: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    """Name, version and a digest of the state of the code: another one may find other things."""
    offers: tuple[Offer, ...] = ()
    troubles: list[Trouble] = field(default_factory=list, compare=False)
    """What turned out to be unusable so far."""

    def of(self, group: Group) -> tuple[Offer, ...]:
        """Return the offers of a group, in the order of the plugins and then of their names."""
        return tuple(offer for offer in self.offers if offer.group == group)

    def blame(self, plugin: str, en: str, zh: str) -> None:
        """Take down that something cannot be used; once."""
        if (trouble := Trouble(plugin, en, zh)) not in self.troubles:
            self.troubles.append(trouble)

    def named(self, group: Group, taken: Mapping[str, str]) -> dict[str, Offer]:
        """Return the offers of a group by name; a name that is taken stays with whoever had it.

        Args:
            group: The group.
            taken: The names of the program's own.
        """
        found: dict[str, Offer] = {}
        for offer in self.of(group):
            if offer.name in taken or offer.name in found:
                holder = found[offer.name].plugin if offer.name in found else "blueprint"
                self.blame(
                    offer.plugin,
                    f"its name `{offer.name}` in `{PREFIX}{group}` is taken by {holder}",
                    f"`{PREFIX}{group}` 中的名称 `{offer.name}` 已被 {holder} 使用",
                )
            else:
                found[offer.name] = offer
        return found


_NONE = Plugins()
_active = _NONE


def active() -> Plugins:
    """Return the plugins in use in this process."""
    return _active


def use(names: tuple[str, ...]) -> Plugins:
    """Use these plugins from now on, and no others.

    Args:
        names: Names of installed packages.

    Raises:
        NotInstalledError: one of them is not there.
    """
    global _active
    if names != _active.names:
        _active = _found(names) if names else _NONE
    return _active


def _found(names: tuple[str, ...]) -> Plugins:
    # Reading what is installed takes as long as checking a file: only for those who use plugins.
    from importlib import metadata

    offers: list[Offer] = []
    versions: list[str] = []
    troubles: list[Trouble] = []
    for name in dict.fromkeys(names):
        try:
            package = metadata.distribution(name)
        except (metadata.PackageNotFoundError, ValueError) as missing:
            raise NotInstalledError(name) from missing
        own = sorted(
            Offer(name, group, point.name, point.value)
            for group in GROUPS
            for point in package.entry_points.select(group=PREFIX + group)
        )
        if not own:
            groups = ", ".join(PREFIX + group for group in GROUPS)
            troubles.append(
                Trouble(
                    name,
                    f"it offers nothing in {groups}: is it a plugin?",
                    f"没有提供 {groups}：它是插件吗？",
                )
            )
        offers += own
        stamps = ",".join(_stamp(top) for top in sorted({offer.package for offer in own}))
        versions.append(f"{name}=={package.version} {stamps}")
    return Plugins(names, tuple(versions), tuple(offers), troubles)


def _stamp(package: str) -> str:
    """Return a digest of names, sizes and dates of a package's files, without importing it."""
    import os
    from hashlib import blake2b
    from importlib.util import find_spec

    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return ""
    seen: list[tuple[str, int, int]] = []
    for top in (spec.submodule_search_locations or ()) if spec else ():
        for folder, folders, files in os.walk(top):
            folders[:] = sorted(inner for inner in folders if inner != "__pycache__")
            for file in sorted(files):
                about = os.stat(os.path.join(folder, file))
                seen.append((file, about.st_size, about.st_mtime_ns))
    if spec and not seen and spec.origin and os.path.exists(spec.origin):
        about = os.stat(spec.origin)
        seen.append((spec.origin, about.st_size, about.st_mtime_ns))
    return blake2b(repr(seen).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def resolve(target: str) -> Any:
    """Import what `module:attribute` (or `module`) names: for tables of the program's own parts."""
    from importlib import import_module

    module, _, path = target.partition(":")
    found: Any = import_module(module)
    for attribute in path.split(".") if path else ():
        found = getattr(found, attribute)
    return found


def load(offer: Offer) -> Any:
    """Import what a plugin offers.

    Raises:
        BrokenOfferError: it cannot be imported.
    """
    try:
        return resolve(offer.target)
    except Exception as error:  # Whatever somebody else's code does when it is imported.
        reason = f"{type(error).__name__}: {error}"
        raise BrokenOfferError(
            Trouble(
                offer.plugin,
                f"`{offer.target}` ({PREFIX}{offer.group}, {offer.name}) cannot be imported: {reason}",
                f"无法导入 `{offer.target}`（{PREFIX}{offer.group}，{offer.name}）：{reason}",
            )
        ) from error


def modules(plugins: Plugins, group: Group) -> Iterator[tuple[Offer, ModuleType]]:
    """Yield the modules that plugins offer in a group; what cannot be imported is left out and told."""
    for offer in plugins.of(group):
        try:
            yield offer, module_of(offer)
        except BrokenOfferError as broken:
            plugins.blame(*broken.trouble)


@lru_cache(maxsize=64)
def module_of(offer: Offer) -> ModuleType:
    """Return the module that an offer names.

    Raises:
        BrokenOfferError: it cannot be imported, or is no module.
    """
    from types import ModuleType

    found = load(offer)
    if not isinstance(found, ModuleType):
        raise BrokenOfferError(
            Trouble(
                offer.plugin,
                f"`{offer.target}` ({PREFIX}{offer.group}, {offer.name}) must be a module",
                f"`{offer.target}`（{PREFIX}{offer.group}，{offer.name}）应为模块",
            )
        )
    return found
