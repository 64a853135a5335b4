"""Logging in: sessions, lock-out, CSRF, and what each role is refused."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update
from staffed import PASSWORD, Browser, Staff
from still_clock import Clock

from channels.__main__ import server_config
from channels.console.accounts import people, sessions
from channels.console.accounts.tries import Tries
from channels.store.console_tables import AccountRow, SessionRow


async def test_who_is_not_logged_in_is_sent_to_the_login_and_from_there_on(staff: Staff) -> None:
    browser = staff.browser()
    refused = await browser.get("/account/password")
    assert (
        refused.status_code == 303
        and refused.headers["location"] == "/console/login?next=%2Fconsole%2Faccount%2Fpassword"
    )
    await browser.get("/login")
    entered = await browser.post("/login", login=" Rekha ", password=PASSWORD, next="/console/account/password")
    assert entered.headers["location"] == "/console/account/password"
    assert "Rekha" in (await browser.get("/account/password")).text


async def test_a_wrong_password_and_a_login_that_is_not_there_get_the_same_answer(staff: Staff) -> None:
    browser = staff.browser()
    wrong = await browser.log_in("rekha", "not-the-password")
    nobody = await browser.log_in("rekhb", "not-the-password")
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.text.replace("rekha", "") == nobody.text.replace("rekhb", "")


async def test_after_five_wrong_passwords_the_right_one_has_to_wait_longer_each_time(staff: Staff) -> None:
    browser, waits = staff.browser(), []
    for _ in range(people.FREE_TRIES):
        await browser.log_in("rekha", "not-the-password")
    assert (await browser.log_in("rekha")).status_code == 401
    for _ in range(2):
        row = account(staff, "rekha")
        waits.append(row.locked_until - datetime.now(UTC))
        change(staff, "rekha", locked_until=datetime.now(UTC) - timedelta(seconds=1))
        await browser.log_in("rekha", "not-the-password")
    assert timedelta(0) < waits[0] < waits[1]
    change(staff, "rekha", locked_until=datetime.now(UTC) - timedelta(seconds=1))
    assert (await browser.log_in("rekha")).status_code == 303
    assert account(staff, "rekha").failed == 0


async def test_an_id_from_before_the_login_is_nobodys_after_it(staff: Staff) -> None:
    browser = staff.browser()
    browser.client.cookies.set("console", "chosen-by-somebody-else")
    assert (await browser.log_in("rekha")).status_code == 303
    chosen = staff.browser()
    chosen.client.cookies.set("console", "chosen-by-somebody-else")
    assert (await chosen.get("/account/password")).status_code == 303
    assert (await browser.get("/account/password")).status_code == 200


async def test_a_session_ends_at_logout_after_thirty_idle_minutes_and_after_twelve_hours(staff: Staff) -> None:
    out = await staff("rekha")
    used = out.client.cookies["console"]
    await out.post("/logout")
    out.client.cookies.set("console", used)
    assert (await out.get("/account/password")).status_code == 303
    for aged in ({"seen_at": -sessions.IDLE}, {"expires_at": timedelta(0)}):
        browser = await staff("rekha")
        with staff.database.writing() as connection:
            moved = {name: datetime.now(UTC) + by for name, by in aged.items()}
            connection.execute(update(SessionRow).values(**moved))
        assert (await browser.get("/account/password")).status_code == 303


async def test_the_store_holds_no_id_that_opens_anything(staff: Staff) -> None:
    browser = await staff("rekha")
    with staff.database.reading() as connection:
        kept = connection.execute(select(SessionRow.id_hash)).scalars().all()
    assert browser.client.cookies["console"] not in kept and len(kept) == 1


async def test_the_cookie_is_kept_from_scripts_and_in_production_from_plain_http(staff: Staff) -> None:
    browser = staff.browser()
    given = (await browser.get("/login")).headers["set-cookie"]
    assert "HttpOnly" in given and "SameSite=lax" in given and "Secure" not in given
    staff.app.state.settings.environment = "production"
    given = (await browser.get("/login")).headers["set-cookie"]
    assert given.startswith("__Host-console=") and "Secure" in given


@pytest.mark.parametrize("token", ["", "0" * 64, "ü"])
async def test_a_form_without_this_sessions_token_changes_nothing(staff: Staff, token: str) -> None:
    browser = await staff("admin")
    refused = await browser.post("/accounts", csrf=token, login="mallory", name="M", role="admin")
    assert refused.status_code == 403 and "too old" in refused.text
    assert account(staff, "mallory") is None


async def test_the_token_of_another_session_is_refused(staff: Staff) -> None:
    mine, other = await staff("rekha"), await staff("imran")
    assert (await mine.post("/logout", csrf=other.token)).status_code == 403


@pytest.mark.parametrize(
    "goal",
    ["https://evil.example/", "//evil.example", "/console//evil.example", "/\\evil.example", "/console/\r\nX: y"],
)
async def test_the_login_leads_nowhere_but_into_the_console(staff: Staff, goal: str) -> None:
    browser = staff.browser()
    await browser.get("/login")
    entered = await browser.post("/login", login="rekha", password=PASSWORD, next=goal)
    assert entered.headers["location"] == "/console/" and "x" not in entered.headers


@pytest.mark.parametrize(("login", "path"), [("rekha", "/accounts"), ("supervisor", "/accounts"), ("rekha", "/audit")])
async def test_a_page_of_another_role_is_refused_with_a_sentence(staff: Staff, login: str, path: str) -> None:
    browser = await staff(login)
    refused = await browser.get(path)
    assert refused.status_code == 403 and "not part of your role" in refused.text
    assert f'href="/console{path}"' not in refused.text


async def test_the_language_is_kept_with_the_account(staff: Staff) -> None:
    browser = await staff("rekha")
    await browser.post("/language", language="hi", next="/console/account/password")
    assert "अपना पासवर्ड बदलें" in (await browser.get("/account/password")).text
    assert "अपना पासवर्ड बदलें" in (await (await staff("rekha")).get("/account/password")).text


async def test_the_login_page_says_in_both_languages_how_the_first_admin_is_made(staff: Staff) -> None:
    browser = staff.browser()
    await browser.get("/login")
    assert "add-admin" not in (await browser.get("/login")).text
    with staff.database.writing() as connection:
        connection.execute(AccountRow.__table__.delete())
    text = (await browser.get("/login")).text
    assert "python -m channels.console add-admin LOGIN" in text
    assert "The first admin is made" in text and "पहला एडमिन" in text


async def test_a_disabled_account_is_out_at_once(staff: Staff) -> None:
    admin, rekha = await staff("admin"), await staff("rekha")
    await admin.get("/accounts")
    await admin.post(f"/accounts/{account(staff, 'rekha').id}", role="agent")
    assert (await rekha.get("/account/password")).status_code == 303
    assert (await staff.browser().log_in("rekha")).status_code == 401


async def test_the_last_admin_stays_one(staff: Staff) -> None:
    admin = await staff("admin")
    refused = await admin.post(f"/accounts/{account(staff, 'admin').id}", role="agent", is_active="true")
    assert refused.status_code == 409 and account(staff, "admin").role == "admin"


async def test_a_one_time_password_opens_only_the_page_that_changes_it(staff: Staff) -> None:
    admin = await staff("admin")
    shown = (await admin.post("/accounts", login="Sunita", name="Sunita Devi", role="agent")).text
    password = shown.split('class="big">')[1].split("<")[0]
    browser = staff.browser()
    await browser.log_in("sunita", password)
    assert (await browser.get("/")).headers["location"] == "/console/account/password"
    short = await browser.post("/account/password", old=password, new="short")
    assert (short.status_code == 422 and "12 to 200" in short.text) or "12 से 200" in short.text
    assert (await browser.post("/account/password", old=password, new="ek-naya-lamba-shabd")).status_code == 303
    assert (await browser.get("/")).headers["location"] != "/console/account/password"


def visitor(staff: Staff, app: Any, host: str, **headers: str) -> Browser:
    """Somebody whose connection comes from `host`."""
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(host, 4711)), base_url="http://gateway")
    client.headers.update(headers)
    staff.clients.append(client)
    return Browser(client)


async def guess(browser: Browser, times: int) -> list[int]:
    """At a different account each time: none of them is locked."""
    return [(await browser.log_in(f"guessed{place}", "not-the-password")).status_code for place in range(times)]


@pytest.fixture
def strict(staff: Staff) -> Staff:
    """Three wrong passwords of one address are enough."""
    limited = staff.app.state.settings.model_copy(update={"login_tries_an_address": 3})
    staff.app.state.tries = Tries(limited, Clock())
    return staff


async def test_an_address_that_guesses_at_many_accounts_has_to_wait_and_no_other_has(strict: Staff) -> None:
    guesser, other = (visitor(strict, strict.app, host) for host in ("192.0.2.1", "192.0.2.2"))
    assert await guess(guesser, 4) == [401, 401, 401, 429]
    refused = await guesser.log_in("rekha")
    assert refused.status_code == 429 and "5 मिनट" in refused.text
    assert (await other.log_in("rekha")).status_code == 303


async def test_a_right_password_is_no_try(strict: Staff) -> None:
    browser = visitor(strict, strict.app, "192.0.2.1")
    assert [(await browser.log_in("rekha")).status_code for _ in range(5)] == [303] * 5


async def test_guesses_at_the_same_moment_count_one_by_one(strict: Staff) -> None:
    browser = visitor(strict, strict.app, "192.0.2.1")
    await browser.get("/login")
    tries = [browser.post("/login", login=f"guessed{place}", password="not-the-password") for place in range(8)]
    answers = await asyncio.gather(*tries)
    assert sorted(each.status_code for each in answers) == [401] * 3 + [429] * 5


async def test_a_network_of_ipv6_counts_as_one_address(strict: Staff) -> None:
    assert await guess(visitor(strict, strict.app, "2001:db8::1"), 3) == [401] * 3
    assert await guess(visitor(strict, strict.app, "2001:db8::dead:beef"), 1) == [429]
    assert await guess(visitor(strict, strict.app, "2001:db8:0:1::1"), 1) == [401]


async def test_only_a_trusted_proxy_may_say_whose_try_it_is(strict: Staff) -> None:
    config = server_config(strict.app, strict.app.state.settings.model_copy(update={"trusted_proxies": "192.0.2.9"}))
    config.load()
    served = config.loaded_app
    behind = [visitor(strict, served, "192.0.2.9", **{"X-Forwarded-For": f"198.51.100.{place}"}) for place in (1, 2)]
    assert await guess(behind[0], 4) == [401, 401, 401, 429]
    assert await guess(behind[1], 1) == [401]
    liar = [visitor(strict, served, "203.0.113.5", **{"X-Forwarded-For": f"198.51.100.{place}"}) for place in range(4)]
    assert [status for each in liar for status in await guess(each, 1)] == [401, 401, 401, 429]


def account(staff: Staff, login: str) -> Any:
    with staff.database.reading() as connection:
        return people.by_login(connection, login)


def change(staff: Staff, login: str, **values: Any) -> None:
    with staff.database.writing() as connection:
        connection.execute(update(AccountRow).where(AccountRow.login == login).values(**values))
