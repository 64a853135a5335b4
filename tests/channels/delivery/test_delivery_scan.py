"""Numbers planted through every entrance are looked for in every log line, table and file: sealed, none is found."""

import base64
import binascii
import html
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from helpline_line import PUBLIC, SMS, Line
from sqlalchemy import MetaData, create_engine

from channels.console.audit import audit
from channels.console.conversations import notes
from channels.console.roles import Account
from channels.privacy.checks import luhn, verhoeff
from channels.settings import PLACEHOLDER

DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
LATIN = str.maketrans("०१२३४५६७८९", "0123456789")
SAID = ("shunya", "ek", "do", "teen", "chaar", "paanch", "chhe", "saat", "aath", "nau")
VENDOR = {"Authorization": f"Bearer {PLACEHOLDER}"}
VOICE = "/webhooks/twilio/voice"
ASHA = Account(1, "asha", "Asha", "agent", "en")
_COUNT = iter(range(1, 1000))


class Planted:
    """Numbers that stand nowhere else. `text()` holds a new one of each kind."""

    def __init__(self) -> None:
        self.needles: dict[str, str] = {}

    def text(self, where: str) -> str:
        n = next(_COUNT)
        mobile, account, pan = f"98{n:03}41357", f"3914{n:03}20586", f"QXZPK{n:04}J"
        aadhaar = self._checked(f"73{n:03}501946", verhoeff)
        card = self._checked(f"457{n:03}013582064", luhn)
        spoken = " ".join(SAID[int(digit)] for digit in f"97{n:03}62840")
        kinds = {"mobile": mobile, "account": account, "pan": pan, "aadhaar": aadhaar, "card": card, "spoken": spoken}
        self.needles |= {value: f"{kind} by {where}" for kind, value in kinds.items()}
        spaced = f"{aadhaar[:4]} {aadhaar[4:8]} {aadhaar[8:]}"
        return (
            f"mera mobile {mobile} hai. aadhaar {spaced}. आधार {aadhaar.translate(DEVANAGARI)} है. PAN {pan}. "
            f"khata number {account}. card {card}. UPI {mobile}@ybl. mera number {spoken} hai."
        )

    def mobile(self, where: str) -> str:
        number = f"+9196{next(_COUNT):03}75319"
        self.needles[number[3:]] = f"number by {where}"
        return number

    @staticmethod
    def _checked(digits: str, is_right: Callable[[str], bool]) -> str:
        return next(digits + last for last in "0123456789" if is_right(digits + last))

    def found_in(self, text: str) -> set[str]:
        plain = text.translate(LATIN)
        together = re.sub(r"[\s\-]", "", plain)
        return {where for needle, where in self.needles.items() if needle in plain or needle in together}


async def plant_everywhere(line: Line, planted: Planted) -> None:
    async def talk(body: dict[str, Any], path: str = "/api/v1/messages", **headers: str) -> dict[str, Any]:
        answer = await line.client.post(path, json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    await talk({"session_id": "web-1", "text": planted.text("message API")})
    for channel in ("whatsapp", "sms"):
        number = planted.mobile(f"{channel} simulated")
        await talk({"session_id": f"s-{channel}", "text": planted.text(channel), "channel": channel, "sender": number})
    await line.write(planted.text("WhatsApp"), f"whatsapp:{planted.mobile('WhatsApp')}")
    await line.write(planted.text("SMS"), planted.mobile("SMS"))
    await line.quiet()
    await call(line, planted)
    for sequence, confidence in ((1, 0.9), (2, 0.1)):
        said = {"call_id": f"call-{planted.mobile('call id')}", "sequence": sequence, "confidence": confidence}
        await talk(said | {"text": planted.text("transcripts")}, "/api/v1/transcripts", **VENDOR)
    site = {"Origin": "https://site.example"}
    token = (await line.client.post("/api/v1/widget/session", headers=site)).json()["token"]
    words = {"id": "message-0001", "text": planted.text("widget")}
    await talk(words, "/api/v1/widget/messages", **site, Authorization=f"Bearer {token}")
    await with_staff(line, planted, talk)


async def call(line: Line, planted: Planted) -> None:
    form = {"CallSid": "CA" + "1" * 32, "From": planted.mobile("a call"), "To": SMS, "AccountSid": "AC0"}
    path = VOICE
    for words in ("", "hindi", planted.text("speech"), planted.text("speech again")):
        answer = await line.post(path, form | ({"SpeechResult": words, "Confidence": "0.9"} if words else {}))
        assert answer.status_code == 200, answer.text
        action = re.search(r'action="([^"]+)"', answer.text)
        assert action
        path = html.unescape(action[1]).removeprefix(PUBLIC)
    await line.post(path, form | {"SpeechResult": planted.text("doubtful speech"), "Confidence": "0.1"})


async def with_staff(line: Line, planted: Planted, talk: Callable[..., Any]) -> None:
    ask = {"reason": "call_back", "urgency": "normal", "summary": planted.text("a summary")}
    line.bot.replies = [{"text": "wait", "language": "en", "outcome": "handed_over", "handover": ask}]
    await talk({"session_id": "web-2", "text": planted.text("a wish for a person")})
    line.bot.replies = None
    handovers = "/api/v1/staff/handovers"
    (one,) = (await line.client.get(handovers, headers=VENDOR)).json()["handovers"]
    path = f"{handovers}/{one['id']}"
    await talk({"staff": "asha"}, f"{path}/take", **VENDOR)
    await talk({"session_id": "web-2", "text": planted.text("a talk with staff")})
    await talk({"staff": "asha", "text": planted.text("staff")}, f"{path}/messages", **VENDOR)
    with line.app.state.handovers.database.writing() as connection:
        notes.add(connection, ASHA, one["id"], planted.text("a note"))
        audit(connection, ASHA, "revealed", "handover 1", planted.text("a reason"))
    await talk({"staff": "asha", "reason": planted.text("the end")}, f"{path}/close", **VENDOR)


def everything(address: str) -> Iterator[tuple[str, str]]:
    """Each value of each table, and what it is when it is read as base 64."""
    engine, metadata = create_engine(address), MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        for table in metadata.tables.values():
            for row in connection.execute(table.select()):
                for name, value in row._mapping.items():
                    yield f"{table.name}.{name}", f"{value} {decoded(value)}"
    engine.dispose()


def decoded(value: Any) -> str:
    try:
        return base64.b64decode(value, validate=True).decode("latin-1") if isinstance(value, str) else ""
    except (binascii.Error, ValueError):
        return ""


async def test_no_planted_number_is_in_any_log_line_table_or_file(
    line: Line, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    planted = Planted()
    with caplog.at_level(logging.DEBUG), structlog.testing.capture_logs() as lines:
        await plant_everywhere(line, planted)
        await line.app.state.notes.log.written(10)
        await line.app.state.keeping.once()
    assert len(line.bot.asked) > 10 and len(planted.needles) > 80
    places = [("log", f"{each}") for each in lines] + [("log", record.getMessage()) for record in caplog.records]
    stores = [
        value for name in ("gateway", "gateway-delivery") for value in everything(f"sqlite:///{tmp_path}/{name}.db")
    ]
    files = [(path.name, path.read_bytes().decode("utf-8", "replace")) for path in tmp_path.iterdir() if path.is_file()]
    assert len(stores) > 300 and len(files) >= 2
    found = {(place, what) for place, value in places + stores + files for what in planted.found_in(value)}
    assert found == set()


async def test_what_is_sealed_is_there_for_who_has_the_key(line: Line) -> None:
    planted = Planted()
    await plant_everywhere(line, planted)
    with line.app.state.handovers.database.reading() as connection:
        from sqlalchemy import select

        from channels.store.console_tables import AuditRow, NoteRow
        from channels.store.tables import HandoverRow, MessageRow

        for column in (HandoverRow.summary, MessageRow.text, NoteRow.text):
            assert any(planted.found_in(text) for text in connection.execute(select(column)).scalars())
        assert "[mobile]" in (connection.execute(select(AuditRow.reason)).scalars().all()[-1] or "")


async def test_what_the_bot_is_to_keep_of_a_message_has_no_number(line: Line) -> None:
    planted = Planted()
    await plant_everywhere(line, planted)
    numbered = [each for each in line.bot.asked if planted.found_in(each["text"])]
    assert len(numbered) > 8
    assert not any(planted.found_in(each["kept"]) for each in numbered)


def test_a_planted_number_would_be_found() -> None:
    planted = Planted()
    text = planted.text("here")
    assert len(planted.found_in(text)) == 6
    assert planted.found_in(text.translate(DEVANAGARI))
