"""`python -m channels.fake_twilio` starts it, on 127.0.0.1:8010 unless told otherwise."""

import contextlib
import sys

import uvicorn

from channels.errors import SettingsError
from channels.fake_twilio.app import create_app
from channels.fake_twilio.settings import load_settings


def main() -> int:
    """Runs until stopped. What keeps it from starting is one sentence."""
    try:
        settings = load_settings()
    except SettingsError as error:
        print(f"The fake Twilio cannot start: {error}", file=sys.stderr)
        return 2
    print(f"Phone simulator at {settings.own}/ for the gateway at {settings.gateway}", flush=True)
    config = uvicorn.Config(
        create_app(settings),
        host=settings.fake_twilio_host,
        port=settings.fake_twilio_port,
        log_level="warning",  # no access log: addresses hold numbers
        timeout_graceful_shutdown=2,
    )
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
