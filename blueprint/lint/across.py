"""Rules that look at all files of a run at once: makes the cards and runs the rules over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from blueprint.diagnostic import Diagnostic, Range, Related
from blueprint.lint.portfolio import Card, Exempt, Known, Mood, Portfolio, Stop
from blueprint.lint.selection import Settings, chosen, options_of, severity_of

if TYPE_CHECKING:
    from blueprint.lint.rule import Finding, Rule
    from blueprint.model.journey import Journey
    from blueprint.model.touchpoint import Touchpoint
    from blueprint.model.values import Loc, Text
    from blueprint.source.document import Document
    from blueprint.source.spans import Node

_START = Range(0, 0)
_FEWEST = 2
"""So many documents make something to compare; of one alone nothing is said unless somebody asks."""

_OF_ONE = frozenset({"WS109"})
"""Rules that speak of one document at a time: a slip is one without neighbours too."""


def card_of(document: Document) -> Card:
    """Return what rules over all files know of a document, even of one that could not be read."""
    kind, model, spans = document.kind, document.model, document.spans
    at = spans.closest((kind.key,)) if kind else _START
    card = Card(
        document.source.name, kind.key if kind else "", document.id,
        model is not None and not document.pruned, at,
        exempt=_exempt(document),
    )  # fmt: skip
    if model is None or kind is None:
        return card
    card = card._replace(id=model.id)
    if kind.key == "persona":
        return card
    said: Any = model  # What the other kinds have in common.
    card = card._replace(
        owner=_shown(said.owner, said.language),
        reviewed=said.reviewed.isoformat() if said.reviewed else "",
        reviewed_at=spans.closest(("reviewed",)),
        links=said.links,
    )
    latest = max(_dates(said), default=None)
    if latest is not None:
        card = card._replace(latest=latest[0], latest_at=spans.closest(latest[1]))
    if kind.key == "blueprint":
        return card._replace(subject=said.journey, subject_at=spans.closest(("journey",)))
    if kind.key != "journey":
        return card
    return card._replace(
        state=said.state,
        subject=said.replaces or "",
        subject_at=spans.closest(("replaces",)),
        personas=tuple(_personas(document, said)),
        stops=tuple(_stops(document, said)),
    )


def _dates(said: Any) -> Iterator[tuple[str, Loc]]:
    """Yield the days on which something was reviewed, asked or measured, with their places."""
    if said.reviewed:
        yield said.reviewed.isoformat(), ("reviewed",)
    if not hasattr(said, "places"):
        return
    places: list[tuple[Loc, Journey | Touchpoint]] = [((), said)]
    places += [(loc, point) for loc, _, point in said.places]
    for loc, place in places:
        for key in ("metrics", "surveys", "needs"):
            for at, written in enumerate(getattr(place, key, ())):
                if written.date is not None:
                    yield written.date.isoformat(), (*loc, key, at, "date")


def _shown(text: Text | None, language: str) -> str:
    return text.pick(language) if text is not None else ""


def _personas(document: Document, journey: Journey) -> Iterator[Known]:
    for number, persona in enumerate(journey.persona):
        at = document.spans.closest(("persona", number))
        if isinstance(persona, str):
            yield Known(persona, "", at)
        else:
            yield Known(persona.id, persona.model_dump_json(exclude_none=True, exclude_defaults=True), at)


def _stops(document: Document, journey: Journey) -> Iterator[Stop]:
    low, high = journey.emotion_scale
    neutral = journey.neutral_emotion
    for loc, stage, point in journey.places:
        node = document.spans.node(loc)
        at = _place(node, "id") or document.spans.closest(loc)
        yield Stop(
            point.id,
            _words(point.title, journey.language),
            point.channel or "",
            stage.id,
            tuple(_moods(point, low, neutral, high)),
            at,
            _place(node, "emotion") or at,
        )


def _words(text: Text, language: str) -> tuple[tuple[str, str], ...]:
    return ((language, text.root),) if isinstance(text.root, str) else tuple(text.root.items())


def _place(node: Node | None, key: str) -> Range | None:
    items = getattr(node, "items", None)
    found = items.get(key) if isinstance(items, dict) else None
    if found is None:
        return None
    return Range(*found) if isinstance(found, tuple) else Range(found.start, found.end)


def _moods(point: Touchpoint, low: float, neutral: float, high: float) -> Iterator[Mood]:
    for persona, score in point.scores.items():
        side = high - neutral if score.mean > neutral else neutral - low
        error = score.standard_error
        value = (score.mean - neutral) / side if side else 0.0
        yield Mood(persona, value, error / side if error is not None and side else None, score.mean)


def _exempt(document: Document) -> tuple[Exempt, ...]:
    """Return the comments that accept findings over all files; only the finding's file can tell."""
    text = document.source.text
    if "blueprint: ignore" not in text and "blueprint:ignore" not in text:
        return ()
    from blueprint.lint import book, suppress

    rules = _over_all(book.load())
    return tuple(
        Exempt(ignore.code, ignore.span, ignore.covers, ignore.reason)
        for comment in suppress.comments(document.source, document.spans, book.words())
        for ignore in comment.ignores
        if ignore.code in rules
    )


def _over_all(rules: Mapping[str, Rule]) -> dict[str, Rule]:
    return {code: rule for code, rule in rules.items() if rule.subject is Portfolio}


def check_portfolio(
    cards: Iterable[Card],
    settings: Settings | None = None,
    *,
    today: date | None = None,
    complete: bool = True,
) -> tuple[Diagnostic, ...]:
    """Return what there is to say about all files of a run together, file by file in their order.

    What comments accept is left out; `examine_portfolio` has it, and the same arguments.
    """
    found = examine_portfolio(cards, settings, today=today, complete=complete)
    return tuple(d for d in found if d.accepted is None)


def examine_portfolio(
    cards: Iterable[Card],
    settings: Settings | None = None,
    *,
    today: date | None = None,
    complete: bool = True,
) -> tuple[Diagnostic, ...]:
    """Return what there is to say about all files of a run together, also what comments accept.

    A rule counts for the file that a finding is in: what is selected, ignored or graded there holds.
    Options of rules are those of the whole project, as no file owns them.

    Args:
        cards: A card for each document, in the order of the files.
        settings: What to check; the default selection where left out.
        today: The day of the run; without it, rules about the passing of time are silent.
        complete: Whether these are all the documents there are.
    """
    from blueprint.lint import book

    settings = settings or Settings()
    portfolio = Portfolio(tuple(cards), today, complete)
    rules = _over_all(book.load())
    local = _Local(settings, rules)
    wanted = local.anywhere(portfolio.cards)
    found: list[Diagnostic] = []
    ran: set[str] = set()
    for code, (rule, asked) in sorted(wanted.items()):
        run = _run(rule, asked, portfolio, settings)
        if run is not None:
            ran.add(code)
            found += (severe for d in run if (severe := local.graded(d, rule)) is not None)
    kept = [*_accepted(found, portfolio.cards, ran, settings)]
    order = {card.file: number for number, card in reversed([*enumerate(portfolio.cards)])}
    kept.sort(key=lambda d: (order.get(d.file, -1), d.span, d.code, d.message.en))
    return tuple(kept)


class _Local:
    """Which rules hold in which file."""

    def __init__(self, settings: Settings, rules: Mapping[str, Rule]) -> None:
        self._settings = settings
        self._rules = rules
        self._known: dict[str, tuple[dict[str, tuple[Rule, bool]], Settings]] = {}

    def at(self, file: str) -> tuple[dict[str, tuple[Rule, bool]], Settings]:
        key = file if self._settings.local else ""
        if key not in self._known:
            here = self._settings.of(file)
            self._known[key] = (chosen(self._rules, here), here)
        return self._known[key]

    def anywhere(self, cards: Sequence[Card]) -> dict[str, tuple[Rule, bool]]:
        """Return the rules that hold in any file, and whether they were asked for in one."""
        wanted: dict[str, tuple[Rule, bool]] = {}
        for card in cards if self._settings.local else cards[:1]:
            for code, (rule, asked) in self.at(card.file)[0].items():
                wanted[code] = (rule, asked or wanted.get(code, (rule, False))[1])
        return wanted

    def graded(self, d: Diagnostic, rule: Rule) -> Diagnostic | None:
        """Return a finding as it counts in its file; None where its rule does not hold there."""
        from dataclasses import replace

        here, settings = self.at(d.file)
        if d.code not in here and d.code == rule.code:
            return None
        severity = severity_of(rule, settings) if d.code == rule.code else d.severity
        return d if severity is d.severity else replace(d, severity=severity)


def _run(rule: Rule, asked: bool, portfolio: Portfolio, settings: Settings) -> list[Diagnostic] | None:
    try:
        if not asked and len(portfolio.cards) < _FEWEST and rule.code not in _OF_ONE:
            return None
        if not asked and rule.calm is not None and not rule.calm(portfolio):
            return None
        found = list(rule.check(portfolio, **options_of(rule, settings)))
        if not found:
            return []
        from blueprint.lint.fingerprint import document_name

        documents = {card.file: document_name(card.file, card.kind, card.id) for card in portfolio.cards}
        return [_located(finding, rule, portfolio, documents) for finding in found]
    except Exception as error:  # A rule must never take the others down.
        from blueprint.lint.engine import crashed

        file = portfolio.cards[0].file if portfolio.cards else ""
        return [crashed(file, _START, f"{rule.code} {rule.name}", error)]


def _located(
    finding: Finding, rule: Rule, portfolio: Portfolio, documents: Mapping[str, str]
) -> Diagnostic:
    spot = finding.spot or portfolio.cards[0].spot
    return Diagnostic(
        code=rule.code,
        severity=rule.severity,
        message=finding.message,
        help=finding.help,
        file=spot.file,
        span=spot.span,
        name=rule.name,
        element=finding.element,
        related=tuple(Related(note.message, *(note.spot or spot)) for note in finding.notes),
        excess=finding.excess,
        # The element tells where it stands, so that no file is read again to know the finding tomorrow.
        anchor=(documents[spot.file], finding.element)
        if finding.element and spot.file in documents
        else (),
    )


def _accepted(
    found: Sequence[Diagnostic], cards: Sequence[Card], ran: set[str], settings: Settings
) -> Iterator[Diagnostic]:
    """Give what a comment accepts its reason, and report the comments that accept nothing."""
    from dataclasses import replace

    exempt = {card.file: card.exempt for card in cards if card.exempt}
    used: set[tuple[str, Exempt]] = set()
    for d in found:
        matching = [
            (d.file, it)
            for it in exempt.get(d.file, ())
            if it.code == d.code
            and it.covers.start <= d.span.start < max(it.covers.end, it.covers.start + 1)
        ]
        used.update(matching)
        yield replace(d, accepted=matching[0][1].reason) if matching else d
    if not exempt:
        return
    from blueprint.lint import suppress
    from blueprint.lint.selection import refused

    for file, ignores in exempt.items():
        if refused(*suppress.UNUSED, settings.of(file)):
            continue
        for it in ignores:
            if it.code in ran and (file, it) not in used:
                yield suppress.unused(file, it.code, it.at)
