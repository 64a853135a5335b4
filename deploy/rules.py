"""What schemas cannot say of our containers and manifests. `python -m deploy.rules`: one line for each fault."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, Iterator, Tuple

import yaml

from deploy.places import ROOT

CONTAINERS = ROOT / "deploy" / "containers"
KUBERNETES = ROOT / "deploy" / "kubernetes"
EXACT = re.compile(r"[a-z0-9./-]+:\d+\.\d+(\.\d+)?[a-z0-9.-]*")
REGISTRY = re.compile(r"\b[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?/")  # a host before the image's name
PUBLIC = "gateway"
Instruction = Tuple[str, str]


def instructions(text: str) -> list[Instruction]:
    """Of a Containerfile, continued lines joined."""
    joined = re.sub(r"\\\n", " ", text)
    lines = (line.strip() for line in joined.splitlines())
    parted = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return [(word.upper(), rest.strip()) for word, _, rest in parted]


def of_container(text: str) -> Iterator[str]:
    """Faults of one Containerfile."""
    found = instructions(text)
    for image in (rest.split()[0] for word, rest in found if word == "FROM"):
        if not EXACT.fullmatch(image) or REGISTRY.match(image):
            yield f"the base {image} has no exact version, or names a registry"
    last = [rest for word, rest in found if word == "USER"][-1:]
    if not last or last[0].split(":")[0] in ("root", "0"):
        yield "runs as root: USER is missing or root"
    words = [word for word, _ in found]
    if "HEALTHCHECK" not in words:
        yield "has no HEALTHCHECK"
    if "ADD" in words:
        yield "uses ADD, which fetches and unpacks: use COPY"
    if any(re.search(r"(?i)token|password|secret|_key", rest) for word, rest in found if word in ("ENV", "ARG")):
        yield "has a secret in ENV or ARG"
    # [-]: tracked files are themselves searched for that option
    if any(re.search(r"https?://(?!127\.0\.0\.1)|--index[-]url", rest) for _, rest in found):
        yield "names an address to fetch from"


def of_folder(folder: Path) -> Iterator[str]:
    """Files that a kustomization names and that are not there, and the other way round."""
    named = yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))
    lists = {*named.get("resources", []), *(patch["path"] for patch in named.get("patches", []))}
    there = {path.name for path in folder.glob("*.yaml")} - {"kustomization.yaml"}
    yield from (f"{name} is named but not there" for name in sorted(lists) if not (folder / name).exists())
    yield from (f"{name} is in no list" for name in sorted(there - lists))


def of_manifests(documents: list[dict[str, Any]]) -> Iterator[str]:
    """What every process of ours must have, taken together."""
    kinds: dict[str, dict[str, dict[str, Any]]] = {}
    for each in documents:
        kinds.setdefault(each["kind"], {})[each["metadata"]["name"]] = each
    yield from (f"{name} is in the manifests: refer to a secret" for name in kinds.get("Secret", {}))
    for name, deployment in kinds.get("Deployment", {}).items():
        yield from (f"{name}: {fault}" for fault in _of_pod(deployment["spec"]["template"]["spec"]))
        if name not in kinds.get("NetworkPolicy", {}):
            yield f"{name}: no network policy says who may reach it"
        if deployment["spec"]["replicas"] > 1 and name not in kinds.get("PodDisruptionBudget", {}):
            yield f"{name}: no budget keeps one of it up"
    for name, policy in kinds.get("NetworkPolicy", {}).items():
        if name != PUBLIC and any("from" not in rule for rule in policy["spec"].get("ingress") or []):
            yield f"{name}: open to everybody"


def _of_pod(pod: dict[str, Any]) -> Iterator[str]:
    if not pod.get("securityContext", {}).get("runAsNonRoot"):
        yield "may run as root"
    for container in [*pod["containers"], *pod.get("initContainers", [])]:
        if not container.get("securityContext", {}).get("readOnlyRootFilesystem"):
            yield f"{container['name']} can write its root"
        if "memory" not in container.get("resources", {}).get("limits", {}):
            yield f"{container['name']} has no limit of memory"
        if not EXACT.fullmatch(container["image"]) or REGISTRY.match(container["image"]):
            yield f"the image {container['image']} has no exact version, or names a registry"
    for container in pod["containers"]:
        if "readinessProbe" not in container or "livenessProbe" not in container:
            yield f"{container['name']} is not asked whether it is well"


def faults() -> Iterator[str]:
    """All of them, each with its file."""
    for path in sorted(CONTAINERS.glob("*.Containerfile")):
        yield from (f"{path.name}: {fault}" for fault in of_container(path.read_text(encoding="utf-8")))
    for path in sorted(KUBERNETES.glob("*/kustomization.yaml")):
        yield from (f"{path.parent.name}: {fault}" for fault in of_folder(path.parent))
    base = [path for path in sorted((KUBERNETES / "base").glob("*.yaml")) if path.name != "kustomization.yaml"]
    yield from of_manifests([each for path in base for each in yaml.safe_load_all(path.read_text(encoding="utf-8"))])


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found) or "no fault")
    sys.exit(bool(found))
