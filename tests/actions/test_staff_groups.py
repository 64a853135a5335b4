"""Unanswered messages grouped by meaning, as the gateway asks for it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

TOKEN = "a token of the tests"
TEXTS = [
    "mela me stall lagane ka paisa milta hai kya",
    "bank wale loan nahi de rahe",
    "bank ne loan dene se mana kar diya",
    "बैंक वाले लोन नहीं दे रहे हैं",
    "fair mein stall ke liye madad milti hai kya",
    "kal mausam kaisa rahega",
]


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    yield {"Authorization": f"Bearer {TOKEN}"}


def asked(texts: list[str]) -> dict[str, object]:
    return {"texts": [{"id": place, "text": text} for place, text in enumerate(texts, 10)]}


def test_what_means_the_same_is_one_group_in_whatever_script(client: TestClient, token: dict[str, str]) -> None:
    groups = client.post("/staff/groups", json=asked(TEXTS), headers=token).json()["groups"]
    assert sorted(groups[0]["ids"]) == [11, 12, 13]
    assert [14, 10] in [sorted(each["ids"], reverse=True) for each in groups]
    assert [15] in [each["ids"] for each in groups]
    assert sorted(id for each in groups for id in each["ids"]) == list(range(10, 16))


def test_a_group_is_called_by_the_text_in_its_middle_and_names_the_entries_near_it(
    client: TestClient, token: dict[str, str]
) -> None:
    first = client.post("/staff/groups", json=asked(TEXTS), headers=token).json()["groups"][0]
    assert first["title"] == TEXTS[first["ids"][0] - 10]
    assert first["near"][0]["entry_id"] == "loan-rejected"
    assert set(first["near"][0]["title"]) == {"hi", "en"}
    assert len(first["near"]) == 3


def test_one_text_or_none_is_no_error(client: TestClient, token: dict[str, str]) -> None:
    assert client.post("/staff/groups", json={"texts": []}, headers=token).json() == {"groups": []}
    assert len(client.post("/staff/groups", json=asked(["loan"]), headers=token).json()["groups"]) == 1


def test_without_the_token_nothing_is_grouped(client: TestClient) -> None:
    assert client.post("/staff/groups", json=asked(TEXTS)).status_code == 401


def test_too_many_texts_are_refused(client: TestClient, token: dict[str, str]) -> None:
    assert client.post("/staff/groups", json=asked(["loan"] * 2001), headers=token).status_code == 422
