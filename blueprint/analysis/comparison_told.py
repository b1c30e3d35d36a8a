"""A comparison in words, English or Chinese: for the terminal, for pull requests, for pages and drawings.

Whatever a document says passes through `quote` and `code`, so that each format can make it harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from blueprint.analysis.changes import Change
from blueprint.analysis.compared import Comparison, Version
from blueprint.analysis.comparison_results import BudgetChange, Cause, FigureChange
from blueprint.analysis.comparison_voice import FEW, Voice, cut
from blueprint.analysis.comparison_words import ELEMENTS, FIELDS, FIGURES, KINDS
from blueprint.analysis.differences import Detail, Plain, differences, is_text, name_of
from blueprint.figures import duration, number, percent, signed
from blueprint.model.values import Text

_DURATIONS = frozenset(
    {
        "standard",
        "tolerance",
        "wait",
        "p50",
        "p90",
        "due",
        "within",
        "respond",
        "resolve",
        "follow_up",
        "after",
    }
)

_IDS = frozenset({"actor", "at"})
"""Fields that name an element by its id."""


class Teller(Voice):
    """Says what is different about one document."""

    def cause(self, figure: FigureChange, cause: Cause) -> str:
        """Say what did how much: `arrive` rescored 2 → −1: −0.9."""
        return f"{self.factor(cause)}{self.say(': ', '：')}{self.delta(figure, cause.part)}"

    def factor(self, cause: Cause) -> str:
        """Say which changes are meant."""
        factor = cause.factor
        name = KINDS[factor.kind].pick(self.language)
        if factor.kind in ("structure", "outcomes") and factor.ids:
            came = [i for i in factor.ids if self._is("added", i)]
            gone = [i for i in factor.ids if i not in came]
            parts = [
                self.names(ids) + self.say(f" {en}", zh)
                for ids, en, zh in ((came, "added", "新增"), (gone, "removed", "移除"))
                if ids
            ]
            if factor.ways:
                parts.append(self.names(factor.ways) + self.say(" leads elsewhere", " 改道"))
            return self.comma.join(parts)
        if not factor.ids:
            return name
        told = f"{self.names(factor.ids)} {name}"
        if len(factor.ids) == 1 and factor.kind in ("rescored", "retimed", "rerouted"):
            change = self._find(factor.kind, factor.ids[0])
            if change is not None and (what := self._short(change)):
                return f"{told} {what}"
        return told

    def _is(self, kind: str, id: str) -> bool:
        return self._find(kind, id) is not None

    def _find(self, kind: str, id: str) -> Change | None:
        d = self.compared.difference
        return next((c for c in d.changes if c.kind == kind and c.id == id), None) if d else None

    # -- changes ---------------------------------------------------------------------------------------

    def change(self, change: Change) -> str:
        """Say what changed, in one sentence without a full stop."""
        element = ELEMENTS[change.element].pick(self.language)
        whose = "" if change.element in ("document", "entry") else self.code(change.id)
        head = " ".join(filter(None, (element if change.element != "touchpoint" else "", whose))) or element
        title = self.text(change.title)
        match change.kind:
            case "added" | "removed":
                verb = self.say(change.kind, "新增" if change.kind == "added" else "移除")
                said_title = self.quote(cut(title))
                said = f"{head} {verb}" + (
                    f" {said_title}" if title and title != change.id and said_title != whose else ""
                )
                score = self._score(change.after if change.kind == "added" else change.before)
                return said + (self.say(f" (emotion {score})", f"（情绪 {score}）") if score else "")
            case "moved":
                return f"{head} {self._moved(change)}"
            case "renamed" if change.field in ("id", "stage"):
                return self.say(
                    f"{head} was {self.code(str(change.before))}",
                    f"{head} 原名 {self.code(str(change.before))}",
                )
            case "renamed" | "changed":
                field = self.field(change.field)
                if change.element == "budget":
                    field = ""
                return f"{head} {field} ".rstrip() + self.say(": ", "：") + self._details(change)
            case _:
                return f"{head} {KINDS[change.kind].pick(self.language)} {self._short(change)}".rstrip()

    def _moved(self, change: Change) -> str:
        if not isinstance(change.before, Mapping):
            return self.say("moved", "移位")
        a, b = change.before, change.after
        if a["stage"] != b["stage"]:
            here, there = self.code(a["stage"]), self.code(b["stage"])
            return self.say(f"moved from stage {here} to {there}", f"从阶段 {here} 移到 {there}")
        if not b["after"]:
            return self.say("moved to the beginning", "移到最前")
        return self.say(f"moved, now after {self.code(b['after'])}", f"移到 {self.code(b['after'])} 之后")

    def field(self, field: str) -> str:
        """Return the name of a field."""
        known = FIELDS.get(field)
        return known.pick(self.language) if known else field

    def _short(self, change: Change) -> str:
        match change.kind:
            case "rescored":
                return self._rescored(change)
            case "rerouted":
                return self._rerouted(change.before, change.after)
            case _:
                return self._details(change)

    def _rescored(self, change: Change) -> str:
        one, other = scores(change.before), scores(change.after)
        if one and other and ("" in one) != ("" in other):
            # From a score for each persona to one for all, or the other way round.
            return f"{self._scores(one)} → {self._scores(other)}"
        parts = []
        for who in dict.fromkeys((*one, *other)):
            a, b = one.get(who), other.get(who)
            if a == b:
                continue
            name = f"{self.code(who)} " if who else ""
            parts.append(f"{name}{self._one_score(a)} → {self._one_score(b)}{self._gap(a, b)}")
        return self.comma.join(parts)

    def _gap(self, one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> str:
        """Keep assumed and measured apart where a score went from one to the other."""
        if one is None or other is None or measured(one) == measured(other):
            return ""
        was, now = (
            self.say("measured", "实测") if measured(it) else self.say("assumed", "假设")
            for it in (one, other)
        )
        return self.say(f" ({was} → {now})", f"（{was} → {now}）")

    def _one_score(self, score: Mapping[str, Any] | None) -> str:
        if score is None:
            return self.say("unscored", "未评分")
        mean = float(score["mean"])
        return signed(mean) if self.neutral == 0 else number(mean)

    def _score(self, summary: Plain) -> str:
        if not isinstance(summary, Mapping) or "emotion" not in summary:
            return ""
        return self._scores(scores(summary["emotion"]))

    def _scores(self, found: Mapping[str, Mapping[str, Any]]) -> str:
        return self.comma.join(
            (f"{self.code(who)} " if who else "") + self._one_score(score) for who, score in found.items()
        )

    def _rerouted(self, before: Plain, after: Plain) -> str:
        parts = []
        for target in dict.fromkeys((*before, *after)):
            a, b = before.get(target), after.get(target)
            if a == b:
                continue
            was = percent(a["share"]) if a and "share" in a else "–"
            now = percent(b["share"]) if b and "share" in b else "–"
            said = f"→ {self.code(target)} {was} → {now}" if was != now else f"→ {self.code(target)}"
            if a is None and was == now:
                said += self.say(" added", " 新增")
            elif b is None and was == now:
                said += self.say(" removed", " 移除")
            elif was == now:
                said += " " + self.comma.join(self._detail(d) for d in _leaves(a, b))
            elif (a or {}).get("assumed") and b and not b.get("assumed"):
                said += self.say(" (was assumed)", "（原为假设）")
            parts.append(said)
        return self.comma.join(parts[:FEW]) + self._rest(len(parts))

    def _details(self, change: Change) -> str:
        details = change.details or (Detail((change.field,), change.before, change.after),)
        told = [self._detail(detail, 1) for detail in details[:FEW]]
        return self.say("; ", "；").join(told) + self._rest(len(details))

    def _rest(self, count: int) -> str:
        more = count - FEW
        return self.say(f" … {more} more", f" ……另有 {more} 处") if more > 0 else ""

    def _detail(self, detail: Detail, skip: int = 0) -> str:
        path = detail.path[skip:]
        field = path[-1] if path else (detail.path[-1] if detail.path else "")
        if (detail.before is None) != (detail.after is None) and path:
            item = detail.after if detail.before is None else detail.before
            path = path[:-1] if path[-1] == name_of(item) else path
        where = " › ".join(
            self.field(part) if part in FIELDS else self.quote(cut(part)) for part in path if part
        )
        if detail.before is None:
            return (f"{where} " if where else "") + "+ " + self._plain(field, detail.after)
        if detail.after is None:
            return (f"{where} " if where else "") + "− " + self._plain(field, detail.before)
        was, now = self._plain(field, detail.before), self._plain(field, detail.after)
        if was == now and is_text(detail.before) and is_text(detail.after):
            # What this reader gets is the same; the words of another language are not.
            tags = [
                t for t in {**detail.before, **detail.after} if detail.before.get(t) != detail.after.get(t)
            ]
            was, now = (
                self.comma.join(f"{t} {self._plain('', side.get(t))}" for t in tags)
                for side in (detail.before, detail.after)
            )
        return (f"{where} " if where else "") + f"{was} → {now}"

    def _plain(self, field: str, value: Plain) -> str:
        if value is None:
            return "–"
        if isinstance(value, bool):
            return self.say("yes", "是") if value else self.say("no", "否")
        if isinstance(value, (int, float)):
            if field == "p":
                return percent(float(value))
            return duration(value, self.language) if field in _DURATIONS else number(float(value))
        if isinstance(value, str):
            return self.code(value) if field in _IDS else self.quote(cut(value))
        if isinstance(value, Mapping):
            if set(value) <= {"amount", "currency"}:
                return f"{value.get('amount', 0):,g} {self.code(str(value.get('currency', '')))}"
            if all(isinstance(one, str) for one in value.values()):
                return self.quote(
                    cut(Text.model_construct(root=dict(value)).pick(self.language, self.fallback))
                )
            named = next((one for one in value.values() if isinstance(one, (str, Mapping))), None)
            return self._plain("", named) if named is not None else "…"
        return self.comma.join(self._plain(field, one) for one in list(value)[:FEW])

    # -- budgets and verdicts --------------------------------------------------------------------------

    def budget(self, budget: BudgetChange) -> str:
        """Say what became of a promise."""
        name = FIGURES[budget.name].pick(self.language)
        states = {
            "kept": self.say("kept", "守住"), "broken": self.say("broken", "突破"),
            "untested": self.say("not testable", "无从检验"), "none": self.say("none", "无"),
        }  # fmt: skip
        limit = self.quote(budget.limit)
        return f"{name} {limit}{self.say(': ', '：')}{states[budget.before]} → {states[budget.after]}"

    def headline(self) -> str:
        """Say in one sentence what happened to this document."""
        title, (kind, said) = self.title(), self._came()
        if kind == "whole":
            return f"{title}{self.say(' ', '')}{said}"
        words = {
            "worse": (" is worse: ", "变差了："), "promise": (" breaks a promise: ", "突破了承诺："),
            "better": (" is better: ", "变好了："), "": (": ", "："),
        }  # fmt: skip
        return title + self.say(*words[kind]) + said

    def summary(self) -> str:
        """Say the same where the title already stands."""
        kind, said = self._came()
        words = {
            "worse": ("Worse: ", "变差："), "promise": ("Breaks a promise: ", "突破承诺："),
            "better": ("Better: ", "变好："),
        }  # fmt: skip
        said = (self.say(*words[kind]) if kind in words else "") + said
        return said[:1].upper() + said[1:]

    def _came(self) -> tuple[str, str]:
        """Return what came of it (worse, promise, better, nothing, or the document as a whole) and how."""
        old, new, d = self.compared.old, self.compared.new, self.compared.difference
        if old is None or new is None:
            return "whole", self.say("is new", "是新增的") if old is None else self.say("is gone", "已删除")
        if d is None:
            side = self.say("new", "新") if new.model is None else self.say("old", "旧")
            return "", self.say(
                f"the {side} version could not be read, so nothing can be compared",
                f"{side}版本无法读取，因此无从比较",
            )
        worst = [f for f in d.figures if f.regressed]
        if worst:
            told = self._moves(worst)
            if worst[0].causes:
                told += self._because(worst[0])
            return "worse", told
        broken = [b for b in d.budgets if b.newly_broken]
        if broken:
            return "promise", self.budget(broken[0])
        if self.compared.regressions:
            count = len(self.compared.regressions)
            return "", self.say(
                f"{count} new {'finding' if count == 1 else 'findings'}", f"新增 {count} 个发现"
            )
        better = [f for f in d.figures if f.delta and f.better and not f.worse and f.tolerance is not None]
        if better:
            return "better", self._moves(better)
        if any(f.delta for f in d.figures):
            return "", self.say("nothing that is watched became worse", "受关注的数据都没有变差")
        return "", self.say("no figure changed", "数据没有变化")

    def _because(self, figure: FigureChange) -> str:
        """Name the largest cause, and say how much of it all it is."""
        first = figure.causes[0]
        share, why = first.part / figure.delta if figure.delta else 0.0, self.factor(first)
        if share >= 0.99:
            return self.say(f", because {why}", f"，因为 {why}")
        if share >= 0.5:
            return self.say(f", mostly because {why}", f"，主要因为 {why}")
        return self.say(f", in part because {why}", f"，部分因为 {why}")

    def _moves(self, figures: Sequence[FigureChange]) -> str:
        said = [f"{self.figure(f.name)} {self.delta(f, f.delta)}" for f in figures[:3]]
        more = len(figures) - 3
        return self.comma.join(said) + (
            self.say(f" and {more} more", f" 等 {len(figures)} 项") if more > 0 else ""
        )

    def title(self) -> str:
        """Return what the document is called."""
        version = self.compared.version
        title = self.text(getattr(version.model, "heading", None) or getattr(version.model, "title", None))
        return self.quote(cut(title)) if title else self.code(version.id or version.file)


def _leaves(one: Plain, other: Plain) -> list[Detail]:
    return list(differences(one or {}, other or {}))


def scores(emotion: Plain) -> dict[str, Mapping[str, Any]]:
    """Return scores by persona from an emotion as plain data; everybody's stands under the empty string."""
    if not isinstance(emotion, Mapping):
        return {}
    return {"": emotion} if "mean" in emotion else dict(emotion)


def measured(score: Mapping[str, Any]) -> bool:
    """Whether somebody was asked (see `Score.measured`)."""
    return "n" in score or "source" in score


def verdict(comparison: Comparison, language: str, code: Callable[[str], str] = "{}".format) -> str:
    """Say in one sentence what came of everything."""
    zh = language.split("-")[0].lower() == "zh"
    worse = [it for it in comparison.documents if it.regressions]
    count, all_ = len(worse), len(comparison.documents)
    if not comparison.documents:
        return "没有差异" if zh else "Nothing is different"
    names = ("、" if zh else ", ").join(code(it.version.id or it.version.file) for it in worse[:3])
    if worse:
        more = count - 3
        if zh:
            return (
                f"变差：{names}" + (f" 等 {count} 个" if more > 0 else "") + f"（共 {all_} 个文档有变化）"
            )
        return (
            f"Worse: {names}" + (f" and {more} more" if more > 0 else "")
            + f" ({all_} {'document' if all_ == 1 else 'documents'} changed)"
        )  # fmt: skip
    if zh:
        return f"没有变差（共 {all_} 个文档有变化）"
    return f"Nothing became worse ({all_} {'document' if all_ == 1 else 'documents'} changed)"


__all__ = ["Teller", "Version", "cut", "measured", "scores", "verdict"]
