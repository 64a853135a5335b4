"""`python -m actions.doctor`: what the action server can tell of its installation, a line of JSON each."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import ValidationError
from sqlalchemy import exc as sa_errors

from actions.applications.engine import alembic_config, open_engine
from actions.applications.errors import ApplicationsError, SettingsError
from actions.applications.migrations import VERSION_TABLE
from actions.letters import fonts
from actions.letters.settings import load_settings
from actions.settings import Settings

Finding = tuple[str, bool, str]


def findings() -> Iterator[Finding]:
    yield staff_hours()
    yield applications()
    yield letters()


def staff_hours() -> Finding:
    try:
        hours = Settings().staff_hours
    except ValidationError as error:
        said = "; ".join(str(item["msg"]) for item in error.errors(include_input=False))
        return "staff hours", False, f"ACTIONS_STAFF_HOURS or BOT_TOKEN: {said}."
    return "staff hours", True, f"{hours or 'none: only the telephone is named to who wants a person'}."


def applications() -> Finding:
    name = "applications"
    try:
        settings = load_settings()
        if not _is_there(settings.database_address):
            return name, True, "no store yet; it is made at its first use."
        engine = open_engine(settings.database_address, settings.applications_timeout_seconds)
    except (SettingsError, ApplicationsError) as error:
        return name, False, f"{error}."
    try:
        with engine.connect() as connection:
            now = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
            newest = ScriptDirectory.from_config(alembic_config(connection)).get_current_head()
    except sa_errors.SQLAlchemyError as error:
        return name, False, f"DATABASE_URL: does not answer ({type(error).__name__})."
    finally:
        engine.dispose()
    if now not in (None, newest):
        advice = "run `.envs/service/bin/python -m actions.applications migrate`"
        return name, False, f"has the tables of {now}, not of {newest}: {advice}."
    return name, True, "its store answers."


def letters() -> Finding:
    """Made at the first letter; that takes seconds, and a folder that can be written."""
    try:
        missing = [weight for weight in (fonts.REGULAR, fonts.BOLD) if not fonts.font_file(weight).exists()]
    except Exception as error:
        return "fonts of letters", False, f"cannot be made ({type(error).__name__}): see var/fonts and `make train`."
    return "fonts of letters", not missing, "there." if not missing else "missing: run `make train`."


def _is_there(address: str) -> bool:
    """A file that is not there would be made by opening it."""
    return not address.startswith("sqlite:///") or Path(address.removeprefix("sqlite:///")).exists()


def main() -> int:
    for name, is_ok, sentence in findings():
        print(json.dumps({"name": name, "is_ok": is_ok, "sentence": sentence}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
