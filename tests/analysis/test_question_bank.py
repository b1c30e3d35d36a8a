"""Questions that are due for a need, and the kinds of question a script asks."""

from __future__ import annotations

import pytest

from blueprint.analysis.protocol import speeches
from blueprint.analysis.question_bank import LATENT, PROTOCOL, due, kinds_asked, told
from blueprint.model.need import Need
from blueprint.model.script import Script
from blueprint.source.standards import builtin_standards

KINDS = builtin_standards().protocols[PROTOCOL]
KNOWN = {
    "need": "To know the hour",
    "type": "explicit",
    "kano": "must-be",
    "met": True,
    "source": "Interviews",
}


def about(**parts) -> list[tuple[str, str]]:
    written = {key: value for key, value in (KNOWN | parts).items() if value is not None}
    return [(it.kind, it.about) for it in due(Need.model_validate(written))]


def test_nothing_is_asked_that_is_written() -> None:
    assert about() == []
    assert about(kano=None, importance=7.0) == []
    assert about(kano={"M": 9, "O": 1}, source=None) == []  # a questionnaire is a source


@pytest.mark.parametrize(
    ("lacking", "question"),
    [
        ("type", ("open", "type")),
        ("kano", ("closed", "importance")),
        ("met", ("closed", "met")),
        ("source", ("confirm", "source")),
    ],
)
def test_each_gap_has_its_question(lacking: str, question: tuple[str, str]) -> None:
    assert about(**{lacking: None}) == [question]


def test_questions_speak_the_language_of_the_need(make_journey) -> None:
    need = {"need": {"en": "To know the hour", "zh": "知道几点"}}
    page = told(make_journey({"a": {"needs": [need, KNOWN]}}))
    assert page is not None
    assert [(row["touchpoint"], row["index"]) for row in page] == [("a", 0)]
    assert [it["kind"] for it in page[0]["questions"]] == ["open", "closed", "closed", "confirm"]
    for it in page[0]["questions"]:
        assert "“To know the hour”" in it["ask"].en
        assert "“知道几点”" in it["ask"].zh
    assert told(make_journey({"a": {}})) is None


def test_quotations_inside_a_need_stay_inside() -> None:
    (question,) = due(Need.model_validate(KNOWN | {"need": "A time, not “soon”", "type": None}))
    assert "“A time, not ‘soon’”" in question.ask.en


@pytest.mark.parametrize(
    ("language", "words", "kind"),
    [
        ("en", "What did you find when you opened it?", "open"),
        ("en", "May I ask how it happened?", "open"),
        ("en", "Did it arrive on Monday?", "closed"),
        ("en", "Is that right?", "confirm"),
        ("en", "We will call you at six.", None),
        ("zh", "请问您打开时看到什么？", "open"),
        ("zh", "是周一送到的吗？", "closed"),
        ("zh", "您的意思是今天就要，对吗？", "confirm"),
        ("zh", "我六点给您回电。", None),
    ],
)
def test_kinds_of_question(language: str, words: str, kind: str | None) -> None:
    script = Script.model_validate({"lines": [{"customer": "What? Is that right?"}, {"agent": words}]})
    (speech,) = speeches(script, language)
    found = kinds_asked(speech, KINDS)
    assert found == (None if kind is None else {"open": 0, "closed": 0, "confirm": 0} | {kind: 1})


LATENT_KINDS = builtin_standards().protocols[LATENT]


@pytest.mark.parametrize(
    ("language", "words", "kind"),
    [
        ("en", "What would a good evening look like?", "open"),
        ("en", "If we called you first, would you pick up?", "hypothetical"),
        ("en", "Would you rather pay now or later?", "choice"),
        ("zh", "您最担心什么？", "open"),
        ("zh", "如果今晚装好，周六来得及吗？", "hypothetical"),
        ("zh", "您更想先录面包，还是先录咖啡？", "choice"),
        ("zh", "如果今晚裝好，週六來得及嗎？", "hypothetical"),
        ("en", "We will call you.", None),
        ("zh", "我们还是明天送。", None),
    ],
)
def test_questions_that_bring_latent_needs_to_light(language: str, words: str, kind: str | None) -> None:
    script = Script.model_validate({"lines": [{"agent": words}]})
    (speech,) = speeches(script, language)
    found = kinds_asked(speech, LATENT_KINDS)
    assert found == (None if kind is None else {"open": 0, "hypothetical": 0, "choice": 0} | {kind: 1})


def test_each_sentence_is_a_question_of_its_own() -> None:
    script = Script.model_validate({"lines": [{"agent": "What broke? Was it wrapped? Is that right?"}]})
    (speech,) = speeches(script, "en")
    assert kinds_asked(speech, KINDS) == {"open": 1, "closed": 1, "confirm": 1}
    assert kinds_asked(speech, None) is None
