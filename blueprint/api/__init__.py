"""The verbs: load, check, analyse, draw, render. The only place that joins the rooms.

    workspace = load(["journeys"])
    for document in workspace.documents:
        for diagnostic in check(document, workspace):
            print(diagnostic.code, diagnostic.message.en)

Each verb stands in a module of its own trade, and imports what is heavy when it is called.
"""

from __future__ import annotations

from blueprint.analysis.results import Uncomputable
from blueprint.api.analysing import analyse, why_no_figures
from blueprint.api.catalogue import FORMATS, VIEWS, formats, views
from blueprint.api.checking import check, check_together
from blueprint.api.comparing import (
    compare,
    comparison_data,
    comparison_page,
    draw_comparison,
    drawable_ids,
    tell_comparison,
)
from blueprint.api.documents import languages_of, load, name_of, personas_in, sheets_of, views_of
from blueprint.api.drawing import draw, flow_advice, missing_characters, views_for
from blueprint.api.refusals import (
    NothingToDrawError,
    PluginCrashedError,
    PluginFailedError,
    RefusedError,
    ThemeUnknownError,
)
from blueprint.api.rendering import dot, page, render
from blueprint.api.reporting import REPORTS, ReportFormat, report, told_report
from blueprint.api.themes import theme_named

__all__ = [
    "FORMATS",
    "REPORTS",
    "VIEWS",
    "NothingToDrawError",
    "PluginCrashedError",
    "PluginFailedError",
    "RefusedError",
    "ReportFormat",
    "ThemeUnknownError",
    "Uncomputable",
    "analyse",
    "check",
    "check_together",
    "compare",
    "comparison_data",
    "comparison_page",
    "dot",
    "draw",
    "draw_comparison",
    "drawable_ids",
    "flow_advice",
    "formats",
    "languages_of",
    "load",
    "missing_characters",
    "name_of",
    "page",
    "personas_in",
    "render",
    "report",
    "sheets_of",
    "tell_comparison",
    "theme_named",
    "told_report",
    "views",
    "views_for",
    "views_of",
    "why_no_figures",
]
