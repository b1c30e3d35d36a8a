"""`--watch`: what is saved is checked again; nothing that is saved is missed; Ctrl-C ends it."""

from __future__ import annotations

import builtins
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from blueprint.cli import watch

PATIENCE = 30.0


class Lines:
    """What a process says, line by line, waited for."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._lines: queue.Queue[str] = queue.Queue()
        self.seen: list[str] = []
        for stream in (process.stdout, process.stderr):
            threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: Iterator[bytes]) -> None:
        for line in stream:
            self._lines.put(line.decode())

    def until(self, *words: str) -> str:
        """Wait for lines with each of these words, in any order; return the line with the first of them."""
        end, first, waiting = time.monotonic() + PATIENCE, "", set(words)
        while waiting:
            try:
                line = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"{waiting} was not said; what was: {self.seen}")
            self.seen.append(line)
            if words[0] in line:
                first = line
            waiting -= {word for word in words if word in line}
        return first


@pytest.fixture
def watching(process: Callable) -> Iterator[Callable[..., Lines]]:
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: object, expected: str) -> Lines:
        running = process(*arguments)
        started.append(running)
        lines = Lines(running)
        lines.until("Watching for changes", expected)
        return lines

    yield start
    for running in started:
        if running.poll() is None:
            running.kill()
        running.wait()


@pytest.mark.skipif(os.name == "nt", reason="a process is interrupted otherwise there")
def test_check_again_after_each_save_until_interrupted(
    watching: Callable[..., Lines], good: Path, bad: Path, tmp_path: Path
) -> None:
    right, wrong = good.read_bytes(), bad.read_bytes()
    bad.unlink()
    lines = watching("check", "ticket.yaml", "--watch", "--output", "json=found.json", "--output", "text",
                     expected="Nothing to report")  # fmt: skip
    good.write_bytes(wrong)
    assert lines.until("in 1 file", "Watching").startswith("2 errors")
    # An editor that writes a new file and puts it in place of the old one.
    (tmp_path / "new").write_bytes(right)
    os.replace(tmp_path / "new", good)
    lines.until("Nothing to report", "Watching")
    good.unlink()
    lines.until("there is no such file", "Watching")
    good.write_bytes(wrong[: len(wrong) // 2])
    lines.until("error", "Watching")
    good.write_bytes(right)
    lines.until("Nothing to report", "Watching")
    (tmp_path / "blueprint.toml").write_text("selct = []")
    lines.until("is no setting", "Watching")
    (tmp_path / "blueprint.toml").unlink()
    lines.until("Nothing to report", "Watching")
    lines.process.send_signal(signal.SIGINT)
    assert lines.until("Interrupted")
    assert lines.process.wait(PATIENCE) == 130
    assert (tmp_path / "found.json").is_file()


@pytest.mark.skipif(os.name == "nt", reason="a process is interrupted otherwise there")
def test_build_again_after_each_save(watching: Callable[..., Lines], good: Path, tmp_path: Path) -> None:
    lines = watching("build", "--watch", "--to", "svg", tmp_path, expected="2 of 2 pictures drawn")
    good.write_text(good.read_text().replace("Arrives on time", "Comes late"))
    assert "2 of 2" in lines.until("pictures drawn", "Watching")
    picture = tmp_path / "exports" / "ticket.map.svg"
    assert "Comes late" in picture.read_text()
    lines.process.send_signal(signal.SIGINT)
    assert lines.process.wait(PATIENCE) == 130


def test_standard_input_cannot_be_watched(run: Callable) -> None:
    code, _, err = run("check", "-", "--watch", stdin=b"")
    assert code == 2
    assert "standard input cannot be watched" in err


def test_a_wrong_option_ends_it_at_once(run: Callable, good: Path) -> None:
    assert run("check", "--watch", "--select", "QQ9", good).code == 2
    assert run("check", "--watch", "--output", "sarfi=x", good).code == 2


@pytest.fixture(params=["told", "looking"])
def manner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the library that tells of changes, and without it."""
    if request.param == "told":
        pytest.importorskip("watchfiles")
        return
    real = builtins.__import__

    def refuse(name: str, *more: object) -> object:
        if name == "watchfiles":
            raise ImportError(name)
        return real(name, *more)  # type: ignore[arg-type]  # what __import__ takes is passed on

    monkeypatch.setattr(builtins, "__import__", refuse)
    monkeypatch.delitem(sys.modules, "watchfiles", raising=False)


@pytest.mark.usefixtures("manner")
def test_a_save_in_parts_is_one_change(tmp_path: Path) -> None:
    where = [watch.Place(str(tmp_path), None)]
    file = tmp_path / "a.yaml"
    file.write_text("one")
    before = watch.look(where)

    def save() -> None:
        time.sleep(0.3)
        for part in range(6):
            with file.open("a") as open_file:
                open_file.write(f"part {part}\n")
            time.sleep(0.03)

    saving = threading.Thread(target=save)
    saving.start()
    after = watch.wait(before, lambda: watch.look(where), folders=lambda: where)
    saving.join()
    assert after[str(file)] == watch.look(where)[str(file)]
    assert file.read_text().endswith("part 5\n")


@pytest.mark.usefixtures("manner")
def test_what_was_saved_while_the_command_ran_is_not_missed(tmp_path: Path) -> None:
    where = [watch.Place(str(tmp_path), None)]
    before = watch.look(where)
    (tmp_path / "a.yaml").write_text("x")
    began = time.monotonic()
    after = watch.wait(before, lambda: watch.look(where), folders=lambda: where)
    assert set(after) == {str(tmp_path / "a.yaml")}
    assert time.monotonic() - began < 2


def test_only_what_matters_is_looked_at(tmp_path: Path) -> None:
    for name in ("a.yaml", "deep/er/b.yml", ".git/c.yaml", "exports/a.svg", "node_modules/d.yaml", "t.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    seen = {
        Path(file).relative_to(tmp_path).as_posix()
        for file in watch.look([watch.Place(str(tmp_path), None)])
    }
    assert seen == {"a.yaml", "deep/er/b.yml", "t.csv"}
    near = watch.look([watch.Place(str(tmp_path), 1)])
    assert str(tmp_path / "deep/er/b.yml") not in near
    assert watch.look([watch.Place(str(tmp_path / "gone"), None)]) == {}


def test_places(tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.path.realpath(tmp_path)
    assert watch.places(["ticket.yaml"]) == [watch.Place(here, 3)]
    assert watch.places([]) == [watch.Place(here, None)]
    (tmp_path / "blueprint.toml").write_text("")
    (tmp_path / "deep").mkdir()
    assert watch.places(["deep", "ticket.yaml"]) == [watch.Place(here, None)]
