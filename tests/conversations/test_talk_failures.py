"""One of the processes dies: a helpful sentence, and all is well when it is back."""

import pytest
from conversation import HELPLINE, LANGUAGES, Conversation
from three_processes import ThreeProcesses

MARGIN = {"hi": "मार्जिन मनी क्या है", "hi-Latn": "margin money kya hai", "en": "What is margin money?"}


@pytest.mark.parametrize("name", ["actions", "bot"])
def test_without_it_there_is_a_helpful_sentence_and_after_it_an_answer(
    fragile: ThreeProcesses, caller: Conversation, name: str
) -> None:
    fragile.wait_until_ready()
    people = {language: Conversation(caller.http, f"{name}-{language}") for language in LANGUAGES}
    for language, person in people.items():
        person.say(MARGIN[language])
    fragile.kill(name)
    for language, person in people.items():
        answer = person.say(MARGIN[language])
        assert (answer.outcome, answer.language) == ("unavailable", language), answer
        assert HELPLINE in answer.text
    assert caller.http.get("/readyz").json()["parts"][name] == "unreachable"
    fragile.start(name)
    fragile.wait_until_ready()
    for language, person in people.items():
        answer = person.say(MARGIN[language])
        assert (answer.outcome, answer.language, answer.entry) == ("answered", language, "mm-what"), answer


def test_without_actions_small_talk_goes_on_and_a_new_person_is_told_in_hindi_or_both(
    fragile: ThreeProcesses, caller: Conversation
) -> None:
    fragile.wait_until_ready()
    fragile.kill("actions")
    assert Conversation(caller.http, "new-hindi").say(MARGIN["hi"]).language == "hi"
    both = Conversation(caller.http, "new-latin").say(MARGIN["hi-Latn"])
    assert [reply["language"] for reply in both.replies] == ["hi-Latn", "en"]
    assert Conversation(caller.http, "new-greeting").say("नमस्ते").outcome == "small_talk"
    fragile.start("actions")
    fragile.wait_until_ready()


def test_what_was_said_outlives_the_bot(fragile: ThreeProcesses, caller: Conversation) -> None:
    fragile.wait_until_ready()
    caller.all("english me batao", "mere zile ka product kya hai")
    fragile.kill("bot")
    fragile.start("bot")
    fragile.wait_until_ready()
    answer = caller.say("आगरा")
    assert answer.language == "en"
    assert "Leather Products" in answer.text
