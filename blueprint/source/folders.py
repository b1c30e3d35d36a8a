"""Finds the files that hold documents, and tells from a file's first line which one it holds."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

SUFFIXES = (".yaml", ".yml")
SKIPPED = frozenset({"exports", "node_modules", "__pycache__", "venv", "site-packages"})
"""Folders in which nobody keeps journeys; hidden ones are skipped besides."""
_HEAD_BYTES = 4096
_FIRST_KEY = re.compile(
    r"""\ufeff?(?:[ \t]*\n|[ \t]*\#[^\n]*\n|%[^\n]*\n|---[^\n]*\n)*[ \t]*\{?\s*
    (["']?)(journey|blueprint|persona|playbook|atlas)\1[ \t]*:
    (?:[ \t]+(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'\#,{}\[\]&*!|>][^\s\#,}]*))|\s|$)""",
    re.VERBOSE,
)
# Keys may stand in any order. Where another is first, one of ours has to have company of ours: `journey:`
# alone may mean anything in somebody else's file.
_LATER_KEY = re.compile(
    r"""^(["']?)(journey|blueprint|persona|playbook)\1[ ]*:[ ]+["']?([^\s"'\#,{}\[\]&*!|>][^\s"'\#,}]*)""",
    re.MULTILINE,
)
_COMPANY = {
    "blueprint": re.compile(r"^(?:steps|actors)[ ]*:", re.MULTILINE),
    "journey": re.compile(r"^stages[ ]*:", re.MULTILINE),
    "persona": re.compile(r"^(?:quote|goals|frustrations|disc|rfm)[ ]*:", re.MULTILINE),
    "playbook": re.compile(
        r"^(?:protocols|ladders|clocks|lexicon|instruments|action_priority|scorecards|benchmarks|lifecycles"
        r"|vocabularies|segmentations|complaint_types|contradictions|extends)[ ]*:",
        re.MULTILINE,
    ),
}


class Heading(NamedTuple):
    """What a file says at its beginning: which document it holds."""

    path: Path
    kind: str
    id: str


def heading(path: Path) -> Heading | None:
    """Return what a file says at its beginning; None where it is not one of ours or cannot be read."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb", buffering=0) as file:
            head = file.read(_HEAD_BYTES)
    except (OSError, ValueError):
        return None
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if wide else "utf-8", errors="replace").replace("\r", "\n")
    match = _FIRST_KEY.match(text)
    first = Heading(path, match[2], match[3] or match[4] or match[5] or "") if match else None
    if first is not None and "\njourney" not in text and "\nblueprint" not in text:
        return first
    # The same order as in `kinds`: a blueprint also has `journey:`, and a journey `persona:`.
    later = {found[2]: found[3] for found in _LATER_KEY.finditer(text)}
    for kind, company in _COMPANY.items():
        if first is not None and first.kind == kind:
            break
        if kind in later and company.search(text):
            return Heading(path, kind, later[kind])
    return first


def is_closed(path: Path) -> bool:
    """Whether a file is there that we have no permission to read."""
    return not os.access(path, os.R_OK) and os.path.isfile(path)


def walk(
    folder: Path,
    *,
    skip: Callable[[Path], bool],
    trouble: Callable[[OSError], None] = lambda error: None,
    depth: int | None = None,
    most: int | None = None,
) -> Iterator[Path]:
    """Yield the YAML files in a folder and below, sorted.

    Links to folders are not followed, so a loop of them is no trouble.

    Args:
        folder: Where to begin.
        skip: Says which files and folders to leave out.
        trouble: Is told about each folder that cannot be listed.
        depth: How many levels to descend; all where None.
        most: How many files to look at, of any kind; all where None.
    """
    seen, base = 0, len(folder.parts)
    for at, folders, files in os.walk(folder, onerror=trouble):
        here = Path(at)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in SKIPPED and not skip(here / name)
        )
        if depth is not None and len(here.parts) - base >= depth:
            folders.clear()
        for name in sorted(files):
            seen += 1
            if most is not None and seen > most:
                return
            if name.endswith(SUFFIXES) and not name.startswith("."):
                path = here / name
                if not skip(path):
                    yield path


def excluded(path: Path, root: Path, patterns: Sequence[str]) -> bool:
    """Whether a path matches a pattern: of its name, of a folder's name, or of the path below the root."""
    if not patterns:
        return False
    written = os.path.relpath(path, root).replace(os.sep, "/")
    for pattern in patterns:
        bare = pattern.removeprefix("./").rstrip("/").removesuffix("/**")
        if fnmatchcase(written, bare) or fnmatchcase(written, f"{bare}/*"):
            return True
        if "/" not in bare and any(fnmatchcase(part, bare) for part in written.split("/")):
            return True
    return False
