"""Every key of a configuration: the reader, the JSON Schema and the reference page are made from this."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from blueprint.config.errors import Sentence

FailOn = Literal["error", "warning", "never"]
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "never")
SEVERITIES = ("error", "warning", "info")

Kind = Literal[
    "word", "words", "file-or-files", "language", "fail-on", "folder-or-false", "severity", "rules",
    "budgets", "per-file", "ignores", "date", "diff", "diff-fail-on", "watched", "tolerances", "findings",
]  # fmt: skip
Joined = Literal["nearest", "all", "by key", "begins anew"]

FIGURES: dict[str, Literal["number", "share", "time"]] = {
    "peak_end": "number",
    "ending": "number",
    "completion": "share",
    "time": "time",
    "steps": "number",
    "rework": "number",
    "effort": "number",
    "mean": "number",
    "longest_valley": "number",
    "handoffs": "number",
    "crossings": "number",
    "wait_share": "share",
}
"""What a budget can be about, and the unit of its limit; a test holds it against the model."""

DIFF_FAIL_ON = ("regression", "any", "never")
FINDINGS = ("error", "warning", "info", "never")
COMPARED: tuple[str, ...] = (
    "peak_end", "peak_end_positive", "peak_end_negative", "ending", "mean", "longest_valley", "completion",
    "time", "rework", "effort", "handoffs", "wait_share", "pains", "damage", "crossings", "standard_time",
    "wait_time", "critical_path", "breaches", "evidence_coverage",
)  # fmt: skip
"""The figures that a comparison can call worse; a test holds it against the measures."""


class Key(NamedTuple):
    """One key of a table."""

    name: str
    """As it is written, with dashes; underscores are read as well."""
    kind: Kind
    about: Sentence
    """What it is for, in a sentence or two."""
    example: str
    """A line of TOML."""
    default: Sentence = Sentence("", "")
    """What holds without it, in words."""
    joined: Joined = "nearest"
    """How values of a file and of those it extends come together."""
    required: bool = False


KEYS: tuple[Key, ...] = (
    Key(
        "extends", "file-or-files",
        Sentence(
            "Configuration files to start from, relative to this file; of several, later ones win. Each is "
            "a `blueprint.toml` of any name, or a `pyproject.toml`, and may extend others.",
            "作为基础的配置文件，路径相对于本文件；多个时后者优先。可以是任意名称的 blueprint.toml，"
            "也可以是 pyproject.toml，并且可以再继承其他文件。",
        ),
        'extends = ["../shared/blueprint.toml"]', Sentence("nothing", "无"), "all",
    ),
    Key(
        "paths", "words",
        Sentence(
            "Files and folders to look at when a command names none.",
            "命令没有指定路径时要处理的文件和文件夹。",
        ),
        'paths = ["journeys"]', Sentence("the configuration's folder", "配置文件所在的文件夹"),
    ),
    Key(
        "exclude", "words",
        Sentence("Patterns of files and folders to leave out.", "要排除的文件和文件夹的模式。"),
        'exclude = ["drafts", "*.old.yaml"]', Sentence("nothing", "无"),
    ),
    Key(
        "select", "words",
        Sentence(
            "Rules to run: codes, beginnings of codes, names, `ALL`, `DEFAULT`.",
            "要运行的规则：代码、代码前缀、名称、`ALL`、`DEFAULT`。",
        ),
        'select = ["DEFAULT", "TP106"]', Sentence("`DEFAULT`", "`DEFAULT`"), "begins anew",
    ),
    Key(
        "extend-select", "words",
        Sentence(
            "Rules to run besides those selected by `select`, by the default or by what is extended.",
            "在 `select`、默认选择或所继承的选择之外，还要运行的规则。",
        ),
        'extend-select = ["LX"]', Sentence("nothing", "无"), "all",
    ),
    Key(
        "ignore", "words",
        Sentence("Rules not to run.", "不运行的规则。"),
        'ignore = ["EX102"]', Sentence("nothing", "无"), "all",
    ),
    Key(
        "severity", "severity",
        Sentence(
            "How bad a rule's findings are, instead of its own severity: `error`, `warning`, `info`.",
            "规则的严重程度（代替其自身的）：`error`、`warning`、`info`。",
        ),
        'severity = {EX101 = "error"}', Sentence("each rule's own", "各规则自身的"), "by key",
    ),
    Key(
        "rules", "rules",
        Sentence(
            "Options of single rules, one table per rule; `blueprint explain CODE` lists them.",
            "单条规则的选项，每条规则一个表；`blueprint explain 代码` 会列出可用的选项。",
        ),
        "[rules.EX101]\nfloor = 0.5", Sentence("each rule's own", "各规则自身的"), "by key",
    ),
    Key(
        "budgets", "budgets",
        Sentence(
            "Promises that every journey keeps which makes none of its own about the figure.",
            "所有旅程都要守住的预算；旅程自己对同一指标写了预算的，以旅程为准。",
        ),
        '[budgets]\nending = ">= 0"\ncompletion = ">= 80%"\ntime = "<= 3d"',
        Sentence("none", "无"), "by key",
    ),
    Key(
        "per-file", "per-file",
        Sentence(
            "What is different for some files. Of several tables that fit a file, later ones win.",
            "对某些文件的不同设置。多个表都适用时，后者优先。",
        ),
        '[[per-file]]\nfiles = ["drafts/**"]\nignore = ["EX"]', Sentence("nothing", "无"), "all",
    ),
    Key(
        "ignores", "ignores",
        Sentence(
            "Findings that somebody accepts: which, why, who answers for it, until when.",
            "有人接受的检查结果：哪一条、为什么、由谁负责、到什么时候。",
        ),
        '[[ignores]]\nrule = "EX101"\nfiles = ["journeys/parcel.yaml"]\nelement = "collect"\n'
        'reason = "the depot closes in spring"\nowner = "Li Na"\nexpires = 2027-03-31',
        Sentence("nothing", "无"), "all",
    ),
    Key(
        "diff", "diff",
        Sentence(
            "What `blueprint diff` calls a regression, and when it fails.",
            "`blueprint diff` 把什么算作退步，以及什么时候判为失败。",
        ),
        '[diff]\nfail-on = "regression"\ntolerance = {ending = "5%", time = 0.2, pains = "off"}',
        Sentence("what docs/diff.md says", "见 docs/diff.md"), "by key",
    ),
    Key(
        "baseline", "word",
        Sentence(
            "The file of known findings, which `blueprint baseline` writes; `check` fails only on others.",
            "已知问题的基线文件，由 `blueprint baseline` 写出；`check` 只对其余问题报错。",
        ),
        'baseline = "debt/known.json"',
        Sentence("`blueprint-baseline.json`, if it is there", "`blueprint-baseline.json`（如果存在）"),
    ),
    Key(
        "fail-on", "fail-on",
        Sentence(
            "The severity from which `check` fails: `error`, `warning`, or `never`.",
            "`check` 从哪个严重程度开始判为失败：`error`、`warning` 或 `never`。",
        ),
        'fail-on = "warning"', Sentence("`error`", "`error`"),
    ),
    Key(
        "language", "language",
        Sentence("The language of messages and drawings.", "提示和图的语言。"),
        'language = "zh"',
        Sentence(
            "the locale's for messages, the document's for drawings", "提示用系统语言，图用文档的语言"
        ),
    ),
    Key(
        "theme", "word",
        Sentence(
            "The theme of drawings: `light`, `dark`, `print`, or a file that describes one.",
            "图的主题：`light`、`dark`、`print`，或描述主题的文件。",
        ),
        'theme = "print"', Sentence("`light`", "`light`"),
    ),
    Key(
        "exports", "word",
        Sentence("The folder of pictures.", "存放图的文件夹。"),
        'exports = "pictures"', Sentence("`exports`", "`exports`"),
    ),
    Key(
        "plugins", "words",
        Sentence(
            "Installed packages that may add rules, playbooks, views and exporters.",
            "可以增加规则、手册、视图和导出格式的已安装软件包。",
        ),
        'plugins = ["blueprint-for-banks"]', Sentence("none", "无"), "all",
    ),
    Key(
        "cache", "folder-or-false",
        Sentence(
            "The folder in which results are remembered; `false` remembers none.",
            "缓存结果的文件夹；`false` 表示不缓存。",
        ),
        'cache = ".cache/blueprint"', Sentence("a folder of the user's own", "用户自己的缓存文件夹"),
    ),
)  # fmt: skip

PER_FILE: tuple[Key, ...] = (
    Key(
        "files", "file-or-files",
        Sentence("Patterns of the files it holds for.", "适用的文件模式。"),
        'files = ["drafts/**", "*.to-be.yaml"]', required=True,
    ),
    Key(
        "select", "words",
        Sentence(
            "Rules to run there, instead of all that is selected elsewhere.",
            "只在这些文件中运行的规则。",
        ),
        'select = ["ST", "RF"]',
    ),
    Key(
        "extend-select", "words",
        Sentence("Rules to run there besides.", "在这些文件中另外运行的规则。"),
        'extend-select = ["ALL"]',
    ),
    Key(
        "ignore", "words",
        Sentence("Rules not to run there.", "在这些文件中不运行的规则。"),
        'ignore = ["EX"]',
    ),
    Key(
        "severity", "severity",
        Sentence("Severities there.", "在这些文件中的严重程度。"),
        'severity = {ST = "warning"}', joined="by key",
    ),
    Key(
        "rules", "rules",
        Sentence("Options of rules there.", "在这些文件中的规则选项。"),
        "rules = {EX101 = {floor = 1}}", joined="by key",
    ),
    Key(
        "budgets", "budgets",
        Sentence("Promises of the journeys there.", "这些文件中旅程的预算。"),
        'budgets = {ending = ">= 1"}', joined="by key",
    ),
)  # fmt: skip

IGNORES: tuple[Key, ...] = (
    Key(
        "rule", "word",
        Sentence("The rule: a code, the beginning of one, or a name.", "规则：代码、代码前缀或名称。"),
        'rule = "EX101"', required=True,
    ),
    Key(
        "files", "file-or-files",
        Sentence(
            "Patterns of the files it holds for; every file where left out.",
            "适用的文件模式；不写则适用于所有文件。",
        ),
        'files = ["journeys/parcel.yaml"]',
    ),
    Key(
        "element", "word",
        Sentence(
            "The id of the touchpoint, step or document it holds for, or the figure of a budget of the "
            "workspace (such as `wait_share`); any where left out.",
            "适用的触点、步骤或文档的 id，或项目预算的指标（例如 `wait_share`）；不写则不限。",
        ),
        'element = "collect"',
    ),
    Key(
        "reason", "word",
        Sentence("Why it is accepted.", "接受的理由。"),
        'reason = "the depot closes in spring"', required=True,
    ),
    Key("owner", "word", Sentence("Who answers for it.", "由谁负责。"), 'owner = "Li Na"', required=True),
    Key(
        "expires", "date",
        Sentence(
            "The last day on which it holds, year-month-day. From the next day on the finding shows again, "
            "and so does the ignore (IN104).",
            "有效期的最后一天（年-月-日）。次日起问题重新显示，这条忽略也会被报告（IN104）。",
        ),
        "expires = 2027-03-31", Sentence("it holds until it is removed", "一直有效，直到删除"),
    ),
)  # fmt: skip

DIFF: tuple[Key, ...] = (
    Key(
        "fail-on", "diff-fail-on",
        Sentence(
            "When the exit code is 1: something became worse, anything differs, never.",
            "退出码何时为 1：有退步、有任何差异、从不。",
        ),
        'fail-on = "regression"', Sentence("`never`", "`never`"),
    ),
    Key(
        "watch", "watched",
        Sentence(
            "The figures that count, instead of the usual ones.", "要计入退步的数据，代替通常的那些。"
        ),
        'watch = ["ending", "completion"]', Sentence("those of docs/diff.md", "见 docs/diff.md"),
    ),
    Key(
        "tolerance", "tolerances",
        Sentence(
            "By how much figures may become worse: a share such as `0.05` or `\"5%\"`, or `\"off\"` for "
            "one that does not count. Naming a figure makes it count.",
            "数据最多可以变差多少：比例（`0.05` 或 `\"5%\"`），`\"off\"` 表示不计。写出的数据都计入。",
        ),
        'tolerance = {ending = "5%", time = 0.2, pains = "off"}',
        Sentence("those of docs/diff.md", "见 docs/diff.md"), "by key",
    ),
    Key(
        "findings", "findings",
        Sentence(
            "The severity from which a new finding is a regression: `error`, `warning`, `info`, `never`.",
            "新增的检查结果从哪个严重程度开始算作退步：`error`、`warning`、`info` 或 `never`。",
        ),
        'findings = "error"', Sentence("`warning`", "`warning`"),
    ),
)  # fmt: skip


def field(name: str) -> str:
    """Return what a key is called in the program: with underscores."""
    return name.replace("-", "_")


def by_field(keys: Iterable[Key]) -> dict[str, Key]:
    """Return keys by what they are called in the program."""
    return {field(key.name): key for key in keys}
