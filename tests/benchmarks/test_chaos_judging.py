"""What chaos counts: a message is answered once and in order, told something else that helps, or lost."""

from collections.abc import Sequence

import pytest
import yaml

from benchmarks.chaos.judging import HOLD, UNAVAILABLE, Found, Judge
from benchmarks.chaos.questions import LANGUAGES, Question, all_of, of_person
from benchmarks.chaos.results import waited
from benchmarks.chaos.run import Happened
from benchmarks.chaos.said import Person, Said
from benchmarks.places import ROOT

ASKED = [Question(name, "en", name) for name in ("agra", "mau", "banda")]


def own(key: str, file: str) -> str:
    texts = yaml.safe_load((ROOT / "bot" / "responses" / f"{file}.yml").read_text(encoding="utf-8"))
    return str(texts["responses"][key][-1]["text"]).strip()


LATE, SORRY = own(HOLD, "delivery"), own(UNAVAILABLE, "gateway")


def judged(heard: Sequence[str], refused: Sequence[int] = ()) -> Found:
    judge, person = Judge(), Person("+919800000001", ASKED)
    judge.answers = {("sms", each): f"re {each.text}" for each in ASKED}
    person.said = [Said(each, at=0.0, refused=place in refused) for place, each in enumerate(ASKED)]
    person.heard = [(1.0, text) for text in heard]
    return judge.found([person], [])


@pytest.mark.parametrize(
    ("heard", "refused", "lost", "repeated", "out_of_order"),
    [
        (["re agra", "re mau", "re banda"], (), 0, 0, 0),
        (["re agra", "re banda"], (), 1, 0, 0),
        (["re agra", "re banda"], (1,), 0, 0, 0),
        (["re agra", SORRY, "re banda"], (), 0, 0, 0),
        (["re agra", SORRY, "re mau", "re banda"], (), 0, 1, 0),
        (["re agra", "re mau", "re mau", "re banda"], (), 0, 1, 0),
        (["re mau", "re agra", "re banda"], (), 0, 0, 1),
        (["re agra", LATE, "re mau", LATE, "re banda"], (), 0, 0, 0),
        (["re agra", LATE, LATE, "re mau", "re banda"], (), 0, 1, 0),
    ],
)
def test_what_came_is_counted(
    heard: list[str], refused: tuple[int, ...], lost: int, repeated: int, out_of_order: int
) -> None:
    found = judged(heard, refused)
    assert (found.lost, found.repeated, found.out_of_order) == (lost, repeated, out_of_order)
    assert found.is_well == (not lost + repeated + out_of_order)


def test_what_is_no_answer_to_any_of_it_is_seen() -> None:
    assert judged(["re agra", "re mau", "re banda", "hello"]).strange == ["hello"]


def test_every_person_asks_different_things() -> None:
    for number in range(len(LANGUAGES)):
        asked = of_person(number, 62)
        assert len({each.text for each in asked}) == len(asked) > 50
    assert {each.district for each in all_of("hi")} == {each.district for each in all_of("en")}


def test_the_wait_counts_from_the_providers_return() -> None:
    away = Happened("provider away", began=100.0, ended=110.0, cuts_off=True)
    said = Said(ASKED[0], at=104.0, words_at=113.0)
    assert waited(said, [away]) == 3.0
    assert waited(said, [Happened("bot killed", began=100.0, ended=110.0)]) == 9.0
    assert waited(Said(ASKED[0], at=1.0), []) is None
