"""What checking a file found, remembered until the file, the settings, the program or a neighbour changes.

One SQLite file per project, so that runs at the same time cannot spoil each other's work. Nothing in it is
worth keeping: whatever cannot be read or understood counts as not there, and checking goes on without it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blueprint.diagnostic import Diagnostic, Edit, Fix, Message, Range, Related, Severity

if TYPE_CHECKING:
    from sqlite3 import Connection

FILE = "results.db"
_LAYOUT = 4
"""Goes up when the table below changes; older files are begun anew."""
_MOST = 20_000
"""So many results are kept; the oldest go first."""
_PATIENCE = 2.0
"""Seconds to wait for another run that is writing."""
_AT_ONCE = 400
"""Names in one question; SQLite takes no more than 999."""


@dataclass(frozen=True, slots=True)
class Result:
    """What checking one file found, and what that rests on."""

    name: str
    """The file as it was named; findings carry the name."""
    digest: str
    """Of the file's bytes."""
    found: tuple[Diagnostic, ...]
    files: dict[str, str] = field(default_factory=dict)
    """Absolute path → digest of every other file read for it; empty where one could not be read."""
    index: str = ""
    """The digest of which documents there are; empty where that did not matter."""
    card: str = ""
    """What rules over all files know of it, as JSON; empty in what is recalled: `recall_cards` has it."""


class Cache:
    """Remembers results in a folder. Never raises: trouble is kept in `trouble` and means not remembered.

    Args:
        folder: Where to remember them; it is made when there is something to write.
        circumstances: A digest of everything besides the files that findings depend on.
    """

    def __init__(self, folder: Path, circumstances: str = "") -> None:
        self.path = folder / FILE
        self.circumstances = circumstances
        self.trouble: Message | None = None

    def recall(self, names: Sequence[str]) -> dict[str, Result]:
        """Return what is remembered of files under the same circumstances, by name."""
        found: dict[str, Result] = {}
        for name, written in self._rows("result", names):
            with contextlib.suppress(ValueError, TypeError, LookupError, zlib.error):
                found[name] = _result(name, json.loads(zlib.decompress(written)))
        return found

    def recall_cards(self, names: Sequence[str]) -> dict[str, str]:
        """Return the cards of files that are remembered under the same circumstances, as JSON, by name.

        They are most of what is remembered, and asked for only when some file has changed.
        """
        found: dict[str, str] = {}
        for name, written in self._rows("card", names):
            with contextlib.suppress(ValueError, TypeError, zlib.error):
                found[name] = zlib.decompress(written).decode()
        return found

    def _rows(self, column: str, names: Sequence[str]) -> list[tuple[str, bytes]]:
        if not names or not os.path.isfile(self.path):
            return []
        found: list[tuple[str, bytes]] = []
        wanted = frozenset(names)
        with self._open("begin") as store:
            if store is None:
                return []
            for at in range(0, len(names), _AT_ONCE):
                part = [_place(name) for name in names[at : at + _AT_ONCE]]
                marks = ",".join("?" * len(part))
                rows = store.execute(
                    f"select name, {column} from results where circumstances = ? and path in ({marks})",
                    (self.circumstances, *part),
                )
                # One file may be remembered under several names: as it was asked for in several folders.
                found += ((name, written) for row, written in rows if (name := os.fsdecode(row)) in wanted)
        return found

    def remember(self, results: Iterable[Result]) -> None:
        """Write results down, over what was there before."""
        self._keep(
            [
                (
                    self.circumstances,
                    _place(result.name),
                    os.fsencode(result.name),
                    _written(result),
                    zlib.compress(result.card.encode(), 1),
                )
                for result in results
            ]
        )

    def recall_words(self, words: object) -> dict[str, str] | None:
        """Return the codes of options' rules, if these words were all found right in an earlier run.

        A run that remembers everything can then do without the rule book.
        """
        if not os.path.isfile(self.path):
            return None
        row = None
        with self._open("begin") as store:
            if store is not None:
                question = "select result from results where circumstances = ?"
                row = store.execute(question, (circumstances_of(words),)).fetchone()
        try:
            codes = json.loads(zlib.decompress(row[0])) if row else None
        except (ValueError, TypeError, zlib.error):
            return None
        return codes if isinstance(codes, dict) else None

    def remember_words(self, words: object, codes: Mapping[str, str]) -> None:
        """Take down that these words are all right, and which rules those with options mean."""
        plain = zlib.compress(json.dumps(dict(codes)).encode())
        self._keep([(circumstances_of(words), b"", b"", plain, b"")])

    def _keep(self, rows: Sequence[tuple[str, bytes, bytes, bytes, bytes]]) -> None:
        if not rows:
            return
        try:
            _make(self.path.parent)
        except OSError as error:
            self._unwritable(error.strerror or str(error))
            return
        with self._open("begin immediate") as store:
            if store is None:
                return
            store.executemany("insert or replace into results values (?, ?, ?, ?, ?)", rows)
            store.execute(
                "delete from results where rowid <= (select max(rowid) from results) - ?", (_MOST,)
            )

    @contextlib.contextmanager
    def _open(self, begin: str) -> Iterator[Connection | None]:
        """Open the store; give None where that cannot be done. What is written counts if all of it was."""
        try:
            import sqlite3
        except ImportError:  # Some builds of Python have none, and then nothing is remembered.
            yield None
            return
        store = self._connect(begin) or (self._connect(begin) if self.trouble else None)
        if store is None:
            yield None
            return
        spoilt = False
        try:
            yield store
            store.execute("commit")
        except sqlite3.DatabaseError as error:
            spoilt = self._spoilt(error)
        finally:
            store.close()
        if spoilt:
            self._discard()

    def _connect(self, begin: str) -> Connection | None:
        import sqlite3

        store = None
        try:
            store = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
            _prepare(store)
            store.execute(begin)
        except sqlite3.DatabaseError as error:
            if store is not None:
                store.close()
            if self._spoilt(error):
                self._discard()
            return None
        return store

    def _discard(self) -> None:
        with contextlib.suppress(OSError):
            self.path.unlink()

    def _spoilt(self, error: Exception) -> bool:
        """Take down what is wrong; whether the file is of no use and may be begun anew."""
        import sqlite3

        if isinstance(error, sqlite3.OperationalError):
            busy = "locked" in str(error) or "busy" in str(error)
            if not busy:  # Another run is writing; this one does its work itself.
                self._unwritable(str(error))
            return False
        self.trouble = Message(
            f"{self.path}: what was remembered cannot be read; it is begun anew",
            f"{self.path}：缓存已损坏，将重新建立",
        )
        return True

    def _unwritable(self, why: str) -> None:
        self.trouble = Message(
            f"{self.path.parent}: results cannot be remembered there ({why}); "
            "name another folder (`cache` in blueprint.toml), or use --no-cache",
            f"{self.path.parent}：无法在此保存缓存（{why}）；"
            "请在 blueprint.toml 中用 `cache` 指定其他文件夹，或使用 --no-cache",
        )


def circumstances_of(said: object) -> str:
    """Return a digest of what findings depend on besides files: what was said, this program, this Python.

    Args:
        said: Settings, or anything else of plain values.
    """
    from hashlib import blake2b

    plain = json.dumps([said, _program()], sort_keys=True, default=_as_plain)
    return blake2b(plain.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _as_plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return repr(value)


@lru_cache(maxsize=1)
def _program() -> list[Any]:
    package = Path(__file__).parents[1]
    program = [(str(package), *_stamps(package)), sys.version, _stamp(Path(json.__file__).parents[1])]
    # Libraries are replaced by way of their folder, which then gets a new date.
    return program + [_stamp(Path(folder)) for folder in sys.path if folder.endswith("site-packages")]


def _stamps(folder: Path) -> list[Any]:
    """Return name, size and date of every file of the program."""
    found: list[Any] = []
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        found += [(name, _stamp(Path(at, name))) for name in sorted(files)]
    return found


def _stamp(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return (0, 0)
    return (about.st_size, about.st_mtime_ns)


def clear(folder: Path) -> int:
    """Delete what is remembered in a folder; return how many bytes that were.

    Raises:
        OSError: it cannot be deleted.
    """
    gone = 0
    for name in (FILE, f"{FILE}-journal", ".gitignore", "CACHEDIR.TAG"):
        with contextlib.suppress(FileNotFoundError):
            size = (folder / name).stat().st_size
            (folder / name).unlink()
            gone += size
    with contextlib.suppress(OSError):  # Somebody keeps things of their own there.
        folder.rmdir()
    return gone


def _place(name: str) -> bytes:
    return os.fsencode(os.path.abspath(name))


def _make(folder: Path) -> None:
    """Make a folder that version control and backups leave alone."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    (folder / "CACHEDIR.TAG").write_text(
        "Signature: 8a477f597d28d172789f06886806bc55\n# Made by blueprint; delete it whenever you like.\n",
        encoding="utf-8",
    )


def _prepare(store: Connection) -> None:
    store.execute("pragma synchronous = off")  # Losing it in a power cut costs one slower run.
    if _layout(store) == _LAYOUT:
        return
    store.execute("begin immediate")
    if _layout(store) != _LAYOUT:  # Nobody else has made it meanwhile.
        store.execute("drop table if exists results")
        store.execute(
            "create table results (circumstances text, path blob, name blob, result blob, card blob,"
            " primary key (circumstances, path, name))"
        )
        store.execute(f"pragma user_version = {_LAYOUT}")
    store.execute("commit")


def _layout(store: Connection) -> int:
    layout: int = store.execute("pragma user_version").fetchone()[0]
    return layout


def _written(result: Result) -> bytes:
    found = [_plain(diagnostic) for diagnostic in result.found]
    plain = [result.digest, result.files, result.index, found]
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 1)


def _result(name: str, written: Any) -> Result:
    digest, files, index, found = written
    return Result(name, digest, tuple(_diagnostic(name, plain) for plain in found), files, index)


def _plain(d: Diagnostic) -> list[Any]:
    # Names and tuples go as they are; only what is an object of ours is taken apart.
    return [
        d.code, int(d.severity), d.message, d.help, d.span, d.name, d.element, d.related,
        d.fix and (d.fix.title, d.fix.edits, d.fix.safe), d.excess, d.anchor, d.file, d.accepted,
    ]  # fmt: skip


def _diagnostic(file: str, plain: Any) -> Diagnostic:
    code, severity, message, help, span, name, element, related, fix, excess, anchor, of, why = plain
    return Diagnostic(
        code,
        Severity(severity),
        Message(*message),
        Message(*help) if help else None,
        file if of == file else of,
        Range(*span),
        name,
        element,
        tuple(Related(Message(*said), where, Range(*place)) for said, where, place in related),
        Fix(Message(*fix[0]), tuple(Edit(*edit) for edit in fix[1]), fix[2]) if fix else None,
        excess,
        tuple(anchor),
        why,
    )
