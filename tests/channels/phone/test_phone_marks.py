"""A key says whether the answer helped."""

from collections.abc import Callable
from typing import Any

import pytest
from caller import Caller, choice, reply

from channels.fake_bot import FakeBot
from channels.turn_log.tables import TurnRow

ANSWER = reply("टूलकिट मुफ़्त है।", buttons=[choice("आवेदन कैसे करें?", "entry:toolkit-apply")])
OFFER = "काम न आया हो तो 8"


@pytest.fixture
async def marks(caller: Caller) -> Any:
    """The marks of the store, as `await marks()` gives them; turns are written."""
    app = caller._gateway._transport.app
    app.state.notes.log.start()

    async def read() -> list[str | None]:
        await app.state.notes.log.written(5)
        with app.state.handovers.database.reading() as connection:
            return [row.mark for row in connection.execute(TurnRow.__table__.select())]

    yield read
    await app.state.notes.log.close()


async def test_the_keys_are_told_once_in_a_call(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [ANSWER]
    await caller.says("टूलकिट क्या है")
    assert OFFER in caller.heard
    await caller.says("टूलकिट किसे मिलती है")
    assert OFFER not in caller.heard


@pytest.mark.parametrize(("key", "mark"), [("7", "up"), ("8", "down")])
async def test_a_key_marks_the_answer_is_thanked_and_the_choices_stay(
    caller: Caller, bot: FakeBot, marks: Callable[[], Any], key: str, mark: str
) -> None:
    bot.replies = [ANSWER]
    await caller.says("टूलकिट क्या है")
    await caller.presses(key)
    assert "राय लिख ली गई" in caller.heard and "आवेदन कैसे करें, इसके लिए 1" in caller.heard
    assert await marks() == [mark]
    await caller.presses("1")
    assert bot.asked[-1]["text"] == "entry:toolkit-apply"


async def test_where_a_number_may_be_typed_no_key_marks(caller: Caller, bot: FakeBot) -> None:
    bot.replies = [reply("आवेदन नंबर बताइए।") | {"outcome": "question_asked"}]
    await caller.says("मेरा आवेदन कहाँ है")
    assert OFFER not in caller.heard
    await caller.presses("7")
    assert bot.asked[-1]["text"] == "7"
