"""Rasa as it comes: its own default pipeline and policies, the REST channel, nothing of ours but the data."""

from pathlib import Path
from typing import Any

import yaml

from benchmarks.errors import NotPreparedError
from benchmarks.places import BOT_PYTHON, STOCK

_DEFAULTS = "lib/python3.*/site-packages/rasa/engine/recipes/config_files/default_config.yml"


def defaults() -> dict[str, Any]:
    """What `rasa train` fills in for a new project, read from Rasa itself."""
    found = sorted(BOT_PYTHON.parents[1].glob(_DEFAULTS))
    if not found:
        raise NotPreparedError("Rasa's default configuration was not found: run `make train` first.")
    config: dict[str, Any] = yaml.safe_load(found[0].read_text(encoding="utf-8"))
    return config


def with_epochs(config: dict[str, Any], epochs: int) -> dict[str, Any]:
    """Fewer epochs than the default make a quick trial, not a comparison."""
    parts = [*config["pipeline"], *config["policies"]]
    for part in parts:
        if "epochs" in part:
            part["epochs"] = epochs
    return {**config, "assistant_id": "stock"}


def write_config(epochs: int, folder: Path = STOCK) -> None:
    """What is trained; it stays beside its model."""
    _dump(folder / "config.yml", with_epochs(defaults(), epochs))


def write_wires(actions_url: str, folder: Path = STOCK) -> None:
    """What plain `python -m rasa run` needs besides: everything not named here is Rasa's default."""
    _dump(folder / "endpoints.yml", {"action_endpoint": {"url": actions_url}})
    _dump(folder / "credentials.yml", {"rest": None})


def epochs(folder: Path = STOCK) -> int:
    """Of the model that lies there."""
    config = yaml.safe_load((folder / "config.yml").read_text(encoding="utf-8"))
    return max(int(part.get("epochs", 0)) for part in config["pipeline"])


def _dump(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
