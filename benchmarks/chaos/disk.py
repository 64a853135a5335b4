"""The disk that PostgreSQL writes to: a small one of its own, where this user may mount one."""

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import psycopg

_SIZE = "1500m"  # PostgreSQL alone keeps up to 1 GB of its log
_READY = 100  # files of its log that may lie ready
_NAME = "everything-else"


class Disk:
    def __init__(self, folder: Path, wanted: bool) -> None:
        self._folder, self.can_be_filled = folder, False
        folder.mkdir(parents=True, exist_ok=True)
        if wanted and os.geteuid() == 0:
            mount = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE},mode=755", "tmpfs", str(folder)]
            self.can_be_filled = subprocess.run(mount, capture_output=True, check=False).returncode == 0

    def fill(self, database: str) -> None:
        """To the last byte; and PostgreSQL is made to want a new file of its log at once."""
        with (self._folder / _NAME).open("wb") as file, suppress(OSError):
            while free := shutil.disk_usage(self._folder).free:
                os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), free)
        with suppress(psycopg.Error), psycopg.connect(database, connect_timeout=3, autocommit=True) as connection:
            for _ in range(_READY):
                connection.execute("SELECT pg_logical_emit_message(false, 'chaos', 'x')")
                connection.execute("SELECT pg_switch_wal()")

    def free(self) -> None:
        (self._folder / _NAME).unlink(missing_ok=True)

    def close(self) -> None:
        if self.can_be_filled:
            subprocess.run(["umount", "-l", str(self._folder)], capture_output=True, check=False)
