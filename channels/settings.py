"""Every setting of the gateway, from the environment or a `.env` file. Read nowhere else."""

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from channels.errors import SettingsError
from common.hours import read_hours

ROOT = Path(__file__).resolve().parent.parent
OWN_SECRETS = ROOT / "var" / "secrets.env"  # of this checkout, for development; `make run` writes it
PLACEHOLDER = "development-only"
SHORTEST_SECRET = 16
_SEVERAL = ("contact_hash_key", "contact_seal_key")


class Settings(BaseSettings):
    """Names in the environment are the field names in capitals, such as BOT_TOKEN."""

    # Inputs are hidden in errors: they hold secrets.
    model_config = SettingsConfigDict(env_file=(OWN_SECRETS, ROOT / ".env"), extra="ignore", hide_input_in_errors=True)

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
    # The action server's: when people answer in the chat, such as "mon-sat 10:00-18:00"; unset: not known.
    staff_hours: str = Field(default="", validation_alias=AliasChoices("staff_hours", "ACTIONS_STAFF_HOURS"))
    staff_silence_minutes: int = Field(default=30, ge=1, le=24 * 60)

    # Of a telephony vendor's transcripts: its token, the confidence below which it is asked first, how long they count.
    transcript_token: SecretStr = SecretStr(PLACEHOLDER)
    transcript_least_confidence: float = Field(default=0.5, ge=0, le=1)
    transcript_hours: int = Field(default=24, ge=1, le=24 * 30)

    # Staff who log in with an office account (docs/console.md). `oidc_roles`: from a value of the claim to a role.
    oidc_issuer: str = Field(default="", pattern=r"^(https?://[^\s?#]+)?$")
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_role_claim: str = "groups"
    oidc_roles: dict[str, Literal["agent", "supervisor", "editor", "admin"]] = {}

    # Unset: SQLite under var/. Otherwise an SQLAlchemy address, such as postgresql://user@host/name.
    database_url: SecretStr = SecretStr("")
    store_timeout_seconds: float = Field(default=2.0, gt=0, le=30)
    database_pool: int = Field(default=12, ge=2, le=200)  # connections of this process to a PostgreSQL
    drain_seconds: int = Field(default=25, ge=1, le=300)  # to finish what is under way, once asked to stop

    # What Prometheus shows to read /metrics (docs/monitoring.md). Unset: there is no such page.
    metrics_token: SecretStr = SecretStr("")
    entries_folder: Path = ROOT / "knowledge" / "entries"  # for the ids by which answers are counted

    # A collector of traces, such as http://collector:4318. Unset: none are made.
    otel_exporter_otlp_endpoint: str = Field(default="", pattern=r"^(https?://[^\s?#]+)?$")

    # Keys the short hash that stands for a session in the logs.
    log_hash_key: SecretStr = SecretStr(PLACEHOLDER)

    # Shows a turn as another channel would carry it. Unset: on in development only.
    simulator: bool | None = None

    max_characters: int = Field(default=1000, ge=1, le=2000)
    max_body_bytes: int = Field(default=64 * 1024, ge=1024)
    max_waiting_per_session: int = Field(default=5, ge=1)
    # Of one person, on every channel: to more of them they are asked to wait (docs/security.md).
    messages_a_minute: int = Field(default=30, ge=1)
    messages_a_day: int = Field(default=500, ge=1)
    max_turns_at_once: int = Field(default=200, ge=1)
    remembered_sessions: int = Field(default=2000, ge=1)
    remembered_turns: int = Field(default=500, ge=1)

    # Who carries messages (docs/channels.md). Without an account there is neither WhatsApp nor Twilio's SMS and phone.
    twilio_account_sid: str = Field(default="", pattern=r"^(AC[0-9A-Za-z]*)?$")
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_api_url: str = Field(default="https://api.twilio.com", pattern=r"^https?://[^\s?#]+$")
    twilio_whatsapp_from: str = Field(default="", pattern=r"^(whatsapp:\+[1-9][0-9]{6,14})?$")
    twilio_sms_from: str = Field(default="", pattern=r"^(\+[1-9][0-9]{6,14})?$")
    twilio_voice_from: str = Field(default="", pattern=r"^(\+[1-9][0-9]{6,14})?$")
    twilio_content_file: Path | None = None  # templates for buttons and lists; none: numbered choices
    public_url: str = Field(default="", pattern=r"^(https?://[^\s/?#]+(/[^\s?#]*)?)?$")  # as the world reaches us
    # Who carries SMS: Twilio, or an Indian gateway with templates registered for DLT.
    sms_provider: Literal["twilio", "dlt"] = "twilio"
    dlt_gateway_url: str = Field(default="", pattern=r"^(https?://[^\s?#]+)?$")
    dlt_gateway_key: SecretStr = SecretStr("")
    dlt_templates_file: Path | None = None

    # The turn log: how long a turn, and the text of one that was not answered, is kept; counts stay.
    turn_log_days: int = Field(default=90, ge=1, le=366)
    districts_file: Path = ROOT / "knowledge" / "districts.yml"  # for the names of districts in the figures
    turn_log_waiting: int = Field(default=10_000, ge=1)  # turns that wait to be written while the store is away

    sentences_file: Path = ROOT / "bot" / "responses" / "gateway.yml"
    names_file: Path | None = None  # of another programme (docs/another-programme.md)

    # The telephone.
    phone_sentences_file: Path = ROOT / "bot" / "responses" / "phone.yml"
    helpline_number: str = Field(default="1800-1800-888", pattern=r"^\+?[0-9][0-9 -]{5,18}$")
    phone_person: Literal["dial", "callback"] = "dial"  # what the key 0 does
    phone_ring_seconds: int = Field(default=25, ge=5, le=600)
    phone_wait_seconds: float = Field(default=8.0, gt=0, le=10)  # Twilio waits 15 in all
    phone_silence_seconds: int = Field(default=6, ge=1, le=30)
    # Spoken in about twenty seconds. Twilio takes 4,500 characters once encoded: 500 in Devanagari.
    phone_piece_characters: int = Field(default=240, ge=60, le=350)
    speech_model: str = Field(default="googlev2_telephony", pattern=r"^[A-Za-z0-9_.-]*$")  # empty: Twilio chooses
    speech_pause_seconds: int = Field(default=2, ge=1, le=10)
    speech_confidence: float = Field(default=0.5, ge=0, le=1)  # below it words are read back

    # Voice notes (docs/channels.md): the folder of a Whisper model for CTranslate2. Unset: a sentence asks to write.
    speech_to_text_model: str = ""
    speech_to_text_confidence: float = Field(default=0.6, ge=0, le=1)  # below it the words are read back first
    speech_to_text_seconds: int = Field(default=120, ge=5, le=600)  # a longer note is not listened to

    # Delivery: people on WhatsApp and SMS. Their addresses are kept as a keyed hash and sealed.
    # While a key is changed: the new one first, then the old one (docs/privacy.md).
    contact_hash_key: SecretStr = SecretStr(PLACEHOLDER)
    contact_seal_key: SecretStr = SecretStr(PLACEHOLDER)
    send_rate_whatsapp: float = Field(default=10.0, gt=0, le=1000)  # messages a second from one of our addresses
    send_rate_sms: float = Field(default=1.0, gt=0, le=1000)
    send_timeout_seconds: float = Field(default=5.0, gt=0, le=120)
    retry_after_seconds: tuple[float, ...] = (2, 3, 5, 5, 5, 10, 30, 120, 600, 3600)  # between two tries of one message
    settle_seconds: float = Field(default=4.0, ge=0)  # until the provider is asked for a message of unknown fate
    turn_again_seconds: tuple[float, ...] = (1, 1, 2, 3, 5, 5, 5, 10, 20)  # while the bot does not answer
    record_within_seconds: float = Field(default=6.0, ge=0, le=7)  # twice: Twilio tries twice, and 15 are promised
    late_after_seconds: float = Field(
        default=8.0, gt=0
    )  # then who waits on WhatsApp or SMS is told that it takes longer
    answer_within_seconds: float = Field(default=12.0, gt=0)  # on the web; then the helpline is named
    deliver: Literal["here", "apart"] = "here"  # apart: messages are recorded here, another process answers them
    sweep_seconds: float = Field(default=3.0, gt=0)  # how often is looked for what other processes recorded
    gateway_name: str = ""  # its place among several; the same after a restart. Unset: host and port
    privacy_notice_version: str = "1"  # another one: everybody gets it again, before the next answer; empty: none
    marks_hint_days: int = Field(default=30, ge=0)  # so seldom people are told how to say that it helped; 0: never
    window_template_sid: str = ""  # sent in place of a text when WhatsApp's 24 hours are over; unset: nothing is
    # What is kept how long (docs/privacy.md), besides TURN_LOG_DAYS and TRANSCRIPT_HOURS.
    keep_messages_days: int = Field(default=30, ge=1)
    keep_conversations_days: int = Field(default=30, ge=1)  # in the bot, since the last word
    keep_handovers_days: int = Field(default=365, ge=1)  # since they were closed
    keep_calls_days: int = Field(default=365, ge=1)
    keep_audit_days: int = Field(default=730, ge=365)
    delivery_sentences_file: Path = ROOT / "bot" / "responses" / "delivery.yml"

    # The widget on other sites (docs/widget.md). Origins parted by spaces; unset: any in development, else none.
    widget_origins: str = Field(default="", pattern=r"^\s*((\*|https?://[^\s/?#*,]+)(\s+|$))*$")
    widget_token_minutes: int = Field(default=15, ge=1, le=24 * 60)
    widget_session_hours: int = Field(default=24, ge=1, le=24 * 30)
    widget_messages_a_minute: int = Field(default=15, ge=1)  # of one session
    widget_polls_a_minute: int = Field(default=60, ge=1)
    widget_address_a_minute: int = Field(default=120, ge=1)  # of one address, which a whole town may share
    trusted_proxies: str = ""  # whose X-Forwarded-For is believed: addresses parted by commas; unset: nobody's

    # The console. Wrong passwords of one address in 15 minutes, over all accounts; an office may share one.
    login_tries_an_address: int = Field(default=30, ge=1)

    @property
    def widget_sites(self) -> list[str]:
        return self.widget_origins.split() or (["*"] if self.environment == "development" else [])

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

    @property
    def workflow_address(self) -> str:
        """Where delivery's workflows are recorded: beside the gateway's SQLite file, or in its PostgreSQL."""
        address = self.database_address
        return address.removesuffix(".db") + "-delivery.db" if address.startswith("sqlite") else address

    @model_validator(mode="after")
    def _name_the_public_address(self) -> "Settings":
        """Without a slash at its end, so that paths can be added."""
        self.public_url = self.public_url.rstrip("/") or f"http://{self.gateway_host}:{self.gateway_port}"
        return self

    @model_validator(mode="after")
    def _whole_accounts(self) -> "Settings":
        """An account is named with all it needs, or not at all."""
        if self.twilio_account_sid and len(self.twilio_auth_token.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError("TWILIO_AUTH_TOKEN must be the token of TWILIO_ACCOUNT_SID")
        if self.twilio_account_sid and self.environment != "development" and not self.public_url.startswith("https://"):
            raise ValueError(f"PUBLIC_URL must begin with https:// when ENVIRONMENT is {self.environment}")
        needed = (self.dlt_gateway_url, self.dlt_gateway_key.get_secret_value(), self.dlt_templates_file)
        if self.sms_provider == "dlt" and not all(needed):
            raise ValueError("SMS_PROVIDER=dlt needs DLT_GATEWAY_URL, DLT_GATEWAY_KEY and DLT_TEMPLATES_FILE")
        return self

    @model_validator(mode="after")
    def _whole_issuer(self) -> "Settings":
        if not self.oidc_issuer:
            return self
        if not (self.oidc_client_id and self.oidc_client_secret.get_secret_value() and self.oidc_roles):
            raise ValueError("OIDC_ISSUER needs OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_ROLES")
        if self.environment != "development" and not self.oidc_issuer.startswith("https://"):
            raise ValueError(f"OIDC_ISSUER must begin with https:// when ENVIRONMENT is {self.environment}")
        return self

    @model_validator(mode="after")
    def _readable_hours(self) -> "Settings":
        try:
            read_hours(self.staff_hours)
        except ValueError as error:
            raise ValueError(f"ACTIONS_STAFF_HOURS: {error}") from None
        return self

    @model_validator(mode="after")
    def _name_the_sites(self) -> "Settings":
        if self.environment != "development" and "*" in self.widget_sites:
            raise ValueError("WIDGET_ORIGINS must name each site: * is for development only")
        return self

    @model_validator(mode="after")
    def _refuse_placeholders(self) -> "Settings":
        if self.environment == "development":
            return self
        for name in (
            "bot_token",
            *(("metrics_token",) if self.metrics_token else ()),
            "log_hash_key",
            "staff_token",
            "transcript_token",
            "contact_hash_key",
            "contact_seal_key",
        ):
            secret: SecretStr = getattr(self, name)
            values = secret.get_secret_value().split() if name in _SEVERAL else [secret.get_secret_value()]
            if not values or any(_is_unfit(value) for value in values):
                raise ValueError(
                    f"{name.upper()} must be a secret of its own with at least "
                    f"{SHORTEST_SECRET} characters when ENVIRONMENT is {self.environment}"
                )
        return self


def _is_unfit(secret: str) -> bool:
    """Outside development: known to others, made for development, or easy to guess."""
    own = OWN_SECRETS.read_text("utf-8") if OWN_SECRETS.exists() else ""
    return PLACEHOLDER in secret or len(secret) < SHORTEST_SECRET or secret in own


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
