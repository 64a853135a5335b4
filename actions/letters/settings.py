"""Settings of the letters: those of the application store, whose database they share, and two more."""

from functools import lru_cache

from pydantic import Field, model_validator

from actions.applications import settings as applications


class Settings(applications.Settings):
    # Where users reach the gateway: the beginning of every link.
    public_url: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$")
    letter_hours: int = Field(default=24, ge=1, le=168)

    def link(self, token: str) -> str:
        return f"{self.public_url.rstrip('/')}/letters/{token}.pdf"

    @model_validator(mode="after")
    def _refuse_open_roads(self) -> "Settings":
        """A letter holds a name and an address."""
        if self.environment != "development" and not self.public_url.startswith("https://"):
            raise ValueError(f"PUBLIC_URL must begin with https:// when ENVIRONMENT is {self.environment}")
        return self


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """Raises the application store's SettingsError, of one line."""
    return applications.load(Settings)
