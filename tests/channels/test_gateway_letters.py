"""A link to a letter: the PDF as the action server gives it, or a page that says why there is none."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import structlog

from channels import letters, logs
from channels.fake_bot import HINDI, FakeBot
from channels.render.links import without_links, without_links_but_letters

Connect = Callable[..., httpx.AsyncClient]
Say = Callable[..., Any]
TOKEN = "Ab3_-" * 8 + "xyz"
PATH = f"/letters/{TOKEN}.pdf"
LINK = f"https://odop.example{PATH}"
PDF = b"%PDF-1.4 ..."


class Actions(httpx.AsyncBaseTransport):
    """The action server: knows one letter, or fails as it is told."""

    def __init__(self, failure: int | Exception | None = None) -> None:
        self.failure, self.asked = failure, list[str]()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        if isinstance(self.failure, Exception):
            raise self.failure
        if self.failure == 0:
            await asyncio.sleep(60)
        if self.failure:
            return httpx.Response(self.failure, content=b"secret")
        known = request.url.path == f"/letters/{TOKEN}"
        return httpx.Response(200, content=PDF) if known else httpx.Response(404)


async def test_a_link_gives_the_pdf_for_this_reader_only(connect: Connect) -> None:
    actions = Actions()
    answer = await connect(actions, actions_url="http://127.0.0.1:5055/").get(PATH)
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="letter.pdf"'
    assert actions.asked == [f"http://127.0.0.1:5055/letters/{TOKEN}"]


@pytest.mark.parametrize("path", [PATH, f"/letters/{'A' * 43}.pdf", "/letters/x.pdf"])
async def test_no_copy_is_kept_and_no_machine_lists_it(connect: Connect, path: str) -> None:
    headers = (await connect(Actions()).get(path)).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex"
    assert headers["referrer-policy"] == "no-referrer"


async def test_a_letter_that_is_gone_is_told_in_two_languages(connect: Connect) -> None:
    answer = await connect(Actions()).get(f"/letters/{'A' * 43}.pdf")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "मिटा दी जाती है" in answer.text and "no longer here" in answer.text and "1800-1800-888" in answer.text


@pytest.mark.parametrize("token", ["x", "A" * 42, "A" * 44, "A" * 42 + "%0A", "..%2F..%2Fhealth", "क" * 43])
async def test_what_is_no_token_is_gone_too_and_never_asked_for(connect: Connect, token: str) -> None:
    actions = Actions()
    assert (await connect(actions).get(f"/letters/{token}.pdf")).status_code == 404
    assert actions.asked == []


FAILURES = [500, 503, 302, httpx.ConnectError("refused"), httpx.ReadTimeout("late"), 0]


@pytest.mark.parametrize("failure", FAILURES)
async def test_an_action_server_that_is_down_is_told_with_503(connect: Connect, failure: int | Exception) -> None:
    answer = await connect(Actions(failure), letter_timeout_seconds=0.2).get(PATH)
    assert answer.status_code == 503
    assert "फिर खोलिए" in answer.text and "in a little while" in answer.text
    assert "secret" not in answer.text


async def test_only_reading_is_allowed(connect: Connect) -> None:
    client = connect(Actions())
    assert (await client.head(PATH)).status_code == 200
    assert (await client.post(PATH)).status_code == 405


async def test_a_letter_is_no_part_of_the_api(gateway: httpx.AsyncClient) -> None:
    assert not [path for path in (await gateway.get("/openapi.json")).json()["paths"] if "letters" in path]


@pytest.mark.parametrize("failure", [None, 500, httpx.ConnectError(f"no way to {TOKEN}")])
async def test_the_token_is_in_no_log(
    connect: Connect,
    failure: int | Exception | None,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(letters, "log", structlog.get_logger("new"))  # a used one keeps its settings
    logs.configure(readable=False)
    try:
        await connect(Actions(failure)).get(PATH)
        logging.getLogger("uvicorn.error").info("heard")
    finally:
        logging.basicConfig(force=True)
        structlog.reset_defaults()
    heard = "".join(capsys.readouterr())
    assert "heard" in heard and TOKEN not in heard


async def test_an_sms_carries_the_link_to_a_letter_and_no_other(say: Say, bot: FakeBot) -> None:
    bot.replies = [HINDI | {"short": f"चिट्ठी: {LINK} और https://odopup.in", "buttons": []}]
    text = (await say("चिट्ठी", channel="sms"))["replies"][0]["text"]
    assert LINK in text and "odopup" not in text


async def test_on_the_phone_no_link_is_read_out(say: Say, bot: FakeBot) -> None:
    bot.replies = [HINDI | {"text": f"चिट्ठी: {LINK}"}]
    assert "http" not in (await say("चिट्ठी", channel="voice"))["replies"][0]["text"]


def test_a_link_that_only_looks_like_a_letter_goes() -> None:
    for text in (f"https://x.in/letters/{TOKEN}", "https://x.in/letters/short.pdf", f"x.in{PATH}"):
        assert without_links_but_letters(text, "en") == without_links(text, "en") != text
