"""What the timing of both systems found, and the table of it."""

from collections import defaultdict

from benchmarks import report as results
from benchmarks.figures import mean, ratio, spread
from benchmarks.plan import KINDS, Plan
from benchmarks.tables import table

BOT, GATEWAY, STOCK = "bot", "gateway", "stock"
_ROWS = {
    "train": "train, s",
    "start": "start to first answer, s",
    "memory": "resident memory of the bot process, MB",
    "memory, all": "resident memory of all processes, MB",
    "scripted p50": "scripted turn, p50, ms",
    "scripted p95": "scripted turn, p95, ms",
    "action p50": "action turn, p50, ms",
    "action p95": "action turn, p95, ms",
    "scripted per second": "scripted turns per second",
    "action per second": "action turns per second",
}
_NOTE = """Each cell: mean of the repetitions (least–most). All processes: bot, actions and gateway of this bot; \
bot and actions of stock. The last column divides this bot's figure by stock's: directly at its channel, \
or of all processes where only that is given."""


class Measured:
    """Values by what was measured and of whom, one for each repetition."""

    def __init__(self) -> None:
        self._values: defaultdict[tuple[str, str], list[float]] = defaultdict(list)

    def add(self, what: str, who: str, value: float) -> None:
        self._values[what, who].append(value)

    def of(self, what: str, who: str) -> list[float]:
        return self._values.get((what, who), [])


def report(plan: Plan, measured: Measured, stock_epochs: int) -> None:
    head = ["", "this bot", "through the gateway", "Rasa stock", "this bot / stock"]
    rows = [_row(measured, what, title) for what, title in _ROWS.items()]
    results.write(
        "speed", "Speed, beside Rasa's stock pipeline", f"{table(head, rows)}\n\n{_notes(plan, measured, stock_epochs)}"
    )


def _row(measured: Measured, what: str, title: str) -> list[str]:
    bot, gateway, stock = (measured.of(what, who) for who in (BOT, GATEWAY, STOCK))
    return [title, spread(bot), spread(gateway), spread(stock), ratio(bot or gateway, stock)]


def _notes(plan: Plan, measured: Measured, epochs: int) -> str:
    failed = ", ".join(f"{who} {sum(measured.of('failed', who)):.0f}" for who in (BOT, GATEWAY, STOCK))
    how = (
        f"{plan.trainings} trainings, {plan.repetitions} repetitions of {plan.turns} turns one by one "
        f"and of {plan.seconds:.0f} s with {plan.clients} clients. Turns without an answer: {failed}."
    )
    trial = (
        "" if epochs == 100 else f" **A trial, not a comparison: stock trained for {epochs} epochs instead of 100.**"
    )
    return f"{_NOTE}\n\n{how}{trial}{_throughput(measured)}"


def _throughput(measured: Measured) -> str:
    """The figures that the goals are set in."""
    pairs = [(kind, measured.of(f"{kind} per second", BOT), measured.of(f"{kind} per second", STOCK)) for kind in KINDS]
    found = [f"{kind} {mean(ours) / mean(stock):.1f}×" for kind, ours, stock in pairs if ours and stock and mean(stock)]
    return f"\n\nThroughput as a multiple of stock: {', '.join(found)}." if found else ""
