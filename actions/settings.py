"""Settings of the action server, from the environment (prefix ACTIONS_, but for what it shares with the others)."""

from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PLACEHOLDER = "development-only"
SHORTEST_SECRET = 16


class Settings(BaseSettings):
    # Inputs are hidden in errors: they hold secrets.
    model_config = SettingsConfigDict(env_prefix="ACTIONS_", hide_input_in_errors=True)

    host: str = "127.0.0.1"
    port: int = 5055
    log_level: str = "warning"
    live_seconds: float = 2.0  # how often edits of the entries are looked for; 0: never

    environment: Literal["development", "production"] = Field(default="development", validation_alias="ENVIRONMENT")
    # Shared with the gateway: opens the numbers it has verified, and lets it ask for staff.
    bot_token: SecretStr = Field(default=SecretStr(PLACEHOLDER), validation_alias="BOT_TOKEN")

    @model_validator(mode="after")
    def _refuse_placeholder(self) -> "Settings":
        token = self.bot_token.get_secret_value()
        if self.environment != "development" and (PLACEHOLDER in token or len(token) < SHORTEST_SECRET):
            raise ValueError(
                f"BOT_TOKEN must be a secret of its own with at least {SHORTEST_SECRET} characters "
                f"when ENVIRONMENT is {self.environment}"
            )
        return self
