"""`python -m benchmarks scale`: how long people wait, by how many write and how many cores there are."""

import argparse
import random
from collections.abc import Mapping
from pathlib import Path

import yaml
from tqdm import tqdm

from benchmarks import report
from benchmarks.figures import percentile
from benchmarks.scale.arrivals import Rate, arrivals, evenly, notice
from benchmarks.scale.line import PARTS, Line, Machines, Waited
from benchmarks.tables import table

DESCRIPTION = "simulate how long a crowd waits, from measured costs (a minute; no servers)"
COSTS = Path(__file__).with_name("costs.yml")
_SEED = 7
_EACH = 2.5  # messages of a person
_HOUR = 3600.0
_EVENLY = 300.0  # seconds are enough where nothing grows
_HEAD = ["messages", "cores", "in use", "acknowledged p95, s", "reply p50, s", "reply p95, s", "longest line", "late"]
Case = tuple[str, Rate, float, int]  # its name, how many write when, for so many seconds, and the cores
_CASES: tuple[tuple[str, float, tuple[int, ...]], ...] = (
    ("10 a minute", 10, (1, 2)),
    ("1,000 a minute", 1000, (1, 2, 4)),
    ("10,000 a minute", 10_000, (8, 12, 16, 24)),
)


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--notice", type=int, default=10_000, help="messages in the hour after a notice (%(default)s)")
    parser.add_argument("--pace", type=float, default=80.0, help="replies a second the provider takes (%(default)s)")


def run(given: argparse.Namespace) -> None:
    costs: dict[str, float] = yaml.safe_load(COSTS.read_text(encoding="utf-8"))
    cases = [(name, evenly(rate), _EVENLY, cores) for name, rate, many in _CASES for cores in many]
    cases += [(f"{given.notice:,} in an hour", notice(given.notice, _HOUR), _HOUR, cores) for cores in (1, 2, 4)]
    rows = [_row(case, costs, given.pace) for case in tqdm(cases, desc="crowds")]
    note = "Late: minutes until the last reply, after the last message."
    note += f" Simulated, seed {_SEED}, {_EACH} messages a person, replies at {given.pace:g} a second at most."
    report.write("scale", "How long a crowd waits", f"{table(_HEAD, rows)}\n\n{note}")


def simulated(rate: Rate, seconds: float, machines: Machines, costs: Mapping[str, float]) -> tuple[int, Waited]:
    """How many messages came, and how long they waited."""
    dice = random.Random(_SEED)
    came = arrivals(rate, seconds, _EACH, dice)
    return len(came), Line(costs, machines, dice).run(came)


def _row(case: Case, costs: dict[str, float], pace: float) -> list[str]:
    name, rate, seconds, cores = case
    count, waited = simulated(rate, seconds, Machines(cores, pace=pace), costs)
    use = count * sum(costs[part] for part in PARTS) / 1000 / seconds / cores
    times = (percentile(waited.acknowledged, 95), percentile(waited.replied, 50), percentile(waited.replied, 95))
    later = max(0.0, waited.seconds - seconds) / 60
    return [name, str(cores), f"{use:.0%}", *(f"{each:.2f}" for each in times), str(waited.longest), f"{later:.1f}"]
