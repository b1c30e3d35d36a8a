"""Puts a report together: first the page that is decided on, behind it the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from blueprint.scene.report import Chapter, Paragraph, Picture, Report, Section
from blueprint.scene.shapes import Scene
from blueprint.views.report.answers import answers
from blueprint.views.report.asked import asked, membership
from blueprint.views.report.clients import clients
from blueprint.views.report.complaints import levels, paths, scripts
from blueprint.views.report.conflicts import conflicts
from blueprint.views.report.costs import costs
from blueprint.views.report.covered import covered
from blueprint.views.report.delivery import roles, service, service_findings
from blueprint.views.report.findings import findings
from blueprint.views.report.grounds import grounds, standards_used
from blueprint.views.report.heard import heard
from blueprint.views.report.needs import needs
from blueprint.views.report.pains import pains
from blueprint.views.report.pair import pair
from blueprint.views.report.promised import promised
from blueprint.views.report.quality import quality
from blueprint.views.report.questions import questions
from blueprint.views.report.remembered import remembered
from blueprint.views.report.subject import DeliverySubject, JourneySubject, Voice, section, voice
from blueprint.views.report.taught import taught, taught_roles
from blueprint.views.report.todo import ideas, service_todo, todo
from blueprint.views.report.work import work

Subject = JourneySubject | DeliverySubject


def report_of(subjects: Sequence[Subject], language: str) -> Report:
    """Tell what was found about each document, in the order given.

    Args:
        subjects: the documents with their analyses and drawings.
        language: of our own words.
    """
    say = voice(language, language)
    chapters = tuple(_chapter(subject, subjects) for subject in subjects)
    title = chapters[0].title if len(chapters) == 1 else say("Report on {} documents", "{} 份文档的报告")
    return Report(
        title.format(len(chapters)) if len(chapters) != 1 else title,
        say.read.label.language,
        say("Contents", "目录"),
        chapters,
    )


def _chapter(subject: Subject, subjects: Sequence[Subject]) -> Chapter:
    if isinstance(subject, JourneySubject):
        return _journey(subject, _before(subject, subjects))
    return _delivery(subject)


def _before(it: JourneySubject, subjects: Sequence[Subject]) -> JourneySubject | None:
    """Return the as-is that a to-be would replace, where the report holds it."""
    if it.journey.replaces is None:
        return None
    journeys = [other for other in subjects if isinstance(other, JourneySubject)]
    return next((other for other in journeys if other.journey.id == it.journey.replaces), None)


def _journey(it: JourneySubject, before: JourneySubject | None) -> Chapter:
    say, journey = it.say, it.journey
    page = (
        _drawing(say, it.scene),
        findings(it),
        None if before is None else pair(before, it),
        todo(it),
    )
    evidence = (
        remembered(it),
        pains(it),
        costs(it),
        ideas(it),
        needs(it),
        answers(it),
        heard(it),
        quality(it),
        promised(it),
        levels(it),
        paths(it),
        conflicts(it),
        scripts(it),
        None if it.delivery is None else roles(it.delivery, say),
        None if it.delivery is None else work(it.delivery, it.standards, say),
        asked(it),
        clients(it),
        membership(it),
        questions(it),
        covered(it),
        taught(it),
        grounds(it),
        standards_used(it),
    )
    label = say.read.label
    facts = [label["map"], label[journey.state]]
    if journey.owner:
        facts.append(f"{label['owner']}{label.colon}{say.read.say(journey.owner)}")
    if journey.reviewed:
        facts.append(f"{label['reviewed']}{label.colon}{journey.reviewed.isoformat()}")
    return Chapter(
        journey.id,
        say.read.say(journey.heading),
        say.read.say(journey.summary),
        tuple(facts),
        _ordered(say, page, evidence),
    )


def _ordered(
    say: Voice, page: Sequence[Section | None], evidence: Sequence[Section | None]
) -> tuple[Section, ...]:
    """Put what is decided on first, and what it rests on behind it."""
    first = tuple(part for part in page if part is not None)
    rest = tuple(part for part in evidence if part is not None)
    if not rest:
        return first
    listed = say("; ", "；").join(part.title for part in rest)
    lead = say(
        "What the findings rest on, and what else is known. To decide, nothing of it has to be read: "
        f"{listed}.",
        f"上述结论的依据及其他已知情况，决策时可不读：{listed}。",
    )
    return (*first, Section(say("The evidence", "依据"), (Paragraph(lead, quiet=True),), apart=True), *rest)


def _delivery(it: DeliverySubject) -> Chapter:
    say, blueprint, label = it.say, it.blueprint, it.say.read.label
    page = (
        _drawing(say, it.scene),
        service_findings(it),
        None if it.analysis is None else service_todo(it.analysis, say),
    )
    evidence = (
        None if it.analysis is None else service(it.analysis, say),
        None if it.analysis is None else roles(it.analysis, say),
        None if it.analysis is None else work(it.analysis, it.standards, say),
        None if it.analysis is None else taught_roles(it.analysis, say),
    )
    facts = [label["blueprint"], f"{label['journey']}{label.colon}{blueprint.journey}"]
    if blueprint.owner:
        facts.append(f"{label['owner']}{label.colon}{say.read.say(blueprint.owner)}")
    if blueprint.reviewed:
        facts.append(f"{label['reviewed']}{label.colon}{blueprint.reviewed.isoformat()}")
    return Chapter(
        blueprint.id,
        say.read.say(blueprint.heading),
        say.read.say(blueprint.summary),
        tuple(facts),
        _ordered(say, page, evidence),
    )


def _drawing(say: Voice, scene: Scene) -> Section | None:
    return section(say("The drawing", "全图"), Picture(scene, scene.title, wide=True))
