"""An SMS within India goes out word for word as it was registered, or not at all."""

from datetime import datetime, timezone
from pathlib import Path

import httpx
import pytest
from fake_dlt_gateway import REGISTRY, FakeDltGateway

from channels.errors import SettingsError
from channels.providers.base import Outgoing, Refused, Sent, Template, Unknown
from channels.providers.errors import meaning
from channels.providers.registered import GAP, Registry, load

NOW = datetime(2026, 11, 22, tzinfo=timezone.utc)
STATUS = "आपके आवेदन UP2026-0012 की स्थिति: बैंक में। ओडीओपी हेल्पलाइन"


def message(text: str = STATUS, to: str = "+919812345678", reference: str = "out-1") -> Outgoing:
    return Outgoing(reference, "dlt", to, text)


@pytest.fixture
def gateway() -> FakeDltGateway:
    return FakeDltGateway()


def failing(failure: Exception):  # noqa: ANN201
    def trouble(request: httpx.Request) -> httpx.Response:
        raise failure

    return trouble


async def test_a_registered_text_goes_with_entity_header_and_template(gateway: FakeDltGateway) -> None:
    assert await gateway.provider().send(message()) == Sent("g1", "accepted")
    assert gateway.taken[0] == {
        "entity_id": "1101234567890123456",
        "template_id": "1107000000000000001",
        "header": "ODOPUP",
        "kind": "service_implicit",
        "to": "919812345678",
        "text": STATUS,
        "unicode": True,
        "reference": "out-1",
        "id": "g1",
        "status": "ACCEPTED",
    }


async def test_a_latin_text_is_not_sent_as_unicode(gateway: FakeDltGateway) -> None:
    await gateway.provider().send(message("482913 is your ODOP code. It works for 10 minutes."))
    assert gateway.taken[0]["unicode"] is False
    assert gateway.taken[0]["kind"] == "transactional"


@pytest.mark.parametrize(
    "text",
    [
        "नमस्ते",
        STATUS.replace("स्थिति", "हालत"),
        STATUS + " धन्यवाद",
        STATUS.replace("बैंक में", "x" * 31),
        STATUS.replace("बैंक में", ""),
    ],
)
async def test_a_text_that_is_not_registered_never_leaves(gateway: FakeDltGateway, text: str) -> None:
    with pytest.raises(Refused) as refused:
        await gateway.provider().send(message(text))
    assert (refused.value.code, refused.value.may_retry) == ("DLT_TEMPLATE", False)
    assert meaning("DLT_TEMPLATE").consequence == "template"
    assert not gateway.requests


async def test_a_gap_takes_as_much_as_the_portal_allows(gateway: FakeDltGateway) -> None:
    await gateway.provider().send(message(STATUS.replace("बैंक में", "x" * 30)))
    assert len(gateway.taken) == 1


async def test_an_sms_carries_neither_media_nor_whatsapps_templates(gateway: FakeDltGateway) -> None:
    for more in ({"media_url": "https://help.example/x.pdf"}, {"template": Template("HX1")}):
        with pytest.raises(Refused, match="DLT_TEMPLATE"):
            await gateway.provider().send(Outgoing("r", "dlt", "+919812345678", STATUS, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("to", ["+14155238886", "+915522334455", "whatsapp:+919812345678", "+9198123456789"])
async def test_only_indian_mobiles_are_written_to(gateway: FakeDltGateway, to: str) -> None:
    with pytest.raises(Refused) as refused:
        await gateway.provider().send(message(to=to))
    assert (refused.value.code, refused.value.may_retry) == ("DLT_NUMBER", False)
    assert not gateway.requests


async def test_what_the_gateway_refuses_was_not_sent(gateway: FakeDltGateway) -> None:
    gateway.trouble = lambda request: httpx.Response(400, json={"code": "NOT_REGISTERED"})
    with pytest.raises(Refused) as refused:
        await gateway.provider().send(message())
    assert (refused.value.code, refused.value.may_retry) == ("NOT_REGISTERED", False)
    gateway.trouble = lambda request: httpx.Response(429, headers={"Retry-After": "2"})
    with pytest.raises(Refused) as refused:
        await gateway.provider().send(message())
    assert (refused.value.may_retry, refused.value.retry_after) == (True, 2.0)


@pytest.mark.parametrize(
    "response", [httpx.Response(500), httpx.Response(200, text="OK"), httpx.Response(200, json={})]
)
async def test_a_fault_of_the_gateway_leaves_the_fate_open(gateway: FakeDltGateway, response: httpx.Response) -> None:
    gateway.trouble = lambda request: response
    with pytest.raises(Unknown):
        await gateway.provider().send(message())


async def test_silence_leaves_the_fate_open_and_the_gateway_is_asked_by_our_reference(gateway: FakeDltGateway) -> None:
    provider = gateway.provider()
    assert await provider.find(message(), NOW, ()) is None
    gateway.trouble = failing(httpx.ReadTimeout("x"))
    with pytest.raises(Unknown):
        await provider.send(message())
    gateway.trouble = None
    await provider.send(message())
    await provider.send(message(reference="out-2"))
    assert await provider.find(message(), NOW, ()) == Sent("g1", "accepted")
    assert await provider.find(message(), NOW, ["g1"]) is None


async def test_an_answer_of_another_form_is_no_answer(gateway: FakeDltGateway) -> None:
    gateway.trouble = lambda request: httpx.Response(200, json={"messages": "none"})
    with pytest.raises(Unknown, match="malformed"):
        await gateway.provider().find(message(), NOW, ())


def test_of_two_texts_that_fit_the_one_that_says_more_is_taken() -> None:
    both = {"bare": f"{GAP} {GAP}", "plain": f"ODOP: {GAP}"}
    entry = {"kind": "service_implicit", "header": "ODOPUP"}
    templates = {
        name: entry | {"id": f"11070{number}", "text": text} for number, (name, text) in enumerate(both.items())
    }
    registry = Registry.model_validate({"entity_id": "110123", "templates": templates})
    match = registry.match("ODOP: ready")
    assert match
    assert match.text == f"ODOP: {GAP}"


def test_a_text_with_many_gaps_is_read_to_its_end() -> None:
    # trying one way to fill the gaps after the other would never come to an end here
    entry = {"id": "110700", "kind": "service_implicit", "header": "ODOPUP", "text": " ".join([GAP] * 20) + " end"}
    registry = Registry.model_validate({"entity_id": "110123", "templates": {"many": entry}})
    assert registry.match("a " * 250) is None
    assert registry.match("a " * 20 + "end")


@pytest.mark.parametrize(
    "text",
    [
        "entity_id: '1101234567890123456'",
        "entity_id: x\ntemplates: {a: {id: '110700', kind: promotional, header: ODOPUP, text: x}}",
        "entity_id: '110700'\ntemplates: {a: {id: '110700', kind: friendly, header: ODOPUP, text: x}}",
        "entity_id: '110700'\ntemplates: {a: {id: '110700', kind: promotional, header: OD-UP, text: x}}",
    ],
)
def test_a_file_of_templates_that_is_not_in_order_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "dlt.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"dlt\.yml"):
        load(path)


def test_a_file_of_templates_is_read(tmp_path: Path) -> None:
    path = tmp_path / "dlt.yml"
    path.write_text(REGISTRY.model_dump_json(), "utf-8")
    assert load(path) == REGISTRY
