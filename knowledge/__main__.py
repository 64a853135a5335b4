"""Command line for content officers and developers: `python -m knowledge --help`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from knowledge import commands
from knowledge.errors import KnowledgeError

_Call = Callable[[argparse.Namespace], None]


def _text(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", help="the message")
    parser.add_argument("--last", default="", metavar="ID", help="the entry answered before")


def _search(parser: argparse.ArgumentParser) -> None:
    _text(parser)
    parser.add_argument("--top", type=int, default=5, help="how many candidates to show (%(default)s)")


def _new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("topic", help="the folder under knowledge/entries")
    parser.add_argument("id", help="small Latin letters and hyphens; also the file's name")


def _stale(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("days", type=int, nargs="?", default=180, help="since the last check (%(default)s)")


def _coverage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--questions", type=int, default=10, help="entries with fewer a language (%(default)s)")


def _top(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--top", type=int, default=25, help="how many pairs to show (%(default)s)")


def _trial(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("draft", type=Path, help="the entry's YAML file as it would be")
    parser.add_argument("questions", type=Path, help="a file, or a folder of files, that list `{text: ...}`")


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("language", choices=("hi", "en"))


def _encoder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--encoder", metavar="NAME", help="another sentence-transformers model, or its folder")


def _tune(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--epochs", type=int, default=1, help="how often each question is learnt from (%(default)s)")
    parser.add_argument("--seed", type=int, default=20261121, help="(%(default)s)")


def _nothing(parser: argparse.ArgumentParser) -> None:
    pass


_COMMANDS: tuple[tuple[str, _Call, Callable[[argparse.ArgumentParser], None], str], ...] = (
    ("check", commands.check, _nothing, "read every entry strictly; each mistake with its file and line"),
    ("new", commands.new, _new, "begin an entry: a file with every key, to be filled in"),
    ("search", commands.search, _search, "show what a message would be answered with"),
    ("explain", commands.explain, _text, "say why: language, names, rules, scores, nearest questions"),
    ("stale", commands.stale, _stale, "list entries not checked for so many days"),
    ("coverage", commands.coverage, _coverage, "count entries by topic, language and variant; what is missing"),
    ("confusions", commands.confusions, _top, "list entries that steal each other's questions (two minutes)"),
    ("hints", commands.hints, _language, "list the names that the telephone's speech recognition should expect"),
    ("trial", commands.trial, _trial, "say which questions a draft would answer otherwise; lines of JSON (a minute)"),
    ("build", commands.build, _encoder, "build encoder, language model and index, where they are out of date"),
    (
        "learn",
        commands.learn,
        _nothing,
        "fit the head again after an edit (seconds); the running system does it itself",
    ),
    ("calibrate", commands.calibrate, _nothing, "choose the answer thresholds on unseen questions (two minutes)"),
    ("tune", commands.tune, _tune, "tune the encoder on our questions, then build and compare (`make encoder`)"),
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knowledge", description="The assistant's knowledge.")
    found = parser.add_subparsers(required=True, metavar="command")
    for name, call, options, text in _COMMANDS:
        command = found.add_parser(name, help=text, description=text)
        command.set_defaults(call=call)
        options(command)
    return parser


def main() -> int:
    arguments = _parser().parse_args()
    try:
        arguments.call(arguments)
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
