"""Who showed or changed what, and why. Written in the transaction of the change itself."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from channels.console.roles import Account
from channels.privacy import redact
from channels.store.console_tables import AuditRow
from channels.store.rows import AnyRow

PAGE = 50


def audit(connection: Connection, account: Account, action: str, subject: str, reason: str | None = None) -> None:
    """`subject` names a thing by its number or id ("handover 12"), never personal data."""
    values = {"at": datetime.now(UTC), "login": account.login, "action": action[:40], "subject": subject[:120]}
    connection.execute(insert(AuditRow).values(**values, reason=reason and redact(reason)))


def entries(connection: Connection, before: int | None = None, login: str | None = None) -> Sequence[AnyRow]:
    """The newest first, a page and one more; `before` is the last id that was seen."""
    listed = select(AuditRow.__table__).order_by(AuditRow.id.desc()).limit(PAGE + 1)
    if before:
        listed = listed.where(AuditRow.id < before)
    if login:
        listed = listed.where(AuditRow.login == login)
    return connection.execute(listed).all()
