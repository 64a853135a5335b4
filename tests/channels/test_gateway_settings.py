"""Settings and fixed sentences: what is missing or unsafe keeps the gateway from starting."""

import re
from pathlib import Path

import pytest
from gateway_settings import SENTENCES, settings
from pydantic import ValidationError

import channels
from channels.__main__ import main
from channels.errors import SettingsError
from channels.sentences import OUTCOMES, Sentences
from channels.settings import PLACEHOLDER, ROOT

SECRETS = {"bot_token": "x9" * 12, "log_hash_key": "k3" * 12, "staff_token": "s5" * 12, "transcript_token": "t7" * 12}
SECRETS |= {"contact_hash_key": "h7" * 12, "contact_seal_key": "e2" * 12}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        SECRETS | {"bot_token": "short"},
        SECRETS | {"log_hash_key": PLACEHOLDER},
        SECRETS | {"staff_token": PLACEHOLDER + "-but-long"},
        SECRETS | {"transcript_token": PLACEHOLDER},
        SECRETS | {"contact_hash_key": PLACEHOLDER},
        SECRETS | {"contact_seal_key": PLACEHOLDER},
        SECRETS | {"contact_seal_key": "n9" * 12 + " " + PLACEHOLDER},
        SECRETS | {"contact_hash_key": "n9" * 12 + " short"},
    ],
)
def test_placeholder_secrets_are_refused_outside_development(changes: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="must be a secret of its own"):
        settings(environment="production", **changes)


def test_a_secret_made_for_development_is_refused_outside_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "secrets.env"
    own.write_text(f"CONTACT_SEAL_KEY={SECRETS['contact_seal_key']}\n")
    monkeypatch.setattr("channels.settings.OWN_SECRETS", own)
    with pytest.raises(ValidationError, match="CONTACT_SEAL_KEY must be a secret of its own"):
        settings(environment="production", **SECRETS)


def test_while_a_key_is_changed_there_are_two(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("channels.settings.OWN_SECRETS", tmp_path / "none")
    two = SECRETS | {"contact_seal_key": "n9" * 12 + " " + SECRETS["contact_seal_key"]}
    assert settings(environment="production", **two).contact_seal_key.get_secret_value().startswith("n9")


def test_the_simulator_is_off_outside_development_unless_asked_for() -> None:
    assert settings().simulator_on
    assert not settings(environment="production", **SECRETS).simulator_on
    assert settings(environment="production", simulator=True, **SECRETS).simulator_on


def test_an_unsafe_setting_is_told_in_one_line_without_the_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    monkeypatch.setenv("BOT_TOKEN", "hunter2")
    assert main() == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "BOT_TOKEN" in told
    assert "hunter2" not in told


def test_the_environment_is_read_in_one_place() -> None:
    for path in Path(channels.__file__).parent.rglob("*.py"):
        assert not re.search(r"os\.(environ|getenv)", path.read_text("utf-8")), path


def test_imports_stay_inside_the_gateway() -> None:
    for path in Path(channels.__file__).parent.rglob("*.py"):
        assert not re.search(r"^\s*(from|import) (bot|actions|knowledge|rasa)\b", path.read_text("utf-8"), re.M)


# ---- sentences


@pytest.mark.parametrize("path", [SENTENCES, ROOT / "bot" / "responses" / "gateway.yml"])
def test_every_own_sentence_is_there_in_every_language(path: Path) -> None:
    sentences = Sentences.load(path)
    for key in OUTCOMES:
        texts = {reply.text for reply in sentences.replies(key, ["hi", "en", "hi-Latn"])}
        assert len(texts) == 3


@pytest.mark.parametrize("content", ["", "responses: {}", "responses: {utter_unavailable: [{text: x}]}", "a: [", "- b"])
def test_a_file_without_the_sentences_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gateway.yml"
    path.write_text(content, "utf-8")
    with pytest.raises(SettingsError):
        Sentences.load(path)
