"""A dialogue as Rasa holds it, without Rasa: the form's actions called in the order in which Rasa calls them."""

import copy
from dataclasses import dataclass, field
from typing import Any

from rasa_calls import Bot, Event

FORM = "task_form"
# What the general rules (bot/rules) run for an intent that the form does not take.
RULES = {"ask_knowledge": "action_answer", "nlu_fallback": "action_answer", "talk_to_person": "action_hand_over",
         "ask_district": "action_answer", "begin_task": "action_begin_task", "stop": "utter_stopped",
         "distress": "action_distress", "thank": "utter_thank", "deny": "utter_deny"}  # fmt: skip
Message = dict[str, Any]


@dataclass
class FormTalk:
    """`said`: all that was said in the last turn; `over`: Rasa has ended the form."""

    bot: Bot
    slots: dict[str, Any] = field(default_factory=dict)
    said: list[Message] = field(default_factory=list)
    over: bool = False

    def copy(self) -> "FormTalk":
        return FormTalk(self.bot, copy.deepcopy(self.slots), [], self.over)

    @property
    def task(self) -> dict[str, Any]:
        found: dict[str, Any] = self.slots["task"]
        return found

    def begin(self, task: str) -> "FormTalk":
        message = self._tapped(f"task:{task}", "begin_task", "task", task)
        self.said = []
        self._run("action_begin_task", message)
        self._go_on(message, after=[{"event": "action", "name": "action_begin_task"}, _slot("task")])
        return self

    def tap(self, value: str) -> "FormTalk":
        return self._turn(self._tapped(f"answer:{value}", "answer", "answer", value))

    def say(self, text: str, intent: str = "nlu_fallback") -> "FormTalk":
        return self._turn(self.bot.understood(text, intent))

    def _turn(self, message: Message) -> "FormTalk":
        self.said = []
        taken = self._validate(message, [])
        if taken:
            if not self.over:
                self._run("action_ask_task_answer", message)
            return self
        rule = RULES[message["intent"]["name"]]
        after = [{"event": "action_execution_rejected", "name": FORM}, {"event": "action", "name": rule}]
        if rule.startswith("utter_"):
            self.said.append({"response": rule})
        else:
            self._run(rule, message)
        self._go_on(message, after)
        return self

    def _go_on(self, message: Message, after: list[Event]) -> None:
        self._validate(message, after)
        if not self.over:
            self._run("action_ask_task_answer", message, after)

    def _validate(self, message: Message, after: list[Event]) -> bool:
        """Whether the form took the message: for Rasa it did if it has set a slot beside its own."""
        events = self._run("validate_task_form", message, after)
        ended = any(e["event"] == "slot" and e["name"] == "requested_slot" and e["value"] is None for e in events)
        taken = any(e["event"] == "slot" and e["name"] != "requested_slot" for e in events)
        self.over = ended and (taken or bool(after))  # a form that did not take the message cannot end by it
        return any(e["event"] == "slot" and e["name"] != "requested_slot" for e in events)

    def _run(self, action: str, message: Message, after: list[Event] | None = None) -> list[Event]:
        slots = {**self.slots, "requested_slot": "task_answer"}
        answer = self.bot.run(action, message, slots=slots, active_loop={"name": FORM}, after=after or [])
        self.said += answer.messages
        self.slots |= {e["name"]: e["value"] for e in answer.events if e["event"] == "slot"}
        return answer.events

    @staticmethod
    def _tapped(text: str, intent: str, entity: str, value: str) -> Message:
        entities = [{"entity": entity, "value": value, "start": 0, "end": len(text)}]
        return {"text": text, "intent": {"name": intent, "confidence": 1.0}, "intent_ranking": [],
                "entities": entities, "language": None, "other_language": None,
                "metadata": {"channel": "web"}}  # fmt: skip


def _slot(name: str) -> Event:
    return {"event": "slot", "name": name, "value": None}
