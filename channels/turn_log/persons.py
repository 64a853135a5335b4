"""Who is who within one day: a hash under a random salt that is deleted when the day is over.

While the day lasts, one person's turns can be told from another's: they are counted once, and may mark an answer.
After it nobody can say any more whose they were, not even who holds every key of the gateway.
"""

import hashlib
import hmac
import secrets
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from channels.turn_log.tables import SaltRow

INDIA = ZoneInfo("Asia/Kolkata")


def day_of(moment: datetime) -> date:
    return moment.astimezone(INDIA).date()


def salt(connection: Connection, day: date) -> str:
    """The day's, made at its first use; those of earlier days are thrown away with that."""
    found = salt_if_any(connection, day)
    if found is not None:
        return found
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(SaltRow).values(day=day, salt=secrets.token_hex(32))
    connection.execute(new.on_conflict_do_nothing())
    forget(connection, day)
    return salt_if_any(connection, day) or ""


def salt_if_any(connection: Connection, day: date) -> str | None:
    """None: nothing was written on that day, or it is over."""
    found: str | None = connection.execute(select(SaltRow.salt).where(SaltRow.day == day)).scalar()
    return found


def forget(connection: Connection, today: date) -> None:
    connection.execute(delete(SaltRow).where(SaltRow.day < today))


def hashed(salt: str, kind: str, name: str) -> str:
    return hmac.new(salt.encode(), f"{kind}|{name}".encode(), hashlib.sha256).hexdigest()[:32]
