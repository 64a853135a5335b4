"""What can go wrong in the console; each becomes a sentence on the page (`answers.py`).

ConsoleError
├── LoggedOut    nobody is logged in: to the login page
├── MustChange   with a one-time password only the page that changes it is open
├── Forbidden    the role does not allow it
├── Stale        the form's CSRF token is not this session's
└── Refused      a sentence by its key in words/, with a status
"""

from channels.errors import ChannelError


class ConsoleError(ChannelError):
    """Anything the console raises on purpose."""


class LoggedOut(ConsoleError):
    """There is no session, or it is over."""


class MustChange(ConsoleError):
    """The password is a one-time one."""


class Forbidden(ConsoleError):
    """The role is not enough."""


class Stale(ConsoleError):
    """An old page, or another site's form."""


class Refused(ConsoleError):
    """`key` and `gaps` of the sentence that staff read."""

    def __init__(self, key: str, status: int = 400, **gaps: object) -> None:
        super().__init__(key)
        self.key, self.status, self.gaps = key, status, gaps
