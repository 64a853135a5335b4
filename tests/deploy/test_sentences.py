"""What keeps a command from going on is one clear sentence, and the exit code says so."""

import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from launcher import Run, script

from deploy import changes, commands, uv
from deploy.problems import Problem
from deploy.progress import Progress

# What uv says, word for word.
UV_WITHOUT_NETWORK = """error: Request failed after 3 retries in 5.1s
  cause: Failed to fetch: http://127.0.0.1:9/simple/rasa/
  cause: error sending request for url (http://127.0.0.1:9/simple/rasa/)
  cause: tcp connect error"""
UV_WITHOUT_DISK = """error: Failed to install: tensorflow-2.12.0-cp310-cp310-manylinux_2_17_x86_64.whl
  cause: failed to copy file: No space left on device (os error 28)"""


def sentence(result: subprocess.CompletedProcess[str]) -> str:
    """The only line that is not make's own; never with a traceback."""
    assert result.returncode != 0
    assert "Traceback" not in result.stdout + result.stderr
    lines = [line for line in result.stderr.splitlines() if line and not line.startswith("make")]
    assert len(lines) == 1, lines
    return lines[0]


def fake_uv(programs: Path, said: str, fails_at: str) -> None:
    """A uv that makes an environment with an interpreter, and fails at one of its commands."""
    python = 'mkdir -p .envs/bot/bin; printf "#!/bin/sh\\necho Python 3.10.9\\n" > .envs/bot/bin/python'
    script(
        programs / "uv",
        f"""PATH=/usr/bin:/bin
case "$1" in
  --version) echo uv; exit 0 ;;
  {fails_at}) cat <<'SAID'
{said}
SAID
  exit 2 ;;
  venv) {python}; chmod +x .envs/bot/bin/python ;;
esac""",
    )


@pytest.fixture
def python310(programs: Path) -> None:
    script(programs / "python3.10", "echo Python 3.10.9")


def test_a_taken_port_is_named_with_the_setting_that_changes_it(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = sentence(run("make", "run", GATEWAY_PORT=port))
    assert f"Port {port}" in said
    assert "GATEWAY_PORT" in said


INNER = ["BOT_PORT", "ACTIONS_PORT", "FAKE_TWILIO_PORT"]


@pytest.mark.parametrize("name", INNER)
def test_the_inner_ports_are_checked_too(run: Run, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = {each: str(free_port()) for each in ("GATEWAY_PORT", *INNER)}
        assert name in sentence(run("make", "run", **{**free, name: str(taken.getsockname()[1])}))


def test_a_port_that_is_no_number(run: Run) -> None:
    assert "GATEWAY_PORT" in sentence(run("make", "run", GATEWAY_PORT="web"))


def test_a_missing_interpreter(run: Run, programs: Path) -> None:
    fake_uv(programs, UV_WITHOUT_NETWORK, "venv")
    said = sentence(run("make", "train"))
    assert "Python 3.10" in said
    assert "install" in said


@pytest.mark.usefixtures("python310")
def test_no_network_for_uv(run: Run, programs: Path) -> None:
    fake_uv(programs, UV_WITHOUT_NETWORK, "pip")
    assert "package index cannot be reached" in sentence(run("make", "train"))


@pytest.mark.usefixtures("python310")
def test_no_network_for_pip(run: Run) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": "/dev/null"}
    assert "package index cannot be reached" in sentence(run("make", "train", **nowhere))


@pytest.mark.usefixtures("python310")
def test_the_disk_fills_up_while_installing(run: Run, programs: Path) -> None:
    fake_uv(programs, UV_WITHOUT_DISK, "pip")
    assert "disk is full" in sentence(run("make", "train"))


def test_too_little_disk_is_said_before_installing(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(changes.shutil, "disk_usage", lambda _: usage(0, 0, 1_200_000_000))
    with pytest.raises(Problem, match=r"6\.0 GB are needed .* 1\.2 GB are free"):
        changes.need_space(6)


@pytest.mark.parametrize("said", ["No module named venv", "ensurepip is not available"])
def test_no_venv_module(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str) -> None:
    script(tmp_path / "python3", f"echo {said}; exit 1")
    monkeypatch.setattr(uv.sys, "executable", str(tmp_path / "python3"))
    monkeypatch.setattr(uv, "TOOLS", tmp_path / "tools")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problem, match="apt-get install python3-venv"):
        uv.run(Progress(1), "test", ["--version"])


def test_an_old_python3(checkout: Path) -> None:
    start = "import sys, runpy; sys.version_info = (3, 7); runpy.run_module('deploy', run_name='__main__')"
    result = subprocess.run([sys.executable, "-c", start], cwd=checkout, capture_output=True, text=True)
    assert sentence(result).startswith("Python 3.8 or newer is needed")


def test_an_unknown_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["dance"]) != 0
    assert "Usage" in capsys.readouterr().err


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
