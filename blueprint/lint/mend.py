"""Applies the fixes of findings to a text, as far as they certainly make it better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from blueprint.diagnostic import Diagnostic, Edit, Severity

ROUNDS = 10
"""How often a mended text is looked at again: one fix may make room for the next."""

_READING = "YM"

Found = Sequence[Diagnostic]
_Mark = tuple[str, tuple[tuple[str, str], ...]]
Check = Callable[[str], Found | None]
"""Return what there is to say about a text; None where it cannot be read as a document."""


@dataclass(frozen=True)
class Mended:
    """A text after its fixes."""

    text: str
    applied: tuple[Diagnostic, ...]
    """What was mended, in the order in which it was."""
    found: Found
    """What is left."""


def mend(text: str, found: Found, check: Check, *, unsafe: bool = False) -> Mended:
    """Apply fixes until none is left that helps.

    Of fixes that overlap, the one that begins first is applied, and the other has its turn when the text
    has been looked at again. A fix after which the text cannot be read, or has errors it did not have, is
    not applied.

    Args:
        text: The text.
        found: What was found in it.
        check: Looks at a text again.
        unsafe: Whether to apply fixes that may change what was meant, too.
    """
    applied: list[Diagnostic] = []
    refused: set[_Mark] = set()
    # Every text there was, how many fixes had been applied to get there, and what was found in it.
    seen: dict[str, tuple[int, Found]] = {text: (0, found)}
    marks: list[_Mark] = []
    for _ in range(ROUNDS):
        fixes = [d for d in fixable(found, unsafe=unsafe) if _mark(d, text) not in refused]
        chosen = _apart(fixes)
        if not chosen:
            break
        after = apply(text, _edits(chosen))
        left = check(after)
        if left is None or after in seen or _worse(found, left):
            # Some of them do harm: find out which.
            chosen, several = [], chosen
            back = None
            for fix in several:
                with_it = apply(text, _edits([*chosen, fix]))
                then = check(with_it)
                if then is None or with_it in seen or _worse(found, then):
                    refused.add(_mark(fix, text))
                    back = back or (with_it if with_it in seen and with_it != text else None)
                else:
                    chosen.append(fix)
                    after, left = with_it, then
            if back is not None:
                kept, found = seen[back]
                refused |= {*marks[kept:]}
                text = back
                del applied[kept:], marks[kept:]
                continue
        if not chosen or left is None:
            continue
        applied += chosen
        marks += [_mark(fix, text) for fix in chosen]
        seen[after] = (len(applied), left)
        text, found = after, left
    return Mended(text, tuple(applied), found)


def fixable(found: Iterable[Diagnostic], *, unsafe: bool) -> list[Diagnostic]:
    """Return the findings whose fixes may be applied."""
    return [d for d in found if d.fix is not None and d.fix.edits and (d.fix.safe or unsafe)]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made that do not overlap."""
    for start, end, new in sorted(set(edits), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _edits(chosen: Iterable[Diagnostic]) -> list[Edit]:
    return [edit for d in chosen if d.fix is not None for edit in d.fix.edits]


def _apart(fixes: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Choose fixes that do not touch each other; the order of what was found does not matter."""
    taken: list[Edit] = []
    chosen = []
    for d in sorted(fixes, key=lambda d: (_edits([d]), d.code, d.message.en)):
        edits = _edits([d])
        if all(edit in taken or not any(_touch(edit, other) for other in taken) for edit in edits):
            taken += edits
            chosen.append(d)
    return chosen


def _touch(one: Edit, other: Edit) -> bool:
    # Two insertions at one place depend on their order, so they count as touching.
    return one.start <= other.end and other.start <= one.end


def _mark(d: Diagnostic, text: str) -> _Mark:
    """Tell a fix apart even after the text around it has moved."""
    return d.code, tuple((text[edit.start : edit.end], edit.text) for edit in _edits([d]))


def _worse(before: Found, after: Found) -> bool:
    """Whether there are errors of a kind that there were fewer of.

    While some part cannot be read, rules hold back what they would say about it. So errors of rules count
    only where everything could be read before: what a mended part brings to light was there all along.
    """
    more = _errors(after) - _errors(before)
    torn = any(code.startswith(_READING) for code in _errors(before))
    return any(not torn or code.startswith(_READING) for code in more)


def _errors(found: Found) -> Counter[str]:
    return Counter(d.code for d in found if d.severity >= Severity.ERROR)
