"""Which pictures and formats there are: the program's own, and those of the plugins in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from blueprint.api.refusals import (
    NothingToDrawError,
    PluginCrashedError,
    PluginFailedError,
    RefusedError,
)
from blueprint.plugins import BrokenOfferError, Group, Offer, active, resolve
from blueprint.plugins import load as load_offer

if TYPE_CHECKING:
    from blueprint.export.exporter import Exporter
    from blueprint.views.view import View

VIEWS: Mapping[str, str] = {
    "map": "blueprint.views.journey_map:VIEW",
    "blueprint": "blueprint.views.service_blueprint:VIEW",
    "flow": "blueprint.views.flow:VIEW",
}
"""The program's own pictures, and where each is."""
FORMATS: Mapping[str, str] = {
    "svg": "blueprint.export.svg:EXPORTER",
    "png": "blueprint.export.png:EXPORTER",
    "pdf": "blueprint.export.pdf:EXPORTER",
    "html": "blueprint.export.html:EXPORTER",
    "json": "blueprint.export.scene_json:EXPORTER",
    "dot": "blueprint.export.dot:EXPORTER",
}
"""The program's own formats, and where each is."""
_OWN: Mapping[Group, Mapping[str, str]] = {"views": VIEWS, "exporters": FORMATS}
Part = TypeVar("Part")


def views() -> tuple[str, ...]:
    """Return the names of all pictures: the program's own, then those of the plugins in use."""
    return (*VIEWS, *_offers("views"))


def formats() -> tuple[str, ...]:
    """Return the names of all formats: the program's own, then those of the plugins in use."""
    return (*FORMATS, *_offers("exporters"))


def view_named(name: str) -> View:
    """Import a picture.

    Raises:
        NothingToDrawError: there is none of the name.
        PluginFailedError: a plugin offers it, and it cannot be used.
    """
    from blueprint.views.view import View

    found = _part_named(name, "views", View)
    if found is None:
        raise NothingToDrawError(
            f"there is no view `{name}`; there are {', '.join(views())}",
            f"没有视图 `{name}`；可用的有 {', '.join(views())}",
        )
    return found


def exporter_named(name: str) -> Exporter:
    """Import a format.

    Raises:
        RefusedError: there is none of the name.
        PluginFailedError: a plugin offers it, and it cannot be used.
    """
    from blueprint.export.exporter import Exporter

    found = _part_named(name, "exporters", Exporter)
    if found is None:
        raise RefusedError(
            f"there is no format `{name}`; there are {', '.join(formats())}",
            f"没有格式 `{name}`；可用的有 {', '.join(formats())}",
        )
    return found


def failure_of(group: Group, name: str, error: Exception) -> PluginCrashedError | None:
    """Say which plugin failed where a picture or format did; None where it is one of the program's own."""
    if name in _OWN[group]:
        return None
    offer, reason = _offers(group)[name], f"{type(error).__name__}: {error}"
    return PluginCrashedError(
        f"plugin `{offer.plugin}`: `{offer.name}` failed: {reason}; tell those who made it",
        f"插件 `{offer.plugin}`：`{offer.name}` 出错：{reason}；请告知插件作者",
    )


def _offers(group: Group) -> Mapping[str, Offer]:
    return active().named(group, _OWN[group])


def _part_named(name: str, group: Group, kind: type[Part]) -> Part | None:
    """Import a picture or a format; None where there is none of the name."""
    if name in _OWN[group]:
        made: Part = resolve(_OWN[group][name])
        return made
    offer = _offers(group).get(name)
    if offer is None:
        return None
    try:
        found = load_offer(offer)
    except BrokenOfferError as broken:
        plugin, en, zh = broken.trouble
        raise PluginFailedError(f"plugin `{plugin}`: {en}", f"插件 `{plugin}`：{zh}") from broken
    if not isinstance(found, kind):
        raise PluginFailedError(
            f"plugin `{offer.plugin}`: `{offer.target}` is no {kind.__module__}.{kind.__name__}",
            f"插件 `{offer.plugin}`：`{offer.target}` 不是 {kind.__module__}.{kind.__name__}",
        )
    return found
