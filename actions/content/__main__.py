"""Command line for what was published from the console: `python -m actions.content --help`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from actions.applications.errors import SettingsError
from actions.content.desk import of_file
from actions.content.differences import differences
from actions.content.engine import open_engine
from actions.content.errors import ContentError
from actions.content.form import read
from actions.content.settings import load_settings
from actions.content.store import Version, Versions

_Command = Callable[[argparse.Namespace, Versions], None]


def export(arguments: argparse.Namespace, store: Versions) -> None:
    published = store.published()
    for version in published:
        path = arguments.folder / read(version.text)["topic"] / f"{version.entry}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(version.text, encoding="utf-8")
    print(f"{len(published)} entries written to {arguments.folder}")


def adopt(_: argparse.Namespace, store: Versions) -> None:
    """After the export was committed and is deployed: what the files say needs no overlay."""
    published = store.published()
    same = [version for version in published if _in_files(version)]
    store.in_files(same, "python -m actions.content adopt")
    print(f"{len(same)} entries are served from the files now")
    for version in published:
        if version not in same:
            print(f"still served from the console, the file says otherwise: {version.entry}")


def _in_files(version: Version) -> bool:
    file = of_file(version.entry)
    return file is not None and not differences(file, read(version.text))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m actions.content", description="What the console published.")
    found = parser.add_subparsers(required=True, metavar="command")
    command = found.add_parser("export", help="write the published entries as YAML files")
    command.add_argument("folder", type=Path, help="such as knowledge/entries")
    command.set_defaults(call=export)
    command = found.add_parser("adopt", help="after the export was committed: serve these entries from the files")
    command.set_defaults(call=adopt)
    return parser


def main(words: list[str] | None = None) -> int:
    arguments = _parser().parse_args(words)
    call: _Command = arguments.call
    try:
        settings = load_settings()
        engine = open_engine(settings.database_address, settings.content_timeout_seconds)
        try:
            call(arguments, Versions(engine))
        finally:
            engine.dispose()
    except (ContentError, SettingsError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
