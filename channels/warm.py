"""What is otherwise made at the first visit, for a process that serves: nobody waits a third of a second for it."""

import gc

from fastapi import FastAPI
from starlette.routing import Mount

from channels.console import districts, pages
from channels.settings import Settings

_NOWHERE = {"type": "http", "method": "GET", "path": "/-", "root_path": "", "headers": [], "query_string": b""}


def warm_up(app: FastAPI, settings: Settings) -> None:
    pages.warm_up()
    districts.names(settings.districts_file)
    _put_together(app)
    gc.collect()
    gc.freeze()  # else each full collection looks through all of it again, while somebody waits for a page


def _put_together(app: FastAPI) -> None:
    """FastAPI builds the routes of a router when it is first looked at."""
    for route in app.routes:
        route.matches(dict(_NOWHERE))
        if isinstance(route, Mount) and isinstance(route.app, FastAPI):
            _put_together(route.app)
