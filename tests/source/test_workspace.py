"""Workspaces: which files are looked at, what goes wrong on the way, and how ids are resolved."""

from __future__ import annotations

import os
import pickle
import re
from pathlib import Path

import pytest

from blueprint.diagnostic import Severity
from blueprint.model.outline import keys_of
from blueprint.source.document import read_document
from blueprint.source.files import read_bytes, read_file
from blueprint.source.folders import _COMPANY, excluded, heading
from blueprint.source.kinds import KINDS
from blueprint.source.text import Source
from blueprint.source.workspace import Workspace

JOURNEY = "journey: {id}\npersona: {persona}\nstages: [{{stage: s, touchpoints: [{{id: a, title: x}}]}}]\n"
BLUEPRINT = (
    "blueprint: {id}\njourney: {journey}\nactors: {{a: {{zone: support}}}}\n"
    "steps: [{{id: s, at: a, actor: a, does: x}}]\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "buy.yaml": JOURNEY.format(id="buy", persona="anna"),
        "refund.yml": "# a comment\n---\n" + JOURNEY.format(id="refund", persona="[bob, carl]"),
        "people/anna.yaml": "persona: anna\n",
        "people/bob.yaml": "persona: bob\nshare: too much\n",
        "people/carl.yaml": "persona: carl\n\x00: [\n",
        "buy-delivery.yaml": BLUEPRINT.format(id="buy-delivery", journey="buy"),
        "ci.yaml": "on: push\njobs: {}\n",
        "notes.txt": "journey: not-yaml\n",
        ".hidden/secret.yaml": "persona: secret\n",
        "exports/old.yaml": "persona: old\n",
        "drafts/later.yaml": "persona: later\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def names(workspace: Workspace, folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in workspace.files]


def test_a_folder_gives_its_documents_sorted_and_nothing_else(folder: Path) -> None:
    assert names(Workspace([folder], root=folder, exclude=["drafts"]), folder) == [
        "buy-delivery.yaml",
        "buy.yaml",
        "refund.yml",
        "people/anna.yaml",
        "people/bob.yaml",
        "people/carl.yaml",
    ]


def test_a_named_file_is_read_whatever_it_holds(folder: Path) -> None:
    workspace = Workspace(
        [folder / "ci.yaml", folder / "drafts/later.yaml"], root=folder, exclude=["drafts"]
    )
    assert [d.diagnostics[0].code if d.diagnostics else "" for d in workspace.documents] == ["YM017", ""]


@pytest.mark.parametrize(
    ("pattern", "gone"),
    [
        ("drafts", True),
        ("drafts/", True),
        ("drafts/**", True),
        ("later.yaml", True),
        ("*/later.yaml", True),
        ("lat*", True),
        ("./drafts/later.yaml", True),
        ("draft", False),
        ("later", False),
        ("other/later.yaml", False),
    ],
)
def test_patterns(tmp_path: Path, pattern: str, gone: bool) -> None:
    assert excluded(tmp_path / "drafts" / "later.yaml", tmp_path, [pattern]) is gone


def test_one_file_reads_only_what_it_names(folder: Path) -> None:
    workspace = Workspace([folder / "buy.yaml"])
    (document,) = workspace.documents
    assert document.model is not None
    assert list(workspace.personas_of(document.model)) == ["anna"]  # type: ignore[arg-type]
    assert sorted(Path(path).name for path in workspace._read) == ["anna.yaml", "buy.yaml"]
    assert [b.id for b in workspace.blueprints_of("buy")] == ["buy-delivery"]


def test_ids_are_found_by_kind_and_broken_ones_are_known_to_be_there(folder: Path) -> None:
    workspace = Workspace([folder], root=folder, exclude=["drafts"])
    assert workspace.ids("persona") == ("anna", "bob", "carl")
    assert workspace.journey("buy") is not None
    assert workspace.persona("buy") is None
    assert workspace.persona("bob") is not None  # its share is dropped, the rest is there
    assert workspace.persona("carl") is not None  # and so is what stands before a syntax error
    assert workspace.find("nobody") is None


def test_claims_name_every_file(folder: Path) -> None:
    (folder / "again.yaml").write_text("persona: anna\n", encoding="utf-8")
    claims = Workspace([folder], root=folder).claims
    assert claims["anna"] == (str(folder / "again.yaml"), str(folder / "people/anna.yaml"))
    assert claims["buy"] == (str(folder / "buy.yaml"),)


def test_documents_that_are_no_files_take_part(folder: Path) -> None:
    typed = read_document(Source("-", JOURNEY.format(id="typed", persona="anna")))
    workspace = Workspace(root=folder)
    workspace.add(typed)
    assert workspace.documents == (typed,)
    assert workspace.journey("typed") is typed.model
    assert workspace.persona("anna") is not None
    assert Workspace.of([typed]).persona("anna") is None


def test_a_document_added_later_is_known_at_once(folder: Path) -> None:
    workspace = Workspace([folder])
    assert "late" not in workspace.ids() + workspace.ids("persona")
    workspace.add(read_document(Source("-", "persona: late\n")))
    assert "late" in workspace.ids()
    assert "late" in workspace.ids("persona")
    assert workspace.ids("atlas") == ()


def test_a_folder_without_documents_is_worth_a_warning(tmp_path: Path) -> None:
    (found,) = Workspace([tmp_path]).diagnostics
    assert (found.code, found.severity, found.file) == ("YM020", Severity.WARNING, str(tmp_path))


def test_what_cannot_be_read_is_said_about_the_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    for path in (
        tmp_path / "missing.yaml",
        tmp_path,
        pipe,
        loop,
        Path("a\0b"),
        tmp_path / ("x" * 5000),
        Path(os.devnull),
    ):
        (found,) = read_file(path).diagnostics
        assert (found.code, found.span) == ("YM010", (0, 0))
        assert found.file == str(path)


def test_a_loop_of_folders_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "p.yaml").write_text("persona: p\n")
    assert names(Workspace([tmp_path]), tmp_path) == ["a/p.yaml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_without_permission_is_reported(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0)
    try:
        (found,) = Workspace([tmp_path]).diagnostics
        assert found.code == "YM010"
        assert "permission" in found.message.en
    finally:
        closed.chmod(0o700)


def test_a_folder_that_cannot_be_listed_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    listing = os.scandir

    def guarded(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", guarded)
    (found,) = Workspace([tmp_path]).diagnostics
    assert (found.code, found.file) == ("YM010", str(tmp_path / "closed"))
    assert "permission" in found.message.en


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("journey: buy\n", ("journey", "buy")),
        ("\ufeff# c\n\n%YAML 1.2\n---\n'persona' : \"anna\"  # x\n", ("persona", "anna")),
        ("{journey: buy, stages: []}\n", ("journey", "buy")),
        ('{"blueprint": "b"}\n', ("blueprint", "b")),
        ("journey: buy\r\nstages: []\r\n", ("journey", "buy")),
        ("journey:\n  x: 1\n", ("journey", "")),
        ("journey: [a]\n", ("journey", "")),
        ("title: x\njourney: buy\n", None),
        ("title: x\njourney: buy\nstages: []\n", ("journey", "buy")),
        ("title: x\r\n'journey': \"buy\"  # x\r\nstages:\r\n", ("journey", "buy")),
        ("# c\nsteps: []\njourney: buy\nblueprint: b\n", ("blueprint", "b")),
        ("journey: buy\nblueprint: b\nsteps: []\n", ("blueprint", "b")),
        ("journey: buy\nstages: []\nblueprints: b\n", ("journey", "buy")),
        ("persona: p\njourney: buy\nstages: []\n", ("journey", "buy")),
        ("blueprint: b\njourney: buy\nstages: []\n", ("blueprint", "b")),
        ("title: x\npersona: anna\ngoals: []\n", ("persona", "anna")),
        ("title: x\npersona: anna\nrole: admin\n", None),
        ("title: x\nstages: []\npersona: anna\njourney: buy\ngoals: x\n", ("journey", "buy")),
        ("title: x\nplaybook: ours\nlexicon: {}\n", ("playbook", "ours")),
        ("# c\nextends: other\nplaybook: ours\n", ("playbook", "ours")),
        ("hosts: all\nplaybook: site.yml\ntargets: [a]\n", None),
        ("title: x\nstages: [build]\njob:\n  journey: buy\n", None),
        ("a: |\n  journey: buy\n  stages: x\n", None),
        ("journeys: x\n", None),
        ("- journey: x\n", None),
        ("", None),
    ],
)
def test_headings(tmp_path: Path, text: str, expected: tuple[str, str] | None) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    found = heading(path)
    assert (found and (found.kind, found.id)) == expected
    if expected and expected[1]:
        document = read_bytes("f", path.read_bytes())
        assert document.kind is not None
        assert (document.kind.key, document.id) == expected


def test_the_company_of_a_later_key_is_of_its_kind() -> None:
    """A word that the format no longer has would tell nothing."""
    for kind in KINDS:
        if kind.readable:
            words = re.findall(r"[a-z_]{3,}", _COMPANY[kind.key].pattern)
            assert words
            assert set(words) <= set(keys_of(kind.model()))


def test_a_workspace_travels_to_another_process(folder: Path) -> None:
    workspace = Workspace([folder], root=folder, exclude=["drafts"])
    assert workspace.journey("buy") is not None
    copy = pickle.loads(pickle.dumps(workspace))
    assert copy.files == workspace.files
    assert copy.journey("buy") == workspace.journey("buy")
