"""Command line for the application store: `python -m actions.applications --help`."""

import argparse
import sys
from collections.abc import Callable

from actions.applications import commands
from actions.applications.csv_import import BATCH
from actions.applications.errors import ApplicationsError
from actions.applications.settings import load_settings
from knowledge.errors import KnowledgeError

_Options = Callable[[argparse.ArgumentParser], None]


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="CSV with number,scheme,district,mobile,history")
    parser.add_argument("--report", metavar="FILE", help="where bad rows are listed (beside the file, as .bad.csv)")
    parser.add_argument("--batch", type=int, default=BATCH, help="rows stored at once (%(default)s)")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="written anew, readable by its owner only: it holds mobile numbers")


def _tidy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=int, default=365, help="how long look-ups are kept (%(default)s)")


def _nothing(parser: argparse.ArgumentParser) -> None:
    pass


_COMMANDS: tuple[tuple[str, commands.Command, _Options, str], ...] = (
    ("import", commands.import_csv, _import, "store the applications of a file; stopped half-way, start it again"),
    ("export", commands.export_csv, _export, "write all applications to a file that import reads"),
    ("demo", commands.demonstrate, _nothing, "store thirty made-up applications and list them (development only)"),
    ("check", commands.check, _nothing, "read stages, sentences and number words strictly; no database"),
    ("migrate", commands.migrate, _nothing, "bring the tables up to date; every command does it too"),
    ("tidy", commands.tidy, _tidy, "remove one-time codes older than a day, old look-ups and expired letters"),
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m actions.applications", description="Applications to the schemes.")
    found = parser.add_subparsers(required=True, metavar="command")
    for name, call, options, text in _COMMANDS:
        command = found.add_parser(name, help=text, description=text)
        command.set_defaults(call=call)
        options(command)
    return parser


def main(words: list[str] | None = None) -> int:
    """0: all done. 1: some rows are bad. 2: it could not be done."""
    arguments = _parser().parse_args(words)
    try:
        call: commands.Command = arguments.call
        return call(arguments, load_settings())
    except (ApplicationsError, KnowledgeError) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
