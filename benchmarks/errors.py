"""What can go wrong in here.

BenchmarkError
├── MessagesError     a development file is wrong; says file and item
├── ServerError       a server did not start; says where its log is
└── NotPreparedError  something must be made first; says the command
"""


class BenchmarkError(Exception):
    """Base of all errors of this package: one sentence for the person at the terminal."""


class MessagesError(BenchmarkError):
    pass


class ServerError(BenchmarkError):
    pass


class NotPreparedError(BenchmarkError):
    pass
