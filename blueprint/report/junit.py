"""Diagnostics as JUnit XML, which every CI server shows as tests.

A suite is a file, a test case a rule that found something in it. It fails where the finding fails the run,
so that the servers' verdict and the exit code agree; what weighs less passes, with what was found as
its output. A file with nothing to complain about is one test case that passed.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from blueprint.diagnostic import Diagnostic
from blueprint.report.display import visible
from blueprint.report.places import portable
from blueprint.report.run import Run
from blueprint.report.text import place


def render(run: Run, *, language: str = "en") -> str:
    r"""Return the XML. Characters that XML cannot hold are written out, as `\x1b`."""
    by_file: dict[str, dict[str, list[Diagnostic]]] = {file: {} for file in run.files}
    for d in run.found:
        by_file.setdefault(d.file, {}).setdefault(d.code, []).append(d)
    root = Element("testsuites", name="blueprint")
    for file, by_rule in by_file.items():
        suite = SubElement(root, "testsuite", name=visible(portable(file, run.base)))
        for code, found in by_rule.items():
            _case(suite, f"{code} {found[0].name}".strip(), found, run, language)
        if not by_rule:
            _case(suite, "check", [], run, language)
        _count(suite, [suite])
    _count(root, list(root))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _case(suite: Element, name: str, found: list[Diagnostic], run: Run, language: str) -> None:
    case = SubElement(suite, "testcase", classname=suite.attrib["name"], name=visible(name), time="0")
    if not found:
        return
    worst = max(found, key=run.weigh)
    weight = run.weigh(worst)
    text = "\n".join(_told(d, run, language) for d in found)
    if weight == 0:
        SubElement(case, "system-out").text = text
        return
    said = visible(worst.message.pick(language))
    told = SubElement(case, "failure" if weight == 1 else "error", message=said, type=worst.severity.word)
    told.text = text


def _told(d: Diagnostic, run: Run, language: str) -> str:
    where = place(portable(d.file, run.base), d.span, run.sources.get(d.file))
    told = f"{where}: {d.severity.word} {visible(d.message.pick(language))}"
    return told if d.help is None else f"{told}\n{visible(d.help.pick(language))}"


def _count(element: Element, suites: list[Element]) -> None:
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        element.set(name, str(sum(1 for suite in suites for _ in suite.iter(tag))))
