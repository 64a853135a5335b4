"""A letter from what was told. What was not told stays open, to be filled in by pen."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from actions import days
from actions.eligibility.kinds import Value
from actions.letters.letter import Block, Language, Letter, Topic
from actions.letters.words import JINJA, Common, common, wording, words
from knowledge.amounts.written import grouped

BANK_DAYS = 30  # in which a bank answers a complaint
OMBUDSMAN_DAYS = 90  # after those, in which the Ombudsman takes it
_JOINERS = "\u200c\u200d"  # part of Devanagari spelling
_GAP, _LONG_GAP = "_" * 16, "_" * 40
_LONG = ("bank", "place", "when_and_who", "wrong")


def compose(topic: Topic, language: Language, told: Mapping[str, Value], today: date) -> Letter:
    shared, own = common(language), wording(topic, language)
    filled = _Filled(shared, _values(language, shared, told, today))
    blocks = (
        Block("date", filled.lines([shared.date])),
        Block("to", filled.lines(own.to)),
        Block("subject", filled.lines([f"{shared.subject} {own.subject}"])),
        Block("text", (shared.greeting,)),
        *(Block("text", (line,)) for line in filled.lines(own.body)),
        Block("list", (shared.asks, *_numbered(filled.lines(own.asks)))),
        *(Block("text", (line,)) for line in filled.lines(own.closing)),
        Block("list", (shared.declares, *_numbered(own.declares)) if own.declares else ()),
        Block("sign", filled.lines(shared.sign)),
        Block("small", (shared.enclosures, *(f"(   ) {line}" for line in own.enclosures))),
        Block("small", (own.receipt,) if own.receipt else ()),
    )
    return Letter(topic, language, tuple(block for block in blocks if block.lines))


def clean(text: str) -> str:
    """One line without control characters; nothing that turns the direction of writing."""
    kept = (c if unicodedata.category(c)[0] != "C" or c in _JOINERS else " " for c in text)
    return " ".join("".join(kept).split())


class _Filled:
    """Fills the templates. What the user said is only ever a value, never a template."""

    def __init__(self, shared: Common, values: dict[str, Any]) -> None:
        self._values = values
        for name in ("wrong", "wrong_asks", "rule"):
            self._values[name] = self.line(self._values[name])

    def line(self, text: str) -> str:
        return " ".join(JINJA.from_string(text).render(self._values).split(" ")).strip()

    def lines(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(line for line in map(self.line, texts) if line)


def _numbered(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{number}. {line}" for number, line in enumerate(lines, 1))


def _values(language: Language, shared: Common, told: Mapping[str, Value], today: date) -> dict[str, Any]:
    gaps = {name: f"{_LONG_GAP if name in _LONG else _GAP} ({label})" for name, label in shared.gaps.items()}
    given = {name: text for name, value in told.items() if (text := _written(value, language))}
    wrong = shared.wrongs.get(str(told.get("wrong")), shared.wrongs["other"])
    complained_on = told.get("complained_on")
    return {
        **gaps,
        **given,
        "gaps": gaps,
        "refused": "refused_on" in given or told.get("wrong") in ("no_reason_in_writing", None),
        "bank_reply": told.get("bank_reply"),
        "today": days.written(today, language),
        "answer_by": days.written(today + timedelta(days=BANK_DAYS), language),
        "reply_due": _due(complained_on, language),
        "not_due": isinstance(complained_on, date) and today <= complained_on + timedelta(days=BANK_DAYS),
        "wrong": wrong.says,
        "wrong_asks": wrong.asks,
        "rule": _rule(shared, told),
        "rule_on_reasons": shared.rule_on_reasons if _is_commercial(told) else "",
    }


def _written(value: Value, language: Language) -> str:
    if isinstance(value, date):
        return days.written(value, language)
    return f"₹{grouped(value)}" if isinstance(value, int) else clean(value)


def _due(complained_on: Value | None, language: Language) -> str | None:
    if not isinstance(complained_on, date):
        return None
    return days.written(complained_on + timedelta(days=BANK_DAYS), language)


def _rule(shared: Common, told: Mapping[str, Value]) -> str:
    """The Reserve Bank's rule that bears on the complaint, where there is one and it holds for this loan."""
    if told.get("wrong") == "no_reason_in_writing" and _is_commercial(told):
        return shared.rule_on_reasons
    return shared.rule_on_collateral if told.get("wrong") == "collateral" and _is_small(told) else ""


def _is_commercial(told: Mapping[str, Value]) -> bool:
    bank = str(told.get("bank", "")).casefold()
    return not any(word in bank for word in words().without_rule_on_reasons)


def _is_small(told: Mapping[str, Value]) -> bool:
    rule, amount, day = words().collateral, told.get("amount"), told.get("refused_on")
    small = not isinstance(amount, int) or amount <= rule.up_to
    return small and (not isinstance(day, date) or day >= rule.valid_from)
