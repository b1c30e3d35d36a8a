"""WS: what only shows when all files of a workspace are looked at together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from blueprint.figures import number, percent
from blueprint.lint.portfolio import Card, Mood, Placed, Portfolio, Spot
from blueprint.lint.rule import Finding, Note, rule
from blueprint.lint.wording import SHOWN, both, ids, months_between

_CONFIDENT = 1.96


def _at(spot: Spot, message: tuple[str, str], help: tuple[str, str], element: str,
        notes: Sequence[Note] = (), excess: float | None = None) -> Finding:  # fmt: skip
    return Finding((), both(*message), both(*help), element, tuple(notes), None, excess, spot)


def _note(spot: Spot, en: str, zh: str) -> Note:
    return Note((), both(en, zh), spot)


def _title(placed: Placed) -> str:
    return placed.stop.title[0][1]


def _once_each(members: Sequence[Placed]) -> list[Placed]:
    """Return the first touchpoint of each service: a journey and what would replace it count as one."""
    found: dict[str, Placed] = {}
    for placed in members:
        found.setdefault(placed.card.family, placed)
    return list(found.values())


@rule("WS101", severity="info", zh="多个旅程各写了一遍同一个触点")
def duplicate_touchpoint(
    portfolio: Portfolio, *, alike: float = 0.9, journeys: int = 2, words: int = 4
) -> Iterator[Finding]:
    """Several journeys each describe a touchpoint of the same words in the same channel.

    Why: What is written twice is maintained twice: soon one text knows of the new form and the other does
        not. Touchpoints count as the same where at least `alike` of the words of their titles are common to
        both (Jaccard's index; Chinese is compared by pairs of characters) and their channel is the same.
        Titles of fewer than `words` words are too short to tell. A journey and the to-be that would
        replace it count as one.

    Why(zh): 写两遍就要维护两遍：很快一处知道新表格，另一处还不知道。两个标题共有的词达到 `alike`
        （Jaccard 系数；中文按相邻两字比较）且渠道相同时，视为同一触点。少于 `words` 个词的标题太短，
        无法判断。旅程和要替代它的 to-be 旅程算作一个。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: form, title: Fills in the claim form, channel: web, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: exchange
        stages:
          - stage: claim
            touchpoints:
              - {id: claim, title: Fills in the claim form, channel: web, kinds: [first], emotion: 0}
              - {id: sent, title: Gets another one, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: form, title: Fills in the claim form, channel: web, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: exchange
        stages:
          - stage: claim
            touchpoints:
              - {id: claim, title: Chooses another size, channel: web, kinds: [first], emotion: 0}
              - {id: sent, title: Gets another one, kinds: [end], emotion: 1}
        ```

    Source: Jaccard 1901 for the measure; design decision of this project for its limit.
    """
    for group in portfolio.alike(alike):
        several = _once_each(group.members)
        if group.words < words or len(several) < max(2, journeys):
            continue
        first, *others = several
        names = [placed.card.id for placed in several]
        yield _at(
            first.spot,
            (
                f"“{_title(first)}” is written in {len(several)} journeys: {ids(names)}",
                f"“{_title(first)}”写在 {len(several)} 个旅程中：{ids(names, 'zh')}",
            ),
            (
                "agree on one description and one owner; give one of them another title if they differ",
                "商定一份描述和一位负责人；如果确实不同，请换一个标题",
            ),
            first.stop.id,
            [
                _note(
                    placed.spot,
                    f"as `{placed.stop.id}` in `{placed.card.id}`",
                    f"在 `{placed.card.id}` 中是 `{placed.stop.id}`",
                )
                for placed in others[:SHOWN]
            ],
        )


@rule("WS102", zh="两个旅程对同一触点的评分互相矛盾")
def contradictory_scores(
    portfolio: Portfolio, *, apart: float = 0.5, alike: float = 0.9, words: int = 4
) -> Iterator[Finding]:
    """Two as-is journeys score the same touchpoint clearly apart for the same persona.

    Why: One of the two is out of date, or they speak of different things under one name. Figures and
        decisions that rest on either are as good as a coin. Scores are compared as parts of the scale: they
        are `apart` by that part of its whole length or more, and by more than chance where both were
        measured (95 %). Which touchpoints count as the same is told at WS101; short titles count where the
        ids are the same too.

    Why(zh): 两者之一已经过时，或者同名却说的不是一回事；依据哪一个做决定都只是碰运气。评分按在量表上的
        位置比较：相差达到整个量表长度的 `apart`；两者都是测量值时，差异还须超出偶然（95%）。
        怎样算同一触点见 WS101；标题太短时，id 也须相同。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: call, title: Calls us, channel: phone, kinds: [first], emotion: -1}
              - {id: paid, title: Is paid, kinds: [end], emotion: 2}
        ```
        ```yaml
        journey: exchange
        stages:
          - stage: claim
            touchpoints:
              - {id: call, title: Calls us, channel: phone, kinds: [first], emotion: 1}
              - {id: sent, title: Gets another one, kinds: [end], emotion: 2}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: call, title: Claims, channel: phone, kinds: [first], emotion: -1}
              - {id: paid, title: Is paid, kinds: [end], emotion: 2}
        ```
        ```yaml
        journey: exchange
        stages:
          - stage: claim
            touchpoints:
              - {id: call, title: Orders again, channel: phone, kinds: [first], emotion: 1}
              - {id: sent, title: Gets another one, kinds: [end], emotion: 2}
        ```

    Source: domain sheet 19: two figures differ only where their intervals do.
    """
    for group in portfolio.alike(alike):
        now = [placed for placed in group.members if placed.card.state == "as-is"]
        if group.words < words and len({placed.stop.id for placed in now}) > 1:
            continue
        scored: dict[str, list[tuple[Mood, Placed]]] = defaultdict(list)
        for placed in now:
            for mood in placed.stop.moods:
                for persona in _whose(placed.card, mood):
                    scored[persona].append((mood, placed))
        widest = max(
            (pair for persona, moods in scored.items() for pair in _extremes(persona, moods)),
            key=lambda pair: pair[1][0].value - pair[0][0].value,
            default=None,
        )
        if widest is None:
            continue
        (low, bad), (high, good), persona = widest
        gap = (high.value - low.value) / 2
        known = low.error is not None and high.error is not None
        error = ((low.error or 0.0) ** 2 + (high.error or 0.0) ** 2) ** 0.5 / 2 if known else 0.0
        if gap < apart or gap <= _CONFIDENT * error:
            continue
        en, zh = (f" for `{persona}`", f"（`{persona}`）") if persona else ("", "")
        yield _at(
            Spot(bad.card.file, bad.stop.felt),
            (
                f"“{_title(bad)}” is scored {number(low.written)} here and {number(high.written)} in "
                f"`{good.card.id}`{en}: {percent(gap)} of the scale apart",
                f"“{_title(bad)}”在这里是 {number(low.written)}，在 `{good.card.id}` 中是 "
                f"{number(high.written)}{zh}：相差量表长度的 {percent(gap)}",
            ),
            (
                "find out which is true today; if they are different moments, give them different titles",
                "弄清现在哪一个属实；如果是不同的时刻，请用不同的标题",
            ),
            bad.stop.id,
            [_note(Spot(good.card.file, good.stop.felt), "the other score", "另一个评分")],
            gap - apart,
        )


def _whose(card: Card, mood: Mood) -> Sequence[str]:
    """Return the personas a score is about; one for everybody is about each persona of the journey."""
    return (mood.persona,) if mood.persona else tuple(known.id for known in card.personas) or ("",)


def _extremes(
    persona: str, moods: Sequence[tuple[Mood, Placed]]
) -> Iterator[tuple[tuple[Mood, Placed], tuple[Mood, Placed], str]]:
    """Yield the lowest and the highest score, where they belong to different services."""
    low = min(moods, key=lambda it: it[0].value)
    high = max(moods, key=lambda it: it[0].value)
    if low[1].card.family != high[1].card.family:
        yield low, high, persona


def _linked(portfolio: Portfolio, *, replacing: bool = True) -> frozenset[str]:
    """Return the ids of the journeys that lead to another one, or that another one leads to."""
    names: dict[str, str] = {}
    for id, card in portfolio.journeys.items():
        names[id] = names[card.file.replace("\\", "/").rsplit("/", 1)[-1]] = id
    found: set[str] = set()
    for id, card in portfolio.journeys.items():
        others = {names.get(link.rsplit("/", 1)[-1]) for link in card.links}
        others |= {card.subject} if replacing else set()
        known = {other for other in others if other in portfolio.journeys and other != id}
        if known:
            found |= {id, *(other for other in known if other)}
    return frozenset(found)


def _mostly_linked(portfolio: Portfolio) -> bool:
    count = len(portfolio.journeys)
    return count > 2 and len(_linked(portfolio, replacing=False)) * 2 > count


@rule("WS103", severity="info", zh="旅程与其他旅程都没有关联", calm=_mostly_linked)
def orphan_journey(portfolio: Portfolio) -> Iterator[Finding]:
    """A journey leads to no other one, and no other one leads to it.

    Why: Customers do not stop being customers where a file ends: who complains has bought before. A journey
        that nothing leads to is found by nobody who starts reading elsewhere. Journeys are linked where
        `links` names the id or the file of another one, or where one `replaces` another. Unless asked, it
        speaks only where most journeys are linked by `links`.

    Why(zh): 文件结束了，客户并没有离开：投诉的人之前买过东西。没有任何旅程通向它，
        从别处读起的人就找不到它。`links` 写了另一个旅程的 id 或文件，或者用 `replaces` 替代它，就算有关联。
        默认只在多数旅程已用 `links` 关联时才提示。

    Bad:
        ```yaml
        journey: refund
        links: [purchase]
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: purchase
        stages:
          - stage: shop
            touchpoints:
              - {id: look, title: Looks around, kinds: [first], emotion: 0}
              - {id: bought, title: Takes it home, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: works, title: It works again, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        links: [purchase]
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: purchase
        stages:
          - stage: shop
            touchpoints:
              - {id: look, title: Looks around, kinds: [first], emotion: 0}
              - {id: bought, title: Takes it home, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: repair
        links: [purchase]
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: works, title: It works again, kinds: [end], emotion: 1}
        ```

    Source: design decision of this project.
    """
    if not portfolio.complete or len(portfolio.journeys) < 2:
        return
    linked = _linked(portfolio)
    for id, card in portfolio.journeys.items():
        if id in linked or not card.whole:
            continue
        yield _at(
            card.spot,
            (
                f"no other journey leads to `{id}`, and it leads to none",
                f"没有其他旅程通向 `{id}`，它也不通向任何旅程",
            ),
            (
                "name what comes before or after it under `links:`, by the journey's id or file",
                "在 `links:` 下写出它之前或之后的旅程的 id 或文件",
            ),
            id,
        )


@rule("WS104", severity="info", zh="早该复核")
def overdue_review(portfolio: Portfolio, *, months: int = 12) -> Iterator[Finding]:
    """A document was last reviewed more than `months` months ago.

    Why: A map of how things were misleads whoever plans by it. Only documents that say when they were
        reviewed are held to it. Which day it is comes from `--today`, else SOURCE_DATE_EPOCH, else the
        system's date.

    Why(zh): 描述过去情况的图会误导据此做计划的人。只检查写了复核日期的文档。
        当天日期取自 `--today`，其次是 SOURCE_DATE_EPOCH，最后是系统日期。

    Bad:
        ```yaml
        journey: refund
        reviewed: 2020-03-31
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: works, title: It works again, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        reviewed: 2026-01-31
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: works, title: It works again, kinds: [end], emotion: 1}
        ```

    Source: design decision of this project.
    """
    today = portfolio.today
    if today is None:
        return
    for card in portfolio.cards:
        if not card.reviewed:
            continue
        passed = months_between(date.fromisoformat(card.reviewed), today)
        if passed < months or (passed == months and today.day == int(card.reviewed[-2:])):
            continue
        who = card.owner
        yield _at(
            Spot(card.file, card.reviewed_at),
            (
                f"`{card.id}` was last reviewed {passed} months ago, on {card.reviewed}",
                f"`{card.id}` 上次复核是在 {passed} 个月前（{card.reviewed}）",
            ),
            (
                f"ask {who or 'somebody to answer for it and'} to go through it and write the day under "
                "`reviewed:`",
                f"请{who or '一位负责人'}重新核对，并把日期写在 `reviewed:` 下",
            ),
            card.id,
            excess=float(passed - months),
        )


@rule("WS105", severity="info", zh="多个 to-be 旅程要替代同一个旅程")
def rival_replacements(portfolio: Portfolio) -> Iterator[Finding]:
    """Several to-be journeys would replace the same journey.

    Why: Only one of them will be built. Until somebody decides, teams plan for different futures.

    Why(zh): 最终只会建成其中一个。在有人做出决定之前，各团队会按不同的未来做计划。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: refund-by-app
        state: to-be
        replaces: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Taps, kinds: [first], emotion: 1}
              - {id: paid, title: Is paid at once, kinds: [end], emotion: 2}
        ```
        ```yaml
        journey: refund-by-phone
        state: to-be
        replaces: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Calls, kinds: [first], emotion: 1}
              - {id: paid, title: Is paid at once, kinds: [end], emotion: 2}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: refund-by-app
        state: to-be
        replaces: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Taps, kinds: [first], emotion: 1}
              - {id: paid, title: Is paid at once, kinds: [end], emotion: 2}
        ```

    Source: design decision of this project.
    """
    planned: dict[str, dict[str, Card]] = defaultdict(dict)
    for card in portfolio.of_kind("journey"):
        if card.state == "to-be" and card.subject:
            planned[card.subject].setdefault(card.id, card)
    for subject, rivals in planned.items():
        first, *others = rivals.values()
        if not others:
            continue
        names = [card.id for card in (first, *others)]
        yield _at(
            Spot(others[0].file, others[0].subject_at),
            (
                f"{len(names)} journeys would replace `{subject}`: {ids(names)}",
                f"有 {len(names)} 个旅程要替代 `{subject}`：{ids(names, 'zh')}",
            ),
            (
                "decide for one, and take `replaces:` out of the others until then",
                "请选定其中一个；在此之前，从其余旅程中去掉 `replaces:`",
            ),
            others[0].id,
            [
                _note(Spot(card.file, card.subject_at), f"`{card.id}` would too", f"`{card.id}` 也要替代它")
                for card in (first, *others[1:])[:SHOWN]
            ],
        )


def _in_use(portfolio: Portfolio) -> bool:
    """Some journey refers to a persona that has a document of its own."""
    written = {card.id for card in portfolio.of_kind("persona")}
    return any(
        known.id in written
        for card in portfolio.of_kind("journey")
        for known in card.personas
        if not known.told
    )


@rule("WS106", severity="info", zh="没有旅程使用的画像", calm=_in_use)
def unused_persona(portfolio: Portfolio) -> Iterator[Finding]:
    """A persona has a document, and no journey names it.

    Why: Either a journey forgets these customers, or the persona is left over. Both are worth a look.
        Unless asked, it speaks only where some journey names a persona that has a document.

    Why(zh): 要么有旅程忘了这类客户，要么这个画像已经没用。两种情况都值得看一看。
        默认只在有旅程引用画像文档时才提示。

    Bad:
        ```yaml
        journey: refund
        persona: lin
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        persona: lin
        title: Lin, buys for two
        ```
        ```yaml
        persona: otto
        title: Otto, buys for his shop
        ```

    Good:
        ```yaml
        journey: refund
        persona: [lin, otto]
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        persona: lin
        title: Lin, buys for two
        ```
        ```yaml
        persona: otto
        title: Otto, buys for his shop
        ```

    Source: design decision of this project.
    """
    journeys = portfolio.of_kind("journey")
    if not portfolio.complete or not journeys or not all(card.whole for card in journeys):
        return  # What could not be read may name it.
    used = {known.id for card in journeys for known in card.personas}
    for card in portfolio.of_kind("persona"):
        if card.id and card.id not in used:
            yield _at(
                card.spot,
                (f"no journey names the persona `{card.id}`", f"没有旅程使用画像 `{card.id}`"),
                (
                    "name it under `persona:` of the journeys these customers take, or remove it",
                    "在这类客户所走旅程的 `persona:` 下写上它，或删除它",
                ),
                card.id,
            )


@rule("WS107", severity="info", zh="服务蓝图的复核早于其旅程")
def blueprint_behind_journey(portfolio: Portfolio, *, months: int = 1) -> Iterator[Finding]:
    """A blueprint was last reviewed more than `months` months before the journey it delivers.

    Why: The journey was gone through and perhaps changed; nobody has looked since whether what happens
        behind it still fits.

    Why(zh): 旅程已经重新核对过，也许改过；之后没有人看过后台流程是否仍然相符。

    Bad:
        ```yaml
        journey: refund
        reviewed: 2026-01-20
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        reviewed: 2025-06-30
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Good:
        ```yaml
        journey: refund
        reviewed: 2026-01-20
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        blueprint: refund-delivery
        journey: refund
        reviewed: 2026-01-20
        actors: {agent: {zone: frontstage}}
        steps:
          - {id: take, at: ask, actor: agent, does: Takes the claim, next: pay}
          - {id: pay, at: paid, actor: agent, does: Pays it out}
        ```

    Source: design decision of this project.
    """
    for card in portfolio.of_kind("blueprint"):
        journey = portfolio.journeys.get(card.subject)
        if journey is None or not journey.reviewed or not card.reviewed:
            continue
        behind = months_between(date.fromisoformat(card.reviewed), date.fromisoformat(journey.reviewed))
        if behind <= months:
            continue
        yield _at(
            Spot(card.file, card.reviewed_at),
            (
                f"`{card.id}` was reviewed {behind} months before its journey `{journey.id}` "
                f"({card.reviewed}, {journey.reviewed})",
                f"`{card.id}` 的复核比其旅程 `{journey.id}` 早 {behind} 个月"
                f"（{card.reviewed}，{journey.reviewed}）",
            ),
            (
                f"let {card.owner or 'its owner'} hold it against the journey as it is now",
                f"请{card.owner or '其负责人'}对照现在的旅程重新核对",
            ),
            card.id,
            [_note(Spot(journey.file, journey.reviewed_at), "the journey's review", "旅程的复核")],
            float(behind - months),
        )


@rule("WS108", severity="info", zh="多个旅程各写了一遍同一个画像")
def copied_persona(portfolio: Portfolio) -> Iterator[Finding]:
    """Several journeys write out the same persona, or one writes out what has a document of its own.

    Why: A persona written out in several files is soon several people under one name. In a document of its
        own it is described once, and every journey names it.

    Why(zh): 写在多个文件里的画像很快会变成同名的不同的人。放进单独的文档，只需描述一次，各旅程引用即可。

    Bad:
        ```yaml
        journey: refund
        persona: {persona: lin, title: "Lin, buys for two"}
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: repair
        persona: {persona: lin, title: "Lin, lives alone"}
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: works, title: It works again, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        persona: lin
        title: Lin, buys for two
        ```
        ```yaml
        journey: refund
        persona: lin
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: repair
        persona: lin
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: works, title: It works again, kinds: [end], emotion: 1}
        ```

    Source: design decision of this project.
    """
    documents = {card.id: card for card in reversed(portfolio.of_kind("persona"))}
    written: dict[str, list[tuple[Card, str, Spot]]] = defaultdict(list)
    for card in portfolio.of_kind("journey"):
        for known in card.personas:
            if known.told:
                written[known.id].append((card, known.told, Spot(card.file, known.at)))
    for id, places in written.items():
        document = documents.get(id)
        if document is None and len({card.family for card, _, _ in places}) < 2:
            continue
        (_, _, last), others = places[-1], places[:-1]
        differ = len({told for _, told, _ in places}) > 1
        count = len(places) + (document is not None)
        notes = [_note(spot, f"also in `{card.id}`", f"`{card.id}` 中也有") for card, _, spot in others]
        if document is not None:
            notes.insert(0, _note(document.spot, "its own document", "它自己的文档"))
        yield _at(
            last,
            (
                f"the persona `{id}` is written out in {count} files"
                + (", and not alike" if differ else ""),
                f"画像 `{id}` 写在了 {count} 个文件中" + ("，而且不一致" if differ else ""),
            ),
            (
                f"describe it once in a file that begins `persona: {id}`, and name it: `persona: {id}`",
                f"在以 `persona: {id}` 开头的单独文件中描述一次，其他地方只写 `persona: {id}`",
            ),
            id,
            notes[:SHOWN],
        )


@rule("WS109", zh="日期在未来")
def future_date(portfolio: Portfolio) -> Iterator[Finding]:
    """Something was reviewed, asked or measured on a day that has not come yet.

    Why: It is a slip of the pen, or a plan written down as a fact. Whatever is computed by dates, such as
        which wave of a survey is the latest, follows the wrong one. Which day it is comes from `--today`,
        else SOURCE_DATE_EPOCH, else the system's date.
    Why(zh): 不是笔误，就是把计划当成了事实。凡按日期计算的内容（例如哪一轮调查最新）都会跟着错。
        当天日期取自 `--today`，其次是 SOURCE_DATE_EPOCH，最后是系统日期。

    Bad:
        ```yaml
        journey: refund
        reviewed: 2999-01-31
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: works, title: It works again, kinds: [end], emotion: 1}
        ```

    Good:
        ```yaml
        journey: refund
        reviewed: 2026-01-31
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        ```
        ```yaml
        journey: repair
        stages:
          - stage: workshop
            touchpoints:
              - {id: bring, title: Brings it, kinds: [first], emotion: 0}
              - {id: works, title: It works again, kinds: [end], emotion: 1}
        ```

    Source: design decision of this project.
    """
    today = portfolio.today
    for card in portfolio.cards if today is not None else ():
        if today is not None and card.latest and date.fromisoformat(card.latest) > today:
            yield _at(
                Spot(card.file, card.latest_at),
                (f"{card.latest} is still to come", f"{card.latest} 还没有到"),
                (
                    "write the day on which it was; for a plan leave the date out",
                    "写实际发生的日期；若是计划，请去掉日期",
                ),
                card.id,
            )
