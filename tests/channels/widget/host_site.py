"""A site of somebody else that embeds the widget with its one line, under a strict content security policy."""

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>A site</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><script defer src="{helpline}/widget.js" {data}></script></head>
<body><main><h1>A site</h1><p><a href="#x">A link of the site</a></p><p>{text}</p></main></body></html>"""


def policy(helpline: str) -> str:
    """What docs/widget.md asks a site to allow."""
    return f"default-src 'self'; script-src {helpline}; connect-src {helpline}; style-src {helpline}; img-src data:"


def host_site(helpline: str) -> Any:
    """`/hi` and `/en` are its pages; the query is put into the script's tag."""

    async def page(request: Request) -> Response:
        data = " ".join(f'data-{key}="{value}"' for key, value in request.query_params.items())
        text = PAGE.format(lang=request.path_params["lang"], helpline=helpline, data=data, text="Words. " * 300)
        return HTMLResponse(text, headers={"Content-Security-Policy": policy(helpline)})

    return Starlette(routes=[Route("/{lang}", page)])
