"""Questions about districts and products."""

import re
from collections.abc import Sequence

import pytest
from conversation import LANGUAGES, Answer, Ask, Conversation

from knowledge import districts

DATA = districts.load()
EVERY_PRODUCT = {p.names[language] for d in DATA.by_id.values() for p in d.all_products for language in LANGUAGES}


def names(ids: Sequence[str], language: str) -> list[str]:
    return [DATA.by_id[d].name[language] for d in ids]


def is_about(answer: Answer, ids: Sequence[str], language: str) -> bool:
    """Answered, in the language, with the districts' names and their first products."""
    products = [DATA.by_id[d].products[0].names[language] for d in ids]
    told = all(words in answer.text for words in (*names(ids, language), *products))
    return told and (answer.outcome, answer.language) == ("answered", language) and bool(answer.dates)


FORWARD = [
    ("बांदा का उत्पाद क्या है", "hi", ["banda"]),
    ("Banda ka product kya hai", "hi-Latn", ["banda"]),
    ("What is the product of Banda?", "en", ["banda"]),
    ("आगरा और मेरठ और बांदा के उत्पाद", "hi", ["agra", "meerut", "banda"]),
    ("Agra aur Meerut ka product batao", "hi-Latn", ["agra", "meerut"]),
    ("products of Agra, Meerut and Banda", "en", ["agra", "meerut", "banda"]),
]
OLD_NAMES = [
    ("इलाहाबाद का उत्पाद", "hi", ["prayagraj"]),
    ("Allahabad ka product", "hi-Latn", ["prayagraj"]),
    ("product of Allahabad", "en", ["prayagraj"]),
    ("फैजाबाद का उत्पाद", "hi", ["ayodhya"]),
    ("faizabad me kya banta hai", "hi-Latn", ["ayodhya"]),
    ("What does Faizabad make?", "en", ["ayodhya"]),
    ("नोएडा का उत्पाद क्या है", "hi", ["gautam-buddh-nagar"]),
    ("noida ka product", "hi-Latn", ["gautam-buddh-nagar"]),
    ("What is Noida's product?", "en", ["gautam-buddh-nagar"]),
]
MISSPELT = [
    ("मुरादाबद का उत्पाद", "hi", ["moradabad"]),
    ("muradabad ka product", "hi-Latn", ["moradabad"]),
    ("What is the product of Moradabd?", "en", ["moradabad"]),
    ("लखनउ का उत्पाद", "hi", ["lucknow"]),
    ("saharnpur ka product kya h", "hi-Latn", ["saharanpur"]),
    ("What is the product of Firozabd?", "en", ["firozabad"]),
]
POSTPOSITIONS = [
    ("आगरा में क्या बनता है", "hi", ["agra"]),
    ("आगरा जिले का ओडीओपी", "hi", ["agra"]),
    ("agra me kya banta hai", "hi-Latn", ["agra"]),
    ("agra zile ka odop", "hi-Latn", ["agra"]),
    ("in Agra what is made", "en", ["agra"]),
    ("ODOP product of Agra district", "en", ["agra"]),
]


@pytest.mark.parametrize(("text", "language", "ids"), [*FORWARD, *OLD_NAMES, *MISSPELT, *POSTPOSITIONS])
def test_a_district_is_answered_however_it_is_named(ask: Ask, text: str, language: str, ids: list[str]) -> None:
    answer = ask(text)
    assert is_about(answer, ids, language), answer


FOLLOW_UPS = {
    "hi": ["बांदा का उत्पाद क्या है", "और आगरा का?", "मेरठ का?", "और झांसी?"],
    "hi-Latn": ["Banda ka product kya hai", "aur agra ka?", "meerut ka", "aur jhansi?"],
    "en": ["What is the product of Banda?", "and Agra?", "what about Meerut?", "and Jhansi?"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_may_go_on_with_other_districts(person: Conversation, language: str) -> None:
    for text, district in zip(FOLLOW_UPS[language], ("banda", "agra", "meerut", "jhansi"), strict=True):
        answer = person.say(text)
        assert is_about(answer, [district], language), answer


KANPUR = {
    "hi": ["कानपुर का उत्पाद क्या है", "और कानपुर का?"],
    "hi-Latn": ["kanpur ka product", "aur Kanpur?"],
    "en": ["What is the product of Kanpur?", "and Kanpur?"],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("number", "district"), [("1", "kanpur-nagar"), ("२", "kanpur-dehat")])
def test_of_two_kanpurs_it_asks_which(person: Conversation, language: str, number: str, district: str) -> None:
    for text in KANPUR[language]:
        answer = person.last(FOLLOW_UPS[language][0], text)
        assert (answer.outcome, answer.language) == ("choices_offered", language), answer
        assert answer.payloads == ["district:kanpur-nagar", "district:kanpur-dehat"]
        assert is_about(person.say(number), [district], language)


NOT_IN_UP = {"hi": "उत्तर प्रदेश में नहीं", "hi-Latn": "Uttar Pradesh mein nahi", "en": "not in Uttar Pradesh"}
OUTSIDE = [
    ("पटना का उत्पाद क्या है", "hi", "पटना"),
    ("दिल्ली में क्या बनता है", "hi", "दिल्ली"),
    ("jaipur ka product kya hai", "hi-Latn", "Jaipur"),
    ("What is the product of Mumbai?", "en", "Mumbai"),
    ("what does Kolkata make", "en", "Kolkata"),
]


@pytest.mark.parametrize(("text", "language", "place"), OUTSIDE)
def test_a_place_outside_up_is_said_to_be_outside_and_never_gets_a_product(
    ask: Ask, text: str, language: str, place: str
) -> None:
    answer = ask(text)
    assert answer.language == language
    assert place in answer.text
    assert {"hi": "उत्तर प्रदेश में नहीं", "hi-Latn": "Uttar Pradesh mein nahi", "en": "not in Uttar Pradesh"}[
        language
    ] in answer.text
    assert not [product for product in EVERY_PRODUCT if product in answer.text]


REVERSE = [
    ("ज़री-ज़रदोज़ी किस ज़िले का उत्पाद है", "hi", "ज़री-ज़रदोज़ी"),
    ("zari zardozi kis zile me banta hai", "hi-Latn", "zari-zardozi"),
    ("Which districts make zari zardozi?", "en", "Zari-Zardozi"),
    ("कालीन किन ज़िलों में बनता है", "hi", "कालीन"),
    ("carpet kaun se zile me banta hai", "hi-Latn", "carpet"),
    ("which districts make carpets", "en", "carpet"),
    ("मूंज उत्पाद किन ज़िलों का है", "hi", "मूंज"),
    ("moonj kis zile me banta hai", "hi-Latn", "moonj"),
    ("which districts make terracotta", "en", "terracotta"),
]


@pytest.mark.parametrize(("text", "language", "term"), REVERSE)
def test_all_makers_of_a_product_are_named_in_order_and_no_other(ask: Ask, text: str, language: str, term: str) -> None:
    answer = ask(text)
    makers = DATA.makers_of(term)
    assert makers
    assert (answer.outcome, answer.language) == ("answered", language), answer
    assert named(answer) == names(makers, language)
    assert len(makers) == 1 or str(len(makers)) in answer.text


def named(answer: Answer) -> list[str]:
    """The districts in the text, in its order; none that is only part of another's name."""
    everyone = {name for d in DATA.by_id.values() for name in d.name.values()}
    pattern = "|".join(sorted(map(re.escape, everyone), key=len, reverse=True))
    return re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", answer.text)


FAMILY = {
    "hi": "खाद्य प्रसंस्करण वाले ज़िले",
    "hi-Latn": "food processing wale zile",
    "en": "Which districts have food processing?",
}
COUNT = {"hi": "ओडीओपी में कितने ज़िले हैं", "hi-Latn": "odop me kitne zile hain", "en": "How many districts are in ODOP?"}
LIST = {"hi": "सभी ज़िलों की सूची", "hi-Latn": "sabhi zilon ki list", "en": "list of all districts"}
DIVISION = {
    "hi": "चित्रकूट मंडल के उत्पाद",
    "hi-Latn": "chitrakoot mandal ke zile",
    "en": "Which districts are in Chitrakoot division?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_family_of_products_names_every_district_that_has_one(ask: Ask, language: str) -> None:
    answer = ask(FAMILY[language])
    wanted = names(DATA.in_category("food_processing"), language)
    assert (answer.outcome, answer.language) == ("answered", language), answer
    assert [line[2:].split(":")[0] for line in answer.text.splitlines()[1:]] == wanted
    assert str(len(wanted)) in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_75_districts_in_18_divisions(ask: Ask, language: str) -> None:
    answer = ask(COUNT[language])
    assert (answer.outcome, answer.language) == ("answered", language), answer
    assert "75" in answer.text
    assert "18" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_list_is_by_division_and_a_link(ask: Ask, language: str) -> None:
    answer = ask(LIST[language])
    assert (answer.outcome, answer.language) == ("answered", language), answer
    lines = [line for line in answer.text.splitlines() if line.startswith("•")]
    assert len(lines) == 18
    assert all(name in answer.text for name in names(list(DATA.by_id), language))
    assert "https://odopup.in" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_division_is_its_districts_with_their_products(ask: Ask, language: str) -> None:
    answer = ask(DIVISION[language])
    assert is_about(answer, ["banda", "chitrakoot", "hamirpur", "mahoba"], language), answer


CHECK = [
    ("क्या चिकनकारी लखनऊ का उत्पाद है", "hi", "हाँ", "lucknow"),
    ("kya chikankari lucknow ka product hai", "hi-Latn", "Haan", "lucknow"),
    ("Is chikankari a product of Lucknow?", "en", "Yes", "lucknow"),
    ("Is chikankari made in Lucknow?", "en", "Yes", "lucknow"),
    ("क्या ताला आगरा का उत्पाद है", "hi", "नहीं", "agra"),
    ("kya tala agra ka product hai", "hi-Latn", "Nahi", "agra"),
    ("Are locks a product of Agra?", "en", "No", "agra"),
]


@pytest.mark.parametrize(("text", "language", "word", "district"), CHECK)
def test_whether_a_product_is_a_districts_is_said_with_the_list(
    ask: Ask, text: str, language: str, word: str, district: str
) -> None:
    answer = ask(text)
    assert answer.text.startswith(f"{word},"), answer
    assert is_about(answer, [district], language), answer
