"""Dashboard and alerts speak of metrics that exist, with labels they have, and each alert has its page."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

import actions.watching
import channels.metrics.deliveries
import channels.metrics.turns
from channels.handovers import current_time
from channels.metrics.queues import Depths, Queues
from channels.models import Outcome

ROOT = Path(__file__).resolve().parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
# PromQL as far as we use it: names that stand before {, [ or an end are metrics; those before ( are functions.
STRINGS = re.compile(r'"[^"]*"')
SELECTOR = re.compile(r"\b([a-z_][a-z0-9_:]*)\s*\{([^}]*)\}")
NAME = re.compile(r"\b[a-z_][a-z0-9_:]*\b(?!\s*\()")
GROUPING = re.compile(r"\b(?:by|without)\s*\(([^)]*)\)")
FUNCTIONS = {"sum", "rate", "increase", "histogram_quantile", "max", "min", "topk", "vector"}
OPERATORS = {"by", "or", "and", "on", "le"}
OF_PROMETHEUS = {"up": {"job", "instance"}, "process_resident_memory_bytes": set(), "process_cpu_seconds_total": set()}
SUFFIXES = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_count", "_sum")}


def collected() -> Iterator[tuple[str, str, set[str]]]:
    """(metric, its kind, its labels): as they are made; those of the bot, which needs Rasa, as they are written."""
    for module in (channels.metrics.measures, actions.watching):
        for each in vars(module).values():
            if hasattr(each, "_labelnames"):
                yield each._name, each._type, set(each._labelnames)
    queues = Queues(None, current_time)  # type: ignore[arg-type]
    queues._depths = Depths({"x": 1}, {"x": 1.0})
    for family in queues.collect():
        yield family.name, "gauge", {label for sample in family.samples for label in sample.labels}
    for found in re.finditer(
        r"(Counter|Gauge|Histogram)\(\s*\"(\w+)\"([^)]*)\)", (ROOT / "bot" / "watching.py").read_text()
    ):
        kind, name, rest = found.groups()
        yield name, kind.lower(), set(re.findall(r'\["(\w+)"\]', rest))


def samples() -> dict[str, set[str]]:
    known = dict(OF_PROMETHEUS)
    for name, kind, labels in collected():
        for suffix in SUFFIXES[kind]:
            known[name + suffix] = labels | ({"le"} if suffix == "_bucket" else set())
    return known


KNOWN = samples()


def alerts() -> list[dict[str, Any]]:
    rules = yaml.safe_load((MONITORING / "rules.yml").read_text(encoding="utf-8"))
    return [rule for group in rules["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    board = json.loads((MONITORING / "dashboard.json").read_text(encoding="utf-8"))
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def expressions() -> list[str]:
    shown = [target["expr"] for panel in panels() for target in panel["targets"]]
    return shown + [rule["expr"] for rule in alerts()]


def mistakes(expression: str) -> list[str]:
    """What is wrong with it, in words."""
    found = [f"brackets of {expression}"] if expression.count("(") != expression.count(")") else []
    groups = {label.strip() for each in GROUPING.findall(expression) for label in each.split(",")}
    used: set[str] = set()
    for name, matchers in SELECTOR.findall(expression):
        labels = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", STRINGS.sub("", matchers)))
        found += [f"{name} has no label {each}" for each in labels - KNOWN.get(name, set()) - {"job"}]
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", GROUPING.sub("", STRINGS.sub("", expression)))
    used = {name for name in NAME.findall(bare) if name not in OPERATORS}
    found += [f"there is no metric {name}" for name in used if name not in KNOWN]
    found += [
        f"there is no function {name}" for name in re.findall(r"(\w+)\s*\(", bare) if name not in FUNCTIONS | {"or"}
    ]
    labels = set().union(*(KNOWN.get(name, set()) for name in used)) | {"job"}
    return found + [f"nothing here has a label {each}" for each in groups - labels]


@pytest.mark.parametrize("expression", expressions())
def test_an_expression_speaks_of_metrics_and_labels_that_exist(expression: str) -> None:
    assert mistakes(expression) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "sum(rate(turns[5m]))",  # a counter's samples end in _total
        'turns_total{entry="a"}',
        "sum by (entry) (turns_total)",
        "averge(turns_total)",
        "sum(rate(turns_total[5m])",
        "turn_seconds",
    ],
)
def test_a_mistake_in_an_expression_is_seen(wrong: str) -> None:
    assert mistakes(wrong)


def test_every_alert_has_a_section_of_the_runbook_and_every_section_an_alert() -> None:
    book = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", book, flags=re.MULTILINE)[1:]
    assert [section.split("\n")[0] for section in sections] == [rule["alert"] for rule in alerts()]
    for section in sections:
        assert all(f"**{part}:**" in section for part in ("For users", "Look", "Do")), section[:40]
    for rule in alerts():
        assert rule["annotations"]["runbook"] == f"docs/runbook.md#{rule['alert'].lower()}"
        assert rule["annotations"]["summary"] and rule["labels"]["severity"] in ("page", "ticket")


def test_an_outcome_or_queue_that_is_named_exists() -> None:
    text = " ".join(expressions())
    outcomes = {word for each in re.findall(r'outcome[=!~]+"([^"]*)"', text) for word in each.split("|")}
    queues = {word for each in re.findall(r'queue[=!~]+"([^"]*)"', text) for word in each.split("|")}
    statuses = {word for each in re.findall(r'status[=!~]+"([^"]*)"', text) for word in each.split("|")}
    assert outcomes <= set(get_args(Outcome))
    assert statuses <= channels.metrics.deliveries._STATUSES
    states = {f"outbound_{each}" for each in ("waiting", "sending", "failed", "dead")}
    assert queues <= {"inbound_received", "staff_waiting", "staff_taken"} | states


def test_panels_do_not_overlap_and_are_all_named() -> None:
    places = set()
    for panel in panels():
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert panel["title"] and not places & cells and at["x"] + at["w"] <= 24
        places |= cells


def test_prometheus_asks_where_the_processes_answer() -> None:
    config = yaml.safe_load((MONITORING / "prometheus.yml").read_text())
    jobs = {job["job_name"]: job.get("metrics_path", "/metrics") for job in config["scrape_configs"]}
    assert jobs == {
        "sahayak-gateway": "/metrics",
        "sahayak-bot": "/webhooks/gateway/metrics",
        "sahayak-actions": "/metrics",
    }
    assert (MONITORING / config["rule_files"][0]).is_file()


def test_every_metric_of_ours_is_explained_in_the_docs() -> None:
    told = (ROOT / "docs" / "monitoring.md").read_text(encoding="utf-8")
    for name, kind, labels in collected():
        shown = f"{name}_total" if kind == "counter" else name
        assert f"`{shown}`" in told, shown
        assert all(f"`{label}`" in told for label in labels), labels
