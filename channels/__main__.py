"""`python -m channels` starts the gateway."""

import contextlib
import os
import socket
import sys

import uvicorn
from fastapi import FastAPI

from channels import logs
from channels.app import create_app
from channels.errors import SettingsError
from channels.settings import Settings, load_settings


def main() -> int:
    """Runs until stopped. What keeps it from starting is one sentence."""
    try:
        settings = load_settings()
        logs.configure(readable=settings.environment == "development")
        app = create_app(settings)
        listener = _listen(settings)
    except SettingsError as error:
        print(f"The gateway cannot start: {error}", file=sys.stderr)
        return 2
    config = server_config(app, settings)
    logs.log.info("listening", address=f"http://{settings.gateway_host}:{settings.gateway_port}/")
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
    return 0


def server_config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """Nobody speaks for another address unless a setting names them: uvicorn itself would believe neighbours."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
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
