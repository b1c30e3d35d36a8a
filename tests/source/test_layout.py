"""The canonical layout: what it makes of a text, and that nothing a text says is ever lost."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.source.document import read_document
from blueprint.source.layout import NotLaidOutError, laid_out
from blueprint.source.quoting import WIDTH, can_be_plain, folded, quoted, width
from blueprint.source.text import Source
from blueprint.source.tree import parse

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(
    path
    for folder in ("journeys", "blueprint/templates", "blueprint/playbooks", "tests/rules")
    for path in (ROOT / folder).rglob("*.yaml")
)


STAGES = "stages:\n  - stage: a\n    goal: g\n    # of a\n  # of stages\n"


def lay(text: str) -> str:
    return laid_out(Source("t.yaml", text))


def data(text: str) -> Any:
    tree = parse(Source("t.yaml", text))
    return tree.data


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # The order of keys is the model's, and what a document is made of comes last.
        (
            "stages:\n- touchpoints:\n  - {id: a, title: A}\n  stage: s\njourney: j\ntitle: T\n",
            "journey: j\ntitle: T\nstages:\n  - stage: s\n    touchpoints:\n      - {id: a, title: A}\n",
        ),
        # Names of things stay as they are; keys of one's own follow the others.
        (
            "journey: j\nx-mine: 1\noutcomes: {z: success, a: failure}\ntitle: T\n",
            "journey: j\ntitle: T\noutcomes: {z: success, a: failure}\nx-mine: 1\n",
        ),
        # Quotes only where they are needed, whoever reads the file, and double ones as a rule.
        (
            "journey: 'j'\ntitle: 'It is: so'\nsummary: \"Yes, no\"\nowner: 'no'\nreviewed: '2026-01-01'\n",
            'journey: j\ntitle: "It is: so"\nsummary: Yes, no\nowner: "no"\nreviewed: "2026-01-01"\n',
        ),
        ("journey: j\ntitle: \"a \\\"b\\\"\"\n", "journey: j\ntitle: a \"b\"\n"),
        ("journey: j\ntitle: \"\\\"b\\\"\"\n", "journey: j\ntitle: '\"b\"'\n"),
        # Numbers and durations are not touched.
        (
            "journey: j\nneutral:   +1.50e0\nx-a: 0x1F\nx-b: 2h 30m\n",
            "journey: j\nneutral: +1.50e0\nx-a: 0x1F\nx-b: 2h 30m\n",
        ),
        # Text in brackets keeps its quotes: the next comma would need them.
        (
            'journey: j\ntitle: { "en" : "Hello", zh: "你好" }\n',
            'journey: j\ntitle: {en: "Hello", zh: "你好"}\n',
        ),
        ('journey: j\nlinks: ["one", two]\n', "journey: j\nlinks: [one, two]\n"),
        # Blank lines: one at most, none at the beginning of a list or mapping.
        ("journey: j\n\n\n\ntitle: T\nstages:\n\n  - stage: s\n\n\n  - stage: t\n\n\n",
         "journey: j\n\ntitle: T\nstages:\n  - stage: s\n\n  - stage: t\n"),
        # A key without a value.
        ("journey: j\nx-a: {b: , c}\nx-d:\n", "journey: j\nx-a: {b, c}\nx-d:\n"),
        # Brackets over several lines are one line where they fit.
        ("journey: j\nlinks: [\n  one,\n  two\n]\n", "journey: j\nlinks: [one, two]\n"),
        # Values that the author aligned like a table stay aligned.
        (
            "journey: j\noutcomes:\n  kept:   {result: success}\n  lost-it: {result: failure}\n",
            "journey: j\noutcomes:\n  kept: {result: success}\n  lost-it: {result: failure}\n",
        ),
        (
            "journey: j\noutcomes:\n  kept:       {result: success}\n  lost-it:    {result: failure}\n",
            "journey: j\noutcomes:\n  kept:    {result: success}\n  lost-it: {result: failure}\n",
        ),
        # An anchor keeps keys where they are, for an alias must come after it.
        ("title: &t T\njourney: j\nsummary: *t\n", "title: &t T\njourney: j\nsummary: *t\n"),
        # A text that keeps its lines.
        ("journey: j\nsummary: |\n      one\n       two\n\n      three\n\n\ntitle: T\n",
         "journey: j\n\ntitle: T\nsummary: |\n  one\n   two\n\n  three\n"),
        (
            "journey: j\nsummary: |2+\n   one\n\n\nx-a: 1\n",
            "journey: j\nsummary: |2+\n   one\n\n\nx-a: 1\n",
        ),
        # `---` stays, and comments around it.
        ("# a\n---\n# b\njourney: j\n", "# a\n---\n# b\njourney: j\n"),
        ("", ""),
        ("# only a comment", "# only a comment\n"),
    ],
)  # fmt: skip
def test_examples(written: str, expected: str) -> None:
    assert lay(written) == expected
    assert lay(expected) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # Above, beside and below; each moves with what it belongs to.
        (
            "# top\n\n# t\ntitle: T # beside t\n# j\njourney: j # beside j\n# end\n",
            "# top\n\n# j\njourney: j  # beside j\n# t\ntitle: T  # beside t\n# end\n",
        ),
        # The schema comment stays first.
        (
            "# yaml-language-server: $schema=s.json\ntitle: T\njourney: j\n",
            "# yaml-language-server: $schema=s.json\njourney: j\ntitle: T\n",
        ),
        # At the end of a list, not before the next key.
        (
            f"journey: j\n{STAGES}# of surveys\nsurveys: []\n",
            f"journey: j\n# of surveys\nsurveys: []\n{STAGES}",
        ),
        # A list that is not indented ends before a comment in the column of its dashes.
        (
            "journey: j\nlinks:\n- a\n# of title\ntitle: T\n",
            "journey: j\n# of title\ntitle: T\nlinks:\n  - a\n",
        ),
        # Beside a key that opens a list, and in a list item's first line.
        (
            "journey: j\nstages: # head\n  - # dash\n    stage: a # beside\n",
            "journey: j\nstages:  # head\n  # dash\n  - stage: a  # beside\n",
        ),
        # In brackets: they open up. What stood beside them now stands above all they hold.
        (
            "journey: j\nlinks: [one, # 1\n  two # 2\n  ] # links\n",
            "journey: j\n# links\nlinks:\n  - one  # 1\n  - two  # 2\n",
        ),
        # Beside a text of several lines.
        ("journey: j\nsummary: | # why\n  one\n  two\n", "journey: j\nsummary: |  # why\n  one\n  two\n"),
        # Between a key and its value.
        ("journey: j\ntitle:\n  # about\n  Text\n", "journey: j\n# about\ntitle: Text\n"),
        # Not every # is a comment.
        ('journey: j\ntitle: "a # b"\nsummary: a#b\n', 'journey: j\ntitle: "a # b"\nsummary: a#b\n'),
    ],
)
def test_comments_move_with_what_they_belong_to(written: str, expected: str) -> None:
    assert lay(written) == expected
    assert lay(expected) == expected


def test_long_brackets_open_up_and_long_text_is_folded() -> None:
    words = "word " * 30 + "end"
    text = lay(f"journey: j\ntitle: {words}\nlinks: [{', '.join(['a-long-word'] * 12)}]\n")
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "title: >-\n  word word" in text
    assert "links:\n  - a-long-word\n" in text
    assert data(text)["title"] == words


def test_a_regular_expression_is_never_folded() -> None:
    pattern = r"\b(?:let|make) it\b " + "or anything else " * 8 + "here"
    assert pattern in lay(f"playbook: p\nlexicon: {{a: {{cues: {{en: ['{pattern}']}}}}}}\n")


def test_widths_are_those_of_a_terminal_and_chinese_is_never_broken() -> None:
    chinese = "一二三四五六七八九十" * 6
    assert lay(f"journey: j\nsummary: {chinese}\n") == f"journey: j\nsummary: {chinese}\n"
    row = "{p: 0.93, when: " + "一二三四五六七八九十" * 5 + "}"
    assert len(row) < 70
    assert "\n      when: 一二" in lay(f"journey: j\nentry:\n  a: {row}\n").replace(
        "    when", "      when"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("journey: [", "value was expected"),
        ("journey: j\n---\njourney: k\n", "second"),
        ("journey: j\njourney: k\n", "twice"),
        ("journey: j\nx-a: *b\n", "b"),
        ("journey: j\n? [a, b]\n: c\n", "key"),
        ("services: {a: 1}\n", "no journey"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_with_a_reason(text: str, says: str) -> None:
    with pytest.raises(NotLaidOutError) as refused:
        lay(text)
    assert says in refused.value.message.en
    assert re.search("[\u4e00-\u9fff]", refused.value.message.zh)


@pytest.mark.parametrize("breaks", ["\r\n", "\r", "\n"])
def test_line_breaks_are_kept(breaks: str) -> None:
    text = "title: T # c\njourney: j\nsummary: |\n  one\n  two\n"
    again = lay(text.replace("\n", breaks))
    expected = "journey: j\ntitle: T  # c\nsummary: |\n  one\n  two\n"
    assert again == expected.replace("\n", "\r\n" if breaks == "\r\n" else "\n")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_shipped_files_say_the_same(path: Path) -> None:
    text = path.read_text("utf-8")
    again = lay(text)
    assert lay(again) == again
    assert typed(data(again)) == typed(data(text))
    before, after = read_document(Source("t", text)), read_document(Source("t", again))
    assert after.model == before.model
    assert comments(again) == comments(text)


def typed(value: Any) -> Any:
    """Return data with the type of every scalar, so that 1, 1.0 and true differ."""
    if isinstance(value, dict):
        return {key: typed(held) for key, held in value.items()}
    if isinstance(value, list):
        return [typed(held) for held in value]
    return type(value).__name__, repr(value)


def comments(text: str) -> Counter[str]:
    """Count comments as PyYAML's own scanner skips them: independent of ours."""
    import yaml

    inside: list[tuple[int, int]] = []
    for token in yaml.scan(text):
        if isinstance(token, yaml.ScalarToken):
            end = token.end_mark.index
            if token.style in ("|", ">"):
                inside.append((text.index("\n", token.start_mark.index), end))
            else:
                inside.append((token.start_mark.index, end))
    found: Counter[str] = Counter()
    at = 0
    for start, end in [*sorted(inside), (len(text), len(text))]:
        found.update(m[0].rstrip() for m in re.finditer(r"#[^\n]*", text[at:start]))
        at = max(at, end)
    return found


WORDS = st.sampled_from(
    ["", " ", "a", "no", "12:30", "1", "1.0", "~", "- x", "a: b", "a #b", "# a", "'", '"', "\\", "{", "}",
     "[a]", ",", "a, b", "一二三", "é", "😀", "word", "long words that go on and on until the line is full",
     "\n", "\n\n", "  two", "trailing ", "\t", "\u2028", "\x07", "&a", "*a", "!t", "|", ">", "%", "@", "`",
     "---", "...", "null", "0x1f", "1e3", "2026-01-01", "=", "<<", "?", ":", "：", "a:", "键: 值", "\xa0"]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=0, max_size=6).map("".join) | st.lists(WORDS, min_size=1, max_size=12).map(
    " ".join
)


@given(TEXTS)
@settings(max_examples=400)
def test_quoted_text_reads_as_itself(text: str) -> None:
    assert data(f"{{a: {quoted(text)}}}\n") == {"a": text}
    assert data(f"a: {quoted(text)}\n") == {"a": text}
    if can_be_plain(text):
        assert data(f"a: {text}\n") == {"a": text}
        assert data(f"- {text}\n") == [text]
        import yaml

        assert yaml.safe_load(f"a: {text}\n") == {"a": text}, "YAML 1.1 reads it as text, too"
    if can_be_plain(text, in_brackets=True):
        assert data(f"{{a: {text}, b: 1}}\n") == {"a": text, "b": 1}
        assert data(f"[{text}]\n") == [text]


@given(TEXTS, st.integers(5, 60))
@settings(max_examples=400)
def test_folded_text_reads_as_itself(text: str, columns: int) -> None:
    lines = folded(text, columns)
    if lines is not None:
        assert all(width(line) <= columns for line in lines)
        assert data("a: >-\n" + "".join(f"  {line}\n" for line in lines)) == {"a": text}


class Writer:
    """Writes random data as somebody careless would, with a comment at every other place.

    Every comment names the place it stands at, so that afterwards it can be seen where it went.
    """

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.number = 0
        self.above: dict[str, str] = {}
        """Comment → the line that must follow it."""

    def comment(self) -> str:
        self.number += 1
        return f"# c{self.number}"

    def scalar(self, text: str, flow: bool) -> str:
        if can_be_plain(text, in_brackets=flow) and self.draw(st.booleans()):
            return text
        if "\n" in text or not text.isprintable() or self.draw(st.booleans()):
            return (
                '"'
                + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)
                + '"'
            )
        return "'" + text.replace("'", "''") + "'"

    def flow(self, value: Any) -> str:
        if isinstance(value, dict):
            space = self.draw(st.sampled_from(["", " ", "\n          "]))
            return "{" + ("," + (space or " ")).join(f"{k}: {self.flow(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(v) for v in value) + "]"
        return self.scalar(value, True) if isinstance(value, str) else str(value)

    def block(self, value: Any, indent: int) -> list[str]:
        """Return the lines of a value in block style."""
        lines: list[str] = []
        step = self.draw(st.integers(1, 4))
        items = value.items() if isinstance(value, dict) else ((None, held) for held in value)
        for key, held in items:
            if self.draw(st.integers(0, 5)) == 0:
                lines += [""] * self.draw(st.integers(1, 3))
            start = "-" if key is None else f"{key}:"
            if self.draw(st.integers(0, 3)) == 0:
                above = self.comment()
                lines.append(" " * indent + above)
                if key is not None:
                    self.above[above] = key
            beside = f" {self.comment()}" if self.draw(st.integers(0, 4)) == 0 else ""
            if isinstance(held, (dict, list)) and held and self.draw(st.integers(0, 3)):
                lines.append(" " * indent + start + beside)
                lines += self.block(held, indent + step)
                if self.draw(st.integers(0, 6)) == 0:
                    lines.append(" " * (indent + step) + self.comment())
            elif (
                isinstance(held, str) and "\n" in held and re.fullmatch(r"(?:[a-z ]*[a-z]\n)+[a-z]+", held)
            ):
                lines.append(f"{' ' * indent}{start} |-{beside}")
                lines += [" " * (indent + step) + line for line in held.split("\n")]
            elif isinstance(held, (dict, list)):
                flow = self.flow(held).replace("\n          ", "\n" + " " * (indent + 8))
                lines.append(f"{' ' * indent}{start} {flow}{beside}")
            else:
                text = self.scalar(held, False) if isinstance(held, str) else str(held)
                lines.append(f"{' ' * indent}{start} {text}{beside}")
        return lines


PLAIN = TEXTS | st.integers(-5, 5) | st.sampled_from([0.5, "a\nb", "one two\nthree"])
KEYS = st.sampled_from(
    [
        *("title", "summary", "owner", "kinds", "next", "time", "x-a", "x-b", "evidence", "doing", "pains"),
        *("en", "zh", "metrics", "p", "when", "standard", "wait", "emotion", "mean", "sd", "别的", "id"),
    ]
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=8,
)
TOUCHPOINTS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=6)
STAGE = st.fixed_dictionaries(
    {"touchpoints": st.lists(TOUCHPOINTS, min_size=1, max_size=3), "stage": st.just("s")}
)
DOCUMENTS = st.fixed_dictionaries(
    {"stages": st.lists(STAGE, min_size=1, max_size=2), "journey": st.just("j")},
    optional={
        "title": TEXTS,
        "summary": TEXTS,
        "outcomes": st.dictionaries(KEYS, VALUES, max_size=3),
        "x-y": VALUES,
    },
)


@given(DOCUMENTS, st.data())
@settings(max_examples=150)
def test_formatting_changes_nothing_but_the_layout(value: Any, drawn: st.DataObject) -> None:
    writer = Writer(drawn.draw)
    text = "\n".join(writer.block(value, 0)) + "\n"
    assert typed(data(text)) == typed(value), "the generator writes what it means"
    again = lay(text)
    assert typed(data(again)) == typed(value)
    assert lay(again) == again
    assert comments(again) == comments(text)
    lines = [line.strip() for line in again.splitlines()]
    for comment, key in writer.above.items():
        if text.lstrip().startswith(comment):
            continue  # At the top of the file, whatever comes first.
        at = lines.index(comment)
        following = next(line for line in lines[at + 1 :] if not line.startswith("#"))
        assert following.removeprefix("- ").startswith((f"{key}:", "- ")), (comment, key, again)
    for line in again.splitlines():
        assert line == line.rstrip() or "|" in again, "nothing at the end of a line"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "blueprint/templates").glob("*.yaml")), ids=lambda path: path.stem
)
def test_templates_are_laid_out(path: Path) -> None:
    text = path.read_text("utf-8")
    assert lay(text) == text


DEBRIS = [
    " ", "\n", "  ", "#", " # c\n", "\n# c\n", "\n    # d\n", "- ", ": ", "{", "}", "[", "]", ",",
    '"', "'", "|", ">",
    "|-\n", "&a ", "*a", "!t ", "!!str ", "? ", "---\n", "...\n", "\t", "\r\n", "\r", "\u2028", "一", "x",
    "\n\n\n", "- - ", "- # c\n", " |+\n", "%", "~", "<<: ", "null", "0",
]  # fmt: skip
DAMAGED = [path.read_text("utf-8") for path in SHIPPED if path.name.startswith("bad-")][::7]


@given(st.sampled_from(DAMAGED), st.data())
@settings(max_examples=300)
def test_damaged_files_are_laid_out_faithfully_or_refused(text: str, drawn: st.DataObject) -> None:
    for _ in range(drawn.draw(st.integers(1, 3))):
        at = drawn.draw(st.integers(0, len(text)))
        text = text[:at] + drawn.draw(st.sampled_from(DEBRIS)) + text[at + drawn.draw(st.integers(0, 3)) :]
    try:
        again = lay(text)
    except NotLaidOutError:
        return
    assert typed(data(again)) == typed(data(text))
    assert lay(again) == again
