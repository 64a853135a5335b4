"""What the routes of the conversations share."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request

from channels.console.access import Account, staff
from channels.handovers import Handovers
from channels.models import LARGEST_ID

router = APIRouter(prefix="/conversations")
Agent = Annotated[Account, Depends(staff("agent"))]
Supervisor = Annotated[Account, Depends(staff("supervisor"))]
Watcher = Annotated[Account, Depends(staff("agent", background=True))]  # a page that refreshes itself
Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]


async def _handovers(request: Request) -> Handovers:
    handovers: Handovers = request.app.state.handovers
    return handovers


Desk = Annotated[Handovers, Depends(_handovers)]


def address(handover_id: int, done: str = "") -> str:
    return f"/console/conversations/{handover_id}" + (f"?done={done}" if done else "")
