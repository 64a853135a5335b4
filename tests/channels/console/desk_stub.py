"""The action server as the console asks it: a few answers, and it can be away."""

import json
from typing import Any

import httpx

Json = dict[str, Any]
SCRIPT = "<script>alert(1)</script>"


def in_all(hi: str, en: str, latin: str = "") -> Json:
    return {"hi": hi, "hi-Latn": latin or en, "en": en}


def entry(name: str, hi: str, en: str, **more: Any) -> Json:
    return {
        "id": name,
        "entry_id": name,
        "title": in_all(hi, en),
        "answer": in_all(f"{hi}: आधार, पैन और ₹6,25,000।", f"{en}: Aadhaar, PAN and ₹6,25,000."),
        "short": in_all(f"{hi}, छोटा", f"{en}, short", f"{en}, chhota"),
        "speech": None,
        "sources": [{
            "id": "s", "title": {"hi": "पोर्टल", "en": "Portal"}, "publisher": "ODOP Cell", "as_of": "about 2022-23",
            "url": "https://odopup.in", "kind": "official",
        }],
        "as_of": "2025-07-15",
        "last_checked": "2026-11-21",
        "conflicts": None,
        "follow_ups": [],
        "task": None,
    } | more  # fmt: skip


PAPERS = entry("papers", "लोन के काग़ज़", "Papers for the loan", conflicts="A 2021 notice says more.")
APPLY = entry("apply", "आवेदन कैसे", "How to apply")
ODD = entry("odd", SCRIPT, SCRIPT, conflicts=SCRIPT)
ENTRIES = {each["id"]: each for each in (PAPERS, APPLY, ODD)}
AGRA: Json = {
    "id": "agra", "name": in_all("आगरा", "Agra"), "division": {"hi": "आगरा", "en": "Agra"},
    "products": [{"name": in_all("चमड़ा उत्पाद", "Leather Products"), "date": None, "source": None}],
    "later": [{"name": in_all("पेठा", "Petha"), "date": "2025-05-11", "source": {"hi": "ख़बर", "en": "News"}}],
}  # fmt: skip
SCHEMES = [
    {"id": "margin_money", "name": in_all("मार्जिन मनी", "Margin money"), "programme": "own"},
    {"id": "mudra", "name": in_all("मुद्रा", "MUDRA"), "programme": "linked"},
]
FIELDS: list[Json] = [
    {"name": "age", "kind": "number", "question": in_all("उम्र कितनी है?", "How old?"), "why": in_all("शर्त", "rule"),
     "choices": [], "low": 5, "high": 110},
    {"name": "defaulter", "kind": "yes_no", "question": in_all("डिफ़ॉल्टर हैं?", "A defaulter?"),
     "why": in_all("शर्त", "rule"), "choices": []},
    {"name": "project_cost", "kind": "rupees", "question": in_all("कुल ख़र्च?", "Total cost?"),
     "why": in_all("हिसाब", "sum"), "choices": []},
]  # fmt: skip


def record(language: str) -> Json:
    hindi = language == "hi"
    return {
        "scheme": {"id": "margin_money", "name": "मार्जिन मनी" if hindi else "margin money loan"},
        "district": {"id": "agra", "name": "आगरा" if hindi else "Agra"},
        "mobile": "********42",
        "stage": {
            "code": "applied", "since": "2026-09-01", "name": "आवेदन जमा" if hindi else "Application submitted",
            "meaning": "जाँच होगी।" if hindi else "It will be checked.",
            "next": "DIC जाँचेगा।" if hindi else "The DIC checks.",
            "who": "DIC", "do_now": "रुकिए।" if hindi else "Wait.", "worry": None, "days_here": 9, "late": False,
        },
        "history": [{"code": "applied", "name": "आवेदन जमा" if hindi else "Application submitted", "on": "2026-09-01"}],
    }  # fmt: skip


class Desk:
    """`asked`: every request's path and body."""

    def __init__(self) -> None:
        self.away = False
        self.asked: list[tuple[str, Json]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.away:
            raise httpx.ConnectError("away")
        body = json.loads(request.content or b"{}")
        path = request.url.path.removeprefix("/staff")
        self.asked.append((str(request.url), body))
        status, answer = self._answer(path, body, dict(request.url.params))
        return httpx.Response(status, json=answer)

    def _answer(self, path: str, body: Json, query: dict[str, str]) -> tuple[int, Json]:
        if path.startswith("/entries/"):
            found = ENTRIES.get(path.removeprefix("/entries/"))
            return (200, found) if found else (404, {})
        if path == "/districts":
            fits = query.get("q", "").lower() in "agra"
            return 200, {"districts": [AGRA] if fits else [], "as_of": "2025-07-15", "sources": []}
        if path == "/schemes":
            return 200, {"schemes": SCHEMES}
        if path.endswith("/form"):
            return 200, {
                "id": "margin_money",
                "name": SCHEMES[0]["name"],
                "fields": FIELDS,
                "last_checked": "2026-11-21",
            }
        calls = {"/ask": _ask, "/eligibility": _judge, "/application": _application}
        return calls[path](body)


def _ask(body: Json) -> tuple[int, Json]:
    text = body["text"]
    found: Json = {"outcome": "answered", "language": "en", "confidence": {"value": 0.97, "word": "sure"},
                   "answers": [], "districts": [], "related": []}  # fmt: skip
    if "agra" in text.lower():
        said = in_all("आगरा का उत्पाद: चमड़ा।", "Product of Agra: leather.")
        about = {"kind": "products", "text": said, "short": said, "districts": [AGRA], "choices": [],
                 "sources": {key: [{"title": "List", "as_of": "2025-07-15", "url": None}] for key in said}}  # fmt: skip
        return 200, found | {"outcome": "district", "districts": [about]}
    if "script" in text:
        return 200, found | {"answers": [ODD]}
    if "zzz" in text:
        return 200, found | {"outcome": "missed", "confidence": {"value": 0.0, "word": "none"}}
    return 200, found | {"answers": [PAPERS], "related": [{"id": "apply", "title": APPLY["title"]}]}


def _judge(body: Json) -> tuple[int, Json]:
    facts = body["facts"]
    if facts.get("age", 30) > 110:
        return 422, {"error": "fact", "fact": "age"}
    old = facts.get("age")
    state = "need_more" if old is None else "eligible" if old >= 18 else "not_eligible"
    line = {"id": "help", "role": "benefit", "amount": 250_000,
            "text": in_all("25% = ₹2,50,000 मदद", "25% = ₹2,50,000"),
            "confidence": "high", "conflict": None, "provisional_on": [], "sources": []}  # fmt: skip
    met = {"need_more": "unknown", "eligible": "met", "not_eligible": "not_met"}[state]
    return 200, {
        "state": state,
        "outcome": in_all("बताई बातों से: " + state, "From what was said: " + state),
        "ask_next": {"name": "age", **{k: FIELDS[0][k] for k in ("question", "why")}} if state == "need_more" else None,
        "reasons": [{"id": "age", "state": met, "text": in_all("18 साल से ऊपर", "18 or older"), "facts": ["age"],
                     "confidence": "high", "conflict": None, "sources": []}],
        "benefit": {"summary": in_all("मदद मिलती है", "There is help"), "total": None, "notes": [], "needs": [],
                    "lines": [line] if "project_cost" in facts else []},
        "conflicts": [{"text": in_all("एक ख़बर 15% कहती है", "A report says 15%"), "sources": []}],
        "would_change": [{"text": in_all("18 के होने पर", "once 18"), "from_date": "2028-01-01"}],
        "documents": [{"name": in_all("आधार", "Aadhaar"), "required": True}],
        "next_step": in_all("DIC से मिलें", "Meet the DIC"),
        "said": {key: in_all(f"नतीजा {key}", f"verdict {key}") for key in ("text", "short", "speech")},
        "sources": PAPERS["sources"], "as_of": "2026-10-06", "last_checked": "2026-11-21",
    }  # fmt: skip


def _application(body: Json) -> tuple[int, Json]:
    if body["number"] == "nonsense":
        return 422, {"error": "not a number", "hint": "..."}
    known = body["number"] == "ODOP/MM/26/001234"
    return (200, record("hi") | {"beside": record("en")}) if known else (404, {"error": "unknown"})
