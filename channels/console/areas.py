"""The console's areas in the order of its menu. An area is there once its package is."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from fastapi import APIRouter

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Area:
    """Its package, words and templates bear the name; the menu says `<name>.nav`."""

    name: str
    roles: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"/console/{self.name}"

    def router(self) -> APIRouter:
        router: APIRouter = import_module(f"channels.console.{self.name}.routes").router
        return router


_ALL = (
    Area("conversations", ("agent",)),
    Area("ask", ("agent", "editor")),
    Area("unanswered", ("editor", "supervisor")),
    Area("content", ("editor", "agent")),
    Area("figures", ("supervisor", "editor")),
    Area("audit", ("supervisor",)),
    Area("accounts", ("admin",)),
    Area("switches", ("admin",)),
)


@cache
def areas() -> tuple[Area, ...]:
    return tuple(area for area in _ALL if (HERE / area.name / "routes.py").is_file())
