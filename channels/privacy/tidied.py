"""What was deleted because its time was over: one dated line in the log and in the audit. Numbers only."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert

from channels.logs import log
from channels.store.console_tables import AuditRow

BY = "retention"


def tidied(connection: Connection, counts: Mapping[str, int], now: datetime) -> None:
    """In the transaction that deletes. Where nothing was old, nothing is said."""
    some = {name: count for name, count in counts.items() if count > 0}
    if not some:
        return
    said = ", ".join(f"{count} {name}" for name, count in some.items())
    connection.execute(insert(AuditRow).values(at=now, login=BY, action="deleted_old", subject=said[:120]))
    log.info("deleted_old", **some)
