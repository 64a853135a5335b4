"""What can go wrong with edits.

ContentError
├── Unavailable   the store does not answer
├── Unknown       there is no such entry or version
├── Overtaken     somebody else has saved a version since; bears its number
├── NotAllowed    not in this state, or not by this person; bears the key of a sentence
└── Wrong         the strict checks refuse it; bears the mistakes
"""

from actions.content.mistakes import Told


class ContentError(Exception):
    """Base of all errors of this package."""


class Unavailable(ContentError):
    """`reason` is a word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"edits of the console cannot be read or written: {reason}")


class Unknown(ContentError):
    """Neither a file nor a version has this name."""


class Overtaken(ContentError):
    def __init__(self, latest: int) -> None:
        super().__init__(latest)
        self.latest = latest


class NotAllowed(ContentError):
    """`key` is one of sentences.yml, `values` fill its gaps."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Wrong(ContentError):
    def __init__(self, mistakes: list[Told]) -> None:
        super().__init__(len(mistakes))
        self.mistakes = mistakes
