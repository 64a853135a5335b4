"""Settings of the action server, from the environment (prefix ACTIONS_, but for what it shares with the others)."""

from typing import Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from common.hours import read_hours

PLACEHOLDER = "development-only"
SHORTEST_SECRET = 16


class Settings(BaseSettings):
    # Inputs are hidden in errors: they hold secrets.
    model_config = SettingsConfigDict(env_prefix="ACTIONS_", hide_input_in_errors=True)

    host: str = "127.0.0.1"
    port: int = 5055
    log_level: str = "warning"
    drain_seconds: int = Field(default=20, ge=1, le=300)  # to finish what is under way, once asked to stop
    live_seconds: float = 2.0  # how often edits of the entries are looked for; 0: never

    # When people answer in the chat ("mon-sat 10:00-18:00"); empty: nobody does, and only the telephone is named.
    staff_hours: str = ""
    staff_language: Literal["hi", "hi-Latn", "en"] = "hi"  # of the summaries they get

    environment: Literal["development", "production"] = Field(default="development", validation_alias="ENVIRONMENT")
    # Shared with the gateway: opens the numbers it has verified, and lets it ask for staff.
    bot_token: SecretStr = Field(default=SecretStr(PLACEHOLDER), validation_alias="BOT_TOKEN")

    # A collector of traces; unset: none are made.
    otlp_endpoint: str = Field(default="", validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")

    @field_validator("staff_hours")
    @classmethod
    def _readable(cls, written: str) -> str:
        read_hours(written)
        return written

    @model_validator(mode="after")
    def _refuse_placeholder(self) -> "Settings":
        token = self.bot_token.get_secret_value()
        if self.environment != "development" and (PLACEHOLDER in token or len(token) < SHORTEST_SECRET):
            raise ValueError(
                f"BOT_TOKEN must be a secret of its own with at least {SHORTEST_SECRET} characters "
                f"when ENVIRONMENT is {self.environment}"
            )
        return self
