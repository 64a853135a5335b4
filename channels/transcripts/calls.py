"""One utterance of a call in, the next prompt out: in order, answered once, and never acted upon when badly heard."""

import hashlib

from channels.errors import StoreCrossed, StoreFailure
from channels.handovers import Handovers
from channels.hygiene import visible
from channels.logs import log
from channels.memory import Sessions
from channels.models import Language, MessageIn
from channels.settings import Settings
from channels.transcripts import prompts
from channels.transcripts.answers import language_of, yes_or_no
from channels.transcripts.clean import clean
from channels.transcripts.models import Prompt, Utterance
from channels.transcripts.records import Answered, Pending, Record, Records
from channels.turns import Turns


class Calls:
    """`store` runs what the records do off the event loop and within a time."""

    def __init__(self, turns: Turns, store: Handovers, records: Records, lines: Sessions, settings: Settings) -> None:
        self._turns, self._store, self._records, self._lines = turns, store, records, lines
        self._key = settings.log_hash_key.get_secret_value()
        self._least = settings.transcript_least_confidence

    def session(self, call_id: str) -> str:
        """A call may be named by its caller's number: only a keyed hash goes further."""
        key, person = self._key.encode()[:64], b"transcript"
        return "t" + hashlib.blake2b(call_id.encode(), key=key, person=person, digest_size=20).hexdigest()

    async def hear(self, heard: Utterance) -> Prompt:
        """An utterance that was answered, or is older than the last answered one, changes nothing."""
        call = self.session(heard.call_id)
        async with self._lines.turn(call):
            last = await self._look(call, heard.sequence)
            if last and last.sequence >= heard.sequence:
                return last.answered.prompt
            answered = await self._answer(call, heard, last.answered if last else None)
            return await self._keep(call, heard.sequence, answered)

    async def _answer(self, call: str, heard: Utterance, last: Answered | None) -> Answered:
        pending = last.pending if last else None
        said = yes_or_no(heard) if pending else None
        if pending and said and pending.asked == "speech" and self._is_doubtful(heard):
            return self._confirm(Pending(text=pending.text, asked="keys"), heard, last)
        if pending and said == "yes":
            return await self._run(call, heard, pending.text, last)
        if pending and said == "no":
            return Answered(prompt=prompts.own("again", language_of("", heard.hint, _language(last))))
        text = clean(visible(heard.best.text))  # it is read back: half a surrogate pair could not be sent
        if text and self._is_doubtful(heard):
            return self._confirm(Pending(text=text), heard, last)
        return await self._run(call, heard, text, last)

    def _is_doubtful(self, heard: Utterance) -> bool:
        confidence = heard.best.confidence
        return confidence is not None and confidence < self._least

    def _confirm(self, pending: Pending, heard: Utterance, last: Answered | None) -> Answered:
        language = language_of(pending.text, heard.hint, _language(last))
        return Answered(prompt=prompts.confirming(pending, language), pending=pending)

    async def _run(self, call: str, heard: Utterance, text: str, last: Answered | None) -> Answered:
        message = MessageIn(session_id=call, text=text, channel="voice")
        turn = await self._turns.run(message, message_id=f"{call[:50]}-{heard.sequence}")
        return Answered(prompt=prompts.of_turn(turn, text, language_of(text, heard.hint, _language(last))))

    async def _look(self, call: str, sequence: int) -> Record | None:
        """Without the store a call goes on: the bot itself knows a message that comes again."""
        try:
            return await self._store.run(self._records.look, call, sequence)
        except StoreFailure as failure:
            log.warning("store_failed", step="transcript_look", reason=failure.reason)
            return None

    async def _keep(self, call: str, sequence: int, answered: Answered) -> Prompt:
        """What is in the store counts: another process may have answered the same utterance at this moment."""
        try:
            await self._store.run(self._records.add, call, sequence, answered)
        except StoreCrossed:
            kept = await self._look(call, sequence)
            return kept.answered.prompt if kept else answered.prompt
        except StoreFailure as failure:
            log.warning("store_failed", step="transcript_keep", reason=failure.reason)
        return answered.prompt


def _language(last: Answered | None) -> Language | None:
    return last.prompt.language if last else None
