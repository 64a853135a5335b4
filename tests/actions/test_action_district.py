"""`action_district` and the form that asks for the user's own district."""

from typing import Any

import pytest
from rasa_calls import LANGUAGES, PAYLOAD, Bot, Event

from knowledge import districts as district_data
from knowledge.programme import current

DISTRICTS = district_data.load()
PRODUCT_OF = {"hi": "{} का उत्पाद क्या है", "hi-Latn": "{} ka product kya hai", "en": "What is the product of {}?"}
ASK = "ask_district"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("district", DISTRICTS.by_id)
def test_every_districts_products_are_told_with_source_and_date(bot: Bot, district: str, language: str) -> None:
    about = DISTRICTS.by_id[district]
    answer = bot.ask("action_district", PRODUCT_OF[language].format(about.name[language]), ASK)
    said = answer.message
    assert said["response"] == "utter_district_products"
    assert said["district"] == about.name[language]
    assert all(p.names[language] in said["products"] for p in about.all_products)
    assert answer.custom["language"] == language
    assert answer.custom["outcome"] == "answered"
    dates = [s["as_of"] for s in answer.custom["sources"]]
    assert dates[0] == DISTRICTS.as_of
    assert len(dates) == 1 + len({p.source for p in about.later})


@pytest.mark.parametrize("language", LANGUAGES)
def test_below_one_districts_product_stands_what_people_want_next(bot: Bot, language: str) -> None:
    one = bot.ask("action_district", PRODUCT_OF[language].format("Banda"), ASK)
    assert [b["payload"] for b in one.message["buttons"]] == [f"entry:{name}" for name in current().after_district]
    assert current().after_district
    several = bot.ask("action_district", PRODUCT_OF[language].format("Agra, Banda"), ASK)
    assert several.message["buttons"] == []


@pytest.mark.parametrize(("language", "day"), [("hi", "11 मई 2025"), ("hi-Latn", "11 May 2025"), ("en", "11 May 2025")])
def test_a_product_added_later_is_told_with_its_day(bot: Bot, language: str, day: str) -> None:
    said = bot.ask("action_district", PRODUCT_OF[language].format(DISTRICTS.by_id["agra"].name[language]), ASK).message
    assert day in said["products"]


QUESTIONS = {
    "utter_districts_products": ("आगरा और बांदा का उत्पाद", "Agra aur Banda ka product", "products of Agra and Banda"),
    "utter_product_makers": ("कालीन किस जिले में बनता है", "kaleen kis jile me banta hai", "which district makes carpet"),
    "utter_product_maker": ("चिकनकारी कहाँ बनती है", "chikankari kaha banti hai", "where is chikankari made"),
    "utter_family_makers": ("लकड़ी वाले जिले बताओ", "lakdi wale jile batao", "Which districts make leather products"),
    "utter_outside_up": ("दिल्ली का उत्पाद क्या है", "Delhi ka product kya hai", "what is the product of Delhi"),
    "utter_district_count": ("कितने जिले हैं", "kitne jile hai", "how many districts are there"),
    "utter_district_list": ("सभी जिलों की सूची", "sabhi jilo ki list do", "list of all districts"),
    "utter_division": ("आगरा मंडल के जिले", "agra mandal ke jile", "which districts are in Agra division"),
    "utter_district_has_product": (
        "क्या लखनऊ में चिकनकारी है",
        "kya Lucknow me chikankari hai",
        "is chikankari in Lucknow",
    ),
    "utter_district_lacks_product": ("क्या मेरठ में कालीन है", "kya Meerut me kaleen hai", "is carpet made in Meerut"),
    "utter_which_district": ("कानपुर का उत्पाद", "Kanpur ka product kya hai", "what is the product of Kanpur"),
}
TOLD_WITH_SOURCES = set(QUESTIONS) - {"utter_outside_up", "utter_which_district"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", QUESTIONS)
def test_each_kind_of_question_gets_its_kind_of_answer(bot: Bot, key: str, language: str) -> None:
    answer = bot.ask("action_district", QUESTIONS[key][LANGUAGES.index(language)], ASK)
    assert answer.message["response"] == key
    if key in TOLD_WITH_SOURCES:
        assert answer.custom["language"] == language
        assert answer.custom["sources"][0]["as_of"] == DISTRICTS.as_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_makers_of_a_product_are_named_and_counted(bot: Bot, language: str) -> None:
    said = bot.ask("action_district", QUESTIONS["utter_product_makers"][LANGUAGES.index(language)], ASK).message
    makers = DISTRICTS.makers_of({"hi": "कालीन", "hi-Latn": "kaleen", "en": "carpet"}[language])
    assert said["count"] == str(len(makers))
    assert all(DISTRICTS.by_id[d].name[language] in said["districts"] for d in makers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_list_names_all_seventy_five_by_division(bot: Bot, language: str) -> None:
    lines = bot.ask("action_district", QUESTIONS["utter_district_list"][LANGUAGES.index(language)], ASK).message[
        "lines"
    ]
    assert len(lines.splitlines()) == 18
    assert all(d.name[language] in lines for d in DISTRICTS.by_id.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_count_is_that_of_the_data(bot: Bot, language: str) -> None:
    said = bot.ask("action_district", QUESTIONS["utter_district_count"][LANGUAGES.index(language)], ASK).message
    assert (said["count"], said["divisions"]) == ("75", "18")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shared_name_is_asked_about_with_a_button_for_each(bot: Bot, language: str) -> None:
    said = bot.ask("action_district", QUESTIONS["utter_which_district"][LANGUAGES.index(language)], ASK).message
    assert [b["payload"] for b in said["buttons"]] == ["district:kanpur-nagar", "district:kanpur-dehat"]
    titles = [DISTRICTS.by_id[d].name[language] for d in ("kanpur-nagar", "kanpur-dehat")]
    assert [b["title"] for b in said["buttons"]] == titles
    assert said["name"] == ("कानपुर" if language == "hi" else "Kanpur")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_oddly_spelt_name_is_asked_about_in_the_readers_script(bot: Bot, language: str) -> None:
    spelt = "रायाबरेलि" if language == "hi" else "rayabareli"
    text = PRODUCT_OF[language].format(spelt)
    message, start = bot.understood(text, ASK), text.index(spelt)
    guess = {"entity": "district", "value": "raebareli", "start": start, "end": start + len(spelt)}
    message["entities"] = [{**guess, "confidence_entity": 0.8}]
    said = bot.run("action_district", message).message
    assert said["response"] == "utter_which_district"
    assert [b["payload"] for b in said["buttons"]] == ["district:raebareli", "district:bareilly"]
    assert said["name"] == DISTRICTS.by_id["raebareli"].name[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tapped_district_is_answered_in_the_language_of_the_conversation(bot: Bot, language: str) -> None:
    earlier = bot.said_before(PRODUCT_OF[language].format(DISTRICTS.by_id["agra"].name[language]))
    said = bot.tap("action_district", "district:kanpur-dehat", earlier=earlier).message
    assert said["response"] == "utter_district_products"
    assert said["district"] == DISTRICTS.by_id["kanpur-dehat"].name[language]


@pytest.mark.parametrize("text", ["mere jile ka product kya hai", "मेरे जिले का उत्पाद", "what is my district's product"])
def test_the_users_own_district_is_asked_for_by_the_form(bot: Bot, text: str) -> None:
    answer = bot.ask("action_district", text, ASK)
    assert answer.messages == []
    assert answer.followup == "district_form"


def test_the_form_done_its_district_is_told_and_forgotten(bot: Bot) -> None:
    answer = bot.ask("action_district", "Jhansi", "ask_district", slots={"district": "jhansi"},
                     earlier=bot.said_before("mere jile ka product kya hai"))  # fmt: skip
    assert answer.message["district"] == "Jhansi"
    assert answer.slot("district") is None


def test_what_is_no_district_question_after_all_is_searched_for(bot: Bot) -> None:
    answer = bot.ask("action_district", "Agra me margin money ki subsidy kitni hai", ASK)
    assert answer.custom.get("entry") or answer.message["response"] in {"utter_choices", "utter_not_understood"}
    assert "district_products" not in str(answer.message["response"])


def test_a_place_outside_gets_its_name_in_the_readers_script_and_no_product(bot: Bot) -> None:
    said = bot.ask("action_district", "दिल्ली का उत्पाद क्या है", ASK).message
    assert said["place"] == "दिल्ली"
    assert "products" not in said


def test_no_button_of_a_district_is_longer_than_channels_allow() -> None:
    for district in DISTRICTS.by_id.values():
        assert PAYLOAD.fullmatch(f"district:{district.id}")
        assert all(len(name) <= 24 for name in district.name.values())


def form(bot: Bot, text: str, value: Any, **slots: Any) -> Any:
    """The form's validation of what was taken for a district."""
    return bot.ask(
        "validate_district_form", text, ASK, slots={"district": value, "requested_slot": "district", **slots},
        active_loop={"name": "district_form", "is_interrupted": False, "rejected": False,
                     "trigger_message": {"text": "mere jile ka product kya hai"}},
        after=[{"event": "slot", "name": "district", "value": value, "timestamp": 2.1}],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [("Jhansi", "jhansi"), ("झांसी में", "jhansi"), ("kanpur dehat", "kanpur-dehat"), ("Kanpur", "kanpur")],
)
def test_the_form_takes_a_district_or_a_name_two_share(bot: Bot, text: str, value: str) -> None:
    answer = form(bot, text, value)
    assert answer.slot("district") == value
    assert answer.messages == []


@pytest.mark.parametrize(
    ("text", "language"),
    [("कानपुर", "hi"), ("hum kanpur me rehte hai", "hi-Latn"), ("I live in Kanpur", "en"),
     ("main kanpur ke paas ek chhote se gaon me rehta hu", "hi-Latn"), ("we have a small workshop in Kanpur", "en")],
)  # fmt: skip
def test_the_form_done_with_a_shared_name_the_district_is_asked_about(bot: Bot, text: str, language: str) -> None:
    answer = bot.ask("action_district", text, "ask_knowledge", slots={"district": "kanpur"})
    assert answer.message["response"] == "utter_which_district"
    assert [b["title"] for b in answer.message["buttons"]] == [
        DISTRICTS.by_id[d].name[language] for d in ("kanpur-nagar", "kanpur-dehat")
    ]
    assert answer.slot("district") is None


@pytest.mark.parametrize("value", ["delhi", "", "no-such-district", "Agra; DROP"])
def test_the_form_does_not_take_what_is_no_district(bot: Bot, value: str) -> None:
    assert form(bot, "kuch aur", value).slot("district") is None


def test_of_two_districts_the_form_takes_the_first(bot: Bot) -> None:
    assert form(bot, "Agra ya Mathura", ["agra", "mathura"]).slot("district") == "agra"


def before(bot: Bot, *texts: str) -> list[Event]:
    return [event for text in texts for event in bot.said_before(text)]


THERE = {"hi": "वहाँ क्या बनता है", "hi-Latn": "wahan kya banta hai", "en": "what is made there"}
EITHER = pytest.mark.parametrize("action", ["action_answer", "action_district"])


@EITHER
@pytest.mark.parametrize("language", LANGUAGES)
def test_there_means_the_district_named_last(bot: Bot, language: str, action: str) -> None:
    earlier = before(bot, "Banda ka product kya hai", "Agra me office kahan hai", "dhanyavad")
    said = bot.ask(action, THERE[language], ASK, earlier=earlier).message
    assert said["response"] == "utter_district_products"
    assert said["district"] == DISTRICTS.by_id["agra"].name[language]


def test_there_means_a_district_that_was_tapped(bot: Bot) -> None:
    tap = {"event": "user", "text": "district:agra", "parse_data": bot.tapped("district:agra")}
    assert bot.ask("action_answer", THERE["en"], earlier=[tap]).message["district"] == "Agra"


@EITHER
def test_there_means_the_district_named_earlier_in_the_same_message(bot: Bot, action: str) -> None:
    text = "moradabad me udyog vibhag ka daftar kidhar hai aur wahan kya banta hai"
    said = bot.ask(action, text, ASK, earlier=before(bot, "Banda ka product")).messages
    assert said[-1].get("district") == "Moradabad"


@EITHER
@pytest.mark.parametrize(
    "earlier",
    [[], ["toolkit kya hai"], ["Agra aur Banda ka product"], ["Agra ka product", "Delhi ka product kya hai"]],
)
def test_there_without_one_district_to_mean_is_not_answered_with_a_district(
    bot: Bot, earlier: list[str], action: str
) -> None:
    said = bot.ask(action, THERE["hi-Latn"], ASK, earlier=before(bot, *earlier)).message
    assert said["response"] not in TOLD_WITH_SOURCES


@EITHER
def test_a_district_named_outranks_the_one_named_before(bot: Bot, action: str) -> None:
    said = bot.ask(action, "wahan Jhansi me kya banta hai", ASK, earlier=before(bot, "Agra ka product")).message
    assert said["district"] == "Jhansi"


@EITHER
def test_there_with_a_product_is_asked_of_the_district_named_before(bot: Bot, action: str) -> None:
    earlier = before(bot, "Agra ka product kya hai")
    said = bot.ask(action, "wahan pital ka saman banta hai kya", ASK, earlier=earlier).message
    assert (said["response"], said["district"]) == ("utter_district_lacks_product", "Agra")


@EITHER
@pytest.mark.parametrize("text", ["how many districts are there in total", "yahan kitne zile hain", "यहां कितने जिले हैं"])
def test_the_count_of_districts_is_asked_of_no_district(bot: Bot, text: str, action: str) -> None:
    said = bot.ask(action, text, ASK, earlier=before(bot, "Agra ka product kya hai")).message
    assert said["response"] == "utter_district_count"


@EITHER
def test_two_questions_about_districts_are_both_answered_in_order(bot: Bot, action: str) -> None:
    said = bot.ask(action, "Agra ka product kya hai aur chikankari kahan banti hai", ASK).messages
    assert [m["response"] for m in said] == ["utter_district_products", "utter_product_maker"]
    assert (said[0]["district"], said[1]["districts"]) == ("Agra", "Lucknow")


@EITHER
@pytest.mark.parametrize(
    ("text", "districts"),
    [
        ("bijnor aur amroha ki cheez kya kya hai is yojana mein", ["bijnor", "amroha"]),
        ("mirzapur me kaun sa maal sabse jyada mashoor hai batana jara", ["mirzapur"]),
        ("लखनऊ में आखिर कौन सा सामान योजना में लिया गया", ["lucknow"]),
    ],
)
def test_a_loose_question_about_places_is_answered_with_those(
    bot: Bot, text: str, districts: list[str], action: str
) -> None:
    answer = bot.ask(action, text, ASK)
    assert answer.message["response"] in {"utter_district_products", "utter_districts_products"}
    named = [DISTRICTS.by_id[d].name[answer.custom["language"]] for d in districts]
    assert all(name in answer.message["district"] for name in named)
    assert len(answer.message["lines"].splitlines()) == len(districts)


@EITHER
@pytest.mark.parametrize(
    ("text", "term"),
    [("which zila makes pital ka saman", "pital"), ("kaleen kaun se zile wale log banate hai bhala", "kaleen")],
)
def test_a_loose_question_for_a_products_place_is_answered_with_its_makers(
    bot: Bot, text: str, term: str, action: str
) -> None:
    answer = bot.ask(action, text, ASK)
    makers = DISTRICTS.makers_of(term)
    assert answer.message["response"] == "utter_product_makers"
    assert makers
    assert answer.message["count"] == str(len(makers))
    assert all(DISTRICTS.by_id[d].name[answer.custom["language"]] in answer.message["districts"] for d in makers)


@EITHER
@pytest.mark.parametrize(
    "text", ["moradabad me udyog vibhag ka daftar kidhar hai", "moradabad me office ka number kya hai"]
)
def test_a_question_for_the_office_of_a_place_is_not_about_its_goods(bot: Bot, text: str, action: str) -> None:
    answer = bot.ask(action, text, ASK)
    assert answer.message["response"] not in TOLD_WITH_SOURCES
