"""An officer's form, and the routes as the gateway calls them."""

from typing import Any

from fastapi.testclient import TestClient

from actions.content.desk import of_file

TOKEN = "a-token-of-the-tests-only"
ENTRY = "helpline-number"
NEW_ANSWER = "Call us on the helpline; we answer every day."


def form(**changes: Any) -> dict[str, Any]:
    """The entry as its file has it, with changes such as `answer={"en": "..."}`."""
    data = dict(of_file(ENTRY) or {})
    for field, value in changes.items():
        data[field] = {**data.get(field, {}), **value} if isinstance(value, dict) else value
    return data


class Console:
    """Asks as the gateway does."""

    def __init__(self, client: TestClient) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {TOKEN}"}

    def get(self, path: str, **query: Any) -> Any:
        return self._client.get(f"/staff/content/{path}", params=query, headers=self._headers)

    def post(self, path: str, **body: Any) -> Any:
        return self._client.post(f"/staff/content/{path}", json=body, headers=self._headers)

    def save(self, entry: dict[str, Any], staff: str = "asha", based_on: int = 0) -> Any:
        return self.post("save", entry=entry, staff=staff, based_on=based_on)

    def move(self, what: str, number: int, staff: str, **more: Any) -> Any:
        return self.post(f"entries/{ENTRY}/{what}", number=number, staff=staff, **more)

    def publish(self, entry: dict[str, Any], based_on: int = 0) -> int:
        """All the way, by two people."""
        number: int = self.save(entry, "asha", based_on).json()["number"]
        assert self.move("propose", number, "asha").status_code == 200
        assert self.move("publish", number, "imran").status_code == 200
        return number
