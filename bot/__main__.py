"""`python -m bot <rasa command>`: Rasa's own command line, quiet at start and lighter when serving."""

from __future__ import annotations

import os
import sys
import warnings

DEFAULTS = {
    "ACTIONS_URL": "http://127.0.0.1:5055",
    "TRACKER_URL": "sqlite:///var/tracker.db",
    "REDIS_URL": "memory",  # one bot: its own memory keeps the order
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
}


def main() -> None:
    """Prepares the process, then hands over to Rasa."""
    serving = sys.argv[1:2] == ["run"]
    if serving and not os.environ.get("BOT_TOKEN"):
        sys.exit("Set BOT_TOKEN: the gateway and the bot must share it.")
    prepare(serving)
    import rasa.__main__

    rasa.__main__.main()


def prepare(serving: bool) -> None:
    """Must come before the first import of Rasa."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if not os.environ.get("TRACKER_SEAL_KEY"):
        os.environ["TRACKER_SEAL_KEY"] = os.environ.get("BOT_TOKEN", "")
    _silence_deprecations()
    if serving:
        _prepare_serving()


def _silence_deprecations() -> None:
    """Those of Rasa's pinned libraries, which nobody here can act on. User warnings stay."""
    import sanic.app  # noqa: F401  # turns deprecation warnings on when imported: so first, then off

    warnings.filterwarnings("ignore", category=DeprecationWarning)


def _prepare_serving() -> None:
    from bot import lean

    lean.install()  # before computed_once, which imports rasa.core
    from bot import computed_once, recent, watching, whole_turns
    from common import tracing

    computed_once.install()
    recent.install()
    whole_turns.install()
    watching.install()  # last: it measures what the others made
    tracing.start("sahayak-bot", os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT", ""))


if __name__ == "__main__":
    main()
