"""`python -m benchmarks delivery`: its options, and the measurements one after the other."""

import argparse
import asyncio
from contextlib import ExitStack

from benchmarks.delivery import measuring, servers
from benchmarks.delivery.plan import DATABASES, PEOPLE_IN_TROUBLE_WRITE, Plan
from benchmarks.delivery.results import Results
from benchmarks.delivery.troubles import troubled
from benchmarks.steps import Steps

DESCRIPTION = """how fast WhatsApp and SMS are acknowledged and answered, and that nothing is lost, repeated or out of
order while everything goes wrong; on SQLite and on PostgreSQL (about a quarter of an hour)"""


def options(parser: argparse.ArgumentParser) -> None:
    plan = Plan()
    add = parser.add_argument_group("delivery").add_argument
    add("--repeats", type=int, default=plan.repetitions, help="each on a new database (%(default)s)")
    add(
        "--rate", type=float, default=plan.rate, help="messages a second while acknowledgements are timed (%(default)s)"
    )
    add("--for", dest="rate_seconds", type=float, default=plan.seconds, help="seconds at that rate (%(default)s)")
    add("--messages", type=int, default=plan.turns, help="as fast as they are taken (%(default)s)")
    add("--people", type=int, default=plan.people, help="who write them (%(default)s)")
    add("--faults", type=int, default=plan.faults, help="messages while all goes wrong; 0: none (%(default)s)")
    add("--database", choices=DATABASES, action="append", help="only this one (both)")
    add("--apart", type=int, default=plan.apart, help="processes that answer, apart from the gateway (%(default)s)")
    add("--bot", choices=("fake", "real", "both"), default="fake", help="fake answers at once (%(default)s)")


def run(given: argparse.Namespace) -> None:
    """Start, ask, stop, again and again; then the tables."""
    plan = plan_of(given)
    results, steps = Results(plan), Steps(plan.steps)
    try:
        for repetition in range(plan.repetitions):
            for database in plan.databases[:: 1 if repetition % 2 else -1]:  # none is always first
                for bot in plan.bots:
                    _time(plan, database, bot, results, steps)
        for database in plan.databases if plan.faults else ():
            _trouble(plan, database, results, steps)
    finally:
        steps.close()
    results.write()


def plan_of(given: argparse.Namespace) -> Plan:
    bots = ("fake", "real") if given.bot == "both" else (given.bot,)
    timed = (given.repeats, given.rate, given.rate_seconds, given.messages, given.people, given.faults)
    return Plan(*timed, tuple(given.database or DATABASES), bots, given.apart)


def _time(plan: Plan, database: str, bot: str, results: Results, steps: Steps) -> None:
    with ExitStack() as up:
        with steps.step(f"starting a gateway on {database} with the {bot} bot"):
            line = up.enter_context(servers.line(database, bot, plan.apart))
        results.add(database, bot, measuring.measure(plan, line, bot, steps))


def _trouble(plan: Plan, database: str, results: Results, steps: Steps) -> None:
    people = measuring.numbers(max(1, plan.faults // PEOPLE_IN_TROUBLE_WRITE))
    with ExitStack() as up:
        with steps.step(f"starting a gateway on {database}"):
            line = up.enter_context(servers.line(database, "fake", plan.apart, troubles=True))
        with steps.step(f"{plan.faults} messages on {database} while everything goes wrong"):
            fates, seconds = asyncio.run(troubled(line, people, PEOPLE_IN_TROUBLE_WRITE))
    results.add_fates(database, fates, seconds)
