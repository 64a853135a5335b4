"""Long, mixed and simultaneous conversations."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
from conversation import Conversation
from three_processes import ThreeProcesses

from knowledge import districts
from knowledge.programme import current

MINE = "mere zile ka product kya hai"
ODD = [
    "", "🙏", "/restart", "/", "???", "asdf", "क", "कककक", "1", "99", "entry:nothing", "language:xx", "\0", "a" * 1001,
    "a" * 1000, "எப்படி", "hello hello hello", "no", "yes", "stop", "bye", MINE, "gotalpur", "qqq", "stop", "NULL",
    "'; DROP TABLE events;--", "<script>alert(1)</script>", "{{7*7}}", '{"intent": "greet"}', "٣", "½", "ODOP" * 50,
    "नमस्ते" * 100, "what\nis\nthis", "😀क😀",
]  # fmt: skip


def test_after_more_than_thirty_odd_messages_it_still_answers(person: Conversation) -> None:
    assert len(ODD) > 30
    failed = [str(answer) for answer in person.all(*ODD) if answer.outcome == "unavailable"]
    assert not failed, "\n".join(failed)
    answer = person.last("stop", "What is margin money?")
    assert (answer.outcome, answer.entry) == ("answered", "mm-what"), answer


def test_the_same_message_forty_times_gets_the_same_answer(person: Conversation) -> None:
    assert {person.say("What is margin money?").entry for _ in range(40)} == {"mm-what"}


def test_two_sessions_do_not_mix(somebody: Callable[[], Conversation]) -> None:
    asked, other = somebody(), somebody()
    asked.all("english me batao", MINE)
    assert other.say("बांदा का उत्पाद क्या है").language == "hi"
    offered = other.say("कानपुर का उत्पाद क्या है")
    assert asked.say("Agra").language == "en"  # answers the form, in the language asked for
    assert asked.say("1").entry == current().after_district[0]  # its own choices, not the other's
    assert offered.payloads[0] == "district:kanpur-nagar"
    assert "कानपुर नगर" in other.say("1").text


def test_eight_people_at_once_each_get_their_own_answers(somebody: Callable[[], Conversation]) -> None:
    chosen = list(districts.load().by_id.values())[:8]
    people = [somebody() for _ in chosen]

    def talk(person: Conversation, name: str) -> list[str]:
        return [person.say(text).text for text in (f"{name} ka product kya hai", MINE, name, "tum kaun ho")]

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(talk, people, [d.name["en"] for d in chosen]))
    for district, (first, question, again, who) in zip(chosen, told, strict=True):
        assert district.name["en"] in first
        assert district.products[0].names["hi-Latn"] in first
        assert "kis zile" in question
        assert again == first
        assert "ODOP Sahayak" in who


def test_one_person_who_writes_five_messages_at_once_gets_five_answers(person: Conversation) -> None:
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(person.say, ["What is margin money?"] * 5))
    assert [answer.entry for answer in answers] == ["mm-what"] * 5


def test_a_message_that_comes_to_the_bot_again_is_answered_the_same_and_changes_nothing(
    sahayak: ThreeProcesses,
) -> None:
    """Asked for the age and told 35 twice, the assistant does not take the second for the next answer."""
    address = f"http://127.0.0.1:{sahayak.ports['bot']}/webhooks/gateway/webhook"
    with httpx.Client(headers={"Authorization": f"Bearer {sahayak.token}"}, trust_env=False, timeout=60) as bot:

        def ask(text: str, message_id: str) -> list[str]:
            body = {"sender": "comes-again", "text": text, "kind": "text", "channel": "web", "message_id": message_id}
            return [reply["text"] for reply in bot.post(address, json=body).json()["replies"]]

        ask("task:eligibility.margin_money", "in-1")
        first = ask("35", "in-2")
        assert ask("35", "in-2") == first
        assert "35" in first[0] and ask("haan", "in-3") != first


def test_what_the_bot_is_to_forget_is_gone(sahayak: ThreeProcesses) -> None:
    """After it the same short answer means nothing: the dialogue it belonged to is not known any more."""
    address = f"http://127.0.0.1:{sahayak.ports['bot']}/webhooks/gateway"
    with httpx.Client(headers={"Authorization": f"Bearer {sahayak.token}"}, trust_env=False, timeout=60) as bot:
        message = {"sender": "forget-me", "kind": "text", "channel": "web"}
        bot.post(f"{address}/webhook", json=message | {"text": "task:eligibility.margin_money"})
        assert bot.post(f"{address}/forget", json={"sender": "forget-me"}).status_code == 200
        said = bot.post(f"{address}/webhook", json=message | {"text": "35"}).json()["replies"]
        assert said[0]["outcome"] == "not_understood"
        assert bot.post(f"{address}/forget", json={"sender": "a b"}).status_code == 422
    assert httpx.post(f"{address}/forget", json={"sender": "forget-me"}, trust_env=False).status_code == 401
