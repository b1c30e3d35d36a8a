"""Runs the rules over a document: select, run, locate, accept, sort. Prints nothing, raises nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis, Uncomputable
from blueprint.diagnostic import Diagnostic, Fix, Message, Range, Related, Severity
from blueprint.lint import book, suppress
from blueprint.lint.anchor import anchored
from blueprint.lint.fingerprint import document_name
from blueprint.lint.portfolio import Portfolio
from blueprint.lint.rule import (
    Delivery,
    Finding,
    Judged,
    JudgedDelivery,
    JudgedPlaybook,
    Kept,
    Rule,
    Scope,
)
from blueprint.lint.scope import scope_of
from blueprint.lint.selection import Promise, Settings, chosen, options_of, refused, severity_of
from blueprint.model.journey import OF_DELIVERY, Journey
from blueprint.model.service import ServiceBlueprint
from blueprint.model.values import Budget, Loc

if TYPE_CHECKING:
    from blueprint.model.journey import BudgetFigure
    from blueprint.model.playbook import Playbook
    from blueprint.model.standards import Standards
    from blueprint.source.document import Document
    from blueprint.source.workspace import Workspace

S = TypeVar("S")

_CRASH_HELP = Message(
    "this is a fault of the program, not of your file; the other rules ran. Please report it with the file",
    "这是程序的错误，不是文件的问题；其余规则已照常运行。请附上文件反馈",
)
_CRASHED = "crashed-rule"
# A dropped emotion tears no graph, but a dropped touchpoint, way or outcome does.
_GRAPH = frozenset({"next", "entry", "outcomes", "kinds", "actors"})
_NAMES = frozenset({"id", "stage"})
_LISTS = frozenset({"stages", "touchpoints", "steps"})


def check_document(
    document: Document, workspace: Workspace | None = None, settings: Settings | None = None
) -> tuple[Diagnostic, ...]:
    """Return everything there is to say about a document, in the order of its text.

    What its comments accept is left out; `examine` has it.

    Args:
        document: The document, broken or not.
        workspace: The documents around it; without one, rules that ask for others are silent.
        settings: What to check; the default selection where left out.
    """
    return tuple(d for d in examine(document, workspace, settings) if d.accepted is None)


def examine(
    document: Document, workspace: Workspace | None = None, settings: Settings | None = None
) -> tuple[Diagnostic, ...]:
    """Return everything there is to say about a document, with what its comments accept, as it is written.

    What reading found comes first and is never lost: errors of reading cannot be ignored. A rule or
    an analysis that fails silences only itself (and becomes IN001).

    Args:
        document: The document, broken or not.
        workspace: The documents around it; without one, rules that ask for others are silent.
        settings: What to check; the default selection where left out.
    """
    settings = (settings or Settings()).of(document.source.name)
    rules = chosen(book.load(), settings)
    subjects = _Subjects(document, workspace, promises=settings.budgets)
    found = [d for d in document.diagnostics if d.severity >= Severity.ERROR or not _ignored(d, settings)]
    ran: set[str] = {d.code for d in document.diagnostics} | {"IN101", "IN102", "IN103"}
    if document.model is not None:
        for code, (rule, asked) in rules.items():
            run = _run(rule, asked, subjects, settings)
            if run is not None:
                ran.add(code)
                found += run
    found += subjects.crashes
    written = suppress.comments(document.source, document.spans, book.words())
    reading = set(map(id, document.diagnostics))
    kept = list(
        suppress.apply(
            found,
            written,
            accepts=lambda d: (
                not (d.severity >= Severity.ERROR and id(d) in reading) and d.name != _CRASHED
            ),
        )
    )
    if written:
        remarks = suppress.about(
            document.source.name, written, ran=ran.__contains__, names=list(book.words())
        )
        kept += [d for d in remarks if not _ignored(d, settings)]
    kind = document.kind.key if document.kind else ""
    name = document_name(document.source.name, kind, document.id)
    return anchored(sorted(kept, key=_place), name, document.source, document.spans.root)


def _place(d: Diagnostic) -> tuple[int, int, str, str]:
    return (d.span.start, d.span.end, d.code, d.message.en)


def _ignored(d: Diagnostic, settings: Settings) -> bool:
    return refused(d.code, d.name, settings)


def _run(rule: Rule, asked: bool, subjects: _Subjects, settings: Settings) -> list[Diagnostic] | None:
    """Run one rule; None where it has nothing to look at in this document."""
    document = subjects.document
    if rule.whole and _torn(document):
        return None
    try:
        subject = subjects.get(rule.subject)
        if subject is None:
            return None
        if not asked and rule.calm is not None and not rule.calm(subject):
            return None
        severity = severity_of(rule, settings)
        return [
            _locate(finding, rule, severity, document)
            for finding in rule.check(subject, **options_of(rule, settings))
            if not document.near_pruned(_whole(finding.loc))
        ]
    except Exception as error:  # a rule must never take the others down
        return [_crash(document, f"{rule.code} {rule.name}", error)]


def _whole(loc: Loc) -> Loc:
    """Return what a finding is about: one shown at the name of an element is about the element."""
    return loc[:-1] if len(loc) > 1 and loc[-1] in _NAMES else loc


def _crash(document: Document, what: str, error: Exception) -> Diagnostic:
    return crashed(document.source.name, document.spans.closest(()), what, error)


def crashed(file: str, span: Range, what: str, error: Exception) -> Diagnostic:
    """Return the finding that a part of the program failed."""
    reason = f"{type(error).__name__}: {error}"
    return Diagnostic(
        "IN001",
        Severity.ERROR,
        Message(f"{what} crashed: {reason}", f"{what} 崩溃：{reason}"),
        _CRASH_HELP,
        file,
        span,
        _CRASHED,
    )


def _torn(document: Document) -> bool:
    """Whether reading had to leave out a part of the graph, so that what is missing may be there."""
    return bool(document.lost_ids) or any(
        _GRAPH.intersection(loc) or (loc and loc[-1] in _LISTS) for loc in document.pruned
    )


def _locate(finding: Finding, rule: Rule, severity: Severity, document: Document) -> Diagnostic:
    spans, file = document.spans, document.source.name
    fix = None
    if finding.fix is not None:
        from blueprint.lint.edits import edits_for

        edits = edits_for(finding.fix.changes, document)
        fix = Fix(finding.fix.title, edits, finding.fix.safe) if edits else None
    return Diagnostic(
        code=rule.code,
        severity=severity,
        message=finding.message,
        help=finding.help,
        file=file,
        span=spans.closest(finding.loc),
        name=rule.name,
        element=finding.element,
        related=tuple(Related(note.message, file, spans.closest(note.loc)) for note in finding.notes),
        fix=fix,
        excess=finding.excess,
    )


@dataclass
class _Subjects:
    """Makes what rules look at, each once and only if some rule asks."""

    document: Document
    workspace: Workspace | None
    crashes: list[Diagnostic] = field(default_factory=list)
    promises: Mapping[str, Promise] = field(default_factory=dict)
    """The budgets of the workspace, by figure."""
    made: dict[type, Any] = field(default_factory=dict)

    def get(self, kind: type[S]) -> S | None:
        """Return the subject of a kind; None where the document has none."""
        if kind not in self.made:
            makers: dict[type, Callable[[], Any]] = {
                Journey: partial(self._model, Journey),
                ServiceBlueprint: partial(self._model, ServiceBlueprint),
                Scope: self._scope,
                Delivery: self._delivery,
                JourneyAnalysis: self._journey_analysis,
                BlueprintAnalysis: self._blueprint_analysis,
                Kept: self._kept,
                Judged: self._judged,
                JudgedDelivery: self._judged_delivery,
                JudgedPlaybook: self._judged_playbook,
                Portfolio: lambda: None,  # More than one document: `lint.across` runs these rules.
            }
            self.made[kind] = makers[kind]()
        made: S | None = self.made[kind]
        return made

    def _model(self, kind: type[S]) -> S | None:
        return self.document.model if isinstance(self.document.model, kind) else None

    def _scope(self) -> Scope | None:
        return scope_of(self.document, self.workspace)

    def _delivery(self) -> Delivery | None:
        blueprint, journey = self.get(ServiceBlueprint), self._journey()
        return None if blueprint is None or journey is None else Delivery(blueprint, journey)

    def _journey(self) -> Journey | None:
        blueprint = self.get(ServiceBlueprint)
        return self.workspace.journey(blueprint.journey) if blueprint and self.workspace else None

    def _journey_analysis(self) -> JourneyAnalysis | None:
        if (journey := self.get(Journey)) is None:
            return None
        from blueprint.analysis.journey import analyse_journey

        personas = self.workspace.personas_of(journey) if self.workspace else {}
        return self._analysed(
            lambda: analyse_journey(journey, personas=personas), "the analysis of the journey"
        )

    def _blueprint_analysis(self) -> BlueprintAnalysis | None:
        if (blueprint := self.get(ServiceBlueprint)) is None:
            return None
        from blueprint.analysis.delivery import analyse_blueprint

        return self._analysed(
            lambda: analyse_blueprint(blueprint, self._journey()), "the analysis of the blueprint"
        )

    def _kept(self) -> Kept | None:
        analysis = self.get(JourneyAnalysis)
        if analysis is None or not (analysis.journey.budgets or self.promises):
            return None
        from blueprint.analysis.delivery import analyse_blueprint

        journey, workspace = analysis.journey, self.workspace
        others = {name: p for name, p in self.promises.items() if name not in journey.budgets}
        budgets = {name: Budget.model_validate(promise.written) for name, promise in others.items()}
        asked = OF_DELIVERY.intersection((*journey.budgets, *others)) and workspace
        blueprints = workspace.blueprints_of(journey.id) if asked and workspace else ()
        found = [
            self._analysed(
                partial(analyse_blueprint, blueprint, journey), f"the analysis of `{blueprint.id}`"
            )
            for blueprint in blueprints
        ]
        places = {name: promise.place for name, promise in others.items()}
        return Kept(
            analysis,
            tuple(delivery for delivery in found if delivery is not None),
            cast("dict[BudgetFigure, str]", places),
            cast("dict[BudgetFigure, Budget]", budgets),
        )

    def _judged(self) -> Judged | None:
        journey = self.get(Journey)
        if journey is None:
            return None
        personas = self.workspace.personas_of(journey) if self.workspace else {}
        return Judged(journey, personas, self._standards())

    def _judged_delivery(self) -> JudgedDelivery | None:
        blueprint = self.get(ServiceBlueprint)
        return JudgedDelivery(blueprint, self._journey(), self._standards()) if blueprint else None

    def _judged_playbook(self) -> JudgedPlaybook | None:
        kind = self.document.kind
        if kind is None or kind.key != "playbook" or self.document.model is None:
            return None
        playbook = cast("Playbook", self.document.model)
        if self.workspace is not None:
            from blueprint.source.standards import plugin_playbooks

            others = (*self.workspace.ids("playbook"), *(other.id for other in plugin_playbooks()))
            return JudgedPlaybook(playbook, others, self._standards())
        from blueprint.source.standards import standards_with

        return JudgedPlaybook(playbook, None, lambda: standards_with([playbook]))

    def _standards(self) -> Callable[[], Standards]:
        # Not a method: what is judged would hold these subjects and they hold it, so that a document would
        # stay, half a megabyte each, until somebody looks for such rings.
        return partial(_standards_of, self.workspace)

    def _analysed(self, analyse: Callable[[], S], what: str) -> S | None:
        try:
            return analyse()
        except Uncomputable:
            return None  # the structure rules say why
        except Exception as error:  # only the rules that need the analysis fall silent
            self.crashes.append(_crash(self.document, what, error))
            return None


def _standards_of(workspace: Workspace | None) -> Standards:
    if workspace is not None:
        return workspace.standards
    from blueprint.source.standards import shipped_standards

    return shipped_standards()
