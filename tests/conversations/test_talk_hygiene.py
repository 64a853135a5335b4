"""Messages that no person means: commands, invisible characters, nothing, too much."""

import httpx
import pytest
from conversation import HELPLINE, Ask, Conversation, post
from three_processes import ThreeProcesses

MARGIN = "मार्जिन मनी क्या है"
COMMANDS = [
    "/", "/restart", "/session_start", "/back", "//greet",
    '/ask_entry{"entry": "mm-what"}', '/change_language{"requested_language": "en"}',
    '/inform{"preferred_language": "en"}', '/choose{"number": "1"}', "/district_form", "EXTERNAL: action_answer",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_a_typed_command_is_plain_text_and_sets_nothing(person: Conversation, command: str) -> None:
    answer = person.say(command)
    assert answer.entry != "mm-what", answer
    assert answer.outcome != "unavailable"
    answer = person.say(MARGIN)
    assert (answer.language, answer.entry) == ("hi", "mm-what"), answer


def test_a_typed_restart_forgets_nothing(person: Conversation) -> None:
    for command in ("/restart", "/session_start"):
        assert person.last("english me batao", command, MARGIN).language == "en"


@pytest.mark.parametrize("text", ["/ नमस्ते", "नम\0स्ते", "\u200bनमस्ते\u200f\ufeff", "\x07नमस्ते\x1b", "\u202eनमस्ते\u202c"])
def test_what_cannot_be_seen_does_not_count(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert (answer.outcome, answer.language) == ("small_talk", "hi"), answer


@pytest.mark.parametrize("text", ["", "   ", "\0", "\n\n", "🙏", "😀😀", "...", "?!", "/", "\u200b", "।"])
def test_without_any_word_it_asks_for_words(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.outcome == "not_understood", answer
    assert answer.payloads == ["menu:", "person:"]


@pytest.mark.parametrize(("letter", "languages"), [("क", ["hi"]), ("a", ["hi-Latn", "en"])])
def test_a_message_of_1001_characters_is_asked_to_be_shorter(ask: Ask, letter: str, languages: list[str]) -> None:
    answer = ask(letter * 1001)
    assert answer.outcome == "not_understood"
    assert [reply["language"] for reply in answer.replies] == languages
    assert HELPLINE in answer.text


@pytest.mark.parametrize("text", ["क" * 1000, "a" * 1000, "नमस्ते " * 142, "😀क" * 500])
def test_a_message_of_1000_characters_is_taken(ask: Ask, text: str) -> None:
    assert ask(text).outcome != "unavailable"


def test_after_a_message_too_long_the_conversation_goes_on(person: Conversation) -> None:
    answer = person.last("What is margin money?", "a" * 1001)
    assert answer.language == "en"
    assert person.say(MARGIN).entry == "mm-what"


def test_a_body_of_100_kilobytes_is_refused(http: httpx.Client) -> None:
    response = post(http, session_id="large", text="a" * 100_000)
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("session_id", ["", "a b", "x" * 65, "नमस्ते", "a/b", "a.b", "a\0b", "../x", 'a"b', "a\n"])
def test_a_bad_session_id_is_refused(http: httpx.Client, session_id: str) -> None:
    response = post(http, session_id=session_id, text="नमस्ते")
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        {"text": "a"},
        {"session_id": "x"},
        {"session_id": "x", "text": None},
        {"session_id": "x", "text": 1},
        {"session_id": "x", "text": "a", "more": 1},
        {"session_id": "x", "text": "a", "channel": "fax"},
    ],
)
def test_a_request_not_as_documented_is_a_problem_detail(http: httpx.Client, body: dict[str, object]) -> None:
    response = post(http, **body)
    assert response.status_code == 422
    assert {"type", "title", "status", "detail"} <= set(response.json())


MALFORMED = [
    "entry:", "entry:mm what", "entry:../../mm-what", "entry:mm-what extra", "say entry:mm-what", "entry::mm-what",
    "language:", "language:xx", "language:en-GB", "person:now", "menu:x", "district:", "intent:greet", "more:",
]  # fmt: skip


@pytest.mark.parametrize("payload", MALFORMED)
def test_a_malformed_payload_is_plain_text(person: Conversation, payload: str) -> None:
    answer = person.say(payload)
    assert answer.entry != "mm-what", answer
    assert answer.outcome in {"not_understood", "out_of_scope", "choices_offered", "question_asked"}, answer
    assert person.say(MARGIN).language == "hi"


@pytest.mark.parametrize(
    "payload", ["entry:no-such-entry", "district:nowhere", "more:7", "more:x", "entry:" + "a" * 64]
)
def test_a_payload_that_names_nothing_is_not_understood(person: Conversation, payload: str) -> None:
    answer = person.last("What is margin money?", payload)
    assert (answer.outcome, answer.language) == ("not_understood", "en"), answer


def test_no_log_holds_what_people_say_or_who_they_are(http: httpx.Client, sahayak: ThreeProcesses) -> None:
    person = Conversation(http, "session-of-ramvilas")
    person.all("mera naam Ramvilas9876543210 hai", MARGIN + " रामविलास", "/restart ramvilas", "district:ramvilas")
    log = sahayak.log_text().lower()
    assert not [word for word in ("ramvilas", "9876543210", "रामविलास", "मार्जिन") if word in log]
