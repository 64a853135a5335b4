"""How much processor time redaction takes: `python -m benchmarks.redaction`."""

import time
import timeit
from statistics import median

from benchmarks.tables import table
from channels.privacy import redact

_TEXTS = {
    "a question in Devanagari": "मेरा लोन बैंक में अटका है ज़िला उद्योग केंद्र में किससे मिलें और कौन सा कागज़ लगेगा ",
    "a question in Hinglish": "mera loan bank mein atka hai zila udyog kendra mein kisse milein aur kaun sa kagaz ",
    "a spoken number in every sentence": "mera number nau aath saat chhe paanch chaar teen do ek shunya hai batao ",
    "nothing but typed digits, one by one": "9 8 7 6 5 4 3 2 1 0 ",
    "nothing but spoken digits": "nau aath saat chhe paanch chaar teen do ek shunya ",
    "one word": "a",
}
_LENGTHS = (1_000, 10_000)
_TIMES = 9


def main() -> None:
    rows = [[name, *(f"{_milliseconds(text, length):.2f}" for length in _LENGTHS)] for name, text in _TEXTS.items()]
    print(table(["text", *(f"{length:,} characters, ms" for length in _LENGTHS)], rows))


def _milliseconds(text: str, length: int) -> float:
    whole = (text * length)[:length]
    redact(whole)
    return median(timeit.repeat(lambda: redact(whole), timer=time.process_time, number=1, repeat=_TIMES)) * 1000


if __name__ == "__main__":
    main()
