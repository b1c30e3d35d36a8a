"""The drawn signs: one stroke of one weight on a 24 grid, round ends, readable from 14 px up.

Every icon is SVG path data (absolute and relative commands, arcs allowed) that is stroked and never filled;
a dot is a stroke without length. `channel_icon` finds the sign for whatever a document calls its channel.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from blueprint.scene.channels import ALIASES

STROKE: Final = 1.75
"""Weight of the stroke on the 24 grid; it grows with the icon."""
GRID: Final = 24

_RING = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z"
_BUBBLE = "M5.5 4.5h13a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6.5l-5 4v-4h-1.5a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2z"
_FACE = _RING + "M9 9.5v.6M15 9.5v.6"

ICONS: dict[str, str] = {
    # the five kinds
    "first": "M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M3.5 12h11M10.5 8l4 4-4 4",
    "complaint": _BUBBLE + "M12 7.5v3.3M12 13.5v.01",
    "high-frequency": "M2.5 12.5h4l3-8 5 15 3-7h4",
    "high-perception": (
        "M2.5 12c2-4 5.5-6.5 9.5-6.5s7.5 2.5 9.5 6.5c-2 4-5.5 6.5-9.5 6.5s-7.5-2.5-9.5-6.5zM12 9"
        "a3 3 0 1 0 0 6a3 3 0 1 0 0-6z"
    ),
    "end": "M6 21.5v-18M6 4.5h12.5l-3 4.25 3 4.25h-12.5",
    # what a map marks
    "peak": "M2.5 18.5h3.5l6-12.5 6 12.5h3.5",
    "pit": "M2.5 5.5h3.5l6 12.5 6-12.5h3.5",
    "pain": "M13 2.5l-8 11h6l-1 8 8-11h-6z",
    "opportunity": (
        "M9.5 18.5h5M10.5 21.5h3M9 15.5c0-1.4-.7-2.2-1.6-3.2a6 6 0 1 1 9.2 0c-.9 1-1.6 1.8-1.6 3.2z"
    ),
    "fail": "M12 3.5l9.5 16.5h-19zM12 9.5v4.5M12 16.8v.01",
    "wait": (
        "M6.5 3h11M6.5 21h11M7.5 3v3.5c0 2.5 4.5 3.5 4.5 5.5s-4.5 3-4.5 5.5v3.5M16.5 3v3.5"
        "c0 2.5-4.5 3.5-4.5 5.5s4.5 3 4.5 5.5v3.5"
    ),
    "decision": "M12 2.5l9.5 9.5-9.5 9.5-9.5-9.5zM10 10a2 2 0 1 1 3 1.8c-.7.4-1 .8-1 1.5M12 15.8v.01",
    "handoff": "M3.5 7.5h15M15 4l3.5 3.5-3.5 3.5M20.5 16.5h-15M9 13l-3.5 3.5 3.5 3.5",
    "evidence": "M6 3h12v18l-3-2-3 2-3-2-3 2zM9.5 8h5M9.5 12h5",
    "clock": _RING + "M12 7v5l3.3 2",
    "persona": (
        "M12 3.5a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4zM4 20.5c.7-3.7 3.8-5.8 8-5.8s7.3 2.1 8 5.8"
    ),
    "need": "M12 20.5c-5-4-9-7.4-9-11.7a4.8 4.8 0 0 1 9-2.3a4.8 4.8 0 0 1 9 2.3c0 4.3-4 7.7-9 11.7z",
    "metric": "M3.5 20.5h17M7 16.5v-4M12 16.5v-12M17 16.5v-8",
    "quality": (
        "M8 12h8M5.5 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5zM18.5 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z"
    ),
    "promise": (
        "M12 3l7.5 2.7v5.3c0 4.8-3 8.2-7.5 10c-4.5-1.8-7.5-5.2-7.5-10v-5.3zM8.6 11.8l2.5 2.5 4.4-4.8"
    ),
    "owner": (
        "M5 8h14a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-14a1.5 1.5 0 0 1-1.5-1.5v-9"
        "a1.5 1.5 0 0 1 1.5-1.5zM8.5 8v-2.5a1.5 1.5 0 0 1 1.5-1.5h4a1.5 1.5 0 0 1 1.5 1.5v2.5"
        "M3.5 13.5h17"
    ),
    "technology": (
        "M8 6.5h8a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-8a1.5 1.5 0 0 1-1.5-1.5v-8"
        "a1.5 1.5 0 0 1 1.5-1.5zM9.5 3v3.5M14.5 3v3.5M9.5 17.5v3.5M14.5 17.5v3.5M3 9.5h3.5M3 14.5h3.5"
        "M17.5 9.5h3.5M17.5 14.5h3.5"
    ),
    "loop": "M19.5 12a7.5 7.5 0 1 1-2.6-5.7l2.6 2.2M19.5 3.5v5h-5",
    "abandon": "M10 4h-4a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M9.5 12h11M16.5 8l4 4-4 4",
    "success": _RING + "M8 12.3l2.8 2.8 5.2-5.8",
    "failure": _RING + "M9 9l6 6M15 9l-6 6",
    "doing": (
        "M9 11.5v-6.5a1.5 1.5 0 0 1 3 0v5.5l5.3 1.2a2 2 0 0 1 1.5 2.3l-.7 4.2a3.3 3.3 0 0 1-3.3 2.8"
        "h-2.3a4 4 0 0 1-3.1-1.5l-4-5a1.5 1.5 0 0 1 2.2-2z"
    ),
    "thinking": (
        "M7.5 16a4.3 4.3 0 0 1-.8-8.4a5.5 5.5 0 0 1 10.4-.4a4.5 4.5 0 0 1-.6 8.8zM7 19.8v.01M4 21.5v.01"
    ),
    "emotion": "M2.5 15c3 0 3.5-8 6.5-8s3.5 10 6.5 10 3-6 6-6",
    "goal": _RING + "M12 7.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM12 12v.01",
    "calendar": (
        "M5 5.5h14a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5h-14a1.5 1.5 0 0 1-1.5-1.5v-12"
        "a1.5 1.5 0 0 1 1.5-1.5zM3.5 10h17M8 3v4M16 3v4"
    ),
    "money": (
        "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM14.8 9.2c-.4-1-1.4-1.6-2.8-1.6c-1.7 0-2.9.8-2.9 2.1"
        "c0 3 6 1.5 6 4.6c0 1.3-1.3 2.1-3.1 2.1c-1.6 0-2.7-.7-3.1-1.8M12 6v1.6M12 16.4v1.6"
    ),
    "star": "M12 3l2.8 5.8 6.2.9-4.5 4.4 1.1 6.3-5.6-3-5.6 3 1.1-6.3-4.5-4.4 6.2-.9z",
    "info": _RING + "M12 11v5.5M12 7.6v.01",
    # the emotion scale
    "face-1": (
        "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM7.8 8.3l2.2 1.3M16.2 8.3l-2.2 1.3M9.3 11v.01M14.7 11"
        "v.01M8 17.3c.9-1.9 2.2-2.9 4-2.9s3.1 1 4 2.9"
    ),
    "face-2": _FACE + "M8.5 16.3c.9-1 2.1-1.6 3.5-1.6s2.6.6 3.5 1.6",
    "face-3": _FACE + "M8.5 15h7",
    "face-4": _FACE + "M8.5 14.3c.9 1.1 2.1 1.7 3.5 1.7s2.6-.6 3.5-1.7",
    "face-5": _FACE + "M7.3 13.5h9.4c-.4 2.5-2.3 4.2-4.7 4.2s-4.3-1.7-4.7-4.2z",
    # channels
    "channel": (
        "M12 12v.01M8.6 15.4a4.8 4.8 0 0 1 0-6.8M15.4 8.6a4.8 4.8 0 0 1 0 6.8M5.6 18.4"
        "a9 9 0 0 1 0-12.8M18.4 5.6a9 9 0 0 1 0 12.8"
    ),
    "web": (
        "M4.5 4.5h15a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5h-15a1.5 1.5 0 0 1-1.5-1.5v-12"
        "a1.5 1.5 0 0 1 1.5-1.5zM3 9.5h18M6.3 7v.01M9.2 7v.01"
    ),
    "app": "M8 2.5h8a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-15a2 2 0 0 1 2-2zM10.5 18.3h3",
    "phone": (
        "M8.3 3.5h-2.8a2 2 0 0 0-2 2.1a15.8 15.8 0 0 0 14.9 14.9a2 2 0 0 0 2.1-2v-2.8l-4.6-1.9-2 2.2"
        "a12.3 12.3 0 0 1-5.9-5.9l2.2-2z"
    ),
    "email": (
        "M4.5 5h15a1.5 1.5 0 0 1 1.5 1.5v11a1.5 1.5 0 0 1-1.5 1.5h-15a1.5 1.5 0 0 1-1.5-1.5v-11"
        "a1.5 1.5 0 0 1 1.5-1.5zM3.5 7l8.5 6.5 8.5-6.5"
    ),
    "chat": _BUBBLE + "M8.3 10.5v.01M12 10.5v.01M15.7 10.5v.01",
    "sms": _BUBBLE + "M7.5 8.8h9M7.5 12.2h5.5",
    "messenger": (
        "M15 9.2c-.2-3.2-2.8-5.2-6.2-5.2c-3.6 0-6.3 2.3-6.3 5.4c0 1.9 1 3.5 2.6 4.4l-.6 2.2 2.7-1.2"
        "M15.3 9.5c3.5 0 6.2 2.2 6.2 5.2c0 1.7-.9 3.2-2.4 4.2l.5 2-2.4-1.1c-.6.1-1.2.2-1.9.2"
        "c-3.5 0-6.2-2.3-6.2-5.3s2.7-5.2 6.2-5.2z"
    ),
    "video": (
        "M4.5 6.5h9a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-9a1.5 1.5 0 0 1-1.5-1.5v-8"
        "a1.5 1.5 0 0 1 1.5-1.5zM15 11l6-3.5v9l-6-3.5"
    ),
    "headset": (
        "M4 16v-4a8 8 0 0 1 16 0v4M4 14h2.5v5.5h-1a1.5 1.5 0 0 1-1.5-1.5zM20 14h-2.5v5.5h1"
        "a1.5 1.5 0 0 0 1.5-1.5zM17.5 19.5c0 1.3-1.5 2-3.5 2"
    ),
    "bot": (
        "M6.5 8.5h11a2 2 0 0 1 2 2v7.5a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-7.5a2 2 0 0 1 2-2zM12 8.5"
        "v-3.5M12 4v.01M9 13v.6M15 13v.6M10 17h4M2.5 13v3M21.5 13v3"
    ),
    "person": (
        "M8 4.5a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4zM2.5 19.5c.3-3.7 2.4-5.7 5.5-5.7"
        "s5.2 2 5.5 5.7M15 4.7a3.2 3.2 0 1 1 .6 6.2M16.3 13.9c3 .1 5 2.1 5.2 5.6"
    ),
    "store": (
        "M4.5 11.5v9h15v-9M3 9l1.8-5.5h14.4l1.8 5.5a3 3 0 0 1-6 0a3 3 0 0 1-6 0a3 3 0 0 1-6 0z"
        "M9.5 20.5v-5.5h5v5.5"
    ),
    "counter": "M3 12.5h18M4.5 12.5v8h15v-8M8 12.5a4 4 0 0 1 8 0M12 8.5v-2M10.5 6.5h3",
    "kiosk": (
        "M6.5 3h11a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-11a1.5 1.5 0 0 1-1.5-1.5v-9"
        "a1.5 1.5 0 0 1 1.5-1.5zM12 15v6M8 21h8M9 7.5h6M9 11h3"
    ),
    "letter": (
        "M3.5 10v9a1.5 1.5 0 0 0 1.5 1.5h14a1.5 1.5 0 0 0 1.5-1.5v-9l-8.5-6.5zM3.5 10.5l8.5 5.5 8.5-5.5"
    ),
    "document": (
        "M14 3h-7.5a1.5 1.5 0 0 0-1.5 1.5v15a1.5 1.5 0 0 0 1.5 1.5h11a1.5 1.5 0 0 0 1.5-1.5v-11.5z"
        "M14 3v5h5M8.8 12.5h6.4M8.8 16.5h6.4"
    ),
    "delivery": (
        "M2.5 5.5h11.5v11.5h-4.5M4.5 17h-2v-11.5M14 9.5h4l3.5 4v3.5h-1.5M15 17h-1M7 14.5"
        "a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5zM17.5 14.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z"
    ),
    "parcel": (
        "M12 2.8l8.5 4.4v9.6l-8.5 4.4-8.5-4.4v-9.6zM3.7 7.3l8.3 4.4 8.3-4.4M12 11.7v9.5M7.8 5l8.4 4.5"
    ),
    "social": (
        "M17.5 3.5a2.7 2.7 0 1 0 0 5.4a2.7 2.7 0 1 0 0-5.4zM6 9.3a2.7 2.7 0 1 0 0 5.4"
        "a2.7 2.7 0 1 0 0-5.4zM17.5 15.1a2.7 2.7 0 1 0 0 5.4a2.7 2.7 0 1 0 0-5.4zM8.4 10.8l6.7-3.4"
        "M8.4 13.2l6.7 3.4"
    ),
    "advert": "M4 10v4l11 4.5v-13zM4 10h-.5M18 9a3.3 3.3 0 0 1 0 6M7 15.3l1.2 5.2h2.8l-1-4",
    "search": "M10.5 3.5a7 7 0 1 0 0 14a7 7 0 1 0 0-14zM15.5 15.5l5.5 5.5",
    "card": (
        "M4.5 5.5h15a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5h-15a1.5 1.5 0 0 1-1.5-1.5v-10"
        "a1.5 1.5 0 0 1 1.5-1.5zM3 10h18M6.5 15h4"
    ),
    "home": "M3 11.5l9-7.5 9 7.5M5.5 9.5v11h13v-11M10 20.5v-5.5h4v5.5",
    "room": "M3 5v15M3 17h18M21 20v-5.5a2 2 0 0 0-2-2h-16M6.5 12.5v-2a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1v2",
    "restaurant": "M5 3v5a2.5 2.5 0 0 0 5 0v-5M7.5 3v18M17.5 21v-18c-2.3 1-3.5 3.5-3.5 6.5v4.5h3.5",
    "car": (
        "M5.5 12l1.7-5a2 2 0 0 1 1.9-1.4h5.8a2 2 0 0 1 1.9 1.4l1.7 5M5 12h14a2 2 0 0 1 2 2v4h-18v-4"
        "a2 2 0 0 1 2-2zM5.5 18v2M18.5 18v2M7 15v.01M17 15v.01"
    ),
    "train": (
        "M7.5 3.5h9a2 2 0 0 1 2 2v9.5a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-9.5a2 2 0 0 1 2-2zM5.5 11h13"
        "M9 14v.01M15 14v.01M9 17l-2.5 4M15 17l2.5 4"
    ),
    "plane": (
        "M12 2.5c-1 0-1.7 1.2-1.7 2.8v4l-7.3 4.7v2l7.3-2.2v4.2l-2.3 1.7v1.6l4-1.1 4 1.1v-1.6l-2.3-1.7"
        "v-4.2l7.3 2.2v-2l-7.3-4.7v-4c0-1.6-.7-2.8-1.7-2.8z"
    ),
}

_LATIN_ALIASES = {word: icon for icon, words in ALIASES.items() for word in words if word.isascii()}
_OTHER_ALIASES = [(word, icon) for icon, words in ALIASES.items() for word in words if not word.isascii()]
_LATIN_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@lru_cache(maxsize=1024)
def channel_icon(channel: str) -> str:
    """Return the name of the icon for a channel as a document names it, in English or Chinese.

    An icon's own name stands for itself, then whole names, then the words within; `channel` for all else.
    """
    name = " ".join(channel.casefold().replace("_", " ").split())
    if name in ICONS:
        return name
    if name in _LATIN_ALIASES:
        return _LATIN_ALIASES[name]
    for word, icon in _OTHER_ALIASES:
        if word in name:
            return icon
    words = _LATIN_WORD.findall(name)
    for length in (2, 1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length])
            found = _LATIN_ALIASES.get(phrase) or _LATIN_ALIASES.get(phrase.removesuffix("s"))
            if found or phrase in ICONS:
                return found or phrase
    return "channel"
