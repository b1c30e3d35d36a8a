"""Chains of whys: how long they are, whether they go in circles, and where they stop (domain 9.3).

A chain of causes is a good one when it has three to seven links, no link comes twice, and the last link is
something that can be changed: the process or the system, not a person ("replies are slow" ends in "three
people must sign", not in "the clerk is slow"). The words that tell a process from a person are a starter
list of this project; where neither is found, nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

SHORTEST: Final = 3
LONGEST: Final = 7
"""How many whys a chain should have (5 Whys, S001 and S004)."""

_ALIKE = 0.9
"""From this likeness on two causes say the same."""

_COMPARED = 50
"""Up to so many links every two are compared for likeness."""

_BLAME = re.compile(
    r"员工|人员不(?:认真|负责|细心)|粗心|马虎|大意|疏忽|态度(?:不好|差|恶劣)|责任心|不负责任|不认真|不用心|偷懒|懒"
    r"|忘了|素质(?:差|低|不)"
    r"|員工|粗心|馬虎|態度(?:不好|差|惡劣)|責任心|不負責任|不認真|不用心|偷懶|懶"
    r"|\bcareless(?:ly|ness)?\b|\blaz(?:y|iness)\b|\bnegligen(?:t|ce)\b|\binattenti(?:ve|on)\b"
    r"|\bincompeten(?:t|ce)\b|\bunmotivated\b|\bsloppy\b|\b(?:bad|poor|wrong) attitude\b|\bhuman error\b"
    r"|\bemployees?\b|\bforg(?:ot|ets?|etful)\b"
    r"|\b(?:did|does|do)(?: not|n.t) (?:care|bother|try|pay attention)\b",
    re.IGNORECASE,
)
_PROCESS = re.compile(
    r"流程|系统|制度|标准|规则|规定|规范|政策|表格|清单|排班|预算|指标|考核|权限|授权|培训|条款|合同|工具|数据|接口"
    r"|字段|步骤|环节|审批|机制|计划|部门|设计|要求|岗位|负责|手册|模板|没人|无人"
    r"|系統|標準|規則|規定|規範|清單|預算|指標|權限|授權|培訓|條款|數據|步驟|環節|審批|機制|計劃|部門|設計|負責|沒人|無人"
    r"|\b(?:process(?:es)?|procedures?|standards?|systems?|rules?|polic(?:y|ies)|forms?|fields?|instructions?"
    r"|checklists?|plans?|plann(?:ed|ing)|schedul(?:e|es|ed|ing)|rotas?|rosters?|budgets?|targets?|bonus(?:es)?"
    r"|measure[sd]?|owns?|owners?|tools?|software|training|contracts?|terms|limits?|steps?|reviews?|design(?:ed)?"
    r"|handbooks?|templates?|workflows?|departments?|teams?|data|counters?|records?|reports?|rights?"
    r"|nobody|no one)\b",
    re.IGNORECASE,
)

Ending = Literal["process", "person"]


@dataclass(frozen=True, slots=True)
class WhyChain:
    """What can be said about one chain of causes."""

    length: int
    repeats: tuple[tuple[int, int], ...]
    """Pairs (earlier, later) of links that say the same, counted from 0."""
    blames: tuple[tuple[int, str], ...]
    """Links that name a person's fault instead of a cause, with the word that does."""
    ending: Ending | None
    """What the last link is about; None where no known word tells."""

    @property
    def short(self) -> bool:
        """Fewer than three whys."""
        return self.length < SHORTEST

    @property
    def long(self) -> bool:
        """More than seven whys: the chain has probably left its subject."""
        return self.length > LONGEST

    @property
    def stops_at_a_person(self) -> bool:
        """The last why is somebody's fault, so nothing can be mended but the person."""
        return self.ending == "person"

    @property
    def sound(self) -> bool:
        """Three to seven links, none twice, ending in a process."""
        return not (self.short or self.long or self.repeats) and self.ending == "process"


def why_chain(causes: Sequence[str]) -> WhyChain:
    """Judge a chain of causes, the first why first.

    A link that names both a person and a process ("the employees' handbook has no such step") is about
    the process. Two links are the same where their words are, but for case, spaces and punctuation, or
    where they differ in no more than a letter in ten.
    """
    plain = [_plain(cause) for cause in causes]
    blames = tuple(
        (at, max(found, key=len))
        for at, cause in enumerate(causes)
        if (found := _BLAME.findall(cause)[::-1]) and not _PROCESS.search(cause)
    )
    ending: Ending | None = None
    if causes:
        if _PROCESS.search(causes[-1]):
            ending = "process"
        elif _BLAME.search(causes[-1]):
            ending = "person"
    return WhyChain(len(causes), _repeats(plain), blames, ending)


def _repeats(plain: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return pairs of links that say the same; of a very long chain only those with the same words."""
    found: list[tuple[int, int]] = []
    first: dict[str, int] = {}
    for at, words in enumerate(plain):
        if words in first:
            found.append((first[words], at))
        elif words:
            if len(plain) <= _COMPARED:
                found += [(i, at) for it, i in first.items() if _like(it, words) >= _ALIKE]
            first[words] = at
    return tuple(found)


def _plain(cause: str) -> str:
    return re.sub(r"[\W_]+", "", cause).casefold()


def _like(one: str, other: str) -> float:
    if min(len(one), len(other)) < _ALIKE * max(len(one), len(other)) or max(len(one), len(other)) > 500:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
