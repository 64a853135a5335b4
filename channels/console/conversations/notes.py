"""What staff write for each other about a conversation."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from channels.console.audit import audit
from channels.console.roles import Account
from channels.store.console_tables import AccountRow, NoteRow
from channels.store.rows import AnyRow


def add(connection: Connection, who: Account, handover_id: int, text: str) -> None:
    values = {"handover_id": handover_id, "login": who.login, "text": text, "at": datetime.now(UTC)}
    connection.execute(insert(NoteRow).values(values))
    audit(connection, who, "noted", f"handover {handover_id}")


def of(connection: Connection, handover_id: int) -> Sequence[AnyRow]:
    """With the name of who wrote it, oldest first."""
    author = select(AccountRow.name).where(AccountRow.login == NoteRow.login).scalar_subquery().label("name")
    listed = select(NoteRow.id, NoteRow.login, NoteRow.text, NoteRow.at, author)
    return connection.execute(listed.where(NoteRow.handover_id == handover_id).order_by(NoteRow.id)).all()
