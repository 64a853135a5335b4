"""The console as an application of its own, mounted at /console: its errors are sentences on a page."""

from fastapi import Depends, FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import State

from channels.console import answers, files
from channels.console.access import Account, checked, staff
from channels.console.accounts import entry, office
from channels.console.accounts.tries import Tries
from channels.console.areas import areas
from channels.console.conversations.live import Live
from channels.console.store import ConsoleStore
from channels.handovers import Clock


def create_console(state: State, clock: Clock) -> FastAPI:
    """`state` is the gateway's: the store, the settings, the HTTP client."""
    console = FastAPI(openapi_url=None, dependencies=[Depends(checked)])
    console.state = state
    state.tries = Tries(state.settings, clock)
    state.live = Live(ConsoleStore(state.handovers))
    answers.add_handlers(console)
    console.include_router(entry.router)
    console.include_router(office.router)
    for area in areas():
        console.include_router(area.router())
    console.add_api_route("/", home, methods=["GET"])
    console.mount("/static", files.static())
    return console


async def home(request: Request, who: Account = Depends(staff("agent", "editor"))) -> Response:  # noqa: B008
    """The first page that the role may see."""
    first = next((area for area in areas() if who.may(*area.roles)), None)
    return RedirectResponse(first.path if first else "/console/account", 303)
