"""The action server's route to the letters. Only the gateway asks here."""

import logging

from fastapi import APIRouter, Response

from actions.applications.errors import ApplicationsError
from actions.letters.desk import open_desk
from actions.letters.letter import Letter

router = APIRouter()
log = logging.getLogger(__name__)


@router.get("/letters/{token}")
def letter(token: str) -> Response:
    """The PDF; 404 for unknown and expired alike. Runs in a thread: it waits for the database."""
    try:
        desk = open_desk()
        found = desk.store.get(token, desk.now())
        return Response(_drawn(found), media_type="application/pdf") if found else Response(status_code=404)
    except ApplicationsError as error:
        log.error("letters cannot be read: %s", type(error).__name__)
        return Response(status_code=503)
    except Exception as error:  # an error's own words may quote the letter
        log.error("a letter cannot be drawn: %s", type(error).__name__)
        return Response(status_code=500)


def _drawn(letter: Letter) -> bytes:
    from actions.letters.pdf import pdf_of  # what draws takes a second to load, and most starts see no letter

    return pdf_of(letter)
