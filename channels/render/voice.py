"""Voice: a text to be heard, with no address, no run of digits and no sign that is only seen."""

import re

from channels.bot_models import BotReply
from channels.models import Language, Reply
from channels.render.choices import numbered
from channels.render.figures import speak_figures
from channels.render.links import without_links
from channels.render.words import AND, DIGITS, OR, SAY

_BULLET = re.compile(r"^\s*(?:[-–•*▪●]+|\(?\d{1,2}[.)])\s+")
_DIGITS_SLASH = re.compile(r"(?<=\d)\s*/\s*(?=\d)")
_SLASH = re.compile(r"(?<=\S)\s*/\s*(?=\S)")
_BRACKETS = re.compile(r"\s*[(\[{]\s*([^()\[\]{}]*?)\s*[)\]}]")
_SIGNS = re.compile(r"[*_#|~`^<>\\=(){}\[\]/•▪●→\U0001F000-\U0001FAFF\u2600-\u27BF\ufe0f]+")
_SPACE_BEFORE = re.compile(r"\s+(?=[,.;:!?।])")
_TWO_STOPS = re.compile(r",(?:\s*,)+|[,;](?=[.!?।:])")
_ENDS = (".", "!", "?", "।", ":", ";", ",")


def messages(reply: BotReply, first: int) -> list[Reply]:
    """One message to be spoken: the answer, then the choices."""
    text = (reply.speech or reply.text).strip()
    language = spoken_language(text, reply.language)
    lines = [spoken(text, language)]
    for number, title in numbered(reply, first):
        title = spoken(title.rstrip(" ?!.।"), language).rstrip(".।")
        lines.append(SAY[language].format(title=title, number=DIGITS[language][number]))
    return [Reply(text=" ".join(line for line in lines if line), language=language)]


def spoken_language(text: str, language: Language) -> Language:
    """Hinglish may have its speech in Devanagari, which a Hindi voice reads better."""
    devanagari = any("\u0900" <= character <= "\u097f" for character in text)
    return "hi" if devanagari and language == "hi-Latn" else language


def spoken(text: str, language: Language) -> str:
    """The text with everything written that is not said taken out or said."""
    text = without_links(text, language)
    text = _one_line(text)
    text = speak_figures(text, language)
    text = text.replace("&", f" {AND[language]} ")
    text = _DIGITS_SLASH.sub(" ", text)
    text = _SLASH.sub(f" {OR[language]} ", text)
    text = _BRACKETS.sub(r", \1,", text)
    return _tidy(_SIGNS.sub(" ", text))


def _one_line(text: str) -> str:
    lines = (_BULLET.sub("", line).strip() for line in text.splitlines())
    return " ".join(_ended(line) for line in lines if line)


def _ended(line: str) -> str:
    """A line's end is a pause."""
    if line.endswith(_ENDS):
        return line
    return line + ("।" if any("\u0900" <= character <= "\u097f" for character in line) else ".")


def _tidy(text: str) -> str:
    text = _SPACE_BEFORE.sub("", " ".join(text.split()))
    return _TWO_STOPS.sub(lambda match: "," if "," in match[0][1:] else "", text).strip(" ,")
