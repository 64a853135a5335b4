"""The tables of delivery, in var/bench/delivery.md and .json."""

from collections import defaultdict
from typing import Any

from benchmarks import report
from benchmarks.delivery.counts import Fates
from benchmarks.delivery.measuring import Found
from benchmarks.delivery.plan import Plan
from benchmarks.figures import spread
from benchmarks.tables import table

_ROWS = {
    "ack p50": "webhook acknowledged, p50, ms",
    "ack p95": "webhook acknowledged, p95, ms",
    "reply p50": "webhook to reply accepted, p50, ms",
    "reply p95": "webhook to reply accepted, p95, ms",
    "per second": "whole turns per second",
    "gateway": "processor time of the gateway a turn, ms",
    "bot": "processor time of the bot a turn, ms",
    "actions": "processor time of the action server a turn, ms",
    "database": "processor time of PostgreSQL a turn, ms",
    "provider": "processor time of the fake provider a turn, ms",
    "people": "processor time of the people who write a turn, ms",
}
_NOTE = "Each cell: mean of the repetitions (least–most)."


class Results:
    """What was found, by database and bot, one for each repetition."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._found: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
        self._fates: dict[str, tuple[Fates, float]] = {}

    def add(self, database: str, bot: str, found: Found) -> None:
        self._found[f"{database}, {bot} bot"].append(found.figures())

    def add_fates(self, database: str, fates: Fates, seconds: float) -> None:
        self._fates[database] = (fates, seconds)

    def write(self) -> None:
        report.write("delivery", "Delivery of messages", "\n\n".join(self._parts()))
        fates = {name: [vars(each), seconds] for name, (each, seconds) in self._fates.items()}
        figures: dict[str, Any] = {"plan": vars(self._plan), "figures": self._found, "faults": fates}
        report.write_figures("delivery", figures)

    def _parts(self) -> list[str]:
        return [self._speeds(), self._notes(), *([self._faults()] if self._fates else [])]

    def _speeds(self) -> str:
        rows = [
            [title, *(spread([one[what] for one in each if what in one]) for each in self._found.values())]
            for what, title in _ROWS.items()
        ]
        return table(["", *self._found], rows)

    def _notes(self) -> str:
        plan = self._plan
        who = f"{plan.apart} processes apart from the gateway" if plan.apart else "the gateway itself"
        refused = sum(one["refused"] for each in self._found.values() for one in each)
        return (
            f"{_NOTE} {plan.repetitions} repetitions: {plan.at_rate} messages at {plan.rate:g} a second, then "
            f"{plan.turns} as fast as 8 connections bring them, of {plan.people} people. "
            f"Answered by {who}. Webhooks that were refused: {refused:.0f}."
        )

    def _faults(self) -> str:
        head = [f"faults, {self._plan.faults} messages", "lost", "repeated", "out of order", "seconds"]
        rows = [
            [name, str(each.lost), str(each.repeated), str(each.out_of_order), f"{seconds:.0f}"]
            for name, (each, seconds) in self._fates.items()
        ]
        return table(head, rows)
