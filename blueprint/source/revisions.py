"""Documents as they were: read from git without touching the work tree, its index or its branches.

`git` runs as a process, never through a shell, and only to look: `rev-parse`, `merge-base`, `ls-tree` and
`cat-file`. What a revision holds is laid out in a folder of its own, for as long as it is looked at.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import NamedTuple

from blueprint.diagnostic import ExplainedError, Message
from blueprint.source.folders import SUFFIXES
from blueprint.source.reading import MAX_BYTES

_WANTED = (*SUFFIXES, ".csv")
_POINTER = b"version https://git-lfs.github.com/spec/"
_LINK, _MODULE = "120000", "160000"
_PATIENCE = 60.0
"""How long git may take to answer, seconds: a hook or a filter of its own must not hang us."""


class GitError(ExplainedError):
    """Git is missing, this is no repository, or it has no such revision."""

    def __init__(self, why: Message) -> None:
        super().__init__(*why)


class Entry(NamedTuple):
    """A file of a revision."""

    path: str
    """From the root of the repository, with slashes."""
    mode: str
    blob: str


class Repository:
    """A git repository, to be read.

    Args:
        root: The folder of its work tree.
        bare: Whether it has none.
    """

    def __init__(self, root: Path, *, bare: bool = False) -> None:
        self.root, self.bare = root, bare

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """Find the repository that a folder is in.

        Raises:
            GitError: git is missing, or the folder is in no repository.
        """
        code, out, err = _git(folder, "rev-parse", "--is-bare-repository", "--show-toplevel")
        lines = out.decode("utf-8", "surrogateescape").splitlines()
        if code == 0 and len(lines) == 2:
            return cls(Path(lines[1]))
        if lines[:1] == ["true"]:
            return cls(folder, bare=True)
        told = err.decode("utf-8", "replace").strip()
        if "dubious ownership" in told:
            raise GitError(
                Message(
                    "git refuses to read this repository, for it belongs to somebody else: "
                    f"{told.splitlines()[0]}; run the `git config --global --add safe.directory` that git "
                    "proposes",
                    f"git 拒绝读取此仓库，因为它属于其他用户：{told.splitlines()[0]}"
                    "；请执行 git 建议的 `git config --global --add safe.directory`",
                )
            )
        raise GitError(
            Message(
                f"{folder.absolute()} is not in a git repository; name two files or two folders instead",
                f"{folder.absolute()} 不在 git 仓库中；请改为指定两个文件或两个文件夹",
            )
        )

    def commit(self, revision: str) -> str:
        """Return the commit that a revision names.

        Raises:
            GitError: there is no such revision.
        """
        if not revision or "\0" in revision:
            raise _unknown(revision, shallow=False)
        code, out, _ = _git(
            self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
        found = out.decode("ascii", "replace").strip()
        if code or not found:
            raise _unknown(revision, shallow=self.shallow)
        return found

    @property
    def shallow(self) -> bool:
        """Whether it holds only a part of its history."""
        return _git(self.root, "rev-parse", "--is-shallow-repository")[1].strip() == b"true"

    def merge_base(self, one: str, other: str) -> str:
        """Return the commit at which two revisions parted.

        Raises:
            GitError: there is none, or the clone is too shallow to hold it.
        """
        first, second = self.commit(one), self.commit(other)
        code, out, _ = _git(self.root, "merge-base", first, second)
        found = out.decode("ascii", "replace").strip()
        if code == 0 and found:
            return found
        if self.shallow:
            raise GitError(
                Message(
                    f"this clone is too shallow to hold the commit where `{one}` and `{other}` parted; "
                    "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in "
                    "actions/checkout",
                    f"此克隆的历史不完整，找不到 `{one}` 与 `{other}` 的分叉点；请获取完整历史："
                    "`git fetch --unshallow`，或在 actions/checkout 中设置 `fetch-depth: 0`",
                )
            )
        raise GitError(
            Message(
                f"`{one}` and `{other}` have no history in common; compare them with `{one}..{other}`",
                f"`{one}` 与 `{other}` 没有共同的历史；请用 `{one}..{other}` 比较",
            )
        )

    def entries(self, commit: str) -> tuple[Entry, ...]:
        """Return every file of a commit, links and modules too, in the order of their paths."""
        code, out, err = _git(self.root, "ls-tree", "-r", "-z", "--full-tree", commit)
        if code:
            raise _failed(err)
        found = []
        for line in out.split(b"\0"):
            head, tab, path = line.partition(b"\t")
            if tab:
                mode, _, blob = head.decode("ascii").split()
                found.append(Entry(os.fsdecode(path), mode, blob))
        return tuple(sorted(found))

    def contents(self, blobs: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield the bytes of each blob; None for one that this clone lacks."""
        if not blobs:
            return
        wanted = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
        code, out, err = _git(self.root, "cat-file", "--batch", given=wanted)
        if code:
            raise _failed(err)
        at = 0
        for blob in blobs:
            end = out.index(b"\n", at)
            head = out[at:end].split()
            at = end + 1
            if len(head) != 3:
                yield blob, None
                continue
            size = int(head[2])
            yield blob, out[at : at + size]
            at += size + 1


def _unknown(revision: str, *, shallow: bool) -> GitError:
    more = ("", "")
    if revision == "HEAD":  # Which every repository has as soon as it has anything.
        return GitError(
            Message(
                "nothing has been committed yet, so there is nothing to compare with",
                "还没有任何提交，因此没有可比较的内容",
            )
        )
    if shallow:
        more = (
            "; this clone is shallow, so fetch the whole history: `git fetch --unshallow`, or "
            "`fetch-depth: 0` in actions/checkout",
            "；此克隆的历史不完整，请获取完整历史：`git fetch --unshallow`，"
            "或在 actions/checkout 中设置 `fetch-depth: 0`",
        )
    return GitError(
        Message(
            f"`{revision}` is neither a file nor a revision that git knows{more[0]}",
            f"`{revision}` 既不是文件，也不是 git 认识的版本{more[1]}",
        )
    )


def _failed(err: bytes) -> GitError:
    told = err.decode("utf-8", "replace").strip().splitlines()
    reason = told[0] if told else "it gave no reason"
    return GitError(Message(f"git failed: {reason}", f"git 执行失败：{reason}"))


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> tuple[int, bytes, bytes]:
    """Run git in a folder; it asks nobody, takes no locks and fetches nothing."""
    program = shutil.which("git")
    if program is None:
        raise GitError(
            Message(
                "git is not installed, so no revision can be read; name two files or two folders instead",
                "未安装 git，无法读取版本；请改为指定两个文件或两个文件夹",
            )
        )
    settings = {
        "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C",
    }  # fmt: skip
    command = [program, "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            input=given if given is not None else b"",
            capture_output=True,
            env={**os.environ, **settings},
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise GitError(Message("git did not answer within a minute", "git 在一分钟内没有响应")) from slow
    except OSError as error:
        raise GitError(
            Message(f"git cannot be run: {error.strerror}", f"无法运行 git：{error.strerror}")
        ) from error
    return done.returncode, done.stdout, done.stderr


@dataclass
class Snapshot:
    """What a revision holds of documents and tables, in a folder that goes when it is closed.

    Attributes:
        folder: Where it is laid out.
        blobs: The file of each path, by its content's hash.
        skipped: What was left out, and why, by path.
    """

    folder: Path
    blobs: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, Message] = field(default_factory=dict)

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def snapshot(repository: Repository, commit: str) -> Snapshot:
    """Lay out the documents and tables of a commit in a folder of their own.

    Links, modules, pointers to large files and names that lead elsewhere are left out and named.

    Raises:
        GitError: git cannot read the commit.
        OSError: there is no room for the folder.
    """
    taken = Snapshot(Path(tempfile.mkdtemp(prefix="blueprint-")).resolve())
    try:
        wanted: list[Entry] = []
        for entry in repository.entries(commit):
            if entry.mode == _MODULE or entry.path.lower().endswith(_WANTED):
                why = _refused(entry)
                if why is None:
                    wanted.append(entry)
                else:
                    taken.skipped[entry.path] = why
        found = dict(repository.contents(sorted({entry.blob for entry in wanted})))
        for entry in wanted:
            _lay_out(taken, entry, found.get(entry.blob))
    except BaseException:
        shutil.rmtree(taken.folder, ignore_errors=True)
        raise
    return taken


def _refused(entry: Entry) -> Message | None:
    if entry.mode == _LINK:
        return Message("a symbolic link, which is not followed", "符号链接，不予跟随")
    if entry.mode == _MODULE:
        return Message(
            "a submodule, which is compared in its own repository", "子模块，请在其自身仓库中比较"
        )
    parts = PurePosixPath(entry.path).parts
    # Git forbids such names, but a repository can be made by hand.
    strange = any(part in ("..", ".", "/") or "\\" in part or part.lower() == ".git" for part in parts)
    if strange or os.path.isabs(entry.path) or (os.name == "nt" and ":" in entry.path):
        return Message("a name that leads out of the repository", "指向仓库之外的文件名")
    return None


def _lay_out(taken: Snapshot, entry: Entry, data: bytes | None) -> None:
    if data is None:
        taken.skipped[entry.path] = Message(
            "this clone lacks its content (a partial clone); run `git fetch` for it",
            "此克隆缺少其内容（部分克隆）；请先用 `git fetch` 获取",
        )
    elif data.startswith(_POINTER):
        taken.skipped[entry.path] = Message(
            "a pointer to Git LFS instead of the file; keep journeys in git itself",
            "Git LFS 指针，不是文件本身；请将旅程直接保存在 git 中",
        )
    else:
        target = taken.folder.joinpath(*PurePosixPath(entry.path).parts)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data[: MAX_BYTES + 1])
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            taken.skipped[entry.path] = Message(
                f"a name that this system cannot hold: {reason}", f"本系统无法使用的文件名：{reason}"
            )
            return
        taken.blobs[entry.path] = entry.blob
