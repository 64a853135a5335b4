"""The action server: what the gateway asks for staff, and the actions that the bot calls."""

from functools import cache
from typing import Any

import yaml
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from actions.content.desk import of_file
from actions.eligibility.facts import Facts
from benchmarks.fuzz.calls import Call, Wire, asked, judged, part, posted
from benchmarks.fuzz.console import ENTRY
from benchmarks.fuzz.entrance import Entrance
from benchmarks.fuzz.opened import BETWEEN, Opened
from benchmarks.fuzz.values import any_json, any_text, fields, hostile, mostly, nasty, numbers, people, written_numbers
from channels.settings import ROOT

_KEY = {"Authorization": f"Bearer {BETWEEN}"}
_words = st.one_of(people, hostile)
_languages = mostly(st.sampled_from(["hi", "hi-Latn", "en"]), any_json)
_names = mostly(st.sampled_from([ENTRY, "mm-documents"]), st.one_of(any_text, nasty))
_versions = mostly(st.integers(0, 30), any_json)


def _asked() -> SearchStrategy[Call]:
    """What costs a search."""
    several = st.lists(fields({"id": numbers, "text": _words}), max_size=3)
    return st.one_of(
        posted("/staff/ask", fields({"text": _words}), **_KEY),
        posted("/staff/ask", fields({"text": _words}), **_KEY),
        posted("/staff/groups", fields({"texts": mostly(several, any_json)}), **_KEY),
    )


def _looked_up() -> SearchStrategy[Call]:
    schemes = mostly(st.sampled_from(["margin_money", "toolkit", "mda", "pmfme"]), any_json)
    facts = st.dictionaries(mostly(st.sampled_from([*Facts.__dataclass_fields__])), _facts(), max_size=6)
    filled = fields({"scheme": schemes}), fields({"scheme": schemes, "facts": mostly(facts, any_json)})
    application = {
        "number": mostly(st.just("ODOP/MM/26/001234")),
        "staff": mostly(st.just("rekha")),
        "language": _languages,
    }
    paths = st.sampled_from(["/staff/entries/{}", "/staff/schemes/{}/form", "/letters/{}"])
    return st.one_of(
        *(posted("/staff/eligibility", each, **_KEY) for each in filled),
        posted("/staff/application", fields(application), **_KEY),
        asked("/staff/districts", {"q": _words}, **_KEY),
        st.builds(lambda path, name: Call("GET", path.format(part(name)), headers=_KEY), paths, _names),
    )


def _facts() -> SearchStrategy[Any]:
    return mostly(st.one_of(st.booleans(), st.integers(0, 10**7), st.just("yes"), st.dates().map(str)), any_json, of=3)


@cache
def _file() -> dict[str, Any]:
    return of_file(ENTRY) or {}


def _entries() -> SearchStrategy[Any]:
    """The entry of a file with a few fields spoilt."""
    texts = mostly(st.dictionaries(st.sampled_from(["hi", "hi-Latn", "en"]), _words, max_size=3), any_json, of=4)
    spoilt = st.dictionaries(
        st.sampled_from([*_file(), "speech", "conflicts"]), st.one_of(_words, texts, any_json), max_size=2
    )
    return mostly(spoilt.map(lambda changes: {**_file(), **changes}), any_json, of=10)


def _content() -> SearchStrategy[Call]:
    base = "/staff/content"
    staff = mostly(st.sampled_from(["asha", "imran"]), any_json, of=12)
    checked = fields({"entry": _entries(), "language": _languages})
    saved = fields({"entry": _entries(), "staff": staff, "based_on": _versions, "note": _words})
    moved = fields({"number": _versions, "staff": staff, "based_on": _versions, "reason": _words})
    said = fields({"words": _words, "staff": staff})
    moves = st.builds(
        lambda name, what, call: Call("POST", f"{base}/entries/{part(name)}/{what}", [], call.body, call.kind, _KEY),
        _names, st.sampled_from(["propose", "publish", "reject", "revert", "suggest"]),
        posted("", st.one_of(moved, said)),
    )  # fmt: skip
    old = st.builds(
        lambda name, number: Call("GET", f"{base}/entries/{part(name)}/versions/{part(number)}", headers=_KEY),
        _names, mostly(st.integers(1, 30).map(str), written_numbers, of=3),
    )  # fmt: skip
    lists = asked(
        f"{base}/entries", {"text": _words, "topic": hostile, "page": written_numbers, "state": nasty}, **_KEY
    )
    trial = mostly(st.just("0" * 32), hostile).map(
        lambda name: Call("GET", f"{base}/trials/{part(name)}", headers=_KEY)
    )
    checks = (posted(f"{base}/{what}", checked, **_KEY) for what in ("check", "preview", "trials"))
    return st.one_of(*checks, posted(f"{base}/save", saved, **_KEY), moves, moves, old, lists, trial)


def _called() -> SearchStrategy[Call]:
    """As Rasa calls an action, with anything in the message."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    slots = dict.fromkeys(domain["slots"]) | {"requested_slot": None}
    actions = mostly(st.sampled_from(domain["actions"]), any_text, of=30)
    found = st.lists(
        st.fixed_dictionaries({"entity": st.sampled_from(domain["entities"]), "value": _words}), max_size=2
    )

    def call(action: str, text: str, entities: Any, intent: str) -> Any:
        message = {
            "text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": entities, "intent_ranking": [],
            "metadata": {"channel": "web"}, "language": None, "other_language": None,
        }  # fmt: skip
        said = {"event": "user", "timestamp": 2.0, "text": text, "parse_data": message, "metadata": {"channel": "web"}}
        loop = {"name": action.removeprefix("validate_")} if action.startswith("validate_") else {}  # as Rasa has it
        tracker = {
            "sender_id": "web-1", "slots": slots, "latest_message": message, "events": [said], "active_loop": loop,
            "latest_input_channel": "web", "latest_action_name": "action_listen", "latest_event_time": 2.0,
            "followup_action": None, "paused": False,
        }  # fmt: skip
        return {"next_action": action, "sender_id": "web-1", "tracker": tracker, "domain": {}, "version": "3.6.21"}

    intents = mostly(st.sampled_from(["ask_knowledge", "ask_entry", "ask_district", "choose", "change_language"]))
    return posted("/webhook", st.builds(call, actions, _words, found, intents))


def entrances(opened: Opened) -> list[Entrance]:
    wire = Wire(opened.actions, opened.run, "http://actions")
    kinds = (
        ("actions: questions of staff", _asked(), 0.3),
        ("actions: look-ups of staff", _looked_up(), 2.0),
        ("actions: content", _content(), 0.3),
        ("actions: called by the bot", _called(), 0.5),
    )
    return [Entrance(name, calls, lambda call: judged(wire.ask(call)), share) for name, calls, share in kinds]
