"""`python -m channels.console add-admin LOGIN | list | disable | set-role | set-password`: accounts of the console."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from channels.console.accounts import passwords, people, sessions
from channels.console.audit import audit
from channels.console.roles import ROLES, Account
from channels.console.words import say
from channels.errors import SettingsError, StoreFailure
from channels.settings import load_settings
from channels.store.database import Database
from channels.store.rows import AnyRow

_COMMAND = Account(0, "command line", "", "admin", "en")


class Unfit(Exception):
    """One sentence that says what is wrong with what was given."""


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    try:
        settings = load_settings()
        database = Database(settings.database_address, settings.store_timeout_seconds)
        password = _password(given) if given.command in ("add-admin", "set-password") else ""
        with database.writing() as connection:
            print(_run(connection, given, password))
    except (SettingsError, StoreFailure, Unfit) as error:
        print(f"Nothing was changed: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m channels.console", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="all accounts")
    for name, help_text in (
        ("add-admin", "a new account that may do everything"),
        ("set-password", "a new password; ends the account's sessions"),
        ("set-role", "another role"),
        ("disable", "the account may not log in any more"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("login", metavar="LOGIN")
        if name in ("add-admin", "set-password"):
            command.add_argument("--password-file", type=Path, help="its first line; else the password is asked for")
        if name == "set-role":
            command.add_argument("role", choices=ROLES)
    return parser


def _run(connection: Connection, given: argparse.Namespace, password: str) -> str:
    if given.command == "list":
        return _listed(people.everybody(connection))
    login = people.plain_login(given.login)
    if given.command == "add-admin":
        return _add(connection, login, password)
    row = people.by_login(connection, login)
    if row is None:
        raise Unfit(f"nobody has the login {login}")
    audit(connection, _COMMAND, given.command.replace("-", "_"), f"account {login}")
    return _change(connection, given, row, password)


def _change(connection: Connection, given: argparse.Namespace, row: AnyRow, password: str) -> str:
    if given.command == "set-password":
        people.set_password(connection, row.id, passwords.hashed(password))
    elif given.command == "set-role":
        people.change(connection, row.id, role=given.role)
    else:
        people.change(connection, row.id, is_active=False)
        sessions.end_all(connection, row.id)
    return f"{row.login}: done."


def _add(connection: Connection, login: str, password: str) -> str:
    if not people.LOGIN.fullmatch(login):
        raise Unfit("a login has 2 to 80 of a-z, 0-9 and . _ @ + -, and begins with a letter or a digit")
    try:
        people.add(connection, login, login, "admin", passwords.hashed(password))
    except people.LoginTaken:
        raise Unfit(f"{login} is there already; see set-password and set-role") from None
    audit(connection, _COMMAND, "account_added", f"account {login}", "admin")
    return f"{login} may log in at /console."


def _password(given: argparse.Namespace) -> str:
    password = _read(given.password_file) if given.password_file else getpass.getpass("Password: ")
    if not given.password_file and getpass.getpass("Again: ") != password:
        raise Unfit("the two are not the same")
    if key := passwords.problem(password, people.plain_login(given.login)):
        raise Unfit(say("en", key))
    return password


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise Unfit(f"{path} cannot be read") from None


def _listed(rows: Sequence[AnyRow]) -> str:
    lines = [f"{row.login}  {row.role}  {'active' if row.is_active else 'disabled'}" for row in rows]
    return "\n".join(lines) or "None."


if __name__ == "__main__":
    sys.exit(main())
