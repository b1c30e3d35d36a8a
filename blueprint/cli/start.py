"""`blueprint init`: a first file that already checks clean and draws."""

from __future__ import annotations

import os
import re
import shlex
from importlib.resources import files
from pathlib import Path

import click

from blueprint.cli.speech import RefusedError, say, spoken
from blueprint.cli.writing import write_atomically

_FIRST_KEY = re.compile(r"^(journey|blueprint):[ \t]*(\S+)", re.MULTILINE)
_DELIVERS = re.compile(r"^blueprint:.*?^journey:[ \t]*(\S+)", re.MULTILINE | re.DOTALL)


def templates() -> dict[str, dict[str, str]]:
    """Return the templates: name → language → text."""
    found: dict[str, dict[str, str]] = {}
    for entry in sorted(files("blueprint").joinpath("templates").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yaml"):
            name, _, language = entry.name.removesuffix(".yaml").partition(".")
            found.setdefault(name, {})[language or "en"] = entry.read_text(encoding="utf-8")
    return found


def _about(text: str) -> str:
    """Return what a template says of itself: its first comment that is not for an editor."""
    lines = (line.removeprefix("#").strip() for line in text.splitlines() if line.startswith("#"))
    return next((line for line in lines if line and "$schema" not in line), "")


def _identifier(path: Path) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:64].rstrip("-")
    if not words:
        raise RefusedError(
            f"cannot make an id from `{path.name}`: ids are written in a-z, 0-9 and hyphens; "
            "choose another file name, such as `buy-a-ticket.yaml` (the title may be in any language)",
            f"无法由 `{path.name}` 得出 id：id 由 a-z、0-9 和连字符组成；"
            "请换一个文件名，如 `buy-a-ticket.yaml`（标题可用任何语言）",
        )
    return words


@click.command()
@click.argument("path", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--template", "-t", default="minimal", show_default=True, help="Which template.")
@click.option(
    "--lang", "language", help="Language of its words, such as en or zh.  [default: your locale's]"
)
@click.option("--list", "listing", is_flag=True, help="List the templates.")
@click.option("--force", is_flag=True, help="Replace a file that is already there.")
def init(path: Path | None, template: str, language: str | None, listing: bool, force: bool) -> None:
    """Start a journey: write PATH (default: journeys/TEMPLATE.yaml) from a template."""
    known = templates()
    language = language or spoken()
    if listing:
        width = max(map(len, known))
        for name, texts in known.items():
            click.echo(f"{name:<{width}}  {_about(texts.get(language, next(iter(texts.values()))))}")
        return
    if template not in known:
        from difflib import get_close_matches

        close, names = get_close_matches(template, known, n=1), ", ".join(known)
        raise RefusedError(
            f"there is no template `{template}`; "
            + (f"did you mean `{close[0]}`?" if close else f"there are {names}"),
            f"没有模板 `{template}`；" + (f"是否想写 `{close[0]}`？" if close else f"可用的有 {names}"),
        )
    if language not in known[template]:
        there = ", ".join(known[template])
        raise RefusedError(
            f"the template `{template}` is not there in `{language}`, but in {there}",
            f"模板 `{template}` 没有 `{language}` 版本，只有 {there}",
        )
    path = path or Path("journeys", f"{template}.yaml")
    path = path if path.suffix else path.with_name(f"{path.name}.yaml")
    if os.path.lexists(path) and not force:
        raise RefusedError(
            f"{path} is already there; choose another name, or --force to replace it",
            f"{path} 已存在；请换一个名字，或用 --force 覆盖",
        )
    text = _FIRST_KEY.sub(rf"\1: {_identifier(path)}", known[template][language], count=1)
    beside = _delivered(text, path, known, language)
    if beside is not None:
        at, journey = beside
        write_atomically(at, journey.encode("utf-8"))
        say(f"Wrote {at}, the journey to deliver.", f"已写入 {at}，即要交付的旅程。")
    write_atomically(path, text.encode("utf-8"))
    say(f"Wrote {path}. Next:", f"已写入 {path}。接下来：")
    for verb in ("check", "render --to html"):
        name = shlex.quote(str(path))
        say(f"  blueprint {verb} {name}", f"  blueprint {verb} {name}")


def _delivered(
    text: str, path: Path, known: dict[str, dict[str, str]], language: str
) -> tuple[Path, str] | None:
    """Return where to write which journey for a blueprint to deliver; None where it is there already.

    Alone, a blueprint draws no columns and does not check clean.
    """
    match = _DELIVERS.search(text)
    if match is None or match[1] not in known:
        return None
    from blueprint.source.workspace import Workspace

    if Workspace([path]).find(match[1], "journey") is not None:
        return None
    at = path.with_name(f"{match[1]}.yaml")
    if at == path:
        raise RefusedError(
            f"the journey it delivers is to be {at}; choose another name for the blueprint",
            f"此蓝图要交付的旅程将写成 {at}；请为蓝图换一个名字",
        )
    if os.path.lexists(at):
        raise RefusedError(
            f"{at} is there and holds no journey `{match[1]}`, which this blueprint is to deliver; "
            "begin in an empty folder",
            f"{at} 已存在，却不是此蓝图要交付的旅程 `{match[1]}`；请在空文件夹里开始",
        )
    journeys = known[match[1]]
    return at, journeys.get(language, next(iter(journeys.values())))
