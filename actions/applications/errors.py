"""What can go wrong with applications.

ApplicationsError
├── SettingsError              a setting is missing or unsafe: nothing starts
├── FileProblem                a CSV file cannot be read at all; a bad row is no error, it is reported
├── CannotSend                 nothing is set up that could send a code
├── SealBroken                 what is stored was sealed with another key, or changed
└── ApplicationsUnavailable    the store, or the department's system behind the interface, does not answer
    └── ApplicationsTimedOut   it did not answer in time

A user is told none of these words: whichever it is, the dialogue says the sentence `unavailable`.
"""


class ApplicationsError(Exception):
    """Base of all errors of this package."""


class SettingsError(ApplicationsError):
    """One line that says which setting to change."""


class FileProblem(ApplicationsError):
    """One line that says what is wrong with the file."""


class CannotSend(ApplicationsError):
    """No provider of messages is set up."""


class SealBroken(ApplicationsError):
    """Never holds what was to be opened."""

    def __init__(self) -> None:
        super().__init__("stored data cannot be opened: APPLICATIONS_SEAL_KEY is not the key it was stored with")


class ApplicationsUnavailable(ApplicationsError):
    """`reason` is a word for the log: never the text of a statement or its values."""

    def __init__(self, reason: str = "unavailable") -> None:
        super().__init__(f"applications cannot be looked up: {reason}")
        self.reason = reason


class ApplicationsTimedOut(ApplicationsUnavailable):
    """Asking again later may help."""

    def __init__(self, reason: str = "timed out") -> None:
        super().__init__(reason)
