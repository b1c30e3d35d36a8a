"""The verbs: load, check, analyse, draw, render. The only module that joins the rooms.

    workspace = load(["journeys"])
    for document in workspace.documents:
        for diagnostic in check(document, workspace):
            print(diagnostic.code, diagnostic.message.en)

Everything heavy is imported by the verb that needs it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis
from blueprint.analysis.results import Uncomputable as Uncomputable
from blueprint.diagnostic import Diagnostic, Message
from blueprint.model.journey import Journey
from blueprint.model.persona import Persona
from blueprint.model.service import ServiceBlueprint
from blueprint.model.sheet import Sheet
from blueprint.plugins import BrokenOfferError, Group, Offer, active, resolve
from blueprint.plugins import load as load_offer
from blueprint.source.document import Document
from blueprint.source.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from blueprint.analysis.action_priority import ActionTable
    from blueprint.analysis.compared import Comparison
    from blueprint.export.exporter import Exporter
    from blueprint.lint.pairs import File
    from blueprint.lint.selection import Settings
    from blueprint.scene.page import FindingLine
    from blueprint.scene.report import Report
    from blueprint.scene.shapes import Scene
    from blueprint.scene.theme import Theme
    from blueprint.views.report.chapters import Subject
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
Part = TypeVar("Part")

ReportFormat = Literal["html", "md", "pdf"]
REPORTS: tuple[str, ...] = get_args(ReportFormat)


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


class ThemeUnknownError(RefusedError):
    """There is no such theme, or its file does not describe one."""


def load(
    paths: Iterable[Path | str], *, root: Path | None = None, exclude: Sequence[str] = ()
) -> Workspace:
    """Find the documents in files and folders. Files are read when they are needed.

    Args:
        paths: Files and folders; folders are walked for YAML files whose first key names a document.
        root: The folder in which references are looked up; each file's own folder where it is None.
        exclude: Patterns of paths, relative to the root, to leave out.
    """
    return Workspace(paths, root=root, exclude=exclude)


def check(
    document: Document, workspace: Workspace, settings: Settings | None = None
) -> tuple[Diagnostic, ...]:
    """Return everything there is to say about a document, in the order of its text. Never raises.

    What the settings accept is left out.
    """
    from blueprint.lint.engine import check_document

    found = check_document(document, workspace, settings)
    if settings is None or not settings.accepted:
        return found
    from blueprint.lint.accepted import held_against

    return tuple(held_against(found, settings.accepted, settings.root, settings.today).kept)


def check_together(
    documents: Iterable[Document],
    settings: Settings | None = None,
    *,
    today: date | None = None,
    complete: bool = True,
) -> tuple[Diagnostic, ...]:
    """Return what shows only when documents are looked at together, file by file. Never raises.

    Args:
        documents: All that were checked one by one.
        settings: What to check; the default selection where left out.
        today: The day of the run; without it, rules about the passing of time are silent.
        complete: Whether these are all the documents there are, so that what they lack is missing.
    """
    from blueprint.lint.across import card_of, check_portfolio

    found = check_portfolio(map(card_of, documents), settings, today=today, complete=complete)
    if settings is None or not settings.accepted:
        return found
    from blueprint.lint.accepted import held_against

    return tuple(held_against(found, settings.accepted, settings.root, settings.today).kept)


def analyse(
    document: Document, workspace: Workspace, *, persona: str | None = None
) -> JourneyAnalysis | BlueprintAnalysis:
    """Compute everything about a journey or a service blueprint.

    Args:
        document: What to analyse.
        workspace: Where personas and the blueprint's journey are looked up.
        persona: Count only this persona's scores; None for all, by share.

    Raises:
        Uncomputable: the document could not be read, is a persona or a playbook, or its graph allows no
            figures.
    """
    model = document.model
    if isinstance(model, Journey):
        from blueprint.analysis.journey import analyse_journey

        return analyse_journey(
            model,
            personas=workspace.personas_of(model),
            persona=persona,
            priorities=_priorities(workspace),
        )
    if isinstance(model, ServiceBlueprint):
        from blueprint.analysis.delivery import analyse_blueprint

        return analyse_blueprint(model, workspace.journey(model.journey))
    if isinstance(model, Persona):
        raise Uncomputable(
            "a persona has nothing to compute; analyse a journey that names it",
            "画像本身没有可计算的内容；请分析引用它的旅程",
        )
    if model is not None:
        raise Uncomputable(
            "a playbook has nothing to compute; analyse a journey that is held against it",
            "手册本身没有可计算的内容；请分析以它为准的旅程",
        )
    raise Uncomputable(
        "the document could not be read; run `blueprint check` on it",
        "无法读取此文档；请运行 `blueprint check` 查看原因",
    )


def _priorities(workspace: Workspace) -> Callable[[], ActionTable] | None:
    """Return how to get the team's own table of action priorities; None where it has no playbooks."""
    if not workspace.ids("playbook"):
        return None
    from blueprint.analysis.action_priority import table_in

    return lambda: table_in(workspace.standards)


def sheets_of(document: Document) -> dict[str, Sheet]:
    """Return the tables that a journey names, by name; unreadable ones are left out."""
    if not isinstance(document.model, Journey):
        return {}
    from blueprint.source.sheets import sheets_of as read

    return read(document.source.name, document.model)


def views_of(document: Document) -> tuple[str, ...]:
    """Return the pictures a document has, the main one first; none for a persona or a broken file."""
    if isinstance(document.model, Journey):
        return ("map", "flow")
    return ("blueprint",) if isinstance(document.model, ServiceBlueprint) else ()


def personas_in(document: Document) -> tuple[str, ...]:
    """Return the personas whose own scores a journey holds."""
    if not isinstance(document.model, Journey):
        return ()
    scored = {persona for point in document.model.touchpoints.values() for persona in point.scores}
    return tuple(sorted(scored - {""}))


def name_of(document: Document) -> str:
    """Return what its pictures are called: a document's id; its file's name where the id is none."""
    id = getattr(document.model, "id", "")
    return id if id == document.id else Path(document.source.name).stem.strip("-") or "drawing"


def languages_of(document: Document) -> tuple[str, ...]:
    """Return the languages in which a document can be drawn: its own, and those of its title."""
    model = document.model
    if isinstance(model, (Journey, ServiceBlueprint)):
        return model.heading.languages or (model.language,)
    return ()


def draw(
    document: Document,
    workspace: Workspace,
    *,
    view: str | None = None,
    language: str | None = None,
    density: str = "normal",
    bare: bool = False,
    rows: frozenset[str] | None = None,
) -> Scene:
    """Draw a document.

    Args:
        document: A journey or a service blueprint.
        workspace: Where personas, journeys and blueprints are looked up.
        view: Which picture; the document's main one where it is None.
        language: The reader's language; the document's own where it is None.
        density: `compact`, `normal` or `roomy` columns (map only).
        bare: Leave out header and legend, for a page that tells them itself.
        rows: Labels of the rows of a map to draw (`emotion`, `pains`); all there are where it is None.

    Raises:
        NothingToDrawError: the document has no such picture.
    """
    from blueprint.views.view import CannotDrawError, Sitting

    model = document.model
    if not isinstance(model, (Journey, ServiceBlueprint)):
        if model is not None and not isinstance(model, Persona):
            raise NothingToDrawError(
                "a playbook has no picture; `blueprint playbook show` prints its entries",
                "手册没有图；`blueprint playbook show` 可列出其条目",
            )
        if model is not None:
            raise NothingToDrawError(
                "a persona has no picture of its own; draw a journey that names it",
                "画像没有单独的图；请绘制引用它的旅程",
            )
        raise NothingToDrawError(
            "the document could not be read; `blueprint check` says why",
            "无法读取此文档；`blueprint check` 会说明原因",
        )
    view = view or views_of(document)[0]
    picture = _view_named(view)
    journey, blueprint = _sitters(model, workspace, view, picture)
    sitting = Sitting(
        journey=journey,
        blueprint=blueprint,
        analysis=_computed(journey, workspace) if journey else None,
        delivery=_delivered(blueprint, journey) if blueprint else None,
        personas=workspace.personas_of(journey) if journey else {},
        language=language or languages_of(document)[0],
        file=Path(document.source.name).name,
        digest=hashlib.sha256(document.source.text.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        density=density,
        bare=bare,
        rows=rows,
    )
    try:
        return picture.draw(sitting)
    except CannotDrawError as error:
        raise NothingToDrawError(*error.message) from error
    except Exception as error:
        if view in VIEWS:
            raise
        raise _failed(_offers("views", VIEWS)[view], error) from error


def _sitters(
    model: Journey | ServiceBlueprint, workspace: Workspace, view: str, picture: View
) -> tuple[Journey | None, ServiceBlueprint | None]:
    """Return the journey and the blueprint that a picture shows."""
    if isinstance(model, ServiceBlueprint):
        if "blueprint" not in picture.of:
            raise NothingToDrawError(
                f"a service blueprint has no `{view}` view; draw its journey `{model.journey}` for that",
                f"服务蓝图没有 `{view}` 视图；请改为绘制其旅程 `{model.journey}`",
            )
        return workspace.journey(model.journey), model
    if "journey" not in picture.of:
        raise NothingToDrawError(
            f"a journey has no `{view}` view; draw its service blueprint for that",
            f"旅程没有 `{view}` 视图；请改为绘制其服务蓝图",
        )
    if not picture.delivery:
        return model, None
    behind = workspace.blueprints_of(model.id)
    if not behind:
        raise NothingToDrawError(
            f"no service blueprint delivers the journey `{model.id}`; write one with "
            f"`journey: {model.id}` beside it",
            f"没有服务蓝图支撑旅程 `{model.id}`；请在它旁边写一份带有 `journey: {model.id}` 的服务蓝图",
        )
    return model, behind[0]


def views() -> tuple[str, ...]:
    """Return the names of all pictures: the program's own, then those of the plugins in use."""
    return (*VIEWS, *_offers("views", VIEWS))


def formats() -> tuple[str, ...]:
    """Return the names of all formats: the program's own, then those of the plugins in use."""
    return (*FORMATS, *_offers("exporters", FORMATS))


def _offers(group: Group, own: Mapping[str, str]) -> Mapping[str, Offer]:
    return active().named(group, own)


def _view_named(name: str) -> View:
    from blueprint.views.view import View

    found = _part_named(name, "views", VIEWS, View)
    if found is None:
        raise NothingToDrawError(
            f"there is no view `{name}`; there are {', '.join(views())}",
            f"没有视图 `{name}`；可用的有 {', '.join(views())}",
        )
    return found


def _exporter_named(name: str) -> Exporter:
    from blueprint.export.exporter import Exporter

    found = _part_named(name, "exporters", FORMATS, Exporter)
    if found is None:
        raise RefusedError(
            f"there is no format `{name}`; there are {', '.join(formats())}",
            f"没有格式 `{name}`；可用的有 {', '.join(formats())}",
        )
    return found


def _part_named(name: str, group: Group, own: Mapping[str, str], kind: type[Part]) -> Part | None:
    """Import a picture or a format; None where there is none of the name.

    Raises:
        PluginFailedError: a plugin offers it, and it cannot be used.
    """
    if name in own:
        made: Part = resolve(own[name])
        return made
    offer = _offers(group, own).get(name)
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


def _failed(offer: Offer, error: Exception) -> PluginFailedError:
    reason = f"{type(error).__name__}: {error}"
    return PluginFailedError(
        f"plugin `{offer.plugin}`: `{offer.name}` failed: {reason}; tell those who made it",
        f"插件 `{offer.plugin}`：`{offer.name}` 出错：{reason}；请告知插件作者",
    )


def _computed(journey: Journey, workspace: Workspace) -> JourneyAnalysis | None:
    from blueprint.analysis.journey import analyse_journey

    try:
        return analyse_journey(
            journey, personas=workspace.personas_of(journey), priorities=_priorities(workspace)
        )
    except Uncomputable:
        return None  # the picture is drawn without figures; `check` says what is wrong with the graph


def _delivered(blueprint: ServiceBlueprint, journey: Journey | None) -> BlueprintAnalysis | None:
    from blueprint.analysis.delivery import analyse_blueprint

    try:
        return analyse_blueprint(blueprint, journey)
    except Uncomputable:
        return None


def theme_named(name: str) -> Theme:
    """Return a built-in theme, or read one from a TOML file of the user's own.

    Raises:
        ThemeUnknownError: there is no such theme, or the file does not describe one.
        OSError: the file cannot be read.
    """
    from blueprint.scene.themes import THEMES

    if name in THEMES:
        return THEMES[name]
    if name.endswith(".toml"):
        return _theme_from(Path(name))
    from difflib import get_close_matches

    known = ", ".join(THEMES)
    if close := get_close_matches(name, THEMES, n=1):
        hint = (f"did you mean `{close[0]}`?", f"是否想写 `{close[0]}`？")
    else:
        hint = (f"there are {known}, or a .toml file of your own", f"可用的有 {known}，或自己的 .toml 文件")
    raise ThemeUnknownError(f"there is no theme `{name}`; {hint[0]}", f"没有主题 `{name}`；{hint[1]}")


def _theme_from(path: Path) -> Theme:
    import tomllib

    from blueprint.scene.themes import ThemeError, load_theme

    try:
        return load_theme(tomllib.loads(path.read_bytes().decode("utf-8-sig")), name=path.stem)
    except UnicodeDecodeError as error:
        raise ThemeUnknownError(
            f"{path}: the theme is not UTF-8 text; save it as UTF-8",
            f"{path}：主题文件不是 UTF-8 文本；请另存为 UTF-8 编码",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ThemeUnknownError(
            f"{path}: this is not TOML: {error}", f"{path}：不是有效的 TOML：{error}"
        ) from error
    except ThemeError as error:
        raise ThemeUnknownError(
            f"{path}: {error}",
            f"{path}：" + "；".join(f"{'.'.join(p.loc) or 'theme'}：{p.zh}" for p in error.problems),
        ) from error


def render(
    scene: Scene,
    to: str,
    theme: Theme,
    *,
    scale: float = 2.0,
    embed_font: bool = False,
    document: Document | None = None,
    language: str | None = None,
) -> bytes:
    """Write a scene in a format.

    Args:
        scene: What to write.
        to: A name of `formats()`. An `html` page has no details here; `page` makes a full one.
        theme: Its colours.
        scale: Pixels for each px of the drawing (png only).
        embed_font: Carry the characters used as a font (svg only; pdf and html always do).
        document: What the scene shows, for formats that are made from the document itself (`dot`).
        language: The reader's language, for the same.

    Raises:
        RefusedError: it cannot be written so: there is no such format, or the picture would be too large.
    """
    from blueprint.export.exporter import CannotExportError, Order

    exporter = _exporter_named(to)
    model = document.model if document else None
    shown = model if isinstance(model, (Journey, ServiceBlueprint)) else None
    order = Order(scene, theme, scale, embed_font, shown, language or "")
    try:
        written = exporter.run(order)
        if not isinstance(written, bytes):
            raise TypeError(f"it gave {type(written).__name__}, not bytes")
    except CannotExportError as error:
        raise RefusedError(*error.message) from error
    except Exception as error:
        if to in FORMATS:
            raise
        raise _failed(_offers("exporters", FORMATS)[to], error) from error
    return written


def dot(document: Document, *, language: str | None = None) -> bytes:
    """Write the graph of a journey, or the steps of a blueprint, for people who use Graphviz themselves.

    Raises:
        NothingToDrawError: the document is neither.
    """
    if not isinstance(document.model, (Journey, ServiceBlueprint)):
        raise NothingToDrawError(
            "only journeys and service blueprints make a graph", "只有旅程和服务蓝图能导出为图"
        )
    from blueprint.export import dot as exporter

    return exporter.export(document.model, language=language or "").encode("utf-8")


def page(
    scene: Scene, document: Document, workspace: Workspace, theme: Theme, settings: Settings | None = None
) -> bytes:
    """Write a self-contained page: the drawing with pan and zoom, details, figures and findings."""
    from blueprint.export import html
    from blueprint.views import details

    model, language = document.model, scene.language
    if not isinstance(model, (Journey, ServiceBlueprint)):
        raise NothingToDrawError(
            "only journeys and service blueprints have a page", "只有旅程和服务蓝图有网页"
        )
    analysis: JourneyAnalysis | BlueprintAnalysis | None
    try:
        analysis = analyse(document, workspace)
    except Uncomputable:
        analysis = None
    if isinstance(model, Journey):
        walked = analysis if isinstance(analysis, JourneyAnalysis) else None
        told = details.journey_details(model, walked, language)
    else:
        journey = workspace.journey(model.journey)
        walked = _computed(journey, workspace) if journey else None
        told = details.blueprint_details(model, journey, walked, language)
    return html.export(
        scene,
        theme,
        details=told,
        findings=tuple(_finding_line(d, document, language) for d in check(document, workspace, settings)),
        figures=details.figures_of(model, analysis, language),
        language=language,
    )


def report(
    documents: Sequence[Document],
    workspace: Workspace,
    to: ReportFormat,
    theme: Theme,
    *,
    language: str | None = None,
) -> bytes:
    """Write the page a director reads: a chapter for each journey and service blueprint.

    Args:
        documents: What to tell, in this order.
        workspace: Where personas, journeys, blueprints and playbooks are looked up.
        to: `html` and `pdf` have everything in them; in `md` pictures are told in words.
        theme: Colours of pages; a PDF is always printed on white.
        language: The reader's language; that of the first document where it is None.

    Raises:
        NothingToDrawError: one of the documents is neither.
    """
    told = told_report(documents, workspace, language=language)
    match to:
        case "html":
            from blueprint.export import report_html

            return report_html.export(told, theme)
        case "md":
            from blueprint.export import report_md

            return report_md.export(told)
        case "pdf":
            from blueprint.export import report_pdf

            return report_pdf.export(told)


def told_report(
    documents: Sequence[Document], workspace: Workspace, *, language: str | None = None
) -> Report:
    """Return what a report says, before it is written in a format; arguments and errors as for `report`."""
    from blueprint.views.report.chapters import report_of

    if not documents:
        raise NothingToDrawError(
            "there is nothing to report on; name a file", "没有可报告的内容；请指定文件"
        )
    given = {document.id for document in documents}
    subjects = tuple(_subject(document, workspace, language, given) for document in documents)
    return report_of(subjects, language or (languages_of(documents[0]) or ("en",))[0])


def _subject(document: Document, workspace: Workspace, language: str | None, given: set[str]) -> Subject:
    from blueprint.views.report.subject import DeliverySubject, JourneySubject, voice

    model, scene = document.model, draw(document, workspace, language=language)
    analysis: JourneyAnalysis | BlueprintAnalysis | None = None
    reason: Message | None = None
    try:
        analysis = analyse(document, workspace)
    except Uncomputable as impossible:
        reason = impossible.reason
    if isinstance(model, ServiceBlueprint):
        delivery = analysis if isinstance(analysis, BlueprintAnalysis) else None
        return DeliverySubject(
            model, delivery, reason, workspace.standards, scene, voice(scene.language, model.language)
        )
    if not isinstance(model, Journey):
        raise TypeError("`draw` lets only journeys and blueprints through")
    return JourneySubject(
        journey=model,
        analysis=analysis if isinstance(analysis, JourneyAnalysis) else None,
        reason=reason,
        personas=workspace.personas_of(model),
        standards=workspace.standards,
        sheets=sheets_of(document),
        delivery=_behind(model, workspace, given),
        scene=scene,
        say=voice(scene.language, model.language),
    )


def _behind(journey: Journey, workspace: Workspace, given: set[str]) -> BlueprintAnalysis | None:
    """Return the service behind a journey, unless it has a chapter of its own."""
    from blueprint.analysis.delivery import analyse_blueprint

    behind = workspace.blueprints_of(journey.id)
    if not behind or any(blueprint.id in given for blueprint in behind):
        return None
    try:
        return analyse_blueprint(behind[0], journey)
    except Uncomputable:
        return None


def _finding_line(diagnostic: Diagnostic, document: Document, language: str) -> FindingLine:
    from blueprint.scene.page import FindingLine

    at = document.source.position(diagnostic.span.start)
    kind = "touchpoint" if isinstance(document.model, Journey) else "step"
    return FindingLine(
        diagnostic.severity.word,
        diagnostic.code,
        diagnostic.message.pick(language),
        diagnostic.help.pick(language) if diagnostic.help else "",
        f"{Path(document.source.name).name}:{at.line}:{at.column}",
        (kind, diagnostic.element) if diagnostic.element else None,
    )


def flow_advice(scene: Scene) -> Message | None:
    """Return the one line to print where a flow had to do without Graphviz."""
    from blueprint.views import flow

    return flow.NO_GRAPHVIZ if flow.layout_of(scene) == "columns" else None


def why_no_figures(document: Document, workspace: Workspace) -> Message | None:
    """Return why a journey or blueprint is drawn without figures; None where it has them."""
    try:
        analyse(document, workspace)
    except Uncomputable as impossible:
        return impossible.reason
    return None


def missing_characters(scene: Scene) -> tuple[str, ...]:
    """Return the characters that the bundled font lacks, so that each machine shows its own."""
    from blueprint.export import typeface

    return typeface.missing(scene)


def compare(
    old: tuple[str, Workspace, Sequence[File] | None],
    new: tuple[str, Workspace, Sequence[File] | None],
    *,
    settings: Settings | None = None,
    tolerances: Mapping[str, float] = {},
    skipped: Sequence[tuple[str, Message]] = (),
    one: bool = False,
) -> Comparison:
    """Compare two states of a workspace: what changed, what that does to the figures, what rules find.

    Args:
        old: What the old state is called, its documents, and its files; None for all to look at.
        new: The same of the new state.
        settings: What is checked on both sides.
        tolerances: By how much figures may become worse, as shares; infinite for one nobody watches.
        skipped: Files that could not be read, and why; they are only passed on.
        one: Compare the one file of each side, whatever their ids are.
    """
    from blueprint.lint.comparison import compare_workspaces

    return compare_workspaces(old, new, settings=settings, tolerances=tolerances, skipped=skipped, one=one)


def tell_comparison(
    comparison: Comparison, shape: Literal["text", "markdown"], *, language: str = "en", picture: str = ""
) -> str:
    """Write a comparison for a terminal, or as a comment of a pull request that shows a picture."""
    if shape == "text":
        from blueprint.report import comparison_text

        return comparison_text.render(comparison, language=language)
    from blueprint.report import comparison_markdown

    return comparison_markdown.render(comparison, language=language, picture=picture)


def comparison_data(comparison: Comparison, *, language: str = "en") -> dict[str, Any]:
    """Return a comparison as plain data for JSON (docs/diff.md)."""
    from blueprint.report.comparison_json import as_json

    return as_json(comparison, language)


def draw_comparison(comparison: Comparison, *, language: str = "en") -> Scene | None:
    """Draw the journeys that differ, old and new in one plot each; None where no journey does."""
    from blueprint.views import comparison as view

    return view.draw(comparison, language=language)


def comparison_page(comparison: Comparison, theme: Theme, *, language: str = "en") -> bytes:
    """Write a comparison as a self-contained page.

    One journey gets its drawing with pan and zoom, and beside it what became of each touchpoint; several
    documents get a chapter each.
    """
    from blueprint.views import comparison as view

    scenes = view.scenes(comparison, language=language)
    if len(scenes) == len(comparison.documents) == 1:
        from blueprint.export import html
        from blueprint.views import comparison_details as beside

        compared = comparison.documents[0]
        return html.export(
            scenes[0],
            theme,
            details=beside.details_of(compared, language),
            findings=beside.findings_of(compared, language),
            figures=beside.figures_of(compared, language),
            language=language,
        )
    from blueprint.export import report_html
    from blueprint.views.comparison_report import report_of

    return report_html.export(report_of(comparison, language), theme)
