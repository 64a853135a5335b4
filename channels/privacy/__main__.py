"""What is kept of people: shown, erased, deleted when its time is over, and put under new keys."""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx
from sqlalchemy import Connection, insert

from channels.bot_client import BotClient
from channels.delivery.contacts import Vault
from channels.errors import BotFailure, ChannelError, SettingsError, StoreFailure
from channels.privacy import keeping, person, rotation
from channels.privacy.rotation import Count
from channels.settings import Settings, load_settings
from channels.store.console_tables import AuditRow
from channels.store.database import Database

T = TypeVar("T")
_WHERE = ("whatsapp", "sms", "phone", "web")
_BOT_SECONDS = 60.0


class Nobody(ChannelError):
    """Nothing is kept of whom the command names."""


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    try:
        print(_COMMANDS[given.command](load_settings(), given))
    except (SettingsError, StoreFailure) as error:
        return _fail(f"The store cannot be used: {error}")
    except BotFailure as failure:
        return _fail(f"The bot does not answer ({failure.reason}): start it and run this again.")
    except Nobody:
        return _fail("Nothing is kept under this name on this channel.", 1)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m channels.privacy", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, says in (
        ("export", "all that is kept of one person, as JSON"),
        ("erase", "erase one person: the bot's memory, messages, conversations with staff, the number"),
    ):
        command = commands.add_parser(name, help=says)
        command.add_argument("channel", choices=_WHERE)
        command.add_argument("name", help="+91 and the mobile number; on the web the session's id")
    commands.add_parser("tidy", help="delete now what is too old; a running gateway does so every hour")
    commands.add_parser("rotate", help="put all that is sealed under the newest keys (docs/privacy.md)")
    return parser


def _export(settings: Settings, given: argparse.Namespace) -> str:
    database, vault, token = _opened(settings)
    now = datetime.now(UTC)
    with database.writing() as connection:
        who = _found(connection, vault, token, given)
        told = person.export(connection, vault, token, who, now)
        _audit(connection, "exported", given, now)
    told["said"] = _with_bot(settings, lambda bot: _histories(bot, who.sessions))
    return json.dumps(told, ensure_ascii=False, indent=2, default=datetime.isoformat)


def _erase(settings: Settings, given: argparse.Namespace) -> str:
    """The bot first: once the contact is gone nobody knows its sessions."""
    database, vault, token = _opened(settings)
    with database.reading() as connection:
        who = _found(connection, vault, token, given)
    _with_bot(settings, lambda bot: _forgotten(bot, who.sessions))
    now = datetime.now(UTC)
    with database.writing() as connection:
        person.erase(connection, who, now)
        _audit(connection, "erased", given, now)
    return "Erased. What stays is in docs/privacy.md."


def _tidy(settings: Settings, given: argparse.Namespace) -> str:
    database, now = _opened(settings)[0], datetime.now(UTC)
    with database.writing() as connection:
        keeping.tidy(connection, settings, now)
    count = _with_bot(settings, lambda bot: keeping.tidy_bot(database, settings, bot.tidy, now))
    return f"Done; the bot forgot {count} conversations. The audit of the console says what was deleted."


def _rotate(settings: Settings, given: argparse.Namespace) -> str:
    bare = Database(settings.database_address, settings.store_timeout_seconds)
    reseal = rotation.Reseal(bare, settings.contact_seal_key.get_secret_value())
    counts = []
    for column in rotation.COLUMNS:
        count = Count(column.name)
        for count in reseal.column(column):
            _say(count)
        counts.append(count)
    if len(settings.contact_hash_key.get_secret_value().split()) > 1:
        vault = _opened(settings)[1]
        counts.append(_with_bot(settings, lambda bot: rotation.rename_people(bare, vault, bot.rename, _say)))
    lost = ", ".join(f"{each.closed} of {each.name}" for each in counts if each.closed)
    done = f"{sum(each.changed for each in counts)} values are under the newest keys now."
    return done + (f" Without a key that opens them, or without an address: {lost} (docs/privacy.md)." if lost else "")


_COMMANDS: dict[str, Callable[[Settings, argparse.Namespace], str]] = {
    "export": _export,
    "erase": _erase,
    "tidy": _tidy,
    "rotate": _rotate,
}


def _opened(settings: Settings) -> tuple[Database, Vault, str]:
    seal_key = settings.contact_seal_key.get_secret_value()
    vault = Vault(settings.contact_hash_key.get_secret_value(), seal_key)
    database = Database(settings.database_address, settings.store_timeout_seconds, seal_key)
    return database, vault, settings.bot_token.get_secret_value()


def _found(connection: Connection, vault: Vault, token: str, given: argparse.Namespace) -> person.Person:
    who = person.find(connection, vault, token, given.channel, given.name)
    if not who.is_known:
        raise Nobody
    return who


def _with_bot(settings: Settings, call: Callable[[BotClient], Awaitable[T]]) -> T:
    async def run() -> T:
        async with httpx.AsyncClient(trust_env=False) as http:
            return await call(BotClient(http, settings.bot_url, settings.bot_token.get_secret_value(), _BOT_SECONDS))

    return asyncio.run(run())


async def _histories(bot: BotClient, sessions: Sequence[str]) -> list[Any]:
    """What was said with the bot."""
    return [line for name in sessions for line in json.loads(await bot.history(name))["said"]]


async def _forgotten(bot: BotClient, sessions: Sequence[str]) -> None:
    for name in sessions:
        await bot.forget(name)


def _audit(connection: Connection, action: str, given: argparse.Namespace, now: datetime) -> None:
    """That it was done, and on which channel: of whom is nobody's business any more."""
    values: dict[str, Any] = {"at": now, "login": "command line", "action": action}
    connection.execute(insert(AuditRow).values(subject=f"a person on {given.channel}", **values))


def _say(count: Count) -> None:
    print(f"{count.name}: {count.seen} seen, {count.changed} changed", file=sys.stderr, flush=True)


def _fail(sentence: str, code: int = 2) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
