"""Where one run lives: a folder, ports and secrets of its own, so that nothing else on the machine is touched."""

import os
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chaos.plan import Plan
from benchmarks.places import BENCH
from benchmarks.servers import free_ports

ACCOUNT = "AC" + "c4a0" * 8
SMS, WHATSAPP = "+15005550006", "whatsapp:+14155238886"
PUBLIC = "https://odop.example"
_SINGLE = (
    "GATEWAY_PORT", "BOT_PORT", "ACTIONS_PORT", "DELIVERY_PORT", "POSTGRES_PORT", "REDIS_PORT", "PROVIDER_PORT",
    "PROVIDER_OWN_PORT",
)  # fmt: skip
_COPIES = ("GATEWAY_PORTS", "BOT_PORTS", "ACTIONS_PORTS")


@dataclass
class Place:
    plan: Plan
    folder: Path = BENCH / "chaos"
    ports: dict[str, str] = field(default_factory=dict)
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    preload: dict[str, str] = field(default_factory=dict)  # what makes the clock settable

    def __post_init__(self) -> None:
        copies = self.plan.copies
        numbers = iter(map(str, free_ports(len(_SINGLE) + copies * len(_COPIES))))
        self.ports = {name: next(numbers) for name in _SINGLE}
        self.ports |= {name: " ".join(next(numbers) for _ in range(copies)) for name in _COPIES}

    def made(self) -> "Place":
        """Empty, but for logs."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        return self

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def database(self) -> str:
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.ports['POSTGRES_PORT']}/postgres"

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    def environment(self) -> dict[str, str]:
        """As an operator would set it, without the notice and hints, which would be messages beside the answers."""
        outside = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        return outside | self.ports | self._secrets() | self._provider() | self.preload | {
            "CLUSTER_FOLDER": str(self.folder / "cluster"),
            "ENVIRONMENT": "development",
            "GATEWAY_HOST": "127.0.0.1",
            "DATABASE_URL": self.database,
            "TRACKER_URL": self.database,
            "REDIS_URL": f"redis://127.0.0.1:{self.ports['REDIS_PORT']}/0",
            "KNOWLEDGE_OVERLAY": str(self.folder / "content"),
            "OUTBOX_FILE": str(self.folder / "outbox.jsonl"),
            "PRIVACY_NOTICE_VERSION": "",
            "MARKS_HINT_DAYS": "0",
            "WIDGET_ADDRESS_A_MINUTE": "10000",  # everybody comes from this machine
            "WIDGET_MESSAGES_A_MINUTE": "1000",
            "MESSAGES_A_MINUTE": "200",  # who learns the answers asks fast
        }  # fmt: skip

    def _secrets(self) -> dict[str, str]:
        names = ("BOT_TOKEN", "STAFF_TOKEN", "TRANSCRIPT_TOKEN", "LOG_HASH_KEY", "CONTACT_HASH_KEY", "CONTACT_SEAL_KEY")
        more = ("APPLICATIONS_HASH_KEY", "APPLICATIONS_SEAL_KEY")
        return {name: f"{name.lower()}-{self.token}" for name in (*names, *more)}

    def _provider(self) -> dict[str, str]:
        return {
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": self.token,
            "TWILIO_API_URL": self.url("PROVIDER_PORT"),
            "TWILIO_SMS_FROM": SMS,
            "TWILIO_WHATSAPP_FROM": WHATSAPP,
            "PUBLIC_URL": PUBLIC,
            "SEND_RATE_SMS": "100",
            "SEND_RATE_WHATSAPP": "100",
        }
