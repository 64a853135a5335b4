"""`python -m channels.transcripts replay calls.jsonl` plays recorded calls and reports what they got."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
from tqdm import tqdm

from channels.errors import ChannelError
from channels.settings import ROOT, Settings, load_settings
from channels.transcripts import recorded, report
from channels.transcripts.recorded import Recording
from channels.transcripts.replay import Vendor
from channels.transcripts.verdicts import Seen, table

_TIMEOUT = 30.0
_HELP = """\
Plays recorded calls to a running gateway, utterance by utterance, and reports what was answered, offered, missed
and would have been wrong: a table here, and a page with the misses grouped by likeness for content officers.
"""
_FILE = """\
The file has one JSON object a line:
  {"call_id": "c1", "sequence": 1, "text": "loan ke liye kya kagaz lagega"}
may be added:
  "confidence": 0.87            how sure the recogniser was, 0 to 1
  "language": "hi-Latn"         hi, hi-Latn or en; else it is guessed
  "alternatives": [{"text": "...", "confidence": 0.4}]
  "entry": "mm-documents"       the entry that should answer it; several in a list
  "outcome": "out_of_scope"     or what should become of it; several in a list
Lines that cannot be used are told with their numbers and left out. docs/transcripts-example.jsonl is such a file.

What is played is really asked: who wants a person is put into the staff's list. Use a system that is not in service.
The token is read from TRANSCRIPT_TOKEN, in the environment or in .env.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """What keeps it from running is one sentence."""
    try:
        settings = load_settings()
        given = _parser(settings).parse_args(arguments)
        recording = recorded.load(given.file)
        for problem in recording.problems:
            print(f"{given.file.name}, {problem}: left out", file=sys.stderr)
        if not recording.count:
            raise recorded.Unreadable(f"{given.file} holds no utterance that can be played.")
        seen = _play(recording, given.gateway, settings)
        _tell(report.write(given.out, given.file.name, seen, recording.problems), seen)
    except (ChannelError, OSError) as error:
        print(f"replay: {error}", file=sys.stderr)
        return 2
    return 0


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m channels.transcripts", description="Transcripts of calls.")
    command = parser.add_subparsers(required=True, metavar="replay").add_parser(
        "replay",
        help="play recorded calls to a running gateway",
        description=_HELP,
        epilog=_FILE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", type=Path, metavar="calls.jsonl", help="the recorded calls")
    address = f"http://{settings.gateway_host}:{settings.gateway_port}"
    command.add_argument("--gateway", default=address, metavar="URL", help=f"the running gateway ({address})")
    folder = ROOT / "var" / "replay"
    command.add_argument("--out", type=Path, default=folder, metavar="folder", help="for the page (var/replay)")
    return parser


def _play(recording: Recording, gateway: str, settings: Settings) -> list[Seen]:
    """Interrupted, what has been played is reported."""
    seen: list[Seen] = []
    headers = {"Authorization": f"Bearer {settings.transcript_token.get_secret_value()}"}
    bar = tqdm(total=recording.count, desc="utterances", unit="utterance", disable=None)
    with httpx.Client(base_url=gateway, headers=headers, timeout=_TIMEOUT, trust_env=False) as client, bar:
        vendor = Vendor(client)
        try:
            for number, call in enumerate(recording.calls):
                for one in vendor.play(number, call):
                    seen.append(one)
                    bar.update()
        except KeyboardInterrupt:
            print("interrupted: the report is of what was played", file=sys.stderr)
    return seen


def _tell(page: Path, seen: Sequence[Seen]) -> None:
    print(report.aligned(table(seen)))
    print(f"\nThe misses, grouped: {page}")


if __name__ == "__main__":
    sys.exit(main())
