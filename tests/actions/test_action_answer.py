"""`action_answer`: answers with its sources, offers choices, or says honestly that it does not know."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from rasa_calls import LANGUAGES, PAYLOAD, Bot, responses

from actions.dialogue.words import load as words
from actions.knowledge_base import knowledge_base
from knowledge.entries_loader import Library, load
from knowledge.retrieval.before import NOTHING, Before
from knowledge.retrieval.decide import Hit, Result, Zone

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


@dataclass(frozen=True)
class Asked:
    """What retrieval was asked for one question."""

    text: str
    schemes: frozenset[str]
    last: str
    elsewhere: bool


Found = Callable[..., list[Asked]]


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Found:
    """`found(result, of_text)`: what retrieval finds, for texts with those words in them; gives what it was asked."""
    asked: list[Asked] = []

    def retrieval(result: Result, of_text: dict[str, Result] | None = None) -> list[Asked]:
        def search(
            text: str, schemes: set[str], craft: bool = False, before: Before = NOTHING, elsewhere: bool = False
        ) -> Result:
            asked.append(Asked(text.strip(), frozenset(schemes), before.entry, elsewhere))
            return (of_text or {}).get(text.strip(), result)

        monkeypatch.setattr(knowledge_base().retriever, "search", search)
        return asked

    return retrieval


CHOICES = Result("choices", (Hit("mm-what", 0.3), Hit("toolkit-what", 0.25), Hit("cfc-what", 0.2)), "en")
ANSWER = Result("answer", (Hit("toolkit-apply", 0.9),), "en")
SURE = Result("answer", (Hit("application-fee", 0.9),), "en")
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


@pytest.mark.parametrize(
    ("text", "last", "entry"),
    [
        ("aur apply kaise", "toolkit-what", "toolkit-apply"),
        ("aur apply kaise", "mm-what", "mm-how-to-apply"),
        ("uske liye kya document chahiye", "toolkit-what", "toolkit-documents"),
        ("उसके लिए कौन से कागज़ चाहिए", "toolkit-what", "toolkit-documents"),
        ("what documents are needed for it", "toolkit-what", "toolkit-documents"),
        ("और कितना मिलेगा", "mm-what", "mm-how-much"),
        ("kab milega", "mm-what", "mm-time"),
        ("what about women", "mm-what", "eligibility-women"),  # the subject has no entry of its own for it
    ],
)
def test_a_message_that_leans_is_about_the_subject_answered_last(bot: Bot, text: str, last: str, entry: str) -> None:
    answer = bot.ask("action_answer", text, slots={"entry": last})
    assert answer.custom["entry"] == entry
    assert answer.slot("entry") == entry


def test_a_scheme_named_outranks_the_one_answered_last(bot: Bot, found: Found) -> None:
    asked = found(CHOICES)
    bot.ask("action_answer", "margin money apply kaise", slots={"entry": "toolkit-what"})
    assert [a.schemes for a in asked] == [{"margin_money"}]


def test_the_answer_is_about_the_scheme_named_not_the_one_answered_last(bot: Bot) -> None:
    answer = bot.ask("action_answer", "margin money ke liye apply kaise kare", slots={"entry": "toolkit-what"})
    assert answer.custom["entry"] == "mm-how-to-apply"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("mujhe ab yeh batao ki apply kaise karna hota hai", "toolkit-what"),  # says enough by itself
        ("aur apply kaise", "helpline-number"),  # nothing is applied for there
        ("aur apply kaise", "gone"),
        ("aur apply kaise", None),
    ],
)
def test_other_messages_do_not_lean_on_what_was_answered_last(bot: Bot, text: str, last: str | None) -> None:
    alone = bot.ask("action_answer", text).message
    assert alone["response"] == "utter_choices"
    assert bot.ask("action_answer", text, slots={"entry": last}).message == alone


TWO = {
    "hi": ("मार्जिन मनी में कितनी सब्सिडी मिलती है और टूलकिट योजना में आवेदन कैसे करें", ["mm-how-much", "toolkit-apply"]),
    "hi-Latn": (
        "margin money yojana me kitni subsidy milti hai aur toolkit ke liye kaun se kagaz chahiye",
        ["mm-how-much", "toolkit-documents"],
    ),
    "en": (
        "How much subsidy does the margin money scheme give and how do I apply for the toolkit?",
        ["mm-how-much", "toolkit-apply"],
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_questions_in_one_message_are_both_answered_in_order(bot: Bot, library: Library, language: str) -> None:
    text, entries = TWO[language]
    answer = bot.ask("action_answer", text)
    assert [m["text"] for m in answer.messages] == [library.entries[e].answer[language] for e in entries]
    assert [e["value"] for e in answer.events] == entries


DISTRICT_FIRST = {
    "hi": "आगरा का उत्पाद क्या है? टूलकिट के लिए आवेदन कैसे करें?",
    "hi-Latn": "Agra ka product kya hai aur toolkit ke liye apply kaise kare",
    "en": "What is the product of Agra and how do I apply for the toolkit?",
}


@pytest.mark.parametrize("action", ["action_answer", "action_district"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_district_and_an_entry_in_one_message_are_both_answered_in_order(
    bot: Bot, library: Library, language: str, action: str
) -> None:
    district, entry = bot.ask(action, DISTRICT_FIRST[language], "ask_district").messages
    assert district["response"] == "utter_district_products"
    assert district["district"] == {"hi": "आगरा"}.get(language, "Agra")
    assert entry["text"] == library.entries["toolkit-apply"].answer[language]


def test_the_second_question_leans_on_the_answer_to_the_first(bot: Bot) -> None:
    text = "toolkit yojana kya hai? uske liye kya document chahiye?"
    answer = bot.ask("action_answer", text, slots={"entry": "mm-what"})
    assert [m["custom"]["entry"] for m in answer.messages] == ["toolkit-what", "toolkit-documents"]


def test_the_first_question_leans_on_the_message_before(bot: Bot, found: Found) -> None:
    asked = found(ANSWER, {"fees kitni hai": SURE})
    bot.ask("action_answer", "loan kaise milega aur fees kitni hai aur kab milega", slots={"entry": "mm-what"})
    assert [(a.text, a.last) for a in asked[:3]] == [
        ("loan kaise milega", "mm-what"), ("fees kitni hai", "toolkit-apply"), ("kab milega", "application-fee"),
    ]  # fmt: skip


@pytest.mark.parametrize("unsure", [CHOICES, Result("unknown", (), "en"), Result("out_of_scope", (), "en")])
@pytest.mark.parametrize("part", ["loan kaise milega", "fees kitni hai"])
def test_one_unsure_question_and_the_whole_message_is_read_as_one(
    bot: Bot, found: Found, part: str, unsure: Result
) -> None:
    whole, parts = "loan kaise milega aur fees kitni hai", ["loan kaise milega", "fees kitni hai"]
    asked = found(ANSWER, {part: unsure, whole: SURE})
    answer = bot.ask("action_answer", whole)
    assert [a.text for a in asked] == [*parts[: parts.index(part) + 1], whole]
    assert answer.custom["entry"] == "application-fee"


def test_two_questions_with_one_answer_are_answered_once(bot: Bot, found: Found) -> None:
    found(ANSWER)
    assert bot.ask("action_answer", "loan kaise milega aur fees kitni hai").custom["entry"] == "toolkit-apply"


@pytest.mark.parametrize("text", ["Can I get the toolkit in Rajasthan", "Delhi me margin money milegi kya",
                                  "राजस्थान में टूलकिट मिलेगी क्या"])  # fmt: skip
@pytest.mark.parametrize("action", ["action_answer", "action_district"])
def test_a_scheme_in_a_place_that_is_not_ours_is_not_answered_as_if_it_were(bot: Bot, text: str, action: str) -> None:
    answer = bot.ask(action, text)
    assert (answer.message["custom"] or {}).get("entry") is None
    assert answer.events == []


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("bihar me margin money kaise milegi", True),
        ("बिहार में मार्जिन मनी कैसे मिलेगी", True),
        ("bihar se agra aaya hu margin money kaise milegi", False),  # the unit is here
        ("agra me margin money kaise milegi", False),
        ("margin money kaise milegi", False),
    ],
)
def test_retrieval_is_told_of_a_place_elsewhere_when_none_of_ours_is_named(
    bot: Bot, found: Found, text: str, elsewhere: bool
) -> None:
    asked = found(CHOICES)
    bot.ask("action_answer", text)
    assert [(a.elsewhere, a.schemes) for a in asked] == [(elsewhere, {"margin_money"})]


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_answered_just_now_is_said_to_be_all_and_a_person_is_offered(
    bot: Bot, library: Library, language: str
) -> None:
    asked, last = HOW_MUCH_IN[language], {"outcome": "answered", "entry": "mm-how-much", "language": language}
    answer = bot.ask("action_answer", asked, earlier=bot.said_before("uske baare mein batao", custom=last))
    assert answer.custom["entry"] == "mm-how-much"
    assert answer.message["text"].startswith(library.entries["mm-how-much"].answer[language])
    assert words()["told_already"][language] in answer.message["text"]
    assert answer.message["buttons"][0]["payload"] == "person:"


def test_the_same_words_again_get_the_plain_answer_again(bot: Bot, library: Library) -> None:
    last = {"outcome": "answered", "entry": "mm-how-much", "language": "en"}
    answer = bot.ask("action_answer", HOW_MUCH_IN["en"], earlier=bot.said_before(HOW_MUCH_IN["en"], custom=last))
    assert answer.message["text"] == library.entries["mm-how-much"].answer["en"]


def test_the_answer_just_given_in_another_language_is_given_plainly(bot: Bot, library: Library) -> None:
    last = {"outcome": "answered", "entry": "mm-how-much", "language": "hi"}
    answer = bot.ask("action_answer", HOW_MUCH_IN["en"], earlier=bot.said_before("kitni sabsidi", custom=last))
    assert answer.message["text"] == library.entries["mm-how-much"].answer["en"]


def test_what_leans_on_choices_is_about_what_was_offered_and_not_what_was_answered_before(bot: Bot) -> None:
    button = {"title": "Toolkit", "payload": "entry:toolkit-what"}
    offered = bot.said_before("kuch training ka batao", [button], {"outcome": "choices_offered"})
    slots = {"entry": "mm-what"}
    assert bot.ask("action_answer", "aur apply kaise", slots=slots, earlier=offered).custom["entry"] == "toolkit-apply"
    answered = bot.said_before("kuch training ka batao", [button], {"outcome": "answered"})
    assert (
        bot.ask("action_answer", "aur apply kaise", slots=slots, earlier=answered).custom["entry"] == "mm-how-to-apply"
    )
