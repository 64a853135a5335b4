"""The shape of an Indian SMS gateway: JSON over HTTP, with entity, header and template of each message.

A shape, not a certified integration: gateways differ in names of fields. Whoever signs with one changes
`_body` and the names in `_sent` here; the rules about templates and unknown fate stay.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from pydantic import SecretStr

from channels.providers.base import Outgoing, Refused, Sent, Unknown
from channels.providers.exchange import ask, fields
from channels.providers.registered import RegisteredText, Registry, indian_digits
from channels.render.segments import is_gsm

TIMEOUT = httpx.Timeout(15.0, connect=5.0)
NO_TEMPLATE = "DLT_TEMPLATE"
NOT_INDIAN = "DLT_NUMBER"
# The gateway's words for where a message is.
_STATUSES = {"ACCEPTED": "accepted", "SUBMITTED": "sent", "DELIVERED": "delivered", "REJECTED": "failed"}


@dataclass(frozen=True)
class Gateway:
    """Where the gateway is, and what it knows us by."""

    url: str
    key: SecretStr


class Dlt:
    """A Provider for SMS within India. The client belongs to the caller."""

    def __init__(self, gateway: Gateway, registry: Registry, client: httpx.AsyncClient) -> None:
        self._gateway = gateway
        self._registry = registry
        self._client = client

    async def send(self, message: Outgoing) -> Sent:
        """Refused before anything is asked if no registered text fits."""
        answer = await self._ask("POST", json=self._body(message))
        return _sent(answer)

    async def find(self, message: Outgoing, since: datetime, known: Collection[str]) -> Sent | None:
        """Such a gateway knows a message by our reference, so that neither time nor text is needed."""
        answer = await self._ask("GET", params={"reference": message.reference})
        messages = answer.get("messages")
        if not isinstance(messages, list):
            raise Unknown("malformed")
        found = [_sent(each) for each in messages if isinstance(each, dict)]
        return next((each for each in found if each.id not in known), None)

    async def _ask(self, method: str, **request: Any) -> dict[str, Any]:
        headers = {"authkey": self._gateway.key.get_secret_value()}
        url = f"{self._gateway.url.rstrip('/')}/messages"
        return fields(await ask(self._client, method, url, headers=headers, timeout=TIMEOUT, **request))

    def _body(self, message: Outgoing) -> dict[str, Any]:
        digits, registered = indian_digits(message.to), self._registered(message)
        if not digits:
            raise Refused(NOT_INDIAN, may_retry=False)
        return {
            "entity_id": self._registry.entity_id,
            "template_id": registered.id,
            "header": registered.header,
            "kind": registered.kind,
            "to": digits,
            "text": message.text.strip(),
            "unicode": not is_gsm(message.text),
            "reference": message.reference,
        }

    def _registered(self, message: Outgoing) -> RegisteredText:
        registered = self._registry.match(message.text.strip())
        if not registered or message.media_url or message.template:
            raise Refused(NO_TEMPLATE, may_retry=False)
        return registered


def _sent(record: dict[str, Any]) -> Sent:
    if not record.get("id"):
        raise Unknown("malformed")
    return Sent(str(record["id"]), _STATUSES.get(str(record.get("status")), "accepted"))
