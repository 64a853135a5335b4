"""Names in a message: every district however it is spelt, and none where there is none."""

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from any_text import any_text
from hypothesis import given

from knowledge import districts as district_data
from knowledge.text.gazetteer import Gazetteer
from knowledge.text.mention import AMBIGUOUS, DISTRICT, OUTSIDE, PRODUCT, SCHEME
from knowledge.text.normalise import fold

NAMES = yaml.safe_load(Path(__file__).with_name("gazetteer_names.yml").read_text(encoding="utf-8"))
DISTRICTS = district_data.load().by_id
_LOADED = Gazetteer.load()
FRAMES = (
    "{}", "{}?", "in {}", "What is made in {}?", "{} ka", "{} me kya banta hai", "{} wale", "aur {} ka?",
    "{} का", "{} में क्या बनता है", "{} के लिए", "और {} का?", "क्या {} में है",
)  # fmt: skip


def found(text: str, kind: str = DISTRICT) -> list[str]:
    return [m.value for m in _LOADED.find(text) if m.kind == kind]


def own_names(district: str) -> set[str]:
    """Its names and aliases but for those it shares with another district."""
    return {n for n in (*DISTRICTS[district].name.values(), *DISTRICTS[district].aliases) if fold(n) not in SHARED}


SHARED = {*AMBIGUOUS, "कानपुर", "अकबरपुर"}


@pytest.mark.parametrize("district", DISTRICTS)
def test_every_name_and_alias_is_found_with_postpositions_of_both_scripts(district: str) -> None:
    texts = [frame.format(name) for name in own_names(district) for frame in FRAMES]
    assert {text: found(text) for text in texts if found(text) != [district]} == {}


@pytest.mark.parametrize("district", DISTRICTS)
def test_capital_letters_and_marks_around_a_name_do_not_matter(district: str) -> None:
    name = DISTRICTS[district].name["en"]
    for text in (name.upper(), name.lower(), f'"{name}"', f"({name})", f"{name}!!", f"{name}\u200d", f"{name},"):
        assert found(text) == [district], text


@pytest.mark.parametrize(("name", "district"), NAMES["old_names"].items())
def test_old_and_other_names_lead_to_the_district(name: str, district: str) -> None:
    assert found(f"{name} ka product kya hai") == [district]


@pytest.mark.parametrize(("name", "district"), NAMES["misspellings"].items())
def test_misspelt_names_lead_to_the_district(name: str, district: str) -> None:
    assert found(f"{name} ka product batao") == [district]


@pytest.mark.parametrize("text", NAMES["no_place"])
def test_ordinary_sentences_have_no_place_in_them(text: str) -> None:
    assert found(text) + found(text, OUTSIDE) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kanpur", "kanpur"),
        ("कानपुर का", "kanpur"),
        ("kanpur me", "kanpur"),
        ("Akbarpur", "akbarpur"),
        ("अकबरपुर", "akbarpur"),
    ],
)
def test_a_name_two_districts_share_is_left_open(text: str, name: str) -> None:
    assert found(text) == [name]
    assert set(AMBIGUOUS[name]) <= set(DISTRICTS)


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("Kanpur Nagar", "kanpur-nagar"),
        ("kanpur nagar ka", "kanpur-nagar"),
        ("कानपुर नगर", "kanpur-nagar"),
        ("Kanpur Dehat", "kanpur-dehat"),
        ("कानपुर देहात में", "kanpur-dehat"),
    ],
)
def test_the_full_name_of_a_shared_one_is_sure(text: str, district: str) -> None:
    assert found(text) == [district]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bareilly", "Raebareli"), ("Ghazipur", "Ghaziabad"), ("Hapur", "Hamirpur"), ("Mau", "Mahoba"), ("Etah", "Etawah"),
     ("Banda", "Badaun"), ("Rampur", "Balrampur"), ("Fatehpur", "Firozabad"), ("Mathura", "Mainpuri")],
)  # fmt: skip
def test_districts_that_sound_alike_are_not_mixed_up(one: str, other: str) -> None:
    assert found(f"{one} aur {other}") == [one.lower(), other.lower()]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Delhi ka product", "delhi"),
        ("दिल्ली में", "delhi"),
        ("in Jaipur", "jaipur"),
        ("patna me", "patna"),
        ("पटना का", "patna"),
        ("Mumbai", "mumbai"),
        ("bombay ka", "mumbai"),
        ("Rajasthan", "rajasthan"),
        ("राजस्थान का", "rajasthan"),
        ("Haridwar", "haridwar"),
        ("मध्य प्रदेश", "madhya-pradesh"),
    ],
)
def test_a_place_outside_the_state_is_no_district(text: str, place: str) -> None:
    assert found(text, OUTSIDE) == [place]
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("margin money kitna hai", "margin_money"),
        ("मार्जिन मनी", "margin_money"),
        ("edp training kya hoti hai", "margin_money"),
        ("toolkit kab milega", "skill_toolkit"),
        ("टूल किट", "skill_toolkit"),
        ("training kab hai", "skill_toolkit"),
        ("mda scheme", "mda"),
        ("मेला कब लगेगा", "mda"),
        ("CFC kya hai", "cfc"),
        ("साझा सुविधा केंद्र", "cfc"),
    ],
)
def test_schemes_are_found_by_what_people_call_them(text: str, scheme: str) -> None:
    assert found(text, SCHEME)[:1] == [scheme]


@pytest.mark.parametrize("text", ["Fair enough. Then what about Mahoba?", "that is not fair", "is it a fair price"])
def test_what_is_only_fair_is_no_fair(text: str) -> None:
    assert found(text, SCHEME) == []


@pytest.mark.parametrize("district", DISTRICTS)
def test_every_product_is_found_by_each_of_its_names(district: str) -> None:
    products = DISTRICTS[district].all_products
    names = [n for p in products for n in (*p.names.values(), *p.synonyms)]
    known = {DISTRICT, PRODUCT, "category", SCHEME}
    lost = [n for n in names if not {m.kind for m in _LOADED.find(n)} & known]
    assert lost == []


def test_offsets_point_at_the_words_in_the_text_as_it_was_typed() -> None:
    text = "भाई, क्\u200dया AGRA  और (मुरादाबाद) में margin money मिलता?"
    assert [text[m.start : m.end] for m in _LOADED.find(text)] == ["AGRA", "मुरादाबाद", "margin money"]


def test_mentions_come_in_the_order_of_the_text_and_do_not_overlap() -> None:
    mentions = _LOADED.find("Varanasi silk, delhi mela, bhadohi carpet aur mirjapur")
    places = [(m.start, m.end) for m in mentions]
    assert places == sorted(places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


def test_a_known_spelling_scores_one_and_a_guess_less() -> None:
    assert [m.score for m in _LOADED.find("Moradabad")] == [1.0]
    assert [m.score < 1 for m in _LOADED.find("muradabaad")] == [True]


@given(any_text)
def test_any_text_can_be_searched_and_every_offset_is_inside_it(text: str) -> None:
    for mention in _LOADED.find(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert 0 < mention.score <= 1
