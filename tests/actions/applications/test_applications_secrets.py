"""Keys, hashes, seals, and mobiles that do not show themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.applications import mobile
from actions.applications.errors import SealBroken, SettingsError
from actions.applications.mobile import Mobile
from actions.applications.settings import PLACEHOLDER, load_settings
from actions.applications.vault import Vault, same

VAULT = Vault("h" * 32, ["s" * 32])
STRONG = "k" * 32


@given(st.text(max_size=50))
def test_what_is_sealed_opens_to_itself_and_is_never_sealed_the_same_twice(text: str) -> None:
    one, other = VAULT.seal(text), VAULT.seal(text)
    assert one != other
    assert VAULT.open(one) == VAULT.open(other) == text


def test_another_key_opens_nothing_and_the_error_holds_nothing() -> None:
    sealed = VAULT.seal("5000000042")
    with pytest.raises(SealBroken) as error:
        Vault("h" * 32, ["x" * 32]).open(sealed)
    assert "5000000042" not in str(error.value)


def test_a_key_put_in_front_leaves_the_old_seals_readable() -> None:
    turned = Vault("h" * 32, ["new" * 11, "s" * 32])
    assert turned.open(VAULT.seal("5000000042")) == "5000000042"
    with pytest.raises(SealBroken):
        VAULT.open(turned.seal("5000000042"))


def test_a_seal_changed_by_one_letter_is_refused() -> None:
    sealed = VAULT.seal("5000000042")
    changed = sealed[:20] + ("A" if sealed[20] != "A" else "B") + sealed[21:]
    with pytest.raises(SealBroken):
        VAULT.open(changed)


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_hash_depends_on_kind_key_and_every_part(one: str, other: str) -> None:
    assert VAULT.hash("mobile", one) != VAULT.hash("contact", one)
    assert VAULT.hash("mobile", one) != Vault("i" * 32, ["s" * 32]).hash("mobile", one)
    assert VAULT.hash("code", one, other) != VAULT.hash("code", one + other)
    assert (VAULT.hash("code", one, other) == VAULT.hash("code", other, one)) == (one == other)


def test_comparing_tells_equal_from_different() -> None:
    assert same("abc", "abc")
    assert not same("abc", "abd")
    assert not same("abc", "ab")


@pytest.mark.parametrize(
    "text",
    [
        "9876543210",
        "+919876543210",
        "919876543210",
        "09876543210",
        " 98765 43210 ",
        "98765-43210",
        "+91 (98765) 43210",
        "whatsapp:+919876543210",
        "९८७६५४३२१०",
    ],
)
def test_a_mobile_is_read_however_it_is_written(text: str) -> None:
    assert mobile.read(text) == Mobile("9876543210")


@pytest.mark.parametrize(
    "text", ["", "987654321", "98765432101", "1234567890", "5123456789", "abc", "whatsapp:US.1a2b"]
)
def test_what_is_no_indian_mobile_is_none(text: str) -> None:
    assert mobile.read(text) is None


@given(st.text())
def test_any_text_is_read_as_a_mobile_or_not_without_failing(text: str) -> None:
    found = mobile.read(text)
    assert found is None or (len(found.digits) == 10 and found.digits.isascii() and found.digits.isdecimal())


def test_made_up_mobiles_are_told_apart() -> None:
    made_up, real = mobile.read("+915000000042"), mobile.read("9876543210")
    assert made_up is not None
    assert real is not None
    assert (made_up.is_made_up, real.is_made_up) == (True, False)


def test_a_mobile_shows_only_how_it_ends() -> None:
    holder = Mobile("9876543210")
    for text in (str(holder), repr(holder), f"{holder}", repr([holder]), repr({"mobile": holder})):
        assert "98765432" not in text
        assert "10" in text


def test_in_development_no_setting_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENVIRONMENT", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    assert load_settings().database_address.endswith("/var/applications.db")


@pytest.mark.parametrize("name", ["APPLICATIONS_HASH_KEY", "APPLICATIONS_SEAL_KEY"])
@pytest.mark.parametrize(
    "value", [None, "", PLACEHOLDER, "short", f"{STRONG} short", f"{PLACEHOLDER}-but-much-longer-than-it"]
)
def test_in_production_a_missing_short_or_placeholder_key_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str | None
) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.setenv("APPLICATIONS_HASH_KEY", STRONG)
    monkeypatch.setenv("APPLICATIONS_SEAL_KEY", STRONG)
    load_settings()
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as error:
        load_settings()
    assert value is None or len(value) < 6 or value not in str(error.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_an_address_of_postgresql_gets_our_driver(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://user:pass@host/name")
    assert load_settings().database_address == "postgresql+psycopg://user:pass@host/name"
    assert "pass" not in repr(load_settings())
