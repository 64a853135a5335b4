"""`python -m benchmarks.pictures [--out docs/pictures]`: the console with made-up people, in Hindi and English."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from shutil import which

import httpx

from benchmarks.errors import BenchmarkError
from benchmarks.pictures import camera, filling
from benchmarks.places import ROOT
from benchmarks.servers import Server, free_port, running

LOGIN, PASSWORD = "rekha", "only-for-pictures-42"


def main() -> int:
    given = _parser().parse_args()
    browser = which("chromium")
    try:
        if not browser:
            raise BenchmarkError("Chromium is not installed: there is no chromium on the path.")
        given.out.mkdir(parents=True, exist_ok=True)
        with _console() as url:
            camera.take(browser, url, (LOGIN, PASSWORD), given.out, given.width, not given.all)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures", help="folder of the pictures")
    parser.add_argument("--width", type=int, default=1100, help="of the window, in pixels")
    parser.add_argument("--all", action="store_true", help="every page from top to bottom, not only what the docs show")
    return parser


@contextmanager
def _console() -> Iterator[str]:
    """Gateway and action server with stores of their own, which go with the folder."""
    with tempfile.TemporaryDirectory(prefix="pictures-") as name, ExitStack() as up:
        folder, actions, gateway = Path(name), free_port(), free_port()
        env = _environment(folder, actions, gateway)
        print("filling a store", flush=True)
        _add_admin(folder, env)
        filling.fill(env, LOGIN)
        env_actions = env | {"DATABASE_URL": f"sqlite:///{folder / 'actions.db'}"}
        for module, port, own in (("actions", actions, env_actions), ("channels", gateway, env)):
            print(f"starting {module}", flush=True)
            command = [sys.executable, "-m", module]
            up.enter_context(running(Server(f"pictures-{module}", command, partial(_answers, port), own)))
        yield f"http://127.0.0.1:{gateway}"


def _environment(folder: Path, actions: int, gateway: int) -> dict[str, str]:
    """Whatever this checkout is set to, these are its own; there is no bot, and its port answers nobody."""
    names = ("BOT_TOKEN", "STAFF_TOKEN", "LOG_HASH_KEY", "CONTACT_HASH_KEY", "CONTACT_SEAL_KEY", "TRANSCRIPT_TOKEN")
    return dict.fromkeys(names, "only-for-pictures") | {
        "ENVIRONMENT": "development",
        "DATABASE_URL": f"sqlite:///{folder / 'gateway.db'}",
        "STORE_TIMEOUT_SECONDS": "20",
        "ACTIONS_PORT": str(actions),
        "ACTIONS_URL": f"http://127.0.0.1:{actions}",
        "GATEWAY_PORT": str(gateway),
        "BOT_URL": f"http://127.0.0.1:{free_port()}",
    }


def _add_admin(folder: Path, env: Mapping[str, str]) -> None:
    password = folder / "password"
    password.write_text(PASSWORD, "utf-8")
    command = [sys.executable, "-m", "channels.console", "add-admin", LOGIN, "--password-file", str(password)]
    done = subprocess.run(command, cwd=ROOT, env=filling.with_own(env), capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchmarkError(done.stderr.strip())


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=5, trust_env=False).status_code < 500
    except httpx.HTTPError:
        return False


if __name__ == "__main__":
    sys.exit(main())
