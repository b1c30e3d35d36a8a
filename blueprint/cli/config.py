"""`blueprint config`: what holds for a file or folder, and where each value comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from blueprint.cli.project import config_for, language_option
from blueprint.cli.settings import settings_of, shown
from blueprint.cli.speech import MisusedError, RefusedError, has_chosen, speak, spoken
from blueprint.cli.writing import write_out
from blueprint.config import At
from blueprint.config.table import KEYS, field

if TYPE_CHECKING:
    from blueprint.config import Config
    from blueprint.config.table import Key

DEFAULT = "default"


class Row(NamedTuple):
    """One value that holds."""

    key: str
    """Dotted, as in `rules.EX101.floor`."""
    value: Any
    """Plain data; None where nothing is set."""
    file: str
    """Where it is written; empty for a default."""
    line: int


@click.command()
@click.argument("path", required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="For people or for programs.",
)  # fmt: skip
@click.option("--schema", is_flag=True, help="Print the JSON Schema of blueprint.toml instead.")
@click.option("--output", "-o", type=click.Path(dir_okay=False), metavar="FILE", help="Write to a file.")
@language_option
def config(path: str | None, form: str, schema: bool, output: str | None) -> None:
    """Print the settings that hold for PATH, a file or a folder, and where each comes from.

    Without PATH, those of the current folder. For a file, what the configuration says about that file alone
    (`per-file`) is counted in. What the command line of another command would change is not known here.
    """
    if schema:
        from blueprint.config.schema import json_schema

        write_out(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", output)
        return
    if path == "-":
        raise MisusedError(
            "settings belong to a place; name a file or a folder instead of -",
            "设置属于某个位置；请指定文件或文件夹，而不是 -",
        )
    place = Path(path or ".")
    if not place.exists():
        raise RefusedError(f"{place}: there is no such file or folder", f"{place}：找不到这个文件或文件夹")
    found = config_for(place)
    if not has_chosen():
        speak(found.language)
    settings_of(found)  # What names no rule is said here as everywhere.
    rows = list(rows_of(found, place))
    files = [shown(written.file) for written in found.sources]
    write_out(_json(rows, files) if form == "json" else _text(rows, files), output)


def rows_of(config: Config, place: Path) -> Iterator[Row]:
    """Yield every value that holds for a place, in the order of the reference."""
    local = _fitting(config, place)
    for key in KEYS:
        rows = list(_rows(config, key, local))
        yield from rows or [Row(key.name, None, "", 0)]


def _fitting(config: Config, place: Path) -> list[int]:
    """Return which of the per-file tables are about a file, by number."""
    if not place.is_file():
        return []
    from blueprint.source.folders import excluded

    root = config.root or Path()
    return [n for n, table in enumerate(config.per_file) if excluded(place, root, table.files)]


def _rows(config: Config, key: Key, local: list[int]) -> Iterator[Row]:
    """Yield the rows of one key: one for each part that may come from somewhere else."""
    found: dict[tuple[str, ...], Row] = {}
    for number, written in enumerate(config.sources):
        _gather(config, found, key, written.values, At(number, ()))
    # Tables about some files come after every file's own settings.
    for at in (config.per_file[n].at for n in local):
        value: Any = config.sources[at.source].values
        for part in at.path:
            value = value[part]
        _gather(config, found, key, value, at)
    yield from found.values()


def _gather(
    config: Config, found: dict[tuple[str, ...], Row], key: Key, values: Mapping[str, Any], at: At
) -> None:
    """Take down what one table says about a key, over what farther ones say."""
    name, written = field(key.name), config.sources[at.source]

    def put(label: tuple[str, ...], path: tuple[str | int, ...], shown_as: str, value: Any) -> None:
        found.pop(label, None)
        found[label] = Row(shown_as, value, shown(written.file), written.line(*at.path, name, *path))

    if name == "extend_select" and "select" in values:
        found.clear()  # Who selects begins anew.
    if name not in values:
        return
    value = values[name]
    if key.joined == "by key":
        for part, inside in value.items():
            # Options of rules are a level deeper than severities and budgets.
            ends = inside if isinstance(inside, dict) else {"": inside}
            for option, setting in ends.items():
                path = (part, option) if option else (part,)
                said = [part.replace("_", "-") for part in path] if name == "diff" else path
                put((name, *path), path, ".".join((key.name, *said)), setting)
    elif key.joined == "all":
        for number, item in enumerate(value):
            put((str(at), str(number)), (number,), key.name, item)
    else:
        put((name,), (), key.name, value)


def _plain(value: Any) -> Any:
    if value == float("inf"):
        return "off"
    if isinstance(value, dict):
        return {key.replace("_", "-"): _plain(inside) for key, inside in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inside) for inside in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _json(rows: list[Row], files: list[str]) -> str:
    shape = {
        "version": 1,
        "files": files,
        "settings": [
            {"key": r.key, "value": _plain(r.value), "file": r.file or None, "line": r.line or None}
            for r in rows
        ],
    }
    return json.dumps(shape, indent=2, ensure_ascii=False) + "\n"


def _text(rows: list[Row], files: list[str]) -> str:
    from blueprint.report.display import visible, width

    chinese = spoken() == "zh"
    defaults = {key.name: (key.default.zh if chinese else key.default.en).replace("`", "") for key in KEYS}
    nowhere = "默认" if chinese else DEFAULT
    heads = []
    for row in rows:
        value = (
            defaults[row.key] if row.value is None else json.dumps(_plain(row.value), ensure_ascii=False)
        )
        heads.append((row.key, visible(value), f"{row.file}:{row.line}" if row.file else nowhere))
    keys = max(len(key) for key, _, _ in heads)
    values = min(max(width(value) for _, value, _ in heads), 60)
    if files:
        title = ("Settings of " if not chinese else "设置来自 ") + ", ".join(map(visible, reversed(files)))
    else:
        title = "没有配置文件，以下均为默认值" if chinese else "No configuration; these are the defaults"
    lines = [
        f"{key:<{keys}}  {value}{' ' * max(0, values - width(value))}  {visible(origin)}".rstrip()
        for key, value, origin in heads
    ]
    return "\n".join([title, "", *lines]) + "\n"
