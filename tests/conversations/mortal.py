"""A process that kills itself where a file says, and is started again: `python mortal.py bot run ...`.

It is a fork of one that has read everything: a start would take longer than the turns that are tested.
"""

import importlib
import os
import runpy
import signal
import sys
import threading
import time
from pathlib import Path

POINTS = {"bot": "bot.points", "actions": "actions.points", "channels": "channels.delivery.points"}
FOLDER = Path(os.environ["MORTALS"])
DIES_AT = FOLDER / "dies_at"
_ONE_AT_A_TIME = threading.Lock()


def reached(name: str) -> None:
    """The file names a package, a point, and the how many-th time that it is reached."""
    with _ONE_AT_A_TIME:
        *here, times = _wanted()
        if here == [sys.argv[0], name] and int(times) > 1:
            say(DIES_AT, " ".join([*here, str(int(times) - 1)]))
        elif here == [sys.argv[0], name]:
            DIES_AT.unlink()
            os.kill(os.getpid(), signal.SIGKILL)


def _wanted() -> list[str]:
    try:
        return DIES_AT.read_text().split()
    except FileNotFoundError:  # also where another process has just died of it
        return [""]


def say(file: Path, text: str) -> None:
    """At once: the other processes look while this one writes."""
    new = file.with_suffix(".new")
    new.write_text(text)
    new.replace(file)


def _read_bot() -> None:
    from bot.__main__ import prepare

    prepare(serving=True)
    import rasa.__main__
    import rasa.core.run  # noqa: F401
    from rasa.core.processor import MessageProcessor

    MessageProcessor._load_model(sys.argv[sys.argv.index("--model") + 1])


def _read_actions() -> None:
    import actions.server

    actions.server.knowledge_base()


def _read_channels() -> None:
    import channels.__main__
    import channels.app  # noqa: F401


def _killed(pid: int) -> bool:
    status = os.waitpid(pid, 0)[1]
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _keep_alive(package: str) -> None:
    """As the supervisor does, unless it is to stay down."""
    while (pid := os.fork()) != 0:
        (FOLDER / f"{package}.pid").write_text(str(pid))
        if not _killed(pid):
            sys.exit("ended by itself")
        while (FOLDER / f"{package}.down").exists():
            time.sleep(0.1)
    runpy.run_module(package, run_name="__main__")


if __name__ == "__main__":
    del sys.argv[0]
    {"bot": _read_bot, "actions": _read_actions, "channels": _read_channels}[sys.argv[0]]()
    importlib.import_module(POINTS[sys.argv[0]]).reached = reached
    _keep_alive(sys.argv[0])
