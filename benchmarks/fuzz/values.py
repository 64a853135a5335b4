"""Texts, numbers and JSON that break things."""

import json
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")

# Signs, joiners, marks and spaces that combine with each other in surprising ways.
TROUBLE = (
    "अआइईकखगजडढतनपफबमरलवशसह़्ािीुूेैोौंँॉृ०१२३९।॥ऽॐ₹"
    "\u200b\u200c\u200d\u200e\u202e\u2066\ufeff\u00ad\u0301\u0308\u0323\u093c\u0340\u1161\u3099"
    "\x00\x07\x1b\x7f\x85\t\n\r \u00a0\u2003\u2028\u3000"
    "aAbBzZéÉßİıſKﬁ０９٣۴½²ªâ_-'’\"/{}[]()😀👍🏽🇮🇳\ue000\U000e0041\U000f0000"
)
NASTY = (
    "", " ", "\x00", "/restart", '/ask{"a":1}', "entry:x", "entry:../../x", "district:", "person:", "stop:", "1", "0",
    "-1", "9" * 20, "9" * 400, "9" * 5000, "1" + "0" * 4400, "1e999", "NaN", "inf", "-inf", "٣", "²", "½", "৳", "१२३",
    "null", "true", "[]", "{}", "{{7*7}}", "{language}", "%s%n%x", "%00", "../../etc/passwd", "' OR 1=1 --",
    "<script>alert(1)</script>", "<Response><Dial>+1</Dial></Response>", "]]>", "&amp;&#0;", "=1+1", "@SUM(A1)",
    "a\r\nSet-Cookie: a=b", "\u202egnp.exe", "x" * 1001, "क्" * 700, "़" * 300, "e\u0301\u0323" * 300, "🇮🇳" * 200,
    "\ud800", "\udfff\ud83d", "a\udc80b", "\ufffe\uffff", "STOP", "stop ", "मिटाओ", "9876543210", "1234 5678 9012",
    "ABCDE1234F", "ODOP/MM/26/001234", "31/02/2025", "0000-00-00", "9999-12-31", "2024-02-30", "<<<<<<<", "!!python/x",
    "mera number nau aath saat chhe paanch chaar teen do ek shunya hai", "saadhe teen lakh " * 60, "do " * 400,
)  # fmt: skip
PEOPLE = (
    "loan ke liye kagaz kya lagega", "मेरा लोन बैंक ने मना कर दिया अब क्या करूं", "Which papers are needed for the loan?",
    "agra ka product kya hai", "toolkit kab milega", "mera aavedan kahan tak pahuncha", "kisi se baat karni hai",
    "namaste", "haan", "नहीं", "I am 25 years old and need 5 lakh", "dhai lakh ka loan 3 saal pehle liya tha",
)  # fmt: skip
EDGES = (0, 1, -1, 2**31 - 1, 2**31, -(2**31) - 1, 2**53 + 1, 2**63 - 1, 2**63, -(2**63) - 1, 2**64, 10**30, 10**400)

trouble = st.text(st.sampled_from(TROUBLE), max_size=25)
any_text = st.one_of(st.text(max_size=40), trouble, st.builds(lambda a, b: f"{a} {b}", st.text(max_size=15), trouble))
nasty = st.sampled_from(NASTY)
people = st.sampled_from(PEOPLE)
broken = st.text(st.characters(), max_size=8).map(lambda text: f"{text}\ud800{text}")  # no Unicode text at all
long = st.builds(lambda text, times: (text * times)[:9000], any_text, st.integers(2, 3000))
mixed = st.builds(lambda a, b, c: a + b + c, people, st.one_of(any_text, nasty), st.one_of(people, nasty))
hostile: SearchStrategy[str] = st.one_of(any_text, nasty, people, mixed, long, broken)
numbers: SearchStrategy[int] = st.one_of(st.sampled_from(EDGES), st.integers())
written_numbers = st.one_of(numbers.map(lambda number: f"{number:d}" if abs(number) < 10**40 else "9" * 400), nasty)
_leaves: SearchStrategy[Any] = st.one_of(st.none(), st.booleans(), numbers, st.floats(), hostile)
any_json: SearchStrategy[Any] = st.recursive(
    _leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(any_text, inner, max_size=4)),
    max_leaves=8,
)


def mostly(right: SearchStrategy[T], wrong: SearchStrategy[Any] = hostile, of: int = 8) -> SearchStrategy[Any]:
    """What is right, and once in `of` times something else: so that not every request fails at its first field."""
    return st.integers(1, of).flatmap(lambda number: wrong if number == of else right)


def fields(
    right: dict[str, SearchStrategy[Any]], more: SearchStrategy[Any] = any_json
) -> SearchStrategy[dict[str, Any]]:
    """All the fields, mostly; now and then one is missing, or there is one that nobody knows."""
    whole = st.fixed_dictionaries(right)
    some = st.fixed_dictionaries({}, optional=right)
    with_more = st.builds(lambda one, extra: {**one, **extra}, whole, st.dictionaries(any_text, more, max_size=2))
    return mostly(whole, st.one_of(some, with_more), of=6)


def as_json(value: Any) -> bytes:
    """Also what is no Unicode, and numbers that JSON does not have."""
    return json.dumps(value).encode()


def _nested(sign: str) -> bytes:
    return (sign * 30_000).encode()


bodies = st.one_of(
    st.binary(max_size=200),
    any_json.map(as_json),
    any_json.map(lambda value: as_json(value)[:-1]),
    st.sampled_from(
        [_nested("["), _nested('{"a":'), b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b" " * 70_000, b"{" * 9]
    ),
)
"""Instead of a document."""
