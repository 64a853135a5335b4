"""Who may speak through the widget, how often, and that a message is answered once."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from gateway_settings import settings
from pydantic import ValidationError
from still_clock import Clock
from visitor import SITE, WIDGET, Site

from channels.__main__ import server_config
from channels.errors import SettingsError
from channels.fake_bot import ENGLISH, HINDI, FakeBot
from channels.widget.bundle import SCRIPTS, STATIC, style, words

Connect = Callable[..., httpx.AsyncClient]
PRODUCTION = {
    name: f"{name}-of-a-test-9f3c"
    for name in ("bot_token", "log_hash_key", "staff_token", "transcript_token", "contact_hash_key", "contact_seal_key")
}


# ---- which sites


async def test_a_page_of_an_allowed_site_is_answered_and_may_read_it(site: Site) -> None:
    response = await site.post("बाँदा का उत्पाद?")
    assert response.json()["replies"][0]["text"] == HINDI["text"]
    assert response.headers["access-control-allow-origin"] == SITE
    assert "Retry-After" in response.headers["access-control-expose-headers"]


@pytest.mark.parametrize("origin", ["https://evil.example", "http://odop.example", SITE + ":8443", "null", None])
async def test_another_site_gets_no_session_and_may_not_read_why(
    gateway: httpx.AsyncClient, origin: str | None
) -> None:
    headers = {"Origin": origin} if origin else {}
    response = await gateway.post(f"{WIDGET}/session", headers=headers)
    assert (response.status_code, response.headers["content-type"]) == (403, "application/problem+json")
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize(("origin", "is_allowed"), [(SITE, True), ("https://evil.example", False)])
async def test_browsers_that_ask_first_are_told_the_same(
    gateway: httpx.AsyncClient, origin: str, is_allowed: bool
) -> None:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    response = await gateway.options(f"{WIDGET}/messages", headers={"Origin": origin, **asks})
    assert (response.headers.get("access-control-allow-origin") == origin) is is_allowed


@pytest.mark.parametrize("path", ["/api/v1/messages?session_id=a", "/", "/openapi.json"])
async def test_the_rest_of_the_gateway_is_not_opened_to_other_sites(gateway: httpx.AsyncClient, path: str) -> None:
    response = await gateway.get(path, headers={"Origin": SITE})
    assert "access-control-allow-origin" not in response.headers


async def test_without_a_setting_any_site_may_in_development_and_none_in_production(connect: Connect) -> None:
    await Site(connect(), "https://anybody.example").enter()
    await Site(connect(environment="production", **PRODUCTION), "https://anybody.example").enter(403)


@pytest.mark.parametrize("origins", ["*", f"{SITE} *"])
def test_any_site_is_refused_as_a_setting_in_production(origins: str) -> None:
    with pytest.raises(ValidationError, match="WIDGET_ORIGINS must name each site"):
        settings(environment="production", widget_origins=origins, **PRODUCTION)


@pytest.mark.parametrize("origins", [f"{SITE}/", "odop.example", "https://*.example", f"{SITE},https://b.example"])
def test_an_origin_that_no_browser_sends_is_refused_as_a_setting(origins: str) -> None:
    with pytest.raises(ValidationError):
        settings(widget_origins=origins)


# ---- tokens


async def test_without_a_token_or_with_a_changed_one_nothing_is_said(site: Site, bot: FakeBot) -> None:
    whole = site.headers["Authorization"]
    middle = whole[:40] + ("A" if whole[40] != "A" else "B") + whole[41:]
    for spoiled in ("", "Bearer", "Bearer x", "Bearer \u00e9", middle, whole[:-4]):
        headers = [(b"origin", SITE.encode()), (b"authorization", spoiled.encode("latin-1"))]
        body = {"id": "message-1", "text": "loan"}
        response = await site.client.post(f"{WIDGET}/messages", json=body, headers=headers)
        assert response.status_code == 401, spoiled
    assert bot.asked == []


async def test_the_token_does_not_tell_the_session(site: Site, bot: FakeBot) -> None:
    await site.say("loan")
    assert bot.asked[0]["sender"] not in site.headers["Authorization"]


async def test_a_token_of_one_site_is_not_taken_from_another(site: Site) -> None:
    site.headers["Origin"] = "https://other.example"
    assert (await site.post("loan")).status_code == 401
    await site.enter(401)


async def test_a_token_runs_out_and_is_renewed_for_the_same_session(site: Site, clock: Clock, bot: FakeBot) -> None:
    await site.say("loan")
    clock.forward(minutes=16)
    assert (await site.post("loan")).status_code == 401
    await site.enter()
    await site.say("loan")
    assert bot.asked[0]["sender"] == bot.asked[1]["sender"]


async def test_a_session_is_over_after_a_day_however_often_it_was_renewed(site: Site, clock: Clock) -> None:
    for _ in range(4):
        clock.forward(hours=6)
        await site.enter()
    clock.forward(minutes=1)
    await site.enter(401)


# ---- once


async def test_a_message_that_comes_again_gets_the_same_answer_and_the_bot_is_asked_once(
    site: Site, bot: FakeBot
) -> None:
    first = await site.say("loan", id="the-same-message")
    assert await site.say("loan", id="the-same-message") == first
    assert len(bot.asked) == 1
    assert bot.asked[0]["message_id"].startswith("w-")


async def test_also_while_the_first_is_still_being_answered(site: Site, bot: FakeBot) -> None:
    bot.delay = 0.05
    answers = await asyncio.gather(*(site.say("loan", id="the-same-message") for _ in range(3)))
    assert answers[0] == answers[1] == answers[2]
    assert len(bot.asked) == 1


async def test_what_could_not_be_answered_is_asked_again_under_the_same_id(site: Site, bot: FakeBot) -> None:
    bot.mode = "500"
    assert (await site.say("loan", id="the-same-message"))["outcome"] == "unavailable"
    bot.mode = "well"
    assert (await site.say("loan", id="the-same-message"))["outcome"] == "answered"
    assert bot.asked[0]["message_id"] == bot.asked[1]["message_id"]


async def test_who_waits_long_is_told_the_helpline_and_answered_once_under_the_same_id(
    connect: Connect, bot: FakeBot
) -> None:
    site = Site(connect(answer_within_seconds=0.3, bot_timeout_seconds=5))
    await site.enter()
    bot.delay = 2.0
    told = await site.say("मेरा लोन", id="the-same-message")
    assert told["outcome"] == "unavailable" and "1800-1800-888" in told["replies"][0]["text"]
    bot.delay = 0.0
    assert (await site.say("मेरा लोन", id="the-same-message"))["outcome"] == "answered"
    assert {asked["message_id"] for asked in bot.asked} == {bot.asked[0]["message_id"]}


async def test_a_clock_that_is_put_back_locks_nobody_out(site: Site, clock: Clock) -> None:
    for text in ("one", "two"):
        assert (await site.say(text))["outcome"] == "answered"
        clock.forward(minutes=-5)


async def test_the_same_id_in_two_sessions_is_two_messages(site: Site, bot: FakeBot) -> None:
    await site.say("loan", id="the-same-message")
    other = Site(site.client)
    await other.enter()
    await other.say("loan", id="the-same-message")
    assert bot.asked[0]["message_id"] != bot.asked[1]["message_id"]


async def test_a_person_reads_a_message_that_came_twice_once(site: Site) -> None:
    await site.say("person:")
    path = f"/{(await site.staff())['handovers'][0]['id']}"
    await site.staff(path + "/take", staff="Rekha")
    for _ in range(2):
        await site.say("मेरा लोन अटका है", id="the-same-message")
    assert [each["text"] for each in (await site.staff(path))["messages"]] == ["मेरा लोन अटका है"]


# ---- not too often


async def test_who_writes_too_fast_is_asked_politely_in_their_language_to_wait(site: Site, clock: Clock) -> None:
    for _ in range(15):
        await site.say("loan")
    for language, sentence in (("hi", "कृपया थोड़ा"), ("hi-Latn", "Kripya thoda"), ("en", "Please wait a moment")):
        refused = await site.post("loan", language=language)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "4")
        assert refused.json()["detail"].startswith(sentence)
    assert (await site.post("लोन")).json()["detail"].startswith("कृपया थोड़ा"), "by its letters"
    clock.forward(seconds=4)
    await site.say("loan")


async def test_another_session_is_not_held_up_but_one_address_has_a_limit_too(
    connect: Connect, clock: Clock, bot: FakeBot
) -> None:
    client = connect(clock=clock, widget_messages_a_minute=2, widget_address_a_minute=6)
    first, second = Site(client), Site(client)
    for visitor in (first, second):
        await visitor.enter()
        await visitor.say("loan")
        await visitor.say("loan")
    refused = await Site(client).enter(429, language="hi")
    assert refused["detail"].startswith("कृपया थोड़ा")
    clock.forward(minutes=1)
    await first.say("loan")
    assert len(bot.asked) == 5


async def test_an_address_that_the_browser_claims_is_not_believed(connect: Connect, clock: Clock) -> None:
    client = connect(clock=clock, widget_address_a_minute=1)
    await Site(client).enter()
    claiming = Site(client)
    claiming.headers["X-Forwarded-For"] = "203.0.113.9"
    await claiming.enter(429)


def test_only_a_proxy_that_a_setting_names_may_speak_for_another_address() -> None:
    assert not server_config(FastAPI(), settings()).proxy_headers
    behind = server_config(FastAPI(), settings(trusted_proxies="10.0.0.7"))
    assert (behind.proxy_headers, behind.forwarded_allow_ips) == (True, "10.0.0.7")


async def test_polls_have_a_limit_of_their_own(connect: Connect, clock: Clock) -> None:
    site = Site(connect(clock=clock, widget_polls_a_minute=3))
    await site.enter()
    assert [(await site.poll()).status_code for _ in range(4)] == [200, 200, 200, 429]
    await site.say("loan")


# ---- a person, and the place in the queue


def wish(urgency: str) -> dict[str, Any]:
    return ENGLISH | {"handover": {"reason": "asked", "urgency": urgency, "summary": "..."}}


async def test_the_place_in_the_queue_is_by_urgency_and_then_by_time(
    gateway: httpx.AsyncClient, clock: Clock, bot: FakeBot
) -> None:
    visitors: dict[str, Site] = {}
    for name, urgency in (("a", "normal"), ("b", "high"), ("c", "normal"), ("d", "urgent")):
        clock.forward(seconds=1)
        bot.replies = [wish(urgency)]
        visitors[name] = Site(gateway)
        await visitors[name].enter()
        await visitors[name].say("x")
    places = {name: (await visitor.poll()).json()["place"] for name, visitor in visitors.items()}
    assert places == {"d": 1, "b": 2, "a": 3, "c": 4}
    listed = (await visitors["a"].staff())["handovers"]
    await visitors["a"].staff(f"/{listed[0]['id']}/take", staff="Rekha")
    assert (await visitors["d"].poll()).json()["place"] is None
    assert (await visitors["c"].poll()).json()["place"] == 3


async def test_the_answer_that_calls_a_person_tells_the_place_at_once(site: Site) -> None:
    answer = await site.say("person:")
    assert (answer["handover"], answer["place"]) == ("waiting", 1)
    assert (await site.say("loan"))["place"] == 1


async def test_what_a_person_writes_is_fetched_with_the_token(site: Site) -> None:
    await site.say("person:")
    path = f"/{(await site.staff())['handovers'][0]['id']}"
    await site.staff(path + "/take", staff="Rekha")
    await site.staff(path + "/messages", staff="Rekha", text="नमस्ते")
    polled = (await site.poll()).json()
    assert ([each["text"] for each in polled["messages"]], polled["handover"]) == (["नमस्ते"], "taken")
    other = Site(site.client)
    await other.enter()
    assert (await other.poll()).json() == {"messages": [], "handover": None, "place": None}


async def test_without_the_store_there_is_an_answer_and_no_place(connect: Connect) -> None:
    site = Site(connect(database_url="sqlite:////proc/nowhere/gateway.db"))
    await site.enter()
    answer = await site.say("person:")
    assert (answer["outcome"], answer["place"]) == ("handed_over", None)


# ---- the file


async def test_the_widget_is_one_file_packed_once_and_kept_by_its_etag(gateway: httpx.AsyncClient) -> None:
    first = await gateway.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "max-age=3600" in first.headers["cache-control"]
    plain = await gateway.get("/widget.js", headers={"Accept-Encoding": "identity"})
    assert plain.text == first.text
    again = await gateway.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


NEWER_SCRIPT = (
    r"\?\.[a-z(\[]|\?\?|\basync\b|\bawait\b|catch \{|\{ ?\.\.\.|\*\*|\bfetch\(|AbortController"
    r"|\.(at|flat|flatMap|padStart|replaceAll|replaceChildren|toggleAttribute|finally|matchAll|values|entries)\("
)
NEWER_STYLE = r"\bgap:|grid|inset|clamp\(|min\(|max\(|dvh|:is\(|:where\(|-inline|-block:|aspect-ratio|@layer"
MARKUP = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\("


def test_nothing_is_used_that_a_browser_of_2016_lacks_or_that_makes_markup_of_text() -> None:
    files = [STATIC / f"{name}.js" for name in SCRIPTS]
    assert {path.name for path in files} == {path.name for path in STATIC.glob("*.js")}
    for path in files:
        assert re.findall(f"{NEWER_SCRIPT}|{MARKUP}", path.read_text("utf-8")) == [], path.name
    assert re.findall(NEWER_STYLE, style().plain.decode()) == []


def test_the_widget_says_everything_in_three_languages(tmp_path: Path) -> None:
    assert len(words()) > 40
    (tmp_path / "words.yml").write_text("greeting: {hi: नमस्ते, en: Hello}", "utf-8")
    with pytest.raises(SettingsError, match="greeting must have hi, hi-Latn and en"):
        words(tmp_path / "words.yml")


async def test_the_demo_is_for_development_only(connect: Connect) -> None:
    assert 'data-lang="en"' in (await connect().get("/widget-demo?lang=en")).text
    production = connect(environment="production", **PRODUCTION)
    for path in ("/widget-demo", "/widget-demo.css"):
        assert (await production.get(path)).status_code == 404
    assert (await production.get("/widget.js")).status_code == 200
