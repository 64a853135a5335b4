"""What people asked without getting an answer, as a start for the questions of an entry."""

from importlib import import_module
from importlib.util import find_spec

from fastapi import Request

from channels.console.store import ConsoleStore

_LOG = "channels.turn_log"
_MOST = 20


async def asked_in(request: Request, store: ConsoleStore, group: int) -> list[str]:
    """The wordings of a group of unanswered questions; none where nothing is kept."""
    if not group or find_spec(_LOG) is None:
        return []
    unanswered, texts = import_module(f"{_LOG}.unanswered"), request.app.state.notes.texts
    return [example.text for example in await store.read(unanswered.examples, texts, group, _MOST)]
