"""What can go wrong in here.

KnowledgeError
├── EntryError        an entry file is wrong; says file and line
└── NotBuiltError     a model or an index is missing; says the command that builds it
"""

from dataclasses import dataclass
from pathlib import Path


class KnowledgeError(Exception):
    """Base of all errors of this package."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong at one place of a file."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class EntryError(KnowledgeError):
    """Every problem found in the entry files, one a line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(p) for p in problems))


class NotBuiltError(KnowledgeError):
    """Something under `var/` is missing."""

    def __init__(self, what: Path) -> None:
        super().__init__(f"{what} is missing: run `python -m knowledge build` (or `make train`) first")
