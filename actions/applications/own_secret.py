"""A secret that belongs to one checkout, for development; in production every secret is given."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def own_secret(path: Path) -> str:
    """Made once, readable only by its owner; two processes that make it at once end with the same one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        number, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # with mode 0600
        with os.fdopen(number, "w") as file:
            file.write(secrets.token_urlsafe(32))
        with suppress(FileExistsError):
            path.hardlink_to(aside)
        Path(aside).unlink()
    return path.read_text()
