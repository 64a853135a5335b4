"""An Indian SMS gateway in memory, in the shape that channels/providers/dlt.py speaks."""

import json
from collections.abc import Callable
from typing import Any

import httpx
from pydantic import SecretStr

from channels.providers.dlt import Dlt, Gateway
from channels.providers.registered import Registry

KEY = "key-of-the-gateway"
REGISTRY = Registry.model_validate(
    {
        "entity_id": "1101234567890123456",
        "templates": {
            "status": {
                "id": "1107000000000000001",
                "kind": "service_implicit",
                "header": "ODOPUP",
                "text": "आपके आवेदन {#var#} की स्थिति: {#var#}। ओडीओपी हेल्पलाइन",
            },
            "code": {
                "id": "1107000000000000002",
                "kind": "transactional",
                "header": "ODOPUP",
                "text": "{#var#} is your ODOP code. It works for 10 minutes.",
            },
        },
    }
)


class FakeDltGateway:
    """Takes only what is registered, as the networks do, and finds messages by their reference."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.requests: list[httpx.Request] = []
        self.trouble: Callable[[httpx.Request], httpx.Response] | None = None

    def provider(self) -> Dlt:
        client = httpx.AsyncClient(transport=httpx.MockTransport(self.handle))
        return Dlt(Gateway("https://sms.example/v1/", SecretStr(KEY)), REGISTRY, client)

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.trouble:
            return self.trouble(request)
        if request.headers.get("authkey") != KEY or request.url.path != "/v1/messages":
            return httpx.Response(401, json={"code": "AUTH"})
        if request.method == "GET":
            reference = request.url.params["reference"]
            return httpx.Response(
                200, json={"messages": [each for each in self.taken if each["reference"] == reference]}
            )
        return self._take(json.loads(request.content))

    def _take(self, body: dict[str, Any]) -> httpx.Response:
        known = {(each.id, each.header) for each in REGISTRY.templates.values()}
        if body["entity_id"] != REGISTRY.entity_id or (body["template_id"], body["header"]) not in known:
            return httpx.Response(400, json={"code": "NOT_REGISTERED"})
        self.taken.append(body | {"id": f"g{len(self.taken) + 1}", "status": "ACCEPTED"})
        return httpx.Response(200, json={"id": self.taken[-1]["id"], "status": "ACCEPTED"})
