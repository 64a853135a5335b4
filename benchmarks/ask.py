"""How long staff wait for an answer as they type: `POST /staff/ask`, over HTTP, word by word."""

import time
from collections.abc import Iterator
from dataclasses import replace

import httpx

from benchmarks import systems
from benchmarks.errors import BenchmarkError
from benchmarks.figures import percentile
from benchmarks.servers import Server, running
from benchmarks.tables import table
from benchmarks.understanding import messages

DESCRIPTION = "time the staff's search as they type, word by word (a minute)"
_EACH = 12  # messages of each language
_WARM = 20


def run() -> None:
    setup = systems.Setup()
    with running(_server(setup)):
        rows = [_row(setup, language) for language in messages.LANGUAGES]
    print(table(["language", "asked", "p50, ms", "p95, ms", "longest, ms"], rows))


def _server(setup: systems.Setup) -> Server:
    """With the token, without which it tells staff nothing."""
    server = systems.actions(setup)
    return replace(server, env={**server.env, "BOT_TOKEN": setup.token, "ACTIONS_LIVE_SECONDS": "0"})


def typed(texts: list[str]) -> Iterator[str]:
    """Each text as it stands after every word, and whole."""
    for text in texts:
        words = text.split()
        yield from (" ".join(words[:count]) for count in range(1, len(words) + 1))


def _row(setup: systems.Setup, language: str) -> list[str]:
    texts = [message.text for message in messages.load((language,)) if message.ours]
    chosen = texts[:: max(1, len(texts) // _EACH)][:_EACH]
    with httpx.Client(headers={"Authorization": f"Bearer {setup.token}"}, trust_env=False, timeout=10.0) as client:
        took = [_milliseconds(client, f"{setup.url('actions')}/staff/ask", text) for text in typed(chosen)][_WARM:]
    figures = (percentile(took, 50), percentile(took, 95), max(took))
    return [language, str(len(took)), *(f"{figure:.0f}" for figure in figures)]


def _milliseconds(client: httpx.Client, url: str, text: str) -> float:
    began = time.perf_counter()
    answer = client.post(url, json={"text": text[:1000]})
    took = (time.perf_counter() - began) * 1000
    if not answer.is_success:
        raise BenchmarkError(f"POST /staff/ask answered {answer.status_code}")
    return took
