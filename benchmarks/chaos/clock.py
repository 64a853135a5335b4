"""A wall clock that can be set for some processes only: a library in C, made where there is a compiler."""

import shutil
import struct
import subprocess
from pathlib import Path

_SOURCE = Path(__file__).with_name("clock.c")


class Clock:
    """`preload`: settings of the processes whose clock it is; empty where it could not be made."""

    def __init__(self, folder: Path) -> None:
        self._file, library = folder / "clock", folder / "clock.so"
        self.preload: dict[str, str] = {}
        self.set(0)
        compiler = shutil.which("cc")
        make = [str(compiler), "-shared", "-fPIC", "-O1", "-o", str(library), str(_SOURCE), "-ldl"]
        if compiler and subprocess.run(make, capture_output=True, check=False).returncode == 0:
            self.preload = {"LD_PRELOAD": str(library), "CLOCK_FILE": str(self._file)}

    def set(self, seconds: int) -> None:
        """In place: it is mapped."""
        if not self._file.exists():
            self._file.write_bytes(bytes(8))
        with self._file.open("r+b") as file:
            file.write(struct.pack("q", seconds))
