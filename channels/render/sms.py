"""SMS: the short variant, choices that fit, no links but to a letter. Every segment costs money."""

from bisect import bisect_right

from channels.bot_models import BotReply
from channels.models import Reply
from channels.render.choices import numbered
from channels.render.links import without_links_but_letters
from channels.render.segments import measure_sms, plain
from channels.render.split import letters, sentences

TEXT_SEGMENTS = 2
# With choices: more where the choices are the answer.
SEGMENTS = 3
SEGMENTS_FOR_CHOICE = 5
_ASKS = ("choices_offered", "question_asked")
_MORE = "..."


def messages(reply: BotReply, first: int) -> list[Reply]:
    """One message; the network cuts it into segments and joins them again."""
    text = plain(without_links_but_letters((reply.short or reply.text).strip(), reply.language))
    if not reply.short:
        text = shortened(text, TEXT_SEGMENTS)
    limit = SEGMENTS_FOR_CHOICE if reply.outcome in _ASKS else SEGMENTS
    for number, title in numbered(reply, first):
        longer = plain(f"{text}\n{number}) {title}")
        if measure_sms(longer).segments > limit:
            break
        text = longer
    return [Reply(text=text, language=reply.language)]


def shortened(text: str, limit: int) -> str:
    """As many whole sentences as fit, at least the beginning of the first."""
    if measure_sms(text).segments <= limit:
        return text
    kept = ""
    for sentence in sentences(text):
        if measure_sms((kept + sentence).rstrip()).segments > limit:
            break
        kept += sentence
    return kept.rstrip() or _beginning(text, limit)


def _beginning(text: str, limit: int) -> str:
    """Whole words, or whole letters of a first word that is too long."""
    words = text.split()
    count = _fitting(words, " ", limit)
    if count:
        return " ".join(words[:count]) + _MORE
    first = letters(words[0]) if words else []
    return "".join(first[: _fitting(first, "", limit)]) + _MORE


def _fitting(pieces: list[str], joint: str, limit: int) -> int:
    """How many of the pieces fit; a longer text never needs fewer segments."""

    def segments(count: int) -> int:
        return measure_sms(joint.join(pieces[:count]) + _MORE).segments

    return bisect_right(range(1, len(pieces) + 1), limit, key=segments)
