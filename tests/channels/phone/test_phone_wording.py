"""Who telephones cannot write, type, tap or look below: no sentence that is spoken tells them to."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from channels.bot_models import BotReply
from channels.render import voice
from channels.settings import ROOT

# On a screen only, whatever is spoken of.
SEEN = re.compile(
    r"\btype\b|\btyping\b|\bclick\w*|\btap (?:on|the|it|a)\b|\bbutton\b|\bchoose below\b|\bsee below\b"
    r"|\btype (?:karo|karke|kijiye)\b|\bneeche (?:se|diye|dekh)\w*|टाइप|क्लिक|टैप|बटन|नीचे (?:से|दिए|दी|देख)",
    re.IGNORECASE,
)
# To us. What bank and office are to be given on paper is another matter: see PAPER.
WRITTEN = re.compile(
    r"लिख(?:िए|िये|ें|ो|कर भेज|कर दीजिए)|भेज दीजिए|\blikh(?:iye|ein|en|o|kar bhej\w*)\b|\bwrite\b|\bsend (?:it|me|the)\b",
    re.IGNORECASE,
)
NOT_SPOKEN = {"delivery.yml"}  # on WhatsApp and SMS alone
KEYPAD = "phone.yml"  # its buttons are those of the telephone
PAPER = {"rejection.yml", "letters.yml"}  # what to write to the bank
PAPER_FOLDERS = ("actions/rejection/", "actions/letters/", "scheme_stages/")  # and to the offices
WRITTEN_ONLY = {"code_sms", "begin_letter", "begin_letter_bank", "begin_letter_reasons", "begin_letter_ombudsman"}
Spoken = tuple[str, str]


def read(path: Path) -> Any:
    """The C reader: there is much to read."""
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


@cache
def of_dialogues() -> tuple[Spoken, ...]:
    return (*of_responses(), *of_words(ROOT / "actions"))


def spoken(where: str, text: str, language: str, speech: str | None = None) -> Spoken:
    """As the voice says it."""
    reply = BotReply(text=text, language=language, speech=speech)
    return where, voice.messages(reply, 1)[0].text


def of_responses() -> Iterator[Spoken]:
    for path in sorted((ROOT / "bot" / "responses").glob("*.yml")):
        for key, variants in read(path)["responses"].items():
            for variant in variants if path.name not in NOT_SPOKEN else ():
                language = variant["condition"][0]["value"] if "condition" in variant else "en"
                speech = variant.get("custom", {}).get("speech")
                yield spoken(f"{path.name} {key} {language}", variant["text"], language, speech)
                for button in variant.get("buttons", []):
                    yield spoken(f"{path.name} {key} {language}: button", button["title"], language)


def sentences(node: Any, where: str) -> Iterator[tuple[str, str, str]]:
    """Whatever is there in two languages is a sentence; with its spoken form, that alone."""
    if isinstance(node, dict) and {"hi", "en"} <= node.keys() and isinstance(node["hi"], str):
        yield from ((f"{where} {language}", str(node[language]), language) for language in node)
    elif isinstance(node, dict):
        for key, each in node.items():
            if key not in WRITTEN_ONLY and not (key in ("short", "text") and "speech" in node):
                yield from sentences(each, f"{where}.{key}")
    elif isinstance(node, list):
        for each in node:
            yield from sentences(each, where)


def of_words(folder: Path) -> Iterator[Spoken]:
    for path in sorted(folder.rglob("*.yml")):
        if not {"templates", "content"} & set(path.parts):  # letters are written, and staff write the content
            found = sentences(read(path), str(path.relative_to(ROOT)))
            yield from (spoken(where, text, language) for where, text, language in found)


def of_entries() -> Iterator[Spoken]:
    for path in sorted((ROOT / "knowledge" / "entries").rglob("*.yml")):
        held = read(path)
        for entry in held if isinstance(held, list) else [held]:
            told = entry.get("speech") or entry["answer"]
            yield from (spoken(f"{entry['id']} {language}", text, language) for language, text in told.items())


def test_no_sentence_of_the_dialogues_tells_a_caller_to_write_or_to_look() -> None:
    told = {where: text for where, text in of_dialogues() if SEEN.search(text) and not where.startswith(KEYPAD)}
    assert told == {}


def test_no_sentence_of_the_dialogues_asks_a_caller_to_write_to_us() -> None:
    ours = (each for each in of_dialogues() if not is_about_paper(each[0]))
    assert {where: text for where, text in ours if WRITTEN.search(text)} == {}


def is_about_paper(where: str) -> bool:
    return where.split()[0] in PAPER or any(each in where for each in PAPER_FOLDERS)


def test_no_answer_tells_a_caller_to_type_or_to_look() -> None:
    """But for the code that is typed into the form at a café."""
    told = {where for where, text in of_entries() if SEEN.search(text)}
    assert told == {"application-never-share en"}


@pytest.mark.parametrize(
    "text",
    [
        "अपना सवाल लिखिए", "Apna sawal likhiye", "Type the number", "choose below", "नीचे से चुनिए", "neeche se chuniye",
        "click the link", "tap the button", "बटन दबाइए", "write to us", "likhkar bhejiye", "send it again",
    ],
)  # fmt: skip
def test_the_words_that_are_looked_for_are_found(text: str) -> None:
    assert SEEN.search(text) or WRITTEN.search(text)


@pytest.mark.parametrize("text", ["कारण लिखित में माँगिए", "kaaran likhit mein", "written reason", "belowground"])
def test_what_a_bank_is_asked_for_in_writing_is_not_meant(text: str) -> None:
    assert not (SEEN.search(text) or WRITTEN.search(text))
