"""`action_answer`: answers with its sources, offers choices, or says honestly that it does not know."""

from collections.abc import Callable

import pytest
from rasa_calls import LANGUAGES, PAYLOAD, Bot, responses

from actions.knowledge_base import knowledge_base
from knowledge.entries_loader import Library, load
from knowledge.retrieval.search import Hit, Result, Zone

# Exact questions are surely answered.
HOW_MUCH_IN = {language: texts[0] for language, texts in load().entries["mm-how-much"].questions.items()}


@pytest.fixture(scope="module")
def library() -> Library:
    return load()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_answered_in_its_language_with_sources_and_dates(
    bot: Bot, library: Library, language: str
) -> None:
    answer = bot.ask("action_answer", HOW_MUCH_IN[language])
    entry = library.entries["mm-how-much"]
    assert answer.message["text"] == entry.answer[language]
    assert answer.custom["outcome"] == "answered"
    assert answer.custom["language"] == language
    assert answer.custom["entry"] == "mm-how-much"
    assert answer.custom["short"] == entry.short[language]
    assert [s["as_of"] for s in answer.custom["sources"]] == [library.sources[i].date for i in entry.sources]
    assert all(s["title"] and set(s) == {"title", "as_of", "url"} for s in answer.custom["sources"])
    assert answer.slot("entry") == "mm-how-much"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tapped_entry_is_answered_in_the_language_of_the_conversation(
    bot: Bot, library: Library, language: str
) -> None:
    earlier = bot.said_before(HOW_MUCH_IN[language])
    answer = bot.tap("action_answer", "entry:mm-documents", earlier=earlier)
    assert answer.message["text"] == library.entries["mm-documents"].answer[language]


def test_every_entry_can_be_tapped_in_every_language(bot: Bot, library: Library) -> None:
    for name, entry in library.entries.items():
        for language in LANGUAGES:
            answer = bot.tap("action_answer", f"entry:{name}", slots={"preferred_language": language})
            assert answer.message["text"] == entry.answer[language]
            assert answer.custom["sources"], name
            for button in answer.message["buttons"]:
                assert PAYLOAD.fullmatch(button["payload"])
                assert 0 < len(button["title"]) <= 24
            assert len(answer.message["buttons"]) <= 3


def test_the_language_asked_for_outlasts_that_of_the_message(bot: Bot, library: Library) -> None:
    answer = bot.ask("action_answer", HOW_MUCH_IN["en"], slots={"preferred_language": "hi"})
    assert answer.message["text"] == library.entries["mm-how-much"].answer["hi"]
    assert answer.custom["sources"][0]["title"] == library.sources[library.entries["mm-how-much"].sources[0]].title.hi


def test_a_tapped_entry_that_is_gone_is_not_understood(bot: Bot) -> None:
    assert bot.tap("action_answer", "entry:no-such-entry").message["response"] == "utter_not_understood"


Found = Callable[..., list[set[str]]]


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Found:
    """`found(plain, leaning)`: what retrieval finds, without and with a scheme; gives the schemes it was asked with."""
    asked: list[set[str]] = []

    def retrieval(plain: Result, leaning: Result | None = None) -> list[set[str]]:
        def search(_: str, schemes: set[str], craft: bool) -> Result:
            asked.append(set(schemes))
            return leaning if schemes and leaning else plain

        monkeypatch.setattr(knowledge_base().retriever, "search", search)
        return asked

    return retrieval


CHOICES = Result("choices", (Hit("mm-what", 0.3), Hit("toolkit-what", 0.25), Hit("cfc-what", 0.2)), "en")
ANSWER = Result("answer", (Hit("toolkit-apply", 0.9),), "en")
VAGUE = {"hi": "मुझे कुछ पैसे चाहिए थे", "hi-Latn": "mujhe kuch paise chahiye the", "en": "I need some money please"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_are_offered_as_buttons_titled_in_the_language(
    bot: Bot, library: Library, found: Found, language: str
) -> None:
    found(CHOICES)
    said = bot.ask("action_answer", VAGUE[language]).message
    assert said["response"] == "utter_choices"
    assert said["buttons"] == [
        {"title": library.entries[i].title[language], "payload": f"entry:{i}"}
        for i in ("mm-what", "toolkit-what", "cfc-what")
    ]


@pytest.mark.parametrize(("zone", "key"), [("out_of_scope", "utter_out_of_scope"), ("unknown", "utter_not_understood")])
def test_what_is_not_found_is_said_so_and_nothing_is_remembered(bot: Bot, found: Found, zone: Zone, key: str) -> None:
    found(Result(zone, (), "en"))
    answer = bot.ask("action_answer", "something else altogether", "nlu_fallback")
    assert answer.message["response"] == key
    assert answer.events == []


def test_a_few_words_lean_on_the_scheme_answered_last(bot: Bot, found: Found) -> None:
    asked = found(CHOICES, ANSWER)
    answer = bot.ask("action_answer", "aur apply kaise", slots={"entry": "toolkit-what"})
    assert asked[-1] == {"skill_toolkit"}
    assert answer.custom["entry"] == "toolkit-apply"


def test_a_scheme_named_outranks_the_one_answered_last(bot: Bot, found: Found) -> None:
    asked = found(CHOICES)
    bot.ask("action_answer", "margin money apply kaise", slots={"entry": "toolkit-what"})
    assert asked == [{"margin_money"}]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("mujhe ab yeh batao ki apply kaise karna hota hai", "toolkit-what"),  # says enough by itself
        ("aur apply kaise", "helpline-number"),  # is about no scheme
        ("aur apply kaise", "gone"),
        ("aur apply kaise", None),
    ],
)
def test_other_messages_do_not_lean_on_what_was_answered_last(
    bot: Bot, found: Found, text: str, last: str | None
) -> None:
    asked = found(CHOICES, ANSWER)
    assert bot.ask("action_answer", text, slots={"entry": last}).message["response"] == "utter_choices"
    assert asked == [set()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_the_form_waits_an_unknown_name_is_called_unknown(bot: Bot, found: Found, language: str) -> None:
    found(Result("unknown", (), language))
    answer = bot.ask("action_answer", VAGUE[language], active_loop={"name": "district_form"})
    assert answer.message["response"] == "utter_district_unknown"


def test_while_the_form_waits_a_question_is_still_answered(bot: Bot, found: Found) -> None:
    found(ANSWER)
    answer = bot.ask("action_answer", "how do I get it", active_loop={"name": "district_form"})
    assert answer.custom["entry"] == "toolkit-apply"


@pytest.mark.parametrize("text", ["aaj cricket me kaun jeeta", "मौसम कैसा रहेगा कल", "recipe for butter chicken"])
def test_what_is_not_ours_is_out_of_scope_or_not_understood_but_never_answered(bot: Bot, text: str) -> None:
    said = bot.ask("action_answer", text, "nlu_fallback").message
    assert said["response"] in {"utter_out_of_scope", "utter_not_understood", "utter_choices"}


@pytest.mark.parametrize("text", ["qzx wvk plmt", "asdf qwer zxcv"])
def test_nonsense_is_not_understood_and_no_slot_is_set(bot: Bot, text: str) -> None:
    answer = bot.ask("action_answer", text, "nlu_fallback")
    assert answer.message["response"] in {"utter_not_understood", "utter_out_of_scope"}
    assert answer.events == []


def test_a_sure_question_about_a_district_is_answered_as_one_whatever_the_intent(bot: Bot) -> None:
    answer = bot.ask("action_answer", "Banda ka product kya hai", "nlu_fallback")
    assert answer.message["response"] == "utter_district_products"
    assert answer.message["district"] == "Banda"


def test_an_empty_message_is_not_understood(bot: Bot) -> None:
    assert bot.ask("action_answer", "", "nlu_fallback").message["response"] in responses()
