"""Sends a number of inputs to an entrance, and measures."""

import gc
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression
from typing import Any

import psutil  # type: ignore[import-untyped,import-not-found,unused-ignore]
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

from benchmarks.fuzz.entrance import Entrance

BATCH = 500  # what a strategy has tried is remembered until its batch is over
_ENOUGH = 3  # different batches that broke something: more say nothing new
_WARM = 0.2  # of the batches, whose memory is that of filling caches


@dataclass
class Result:
    """`memory`: resident MB after each batch."""

    name: str
    taken: int = 0
    refused: int = 0
    broken: list[str] = field(default_factory=list)
    seconds: float = 0.0
    memory: list[tuple[int, float]] = field(default_factory=list)
    is_interrupted: bool = False

    @property
    def inputs(self) -> int:
        return self.taken + self.refused + len(self.broken)

    @property
    def growth(self) -> float | None:
        """MB for 10,000 inputs, by the line through all batches after the first ones."""
        kept = self.memory[int(len(self.memory) * _WARM) :]
        if len(kept) < 4:
            return None
        slope, _ = linear_regression([count for count, _ in kept], [size for _, size in kept])
        return slope * 10_000


def run(
    entrance: Entrance,
    inputs: int,
    number: int,
    folder: Path | None = None,
    told: Callable[[int], object] = lambda _: None,
) -> Result:
    """`number` begins the series. What breaks is written to `folder`, made as small as it gets."""
    result, begun = Result(entrance.name), time.process_time()
    try:
        _batches(entrance, inputs, number, result, folder, told)
    except KeyboardInterrupt:  # what has been sent counts
        result.is_interrupted = True
    result.seconds = time.process_time() - begun
    return result


def _batches(
    entrance: Entrance, inputs: int, number: int, result: Result, folder: Path | None, told: Callable[[int], object]
) -> None:
    for place in range(0, inputs, BATCH):
        entrance.freshen()
        size = min(BATCH, inputs - place)
        found = _batch(entrance, size, number * 100_000 + place, result)
        if found:
            result.broken.append(found)
            _keep(folder, entrance.name, len(result.broken), found)
        told(size)
        gc.collect()
        result.memory.append((result.inputs, _resident()))
        if len(result.broken) == _ENOUGH:
            break


def _batch(entrance: Entrance, size: int, number: int, result: Result) -> str | None:
    """What broke, or None. Once something breaks it is tried in smaller forms, which count for nothing."""
    failed: list[Any] = []

    @seed(number)
    @settings(
        max_examples=size, deadline=None, database=None, verbosity=Verbosity.quiet, report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(entrance.inputs)
    def send(value: Any) -> None:
        try:
            is_taken = entrance.send(value)
        except Exception:
            failed.append(value)
            raise
        if not failed:
            result.taken, result.refused = result.taken + is_taken, result.refused + (not is_taken)

    try:
        send()
    except Exception as error:
        return _told(error, failed[-1] if failed else None)
    return None


def _told(error: Exception, value: Any) -> str:
    return f"{value!r}\n\n{''.join(traceback.format_exception(error))}"


def _keep(folder: Path | None, name: str, number: int, found: str) -> None:
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    plain = "".join(each if each.isalnum() else "-" for each in name)
    (folder / f"{plain}-{number}.txt").write_text(found, encoding="utf-8", errors="backslashreplace")


def _resident() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20
