"""Who staff are and what each role may."""

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["agent", "supervisor", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
# What a role may besides its own: agent < supervisor < admin; an editor changes content and answers nobody.
WITHIN: dict[str, frozenset[str]] = {
    "agent": frozenset({"agent"}),
    "supervisor": frozenset({"agent", "supervisor"}),
    "editor": frozenset({"editor"}),
    "admin": frozenset(ROLES),
}


@dataclass(frozen=True)
class Account:
    """Whoever is logged in."""

    id: int
    login: str
    name: str
    role: str
    language: str
    must_change: bool = False

    def may(self, *roles: str) -> bool:
        """Any of the roles is enough."""
        return not WITHIN.get(self.role, frozenset()).isdisjoint(roles)
