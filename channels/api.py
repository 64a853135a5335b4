"""The message API, and the simulator's view of a turn."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.exceptions import HTTPException

from channels.bot_models import BotReply
from channels.errors import declared
from channels.handovers import Handovers, as_sent
from channels.logs import log, pseudonym
from channels.memory import Sessions
from channels.models import (
    LARGEST_ID,
    Channel,
    ChannelView,
    FeedbackIn,
    MessageIn,
    MessageOut,
    MessagesOut,
    SessionId,
    TurnId,
)
from channels.render import render
from channels.settings import Settings
from channels.turn_log.notes import Notes
from channels.turns import Turn, Turns

router = APIRouter(prefix="/api/v1")


# Async, although they wait for nothing: FastAPI runs the others in threads, out of order.
async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def _turns(request: Request) -> Turns:
    turns: Turns = request.app.state.turns
    return turns


async def _simulator(settings: Annotated[Settings, Depends(_settings)]) -> None:
    if not settings.simulator_on:
        raise HTTPException(403, "The simulator is off.")


@router.post("/messages", tags=["messages"], responses=declared(400, 403, 413, 422, 500))
async def post_message(
    message: MessageIn,
    settings: Annotated[Settings, Depends(_settings)],
    turns: Annotated[Turns, Depends(_turns)],
) -> MessageOut:
    """Answers one message. Messages of one session are answered in their order.

    While a person has the conversation, the message is kept for them: the outcome is `with_staff`,
    and `replies` are what they wrote and this session has not got yet; there may be none.
    """
    if message.channel != "web" and not settings.simulator_on:
        raise HTTPException(403, "Only the channel web is open: the simulator is off.")
    turn = await turns.run(message)
    with turn.clock.part("render"):
        view = render(message.channel, turn.replies)
    log_turn(turn, message, settings)
    return MessageOut(replies=view.replies, outcome=turn.outcome, turn_id=turn.id, handover=turn.handover)


@router.post("/feedback", tags=["messages"], status_code=204, responses=declared(400, 404, 413, 422, 429, 500, 503))
async def post_feedback(request: Request, feedback: FeedbackIn) -> None:
    """Whether an answer helped. The last word counts; 404 once the day (in India) of the turn is over."""
    polls: Sessions = request.app.state.polls
    notes: Notes = request.app.state.notes
    async with polls.turn(feedback.session_id):
        if not await notes.marks.of_turn(feedback.session_id, feedback.turn_id, feedback.mark):
            raise HTTPException(404, "This session has no such turn, or no longer.")


@router.get("/messages", tags=["messages"], responses=declared(422, 429, 500, 503))
async def get_messages(
    request: Request,
    session_id: Annotated[SessionId, Query()],
    after: Annotated[int, Query(ge=0, le=LARGEST_ID, description="The last id that was received.")] = 0,
) -> MessagesOut:
    """What a person of the helpline wrote, and that the assistant answers again. Ask every few
    seconds while `handover` is not null; the same request gives the same messages again."""
    polls: Sessions = request.app.state.polls
    handovers: Handovers = request.app.state.handovers
    async with polls.turn(session_id):
        heard = await handovers.follow(session_id, after)
    return MessagesOut(messages=[as_sent(each) for each in heard.messages], handover=heard.state)


@router.get(
    "/turns/{turn_id}/as/{channel}",
    tags=["simulator"],
    responses=declared(403, 404, 422, 500),
    dependencies=[Depends(_simulator)],
)
async def get_turn_as(
    turn_id: Annotated[TurnId, Path()],
    channel: Channel,
    turns: Annotated[Turns, Depends(_turns)],
) -> ChannelView:
    """The same answer as another channel would carry it."""
    replies: Sequence[BotReply] | None = turns.kept.get(turn_id)
    if replies is None:
        raise HTTPException(404, "This turn is not kept, or no longer.")
    return render(channel, replies)


def log_turn(turn: Turn, message: MessageIn, settings: Settings) -> None:
    write = log.warning if turn.failure else log.info
    write(
        "turn",
        turn_id=turn.id,
        session=pseudonym(message.session_id, settings.log_hash_key.get_secret_value()),
        channel=message.channel,
        outcome=turn.outcome,
        language=turn.replies[-1].language if turn.replies else None,
        failure=turn.failure,
        **turn.clock.times(),
    )
