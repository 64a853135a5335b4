"""What is said when nothing can be shown: why as far as it may be told, and where to go."""

from collections.abc import Mapping

from actions.applications.disclosure import Outcome
from actions.dialogue.said import Said
from actions.status.words import load

_LOST, _CHANGED = "entry:application-number-lost", "entry:application-mobile-changed"
_AGAIN, _PERSON = "task:status", "person:"


def _said(response: str, language: str, *payloads: str, outcome: str = "status_refused") -> Said:
    buttons = tuple(load().button(payload, language) for payload in payloads)
    return Said(response, buttons=buttons, outcome=outcome)


def unavailable(language: str) -> Said:
    return _said("utter_status_unavailable", language, _AGAIN, _PERSON, outcome="unavailable")


def cannot_send(language: str) -> Said:
    return _said("utter_status_cannot_send", language, _PERSON, outcome="unavailable")


def without_number(language: str) -> Said:
    return _said("utter_status_where_number_is", language, _LOST, _PERSON, outcome="answered")


def without_code(language: str) -> Said:
    return _said("utter_status_without_code", language, _CHANGED, _PERSON)


def not_shown(outcome: Outcome, language: str) -> Said:
    """Whoever has no such application and whoever's is somebody else's hear the same."""
    response, payloads = _ENDS.get(outcome, _ENDS[Outcome.REFUSED])
    return _said(response, language, *payloads)


_ENDS: Mapping[Outcome, tuple[str, tuple[str, ...]]] = {
    Outcome.REFUSED: ("utter_status_refused", (_AGAIN, _CHANGED, _PERSON)),
    Outcome.TOO_MANY_CODES: ("utter_status_too_many_codes", (_PERSON,)),
    Outcome.CODE_SPENT: ("utter_status_code_spent", (_AGAIN, _CHANGED, _PERSON)),
}
