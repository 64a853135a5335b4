"""`python -m channels.doctor`: what the gateway can tell of its installation, a line of JSON each (`make doctor`)."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select
from sqlalchemy import exc as sa_errors

from channels.errors import SettingsError
from channels.settings import Settings, load_settings
from channels.store.console_tables import AccountRow
from channels.store.database import alembic_config, open_engine
from channels.store.migrations import VERSION_TABLE
from channels.store.tables import InboundRow, OutboundRow

Finding = tuple[str, bool, str]
SECONDS = 10.0
CLOCKS_APART = 30.0  # seconds; sealed numbers, tokens and signatures bear their time


def findings() -> Iterator[Finding]:
    try:
        settings = load_settings()
    except SettingsError as error:
        yield "settings", False, f"{error}."
        return
    yield "settings", True, f"whole, for {settings.environment}."
    yield from store(settings)
    if settings.twilio_account_sid:
        yield from provider(settings)


def store(settings: Settings) -> Iterator[Finding]:
    """Looked at, not brought up to date: that is the gateway's to do."""
    try:
        engine = open_engine(settings.database_address, settings.store_timeout_seconds)
    except SettingsError as error:
        yield "store", False, f"{error}."
        return
    if engine.dialect.name == "sqlite" and not _is_there(engine.url.database):
        yield "store", True, "none yet; the gateway makes it when it starts."
        return
    try:
        with engine.connect() as connection:
            yield from of_tables(connection, settings)
    except sa_errors.SQLAlchemyError as error:
        yield "store", False, f"DATABASE_URL: does not answer ({type(error).__name__}): start it, or mend the address."
    finally:
        engine.dispose()


def of_tables(connection: Connection, settings: Settings) -> Iterator[Finding]:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    newest = ScriptDirectory.from_config(alembic_config(connection)).get_current_head()
    if context.get_current_revision() != newest:
        now = context.get_current_revision() or "nothing"
        yield "store", False, f"has the tables of {now}, not of {newest}: restart the gateway, which brings them on."
        return
    yield "store", True, f"answers, with the tables of {newest}."
    if connection.dialect.name == "postgresql":
        yield clock("store", connection.execute(select(func.now())).scalar_one())
    yield admin(connection, bool(settings.oidc_issuer))
    yield dead_letters(connection)


def admin(connection: Connection, has_office: bool) -> Finding:
    asked = select(func.count()).where(AccountRow.role == "admin", AccountRow.is_active)
    if connection.execute(asked).scalar_one() or has_office:
        return "admin account", True, "there is one."
    advice = "make one with `.envs/service/bin/python -m channels.console add-admin LOGIN`"
    return "admin account", False, f"nobody can manage the console: {advice}."


def dead_letters(connection: Connection) -> Finding:
    tables = (InboundRow, OutboundRow)
    count = sum(
        connection.execute(select(func.count()).select_from(table).where(table.state == "dead")).scalar_one()
        for table in tables
    )
    if count:
        advice = "see `.envs/service/bin/python -m channels.delivery dead`"
        return "dead letters", False, f"{count} messages wait for a person: {advice}."
    return "dead letters", True, "none."


def provider(settings: Settings, transport: httpx.BaseTransport | None = None) -> Iterator[Finding]:
    """Asks for one message and looks only at whether we may."""
    url = f"{settings.twilio_api_url}/2010-04-01/Accounts/{settings.twilio_account_sid}/Messages.json"
    token = settings.twilio_auth_token.get_secret_value()
    try:
        with httpx.Client(timeout=SECONDS, transport=transport) as client:
            answer = client.get(url, params={"PageSize": 1}, auth=(settings.twilio_account_sid, token))
    except httpx.HTTPError as error:
        yield "twilio", False, f"cannot be reached ({type(error).__name__}): see to the network and TWILIO_API_URL."
        return
    if answer.status_code in (401, 403, 404):
        yield "twilio", False, "refuses us: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN do not belong together."
    elif not answer.is_success:
        yield "twilio", False, f"answers {answer.status_code}: see its status page."
    else:
        yield "twilio", True, "takes our credentials."
    if answer.headers.get("date"):
        yield clock("twilio", parsedate_to_datetime(answer.headers["date"]))


def clock(whose: str, theirs: datetime) -> Finding:
    apart = abs((datetime.now(UTC) - theirs.astimezone(UTC)).total_seconds())
    if apart > CLOCKS_APART:
        return "clock", False, f"{apart:.0f} seconds apart from that of {whose}: let it be set from the network (NTP)."
    return "clock", True, f"as that of {whose}."


def _is_there(path: str | None) -> bool:
    return bool(path) and Path(str(path)).exists()


def main() -> int:
    for name, is_ok, sentence in findings():
        print(json.dumps({"name": name, "is_ok": is_ok, "sentence": sentence}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
