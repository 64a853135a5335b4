"""The fake for tests, beside a stub gateway in one process."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from stub_gateway import PUBLIC, TOKEN, StubGateway

from channels.fake_twilio.app import create_app
from channels.fake_twilio.network import Network
from channels.fake_twilio.settings import ACCOUNT, FakeSettings

ANITA = "+919876543210"
ON_WHATSAPP = f"whatsapp:{ANITA}"
WHATSAPP, SMS = "whatsapp:+14155238886", "+15005550006"
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


def fake_settings(**changes: Any) -> FakeSettings:
    """Independent of this machine's environment."""
    fixed: dict[str, Any] = {"environment": "development", "twilio_account_sid": ACCOUNT, "twilio_auth_token": TOKEN}
    fixed |= {"twilio_whatsapp_from": WHATSAPP, "twilio_sms_from": SMS, "public_url": PUBLIC}
    return FakeSettings(_env_file=None, **{**fixed, "gateway_url": "http://gateway", **changes})


class Fake:
    """The fake with a clock of its own."""

    def __init__(self, gateway: StubGateway, **changes: Any) -> None:
        self.now = datetime(2026, 1, 31, 12, tzinfo=UTC)
        transport = httpx.ASGITransport(gateway.app)
        self.app = create_app(fake_settings(**changes), transport, lambda: self.now)
        self.network: Network = self.app.state.network
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url="http://twilio", auth=(ACCOUNT, TOKEN)
        )

    async def later(self, **by: float) -> None:
        """The clock goes on once nothing is under way."""
        await self.network.settle()
        self.now += timedelta(**by)

    async def send(self, **fields: Any) -> httpx.Response:
        """As the gateway sends; to Anita by SMS unless told otherwise."""
        data = {"To": ANITA, "From": SMS, "Body": "नमस्ते", **fields}
        return await self.http.post(MESSAGES, data={name: value for name, value in data.items() if value is not None})

    async def inbound(self, sender: str = ON_WHATSAPP, **more: Any) -> dict[str, Any]:
        """As a contact writes, with the webhook's answers."""
        response = await self.http.post("/inbound", json={"from": sender, "body": "लोन", "wait": True, **more})
        assert response.status_code == 201, response.text
        message: dict[str, Any] = response.json()
        return message

    async def set_faults(self, **faults: Any) -> None:
        response = await self.http.put("/faults", json={"status_seconds": 0, **faults})
        assert response.status_code == 200, response.text

    async def message(self, sid: str) -> dict[str, Any]:
        """As the API gives it, once nothing is under way."""
        await self.network.settle()
        answer: dict[str, Any] = (await self.http.get(MESSAGES.replace(".json", f"/{sid}.json"))).json()
        return answer
