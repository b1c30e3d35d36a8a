"""MT, continued: figures that contradict themselves, and tables beside the document that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from blueprint.diagnostic import Message
from blueprint.lint.rule import Finding, Scope, rule
from blueprint.lint.wording import both
from blueprint.model.journey import Journey
from blueprint.model.survey import Survey
from blueprint.model.touchpoint import Metric
from blueprint.model.values import Loc

_TABLE = both(
    "save it as “CSV UTF-8” beside this document, with a header and the columns that the document names",
    "以“CSV UTF-8”格式存放在本文档旁，首行为表头，并含文档所写的列",
)


@rule("MT114", severity="error", zh="数值自相矛盾或无法使用")
def impossible_figures(scope: Scope) -> Iterator[Finding]:
    """Counts, bands or a table say what cannot be, so that nothing is computed from them.

    Why: More hits than customers, bands that do not rise or a column that is not there are mistakes of
        writing. What rests on them is left out of the analysis, and the report would only show a gap.
    Why(zh): 命中数多于客户数、分界点不递增、列不存在，都是笔误。依赖它们的结果不会计算，报告里只会留下
        空白。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        forecasts:
          - {forecast: Asks again, bins: [{p: 0.1, n: 40, came: 44}], source: Case system}
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - {id: paid, title: Is paid, kinds: [end], emotion: 1}
        forecasts:
          - {forecast: Asks again, bins: [{p: 0.1, n: 44, came: 4}], source: Case system}
        ```

    Source: domain sheet 19: what is missing is not zero, and nothing is computed from what cannot be.
    """
    journey = scope.model
    if not isinstance(journey, Journey):
        return
    for at, forecast in enumerate(journey.forecasts):
        for number, group in enumerate(forecast.bins):
            if group.came > group.n:
                yield Finding(
                    ("forecasts", at, "bins", number, "came"),
                    both(f"{group.came} of {group.n} came true", f"{group.n} 例中有 {group.came} 例成真"),
                    both("no more can come true than there were", "成真的不可能多于总数"),
                    journey.id,
                )
    yield from _bands(journey)
    for at, metric in enumerate(journey.metrics):
        yield from _variants(("metrics", at), metric, journey.id)
    for loc, _, point in journey.places:
        for at, metric in enumerate(point.metrics):
            yield from _variants((*loc, "metrics", at), metric, point.id)
    yield from _tables(scope, journey)


def _bands(journey: Journey) -> Iterator[Finding]:
    surveys = [(("surveys", at), it, journey.id) for at, it in enumerate(journey.surveys)]
    placed: list[tuple[Loc, Survey, str]] = [*surveys]
    for loc, _, point in journey.places:
        placed += [((*loc, "surveys", at), it, point.id) for at, it in enumerate(point.surveys)]
    for loc, survey, element in placed:
        for (lower, low), (upper, high) in pairwise(survey.bands.items()):
            if low >= high:
                yield Finding(
                    (*loc, "bands", upper),
                    both(
                        f"`{upper}` begins at {high:g}, not above `{lower}` at {low:g}",
                        f"`{upper}` 从 {high:g} 开始，并不高于 `{lower}` 的 {low:g}",
                    ),
                    both("write the bands from the lowest to the highest", "请由低到高书写分界点"),
                    element,
                )


def _variants(loc: Loc, metric: Metric, element: str) -> Iterator[Finding]:
    if not metric.variants:
        return
    shares = [it.hits is not None for it in metric.variants.values()]
    for name, it in metric.variants.items():
        wrong = None
        if it.hits is not None and it.hits > it.n:
            wrong = both(
                f"`{name}` has {it.hits} hits of {it.n}", f"`{name}` 的 {it.n} 人中有 {it.hits} 人有效"
            )
        elif it.hits is None and (it.mean is None or it.sd is None):
            wrong = both(
                f"`{name}` states neither `hits` nor `mean` with `sd`",
                f"`{name}` 既没有 `hits`，也没有 `mean` 与 `sd`",
            )
        elif it.hits is None and any(shares):
            wrong = both(
                f"`{name}` states a mean, and others state hits", f"`{name}` 给出均值，其他方案给出有效人数"
            )
        if wrong is not None:
            help_ = both("state the same figure for each way tried", "每种方案请给出同一种数值")
            yield Finding((*loc, "variants", name), wrong, help_, element)


def _tables(scope: Scope, journey: Journey) -> Iterator[Finding]:
    if scope.neighbours is None:
        return
    if journey.voice is not None and journey.voice.data is not None:
        sheet = scope.neighbours.sheet(scope.file, journey.voice.data)
        problem: Message | None
        if isinstance(sheet, Message):
            problem = sheet
        else:
            from blueprint.analysis.voice import heard

            read = heard(journey.voice, {journey.voice.data: sheet})
            problem = read if isinstance(read, Message) else None
        if problem is not None:
            yield Finding(("voice", "data"), problem, _TABLE, journey.id)
    if journey.revenue is not None and journey.revenue.data is not None:
        sheet = scope.neighbours.sheet(scope.file, journey.revenue.data)
        if isinstance(sheet, Message):
            problem = sheet
        else:
            from blueprint.analysis.revenue import points_of

            pairs = points_of(journey.revenue, {journey.revenue.data: sheet})
            problem = pairs if isinstance(pairs, Message) else None
        if problem is not None:
            yield Finding(("revenue", "data"), problem, _TABLE, journey.id)
    customers = journey.customers
    if customers is not None and customers.tags and customers.data is not None:
        sheet = scope.neighbours.sheet(scope.file, customers.data)
        if isinstance(sheet, Message):  # another rule says so
            return
        from blueprint.analysis.tags import UnfitTagError, count

        for name, tag in customers.tags.items():
            try:
                count(tag, sheet.columns)
            except UnfitTagError as unfit:
                yield Finding(("customers", "tags", name), unfit.reason, _TABLE, journey.id)
