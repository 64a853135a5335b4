"""Browsers that are logged in. The store knows only the hash of their random id."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from channels.console.roles import Account
from channels.store.console_tables import AccountRow, SessionRow

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
_NOTED = timedelta(minutes=1)  # so often it is written down that somebody is there
_WHO = (AccountRow.id, AccountRow.login, AccountRow.name, AccountRow.role, AccountRow.language, AccountRow.must_change)


def new_id() -> str:
    return secrets.token_urlsafe(32)


def csrf_token(session_id: str) -> str:
    """Follows from the cookie, which no other site can read."""
    return hmac.new(session_id.encode(), b"odop console csrf", hashlib.sha256).hexdigest()


def begin(connection: Connection, account_id: int, now: datetime) -> str:
    """A new id at every login; sessions that are over go."""
    session_id = new_id()
    connection.execute(delete(SessionRow).where(SessionRow.expires_at < now))
    values = {"account_id": account_id, "created_at": now, "seen_at": now, "expires_at": now + LONGEST}
    connection.execute(insert(SessionRow).values(id_hash=_hash(session_id), **values))
    return session_id


def whose(connection: Connection, session_id: str, now: datetime) -> tuple[Account, bool] | None:
    """And whether it is time to note that they were here."""
    found = select(*_WHO, SessionRow.seen_at).join(SessionRow, SessionRow.account_id == AccountRow.id)
    current = (SessionRow.expires_at > now, SessionRow.seen_at > now - IDLE, AccountRow.is_active)
    row = connection.execute(found.where(SessionRow.id_hash == _hash(session_id), *current)).first()
    return None if row is None else (Account(*row[:-1]), row.seen_at + _NOTED < now)


def note(connection: Connection, session_id: str, now: datetime) -> None:
    connection.execute(update(SessionRow).where(SessionRow.id_hash == _hash(session_id)).values(seen_at=now))


def end(connection: Connection, session_id: str) -> None:
    connection.execute(delete(SessionRow).where(SessionRow.id_hash == _hash(session_id)))


def end_all(connection: Connection, account_id: int) -> None:
    connection.execute(delete(SessionRow).where(SessionRow.account_id == account_id))


def _hash(session_id: str) -> str:
    return hashlib.sha256(session_id.encode()).hexdigest()
