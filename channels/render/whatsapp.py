"""WhatsApp: the text, numbered choices, and the sources in one line."""

from channels.bot_models import BotReply
from channels.models import Language, Reply, Source
from channels.render.choices import numbered
from channels.render.dates import readable
from channels.render.segments import utf16_units
from channels.render.split import split
from channels.render.words import CHOOSE, SOURCE

# Twilio refuses a longer body (error 21617).
LONGEST = 1600


def messages(reply: BotReply, first: int) -> list[Reply]:
    """As many messages as the limit needs, cut between sentences."""
    text = _joined(reply.text.strip(), _choices(reply, first), _sources(reply))
    return [Reply(text=part, language=reply.language) for part in split(text, LONGEST, utf16_units)]


def above_buttons(reply: BotReply) -> str:
    """The text where the choices are buttons of their own (channels/providers/content.py)."""
    return _joined(reply.text.strip(), _sources(reply))


def _joined(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block)


def _choices(reply: BotReply, first: int) -> str:
    choices = [f"{number}. {title}" for number, title in numbered(reply, first)]
    return "\n".join([CHOOSE[reply.language], *choices]) if choices else ""


def _sources(reply: BotReply) -> str:
    if not reply.sources:
        return ""
    named = "; ".join(_named(source, reply.language) for source in reply.sources)
    return f"{SOURCE[reply.language]}: {named}"


def _named(source: Source, language: Language) -> str:
    date = f" ({readable(source.as_of, language)})" if source.as_of else ""
    return source.title + date
