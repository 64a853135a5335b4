"""How right the answers are: the development messages alone."""

from collections.abc import Sequence

from tqdm import tqdm

from benchmarks.understanding import offline, scores
from benchmarks.understanding.messages import Message
from benchmarks.understanding.scores import Asked
from benchmarks.understanding.system import Ask, asking

TITLE = "Answers, through the message API"


def run(messages: Sequence[Message], url: str) -> None:
    """Asks the system at `url`, or one started for it, and reports."""
    with asking(url) as ask:
        scores.report("quality", TITLE, ask_all(messages, ask))


def run_offline(messages: Sequence[Message]) -> None:
    scores.report("offline", offline.TITLE, offline.ask_all(messages, offline.Offline.load()))


def ask_all(messages: Sequence[Message], ask: Ask) -> Asked:
    return [(message, ask(message.text)) for message in tqdm(messages, desc="messages", unit="message")]
