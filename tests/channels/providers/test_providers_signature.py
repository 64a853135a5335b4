"""Only Twilio can call our webhooks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator

from channels.providers.signature import called_address, is_genuine

TOKEN = "token-of-the-account"
URL = "https://help.example/webhooks/twilio/status?m=out-7"
FORM = {"MessageSid": "SM1", "MessageStatus": "sent", "Body": "नमस्ते + 1"}


def signed(url: str, form: dict[str, str], token: str = TOKEN) -> str:
    return str(RequestValidator(token).compute_signature(url, form))


def test_twilios_own_example_is_genuine() -> None:
    """From Twilio's page on the security of webhooks."""
    form = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+12349013030",
        "Digits": "1234",
        "From": "+12349013030",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert is_genuine(url, form, "0/KCTR6DLpKmkAf8muzZqo1nDgQ=", "12345")


def test_a_signed_form_is_genuine_in_either_shape() -> None:
    assert is_genuine(URL, FORM, signed(URL, FORM), TOKEN)
    assert is_genuine(URL, list(FORM.items()), signed(URL, FORM), TOKEN)
    assert is_genuine(URL, {}, signed(URL, {}), TOKEN)


@pytest.mark.parametrize("signature", [None, "", "x", "ÿ", "कख", "0" * 28])
def test_without_the_right_signature_nothing_is_genuine(signature: str | None) -> None:
    assert not is_genuine(URL, FORM, signature, TOKEN)


def test_without_a_token_nothing_is_genuine() -> None:
    assert not is_genuine(URL, FORM, signed(URL, FORM, ""), "")


@pytest.mark.parametrize(
    "changed",
    [
        {},
        FORM | {"MessageStatus": "delivered"},
        FORM | {"more": "1"},
        {name: value for name, value in FORM.items() if name != "Body"},
    ],
)
def test_what_was_changed_on_the_way_is_not_genuine(changed: dict[str, str]) -> None:
    assert not is_genuine(URL, changed, signed(URL, FORM), TOKEN)


@pytest.mark.parametrize(
    "url",
    [
        URL.replace("out-7", "out-8"),
        URL.replace("https", "http"),
        URL.replace("help.example", "other.example"),
        "https://help.example:99999999/",
        "https://help.example:x/",
    ],
)
def test_a_signature_holds_for_its_address_only(url: str) -> None:
    assert not is_genuine(url, FORM, signed(URL, FORM), TOKEN)


def test_a_repeated_parameter_counts_with_every_value() -> None:
    pairs = [("Media", "b"), ("Media", "a"), ("To", "x")]
    signature = str(RequestValidator(TOKEN).compute_signature(URL + "MediaaMediabTox", {}))
    assert is_genuine(URL, pairs, signature, TOKEN)
    assert is_genuine(URL, ImmutableMultiDict(pairs).multi_items(), signature, TOKEN)
    assert not is_genuine(URL, pairs[1:], signature, TOKEN)
    assert not is_genuine(URL, [*pairs, ("Media", "c")], signature, TOKEN)


@pytest.mark.parametrize("signed_with", ["https://help.example/hook", "https://help.example:443/hook"])
def test_the_standard_port_may_be_signed_or_not(signed_with: str) -> None:
    assert is_genuine("https://help.example/hook", FORM, signed(signed_with, FORM), TOKEN)


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=6), st.text(max_size=30))
def test_any_form_that_twilio_signed_is_genuine_and_no_other_signature_is(form: dict[str, str], other: str) -> None:
    right = signed(URL, form)
    assert is_genuine(URL, form, right, TOKEN)
    assert is_genuine(URL, form, other, TOKEN) == (other == right)


def test_the_address_is_the_one_twilio_called_not_the_proxys() -> None:
    assert called_address("https://help.example/odop/", "/webhooks/x", "m=a%20b") == (
        "https://help.example/odop/webhooks/x?m=a%20b"
    )
    assert called_address("https://help.example", "/webhooks/x") == "https://help.example/webhooks/x"
