"""The two sides of a comparison, as people name them: files, folders, revisions."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint import api
from blueprint.cli.project import Project, near, open_project
from blueprint.cli.speech import MisusedError, RefusedError
from blueprint.diagnostic import Message
from blueprint.lint.pairs import File, files_of
from blueprint.source.folders import SUFFIXES
from blueprint.source.revisions import GitError, Repository, Snapshot, snapshot

if TYPE_CHECKING:
    from blueprint.source.workspace import Workspace

HEAD = "HEAD"


@dataclass(frozen=True)
class Side:
    """One state: what it is called, and its documents."""

    label: str
    workspace: Workspace
    files: tuple[File, ...]


@dataclass(frozen=True)
class Sides:
    """What is to be compared."""

    project: Project
    old: Side
    new: Side
    one: bool = False
    """Whether one named file is compared with one other."""
    skipped: tuple[tuple[str, Message], ...] = ()


@dataclass(frozen=True)
class _Asked:
    """What the words of the command mean; a revision of None is the work tree."""

    old: str | None = None
    new: str | None = None
    paths: tuple[str, ...] = ()
    common: bool = False
    """From where the two revisions parted."""
    files: tuple[tuple[str | None, str], ...] = field(default=())
    """Two named files or folders, each with its revision."""


def open_sides(words: Sequence[str], stack: ExitStack) -> Sides:
    """Find out what is to be compared and open it; `stack` closes what was laid out for it.

    Raises:
        MisusedError: the words make no sense.
        RefusedError: git cannot say.
    """
    try:
        return _open(_understood(words), stack)
    except GitError as wrong:
        raise RefusedError(*wrong.reason) from wrong


def _understood(words: Sequence[str]) -> _Asked:
    if "-" in words:
        raise MisusedError(
            "`diff` reads files, folders and revisions, not standard input: a comparison has two sides",
            "`diff` 读取文件、文件夹和版本，不读标准输入：比较需要两侧",
        )
    if not words:
        return _Asked(HEAD, None)
    first, *rest = words
    if not os.path.lexists(first):
        for dots in ("...", ".."):
            if dots in first:
                old, _, new = first.partition(dots)
                return _Asked(old or HEAD, new or HEAD, tuple(rest), dots == "...")
    named = [_named(word) for word in words]
    for word, known in zip(words, named, strict=True):
        if known is None and word.endswith(SUFFIXES) and not _is_committed(word):
            raise RefusedError(
                f"{word}: there is no such file, nor was there in the last commit",
                f"{word}：没有这个文件，上次提交中也没有",
            )
    if len(words) == 2 and named[0] and named[1]:
        return _Asked(files=(named[0], named[1]))
    if named[0]:
        if len(words) == 1:
            return _one(*named[0])
        raise MisusedError(
            f"`{first}` is a file or a folder; name one more to compare it with, or a revision before it",
            f"`{first}` 是文件或文件夹；请再指定一个与之比较，或在前面写上版本",
        )
    if rest and not _named(rest[0]) and _is_revision(rest[0]):
        return _Asked(first, rest[0], tuple(rest[1:]))
    return _Asked(first, None, tuple(rest))


def _named(word: str) -> tuple[str | None, str] | None:
    """Return the revision and the path that a word names; None where it is no path."""
    if os.path.lexists(word):
        return None, word
    revision, colon, path = word.partition(":")
    # A drive letter is no revision.
    return (revision, path) if colon and path and len(revision) > 1 else None


def _is_revision(word: str) -> bool:
    try:
        Repository.around(Path()).commit(word)
    except GitError:
        return False
    return True


def _is_committed(path: str) -> bool:
    """Tell whether a file that is gone was there: its deletion can be looked at."""
    try:
        repository = Repository.around(Path())
        inside = _in_repository(repository, path)
        return any(entry.path == inside for entry in repository.entries(repository.commit(HEAD)))
    except (GitError, RefusedError):
        return False


def _one(revision: str | None, path: str) -> _Asked:
    """Compare a to-be with the journey it replaces, anything else with how it was last committed."""
    if revision is not None:
        return _Asked(files=((revision, path), (None, path)))
    if os.path.isfile(path):
        from blueprint.model.journey import Journey

        project = open_project((path,))
        document = project.workspace.documents[0]
        model = document.model
        if isinstance(model, Journey) and model.state == "to-be" and model.replaces:
            replaced = project.workspace.find(model.replaces, "journey")
            if replaced is None:
                raise RefusedError(
                    f"{path} replaces `{model.replaces}`, and no such journey is around; name its file: "
                    f"`blueprint diff AS-IS {path}`",
                    f"{path} 取代 `{model.replaces}`，但附近没有这段旅程；请指定其文件："
                    f"`blueprint diff 现状文件 {path}`",
                )
            return _Asked(files=((None, replaced.source.name), (None, path)))
    return _Asked(HEAD, None, (path,))


def _open(asked: _Asked, stack: ExitStack) -> Sides:
    if asked.files:
        return _two(asked.files, stack)
    project = open_project(asked.paths)
    repository = Repository.around(_folder(asked.paths))
    old = asked.old or HEAD
    start = repository.merge_base(old, asked.new or HEAD) if asked.common else repository.commit(old)
    before = _laid_out(repository, start, stack)
    within = asked.paths or tuple(str(near(project.config) / it) for it in project.config.paths or (".",))
    paths = [_in_repository(repository, path) for path in within]
    skipped = dict(before.skipped)
    one = _side(project, old, before, paths)
    if asked.new is None:
        if repository.bare:
            raise RefusedError(
                "a bare repository has no work tree to compare with; name a second revision",
                "裸仓库没有可比较的工作区；请再指定一个版本",
            )
        there = [path for path in within if os.path.lexists(path)]
        workspace = api.load(there, root=project.config.root, exclude=project.config.exclude)
        base = repository.root
        label = Message("work tree", "工作区")
        # What is left out of the one side is no news on the other.
        files = (file for file in files_of(workspace, base) if not _below(file.shown, (*skipped,)))
        other = Side(_spoken(label), workspace, tuple(files))
    else:
        after = _laid_out(repository, repository.commit(asked.new), stack)
        skipped |= after.skipped
        other = _side(project, asked.new, after, paths)
    chosen = tuple((file, why) for file, why in sorted(skipped.items()) if _below(file, paths))
    if not one.files and not other.files:
        names = ", ".join(within)
        file, why = chosen[0] if chosen else ("", Message("", ""))
        raise RefusedError(
            f"there is no journey, blueprint, persona or playbook in {names}, neither then nor now"
            + (f"; left out: {file}, {why.en}" if file else ""),
            f"{names} 中新旧两侧都没有旅程、服务蓝图、画像或手册"
            + (f"；未读取：{file}，{why.zh}" if file else ""),
        )
    return Sides(project, one, other, skipped=chosen)


def _spoken(message: Message) -> str:
    from blueprint.cli.speech import spoken

    return message.pick(spoken())


def _folder(paths: Sequence[str]) -> Path:
    for path in paths:
        at = Path(path)
        while not at.is_dir() and at != at.parent:
            at = at.parent
        return at
    return Path()


def _laid_out(repository: Repository, commit: str, stack: ExitStack) -> Snapshot:
    return stack.enter_context(snapshot(repository, commit))


def _in_repository(repository: Repository, path: str) -> str:
    root = os.path.realpath(repository.root)
    inside = os.path.relpath(os.path.realpath(path), root)
    if inside == os.pardir or inside.startswith(os.pardir + os.sep) or os.path.isabs(inside):
        raise RefusedError(f"{path} is outside of the repository {root}", f"{path} 不在仓库 {root} 中")
    return inside.replace(os.sep, "/")


def _below(file: str, paths: Sequence[str]) -> bool:
    return any(path == "." or file == path or file.startswith(f"{path}/") for path in paths)


def _side(project: Project, label: str, laid: Snapshot, paths: Sequence[str]) -> Side:
    there = [laid.folder / path for path in paths if (laid.folder / path).exists()]
    workspace = api.load(there, root=laid.folder, exclude=project.config.exclude)
    return Side(label, workspace, files_of(workspace, laid.folder))


def _two(named: Sequence[tuple[str | None, str]], stack: ExitStack) -> Sides:
    """Open two named files or folders, of any revisions."""
    here = [path for revision, path in named if revision is None]
    project = open_project(tuple(here[-1:]))
    sides, folders = [], []
    for revision, path in named:
        if revision is None:
            folders.append(os.path.isdir(path))
            workspace = api.load([path], root=project.config.root, exclude=project.config.exclude)
            base = Path(path) if os.path.isdir(path) else None
            sides.append(Side(path, workspace, files_of(workspace, base)))
            continue
        repository = Repository.around(Path())
        laid = _laid_out(repository, repository.commit(revision), stack)
        inside = _in_repository(repository, path) if not path.startswith(":/") else path[2:]
        target = laid.folder / inside
        if not target.exists():
            why = laid.skipped.get(inside)
            raise RefusedError(
                f"`{revision}` has no {path}" + (f": {why.en}" if why else ""),
                f"`{revision}` 中没有 {path}" + (f"：{why.zh}" if why else ""),
            )
        folders.append(target.is_dir())
        workspace = api.load([target], root=laid.folder, exclude=project.config.exclude)
        sides.append(
            Side(
                f"{revision}:{path}",
                workspace,
                files_of(workspace, target if target.is_dir() else laid.folder),
            )
        )
    if folders[0] != folders[1]:
        raise MisusedError(
            "one side is a file and the other a folder; name two of a kind",
            "一侧是文件，另一侧是文件夹；请指定同一类",
        )
    return Sides(project, sides[0], sides[1], one=not folders[0])
