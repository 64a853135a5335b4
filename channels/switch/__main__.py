"""Switch a channel off for a while, or on again. Every process of the gateway obeys within a second."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from channels.errors import SettingsError, StoreFailure
from channels.settings import load_settings
from channels.store.database import Database
from channels.store.rows import AnyRow
from channels.switch import state

_LANGUAGES = ("hi", "hi-Latn", "en")


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    try:
        settings = load_settings()
        with Database(settings.database_address, settings.store_timeout_seconds).writing() as connection:
            print(_run(connection, given))
    except (SettingsError, StoreFailure) as error:
        print(f"The store cannot be used: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m channels.switch", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    off = commands.add_parser("off", help="the channel answers with one sentence and the helpline's number")
    on = commands.add_parser("on", help="the channel answers again")
    commands.add_parser("list", help="which channels are off, since when and by whom")
    for command in (off, on):
        command.add_argument("channel", choices=state.CHANNELS)
    for language in _LANGUAGES:
        off.add_argument(f"--sentence-{language.lower()}", type=_sentence, metavar="TEXT", help="instead of the usual")
    off.add_argument("--reason", type=_sentence, metavar="TEXT", help="for colleagues and the audit")
    return parser


def _sentence(text: str) -> str:
    if not text.strip() or len(text) > state.LONGEST:
        raise argparse.ArgumentTypeError(f"a sentence has 1 to {state.LONGEST} characters")
    return text.strip()


def _run(connection: Connection, given: argparse.Namespace) -> str:
    by, now = f"command line ({_user()})"[:80], datetime.now(UTC)
    if given.command == "off":
        given_ones = {each: getattr(given, f"sentence_{each.lower().replace('-', '_')}") for each in _LANGUAGES}
        own = {name: text for name, text in given_ones.items() if text}
        state.turn_off(connection, given.channel, own, by, now, given.reason)
        return f"{given.channel} is off."
    if given.command == "on":
        return f"{given.channel} is on." if state.turn_on(connection, given.channel, by, now) else "It was not off."
    return "\n".join(_told(row) for row in state.off_ones(connection).values()) or "All on."


def _told(row: AnyRow) -> str:
    since = f"{row.channel}  since {row.since:%Y-%m-%d %H:%M} UTC  by {row.by}"
    return f"{since}  because: {row.reason}" if row.reason else since


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "unknown"


if __name__ == "__main__":
    sys.exit(main())
