"""An answer of the bot, cut into pieces that can be listened to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from channels.bot_models import BotReply
from channels.models import Outcome
from channels.phone.screen import Choice, Said
from channels.render import voice
from channels.render.choices import HIGHEST_CHOICE
from channels.render.split import split

LONGER_IS_FINE = 1.3  # nobody is asked whether to go on for one more sentence
_LINK = re.compile(r"https?://[^\s<>()\[\]]*[^\s<>()\[\].,;:!?।]")


@dataclass(frozen=True)
class Answer:
    """`is_open`: the caller is asked for something in their own words, in which a number is no choice."""

    pieces: list[Said]
    choices: list[Choice]
    links: list[str]
    is_open: bool


def answer(replies: Sequence[BotReply], outcome: Outcome, longest: int) -> Answer:
    pieces = [piece for reply in replies for piece in _pieces(reply, longest)]
    is_open = outcome == "question_asked" and sum(len(reply.buttons) for reply in replies) <= 1
    links = dict.fromkeys(link for reply in replies for link in _LINK.findall(reply.text))
    return Answer(pieces, _choices(replies, is_open), list(links), is_open)


def say(text: str, language: str) -> str:
    """A sentence with its numbers as they are said."""
    return voice.spoken(text, "en" if language == "en" else "hi")


def _pieces(reply: BotReply, longest: int) -> list[Said]:
    (whole,) = voice.messages(reply.model_copy(update={"buttons": []}), 1)
    limit = longest if len(whole.text) > longest * LONGER_IS_FINE else len(whole.text)
    parts = split(whole.text, max(limit, 1), len)
    return [Said(text=part, language=whole.language) for part in parts]


def _choices(replies: Sequence[BotReply], is_open: bool) -> list[Choice]:
    """Numbered as the bot numbers them: through the turn."""
    buttons = [(button, reply.language) for reply in replies for button in reply.buttons][:HIGHEST_CHOICE]
    return [
        Choice(number=None if is_open else number, title=_title(button.title, language), payload=button.payload)
        for number, (button, language) in enumerate(buttons, 1)
    ]


def _title(title: str, language: str) -> str:
    return say(title.strip().rstrip(" ?!.।"), language).rstrip(".।")
