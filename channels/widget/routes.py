"""The routes that the widget speaks to, from the pages of sites that are allowed to."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from channels.api import log_turn
from channels.errors import TooBusy, declared
from channels.handovers import Handovers, as_sent
from channels.hygiene import clean
from channels.limits import address
from channels.models import LARGEST_ID, Language, MessageIn
from channels.sentences import RATE_LIMITED
from channels.turns import own_languages
from channels.widget.cors import PREFIX
from channels.widget.models import DeskOut, SessionOut, WidgetMessageIn, WidgetMessageOut, WidgetMessagesOut
from channels.widget.service import Widget
from channels.widget.tokens import Visit, new_visit

router = APIRouter(prefix=PREFIX, tags=["widget"])
_BEARER = HTTPBearer(auto_error=False, scheme_name="Widget", description="A token of POST /api/v1/widget/session.")
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
BUSY_SECONDS = 5


async def _widget(request: Request) -> Widget:
    widget: Widget = request.app.state.widget
    return widget


Ours = Annotated[Widget, Depends(_widget)]


async def _visit(request: Request, widget: Ours, bearer: Bearer) -> Visit:
    visit = widget.tokens.read(bearer.credentials, widget.clock()) if bearer else None
    # A browser names no origin for its own site's GET; one that is named must be the token's.
    if visit is None or request.headers.get("origin", visit.origin) != visit.origin:
        raise HTTPException(401, "The token is missing, unknown or too old.", {"WWW-Authenticate": "Bearer"})
    return visit


@router.post("/session", responses=declared(401, 403, 422, 429, 500))
async def post_session(
    request: Request,
    widget: Ours,
    language: Annotated[Language | None, Query(description="A refusal is told in it.")] = None,
) -> SessionOut:
    """A new session, or with `Authorization` a new token for the one that it names."""
    origin = _allowed_origin(request, widget)
    _pace(request, widget.addresses.take(address(request)), language)
    now = widget.clock()
    _, _, old = request.headers.get("authorization", "").partition(" ")
    visit = widget.tokens.renew(old, now) if old else new_visit(origin, now)
    if visit is None or visit.origin != origin:
        raise HTTPException(401, "This session is over; begin a new one.", {"WWW-Authenticate": "Bearer"})
    token = widget.tokens.seal(visit, now)
    return SessionOut(token=token, expires_in=widget.tokens.seconds, longest=widget.settings.max_characters)


@router.get("/desk", responses=declared(403, 429, 500))
async def get_desk(request: Request, widget: Ours) -> DeskOut:
    """For the sign at the button that asks for a person. It needs no token: it is the same for everybody."""
    if request.headers.get("origin"):  # a browser names none for its own site's GET
        _allowed_origin(request, widget)
    _pace(request, widget.addresses.take(address(request)), None)
    return await widget.sign.read()


@router.post("/messages", responses=declared(400, 401, 413, 422, 429, 500))
async def post_message(
    message: WidgetMessageIn, request: Request, widget: Ours, visit: Annotated[Visit, Depends(_visit)]
) -> WidgetMessageOut:
    """Answers one message, as POST /api/v1/messages does; once, however often it comes with the same id."""
    wait = widget.messages.take(visit.session_id) or widget.addresses.take(address(request))
    _pace(request, wait, message.language, message.text)
    try:
        answer, turn = await widget.answer(visit.session_id, message)
    except TooBusy:
        _pace(request, BUSY_SECONDS, message.language, message.text)
        raise
    if turn:
        log_turn(turn, MessageIn(session_id=visit.session_id, text=""), widget.settings)
    return answer


@router.get("/messages", responses=declared(401, 422, 429, 500, 503))
async def get_messages(
    request: Request,
    widget: Ours,
    visit: Annotated[Visit, Depends(_visit)],
    after: Annotated[int, Query(ge=0, le=LARGEST_ID, description="The last id that was received.")] = 0,
) -> WidgetMessagesOut:
    """What a person of the helpline wrote, whether more may come, and how many are before."""
    _pace(request, widget.polls.take(visit.session_id), None)
    handovers: Handovers = request.app.state.handovers
    heard = await handovers.follow(visit.session_id, after)
    place = await widget.place(visit.session_id) if heard.state == "waiting" else None
    return WidgetMessagesOut(messages=[as_sent(each) for each in heard.messages], handover=heard.state, place=place)


def _allowed_origin(request: Request, widget: Widget) -> str:
    origin = request.headers.get("origin", "")
    sites = widget.settings.widget_sites
    if "*" not in sites and origin not in sites:
        raise HTTPException(403, "This site is not allowed to show the helpline.")
    return origin


def _pace(request: Request, wait: int, language: Language | None, text: str = "") -> None:
    """Refuses with a sentence that the widget can show as it is."""
    if not wait:
        return
    languages = own_languages(language, clean(text))
    replies = request.app.state.sentences.replies(RATE_LIMITED, languages)
    raise HTTPException(429, "\n".join(reply.text for reply in replies), {"Retry-After": str(wait)})
