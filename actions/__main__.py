"""`python -m actions`: the action server alone."""

import sys

import uvicorn
from pydantic import ValidationError

from actions.applications.errors import SettingsError
from actions.letters.settings import load_settings
from actions.settings import Settings
from common import tracing
from knowledge.errors import KnowledgeError


def main() -> int:
    try:
        load_settings()  # unsafe ones are told now, not to the first user who needs them
        settings = Settings()
        from actions.server import app
    except ValidationError as error:
        print("; ".join(str(item["msg"]) for item in error.errors(include_input=False)), file=sys.stderr)
        return 1
    except (KnowledgeError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1
    tracing.start("sahayak-actions", settings.otlp_endpoint)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        access_log=False,
        timeout_graceful_shutdown=settings.drain_seconds,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
