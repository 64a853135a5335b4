"""`python -m channels` starts the gateway."""

import contextlib
import os
import socket
import sys
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

from channels import logs
from channels.app import create_app
from channels.errors import SettingsError
from channels.settings import Settings, load_settings
from channels.warm import warm_up
from common import tracing


def main() -> int:
    """Runs until stopped. What keeps it from starting is one sentence."""
    try:
        settings = load_settings()
        logs.configure(readable=settings.environment == "development")
        app = create_app(settings)
        warm_up(app, settings)
        listener = _listen(settings)
    except SettingsError as error:
        print(f"The gateway cannot start: {error}", file=sys.stderr)
        return 2
    config = server_config(app, settings)
    tracing.start("sahayak-gateway", settings.otel_exporter_otlp_endpoint)
    logs.log.info("listening", address=f"http://{settings.gateway_host}:{settings.gateway_port}/")
    with contextlib.suppress(KeyboardInterrupt):
        _Server(config, app.state.live.stop).run(sockets=[listener])
    return 0


class _Server(uvicorn.Server):
    """Asked to stop, it first ends the streams of the staff's pages, which end by themselves never."""

    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._end_streams = end_streams

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._end_streams()
        super().handle_exit(sig, frame)


def server_config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """Nobody speaks for another address unless a setting names them: uvicorn itself would believe neighbours."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=settings.drain_seconds,
    )


def _listen(settings: Settings) -> socket.socket:
    address = (settings.gateway_host, settings.gateway_port)
    family = socket.AF_INET6 if ":" in settings.gateway_host else socket.AF_INET
    try:
        return socket.create_server(address, family=family, backlog=1024)
    except OSError as error:
        place = f"{settings.gateway_host}:{settings.gateway_port}"
        raise SettingsError(
            f"{place} is not free to listen on ({os.strerror(error.errno or 0)}); set GATEWAY_PORT"
        ) from None


if __name__ == "__main__":
    sys.exit(main())
