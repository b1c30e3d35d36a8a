"""Write frameworks.md: what the program does for each framework the training sources name.

The rows are in frameworks.yaml; tests/content/test_frameworks.py follows every link in them. Run it with
`make docs`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from blueprint.source.text import Source
from blueprint.source.tree import parse

HERE: Final = Path(__file__).parent
DATA: Final = HERE / "frameworks.yaml"
PAGE: Final = HERE / "frameworks.md"
Does = Literal["computed", "checked", "shown", "not"]
ORDER: Final[tuple[Does, ...]] = ("computed", "checked", "shown", "not")

_INTRO: Final = """\
# The frameworks of the trade

Five training courses (S000 serving VIP customers, S001 service and complaint handling, S002 shaping
service excellence, S003 service creates value, S004 personalised communication) name {total} frameworks.
This is what the program does for each of them:

| | | |
|---|---|---|
| **computed** | {computed} | a figure of `blueprint analyse` ([analysis.md](analysis.md)) |
| **checked** | {checked} | a rule of `blueprint check` ([rules](rules/README.md)) |
| **shown** | {shown} | it can be read; a list is held against what a journey *says* it covers |
| **not** | {not_} | with the reason |

A test follows every link: the entry exists (`blueprint playbook show`), the rule fires on its bad
example, the figure is in the analysis of the journey named, the words are in its drawing. What no test can
follow is *not*; neither does a list count whose items this project had to word itself.
"""
_RULE: Final = re.compile(r"[A-Z]{2}\d{3}")


@dataclass(frozen=True, slots=True)
class Framework:
    """One row: a framework, what is done for it, by what, and where that can be seen."""

    id: str
    title: dict[str, str]
    source: tuple[str, ...]
    does: Does
    what: str
    by: tuple[str, ...]
    seen: tuple[str, str] | None
    """The file in journeys/, without its ending, and the element; `-` is the document itself."""
    field: str
    words: tuple[str, ...]

    @property
    def entries(self) -> tuple[str, ...]:
        """References to entries of playbooks, `section/id`."""
        return tuple(link for link in self.by if "/" in link)

    @property
    def rules(self) -> tuple[str, ...]:
        """Codes of rules."""
        return tuple(link for link in self.by if _RULE.fullmatch(link))

    @property
    def keys(self) -> tuple[str, ...]:
        """Paths into `analyse --format json`, with `=value` where it must be that one."""
        return tuple(link for link in self.by if link not in self.entries + self.rules)


def read() -> dict[str, Any]:
    """Return the data file as plain data.

    Raises:
        ValueError: it is not sound YAML.
    """
    tree = parse(Source(DATA.name, DATA.read_text("utf-8")))
    if tree.diagnostics:
        raise ValueError(f"{DATA.name}: {tree.diagnostics[0].message.en}")
    data: dict[str, Any] = tree.data
    return data


def frameworks(data: dict[str, Any]) -> tuple[Framework, ...]:
    """Return the rows in the order written; what is not done has its reason as `what`."""
    return tuple(
        Framework(
            id=row["id"],
            title=row["title"],
            source=tuple(row["source"]),
            does=row["does"],
            what=row["why"] if row["does"] == "not" else row["what"],
            by=tuple(row.get("by", ())),
            seen=tuple(row["seen"]) if "seen" in row else None,
            field=row.get("field", ""),
            words=tuple(row.get("words", ())),
        )
        for row in data["frameworks"]
    )


def page(data: dict[str, Any]) -> str:
    """Return the page as Markdown."""
    rows = frameworks(data)
    counts = Counter(row.does for row in rows)
    intro = _INTRO.format(total=len(rows), not_=counts["not"], **{d: counts[d] for d in ORDER[:3]})
    parts = [intro.rstrip()]
    for letter, title in data["sections"].items():
        parts += ["", f"## {letter} · {title['en']} / {title['zh']}", ""]
        parts += [
            "| | framework | source | | what the program does | by | where |",
            "|---|---|---|---|---|---|---|",
        ]
        parts += [_line(row) for row in rows if row.id.startswith(letter)]
    return "\n".join(parts) + "\n"


def _line(row: Framework) -> str:
    cells = (
        row.id,
        f"{row.title['en']}<br>{row.title['zh']}",
        ", ".join(row.source),
        row.does if row.does == "not" else f"**{row.does}**",
        row.what,
        "<br>".join(_links(row)),
        _where(row),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _links(row: Framework) -> Iterator[str]:
    yield from (f"`{key}`" for key in row.keys)
    yield from (f"[{code}](rules/{code}.md)" for code in row.rules)
    yield from (f"`{entry}`" for entry in row.entries)


def _where(row: Framework) -> str:
    if row.seen is None:
        return ""
    file, element = row.seen
    link = f"[{file.rpartition('/')[2]}](../journeys/{file}.yaml)"
    return link if element == "-" else f"{link}<br>`{element}`"


if __name__ == "__main__":
    PAGE.write_text(page(read()), "utf-8")
