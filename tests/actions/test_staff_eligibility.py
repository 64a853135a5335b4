"""The eligibility check as a form for staff: fields, verdicts over what is filled in, their working."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

TOKEN = "t" * 32
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
WHOLE = {
    "age": 30, "district": "agra", "product": "petha", "category": "obc", "bank_defaulter": False,
    "other_subsidy": False, "family_margin_money": False, "project_cost": 1_000_000,
}  # fmt: skip
Judge = Callable[..., httpx.Response]


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)


@pytest.fixture
def judge(client: TestClient) -> Judge:
    def call(facts: dict[str, Any], scheme: str = "margin_money", refused: tuple[str, ...] = ()) -> httpx.Response:
        body = {"scheme": scheme, "facts": facts, "refused": refused}
        return client.post("/staff/eligibility", json=body, headers=HEADERS)

    return call


def form_of(client: TestClient, scheme: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/staff/schemes/{scheme}/form", headers=HEADERS).json()
    return found


def test_the_programmes_own_schemes_stand_first(client: TestClient) -> None:
    found = [one["programme"] for one in client.get("/staff/schemes", headers=HEADERS).json()["schemes"]]
    assert found == sorted(found, key=lambda programme: programme != "own")
    assert found.count("own") == 4


def test_every_schemes_form_has_questions_and_reasons_in_three_languages(client: TestClient) -> None:
    for scheme in client.get("/staff/schemes", headers=HEADERS).json()["schemes"]:
        fields = form_of(client, scheme["id"])["fields"]
        assert fields
        for field in fields:
            assert set(field["question"]) == set(field["why"]) == {"hi", "hi-Latn", "en"}
            assert field["kind"] in ("yes_no", "choice", "number", "rupees", "day", "text")
            assert bool(field["choices"]) == (field["kind"] == "choice")


def test_the_district_is_asked_before_whether_the_product_is_its_own(client: TestClient) -> None:
    names = [field["name"] for field in form_of(client, "margin_money")["fields"]]
    place = names.index("district")
    assert names[place : place + 3] == ["district", "product", "district_product"]


def test_numbers_have_the_limits_of_the_engine(client: TestClient) -> None:
    fields = {field["name"]: field for field in form_of(client, "margin_money")["fields"]}
    assert fields["project_cost"]["low"] == 1
    assert fields["age"]["high"] == 110


def test_with_nothing_filled_in_more_is_needed_and_the_next_question_is_named(judge: Judge) -> None:
    found = judge({}).json()
    assert found["state"] == "need_more"
    assert found["ask_next"]["question"]["hi"].endswith("?")


def test_every_form_gives_a_verdict_over_nothing(client: TestClient, judge: Judge) -> None:
    for scheme in client.get("/staff/schemes", headers=HEADERS).json()["schemes"]:
        reply = judge({}, scheme["id"])
        assert reply.status_code == 200
        asked, names = reply.json()["ask_next"], [field["name"] for field in form_of(client, scheme["id"])["fields"]]
        assert asked["name"] in names if reply.json()["state"] == "need_more" else asked is None


def test_a_whole_form_gives_the_verdict_with_each_condition_and_the_working(judge: Judge) -> None:
    found = judge(WHOLE).json()
    assert (found["state"], found["ask_next"]) == ("eligible", None)
    assert {reason["state"] for reason in found["reasons"]} == {"met"}
    amounts = {line["id"]: line["amount"] for line in found["benefit"]["lines"]}
    assert amounts == {"subsidy": 250_000, "own_share": 50_000, "loan": 700_000}
    assert "25% of ₹10,00,000 = ₹2,50,000" in found["benefit"]["lines"][0]["text"]["en"]
    assert found["sources"] and found["documents"] and found["conflicts"]


def test_a_verdict_never_promises(judge: Judge) -> None:
    assert "have the final say" in judge(WHOLE).json()["outcome"]["en"]


def test_an_unmet_condition_says_so_and_what_would_change_it(judge: Judge) -> None:
    found = judge({**WHOLE, "age": 16}).json()
    assert found["state"] == "not_eligible"
    unmet = [reason["id"] for reason in found["reasons"] if reason["state"] == "not_met"]
    assert unmet == ["age-18"]


def test_what_can_be_sent_and_read_aloud_is_the_bots_own_wording(judge: Judge) -> None:
    said = judge(WHOLE).json()["said"]
    assert said["text"]["en"].startswith("ODOP margin money loan: From what you said you seem eligible")
    assert "Help in all: ₹2,50,000" in said["short"]["en"]
    assert "2 lakh 50 thousand rupees" in said["speech"]["en"]
    assert "2 लाख 50 हज़ार रुपये" in said["speech"]["hi"]


def test_the_districts_products_are_named_where_the_product_is_not_on_its_list(judge: Judge) -> None:
    found = judge({"age": 30, "district": "agra", "product": "sarees"}).json()
    assert found["ask_next"]["name"] == "district_product"
    assert "Agra's ODOP products" in found["ask_next"]["question"]["en"]


def test_what_the_caller_cannot_tell_is_not_asked_again(judge: Judge) -> None:
    first = judge({}).json()["ask_next"]["name"]
    assert judge({}, refused=(first,)).json()["ask_next"]["name"] != first


@pytest.mark.parametrize(
    ("scheme", "facts", "named"),
    [
        ("margin_money", {"age": 999}, "age"),
        ("margin_money", {"age": "30"}, "age"),
        ("margin_money", {"age": True}, "age"),
        ("margin_money", {"district": "atlantis"}, "district"),
        ("margin_money", {"toolkit_date": "2024-01-01"}, "toolkit_date"),  # none of this scheme's
        ("skill_toolkit", {"toolkit_date": "soon"}, "toolkit_date"),
        ("skill_toolkit", {"toolkit_received": False, "toolkit_date": "2024-01-01"}, "toolkit_date"),
    ],
)
def test_a_fact_that_cannot_be_is_named(judge: Judge, scheme: str, facts: dict[str, Any], named: str) -> None:
    reply = judge(facts, scheme)
    assert reply.status_code == 422
    assert reply.json() == {"error": "fact", "fact": named}


def test_an_unknown_scheme_is_not_found(client: TestClient, judge: Judge) -> None:
    assert judge({}, "lottery").status_code == 404
    assert client.get("/staff/schemes/lottery/form", headers=HEADERS).status_code == 404
