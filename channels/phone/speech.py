"""An answer of the bot, cut into pieces that can be listened to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from channels.bot_models import BotReply
from channels.models import Language, Outcome
from channels.phone.screen import Choice, Said
from channels.render import voice
from channels.render.choices import HIGHEST_CHOICE
from channels.render.links import addresses
from channels.render.split import split

LONGER_IS_FINE = 1.3  # nobody is asked whether to go on for one more sentence


@dataclass(frozen=True)
class Answer:
    """`is_open`: the caller is asked for something in their own words, in which a number is no choice."""

    pieces: list[Said]
    choices: list[Choice]
    links: list[str]
    is_open: bool


def answer(replies: Sequence[BotReply], outcome: Outcome, longest: int) -> Answer:
    is_open = outcome == "question_asked" and sum(len(reply.buttons) for reply in replies) <= 1
    links = dict.fromkeys(link for reply in replies for link in addresses(reply.text))
    pieces = [piece for whole in _spoken(replies) for piece in _cut(whole, longest)]
    return Answer(pieces, _choices(replies, is_open), list(links), is_open)


def title(text: str, language: Language) -> str:
    """What stands within a sentence."""
    spoken = voice.spoken(text.strip().rstrip(" ?!.।"), "en" if language == "en" else "hi")
    return spoken.rstrip(".।")


def _spoken(replies: Sequence[BotReply]) -> Iterator[Said]:
    """Without the choices, which come last; replies in one language are one."""
    texts = [voice.messages(reply.model_copy(update={"buttons": []}), 1)[0] for reply in replies]
    for language, same in groupby(texts, key=attrgetter("language")):
        yield Said(text=" ".join(each.text for each in same), language=language)


def _cut(whole: Said, longest: int) -> list[Said]:
    limit = longest if len(whole.text) > longest * LONGER_IS_FINE else len(whole.text)
    return [Said(text=part, language=whole.language) for part in split(whole.text, max(limit, 1), len)]


def _choices(replies: Sequence[BotReply], is_open: bool) -> list[Choice]:
    """Numbered as the bot numbers them: through the turn."""
    buttons = [(button, reply.language) for reply in replies for button in reply.buttons][:HIGHEST_CHOICE]
    return [
        Choice(number=None if is_open else number, title=title(button.title, language), payload=button.payload)
        for number, (button, language) in enumerate(buttons, 1)
    ]
