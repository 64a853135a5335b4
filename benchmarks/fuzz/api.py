"""The public and the staff's API of the gateway."""

from typing import Any

import httpx
from hypothesis import strategies as st

from benchmarks.fuzz.calls import Call, Wire, asked, judged, part, posted, tokens
from benchmarks.fuzz.entrance import Broken, Entrance
from benchmarks.fuzz.opened import SECRET, SITE, Opened
from benchmarks.fuzz.values import any_json, any_text, as_json, fields, hostile, mostly, nasty, people, written_numbers

API = "/api/v1"
_words = st.one_of(people, hostile, hostile)
_sessions = mostly(st.integers(0, 150).map("s-{}".format), of=15)
_channels = mostly(st.sampled_from(["web", "whatsapp", "sms", "voice"]), any_json, of=15)
_turns = mostly(st.integers(0, 10**6).map("{:032x}".format))
_languages = mostly(st.sampled_from(["hi", "hi-Latn", "en"]), any_json, of=10)
_ids = mostly(st.integers(1, 40).map(str), st.one_of(written_numbers, nasty).map(part), of=6)
_staff = {"Authorization": f"Bearer {SECRET}"}


def _answered(answer: httpx.Response) -> bool:
    """Whoever writes gets an answer, even to nonsense."""
    taken = judged(answer, problems=True)
    if taken and not answer.json()["replies"] and answer.json()["outcome"] != "with_staff":
        raise Broken(f"silence: {answer.text}")
    return taken


def _messages(wire: Wire) -> Entrance:
    body = fields({"session_id": _sessions, "text": _words}, any_json)
    elsewhere = fields({"session_id": _sessions, "text": _words, "channel": _channels})
    numbers = mostly(st.just("+919812345678"), any_json, of=4)
    named = fields({"session_id": _sessions, "text": _words, "channel": _channels, "sender": numbers})
    calls = st.one_of(*(posted(f"{API}/messages", each) for each in (body, elsewhere, elsewhere, named)))
    return Entrance("message API", calls, lambda call: _answered(wire.ask(call)), 6)


def _reading(wire: Wire) -> Entrance:
    after = mostly(st.integers(0, 99).map(str), written_numbers, of=3)
    polls = asked(f"{API}/messages", {"session_id": _sessions, "after": after})
    seen = st.builds(
        lambda turn, channel: Call("GET", f"{API}/turns/{part(turn)}/as/{part(str(channel))}"), _turns, _channels
    )
    marks = mostly(st.sampled_from(["up", "down"]), any_json, of=6)
    feedback = posted(f"{API}/feedback", fields({"session_id": _sessions, "turn_id": _turns, "mark": marks}))
    calls = st.one_of(polls, seen, feedback)
    return Entrance("feedback, polls, simulator", calls, lambda call: judged(wire.ask(call), problems=True), 4)


class _Visitors:
    """Widgets with a session each, renewed before every batch."""

    def __init__(self, wire: Wire) -> None:
        self._wire, self._headers = wire, [{"Origin": SITE}]

    def enter(self) -> None:
        entered = [self._wire.ask(Call("POST", f"{API}/widget/session", headers={"Origin": SITE})) for _ in range(5)]
        self._headers = [{"Origin": SITE, "Authorization": f"Bearer {each.json()['token']}"} for each in entered]

    def send(self, given: tuple[int, str, Call]) -> bool:
        visitor, token, call = given
        headers = {
            **self._headers[visitor % len(self._headers)],
            **({"Authorization": f"Bearer {token}"} if token else {}),
        }
        answer = self._wire.ask(Call(call.method, call.path, call.query, call.body, call.kind, headers))
        return judged(answer, problems=True)


def _widget(wire: Wire) -> Entrance:
    visitors = _Visitors(wire)
    names = mostly(st.integers(0, 10**6).map("message-{}".format), any_json)
    body = fields({"id": names, "text": _words}, any_json)
    told = fields({"id": names, "text": _words, "language": _languages})
    after = mostly(st.integers(0, 99).map(str), written_numbers, of=3)
    calls = st.one_of(
        posted(f"{API}/widget/messages", body),
        posted(f"{API}/widget/messages", told),
        asked(f"{API}/widget/messages", {"after": after}),
        st.just(Call("POST", f"{API}/widget/session")),
    )
    return Entrance("widget API", st.tuples(st.integers(0, 9), tokens, calls), visitors.send, 4, visitors.enter)


def _transcripts(wire: Wire) -> Entrance:
    confidence = mostly(st.sampled_from([None, 0.9, 0.3, 1, 0]), any_json)
    utterance: dict[str, Any] = {
        "call_id": mostly(st.integers(0, 50).map("call-{}".format), of=12),
        "sequence": mostly(st.integers(0, 10**6), any_json, of=12),
        "text": st.one_of(_words, st.sampled_from(["1", "2", "0", ""])),
    }
    other = st.lists(fields({"text": _words, "confidence": confidence}), max_size=11)
    more = {"confidence": confidence, "language": _languages, "alternatives": mostly(other, any_json)}
    body = st.one_of(fields(utterance), fields({**utterance, **more}))
    calls = posted(f"{API}/transcripts", body, Authorization=f"Bearer {SECRET}")
    return Entrance("transcripts API", calls, lambda call: judged(wire.ask(call), problems=True), 4)


def _staff_api(wire: Wire, opened: Opened) -> Entrance:
    def ask_for_people() -> None:
        for number in range(5):
            body = b'{"session_id": "s-%d", "text": "person:"}' % number
            wire.ask(Call("POST", f"{API}/messages", [], body, "application/json"))

    base = f"{API}/staff"
    names = mostly(st.sampled_from(["rekha", "imran"]), any_json, of=10)
    body = st.one_of(*(fields({"staff": names, **more}) for more in ({}, {"text": _words}, {"reason": _words})))
    doing = st.sampled_from(["take", "messages", "return", "close"])
    done = st.builds(
        lambda id, what, call: Call("POST", f"{base}/handovers/{id}/{what}", [], call.body, call.kind, _staff),
        _ids, doing, posted("", body),
    )  # fmt: skip
    looks = _ids.map(lambda id: Call("GET", f"{base}/handovers/{id}", headers=_staff))
    numbers = st.one_of(st.just("ODOP/MM/26/001234"), any_text, nasty).map(part)
    held = st.builds(
        lambda number, call: Call("GET", f"{base}/applications/{number}", call.query, headers=_staff),
        numbers, asked("", {"staff": any_text, "language": st.one_of(st.just("hi"), any_text)}),
    )  # fmt: skip
    calls = st.one_of(done, done, looks, held, st.just(Call("GET", f"{base}/handovers", headers=_staff)))
    return Entrance("staff API", calls, lambda call: judged(wire.ask(call), problems=True), 3, ask_for_people)


def _documented(wire: Wire, opened: Opened) -> Entrance:
    """Made from the OpenAPI description: what it allows, and what it forbids."""
    import schemathesis
    from schemathesis import GenerationMode

    found: Any = schemathesis.openapi.from_dict(opened.app.openapi()).get_all_operations()
    made = [each.ok() for each in found]
    ours = [each for each in made if each.path.startswith(API)]
    cases = st.one_of(*(each.as_strategy(generation_mode=mode) for each in ours for mode in GenerationMode))
    return Entrance("API by its OpenAPI", cases, lambda case: judged(_sent(wire, case)), 1)


def _sent(wire: Wire, case: Any) -> httpx.Response:
    plain = case.as_transport_kwargs(base_url="http://gateway", headers=_staff)
    query = {name: str(value) for name, value in (plain.get("params") or {}).items()}
    body = as_json(plain["json"]) if "json" in plain else plain.get("data")
    content = body if isinstance(body, bytes | str) else None
    return wire.sent(wire.client.build_request(
        plain["method"], plain["url"], params=query, content=content, headers=dict(plain["headers"])
    ))  # fmt: skip


def entrances(opened: Opened) -> list[Entrance]:
    wire = Wire(opened.app, opened.run)
    return [
        _messages(wire), _reading(wire), _widget(wire), _transcripts(wire), _staff_api(wire, opened),
        _documented(wire, opened),
    ]  # fmt: skip
