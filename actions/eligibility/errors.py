"""What can go wrong in here.

EligibilityError
├── FactError      a fact of the user has no such name or cannot have such a value
└── SchemeError    a scheme file is wrong; says file and line
"""

from knowledge.errors import Problem


class EligibilityError(Exception):
    """Base of all errors of this package."""


class FactError(EligibilityError, ValueError):
    """Names the fact and what it should have been."""

    def __init__(self, fact: str, message: str) -> None:
        self.fact = fact
        super().__init__(f"{fact}: {message}")


class SchemeError(EligibilityError):
    """Every problem found in the scheme files, one a line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(p) for p in problems))
