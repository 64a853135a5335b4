"""The HTTP side: what Rasa calls, hosted by FastAPI around rasa_sdk's executor."""

import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions import about, points, unreadable, watching
from actions.answer import ActionAnswer
from actions.ask_task_answer import ActionAskTaskAnswer
from actions.begin_task import ActionBeginTask
from actions.choose import ActionChoose
from actions.content.http import router as content
from actions.desk.routes import router as desk
from actions.district import ActionDistrict
from actions.knowledge_base import knowledge_base
from actions.leave_to_people import ActionLeaveToPeople
from actions.letters.http import router as letters
from actions.live import LiveEdits
from actions.set_language import ActionSetLanguage
from actions.settings import Settings
from actions.staff_application import router as staff_application
from actions.staff_groups import router as staff_groups
from actions.talk_to_person import ActionDistress, ActionHandOver
from actions.validate_district_form import ValidateDistrictForm
from actions.validate_task_form import ValidateTaskForm
from common import tracing

ACTIONS = (
    ActionAnswer, ActionAskTaskAnswer, ActionBeginTask, ActionChoose, ActionDistress, ActionDistrict, ActionHandOver,
    ActionLeaveToPeople,     ActionSetLanguage, ValidateDistrictForm, ValidateTaskForm,
)  # fmt: skip

log = logging.getLogger(__name__)


def _executor() -> ActionExecutor:
    executor = ActionExecutor()
    executor.domain = {}  # until one is sent, which the bot leaves out (endpoints.yml); forms ask for its parts
    for action in ACTIONS:
        executor.register_action(action())
    return executor


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    seconds = Settings().live_seconds
    edits = LiveEdits(seconds) if seconds > 0 else None  # before the loading, so that it misses no edit
    knowledge_base()  # loaded before the first question, not during it
    if edits:
        edits.start()
    yield
    if edits:
        edits.stop()


app = FastAPI(title="ODOP Sahayak actions", lifespan=_lifespan, openapi_url=None)
unreadable.add_handler(app)
app.include_router(staff_application)
app.include_router(staff_groups)
app.include_router(letters)
app.include_router(desk)
app.include_router(content)
_EXECUTOR = _executor()


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


async def _read(request: Request) -> dict[str, Any] | None:
    try:
        call = await request.json()
    except ValueError:
        return None
    if not isinstance(call, dict):
        return None
    call.setdefault("domain", {})  # left out by the bot (endpoints.yml); rasa_sdk asks for it
    return call


async def _run(call: dict[str, Any], request: Request) -> Any:
    name = str(call.get("next_action"))
    known = name if name in _EXECUTOR.actions else "other"
    with tracing.continued(request.headers), watching.action(known, ActionExecutionRejection):
        return await _EXECUTOR.run(call)


@app.get("/metrics")
async def metrics() -> Response:
    """Figures without words; this port is never published."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@app.post("/webhook")
async def webhook(request: Request) -> JSONResponse:
    """Run one action for Rasa. The tracker in the request is personal: nothing of it is logged."""
    points.reached("called")
    call = await _read(request)
    points.reached("read")
    if call is None:
        return JSONResponse({"error": "not an action call"}, status_code=400)
    name = str(call.get("next_action"))
    try:
        result = await _run(call, request)
        points.reached("run")
    except ActionExecutionRejection as rejection:
        return JSONResponse({"error": "rejected", "action_name": rejection.action_name}, status_code=400)
    except ActionNotFoundException:
        return JSONResponse({"error": "unknown action", "action_name": name}, status_code=404)
    except Exception as error:
        # Only where it failed: an error's own words may quote the user.
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("%s failed: %s\n%s", name, type(error).__name__, where)
        return JSONResponse({"error": "failed", "action_name": name}, status_code=500)
    said = result.model_dump() if result else {}
    about.tell(call, said)
    return JSONResponse(said)
