"""What the machine does to a program: full disks, closed pipes, missing permissions, an impatient user."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from blueprint.cli.writing import write_atomically

FULL = Path("/dev/full")
unix = pytest.mark.skipif(os.name == "nt", reason="streams and permissions work otherwise there")
full_device = pytest.mark.skipif(not FULL.is_char_device(), reason="there is no full device")


def finish(process: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    assert b"Traceback" not in err, err
    assert b"internal error" not in err, err
    assert b"Exception ignored" not in err, err
    return process.returncode, out.decode(), err.decode()


def parts(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.endswith(".part")]


# ---- files


@pytest.mark.parametrize(("owner", "call"), [(os, "fsync"), (Path, "replace")])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    owner: object, call: str, run: Callable, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "p.svg"
    old.write_text("old")

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(owner, call, full)
    code, _, err = run("render", good, "-o", "p.svg")
    assert code == 2
    assert err == f"Error: p.svg: {os.strerror(errno.ENOSPC)}\n"
    assert old.read_text() == "old"
    for command in (
        ["check", good, "-o", "r"],
        ["schema", "-o", "r"],
        ["init", "r"],
        ["build", "--to", "svg"],
    ):
        code, _, err = run(*command)
        assert code == 2
        assert os.strerror(errno.ENOSPC) in err
        assert ".part" not in err
    monkeypatch.undo()
    assert not parts(tmp_path)
    assert not (tmp_path / "r").exists()
    assert not list((tmp_path / "exports").glob("*"))


@unix
def test_no_half_of_a_file_is_ever_left(process: Callable, good: Path, tmp_path: Path) -> None:
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    old = tmp_path / "p.svg"
    old.write_text("old")
    for arguments in (["render", good, "-o", "p.svg"], ["schema", "-o", "p.svg"]):
        code, _, err = finish(process(*arguments, preexec_fn=limit))
        assert (code, err) == (2, f"Error: p.svg: {os.strerror(errno.EFBIG)}\n")
        assert old.read_text() == "old"
    code, _, err = finish(process("build", "--to", "svg", preexec_fn=limit))
    assert code == 2
    assert os.strerror(errno.EFBIG) in err
    assert not list((tmp_path / "exports").glob("*"))
    assert not parts(tmp_path)


def test_an_interrupt_while_writing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(number: int) -> None:
        raise KeyboardInterrupt

    target = tmp_path / "p.svg"
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["p.svg"]
    assert target.read_text() == "old"


def test_what_a_crash_left_behind_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / f".{os.getpid()}.part").write_text("half")
    write_atomically(tmp_path / "p.svg", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["p.svg"]


@unix
def test_a_file_keeps_its_permissions_and_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "p.svg", tmp_path / "link.svg"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target.name)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@unix
def test_a_pipe_is_written_to_and_not_replaced(process: Callable, good: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.svg"
    os.mkfifo(pipe)
    running = process("render", good, "-o", pipe)
    assert pipe.read_bytes().startswith(b"<?xml")
    assert finish(running)[0] == 0
    assert pipe.is_fifo()


@unix
@full_device
def test_a_device_is_written_to_and_not_replaced(run: Callable, good: Path) -> None:
    code, _, err = run("render", good, "--to", "svg", "-o", FULL)
    assert (code, err) == (2, f"Error: {FULL}: {os.strerror(errno.ENOSPC)}\n")
    assert FULL.is_char_device()
    assert run("render", good, "--to", "svg", "-o", os.devnull).code == 0


@pytest.mark.parametrize("target", ["file/p.svg", "folder.svg"])
def test_where_nothing_can_be_written(target: str, run: Callable, good: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.svg").mkdir()
    code, _, err = run("render", good, "-o", target)
    assert code == 2
    assert target.split("/")[0] in err


@unix
@pytest.mark.parametrize("kind", ["pipe", "folder", "loop", "dangling"])
def test_what_is_no_file_cannot_be_read(kind: str, run: Callable, tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to("odd.yaml")
        case _:
            path.symlink_to("nowhere.yaml")
    for command in ("check", "render", "analyse"):
        code, out, err = run(command, "odd.yaml")
        assert code == (0 if (kind, command) == ("folder", "check") else 2)
        assert "odd.yaml" in out + err
    assert run("build", "odd.yaml", "--to", "svg").code == (1 if kind == "folder" else 2)


# ---- permissions


_DROP, _OVERRIDE, _SEARCH = 24, 1, 2
"""prctl's way to lose a capability, and the two by which root reads and writes whatever there is."""


def _obey() -> None:
    """Let permissions count for this process and what it starts, even where it belongs to root."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0 and any(libc.prctl(_DROP, power, 0, 0, 0) for power in (_OVERRIDE, _SEARCH)):
        raise OSError(ctypes.get_errno(), "cannot give up what root may do")


@pytest.fixture
def bound(process: Callable, tmp_path: Path) -> Iterator[Callable]:
    """Run the program as somebody whom permissions bind."""
    if os.name == "nt" or (os.geteuid() == 0 and not sys.platform.startswith("linux")):
        pytest.skip("permissions bind nobody here")

    def call(*arguments: object) -> tuple[int, str, str]:
        try:
            return finish(process(*arguments, preexec_fn=_obey))
        except subprocess.SubprocessError:
            pytest.skip("permissions bind nobody here")

    yield call
    for path in tmp_path.iterdir():
        path.chmod(0o755)


def test_a_file_without_permission(bound: Callable, good: Path, bad: Path) -> None:
    good.chmod(0)
    bad.chmod(0o644)
    code, out, err = bound("check", "ticket.yaml", "bad.yaml")
    assert (code, err) == (2, "")
    assert "ticket.yaml: error[YM010] you have no permission to read it" in out
    assert "error[YM003]" in out
    for command in ("render", "analyse"):
        code, _, err = bound(command, "ticket.yaml")
        assert code == 2
        assert "ticket.yaml: error[YM010] you have no permission to read it" in err


def test_a_folder_without_permission(bound: Callable, good: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    good.rename(locked / "ticket.yaml")
    (locked / "blueprint.toml").write_text("")
    locked.chmod(0)
    for path in ("locked", "locked/ticket.yaml", "."):
        code, out, err = bound("check", path)
        assert code == 2, path
        assert "locked" in out + err
        assert "blueprint.toml" not in out + err
        assert "permission" in (out + err).lower()
    code, _, err = bound("build", ".", "--to", "svg", "--out", "o")
    assert code == 2
    assert "locked: you have no permission to read it" in err


def test_a_file_without_permission_is_not_passed_over_in_a_folder(
    bound: Callable, good: Path, tmp_path: Path
) -> None:
    (tmp_path / "other.yaml").write_text("- nothing of ours\n")
    good.chmod(0)
    for arguments in (("check", "."), ("check",), ("fmt", "--check", "."), ("build", ".", "--to", "svg")):
        code, out, err = bound(*arguments)
        assert code == 2, arguments
        assert "ticket.yaml" in out + err
        assert "other.yaml" not in out + err
    assert "you have no permission to read it" in bound("check")[1]


def test_a_cache_without_permission_is_done_without(bound: Callable, good: Path, tmp_path: Path) -> None:
    (tmp_path / "blueprint.toml").write_text('cache = "kept"\n')
    assert bound("check", "ticket.yaml")[0] == 0
    assert (tmp_path / "kept" / "results.db").is_file()
    (tmp_path / "kept").chmod(0)
    code, _, err = bound("check", "ticket.yaml")
    assert code == 0
    assert "kept: results cannot be remembered there" in err


def test_a_configuration_without_permission(bound: Callable, good: Path, tmp_path: Path) -> None:
    (tmp_path / "blueprint.toml").write_text("")
    (tmp_path / "blueprint.toml").chmod(0)
    code, _, err = bound("check", "ticket.yaml")
    assert code == 2
    assert "the configuration cannot be read" in err


def test_a_folder_that_cannot_be_written_to(bound: Callable, good: Path, tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir()
    (shut / "old.svg").write_text("old")
    shut.chmod(0o555)
    for arguments in (
        ("render", "ticket.yaml", "-o", "shut/p.svg"),
        ("render", "ticket.yaml", "-o", "shut/old.svg"),
        ("render", "ticket.yaml", "-o", "shut/deep/p.svg"),
        ("build", "ticket.yaml", "--to", "svg", "--out", "shut"),
        ("check", "ticket.yaml", "-o", "shut/report"),
        ("init", "shut/new.yaml"),
    ):
        code, _, err = bound(*arguments)
        assert code == 2
        assert err.startswith("Error: shut/")
        assert "Permission denied" in err
    shut.chmod(0o755)
    assert [path.name for path in shut.iterdir()] == ["old.svg"]
    assert (shut / "old.svg").read_text() == "old"


def test_a_file_made_read_only_stays(bound: Callable, good: Path, tmp_path: Path) -> None:
    kept = tmp_path / "p.svg"
    kept.write_text("kept")
    kept.chmod(0o444)
    code, _, err = bound("render", "ticket.yaml", "-o", "p.svg")
    assert code == 2
    assert err == "Error: p.svg: Permission denied\n"
    assert kept.read_text() == "kept"


# ---- streams


@unix
@full_device
@pytest.mark.parametrize(
    "arguments",
    ["check bad.yaml", "schema", "rules", "--help", "--version", "init --list", "analyse ticket.yaml",
     "render ticket.yaml -o -"],
)  # fmt: skip
def test_standard_output_on_a_full_disk(arguments: str, good: Path, bad: Path) -> None:
    with FULL.open("wb") as full:
        running = subprocess.Popen(
            [sys.executable, "-m", "blueprint", *arguments.split()], stdout=full, stderr=subprocess.PIPE
        )
        code, _, err = finish_err(running)
    assert code == 2
    assert os.strerror(errno.ENOSPC) in err


def finish_err(process: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err, err
    assert b"Exception ignored" not in err, err
    return process.returncode, "", err.decode()


@unix
@pytest.mark.parametrize(
    ("arguments", "code"),
    [("check bad.yaml", 1), ("check ticket.yaml", 0), ("schema", 0), ("rules", 0), ("--help", 0),
     ("init --list", 0), ("analyse ticket.yaml", 0), ("render ticket.yaml -o -", 0)],
)  # fmt: skip
def test_a_reader_who_has_seen_enough(
    arguments: str, code: int, process: Callable, good: Path, bad: Path
) -> None:
    running = process(*arguments.split())
    running.stdout.close()
    err = running.stderr.read()
    running.wait(60)
    assert (running.returncode, err) == (code, b"")


@unix
@pytest.mark.parametrize(
    ("closed", "arguments", "code", "says"),
    [
        ("<&-", "check -", 2, "standard input is closed"),
        ("<&-", "check bad.yaml", 1, ""),
        (">&-", "check bad.yaml", 2, "standard output: Bad file descriptor"),
        (">&-", "render ticket.yaml -o p.svg", 0, "Wrote p.svg"),
        ("2>&-", "check bad.yaml", 1, ""),
        ("2>&-", "render nowhere.yaml", 2, ""),
        ("2>&-", "build ticket.yaml --to svg", 0, ""),
        ("<&- >&- 2>&-", "check ticket.yaml", 2, ""),
        ("<&- >&- 2>&-", "render ticket.yaml -o p.svg", 0, ""),
        ("<&- >&- 2>&-", "--version", 0, ""),
    ],
)
def test_closed_streams(
    closed: str, arguments: str, code: int, says: str, good: Path, bad: Path, tmp_path: Path
) -> None:
    command = f'"{sys.executable}" -m blueprint {arguments} {closed}'
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    assert says in done.stderr.decode()
    if "p.svg" in arguments:
        assert (tmp_path / "p.svg").read_bytes().startswith(b"<?xml")


# ---- an impatient user


@unix
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c(jobs: int, process: Callable, good: Path, tmp_path: Path) -> None:
    text = good.read_text()
    for at in range(600):
        (tmp_path / f"{at}.yaml").write_text(text.replace("journey: ticket", f"journey: ticket-{at}"))
    running = process("check", ".", "--jobs", jobs, start_new_session=True)
    time.sleep(1.0)
    os.killpg(running.pid, signal.SIGINT)
    code, out, err = finish(running)
    if code != 130:
        pytest.skip("this machine was done before anybody could be impatient")
    assert out == ""
    assert err.strip() == "Interrupted."


@unix
def test_ctrl_c_while_building(process: Callable, good: Path, tmp_path: Path) -> None:
    running = process("build", "--to", "svg,pdf,html", start_new_session=True)
    deadline = time.monotonic() + 30
    while not (tmp_path / "exports").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    code, _, err = finish(running)
    assert code in (0, 130)
    assert not parts(tmp_path)
    assert code == 0 or err.strip() == "Interrupted."
    again = finish(process("build", "--to", "svg,pdf,html"))
    assert again[0] == 0
    assert finish(process("build", "--to", "svg,pdf,html", "--check"))[0] == 0


def test_ctrl_c_while_the_program_is_being_loaded(tmp_path: Path) -> None:
    impatient = (
        "import sys\n"
        "class Impatient:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'click':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Impatient())\n"
        "from blueprint.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", impatient], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (130, b"")
