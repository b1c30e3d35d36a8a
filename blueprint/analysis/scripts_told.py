"""What there is to tell about a journey's scripts: their protocols and their words, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blueprint.analysis import feelings, question_bank
from blueprint.analysis.lexicon import cues_in, remarks
from blueprint.analysis.protocol import ScriptScore, scored, speeches
from blueprint.model.journey import Journey

if TYPE_CHECKING:
    from blueprint.model.standards import Standards


def told(journey: Journey, standards: Standards | None) -> list[dict[str, Any]] | None:
    """Return protocol scores, remarks and cues per touchpoint, language and style of its script.

    None where nothing is said anywhere, or where no standards are at hand.
    """
    if standards is None:
        return None
    found: list[dict[str, Any]] = []
    for name, touchpoint in journey.touchpoints.items():
        script = touchpoint.script
        for speech in speeches(script, journey.language) if script is not None else ():
            cues = cues_in(standards.lexicon, speech.said)
            found.append(
                {
                    "touchpoint": name,
                    "language": speech.language,
                    "style": speech.style,
                    "feelings": feelings.told(
                        feelings.mood(feelings.lines_of(script, speech), speech, standards.lexicon)
                    )
                    if script
                    else None,
                    "questions": question_bank.kinds_asked(
                        speech, standards.protocols.get(question_bank.PROTOCOL)
                    ),
                    "latent_questions": question_bank.kinds_asked(
                        speech, standards.protocols.get(question_bank.LATENT)
                    ),
                    "protocol": _score(scored(script, speech, standards.protocols)) if script else None,
                    "remarks": [
                        {
                            "phrase": remark.phrase,
                            "code": remark.code,
                            "line": remark.line,
                            "text": remark.text,
                            "severity": remark.severity,
                        }
                        for remark in remarks(standards.lexicon, speech.said)
                    ],
                    "cues": {cue.phrase: cue.present for cue in cues if cue.kind != "signal"},
                    "signals": [cue.phrase for cue in cues if cue.kind == "signal" and cue.present],
                }
            )
    return found or None


def _score(score: ScriptScore | None) -> dict[str, Any] | None:
    if score is None:
        return None
    return {
        "id": score.protocol,
        "coverage": score.coverage,
        "order": score.order,
        "score": score.score,
        "passed": score.passed,
        "found": [hit.step for hit in score.found],
        "missing": list(score.missing),
        "misplaced": list(score.misplaced),
        "not_recognisable": list(score.blind),
        "forbidden": [{"step": s.step, "line": s.line, "text": s.text} for s in score.spoiled],
        "without_deadline": [hit.step for hit in score.undated],
        "reason": score.reason,
    }
