"""What Twilio documents of the verbs used here: names, places, attributes and their values."""

import re
import urllib.parse
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

PUBLIC = "https://sahayak.example.org"
_ADDRESS = re.escape(PUBLIC) + r"/webhooks/twilio/voice/(language|question|confirm|keys|wait|person)\?step=\d+"
_NUMBER = r"[1-9]\d*"
# verb -> what may stand in it; attribute -> its value
INSIDE = {
    "Response": {"Gather", "Say", "Redirect", "Dial", "Hangup", "Pause"},
    "Gather": {"Say", "Pause"},
    "Say": {"prosody"},
    "Dial": {"Number"},
}
ATTRIBUTES: dict[str, dict[str, str]] = {
    "Gather": {
        "input": "dtmf|speech|dtmf speech",
        "action": _ADDRESS,
        "method": "GET|POST",
        "timeout": _NUMBER,
        "numDigits": _NUMBER,
        "finishOnKey": r"[0-9#*]?",
        "language": "hi-IN|en-IN",
        "hints": r"(?s).+",
        "speechModel": r"googlev2_telephony|phone_call|deepgram_nova-3",
        "speechTimeout": rf"auto|{_NUMBER}",
        "profanityFilter": "true|false",
        "actionOnEmptyResult": "true|false",
    },
    "Say": {"voice": r"Polly\.Aditi", "language": "hi-IN|en-IN"},
    "prosody": {"rate": "x-slow|slow|medium|fast|x-fast"},
    "Redirect": {"method": "GET|POST"},
    "Dial": {"action": _ADDRESS, "method": "GET|POST", "timeout": _NUMBER},
}
LAST = {"Redirect", "Hangup", "Dial"}  # nothing after them is ever reached
DEVANAGARI = re.compile("[\u0900-\u097f]")


def checked(document: str) -> Element:
    """The document, which keeps all the rules."""
    assert len(document.encode()) < 64 * 1024
    root = ElementTree.fromstring(document)
    assert root.tag == "Response" and len(root) > 0
    for element in root.iter():
        _check_place(element)
        _check_attributes(element)
    _check_order(root)
    for say in root.iter("Say"):
        _check_say(say)
    for gather in root.iter("Gather"):
        _check_gather(gather)
    return root


def _check_place(element: Element) -> None:
    for child in element:
        assert child.tag in INSIDE.get(element.tag, set()), (element.tag, child.tag)


def _check_attributes(element: Element) -> None:
    known = ATTRIBUTES.get(element.tag, {})
    for name, value in element.attrib.items():
        assert name in known, (element.tag, name)
        assert re.fullmatch(known[name], value), (element.tag, name, value)


def _check_order(root: Element) -> None:
    for element in list(root)[:-1]:
        assert element.tag not in LAST
        if element.tag == "Gather":
            assert root[-1] is not element, "nothing follows where nothing is heard"
    assert root[-1].tag in LAST, "the call would end without a word"
    if root[-1].tag == "Redirect":
        assert re.fullmatch(_ADDRESS, root[-1].text or "")


def _check_say(say: Element) -> None:
    text = "".join(say.itertext())
    assert text.strip()
    assert set(say.attrib) == {"voice", "language"}
    assert not (DEVANAGARI.search(text) and say.attrib["language"] != "hi-IN"), text
    assert len(urllib.parse.quote(text)) <= 4500
    assert not re.search(r"https?:|www\.|\d{5}|[{}*_#]", text), text


def _check_gather(gather: Element) -> None:
    listens = "speech" in gather.attrib["input"]
    assert ("language" in gather.attrib) == listens
    assert ("hints" in gather.attrib) == listens
    if "speechModel" in gather.attrib:  # Twilio's warning 13335
        assert gather.attrib["speechTimeout"].isdecimal()
    hints = gather.attrib.get("hints", "").split(",")
    assert len(hints) <= 500 and all(len(hint) <= 100 for hint in hints)
    assert ("numDigits" in gather.attrib) != ("finishOnKey" in gather.attrib)
