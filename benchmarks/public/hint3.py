"""HINT3 v1: three bots, full and subset training files, beside what was published."""

from pathlib import Path
from typing import Any

import yaml
from tqdm import tqdm

from benchmarks.public import intents, metrics
from benchmarks.public.heads import SEED, Fit
from benchmarks.public.intents import Result
from benchmarks.public.labelled import OUT_OF_SCOPE, Columns, write
from benchmarks.public.material import CACHE
from benchmarks.public.metrics import Figures
from benchmarks.tables import table

BOTS = {"sofmattress": "SOFMattress", "curekart": "Curekart", "powerplay11": "Powerplay11"}
SIZES = {"full": "train", "subset": "subset_train"}
_PUBLISHED = Path(__file__).with_name("published.yml")
_NAMES = {
    "shipped": "this project's head as shipped",
    "pair": "pair of balanced heads",
    "tuned": "pair, encoder tuned on the file",
}
_EXPLAINED = f"""\
Accuracy / accuracy in scope / recall of what is out of scope / MCC, in per cent. *Best*: the threshold that is best
on the test file, as published (there in steps of 0.1, here 0.01). *Honest*: the threshold chosen on the training file
alone, three splits that leave out a quarter of the classes. *No threshold*: accuracy in scope when everything is
answered. In brackets the 95 % interval of the MCC over resampled test texts. The heads are fitted without chance; the
splits are drawn with seed {SEED}. What the pair consists of was chosen by such splits of the training files. An earlier
pair, without strangers and nearness, had been run on the test files once by then; they decided nothing."""

Found = dict[tuple[str, str, str], Result]


def run(folder: Path, ways: dict[str, Fit]) -> str:
    """The report; predictions at the honest threshold go to var/bench/public."""
    found: Found = {}
    bar = tqdm([(w, s, b) for w in ways for s in SIZES for b in BOTS], desc="HINT3", unit="bot")
    for way, size, bot in bar:
        training, test = folder / f"{bot}_{SIZES[size]}.csv", folder / f"{bot}_test.csv"
        result = intents.files(training, test, Columns(), ways[way])
        found[way, size, bot] = result
        target = CACHE / f"{bot}-{size}-{way}.csv"
        write(target, result.rows, result.predictions, result.honest.threshold, OUT_OF_SCOPE)
    return report(found)


def report(found: Found) -> str:
    published = yaml.safe_load(_PUBLISHED.read_text(encoding="utf-8"))
    parts = [_EXPLAINED, _sizes(found), *(_part(size, found, published) for size in SIZES)]
    return "\n\n".join(parts)


def _sizes(found: Found) -> str:
    counts = {bot: result for (_, _, bot), result in found.items()}
    texts = []
    for bot, result in counts.items():
        outside = sum(row.label == OUT_OF_SCOPE for row in result.rows)
        texts.append(f"{BOTS[bot]} {len(result.rows)} ({outside} out of scope)")
    return f"Test texts: {', '.join(texts)}."


def _part(size: str, found: Found, published: dict[str, Any]) -> str:
    rows = [
        [name, *("/".join(f"{v:.1f}" for v in per_bot[bot]) for bot in BOTS)]
        for name, per_bot in published.get(size, {}).items()
    ]
    best = published["best_mcc"][size]
    rows.append(["best published MCC", *(f"{best[bot]:.1f}" for bot in BOTS)])
    for way in sorted({way for way, _, _ in found}, key=list(_NAMES).index):
        mine = [found[way, size, bot] for bot in BOTS]
        rows.append([f"{_NAMES[way]}, best", *(_cell(one, one.best) for one in mine)])
        rows.append([f"{_NAMES[way]}, honest", *(_cell(one, one.honest) for one in mine)])
        rows.append([f"{_NAMES[way]}, no threshold", *(f"–/{100 * one.open.in_scope:.1f}/–/–" for one in mine)])
    return f"### {size.capitalize()} training file\n\n{table(['', *BOTS.values()], rows)}"


def _cell(result: Result, at: Figures) -> str:
    shares = "/".join(f"{100 * v:.1f}" for v in (at.accuracy, at.in_scope, at.recall, at.mcc))
    wanted = [row.label for row in result.rows]
    low, high = metrics.interval(wanted, result.predictions, at.threshold, OUT_OF_SCOPE)
    return f"{shares} ({100 * low:.0f}–{100 * high:.0f}) at {at.threshold:.2f}"
