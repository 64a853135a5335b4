"""When words begin a dialogue, and when they are only answered."""

import pytest

from actions.begin_task import least_confidence
from actions.dialogue.message import Message
from actions.dialogue.wishes import is_heard

WISHES = ("ज़रा मेरी फ़ाइल देख लीजिए", "jara meri file dekh lijiye", "please look into my file")
QUESTIONS = ("फ़ाइल कैसे देखते हैं", "file kaise dekhte hain", "how do I see the file")
STORIES = ("मेरी फ़ाइल चार महीने से पड़ी है", "meri file 4 mahine se padi hai", "my file lies there since 4 months")


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_needs_only_that_the_classifier_takes_it_for_one(text: str) -> None:
    assert is_heard("wish", Message(text)) and not is_heard("general", Message(text))
    assert least_confidence(Message(text), 0.95, offers=True) <= 0.5


@pytest.mark.parametrize("text", QUESTIONS)
def test_how_it_is_done_is_answered_where_there_is_an_answer(text: str) -> None:
    assert least_confidence(Message(text), 0.6, offers=True) > 1
    assert least_confidence(Message(text), 0.0, offers=False) <= 1


@pytest.mark.parametrize("text", STORIES)
def test_a_story_begins_the_less_the_better_its_answer_is(text: str) -> None:
    needed = [least_confidence(Message(text), probability, offers=True) for probability in (0.0, 0.7, 0.95)]
    assert needed == sorted(set(needed)) and needed[-1] < 1
    assert least_confidence(Message(text), 0.95, offers=False) > 1


@pytest.mark.parametrize("text", STORIES)
def test_a_story_about_something_else_must_be_surer_and_a_wish_need_not(text: str) -> None:
    message = Message(text)
    ours, strange = (least_confidence(message, 0.0, offers=False, strange=it) for it in (False, True))
    assert ours < strange < 1
    wish = Message(f"{text}, dekh lijiye")
    assert least_confidence(wish, 0.0, offers=False, strange=True) == least_confidence(wish, 0.0, offers=False)


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_that_a_good_answer_does_not_offer_must_be_surer(text: str) -> None:
    assert 0.5 < least_confidence(Message(text), 0.95, offers=False) < 1


@pytest.mark.parametrize("text", ("मेरे केस का स्टेटस", "मेरा केस देखो", "mera case dekho"))
def test_a_case_is_not_heard_as_how(text: str) -> None:
    assert not is_heard("general", Message(text))
