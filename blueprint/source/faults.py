"""The YM family: what can be wrong with a text before its meaning is looked at.

These are not rules that run over a model; reading itself reports them. Their names, severities and
manual pages stand here so that `rules` and `explain` list them beside the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from blueprint.diagnostic import Diagnostic, Fix, Message, Range, Related, Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of mistake in a text, with its manual page."""

    code: str
    name: str
    severity: Severity
    page: str
    """One line, then Why, Bad, Good and Source, as in a rule's docstring."""

    def at(
        self,
        file: str,
        span: Range,
        message: Message,
        advice: Message | None = None,
        *,
        element: str = "",
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """Report the mistake at a place."""
        return Diagnostic(
            self.code, self.severity, message, advice, file, span, self.name, element, related, fix
        )


def _fault(code: str, name: str, page: str, severity: Severity = Severity.ERROR) -> Fault:
    return Fault(code, name, severity, page)


SYNTAX_ERROR = _fault("YM001", "syntax-error", "")
DUPLICATE_KEY = _fault("YM002", "duplicate-key", "")
UNKNOWN_KEY = _fault("YM003", "unknown-key", "")
WRONG_TYPE = _fault("YM004", "wrong-type", "")
MISSING_KEY = _fault("YM005", "missing-key", "")
OVER_LIMIT = _fault("YM006", "over-limit", "")
BAD_ID = _fault("YM007", "bad-id", "")
OUT_OF_RANGE = _fault("YM008", "out-of-range", "")
UNKNOWN_WORD = _fault("YM009", "unknown-word", "")
UNREADABLE_FILE = _fault("YM010", "unreadable-file", "")
NOT_TEXT = _fault("YM011", "not-text", "")
SEVERAL_DOCUMENTS = _fault("YM012", "several-documents", "")
MERGE_KEY = _fault("YM013", "merge-key", "")
UNKNOWN_TAG = _fault("YM014", "unknown-tag", "")
NON_TEXT_KEY = _fault("YM015", "non-text-key", "")
BROKEN_ALIAS = _fault("YM016", "broken-alias", "")
UNKNOWN_DOCUMENT = _fault("YM017", "unknown-document", "")
EMPTY_VALUE = _fault("YM018", "empty-value", "")
MALFORMED_VALUE = _fault("YM019", "malformed-value", "")
NO_DOCUMENT = _fault("YM020", "no-document", "", Severity.WARNING)

YM_RULES: dict[str, Fault] = {
    fault.code: fault for fault in list(globals().values()) if isinstance(fault, Fault)
}
"""Every fault by its code, in order."""
