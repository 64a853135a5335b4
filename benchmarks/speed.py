"""Times this bot and Rasa's stock pipeline in turns, so that both see the same machine in the same mood."""

from collections.abc import Sequence
from contextlib import ExitStack

from benchmarks import stock, systems, training
from benchmarks.clients import Target, at_once, one_by_one
from benchmarks.figures import percentile
from benchmarks.measured import BOT, GATEWAY, STOCK, Measured, report
from benchmarks.places import BENCH
from benchmarks.plan import KINDS, WAYS, Plan
from benchmarks.servers import Running, running
from benchmarks.steps import Steps
from benchmarks.turns import SCRIPTED, action_turns


def run(plan: Plan) -> None:
    """Train, start, ask; then the table."""
    setup, measured, steps = systems.Setup(), Measured(), Steps(plan.steps)
    (BENCH / "speed.db").unlink(missing_ok=True)
    if plan.trainings:
        stock.write_config(plan.stock_epochs)
    stock.write_wires(setup.actions_webhook)
    try:
        training.measure(plan.trainings, measured, steps)
        _serve(plan, setup, measured, steps)
    finally:
        steps.close()
    report(plan, measured, stock.epochs())


def _serve(plan: Plan, setup: systems.Setup, measured: Measured, steps: Steps) -> None:
    """Starts are timed one at a time; the last two stay up for the turns."""
    with ExitStack() as up:
        with steps.step("starting the action server"):
            actions = up.enter_context(running(systems.actions(setup)))
        for _ in range(plan.repetitions - 1):
            for who, server in ((BOT, systems.ours(setup)), (STOCK, systems.stock(setup))):
                with steps.step(f"starting {who}"), running(server) as started:
                    measured.add("start", who, started.seconds)
        parts = {"actions": actions}
        for who, server in ((BOT, systems.ours(setup)), (STOCK, systems.stock(setup))):
            with steps.step(f"starting {who}"):
                parts[who] = up.enter_context(running(server))
                measured.add("start", who, parts[who].seconds)
        with steps.step("starting the gateway"):
            parts["gateway"] = up.enter_context(running(systems.gateway(setup)))
        _ask(plan, setup, measured, steps, parts)


def _ask(plan: Plan, setup: systems.Setup, measured: Measured, steps: Steps, parts: dict[str, Running]) -> None:
    direct, rest = systems.ours_direct(setup), systems.stock_rest(setup)
    targets = [(BOT, direct), (STOCK, rest), (GATEWAY, systems.ours_through_gateway(setup))]
    with steps.step("choosing questions that both answer"):
        texts = {"scripted": list(SCRIPTED), "action": action_turns([direct, rest])}
    with steps.step("warming up"):
        for _, target in targets:
            for kind in KINDS:
                at_once(target, texts[kind], plan.clients, min(5.0, plan.seconds))
    for repetition in range(plan.repetitions):
        turned = targets[repetition % WAYS :] + targets[: repetition % WAYS]  # none is always first
        for kind in KINDS:
            for who, target in turned:
                with steps.step(f"{kind} turns: {target.name}"):
                    _time(plan, measured, kind, who, target, texts[kind])
        _weigh(measured, parts)


def _time(plan: Plan, measured: Measured, kind: str, who: str, target: Target, texts: Sequence[str]) -> None:
    times = one_by_one(target, texts, plan.turns)
    per_second, failed = at_once(target, list(texts), plan.clients, plan.seconds)
    for percent in (50, 95):
        if times.milliseconds:
            measured.add(f"{kind} p{percent}", who, percentile(times.milliseconds, percent))
    measured.add(f"{kind} per second", who, per_second)
    measured.add("failed", who, times.failed + failed)


def _weigh(measured: Measured, parts: dict[str, Running]) -> None:
    resident = {name: part.resident() for name, part in parts.items()}
    measured.add("memory", BOT, resident[BOT])
    measured.add("memory", STOCK, resident[STOCK])
    measured.add("memory, all", GATEWAY, resident[BOT] + resident["actions"] + resident["gateway"])
    measured.add("memory, all", STOCK, resident[STOCK] + resident["actions"])
