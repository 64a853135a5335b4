"""What staff ask for a caller, over HTTP: answers, districts, and who may ask."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from actions.desk import asked as asking
from knowledge.text.mention import Mention

TOKEN = "t" * 32
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
LANGUAGES = {"hi", "hi-Latn", "en"}
Ask = Callable[[str], dict[str, Any]]


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)


@pytest.fixture
def ask(client: TestClient) -> Ask:
    def call(text: str) -> dict[str, Any]:
        reply = client.post("/staff/ask", json={"text": text}, headers=HEADERS)
        assert reply.status_code == 200, reply.text
        found: dict[str, Any] = reply.json()
        return found

    return call


@pytest.mark.parametrize(
    "text",
    ["Which papers are needed for the loan?", "loan ke liye kaun se kagaz lagte hain", "लोन के लिए कौन से काग़ज़ लगते हैं"],
)
def test_a_question_is_answered_in_every_language_whatever_it_was_asked_in(ask: Ask, text: str) -> None:
    found = ask(text)
    assert found["outcome"] == "answered"
    answer = found["answers"][0]
    assert answer["entry_id"] == "mm-documents"
    assert set(answer["answer"]) == set(answer["short"]) == set(answer["title"]) == LANGUAGES


def test_an_answer_names_its_sources_with_their_dates_and_when_it_was_checked(ask: Ask) -> None:
    answer = ask("loan ke liye kaun se kagaz lagte hain")["answers"][0]
    assert answer["sources"]
    for source in answer["sources"]:
        assert set(source) == {"id", "title", "publisher", "as_of", "url", "kind"}
        assert source["title"]["hi"] and source["title"]["en"]
    assert answer["as_of"] <= answer["last_checked"]


def test_what_goes_with_the_answer_is_offered_and_never_the_answer_itself(ask: Ask) -> None:
    found = ask("loan ke liye kaun se kagaz lagte hain")
    answer = found["answers"][0]
    related = [one["id"] for one in found["related"]]
    assert related[: len(answer["follow_ups"])] == [one["id"] for one in answer["follow_ups"]]
    assert answer["entry_id"] not in related


def test_a_sure_answer_is_called_sure_and_has_its_probability(ask: Ask) -> None:
    confidence = ask("loan ke liye kaun se kagaz lagte hain")["confidence"]
    assert confidence["word"] == "sure"
    assert 0.9 <= confidence["value"] <= 1


def test_two_questions_in_one_are_both_answered(ask: Ask) -> None:
    found = ask("toolkit kab milega aur loan ke liye kagaz kya lagte hain?")
    assert [one["entry_id"] for one in found["answers"]] == ["toolkit-when-given", "mm-documents"]


def test_what_is_not_ours_is_said_to_be_out_of_scope(ask: Ask) -> None:
    found = ask("what is the weather in Mumbai today")
    assert found["outcome"] in ("out_of_scope", "district")
    assert found["answers"] == []


def test_letters_without_sense_are_missed_and_nothing_is_offered_for_them(ask: Ask) -> None:
    found = ask("xqzv qwrt")
    assert (found["outcome"], found["confidence"]["word"]) == ("missed", "none")
    assert found["answers"] == found["related"] == []


def test_a_district_is_answered_with_the_bots_own_sentence_in_every_language(ask: Ask) -> None:
    found = ask("agra ka product kya hai")
    assert found["outcome"] == "district"
    about = found["districts"][0]
    assert set(about["text"]) == set(about["short"]) == LANGUAGES
    assert about["text"]["en"].startswith("ODOP product of Agra: Leather Products")
    assert "चमड़ा" in about["text"]["hi"]
    assert [one["id"] for one in about["districts"]] == ["agra"]


def test_a_district_sentence_has_no_gap_left(ask: Ask) -> None:
    questions = (
        "Agra aur Banda ka product", "is chikankari in Lucknow", "is carpet made in Meerut", "where is chikankari made",
        "which district makes carpet", "lakdi wale jile batao", "Delhi ka product kya hai", "how many districts",
        "list of all districts", "agra mandal ke jile",
    )  # fmt: skip
    for question in questions:
        found = ask(question)
        assert found["outcome"] == "district", question
        for text in (*found["districts"][0]["text"].values(), *found["districts"][0]["short"].values()):
            assert text and "{" not in text and "None" not in text, question


def test_a_name_of_two_districts_is_asked_back(ask: Ask) -> None:
    found = ask("Kanpur ka product")
    assert found["outcome"] == "which_district"
    assert {one["id"] for one in found["districts"][0]["choices"]} == {"kanpur-nagar", "kanpur-dehat"}


def test_a_question_about_ones_own_district_asks_for_it(ask: Ask) -> None:
    assert ask("mere jile ka product kya hai")["outcome"] == "own_district"


def test_the_names_in_a_question_weigh_what_lies_near(monkeypatch: pytest.MonkeyPatch, client: TestClient) -> None:
    """As in the search itself: a named scheme is passed on."""
    near = asking._near("mudra loan kya hai", [Mention("scheme", "mudra", 0, 5, 1.0)])
    assert near and near[0].startswith("linked-mudra")


def test_one_entry_is_shown_as_in_an_answer(client: TestClient, ask: Ask) -> None:
    answer = ask("loan ke liye kaun se kagaz lagte hain")["answers"][0]
    assert client.get("/staff/entries/mm-documents", headers=HEADERS).json() == answer
    assert client.get("/staff/entries/no-such-entry", headers=HEADERS).status_code == 404


def test_all_districts_are_listed_with_products_and_division(client: TestClient) -> None:
    found = client.get("/staff/districts", headers=HEADERS).json()
    assert len(found["districts"]) == 75
    assert all(one["products"] and one["division"]["hi"] for one in found["districts"])
    later = [product for one in found["districts"] for product in one["later"]]
    assert later and all(product["date"] and product["source"]["hi"] for product in later)
    assert found["sources"]


@pytest.mark.parametrize(("letters", "first"), [("agr", "agra"), ("बांद", "banda"), ("kashi", "varanasi")])
def test_districts_are_found_by_the_first_letters_of_any_name(client: TestClient, letters: str, first: str) -> None:
    found = client.get("/staff/districts", params={"q": letters}, headers=HEADERS).json()
    assert found["districts"][0]["id"] == first


def test_districts_are_found_by_what_they_make(client: TestClient) -> None:
    found = client.get("/staff/districts", params={"q": "carpet"}, headers=HEADERS).json()
    assert {"bhadohi", "mirzapur"} <= {one["id"] for one in found["districts"]}


@pytest.mark.parametrize("path", ["/staff/entries/mm-documents", "/staff/districts", "/staff/schemes"])
def test_nobody_reads_without_the_token(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 401
    assert client.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 401


@pytest.mark.parametrize("path", ["/staff/ask", "/staff/eligibility"])
def test_nobody_asks_without_the_token(client: TestClient, path: str) -> None:
    assert client.post(path, json={"text": "loan"}).status_code == 401


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "  "}, {"text": "a" * 1001}, {"text": "a", "x": 1}])
def test_a_bad_question_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    assert client.post("/staff/ask", json=body, headers=HEADERS).status_code == 422


def test_nothing_of_a_question_is_logged(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask("mera number 9876501234 hai loan kab milega")
    ours = [r.getMessage() for r in caplog.records if r.name.startswith(("actions", "knowledge"))]
    assert not any("98765" in line for line in ours)
