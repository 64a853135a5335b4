"""The running system with the fake Twilio, whose processes are killed and start again."""

import os
import signal
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from three_processes import ROOT, SERVICE_PYTHON, ThreeProcesses, local, until

from channels.fake_twilio.settings import ACCOUNT

PACKAGES = {"actions": "actions", "bot": "bot", "gateway": "channels"}
OPEN = (
    "SELECT (SELECT count(*) FROM inbound WHERE state = 'received')"
    " + (SELECT count(*) FROM outbound WHERE state IN ('waiting', 'sending'))"
)
GIVEN_UP = (
    "SELECT 'in', id, outcome FROM inbound WHERE state = 'dead' OR outcome = 'unavailable'"
    " UNION ALL SELECT 'out', id, error_code FROM outbound WHERE state IN ('failed', 'dead')"
)


@dataclass
class Mortals(ThreeProcesses):
    """All but the fake Twilio can be killed, or told to kill themselves; see mortal.py."""

    names: tuple[str, ...] = ("actions", "bot", "gateway", "twilio")
    settings: dict[str, str] = field(default_factory=dict)  # beside the usual ones

    @property
    def twilio(self) -> str:
        return local(self.ports["twilio"])

    def dies_at(self, name: str, point: str, times: int = 1) -> None:
        """The process kills itself when it comes to this point for the so many-th time."""
        new = self.folder / "dies_at.test"
        new.write_text(f"{PACKAGES[name]} {point} {times}")
        new.replace(self.folder / "dies_at")  # at once: the processes look all the time

    @property
    def has_died(self) -> bool:
        return not (self.folder / "dies_at").exists()

    def strike(self, name: str) -> None:
        """Killed now, whatever it does, and started again."""
        os.kill(int((self.folder / f"{PACKAGES[name]}.pid").read_text()), signal.SIGKILL)

    @contextmanager
    def down(self, name: str) -> Iterator[None]:
        """Killed now, and started again at the end."""
        mark = self.folder / f"{PACKAGES[name]}.down"
        mark.touch()
        self.strike(name)
        try:
            yield
        finally:
            mark.unlink()

    def wait_until_all_is_answered(self, seconds: float = 90.0) -> None:
        until(lambda: self._rows(OPEN) == [(0,)], seconds, self.last_words)

    def given_up(self) -> list[Any]:
        """Messages without an answer, and answers that nobody got."""
        return self._rows(GIVEN_UP)

    def _rows(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self.folder / "gateway.db", timeout=30)) as connection:
            return connection.execute(query).fetchall()

    def _command(self, name: str) -> list[str]:
        if name == "twilio":
            return [str(SERVICE_PYTHON), "-m", "channels.fake_twilio"]
        python, _, package, *options = super()._command(name)
        return [python, str(Path(__file__).parent / "mortal.py"), package, *options]

    def _environment(self) -> dict[str, str]:
        return {
            **super()._environment(),
            "PYTHONPATH": str(ROOT),
            "MORTALS": str(self.folder),
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": self.token,
            "TWILIO_API_URL": self.twilio,
            "TWILIO_WHATSAPP_FROM": "whatsapp:+14155238886",
            "PUBLIC_URL": self.address,
            "FAKE_TWILIO_PORT": str(self.ports["twilio"]),
            "SEND_RATE_WHATSAPP": "100",
            "PRIVACY_NOTICE_VERSION": "",
            "MARKS_HINT_DAYS": "0",
            "GATEWAY_NAME": "one",
            **self.settings,
        }


@dataclass
class Phone:
    """Somebody who writes on WhatsApp."""

    twilio: str
    number: str

    def write(self, text: str) -> None:
        """Returns when the gateway has it; while it is away the network tries again."""
        message = {"from": f"whatsapp:{self.number}", "body": text, "wait": True, "sid": f"SM{uuid.uuid4().hex}"}
        until(lambda: self._is_taken(message), 60, lambda: "The gateway takes no message.")

    def _is_taken(self, message: dict[str, Any]) -> bool:
        sent = httpx.post(f"{self.twilio}/inbound", json=message, timeout=60, trust_env=False)
        return bool(sent.json()["attempts"][-1] == "200")

    def heard(self) -> list[str]:
        """All that came, in order."""
        wanted = {"contact": f"whatsapp:{self.number}", "direction": "outbound"}
        found = httpx.get(f"{self.twilio}/messages", params=wanted, timeout=60, trust_env=False).json()["messages"]
        return [str(message["body"]) for message in found]
