"""Links between the pages lead somewhere, and what the map of the folders names is there."""

import re
from pathlib import Path

import pytest
from commands_in_docs import PAGES, ROOT

LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
LINKS = [(page, target) for page in PAGES for target, _ in LINK.findall(page.read_text("utf-8")) if ":" not in target]


@pytest.mark.parametrize(("page", "target"), LINKS, ids=[f"{page.name}: {target}" for page, target in LINKS])
def test_a_link_leads_to_a_file(page: Path, target: str) -> None:
    assert (page.parent / target).exists()


def test_the_map_of_folders_is_true() -> None:
    told = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## Folders")[2]
    rows = [line.split("|")[1:3] for line in told.splitlines() if line.startswith("| `")]
    for first, others in rows:
        folders = [ROOT / name for name in re.findall(r"`([\w./]+)`", first)]
        named = re.findall(r"`([\w./]+)`", others)
        made = ("var/", ".envs/")
        assert all(folder.exists() for folder in folders if f"{folder.name}/" not in made), first
        assert all((folders[0] / name).exists() or (ROOT / name).exists() for name in named if name != "make"), others
    packages = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    assert packages <= {name for first, _ in rows for name in re.findall(r"`(\w+)/`", first)}
