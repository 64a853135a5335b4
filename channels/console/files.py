"""Files of the pages: ours, and htmx out of its package (Django itself is never imported)."""

from importlib.metadata import distribution
from pathlib import Path

from starlette.routing import Mount, Router
from starlette.staticfiles import StaticFiles

STATIC = Path(__file__).with_name("static")
_HTMX = "django_htmx/static/django_htmx"


def static() -> Router:
    """Whoever has a file already is told so by its ETag."""
    htmx = Path(str(distribution("django-htmx").locate_file(_HTMX)))
    return Router([Mount("/htmx", StaticFiles(directory=htmx)), Mount("/", StaticFiles(directory=STATIC))])
