"""The fix of a misspelt name: the known one it must have been, or the one it may have been."""

from __future__ import annotations

from collections.abc import Iterable

from blueprint.diagnostic import Message
from blueprint.lint.rule import Put, Repair
from blueprint.lint.wording import meant
from blueprint.model.values import Loc
from blueprint.source.words import one_slip


def respelt(loc: Loc, wrong: str, known: Iterable[str]) -> Repair | None:
    """Offer to write the known name instead of a wrong one.

    It is certain only where exactly one name is a single slip away; where one is merely like it, the fix
    may change what was meant.

    Args:
        loc: Where the name is written; ends in "[key]" where it is a key.
        wrong: The name as written.
        known: The names that can stand there.
    """
    from blueprint.source.quoting import is_word, quoted  # Most files have nothing to spell anew.

    names = list(known)
    close = one_slip(wrong, names)
    name = close[0] if len(close) == 1 else meant(wrong, names)
    if name is None:
        return None
    written = name if is_word(name) else quoted(name)
    title = Message(f"write `{name}`", f"改为 `{name}`")
    return Repair(title, (Put(loc, written),), safe=len(close) == 1)
