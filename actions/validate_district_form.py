"""Checks the district a user gives when asked for theirs."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.types import DomainDict

from actions.knowledge_base import knowledge_base
from knowledge.text.mention import AMBIGUOUS


class ValidateDistrictForm(FormValidationAction):
    def name(self) -> str:
        return "validate_district_form"

    def validate_district(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> dict[str, Any]:
        name = str(value[0] if isinstance(value, list) and value else value)
        # Of "Kanpur" there are two: the form ends, and action_district asks which.
        known = name in knowledge_base().districts.by_id or name in AMBIGUOUS
        return {"district": name if known else None}
