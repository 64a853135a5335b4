"""Accounts in the store. Each function works inside a transaction of its caller."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from channels.console.accounts import sessions
from channels.store.console_tables import AccountRow
from channels.store.rows import AnyRow

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,79}")
FREE_TRIES = 5
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
ACCOUNT = select(AccountRow.__table__)


class LoginTaken(Exception):
    """Somebody has this login."""


def plain_login(written: str) -> str:
    return written.strip().casefold()


def by_login(connection: Connection, login: str) -> AnyRow | None:
    return connection.execute(ACCOUNT.where(AccountRow.login == login)).first()


def by_id(connection: Connection, account_id: int) -> AnyRow | None:
    return connection.execute(ACCOUNT.where(AccountRow.id == account_id)).first()


def everybody(connection: Connection) -> Sequence[AnyRow]:
    return connection.execute(ACCOUNT.order_by(AccountRow.is_active.desc(), AccountRow.login)).all()


def names(connection: Connection, logins: set[str]) -> dict[str, str]:
    """How those with these logins are called."""
    found = select(AccountRow.login, AccountRow.name).where(AccountRow.login.in_(logins))
    return {row.login: row.name for row in connection.execute(found)} if logins else {}


def is_empty(connection: Connection) -> bool:
    return connection.execute(select(AccountRow.id).limit(1)).first() is None


def add(connection: Connection, login: str, name: str, role: str, password_hash: str | None, **more: Any) -> int:
    """Raises LoginTaken."""
    if by_login(connection, login) is not None:
        raise LoginTaken
    values = {
        "login": login,
        "name": name,
        "role": role,
        "password_hash": password_hash,
        "created_at": datetime.now(UTC),
    }
    values |= {"language": "hi", "is_active": True, "must_change": False, "failed": 0} | more
    key = connection.execute(insert(AccountRow).values(values)).inserted_primary_key
    return int(key[0]) if key else 0


def change(connection: Connection, account_id: int, /, **values: Any) -> None:
    connection.execute(update(AccountRow).where(AccountRow.id == account_id).values(**values))


def set_password(connection: Connection, account_id: int, password_hash: str, must_change: bool = False) -> None:
    """Whoever was logged in with the old one is no longer."""
    fresh = {"failed": 0, "locked_until": None, "must_change": must_change}
    change(connection, account_id, password_hash=password_hash, **fresh)
    sessions.end_all(connection, account_id)


def is_last_admin(connection: Connection, account_id: int) -> bool:
    others = (AccountRow.role == "admin", AccountRow.is_active, AccountRow.id != account_id)
    return connection.execute(select(func.count()).select_from(AccountRow).where(*others)).scalar_one() == 0


def enter(connection: Connection, login: str, is_right: bool, now: datetime) -> str | None:
    """The id of a new session, or None. The lock is looked at here, where tries come one after the other."""
    row = connection.execute(ACCOUNT.where(AccountRow.login == login).with_for_update()).first()
    if row is None or not row.is_active or (row.locked_until and row.locked_until > now):
        return None
    if not is_right:
        change(connection, row.id, failed=row.failed + 1, locked_until=_locked_until(row.failed + 1, now))
        return None
    change(connection, row.id, failed=0, locked_until=None)
    return sessions.begin(connection, row.id, now)


def _locked_until(failed: int, now: datetime) -> datetime | None:
    """Nothing at first, then a wait that doubles."""
    if failed < FREE_TRIES:
        return None
    doublings: int = 2 ** min(failed - FREE_TRIES, 10)
    return now + min(_FIRST_WAIT * doublings, _LONGEST_WAIT)
