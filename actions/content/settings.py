"""Settings of the console's edits, from the environment or a `.env` file. Read nowhere else."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from actions.applications.settings import database_address, load
from knowledge.paths import ROOT


class Settings(BaseSettings):
    """Names in the environment are the field names in capitals, such as DATABASE_URL."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", hide_input_in_errors=True)

    # Unset: SQLite under var/. Otherwise an SQLAlchemy address, such as postgresql://user@host/name.
    database_url: SecretStr = SecretStr("")
    content_timeout_seconds: float = Field(default=3.0, gt=0, le=30)
    # What a test run asks: a file, or a folder of files, that list `{text: ...}`.
    content_questions: Path = ROOT / "benchmarks" / "development"
    content_trial_seconds: int = Field(default=600, ge=5, le=1800)

    @property
    def database_address(self) -> str:
        return database_address(self.database_url, "content.db")


def load_settings() -> Settings:
    """The settings, or a SettingsError of one line."""
    return load(Settings)
