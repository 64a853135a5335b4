"""What a container file copies is all that its process needs: it starts in a folder that has nothing else."""

import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from launcher import ROOT, free_ports, wait_for

from deploy import places, rules

ENV = {"PATH": "/usr/bin:/bin", "BOT_TOKEN": "only-of-this-test", "PYTHONDONTWRITEBYTECODE": "1"}
PARTS = ("ENTRYPOINT", "HEALTHCHECK")
LEFT_OUT = shutil.ignore_patterns("__pycache__")
PORTS = {"gateway": "8000", "actions": "5055"}
CLASS = re.compile(r"\b(bot(?:\.[a-z_]+)+)\.[A-Z]")  # as Rasa's files name those of ours
LOADS = "import importlib, sys; from bot import __main__ as bot; bot.prepare(True); "
LOADS += "[importlib.import_module(each) for each in sys.argv[1:]]"


def read(name: str) -> list[rules.Instruction]:
    return rules.instructions((rules.CONTAINERS / f"{name}.Containerfile").read_text())


def copied(name: str) -> Iterator[tuple[str, str]]:
    """What comes from the project into the image that runs, and where it goes: its last stage."""
    found = read(name)
    last = max(place for place, (word, _) in enumerate(found) if word == "FROM")
    for word, rest in found[last:]:
        if word == "COPY" and "--from" not in rest:
            *sources, to = (part for part in rest.split() if not part.startswith("--"))
            yield from ((source, f"{to}{source}" if to == "./" else to) for source in sources)


def told(name: str, word: str) -> list[str]:
    """The command after ENTRYPOINT or HEALTHCHECK."""
    (rest,) = (rest for each, rest in read(name) if each == word)
    command: list[str] = json.loads(rest[rest.index("[") :])
    return command


def image(name: str, folder: Path) -> Path:
    for source, to in copied(name):
        (folder / to).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, folder / to, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / source, folder / to)
    return folder


@pytest.mark.parametrize("name", list(PORTS))
def test_it_starts_and_is_healthy_with_no_other_files(name: str, tmp_path: Path) -> None:
    folder, (free,) = image(name, tmp_path / "app"), free_ports(1)
    env = ENV | {"HOME": str(tmp_path), f"{name.upper()}_PORT": free}
    start, ask = (
        [sys.executable, *(part.replace(PORTS[name], free) for part in told(name, word)[1:])] for word in PARTS
    )
    log = tmp_path / "log"
    with log.open("w") as output:
        process = subprocess.Popen(start, cwd=folder, env=env, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_for(lambda: process.poll() is not None or listens(int(free)), seconds=120)
        assert process.poll() is None, log.read_text()
        wait_for(lambda: subprocess.run(ask, cwd=folder, env=env, capture_output=True).returncode == 0)
    finally:
        process.terminate()
        process.wait(30)
    assert process.returncode in (0, -15), log.read_text()  # asked to stop, it ended by itself


def test_the_bot_finds_all_its_modules_with_no_other_files(tmp_path: Path) -> None:
    """A whole start takes Rasa too long for here."""
    folder = image("bot", tmp_path / "app")
    arguments = told("bot", "ENTRYPOINT")
    files = [part for part in arguments if part.endswith((".yml", ".tar.gz"))]
    assert len(files) == 3 and all((folder / each).is_file() for each in files)
    modules = {each for path in folder.glob("*.yml") for each in CLASS.findall(path.read_text())}
    command = [places.python(places.BOT), "-c", LOADS, *sorted(modules)]
    ended = subprocess.run(command, cwd=folder, env=ENV | {"HOME": str(tmp_path)}, capture_output=True, text=True)
    assert modules and ended.returncode == 0, ended.stderr


def listens(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("name", ["gateway", "bot", "actions"])
def test_what_is_copied_reaches_the_build(name: str) -> None:
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    sources = [rest.split()[-2] for word, rest in read(name) if word == "COPY" and "--from" not in rest]
    sources += [source for source, _ in copied(name)]
    assert [each for each in sources if not any(each == top or each.startswith(f"{top}/") for top in kept)] == []


def test_each_up_puts_the_index_of_this_image_into_the_volume() -> None:
    services = yaml.safe_load((ROOT / "deploy" / "compose.yml").read_text())["services"]
    actions, index = services["actions"], services["index"]
    assert actions["image"] == index["image"] and index["volumes"] == ["index:/index"]
    assert "index:/app/var/index" in actions["volumes"]
    assert actions["depends_on"]["index"] == {"condition": "service_completed_successfully"}
    made = [rest for word, rest in read("actions") if word == "RUN" and "install -d" in rest]
    assert "/index" in made[0].split()  # a new volume belongs to whom this folder belongs


def test_a_container_of_the_gateway_has_the_name_of_the_one_before() -> None:
    services = yaml.safe_load((ROOT / "deploy" / "compose.yml").read_text())["services"]
    assert services["gateway"]["environment"]["GATEWAY_NAME"] == "gateway"


def test_the_database_is_well_only_once_others_reach_it() -> None:
    services = yaml.safe_load((ROOT / "deploy" / "compose.yml").read_text())["services"]
    assert "-h" in services["postgres"]["healthcheck"]["test"]
