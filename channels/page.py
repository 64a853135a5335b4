"""The page at `/`: a chat over the message API."""

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from channels.names import renamed

HERE = Path(__file__).parent
STATIC = HERE / "static"

router = APIRouter(include_in_schema=False)
_templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)


@router.get("/", response_class=HTMLResponse)
async def index(request: Request) -> str:
    """The chat page."""
    settings = request.app.state.settings
    page = _templates.get_template("index.html").render(
        simulator=settings.simulator_on, longest=settings.max_characters
    )
    return renamed(page)
