"""Puts a report together: which part comes where."""

from __future__ import annotations

from collections.abc import Sequence

from blueprint.scene.report import Chapter, Picture, Report, Section
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
from blueprint.views.report.todo import service_todo, todo
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
    parts = (
        _drawing(say, it.scene),
        findings(it),
        None if before is None else pair(before, it),
        remembered(it),
        pains(it),
        needs(it),
        questions(it),
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
        costs(it),
        asked(it),
        clients(it),
        membership(it),
        covered(it),
        taught(it),
        standards_used(it),
        grounds(it),
        todo(it),
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
        tuple(part for part in parts if part is not None),
    )


def _delivery(it: DeliverySubject) -> Chapter:
    say, blueprint, label = it.say, it.blueprint, it.say.read.label
    parts = (
        _drawing(say, it.scene),
        service_findings(it),
        None if it.analysis is None else service(it.analysis, say),
        None if it.analysis is None else roles(it.analysis, say),
        None if it.analysis is None else work(it.analysis, it.standards, say),
        None if it.analysis is None else taught_roles(it.analysis, say),
        None if it.analysis is None else service_todo(it.analysis, say),
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
        tuple(part for part in parts if part is not None),
    )


def _drawing(say: Voice, scene: Scene) -> Section | None:
    return section(say("The drawing", "全图"), Picture(scene, scene.title, wide=True))
