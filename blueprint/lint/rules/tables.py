"""MT, continued: the tables of answers that surveys name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from blueprint.diagnostic import Message
from blueprint.lint import uses
from blueprint.lint.rule import Finding, Neighbours, Scope, rule
from blueprint.lint.wording import both, did_you_mean
from blueprint.model.journey import Journey
from blueprint.model.survey import Survey
from blueprint.model.values import Loc

if TYPE_CHECKING:
    from blueprint.analysis.tables import UnfitTableError
    from blueprint.model.sheet import Sheet


def _tables(journey: Journey) -> Iterator[tuple[Loc, Survey, str]]:
    for at, survey in enumerate(journey.surveys):
        yield ("surveys", at), survey, journey.id
    for loc, _, point in journey.places:
        for at, survey in enumerate(point.surveys):
            yield (*loc, "surveys", at), survey, point.id


@rule("MT113", severity="error", zh="问卷数据表无法使用")
def unusable_table(scope: Scope) -> Iterator[Finding]:
    """The table of a survey cannot be read, or does not hold what the survey says.

    Why: Nothing is computed from half a table. The file has to be UTF-8 CSV beside the document, with a
        header, without formulas, and with numbers of the survey's scale in the columns that are named.
    Why(zh): 半张表算不出任何东西。文件必须是与文档放在一起的 UTF-8 CSV，有表头，没有公式，指明的列里是
        该调查量表上的数字。

    Bad:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                surveys: [{survey: csat, data: data/not-there.csv, column: rating, source: exit survey}]
        ```

    Good:
        ```yaml
        journey: refund
        stages:
          - stage: claim
            touchpoints:
              - {id: ask, title: Asks, kinds: [first], emotion: 0}
              - id: paid
                title: Is paid
                kinds: [end]
                emotion: 1
                surveys: [{survey: csat, answers: [2, 3, 9, 40, 46], source: exit survey}]
        ```

    Source: domain sheet 6 and 19: what is missing is not zero, and scales are not mixed.
    """
    journey = scope.model
    if not isinstance(journey, Journey) or scope.neighbours is None or not uses.surveys(journey):
        return
    for loc, survey, element in _tables(journey):
        if survey.data is None:
            continue
        sheet = scope.neighbours.sheet(scope.file, survey.data)
        if isinstance(sheet, Message):
            help_ = both(
                "save it as “CSV UTF-8” beside this document: a header, then one row per answer sheet",
                "以“CSV UTF-8”格式存放在本文档旁：第一行为表头，其后每份答卷一行",
            )
            yield Finding((*loc, "data"), sheet, help_, element)
            continue
        from blueprint.analysis.questionnaires import is_questionnaire

        if is_questionnaire(survey):
            yield from _unscorable((*loc, "data"), survey, sheet, scope.neighbours, element)
            continue
        from blueprint.analysis.answers import answered
        from blueprint.analysis.tables import UnfitTableError

        try:
            answered(survey, sheet, draws=0)
        except UnfitTableError as bad:
            yield _unfit(loc, survey, sheet, bad, element)


def _unscorable(
    loc: Loc, survey: Survey, sheet: Sheet, neighbours: Neighbours, element: str
) -> Iterator[Finding]:
    from blueprint.analysis.questionnaires import UnscorableError, scored
    from blueprint.source.standards import shipped_standards

    standards = neighbours.own_standards() or shipped_standards()
    instrument = standards.instruments.get(survey.survey)
    if instrument is None:
        return
    try:
        scored(sheet, instrument)
    except UnscorableError as bad:
        help_ = both(
            f"a column per item, called as in `blueprint playbook show instruments/{survey.survey}`; "
            "the same with `expected-` before it for what was expected",
            f"每个题项一列，列名见 `blueprint playbook show instruments/{survey.survey}`；"
            "期望值的列名前加 `expected-`",
        )
        yield Finding(loc, bad.reason, help_, element)


def _unfit(loc: Loc, survey: Survey, sheet: Sheet, bad: UnfitTableError, element: str) -> Finding:
    key = bad.key if bad.key in survey.model_fields_set else "data"
    if not bad.row:
        columns = ", ".join(f"`{name}`" for name in sheet.columns)
        return Finding(
            (*loc, key),
            both(f"the table has no column `{bad.column}`", f"表格中没有 `{bad.column}` 列"),
            did_you_mean(bad.column, sheet.columns, both(f"it has {columns}", f"表格中有 {columns}")),
            element,
        )
    cell = bad.cell[:40] or "…"
    return Finding(
        (*loc, key),
        both(
            f"row {bad.row} of column `{bad.column}` is `{cell}`, which is no answer of this survey",
            f"`{bad.column}` 列第 {bad.row} 行是 `{cell}`，不是这份问卷的回答",
        ),
        both(
            "numbers of one scale only: nps 0 to 10, csat 1 to 5, ces 1 to 7; leave a cell empty where "
            "nobody answered",
            "只能是同一尺度的数字：nps 0 到 10，csat 1 到 5，ces 1 到 7；没有回答的格留空",
        ),
        element,
    )
