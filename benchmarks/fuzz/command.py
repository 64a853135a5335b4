"""`python -m benchmarks fuzz`: hostile input for every way in."""

import argparse
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tqdm import tqdm

from benchmarks import report
from benchmarks.fuzz import actions_server, api, console, files, running, texts, webhooks
from benchmarks.fuzz.entrance import Entrance
from benchmarks.fuzz.opened import action_server, gateway, quiet
from benchmarks.fuzz.running import Result
from benchmarks.places import BENCH
from benchmarks.tables import table

FOUND = BENCH / "fuzz"
_HEAD = ["entrance", "inputs", "taken", "refused", "broken", "inputs a second", "memory, MB for 10,000"]


@contextmanager
def every_entrance() -> Iterator[list[Entrance]]:
    """With the real action server, on stores that are gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fuzz-")))
        stack.enter_context(quiet())
        opened = stack.enter_context(gateway(folder, stack.enter_context(action_server(folder))))
        of_files = stack.enter_context(files.entrances(folder))
        parts = (webhooks, api, console, actions_server, texts)
        yield [entrance for part in parts for entrance in part.entrances(opened)] + [texts.search(), *of_files]


def run(given: argparse.Namespace) -> None:
    with every_entrance() as entrances:
        chosen = [entrance for entrance in entrances if re.match(given.only, entrance.name)]
        results = _all(chosen, given.inputs, given.seed)
    report.write("fuzz", "Fuzzing", f"`--inputs {given.inputs} --seed {given.seed}`\n\n{_table(results)}")
    for result in results:
        for found in result.broken:
            print(f"\n{result.name}: {found[:3000]}")
    if any(result.broken for result in results):
        raise SystemExit(f"what broke is in {FOUND}")


def _all(entrances: Sequence[Entrance], inputs: int, number: int) -> list[Result]:
    whole = sum(entrance.share for entrance in entrances)
    results = []
    with tqdm(total=inputs, unit="input") as bar:
        for place, entrance in enumerate(entrances):
            bar.set_description(entrance.name)
            size = round(inputs * entrance.share / whole)
            results.append(running.run(entrance, size, number * 1000 + place, FOUND, bar.update))
            if results[-1].is_interrupted:
                break
    return results


def _table(results: Sequence[Result]) -> str:
    rows = [
        [
            each.name, f"{each.inputs:,}", f"{each.taken:,}", f"{each.refused:,}", str(len(each.broken)),
            f"{each.inputs / each.seconds:,.0f}", "–" if each.growth is None else f"{each.growth:+.1f}",
        ]
        for each in results
    ]  # fmt: skip
    whole = [sum(getattr(each, what) for each in results) for what in ("inputs", "taken", "refused")]
    broken = sum(len(each.broken) for each in results)
    seconds = sum(each.seconds for each in results)
    return table(_HEAD, [*rows, ["all", *(f"{n:,}" for n in whole), str(broken), f"{whole[0] / seconds:,.0f}", ""]])
