"""The widget's file, its style, and in development a page that shows it on a site."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException

from channels.models import Language
from channels.widget.bundle import HERE, File, demo_style, script, style

router = APIRouter(include_in_schema=False)
_templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
_FOR_ANY_SITE = {
    "Cache-Control": "public, max-age=3600, stale-while-revalidate=86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Vary": "Accept-Encoding",
}


@router.api_route("/widget.js", methods=["GET", "HEAD"])
async def widget_js(request: Request) -> Response:
    return _sent(request, script(), "text/javascript; charset=utf-8")


@router.api_route("/widget.css", methods=["GET", "HEAD"])
async def widget_css(request: Request) -> Response:
    return _sent(request, style(), "text/css; charset=utf-8")


@router.get("/widget-demo.css")
async def widget_demo_css(request: Request) -> Response:
    _only_in_development(request)
    return _sent(request, demo_style(), "text/css; charset=utf-8")


@router.get("/widget-demo", response_class=HTMLResponse)
async def widget_demo(request: Request, lang: Annotated[Language, Query()] = "hi") -> Response:
    _only_in_development(request)
    page = _templates.get_template("demo.html").render(lang=lang)
    return HTMLResponse(page, headers={"Permissions-Policy": "microphone=(self)"})


def _only_in_development(request: Request) -> None:
    if request.app.state.settings.environment != "development":
        raise HTTPException(404, "Not Found")


def _sent(request: Request, file: File, media_type: str) -> Response:
    headers = {**_FOR_ANY_SITE, "ETag": file.etag}
    if file.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=media_type)
    return Response(file.plain, headers=headers, media_type=media_type)
