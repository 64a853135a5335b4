"""Whether words ask for something to be done, or how it is done in general (`wishes.yml`)."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml

from actions.dialogue.message import Message, Phrases

PATH = Path(__file__).with_name("wishes.yml")
_CASE = re.compile(r"केस(?![\u0900-\u097f])")  # sounds like कैसे, and tells of one's own
Kind = Literal["wish", "general"]


def is_heard(kind: Kind, message: Message) -> bool:
    return _phrases()[kind].are_in(Message(_CASE.sub("case", message.text)))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Phrases]:
    lists = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return {kind: Phrases(tuple(map(str, some))) for kind, some in lists.items()}
