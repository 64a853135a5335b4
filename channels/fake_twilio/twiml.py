"""Reads the TwiML that the gateway answers a call with; what it does not know it shows, and goes on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

Line = dict[str, Any]


class NotTwiml(Exception):
    """No XML, or no <Response>."""


@dataclass
class Wait:
    """Where the call stands still: a Gather or a Dial."""

    kind: str
    attributes: dict[str, str]

    def hears(self, how: str) -> bool:
        """Whether a Gather listens to "dtmf" or "speech"; without `input`, to keys only."""
        return self.kind == "gather" and how in self.attributes.get("input", "dtmf").split()

    def digits(self, pressed: str) -> str:
        """What of these keys a Gather takes: up to its end key, and no more than it wants."""
        end = self.attributes.get("finishOnKey", "#")
        kept = pressed.partition(end)[0] if end else pressed
        return kept[: int(self.attributes.get("numDigits", len(kept)))]


@dataclass
class Leap:
    """A Redirect."""

    url: str


@dataclass
class Script:
    """The verbs of one document, run one after the other."""

    verbs: list[Element]
    lines: list[Line] = field(default_factory=list)

    def run(self) -> Wait | Leap | None:
        """On to the next point where something else must happen; None at the end of the call."""
        while self.verbs:
            verb = self.verbs.pop(0)
            if verb.tag in ("Hangup", "Reject"):
                self.verbs.clear()
            elif verb.tag == "Redirect":
                return Leap((verb.text or "").strip())
            elif verb.tag == "Gather":
                self.lines += [line for child in verb for line in _spoken(child)]
                return Wait("gather", dict(verb.attrib))
            elif verb.tag == "Dial":
                self.lines.append({"kind": "dial", "text": "".join(verb.itertext()).strip()})
                return Wait("dial", dict(verb.attrib))
            else:
                self.lines += _spoken(verb)
        return None

    def take_lines(self) -> list[Line]:
        """What was heard since the last time."""
        lines, self.lines = self.lines, []
        return lines


def read(text: str) -> Script:
    """The document; raises NotTwiml."""
    try:
        root = ElementTree.fromstring(text.encode())
    except ElementTree.ParseError as error:
        raise NotTwiml(f"Error 12100, document parse failure: {error}") from None
    if root.tag != "Response":
        raise NotTwiml("Error 12100, document parse failure: the root is not <Response>")
    return Script(list(root))


def _spoken(verb: Element) -> Iterator[Line]:
    if verb.tag == "Say":
        words = " ".join("".join(verb.itertext()).split())
        yield {"kind": "say", "text": words, "language": verb.get("language", ""), "voice": verb.get("voice", "")}
    elif verb.tag == "Play":
        yield {"kind": "play", "text": (verb.text or "").strip()}
    elif verb.tag != "Pause":
        yield {"kind": "note", "text": f"<{verb.tag}> {''.join(verb.itertext()).strip()}".strip()}
