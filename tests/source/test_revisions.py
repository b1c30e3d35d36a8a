"""Reading revisions from git: only looking, whatever a repository holds."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint.source.revisions import GitError, Repository, snapshot

Git = Callable[..., str]
JOURNEY = """\
journey: {id}
stages:
  - stage: plan
    touchpoints:
      - {{id: search, title: Looks, kinds: [first], emotion: 0}}
"""


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Make a repository in an own folder and return a function that runs git in it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "repo"
    root.mkdir()
    monkeypatch.chdir(root)

    def call(*arguments: str, given: bytes | None = None, cwd: Path = root) -> str:
        done = subprocess.run(["git", *arguments], cwd=cwd, input=given, capture_output=True, check=True)
        return done.stdout.decode().strip()

    call("init", "-q", "-b", "main", ".")
    call("config", "user.email", "somebody@example.org")
    call("config", "user.name", "Somebody")
    return call


def commit(git: Git, message: str = "say why") -> str:
    git("add", "-A")
    git("commit", "-q", "--allow-empty", "-m", message)
    return git("rev-parse", "HEAD")


def write(path: str, text: str | bytes) -> None:
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode() if isinstance(text, str) else text)


def test_a_revision_is_laid_out_and_gone_again_and_the_work_tree_is_left_alone(git: Git) -> None:
    write("a.yaml", JOURNEY.format(id="a"))
    write("tables/people.csv", "id,score\n1,2\n")
    write("readme.md", "not ours")
    first = commit(git)
    write("a.yaml", "changed: but not committed")
    write("new.yaml", "untracked: 1")
    git("add", "new.yaml")
    before = (git("status", "--porcelain"), Path(".git/index").read_bytes(), git("stash", "list"))
    with snapshot(Repository.around(Path()), first) as laid:
        assert sorted(laid.blobs) == ["a.yaml", "tables/people.csv"]
        assert (laid.folder / "a.yaml").read_text() == JOURNEY.format(id="a")
        folder = laid.folder
    assert not folder.exists()
    assert before == (git("status", "--porcelain"), Path(".git/index").read_bytes(), git("stash", "list"))


def test_names_and_contents_come_through_unchanged(git: Git) -> None:
    names = [
        "-x.yaml",
        "a b.yaml",
        "旅程/包裹.yaml",
        'quo"te.yaml',
        "tab\there.yaml",
        "new\nline.yaml",
        "$(touch pwned).yaml",
    ]
    for name in names:
        write(name, JOURNEY.format(id="a") + f"# {name!r}\n")
    write("binary.yaml", bytes(range(256)) * 10)
    write("crlf.yaml", b"journey: a\r\nstages: []\r\n")
    write("empty.yaml", b"")
    at = commit(git)
    with snapshot(Repository.around(Path()), at) as laid:
        assert sorted(laid.blobs) == sorted([*names, "binary.yaml", "crlf.yaml", "empty.yaml"])
        for name in laid.blobs:
            assert (laid.folder / name).read_bytes() == Path(name).read_bytes()
    assert not Path("pwned").exists()


def test_links_modules_and_pointers_are_left_out_and_named(git: Git) -> None:
    write("a.yaml", JOURNEY.format(id="a"))
    write("large.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    os.symlink("/etc/passwd", "link.yaml")
    at = commit(git)
    git("update-index", "--add", "--cacheinfo", f"160000,{at},module.yaml")
    git("commit", "-q", "-m", "a module")
    with snapshot(Repository.around(Path()), git("rev-parse", "HEAD")) as laid:
        assert list(laid.blobs) == ["a.yaml"]
        assert sorted(laid.skipped) == ["large.yaml", "link.yaml", "module.yaml"]
        assert "LFS" in laid.skipped["large.yaml"].en
        assert not (laid.folder / "link.yaml").exists()


def test_a_tree_made_by_hand_cannot_write_outside_of_its_folder(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    blob = git("hash-object", "-w", "--stdin", given=JOURNEY.format(id="evil").encode())
    raw = b"100644 ok.yaml\0" + bytes.fromhex(blob)
    folder = git("hash-object", "-w", "-t", "tree", "--stdin", "--literally", given=raw)
    top = b"40000 ..\0" + bytes.fromhex(folder) + b"40000 fine\0" + bytes.fromhex(folder)
    tree = git("hash-object", "-w", "-t", "tree", "--stdin", "--literally", given=top)
    at = git("commit-tree", tree, "-m", "by hand")
    with snapshot(Repository.around(Path()), at) as laid:
        assert list(laid.blobs) == ["fine/ok.yaml"]
        assert list(laid.skipped) == ["../ok.yaml"]
        assert not (laid.folder.parent / "ok.yaml").exists()


@pytest.mark.parametrize(
    "revision", ["nothing", "--help", "-x", "", "HEAD:a.yaml", "HEAD~9", "$(id)", "a\0b"]
)
def test_what_is_no_revision_is_said_so(git: Git, revision: str) -> None:
    write("a.yaml", JOURNEY.format(id="a"))
    commit(git)
    with pytest.raises(GitError) as wrong:
        Repository.around(Path()).commit(revision)
    assert "neither a file nor a revision" in wrong.value.reason.en


def test_without_git_the_way_out_is_named(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GitError, match="git is not installed"):
        Repository.around(Path())


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(GitError, match="not in a git repository"):
        Repository.around(tmp_path)


def test_a_shallow_clone_without_the_merge_base_says_what_to_fetch(git: Git, tmp_path: Path) -> None:
    write("a.yaml", JOURNEY.format(id="a"))
    commit(git)
    git("checkout", "-q", "-b", "topic")
    write("a.yaml", JOURNEY.format(id="b"))
    commit(git)
    git("checkout", "-q", "main")
    write("c.yaml", JOURNEY.format(id="c"))
    commit(git)
    assert Repository.around(Path()).merge_base("main", "topic") == git("rev-parse", "main~1")
    clone = tmp_path / "clone"
    origin = f"file://{Path.cwd()}"
    git("clone", "-q", "--depth", "1", "--no-single-branch", origin, str(clone), cwd=tmp_path)
    shallow = Repository.around(clone)
    with pytest.raises(GitError, match="fetch-depth: 0"):
        shallow.merge_base("origin/main", "origin/topic")
    with pytest.raises(GitError, match="fetch-depth: 0"):
        shallow.commit("main~1")


def test_histories_with_nothing_in_common(git: Git) -> None:
    commit(git)
    git("checkout", "-q", "--orphan", "other")
    commit(git, "begin anew")
    with pytest.raises(GitError, match="no history in common"):
        Repository.around(Path()).merge_base("main", "other")
