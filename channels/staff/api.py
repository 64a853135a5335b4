"""The staff's routes. Every one needs the token; what staff do is logged without what was said."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.exceptions import HTTPException

from channels.errors import declared
from channels.handovers import Handovers
from channels.logs import log
from channels.models import Language
from channels.settings import Settings
from channels.staff import applications
from channels.staff.access import staff_only
from channels.staff.models import (
    Close,
    Handover,
    HandoverId,
    HandoverList,
    HandoverMessage,
    HandoverWithMessages,
    Return,
    StaffMessage,
    StaffName,
    Take,
)

router = APIRouter(
    prefix="/api/v1/staff",
    tags=["staff"],
    dependencies=[Depends(staff_only)],
    responses=declared(401, 422, 500, 503),
)
CHANGES = declared(400, 404, 409, 413)
Id = Annotated[HandoverId, Path()]


async def _handovers(request: Request) -> Handovers:
    handovers: Handovers = request.app.state.handovers
    return handovers


async def _secret(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return settings.bot_token.get_secret_value()


Store = Annotated[Handovers, Depends(_handovers)]
Secret = Annotated[str, Depends(_secret)]


@router.get("/handovers")
async def get_handovers(store: Store, secret: Secret) -> HandoverList:
    """The open conversations: the most urgent first, then who has waited longest."""
    return HandoverList(handovers=[Handover.of(row, secret) for row in await store.run(store.desk.open_ones)])


@router.get("/handovers/{handover_id}", responses=declared(404))
async def get_handover(handover_id: Id, store: Store, secret: Secret) -> HandoverWithMessages:
    """One conversation, open or over, with its messages."""
    return HandoverWithMessages.with_messages(await store.run(store.desk.one, handover_id), secret)


@router.post("/handovers/{handover_id}/take", responses=CHANGES)
async def take(handover_id: Id, body: Take, store: Store, secret: Secret) -> HandoverWithMessages:
    """From now on a person answers, not the bot. 409 names who has it already."""
    taken = await store.run(store.desk.take, handover_id, body.staff)
    log.info("handover_taken", handover=handover_id)
    return HandoverWithMessages.with_messages(taken, secret)


@router.post("/handovers/{handover_id}/messages", responses=CHANGES)
async def post_staff_message(handover_id: Id, body: StaffMessage, store: Store) -> HandoverMessage:
    """Writes to the user; only who has the conversation may."""
    return HandoverMessage.of(await store.run(store.desk.say, handover_id, body.staff, body.text))


@router.post("/handovers/{handover_id}/return", responses=CHANGES)
async def give_back(handover_id: Id, body: Return, store: Store, secret: Secret) -> HandoverWithMessages:
    """The bot answers again; the user is told so. Only who has the conversation may."""
    ended = await store.run(store.desk.give_back, handover_id, body.staff, "returned")
    log.info("handover_returned", handover=handover_id)
    return HandoverWithMessages.with_messages(ended, secret)


@router.post("/handovers/{handover_id}/close", responses=CHANGES)
async def close(handover_id: Id, body: Close, store: Store, secret: Secret) -> HandoverWithMessages:
    """Ends it with a reason; the bot answers again. Who has it may, or anybody while nobody has."""
    ended = await store.run(store.desk.give_back, handover_id, body.staff, "closed", body.reason)
    log.info("handover_closed", handover=handover_id)
    return HandoverWithMessages.with_messages(ended, secret)


@router.get("/applications/{number:path}", responses=declared(404))
async def get_application(
    request: Request,
    number: Annotated[str, Path(min_length=1, max_length=64)],
    staff: Annotated[StaffName, Query()],
    language: Annotated[Language, Query()] = "hi",
) -> dict[str, Any]:
    """An application's state, as the action server tells it to staff."""
    try:
        return await applications.application(
            request.app.state.http, request.app.state.settings, number, staff, language
        )
    except applications.ApplicationRefused as refused:
        raise HTTPException(refused.status, refused.detail) from None
