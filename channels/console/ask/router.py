"""The routes of this area hang here; `routes.py` brings them together."""

from typing import Annotated

from fastapi import APIRouter, Depends

from channels.console.access import Account, staff

router = APIRouter(prefix="/ask")
Agent = Annotated[Account, Depends(staff("agent"))]
Reader = Annotated[Account, Depends(staff("agent", "editor"))]
