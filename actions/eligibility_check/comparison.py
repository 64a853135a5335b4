"""Several verdicts in words: what fits, what may, what does not and why."""

from collections.abc import Iterator, Sequence

from actions.dialogue.said import Said
from actions.eligibility import Verdict
from actions.eligibility_check.verdict import label, scheme_button

_MOST_BUTTONS = 3


def in_words(verdicts: Sequence[Verdict], language: str) -> Said:
    """`verdicts`: best first, as the engine compares them."""
    return Said(
        "utter_comparison",
        {"comparison": "\n".join(_lines(verdicts, language))},
        tuple(scheme_button(v, language) for v in verdicts[:_MOST_BUTTONS] if v.state != "not_eligible"),
        sources=tuple(dict.fromkeys(v.sources[0] for v in verdicts if v.state == "eligible"))[:_MOST_BUTTONS],
        outcome="verdict_given",
        short=_short(verdicts, language),
    )


def _lines(verdicts: Sequence[Verdict], language: str) -> Iterator[str]:
    fits, perhaps, out = (_of(verdicts, state) for state in ("eligible", "need_more", "not_eligible"))
    yield label("fits" if fits else "fits_none", language)
    yield from (f"• {v.name[language]}: {v.benefit.summary[language]}" for v in fits)
    if perhaps:
        yield label("perhaps", language, names=_names(perhaps, language))
    if out:
        yield label("not_these", language)
        yield from (f"• {v.name[language]}: {_first_reason(v, language)}" for v in out)
    yield label("look_closer", language)


def _of(verdicts: Sequence[Verdict], state: str) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.state == state]


def _names(verdicts: Sequence[Verdict], language: str) -> str:
    return ", ".join(verdict.name[language] for verdict in verdicts)


def _first_reason(verdict: Verdict, language: str) -> str:
    return next(reason.text[language] for reason in verdict.reasons if reason.truth is False)


def _short(verdicts: Sequence[Verdict], language: str) -> str:
    best = [v for v in verdicts if v.state != "not_eligible"][:_MOST_BUTTONS]
    fits = any(v.state == "eligible" for v in best)
    return f"{label('fits' if fits else 'fits_none', language)} {_names(best, language)}"
