"""Every page and form of the staff's console, by somebody who is logged in."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from actions.content.desk import of_file
from benchmarks.fuzz.calls import FORM, Call, Wire, encoded, judged, part
from benchmarks.fuzz.entrance import Entrance
from benchmarks.fuzz.opened import Opened
from benchmarks.fuzz.values import any_text, bodies, hostile, mostly, nasty, people, written_numbers
from channels.console.accounts import entry, office, sessions
from channels.console.accounts import people as accounts
from channels.console.areas import areas
from channels.console.content import form

ENTRY = "helpline-number"
# The first never ends; the second ends the session; the third asks another server, which is not there.
LEFT_OUT = ("/conversations/events", "/logout", "/oidc")
_ids = mostly(st.integers(1, 40).map(str), st.one_of(written_numbers, nasty))
_words = st.one_of(people, hostile)
_languages = mostly(st.sampled_from(["hi", "hi-Latn", "en"]))
_days = mostly(st.dates().map(str), nasty, of=3)
_RIGHT: dict[str, SearchStrategy[str]] = {
    "handover_id": _ids, "group_id": _ids, "account_id": _ids, "group": _ids, "number": _ids, "based_on": _ids,
    "page": _ids, "before": _ids, "opened": _ids, "stale": _ids, "since": _days, "until": _days,
    "turn_id": mostly(st.integers(0, 99).map("{:032x}".format)), "entry": mostly(st.just(ENTRY)),
    "scheme": mostly(st.sampled_from(["margin_money", "toolkit", "mda"])),
    "name": mostly(st.sampled_from(["districts", "entries", "0" * 32]), _words),
    "language": _languages, "role": mostly(st.sampled_from(["agent", "editor", "admin"])),
    "channel": mostly(st.sampled_from(["web", "sms", ""])), "way": mostly(st.sampled_from(["sms", "whatsapp"])),
    "state": mostly(st.sampled_from(["open", "draft", "published", ""])), "choice": mostly(st.just("other")),
    "kind": mostly(st.sampled_from(["entry", "district", "verdict"])), "mobile": mostly(st.just("9812345678")),
    "value": mostly(st.just(ENTRY)), "do": mostly(st.just("propose")), "new": mostly(st.just("1")),
}  # fmt: skip
_FORMS = (
    "q", "text", "number", "language", "way", "kind", "value", "mobile", "to", "token", "asked", "do", "new", "next",
    "based_on", "note", "login", "password", "again", "old", "age", "applicant", "project_cost", "category",
)  # fmt: skip


def routes() -> list[APIRoute]:
    routers: list[APIRouter] = [entry.router, office.router, *(area.router() for area in areas())]
    found = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    return [route for route in found if not route.path.startswith(LEFT_OUT)]


def _names(dependant: Any, kind: str) -> Iterator[str]:
    yield from (parameter.alias for parameter in getattr(dependant, kind))
    for inner in dependant.dependencies:
        yield from _names(inner, kind)


def _value(name: str) -> SearchStrategy[str]:
    return _RIGHT.get(name, _words)


def _given(names: Iterator[str]) -> SearchStrategy[list[tuple[str, str]]]:
    """All of them, mostly."""
    right = {name: _value(name) for name in names}
    some = st.fixed_dictionaries({}, optional=right)
    return mostly(st.fixed_dictionaries(right), some, of=4).map(lambda form: list(form.items()))


def _path(route: APIRoute) -> SearchStrategy[str]:
    names = re.findall(r"{(\w+)", route.path)
    values = st.fixed_dictionaries({name: _value(name).map(part) for name in names})
    return values.map(lambda given: "/console" + re.sub(r"{(\w+)[^}]*}", lambda found: given[found[1]], route.path))


def _entry() -> SearchStrategy[list[tuple[str, str]]]:
    """An entry as the form sends it, with a few fields spoilt."""
    whole = form.shown(of_file(ENTRY) or {})
    spoilt = st.dictionaries(
        st.sampled_from([*whole, "sources", "follow_ups", "number", "based_on"]), _words, max_size=3
    )
    right = {"new": "0", "based_on": "0", "do": "save", "sources": "jaagruk-odop-2025"}
    return spoilt.map(lambda changes: list({**right, **whole, **changes}.items()))


def _body(route: APIRoute) -> SearchStrategy[list[tuple[str, str]]]:
    own = _given(_names(route.dependant, "body_params"))
    more = st.dictionaries(st.one_of(st.sampled_from(_FORMS), any_text), _words, max_size=4)
    with_more = st.builds(lambda pairs, extra: [*pairs, *extra.items()], own, more)
    return _entry() if route.path in ("/content/check", "/content/save", "/content/trial") else with_more


def _call(route: APIRoute) -> SearchStrategy[Call]:
    method = next(iter(route.methods or ()))
    query = _given(_names(route.dependant, "query_params"))
    if method == "GET":
        return st.builds(lambda path, asked: Call(method, path, asked), _path(route), query)
    sent = mostly(_body(route).map(lambda pairs: encoded(pairs).encode()), bodies, of=15)
    kind = mostly(
        st.just(FORM), st.sampled_from(["multipart/form-data; boundary=x", "multipart/form-data", "text/plain"]), 20
    )
    return st.builds(
        lambda path, asked, body, said: Call(method, path, asked, body, said), _path(route), query, sent, kind
    )


class _Desks:
    """Staff of each role, new ones for every batch: an input may well have thrown the last ones out."""

    def __init__(self, opened: Opened) -> None:
        self._opened, self._wire, self._count = opened, Wire(opened.app, opened.run), count()
        self._sessions: dict[str, str] = {}

    def sit_down(self) -> None:
        now = datetime.now(UTC)
        with self._opened.app.state.handovers.database.writing() as connection:
            for role in ("agent", "editor", "admin"):
                made = accounts.add(connection, f"fuzz{next(self._count)}", "Fuzz", role, "-", language="en")
                self._sessions[role] = sessions.begin(connection, made, now)

    def send(self, given: tuple[str, bool, bool, Call]) -> bool:
        role, is_part, has_token, call = given
        session = self._sessions[role]
        headers = {"Cookie": f"console={session}"}
        headers |= {"X-CSRF-Token": sessions.csrf_token(session)} if has_token else {}
        headers |= {"HX-Request": "true"} if is_part else {}
        answer = self._wire.ask(Call(call.method, call.path, call.query, call.body, call.kind, headers))
        return judged(answer)


def entrances(opened: Opened) -> list[Entrance]:
    desks = _Desks(opened)
    calls = st.one_of(*map(_call, routes()))
    roles = mostly(st.just("admin"), st.sampled_from(["agent", "editor"]), of=5)
    has_token = mostly(st.just(True), st.just(False), of=20)
    inputs = st.tuples(roles, st.booleans(), has_token, calls)
    return [Entrance("console pages and forms", inputs, desks.send, 2.5, desks.sit_down)]
