"""Known findings are known again, grown ones are news, and no file is too spoilt to be told so."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.diagnostic import Diagnostic, Message, Range, Severity
from blueprint.lint.baseline import entries_of, pruned, recognise
from blueprint.lint.baseline_file import BaselineError, Entry, dumped, loaded
from blueprint.lint.fingerprint import identities


def finding(code: str = "EX101", place: str = "touchpoint a", **more: object) -> Diagnostic:
    said = Message(f"{code} at {place}", "…")
    made = Diagnostic(
        code, Severity.WARNING, said, None, "a.yaml", Range(0, 0), anchor=("journey j", place)
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the test's own words


def remembered(*found: Diagnostic) -> list[Entry]:
    return loaded(dumped(entries_of(found, identities(found, {}), language="en")).encode())


def held(
    found: list[Diagnostic], entries: list[Entry]
) -> tuple[list[Diagnostic], list[Diagnostic], list[Entry]]:
    new, known, missing = recognise(found, identities(found, {}), entries)
    return new, known, missing


def test_what_was_recorded_is_known_and_the_rest_is_new() -> None:
    one, two, three = finding(), finding(place="touchpoint b"), finding("EX102")
    new, known, missing = held([one, three], remembered(one, two))
    assert (new, known) == ([three], [one])
    assert [entry.at for entry in missing] == ["touchpoint b"]


def test_of_findings_alike_as_many_are_known_as_were_recorded() -> None:
    one = finding()
    new, known, missing = held([one, one, one], remembered(one, one))
    assert (len(new), len(known), len(missing)) == (1, 2, 0)
    new, known, missing = held([one], remembered(one, one))
    assert (len(new), len(known), len(missing)) == (0, 1, 1)


@pytest.mark.parametrize(
    ("then", "now", "is_new"),
    [(0.3, 0.31, True), (0.3, 0.3, False), (0.3, 0.3 + 1e-9, False), (0.3, 0.2, False), (None, 0.3, False),
     (0.3, None, False), (1e9, 1e9 + 1, True)],
)  # fmt: skip
def test_a_known_finding_that_grows_is_news(then: float | None, now: float | None, is_new: bool) -> None:
    entries = remembered(finding("EX109", excess=then))
    worse = finding("EX109", excess=now, help=Message("Do it.", "做吧"), message=Message("now", "现在"))
    new, known, missing = held([worse], entries)
    assert (len(new), len(known), missing) == (int(is_new), int(not is_new), [])
    if is_new:
        (shown,) = new
        assert shown.help is not None
        assert "EX109 at touchpoint a" in shown.help.en
        assert shown.help.en.startswith("Do it.")


def test_pruning_forgets_what_is_gone_and_keeps_down_what_has_shrunk() -> None:
    small, big, gone = finding("EX109", excess=0.1), finding("EX109", excess=0.5), finding("EX102")
    before = remembered(big, gone)
    missing = [entry for entry in before if entry.code == "EX102"]
    kept = pruned(before, remembered(small), missing)
    assert [(entry.code, entry.excess) for entry in kept] == [("EX109", 0.1)]
    kept = pruned(remembered(small), remembered(big), [])
    assert [entry.excess for entry in kept] == [0.1]


def test_nobody_records_what_cannot_be_read() -> None:
    error = finding("YM002", severity=Severity.ERROR)
    assert remembered(error, finding("IN001"), finding("IN104"), finding("IN105")) == []
    remark = finding("YM002", severity=Severity.WARNING)
    assert len(remembered(remark)) == 1
    entry = remembered(remark)[0]
    new, known, _ = held([error], [entry])
    assert (new, known) == ([error], [])


TEXTS = st.text(max_size=12)
ENTRIES = st.lists(
    st.builds(
        Entry,
        document=TEXTS,
        code=st.sampled_from(["EX101", "ST102"]),
        at=TEXTS,
        fingerprint=st.text("0123456789abcdef", min_size=4, max_size=4),
        message=TEXTS,
        excess=st.one_of(st.none(), st.floats(0, 1e6).map(lambda value: round(value, 6))),
        file=st.just("a.yaml"),
    ),
    max_size=8,
    unique_by=lambda entry: entry.fingerprint,
)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_what_is_written_is_read_and_its_order_does_not_matter(
    entries: list[Entry], chance: object
) -> None:
    text = dumped(entries)
    assert sorted(loaded(text.encode()), key=repr) == sorted(entries, key=repr)
    mixed = entries[:]
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert dumped(mixed) == text
    assert json.loads(text)["version"] == 1


def test_a_line_per_finding_can_be_read() -> None:
    text = dumped(remembered(finding(), finding("EX109", excess=0.25)))
    assert text.splitlines()[6:10] == [
        '        "EX101": [',
        '          {"at": "touchpoint a", "message": "EX101 at touchpoint a", "fingerprint": '
        f'"{remembered(finding())[0].fingerprint}"}}',
        "        ],",
        '        "EX109": [',
    ]


GOOD = dumped(remembered(finding(), finding("EX109", excess=0.25)))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (GOOD.replace('"version": 1', '"version": 2'), 2, "newer blueprint (version 2; this one reads 1)"),
        (GOOD.replace('"version": 1,', ""), 0, "no `version`"),
        (GOOD.replace('        "EX101": [', '<<<<<<< HEAD\n"EX101": ['), 7, "a merge"),
        (GOOD.replace('"EX109"', '"EX101"'), 0, "`EX101` twice"),
        (GOOD[:-20], 13, "not JSON"),
        ("", 1, "not JSON"),
        ("[]", 0, "no `version`"),
        ('{"version": true}', 0, "no `version`"),
        ('{"version": 1}', 0, "shape"),
        ('{"version": 1, "documents": []}', 0, "shape"),
        ('{"version": 1, "documents": {"a": {"file": "a", "findings": {"EX101": [3]}}}}', 0, "shape"),
        (
            '{"version": 1, "documents": {"a": {"file": 1, "findings": {"EX101": [{"at": "x"}]}}}}',
            0,
            "shape",
        ),
        ("[" * 100_000, 0, "shape"),
        ('{"version": ' + "1" * 5000 + "}", 0, "shape"),
    ],
)
def test_spoilt_baselines_are_told_apart(text: str, line: int, said: str) -> None:
    with pytest.raises(BaselineError) as caught:
        loaded(text.encode())
    assert said in caught.value.message.en
    assert caught.value.line == line
    assert caught.value.message.zh
    assert caught.value.help.zh


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(BaselineError):
        loaded(data)


@given(st.data())
def test_any_damage_is_survived(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(at, min(len(GOOD), at + 30)))
    damage = data.draw(st.sampled_from(["", '"', "{", "[]", "null", "1"]))
    with contextlib.suppress(BaselineError):
        loaded((GOOD[:at] + damage + GOOD[end:]).encode())
