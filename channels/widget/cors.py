"""Which other sites' pages may read the widget's answers. The rest of the gateway is for its own pages only."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from channels.settings import Settings

PREFIX = "/api/v1/widget"
ASKED_ONCE_FOR = 7200  # seconds that a browser keeps our permission; each question costs a slow network a second


class WidgetCors(CORSMiddleware):
    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        super().__init__(
            app,
            allow_origins=settings.widget_sites,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["Retry-After"],
            max_age=ASKED_ONCE_FOR,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_ours = scope["type"] == "http" and scope["path"].startswith(PREFIX + "/")
        await (super().__call__ if is_ours else self.app)(scope, receive, send)
