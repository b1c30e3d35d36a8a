"""The words of the reports, in the languages the program speaks."""

from __future__ import annotations

from blueprint.diagnostic import Message

WORDS: dict[str, Message] = {
    "size": Message("{touchpoints} in {stages}", "{stages}，{touchpoints}"),
    "scale": Message("scale {low} … {high}, neutral {neutral}", "量表 {low} … {high}，中性 {neutral}"),
    "persona": Message("persona {name}", "客户画像 {name}"),
    "to-be": Message("to-be", "未来旅程"),
    "curve": Message("How it feels", "情绪曲线"),
    "remembered": Message("What will be remembered", "客户会记住什么"),
    "peak-end": Message("Peak-end", "峰终值"),
    "mean": Message("Mean", "均值"),
    "mean-by": Message("{visits} by visits", "按访问次数 {visits}"),
    "mean-time": Message(", {time} by time", "，按时间 {time}"),
    "spread": Message(
        "p10 {p10}, median {p50}, p90 {p90}", "P10 {p10}，中位数 {p50}，P90 {p90}"
    ),
    "ending": Message("Ending", "结尾"),
    "peak": Message("Peak", "峰值"),
    "peak-at": Message("{share} at `{name}`", "{share} 在 `{name}`"),
    "below": Message("Below neutral", "低于中性"),
    "below-share": Message("{share} of journeys", "{share} 的旅程"),
    "both": Message(
        "Peak-end and the mean predict memories about equally well (Alaybek 2022): look at both.",
        "峰终值与均值对记忆的预测力相当（Alaybek 2022）：请两者都看。",
    ),
    "lever": Message(
        "Best lever: `{name}` ({title}). One point more there lifts peak-end by {gain}.",
        "最有效的着力点：`{name}`（{title}）。那里提高 1 分，峰终值提高 {gain}。",
    ),
    "unscored-all": Message(
        "No touchpoint has an emotion, so nothing can be said about memories. Add `emotion:`.",
        "没有触点有情绪分，无法判断客户会记住什么。请加上 `emotion:`。",
    ),
    "outcomes": Message("How it ends", "结局"),
    "success": Message("success", "成功"),
    "failure": Message("failure", "失败"),
    "length": Message("How long it takes", "需要多久"),
    "steps": Message("Touchpoints", "触点数"),
    "steps-value": Message("{mean} per journey, give or take {sd}", "每次旅程 {mean} 个，上下浮动 {sd}"),
    "time": Message("Time", "时长"),
    "time-value": Message("{mean} expected, give or take {sd}", "预期 {mean}，上下浮动 {sd}"),
    "time-unknown": Message("no touchpoint names a time", "没有触点写明时间"),
    "effort": Message("Effort", "费力度"),
    "effort-value": Message(
        "{total}   from {visits} visits, {switches} channel switches, {handoffs} handoffs, "
        "{rework} visits again, {wait} of waiting",
        "{total}   由访问 {visits} 次、换渠道 {switches} 次、交接 {handoffs} 次、"
        "重复 {rework} 次、等待 {wait} 构成",
    ),
    "ranked": Message("Touchpoints that matter most", "最关键的触点"),
    "col-name": Message("touchpoint", "触点"),
    "col-feels": Message("feels", "情绪"),
    "col-visits": Message("visits", "访问"),
    "col-peak": Message("peak", "峰值"),
    "col-last": Message("last", "最后"),
    "col-lever": Message("lever", "杠杆"),
    "pains": Message("Where it hurts", "痛点"),
    "facts": Message(" ({facts})", "（{facts}）"),
    "pain-weight": Message("weight {weight}", "权重 {weight}"),
    "unrated": Message("not rated", "未评分"),
    "valleys": Message("Valleys", "低谷"),
    "valley": Message("{n} in a row, down to {depth}: {names}", "连续 {n} 个，最低 {depth}：{names}"),
    "customers": Message("Customers", "客户"),
    "customers-scored": Message(
        "{n} customers scored by recency, frequency and value",
        "{n} 位客户按最近、频率与金额打分",
    ),
    "customers-incomplete": Message("{n} rows are incomplete", "{n} 行不完整"),
    "customers-top": Message(
        "the best fifth brings {share} ({low} to {high}), Gini {gini}",
        "前两成客户贡献 {share}（{low} 至 {high}），基尼系数 {gini}",
    ),
    "customers-tiers": Message("tiers: {tiers}", "等级：{tiers}"),
    "customers-none": Message("not computed: {reason}", "无法计算：{reason}"),
    "assumed": Message("Resting on assumptions", "基于假设"),
    "assumed-shares": Message("shares nobody wrote: {names}", "没有写明比例：{names}"),
    "assumed-emotions": Message(
        "{n} of {all} emotions are not measured", "{all} 个情绪分中有 {n} 个未经测量"
    ),
    "unscored": Message("no emotion, counted as neutral: {names}", "没有情绪分，按中性计算：{names}"),
    "more": Message("… and {n} more", "……另有 {n} 个"),
    "entry": Message("the entry", "入口"),
    "delivery-size": Message("{steps}, {actors}, {columns}", "{steps}，{actors}，{columns}"),
    "delivers": Message("delivers `{name}`", "服务于旅程 `{name}`"),
    "crossings": Message("Line crossings", "跨线次数"),
    "interaction": Message("interaction", "互动线"),
    "visibility": Message("visibility", "可视线"),
    "internal-interaction": Message("internal interaction", "内部互动线"),
    "handoffs": Message("Handoffs", "交接"),
    "per-execution": Message("{n} per execution", "每次执行 {n} 次"),
    "waiting": Message("Waiting", "等待"),
    "waiting-value": Message("{share} of {total}", "占 {total} 的 {share}"),
    "critical": Message("Critical path", "关键路径"),
    "columns": Message("Time per column", "各列时间"),
    "col-steps": Message("steps", "步骤"),
    "col-standard": Message("standard", "标准"),
    "col-wait": Message("wait", "等待"),
    "col-tolerance": Message("tolerance", "容忍"),
    "breaches": Message("Slower than customers accept", "超出客户容忍"),
    "breach-p90": Message(
        "one in ten needs more than {observed}, the tolerance is {tolerance}",
        "十分之一超过 {observed}，容忍时间 {tolerance}",
    ),
    "breach-standard": Message(
        "the standard is {observed}, the tolerance {tolerance}",
        "标准时间 {observed}，容忍时间 {tolerance}",
    ),
    "points": Message("Points to watch", "关注点"),
    "fail-points": Message("can fail (F)", "失败点（F）"),
    "wait-points": Message("customers wait (W)", "等待点（W）"),
    "decision-points": Message("decisions (D)", "决策点（D）"),
    "evidence": Message("Evidence", "有形证据"),
    "evidence-value": Message(
        "{share} of columns show the customer something",
        "{share} 的列有客户可见的证据",
    ),
    "delivery": Message("How it is delivered", "如何交付"),
}  # fmt: skip


NOUNS = {
    "touchpoint": ("touchpoint", "touchpoints", "个触点"),
    "stage": ("stage", "stages", "个阶段"),
    "step": ("step", "steps", "个步骤"),
    "actor": ("actor", "actors", "个角色"),
    "column": ("column", "columns", "列"),
}
"""English singular and plural; the Chinese counting word and noun."""


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = "zh" if language.split("-")[0].lower() == "zh" else "en"

    def __call__(self, word: str, **values: object) -> str:
        """Return a word or sentence, with its figures put in."""
        text = WORDS[word].pick(self.language)
        return text.format(**values) if values else text

    def count(self, many: int, noun: str) -> str:
        """Return `1 stage`, `5 stages`, `5 个阶段`."""
        one, more, chinese = NOUNS[noun]
        if self.language == "zh":
            return f"{many} {chinese}"
        return f"{many} {one if many == 1 else more}"

    @property
    def comma(self) -> str:
        """What stands between the members of a list."""
        return "、" if self.language == "zh" else ", "

    def names(self, names: tuple[str, ...] | list[str], most: int = 6) -> str:
        """List ids, the first few of them."""
        shown = self.comma.join(names[:most])
        return shown + (f" {self('more', n=len(names) - most)}" if len(names) > most else "")
