"""The reference page of the configuration, `docs/configuration.md`, made from the table of keys."""

from __future__ import annotations

from collections.abc import Sequence

from blueprint.config.table import COMPARED, DIFF, FIGURES, IGNORES, KEYS, PER_FILE, Key

_HEAD = """\
# Configuration

Made from the program's own table of keys; `blueprint config` prints what holds here and where each value
comes from, `blueprint config --schema` a JSON Schema for editors.

Settings stand in `blueprint.toml`, or under `[tool.blueprint]` in `pyproject.toml`. The nearest file above
the first path of a command counts, and its folder is the project's: paths and patterns count from there.
Keys may have dashes or underscores. Whatever is not known is an error, with its line and what was probably
meant.

设置写在 `blueprint.toml` 中，或写在 `pyproject.toml` 的 `[tool.blueprint]` 下。以命令的第一个路径向上找到的
最近一个文件为准，它所在的文件夹就是项目文件夹：路径和模式都相对于它。键名用短横线或下划线均可。
不认识的内容会报错，并指出所在行和可能的正确写法。

```toml
extends = "../shared/blueprint.toml"   # the team's own standard
extend-select = ["TP106"]
fail-on = "warning"
baseline = "debt/known.json"

[budgets]
ending = ">= 0"
completion = ">= 80%"

[rules.EX101]
floor = 0.5

[[per-file]]
files = ["drafts/**"]
ignore = ["EX"]

[[ignores]]
rule = "EX101"
files = ["journeys/parcel.yaml"]
element = "collect"
reason = "the depot closes in spring"
owner = "Li Na"
expires = 2027-03-31
```
"""

_TAIL = """\
## What wins

From far to near: the files that are extended, in their order; the nearest file; its `per-file` tables,
in their order; the command line.

- Of single values the nearest counts: `fail-on`, `language`, `theme`, `exports`, `baseline`, `cache`,
  and `paths` and `exclude` as a whole.
- Tables come together key by key: `severity`, `budgets`, `diff` with its `tolerance`, and `rules` option by
  option.
- Lists of tables and `plugins` come together, the farthest first. All paths and patterns count from the
  project's folder, whoever wrote them; only `extends` counts from the file it stands in.
- **Which rules run.** In one file the more exact word wins (`EX101` over `EX1` over `EX` over `ALL`),
  and `ignore` wins a draw. A nearer file overrules a farther one for the rules it names; one that has
  `select` begins anew. `ignore` adds to what is ignored farther away, which is why there is no
  `extend-ignore`.
- The command line's `--select` takes the place of every `select` and `extend-select`, but leaves alone
  what the configuration ignores by a more exact word: `--select ALL` wakes no rule that somebody put to
  bed, `--select EX102` does. `--ignore` and `--extend-select` add.
- Severities and options go by the most exact word, wherever it is written.

## Budgets

A budget in `[budgets]` holds for every journey that makes no promise of its own about that figure. The
journey's own counts where there is one, be it stricter or not: it stands in the file that its owners
review. What is broken is reported at the journey's first line, with the place of the promise. A figure
that cannot be computed for a journey breaks no promise of the workspace; in a journey's own `budgets`
that is EX110.

## Accepting a finding

In the file: `# blueprint: ignore EX101 -- reason` at the end of a line, on a line of its own above an
element, or `ignore-file` for the whole file. In the configuration: `[[ignores]]`, with an owner and,
better, a day. Comments have no day on purpose: what depends on a day stands where all of it can be seen
at once, and a file's result depends on nothing but its text and the settings.

An ignore holds through the day in `expires`. After it the finding shows again and the ignore is
reported (IN104). One that has nothing to hide, or whose files are not there any more, is reported as
well (IN105). The day is `--today`, else `SOURCE_DATE_EPOCH` (in UTC), else the system's. What keeps a
file from being read as written can be accepted nowhere.

## The baseline

`blueprint baseline` writes down today's findings; from then on `blueprint check` fails only on others,
and says how many are known and how many of the known ones are gone. `--prune` forgets those that are
gone, `--update` accepts those that are new as well; both leave files alone that were not looked at.
Without either an existing baseline is not touched. It is `blueprint-baseline.json` in the project's folder
and counts by being there; one of another name counts where `baseline` names it.

A finding is known again by its rule, its document's id and its place in the document: the touchpoint or
step by its id, then the keys below it. Moved lines, comments, layout, the order of touchpoints, renamed
neighbours, a renamed file and the language of messages make no difference; another id does.

A known finding that passes its limit by more than was recorded is new: a broken budget (EX109), a low
ending (EX101) or a long valley (EX104) may come nearer to its limit, not farther away. `--prune` takes
down what has shrunk, so that it cannot grow back.

Files: JSON, sorted, a line per finding, without dates, in the configuration's language (English where
it names none), so that two machines write the same bytes. A baseline that is missing, spoilt, from a
newer version or in the middle of a merge ends a check with code 2.
"""


def configuration_markdown() -> str:
    """Return the reference of every key as one Markdown document."""
    parts = [_HEAD, "## Keys\n", *(_section(key) for key in KEYS), _TAIL]
    return "\n".join(parts)


def _section(key: Key) -> str:
    lines = [f"### `{key.name}`", "", key.about.en, "", key.about.zh, ""]
    if key.default.en:
        lines += [f"Without it: {key.default.en}.", ""]
    lines += ["```toml", key.example, "```", ""]
    if key.name == "per-file":
        lines += [*_rows(PER_FILE), ""]
    if key.name == "ignores":
        lines += [*_rows(IGNORES), ""]
    if key.name == "diff":
        figures = ", ".join(f"`{name.replace('_', '-')}`" for name in COMPARED)
        lines += [*_rows(DIFF), "", f"Figures: {figures}.", ""]
    if key.name == "budgets":
        figures = ", ".join(f"`{name.replace('_', '-')}`" for name in FIGURES)
        lines += [f"Figures: {figures}.", ""]
    return "\n".join(lines)


def _rows(keys: Sequence[Key]) -> list[str]:
    rows = ["| key | | example |", "|---|---|---|"]
    for key in keys:
        needed = " Required." if key.required else ""
        without = f" Without it: {key.default.en}." if key.default.en else ""
        rows.append(
            f"| `{key.name}` | {key.about.en}{needed}{without} {key.about.zh} | "
            f"`{key.example.replace(chr(10), ' ')}` |"
        )
    return rows


if __name__ == "__main__":
    import sys

    sys.stdout.write(configuration_markdown())
