"""Journeys as code: check, analyse and draw customer journeys and service blueprints.

The public verbs live in `blueprint.api` and are offered here, imported when first used so that the
command line starts fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blueprint.api import analyse as analyse
    from blueprint.api import check as check
    from blueprint.api import draw as draw
    from blueprint.api import load as load
    from blueprint.api import render as render

__all__ = ["analyse", "check", "draw", "load", "render"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from blueprint import api

        return getattr(api, name)
    raise AttributeError(f"module 'blueprint' has no attribute {name!r}")
