"""Finding interpreters, asking uv, and doing nothing twice."""

import ast
import re
from pathlib import Path

import pytest
from launcher import ROOT, Run, script

from deploy import changes, environments, interpreters, own_secrets, settings, uv
from deploy.problems import Problem

PIN = re.compile(r"[a-z0-9][a-z0-9.-]*==[0-9][0-9a-z.]*")


@pytest.fixture
def only_pyenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """PATH has a shim that fails, as pyenv's do for a version that is not active."""
    script(tmp_path / "shims" / "python3.10", "echo 'pyenv: python3.10: command not found' >&2; exit 127")
    monkeypatch.setenv("PATH", str(tmp_path / "shims"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    return tmp_path / "pyenv" / "versions"


def test_a_failing_shim_is_passed_over_for_pyenvs_own_version(only_pyenv: Path) -> None:
    script(only_pyenv / "3.10.4" / "bin" / "python", "echo Python 3.10.4")
    script(only_pyenv / "3.9.1" / "bin" / "python", "echo Python 3.9.1")
    assert interpreters.find(["3.10"]) == str(only_pyenv / "3.10.4" / "bin" / "python")


def test_none_is_found_where_there_is_none(only_pyenv: Path) -> None:
    script(only_pyenv / "3.10.4" / "bin" / "python", "exit 1")
    assert interpreters.find(["3.10"]) is None


def test_plain_python3_counts_if_it_is_of_the_wanted_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "python3", "echo Python 3.12.1")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert interpreters.find(["3.12"]) == str(tmp_path / "python3")
    assert not interpreters.works(tmp_path / "python3", "3.1")


def test_pips_settings_reach_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UV_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_FIND_LINKS", "/one /two")
    assert uv.settings()["UV_FIND_LINKS"] == "/one,/two"
    monkeypatch.setenv("UV_FIND_LINKS", "/chosen")
    assert uv.settings()["UV_FIND_LINKS"] == "/chosen"


def test_an_environment_is_made_once_and_again_after_a_change(run: Run, checkout: Path, programs: Path) -> None:
    script(programs / "python3.10", "echo Python 3.10.9")
    script(programs / "python3.11", "echo Python 3.11.9")
    script(programs / "uv", UV_THAT_NOTES_ITS_CALLS)
    prepare = "from deploy import environments as e; from deploy.progress import Progress as P;"
    prepare += "e.prepare(P(2), [e.BOT, e.SERVICE])"
    calls = checkout / "calls"

    assert run("python3", "-c", prepare).returncode == 0
    assert calls.read_text().split() == ["venv", "pip", "venv", "pip"]

    assert run("python3", "-c", prepare).stdout.count(": unchanged") == 2
    assert calls.read_text().split() == ["venv", "pip", "venv", "pip"]

    with (checkout / "deploy" / "constraints" / "service.txt").open("a") as constraints:
        constraints.write("another==1.0\n")
    assert run("python3", "-c", prepare).stdout.count(": unchanged") == 1
    assert calls.read_text().split() == ["venv", "pip", "venv", "pip", "pip"]


UV_THAT_NOTES_ITS_CALLS = """PATH=/usr/bin:/bin
[ "$1" = --version ] && exit 0
echo "$1" >> calls
[ "$1" = venv ] || exit 0
mkdir -p "$5/bin"; cp "$4" "$5/bin/python"; echo version > "$5/pyvenv.cfg" """


def test_the_hash_follows_content_and_names_but_not_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(changes, "ROOT", tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yml").write_text("one")
    first = changes.digest(files=[tmp_path / "data"])
    (tmp_path / "data" / "__pycache__").mkdir()
    (tmp_path / "data" / "__pycache__" / "a.pyc").write_text("x")
    assert changes.digest(files=[tmp_path / "data"]) == first
    (tmp_path / "data" / "a.yml").rename(tmp_path / "data" / "b.yml")
    assert changes.digest(files=[tmp_path / "data"]) != first


def test_the_token_is_made_once_and_only_for_its_owner(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "TOKEN", tmp_path / "var" / "bot_token")
    token = settings.token()
    assert len(token) >= 32
    assert settings.token() == token
    assert (tmp_path / "var" / "bot_token").stat().st_mode & 0o777 == 0o600


def test_settings_come_from_the_environment_then_the_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    monkeypatch.setenv("BOT_PORT", "6005")
    monkeypatch.delenv("GATEWAY_PORT", raising=False)
    monkeypatch.delenv("ACTIONS_PORT", raising=False)
    (tmp_path / ".env").write_text("# ours\nBOT_PORT=7005\nGATEWAY_PORT='9000'\n")
    found = settings.load()
    assert (found["BOT_PORT"], found["GATEWAY_PORT"], found["ACTIONS_PORT"]) == ("6005", "9000", "5055")


def test_a_programme_named_in_the_env_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    monkeypatch.delenv("PROGRAMME", raising=False)
    (tmp_path / ".env").write_text("PROGRAMME=programmes/mine\n")
    with pytest.raises(Problem, match="PROGRAMME must be set in the environment"):
        settings.load()


@pytest.mark.parametrize("name", ["bot", "service"])
def test_constraints_are_exact_and_name_no_place(name: str) -> None:
    lines = (ROOT / "deploy" / "constraints" / f"{name}.txt").read_text().splitlines()
    assert [line for line in lines if not PIN.fullmatch(line)] == []
    assert len({line.split("==")[0] for line in lines}) == len(lines)


@pytest.mark.parametrize(
    "env", [environments.BOT, environments.SERVICE, environments.CLUSTER, environments.DEV], ids=lambda env: env.extra
)
def test_every_dependency_is_pinned(env: environments.Environment) -> None:
    pinned = {line.split("==")[0] for line in env.constraints.read_text().splitlines()}
    wanted = re.findall(r'"([A-Za-z0-9_.-]+)', environments._extra(env.extra))
    assert {re.sub(r"[._]", "-", name).lower() for name in wanted} <= pinned


def test_what_starts_everything_is_fit_for_python_38() -> None:
    for path in [*sorted((ROOT / "deploy").glob("*.py")), ROOT / "knowledge" / "paths.py"]:
        ast.parse(path.read_text(encoding="utf-8"), str(path), feature_version=(3, 8))


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(own_secrets, "VAR", tmp_path / "var")
    monkeypatch.setattr(own_secrets, "SECRETS", tmp_path / "var" / "secrets.env")
    return tmp_path / "var"


def pairs(var: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (var / "secrets.env").read_text().splitlines())


def test_each_checkout_has_secrets_of_its_own_made_once_and_only_for_its_owner(var: Path) -> None:
    assert own_secrets.make("the token", has_database_url=False) is None
    made = pairs(var)
    assert {*own_secrets.NAMES, *own_secrets.KEYS, "BOT_TOKEN"} == set(made)
    assert made["BOT_TOKEN"] == "the token" and len(set(made.values())) == len(made)
    assert not any(
        "development-only" in value or len(value) < 32 for name, value in made.items() if name != "BOT_TOKEN"
    )
    assert (var / "secrets.env").stat().st_mode & 0o777 == 0o600
    own_secrets.make("another", has_database_url=False)
    assert pairs(var) == made


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_a_database_of_the_time_before_stays_readable_and_that_is_told(var: Path, is_elsewhere: bool) -> None:
    var.mkdir()
    if not is_elsewhere:
        (var / "gateway.db").touch()
    told = own_secrets.make("the token", has_database_url=is_elsewhere)
    assert told and "rotate" in told
    assert [pairs(var)[name].split()[1:] for name in own_secrets.KEYS] == [["development-only"]] * 2
    assert " " not in pairs(var)["LOG_HASH_KEY"]
