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
    why_zh: str
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
          "光秃秃的一个“不”是一堵墙。说出还能做什么，谈话才能继续。",
          "That is impossible.", "That is not possible today, but I can have it here tomorrow.", "S000"),
    Entry("LX102", "L02", "admitted-ignorance", "A script admits not knowing and leaves it there.",
          "只说不知道，没有下文", "The customer did not ask what the employee knows, but who finds out.",
          "客户问的不是员工知不知道，而是谁去弄清楚。",
          "I don't know.", "I don't know. Let me check with the workshop.", "S000"),
    Entry("LX103", "L03", "blamed-customer", "A script tells customers that they are wrong.",
          "说客户搞错了", "Being right costs the house more than checking once more.",
          "争赢了客户，代价比再核对一遍大得多。",
          "You are wrong.", "Let me check the details once more.", "S000"),
    Entry("LX104", "L04", "not-my-job", "A script sends the customer away because it is not one's job.",
          "以“不归我管”推开客户", "The customer has one counterpart: the house.",
          "在客户眼里，对面只有一个对象：这家企业。",
          "That is not my job.", "I will bring in the colleague who can do it.", "S000"),
    Entry("LX105", "L05", "must", "A script tells customers what they must do.", "命令客户“您必须……”",
          "Orders make people resist even what they would have done gladly.",
          "命令会让人抗拒，哪怕是他们本来乐意做的事。",
          "You must fill in the form first.", "Please fill in the form first.", "S000"),
    Entry("LX106", "L06", "against-the-rules", "A script hides behind rules.", "拿规定当挡箭牌",
          "The rule is the house's, and the customer never agreed to it. Say what can be done within it.",
          "规定是企业自己的，客户从来没有同意过。请说在规定之内能做什么。",
          "That is against our policy.", "That is against our policy, so here is what I can do.", "S004"),
    Entry("LX107", "L07", "regret-for-apology", "A script regrets instead of apologising.",
          "以“遗憾”代替道歉", "Regret has no author. An apology is made by somebody for something.",
          "“遗憾”没有主语。道歉是某个人为某件事而道的。",
          "We regret any inconvenience.", "I apologise for sending the wrong lamp.", "S000"),
    Entry("LX108", "L08", "but-after-empathy", "A script takes back its understanding with a “but”.",
          "表示理解之后接“但是”", "All that stands before the “but” is forgotten.",
          "“但是”之前说的一切，客户都会忘掉。",
          "I understand, but the system decides.", "I understand. Here is what I can do.", "S000",
          "info"),
    Entry("LX109", "L09", "yes-but", "A script answers with “yes, but”.", "以“是的，但是……”反驳",
          "“Yes, but” is a no in disguise. Say back what was meant instead.",
          "“是的，但是”是换了说法的“不”。不如把对方的意思复述一遍。",
          "Yes, but you did not read the notice.", "You mean that the notice was hard to find.", "S002"),
    Entry("LX110", "L10", "never-happens", "A script says that this normally never happens.",
          "说“这种事通常不会发生”", "It happened to this customer, who now feels disbelieved as well.",
          "事情偏偏发生在这位客户身上，这么说等于又告诉他：我不信。",
          "This normally never happens.", "I am sorry that this happened to you.", "S002"),
    Entry("LX111", "L11", "abbreviation-or-slang", "A script uses abbreviations or slang.", "缩写或俚语",
          "What insiders find quick, others have to decode.",
          "圈内人觉得省事的说法，别人得先破译。",
          "Please send the papers ASAP.", "Please send the papers by Friday.", "S004"),
    Entry("LX112", "L12", "only-redone", "A script offers to do it again, and nothing else.", "只说“重做”",
          "Doing it again gives back what was paid for, but not the time, nor the trust.",
          "重做一遍，还回来的是客户花钱买的东西，还不回时间，也还不回信任。",
          "We can redo it.", "I am sorry. We can redo it at once, and it is on us.", "S000"),
    Entry("LX113", "L13", "defended-procedure", "A script defends the procedure.", "拿流程辩解",
          "Whoever defends the process speaks of the house while the customer speaks of the dinner.",
          "替流程辩解的人在谈企业，而客户谈的是那顿晚餐。",
          "Our kitchen has a standard for every steak.", "You are right, this one is overdone.", "S000"),
    Entry("LX114", "L14", "other-customers", "A script points at customers who did not complain.",
          "拿别的客户作比", "Most who are unhappy say nothing: it proves nothing, and isolates this one.",
          "不满的人多数不出声：拿别人作比什么也证明不了，只会让这位客户觉得孤立。",
          "Nobody else has complained.", "Thank you for telling us.", "S002"),
    Entry("LX115", "L15", "our-side-first", "A script asks customers to see it from our side.",
          "要客户从我们的角度看", "It is the house's part to see things from the other side.",
          "换位思考是企业该做的事，不是客户的义务。",
          "Please see it from our side.", "I can see what this means for you.", "S002"),
    Entry("LX116", "L16", "unkeepable-promise", "A script promises what nobody can keep.", "做不到的承诺",
          "A guarantee without limits is broken sooner or later, and then nothing is believed.",
          "没有边界的保证迟早会落空，之后说什么都没有人信了。",
          "Nothing can go wrong.", "I will tell you by noon what we found.", "S002, S000"),
    Entry("LX117", "L17", "vague-promise", "A script promises something without a time.", "没有时间的承诺",
          "“Soon” is an hour for one and a week for the other.",
          "“尽快”对一个人是一小时，对另一个人是一周。",
          "We will get back to you soon.", "We will get back to you by five today.", "S001, S000"),
    Entry("LX118", "L18", "passed-on-blame", "A script puts the blame elsewhere.", "推卸责任",
          "For the customer the courier and the warehouse are the house.",
          "在客户看来，快递和仓库就是这家企业。",
          "That is the courier's fault.", "I will find out where it is.", "S001"),
    Entry("LX119", "L19", "interrogation", "A script asks one question after another.", "一连串提问",
          "Three questions in a row are an interrogation. One open question gets more of an answer.",
          "一连三个问题就是审问。一个开放式问题得到的回答更多。",
          "When did you book? Who took the call? What did they say?", "Could you tell me what happened?",
          "S002", "info"),
    Entry("LX120", "L20", "jargon", "A script uses words of the trade.", "行业术语",
          "Customers do not ask what a word means; they think it was not meant for them. Add your own "
          "words to the lexicon in a playbook.",
          "客户不会追问一个词是什么意思，只会觉得这话不是对自己说的。你们自己的行话可以加进手册的词库。",
          "The RMA is in the ticket queue.", "The returned lamp is with our workshop.",
          "S000, S001, S004", "info"),
    Entry("LX201", "RL1", "contempt", "A script shows contempt.", "红线：蔑视",
          "Once a customer has felt despised, no solution mends it.",
          "客户一旦感到被轻视，任何方案都弥补不了。",
          "It is not that hard.", "Let me walk you through it.", _RED,
          "error"),
    Entry("LX202", "RL2", "irritation", "A script shows irritation.", "红线：烦躁",
          "The tenth question is the customer's first.",
          "对员工是第十遍，对客户是第一遍。",
          "How many times do I have to say it?", "Let me put it another way.",
          _RED, "error"),
    Entry("LX203", "RL3", "refusal", "A script refuses and offers nothing.", "红线：拒绝",
          "A refusal ends the conversation and often the relationship. An alternative within two clauses "
          "makes it an answer.",
          "一口拒绝会结束谈话，往往也结束关系。拒绝之后两句之内给出替代方案，才算一个答复。",
          "There is nothing we can do.", "We can't do that here. I can take you to the desk that does.",
          _RED, "error"),
    Entry("LX204", "RL4", "doubted-customer", "A script doubts the customer.", "红线：质疑",
          "Whoever has to prove a complaint complains about that next.",
          "要客户先证明自己有理，客户接下来投诉的就是这件事。",
          "Do you have any proof?", "I will look it up by your name.",
          _RED, "error"),
    Entry("LX205", "RL5", "carelessness", "A script shows that nobody cares.", "红线：随意",
          "Indifference is heard in one word.",
          "漫不经心，一个词就听得出来。",
          "Whatever.", "Which of the two would you like?",
          _RED, "error"),
)  # fmt: skip
"""The pages, by code."""

_PAGE = """{title}

    Why: {why}
    Why(zh): {why_zh}

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
        why_zh=entry.why_zh,
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
