"""Settings of the action server, from the environment (prefix ACTIONS_, but for BOT_TOKEN)."""

from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PLACEHOLDER = "development-only"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="ACTIONS_")

    host: str = "127.0.0.1"
    port: int = 5055
    # Shared by bot, gateway and action server; the placeholder opens nothing.
    bot_token: SecretStr = Field(default=SecretStr(PLACEHOLDER), validation_alias="BOT_TOKEN")
    log_level: str = "warning"
    live_seconds: float = 2.0  # how often edits of the entries are looked for; 0: never

    # When people answer in the chat ("mon-sat 10:00-18:00"); empty: nobody does, and only the telephone is named.
    staff_hours: str = ""
    staff_language: Literal["hi", "hi-Latn", "en"] = "hi"  # of the summaries they get
