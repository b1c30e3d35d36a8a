"""`blueprint rules --format pages`: the folder of illustrated pages, written or compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from blueprint.cli.speech import RefusedError, say, spoken
from blueprint.cli.writing import write_atomically, write_out
from blueprint.diagnostic import Message
from blueprint.handbook import book
from blueprint.handbook.page import DRAWINGS, MARK
from blueprint.lint.selection import UnknownRuleError
from blueprint.report.display import visible

_PAGE = re.compile(r"[A-Z]{2}\d{3}\.md")
_DRAWING = re.compile(r"[A-Z]{2}\d{3}-(?:bad|good)(?:-\d+)?\.svg")
_MISSING = Message("missing", "缺失")
_DIFFERENT = Message("not as generated", "与生成结果不同")
_LEFT_OVER = Message("left over", "多余")


def write(folder: Path, select: Sequence[str] = ()) -> int:
    """Write pages and drawings into a folder, and take out those of rules that are no more.

    Where only some rules are selected, the pages of others are left alone.

    Raises:
        RefusedError: a page would take the place of a file of somebody's own.
        OSError: the folder cannot be written.
    """
    wanted = _wanted(select)
    for name in wanted:
        if name.endswith(".md") and _is_foreign(folder / name):
            raise RefusedError(
                f"{folder / name}: a page would replace this file, which `blueprint rules` did not make; "
                "choose another folder",
                f"{folder / name}：此文件不是由 `blueprint rules` 生成的，写入会覆盖它；请另选文件夹",
            )
    old = list(_left_over(folder, wanted, select))
    changed = 0
    for name, data in wanted.items():
        if _bytes(folder / name) != data:
            write_atomically(folder / name, data)
            changed += 1
    for name in old:
        (folder / name).unlink()
    pages = sum(bool(_PAGE.fullmatch(name)) for name in wanted)
    shown = visible(str(folder))
    say(
        f"{shown}: {pages} pages; {changed} of {len(wanted)} files written, {len(old)} removed.",
        f"{shown}：{pages} 页；共 {len(wanted)} 个文件，写入 {changed} 个，删除 {len(old)} 个。",
    )
    return 0


def compare(folder: Path, select: Sequence[str] = ()) -> int:
    """List what in a folder is not as it would be written; the exit code is 1 where anything is."""
    wanted = _wanted(select)
    faults = [
        (name, _MISSING if found is None else _DIFFERENT)
        for name, data in wanted.items()
        if (found := _bytes(folder / name)) != data
    ]
    faults += [(name, _LEFT_OVER) for name in _left_over(folder, wanted, select)]
    lines = (f"{visible(str(folder / name))}: {fault.pick(spoken())}\n" for name, fault in sorted(faults))
    write_out("".join(lines), None)
    count, shown = len(faults), visible(str(folder))
    if faults:
        say(
            f"{count} {'file is' if count == 1 else 'files are'} not as they should be: run "
            f"`blueprint rules --format pages -o {shown}` and commit.",
            f"有 {count} 个文件不是最新：请运行 `blueprint rules --format pages -o {shown}` 并提交。",
        )
        return 1
    say(f"{shown}: all {len(wanted)} files are up to date.", f"{shown}：{len(wanted)} 个文件均为最新。")
    return 0


def _wanted(select: Sequence[str]) -> dict[str, bytes]:
    try:
        return dict(book.files(book.pages(select)))
    except UnknownRuleError as unknown:
        raise RefusedError(*unknown.message) from unknown


def _left_over(folder: Path, wanted: dict[str, bytes], select: Sequence[str]) -> Iterator[str]:
    """Yield pages and drawings that we once made and would not make today."""
    for page in sorted(folder.glob("*.md")):
        if page.name in wanted or not _PAGE.fullmatch(page.name) or _is_foreign(page):
            continue
        if book.chosen(page.stem, "", select):
            yield page.name
    for drawing in sorted((folder / DRAWINGS).glob("*.svg")):
        name = f"{DRAWINGS}/{drawing.name}"
        if name in wanted or not _DRAWING.fullmatch(drawing.name):
            continue
        if book.chosen(drawing.name.partition("-")[0], "", select):
            yield name


def _is_foreign(page: Path) -> bool:
    found = _bytes(page)
    return found is not None and not found.startswith(MARK.encode())


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
