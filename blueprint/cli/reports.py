"""Which reports a check writes, in which format and where to."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from blueprint.cli.speech import MisusedError, explain, spoken
from blueprint.cli.writing import write_out
from blueprint.report.places import Base

if TYPE_CHECKING:
    from blueprint.report.run import Run


class Form(NamedTuple):
    """A format of the report: a module with a function `render(run, *, language)`."""

    module: str
    """Imported only when the format is asked for."""
    lines: bool = True
    """Whether it is made of lines, so that several may share standard output."""
    needs: tuple[str, ...] = ()
    """What takes time to find out and is not told to every format: `fingerprints`, `rules`, `version`."""


FORMATS = {
    "text": Form("text"),
    "json": Form("as_json", lines=False),
    "concise": Form("concise"),
    "github": Form("github"),
    "gitlab": Form("gitlab", lines=False, needs=("fingerprints",)),
    "junit": Form("junit", lines=False),
    "markdown": Form("markdown"),
    "sarif": Form("sarif", lines=False, needs=("fingerprints", "rules", "version")),
}
"""Every format of the report: its name on the command line and what it takes to write it."""

DEFAULT = "text"


class Order(NamedTuple):
    """One report to write."""

    form: str
    file: str | None
    """None for standard output."""


def orders(form: str | None, outputs: Sequence[str]) -> list[Order]:
    """Return the reports that `--format` and `--output` ask for.

    `--format` is for standard output, and for each `--output FILE` that names no format: these take the
    place of standard output. Where `--output` alone is given, nothing else is written.

    Raises:
        MisusedError: there is no such format, or two reports would go to the same place.
    """
    placed = [_order(written, form or DEFAULT) for written in outputs]
    shown = [Order(form or DEFAULT, None)] if not outputs else []
    if form and outputs and all(named for named, _ in placed):
        shown = [Order(form, None)]
    wanted = list(dict.fromkeys([*shown, *(order for _, order in placed)]))
    _refuse_collisions(wanted)
    return wanted


def _order(written: str, form: str) -> tuple[bool, Order]:
    """Return whether the words of one --output name a format, and what they ask for."""
    head, sign, tail = written.partition("=")
    if head in FORMATS:
        if sign and not tail:
            raise MisusedError(
                f"--output {written} names no file; write {head}=FILE, or {head} for standard output",
                f"--output {written} 没有写出文件；请写 {head}=FILE，或写 {head} 输出到标准输出",
            )
        return True, Order(head, None if tail in ("", "-") else tail)
    if sign and re.fullmatch(r"[A-Za-z]+", head):
        from difflib import get_close_matches

        close, known = get_close_matches(head.lower(), FORMATS, n=1), ", ".join(FORMATS)
        raise MisusedError(
            f"there is no format `{head}`; "
            + (f"did you mean `{close[0]}`?" if close else f"there are {known}")
            + f" For a file of this name write ./{written}",
            f"没有格式 `{head}`；"
            + (f"是否想写 `{close[0]}`？" if close else f"可用的有 {known}")
            + f"若文件名就是如此，请写 ./{written}",
        )
    return False, Order(form, None if written == "-" else written)


def _refuse_collisions(wanted: Sequence[Order]) -> None:
    shown = [order.form for order in wanted if order.file is None]
    if len(shown) > 1 and not all(FORMATS[form].lines for form in shown):
        both = ", ".join(shown)
        raise MisusedError(
            f"{both} cannot share standard output; write one of them to a file: --output FORMAT=FILE",
            f"{both} 不能同时写到标准输出；请把其中之一写入文件：--output 格式=文件",
        )
    files = [os.path.abspath(order.file) for order in wanted if order.file is not None]
    for file in files:
        if files.count(file) > 1:
            name = os.path.relpath(file)
            raise MisusedError(
                f"two reports would be written to {name}", f"有两份报告要写入同一个文件 {name}"
            )


def write_reports(run: Run, wanted: Sequence[Order]) -> int:
    """Write every report, whole or not at all; return 2 where one could not be written."""
    code = 0
    run = replace(run, base=_base())
    for form, file in wanted:
        told = render(form, run, color=file is None and _wants_color())
        try:
            write_out(told, file)
        except OSError as failed:
            explain(failed)
            code = 2
    return code


def render(form: str, run: Run, *, color: bool = False) -> str:
    """Return one report in the language spoken."""
    from importlib import import_module

    shape = FORMATS[form]
    module = import_module(f"blueprint.report.{shape.module}")
    more: dict[str, Any] = {"color": color} if form == "text" else {}
    told: str = module.render(_told(run, shape.needs), language=spoken(), **more)
    return told


def _told(run: Run, needs: Sequence[str]) -> Run:
    """Add what a format tells besides the findings."""
    more: dict[str, Any] = {}
    if "fingerprints" in needs:
        from blueprint.lint.fingerprint import fingerprints

        more["fingerprints"] = fingerprints(run.everything, run.sources)
    if "rules" in needs:
        from blueprint.lint.book import all_rules

        more["rules"] = all_rules()
    if "version" in needs:
        from blueprint.cli import version

        more["version"] = version()
    return replace(run, **more) if more else run


def _base() -> Base:
    """Return where the repository is: as the CI says that runs this, else the current folder."""
    here = Path.cwd()
    folder, web = here, ""
    for root, repository, revision, files in _PLATFORMS:
        if os.environ.get(root):
            folder = Path(os.path.realpath(os.environ[root]))
            address = "/".join(os.environ.get(part, "") for part in repository)
            commit = os.environ.get(revision, "")
            web = f"{address}{files}{commit}" if commit and "//" in address[:8] else ""
    return Base(Path(os.path.realpath(here)), folder, web)


_PLATFORMS = (
    ("GITHUB_WORKSPACE", ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY"), "GITHUB_SHA", "/blob/"),
    ("CI_PROJECT_DIR", ("CI_PROJECT_URL",), "CI_COMMIT_SHA", "/-/blob/"),
)


def _wants_color() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout is not None and sys.stdout.isatty())
