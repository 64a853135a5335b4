"""Settings of the application store, from the environment or a `.env` file. Read nowhere else."""

from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from actions.applications.errors import SettingsError
from actions.applications.own_secret import own_secret
from knowledge.paths import ROOT, VAR

PLACEHOLDER = "development-only"
SHORTEST_SECRET = 32
Kind = TypeVar("Kind", bound=BaseSettings)


def database_address(given: SecretStr, file: str) -> str:
    """With the driver we install; unset, that file under var/."""
    address = given.get_secret_value()
    for short in ("postgres://", "postgresql://"):
        if address.startswith(short):
            return "postgresql+psycopg://" + address.removeprefix(short)
    return address or f"sqlite:///{VAR / file}"


class Settings(BaseSettings):
    """Names in the environment are the field names in capitals, such as DATABASE_URL."""

    # Inputs are hidden in errors: they hold secrets.
    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", hide_input_in_errors=True)

    environment: Literal["development", "production"] = "development"

    # Unset: SQLite under var/. Otherwise an SQLAlchemy address, such as postgresql://user@host/name.
    database_url: SecretStr = SecretStr("")
    applications_timeout_seconds: float = Field(default=3.0, gt=0, le=30)

    # Unset in development: made once for this checkout, see `keys`.
    # Hashes of mobiles, numbers and sessions. Changing it makes every stored application unfindable.
    applications_hash_key: SecretStr = SecretStr(PLACEHOLDER)
    # Seals mobiles and numbers. Several, parted by spaces: the first seals, all open.
    applications_seal_key: SecretStr = SecretStr(PLACEHOLDER)

    # Of a number in capitals, without spaces and signs. The portals publish no format.
    application_number_pattern: str = r"(?=(?:[A-Z]*[0-9]){6})[A-Z0-9]{8,20}"

    # In development codes lie in this file instead of being sent.
    outbox_file: Path = VAR / "outbox" / "sms.jsonl"

    code_minutes: int = Field(default=10, ge=1, le=60)
    code_tries: int = Field(default=5, ge=1, le=10)
    codes_an_hour: int = Field(default=3, ge=1, le=10)

    def keys(self) -> tuple[str, str]:
        """To hash and to seal with; the action server and the command line have the same ones."""
        return self._key("applications_hash_key"), self._key("applications_seal_key")

    def _key(self, name: str) -> str:
        given: SecretStr = getattr(self, name)
        value = given.get_secret_value()
        return own_secret(VAR / name) if value == PLACEHOLDER else value

    @property
    def database_address(self) -> str:
        return database_address(self.database_url, "applications.db")

    @model_validator(mode="after")
    def _refuse_placeholders(self) -> "Settings":
        if self.environment == "development":
            return self
        for name in ("applications_hash_key", "applications_seal_key"):
            keys: SecretStr = getattr(self, name)
            if any(PLACEHOLDER in key or len(key) < SHORTEST_SECRET for key in keys.get_secret_value().split() or [""]):
                raise ValueError(
                    f"{name.upper()} must be a secret of its own with at least "
                    f"{SHORTEST_SECRET} characters when ENVIRONMENT is {self.environment}"
                )
        return self


def load_settings() -> Settings:
    """The settings, or a SettingsError of one line."""
    return load(Settings)


def load(kind: type[Kind]) -> Kind:
    try:
        return kind()
    except ValidationError as error:
        raise SettingsError("; ".join(_line(item) for item in error.errors())) from None


def _line(item: object) -> str:
    assert isinstance(item, dict)
    name = "_".join(str(step) for step in item["loc"]).upper()
    message = str(item["msg"]).removeprefix("Value error, ")
    return f"{name}: {message}" if name else message
