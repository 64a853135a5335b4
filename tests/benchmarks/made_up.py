"""Messages and answers made up for the tests of the report, and how its tables are read."""

from benchmarks.understanding.judge import Seen
from benchmarks.understanding.messages import Message

LOAN = Message("loan kitna", "hi-Latn", "entry", frozenset({"mm-how-much", "mm-example"}), "typos", "asha")
AGRA = Message("agra ka", "hi-Latn", "districts", frozenset({"agra"}), "", "first")
RATION = Message("ration card", "en", "outcome", frozenset({"out_of_scope"}), "clean", "imran")
RIGHT = Seen("answered", frozenset({"mm-example"}))
WRONG = Seen("answered", frozenset({"mm-what"}))
CHOICES = Seen("choices_offered", choices=frozenset({"entry:mm-what"}))
REFUSED = Seen("out_of_scope")


def rows(body: str, first: str) -> dict[str, list[str]]:
    """The cells of the table whose first column has that head, by the first cell."""
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in body.splitlines() if line.startswith("|")]
    start = next(i for i, cells in enumerate(lines) if cells[0] == first)
    found = {}
    for cells in lines[start + 2 :]:
        if len(cells) != len(lines[start]) or cells[1] == lines[start][1]:
            break
        found[cells[0]] = cells[1:]
    return found
