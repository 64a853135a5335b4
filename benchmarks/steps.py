"""One bar for the whole of a long measurement, whose clock goes on within a step."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm


class Steps:
    def __init__(self, total: int) -> None:
        self._bar = tqdm(total=total, bar_format="{n}/{total} |{bar:20}| {elapsed} {desc}")
        self._closed = threading.Event()
        threading.Thread(target=self._tick, daemon=True).start()

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        self._bar.set_description_str(what)
        yield
        self._bar.update()

    def close(self) -> None:
        self._closed.set()
        self._bar.close()

    def _tick(self) -> None:
        while not self._closed.wait(1):
            self._bar.refresh()
