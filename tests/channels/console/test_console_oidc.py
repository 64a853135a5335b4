"""Office accounts: what an issuer says is believed only as far as it can be proved."""

import time
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fake_issuer import FakeIssuer
from gateway_settings import settings
from joserfc.jwk import RSAKey
from served import Served
from staffed import Browser, Staff, add_people

from channels.app import create_app
from channels.console.accounts import people
from channels.fake_bot import FakeBot

SECRET = "the-secret-of-the-console"


@pytest.fixture
def issuer() -> Iterator[FakeIssuer]:
    made = FakeIssuer()
    served = Served(made.app)
    made.url = served.url
    yield made
    served.stop()


@pytest.fixture
async def office(issuer: FakeIssuer, bot: FakeBot) -> AsyncIterator[Staff]:
    roles = {"desk": "agent", "leads": "supervisor"}
    own = {"oidc_client_id": "console", "oidc_client_secret": SECRET, "oidc_roles": roles}
    app = create_app(settings(oidc_issuer=issuer.url, **own), httpx.ASGITransport(bot.app))
    made = Staff(app)
    add_people(made.database)
    yield made
    await made.close()
    app.state.handovers.close()


async def go(browser: Browser, issuer: FakeIssuer, **changed: str) -> httpx.Response:
    """To the issuer and back."""
    sent = await browser.get("/oidc?next=/console/account/password")
    issuer.asked = {name: values[0] for name, values in parse_qs(urlsplit(sent.headers["location"]).query).items()}
    query = {"code": "the-code", "state": issuer.asked["state"]} | changed
    return await browser.get("/oidc/back", params=query)


def account(staff: Staff, login: str) -> Any:
    with staff.database.reading() as connection:
        return people.by_login(connection, login)


async def test_somebody_of_a_known_group_gets_an_account_with_its_role(office: Staff, issuer: FakeIssuer) -> None:
    browser = office.browser()
    entered = await go(browser, issuer)
    assert entered.headers["location"] == "/console/account/password"
    assert issuer.asked["code_challenge_method"] == "S256"
    assert "Sunita Devi" in (await browser.get("/account/password")).text
    assert account(office, "sunita").role == "agent" and account(office, "sunita").password_hash is None
    issuer.claims = {"groups": ["desk", "leads"]}
    await go(office.browser(), issuer)
    assert account(office, "sunita").role == "supervisor"


async def test_an_account_made_here_is_not_taken_over_through_the_issuer(office: Staff, issuer: FakeIssuer) -> None:
    issuer.claims = {"preferred_username": "admin"}
    browser = office.browser()
    await go(browser, issuer)
    assert account(office, "admin").subject is None
    assert (await browser.get("/accounts")).status_code == 403


WRONG: list[dict[str, Any]] = [
    {"nonce": "another"},
    {"aud": "another"},
    {"iss": "https://another.example"},
    {"exp": int(time.time()) - 3600},
    {"groups": ["nobody"]},
    {"groups": None},
]


@pytest.mark.parametrize("claims", WRONG)
async def test_a_token_that_is_not_for_this_login_opens_nothing(
    office: Staff, issuer: FakeIssuer, claims: dict[str, Any]
) -> None:
    issuer.claims, browser = claims, office.browser()
    assert (await go(browser, issuer)).status_code in (401, 403)
    assert (await browser.get("/account/password")).status_code == 303


async def test_a_token_signed_with_another_key_opens_nothing(office: Staff, issuer: FakeIssuer) -> None:
    issuer.key = RSAKey.generate_key(2048, {"kid": "one"})
    assert (await go(office.browser(), issuer)).status_code == 401


@pytest.mark.parametrize("changed", [{"state": "another"}, {"state": ""}, {"code": "another"}, {"code": ""}])
async def test_an_answer_that_was_not_asked_for_opens_nothing(
    office: Staff, issuer: FakeIssuer, changed: dict[str, str]
) -> None:
    assert (await go(office.browser(), issuer, **changed)).status_code == 401


async def test_the_answer_counts_only_in_the_browser_that_was_sent(office: Staff, issuer: FakeIssuer) -> None:
    await go(office.browser(), issuer)
    other = office.browser()
    stolen = await other.get("/oidc/back", params={"code": "the-code", "state": issuer.asked["state"]})
    assert stolen.status_code == 401


async def test_without_an_issuer_there_is_no_such_login(staff: Staff) -> None:
    browser = staff.browser()
    assert (await browser.get("/oidc")).status_code == 404
    assert "/console/oidc" not in (await browser.get("/login")).text
