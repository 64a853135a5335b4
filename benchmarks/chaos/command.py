"""`python -m benchmarks chaos`: its options. Exit status 1 where a promise was broken."""

import argparse

from benchmarks.chaos import results
from benchmarks.chaos.plan import Plan
from benchmarks.chaos.run import run as run_plan

DESCRIPTION = """people write to the cluster profile while its processes, stores, provider, disk, clock and memory
fail one after another; counts what was lost, repeated, out of order or left without a word (ten minutes)"""


def options(parser: argparse.ArgumentParser) -> None:
    plan = Plan()
    add = parser.add_argument_group("chaos").add_argument
    add("--minutes", type=float, default=plan.minutes, help="of load (%(default)s)")
    add("--seed", type=int, default=plan.seed, help="another one: another order of faults (%(default)s)")
    add("--people", type=int, default=plan.people, help="of whom two in five write in the chat (%(default)s)")
    add("--rate", type=float, default=plan.rate, help="messages a second of all together (%(default)s)")
    add("--only", default="", help="faults whose names begin so, parted by commas: 'bot,disk'")


def run(given: argparse.Namespace) -> None:
    result = run_plan(plan_of(given))
    results.write(result)
    if broken := results.broken(result):
        raise SystemExit(f"Broken: {'; '.join(broken)}. The logs are in var/bench/chaos/log.")


def plan_of(given: argparse.Namespace) -> Plan:
    phones = round(given.people * 0.6)
    only = tuple(name.strip() for name in given.only.split(",") if name.strip())
    return Plan(given.minutes, given.seed, phones, given.people - phones, given.rate, only=only)
