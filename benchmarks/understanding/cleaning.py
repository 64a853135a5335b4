"""Whether cleaning transcripts helps: `python -m benchmarks.understanding.cleaning`.

Retrieval and the district rules alone, as in the offline loop, on calls written by ear (`benchmarks/calls/`) and on the
development messages that were written as transcripts; each as it is, and cleaned as the gateway cleans it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.places import CALLS, DEVELOPMENT
from benchmarks.tables import table
from benchmarks.understanding.judge import Verdict, judge
from benchmarks.understanding.messages import LANGUAGES, Message, load
from benchmarks.understanding.offline import Offline, served
from channels.transcripts.clean import clean

_HEAD = ["messages", "language", "n", "changed", *(f"{v.value}, as it is" for v in Verdict)]
_HEAD += [f"{v.value}, cleaned" for v in Verdict]


def main() -> None:
    offline = Offline.load()
    written = [message for message in load(folder=DEVELOPMENT) if message.style == "transcript"]
    rows: list[list[str]] = []
    for name, messages in (("calls", load(folder=CALLS)), ("development", written)):
        for language in LANGUAGES:
            rows.append([name, language, *_row(offline, served([m for m in messages if m.language == language]))])
    print(table(_HEAD, rows))


def _row(offline: Offline, messages: Sequence[Message]) -> list[str]:
    cleaned = [replace(message, text=clean(message.text)) for message in messages]
    changed = [(old, new) for old, new in zip(messages, cleaned, strict=True) if old.text != new.text]
    before, after = (Counter(_verdict(offline, message) for message in some) for some in (messages, cleaned))
    for old, new in changed:
        if (first := _verdict(offline, old)) is not (second := _verdict(offline, new)):
            print(f"{first.value} -> {second.value}: {old.text} -> {new.text}")
    counts = [str(count[verdict]) for count in (before, after) for verdict in Verdict]
    return [str(len(messages)), str(len(changed)), *counts]


def _verdict(offline: Offline, message: Message) -> Verdict:
    return judge(message, offline.ask(message.text))


if __name__ == "__main__":
    main()
