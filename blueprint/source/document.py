"""Source → Document: the right model, validated, with every mistake located and explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from blueprint.diagnostic import Diagnostic, Message
from blueprint.source.complaints import MOST_EXPLAINED, Complaints
from blueprint.source.faults import OVER_LIMIT
from blueprint.source.kinds import Kind, kind_of, refuse
from blueprint.source.salvage import Salvage
from blueprint.source.scale import off_scale
from blueprint.source.spans import Loc, SpanMap
from blueprint.source.text import Source
from blueprint.source.tree import Tree, parse

if TYPE_CHECKING:
    from blueprint.model.journey import Journey
    from blueprint.model.persona import Persona
    from blueprint.model.playbook import Playbook
    from blueprint.model.service import ServiceBlueprint

MAX_ROUNDS = 6
"""How often what is invalid is dropped and the rest tried again."""


@dataclass(frozen=True)
class Document:
    """A file that was read: what it says, where it says it, and what is wrong with it."""

    source: Source
    model: Journey | ServiceBlueprint | Persona | Playbook | None
    """What the document says, without what had to be dropped; None where too little is left."""
    spans: SpanMap
    """Where the model's parts stand in the text; paths count list items as the model does."""
    diagnostics: tuple[Diagnostic, ...] = ()
    kind: Kind | None = None
    """The key that names the kind of document."""
    id: str = ""
    """The document's id as written, even where the rest could not be read."""
    pruned: tuple[Loc, ...] = ()
    """What the model lacks because it was invalid: paths of keys, and of lists that lost an item."""
    lost_ids: frozenset[str] = frozenset()
    """Ids of elements the model lacks because they were invalid: references to them are not at fault."""
    extras: Mapping[Loc, Any] = field(default_factory=dict)
    """The values of `x-…` keys, by path."""
    digest: str = ""
    """Of the file's bytes; empty for what is no file that could be read."""

    def near_pruned(self, loc: Loc) -> bool:
        """Whether something was dropped at or inside this path, so that findings there mislead."""
        return any(gone[: len(loc)] == loc for gone in self.pruned)


def read_document(source: Source) -> Document:
    """Read one document. Never raises: what is wrong with it becomes diagnostics."""
    return document_of(source, parse(source))


def document_of(source: Source, tree: Tree) -> Document:
    """Validate what a YAML text holds."""
    kind = kind_of(tree.data)
    if kind is None or not kind.readable:
        refusal = _first([*tree.diagnostics, *refuse(source, tree, kind)])
        return Document(source, None, tree.spans, refusal, kind, kind.id_in(tree.data) if kind else "")
    from pydantic import ValidationError

    model_type = kind.model()
    found = list(tree.diagnostics)
    salvage = Salvage(tree)
    model: Any = None
    for attempt in range(MAX_ROUNDS):
        try:
            model = model_type.model_validate(salvage.data)
        except ValidationError as error:
            complaints = Complaints(source, model_type, salvage, error, tree)
            if attempt == 0:
                found += complaints.diagnostics()
            if tree.cut is not None or not salvage.prune(complaints.faulty):
                break
            continue
        if misplaced := off_scale(source, salvage, model):
            found += misplaced
            model = None
            continue
        break
    return Document(
        source,
        model if tree.cut is None else None,
        salvage.spans,
        _first(found),
        kind,
        kind.id_in(tree.data),
        salvage.pruned,
        frozenset(salvage.lost_ids),
        salvage.extras,
    )


def _first(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics in the order of the text; of very many, the first and that there are more."""
    found.sort(key=lambda d: (d.span, d.code))
    if len(found) > MOST_EXPLAINED:
        rest = found[MOST_EXPLAINED]
        found[MOST_EXPLAINED:] = [
            OVER_LIMIT.at(
                rest.file,
                rest.span,
                Message(
                    "more mistakes follow from here on; they are not listed", "此后还有更多错误，不再列出"
                ),
                Message("mend those above first", "请先改正上面的错误"),
            )
        ]
    return tuple(found)
