"""Small answers every dialogue knows: yes, no, don't know, why, leave ... (`answers.yml`)."""

from functools import lru_cache

from actions.dialogue.message import Message, Phrases, sound, word_lists

KINDS = (
    "yes",
    "no",
    "unknown",
    "refuse",
    "why",
    "meaning",
    "correction",
    "leave",
    "again",
    "anger",
    "not",
    "not_ahead",
    "supposing",
    "what_if",
    "changed",
    "told_all",
    "step",
)
_ADDRESS = frozenset(map(sound, ("ji", "bhai", "bhaiya", "sir", "madam", "sahab")))
_MOST = 0.6  # of the words: "band karo" leaves, "kaam band kar diya tha" does not


@lru_cache(maxsize=1)
def phrases() -> dict[str, Phrases]:
    """By kind; "alone yes" and the like count only as the whole message."""
    lists = word_lists()
    alone = {f"alone {kind}": some for kind, some in lists["alone"].items()}
    return {kind: Phrases(tuple(map(str, some))) for kind, some in ({k: lists[k] for k in KINDS} | alone).items()}


def is_mostly(kind: str, message: Message) -> bool:
    """Whether the message is little else."""
    return _is_only(kind, message) or phrases()[kind].fill(message, _MOST)


def has(kind: str, message: Message) -> bool:
    return _is_only(kind, message) or phrases()[kind].are_in(message)


def _is_only(kind: str, message: Message) -> bool:
    alone = phrases().get(f"alone {kind}")
    if alone is None:
        return False
    words = [word.sound for word in message.words]
    said = [word for word in words if word not in _ADDRESS] or words
    return bool(said) and sum(map(len, alone.spans(said))) == len(said)


def yes_or_no(message: Message) -> bool | None:
    """None where neither is said, or both."""
    says_no = has("no", message) or has("not", message)
    says_yes = has("yes", message)
    return says_yes if says_yes != says_no else None
