"""The route of telephony vendors. It needs the token; what is logged says nothing of what was said."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from channels.errors import declared
from channels.logs import log, pseudonym
from channels.settings import Settings
from channels.transcripts.calls import Calls
from channels.transcripts.models import Prompt, Utterance

_bearer = HTTPBearer(auto_error=False, scheme_name="Transcripts", description="TRANSCRIPT_TOKEN")


async def vendor_only(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> None:
    settings: Settings = request.app.state.settings
    token = settings.transcript_token.get_secret_value().encode()
    # Bytes: a text with other letters than ASCII cannot be compared so.
    if given is None or not hmac.compare_digest(given.credentials.encode(), token):
        raise HTTPException(401, "This is for the telephony vendor: a token is needed.", {"WWW-Authenticate": "Bearer"})


router = APIRouter(prefix="/api/v1", tags=["transcripts"], dependencies=[Depends(vendor_only)])


@router.post("/transcripts", responses=declared(400, 401, 413, 422, 429, 500))
async def post_transcript(request: Request, heard: Utterance) -> Prompt:
    """One utterance of a call in, the next prompt out.

    The same `call_id` and `sequence` are answered the same again, and change nothing. An utterance that is older than
    the last answered one gets that one's prompt. An utterance of low `confidence` is read back to be confirmed, and
    not acted upon before the caller has said yes.
    """
    calls: Calls = request.app.state.transcripts
    settings: Settings = request.app.state.settings
    prompt = await calls.hear(heard)
    session = pseudonym(calls.session(heard.call_id), settings.log_hash_key.get_secret_value())
    log.info("transcript", turn_id=prompt.turn_id, session=session, outcome=prompt.outcome, language=prompt.language)
    return prompt
