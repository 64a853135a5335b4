"""The pages of the content: an officer changes an answer, a colleague publishes it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from content_site import ENTRY, TOKEN, actions, fields
from gateway_settings import settings
from staffed import HASHED, Browser, Staff, add_people

from actions.content.form import read
from actions.content.service import Opened
from channels.app import create_app
from channels.console.accounts import people

SCRIPT = "<script>alert('x')</script>"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[tuple[Staff, Opened]]:
    with actions(tmp_path) as (served, opened):
        app = create_app(settings(bot_token=TOKEN, bot_timeout_seconds=30), httpx.ASGITransport(served))
        made = Staff(app)
        add_people(made.database)
        with made.database.writing() as connection:
            people.add(connection, "second", "Second", "editor", HASHED, language="hi")
        yield made, opened
        await made.close()
        app.state.handovers.close()


async def save(browser: Browser, do: str = "save", **changes: str) -> httpx.Response:
    form = fields((await browser.get(f"/content/{ENTRY}")).text)
    return await browser.post("/content/save", **{**form, "do": do, **changes})


def open_text(opened: Opened) -> dict[str, dict[str, str]]:
    return dict(read(opened.versions.of(ENTRY)[0].text))


async def test_an_answer_is_found_changed_in_two_languages_and_published_by_a_colleague(
    site: tuple[Staff, Opened],
) -> None:
    staff, opened = site
    editor = await staff("editor")
    assert ENTRY in (await editor.get("/content?text=helpline number")).text
    saved = await save(editor, "propose", **{"answer.hi": "हमें फ़ोन कीजिए।", "answer.en": "Please call us."})
    assert saved.status_code == 303, saved.text
    mine = await editor.get(f"/content/{ENTRY}")
    assert "A colleague looks at it" in mine.text
    assert (await editor.post(f"/content/{ENTRY}/publish", number="1")).status_code == 409
    second = await staff("second")
    review = await second.get(f"/content/{ENTRY}")
    assert "देख लिया, चालू करें" in review.text
    assert "<ins>Please" in review.text
    assert (await second.post(f"/content/{ENTRY}/publish", number="1")).status_code == 303
    (published,) = opened.versions.published()
    assert read(published.text)["answer"]["hi"] == "हमें फ़ोन कीजिए।"


async def test_the_form_gives_back_just_what_it_was_given(site: tuple[Staff, Opened]) -> None:
    staff, opened = site
    editor = await staff("editor")
    page = await editor.get(f"/content/{ENTRY}")
    assert (await save(editor)).status_code == 303
    before = opened.desk.see(ENTRY)["current"] or {}
    # httpx sends one value a name: lists of several are looked at in the browser's test
    assert {k: v for k, v in open_text(opened).items() if k not in ("sources", "follow_ups")} == {
        k: v for k, v in before.items() if k not in ("sources", "follow_ups")
    }
    assert 'name="sources"' in page.text


async def test_a_wrong_draft_comes_back_filled_with_its_mistakes(site: tuple[Staff, Opened]) -> None:
    staff, _ = site
    editor = await staff("editor")
    answer = await save(editor, "propose", **{"answer.en": "", "title.en": "a title that is far too long for it"})
    assert answer.status_code == 422
    assert "This is still empty" in answer.text
    assert "a title that is far too long for it" in answer.text


async def test_the_second_of_two_savers_keeps_the_text_and_sees_the_difference(site: tuple[Staff, Opened]) -> None:
    staff, _ = site
    editor, second = await staff("editor"), await staff("second")
    form = fields((await second.get(f"/content/{ENTRY}")).text)
    await save(editor, **{"answer.en": "The first."})
    answer = await second.post("/content/save", **{**form, "answer.en": "The second."})
    assert answer.status_code == 409
    assert "editor ने एक नया मसौदा सहेज लिया" in answer.text
    assert "The second." in answer.text
    assert (await second.post("/content/save", **{**fields(answer.text), "do": "save"})).status_code == 303


async def test_while_somebody_types_mistakes_counts_and_channels_are_shown(site: tuple[Staff, Opened]) -> None:
    staff, _ = site
    editor = await staff("editor")
    form = fields((await editor.get(f"/content/{ENTRY}")).text)
    shown = (await editor.post("/content/check", **{**form, "short.en": "One { short } text"})).text
    for word in ("Website", "WhatsApp", "SMS", "Phone", "One { short } text", 'id="count-answer-hi"', "of 80 words"):
        assert word in shown


async def test_a_script_in_any_field_is_shown_as_text(site: tuple[Staff, Opened]) -> None:
    staff, _ = site
    editor = await staff("editor")
    form = fields((await editor.get(f"/content/{ENTRY}")).text)
    given = {name: SCRIPT for name in form if name not in ("csrf", "id", "topic", "based_on", "new")}
    sent = {**form, **given}
    assert "<script>alert" not in (await editor.post("/content/check", **sent)).text
    assert (await editor.post("/content/save", **sent)).status_code == 303
    for path in (f"/content/{ENTRY}", f"/content/{ENTRY}/versions/1", "/content?text=<script>alert"):
        page = await editor.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text


async def test_agents_look_and_suggest_but_do_not_write(site: tuple[Staff, Opened]) -> None:
    staff, opened = site
    agent = await staff("rekha")
    page = await agent.get(f"/content/{ENTRY}")
    assert page.status_code == 200
    assert 'name="answer.en"' not in page.text
    assert (await agent.post("/content/save", id=ENTRY)).status_code == 403
    assert (await agent.post(f"/content/{ENTRY}/publish", number="1")).status_code == 403
    assert (await agent.post(f"/content/{ENTRY}/suggest", words="The hours are wrong.")).status_code == 303
    assert opened.versions.suggestions() == {ENTRY: 1}


async def test_a_proposal_is_sent_back_and_an_old_text_brought_back(site: tuple[Staff, Opened]) -> None:
    staff, opened = site
    editor, second = await staff("editor"), await staff("second")
    await save(editor, "propose", **{"answer.en": "Please call us."})
    assert (await second.post(f"/content/{ENTRY}/reject", number="1", reason="no number")).status_code == 303
    assert "no number" in (await editor.get(f"/content/{ENTRY}")).text
    assert (await editor.post(f"/content/{ENTRY}/revert", number="1", based_on="1")).status_code == 303
    assert open_text(opened)["answer"]["en"] == "Please call us."


async def test_while_the_action_server_is_away_staff_are_told_so(site: tuple[Staff, Opened]) -> None:
    staff, _ = site
    editor = await staff("editor")
    form = fields((await editor.get(f"/content/{ENTRY}")).text)

    def gone(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("gone")

    staff.app.state.http = httpx.AsyncClient(transport=httpx.MockTransport(gone))
    page = await editor.get("/content")
    assert page.status_code == 503
    assert "does not reply just now" in page.text
    kept = await editor.post("/content/save", **{**form, "answer.en": "Written meanwhile."})
    assert kept.status_code == 503
    assert fields(kept.text) == {**form, "answer.en": "Written meanwhile."}
