"""What the console gets: the result, or a sentence that says why not."""

from collections.abc import Callable
from typing import Any

from fastapi import Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from actions.content.asked import Body
from actions.content.errors import NotAllowed, Unavailable, Unknown, Wrong
from actions.content.mistakes import Language, sentence
from actions.content.service import Opened, opened


def answered(language: Language, work: Callable[[Opened], Any]) -> Response:
    """What is refused is told in a sentence."""
    try:
        found = work(opened())
        return found if isinstance(found, Response) else JSONResponse(jsonable_encoder(found))
    except Unavailable:
        return refused(503, sentence("unavailable", language))
    except Unknown:
        return refused(404, sentence("unknown", language))
    except NotAllowed as error:
        return refused(409, sentence(error.key, language, **error.values), kind=error.key)
    except Wrong as error:
        return refused(422, sentence("wrong", language), kind="wrong", mistakes=error.mistakes)


def refused(status: int, words: str, **more: Any) -> JSONResponse:
    return JSONResponse(jsonable_encoder({"sentence": words, **more}), status)


def done_by(asked: Body, work: Callable[[Opened], None]) -> Response:
    def done(o: Opened) -> dict[str, bool]:
        work(o)
        return {"done": True}

    return answered(asked.language, done)
