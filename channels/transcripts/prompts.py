"""The prompt that answers an utterance: what the bot said as a voice says it, or a sentence of the gateway."""

import uuid

from channels.bot_models import BotReply
from channels.models import Language
from channels.render import render
from channels.render.choices import numbered
from channels.render.voice import spoken
from channels.transcripts.answers import is_goodbye
from channels.transcripts.models import Choice, Prompt
from channels.transcripts.records import Pending
from channels.transcripts.words import sentence
from channels.turns import Turn


def of_turn(turn: Turn, said: str, language: Language) -> Prompt:
    """`said`: by the caller."""
    if not turn.replies:  # a person has the conversation and has written nothing new
        return own("with_staff", language).model_copy(update={"outcome": turn.outcome, "turn_id": turn.id})
    voiced = render("voice", turn.replies).replies
    is_end = turn.outcome == "small_talk" and is_goodbye(said)
    return Prompt(
        text="\n".join(reply.text for reply in turn.replies),
        speech=" ".join(reply.text for reply in voiced),
        language=voiced[-1].language,
        expects="nothing" if is_end else "speech",
        choices=[] if is_end else _choices(turn.replies),
        outcome=turn.outcome,
        turn_id=turn.id,
        end=is_end,
    )


def confirming(pending: Pending, language: Language) -> Prompt:
    """The caller's own words come back, digits one by one."""
    key = "confirm" if pending.asked == "speech" else "confirm_keys"
    answers = (("1", "yes"), ("2", "no"))
    choices = [Choice(key=number, title=sentence(word, language), payload=number) for number, word in answers]
    prompt = own(key, language, pending.text)
    return prompt.model_copy(update={"choices": choices, "expects": pending.asked})


def own(key: str, language: Language, text: str = "") -> Prompt:
    return Prompt(
        text=sentence(key, language, text),
        speech=sentence(key, language, spoken(text, language)),
        language=language,
        expects="speech",
        outcome="question_asked",
        turn_id=uuid.uuid4().hex,
    )


def _choices(replies: list[BotReply]) -> list[Choice]:
    """Numbered as the voice says them."""
    choices: list[Choice] = []
    for reply in replies:
        for (number, title), button in zip(numbered(reply, len(choices) + 1), reply.buttons, strict=False):
            choices.append(Choice(key=str(number), title=title, payload=button.payload))
    return choices
