"""Whether the answer holds when the same message is typed differently (the library fliprate types it)."""

from collections.abc import Callable, Sequence
from typing import Any

import fliprate
from tqdm import tqdm

from benchmarks.figures import share
from benchmarks.tables import table
from benchmarks.understanding.messages import LANGUAGES, Message
from benchmarks.understanding.offline import Offline
from benchmarks.understanding.section import Section, write_list
from knowledge.district_question import DistrictQuestion
from knowledge.retrieval.decide import Result

VARIANTS, SEED, GOAL = 5, 20261122, 0.02
Predict = Callable[[str], str]
_NOTE = """Each message is typed in up to {n} other ways, always the same ones; a flip is another entry, other \
districts or another outcome (choices are one outcome, whichever they are). Intervals: fliprate's over messages above, \
Wilson's over variants below. "To another answer": an answer became a different answer, the flips that mislead. \
Devanagari is varied in fewer ways than Latin, mostly in its punctuation."""


def predict_with(offline: Offline) -> Predict:
    return lambda text: label(offline.read(text))


def label(read: DistrictQuestion | Result) -> str:
    """What would be done, as one word."""
    if isinstance(read, DistrictQuestion):
        return f"answer {read.kind} {' '.join(read.districts)}"
    return f"answer {read.hits[0].entry}" if read.zone == "answer" else read.zone


def section(messages: Sequence[Message], predict: Predict, variants: int = VARIANTS) -> Section:
    asked = {code: [message for message in messages if message.language == code] for code in LANGUAGES}
    reports = {code: _test(code, some, predict, variants) for code, some in asked.items() if some}
    rows = {code: _figures(report) for code, report in reports.items()}
    flips = [{"language": code, **flip} for code, report in reports.items() for flip in map(_flip, report.flips)]
    note = f"{_NOTE.format(n=variants)} Every flip: {write_list('flips', flips)}."
    body = "\n\n".join([_table(rows), _kind_table(rows), note])
    return Section("Spelling", body, {"variants": variants, "seed": SEED, "goal": GOAL, "language": rows})


def _test(code: str, messages: Sequence[Message], predict: Predict, variants: int) -> fliprate.Report:
    rows = [(message.text, " ".join(sorted(message.expected))) for message in messages]
    with tqdm(total=len(rows), desc=f"spelling, {code}", unit="message") as bar:

        def tick(event: dict[str, Any]) -> None:
            bar.update(event["stage"] == "progress")

        return fliprate.test(predict, rows, variants, seed=SEED, on_event=tick)


def _figures(report: fliprate.Report) -> dict[str, Any]:
    misleading = sum(f["original_pred"][:6] == f["variant_pred"][:6] == "answer" for f in report.flips)
    kinds = {kind: {"variants": int(k["variants"]), "flips": round(k["flip_rate"] * k["variants"])}
             for kind, k in sorted(report.by_kind.items())}  # fmt: skip
    return {
        "messages": report.n_messages,
        "variants": report.n_variants,
        "flips": len(report.flips),
        "rate": report.flip_rate,
        "interval": list(report.flip_rate_ci),
        "to_another_answer": misleading,
        "kind": kinds,
    }


def _flip(flip: dict[str, Any]) -> dict[str, str]:
    names = {"kind": "kind", "original": "original", "variant": "variant", "original_pred": "was", "variant_pred": "is"}
    return {ours: str(flip[theirs]) for theirs, ours in names.items()}


def _table(rows: dict[str, dict[str, Any]]) -> str:
    head = ["language", "messages", "variants", "flips", "to another answer", f"below {GOAL:.0%}".replace("%", " %")]
    return table(head, [_row(code, row) for code, row in rows.items()])


def _row(code: str, row: dict[str, Any]) -> list[str]:
    low, high = (f"{end * 100:.1f}" for end in row["interval"])
    flips = f"{row['flips']} · {row['rate'] * 100:.1f} % ({low}–{high})"
    met = "yes" if row["rate"] < GOAL else "no"
    return [code, str(row["messages"]), str(row["variants"]), flips, str(row["to_another_answer"]), met]


def _kind_table(rows: dict[str, dict[str, Any]]) -> str:
    kinds = sorted({kind for row in rows.values() for kind in row["kind"]})
    none = {"flips": 0, "variants": 0}
    cells = [[kind, *(_share(row["kind"].get(kind, none)) for row in rows.values())] for kind in kinds]
    return table(["kind of change, flips", *rows], cells)


def _share(counts: dict[str, int]) -> str:
    return share(counts["flips"], counts["variants"])
