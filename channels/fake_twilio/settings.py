"""Settings of the fake: the names that the gateway knows, read from the same environment."""

from typing import Literal

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from channels.errors import SettingsError
from channels.settings import PLACEHOLDER, ROOT

MESSAGES_PATH = "/webhooks/twilio/messages"
VOICE_PATH = "/webhooks/twilio/voice"
VOICE_STATUS_PATH = "/webhooks/twilio/voice/status"
ACCOUNT = "AC" + "fa4e" * 8  # as long as a real one, and readable as a fake


class FakeSettings(BaseSettings):
    """Names in the environment are the field names in capitals."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", hide_input_in_errors=True)

    environment: Literal["development", "production"] = "development"
    fake_twilio_host: str = "127.0.0.1"
    fake_twilio_port: int = Field(default=8010, ge=1, le=65535)

    twilio_account_sid: str = ACCOUNT
    twilio_auth_token: SecretStr = SecretStr(PLACEHOLDER)
    twilio_whatsapp_from: str = "whatsapp:+14155238886"
    twilio_sms_from: str = "+15005550006"
    twilio_voice_from: str = "+15005550009"

    # Webhooks are signed for the public address and brought to where the gateway listens here.
    gateway_port: int = Field(default=8000, ge=1, le=65535)
    gateway_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    public_url: str = Field(default="", pattern=r"^(https?://\S+)?$")

    fake_twilio_webhook_seconds: float = Field(default=15.0, gt=0, le=60)
    fake_twilio_webhook_retries: int = Field(default=1, ge=0, le=5)  # as many as the real one lets be configured
    fake_twilio_remembers: int = Field(default=20_000, ge=1)  # messages, contacts and lines of the diary
    fake_twilio_answers_stop: bool = True  # as Twilio's default opt-out does for SMS

    @property
    def gateway(self) -> str:
        return (self.gateway_url or f"http://127.0.0.1:{self.gateway_port}").rstrip("/")

    @property
    def public(self) -> str:
        return (self.public_url or self.gateway).rstrip("/")

    @property
    def own(self) -> str:
        """Where the fake itself is reached."""
        host = "127.0.0.1" if self.fake_twilio_host in ("0.0.0.0", "::") else self.fake_twilio_host
        return f"http://{host}:{self.fake_twilio_port}"

    def sender(self, channel: str) -> str:
        """Our number on a channel, as Twilio writes it."""
        number = {"whatsapp": self.twilio_whatsapp_from, "sms": self.twilio_sms_from}.get(channel)
        bare = (number or self.twilio_voice_from).removeprefix("whatsapp:")
        return f"whatsapp:{bare}" if channel == "whatsapp" else bare

    @model_validator(mode="after")
    def _never_in_production(self) -> "FakeSettings":
        if self.environment == "production":
            raise ValueError("the fake Twilio is for development: it does not start when ENVIRONMENT is production")
        return self


def load_settings() -> FakeSettings:
    """The settings, or a SettingsError of one line."""
    try:
        return FakeSettings()
    except ValidationError as error:
        raise SettingsError("; ".join(_line(dict(item)) for item in error.errors())) from None


def _line(item: dict[str, object]) -> str:
    steps = item["loc"]
    name = "_".join(map(str, steps)).upper() if isinstance(steps, tuple) else ""
    message = str(item["msg"]).removeprefix("Value error, ")
    return f"{name}: {message}" if name else message
