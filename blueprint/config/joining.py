"""Joins a configuration with the shared ones it extends; what is nearer to the project wins."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from blueprint.config.errors import ConfigError, Sentence
from blueprint.config.reading import read
from blueprint.config.settings import At, Compared, Config, Ignored, Layer, PerFile, Promised, Written
from blueprint.config.table import KEYS, field

_MOST = 64
"""Files that one configuration may extend, in all."""
_LAYERED = frozenset({"select", "extend_select", "ignore"})


def with_shared(nearest: Written) -> tuple[Written, ...]:
    """Return a file after those it extends, the farthest first; one that is named twice counts once.

    Raises:
        ConfigError: A file is missing, cannot be used, or extends itself.
    """
    found: dict[str, Written] = {}
    _gather(nearest, found, ())
    return tuple(found.values())


def _gather(written: Written, found: dict[str, Written], above: tuple[Path, ...]) -> None:
    here = Path(os.path.realpath(written.file))
    for name in written.values.get("extends", ()):
        file = written.file.parent / name
        real = Path(os.path.realpath(file))
        if real in (*above, here):
            ring = " → ".join(path.name for path in (*above, here, real))
            raise _refused(
                written,
                Sentence(f"`extends` goes round in a circle: {ring}", f"`extends` 形成了循环：{ring}"),
                Sentence("let one of them extend none of the others", "请去掉其中一个文件的继承"),
            )
        if str(real) in found:
            continue
        if len(found) + len(above) >= _MOST:
            raise _refused(
                written,
                Sentence(f"more than {_MOST} files are extended", f"继承的文件超过 {_MOST} 个"),
                Sentence("join some of them", "请合并一些文件"),
            )
        _gather(_shared(written, file, name), found, (*above, here))
    found[str(here)] = written


def _shared(by: Written, file: Path, name: str) -> Written:
    if "://" in name:
        raise _refused(
            by,
            Sentence(f"`extends` names `{name}`, which is no file", f"`extends` 中的 `{name}` 不是文件"),
            Sentence("keep a copy in the repository and name that", "请在仓库中保存一份副本，并写它的路径"),
        )
    if not file.is_file():
        folder = file.is_dir()
        raise _refused(
            by,
            Sentence(
                f"`extends` names `{name}`, which is {'a folder' if folder else 'not there'}",
                f"`extends` 中的 `{name}` {'是文件夹' if folder else '不存在'}",
            ),
            Sentence(
                f"name a file, relative to {by.file.name}",
                f"请写文件路径，相对于 {by.file.name} 所在文件夹",
            ),
        )
    written = read(file, ours=file.name != "pyproject.toml")
    if written is None:
        raise _refused(
            by,
            Sentence(
                f"`extends` names `{name}`, which has no [tool.blueprint]",
                f"`extends` 中的 `{name}` 没有 [tool.blueprint]",
            ),
            Sentence("name another file, or add the table", "请换一个文件，或加上这个表"),
        )
    return written


def _refused(written: Written, message: Sentence, help: Sentence) -> ConfigError:
    return ConfigError(written.file, "extends", written.line("extends"), message, help)


def joined(sources: Sequence[Written]) -> Config:
    """Join the values of files, the nearest last."""
    nearest = sources[-1]
    values: dict[str, Any] = {}
    for number, written in enumerate(sources):
        for key in KEYS:
            name = field(key.name)
            if name not in written.values or name in _LAYERED or name == "extends":
                continue
            value = _value(name, written.values[name], number)
            before = values.get(name)
            if before is None or key.joined == "nearest":
                values[name] = value
            elif name == "rules":
                values[name] = joined_rules(before, value)
            elif name == "diff":
                values[name] = before.with_nearer(value)
            else:
                values[name] = {**before, **value} if key.joined == "by key" else (*before, *value)
    layers = tuple(_layer(written.values) for written in sources)
    plugins = tuple(dict.fromkeys(values.pop("plugins", ())))
    return Config(
        file=nearest.file,
        root=nearest.file.parent,
        layers=tuple(layer for layer in layers if any(layer)),
        plugins=plugins,
        sources=tuple(sources),
        **values,
    )


def joined_rules(
    before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    """Join options of rules; of one option, the later value wins."""
    return {rule: {**before.get(rule, {}), **after.get(rule, {})} for rule in {**before, **after}}


def _layer(values: Mapping[str, Any]) -> Layer:
    return Layer(values.get("select", ()), values.get("extend_select", ()), values.get("ignore", ()))


def _promised(budgets: Mapping[str, str], source: int, *path: str | int) -> dict[str, Promised]:
    return {name: Promised(text, At(source, (*path, name))) for name, text in budgets.items()}


def _value(name: str, value: Any, source: int) -> Any:
    match name:
        case "diff":
            return Compared(**value)
        case "budgets":
            return _promised(value, source, "budgets")
        case "per_file":
            return tuple(
                PerFile(
                    table["files"],
                    _layer(table),
                    table.get("severity", {}),
                    table.get("rules", {}),
                    _promised(table.get("budgets", {}), source, name, number, "budgets"),
                    At(source, (name, number)),
                )
                for number, table in enumerate(value)
            )
        case "ignores":
            return tuple(
                Ignored(at=At(source, (name, number)), **table) for number, table in enumerate(value)
            )
    return value
