"""How high feelings run in a conversation, and whether they are met (S004, 情绪识别与镜像；压力预案).

The lines say how the customer feels, from calm over uneasy and upset to angry. A feeling above calm is
mirrored where the employee's next words hold a cue of the lexicon for feeling with somebody or for saying
back; it is handled where the conversation ends lower than it ran at its highest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, get_args

from blueprint.analysis.lexicon import cues_in
from blueprint.analysis.protocol import Speech
from blueprint.model.practice import Phrase
from blueprint.model.script import Feeling, Line, Script

LADDER: tuple[Feeling, ...] = get_args(Feeling)
"""calm, uneasy, upset, angry."""
MIRRORS = ("empathy", "understanding", "say-back", "own-apology")
"""Phrases of the lexicon that show a feeling was taken in."""


@dataclass(frozen=True, slots=True)
class Felt:
    """One line in which the customer's feeling is written."""

    line: int
    feeling: Feeling
    mirrored: bool | None
    """None for calm, and where nobody answers."""


@dataclass(frozen=True, slots=True)
class Mood:
    """How feelings run through one conversation."""

    felt: tuple[Felt, ...]
    highest: Feeling
    last: Feeling
    risen: tuple[int, ...]
    """Lines at which it runs higher than before: what was said in between did harm."""
    unmirrored: tuple[int, ...]
    """Lines whose feeling nobody took up."""

    @property
    def settled(self) -> bool:
        """Whether it ends calm, or at least lower than it ran."""
        return self.last == "calm" or LADDER.index(self.last) < LADDER.index(self.highest)


def lines_of(script: Script, speech: Speech) -> Sequence[Line]:
    """Return the lines that a speech was made of."""
    return (
        script.lines
        if speech.style is None
        else next(lines for style, lines in script.variants.items() if style == speech.style)
    )


def mood(lines: Sequence[Line], speech: Speech, lexicon: Mapping[str, Phrase]) -> Mood | None:
    """Follow the customer's feeling through a conversation; None where no line states one.

    Args:
        lines: the lines of the script.
        speech: what is said in them, in one language.
        lexicon: phrases by id, for what shows that a feeling was taken in.
    """
    mirrors = {id: phrase for id, phrase in lexicon.items() if id in MIRRORS}
    felt: list[Felt] = []
    for at, line in enumerate(lines):
        if line.feeling is None:
            continue
        answer = []
        for said in speech.said:
            if said.speaker == "agent" and said.line > at:
                answer.append(said)
            elif said.speaker == "customer" and said.line > at and answer:
                break
        seen = any(cue.present for cue in cues_in(mirrors, answer)) if answer else None
        felt.append(Felt(at, line.feeling, None if line.feeling == "calm" else seen))
    if not felt:
        return None
    heights = [LADDER.index(it.feeling) for it in felt]
    return Mood(
        felt=tuple(felt),
        highest=LADDER[max(heights)],
        last=felt[-1].feeling,
        risen=tuple(b.line for a, b in pairwise(felt) if _above(b, a)),
        unmirrored=tuple(it.line for it in felt if it.mirrored is False),
    )


def _above(one: Felt, other: Felt) -> bool:
    return LADDER.index(one.feeling) > LADDER.index(other.feeling)


def told(found: Mood | None) -> dict[str, Any] | None:
    """Return it as plain data."""
    if found is None:
        return None
    return {
        "felt": [{"line": it.line, "feeling": it.feeling, "mirrored": it.mirrored} for it in found.felt],
        "highest": found.highest,
        "last": found.last,
        "settled": found.settled,
        "risen": list(found.risen),
        "unmirrored": list(found.unmirrored),
    }
