"""What each command of `python -m knowledge` does; imports wait until they are needed, so that help is quick."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from knowledge.errors import KnowledgeError


def check(_: Namespace) -> None:
    """Strict reading first; then what was not written one by one."""
    from knowledge.entries_loader import load
    from knowledge.programme_build import foreign
    from knowledge.tools import alike

    library = load()
    near = [f"{a.entry}, {b.entry}: nearly the same: {a.text} | {b.text}" for a, b in alike.near(library)]
    patterns = [f"{', '.join(ids)}: one pattern: {pattern}" for pattern, ids in alike.templates(library)]
    if problems := [*near, *patterns, *foreign()]:
        raise KnowledgeError("\n".join(problems))
    questions = sum(len(q) for e in library.entries.values() for _, q in e.questions.items())
    print(f"{len(library.entries)} entries, {questions} questions, {len(library.sources)} sources: all in order")


def new(given: Namespace) -> None:
    from knowledge.tools import scaffold

    print(f"fill in {scaffold.new(given.id, given.topic, date.today())}, then run `python -m knowledge check`")


def build(given: Namespace) -> None:
    from knowledge.build import run

    run(given.encoder)


def learn(_: Namespace) -> None:
    from knowledge.entries_loader import load
    from knowledge.retrieval.train import learn as fit_again

    print("learnt" if fit_again(load()) else "nothing new")


def search(given: Namespace) -> None:
    from knowledge.retrieval.before import Before
    from knowledge.retrieval.search import Retriever
    from knowledge.text.gazetteer import Gazetteer
    from knowledge.text.mention import PRODUCT, SCHEME

    retriever = Retriever.load()
    mentions = Gazetteer.load().find(given.text)
    schemes = {m.value for m in mentions if m.kind == SCHEME}
    craft = any(m.kind == PRODUCT for m in mentions)
    result = retriever.search(given.text, schemes, craft, Before(given.last))
    print(f"language {result.language}, zone {result.zone}")
    for label, probability in retriever.rank(given.text, result.language, schemes, craft)[: given.top]:
        print(f"  {probability:6.3f}  {label}")


def explain(given: Namespace) -> None:
    from knowledge.tools.explain import explain as lines

    for line in lines(given.text, given.last):
        print(line)


def stale(given: Namespace) -> None:
    from knowledge.entries_loader import load
    from knowledge.tools.stale import stale as unchecked

    found = unchecked(load(), given.days, date.today())
    for days, name, source in found:
        print(f"{days:5} days  {name}  ({source})")
    print(f"{len(found)} entries not checked for more than {given.days} days")


def coverage(given: Namespace) -> None:
    from knowledge.entries_loader import load
    from knowledge.tools import coverage as counts

    library = load()
    print_table(counts.table(library))
    poor = counts.missing(library, given.questions)
    print(f"\n{len(poor)} entries with fewer than {given.questions} questions in a language")
    for line in poor:
        print(f"  {line}")


def confusions(given: Namespace) -> None:
    from knowledge.entries_loader import load
    from knowledge.tools import confusions as stolen

    found = stolen.confusions(load())
    print("right at first: " + ", ".join(f"{code} {share:.1%}" for code, share in found.right.items()))
    rows = [(str(c.count), c.wanted, c.found, c.example) for c in found.pairs[: given.top]]
    print_table([("n", "questions of", "went to", "for example"), *rows])


def hints(given: Namespace) -> None:
    from knowledge.tools import hints as names

    print("\n".join(names.hints(given.language)))


def trial(given: Namespace) -> None:
    from knowledge.tools.trial import trial as lines

    for line in lines(given.draft, given.questions):
        print(line, flush=True)


def calibrate(_: Namespace) -> None:
    from knowledge.entries_loader import load
    from knowledge.retrieval.calibrate import run

    chosen = run(load())
    print("thresholds:", ", ".join(f"{code} {value}" for code, value in chosen.thresholds.items()))
    print("weights:", chosen.weights)


def tune(given: Namespace) -> None:
    from knowledge.encoder.tuning import run

    run(given.epochs, given.seed)


def print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
