"""The stock system is Rasa's own default, and the clients count what is not answered."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks import stock
from benchmarks.clients import Target, ask, at_once, one_by_one
from benchmarks.places import BOT_PYTHON

SHAPE: dict[str, Any] = {
    "recipe": "default.v1",
    "pipeline": [{"name": "WhitespaceTokenizer"}, {"name": "DIETClassifier", "epochs": 100}],
    "policies": [{"name": "TEDPolicy", "epochs": 100, "max_history": 5}],
}


class _Bot(BaseHTTPRequestHandler):
    """Says what it heard; has no answer to "silence"."""

    def do_POST(self) -> None:
        heard = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = [] if heard["message"] == "silence" else [{"text": heard["message"]}]
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def target() -> Iterator[Target]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Bot)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    yield Target("bot", address, lambda sender, text: {"sender": sender, "message": text}, list)
    server.shutdown()
    server.server_close()


def test_stock_is_what_rasa_fills_in() -> None:
    if not BOT_PYTHON.exists():
        pytest.skip("no bot environment here")
    config = stock.defaults()
    names = [part["name"] for part in (*config["pipeline"], *config["policies"])]
    assert {"DIETClassifier", "ResponseSelector", "TEDPolicy", "UnexpecTEDIntentPolicy"} <= set(names)
    assert {part["epochs"] for part in (*config["pipeline"], *config["policies"]) if "epochs" in part} == {100}


def test_project_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "defaults", lambda: SHAPE)
    stock.write_config(2, tmp_path)
    stock.write_wires("http://127.0.0.1:1/webhook", tmp_path)
    config, endpoints, credentials = (
        yaml.safe_load((tmp_path / f"{name}.yml").read_text()) for name in ("config", "endpoints", "credentials")
    )
    assert [part.get("epochs") for part in (*config["pipeline"], *config["policies"])] == [None, 2, 2]
    assert endpoints == {"action_endpoint": {"url": "http://127.0.0.1:1/webhook"}}
    assert credentials == {"rest": None}
    assert stock.epochs(tmp_path) == 2


def test_turns_one_by_one(target: Target) -> None:
    times = one_by_one(target, ["hello", "silence", "namaste"], 6)
    assert (len(times.milliseconds), times.failed) == (4, 2)


def test_turns_at_once(target: Target) -> None:
    per_second, failed = at_once(target, ["hello"], 3, 1.0)
    assert per_second > 0
    assert failed == 0


def test_a_bot_that_is_not_up_says_nothing(target: Target) -> None:
    assert ask(target, "hello")
    assert ask(Target("none", "http://127.0.0.1:9/", target.body, list), "hello") == ()
