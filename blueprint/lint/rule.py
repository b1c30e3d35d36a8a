"""What a rule is: a small generator whose docstring is its manual page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeVar

from blueprint.analysis.results import BlueprintAnalysis, JourneyAnalysis
from blueprint.diagnostic import Message, Severity
from blueprint.lint.portfolio import Portfolio, Spot
from blueprint.model.journey import BudgetFigure, Journey
from blueprint.model.persona import Persona
from blueprint.model.service import ServiceBlueprint
from blueprint.model.values import Budget, Loc

if TYPE_CHECKING:
    # Few files need playbooks, and loading what they are made of would slow every check.
    from blueprint.model.playbook import Playbook
    from blueprint.model.sheet import Sheet
    from blueprint.model.standards import Standards

    Model = Journey | ServiceBlueprint | Persona | Playbook


class Delivery(NamedTuple):
    """A blueprint together with the journey it delivers."""

    blueprint: ServiceBlueprint
    journey: Journey


class Neighbours(Protocol):
    """The other documents of a workspace, as far as a rule may ask about them."""

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return every id of a kind (`journey`, `blueprint`, `persona`) that is written anywhere."""

    def journey(self, id: str) -> Journey | None:
        """Return the journey with an id; None where there is none that could be read."""

    def lost(self, kind: str, id: str) -> frozenset[str]:
        """Return the ids inside a document that are written but could not be read."""

    def sheet(self, file: str, name: str) -> Sheet | Message:
        """Return the table that a file names, or why it cannot be read."""

    def twins(self, id: str, file: str) -> tuple[str, ...]:
        """Return the other files that claim the same id."""

    def own_standards(self) -> Standards | None:
        """Return the standards in force where a team brings playbooks; None where it brings none."""


class Scope(NamedTuple):
    """A document among the others of its workspace."""

    file: str
    """The name of the document's source."""
    model: Model
    lost: frozenset[str]
    """Ids that are written here but could not be read: never call these unknown."""
    neighbours: Neighbours | None
    """The other documents; None where there is no workspace to ask."""


class Kept(NamedTuple):
    """What the budgets of a journey are held against."""

    analysis: JourneyAnalysis
    deliveries: tuple[BlueprintAnalysis, ...]
    """The blueprints that deliver the journey, as far as they are known and a budget asks for them."""
    promised: Mapping[BudgetFigure, str] = {}
    """Figure → where it is promised, for budgets that are not the journey's own but the workspace's."""
    others: Mapping[BudgetFigure, Budget] = {}
    """The workspace's budgets for figures about which the journey itself promises nothing."""

    @property
    def budgets(self) -> dict[BudgetFigure, Budget]:
        """Every budget that holds: the journey's own, then the workspace's."""
        return {**self.analysis.journey.budgets, **self.others}


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A journey, and the standards it can be held against.

    Standards are read when a rule first asks for them: let `calm` look at the journey alone.
    """

    journey: Journey
    personas: Mapping[str, Persona]
    """The journey's personas by id, as far as they are known."""
    ask: Callable[[], Standards]

    @property
    def standards(self) -> Standards:
        """The built-in standards, and over them what the team's playbooks say."""
        return self.ask()


@dataclass(frozen=True, slots=True)
class JudgedDelivery:
    """A blueprint, its journey, and the standards they can be held against."""

    blueprint: ServiceBlueprint
    journey: Journey | None
    """The journey it delivers; None where it is not known."""
    ask: Callable[[], Standards]

    @property
    def standards(self) -> Standards:
        """The built-in standards, and over them what the team's playbooks say."""
        return self.ask()


@dataclass(frozen=True, slots=True)
class JudgedPlaybook:
    """A team's playbook, and the standards in force around it."""

    playbook: Playbook
    others: tuple[str, ...] | None
    """The ids of every playbook in the workspace; None where there is no workspace to ask."""
    ask: Callable[[], Standards]

    @property
    def standards(self) -> Standards:
        """The built-in standards, and over them what the team's playbooks say."""
        return self.ask()


SUBJECTS: tuple[type, ...] = (
    Journey,
    JourneyAnalysis,
    ServiceBlueprint,
    BlueprintAnalysis,
    Delivery,
    Scope,
    Kept,
    Judged,
    JudgedDelivery,
    JudgedPlaybook,
    Portfolio,
)


class Note(NamedTuple):
    """Another place that belongs to a finding."""

    loc: Loc
    message: Message
    spot: Spot | None = None
    """The place, for rules that look at all files; the path is then empty."""


class Put(NamedTuple):
    """A change: put `text` in the place of the value at `loc`, or of the key where it ends in "[key]"."""

    loc: Loc
    text: str


class Add(NamedTuple):
    """A change: add an item to the list at `loc`, or a key with its value to the mapping there."""

    loc: Loc
    text: str
    key: str = ""
    """The key; empty for a list's item."""
    after: str = ""
    """The key it is written after; the last one where it is empty or not there."""


class Drop(NamedTuple):
    """A change: take out the list's item or the mapping's entry at `loc`."""

    loc: Loc


Change = Put | Add | Drop


class Repair(NamedTuple):
    """A fix: changes that mend what a finding names, all of them or none."""

    title: Message
    changes: tuple[Change, ...]
    safe: bool = True
    """Whether nobody could have meant it otherwise."""


class Finding(NamedTuple):
    """What a rule has to say about one place of a document."""

    loc: Loc
    message: Message
    """What is wrong, with the figures."""
    help: Message | None = None
    """What to do about it."""
    element: str = ""
    """The id of the touchpoint, step or document it is about."""
    notes: tuple[Note, ...] = ()
    fix: Repair | None = None
    excess: float | None = None
    """By how much a limit is passed, in the unit of its figure; larger is worse."""
    spot: Spot | None = None
    """The place, for rules that look at all files; the path is then empty."""


Check = Callable[..., Iterator[Finding]]
C = TypeVar("C", bound=Check)


class Page(NamedTuple):
    """A rule's docstring, taken apart."""

    why: str
    bad: tuple[str, ...]
    """YAML documents that together form a workspace in which the rule fires."""
    good: tuple[str, ...]
    """The same, mended."""
    source: str
    why_zh: str = ""
    """Why, in Chinese; empty where nobody has written it yet."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the rule book."""

    code: str
    name: str
    """Names the fault, with dashes: `low-ending`."""
    severity: Severity
    title: Message
    """One line that says what the rule finds."""
    subject: type
    """What the rule looks at; one of `SUBJECTS`."""
    check: Check
    calm: Callable[[Any], bool] | None
    """Where only the default selection chose the rule, it speaks only of subjects for which "
    "this holds."""
    default: bool
    """Whether the default selection holds it."""
    whole: bool
    """Whether it must stay silent where reading had to leave out a part of the graph."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Keyword-only parameters with their defaults."""
    fix: str = ""
    """Whether it offers a fix: `safe`, `unsafe`, or `safe or unsafe` as the case may be."""

    @property
    def page(self) -> Page:
        """The docstring, taken apart."""
        return page_of(inspect.getdoc(self.check) or "")

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.code.rstrip("0123456789")


RULES: dict[str, Rule] = {}
"""Every rule that has been imported, by code; `lint.book` imports them all."""

_CODE = re.compile(r"[A-Z]{2}\d{3}")
_FENCE = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
_SECTION = re.compile(r"^(Why|Why\(zh\)|Bad|Good|Source):\s*", re.MULTILINE)


def page_of(doc: str) -> Page:
    """Take a docstring of a rule apart."""
    parts = _SECTION.split(doc)
    sections = dict(zip(parts[1::2], (text.strip() for text in parts[2::2]), strict=True))

    def examples(name: str) -> tuple[str, ...]:
        return tuple(inspect.cleandoc(found) + "\n" for found in _FENCE.findall(sections.get(name, "")))

    return Page(
        sections.get("Why", ""),
        examples("Bad"),
        examples("Good"),
        sections.get("Source", ""),
        sections.get("Why(zh)", ""),
    )


def rule(
    code: str,
    *,
    zh: str,
    severity: str = "warning",
    default: bool = True,
    calm: Callable[[Any], bool] | None = None,
    whole: bool = False,
    fix: Literal["", "safe", "unsafe", "safe or unsafe"] = "",
) -> Callable[[C], C]:
    """Enter a generator of findings into the rule book.

    Its name names the fault, its first annotation says what it looks at, its keyword-only parameters
    are its options, its docstring is its page (Why, Bad, Good, Source) and begins with its title.

    Args:
        code: Family and number; numbers are never reused.
        zh: The title in Chinese.
        severity: `error`, `warning` or `info`.
        default: Whether it runs when nobody selected anything.
        calm: When only the default selection chose it, stay silent unless this holds for the subject.
        whole: Whether it needs the whole graph and misleads where reading had to leave out a part.
        fix: Whether it offers fixes, and whether they are safe.

    Raises:
        ValueError: the code is malformed or taken, or the subject is none a rule can have.
    """

    def enter(check: C) -> C:
        if not _CODE.fullmatch(code) or code in RULES:
            raise ValueError(f"rule code {code} is malformed or taken")
        # Every start of the program enters every rule, so this looks and does not parse: the annotation is
        # a plain name of the rule's module, and only keyword-only parameters have defaults.
        subject = check.__globals__.get(next(iter(check.__annotations__.values()), ""))
        if subject not in SUBJECTS:
            raise ValueError(f"{code}: no rule can look at {subject}")
        title = (check.__doc__ or "").lstrip().split("\n", 1)[0]
        RULES[code] = Rule(
            code=code,
            name=check.__name__.replace("_", "-"),
            severity=Severity[severity.upper()],
            title=Message(title, zh),
            subject=subject,
            check=check,
            calm=calm,
            default=default,
            whole=whole or subject in (JourneyAnalysis, BlueprintAnalysis, Kept),
            options=dict(check.__kwdefaults__ or {}),
            fix=fix,
        )
        return check

    return enter
