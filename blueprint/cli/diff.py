"""`blueprint diff`: what a change does to journeys, and what caused it."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from blueprint import api
from blueprint.cli.crew import settle
from blueprint.cli.project import language_option, scale_option
from blueprint.cli.sides import open_sides
from blueprint.cli.speech import MisusedError, RefusedError, say, spoken
from blueprint.cli.writing import write_out
from blueprint.config.table import COMPARED, DIFF_FAIL_ON

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from blueprint.analysis.compared import Comparison
    from blueprint.cli.sides import Sides
    from blueprint.config.settings import Compared
    from blueprint.diagnostic import Severity
    from blueprint.lint.portfolio import Card

SHAPES = ("text", "json", "markdown", "html", "svg", "png", "pdf")
_SUFFIXES = {"txt": "text", "md": "markdown", "htm": "html"}
_PICTURES = ("svg", "png", "pdf")


@click.command()
@click.argument("sides", nargs=-1, metavar="[OLD] [NEW] [PATHS]...")
@click.option(
    "--to", "shape", type=click.Choice(SHAPES),
    help="For people, programs, a pull request, a browser, or a picture.  [default: by -o, else text]",
)  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice(DIFF_FAIL_ON),
    help="When the exit code is 1: something became worse, anything differs, never.  [default: never]",
)  # fmt: skip
@click.option(
    "--tolerance", multiple=True, metavar="FIGURE=SHARE",
    help="By how much a figure may become worse: ending=0.05, time=20%, or off.",
)  # fmt: skip
@click.option(
    "--picture", default="", metavar="URL", help="Where the drawing is, for the markdown to show it."
)
@click.option(
    "--document", default="", metavar="ID",
    help="Look at one journey, blueprint, persona or playbook alone.",
)  # fmt: skip
@click.option("--theme", help="light, dark, print, or a .toml file of your own.  [default: light]")
@scale_option(2.0)
@click.option("--output", "-o", type=click.Path(dir_okay=False), help="Write to a file.")
@language_option
def diff(
    sides: tuple[str, ...],
    shape: str | None,
    fail_on: str | None,
    tolerance: tuple[str, ...],
    picture: str,
    document: str,
    theme: str | None,
    scale: float,
    output: str | None,
) -> int:
    """Compare two states by what they mean: touchpoints, figures, what caused them, findings.

    \b
    blueprint diff                      the last commit with the work tree
    blueprint diff main                 a revision with the work tree
    blueprint diff main..HEAD [PATHS]   two revisions
    blueprint diff main...HEAD          from where they parted, as in a pull request
    blueprint diff OLD NEW              two files or two folders; REV:PATH too
    blueprint diff TO-BE                a to-be with the journey it replaces

    A regression is a watched figure that is worse by more than its tolerance, a budget newly broken, a new
    error or warning, or a document that can no longer be read (docs/diff.md).
    """  # noqa: D301 - \b is how click keeps the lines of a paragraph
    shape = shape or _by_suffix(output)
    if shape in ("png", "pdf") and output is None:
        raise MisusedError(
            f"a {shape.upper()} is no text for a terminal; name a file with -o, or `-o -` for a pipe",
            f"{shape.upper()} 不是终端文本；请用 -o 指定文件，或用 `-o -` 写入管道",
        )
    tolerances = _tolerances(tolerance)
    settle()
    with ExitStack() as stack:
        opened = open_sides(sides, stack)
        settled = opened.project.config.diff
        try:
            colors = api.theme_named(theme or opened.project.theme)
        except api.ThemeUnknownError as unknown:
            raise RefusedError(*unknown.message) from unknown
        comparison = api.compare(
            (opened.old.label, opened.old.workspace, opened.old.files),
            (opened.new.label, opened.new.workspace, opened.new.files),
            settings=opened.project.settings(),
            tolerances=_all_tolerances(settled, tolerances),
            counts_from=_counts_from(settled),
            skipped=opened.skipped,
            one=opened.one,
            cards=_cards(opened),
        )
        if document:
            comparison = _only(document, comparison, opened)
        language = spoken()
        match shape:
            case "text" | "markdown":
                data: str | bytes = api.tell_comparison(
                    comparison, shape, language=language, picture=picture
                )
            case "json":
                told = api.comparison_data(comparison, language=language)
                data = json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
            case "html":
                data = api.comparison_page(comparison, colors, language=language)
            case _:
                data = _picture(comparison, shape, colors, scale, language)
    write_out(data, output)
    if output not in (None, "-"):
        say(f"Wrote {output}.", f"已写入 {output}。")
    if any(it.new is not None and it.new.problem is not None for it in comparison.documents):
        say(
            "Some documents could not be read as written; `blueprint check` says more.",
            "部分文档无法按原文读取；`blueprint check` 会详细说明。",
        )
    fail_on = fail_on or settled.fail_on
    if fail_on == "any":
        return int(bool(comparison.documents))
    return int(fail_on == "regression" and comparison.regressed)


def _cards(opened: Sides) -> Mapping[Path, Card]:
    """Return what the rules that look at all files know of the new side, where they have to."""
    from blueprint.cli.cache import cache_of
    from blueprint.cli.crew import all_cards
    from blueprint.cli.memory import bare

    old, new = ({(file.shown, file.digest) for file in side.files} for side in (opened.old, opened.new))
    if opened.one or old == new:
        return {}
    cache = cache_of(opened.project.config)
    return all_cards(opened.new.workspace, bare(opened.project.settings()), cache)


def _only(document: str, comparison: Comparison, opened: Sides) -> Comparison:
    """Leave out every document but one, which must be there on one side at least."""
    from dataclasses import replace

    known = {file.id for side in (opened.old, opened.new) for file in side.files if file.id}
    sides = [(it, {v.id for v in (it.old, it.new) if v}) for it in comparison.documents]
    known |= {id for _, ids in sides for id in ids}
    if document not in known:
        from difflib import get_close_matches

        close = get_close_matches(document, sorted(known), n=1)
        told = ", ".join(sorted({it.version.id for it, _ in sides} - {""})) or "–"
        raise MisusedError(
            f"neither side has a document `{document}`; "
            + (f"did you mean `{close[0]}`?" if close else f"what differs is {told}"),
            f"两侧都没有文档 `{document}`；"
            + (f"是否想写 `{close[0]}`？" if close else f"有变化的是 {told}"),
        )
    chosen = tuple(it for it, ids in sides if document in ids)
    return replace(comparison, documents=chosen, unchanged=0 if chosen else 1, skipped=())


def _picture(comparison: Comparison, shape: str, colors: object, scale: float, language: str) -> bytes:
    from typing import cast

    from blueprint.scene.theme import Theme

    drawn = api.draw_comparison(comparison, language=language)
    if drawn is None:
        raise RefusedError(
            "there is no picture, for no journey and no service blueprint differs in anything that a "
            "picture shows; see --to text",
            "没有图：没有旅程或服务蓝图在可画出的方面有变化；请看 --to text",
        )
    others = [id for id in api.drawable_ids(comparison) if f"diff-{id}" != drawn.prefix]
    if others:
        names = ", ".join(others[:5]) + (" …" if len(others) > 5 else "")
        say(
            f"Drew “{drawn.title}”, which needs a look most; --document draws another ({names}), "
            "--to html all of them.",
            f"已绘制最需要关注的“{drawn.title}”；用 --document 可画其他文档（{names}），"
            "用 --to html 可画全部。",
        )
    try:
        return api.render(drawn, shape, cast("Theme", colors), scale=scale)
    except api.RefusedError as refused:
        raise RefusedError(*refused.message) from refused


def _by_suffix(output: str | None) -> str:
    suffix = output.rpartition(".")[2].lower() if output and "." in output else ""
    shape = _SUFFIXES.get(suffix, suffix)
    return shape if shape in SHAPES else "text"


def _tolerances(written: tuple[str, ...]) -> dict[str, float]:
    found = {}
    for word in (part.strip() for one in written for part in one.split(",") if part.strip()):
        name, _, limit = word.partition("=")
        name, limit = name.strip().replace("-", "_"), limit.strip()
        if name not in COMPARED:
            from difflib import get_close_matches

            close = get_close_matches(name, COMPARED, n=1)
            names = ", ".join(COMPARED)
            raise MisusedError(
                f"there is no figure `{name}`; "
                + (f"did you mean `{close[0]}`?" if close else f"there are {names}"),
                f"没有数据 `{name}`；" + (f"是否想写 `{close[0]}`？" if close else f"可用的有 {names}"),
            )
        found[name] = _share(word, limit)
    return found


def _share(word: str, limit: str) -> float:
    from blueprint.config.reading import share_of

    share = share_of(limit)
    if share is None:
        raise MisusedError(
            f"--tolerance {word}: write a share such as 0.05 or 5%, or `off`",
            f"--tolerance {word}：请写 0.05 或 5% 这样的比例，或 `off`",
        )
    return share


def _all_tolerances(settled: Compared, given: Mapping[str, float]) -> Mapping[str, float]:
    """Return what the configuration settles, and over it what was said now."""
    from blueprint.analysis.comparison_figures import tolerances

    return {**tolerances(settled.watch, settled.tolerance), **given}


def _counts_from(settled: Compared) -> Severity | None:
    from blueprint.diagnostic import Severity

    return None if settled.findings == "never" else Severity[(settled.findings or "warning").upper()]
