"""What is said in the measured turns."""

from collections.abc import Sequence

from tqdm import tqdm

from benchmarks.clients import Target, ask
from benchmarks.errors import ServerError
from benchmarks.understanding import messages

SCRIPTED = ("namaste", "hello", "नमस्ते", "good morning", "namaskar ji", "नमस्कार")
_ENOUGH = 24
_STEP = 11  # messages next to each other are about the same thing; this takes as many of each language


def action_turns(targets: Sequence[Target]) -> list[str]:
    """Real questions that every one of the systems answers through the action server.

    The development messages are new to all of them, so none is answered by a mere look-up.
    """
    asked = [m.text for language in messages.LANGUAGES for m in messages.load((language,)) if m.kind == "entry"]
    pool = [text for i in range(_STEP) for text in asked[i::_STEP]]
    found: list[str] = []
    with tqdm(total=_ENOUGH, desc="choosing questions", leave=False) as bar:
        for text in pool[: _ENOUGH * 5]:
            if len(found) < _ENOUGH and all(_is_from_entry(target, text) for target in targets):
                found.append(text)
                bar.update()
    if not found:
        raise ServerError("No question was answered by both bots: see var/bench/log.")
    return found


def _is_from_entry(target: Target, text: str) -> bool:
    """Only the action server says which entry a reply is from; stock REST has it under `custom`."""
    return any(reply.get("entry") or reply.get("custom", {}).get("entry") for reply in ask(target, text))
