"""Findings that a comment in the file accepts, and the comments that are not in order themselves.

`# blueprint: ignore EX101 -- reason` at the end of a line covers findings that begin on that line; on a
line of its own it covers the element below it; `ignore-file` covers the file. libyaml gives no
comments, so lines are scanned and the span map tells whether a `#` lies inside a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from blueprint.diagnostic import Diagnostic, Edit, Fix, Message, Range, Severity
from blueprint.lint.wording import meant
from blueprint.source.spans import SpanMap
from blueprint.source.text import Source

_MARK = re.compile(
    r"(?:^|(?<=\s))#[ \t]*blueprint(?P<colon>[ \t]*:|(?=[ \t：]))[ \t：]*"
    r"(?P<verb>[A-Za-z_-]+)(?P<rest>[^\r\n]*)",
    re.MULTILINE,
)
_VERBS = ("ignore", "ignore-file")
_ELSEWHERE = {
    "disable": "ignore", "noqa": "ignore", "suppress": "ignore", "skip": "ignore", "allow": "ignore",
    "disable-next-line": "ignore", "disable-line": "ignore", "disable-file": "ignore-file",
    "skip-file": "ignore-file",
}  # fmt: skip
"""What other checkers call it."""
_ALIKE = str.maketrans("OIL", "011")
"""Letters that are taken for figures."""
_LINE_END = re.compile(r"\r\n|\n")
_CODE = re.compile(r"\b[A-Z]{2}\d{3}\b")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*")

NO_REASON = ("IN101", "ignore-without-reason")
NO_SUCH_RULE = ("IN102", "ignore-of-unknown-rule")
UNUSED = ("IN103", "unused-ignore")


@dataclass
class Ignore:
    """One accepted code in one comment."""

    word: str
    """The code or name as written."""
    code: str | None
    """The rule it names; None where there is no such rule."""
    span: Range
    """Where the word stands."""
    covers: Range
    """Findings that begin here are accepted."""
    reason: str = ""
    used: bool = False
    removal: Fix | None = None
    """How to take it out."""


@dataclass
class Comment:
    """One instruction to the checker."""

    span: Range
    verb: str
    known: bool
    reason: str
    verb_span: Range
    """Where the instruction's word stands."""
    ignores: list[Ignore] = field(default_factory=list)


def comments(source: Source, spans: SpanMap, codes: Mapping[str, str]) -> list[Comment]:
    """Read every instruction in a text.

    Args:
        source: The text.
        spans: Where its values stand.
        codes: Upper-case code and lower-case name → code, for every rule there is.
    """
    # Looking for the word first costs next to nothing; most files have no instruction.
    found = list(_MARK.finditer(source.text)) if "blueprint" in source.text else []
    if not found:
        return []
    leaves = _leaves(spans)
    result = []
    for mark in found:
        verb = mark["verb"].lower()
        named, colon = verb in _VERBS, bool(mark["colon"])
        known = named and colon
        if _inside(mark.start(), leaves) or not (named or (colon and _probably(verb, mark["rest"]))):
            continue  # part of a value, or a remark that happens to begin like an instruction
        words, _, reason = mark["rest"].partition("--")
        comment = Comment(
            Range(mark.start(), mark.end()), verb, known, reason.strip(), Range(*mark.span("verb"))
        )
        covers = _covered(source, spans, mark.start(), whole=verb == "ignore-file")
        at = mark.start("rest")
        for word in _WORD.finditer(words) if known else ():
            code = codes.get(word[0].upper()) or codes.get(word[0].lower())
            place = Range(at + word.start(), at + word.end())
            comment.ignores.append(Ignore(word[0], code, place, covers, comment.reason))
        for ignore in comment.ignores:
            ignore.removal = _removal(source.text, comment, ignore)
        result.append(comment)
    return result


def _probably(verb: str, rest: str = "") -> str | None:
    """Return the instruction that was probably meant; "skip this" is a remark, "skip EX101" is none."""
    plain = verb.replace("_", "-")
    if plain in _ELSEWHERE and (not rest.strip() or _CODE.search(rest)):
        return _ELSEWHERE[plain]
    return plain if plain in _VERBS else meant(plain, _VERBS)


def _rule_meant(word: str, names: Iterable[str]) -> str | None:
    """Return the rule that was probably meant, by its code or its name."""
    upper = word.upper()
    code = upper[:2] + upper[2:].translate(_ALIKE)
    return code if code in names else meant(upper, names) or meant(word.lower(), names)


def _leaves(spans: SpanMap) -> list[Range]:
    """Return the places of every scalar: those that contain no other place."""
    every = [(loc, spans[loc]) for loc in spans]
    inner = {loc[:-1] for loc, _ in every if loc}
    keys = [spans.key(loc) for loc, _ in every if loc and isinstance(loc[-1], str)]
    return [span for loc, span in every if loc not in inner] + keys


def _inside(offset: int, leaves: Iterable[Range]) -> bool:
    return any(start <= offset < end for start, end in leaves)


def _covered(source: Source, spans: SpanMap, at: int, *, whole: bool) -> Range:
    text = source.text
    if whole:
        return Range(0, len(text) + 1)
    line = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    if text[line:at].strip():
        return Range(line, len(text) + 1 if end < 0 else end)
    # A line of its own: skip further comments and blank lines, then take what begins there.
    while end >= 0:
        start, end = end + 1, text.find("\n", end + 1)
        below = text[start : end if end >= 0 else len(text)]
        if below.strip() and not below.lstrip().startswith("#"):
            return _element(spans, start, start + len(below))
    return Range(at, at)


def _element(spans: SpanMap, start: int, end: int) -> Range:
    """Return the largest element that begins between two offsets, but never the whole document."""
    best = Range(start, end)
    for loc in spans:
        if not loc:
            continue
        key, value = spans.key(loc), spans[loc]
        if start <= min(key.start, value.start) < end and value.end > best.end:
            best = Range(start, value.end)
    return best


def apply(
    found: Iterable[Diagnostic], written: list[Comment], *, accepts: Callable[[Diagnostic], bool]
) -> Iterator[Diagnostic]:
    """Give what a comment accepts its reason, and mark the comments that did.

    Args:
        found: What was found.
        written: The comments; their ignores are marked as used.
        accepts: Whether a diagnostic may be accepted by a comment at all.
    """
    for diagnostic in found:
        matching = [
            ignore
            for comment in written
            for ignore in comment.ignores
            if ignore.code == diagnostic.code
            and ignore.covers.start
            <= diagnostic.span.start
            < max(ignore.covers.end, ignore.covers.start + 1)
        ]
        if matching and accepts(diagnostic):
            # Of two that say the same of the same place, the second is not needed.
            for at, ignore in enumerate(matching):
                ignore.used = ignore.used or all(other.covers != ignore.covers for other in matching[:at])
            yield replace(diagnostic, accepted=matching[0].reason)
        else:
            yield diagnostic


def _instead(span: Range, word: str) -> Fix:
    return Fix(
        Message(f"write `{word}`", f"改为 `{word}`"), (Edit(span.start, span.end, word),), safe=False
    )


def _removal(text: str, comment: Comment, needless: Ignore) -> Fix:
    """Take a code out of its comment; the last takes the comment with it, and its line if it has one."""
    title = Message(f"remove the ignore of {needless.word}", f"删除对 {needless.word} 的忽略")
    start, end = needless.span
    if len(comment.ignores) > 1:
        if needless is comment.ignores[-1]:
            before = text[comment.span.start : start]
            start -= len(before) - len(before.rstrip(" \t,"))
        else:
            after = text[end : comment.span.end]
            end += len(after) - len(after.lstrip(" \t,"))
        return Fix(title, (Edit(start, end, ""),))
    start, end = comment.span
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip():
        start = line + len(text[line:start].rstrip())
    else:
        following = _LINE_END.match(text, end)
        start, end = line, following.end() if following else end
    return Fix(title, (Edit(start, end, ""),))


def about(
    file: str, written: list[Comment], *, ran: Callable[[str], bool], names: Iterable[str]
) -> Iterator[Diagnostic]:
    """Report the comments that are not in order: no reason, no such rule, nothing to accept.

    Args:
        file: The name of the file.
        written: Its comments, after `apply`.
        ran: Whether a rule was really run, so that its silence means something.
        names: Every code and name, for "did you mean".
    """
    names = list(names)
    for comment in written:
        if not comment.known and comment.verb in _VERBS:
            colon = comment.verb_span.start
            yield _diagnostic(
                NO_SUCH_RULE,
                Severity.WARNING,
                file,
                comment.span,
                Message("a colon is missing: this comment does nothing", "缺少冒号：这条注释不起作用"),
                Message(
                    f"write `# blueprint: {comment.verb}`",
                    f"请写 `# blueprint: {comment.verb}`，用英文冒号",
                ),
                Fix(
                    Message("write the colon", "补上冒号"),
                    (Edit(colon - 1, colon, ": "),),
                    safe=False,
                ),
            )
            continue
        if not comment.known:
            near = _probably(comment.verb) or _ELSEWHERE.get(comment.verb, "ignore")
            yield _diagnostic(
                NO_SUCH_RULE,
                Severity.WARNING,
                file,
                comment.span,
                Message(
                    f"`{comment.verb}` is no instruction: this comment does nothing",
                    f"没有 `{comment.verb}` 这个指令：这条注释不起作用",
                ),
                Message(f"did you mean `{near}`?", f"是否想写 `{near}`？"),
                _instead(comment.verb_span, near),
            )
            continue
        if not comment.ignores:
            yield _diagnostic(
                NO_SUCH_RULE,
                Severity.WARNING,
                file,
                comment.span,
                Message("this comment names no rule to ignore", "这条注释没有写明要忽略哪条规则"),
                Message(
                    f"write the code and why: `# blueprint: {comment.verb} EX101 -- reason`",
                    f"写上规则代码和理由：`# blueprint: {comment.verb} EX101 -- 理由`",
                ),
            )
        if comment.ignores and not comment.reason:
            yield _diagnostic(
                NO_REASON,
                Severity.WARNING,
                file,
                comment.span,
                Message(
                    "an ignore without a reason: nobody will know why later",
                    "忽略规则却没有写理由：以后没人知道为什么",
                ),
                Message("end the comment with ` -- ` and the reason", "在注释末尾写上 ` -- ` 和理由"),
            )
        for ignore in comment.ignores:
            if ignore.code is None:
                word = ignore.word
                rule = _rule_meant(word, names)
                yield _diagnostic(
                    NO_SUCH_RULE,
                    Severity.WARNING,
                    file,
                    ignore.span,
                    Message(f"there is no rule `{ignore.word}`", f"没有规则 `{ignore.word}`"),
                    Message(f"did you mean `{rule}`?", f"是否想写 `{rule}`？")
                    if rule
                    else Message("`blueprint rules` lists them all", "`blueprint rules` 会列出全部规则"),
                    _instead(ignore.span, rule) if rule else None,
                )
            elif not ignore.used and ran(ignore.code):
                yield unused(file, ignore.code, ignore.span, ignore.removal)


def unused(file: str, code: str, span: Range, removal: Fix | None = None) -> Diagnostic:
    """Return the remark that a comment accepts what is not found."""
    return _diagnostic(
        UNUSED,
        Severity.INFO,
        file,
        span,
        Message(
            f"{code} finds nothing here: this ignore is no longer needed",
            f"{code} 在这里没有发现问题：这条忽略已不需要",
        ),
        Message("remove the comment, or the code from it", "删除这条注释，或从中去掉该代码"),
        removal,
    )


def _diagnostic(
    rule: tuple[str, str],
    severity: Severity,
    file: str,
    span: Range,
    message: Message,
    advice: Message,
    fix: Fix | None = None,
) -> Diagnostic:
    return Diagnostic(rule[0], severity, message, advice, file, span, rule[1], fix=fix)
