"""The line breaks of YAML 1.1 that are characters like others in YAML 1.2: U+0085, U+2028, U+2029.

libyaml still breaks lines at them, so they travel past it under private-use names that no text is likely
to hold, one character for one.
"""

from __future__ import annotations

_BREAKS = "\x85\u2028\u2029"
_NAMES = "\uf8d5\uf8d6\uf8d7"
_HIDDEN = str.maketrans(_BREAKS, _NAMES)
_RESTORED = str.maketrans(_NAMES, _BREAKS)


def hidden(text: str) -> str:
    """Return a text in which libyaml sees no such break; the text itself where it holds none."""
    if text.isascii() or not any(character in text for character in _BREAKS):
        return text
    return text.translate(_HIDDEN)


def restored(text: str) -> str:
    """Return a text with the breaks that were hidden."""
    return text.translate(_RESTORED)
