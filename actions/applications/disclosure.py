"""Who may be told of an application: its holder, known by a verified sender or by a one-time code.

A number that does not exist and one that is somebody else's get the same answer by the same work: the same
statements, hashes and seals, and the code is sent aside. Every look-up is audited before it is answered.
"""

import logging
import secrets
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from actions.applications import mobile, number, sentences
from actions.applications.directory import Application, Applications, Record
from actions.applications.errors import ApplicationsUnavailable
from actions.applications.mobile import Mobile
from actions.applications.records import Lookup, Records, StoredCode
from actions.applications.sender import NoSender, Sender
from actions.applications.settings import Settings
from actions.applications.vault import Vault, same

log = logging.getLogger(__name__)
_HOUR = timedelta(hours=1)
_NOBODY = Mobile("0" * 10)  # no number that anybody could send from


class Outcome(StrEnum):
    SHOWN = "shown"
    REFUSED = "refused"  # no such number, or not theirs: nobody is told which
    CODE_SENT = "code_sent"  # said of every number, whether it exists or not
    CANNOT_SEND = "cannot_send"  # nothing is set up that could send a code
    TOO_MANY_CODES = "too_many_codes"
    NOT_A_CODE = "not_a_code"  # what was given is no six digits; counts as no try
    NO_CODE = "no_code"  # none was asked for in this session
    CODE_WRONG = "code_wrong"
    CODE_EXPIRED = "code_expired"
    CODE_SPENT = "code_spent"  # used, or no tries left


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    application: Application | None = None
    tries_left: int | None = None


@dataclass(frozen=True)
class Limits:
    minutes: int = 10
    tries: int = 5
    codes_an_hour: int = 3

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        return cls(settings.code_minutes, settings.code_tries, settings.codes_an_hour)


def _aside() -> Callable[[Callable[[], None]], object]:
    return ThreadPoolExecutor(2, thread_name_prefix="codes").submit


@dataclass(frozen=True)
class Disclosure:
    """Blocks while the database answers: call it in a thread. Raises ApplicationsUnavailable."""

    applications: Applications
    records: Records
    vault: Vault
    sender: Sender
    limits: Limits = Limits()
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    aside: Callable[[Callable[[], None]], object] = field(default_factory=_aside)

    @property
    def can_send(self) -> bool:
        """Whether a code can reach anybody at all; says nothing of one number."""
        return not isinstance(self.sender, NoSender)

    def to_staff(self, written: str, staff: str) -> Record | None:
        """For a named member of staff; the audit has a hash of the name."""
        asked = self._lookup("staff", f"staff:{staff}", written)
        record = self._find(written, asked)
        self._note(asked, Outcome.SHOWN if record else f"{Outcome.REFUSED}_unknown")
        return record

    def to_verified(self, written: str, sender: str) -> Answer:
        """For WhatsApp and SMS, where the provider vouches for `sender`, in whatever form it names them."""
        asked = self._lookup("verified", sender, written)
        record = self._find(written, asked)
        holder = record.mobile if record else _NOBODY
        is_holder = same(self._mobile_hash(holder), self._mobile_hash(mobile.read(sender)))
        if record is not None and is_holder:
            return self._answer(asked, Outcome.SHOWN, record.application)
        return self._answer(asked, Outcome.REFUSED, why="unknown" if record is None else "foreign")

    def owned_by_verified(self, sender: str) -> tuple[Application, ...]:
        """All applications of a verified sender, for those who have no number at hand."""
        asked = self._lookup("list", sender, "")
        try:
            owned = self.applications.owned_by(mobile.read(sender) or _NOBODY)
        except ApplicationsUnavailable:
            self._note_outage(asked)
            raise
        self._note(asked, f"listed_{len(owned)}")
        return owned

    def ask_code(self, written: str, session: str, language: str) -> Answer:
        """Sends a code to the registered mobile, if there is one; says so in any case."""
        asked = self._lookup("code_asked", session, written)
        if not self.can_send:
            return self._answer(asked, Outcome.CANNOT_SEND)
        record = self._find(written, asked)
        code, stored = self._new_code(asked, exists=record is not None)
        if not self.records.add_code(stored, asked.at - _HOUR, self.limits.codes_an_hour):
            return self._answer(asked, Outcome.TOO_MANY_CODES)
        answer = self._answer(asked, Outcome.CODE_SENT, why="" if record else "unknown")
        text = sentences.load().code_sms[language].format(code=code, minutes=self.limits.minutes)
        self.aside(lambda: self._send(record, text, asked))
        return answer

    def give_code(self, written: str, session: str, text: str) -> Answer:
        """Shows the application to whoever gives the newest code of this session and number."""
        code = number.read_code(text)
        if code is None:
            return Answer(Outcome.NOT_A_CODE)
        asked = self._lookup("code_given", session, written)
        stored = self.records.newest_code(asked.number_hash, asked.contact_hash)
        if stored is None:
            return self._answer(asked, Outcome.NO_CODE)
        if asked.at - stored.made_at >= timedelta(minutes=self.limits.minutes):
            return self._answer(asked, Outcome.CODE_EXPIRED)
        left = self.records.try_code(stored.id, self.limits.tries)
        if left is None:
            return self._answer(asked, Outcome.CODE_SPENT)
        if not same(stored.code_hash, self.vault.hash("code", stored.id, code)):
            return self._answer(asked, Outcome.CODE_WRONG if left else Outcome.CODE_SPENT, tries_left=left)
        return self._redeem(asked, written, stored)

    def _redeem(self, asked: Lookup, written: str, stored: StoredCode) -> Answer:
        record = self._find(written, asked)
        if not self.records.use_code(stored.id):
            return self._answer(asked, Outcome.CODE_SPENT)
        if record is None:
            return self._answer(asked, Outcome.REFUSED, why="unknown")
        return self._answer(asked, Outcome.SHOWN, record.application)

    def _new_code(self, asked: Lookup, exists: bool) -> tuple[str, StoredCode]:
        """For a number that does not exist, what is stored matches no six digits."""
        code, code_id = f"{secrets.randbelow(10**number.CODE_DIGITS):0{number.CODE_DIGITS}}", uuid.uuid4().hex
        matching = self.vault.hash("code", code_id, code)
        matchless = self.vault.hash("code", code_id, secrets.token_hex(16))
        code_hash = matching if exists else matchless
        return code, StoredCode(code_id, asked.number_hash, asked.contact_hash, code_hash, asked.at)

    def _send(self, record: Record | None, text: str, asked: Lookup) -> None:
        if record is None:
            return
        try:
            self.sender.send(record.mobile, text)
        except Exception as error:  # of whatever kind the provider raises; its words may hold the number
            log.error("a code could not be sent: %s", type(error).__name__)
            with suppress(ApplicationsUnavailable):
                self.records.note(Lookup(self.clock(), "send", asked.contact_hash, asked.number_hash, "send_failed"))

    def _find(self, written: str, asked: Lookup) -> Record | None:
        try:
            return self.applications.find(written)
        except ApplicationsUnavailable:
            self._note_outage(asked)
            raise

    def _lookup(self, way: str, contact: str, written: str) -> Lookup:
        number_hash = self.vault.hash("number", number.key(written))
        known = mobile.read(contact)  # one person, whether named by WhatsApp or by SMS
        contact_hash = self.vault.hash("contact", known.international if known else contact)
        return Lookup(self.clock(), way, contact_hash, number_hash, "")

    def _mobile_hash(self, of: Mobile | None) -> str:
        return self.vault.hash("mobile", of.digits if of else "")

    def _answer(
        self,
        asked: Lookup,
        outcome: Outcome,
        shown: Application | None = None,
        why: str = "",
        tries_left: int | None = None,
    ) -> Answer:
        """Nothing is shown unless the audit has it."""
        self._note(asked, f"{outcome}_{why}" if why else outcome)
        return Answer(outcome, shown, tries_left)

    def _note(self, asked: Lookup, outcome: str) -> None:
        self.records.note(Lookup(asked.at, asked.way, asked.contact_hash, asked.number_hash, outcome))

    def _note_outage(self, asked: Lookup) -> None:
        with suppress(ApplicationsUnavailable):  # when our own database is gone too, the log has it
            self._note(asked, "unavailable")
