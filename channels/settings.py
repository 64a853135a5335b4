"""Every setting of the gateway, from the environment or a `.env` file. Read nowhere else."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from channels.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDER = "development-only"
SHORTEST_SECRET = 16


class Settings(BaseSettings):
    """Names in the environment are the field names in capitals, such as BOT_TOKEN."""

    # Inputs are hidden in errors: they hold secrets.
    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", hide_input_in_errors=True)

    environment: Literal["development", "production"] = "development"

    gateway_host: str = "127.0.0.1"
    gateway_port: int = Field(default=8000, ge=1, le=65535)

    bot_url: str = Field(default="http://127.0.0.1:5005", pattern=r"^https?://\S+$")
    bot_token: SecretStr = SecretStr(PLACEHOLDER)
    bot_timeout_seconds: float = Field(default=10.0, gt=0, le=60)
    actions_url: str = Field(default="http://127.0.0.1:5055", pattern=r"^https?://\S+$")
    health_timeout_seconds: float = Field(default=2.0, gt=0, le=10)
    letter_timeout_seconds: float = Field(default=10.0, gt=0, le=60)  # the first letter after installing takes seconds

    # What staff, through their console, name themselves with.
    staff_token: SecretStr = SecretStr(PLACEHOLDER)
    staff_silence_minutes: int = Field(default=30, ge=1, le=24 * 60)

    # Of a telephony vendor's transcripts: its token, the confidence below which it is asked first, how long they count.
    transcript_token: SecretStr = SecretStr(PLACEHOLDER)
    transcript_least_confidence: float = Field(default=0.5, ge=0, le=1)
    transcript_hours: int = Field(default=24, ge=1, le=24 * 30)

    # Unset: SQLite under var/. Otherwise an SQLAlchemy address, such as postgresql://user@host/name.
    database_url: SecretStr = SecretStr("")
    store_timeout_seconds: float = Field(default=2.0, gt=0, le=30)

    # Keys the short hash that stands for a session in the logs.
    log_hash_key: SecretStr = SecretStr(PLACEHOLDER)

    # Shows a turn as another channel would carry it. Unset: on in development only.
    simulator: bool | None = None

    max_characters: int = Field(default=1000, ge=1, le=2000)
    max_body_bytes: int = Field(default=64 * 1024, ge=1024)
    max_waiting_per_session: int = Field(default=5, ge=1)
    max_turns_at_once: int = Field(default=200, ge=1)
    remembered_sessions: int = Field(default=2000, ge=1)
    remembered_turns: int = Field(default=500, ge=1)

    sentences_file: Path = ROOT / "bot" / "responses" / "gateway.yml"

    @property
    def simulator_on(self) -> bool:
        return self.environment == "development" if self.simulator is None else self.simulator

    @property
    def database_address(self) -> str:
        """With the driver we install."""
        given = self.database_url.get_secret_value()
        for short in ("postgres://", "postgresql://"):
            if given.startswith(short):
                return "postgresql+psycopg://" + given.removeprefix(short)
        return given or f"sqlite:///{ROOT / 'var' / 'gateway.db'}"

    @model_validator(mode="after")
    def _refuse_placeholders(self) -> "Settings":
        if self.environment == "development":
            return self
        for name in ("bot_token", "log_hash_key", "staff_token", "transcript_token"):
            secret: SecretStr = getattr(self, name)
            value = secret.get_secret_value()
            if PLACEHOLDER in value or len(value) < SHORTEST_SECRET:
                raise ValueError(
                    f"{name.upper()} must be a secret of its own with at least "
                    f"{SHORTEST_SECRET} characters when ENVIRONMENT is {self.environment}"
                )
        return self


def load_settings() -> Settings:
    """The settings, or a SettingsError of one line."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("; ".join(_line(item) for item in error.errors())) from None


def _line(item: object) -> str:
    assert isinstance(item, dict)
    name = "_".join(str(step) for step in item["loc"]).upper()
    message = str(item["msg"]).removeprefix("Value error, ")
    return f"{name}: {message}" if name else message
