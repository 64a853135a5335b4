"""Container files and manifests: what is asked of them beyond their schemas."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from launcher import ROOT

from deploy import rules

INDEX = "--index" + "-url"  # in two parts: tracked files are searched for addresses to fetch from
GOOD = """FROM python:3.11.14-slim-bookworm AS build
RUN python -m venv /env
FROM python:3.11.14-slim-bookworm
COPY channels ./channels
USER 10001
HEALTHCHECK --interval=10s \\
    CMD ["python", "-c", "ask"]
"""


def test_ours_have_no_fault() -> None:
    assert list(rules.faults()) == []


def test_each_process_has_a_container_file() -> None:
    names = {path.name.split(".")[0] for path in rules.CONTAINERS.glob("*.Containerfile")}
    assert names == {"gateway", "bot", "actions"}


def test_a_good_container_file_has_no_fault() -> None:
    assert list(rules.of_container(GOOD)) == []


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("python:3.11.14-slim-bookworm\n", "python\n", "no exact version"),
        ("python:3.11.14-slim-bookworm\n", "python:latest\n", "no exact version"),
        ("python:3.11.14-slim-bookworm\n", "images.example.org/python:3.11.14\n", "names a registry"),
        ("USER 10001", "USER root", "root"),
        ("USER 10001", "", "root"),
        ("HEALTHCHECK", "LABEL", "HEALTHCHECK"),
        ("COPY channels", "ADD channels", "ADD"),
        ("USER 10001", "ENV BOT_TOKEN=x\nUSER 10001", "secret"),
        ("USER 10001", f"RUN pip install {INDEX} x\nUSER 10001", "address"),
    ],
)
def test_a_fault_of_a_container_file_is_named(was: str, becomes: str, fault: str) -> None:
    assert fault in " ".join(rules.of_container(GOOD.replace(was, becomes)))


def test_a_file_that_no_list_names_and_one_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "kustomization.yaml").write_text("resources: [a.yaml]\npatches: [{path: b.yaml}]")
    (tmp_path / "b.yaml").write_text("")
    (tmp_path / "c.yaml").write_text("")
    assert list(rules.of_folder(tmp_path)) == ["a.yaml is named but not there", "c.yaml is in no list"]


def manifests() -> list[dict[str, Any]]:
    folder = ROOT / "deploy" / "kubernetes" / "base"
    files = sorted(path for path in folder.glob("*.yaml") if path.name != "kustomization.yaml")
    return [each for path in files for each in yaml.safe_load_all(path.read_text())]


def find(documents: list[dict[str, Any]], kind: str, name: str) -> dict[str, Any]:
    return next(each for each in documents if (each["kind"], each["metadata"]["name"]) == (kind, name))


def test_a_pod_without_its_protection_is_named() -> None:
    documents = manifests()
    pod = find(documents, "Deployment", "bot")["spec"]["template"]["spec"]
    del pod["securityContext"]["runAsNonRoot"]
    pod["containers"][0]["securityContext"]["readOnlyRootFilesystem"] = False
    del pod["containers"][0]["resources"]["limits"]
    assert list(rules.of_manifests(documents)) == [
        "bot: may run as root",
        "bot: bot can write its root",
        "bot: bot has no limit of memory",
    ]


def test_only_the_gateway_may_be_open_to_everybody() -> None:
    documents = manifests()
    find(documents, "NetworkPolicy", "bot")["spec"]["ingress"] = [{"ports": [{"port": 5005}]}]
    assert list(rules.of_manifests(documents)) == ["bot: open to everybody"]


def test_a_secret_is_referred_to_and_never_in_a_manifest() -> None:
    documents = [*manifests(), {"kind": "Secret", "metadata": {"name": "common"}}]
    assert list(rules.of_manifests(documents)) == ["common is in the manifests: refer to a secret"]


@pytest.mark.parametrize("name", ["common", "gateway", "bot", "actions", "postgres"])
def test_the_examples_of_secrets_are_empty(name: str) -> None:
    lines = (ROOT / "deploy" / "secrets.example" / f"{name}.env").read_text().splitlines()
    assert [line for line in lines if line and not line.startswith("#") and not line.endswith("=")] == []
