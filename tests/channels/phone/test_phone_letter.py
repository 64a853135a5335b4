"""A letter that a caller asked for: ready while they speak, brought to their mobile by SMS."""

from typing import Any

import httpx
from caller import MOBILE, TOKEN, VOICE, Caller, reply
from gateway_settings import settings
from pydantic import SecretStr
from twiml_rules import PUBLIC

from channels.app import create_app
from channels.fake_bot import FakeBot
from channels.fake_twilio.app import create_app as create_fake
from channels.fake_twilio.settings import ACCOUNT, FakeSettings
from channels.providers.twilio import Account, Twilio
from channels.settings import ROOT

SMS = "+15005550006"
LETTER = f"{PUBLIC}/letters/{'a' * 43}.pdf"
SPOKEN = f"पूरी चिट्ठी तैयार है ({LETTER})। लिंक आपके मोबाइल पर एसएमएस से आ सकता है।"


async def test_a_letter_asked_for_by_phone_reaches_the_callers_mobile(bot: FakeBot, tmp_path: Any) -> None:
    account: dict[str, Any] = {"twilio_account_sid": ACCOUNT, "twilio_auth_token": TOKEN, "twilio_sms_from": SMS}
    network = create_fake(
        FakeSettings(_env_file=None, environment="development", public_url=PUBLIC, **account),  # type: ignore[call-arg]
        httpx.MockTransport(lambda request: httpx.Response(204)),
    )
    own = network.state.network.settings.own
    async with httpx.AsyncClient(transport=httpx.ASGITransport(network), base_url=own) as twilio:
        provider = Twilio(Account(ACCOUNT, SecretStr(TOKEN), own, PUBLIC), twilio)
        chosen = settings(
            **account,
            public_url=PUBLIC,
            database_url=f"sqlite:///{tmp_path}/g.db",
            delivery_sentences_file=ROOT / "bot" / "responses" / "delivery.yml",
            sweep_seconds=0.05,
        )
        gateway = create_app(chosen, httpx.ASGITransport(bot.app), providers={"sms": provider})
        async with gateway.router.lifespan_context(gateway):
            await _calls_for_a_letter(httpx.AsyncClient(transport=httpx.ASGITransport(gateway), base_url=PUBLIC), bot)
            (sms,) = await _arrived(twilio)
        await network.state.network.close()
    assert (sms["to"], sms["from"]) == (MOBILE, SMS)
    assert LETTER in sms["body"]


async def _calls_for_a_letter(client: httpx.AsyncClient, bot: FakeBot) -> None:
    bot.replies = [reply("बैंक मैनेजर को यह लिखकर दीजिए: कारण लिखित में दिए जाएँ।"), reply(SPOKEN)]
    caller = await Caller(client).calls()
    await caller.says("चिट्ठी बनाइए")
    assert "पूरी चिट्ठी तैयार है" in caller.heard and "letters" not in caller.heard and "वेबसाइट" not in caller.heard
    assert "लिंक एसएमएस पर पाने के लिए 5 दबाइए।" in caller.heard and caller.heard.endswith("और कुछ पूछना हो तो बोलिए।")
    await caller.presses("5")
    assert "इसी नंबर पर भेजा जा रहा है" in caller.heard
    assert VOICE in caller.raw, "the call goes on"
    await client.aclose()


async def _arrived(twilio: httpx.AsyncClient) -> list[Any]:
    import asyncio

    async with asyncio.timeout(20):
        while True:
            found = (await twilio.get("/messages", params={"contact": MOBILE})).json()["messages"]
            if found:
                return list(found)
            await asyncio.sleep(0.02)
