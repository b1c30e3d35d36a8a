"""What one validation of a document found: diagnostics for people, and what to drop to go on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from blueprint.diagnostic import Diagnostic, Range
from blueprint.source.explanations import Explainer
from blueprint.source.faults import WRONG_TYPE
from blueprint.source.mistakes import Explained, Mistake, mistakes_in
from blueprint.source.salvage import Faulty, Salvage
from blueprint.source.spans import Loc
from blueprint.source.text import Source
from blueprint.source.tree import Tree

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

MOST_EXPLAINED = 200
"""Nobody reads more of one file at once, and looking for what was meant takes time."""


class Complaints:
    """The mistakes of one validation."""

    def __init__(
        self,
        source: Source,
        model: type[BaseModel],
        salvage: Salvage,
        error: ValidationError,
        tree: Tree,
    ) -> None:
        self._source = source
        self._tree = tree
        self._salvage = salvage
        self._explainer = Explainer(source, model, salvage)
        every = list(mistakes_in(error, salvage))
        self._own = [mistake for mistake in every if mistake.own_key]
        self._mistakes = [mistake for mistake in every if not mistake.own_key]

    @property
    def faulty(self) -> list[Faulty]:
        """What has to be dropped for the rest to be valid."""
        dropped = [Faulty(m.path, m.missing, self._meant.get(m.path)) for m in self._mistakes]
        return dropped + [Faulty(m.path, harmless=True) for m in self._own]

    @cached_property
    def _meant(self) -> dict[Loc, str | None]:
        """What misspelt keys stand for, by their paths; looked up for as many as are explained."""
        unknown = [m for m in self._mistakes if m.unknown_key][:MOST_EXPLAINED]
        return {m.path: self._explainer.meant(m) for m in unknown}

    def diagnostics(self) -> list[Diagnostic]:
        """Explain each mistake at its place; of very many, the first."""
        explained = Explained(self._tree, self._salvage.spans)
        misspelt = {(path[:-1], key) for path, key in self._meant.items()}
        told = [m for m in self._mistakes if m not in explained and (m.path, m.missing) not in misspelt]
        told.sort(key=lambda m: self._salvage.spans.closest(m.path))
        few = told[: MOST_EXPLAINED + 1]  # One more than is shown says that there are more.
        return [self._diagnostic(mistake) for mistake in few]

    def _diagnostic(self, mistake: Mistake) -> Diagnostic:
        fault, message, advice, fix = self._explainer.explain(mistake)
        path, spans = mistake.path, self._salvage.spans
        whole = bool(path) and fault is WRONG_TYPE and isinstance(mistake.value, (list, dict))
        if mistake.missing is not None or (whole and isinstance(path[-1], int)):
            span = self._head(path)
        elif mistake.on_key or mistake.unknown_key or whole:
            span = spans.key(path)
        else:
            span = spans.closest(path)
        return fault.at(self._source.name, span, message, advice, element=self._element(path), fix=fix)

    def _head(self, path: Loc) -> Range:
        """Return the place that stands for a whole element: its first entry, or its first line."""
        value, spans = self._salvage.value(path), self._salvage.spans
        if isinstance(value, dict) and value:
            first = next(iter(value))
            key, held = spans.key((*path, first)), spans[(*path, first)]
            return key if isinstance(value[first], (list, dict)) else Range(key.start, held.end)
        span = spans.closest(path)
        line = self._source.text.find("\n", span.start, span.end)
        return span if line < 0 else Range(span.start, line)

    def _element(self, path: Loc) -> str:
        """Return the id of the innermost element around a place."""
        for depth in range(len(path), -1, -1):
            value = self._salvage.value(path[:depth])
            if isinstance(value, dict):
                for key in ("id", "stage", "blueprint", "journey", "persona", "playbook"):
                    if isinstance(value.get(key), str):
                        return str(value[key])
        return ""
