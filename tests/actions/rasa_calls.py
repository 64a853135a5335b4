"""Calls as Rasa makes them: the tracker of a conversation, the domain, the action to run."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from fastapi.testclient import TestClient

from knowledge.text.gazetteer import Gazetteer
from knowledge.text.language import LanguageDetector

ROOT = Path(__file__).resolve().parents[2]
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
LANGUAGES = ("hi", "hi-Latn", "en")
PAYLOAD = re.compile(r"(entry|district|language|more|task|answer):[A-Za-z0-9_.-]{1,64}|person:|menu:|stop:")
_TAPS = {"entry": ("ask_entry", "entry"), "district": ("ask_district", "district"),
         "language": ("change_language", "requested_language")}  # fmt: skip
Event = dict[str, Any]


def responses() -> dict[str, list[dict[str, Any]]]:
    """Every scripted sentence: key -> its variants."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((ROOT / "bot" / "responses").glob("*.yml")):
        found |= yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    return found


def bot_said(text: str, buttons: Sequence[dict[str, str]] = (), custom: dict[str, Any] | None = None) -> Event:
    data = {"elements": None, "quick_replies": None, "buttons": list(buttons) or None, "attachment": None,
            "image": None, "custom": custom}  # fmt: skip
    return {"event": "bot", "timestamp": 1.0, "text": text, "data": data, "metadata": {"utter_action": "utter_x"}}


@dataclass
class Answer:
    """What an action sent back."""

    events: list[Event]
    messages: list[dict[str, Any]]

    @property
    def message(self) -> dict[str, Any]:
        assert len(self.messages) == 1, self.messages
        return self.messages[0]

    @property
    def custom(self) -> dict[str, Any]:
        found: dict[str, Any] = self.message["custom"]
        return found

    def slot(self, name: str) -> Any:
        return next(e["value"] for e in self.events if e["event"] == "slot" and e["name"] == name)

    @property
    def followup(self) -> str | None:
        return next((e["name"] for e in self.events if e["event"] == "followup"), None)


@dataclass
class Bot:
    client: TestClient
    gazetteer: Gazetteer
    detector: LanguageDetector
    used: dict[str, dict[str, Any]] = field(default_factory=dict)

    def understood(self, text: str, intent: str) -> dict[str, Any]:
        """The message with what the bot's components find in it."""
        entities: list[dict[str, Any]] = [
            {"entity": m.kind, "value": m.value, "start": m.start, "end": m.end, "confidence_entity": m.score,
             "extractor": "GazetteerEntities"}
            for m in self.gazetteer.find(text)
        ]  # fmt: skip
        found = self.detector.detect(text)
        return {
            "text": text, "intent": {"name": intent, "confidence": 0.97}, "entities": entities, "message_id": "a1",
            "intent_ranking": [{"name": intent, "confidence": 0.97}, {"name": "greet", "confidence": 0.01}],
            "language": found.code, "other_language": found.other, "metadata": {"channel": "web"},
        }  # fmt: skip

    @staticmethod
    def tapped(payload: str) -> dict[str, Any]:
        """A button or a lone digit, read by the channel without understanding."""
        if payload.isdigit():
            intent, entity, value = "choose", "number", payload
        else:
            kind, _, value = payload.partition(":")
            intent, entity = _TAPS[kind]
        entities = [{"entity": entity, "value": value, "start": 0, "end": len(payload)}]
        return {
            "text": payload, "intent": {"name": intent, "confidence": 1.0}, "intent_ranking": [],
            "entities": entities, "language": None, "other_language": None, "metadata": {"channel": "web"},
        }  # fmt: skip

    @staticmethod
    def call(action: str, message: dict[str, Any], earlier: Sequence[Event], **tracker: Any) -> dict[str, Any]:
        said = {"event": "user", "timestamp": 2.0, "text": message["text"], "parse_data": message,
                "input_channel": "web", "message_id": "a1", "metadata": {"channel": "web"}}  # fmt: skip
        start = [{"event": "action", "name": "action_session_start"}, {"event": "session_started"},
                 {"event": "action", "name": "action_listen"}]  # fmt: skip
        after = tracker.pop("after", [])
        slots = {**dict.fromkeys(DOMAIN["slots"]), "requested_slot": None, **tracker.pop("slots", {})}
        return {
            "next_action": action,
            "sender_id": "web-1",
            "tracker": {
                "sender_id": "web-1", "slots": slots, "latest_message": message, "latest_event_time": 2.0,
                "followup_action": None, "paused": False, "events": [*start, *earlier, said, *after],
                "latest_input_channel": "web", "active_loop": {}, "latest_action_name": "action_listen", **tracker,
            },
            "domain": DOMAIN,
            "version": "3.6.21",
        }  # fmt: skip

    def run(self, action: str, message: dict[str, Any], earlier: Sequence[Event] = (), **tracker: Any) -> Answer:
        reply = self.client.post("/webhook", json=self.call(action, message, earlier, **tracker))
        assert reply.status_code == 200, reply.text
        answer = Answer(reply.json()["events"], reply.json()["responses"])
        for message in answer.messages:
            if message["response"]:
                self.used[message["response"]] = message
        return answer

    def ask(self, action: str, text: str, intent: str = "ask_knowledge", **tracker: Any) -> Answer:
        return self.run(action, self.understood(text, intent), **tracker)

    def tap(self, action: str, payload: str, **tracker: Any) -> Answer:
        return self.run(action, self.tapped(payload), **tracker)

    def said_before(
        self, text: str, buttons: Sequence[dict[str, str]] = (), custom: dict[str, Any] | None = None
    ) -> list[Event]:
        """An earlier turn: what the user said, and the bot's reply with its buttons and what came with it."""
        message = self.understood(text, "ask_knowledge")
        return [
            {"event": "user", "timestamp": 0.5, "text": text, "parse_data": message},
            bot_said("...", buttons, custom),
        ]
