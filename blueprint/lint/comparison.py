"""Two states of a workspace, document by document: what they say, what they amount to, what rules find."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from blueprint.analysis.changes import Change, Element
from blueprint.analysis.compared import Compared, Comparison, Version
from blueprint.analysis.comparison import compare
from blueprint.analysis.comparison_results import Around, Difference
from blueprint.analysis.delivery import analyse_blueprint
from blueprint.analysis.differences import Detail
from blueprint.analysis.results import BlueprintAnalysis
from blueprint.diagnostic import Diagnostic, Message, Severity
from blueprint.lint.comparison_together import Together, together
from blueprint.lint.engine import check_document
from blueprint.lint.fingerprint import identities
from blueprint.lint.pairs import File, Pair, files_of, pairs_of, to_compare
from blueprint.model.journey import OF_DELIVERY, Journey
from blueprint.model.service import ServiceBlueprint

if TYPE_CHECKING:
    from pathlib import Path

    from blueprint.lint.portfolio import Card
    from blueprint.lint.selection import Settings
    from blueprint.source.document import Document
    from blueprint.source.workspace import Workspace


def compare_workspaces(
    old: tuple[str, Workspace, Sequence[File] | None],
    new: tuple[str, Workspace, Sequence[File] | None],
    *,
    settings: Settings | None = None,
    tolerances: Mapping[str, float] = {},
    counts_from: Severity | None = Severity.WARNING,
    skipped: Sequence[tuple[str, Message]] = (),
    one: bool = False,
    cards: Mapping[Path, Card] = {},
) -> Comparison:
    """Compare two states of a workspace.

    Args:
        old: What the old state is called, its documents, and its files; None for all to look at.
        new: The same of the new state.
        settings: What is checked on both sides.
        tolerances: By how much figures may become worse (see `comparison_figures.tolerated`).
        counts_from: The severity from which a new finding is a regression; None where none is.
        skipped: Files that could not be laid out, and why.
        one: Compare the one file of each side, whatever their ids are.
        cards: What is known of files of the new state for rules over all files.
    """
    before, after = (side[2] if side[2] is not None else files_of(side[1]) for side in (old, new))
    pairs = (Pair(before[0], after[0]),) if one and before and after else pairs_of(before, after)
    beside = Together({}, {}) if one else together(pairs, old[1], new[1], settings, cards)
    # A document that is the same can still be news: its double is gone, its neighbour now contradicts it.
    differing = frozenset(to_compare(pairs))
    chosen = [pair for pair in pairs if one or pair in differing or beside.differs(pair)]
    found = [_pair(pair, old[1], new[1], settings, tolerances, beside.of(pair)) for pair in chosen]
    # Two files that are named one by one differ in their names by nature; elsewhere that is a move.
    left = [it for it in found if not (it.alike if one else it.empty)]
    told = tuple(replace(it, counts_from=counts_from) for it in left)
    return Comparison(old[0], new[0], told, len(pairs) - len(told), tuple(skipped))


def _pair(
    pair: Pair,
    old: Workspace,
    new: Workspace,
    settings: Settings | None,
    tolerances: Mapping[str, float],
    beside: tuple[Sequence[Diagnostic], Sequence[Diagnostic]],
) -> Compared:
    before = old.read(pair.old.path) if pair.old else None
    after = new.read(pair.new.path) if pair.new else None
    difference = _difference(before, after, old, new, tolerances)
    names = dict(difference.match.touchpoints) if difference and difference.match else {}
    gained, lost = _findings(before, after, old, new, settings, names, beside)
    return Compared(
        _version(pair.old, before),
        _version(pair.new, after),
        difference,
        gained,
        lost,
        (_lines(gained, after), _lines(lost, before)),
    )


def _version(file: File | None, document: Document | None) -> Version | None:
    if file is None or document is None:
        return None
    errors = [d for d in document.diagnostics if d.severity >= Severity.ERROR]
    kind = document.kind.key if document.kind else file.kind
    return Version(
        file.shown, kind, document.id or file.id, document.model, errors[0].message if errors else None
    )


def _lines(found: Sequence[Diagnostic], document: Document | None) -> tuple[int, ...]:
    return tuple(document.source.position(d.span.start).line for d in found) if document else ()


def _difference(
    before: Document | None,
    after: Document | None,
    old: Workspace,
    new: Workspace,
    tolerances: Mapping[str, float],
) -> Difference | None:
    if before is None or after is None or before.model is None or after.model is None:
        return None
    if type(before.model) is not type(after.model):
        return None
    around = (_around(before, old), _around(after, new))
    found = compare(before.model, after.model, around, tolerances)
    names = found.match.touchpoints if found.match else {}
    return replace(found, changes=(*found.changes, *_own_keys(before, after, names)))


def _own_keys(before: Document, after: Document, names: Mapping[str, str]) -> Iterator[Change]:
    """Yield the changes of the user's own `x-` keys, which no model holds."""
    one, other = _extras(before, names), _extras(after, {})
    for key in dict.fromkeys((*one, *other)):
        was, now = one.get(key), other.get(key)
        if was != now:
            (element, id), field = key[0], key[-1]
            yield Change("changed", element, id, None, field, was, now, (Detail(key[1], was, now),))


def _extras(
    document: Document, names: Mapping[str, str]
) -> dict[tuple[tuple[Element, str], tuple[str, ...], str], Any]:
    """Return the values of `x-` keys by the element they stand in, and the keys that lead there."""
    found = {}
    for loc, value in document.extras.items():
        element: tuple[Element, str] = ("document", document.id)
        rest = loc
        model = document.model
        if isinstance(model, Journey) and len(loc) > 4 and loc[::2][:2] == ("stages", "touchpoints"):
            place = next((p for p in model.places if p.loc == loc[:4]), None)
            if place is not None:
                id = place.touchpoint.id
                element, rest = ("touchpoint", names.get(id, id)), loc[4:]
        path = tuple(str(part) for part in rest)
        found[element, path, path[-1] if path else ""] = value
    return found


def _around(document: Document, workspace: Workspace) -> Around:
    model = document.model
    if isinstance(model, ServiceBlueprint):
        return Around({}, journey=workspace.journey(model.journey))
    if not isinstance(model, Journey):
        return Around({})
    named = model.market.parameters if model.market else None
    entry = workspace.standards.parameters.get(named) if named else None
    deliveries: tuple[BlueprintAnalysis, ...] = ()
    if OF_DELIVERY.intersection(model.budgets):
        deliveries = tuple(analyse_blueprint(it, model) for it in workspace.blueprints_of(model.id))
    return Around(workspace.personas_of(model), entry.values if entry else None, deliveries)


def _findings(
    before: Document | None,
    after: Document | None,
    old: Workspace,
    new: Workspace,
    settings: Settings | None,
    names: Mapping[str, str],
    beside: tuple[Sequence[Diagnostic], Sequence[Diagnostic]],
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Return the findings gained and lost; one about a renamed touchpoint is still the same one."""
    one = _known(before, old, settings, names, beside[0])
    other = _known(after, new, settings, {}, beside[1])
    gained = [finding for key, finding in other.items() if key not in one]
    lost = [finding for key, finding in one.items() if key not in other]

    def worst(finding: Diagnostic) -> tuple[int, int, str]:
        return -finding.severity, finding.span.start, finding.code

    return tuple(sorted(gained, key=worst)), tuple(sorted(lost, key=worst))


def _known(
    document: Document | None,
    workspace: Workspace,
    settings: Settings | None,
    names: Mapping[str, str],
    beside: Sequence[Diagnostic],
) -> dict[tuple[object, ...], Diagnostic]:
    if document is None:
        return {}
    found = [*check_document(document, workspace, settings), *beside]
    renamed = {f"touchpoint {was}": f"touchpoint {now}" for was, now in names.items()}
    seen: Counter[tuple[object, ...]] = Counter()
    known: dict[tuple[object, ...], Diagnostic] = {}
    told = identities(found, {document.source.name: document.source})
    for finding, identity in zip(found, told, strict=True):
        # Not the document's id: an as-is and its to-be have two, and are one journey.
        about = "" if finding.element == document.id else names.get(finding.element, finding.element)
        key = (finding.code, about, *(renamed.get(part, part) for part in identity.place))
        seen[key] += 1
        known[(*key, seen[key])] = _at_home(finding, workspace)
    return known


def _at_home(finding: Diagnostic, workspace: Workspace) -> Diagnostic:
    """Name other files from the workspace's folder: where a revision is laid out is nobody's business."""
    if workspace.root is None or not workspace.root.is_absolute():
        return finding
    folder = f"{workspace.root}{os.sep}"
    told = Message(*(text.replace(folder, "") for text in finding.message))
    return finding if told == finding.message else replace(finding, message=told)
