"""`python -m channels.delivery dead | replay <id> | status`: what could not be delivered, tried again."""

import argparse
import sys
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, update

from channels.errors import SettingsError, StoreFailure
from channels.providers.errors import meaning
from channels.settings import load_settings
from channels.store.database import Database
from channels.store.tables import ContactRow, InboundRow, OutboundRow

Table = list[tuple[str, ...]]
_OURS = {
    "unknown_fate": "the provider could not say whether it has it: replayed, it may arrive twice",
    "NotReadable": "sealed with another CONTACT_SEAL_KEY",
}


def dead(connection: Connection) -> Table:
    """Messages that nobody will answer or send unless a person does something. No text, no number."""
    rows: Table = [("ID", "WHAT", "SINCE", "CHANNEL", "CONTACT", "CODE", "WHY")]
    unanswered = select(InboundRow.id, InboundRow.received_at, ContactRow.channel, ContactRow.key).join(ContactRow)
    for row in connection.execute(unanswered.where(InboundRow.state == "dead").order_by(InboundRow.id)):
        why = "its turn failed: see turn_broken in the log"
        rows.append((f"in{row.id}", "not answered", _when(row.received_at), row.channel, row.key[:8], "", why))
    columns = (OutboundRow.id, OutboundRow.created_at, OutboundRow.error_code, ContactRow.channel, ContactRow.key)
    unsent = select(*columns).join(ContactRow, OutboundRow.contact_id == ContactRow.id)
    for unsent_one in connection.execute(unsent.where(OutboundRow.state == "dead").order_by(OutboundRow.id)):
        number, since, code, channel, key = unsent_one
        rows.append((f"out{number}", "not sent", _when(since), channel, key[:8], code or "", _why(code or "")))
    return rows


def replay(connection: Connection, name: str) -> bool:
    """Puts one dead letter back; a running gateway takes it up within seconds."""
    kind, number = name.rstrip("0123456789"), name.lstrip("inout")
    if kind not in ("in", "out") or not number.isdecimal():
        return False
    if kind == "in":
        again = {"state": "received", "replays": InboundRow.replays + 1}
        found = (InboundRow.id == int(number), InboundRow.state == "dead")
        return connection.execute(update(InboundRow).where(*found).values(again)).rowcount == 1
    fresh = {"state": "waiting", "attempts": 0, "asked": 0, "absences": 0, "not_before": datetime.now(UTC)}
    fresh |= {"reference": uuid.uuid4().hex, "provider_id": None, "status": None, "error_code": None}
    fresh["inbound_id"] = None  # no workflow of an answer sends it any more
    dead_one = (OutboundRow.id == int(number), OutboundRow.state == "dead")
    return connection.execute(update(OutboundRow).where(*dead_one).values(fresh)).rowcount == 1


def status(connection: Connection) -> Table:
    """How many messages are in which state, and how long the oldest open one has waited."""
    rows: Table = [("WHAT", "STATE", "COUNT", "OLDEST")]
    for what, table, since in (
        ("in", InboundRow, InboundRow.received_at),
        ("out", OutboundRow, OutboundRow.created_at),
    ):
        counted = select(table.state, func.count(), func.min(since)).group_by(table.state).order_by(table.state)
        rows += [(what, state, str(count), _when(oldest)) for state, count, oldest in connection.execute(counted)]
    for state, count in connection.execute(select(ContactRow.state, func.count()).group_by(ContactRow.state)):
        rows.append(("contacts", state, str(count), ""))
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m channels.delivery", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("dead", help="messages that a person must look at")
    commands.add_parser("replay", help="try one of them again").add_argument(
        "id", help="as `dead` names it: out12, in7"
    )
    commands.add_parser("status", help="how many messages are in which state")
    given = parser.parse_args(arguments)
    try:
        settings = load_settings()
        with Database(settings.database_address, settings.store_timeout_seconds).writing() as connection:
            return _run(connection, given)
    except (SettingsError, StoreFailure) as error:
        print(f"The store cannot be used: {error}", file=sys.stderr)
        return 2


def _run(connection: Connection, given: argparse.Namespace) -> int:
    if given.command == "replay":
        is_found = replay(connection, given.id)
        print(f"{given.id} is tried again." if is_found else f"{given.id} is no dead letter.")
        return 0 if is_found else 1
    rows = dead(connection) if given.command == "dead" else status(connection)
    print("None." if len(rows) == 1 else _lines(rows))
    return 0


def _lines(rows: Table) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _why(code: str) -> str:
    return _OURS.get(code) or meaning(code).title


def _when(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if moment else ""


if __name__ == "__main__":
    sys.exit(main())
