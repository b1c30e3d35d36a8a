"""LX1xx, LX2xx: words to avoid and red lines; one rule per entry of the lexicon's numbering.

The rules differ in nothing but the words they speak of, and those are data (`playbooks/lexicon.yaml`): so
their pages are written in a table, and one generator serves all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from blueprint.diagnostic import Message
from blueprint.lint.rule import Finding, Judged, Put, Repair, rule
from blueprint.lint.wording import both
from blueprint.model.values import Loc

if TYPE_CHECKING:
    from blueprint.analysis.lexicon import Remark
    from blueprint.analysis.protocol import Speech
    from blueprint.model.practice import Phrase


class Entry(NamedTuple):
    """The page of one rule."""

    code: str
    number: str
    """L01 … L20, RL1 … RL5."""
    name: str
    title: str
    zh: str
    why: str
    bad: str
    good: str
    """What the agent says in the examples."""
    source: str
    severity: str = "warning"


_RED = "S003, the five attitudes (蔑视、烦躁、拒绝、质疑、随意); the words are this project's"

PAIRED = frozenset({"L02", "L03", "L04", "L05", "L11"})
"""The entries of the lexicon that know what to say instead, word for word."""

TABLE = (
    Entry("LX101", "L01", "bare-no", "A script says no and nothing else.", "一口回绝",
          "A bare no is a wall. What is possible keeps the conversation going.",
          "That is impossible.", "That is not possible today, but I can have it here tomorrow.", "S000"),
    Entry("LX102", "L02", "admitted-ignorance", "A script admits not knowing and leaves it there.",
          "只说不知道，没有下文", "The customer did not ask what the employee knows, but who finds out.",
          "I don't know.", "I don't know. Let me check with the workshop.", "S000"),
    Entry("LX103", "L03", "blamed-customer", "A script tells customers that they are wrong.",
          "说客户搞错了", "Being right costs the house more than checking once more.",
          "You are wrong.", "Let me check the details once more.", "S000"),
    Entry("LX104", "L04", "not-my-job", "A script sends the customer away because it is not one's job.",
          "以“不归我管”推开客户", "The customer has one counterpart: the house.",
          "That is not my job.", "I will bring in the colleague who can do it.", "S000"),
    Entry("LX105", "L05", "must", "A script tells customers what they must do.", "命令客户“您必须……”",
          "Orders make people resist even what they would have done gladly.",
          "You must fill in the form first.", "Please fill in the form first.", "S000"),
    Entry("LX106", "L06", "against-the-rules", "A script hides behind rules.", "拿规定当挡箭牌",
          "The rule is the house's, and the customer never agreed to it. Say what can be done within it.",
          "That is against our policy.", "That is against our policy, so here is what I can do.", "S004"),
    Entry("LX107", "L07", "regret-for-apology", "A script regrets instead of apologising.",
          "以“遗憾”代替道歉", "Regret has no author. An apology is made by somebody for something.",
          "We regret any inconvenience.", "I apologise for sending the wrong lamp.", "S000"),
    Entry("LX108", "L08", "but-after-empathy", "A script takes back its understanding with a “but”.",
          "表示理解之后接“但是”", "All that stands before the “but” is forgotten.",
          "I understand, but the system decides.", "I understand. Here is what I can do.", "S000",
          "info"),
    Entry("LX109", "L09", "yes-but", "A script answers with “yes, but”.", "以“是的，但是……”反驳",
          "“Yes, but” is a no in disguise. Say back what was meant instead.",
          "Yes, but you did not read the notice.", "You mean that the notice was hard to find.", "S002"),
    Entry("LX110", "L10", "never-happens", "A script says that this normally never happens.",
          "说“这种事通常不会发生”", "It happened to this customer, who now feels disbelieved as well.",
          "This normally never happens.", "I am sorry that this happened to you.", "S002"),
    Entry("LX111", "L11", "abbreviation-or-slang", "A script uses abbreviations or slang.", "缩写或俚语",
          "What insiders find quick, others have to decode.",
          "Please send the papers ASAP.", "Please send the papers by Friday.", "S004"),
    Entry("LX112", "L12", "only-redone", "A script offers to do it again, and nothing else.", "只说“重做”",
          "Doing it again gives back what was paid for, but not the time, nor the trust.",
          "We can redo it.", "I am sorry. We can redo it at once, and it is on us.", "S000"),
    Entry("LX113", "L13", "defended-procedure", "A script defends the procedure.", "拿流程辩解",
          "Whoever defends the process speaks of the house while the customer speaks of the dinner.",
          "Our kitchen has a standard for every steak.", "You are right, this one is overdone.", "S000"),
    Entry("LX114", "L14", "other-customers", "A script points at customers who did not complain.",
          "拿别的客户作比", "Most who are unhappy say nothing: it proves nothing, and isolates this one.",
          "Nobody else has complained.", "Thank you for telling us.", "S002"),
    Entry("LX115", "L15", "our-side-first", "A script asks customers to see it from our side.",
          "要客户从我们的角度看", "It is the house's part to see things from the other side.",
          "Please see it from our side.", "I can see what this means for you.", "S002"),
    Entry("LX116", "L16", "unkeepable-promise", "A script promises what nobody can keep.", "做不到的承诺",
          "A guarantee without limits is broken sooner or later, and then nothing is believed.",
          "Nothing can go wrong.", "I will tell you by noon what we found.", "S002, S000"),
    Entry("LX117", "L17", "vague-promise", "A script promises something without a time.", "没有时间的承诺",
          "“Soon” is an hour for one and a week for the other.",
          "We will get back to you soon.", "We will get back to you by five today.", "S001, S000"),
    Entry("LX118", "L18", "passed-on-blame", "A script puts the blame elsewhere.", "推卸责任",
          "For the customer the courier and the warehouse are the house.",
          "That is the courier's fault.", "I will find out where it is.", "S001"),
    Entry("LX119", "L19", "interrogation", "A script asks one question after another.", "一连串提问",
          "Three questions in a row are an interrogation. One open question gets more of an answer.",
          "When did you book? Who took the call? What did they say?", "Could you tell me what happened?",
          "S002", "info"),
    Entry("LX120", "L20", "jargon", "A script uses words of the trade.", "行业术语",
          "Customers do not ask what a word means; they think it was not meant for them. Add your own "
          "words to the lexicon in a playbook.",
          "The RMA is in the ticket queue.", "The returned lamp is with our workshop.",
          "S000, S001, S004", "info"),
    Entry("LX201", "RL1", "contempt", "A script shows contempt.", "红线：蔑视",
          "Once a customer has felt despised, no solution mends it.",
          "It is not that hard.", "Let me walk you through it.", _RED,
          "error"),
    Entry("LX202", "RL2", "irritation", "A script shows irritation.", "红线：烦躁",
          "The tenth question is the customer's first.",
          "How many times do I have to say it?", "Let me put it another way.",
          _RED, "error"),
    Entry("LX203", "RL3", "refusal", "A script refuses and offers nothing.", "红线：拒绝",
          "A refusal ends the conversation and often the relationship. An alternative within two clauses "
          "makes it an answer.",
          "There is nothing we can do.", "We can't do that here. I can take you to the desk that does.",
          _RED, "error"),
    Entry("LX204", "RL4", "doubted-customer", "A script doubts the customer.", "红线：质疑",
          "Whoever has to prove a complaint complains about that next.",
          "Do you have any proof?", "I will look it up by your name.",
          _RED, "error"),
    Entry("LX205", "RL5", "carelessness", "A script shows that nobody cares.", "红线：随意",
          "Indifference is heard in one word.",
          "Whatever.", "Which of the two would you like?",
          _RED, "error"),
)  # fmt: skip
"""The pages, by code."""

_PAGE = """{title}

    Why: {why}

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                script: {{lines: [{{agent: {bad}}}]}}
              - {{id: paid, title: Is paid, kinds: [end], emotion: 1}}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - id: ask
                title: Asks
                kinds: [first]
                emotion: 0
                script: {{lines: [{{agent: {good}}}]}}
              - {{id: paid, title: Is paid, kinds: [end], emotion: 1}}
        ```

    Source: {source}; the lexicon, entry {number}.
    """


def _speaks(judged: Judged) -> bool:
    """Something is said somewhere."""
    return any(point.script is not None for point in judged.journey.touchpoints.values())


def spoken(judged: Judged) -> Iterator[tuple[Loc, str, Speech]]:
    """Yield what is said: the path of the script, the touchpoint and the lines."""
    from blueprint.analysis.protocol import speeches

    journey = judged.journey
    for loc, _, touchpoint in journey.first_places:
        if touchpoint.script is not None:
            for speech in speeches(touchpoint.script, journey.language):
                yield (*loc, "script"), touchpoint.id, speech


@lru_cache(maxsize=1)  # The rules come one after another, and each looks for its own among the same.
def _remarks(judged: Judged) -> tuple[tuple[Loc, str, Speech, Remark], ...]:
    from blueprint.analysis.lexicon import remarks

    lexicon = judged.standards.lexicon
    return tuple(
        (loc, name, speech, remark)
        for loc, name, speech in spoken(judged)
        for remark in remarks(lexicon, speech.said)
    )


def _enter(entry: Entry) -> None:
    def check(judged: Judged) -> Iterator[Finding]:
        if not _speaks(judged):
            return
        for loc, name, speech, remark in _remarks(judged):
            if remark.code == entry.number:
                phrase = judged.standards.lexicon[remark.phrase]
                yield _finding(loc, name, speech, remark, phrase, _fault(entry, remark, phrase))

    check.__name__ = entry.name.replace("-", "_")
    check.__doc__ = _PAGE.format(
        title=entry.title,
        why=entry.why,
        bad=json.dumps(entry.bad, ensure_ascii=False),
        good=json.dumps(entry.good, ensure_ascii=False),
        source=entry.source,
        number=entry.number,
    )
    rule(entry.code, zh=entry.zh, severity=entry.severity, fix="safe" if entry.number in PAIRED else "")(
        check
    )


def _fault(entry: Entry, remark: Remark, phrase: Phrase) -> Message:
    """Say what the words do; of a team's own entry also what the team calls it."""
    said, does = remark.text.strip(), entry.title.removeprefix("A script ").removesuffix(".")
    en, zh = f"“{said}” {does}", f"“{said}”：{entry.zh}"
    if phrase.title and not remark.phrase.startswith(f"{entry.number.lower()}-"):
        return both(f"{en} ({phrase.title.pick('en')})", f"{zh}（{phrase.title.pick('zh')}）")
    return both(en, zh)


def _finding(
    loc: Loc, name: str, speech: Speech, remark: Remark, phrase: Phrase, fault: Message
) -> Finding:
    where: Loc = (*loc, *speech.loc(remark.line), "agent")
    return Finding(
        where,
        fault,
        _instead(phrase),
        name,
        fix=_replace(where, speech, remark),
    )


def _instead(phrase: Phrase) -> Message | None:
    english = next((said for key, said in phrase.prefer.items() if key.startswith("en")), None)
    chinese = next((said for key, said in phrase.prefer.items() if key.startswith("zh")), None)
    if not english and not chinese:
        return None
    first, first_zh = (english or chinese or ("",))[0], (chinese or english or ("",))[0]
    return both(f"say for example “{first}”", f"可以说“{first_zh}”")


def _replace(where: Loc, speech: Speech, remark: Remark) -> Repair | None:
    """Offer the line with the words exchanged, as a quoted YAML text; only the lexicon's exact pairs."""
    if remark.instead is None:
        return None
    written = next(u for u in speech.said if u.line == remark.line and u.speaker == "agent")
    place: Loc = (*where, written.language) if written.several else where
    return Repair(
        both(f"say “{remark.instead}”", f"改为“{remark.instead}”"),
        (Put(place, json.dumps(remark.instead, ensure_ascii=False)),),
    )


for _entry in TABLE:
    _enter(_entry)
