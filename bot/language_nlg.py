"""Chooses the language variant of a reply: endpoints.yml names this class as `nlg`."""

from __future__ import annotations

from typing import Any

import yaml
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from knowledge.paths import IS_OWN, SENTENCES
from knowledge.text.reply_language import in_dialogue, reply_language
from knowledge.yaml_lines import LOADER


class LanguageNLG(TemplatedNaturalLanguageGenerator):
    """Picks the variant in the language of the turn and marks the reply with that language."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    @property
    def responses(self) -> dict[str, Any]:
        """The model's; in their places those of another programme. Rasa sets them when it has read a model."""
        return self._responses

    @responses.setter
    def responses(self, of_model: dict[str, Any]) -> None:
        self._responses = {**of_model, **_own_sentences()}

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        # An action may name the language, as when it has just been changed and no slot says so yet.
        language = kwargs.pop("language", None) or language_of_turn(tracker)
        added = kwargs.pop("custom", None)
        slots = {**tracker.current_slot_values(), "language": language}
        reply = self.generate_from_slots(utter_action, slots, output_channel, **kwargs)
        if reply is not None:
            reply["custom"] = {**(reply.get("custom") or {}), "language": language}
            _keep_both(reply["custom"], added)
        return reply


def _own_sentences() -> dict[str, Any]:
    """Another programme's, as they were built last: an edited sentence needs no training."""
    found: dict[str, Any] = {}
    for path in () if IS_OWN else sorted(SENTENCES.glob("*.yml")):
        found.update(yaml.load(path.read_text(encoding="utf-8"), LOADER)["responses"])
    return found


def _keep_both(written: dict[str, Any], added: dict[str, Any] | None) -> None:
    """Let what an action adds to a reply not take the place of all that is written with it.

    Rasa puts the action's dictionary over ours when we return; so ours goes into it, where the action said nothing.
    """
    if added is not None:
        added.update({**written, **added})


def language_of_turn(tracker: DialogueStateTracker) -> str:
    """The language asked for, else that of this message, else of the last one long enough to tell.

    In a dialogue (actions/tasks.py) a word or two do not change it.
    """
    users = [event for event in reversed(tracker.events) if isinstance(event, UserUttered)]
    detected = [event.parse_data.get("language") for event in users]
    preferred = tracker.get_slot("preferred_language")
    now = str(reply_language(preferred, detected, _typed(users)))
    task = tracker.get_slot("task") if tracker.active_loop_name == "task_form" else None
    return now if preferred or not task or not users else in_dialogue(now, task.get("language"), users[0].text or "")


def _typed(users: list[UserUttered]) -> list[str]:
    """What was typed or said; a tap on a button is neither."""
    return [str(event.text or "") for event in users if event.parse_data.get("intent_ranking")]
