"""What Twilio calls: messages, statuses and telephone calls; signed, and not."""

from urllib.parse import parse_qsl
from xml.etree import ElementTree

import httpx
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from benchmarks.fuzz.calls import FORM, Call, Pairs, Wire, encoded, judged
from benchmarks.fuzz.entrance import Broken, Entrance
from benchmarks.fuzz.opened import PUBLIC, TOKEN, Opened
from benchmarks.fuzz.values import any_text, hostile, mostly, nasty, people, written_numbers
from channels.store.tables import OutboundRow

PREFIX = "/webhooks/twilio"
STEPS = ("language", "question", "confirm", "keys", "wait", "person")
_VALIDATOR = RequestValidator(TOKEN)
Fields = dict[str, SearchStrategy[str]]

_sids = mostly(st.integers(0, 10**9).map(lambda number: f"SM{number:032}"))
_people = mostly(
    st.builds(lambda way, number: f"{way}+9198{number:08}", st.sampled_from(["", "whatsapp:"]), st.integers(0, 300))
)
_ours = mostly(st.sampled_from(["whatsapp:+14155238886", "+18005550100"]))
_words = st.one_of(people, hostile)
_MESSAGE: Fields = {"MessageSid": _sids, "From": _people, "To": _ours, "Body": _words}
_MORE: Fields = {
    "NumMedia": mostly(st.sampled_from(["0", "1", "2"]), written_numbers),
    "MediaUrl0": mostly(st.just("https://api.twilio.com/media/1")),
    "MediaContentType0": mostly(st.just("audio/ogg")),
    "ButtonPayload": hostile,
    "ListId": hostile,
    "OptOutType": st.one_of(st.sampled_from(["STOP", "START", "HELP"]), hostile),
    "ProfileName": hostile,
}
_STATUSES = ("accepted", "queued", "sending", "sent", "delivered", "read", "failed", "undelivered", "canceled")
_STATUS: Fields = {"MessageSid": _sids, "MessageStatus": mostly(st.sampled_from(_STATUSES))}
_CALLERS = [f"CA{number:032}" for number in range(8)]
_CALL: Fields = {"CallSid": mostly(st.sampled_from(_CALLERS), of=20)}
_HEARD: Fields = {
    "SpeechResult": _words,
    "Confidence": mostly(st.sampled_from(["0.9", "0.4", "0"]), written_numbers),
    "Digits": mostly(st.sampled_from(["1", "2", "0", "9", "#", "*", "123456#"]), nasty),
    "From": _people,
    "DialCallStatus": mostly(st.sampled_from(["completed", "no-answer", "busy", "failed"])),
    "CallStatus": mostly(st.sampled_from(["completed", "busy", "failed", "in-progress"])),
    "CallDuration": mostly(st.just("42"), written_numbers, of=3),
}


def _form(needed: Fields, more: Fields) -> SearchStrategy[Pairs]:
    """In any order; now and then a name that nobody knows, or one that is there twice."""
    known = st.fixed_dictionaries(needed, optional=more).map(lambda form: list(form.items()))
    some = st.fixed_dictionaries({}, optional=needed | more).map(lambda form: list(form.items()))
    strange = st.lists(st.tuples(any_text, hostile), max_size=3)
    return mostly(known, st.builds(lambda pairs, extra: [*pairs, *extra], some, strange))


def _signed(path: str, query: Pairs, form: Pairs) -> Call:
    """As Twilio would: over what the form says once it is read again."""
    body = encoded(form)
    read = _Read(parse_qsl(body, keep_blank_values=True))
    signature = _VALIDATOR.compute_signature(PUBLIC + Call("POST", path, query).address, read)
    return Call("POST", path, query, body.encode(), FORM, {"X-Twilio-Signature": signature})


class _Read(dict):  # type: ignore[type-arg]
    """A form as the validator asks for repeated names."""

    def __init__(self, pairs: Pairs) -> None:
        super().__init__(pairs)
        self._pairs = pairs

    def getlist(self, name: str) -> list[str]:
        return [value for key, value in self._pairs if key == name]


def _unsigned(call: Call, signature: str) -> Call:
    return Call(call.method, call.path, call.query, call.body, call.kind, {"X-Twilio-Signature": signature})


def _steps() -> SearchStrategy[Call]:
    paths = st.sampled_from([f"{PREFIX}/voice/{step}" for step in STEPS])
    step = mostly(st.integers(1, 12).map(str), written_numbers, of=12)
    queries = mostly(step.map(lambda number: [("step", number)]), st.just([]), of=30)
    begin = st.builds(_signed, st.just(f"{PREFIX}/voice"), st.just([]), _form(_CALL, {}))
    end = st.builds(_signed, st.just(f"{PREFIX}/voice/status"), st.just([]), _form(_CALL, _HEARD))
    go_on = st.builds(_signed, paths, queries, _form(_CALL, _HEARD))
    return st.one_of(begin, go_on, go_on, go_on, end)


def _spoken(answer: httpx.Response) -> bool:
    """A document that Twilio can read, at least as XML."""
    taken = judged(answer)
    if taken and answer.content:
        try:
            ElementTree.fromstring(answer.content)
        except ElementTree.ParseError as error:
            raise Broken(f"no XML: {error}: {answer.text[:300]}") from None
    return taken


def _refused(answer: httpx.Response) -> bool:
    if judged(answer, problems=True):
        raise Broken("taken without a signature")
    return False


def _references(opened: Opened) -> list[str]:
    """Of a few messages that wait to be sent, for statuses to be told of."""
    for number in range(5):
        told = opened.app.state.delivery.text(f"+91981234567{number}", "+18005550100", "hello", f"fuzz-{number}")
        opened.run(told)
    with opened.app.state.handovers.database.reading() as connection:
        return list(connection.scalars(select(OutboundRow.reference)))


def entrances(opened: Opened) -> list[Entrance]:
    wire = Wire(opened.app, opened.run)
    messages = st.builds(_signed, st.just(f"{PREFIX}/messages"), st.just([]), _form(_MESSAGE, _MORE))
    references = mostly(st.sampled_from(_references(opened))).map(lambda reference: [("m", reference)])
    errors = {"ErrorCode": mostly(st.sampled_from(["30006", "63016", "21610"]), written_numbers)}
    told = st.builds(_signed, st.just(f"{PREFIX}/status"), references, _form(_STATUS, errors))
    calls = _steps()
    signatures = st.one_of(
        st.just(""), any_text.map(lambda text: text.encode("ascii", "ignore").decode().strip("\r\n\x00"))
    )
    printable = signatures.map(lambda text: "".join(each for each in text if each.isprintable()))
    unsigned = st.builds(_unsigned, st.one_of(messages, told, calls), printable)
    return [
        Entrance("webhook: messages", messages, lambda call: judged(wire.ask(call), problems=True), 5),
        Entrance("webhook: statuses", told, lambda call: judged(wire.ask(call), problems=True), 4),
        Entrance("webhook: calls", calls, lambda call: _spoken(wire.ask(call)), 5),
        Entrance("webhooks, unsigned", unsigned, lambda call: _refused(wire.ask(call)), 2),
    ]
